//! Lengths of time on records.

use core::num::NonZeroU64;

use chrono::TimeDelta;

use crate::error::Error;
use crate::record::error::RecordProblem;
use crate::value::Length;

/// The longest that a record can last, in microseconds: 292,000 years.
pub(crate) const LONGEST_MICROS: u64 = i64::MAX.unsigned_abs();

/// How long something on a record lasts, from 0 in whole microseconds; one is added so that an absent one takes no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Lasted(NonZeroU64);

impl Lasted {
    pub(crate) fn new(length: impl Into<TimeDelta>) -> Result<Self, Error> {
        let length = length.into();
        let micros = Length::try_from(length).map(Length::to_micros);
        micros
            .ok()
            .filter(|micros| *micros <= LONGEST_MICROS)
            .and_then(|micros| NonZeroU64::MIN.checked_add(micros).map(Self))
            .ok_or_else(|| RecordProblem::InvalidLength { length }.into())
    }

    #[inline]
    pub(crate) fn micros(self) -> u64 {
        self.0.get() - 1
    }
}
