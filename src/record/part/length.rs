//! Lengths of time on records.

use chrono::TimeDelta;

use crate::error::Error;
use crate::value::Length;

/// The longest that a record can last, in microseconds: 292,000 years.
pub(crate) const LONGEST_MICROS: u64 = i64::MAX.unsigned_abs();

/// A length of 0 or more in whole microseconds; `record` and `field` name it in the error.
pub(crate) fn checked_length(
    length: impl Into<TimeDelta>,
    record: impl Fn() -> String,
    field: &'static str,
) -> Result<u64, Error> {
    let length = length.into();
    let micros = Length::try_from(length).map(Length::to_micros);
    micros
        .ok()
        .filter(|micros| *micros <= LONGEST_MICROS)
        .ok_or_else(|| Error::InvalidLength {
            record: record(),
            field,
            length,
        })
}
