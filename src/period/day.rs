use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::error::PeriodProblem;
use crate::error::{Error, shorten};
use crate::value::dates::parse_date;

/// A business date of the years 1900 to 2999, or the day after (where the last period ends).
///
/// Kept as a number of days, so that counting days between two dates is one subtraction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(
    /// Days since the year 1, as `chrono` counts them.
    pub(super) NonZeroU32,
);

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2999;

/// A calendar date of the years 1900 to 2999, checked.
///
/// # Errors
/// [`ErrorKind::InvalidDate`](crate::ErrorKind::InvalidDate) where the calendar or the crate has no such day.
///
/// ```
/// assert!(sales_metrics::date(2024, 2, 29).is_ok());
/// let error = sales_metrics::date(2026, 2, 29).unwrap_err();
/// assert_eq!(error.to_string(), "\"2026-02-29\" is no date; write it as 2026-03-31");
/// ```
pub fn date(year: i32, month: u32, day: u32) -> Result<NaiveDate, Error> {
    NaiveDate::from_ymd_opt(year, month, day)
        .filter(|date| (FIRST_YEAR..=LAST_YEAR).contains(&date.year()))
        .ok_or_else(|| {
            let text = format!("{year:04}-{month:02}-{day:02}");
            PeriodProblem::InvalidDate { text }.into()
        })
}

/// A calendar date of the years 1900 to 2999, from its text: `2026-03-31` and nothing else.
///
/// ```
/// use sales_metrics::{date, day};
///
/// assert_eq!(day("2026-03-31")?, date(2026, 3, 31)?);
/// assert_eq!(day("31/03/2026").unwrap_err().to_string(), "\"31/03/2026\" is no date; write it as 2026-03-31");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::InvalidDate`](crate::ErrorKind::InvalidDate) for any other text and a day that no calendar has;
/// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
pub fn day(text: &str) -> Result<NaiveDate, Error> {
    text.parse().map(Day::date)
}

impl Day {
    /// Later than every date: where an absent one must compare.
    pub(crate) const NEVER: Self = Self(NonZeroU32::MAX);

    /// Before every date: where one that is over, and that nobody knows, must compare so.
    pub(crate) const FIRST: Self = Self(NonZeroU32::MIN);

    /// The day, unless it stands for one that nobody knows, though it is over: [`FIRST`](Self::FIRST).
    pub(crate) fn known(self) -> Option<Self> {
        (self != Self::FIRST).then_some(self)
    }

    /// The day of a date in the supported years.
    pub(crate) fn new(date: NaiveDate) -> Result<Self, Error> {
        Self::supported(date).ok_or_else(|| out_of_range(date))
    }

    pub(crate) fn supported(date: NaiveDate) -> Option<Self> {
        (FIRST_YEAR..=LAST_YEAR)
            .contains(&date.year())
            .then(|| Self::from_number(date.num_days_from_ce()))?
    }

    /// A day on which a period may end: also the one after the last supported year.
    pub(crate) fn end(date: NaiveDate) -> Option<Self> {
        Self::supported(date.pred_opt()?)?.plus(1)
    }

    /// Days since the year 1, as `chrono` counts them.
    #[inline]
    pub(crate) fn number(self) -> i64 {
        i64::from(self.0.get())
    }

    pub(crate) fn of_number(number: i64) -> Option<Self> {
        Self::from_number(i32::try_from(number).ok()?)
    }

    fn from_number(number: i32) -> Option<Self> {
        u32::try_from(number)
            .ok()
            .and_then(NonZeroU32::new)
            .map(Self)
    }

    pub(crate) fn date(self) -> NaiveDate {
        i32::try_from(self.0.get())
            .ok()
            .and_then(NaiveDate::from_num_days_from_ce_opt)
            .unwrap_or_default()
    }

    /// Days from `earlier` to this one, or none where it is later.
    #[inline]
    pub(crate) fn days_since(self, earlier: Self) -> Option<u32> {
        self.0.get().checked_sub(earlier.0.get())
    }

    /// The next day: a number, not a supported date, since it serves as the end of a stretch of days.
    #[inline]
    pub(crate) fn following(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The day before: a number, as the following one.
    #[inline]
    pub(crate) fn preceding(self) -> Self {
        let before = self.0.get().checked_sub(1).and_then(NonZeroU32::new);
        Self(before.unwrap_or(self.0))
    }

    /// The day so many days later, within the supported years and the day after.
    pub(crate) fn plus(self, days: i64) -> Option<Self> {
        let number = i64::from(self.0.get()).checked_add(days)?;
        let date = NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)?;
        let last_end = date.year() == LAST_YEAR.checked_add(1)? && date.ordinal() == 1;
        (last_end || (FIRST_YEAR..=LAST_YEAR).contains(&date.year()))
            .then(|| Self::from_number(date.num_days_from_ce()))?
    }

    /// The same day of the month so many months away, or that month's last day where it has none such.
    pub(crate) fn plus_months(self, months: i32) -> Option<Self> {
        let distance = Months::new(months.unsigned_abs());
        let date = if months < 0 {
            self.date().checked_sub_months(distance)
        } else {
            self.date().checked_add_months(distance)
        }?;
        Self::supported(date).or_else(|| Self::end(date))
    }
}

#[cold]
pub(super) fn out_of_range(date: NaiveDate) -> Error {
    PeriodProblem::DateOutOfRange { date }.into()
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.date(), f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if [Self::NEVER, Self::FIRST].contains(self) {
            return f.write_str("unknown");
        }
        fmt::Debug::fmt(&self.date(), f)
    }
}

impl FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let date = parse_date(text).ok_or_else(|| PeriodProblem::InvalidDate {
            text: shorten(text),
        })?;
        Self::new(date).map_err(|error| error.about("date"))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// Days from one day up to, and not including, another; none where that comes first.
pub(crate) fn days_between(from: Day, to: Day) -> u64 {
    u64::from(to.days_since(from).unwrap_or_default())
}
