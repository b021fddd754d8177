//! A summary as JSON.

use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use super::{KindSummary, Rejections, Summary, UndeclaredWords};
use crate::import::{RowError, Swallowed};

/// All of it, with its sums.
#[derive(serde::Serialize)]
struct Whole<'a> {
    rows: u64,
    records: u64,
    rejected: u64,
    kinds: &'a [KindSummary],
    rejections: Vec<&'a Rejections>,
    undeclared: Vec<&'a UndeclaredWords>,
    #[serde(serialize_with = "as_map")]
    left_out: &'a [(String, u64)],
    rounded: u64,
    swallowed: &'a Swallowed,
}

impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let whole = Whole {
            rows: self.rows(),
            records: self.records(),
            rejected: self.rejected(),
            kinds: self.kinds(),
            rejections: self.rejections(),
            undeclared: self.undeclared(),
            left_out: self.left_out(),
            rounded: self.rounded(),
            swallowed: self.swallowed(),
        };
        whole.serialize(serializer)
    }
}

impl Serialize for Rejections {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let column = self.examples.first().and_then(|row| row.column.as_deref());
        let examples: Vec<Example<'_>> = self.examples.iter().map(Example::of).collect();
        let mut all = serializer.serialize_struct("Rejections", 3)?;
        all.serialize_field("column", &column)?;
        all.serialize_field("rows", &self.rows)?;
        all.serialize_field("examples", &examples)?;
        all.end()
    }
}

#[derive(serde::Serialize)]
struct Example<'a> {
    line: u64,
    value: Option<&'a str>,
    text: String,
}

impl<'a> Example<'a> {
    fn of(error: &'a RowError) -> Self {
        Self {
            line: error.line,
            value: error.value.as_deref(),
            text: error.to_string(),
        }
    }
}

pub(super) fn as_map<K: Serialize, S: Serializer>(
    entries: impl AsRef<[(K, u64)]>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let entries = entries.as_ref().iter();
    serializer.collect_map(entries.map(|(key, count)| (key, count)))
}

#[allow(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
pub(super) fn as_text<S: Serializer>(
    day: &Option<NaiveDate>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}
