use core::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::error::PeriodProblem;
use super::{Day, FiscalCalendar, Period};
use crate::error::Error;
use crate::value::Currency;

/// What one looks at: a period, a currency, and the day from which one looks.
///
/// The day is the period's last unless [`as_of`](Self::as_of) says otherwise: today, in a running quarter; later, to see what became
/// of a cohort. What happened in the period is counted up to that day. What is (open deals and how old they are, customers, heads) is
/// read on the [`evening`](Self::evening) of the period's last day, or of the as-of day where that is earlier: a later day lets cohorts
/// mature and moves no stock.
///
/// ```
/// use sales_metrics::{Currency, Period, Scope, date};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(q1.as_of_day(), date(2026, 3, 31)?);
/// let running = q1.as_of(date(2026, 2, 14)?)?;
/// assert_eq!(running.elapsed_days(), 45);
/// assert_eq!(running.to_string(), "2026-01-01/2026-04-01 in USD as of 2026-02-14");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    period: Period,
    currency: Currency,
    as_of: Day,
}

impl Scope {
    /// A whole period, seen from its last day.
    #[must_use]
    pub fn new(period: Period, currency: Currency) -> Self {
        let (start, end) = period.bounds();
        Self {
            period,
            currency,
            as_of: end.plus(-1).unwrap_or(start),
        }
    }

    /// The same period and currency, seen from another day: today, while the period runs; later, to see how its cohort did.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn as_of(self, day: NaiveDate) -> Result<Self, Error> {
        let as_of = Day::new(day).map_err(|error| error.about("as-of day"))?;
        Ok(Self { as_of, ..self })
    }

    /// The period.
    #[must_use]
    pub fn period(self) -> Period {
        self.period
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The day from which one looks.
    #[must_use]
    pub fn as_of_day(self) -> NaiveDate {
        self.as_of.date()
    }

    /// The day on whose evening one reads what is: open deals, customers, heads. It is the period's last, or the as-of day where that is
    /// earlier.
    ///
    /// ```
    /// use sales_metrics::{Currency, Period, Scope, date};
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// assert_eq!(q1.as_of(date(2026, 2, 14)?)?.evening(), date(2026, 2, 14)?);
    /// assert_eq!(q1.as_of(date(2026, 6, 30)?)?.evening(), date(2026, 3, 31)?);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn evening(self) -> NaiveDate {
        self.evening_day().date()
    }

    /// Days of the period up to and including the as-of day: 0 where it has not begun.
    #[must_use]
    pub fn elapsed_days(self) -> u32 {
        let (start, end) = self.window();
        end.days_since(start).unwrap_or_default()
    }

    /// Whether the as-of day is the period's last or later.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.elapsed_days() == self.period.days()
    }

    /// The previous period, seen as this one is: whole if this one is complete, and from as many days after its end; else its
    /// same number of days.
    ///
    /// So a cohort that was observed for a month after its quarter stands beside one that was observed for as long.
    ///
    /// # Errors
    /// As [`Period::previous`].
    pub fn previous(self) -> Result<Self, Error> {
        self.like(self.period.previous()?)
    }

    /// The same period a year earlier, seen as [`previous`](Self::previous) is.
    ///
    /// # Errors
    /// As [`Period::year_before`].
    pub fn year_before(self) -> Result<Self, Error> {
        self.like(self.period.year_before()?)
    }

    /// The previous year, quarter or month of a fiscal calendar, seen as [`previous`](Self::previous) is.
    ///
    /// # Errors
    /// As [`FiscalCalendar::previous`].
    pub fn previous_in(self, calendar: FiscalCalendar) -> Result<Self, Error> {
        self.like(calendar.previous(self.period)?)
    }

    /// The same year, quarter or month of the fiscal year before, seen as [`previous`](Self::previous) is.
    ///
    /// # Errors
    /// As [`FiscalCalendar::year_before`].
    pub fn year_before_in(self, calendar: FiscalCalendar) -> Result<Self, Error> {
        self.like(calendar.year_before(self.period)?)
    }

    /// The previous one by a fiscal calendar, where the period is one of its, else by itself.
    pub(crate) fn previous_by(self, calendar: Option<FiscalCalendar>) -> Result<Self, Error> {
        match calendar.filter(|calendar| calendar.has(self.period)) {
            Some(calendar) => self.previous_in(calendar),
            None => self.previous(),
        }
    }

    /// The one a year before, by a fiscal calendar as [`previous_by`](Self::previous_by).
    pub(crate) fn year_before_by(self, calendar: Option<FiscalCalendar>) -> Result<Self, Error> {
        match calendar.filter(|calendar| calendar.has(self.period)) {
            Some(calendar) => self.year_before_in(calendar),
            None => self.year_before(),
        }
    }

    /// Its months, seen from the same day as it, or from their own last days where these are earlier: what happened in them
    /// adds up to what happened in it.
    ///
    /// ```
    /// use sales_metrics::{Currency, Period, Scope, date};
    ///
    /// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
    /// let days: Vec<u32> = running.months().map(Scope::elapsed_days).collect();
    /// assert_eq!(days, [31, 14, 0]);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    pub fn months(self) -> impl Iterator<Item = Self> {
        self.period.months().map(move |month| self.part(month))
    }

    /// Its weeks of seven days, seen as its [`months`](Self::months) are.
    pub fn weeks(self) -> impl Iterator<Item = Self> {
        self.period.weeks().map(move |week| self.part(week))
    }

    fn part(self, period: Period) -> Self {
        let whole = Self::new(period, self.currency);
        Self {
            as_of: self.as_of.min(whole.as_of),
            ..whole
        }
    }

    fn like(self, period: Period) -> Result<Self, Error> {
        let whole = Self::new(period, self.currency);
        let as_of = if self.is_complete() {
            let last = Self::new(self.period, self.currency).as_of;
            let since = self.as_of.days_since(last).unwrap_or_default();
            whole.as_of.plus(i64::from(since))
        } else {
            let (start, _) = period.bounds();
            let last = i64::from(self.elapsed_days()).saturating_sub(1);
            start.plus(last).map(|day| day.min(whole.as_of))
        };
        let as_of = as_of.ok_or_else(|| self.period.out_of_range("before"))?;
        Ok(Self { as_of, ..whole })
    }

    /// Whether an earlier scope can be compared with this one: whole periods of like length, or the same number of days. Quarters and
    /// years of weeks are of like length where one has a week more.
    pub(crate) fn is_like(self, earlier: Self) -> bool {
        let months = |scope: Self| scope.period.whole_months();
        let alike = match months(self).zip(months(earlier)) {
            Some((a, b)) => a == b,
            None => days_alike(self.period.days(), earlier.period.days()),
        };
        let both_complete = self.is_complete() && earlier.is_complete();
        let same_days = earlier.elapsed_days() == self.elapsed_days().min(earlier.period.days());
        alike && (both_complete || same_days)
    }

    /// The one check that two tallies can be merged.
    pub(crate) fn expect_same(self, found: Self) -> Result<(), Error> {
        if self == found {
            return Ok(());
        }
        let (expected, found) = (self.to_string(), found.to_string());
        Err(PeriodProblem::CannotMerge { expected, found }.into())
    }

    /// The one check that another tally, which `what` names, looks at the same.
    pub(crate) fn expect_of(self, what: &'static str, found: Self) -> Result<(), Error> {
        if self == found {
            return Ok(());
        }
        Err(self.differs(what, found))
    }

    /// The same where one of them counts no money: then the currency plays no part.
    pub(crate) fn expect_days_of(self, what: &'static str, found: Self) -> Result<(), Error> {
        if (self.period, self.as_of) == (found.period, found.as_of) {
            return Ok(());
        }
        Err(self.differs(what, found))
    }

    #[cold]
    fn differs(self, what: &'static str, found: Self) -> Error {
        let (expected, found) = (self.to_string(), found.to_string());
        let problem = PeriodProblem::ScopesDiffer {
            what,
            expected,
            found,
        };
        problem.into()
    }

    /// The days in which an event counts: from the first up to, and not including, the second (which may be earlier).
    #[inline]
    pub(crate) fn window(self) -> (Day, Day) {
        let (start, end) = self.period.bounds();
        (start, end.min(self.as_of.following()))
    }

    /// The days on whose eves one looks at what holds: that before the period, and that of its last day or of the as-of day, whichever
    /// is earlier. Both are the as-of day's where that is before the period.
    #[inline]
    pub(crate) fn evenings(self) -> (Day, Day) {
        let (start, closing) = self.window();
        (start.min(closing), closing)
    }

    /// See [`evening`](Self::evening).
    #[inline]
    pub(crate) fn evening_day(self) -> Day {
        let (_, end) = self.period.bounds();
        end.preceding().min(self.as_of)
    }

    /// Whether one looks from a day later than the evening: what today's records say of that evening may be hindsight.
    pub(crate) fn looks_back(self) -> bool {
        self.as_of > self.evening_day()
    }

    /// Whether an event of that day counts: it is dated in the period, and not after the as-of day.
    #[inline]
    pub(crate) fn counts(self, day: Day) -> bool {
        let (start, end) = self.window();
        start <= day && day < end
    }

    pub(crate) fn as_of_number(self) -> Day {
        self.as_of
    }
}

/// As many days; or quarters and years of weeks.
fn days_alike(a: u32, b: u32) -> bool {
    let of_weeks = a % 7 == 0 && a.min(b) >= 13 * 7;
    a == b || (of_weeks && a.abs_diff(b) == 7)
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            period,
            currency,
            as_of,
        } = self;
        f.pad(&format!("{period} in {currency} as of {as_of}"))
    }
}
