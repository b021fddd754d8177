use core::fmt;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::error::Undefined;
use crate::period::{Period, WorkCalendar};
use crate::value::number::show_count;
use crate::value::{Average, Per};

/// How many of something a plan needs: a whole number for all of it, and what that comes to in a month, a week, a working day, for each rep.
///
/// The whole is rounded up, once. Its parts are not rounded: 50 wins a year are 4.17 a month, and not 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Need {
    count: u64,
    #[serde(skip)]
    span: Span,
    #[serde(skip)]
    reps: Result<u64, Undefined>,
}

/// How long a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Span {
    days: u64,
    /// Where it is of whole ones.
    months: Option<u64>,
    /// None without a calendar.
    working_days: Option<u64>,
}

impl Span {
    pub(super) fn of(period: Period, calendar: Option<&WorkCalendar>) -> Self {
        let months = period.whole_months();
        Self {
            days: period.days().into(),
            months: months.and_then(|months| u64::try_from(months).ok()),
            working_days: calendar.map(|calendar| calendar.working_days(period).into()),
        }
    }

    pub(super) fn days(self) -> u64 {
        self.days
    }

    pub(super) fn working_days(self) -> Result<u64, Undefined> {
        match self.working_days {
            None => Err(Undefined::NoCalendar),
            Some(0) => Err(Undefined::NoWorkingDays),
            Some(days) => Ok(days),
        }
    }

    /// How many of a unit it is long, as a quotient. Neither is 0.
    fn units(self, unit: Per) -> Result<(u64, u64), Undefined> {
        let months = |length: u64| match self.months {
            Some(months) => (months, length),
            // A month of no particular name is a twelfth of 365 days.
            None => (self.days * 12, length * 365),
        };
        Ok(match unit {
            Per::Day => (self.working_days()?, 1),
            Per::Week => (self.days, 7),
            Per::Month => months(1),
            Per::Quarter => months(3),
            Per::HalfYear => months(6),
            Per::Year => months(12),
        })
    }
}

impl Need {
    pub(super) fn new(count: u64, span: Span, reps: Result<u64, Undefined>) -> Self {
        Self { count, span, reps }
    }

    /// For the whole plan, rounded up.
    #[must_use]
    pub fn count(self) -> u64 {
        self.count
    }

    /// Per unit of time. A day is a working day of the plan's calendar, a week seven days; a month, a quarter, half a year and a year are
    /// those of the plan's period, where that is of whole months, and else twelfths of 365 days.
    ///
    /// # Errors
    /// Per day [`Undefined::NoCalendar`] where the plan has none, and [`Undefined::NoWorkingDays`] where the period has no working day.
    pub fn per(self, unit: Per) -> Result<Average, Undefined> {
        self.divided(self.span.units(unit)?, 1)
    }

    /// Per rep, for the whole plan.
    ///
    /// # Errors
    /// [`Undefined::InputNotGiven`] where the plan has no number of reps, [`Undefined::InputNotPositive`] where that is 0.
    pub fn per_rep(self) -> Result<Average, Undefined> {
        self.divided((1, 1), self.reps?)
    }

    /// Per rep and unit of time: so many calls a rep and day.
    ///
    /// # Errors
    /// As [`per`](Self::per) and [`per_rep`](Self::per_rep).
    pub fn per_rep_and(self, unit: Per) -> Result<Average, Undefined> {
        self.divided(self.span.units(unit)?, self.reps?)
    }

    fn divided(self, (units, of): (u64, u64), reps: u64) -> Result<Average, Undefined> {
        // At most 10^10 of 12 × 365, and some millions of days of 2^32 reps.
        let part = Decimal::from(self.count * of);
        let quotient = part.checked_div(Decimal::from(units * reps));
        let quotient = quotient.ok_or(Undefined::OutOfRange)?;
        Ok(Average::new(quotient))
    }
}

/// The whole number.
impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show_count(self.count, f)
    }
}
