//! Lengths of time as people write them. The type is `chrono`'s `TimeDelta`; here is its text, which it lacks.

use core::fmt;

use chrono::TimeDelta;
use rust_decimal::Decimal;

use super::number;

const MICROS_A_SECOND: i64 = 1_000_000;

/// The length in seconds, exact to the microsecond.
pub(crate) fn seconds(length: TimeDelta) -> Decimal {
    let micros = length.num_microseconds().unwrap_or(i64::MAX);
    Decimal::try_from_i128_with_scale(i128::from(micros), 6)
        .unwrap_or_default()
        .normalize()
}

/// `10s`, `5m 00s`, `49h 05m 10s`; the precision is that of the seconds.
pub(crate) fn show(length: TimeDelta, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let micros = length.num_microseconds().unwrap_or(i64::MAX).max(0);
    let micros = f
        .precision()
        .map_or(micros, |places| rounded(micros, places));
    let whole = micros / MICROS_A_SECOND;
    let (hours, minutes) = (whole / 3_600, whole / 60 % 60);
    let rest = TimeDelta::microseconds(micros % (60 * MICROS_A_SECOND));
    let mut text = match f.precision() {
        Some(places) => format!("{:.*}s", places, number::Shown(seconds(rest))),
        None => format!("{}s", number::Shown(seconds(rest))),
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

/// Half away from zero, to so many places of a second.
fn rounded(micros: i64, places: usize) -> i64 {
    let left_out = u32::try_from(6_usize.saturating_sub(places)).unwrap_or_default();
    let unit = 10_i64.saturating_pow(left_out);
    let units = micros.saturating_add(unit / 2).checked_div(unit);
    units.unwrap_or_default().saturating_mul(unit)
}

/// The text by itself.
pub(crate) fn text(length: TimeDelta) -> String {
    struct Length(TimeDelta);
    impl fmt::Display for Length {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            show(self.0, f)
        }
    }
    Length(length).to_string()
}
