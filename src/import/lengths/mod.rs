//! How a file writes lengths of time: numbers of a unit, or as a clock shows them.

pub(super) mod clock;

use chrono::TimeDelta;
use rust_decimal::Decimal;

use crate::value::Length;

/// The unit of a column of lengths of time.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    Seconds,
    Minutes,
    Hours,
}

/// A millionth of the millionth part of an hour is far below a microsecond; what is finer still is cut first.
const DECIMALS: u32 = 15;

impl Unit {
    pub(super) const ALL: [Self; 3] = [Self::Seconds, Self::Minutes, Self::Hours];

    /// As the keys of a mapping name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
        }
    }

    /// So many of them, to the microsecond; what no length of time can be is cut at the longest.
    pub(super) fn length(self, number: Decimal) -> TimeDelta {
        let longest = if number.is_sign_negative() {
            TimeDelta::MIN
        } else {
            TimeDelta::MAX
        };
        let micros = self
            .micros(number)
            .and_then(|micros| i64::try_from(micros).ok());
        micros.map_or(longest, TimeDelta::microseconds)
    }

    fn micros(self, number: Decimal) -> Option<i128> {
        let number = number.trunc_with_scale(DECIMALS);
        let micros = number
            .mantissa()
            .checked_mul(self.length_each().to_micros().into())?;
        micros.checked_div(10_i128.checked_pow(number.scale())?)
    }

    fn length_each(self) -> Length {
        match self {
            Self::Seconds => Length::seconds(1),
            Self::Minutes => Length::minutes(1),
            Self::Hours => Length::hours(1),
        }
    }
}
