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
        let (year, part) = match text.split_once('-') {
            Some((year, part)) => (year, Some(part)),
            None => (text, None),
        };
        let year = digits(year, 4)
            .and_then(|year| i32::try_from(year).ok())
            .ok_or_else(invalid)?;
        let Some(part) = part else {
            return Self::year(year);
        };
        if let Some(half) = part.strip_prefix('H') {
            Self::half(year, digits(half, 1).ok_or_else(invalid)?)
        } else if let Some(quarter) = part.strip_prefix('Q') {
            Self::quarter(year, digits(quarter, 1).ok_or_else(invalid)?)
        } else if let Some(week) = part.strip_prefix('W') {
            Self::week(year, digits(week, 2).ok_or_else(invalid)?)
        } else {
            Self::month(year, digits(part, 2).ok_or_else(invalid)?)
        }
    }
}

/// A number of exactly so many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let all = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    all.then(|| text.parse().ok())?
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
