//! The text form of a period.

use core::fmt;
use core::str::FromStr;

use chrono::Datelike as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Period;
use super::error::PeriodProblem;
use crate::error::{Error, shorten};
use crate::value::dates::parse_date;

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{}", self.start(), self.end()))
    }
}

impl Period {
    /// Its shortest name: `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-W07`, `2026-03-31`, or its two dates. Reading it back gives this period.
    ///
    /// ```
    /// use sales_metrics::Period;
    ///
    /// assert_eq!(Period::quarter(2026, 1)?.label(), "2026-Q1");
    /// assert_eq!("2026-01-01/2026-02-01".parse::<Period>()?.label(), "2026-01");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn label(self) -> String {
        let start = self.start();
        let (year, month, week) = (start.year(), start.month(), start.iso_week());
        let names = [
            (Self::year_of(start), format!("{year}")),
            (
                Self::half_of(start),
                format!("{year}-H{}", month.div_ceil(6)),
            ),
            (
                Self::quarter_of(start),
                format!("{year}-Q{}", month.div_ceil(3)),
            ),
            (Self::month_of(start), format!("{year}-{month:02}")),
            (
                Self::week_of(start),
                format!("{}-W{:02}", week.year(), week.week()),
            ),
            (Self::day(start), start.to_string()),
        ];
        names
            .into_iter()
            .find(|(period, _)| period.as_ref() == Ok(&self))
            .map_or_else(|| self.to_string(), |(_, name)| name)
    }
}

/// Reads its [`label`](Period::label), its two dates, and how the field writes quarters, halves and months else: `2026Q1`, `2026 Q1`, `Q1 2026`,
/// `Q1-2026`, and the same of halves; `Mar 2026`, `March 2026`, `Mar-2026`, in English.
impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = || PeriodProblem::InvalidPeriod {
            text: shorten(text),
        };
        if let Some((start, end)) = text.split_once('/') {
            let start = parse_date(start).ok_or_else(invalid)?;
            return Self::between(start, parse_date(end).ok_or_else(invalid)?);
        }
        if let Some(day) = parse_date(text) {
            return Self::day(day);
        }
        match named(text).ok_or_else(invalid)? {
            (year, Part::Whole) => Self::year(year),
            (year, Part::Half(half)) => Self::half(year, half),
            (year, Part::Quarter(quarter)) => Self::quarter(year, quarter),
            (year, Part::Month(month)) => Self::month(year, month),
            (year, Part::Week(week)) => Self::week(year, week),
            (_, Part::FiscalMonth(_)) => Err(invalid().into()),
        }
    }
}

/// Which part of a year a text names.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Whole,
    Half(u32),
    Quarter(u32),
    Month(u32),
    Week(u32),
    /// Of a fiscal year, by its number.
    FiscalMonth(u32),
}

pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A year and what of it: the year first, or last after a space or a hyphen.
pub(super) fn named(text: &str) -> Option<(i32, Part)> {
    if let Some((year, rest)) = text.split_at_checked(4).filter(|(year, _)| is_number(year)) {
        let part = match rest.strip_prefix(['-', ' ']) {
            _ if rest.is_empty() => Part::Whole,
            Some(part) if rest.starts_with('-') && is_number(part) => Part::Month(digits(part, 2)?),
            Some(part) => part_of(part)?,
            None if rest.starts_with(['H', 'Q']) => part_of(rest)?,
            None => return None,
        };
        return Some((year.parse().ok()?, part));
    }
    let (part, year) = text.rsplit_once(['-', ' '])?;
    let year = digits(year, 4)?;
    Some((i32::try_from(year).ok()?, part_of(part)?))
}

fn part_of(text: &str) -> Option<Part> {
    if let Some(half) = text.strip_prefix('H') {
        return digits(half, 1).map(Part::Half);
    }
    if let Some(quarter) = text.strip_prefix('Q') {
        return digits(quarter, 1).map(Part::Quarter);
    }
    if let Some(week) = text.strip_prefix('W') {
        return digits(week, 2).map(Part::Week);
    }
    if let Some(month) = text.strip_prefix('P') {
        return digits(month, 2).map(Part::FiscalMonth);
    }
    let is_name = |name: &str| {
        let short = name.get(..3);
        text.eq_ignore_ascii_case(name) || short.is_some_and(|name| text.eq_ignore_ascii_case(name))
    };
    let month = MONTHS.iter().position(|name| is_name(name))?;
    u32::try_from(month.checked_add(1)?).ok().map(Part::Month)
}

/// A number of exactly so many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let all = text.len() == count && is_number(text);
    all.then(|| text.parse().ok())?
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
