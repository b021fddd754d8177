use core::fmt;
use core::num::NonZeroU32;

use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Day;
use super::error::PeriodProblem;
use super::place::whole_minutes;
use crate::error::{Error, shorten};
use crate::value::length::MICROS_A_SECOND;

/// An instant and the offset of the place where it was taken down; its day is the date there.
///
/// Kept to the microsecond, its offset to the minute, as they are written: what is finer is cut. Two are equal where instant and offset are. They are in the order of their
/// instants; of two at one instant, the one further west comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Moment {
    /// Microseconds since 1970 in UTC.
    micros: i64,
    /// Seconds east of UTC, and a day, so that an absent one takes no room.
    offset: NonZeroU32,
}

pub(crate) const MICROS_A_DAY: i64 = 86_400 * MICROS_A_SECOND;
const SECONDS_A_DAY: i32 = 86_400;
/// In place of an offset; it is read as none.
const NO_TIME: NonZeroU32 = NonZeroU32::MAX;
/// Days from the first of the year 1 to 1970, as `chrono` counts them.
pub(super) const DAY_OF_1970: i64 = 719_163;

impl Moment {
    /// The moment of an instant whose date is in the supported years.
    pub(crate) fn new(instant: DateTime<FixedOffset>) -> Result<Self, Error> {
        Day::new(instant.date_naive())?;
        let moment = Self {
            micros: instant.timestamp_micros(),
            offset: shifted(whole_minutes(instant.offset().local_minus_utc())),
        };
        Day::new(moment.day().date())?;
        Ok(moment)
    }

    /// What stands for a day alone in a [`Stamp`](super::Stamp): its midnight in UTC, at an offset that no place has.
    pub(super) fn of_day(day: Day) -> Self {
        let days = day.number().saturating_sub(DAY_OF_1970);
        Self {
            micros: days.saturating_mul(MICROS_A_DAY),
            offset: NO_TIME,
        }
    }

    /// Whether it stands for a day alone.
    #[inline]
    pub(super) fn is_day(self) -> bool {
        self.offset == NO_TIME
    }

    /// The same instant at another offset, in seconds east of UTC.
    pub(super) fn with_east(self, east: i32) -> Self {
        Self {
            offset: shifted(east),
            ..self
        }
    }

    /// So many microseconds since 1970, as UTC writes it.
    pub(super) fn of_micros(micros: i64) -> Self {
        Self {
            micros,
            offset: shifted(0),
        }
    }

    /// Microseconds since 1970 in UTC.
    pub(super) fn micros(self) -> i64 {
        self.micros
    }

    pub(crate) fn instant(self) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(self.offset_seconds());
        let utc = DateTime::from_timestamp_micros(self.micros).unwrap_or_default();
        match offset {
            Some(offset) => utc.with_timezone(&offset),
            None => utc.fixed_offset(),
        }
    }

    /// Whether it is written as UTC is.
    pub(crate) fn is_utc(self) -> bool {
        self.offset_seconds() == 0
    }

    /// The date at its place.
    pub(crate) fn day(self) -> Day {
        let days = self.local_micros().div_euclid(MICROS_A_DAY);
        // Checked when it was built.
        Day::of_number(days.saturating_add(DAY_OF_1970)).unwrap_or(Day::NEVER)
    }

    /// Microseconds from an earlier moment to this one, or none where that one is later.
    #[inline]
    pub(crate) fn micros_since(self, earlier: Self) -> Option<u64> {
        u64::try_from(self.micros.saturating_sub(earlier.micros)).ok()
    }

    /// Days of 24 hours that passed from an earlier moment to this one, or none where that one is later.
    #[inline]
    pub(crate) fn whole_days_since(self, earlier: Self) -> Option<u32> {
        let micros = self.micros_since(earlier)?;
        u32::try_from(micros / MICROS_A_DAY.unsigned_abs()).ok()
    }

    /// The end of a day at its place.
    #[inline]
    pub(crate) fn evening_of(self, day: Day) -> Self {
        let days = day.following().number().saturating_sub(DAY_OF_1970);
        Self {
            micros: days
                .saturating_mul(MICROS_A_DAY)
                .saturating_sub(self.east_micros()),
            ..self
        }
    }

    /// Microseconds since 1970 on the clock at its place.
    #[inline]
    pub(super) fn local_micros(self) -> i64 {
        self.micros.saturating_add(self.east_micros())
    }

    /// How far its place is ahead of UTC.
    #[inline]
    fn east_micros(self) -> i64 {
        i64::from(self.offset_seconds()).saturating_mul(MICROS_A_SECOND)
    }

    #[inline]
    fn offset_seconds(self) -> i32 {
        let shifted = i32::try_from(self.offset.get()).unwrap_or(SECONDS_A_DAY);
        shifted.saturating_sub(SECONDS_A_DAY)
    }
}

fn shifted(east: i32) -> NonZeroU32 {
    let shifted = u32::try_from(east.saturating_add(SECONDS_A_DAY)).ok();
    shifted.and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN)
}

/// An instant with the offset of its place, from its text.
///
/// # Errors
/// [`ErrorKind::InvalidInstant`](crate::ErrorKind::InvalidInstant).
///
/// ```
/// let friday = sales_metrics::instant("2026-03-06T18:30:00+01:00")?;
/// assert_eq!(friday.date_naive(), sales_metrics::date(2026, 3, 6)?);
/// assert!(sales_metrics::instant("2026-03-06 18:30").is_err());
/// # Ok::<(), sales_metrics::Error>(())
/// ```
pub fn instant(text: &str) -> Result<DateTime<FixedOffset>, Error> {
    DateTime::parse_from_rfc3339(text).map_err(|_| {
        let text = shorten(text);
        PeriodProblem::InvalidInstant { text }.into()
    })
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(&self.instant()))
    }
}

/// As an instant is written.
pub(super) fn written(instant: &DateTime<FixedOffset>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// In JSON `"2026-03-06T18:30:00+01:00"`.
impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let instant = instant(&text).map_err(de::Error::custom)?;
        Self::new(instant).map_err(|error| de::Error::custom(error.about("instant")))
    }
}
