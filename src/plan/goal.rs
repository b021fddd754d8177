use chrono::NaiveDate;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::Progress;
use super::error::GoalProblem;
use crate::book::Book;
use crate::error::{Error, Undefined};
use crate::period::{Period, Scope};
use crate::report::{
    Better, Inputs, Kpi, LEAST_SAMPLE, Reading, ReportPlan, Unit, Value, readings,
};
use crate::value::money::expect_currency;

/// A goal: a KPI, the value that it is to reach, and the period in which. Specific, measurable, time-bound.
///
/// Where more is better, it is to be at least the target; where less is, at most.
///
/// ```
/// use sales_metrics::plan::{Goal, GoalState};
/// use sales_metrics::report::find;
/// use sales_metrics::{Book, Currency, Deal, Money, NaiveTime, Outcome, Period, Weekday, WorkCalendar, date};
///
/// let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
/// let won = Deal::new("D-1", date(2025, 12, 1)?, Outcome::Won { on: date(2026, 1, 15)? }, Currency::USD)?.with_amount(200_000)?;
/// let book = Book::new(Currency::USD).with_deals([won])?.with_calendar(WorkCalendar::new(week, hour(9), hour(17))?);
///
/// let goal = Goal::new(find("total_revenue")?, Money::new(1_000_000, Currency::USD), Period::quarter(2026, 1)?)?;
/// let progress = goal.judge_book(&book, date(2026, 1, 22)?)?;
/// assert_eq!(progress.state(), GoalState::Behind);
/// assert_eq!(progress.progress()?.to_string(), "20%");
/// assert_eq!(progress.pace()?.to_string(), "80%");
/// assert_eq!(progress.to_string(), "\
/// total revenue: at least 1,000,000.00 USD in 2026-Q1
///   by 2026-01-22: 200,000.00 USD, 20.0% of it, pace 80.0%: behind
///   from here: 16,666.67 USD a working day, 1.33× as much as so far
/// ");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    kpi: Kpi,
    /// Invariant: of the KPI's unit; of a volume, its money.
    target: Value,
    period: Period,
    is_at_most: bool,
}

impl Goal {
    /// At least the target where more of the KPI is better, at most where less is. The target of a [`Volume`](crate::Volume) is its money.
    ///
    /// # Errors
    /// [`ErrorKind::UnitMismatch`](crate::ErrorKind::UnitMismatch) where the target is not of the KPI's unit, or the KPI no single number;
    /// [`ErrorKind::NoDirection`](crate::ErrorKind::NoDirection) where neither more nor less is better: say [`at_least`](Self::at_least) or
    /// [`at_most`](Self::at_most).
    pub fn new(kpi: &Kpi, target: impl Into<Value>, period: Period) -> Result<Self, Error> {
        match kpi.better() {
            Better::Up => Self::at_least(kpi, target, period),
            Better::Down => Self::at_most(kpi, target, period),
            Better::Neither => {
                let label = kpi.label().to_owned();
                Err(GoalProblem::NoDirection { label }.into())
            }
        }
    }

    /// At least the target, whatever is better.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn at_least(kpi: &Kpi, target: impl Into<Value>, period: Period) -> Result<Self, Error> {
        Self::of(kpi, target.into(), period, false)
    }

    /// At most the target, whatever is better: a budget.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn at_most(kpi: &Kpi, target: impl Into<Value>, period: Period) -> Result<Self, Error> {
        Self::of(kpi, target.into(), period, true)
    }

    #[allow(clippy::large_types_passed_by_value, reason = "it is kept")]
    fn of(kpi: &Kpi, target: Value, period: Period, is_at_most: bool) -> Result<Self, Error> {
        let found = target.unit();
        let expected = match kpi.unit() {
            Unit::Volume => Unit::Money,
            Unit::Flag | Unit::Movements | Unit::Waterfall | Unit::Interval => {
                let label = kpi.label().to_owned();
                return Err(GoalProblem::NoNumber { label }.into());
            }
            unit => unit,
        };
        if found != expected {
            let label = kpi.label().to_owned();
            return Err(GoalProblem::UnitMismatch {
                label,
                expected,
                found,
            }
            .into());
        }
        Ok(Self {
            kpi: kpi.clone(),
            target,
            period,
            is_at_most,
        })
    }

    /// Of which KPI.
    #[must_use]
    pub fn kpi(&self) -> &Kpi {
        &self.kpi
    }

    /// The value to be reached, or not to be passed.
    #[must_use]
    pub fn target(&self) -> Value {
        self.target
    }

    /// In which period.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// Whether the target is the most that there may be; else it is the least that there should be.
    #[must_use]
    pub fn is_at_most(&self) -> bool {
        self.is_at_most
    }

    /// How far it got, by what a report would be made of: whoever has several goals of one period tallies once.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the inputs are of another period;
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where they are in another currency than the target;
    /// [`ErrorKind::UnitMismatch`](crate::ErrorKind::UnitMismatch) where the target is per another unit of time than the KPI. Why the KPI has no
    /// value is no error: [`GoalState::Pending`](super::GoalState::Pending) with the [reason](Progress::reason).
    pub fn judge(&self, inputs: &Inputs<'_>) -> Result<Progress, Error> {
        let reading = Reading::of(&self.kpi, inputs, LEAST_SAMPLE);
        Progress::of(self, inputs.scope(), reading, inputs.calendar().ok())
    }

    /// The same of a book, seen from a day: with the usual parameters, and the earlier periods that the KPI needs.
    ///
    /// # Errors
    /// As [`judge`](Self::judge), and as [`Report::of`](crate::report::Report::of).
    pub fn judge_book(&self, book: &Book, as_of: NaiveDate) -> Result<Progress, Error> {
        let scope = Scope::new(self.period, book.currency()).as_of(as_of)?;
        let plan = ReportPlan::new(scope).with_kpis([&self.kpi]);
        let mut whole = readings(book, &plan, core::slice::from_ref(&self.kpi))?.pop();
        let reading = whole.as_mut().and_then(|whole| whole.readings.pop());
        let reading = reading.ok_or(Undefined::NothingElapsed)?;
        Progress::of(self, scope, reading, book.calendar())
    }

    /// The one check that what a goal is judged by is of its period, its currency and its unit of time.
    pub(super) fn expect(&self, scope: Scope, reading: &Reading) -> Result<(), Error> {
        if let Some(currency) = self.target.currency() {
            expect_currency("the target", scope.currency(), currency)?;
        }
        let own = Scope::new(self.period, scope.currency()).as_of(scope.as_of_day())?;
        own.expect_of("what the goal is judged by", scope)?;
        if let (Value::MoneyPer(target), Ok(Value::MoneyPer(value))) = (self.target, &reading.value)
        {
            let (expected, found) = (value.per().name(), target.per().name());
            if expected != found {
                return Err(GoalProblem::PerMismatch { expected, found }.into());
            }
        }
        Ok(())
    }

    /// What it says, among other entries.
    pub(super) fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("kpi", self.kpi.name())?;
        let bound = if self.is_at_most {
            "at_most"
        } else {
            "at_least"
        };
        map.serialize_entry(bound, &self.target)?;
        map.serialize_entry("period", &self.period)
    }
}

/// Written, not read: the KPI may be a user's own.
impl Serialize for Goal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.write(&mut map)?;
        map.end()
    }
}
