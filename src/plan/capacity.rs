use rust_decimal::Decimal;
use serde::Serialize;

use crate::error::Undefined;
use crate::value::{Average, Percent};

/// Whether a plan's activities fit into the working day, on average.
///
/// ```
/// use sales_metrics::plan::Plan;
/// use sales_metrics::{Average, Length, NaiveTime, Period, Rate, Weekday, WorkCalendar};
///
/// let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
/// // 1,000 opportunities in a week of 5 working days, by 4 reps: 50 calls a day each.
/// let plan = Plan::of_wins(250, Period::week(2026, 7)?)
///     .with_win_rate(Rate::from_percent(25)?)
///     .with_activities_per_opportunity(Average::new(1))
///     .with_calendar(WorkCalendar::new(week, hour(9), hour(17))?)
///     .with_reps(4)
///     .with_working_time(Length::hours(8))
///     .with_time_per_activity(Length::minutes(10));
/// let load = plan.load()?;
/// assert_eq!((load.a_day_per_rep()?.to_string().as_str(), load.capacity(), load.fits()), ("50", 48, false));
/// assert_eq!(load.reps_needed()?, 5);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Eight hours at ten minutes hold 48 calls; the guide that asks for 50 a day lacks 20 minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Load {
    activities: u64,
    working_days: u64,
    /// Invariant: neither is 0.
    reps: u64,
    capacity: u64,
}

impl Load {
    pub(super) fn new(activities: u64, working_days: u64, reps: u64, capacity: u64) -> Self {
        Self {
            activities,
            working_days,
            reps,
            capacity,
        }
    }

    /// Of each rep, on each working day.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`].
    pub fn a_day_per_rep(self) -> Result<Average, Undefined> {
        let days = self.working_days * self.reps;
        let each = Decimal::from(self.activities).checked_div(Decimal::from(days));
        each.map(Average::new).ok_or(Undefined::OutOfRange)
    }

    /// How many fit into a rep's day: [`call_capacity`](crate::kpi::call_capacity).
    #[must_use]
    pub fn capacity(self) -> u64 {
        self.capacity
    }

    /// What is needed of what fits, above 100 % where it does not.
    ///
    /// # Errors
    /// [`Undefined::InputNotPositive`] where nothing fits into a day; [`Undefined::OutOfRange`].
    pub fn utilization(self) -> Result<Percent, Undefined> {
        let room = self.of_a_rep()? * u128::from(self.reps);
        let room = i128::try_from(room).map_err(|_| Undefined::OutOfRange)?;
        let room = Decimal::try_from_i128_with_scale(room, 0);
        let room = room.map_err(|_| Undefined::OutOfRange)?;
        let share = Decimal::from(self.activities).checked_div(room);
        Percent::from_fraction(share.ok_or(Undefined::OutOfRange)?)
    }

    /// Whether all of them fit into the working days of all reps.
    #[must_use]
    pub fn fits(self) -> bool {
        self.reps_needed().is_ok_and(|needed| needed <= self.reps)
    }

    /// How many reps it takes, rounded up.
    ///
    /// # Errors
    /// [`Undefined::InputNotPositive`] where nothing fits into a day.
    pub fn reps_needed(self) -> Result<u64, Undefined> {
        let needed = u128::from(self.activities).div_ceil(self.of_a_rep()?);
        u64::try_from(needed).map_err(|_| Undefined::OutOfRange)
    }

    /// How many fit into all the days of a rep: not 0. Within 2⁸³, of 2¹⁹ days and a capacity of 2⁶⁴.
    fn of_a_rep(self) -> Result<u128, Undefined> {
        match u128::from(self.working_days) * u128::from(self.capacity) {
            0 => Err(Undefined::InputNotPositive("room in a rep's day")),
            room => Ok(room),
        }
    }
}
