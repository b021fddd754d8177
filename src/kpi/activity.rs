//! What the reps do, and what comes of it.

use rust_decimal::Decimal;

use super::reckon;
use crate::error::{Error, Undefined};
use crate::period::WorkCalendar;
use crate::record::ActivityKind;
use crate::tally::{ActivityTally, DealTally, TeamTally, WorkTally};
use crate::value::{Average, Length, Percent, Rate};

/// How long a call takes on average.
///
/// # Formula
/// ```text
/// Σ duration of the calls that have one / how many have one
/// ```
/// Rounded to the microsecond, half away from zero.
///
/// # Counts
/// Calls with a duration, by their date. `totals().calls()?.untimed()` says how many have none.
///
/// # Unit
/// [`Length`], 0 or more, in whole microseconds. Neither direction is better by itself: hold it against
/// [`positive_call_rate`].
///
/// # Errors
/// - [`Undefined::NoCalls`] where no call was made.
/// - [`Undefined::NoTimedCalls`] where none of the calls has a duration.
///
/// # Examples
/// 20 calls of 100 minutes together:
/// ```
/// use sales_metrics::{ActivityTally, Currency, Length, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, Logged};
///
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let calls = Logged::all(20, 100 * 60 * 1_000_000);
/// let activities = ActivityTally::from_totals(march, ActivityTotals::given().records(20).calls(calls))?;
/// assert_eq!(kpi::average_call_duration(&activities)?, Length::minutes(5));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a call without a duration did not take 0 minutes. Of 30 calls, 20 of which took 100 minutes together, the
/// average is 5 minutes and not 3:20.
/// ```
/// # use sales_metrics::{ActivityTally, Currency, Length, Period, Scope, kpi};
/// # use sales_metrics::tally::{ActivityTotals, Logged};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let calls = Logged::some(30, 20, 100 * 60 * 1_000_000);
/// let activities = ActivityTally::from_totals(march, ActivityTotals::given().records(30).calls(calls))?;
/// assert_eq!(kpi::average_call_duration(&activities)?, Length::minutes(5));
/// assert_eq!(activities.totals().calls()?.untimed(), 10);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`time_allocation`]: what share of all the time that was logged is calls
/// - [`call_capacity`]: how many calls of a given length fit into a day
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
#[doc(alias = "talk time")]
pub fn average_call_duration(activities: &ActivityTally) -> Result<Length, Undefined> {
    let calls = activities.totals().calls()?;
    let none = if calls.count == 0 {
        Undefined::NoCalls
    } else {
        Undefined::NoTimedCalls
    };
    reckon::mean_length(calls.micros.into(), calls.timed, none)
}

/// How many of those whom we reach by phone take it well.
///
/// # Formula
/// ```text
/// calls with a positive disposition / connected calls
/// ```
///
/// # Counts
/// Calls whose disposition says that the other side was reached, by their date. Neither voicemails nor missed calls, nor those
/// without a disposition.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoConnectedCalls`] where no call was connected.
///
/// # Examples
/// 12 positive of 40 connected:
/// ```
/// use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, CallOutcomes, Logged};
///
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given()
///     .records(100)
///     .calls(Logged::none(100))
///     .call_outcomes(CallOutcomes::given().connected(40).positive(12).voicemail(35).missed(25));
/// assert_eq!(kpi::positive_call_rate(&ActivityTally::from_totals(march, totals)?)?.to_string(), "30%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a day of voicemails says nothing about how we are taken. It is not 0 %.
/// ```
/// # use sales_metrics::{ActivityTally, Currency, Period, Scope, Undefined, kpi};
/// # use sales_metrics::tally::{ActivityTotals, CallOutcomes, Logged};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given()
///     .records(50)
///     .calls(Logged::none(50))
///     .call_outcomes(CallOutcomes::given().connected(0).positive(0).voicemail(50));
/// let activities = ActivityTally::from_totals(march, totals)?;
/// assert_eq!(kpi::positive_call_rate(&activities), Err(Undefined::NoConnectedCalls));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`meeting_booked_rate`]: how many of the conversations lead to a meeting
/// - [`call_to_win_rate`]: how many calls lead to a win
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
pub fn positive_call_rate(activities: &ActivityTally) -> Result<Rate, Undefined> {
    let calls = activities.totals().call_outcomes()?;
    let (positive, connected) = (calls.positive()?, calls.connected()?);
    reckon::rate(positive, connected, Undefined::NoConnectedCalls)
}

/// How many of those whom we don't reach by phone call us back.
///
/// # Formula
/// ```text
/// callbacks / (voicemails + missed calls)
/// ```
///
/// # Counts
/// Calls that answer a voicemail or a missed call, and voicemails and missed calls, each by its own date.
///
/// # Unit
/// [`Percent`], 0 % or more; higher is better. Above 100 % where more call back than were called in vain in the same period:
/// those of the period before.
///
/// # Errors
/// [`Undefined::NothingToCallBack`] where no call went to voicemail or was missed.
///
/// # Examples
/// 3 callbacks after 45 voicemails and 15 missed calls:
/// ```
/// use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, CallOutcomes, Logged};
///
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given()
///     .records(63)
///     .calls(Logged::none(63))
///     .call_outcomes(CallOutcomes::given().connected(3).voicemail(45).missed(15).callbacks(3));
/// assert_eq!(kpi::callback_rate(&ActivityTally::from_totals(march, totals)?)?.to_string(), "5%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: last week's voicemails are called back this week, so a week can have more callbacks than voicemails.
/// ```
/// # use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// # use sales_metrics::tally::{ActivityTotals, CallOutcomes, Logged};
/// # let week = Scope::new(Period::week(2026, 11)?, Currency::USD);
/// let totals = ActivityTotals::given()
///     .records(5)
///     .calls(Logged::none(5))
///     .call_outcomes(CallOutcomes::given().connected(3).voicemail(2).missed(0).callbacks(3));
/// assert_eq!(kpi::callback_rate(&ActivityTally::from_totals(week, totals)?)?.to_string(), "150%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`email_reply_rate`]: the same of emails
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
pub fn callback_rate(activities: &ActivityTally) -> Result<Percent, Undefined> {
    let calls = activities.totals().call_outcomes()?;
    let (unreached, callbacks) = (calls.voicemail()? + calls.missed()?, calls.callbacks()?);
    reckon::percent_or(callbacks, unreached, Undefined::NothingToCallBack)
}

/// How many meetings the conversations by phone lead to.
///
/// # Formula
/// ```text
/// meetings booked / connected calls
/// ```
///
/// # Counts
/// Meetings as [`meetings_booked`](super::meetings_booked) has them, by the day on which they were booked. Calls by which the other side
/// was reached, by their date.
///
/// # Unit
/// [`Percent`], 0 % or more; higher is better. Above 100 % where meetings come about by other ways than calls.
///
/// # Errors
/// [`Undefined::NoConnectedCalls`] where no call was connected.
///
/// # Examples
/// 5 meetings booked, and 40 connected calls:
/// ```
/// use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, CallOutcomes, Logged};
///
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given()
///     .records(46)
///     .calls(Logged::none(40))
///     .call_outcomes(CallOutcomes::given().connected(40))
///     .meetings_booked(5);
/// assert_eq!(kpi::meeting_booked_rate(&ActivityTally::from_totals(march, totals)?)?.to_string(), "12.5%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a meeting that is put off twice and then held is one meeting, not three.
/// ```
/// # use sales_metrics::{Activity, ActivityKind, ActivityTally, Currency, DateTime, Disposition, MeetingStatus};
/// # use sales_metrics::{Period, Scope, kpi};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// # let instant = |text| DateTime::parse_from_rfc3339(text).unwrap();
/// let meeting = |id, at| Activity::new(id, ActivityKind::Meeting, instant(at));
/// let activities = [
///     Activity::new("A-1", ActivityKind::Call, instant("2026-03-02T10:00:00Z"))?.with_disposition(Disposition::Positive),
///     meeting("A-2", "2026-03-09T10:00:00Z")?.with_meeting_status(MeetingStatus::Rescheduled)?,
///     meeting("A-3", "2026-03-16T10:00:00Z")?.with_meeting_status(MeetingStatus::Rescheduled)?,
///     meeting("A-4", "2026-03-23T10:00:00Z")?.with_meeting_status(MeetingStatus::Held)?,
/// ];
/// assert_eq!(kpi::meeting_booked_rate(&ActivityTally::of(&activities, march)?)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`calls_per_meeting`](super::calls_per_meeting): of all calls, connected or not
/// - [`show_rate`]: how many of the meetings take place
/// - [`positive_call_rate`]: how many of the conversations go well
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
pub fn meeting_booked_rate(activities: &ActivityTally) -> Result<Percent, Undefined> {
    let totals = activities.totals();
    let booked = totals.meetings_booked()?;
    let connected = totals.call_outcomes()?.connected()?;
    reckon::percent_or(booked, connected, Undefined::NoConnectedCalls)
}

/// How many wins there are for the calls that were made.
///
/// # Formula
/// ```text
/// won / calls
/// ```
///
/// # Counts
/// Won deals by close date, and all calls by their date, connected or not. They need not be about the same deals: this holds
/// one flow against the other.
///
/// # Unit
/// [`Percent`], 0 % or more; higher is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are of two scopes.
/// - [`Undefined::NoCalls`] where no call was made.
///
/// # Examples
/// 5 won after 400 calls:
/// ```
/// use sales_metrics::{ActivityTally, Currency, DealTally, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, DealTotals, Logged, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Priced::none(5);
/// let deals = DealTally::from_totals(q1, DealTotals::given().records(5).won(won))?;
/// let calls = Logged::none(400);
/// let activities = ActivityTally::from_totals(q1, ActivityTotals::given().records(400).calls(calls))?;
/// assert_eq!(kpi::call_to_win_rate(&deals, &activities)?.to_string(), "1.25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the calls of a month don't stand beside the wins of a quarter; that would make it three times as good.
/// ```
/// # use sales_metrics::{ActivityTally, Currency, DealTally, ErrorKind, Period, Scope, kpi};
/// let deals = DealTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let activities = ActivityTally::new(Scope::new(Period::month(2026, 3)?, Currency::USD));
/// let refused = kpi::call_to_win_rate(&deals, &activities);
/// assert_eq!(refused.unwrap_err().kind(), ErrorKind::ScopeMismatch);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_rate`](super::win_rate): of the decided deals
/// - [`positive_call_rate`]: of the conversations, how many go well
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
pub fn call_to_win_rate(deals: &DealTally, activities: &ActivityTally) -> Result<Percent, Error> {
    deals
        .scope()
        .expect_days_of("the activities", activities.scope())?;
    let calls = activities.totals().calls()?.count;
    let won = deals.totals().won()?.count;
    Ok(reckon::percent_or(won, calls, Undefined::NoCalls)?)
}

/// How many of the emails are answered.
///
/// # Formula
/// ```text
/// emails answered / emails sent
/// ```
///
/// # Counts
/// Emails by their date, answered ones as well as all. Answered are those whose disposition says that the other side was
/// reached; without a disposition an email counts as sent only.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoEmails`] where no email was sent.
///
/// # Examples
/// 20 of 250:
/// ```
/// use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, Logged};
///
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given().records(250).emails(Logged::none(250)).emails_answered(20);
/// assert_eq!(kpi::email_reply_rate(&ActivityTally::from_totals(march, totals)?)?.to_string(), "8%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: an answer counts with the email that it answers, on the day on which that was sent, and a "no" is an answer.
/// ```
/// # use sales_metrics::{Activity, ActivityKind, ActivityTally, Currency, DateTime, Disposition, Period, Scope, kpi};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// # let instant = |text| DateTime::parse_from_rfc3339(text).unwrap();
/// let sent = |id| Activity::new(id, ActivityKind::Email, instant("2026-03-31T10:00:00Z"));
/// let emails = [sent("A-1")?.with_disposition(Disposition::Negative), sent("A-2")?];
/// assert_eq!(kpi::email_reply_rate(&ActivityTally::of(&emails, march)?)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`callback_rate`]: the same of calls that reached nobody
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
pub fn email_reply_rate(activities: &ActivityTally) -> Result<Rate, Undefined> {
    let totals = activities.totals();
    let (answered, emails) = (totals.emails_answered()?, totals.emails()?.count);
    reckon::rate(answered, emails, Undefined::NoEmails)
}

/// How many calls fit into some working time.
///
/// # Formula
/// ```text
/// ⌊working time / time a call⌋
/// ```
///
/// # Counts
/// Nothing: it is reckoned from two lengths of time. The time a call takes is [`average_call_duration`], and whatever is spent
/// on preparing it and writing it up.
///
/// # Unit
/// Whole calls; higher is better. A call that does not fit in whole does not count.
///
/// # Errors
/// - [`Undefined::CallTimeNotPositive`] where a call takes no time.
///
/// # Examples
/// Eight hours at ten minutes a call:
/// ```
/// use sales_metrics::{Length, kpi};
///
/// assert_eq!(kpi::call_capacity(Length::hours(8), Length::minutes(10))?, 48);
/// # Ok::<(), sales_metrics::Undefined>(())
/// ```
/// Surprise: the guide that sets this example says 50 calls, for which 20 minutes are lacking.
/// ```
/// # use sales_metrics::{Length, kpi};
/// assert_eq!(kpi::call_capacity(Length::minutes(8 * 60 + 20), Length::minutes(10))?, 50);
/// assert_eq!(kpi::call_capacity(Length::minutes(8 * 60 + 19), Length::minutes(10))?, 49);
/// # Ok::<(), sales_metrics::Undefined>(())
/// ```
///
/// # See also
/// - [`average_call_duration`]: how long a call takes
/// - [`selling_time`]: how much working time there is for it
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022), which says 50.
pub fn call_capacity(working: Length, per_call: Length) -> Result<u64, Undefined> {
    let calls = working.to_micros().checked_div(per_call.to_micros());
    calls.ok_or(Undefined::CallTimeNotPositive)
}

/// How many of the meetings the other side did not come to.
///
/// # Formula
/// ```text
/// no-shows / (held + no-shows)
/// ```
///
/// # Counts
/// Meetings held and missed, by the date for which they were scheduled. Those still booked, cancelled and rescheduled ones are
/// counted apart, in `totals().meeting_outcomes()`.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; lower is better.
///
/// # Errors
/// [`Undefined::NoMeetingsDue`] where no meeting was held or missed.
///
/// # Examples
/// 3 no-shows and 12 meetings held:
/// ```
/// use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, Logged, MeetingOutcomes};
///
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given()
///     .records(15)
///     .meetings(Logged::none(15))
///     .meeting_outcomes(MeetingOutcomes::given().held(12).no_show(3));
/// assert_eq!(kpi::no_show_rate(&ActivityTally::from_totals(march, totals)?)?.to_string(), "20%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: who calls a meeting off did not fail to show up. Five cancelled and five rescheduled meetings change nothing.
/// ```
/// # use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// # use sales_metrics::tally::{ActivityTotals, Logged, MeetingOutcomes};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given()
///     .records(25)
///     .meetings(Logged::none(25))
///     .meeting_outcomes(MeetingOutcomes::given().held(12).no_show(3).cancelled(5).rescheduled(5).booked(0));
/// assert_eq!(kpi::no_show_rate(&ActivityTally::from_totals(march, totals)?)?.to_string(), "20%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`show_rate`]: the others, who came
///
/// # Source
/// Vendasta, *Sales lead management: become a pipeline plumber* (2017).
pub fn no_show_rate(activities: &ActivityTally) -> Result<Rate, Undefined> {
    let (held, no_show) = meetings_due(activities)?;
    reckon::rate(no_show, held + no_show, Undefined::NoMeetingsDue)
}

/// How many of the meetings took place, of those that the other side did not call off.
///
/// # Formula
/// ```text
/// held / (held + no-shows)
/// ```
///
/// # Counts
/// Meetings held and missed, by the date for which they were scheduled; as [`no_show_rate`].
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoMeetingsDue`] where no meeting was held or missed.
///
/// # Examples
/// 12 meetings held and 3 no-shows:
/// ```
/// use sales_metrics::{ActivityTally, Currency, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, Logged, MeetingOutcomes};
///
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given()
///     .records(15)
///     .meetings(Logged::none(15))
///     .meeting_outcomes(MeetingOutcomes::given().held(12).no_show(3));
/// assert_eq!(kpi::show_rate(&ActivityTally::from_totals(march, totals)?)?.to_string(), "80%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a meeting of which nobody has said what became of it was neither held nor missed, though its day has passed.
/// ```
/// # use sales_metrics::{Activity, ActivityKind, ActivityTally, Currency, DateTime, Period, Scope, Undefined, kpi};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// # let instant = |text| DateTime::parse_from_rfc3339(text).unwrap();
/// let meeting = Activity::new("A-1", ActivityKind::Meeting, instant("2026-03-09T10:00:00Z"))?;
/// let activities = ActivityTally::of([meeting], march)?;
/// assert_eq!(kpi::show_rate(&activities), Err(Undefined::NoMeetingsDue));
/// assert_eq!(activities.totals().meeting_outcomes()?.booked()?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`no_show_rate`]: those who did not come
/// - [`meeting_booked_rate`]: how many conversations lead to a meeting
///
/// # Source
/// Vendasta, *Sales lead management: become a pipeline plumber* (2017).
pub fn show_rate(activities: &ActivityTally) -> Result<Rate, Undefined> {
    let (held, no_show) = meetings_due(activities)?;
    reckon::rate(held, held + no_show, Undefined::NoMeetingsDue)
}

/// Meetings that took place, and those to which the other side did not come.
fn meetings_due(activities: &ActivityTally) -> Result<(u64, u64), Undefined> {
    let meetings = activities.totals().meeting_outcomes()?;
    Ok((meetings.held()?, meetings.no_show()?))
}

/// What share of the time that was logged goes into one kind of activity.
///
/// # Formula
/// ```text
/// Σ duration of the activities of that kind / Σ duration of all activities
/// ```
///
/// # Counts
/// Activities with a duration, by their date. `totals().of(kind)` has the time itself and says how many have none.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; the kinds add up to 100 %. Neither direction is better by itself.
///
/// # Errors
/// - [`Undefined::NoTimedActivities`] where no activity has a duration.
/// - [`Undefined::ZeroDuration`] where all the durations add up to 0.
///
/// # Examples
/// 6 hours of calls and 2 of meetings:
/// ```
/// use sales_metrics::{ActivityKind, ActivityTally, Currency, Period, Scope, kpi};
/// use sales_metrics::tally::{ActivityTotals, Logged};
///
/// let hours = |hours: u64| hours * 3_600_000_000;
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let totals = ActivityTotals::given()
///     .records(32)
///     .calls(Logged::all(30, hours(6)))
///     .emails(Logged::none(0))
///     .messages(Logged::none(0))
///     .meetings(Logged::all(2, hours(2)))
///     .others(Logged::none(0));
/// let activities = ActivityTally::from_totals(march, totals)?;
/// assert_eq!(kpi::time_allocation(&activities, ActivityKind::Call)?.to_string(), "75%");
/// assert_eq!(kpi::time_allocation(&activities, ActivityKind::Email)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what has no duration takes no share, however much of it there is. A hundred emails that nobody timed leave the
/// calls at 100 %.
/// ```
/// # use sales_metrics::{ActivityKind, ActivityTally, Currency, Period, Scope, kpi};
/// # use sales_metrics::tally::{ActivityTotals, Logged};
/// # let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// # let none = Logged::none(0);
/// let totals = ActivityTotals::given().calls(Logged::all(1, 60_000_000)).emails(Logged::none(100));
/// # let totals = totals.messages(none).meetings(none).others(none);
/// let activities = ActivityTally::from_totals(march, totals)?;
/// assert_eq!(kpi::time_allocation(&activities, ActivityKind::Call)?.to_string(), "100%");
/// assert_eq!(activities.totals().of(ActivityKind::Email)?.untimed(), 100);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`selling_time_rate`]: what share of the working time is selling, activities or not
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022); Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn time_allocation(activities: &ActivityTally, kind: ActivityKind) -> Result<Rate, Undefined> {
    let totals = activities.totals();
    let kinds = totals.kinds()?;
    if kinds.iter().all(|kind| kind.timed == 0) {
        return Err(Undefined::NoTimedActivities);
    }
    // Five sums of 64 bits fit in the 96 bits of a decimal.
    let micros = |sum, micros: u64| sum + u128::from(micros);
    let all = kinds.map(|kind| kind.micros).into_iter().fold(0, micros);
    let of_kind = totals.of(kind)?.micros;
    reckon::rate(of_kind, Decimal::from(all), Undefined::ZeroDuration)
}

/// How much time the reps spent selling.
///
/// # Formula
/// ```text
/// Σ selling time
/// ```
///
/// # Counts
/// Working time of which it is known how much was selling, by its date. `totals().without_selling()` says of how many records it
/// is not.
///
/// # Unit
/// [`Length`], 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::NoWorkingTime`] where no working time is logged.
/// - [`Undefined::SellingTimeUnknown`] where none of it says how much was selling.
///
/// # Examples
/// Two reps, one week:
/// ```
/// use sales_metrics::{Currency, Length, Period, Scope, WorkTally, WorkTime, date, kpi};
///
/// let friday = date(2026, 3, 6)?;
/// let weeks = [
///     WorkTime::new("ada", friday, Length::hours(40))?.with_selling(Length::hours(30))?,
///     WorkTime::new("ben", friday, Length::hours(36))?.with_selling(Length::hours(12))?,
/// ];
/// let work = WorkTally::of(&weeks, Scope::new(Period::week_of(friday)?, Currency::USD))?;
/// assert_eq!(kpi::selling_time(&work)?, Length::hours(42));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: working time that does not say how much was selling is neither all selling nor none.
/// ```
/// # use sales_metrics::{Currency, Length, Period, Scope, Undefined, WorkTally, WorkTime, date, kpi};
/// # let friday = date(2026, 3, 6)?;
/// let week = WorkTime::new("ada", friday, Length::hours(40))?;
/// let work = WorkTally::of([week], Scope::new(Period::week_of(friday)?, Currency::USD))?;
/// assert_eq!(kpi::selling_time(&work), Err(Undefined::SellingTimeUnknown));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`selling_time_rate`]: as a share of the working time
/// - [`time_allocation`]: into which kind of activity the time goes
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn selling_time(work: &WorkTally) -> Result<Length, Undefined> {
    let selling = work.totals().selling_time()?;
    expect_selling_known(work)?;
    Ok(selling)
}

/// What share of their working time the reps spend selling.
///
/// # Formula
/// ```text
/// Σ selling time / Σ working time
/// ```
///
/// # Counts
/// Working time of which it is known how much was selling, by its date; both sums are of the same records.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// - [`Undefined::NoWorkingTime`] where no working time is logged.
/// - [`Undefined::SellingTimeUnknown`] where none of it says how much was selling.
/// - [`Undefined::ZeroWorkingTime`] where the working time adds up to 0.
///
/// # Examples
/// 30 hours of 40:
/// ```
/// use sales_metrics::{Currency, Length, Period, Scope, WorkTally, WorkTime, date, kpi};
///
/// let friday = date(2026, 3, 6)?;
/// let week = WorkTime::new("ada", friday, Length::hours(40))?.with_selling(Length::hours(30))?;
/// let work = WorkTally::of([week], Scope::new(Period::week_of(friday)?, Currency::USD))?;
/// assert_eq!(kpi::selling_time_rate(&work)?.to_string(), "75%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a rep who logged no selling time does not pull the rate down. 30 of 40 hours, and 40 hours of which nobody knows, are
/// 75 % and not 37.5 %.
/// ```
/// # use sales_metrics::{Currency, Length, Period, Scope, WorkTally, WorkTime, date, kpi};
/// # let friday = date(2026, 3, 6)?;
/// let weeks = [
///     WorkTime::new("ada", friday, Length::hours(40))?.with_selling(Length::hours(30))?,
///     WorkTime::new("ben", friday, Length::hours(40))?,
/// ];
/// let work = WorkTally::of(&weeks, Scope::new(Period::week_of(friday)?, Currency::USD))?;
/// assert_eq!(kpi::selling_time_rate(&work)?.to_string(), "75%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`selling_time`]: the hours themselves
///
/// # Source
/// Bouncer, *B2B sales metrics*; Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn selling_time_rate(work: &WorkTally) -> Result<Rate, Undefined> {
    let totals = work.totals();
    let (selling, working) = (totals.selling_micros()?, totals.known_working_micros()?);
    expect_selling_known(work)?;
    reckon::rate(selling, working, Undefined::ZeroWorkingTime)
}

/// How many calls, emails, messages or meetings a rep does on a working day.
///
/// # Formula
/// ```text
/// activities of the kind by reps / Σ over the reps of their working days in employment
/// ```
/// For a week take this five times; for a month, by the calendar's days of the month.
///
/// # Counts
/// Activities of the kind by the date of their instant, on days of their rep's employment, but for rescheduled meetings: the meeting that
/// was put in the place of one counts for it. Left out is what owners did who are no reps of the roster on that day. Of each
/// rep the calendar's working days of the period on which they were employed. All up to the as-of day.
///
/// The activities come into the tally by [`TeamTally::with_activities`]; those of one rep or one team are in what
/// [`TeamTally::filter`] makes of it.
///
/// # Unit
/// [`Average`], 0 or more; higher is better, as far as quality keeps up.
///
/// # Errors
/// - [`Undefined::NotCounted`] where no activities of the kind were put into the tally.
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoActiveReps`] where no rep worked in the period.
/// - [`Undefined::NoWorkingDays`] where no day of the reps' employment in the period, up to the as-of day, is a working day.
///
/// # Examples
/// 40 calls by Ada in a week of five working days, on the last of which Ben joins:
/// ```
/// use sales_metrics::{
///     Activity, ActivityKind, Currency, NaiveTime, Period, Rep, Roster, Scope, TeamTally, Weekday, WorkCalendar, date, instant, kpi,
/// };
///
/// let mut calls = Vec::new();
/// for number in 1..=40 {
///     let call = Activity::new(format!("A-{number}"), ActivityKind::Call, instant("2026-02-10T10:00:00+01:00")?)?;
///     calls.push(call.with_rep("ada")?);
/// }
/// let ben = Rep::new("ben")?.with_hired(date(2026, 2, 13)?)?;
/// let week = Scope::new(Period::week(2026, 7)?, Currency::USD);
/// let team = TeamTally::new(week.with_roster(&Roster::new([Rep::new("ada")?, ben], [])?)?).with_activities(&calls)?;
/// let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// let (nine, five) = (NaiveTime::from_hms_opt(9, 0, 0), NaiveTime::from_hms_opt(17, 0, 0));
/// let calendar = WorkCalendar::new(days, nine.expect("a time"), five.expect("a time"))?;
/// let a_day = kpi::activities_per_rep_per_day(&team, ActivityKind::Call, &calendar)?;
/// assert_eq!(format!("{a_day:.2}"), "6.67");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a holiday is no working day, so the same calls are more a day.
/// ```
/// # use sales_metrics::{ActivityKind, Currency, NaiveTime, Period, Rep, RepId, Roster, Scope, TeamTally, Weekday, WorkCalendar, date, kpi};
/// # use sales_metrics::tally::{RepActivities, TeamTotals};
/// # let week = Scope::new(Period::week(2026, 7)?, Currency::USD);
/// # let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// # let (nine, five) = (NaiveTime::from_hms_opt(9, 0, 0), NaiveTime::from_hms_opt(17, 0, 0));
/// # let calendar = WorkCalendar::new(days, nine.expect("a time"), five.expect("a time"))?;
/// let done = [(RepId::new("ada")?, RepActivities::given().calls(40).into())];
/// let view = week.with_roster(&Roster::new([Rep::new("ada")?], [])?)?;
/// let team = TeamTally::from_totals(view, TeamTotals::given().activities(done))?;
/// assert_eq!(kpi::activities_per_rep_per_day(&team, ActivityKind::Call, &calendar)?.to_string(), "8");
/// let calendar = calendar.with_holiday(date(2026, 2, 11)?)?;
/// assert_eq!(kpi::activities_per_rep_per_day(&team, ActivityKind::Call, &calendar)?.to_string(), "10");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`touchpoints_per_rep`](crate::kpi::touchpoints_per_rep): of every kind, in the whole period
/// - [`call_capacity`]: how many fit into a day
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022); LeadFuze, *6 steps to a sales metrics strategy* (2022).
pub fn activities_per_rep_per_day(
    team: &TeamTally,
    kind: ActivityKind,
    calendar: &WorkCalendar,
) -> Result<Average, Undefined> {
    let count = team.done(kind)?;
    if team.scope().elapsed_days() == 0 {
        return Err(Undefined::NothingElapsed);
    }
    let mut days = 0;
    for rep in team.roster().reps() {
        let employed = team.employment(rep);
        days += employed.map_or(0, |employed| u64::from(calendar.working_days(employed)));
    }
    if team.active_reps() == 0 {
        return Err(Undefined::NoActiveReps);
    }
    reckon::mean(count, days, Undefined::NoWorkingDays)
}

fn expect_selling_known(work: &WorkTally) -> Result<(), Undefined> {
    let totals = work.totals();
    if totals.with_selling()? > 0 {
        return Ok(());
    }
    // What is left tells the reason alone.
    match totals.without_selling()? {
        0 => Err(Undefined::NoWorkingTime),
        _ => Err(Undefined::SellingTimeUnknown),
    }
}
