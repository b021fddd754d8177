use crate::period::{Moment, Scope, WorkCalendar};

/// A scope, and by which clock it counts how long leads wait: all hours, or working hours alone.
///
/// A plain [`Scope`] goes in wherever one of these is asked for, and counts all hours.
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
}

impl LeadScope {
    pub(crate) fn new(scope: Scope, calendar: Option<WorkCalendar>) -> Self {
        Self { scope, calendar }
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

    /// Microseconds that count from a moment to a later one; none where that one is earlier.
    #[inline]
    pub(crate) fn micros_between(&self, from: Moment, until: Moment) -> Option<u64> {
        let micros = until.micros_since(from)?;
        Some(match &self.calendar {
            Some(calendar) => calendar.working_micros(from, until),
            None => micros,
        })
    }
}

impl From<Scope> for LeadScope {
    fn from(scope: Scope) -> Self {
        Self::new(scope, None)
    }
}

impl Scope {
    /// The same scope, in which the time that leads wait is counted in working hours alone, on the clock of the place where
    /// each arrived.
    ///
    /// Hours are read at the offset of the arrival throughout: a lead that arrives before a change of the clocks and is touched
    /// after it can have waited for an hour more or less than it seems.
    #[must_use]
    pub fn in_working_time(self, calendar: &WorkCalendar) -> LeadScope {
        LeadScope::new(self, Some(calendar.clone()))
    }
}
