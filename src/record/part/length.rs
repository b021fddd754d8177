//! Lengths of time on records.

use chrono::TimeDelta;

use crate::error::Error;
use crate::record::error::RecordProblem;
use crate::value::Length;

/// The longest that a record can last, in microseconds: 292,000 years.
pub(crate) const LONGEST_MICROS: u64 = i64::MAX.unsigned_abs();

/// A length of 0 or more in whole microseconds.
pub(crate) fn checked_length(length: impl Into<TimeDelta>) -> Result<u64, Error> {
    let length = length.into();
    let micros = Length::try_from(length).map(Length::to_micros);
    micros
        .ok()
        .filter(|micros| *micros <= LONGEST_MICROS)
        .ok_or_else(|| RecordProblem::InvalidLength { length }.into())
}
