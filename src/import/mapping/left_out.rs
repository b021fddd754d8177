use serde::{Deserialize, Serialize};

use super::each::Each;

/// Rows that are no records, by declaration: deleted ones, trials, other pipelines, totals below the table. They are counted by the
/// reason.
///
/// ```
/// use sales_metrics::Currency;
/// use sales_metrics::import::{DealColumns, LeftOut, OutcomeColumn, read};
///
/// let columns = DealColumns::new("id", OutcomeColumn::new("stage").with_open(["Open"]), Currency::USD)
///     .with_left_out(LeftOut::rows("deleted", "is_deleted", ["true"]))
///     .with_left_out(LeftOut::all_but("another pipeline", "pipeline", ["Sales"]));
/// let file = "id,stage,pipeline,is_deleted\nD-1,Open,Sales,false\nD-2,Open,Sales,true\nD-3,Open,Partners,false\n";
/// let imported = read(file.as_bytes(), &columns)?;
/// assert_eq!(imported.records.len(), 1);
/// let left_out: Vec<_> = imported.left_out.iter().map(|(reason, rows)| format!("{reason}: {rows}")).collect();
/// assert_eq!(left_out, ["deleted: 1", "another pipeline: 1"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Its JSON is `{"reason": "deleted", "column": "is_deleted", "words": ["true"]}`, or with `"except"` in place of `"words"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    pub(in crate::import) reason: String,
    pub(in crate::import) column: String,
    #[serde(default, skip_serializing_if = "Each::is_empty")]
    pub(in crate::import) words: Each<String>,
    #[serde(default, skip_serializing_if = "Each::is_empty")]
    pub(in crate::import) except: Each<String>,
}

impl LeftOut {
    /// The rows of which the column says one of these words; `""` stands for an empty cell.
    pub fn rows<W: Into<String>>(
        reason: impl Into<String>,
        column: impl Into<String>,
        words: impl IntoIterator<Item = W>,
    ) -> Self {
        Self {
            reason: reason.into(),
            column: column.into(),
            words: super::words::owned(words).into(),
            except: Each::default(),
        }
    }

    /// The rows of which it says anything else.
    pub fn all_but<W: Into<String>>(
        reason: impl Into<String>,
        column: impl Into<String>,
        words: impl IntoIterator<Item = W>,
    ) -> Self {
        Self {
            reason: reason.into(),
            column: column.into(),
            words: Each::default(),
            except: super::words::owned(words).into(),
        }
    }
}
