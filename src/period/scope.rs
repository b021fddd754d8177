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

    /// The same period, seen from as many days before its end as another period is (or after it). Beside one that has not begun, it has
    /// not begun either.
    ///
    /// Growth in a running period is [`previous`](Self::previous) aligned to the beginnings: this many days against as many. What comes
    /// in on the last days, as in sales much does, is better aligned to the ends:
    ///
    /// ```
    /// use sales_metrics::{Currency, Period, Scope, date};
    ///
    /// // Three days before the end of March.
    /// let march = Scope::new(Period::month(2026, 3)?, Currency::USD).as_of(date(2026, 3, 28)?)?;
    /// assert_eq!(march.previous()?.as_of_day(), date(2026, 2, 28)?);
    /// assert_eq!(march.previous()?.with_days_left_of(march)?.as_of_day(), date(2026, 2, 25)?);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) where that day is outside of the years 1900 to 2999.
    pub fn with_days_left_of(self, other: Self) -> Result<Self, Error> {
        let since = other
            .as_of_day()
            .signed_duration_since(other.period.last_day());
        let as_of = self.period.last_day().checked_add_signed(since);
        let as_of = as_of.unwrap_or_default();
        let eve = self.period.start().pred_opt().unwrap_or_default();
        let has_begun = other.elapsed_days() > 0;
        self.as_of(if has_begun { as_of } else { as_of.min(eve) })
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
        self.step_by(calendar, (FiscalCalendar::previous, Period::previous))
    }

    /// The one a year before, by a fiscal calendar as [`previous_by`](Self::previous_by).
    pub(crate) fn year_before_by(self, calendar: Option<FiscalCalendar>) -> Result<Self, Error> {
        self.step_by(calendar, (FiscalCalendar::year_before, Period::year_before))
    }

    fn step_by(self, calendar: Option<FiscalCalendar>, step: Steps) -> Result<Self, Error> {
        let (of_calendar, by_itself) = step;
        let calendar = calendar.filter(|calendar| calendar.has(self.period));
        self.like(match calendar {
            Some(calendar) => of_calendar(calendar, self.period)?,
            None => by_itself(self.period)?,
        })
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

    /// Another period, seen from the same day.
    pub(crate) fn of_period(self, period: Period) -> Self {
        Self { period, ..self }
    }

    /// An earlier period, seen as this one is.
    fn like(self, period: Period) -> Result<Self, Error> {
        let whole = Self::new(period, self.currency);
        if self.is_complete() {
            return whole.with_days_left_of(self);
        }
        let (start, _) = period.bounds();
        let last = i64::from(self.elapsed_days()).saturating_sub(1);
        let as_of = start.plus(last).map(|day| day.min(whole.as_of));
        let as_of = as_of.ok_or_else(|| self.period.out_of_range("before"))?;
        Ok(Self { as_of, ..whole })
    }

    /// Whether an earlier scope can be compared with this one: whole periods of like length, or the same number of days since their
    /// beginnings, or before their ends.
    pub(crate) fn is_like(self, earlier: Self) -> bool {
        let (now, before) = (self.elapsed_days(), earlier.elapsed_days());
        let both_complete = self.is_complete() && earlier.is_complete();
        let from_start = before == now.min(earlier.period.days());
        let from_end = earlier.days_left() == self.days_left().min(earlier.period.days());
        self.period.is_like(earlier.period) && (both_complete || from_start || from_end)
    }

    /// Whether the evening of an earlier one is a year before this one's: twelve months, or the 52 or 53 weeks of a year of weeks.
    pub(crate) fn is_a_year_after(self, earlier: Self) -> bool {
        let days = self.evening_day().days_since(earlier.evening_day());
        days.is_some_and(|days| (362..=372).contains(&days))
    }

    /// Days of the period after the as-of day.
    fn days_left(self) -> u32 {
        self.period.days().saturating_sub(self.elapsed_days())
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

/// How one goes to an earlier period: in a fiscal calendar, and without.
type Steps = (
    fn(FiscalCalendar, Period) -> Result<Period, Error>,
    fn(Period) -> Result<Period, Error>,
);

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
