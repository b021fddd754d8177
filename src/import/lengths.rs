use chrono::TimeDelta;
use rust_decimal::Decimal;

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
        let micros = number.mantissa().checked_mul(self.micros_each())?;
        micros.checked_div(10_i128.checked_pow(number.scale())?)
    }

    fn micros_each(self) -> i128 {
        match self {
            Self::Seconds => 1_000_000,
            Self::Minutes => 60_000_000,
            Self::Hours => 3_600_000_000,
        }
    }
}
