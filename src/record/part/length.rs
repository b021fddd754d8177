//! Lengths of time on records.

use chrono::TimeDelta;

use crate::error::Error;
use crate::period::moment::{length_of, micros_of};

/// A length of 0 or more in whole microseconds; `record` and `field` name it in the error.
pub(crate) fn checked_length(
    length: TimeDelta,
    record: impl Fn() -> String,
    field: &'static str,
) -> Result<u64, Error> {
    micros_of(length)
        .filter(|micros| length_of(*micros) == length)
        .ok_or_else(|| Error::InvalidLength {
            record: record(),
            field,
            length,
        })
}
