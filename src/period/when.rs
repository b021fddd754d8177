use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

use super::Stamp;
use crate::error::Error;

/// When something happened, as far as that is known: at an instant, or on a day of which nobody wrote down the hour.
///
/// Both a [`NaiveDate`] and a [`DateTime`] go in wherever one of these is asked for. A day is one of the business: it is moved to no
/// [`Place`](crate::Place), and is never taken for its midnight. What rests on the time of day, such as a response time, leaves it out and counts it apart;
/// what rests on the day counts it.
///
/// As a text, and in JSON, it is `2026-03-06` or `2026-03-06T18:30:00+01:00`.
///
/// ```
/// use sales_metrics::{Activity, ActivityKind, When, date, day, instant};
///
/// let call = Activity::new("A-1", ActivityKind::Call, day("2026-03-09")?)?;
/// assert_eq!(call.at(), When::Day(date(2026, 3, 9)?));
/// assert_eq!((call.at().date(), call.at().instant()), (date(2026, 3, 9)?, None));
///
/// let call = Activity::new("A-2", ActivityKind::Call, instant("2026-03-09T09:10:00+01:00")?)?;
/// assert_eq!(call.at().to_string(), "2026-03-09T09:10:00+01:00");
/// assert_eq!(call.at().date(), date(2026, 3, 9)?);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// On a day; at which time of it is not known.
    Day(NaiveDate),
    /// At an instant, with the offset of the place where it was taken down.
    Instant(DateTime<FixedOffset>),
}

impl When {
    /// The day, or the date of the instant at its own offset.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Instant(instant) => instant.date_naive(),
        }
    }

    /// The instant, where the time of day is known.
    #[must_use]
    pub fn instant(self) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::Day(_) => None,
            Self::Instant(instant) => Some(instant),
        }
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By instants; a day stands where its midnight in UTC is, before an instant of that time. What counts goes by days where one of two is a day.
impl Ord for When {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |when: &Self| match when {
            Self::Day(day) => (day.and_time(NaiveTime::MIN), false),
            Self::Instant(instant) => (instant.naive_utc(), true),
        };
        key(self).cmp(&key(other))
    }
}

impl From<NaiveDate> for When {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime<FixedOffset>> for When {
    fn from(instant: DateTime<FixedOffset>) -> Self {
        Self::Instant(instant)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => f.pad(&day.to_string()),
            Self::Instant(instant) => f.pad(&super::moment::written(instant)),
        }
    }
}

impl FromStr for When {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Stamp::when)
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stamp = Stamp::new(*self).map_err(|error| ser::Error::custom(error.about("when")))?;
        stamp.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Stamp::deserialize(deserializer).map(Stamp::when)
    }
}
