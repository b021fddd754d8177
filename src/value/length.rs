use core::fmt;
use core::str::FromStr;

use chrono::TimeDelta;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Deserialize, Serialize};

use super::error::ValueProblem;
use super::number;
use crate::error::{Error, shorten};

pub(crate) const MICROS_A_SECOND: i64 = 1_000_000;
pub(crate) const SECOND: u64 = MICROS_A_SECOND.unsigned_abs();

/// A length of time by the clock, in whole microseconds, never negative: a response time, the duration of a call.
///
/// Its text is `4m 00s` or `49h 05m 10s`, and a precision is that of the seconds; `90m` and `1h 30m` are read, too. Its JSON is the microseconds, a whole number.
/// `chrono`'s [`TimeDelta`] goes in where it is 0 or more and no finer, and any length is a `TimeDelta`.
///
/// ```
/// use sales_metrics::{Length, TimeDelta};
///
/// let response = Length::try_from(TimeDelta::milliseconds(250_500))?;
/// assert_eq!(response.to_string(), "4m 10.5s");
/// assert_eq!(format!("{response:.0}"), "4m 11s");
/// assert!(response < Length::minutes(5));
/// assert_eq!("1h 30m".parse::<Length>()?, Length::minutes(90));
/// assert_eq!(TimeDelta::from(Length::hours(2)), TimeDelta::hours(2));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Length {
    micros: u64,
}

impl Length {
    /// No time at all.
    pub const ZERO: Self = Self::micros(0);

    /// So many microseconds.
    #[must_use]
    pub const fn micros(count: u64) -> Self {
        Self { micros: count }
    }

    /// So many seconds; beyond 2⁶⁴ microseconds (584,000 years), which no record takes, the longest length.
    #[must_use]
    pub const fn seconds(count: u64) -> Self {
        Self::times(count, 1)
    }

    /// So many minutes, as [`seconds`](Self::seconds).
    #[must_use]
    pub const fn minutes(count: u64) -> Self {
        Self::times(count, 60)
    }

    /// So many hours, as [`seconds`](Self::seconds).
    #[must_use]
    pub const fn hours(count: u64) -> Self {
        Self::times(count, 3_600)
    }

    const fn times(count: u64, seconds: u64) -> Self {
        Self::micros(count.saturating_mul(seconds * SECOND))
    }

    /// Its microseconds.
    #[must_use]
    pub const fn to_micros(self) -> u64 {
        self.micros
    }

    /// The bare number: its seconds, exact to the microsecond.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        seconds_of(self.micros.into())
    }

    /// Its seconds as the nearest binary fraction: for plotting, not for reckoning.
    #[must_use]
    pub fn approx_f64(self) -> f64 {
        self.decimal().to_f64().unwrap_or(f64::NAN)
    }

    /// Half away from zero, to so many places of a second.
    fn rounded(self, places: usize) -> u128 {
        let left_out = u32::try_from(6_usize.saturating_sub(places)).unwrap_or_default();
        let unit = 10_u128.saturating_pow(left_out);
        (u128::from(self.micros) + unit / 2) / unit * unit
    }
}

fn seconds_of(micros: u128) -> Decimal {
    let micros = i128::try_from(micros).ok();
    micros
        .and_then(|micros| Decimal::try_from_i128_with_scale(micros, 6).ok())
        .unwrap_or_default()
        .normalize()
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = f.precision();
        let micros = places.map_or(self.micros.into(), |places| self.rounded(places));
        let whole = micros / u128::from(SECOND);
        let (hours, minutes) = (whole / 3_600, whole / 60 % 60);
        let rest = seconds_of(micros % u128::from(60 * SECOND));
        let mut text = match places {
            Some(places) => format!("{:.places$}s", number::Shown(rest)),
            None => format!("{}s", number::Shown(rest)),
        };
        let below_ten = whole % 60 < 10;
        if (hours > 0 || minutes > 0) && below_ten {
            text.insert(0, '0');
        }
        if hours > 0 {
            text = format!("{hours}h {minutes:02}m {text}");
        } else if minutes > 0 {
            text = format!("{minutes}m {text}");
        }
        number::pad(&text, f)
    }
}

impl FromStr for Length {
    type Err = Error;

    /// Hours, minutes and seconds, in this order, each at most once; seconds have at most 6 decimals.
    fn from_str(text: &str) -> Result<Self, Error> {
        read(text).map(Self::micros).ok_or_else(|| {
            let text = shorten(text);
            ValueProblem::InvalidLength { text }.into()
        })
    }
}

fn read(text: &str) -> Option<u64> {
    const UNITS: [(char, u64); 3] = [('h', 3_600), ('m', 60), ('s', 1)];
    let mut units = UNITS.iter();
    let mut micros = 0_u64;
    for part in text.split(' ') {
        let (_, seconds) = units.find(|(unit, _)| part.ends_with(*unit))?;
        let number = part.get(..part.len().checked_sub(1)?)?;
        micros = micros.checked_add(micros_of(number, *seconds)?)?;
    }
    Some(micros)
}

/// So many of a unit of time; a second alone has parts.
fn micros_of(number: &str, seconds: u64) -> Option<u64> {
    let number = number::parse(number).ok()?.normalize();
    let places = 6_u32.checked_sub(number.scale())?;
    if seconds > 1 && number.scale() > 0 {
        return None;
    }
    let micros = u64::try_from(number.mantissa()).ok()?;
    micros
        .checked_mul(10_u64.checked_pow(places)?)?
        .checked_mul(seconds)
}

impl From<Length> for TimeDelta {
    /// Always exact: the longest `TimeDelta` is five hundred times as long as the longest of these.
    fn from(length: Length) -> Self {
        let (whole, rest) = (length.micros / SECOND, length.micros % SECOND);
        let nanos = u32::try_from(rest * 1_000).ok();
        let seconds = i64::try_from(whole).ok();
        seconds
            .zip(nanos)
            .and_then(|(seconds, nanos)| Self::new(seconds, nanos))
            .unwrap_or(Self::MAX)
    }
}

impl TryFrom<TimeDelta> for Length {
    type Error = Error;

    /// # Errors
    /// [`ErrorKind::UnfitLength`](crate::ErrorKind::UnfitLength) below 0, for what is finer than a microsecond, and beyond 2⁶⁴ of them (584,000 years).
    fn try_from(length: TimeDelta) -> Result<Self, Error> {
        let micros = || {
            let whole = u64::try_from(length.num_seconds()).ok()?;
            let rest = u64::try_from(length.subsec_nanos()).ok()?;
            let micros = whole.checked_mul(SECOND)?.checked_add(rest / 1_000)?;
            (rest % 1_000 == 0).then_some(micros)
        };
        micros()
            .map(Self::micros)
            .ok_or_else(|| ValueProblem::UnfitLength { length }.into())
    }
}
