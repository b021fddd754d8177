//! A date of a finding on the wire: strictly `2026-03-31`, and in the supported years, as on a record.

use chrono::NaiveDate;
use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, ser};

use crate::period::Day;

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
pub(super) fn serialize<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    Day::new(*date, || "date".to_owned())
        .map_err(ser::Error::custom)?
        .serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<NaiveDate, D::Error> {
    Day::deserialize(deserializer).map(Day::date)
}
