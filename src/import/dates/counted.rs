//! Dates that are numbers: the days of spreadsheets, the seconds of computers.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta};

use super::written::Written;

/// What is counted, and from when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Days since the last one of 1899, with a 29 February 1900 that never was.
    Serial,
    /// Days since the first one of 1904.
    Serial1904,
    /// Seconds since 1970 in UTC.
    Unix,
    /// Milliseconds since 1970 in UTC.
    UnixMillis,
}

pub(super) const WORDS: [(&str, Counted); 4] = [
    ("serial", Counted::Serial),
    ("serial1904", Counted::Serial1904),
    ("unix", Counted::Unix),
    ("unix_ms", Counted::UnixMillis),
];

/// What a 29 February 1900 would be.
const NEVER: u64 = 60;
const MILLIS_A_DAY: u64 = 86_400_000;

impl Counted {
    /// Whether the number does not say on whose clock.
    pub(super) fn is_local(self) -> bool {
        matches!(self, Self::Serial | Self::Serial1904)
    }

    pub(super) fn read(self, text: &[u8]) -> Option<Written> {
        match self {
            Self::Serial | Self::Serial1904 => self.day(&Number::read(text)?),
            Self::Unix | Self::UnixMillis => self.second(text),
        }
    }

    /// A whole number is a day, without a time. Fractions are those of a binary number, and mean the millisecond next to them.
    fn day(self, number: &Number) -> Option<Written> {
        let first = match self {
            Self::Serial1904 => NaiveDate::from_ymd_opt(1904, 1, 1),
            _ => match number.whole {
                0 | NEVER => None,
                1..NEVER => NaiveDate::from_ymd_opt(1899, 12, 31),
                _ => NaiveDate::from_ymd_opt(1899, 12, 30),
            },
        };
        let day = first?.checked_add_days(Days::new(number.whole))?;
        let Some(nanos) = number.nanos else {
            return Some(Written {
                date: day,
                time: None,
                zone: None,
            });
        };
        let millis = (nanos * MILLIS_A_DAY + 500_000_000) / 1_000_000_000;
        let passed = TimeDelta::milliseconds(i64::try_from(millis).ok()?);
        let at = day.and_time(NaiveTime::MIN).checked_add_signed(passed)?;
        let time = Some(at.time().signed_duration_since(NaiveTime::MIN));
        let date = at.date();
        Some(Written {
            date,
            time,
            zone: None,
        })
    }

    /// What is finer than a microsecond is cut.
    fn second(self, text: &[u8]) -> Option<Written> {
        let (text, is_before) = match text.strip_prefix(b"-") {
            Some(text) => (text, true),
            None => (text, false),
        };
        let number = Number::read(text)?;
        let (each, nanos) = match self {
            Self::UnixMillis => (1_000, 1_000_000),
            _ => (1_000_000, 1_000),
        };
        let micros = number.whole * each + number.nanos.unwrap_or_default() / nanos;
        let micros = i64::try_from(micros).ok()?;
        let micros = if is_before {
            micros.checked_neg()?
        } else {
            micros
        };
        let at = DateTime::from_timestamp_micros(micros)?;
        let time = Some(at.time().signed_duration_since(NaiveTime::MIN));
        let zone = FixedOffset::east_opt(0);
        let date = at.date_naive();
        Some(Written { date, time, zone })
    }
}

/// Digits, and behind a point their billionths.
struct Number {
    /// Below 10¹³.
    whole: u64,
    /// None where there is no point.
    nanos: Option<u64>,
}

impl Number {
    fn read(text: &[u8]) -> Option<Self> {
        let mut parts = text.splitn(2, |byte| *byte == b'.');
        let whole = parts.next().filter(|whole| whole.len() <= 13)?;
        let whole = digits(whole)?;
        let nanos = match parts.next() {
            Some(fraction) => Some(billionths(fraction)?),
            None => None,
        };
        Some(Self { whole, nanos })
    }
}

fn digits(text: &[u8]) -> Option<u64> {
    let mut number = 0;
    for byte in text {
        number = number * 10 + u64::from(char::from(*byte).to_digit(10)?);
    }
    (!text.is_empty()).then_some(number)
}

/// Those of a fraction of any length; what is finer is cut.
fn billionths(fraction: &[u8]) -> Option<u64> {
    let kept = fraction.get(..9).unwrap_or(fraction);
    let rest = fraction.get(9..).unwrap_or_default();
    let mut number = digits(kept)?;
    for _ in kept.len()..9 {
        number *= 10;
    }
    rest.iter().all(u8::is_ascii_digit).then_some(number)
}
