use core::fmt;

use crate::period::Scope;
use crate::record::{Activity, MeetingStatus};

/// How an activity counts in a scope: the one rule, by which every tally counts.
///
/// An activity counts where its date, at its own place, lies in the period and not after the as-of day. The date of a meeting is that
/// for which it is scheduled. It is booked in the period in which it was agreed to meet, or that of its own date, where nobody knows that day.
///
/// ```
/// use sales_metrics::{Activity, ActivityKind, Currency, Period, Scope, date, instant};
///
/// let call = Activity::new("A-1", ActivityKind::Call, instant("2026-03-09T09:10:00+01:00")?)?;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert!(call.standing(q1).is_counted());
/// assert_eq!(call.standing(q1).to_string(), "dated in the period");
/// assert!(!call.standing(q1.as_of(date(2026, 3, 8)?)?).is_counted());
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ActivityStanding {
    counted: bool,
    booked: bool,
}

impl ActivityStanding {
    #[inline]
    pub(crate) fn of(activity: &Activity, scope: &Scope) -> Self {
        let facts = activity.facts();
        // Of a meeting that was put off, the one that stands for it is booked.
        let stands = |status| status != MeetingStatus::Rescheduled;
        Self {
            counted: scope.counts(facts.on),
            booked: facts.status.is_some_and(stands)
                && scope.counts(activity.booked.unwrap_or(facts.on)),
        }
    }

    /// Dated in the period, up to the as-of day.
    #[must_use]
    #[inline]
    pub fn is_counted(self) -> bool {
        self.counted
    }

    /// A meeting that was booked in the period, up to the as-of day, and not put off: another one stands for that.
    #[must_use]
    #[inline]
    pub fn is_booked(self) -> bool {
        self.booked
    }
}

impl fmt::Display for ActivityStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match (self.counted, self.booked) {
            (true, false) => "dated in the period",
            (true, true) => "dated in the period; booked in it",
            (false, true) => "not dated in the period, up to the as-of day; booked in it",
            (false, false) => "not dated in the period, up to the as-of day",
        })
    }
}
