use chrono::{Datelike as _, Weekday};
use serde::{Deserialize, Serialize};

use super::Day;

/// The day of the week on which a fiscal year of weeks ends, and which one of them: it stands by the last day of the month before
/// the first.
///
/// In JSON `{"last":"saturday"}`, `{"nearest":"saturday"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FiscalYearEnd {
    /// The last one of the month.
    Last(#[serde(with = "Named")] Weekday),
    /// The one nearest to the end of the month, before it or after.
    Nearest(#[serde(with = "Named")] Weekday),
}

/// How many weeks the months of a quarter have, in a fiscal year of weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum QuarterWeeks {
    /// Four, four, five.
    #[serde(rename = "4-4-5")]
    FourFourFive,
    /// Four, five, four.
    #[serde(rename = "4-5-4")]
    FourFiveFour,
    /// Five, four, four.
    #[serde(rename = "5-4-4")]
    FiveFourFour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FiscalWeeks {
    pub(super) end: FiscalYearEnd,
    pub(super) quarter: QuarterWeeks,
}

/// Days of the week by their names.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Weekday")]
enum Named {
    #[serde(rename = "monday")]
    Mon,
    #[serde(rename = "tuesday")]
    Tue,
    #[serde(rename = "wednesday")]
    Wed,
    #[serde(rename = "thursday")]
    Thu,
    #[serde(rename = "friday")]
    Fri,
    #[serde(rename = "saturday")]
    Sat,
    #[serde(rename = "sunday")]
    Sun,
}

impl FiscalYearEnd {
    /// The day after the year's last, by the first of the month that follows it.
    pub(super) fn following(self, first: Day) -> Option<Day> {
        let (weekday, latest) = match self {
            Self::Last(weekday) => (weekday, 0),
            Self::Nearest(weekday) => (weekday, 3),
        };
        let latest = first.plus(latest)?;
        let since = latest.date().weekday().days_since(weekday.succ());
        latest.plus(i64::from(since).saturating_neg())
    }
}

impl QuarterWeeks {
    /// The days of so many first months of a year, but for a 53rd week.
    pub(super) fn days_of(self, months: u32) -> i64 {
        let (one, two) = match self {
            Self::FourFourFive => (4, 8),
            Self::FourFiveFour => (4, 9),
            Self::FiveFourFour => (5, 9),
        };
        let rest = match months % 3 {
            0 => 0,
            1 => one,
            _ => two,
        };
        let weeks = i64::from(months / 3)
            .saturating_mul(13)
            .saturating_add(rest);
        weeks.saturating_mul(7)
    }
}
