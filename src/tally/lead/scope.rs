use core::fmt;

use chrono::{DateTime, FixedOffset};

use crate::error::Error;
use crate::period::error::PeriodProblem;
use crate::period::{Day, Moment, Period, Scope, Stamp, WorkCalendar};
use crate::record::{Lead, LeadFacts, LeadStanding};

/// A scope, and by which clock it counts how long leads wait: all hours, or working hours alone; and, where one looks in the middle of
/// a day, at which instant.
///
/// A plain [`Scope`] goes in wherever one of these is asked for, counts all hours, and looks from the end of its as-of day.
///
/// A lead that arrives on Friday evening is not late on Monday morning:
///
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Length, NaiveTime, Period, Scope, Weekday, WorkCalendar, instant, kpi};
///
/// let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
/// let calendar = WorkCalendar::new(week, hour(9), hour(17))?;
///
/// let lead = Lead::new("L-1", instant("2026-03-06T18:30:00+01:00")?)?
///     .with_first_touch(instant("2026-03-09T09:04:00+01:00")?)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
///
/// let by_the_clock = LeadDetail::of([&lead], q1)?;
/// assert_eq!(kpi::response_compliance(&by_the_clock, Length::minutes(5))?.to_string(), "0%");
///
/// let in_working_time = LeadDetail::of([&lead], q1.in_working_time(&calendar))?;
/// assert_eq!(kpi::response_compliance(&in_working_time, Length::minutes(5))?.to_string(), "100%");
/// assert_eq!(kpi::average_response_time(&in_working_time)?, Length::minutes(4));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LeadScope {
    scope: Scope,
    calendar: Option<WorkCalendar>,
    /// Invariant: on the scope's as-of day.
    instant: Option<Moment>,
    /// By when one looks, as the calendar counts; 0 without one.
    worked: u64,
}

impl LeadScope {
    pub(crate) fn new(
        scope: Scope,
        calendar: Option<WorkCalendar>,
        instant: Option<Moment>,
    ) -> Self {
        let worked = match (&calendar, instant) {
            (Some(calendar), Some(instant)) => calendar.worked_by(instant),
            (Some(calendar), None) => calendar.worked_by_end_of(scope.as_of_number()),
            (None, _) => 0,
        };
        Self {
            scope,
            calendar,
            instant,
            worked,
        }
    }

    /// The same, seen at an instant: what waits is counted up to it, and nothing after it is seen. What has a date and no time of day (a
    /// lead qualified, converted, given up) counts with all of the instant's day, which is the as-of day of the scope: at the offset that is written on it, so write it at that of the
    /// business ([`Place::at`](crate::Place::at) brings it there). For a report, [`BookTally::with_lead_detail`](crate::BookTally::with_lead_detail) takes a
    /// [`LeadDetail`](crate::LeadDetail) that looks so.
    ///
    /// ```
    /// use sales_metrics::{Currency, Lead, LeadDetail, LeadScope, Length, Period, Scope, instant, kpi};
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let noon = LeadScope::from(q1).as_of_instant(instant("2026-03-09T12:00:00+01:00")?)?;
    /// let leads = [
    ///     Lead::new("L-1", instant("2026-03-09T11:50:00+01:00")?)?,
    ///     Lead::new("L-2", instant("2026-03-09T11:58:00+01:00")?)?,
    /// ];
    /// let leads = LeadDetail::of(&leads, noon)?;
    /// let five = Length::minutes(5);
    /// assert_eq!((leads.overdue(five), leads.pending(five)), (1, 1));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn as_of_instant(self, at: DateTime<FixedOffset>) -> Result<Self, Error> {
        let instant = Moment::new(at).map_err(|error| error.about("as-of instant"))?;
        let scope = self.scope.as_of(instant.day().date())?;
        Ok(Self::new(scope, self.calendar, Some(instant)))
    }

    /// Another period, seen in the same way.
    pub(crate) fn of_period(&self, period: Period) -> Self {
        Self {
            scope: self.scope.of_period(period),
            ..self.clone()
        }
    }

    /// The scope.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The calendar whose working hours count; none where all hours do.
    #[must_use]
    pub fn calendar(&self) -> Option<&WorkCalendar> {
        self.calendar.as_ref()
    }

    /// The instant at which one looks; none where that is the end of the as-of day.
    #[must_use]
    pub fn instant(&self) -> Option<DateTime<FixedOffset>> {
        self.instant.map(Moment::instant)
    }

    /// How a lead counts in it: as [`Lead::standing`] says, but that nothing after the instant is seen.
    #[must_use]
    pub fn standing(&self, lead: &Lead) -> LeadStanding {
        match self.seen(lead.facts()) {
            Some(seen) => lead.standing_of(&seen, &self.scope),
            None => lead.standing(self.scope),
        }
    }

    /// What is seen of a lead, if that is not all of it.
    #[inline]
    pub(super) fn seen(&self, facts: &LeadFacts) -> Option<LeadFacts> {
        self.instant.map(|instant| facts.seen_at(instant))
    }

    /// What of a scope that anybody may have written has to hold.
    pub(super) fn is_on_its_day(&self) -> bool {
        let as_of = self.scope.as_of_number();
        self.instant.is_none_or(|instant| instant.day() == as_of)
    }

    pub(super) fn moment(&self) -> Option<Moment> {
        self.instant
    }

    /// By when one looks at a lead that has arrived: the instant, or the end of the as-of day at its place.
    #[inline]
    pub(super) fn looked_at(&self, arrived: Moment) -> Moment {
        match self.instant {
            Some(instant) => instant,
            None => arrived.evening_of(self.scope.as_of_number()),
        }
    }

    /// Days of a lead that are over when one looks: of 24 hours, or of the calendar where nobody knows at which hour it arrived.
    #[inline]
    pub(crate) fn days_over(&self, arrived: Stamp) -> u32 {
        let over = match arrived.moment() {
            Some(arrived) => self.looked_at(arrived).whole_days_since(arrived),
            None => self.first_day_to_come().days_since(arrived.day()),
        };
        over.unwrap_or_default()
    }

    /// The first day that is not over when one looks.
    pub(crate) fn first_day_to_come(&self) -> Day {
        match self.instant {
            Some(instant) => instant.day(),
            None => self.scope.as_of_number().following(),
        }
    }

    /// The clock of a lead that has arrived.
    #[inline]
    pub(super) fn clock(&self, arrived: Moment) -> LeadClock<'_> {
        let calendar = self.calendar.as_ref();
        LeadClock {
            view: self,
            arrived,
            worked: calendar.map_or(0, |calendar| calendar.worked_by(arrived)),
        }
    }

    /// The one check that two of one scope are seen at one instant.
    pub(super) fn expect_same_instant(&self, found: &Self) -> Result<(), Error> {
        if self.instant == found.instant {
            return Ok(());
        }
        let (expected, found) = (self.to_string(), found.to_string());
        Err(PeriodProblem::CannotMerge { expected, found }.into())
    }
}

/// How long a lead has waited.
#[derive(Clone, Copy)]
pub(super) struct LeadClock<'a> {
    view: &'a LeadScope,
    arrived: Moment,
    /// By the arrival, as the calendar counts.
    worked: u64,
}

impl LeadClock<'_> {
    /// Microseconds that count up to a moment; none where that is before the arrival.
    #[inline]
    pub(super) fn until(self, moment: Moment) -> Option<u64> {
        let passed = moment.micros_since(self.arrived)?;
        Some(match &self.view.calendar {
            Some(calendar) => self.counted(calendar.worked_by(moment), passed),
            None => passed,
        })
    }

    /// Microseconds that count up to when one looks, which is that moment; 0 where that is before the arrival.
    #[inline]
    pub(super) fn until_looked_at(self, moment: Moment) -> u64 {
        let passed = moment.micros_since(self.arrived).unwrap_or_default();
        match self.view.calendar {
            Some(_) => self.counted(self.view.worked, passed),
            None => passed,
        }
    }

    /// Never more than has passed, wherever the two ends were written.
    #[inline]
    fn counted(self, worked: u64, passed: u64) -> u64 {
        worked.saturating_sub(self.worked).min(passed)
    }
}

impl fmt::Display for LeadScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.instant {
            Some(instant) => {
                let (period, currency) = (self.scope.period(), self.scope.currency());
                f.pad(&format!("{period} in {currency} as of {instant}"))
            }
            None => fmt::Display::fmt(&self.scope, f),
        }
    }
}

impl From<Scope> for LeadScope {
    fn from(scope: Scope) -> Self {
        Self::new(scope, None, None)
    }
}

impl Scope {
    /// The same scope, in which the time that leads wait is counted in working hours alone.
    ///
    /// Each end of a wait is read on the clock by which it is written: bring leads of other offsets to the place of the business first
    /// ([`Book::with_place`](crate::Book::with_place), or in the mapping of their file).
    #[must_use]
    pub fn in_working_time(self, calendar: &WorkCalendar) -> LeadScope {
        LeadScope::new(self, Some(calendar.clone()), None)
    }
}
