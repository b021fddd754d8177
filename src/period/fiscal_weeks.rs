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

impl FiscalWeeks {
    /// The days of so many months after so many others, but for a 53rd week.
    pub(super) fn usual_days(self, before: u32, months: u32) -> i64 {
        let end = self.quarter.days_of(before.saturating_add(months));
        end.saturating_sub(self.quarter.days_of(before))
    }
}

impl FiscalYearEnd {
    /// The day after the year's last, by the first of the month that follows it. Reckoned by how far it is from that, since the days
    /// around it may be beyond the supported ones.
    pub(super) fn following(self, first: Day) -> Option<Day> {
        let (weekday, latest) = match self {
            Self::Last(weekday) => (weekday, 0_i64),
            Self::Nearest(weekday) => (weekday, 3),
        };
        let since = first.date().weekday().days_since(weekday.succ());
        let back = i64::from(since).saturating_add(latest).rem_euclid(7);
        first.plus(latest.saturating_sub(back))
    }
}

/// How many months of a fiscal year of weeks have so many days: one of 4 or 5 weeks, or 6, a quarter, a half, a year. A 53rd week belongs to
/// the last of each.
pub(super) fn months_of(days: u32) -> Option<u32> {
    if days % 7 != 0 {
        return None;
    }
    match days / 7 {
        4..=6 => Some(1),
        13 | 14 => Some(3),
        26 | 27 => Some(6),
        52 | 53 => Some(12),
        _ => None,
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
