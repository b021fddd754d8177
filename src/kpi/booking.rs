//! Whom calls reach, the meetings that are booked, and what it takes to book them.

use super::reckon;
use crate::error::{Error, Undefined};
use crate::tally::{ActivityTally, DealTally};
use crate::value::{Average, Rate};

/// What share of the calls that went out reached somebody.
///
/// # Formula
/// ```text
/// calls out that reached somebody / calls out whose outcome is known
/// ```
///
/// # Counts
/// Calls that went out, by their date, and of these the ones that say whether the other side was reached: connected, voicemail or missed.
/// A call that came in, as a callback does, is no call out. Calls that say nothing are in neither number.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoKnownCallsOut`] where no call out says what became of it.
///
/// # Examples
/// 200 calls out, of which 30 reached somebody:
/// ```
/// use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, CallOutcomes};
///
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let outcomes = CallOutcomes::given().outbound_known(200).outbound_connected(30);
/// let activities = ActivityTally::from_totals(march, ActivityTotals::given().call_outcomes(outcomes))?;
/// assert_eq!(kpi::connect_rate(&activities)?.to_string(), "15%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: whoever calls back has been reached, but not by a call of ours. Of two calls out that nobody took, and one callback, the rate is
/// 0 %, not a third.
/// ```
/// # use sales_metrics::{Activity, ActivityKind, ActivityTally, Currency, Disposition, Period, Scope, day, kpi};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let call = |id| Activity::new(id, ActivityKind::Call, day("2026-03-09")?);
/// let calls = [
///     call("A-1")?.with_disposition(Disposition::Missed),
///     call("A-2")?.with_disposition(Disposition::Voicemail),
///     call("A-3")?.with_disposition(Disposition::Positive).with_callback()?,
/// ];
/// assert_eq!(kpi::connect_rate(&ActivityTally::of(&calls, march)?)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`positive_call_rate`](super::positive_call_rate): of those reached, how many take it well
/// - [`callback_rate`](super::callback_rate): of those not reached, how many call back
///
/// # Source
/// A usual figure of teams that call; this crate's definition.
pub fn connect_rate(activities: &ActivityTally) -> Result<Rate, Undefined> {
    let calls = activities.totals().call_outcomes()?;
    let (reached, known) = (calls.outbound_connected()?, calls.outbound_known()?);
    reckon::rate(reached, known, Undefined::NoKnownCallsOut)
}

/// How many meetings were booked.
///
/// # Formula
/// ```text
/// meetings booked in the period, but for those that were put off
/// ```
///
/// # Counts
/// Meetings by the day on which they were booked, where that is known, and else by the day for which they are scheduled, up to the as-of
/// day; whatever became of them, but those rescheduled: the meeting that was put in its place counts for it, by its own days.
///
/// # Unit
/// A count of meetings; higher is better. Months add up to their quarter.
///
/// # Errors
/// Never undefined where it was counted; [`Undefined::NotCounted`] where it was not given.
///
/// # Examples
/// Two meetings, of which one was booked in March:
/// ```
/// use sales_metrics::{Activity, ActivityKind, ActivityTally, Currency, Period, Scope, date, day, kpi};
///
/// let meeting = |id, on| Activity::new(id, ActivityKind::Meeting, day(on)?);
/// let meetings = [
///     meeting("A-1", "2026-04-09")?.with_booked(date(2026, 3, 30)?)?,
///     meeting("A-2", "2026-03-09")?.with_booked(date(2026, 2, 27)?)?,
/// ];
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// assert_eq!(kpi::meetings_booked(&ActivityTally::of(&meetings, march)?)?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a meeting that is put off and then held is one meeting, though the calendar has two.
/// ```
/// # use sales_metrics::{Activity, ActivityKind, ActivityTally, Currency, MeetingStatus, Period, Scope, day, kpi};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// # let meeting = |id, on| Activity::new(id, ActivityKind::Meeting, day(on)?);
/// let meetings = [
///     meeting("A-1", "2026-03-09")?.with_meeting_status(MeetingStatus::Rescheduled)?,
///     meeting("A-2", "2026-03-16")?.with_meeting_status(MeetingStatus::Held)?,
/// ];
/// let activities = ActivityTally::of(&meetings, march)?;
/// assert_eq!(kpi::meetings_booked(&activities)?, 1);
/// assert_eq!(activities.totals().meetings()?.count, 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`meeting_booked_rate`](super::meeting_booked_rate): against the conversations by phone
/// - [`show_rate`](super::show_rate): how many of the meetings take place
///
/// # Source
/// A usual figure of teams that set up meetings for others; this crate's definition.
pub fn meetings_booked(activities: &ActivityTally) -> Result<u64, Undefined> {
    activities.totals().meetings_booked()
}

/// How many calls it takes to book a meeting.
///
/// # Formula
/// ```text
/// calls / meetings booked
/// ```
///
/// # Counts
/// All calls by their date, connected or not, out or in; meetings as [`meetings_booked`]. The meetings need not come of the calls: this holds
/// one flow against the other.
///
/// # Unit
/// [`Average`], 0 or more; lower is better.
///
/// # Errors
/// [`Undefined::NoMeetingsBooked`] where no meeting was booked.
///
/// # Examples
/// 400 calls and 16 meetings:
/// ```
/// use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, Logged};
///
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given().calls(Logged::none(400)).meetings_booked(16);
/// assert_eq!(kpi::calls_per_meeting(&ActivityTally::from_totals(march, totals)?)?.to_string(), "25");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a meeting counts in the month in which the calls led to it, not in that for which it is scheduled. In April, of which all calls
/// are still to come, it would be 0 calls a meeting.
/// ```
/// # use sales_metrics::{Activity, ActivityKind, ActivityTally, Currency, Period, Scope, Undefined, date, day, kpi};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let activities = [
///     Activity::new("A-1", ActivityKind::Call, day("2026-03-27")?)?,
///     Activity::new("A-2", ActivityKind::Meeting, day("2026-04-02")?)?.with_booked(date(2026, 3, 27)?)?,
/// ];
/// let april = Scope::new(Period::month(2026, 4)?, Currency::USD);
/// assert_eq!(kpi::calls_per_meeting(&ActivityTally::of(&activities, march)?)?.to_string(), "1");
/// assert_eq!(kpi::calls_per_meeting(&ActivityTally::of(&activities, april)?), Err(Undefined::NoMeetingsBooked));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`meeting_booked_rate`](super::meeting_booked_rate): the other way round, of connected calls alone
/// - [`emails_per_meeting`]: of emails
///
/// # Source
/// A usual figure of teams that call; this crate's definition.
pub fn calls_per_meeting(activities: &ActivityTally) -> Result<Average, Undefined> {
    per_meeting(activities, activities.totals().calls()?.count)
}

/// How many emails it takes to book a meeting.
///
/// # Formula
/// ```text
/// emails sent / meetings booked
/// ```
///
/// # Counts
/// All emails sent, by their date, answered or not; meetings as [`meetings_booked`]. The meetings need not come of the emails.
///
/// # Unit
/// [`Average`], 0 or more; lower is better.
///
/// # Errors
/// [`Undefined::NoMeetingsBooked`] where no meeting was booked.
///
/// # Examples
/// 900 emails and 12 meetings:
/// ```
/// use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, Logged};
///
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given().emails(Logged::none(900)).meetings_booked(12);
/// assert_eq!(kpi::emails_per_meeting(&ActivityTally::from_totals(march, totals)?)?.to_string(), "75");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: emails that led to no meeting took no 0 emails a meeting; there is none to divide by.
/// ```
/// # use sales_metrics::{ActivityTally, Currency, Period, Scope, Undefined, kpi};
/// # use sales_metrics::tally::{ActivityTotals, Logged};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given().emails(Logged::none(900)).meetings_booked(0);
/// let activities = ActivityTally::from_totals(march, totals)?;
/// assert_eq!(kpi::emails_per_meeting(&activities), Err(Undefined::NoMeetingsBooked));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`email_reply_rate`](super::email_reply_rate): how many of the emails are answered
/// - [`calls_per_meeting`]: of calls
///
/// # Source
/// A usual figure of teams that write; this crate's definition.
pub fn emails_per_meeting(activities: &ActivityTally) -> Result<Average, Undefined> {
    per_meeting(activities, activities.totals().emails()?.count)
}

/// How many meetings it takes to create an opportunity.
///
/// # Formula
/// ```text
/// meetings booked / opportunities created
/// ```
///
/// # Counts
/// Meetings as [`meetings_booked`]; opportunities by the date of their creation, as [`opportunities_created`](super::opportunities_created).
/// They need not be about the same prospects: this holds one flow against the other.
///
/// # Unit
/// [`Average`], 0 or more; lower is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are of two scopes.
/// - [`Undefined::NoDealsCreated`] where no opportunity was created.
///
/// # Examples
/// 30 meetings and 12 opportunities:
/// ```
/// use sales_metrics::{ActivityTally, Currency, DealTally, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let activities = ActivityTally::from_totals(q1, ActivityTotals::given().meetings_booked(30))?;
/// let deals = DealTally::from_totals(q1, DealTotals::given().created(Priced::none(12)))?;
/// assert_eq!(kpi::meetings_per_opportunity(&activities, &deals)?.to_string(), "2.5");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: below 1 says that opportunities come about without a meeting, and not that a part of one was enough.
/// ```
/// # use sales_metrics::{ActivityTally, Currency, DealTally, Period, Scope, kpi};
/// # use sales_metrics::tally::{ActivityTotals, DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let activities = ActivityTally::from_totals(q1, ActivityTotals::given().meetings_booked(3))?;
/// let deals = DealTally::from_totals(q1, DealTotals::given().created(Priced::none(12)))?;
/// assert_eq!(kpi::meetings_per_opportunity(&activities, &deals)?.to_string(), "0.25");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`calls_per_meeting`]: what the meetings take
/// - [`prospect_to_opportunity_rate`](super::prospect_to_opportunity_rate): of leads, one by one
///
/// # Source
/// A usual figure of teams that set up meetings for others; this crate's definition.
pub fn meetings_per_opportunity(
    activities: &ActivityTally,
    deals: &DealTally,
) -> Result<Average, Error> {
    activities
        .scope()
        .expect_days_of("the deals", deals.scope())?;
    let booked = activities.totals().meetings_booked()?;
    let created = deals.totals().created()?.count;
    Ok(reckon::mean(booked, created, Undefined::NoDealsCreated)?)
}

fn per_meeting(activities: &ActivityTally, count: u64) -> Result<Average, Undefined> {
    let booked = activities.totals().meetings_booked()?;
    reckon::mean(count, booked, Undefined::NoMeetingsBooked)
}
