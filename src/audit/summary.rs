use core::fmt;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Finding;
use crate::value::RecordId;

/// How often something was found, and where first.
///
/// Its text is `3 (first: deal D-7)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Found {
    /// How many findings.
    pub count: u64,
    /// The record of the first of them.
    pub first: RecordId,
}

/// How many findings there are of each kind, by its [`name`](super::FindingKind::name); what was not found is absent.
///
/// ```
/// use sales_metrics::audit::{self, Finding, FindingKind};
/// use sales_metrics::{DealId, RecordId};
///
/// let findings = [
///     Finding { record: RecordId::Deal(DealId::new("D-7")?), kind: FindingKind::MissingOwner },
///     Finding { record: RecordId::Deal(DealId::new("D-9")?), kind: FindingKind::MissingOwner },
///     Finding { record: RecordId::Deal(DealId::new("D-9")?), kind: FindingKind::DuplicateId },
/// ];
/// let lines: Vec<String> = audit::summary(&findings).iter().map(|(name, found)| format!("{name}: {found}")).collect();
/// assert_eq!(lines, ["duplicate_id: 1 (first: deal D-9)", "missing_owner: 2 (first: deal D-7)"]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[must_use]
pub fn summary<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
) -> BTreeMap<&'static str, Found> {
    let mut summary = BTreeMap::new();
    for finding in findings {
        let found = summary.entry(finding.kind.name()).or_insert_with(|| Found {
            count: 0,
            first: finding.record.clone(),
        });
        found.count += 1;
    }
    summary
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} (first: {})", self.count, self.first))
    }
}
