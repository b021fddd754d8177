use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::error::PeriodProblem;
use super::fiscal_weeks::{FiscalWeeks, FiscalYearEnd, QuarterWeeks};
use super::period::no_such;
use super::text::{self, Part};
use super::{Day, Period};
use crate::error::{Error, shorten};

/// Which calendar year gives a fiscal year its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FiscalYearLabel {
    /// The calendar year in which it starts.
    StartYear,
    /// The calendar year in which it ends.
    EndYear,
}

/// Fiscal years that begin on the first of any month, or of whole weeks, near to it.
///
/// ```
/// use sales_metrics::{FiscalCalendar, FiscalYearLabel, date};
///
/// // Begins on 1 February and is named for the year in which it ends.
/// let fiscal = FiscalCalendar::new(2, FiscalYearLabel::EndYear)?;
/// assert_eq!(fiscal.year(2027)?.to_string(), "2026-02-01/2027-02-01");
/// assert_eq!(fiscal.quarter(2027, 4)?.to_string(), "2026-11-01/2027-02-01");
/// assert_eq!(fiscal.year_of(date(2027, 1, 31)?), 2027);
/// assert_eq!(fiscal.name(fiscal.quarter(2027, 4)?).as_deref(), Some("FY2027-Q4"));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire")]
pub struct FiscalCalendar {
    /// Invariant: 1 to 12.
    first_month: u32,
    label: FiscalYearLabel,
    #[serde(skip_serializing_if = "Option::is_none")]
    weeks: Option<FiscalWeeks>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    first_month: u32,
    label: FiscalYearLabel,
    weeks: Option<FiscalWeeks>,
}

impl TryFrom<Wire> for FiscalCalendar {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let months = Self::new(wire.first_month, wire.label)?;
        let weeks = wire.weeks;
        Ok(Self { weeks, ..months })
    }
}

/// A year, a quarter or a month of a fiscal year: so many months after so many others.
#[derive(Clone, Copy)]
struct Place {
    year: i32,
    before: u32,
    months: u32,
}

impl FiscalCalendar {
    /// Fiscal years that begin on the first of `first_month`. One that begins in January starts and ends in the same year.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) where there is no such month.
    pub fn new(first_month: u32, label: FiscalYearLabel) -> Result<Self, Error> {
        if (1..=12).contains(&first_month) {
            return Ok(Self {
                first_month,
                label,
                weeks: None,
            });
        }
        Err(no_such("month", first_month, "1 to 12"))
    }

    /// The same in whole weeks: 52 or 53 a year, which ends on a day of the week, the last one or the nearest to the end of the month
    /// before the first. A quarter has 13 weeks, in months of 4 and 5; a 53rd week belongs to the last month.
    ///
    /// It is named for the calendar year that the months alone would be named for.
    ///
    /// ```
    /// use sales_metrics::{FiscalCalendar, FiscalYearEnd, FiscalYearLabel, QuarterWeeks, Weekday};
    ///
    /// // As American retailers count: to the Saturday nearest to 31 January, in months of 4, 5 and 4 weeks.
    /// let retail = FiscalCalendar::new(2, FiscalYearLabel::StartYear)?
    ///     .in_weeks(FiscalYearEnd::Nearest(Weekday::Sat), QuarterWeeks::FourFiveFour);
    /// assert_eq!(retail.year(2023)?.to_string(), "2023-01-29/2024-02-04"); // 53 weeks
    /// assert_eq!(retail.month(2024, 2)?.to_string(), "2024-03-03/2024-04-07");
    /// assert_eq!(retail.year_before(retail.quarter(2024, 4)?)?, retail.quarter(2023, 4)?); // 13 weeks and 14
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn in_weeks(self, end: FiscalYearEnd, quarter: QuarterWeeks) -> Self {
        Self {
            weeks: Some(FiscalWeeks { end, quarter }),
            ..self
        }
    }

    /// The fiscal year of a label.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) where it leaves the years 1900 to 2999.
    pub fn year(self, year: i32) -> Result<Period, Error> {
        self.period(Place {
            year,
            before: 0,
            months: 12,
        })
    }

    /// A quarter of a fiscal year, 1 to 4.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) for another quarter or year.
    pub fn quarter(self, year: i32, quarter: u32) -> Result<Period, Error> {
        match quarter.checked_sub(1).filter(|before| *before < 4) {
            Some(before) => self.period(Place {
                year,
                before: before.saturating_mul(3),
                months: 3,
            }),
            None => Err(no_such("quarter", quarter, "1 to 4")),
        }
    }

    /// A month of a fiscal year, 1 to 12, the first being the one in which it begins.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) for another month or year.
    pub fn month(self, year: i32, month: u32) -> Result<Period, Error> {
        match month.checked_sub(1).filter(|before| *before < 12) {
            Some(before) => self.period(Place {
                year,
                before,
                months: 1,
            }),
            None => Err(no_such("month", month, "1 to 12")),
        }
    }

    /// The label of the fiscal year that a date lies in.
    #[must_use]
    pub fn year_of(self, date: NaiveDate) -> i32 {
        let begun_the_year_before = i32::from(date.month() < self.first_month);
        let year = date
            .year()
            .saturating_sub(begun_the_year_before)
            .saturating_add(self.years_to_label());
        // Years of weeks begin some days before or after the month does.
        let begins = |year: i32| Some(self.start(year)?.date());
        let after = year.saturating_add(1);
        if begins(after).is_some_and(|start| start <= date) {
            after
        } else if begins(year).is_some_and(|start| date < start) {
            year.saturating_sub(1)
        } else {
            year
        }
    }

    /// What a period is called if it is a year, a quarter or a month of this calendar: `FY2027`, `FY2027-Q4`, `FY2027-P11`.
    #[must_use]
    pub fn name(self, period: Period) -> Option<String> {
        let Place {
            year,
            before,
            months,
        } = self.place(period)?;
        let number = before.checked_div(months)?.saturating_add(1);
        Some(match months {
            12 => format!("FY{year}"),
            3 => format!("FY{year}-Q{number}"),
            _ => format!("FY{year}-P{number:02}"),
        })
    }

    /// The period of a name: what [`name`](Self::name) says, also with a space for the hyphen, with the year last, and without the `FY`.
    ///
    /// ```
    /// use sales_metrics::{FiscalCalendar, FiscalYearLabel};
    ///
    /// let fiscal = FiscalCalendar::new(2, FiscalYearLabel::EndYear)?;
    /// for name in ["FY2027-Q4", "FY2027 Q4", "Q4 FY2027", "2027-Q4", "Q4 2027"] {
    ///     assert_eq!(fiscal.named(name)?, fiscal.quarter(2027, 4)?);
    /// }
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPeriod`](crate::ErrorKind::InvalidPeriod) for any other text, a calendar month and a half among them; [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod)
    /// for a fifth quarter, a thirteenth month, and where it leaves the years 1900 to 2999.
    pub fn named(self, name: &str) -> Result<Period, Error> {
        let plain = match name.strip_prefix("FY") {
            Some(year_first) => year_first.to_owned(),
            None => name.replacen(" FY", " ", 1).replacen("-FY", "-", 1),
        };
        match text::named(&plain) {
            Some((year, Part::Whole)) => self.year(year),
            Some((year, Part::Quarter(quarter))) => self.quarter(year, quarter),
            Some((year, Part::FiscalMonth(month))) => self.month(year, month),
            _ => Err(PeriodProblem::InvalidFiscalPeriod {
                text: shorten(name),
            }
            .into()),
        }
    }

    /// Its name as a heading: with the number of weeks, where there is one more than there mostly is.
    pub(crate) fn heading(self, period: Period) -> Option<String> {
        let name = self.name(period)?;
        let longer = self.weeks.zip(self.place(period)).is_some_and(|of| {
            let (weeks, place) = of;
            i64::from(period.days()) > weeks.usual_days(place.before, place.months)
        });
        if longer {
            let weeks = period.days() / 7;
            return Some(format!("{name} ({weeks} weeks)"));
        }
        Some(name)
    }

    pub(crate) fn has(self, period: Period) -> bool {
        self.place(period).is_some()
    }

    /// The year, quarter or month before one of this calendar. It may have a week more or less, where the years are of weeks.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) for a period that is no year, quarter or month of it, and
    /// before 1900.
    pub fn previous(self, period: Period) -> Result<Period, Error> {
        let place = self.expect_place(period)?;
        let last = place.before == 0;
        let before = if last { 12 } else { place.before };
        self.period(Place {
            year: place.year.saturating_sub(i32::from(last)),
            before: before.saturating_sub(place.months),
            ..place
        })
    }

    /// The same year, quarter or month of the fiscal year before.
    ///
    /// # Errors
    /// As [`previous`](Self::previous).
    pub fn year_before(self, period: Period) -> Result<Period, Error> {
        let place = self.expect_place(period)?;
        self.period(Place {
            year: place.year.saturating_sub(1),
            ..place
        })
    }

    fn expect_place(self, period: Period) -> Result<Place, Error> {
        self.place(period).ok_or_else(|| {
            let period = period.to_string();
            PeriodProblem::NotOfCalendar { period }.into()
        })
    }

    fn place(self, period: Period) -> Option<Place> {
        let year = self.year_of(period.start());
        [12_u32, 3, 1].into_iter().find_map(|months| {
            let befores = (0_u32..12).step_by(usize::try_from(months).ok()?);
            let mut places = befores.map(|before| Place {
                year,
                before,
                months,
            });
            places.find(|place| self.period(*place).as_ref() == Ok(&period))
        })
    }

    fn period(self, place: Place) -> Result<Period, Error> {
        let Place {
            year,
            before,
            months,
        } = place;
        let (start, end) = (
            self.cut(year, before),
            self.cut(year, before.saturating_add(months)),
        );
        let period = start.zip(end);
        let period = period.and_then(|(start, end)| Period::of_days(start, end));
        period.ok_or_else(|| {
            let expected = "one whose days lie in the years 1900 to 2999";
            no_such("fiscal year", year, expected)
        })
    }

    /// The day after so many months of a fiscal year.
    fn cut(self, year: i32, months: u32) -> Option<Day> {
        match self.weeks {
            None => self
                .month_start(year)?
                .plus_months(i32::try_from(months).ok()?),
            Some(_) if months == 12 => self.start(year.checked_add(1)?),
            Some(weeks) => self.start(year)?.plus(weeks.quarter.days_of(months)),
        }
    }

    fn start(self, year: i32) -> Option<Day> {
        let month = self.month_start(year)?;
        match self.weeks {
            Some(weeks) => weeks.end.following(month),
            None => Some(month),
        }
    }

    /// The first of the month in, or near to, which a fiscal year begins.
    fn month_start(self, year: i32) -> Option<Day> {
        let year = year.checked_sub(self.years_to_label())?;
        let first = NaiveDate::from_ymd_opt(year, self.first_month, 1)?;
        Day::supported(first).or_else(|| Day::end(first))
    }

    /// 1 where the label is the calendar year after the one in which the fiscal year starts.
    fn years_to_label(self) -> i32 {
        i32::from(self.label == FiscalYearLabel::EndYear && self.first_month > 1)
    }
}
