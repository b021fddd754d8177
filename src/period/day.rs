use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::{Error, shorten};

/// A business date of the years 1900 to 2999, or the day after (where the last period ends).
///
/// Kept as a number of days, so that counting days between two dates is one subtraction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(
    /// Days since the year 1, as `chrono` counts them.
    NonZeroU32,
);

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2999;

/// A calendar date of the years 1900 to 2999, checked.
///
/// # Errors
/// [`Error::InvalidDate`] where the calendar or the crate has no such day.
///
/// ```
/// assert!(sales_metrics::date(2024, 2, 29).is_ok());
/// let error = sales_metrics::date(2026, 2, 29).unwrap_err();
/// assert_eq!(error.to_string(), "\"2026-02-29\" is no date; write it as 2026-03-31");
/// ```
pub fn date(year: i32, month: u32, day: u32) -> Result<NaiveDate, Error> {
    NaiveDate::from_ymd_opt(year, month, day)
        .filter(|date| (FIRST_YEAR..=LAST_YEAR).contains(&date.year()))
        .ok_or_else(|| Error::InvalidDate {
            text: format!("{year:04}-{month:02}-{day:02}"),
        })
}

impl Day {
    /// Later than every date: where an absent one must compare.
    pub(crate) const NEVER: Self = Self(NonZeroU32::MAX);

    /// Before every date: where an absent one must compare so.
    pub(crate) const FIRST: Self = Self(NonZeroU32::MIN);

    /// The day of a date in the supported years; `field` names it in the error.
    pub(crate) fn new(date: NaiveDate, field: impl Fn() -> String) -> Result<Self, Error> {
        Self::supported(date).ok_or_else(|| Error::DateOutOfRange {
            field: field(),
            date,
        })
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

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.date(), f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.date(), f)
    }
}

/// Reads exactly `2026-03-31`: four digits, two and two. (`chrono` by itself reads "24-01-05" as the year 24.)
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0_u32, |number, digit| {
            let value = char::from(**digit).to_digit(10)?;
            number.checked_mul(10)?.checked_add(value)
        })
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

impl FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let date = parse_date(text).ok_or_else(|| Error::InvalidDate {
            text: shorten(text),
        })?;
        Self::new(date, || "date".to_owned())
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
