use core::fmt;

use rust_decimal::Decimal;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::Goal;
use crate::error::{Error, Undefined};
use crate::kpi::reckon::WorkingDays;
use crate::period::{Scope, WorkCalendar};
use crate::report::{Reading, Value};
use crate::value::{Average, Money, Multiple, Percent};

/// Where a goal stands.
///
/// What adds up over time ([`Kpi::is_flow`](crate::report::Kpi::is_flow)) is held against the share of the target that is due by now: that of
/// the period's working days that are over. Anything else is held against the target itself, and decided on the period's last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GoalState {
    /// There is as much as was to be; where less is better, there was no more when the period was over.
    Reached,
    /// The period is not over, and there is as much as is due by now, or no more than may be by now. What does not add up over time is at its
    /// target so far.
    OnTrack,
    /// The period is not over, and there is less than is due by now, or more than may be by now. What does not add up over time is not at its
    /// target yet.
    Behind,
    /// The period is over, and the target was not met; or more has come already than was to come in all of it.
    Missed,
    /// It cannot be judged yet: [`Progress::reason`].
    Pending,
}

/// How far a [`Goal`] got, seen from a day.
///
/// It prints as text, and serialises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    goal: Goal,
    scope: Scope,
    reading: Reading,
    state: Result<GoalState, Error>,
    days: Result<WorkingDays, Undefined>,
    /// Of the whole period.
    all_days: Result<u32, Undefined>,
}

impl Progress {
    pub(super) fn of(
        goal: &Goal,
        scope: Scope,
        reading: Reading,
        calendar: Option<&WorkCalendar>,
    ) -> Result<Self, Error> {
        goal.expect(scope, &reading)?;
        let calendar = calendar.ok_or(Undefined::NoCalendar);
        let mut progress = Self {
            goal: goal.clone(),
            scope,
            reading,
            state: Ok(GoalState::Pending),
            days: calendar.and_then(|calendar| WorkingDays::of(scope, calendar)),
            all_days: calendar.map(|calendar| calendar.working_days(scope.period())),
        };
        progress.state = progress.judged();
        Ok(progress)
    }

    fn judged(&self) -> Result<GoalState, Error> {
        if self.scope.elapsed_days() == 0 {
            return Err(Undefined::NothingElapsed.into());
        }
        let (actual, target) = (self.actual()?, self.target());
        let is_at_most = self.goal.is_at_most();
        let is_good = |actual: Decimal, limit: Decimal| {
            if is_at_most {
                actual <= limit
            } else {
                actual >= limit
            }
        };
        let is_met = is_good(actual, target);
        if self.scope.is_complete() {
            return Ok(if is_met {
                GoalState::Reached
            } else {
                GoalState::Missed
            });
        }
        let is_on_track = match (self.goal.kpi().is_flow(), is_at_most, is_met) {
            (false, _, is_met) => is_met,
            (true, false, true) => return Ok(GoalState::Reached),
            (true, true, false) => return Ok(GoalState::Missed),
            (true, ..) => {
                let days = self.days?;
                let scaled = |number: Decimal, days: u32| {
                    let product = number.checked_mul(days.into());
                    product.ok_or(Undefined::OutOfRange)
                };
                is_good(scaled(actual, days.all)?, scaled(target, days.over)?)
            }
        };
        Ok(if is_on_track {
            GoalState::OnTrack
        } else {
            GoalState::Behind
        })
    }

    /// The goal.
    #[must_use]
    pub fn goal(&self) -> &Goal {
        &self.goal
    }

    /// The period, and the day from which one looks.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The value so far, or why there is none; on how many records it rests, and whether they are too few to prove much.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Where the goal stands.
    #[must_use]
    pub fn state(&self) -> GoalState {
        self.state.as_ref().copied().unwrap_or(GoalState::Pending)
    }

    /// Why it cannot be judged yet: [`Undefined::NothingElapsed`] where the period has not begun, [`Undefined::NoWorkingDays`] where none of
    /// it is over, [`Undefined::NoCalendar`] where nobody said which days are; or why the KPI has no value.
    #[must_use]
    pub fn reason(&self) -> Option<&Error> {
        self.state.as_ref().err()
    }

    /// The value so far as a share of the target.
    ///
    /// # Errors
    /// Why the KPI has no value; [`Undefined::TargetNotPositive`] of a target of 0 or less; [`Undefined::OutOfRange`].
    pub fn progress(&self) -> Result<Percent, Error> {
        let (actual, target) = (self.actual()?, self.positive_target()?);
        let share = actual.checked_div(target).ok_or(Undefined::OutOfRange)?;
        Ok(Percent::from_fraction(share)?)
    }

    /// The value so far as a share of what is due by now, as [`kpi::pace`](crate::kpi::pace): actual / (target × working days over / working
    /// days of the period). Where less is better, what is above 100 % is too much by now.
    ///
    /// # Errors
    /// As [`progress`](Self::progress); [`Undefined::NoFlow`] of what does not add up over time; [`Undefined::NoCalendar`],
    /// [`Undefined::NothingElapsed`], [`Undefined::NoWorkingDays`].
    pub fn pace(&self) -> Result<Percent, Error> {
        let (actual, target) = (self.flow()?, self.positive_target()?);
        Ok(self.days?.pace(actual, target)?)
    }

    /// How many working days of the period are still to come.
    ///
    /// # Errors
    /// [`Undefined::NoCalendar`].
    pub fn working_days_left(&self) -> Result<u32, Undefined> {
        let over = self.days.map_or(0, |days| days.over);
        Ok(self.all_days?.saturating_sub(over))
    }

    /// What is needed on each working day from here, or may still come on each where less is better: what is left of the target / working days
    /// left. Of money it is money, of a length of time that, else a number.
    ///
    /// # Errors
    /// [`Undefined::TargetMet`] where nothing is left; [`Undefined::PeriodOver`]; [`Undefined::NoWorkingDays`] where no working day is left;
    /// [`Undefined::NoFlow`], [`Undefined::NoCalendar`], or why the KPI has no value.
    pub fn needed_a_day(&self) -> Result<Value, Error> {
        let (rest, left) = self.left()?;
        let each = rest.checked_div(left).ok_or(Undefined::OutOfRange)?;
        Ok(match self.goal.target().currency() {
            Some(currency) => Value::Money(Money::new(each.normalize(), currency)),
            None => Value::Number(Average::new(each)),
        })
    }

    /// The same as a multiple of what came on each working day so far: at 1× it goes on as it did.
    ///
    /// # Errors
    /// As [`needed_a_day`](Self::needed_a_day); [`Undefined::ActualNotPositive`] where nothing has come yet.
    pub fn needed_pace(&self) -> Result<Multiple, Error> {
        let (rest, left) = self.left()?;
        let actual = self.flow()?;
        if actual <= Decimal::ZERO {
            return Err(Undefined::ActualNotPositive.into());
        }
        let over = Decimal::from(self.days?.over);
        let times = rest
            .checked_mul(over)
            .zip(left.checked_mul(actual))
            .and_then(|(needed, so_far)| needed.checked_div(so_far));
        Ok(Multiple::new(times.ok_or(Undefined::OutOfRange)?))
    }

    /// What is left of the target, and the working days left for it.
    fn left(&self) -> Result<(Decimal, Decimal), Error> {
        let actual = self.flow()?;
        if self.scope.is_complete() {
            return Err(Undefined::PeriodOver.into());
        }
        let rest = self.target().checked_sub(actual);
        let rest = rest.ok_or(Undefined::OutOfRange)?;
        if rest <= Decimal::ZERO {
            return Err(Undefined::TargetMet.into());
        }
        match self.working_days_left()? {
            0 => Err(Undefined::NoWorkingDays.into()),
            left => Ok((rest, left.into())),
        }
    }

    fn flow(&self) -> Result<Decimal, Error> {
        if self.goal.kpi().is_flow() {
            return self.actual();
        }
        Err(Undefined::NoFlow.into())
    }

    fn actual(&self) -> Result<Decimal, Error> {
        let value = self.reading.value.clone()?;
        let known = value.known_magnitude();
        Ok(known.ok_or(Undefined::NothingPriced)?)
    }

    fn target(&self) -> Decimal {
        self.goal.target().magnitude()
    }

    fn positive_target(&self) -> Result<Decimal, Undefined> {
        let target = self.target();
        if target <= Decimal::ZERO {
            return Err(Undefined::TargetNotPositive);
        }
        Ok(target)
    }
}

impl GoalState {
    /// `reached`, `on track`, `behind`, `missed`, `pending`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::OnTrack => "on track",
            Self::Behind => "behind",
            Self::Missed => "missed",
            Self::Pending => "pending",
        }
    }
}

impl fmt::Display for GoalState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The goal, what came of it by the day, and what is needed from here.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let goal = &self.goal;
        let bound = if goal.is_at_most() { "most" } else { "least" };
        let (label, target) = (goal.kpi().label(), goal.target().rounded());
        let period = goal.period().label();
        writeln!(f, "{label}: at {bound} {target} in {period}")?;
        write!(f, "  by {}: ", self.scope.as_of_day())?;
        if let Ok(value) = &self.reading.value {
            write!(f, "{}", value.rounded())?;
            if self.reading.is_small {
                let sample = self.reading.sample.unwrap_or_default();
                write!(f, " (a sample of {sample} proves little)")?;
            }
            if let Ok(progress) = self.progress() {
                write!(f, ", {progress:.1} of it")?;
            }
            if let Ok(pace) = self.pace() {
                write!(f, ", pace {pace:.1}")?;
            }
            f.write_str(": ")?;
        }
        match self.reason() {
            Some(reason) => writeln!(f, "pending, {reason}")?,
            None => writeln!(f, "{}", self.state())?,
        }
        if let Ok(needed) = self.needed_a_day() {
            let verb = if goal.is_at_most() { "at most " } else { "" };
            let needed = needed.rounded();
            write!(f, "  from here: {verb}{needed} a working day")?;
            if let Ok(times) = self.needed_pace() {
                write!(f, ", {times:.2} as much as so far")?;
            }
            writeln!(f)?;
        }
        for caveat in &self.reading.caveats {
            writeln!(f, "  note: {caveat}")?;
        }
        Ok(())
    }
}

impl Serialize for Progress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.goal.write(&mut map)?;
        map.serialize_entry("as_of", &self.scope.as_of_day().to_string())?;
        map.serialize_entry("reading", &self.reading)?;
        map.serialize_entry("state", &self.state())?;
        if let Some(reason) = self.reason() {
            reason.write(&mut map)?;
        }
        if let Ok(progress) = self.progress() {
            map.serialize_entry("progress", &progress)?;
        }
        if let Ok(pace) = self.pace() {
            map.serialize_entry("pace", &pace)?;
        }
        if let Ok(left) = self.working_days_left() {
            map.serialize_entry("working_days_left", &left)?;
        }
        if let Ok(needed) = self.needed_a_day() {
            map.serialize_entry("needed_a_day", &needed)?;
        }
        if let Ok(times) = self.needed_pace() {
            map.serialize_entry("needed_pace", &times)?;
        }
        map.end()
    }
}
