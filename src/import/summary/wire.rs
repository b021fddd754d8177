//! A summary as JSON.

use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use super::{Example, FileLine, KindSummary, Rejections, Summary, UndeclaredWords};

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
    swallowed: Swallowed<'a>,
}

#[derive(serde::Serialize)]
struct Swallowed<'a> {
    rows: u64,
    lines: &'a [FileLine],
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
            swallowed: Swallowed {
                rows: self.swallowed(),
                lines: self.swallowed_lines(),
            },
        };
        whole.serialize(serializer)
    }
}

impl Serialize for Rejections {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first = self.examples.first();
        let column = first.and_then(|example| example.error.column.as_deref());
        let mut all = serializer.serialize_struct("Rejections", 3)?;
        all.serialize_field("column", &column)?;
        all.serialize_field("rows", &self.rows)?;
        all.serialize_field("examples", &self.examples)?;
        all.end()
    }
}

#[derive(serde::Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    at: FileLine,
    value: Option<&'a str>,
    text: String,
}

impl Serialize for Example {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = Shown {
            at: self.at(),
            value: self.error.value.as_deref(),
            text: self.error.to_string(),
        };
        shown.serialize(serializer)
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
