//! Hours of a day: from one time on the clock to another.

use chrono::{NaiveTime, Timelike as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::shorten;
use crate::value::length::MICROS_A_SECOND;

/// A time on the clock, kept to the microsecond: what is finer is cut, and so is a leap second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Clock(
    /// Microseconds since midnight. Invariant: less than a day.
    u64,
);

const MICROS: u64 = MICROS_A_SECOND.unsigned_abs();
const MICROS_A_MINUTE: u64 = MICROS * 60;
const LAST_MICRO: u64 = MICROS - 1;

impl Clock {
    pub(super) fn new(time: NaiveTime) -> Self {
        let seconds = u64::from(time.num_seconds_from_midnight());
        let micros = u64::from(time.nanosecond()) / 1_000;
        Self(seconds * MICROS + micros.min(LAST_MICRO))
    }

    /// So many microseconds after midnight, which are less than a day.
    pub(super) fn of_micros(micros: u64) -> Self {
        Self(micros)
    }

    pub(super) fn micros(self) -> u64 {
        self.0
    }

    pub(super) fn time(self) -> NaiveTime {
        let seconds = u32::try_from(self.0 / MICROS).ok();
        let nanos = u32::try_from((self.0 % MICROS) * 1_000).ok();
        let time = seconds
            .zip(nanos)
            .and_then(|(s, n)| NaiveTime::from_num_seconds_from_midnight_opt(s, n));
        time.unwrap_or_default()
    }

    /// `09:30`, or `09:30:15` where there are seconds.
    fn text(self) -> String {
        if self.0 % MICROS_A_MINUTE != 0 {
            return self.time().to_string();
        }
        let minutes = self.0 / MICROS_A_MINUTE;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// Reads what it writes, and `09:30:00`.
    fn read(text: &str) -> Option<Self> {
        let clock = Self::new(text.parse().ok()?);
        (text == clock.text() || text == clock.time().to_string()).then_some(clock)
    }
}

impl Serialize for Clock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| {
            let text = shorten(&text);
            de::Error::custom(format!(
                "\"{text}\" is no time of day; write it as 09:30 or 17:45:30"
            ))
        })
    }
}
