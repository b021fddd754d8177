use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use crate::value::dates::parse_date;

/// The days of a record that has no id of its own, in JSON: `"2026-01-01/2026-04-01"`.
pub(super) struct Stretch {
    pub(super) start: NaiveDate,
    /// The day after the last.
    pub(super) end: NaiveDate,
}

const WRONG: &str =
    "the days of a record are written as 2026-01-01/2026-04-01 (the second day excluded)";

impl Stretch {
    fn read(text: &str) -> Option<Self> {
        let (start, end) = text.split_once('/')?;
        let (start, end) = (parse_date(start)?, parse_date(end)?);
        (start < end).then_some(Self { start, end })
    }
}

impl Serialize for Stretch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = format!("{}/{}", self.start, self.end);
        // What cannot be read is not written.
        Self::read(&text).ok_or_else(|| ser::Error::custom(WRONG))?;
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Stretch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| de::Error::custom(WRONG))
    }
}
