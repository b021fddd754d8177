use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Period;
use super::period::no_such;
use crate::error::Error;

/// Which calendar year gives a fiscal year its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FiscalYearLabel {
    /// The calendar year in which it starts.
    StartYear,
    /// The calendar year in which it ends.
    EndYear,
}

/// Fiscal years that begin on the first of any month.
///
/// ```
/// use sales_metrics::{FiscalCalendar, FiscalYearLabel, date};
///
/// // Begins on 1 February and is named for the year in which it ends.
/// let fiscal = FiscalCalendar::new(2, FiscalYearLabel::EndYear)?;
/// assert_eq!(fiscal.year(2027)?.to_string(), "2026-02-01/2027-02-01");
/// assert_eq!(fiscal.quarter(2027, 4)?.to_string(), "2026-11-01/2027-02-01");
/// assert_eq!(fiscal.year_of(date(2027, 1, 31)?), 2027);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire")]
pub struct FiscalCalendar {
    /// Invariant: 1 to 12.
    first_month: u32,
    label: FiscalYearLabel,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    first_month: u32,
    label: FiscalYearLabel,
}

impl TryFrom<Wire> for FiscalCalendar {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        Self::new(wire.first_month, wire.label)
    }
}

impl FiscalCalendar {
    /// Fiscal years that begin on the first of `first_month`. One that begins in January starts and ends in the same year.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) where there is no such month.
    pub fn new(first_month: u32, label: FiscalYearLabel) -> Result<Self, Error> {
        if (1..=12).contains(&first_month) {
            return Ok(Self { first_month, label });
        }
        Err(no_such("month", first_month, "1 to 12"))
    }

    /// The fiscal year of a label.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) where it leaves the years 1900 to 2999.
    pub fn year(self, year: i32) -> Result<Period, Error> {
        self.months(year, 0, 12)
    }

    /// A quarter of a fiscal year, 1 to 4.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) for another quarter or year.
    pub fn quarter(self, year: i32, quarter: u32) -> Result<Period, Error> {
        match quarter.checked_sub(1).filter(|before| *before < 4) {
            Some(before) => self.months(year, before.saturating_mul(3), 3),
            None => Err(no_such("quarter", quarter, "1 to 4")),
        }
    }

    /// A month of a fiscal year, 1 to 12, the first being the one in which it begins.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) for another month or year.
    pub fn month(self, year: i32, month: u32) -> Result<Period, Error> {
        match month.checked_sub(1).filter(|before| *before < 12) {
            Some(before) => self.months(year, before, 1),
            None => Err(no_such("month", month, "1 to 12")),
        }
    }

    /// The label of the fiscal year that a date lies in.
    #[must_use]
    pub fn year_of(self, date: NaiveDate) -> i32 {
        let begun_the_year_before = i32::from(date.month() < self.first_month);
        date.year()
            .saturating_sub(begun_the_year_before)
            .saturating_add(self.years_to_label())
    }

    /// 1 where the label is the calendar year after the one in which the fiscal year starts.
    fn years_to_label(self) -> i32 {
        i32::from(self.label == FiscalYearLabel::EndYear && self.first_month > 1)
    }

    fn months(self, year: i32, before: u32, months: i32) -> Result<Period, Error> {
        let month = self.first_month.saturating_add(before);
        let (carry, month) = if month > 12 {
            (1, month.saturating_sub(12))
        } else {
            (0, month)
        };
        year.checked_sub(self.years_to_label())
            .and_then(|start| start.checked_add(carry))
            .and_then(|calendar_year| Period::of_months(calendar_year, month, months).ok())
            .ok_or_else(|| {
                let expected = "one whose days lie in the years 1900 to 2999";
                no_such("fiscal year", year, expected)
            })
    }
}
