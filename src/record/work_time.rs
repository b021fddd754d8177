use core::fmt;

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::Record;
use super::error::RecordProblem;
use super::part::Lasted;
use crate::error::Error;
use crate::period::{Day, Scope};
use crate::value::id::checked;
use crate::value::{Currency, IntoId, Length, RecordId, RepId};

/// How long a rep worked on one day, and how much of it was selling.
///
/// Where hours are logged by the week, they are dated by its last day. Lengths are 0 or more, in whole microseconds, and go in as a [`Length`] or a
/// [`TimeDelta`].
///
/// ```
/// use sales_metrics::{Length, WorkTime, date};
///
/// let week = WorkTime::new("ada", date(2026, 3, 6)?, Length::hours(40))?.with_selling(Length::hours(30))?;
/// assert_eq!(week.selling(), Some(Length::hours(30)));
///
/// let error = week.with_selling(Length::hours(41)).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "rep ada on 2026-03-06: selling for 41h 00m 00s is more than working for 40h 00m 00s; it is a part of it"
/// );
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct WorkTime {
    facts: WorkFacts,
    rep: RepId,
}

/// The part that decides how it counts; lengths in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct WorkFacts {
    pub(crate) on: Day,
    pub(crate) working: u64,
    /// Invariant: at most `working`.
    pub(crate) selling: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    rep: RepId,
    on: Day,
    working_micros: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    selling_micros: Option<u64>,
}

impl TryFrom<Wire> for WorkTime {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let work = Self::new(
            wire.rep,
            wire.on.date(),
            Length::micros(wire.working_micros),
        )?;
        match wire.selling_micros {
            Some(selling) => work.with_selling(Length::micros(selling)),
            None => Ok(work),
        }
    }
}

impl From<WorkTime> for Wire {
    fn from(work: WorkTime) -> Self {
        Self {
            rep: work.rep,
            on: work.facts.on,
            working_micros: work.facts.working,
            selling_micros: work.facts.selling,
        }
    }
}

impl WorkTime {
    /// How long a rep worked on a day. How much of it was selling is unknown until [`with_selling`](Self::with_selling) says so.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId), [`ErrorKind::InvalidLength`](crate::ErrorKind::InvalidLength); [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn new(
        rep: impl IntoId<RepId>,
        on: NaiveDate,
        working: impl Into<TimeDelta>,
    ) -> Result<Self, Error> {
        let rep = checked(rep).map_err(|error| error.about("rep"))?;
        let on = Day::new(on).map_err(|error| error.about("working time").of(&rep))?;
        let mut work = Self {
            facts: WorkFacts {
                on,
                working: 0,
                selling: None,
            },
            rep,
        };
        work.facts.working = work
            .in_field("working time", Lasted::new(working))?
            .micros();
        Ok(work)
    }

    /// How much of the working time was selling.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidLength`](crate::ErrorKind::InvalidLength); [`ErrorKind::SellingBeyondWorking`](crate::ErrorKind::SellingBeyondWorking).
    pub fn with_selling(mut self, selling: impl Into<TimeDelta>) -> Result<Self, Error> {
        let micros = self
            .in_field("selling time", Lasted::new(selling))?
            .micros();
        if micros > self.facts.working {
            let problem = RecordProblem::SellingBeyondWorking {
                selling: Length::micros(micros),
                working: self.working(),
            };
            return self.in_field("selling time", Err(problem.into()));
        }
        self.facts.selling = Some(micros);
        Ok(self)
    }

    /// How it counts in a scope. The scope's currency plays no part in it.
    #[must_use]
    #[inline]
    pub fn standing(&self, scope: Scope) -> WorkTimeStanding {
        WorkTimeStanding::of(&self.facts, &scope)
    }

    /// Whose time it is.
    #[must_use]
    pub fn rep(&self) -> &RepId {
        &self.rep
    }

    /// The day, or the last day of the week.
    #[must_use]
    pub fn on(&self) -> NaiveDate {
        self.facts.on.date()
    }

    /// How long the rep worked.
    #[must_use]
    pub fn working(&self) -> Length {
        Length::micros(self.facts.working)
    }

    /// How much of it was selling; none where it is unknown.
    #[must_use]
    pub fn selling(&self) -> Option<Length> {
        self.facts.selling.map(Length::micros)
    }

    pub(crate) fn facts(&self) -> &WorkFacts {
        &self.facts
    }
}

impl Record for WorkTime {
    fn record_id(&self) -> RecordId {
        RecordId::WorkTime {
            rep: self.rep.clone(),
            start: self.facts.on.date(),
            end: self.facts.on.following().date(),
        }
    }

    fn currency(&self) -> Option<Currency> {
        None
    }
}

/// How hours of work count in a scope: the one rule, by which every tally counts.
///
/// They count where their date lies in the period and not after the as-of day.
///
/// ```
/// use sales_metrics::{Currency, Period, Scope, TimeDelta, WorkTime, date};
///
/// let week = WorkTime::new("ada", date(2026, 4, 3)?, TimeDelta::hours(40))?;
///
/// // A week is dated by its last day, so none of it counts in March.
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// assert!(!week.standing(march).is_counted());
/// assert_eq!(week.standing(march).to_string(), "not dated in the period, up to the as-of day");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WorkTimeStanding {
    counted: bool,
}

impl WorkTimeStanding {
    #[inline]
    pub(crate) fn of(facts: &WorkFacts, scope: &Scope) -> Self {
        Self {
            counted: scope.counts(facts.on),
        }
    }

    /// Dated in the period, up to the as-of day.
    #[must_use]
    #[inline]
    pub fn is_counted(self) -> bool {
        self.counted
    }
}

impl fmt::Display for WorkTimeStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(if self.counted {
            "dated in the period"
        } else {
            "not dated in the period, up to the as-of day"
        })
    }
}
