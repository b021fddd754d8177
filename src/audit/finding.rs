use core::fmt;

use serde::{Deserialize, Serialize};

use super::FindingKind;
use crate::value::RecordId;

/// One odd thing about one record.
///
/// Its text is a line that names the record, what is odd, and the values. In JSON:
///
/// ```
/// use sales_metrics::audit::{Finding, FindingKind};
///
/// let json = r#"{"record":{"deal":"D-7"},"kind":{"expected_close_overdue":{"expected":"2026-02-28"}}}"#;
/// let finding: Finding = serde_json::from_str(json)?;
/// assert!(matches!(finding.kind, FindingKind::ExpectedCloseOverdue { .. }));
/// assert_eq!(finding.to_string(), "deal D-7: still open, though expected to close by 2026-02-28");
/// assert_eq!(serde_json::to_string(&finding)?, json);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The record.
    pub record: RecordId,
    /// What is odd about it.
    pub kind: FindingKind,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}: {}", self.record, self.kind))
    }
}
