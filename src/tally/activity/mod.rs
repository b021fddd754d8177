mod totals;
mod work;

pub use totals::{ActivityTotals, CallOutcomes, Logged, MeetingOutcomes};
pub use work::{WorkTally, WorkTotals};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::Activity;
use crate::tally::engine::fixed;

/// The exact counts and sums of the activities of one scope. The scope's currency plays no part in it.
///
/// What a tally is and how it adds up: [`tally`](crate::tally).
///
/// ```
/// use sales_metrics::{
///     Activity, ActivityKind, ActivityTally, Currency, DateTime, Disposition, Length, Period, Scope, kpi,
/// };
///
/// # let instant = |text| DateTime::parse_from_rfc3339(text).unwrap();
/// let activities = [
///     Activity::new("A-1", ActivityKind::Call, instant("2026-03-09T09:10:00+01:00"))?
///         .with_disposition(Disposition::Positive)
///         .with_duration(Length::minutes(12))?,
///     Activity::new("A-2", ActivityKind::Call, instant("2026-03-09T09:30:00+01:00"))?
///         .with_disposition(Disposition::Neutral),
/// ];
/// let march = Scope::new(Period::month(2026, 3)?, Currency::EUR);
/// let tally = ActivityTally::of(&activities, march)?;
/// assert_eq!(kpi::positive_call_rate(&tally)?.to_string(), "50%");
/// assert_eq!(kpi::average_call_duration(&tally)?, Length::minutes(12));
/// assert_eq!(tally.totals().calls()?.untimed(), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct ActivityTally {
    scope: Scope,
    /// Invariant: what [`ActivityTotals::checked`] demands.
    totals: ActivityTotals,
}

impl ActivityTally {
    /// The tally of ready-made totals: a database's counts and sums.
    ///
    /// What is left out is not counted, and not 0. These do for:
    ///
    /// | counters | KPIs |
    /// | --- | --- |
    /// | `calls` | [`average_call_duration`](crate::kpi::average_call_duration), [`call_to_win_rate`](crate::kpi::call_to_win_rate) |
    /// | `emails`, `emails_answered` | [`email_reply_rate`](crate::kpi::email_reply_rate) |
    /// | `call_outcomes` | [`positive_call_rate`](crate::kpi::positive_call_rate), [`callback_rate`](crate::kpi::callback_rate) |
    /// | `meeting_outcomes` | [`show_rate`](crate::kpi::show_rate), [`no_show_rate`](crate::kpi::no_show_rate) |
    /// | `meetings_booked` | [`meetings_booked`](crate::kpi::meetings_booked), [`meetings_per_opportunity`](crate::kpi::meetings_per_opportunity) |
    /// | `meetings_booked`, `call_outcomes` | [`meeting_booked_rate`](crate::kpi::meeting_booked_rate), [`connect_rate`](crate::kpi::connect_rate) |
    /// | `meetings_booked`, `calls`, `emails` | [`calls_per_meeting`](crate::kpi::calls_per_meeting), [`emails_per_meeting`](crate::kpi::emails_per_meeting) |
    /// | `calls`, `emails`, `messages`, `meetings`, `others` | [`time_allocation`](crate::kpi::time_allocation) |
    ///
    /// ```
    /// use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
    /// use sales_metrics::tally::{ActivityTotals, Logged};
    ///
    /// let march = Scope::new(Period::month(2026, 3)?, Currency::EUR);
    /// let totals = ActivityTotals::given().records(400).emails(Logged::none(250)).emails_answered(20);
    /// assert_eq!(kpi::email_reply_rate(&ActivityTally::from_totals(march, totals)?)?.to_string(), "8%");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no activities can have such totals: more answered emails than sent ones, say.
    pub fn from_totals(scope: Scope, totals: impl Into<ActivityTotals>) -> Result<Self, Error> {
        Ok(Self {
            scope,
            totals: totals.into().checked()?,
        })
    }
}

fixed!(ActivityTally of Activity, reads Everything, ActivityTotals, "[`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge) beyond 10¹⁰ records, or 2⁶⁴ µs in durations of one kind.", |totals, activity, scope| totals.add(activity, scope));
