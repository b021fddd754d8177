//! Who comes in, how fast they are met, and what becomes of them.

use rust_decimal::Decimal;

use super::reckon;
use crate::error::{Error, Undefined};
use crate::tally::{LeadDetail, LeadTally, SpendTally, Spent, TeamTally};
use crate::value::{Average, Length, Money, Percent, Rate};

/// How many leads met the criteria of a qualified lead in the period.
///
/// # Formula
/// ```text
/// leads qualified in the period
/// ```
///
/// # Counts
/// Leads by the day on which they were qualified, up to the as-of day, whenever they arrived: what happened in the months adds up to
/// what happened in their quarter.
///
/// # Unit
/// A whole number; higher is better.
///
/// # Errors
/// Of what a tally has counted, none: without leads it is 0.
///
/// # Examples
/// 150 leads qualified in the quarter:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = LeadTotals::given().records(500).newly_qualified(150);
/// assert_eq!(kpi::qualified_leads(&LeadTally::from_totals(q1, totals)?)?, 150);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a lead that arrives on the last day of a month and is qualified on the first of the next is one of the next, where
/// [`qualification_rate`](super::qualification_rate) follows it in the month of its arrival.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, instant, kpi};
/// let leads = [
///     Lead::new("L-1", instant("2026-01-30T10:00:00Z")?)?.with_qualified(date(2026, 2, 2)?)?,
///     Lead::new("L-2", instant("2026-02-27T10:00:00Z")?)?.with_qualified(date(2026, 3, 3)?)?,
///     Lead::new("L-3", instant("2026-03-31T10:00:00Z")?)?.with_qualified(date(2026, 4, 1)?)?,
/// ];
/// let in_month = |month| {
///     let scope = Scope::new(Period::month(2026, month)?, Currency::USD);
///     LeadTally::of(&leads, scope).and_then(|leads| Ok(kpi::qualified_leads(&leads)?))
/// };
/// assert_eq!([in_month(1)?, in_month(2)?, in_month(3)?, in_month(4)?], [0, 1, 1, 1]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`qualification_rate`](super::qualification_rate): the share of the leads that arrived
/// - [`lead_velocity_rate`]: how their number grows
///
/// # Source
/// Bouncer, *B2B sales metrics*.
pub fn qualified_leads(leads: &LeadTally) -> Result<u64, Undefined> {
    leads.totals().newly_qualified()
}

/// How long a lead waits for the first human touch, on average.
///
/// # Formula
/// ```text
/// Σ (first touch − arrival) / leads touched on or after their arrival
/// ```
/// The sum is exact; the mean is rounded to the microsecond, half away from zero.
///
/// # Counts
/// Leads, by date of arrival, touched by the end of the as-of day. Those that nobody has touched are left out;
/// `tally().totals().untouched()` counts them. So are those touched before they arrived, which
/// [`LeadDetail::touched_before_arrival`] counts, and those that arrived or were touched on a day without a time
/// ([`LeadDetail::without_time`]). All hours count, or working hours alone, as the tally's scope says
/// ([`Scope::in_working_time`](crate::Scope::in_working_time)).
///
/// # Unit
/// [`Length`], 0 or more; shorter is better.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoTouchedLeads`] where nobody touched one of them.
/// - [`Undefined::NoSoundResponse`] where all that were touched were touched before they arrived; [`Undefined::NoTimeOfDay`] where of none
///   it is known when.
///
/// # Examples
/// One lead met after 4 minutes, one after 10:
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Length, Period, Scope, instant, kpi};
///
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_first_touch(instant("2026-01-07T09:04:00Z")?)?,
///     Lead::new("L-2", instant("2026-01-08T09:00:00Z")?)?.with_first_touch(instant("2026-01-08T09:10:00Z")?)?,
/// ];
/// let leads = LeadDetail::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::average_response_time(&leads)?, Length::minutes(7));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it looks better the fewer leads are met at all. Of these two, the one that nobody ever called makes no
/// difference here; [`response_compliance`] counts it as overdue.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadDetail, Length, Period, Scope, instant, kpi};
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_first_touch(instant("2026-01-07T09:04:00Z")?)?,
///     Lead::new("L-2", instant("2026-01-08T09:00:00Z")?)?,
/// ];
/// let leads = LeadDetail::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::average_response_time(&leads)?, Length::minutes(4));
/// assert_eq!(leads.tally().totals().untouched()?, 1);
/// assert_eq!(kpi::response_compliance(&leads, Length::minutes(5))?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`median_response_time`]: the lead in the middle, which one forgotten lead does not move
/// - [`response_compliance`]: how many were met in time, untouched ones included
///
/// # Source
/// Vendasta, *Sales lead management: become a pipeline plumber* (2017).
#[doc(alias = "speed to lead")]
pub fn average_response_time(leads: &LeadDetail) -> Result<Length, Undefined> {
    let responses = leads.responses();
    reckon::mean_length(
        responses.total_units(),
        responses.count(),
        no_response(leads),
    )
}

/// How long the lead in the middle waits for the first human touch: half waited longer, half shorter.
///
/// # Formula
/// ```text
/// percentile 50 of (first touch − arrival)
/// ```
/// Rounded to the microsecond, half away from zero.
///
/// # Counts
/// Leads, by date of arrival; as [`average_response_time`].
///
/// # Unit
/// [`Length`], 0 or more; shorter is better.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoTouchedLeads`] where nobody touched one of them.
/// - [`Undefined::NoSoundResponse`] where all that were touched were touched before they arrived; [`Undefined::NoTimeOfDay`] where of none
///   it is known when.
///
/// # Examples
/// Leads met after 4, 6 and 59 minutes:
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Length, Period, Scope, instant, kpi};
///
/// let mut leads = LeadDetail::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (id, touch) in [("L-1", "09:04"), ("L-2", "09:59"), ("L-3", "09:06")] {
///     let lead = Lead::new(id, instant("2026-01-07T09:00:00Z")?)?;
///     leads.record(&lead.with_first_touch(instant(&format!("2026-01-07T{touch}:00Z"))?)?)?;
/// }
/// assert_eq!(kpi::median_response_time(&leads)?, Length::minutes(6));
/// assert_eq!(kpi::average_response_time(&leads)?, Length::minutes(23));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: an attempt that reaches nobody is a touch as well; the clock stops at the first of them.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadDetail, Length, Period, Scope, instant, kpi};
/// let lead = Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?
///     .with_first_touch(instant("2026-01-09T16:00:00Z")?)?
///     .with_attempt(instant("2026-01-07T09:03:00Z")?)?;
/// let leads = LeadDetail::of([lead], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::median_response_time(&leads)?, Length::minutes(3));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_response_time`]: the mean
/// - [`response_time_percentile`]: any other percentile
///
/// # Source
/// This crate's definition.
pub fn median_response_time(leads: &LeadDetail) -> Result<Length, Undefined> {
    response_time_percentile(leads, Rate::HALF)
}

/// Within what time a given share of the touched leads was touched.
///
/// # Formula
/// ```text
/// percentile p of (first touch − arrival): the value at position p × (n − 1) of the n sorted times, interpolated linearly
/// between the two nearest
/// ```
/// Rounded to the microsecond, half away from zero.
///
/// # Counts
/// Leads, by date of arrival; as [`average_response_time`].
///
/// # Unit
/// [`Length`], 0 or more; shorter is better. `p` is a [`Rate`]: 0 % gives the quickest response, 100 % the slowest.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoTouchedLeads`] where nobody touched one of them.
/// - [`Undefined::NoSoundResponse`] where all that were touched were touched before they arrived; [`Undefined::NoTimeOfDay`] where of none
///   it is known when.
///
/// # Examples
/// Leads met after 10 and 20 minutes:
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Length, Period, Scope, instant, kpi};
///
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_first_touch(instant("2026-01-07T09:10:00Z")?)?,
///     Lead::new("L-2", instant("2026-01-08T09:00:00Z")?)?.with_first_touch(instant("2026-01-08T09:20:00Z")?)?,
/// ];
/// let leads = LeadDetail::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::response_time_percentile(&leads, "75%".parse()?)?, Length::seconds(17 * 60 + 30));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: instants in two offsets are the same clock. A lead of 9:00 in New York, met at 15:04 in Berlin, waited for
/// 4 minutes.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadDetail, Length, Period, Rate, Scope, instant, kpi};
/// let lead = Lead::new("L-1", instant("2026-01-07T09:00:00-05:00")?)?
///     .with_first_touch(instant("2026-01-07T15:04:00+01:00")?)?;
/// let leads = LeadDetail::of([lead], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::response_time_percentile(&leads, Rate::ONE)?, Length::minutes(4));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`median_response_time`]: the percentile at 50 %
/// - [`response_compliance`]: the other way round: what share was met within a given time
///
/// # Source
/// This crate's definition; the percentile is SQL's `PERCENTILE_CONT` and the spreadsheets' `PERCENTILE.INC`.
pub fn response_time_percentile(leads: &LeadDetail, p: Rate) -> Result<Length, Undefined> {
    let time = leads.responses().percentile(p);
    time.ok_or_else(|| no_response(leads))
}

/// Why there is no response time: no lead arrived, none was touched, or all were touched before they arrived, or at times that nobody knows.
fn no_response(leads: &LeadDetail) -> Undefined {
    let none = match leads.tally().totals().touched() {
        Ok(0) => Undefined::NoTouchedLeads,
        Ok(_) if leads.touched_without_time() > 0 => Undefined::NoTimeOfDay,
        Ok(_) => Undefined::NoSoundResponse,
        Err(reason) => reason,
    };
    reckon::none_arrived_or(leads.tally(), none)
}

/// How many of the leads whose time is up were met in time.
///
/// # Formula
/// ```text
/// touched within X / leads whose X is over
/// ```
///
/// # Counts
/// Leads, by date of arrival, whose X is over, touched or not: arrival + X is not after the end of the as-of day, or not after the instant
/// at which one looks ([`LeadScope::as_of_instant`](crate::LeadScope::as_of_instant)). A touch at exactly X is in time. Four kinds of lead
/// are left out, and counted:
/// - those whose clock still runs, touched or not: [`LeadDetail::pending`];
/// - those given up before their X was over, by the end of that day, and without a touch: [`LeadDetail::given_up_before`];
/// - those touched before they arrived: [`LeadDetail::touched_before_arrival`];
/// - those that arrived or were touched on a day without a time: [`LeadDetail::without_time`].
///
/// All hours count, or working hours alone, as the tally's scope says ([`Scope::in_working_time`](crate::Scope::in_working_time)).
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoDueLeads`] where X is over for none of them; [`Undefined::NoTimeOfDay`] where of none it is known.
///
/// # Examples
/// Within 5 minutes: one met after 5 minutes, one after an hour, one never:
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Length, Period, Scope, instant, kpi};
///
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_first_touch(instant("2026-01-07T09:05:00Z")?)?,
///     Lead::new("L-2", instant("2026-01-08T09:00:00Z")?)?.with_first_touch(instant("2026-01-08T10:00:00Z")?)?,
///     Lead::new("L-3", instant("2026-01-09T09:00:00Z")?)?,
/// ];
/// let leads = LeadDetail::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let compliance = kpi::response_compliance(&leads, Length::minutes(5))?;
/// assert_eq!(format!("{compliance:.1}"), "33.3%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// In working time, a lead that arrives on Friday evening is not late on Monday morning:
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Length, NaiveTime, Period, Scope, Weekday, WorkCalendar, instant, kpi};
///
/// let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
/// let calendar = WorkCalendar::new(week, hour(9), hour(17))?;
/// let lead = Lead::new("L-1", instant("2026-03-06T18:30:00+01:00")?)?
///     .with_first_touch(instant("2026-03-09T09:04:00+01:00")?)?;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let leads = LeadDetail::of([lead], q1.in_working_time(&calendar))?;
/// assert_eq!(kpi::response_compliance(&leads, Length::minutes(5))?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a lead that came in two minutes ago is no failure, and no success either. Its 5 minutes still run.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadDetail, LeadScope, Length, Period, Scope, instant, kpi};
/// let leads = [
///     Lead::new("L-1", instant("2026-03-09T11:55:00Z")?)?.with_first_touch(instant("2026-03-09T12:00:00Z")?)?,
///     Lead::new("L-2", instant("2026-03-09T11:58:00Z")?)?,
///     Lead::new("L-3", instant("2026-03-09T11:58:00Z")?)?.with_first_touch(instant("2026-03-09T11:59:00Z")?)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let leads = LeadDetail::of(&leads, LeadScope::from(q1).as_of_instant(instant("2026-03-09T12:00:00Z")?)?)?;
/// assert_eq!(kpi::response_compliance(&leads, Length::minutes(5))?.to_string(), "100%");
/// assert_eq!(leads.pending(Length::minutes(5)), 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_response_time`], [`median_response_time`]: how long it took, of the touched ones alone
/// - [`neglected_lead_rate`]: of the open leads, those forgotten for weeks
///
/// # Source
/// Vendasta, *Sales lead management: become a pipeline plumber* (2017), where X is 5 minutes.
pub fn response_compliance(leads: &LeadDetail, within: Length) -> Result<Rate, Undefined> {
    let none = reckon::none_due(leads.waits_are_unknown());
    let none = reckon::none_arrived_or(leads.tally(), none);
    reckon::rate(leads.touched_within(within), leads.due(within), none)
}

/// How often we try to reach a lead in its first days.
///
/// # Formula
/// ```text
/// Σ attempts in the first N × 24 hours after arrival / leads whose N × 24 hours are over
/// ```
///
/// # Counts
/// Leads, by date of arrival, whose N × 24 hours are over by the end of the as-of day, met or not; of these, the attempts from the
/// arrival up to, and not including, the end of these hours. A lead that arrived on a day without a time has the N days of the calendar from
/// that day on, and an attempt of a day without a time is told by the calendar, too. Attempts before the arrival don't count.
/// [`LeadDetail::as_old_as`] says how many leads these are.
///
/// # Unit
/// [`Average`], 0 or more attempts a lead; higher is more persistent.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoLeadsThatOld`] where none of them arrived that long ago.
///
/// # Examples
/// In the first week, two attempts at one lead and none at the other:
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Period, Scope, instant, kpi};
///
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?
///         .with_attempt(instant("2026-01-07T09:05:00Z")?)?
///         .with_attempt(instant("2026-01-09T14:00:00Z")?)?
///         .with_attempt(instant("2026-02-20T14:00:00Z")?)?,
///     Lead::new("L-2", instant("2026-01-08T09:00:00Z")?)?,
/// ];
/// let leads = LeadDetail::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::contact_persistence(&leads, 7)?.to_string(), "1");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a lead of yesterday does not count, however often it was tried: nobody had a week for it.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadDetail, Period, Scope, Undefined, instant, kpi};
/// let lead = Lead::new("L-1", instant("2026-03-30T09:00:00Z")?)?.with_attempt(instant("2026-03-30T09:05:00Z")?)?;
/// let leads = LeadDetail::of([lead], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::contact_persistence(&leads, 7), Err(Undefined::NoLeadsThatOld));
/// assert_eq!(kpi::contact_persistence(&leads, 1)?.to_string(), "1");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`response_compliance`]: how soon the first attempt came
///
/// # Source
/// Vendasta, *Sales lead management: become a pipeline plumber* (2017).
pub fn contact_persistence(leads: &LeadDetail, days: u32) -> Result<Average, Undefined> {
    let none = reckon::none_arrived_or(leads.tally(), Undefined::NoLeadsThatOld);
    let attempts = leads.attempts().within(days.into());
    reckon::mean(attempts, leads.as_old_as(days), none)
}

/// How many reps own more open leads than they can follow.
///
/// # Formula
/// ```text
/// heads who own more than `cap` open leads
/// ```
///
/// # Counts
/// Leads open on the [`evening`](crate::Scope::evening), whenever they arrived, by their owner; reps of the roster who are employed on
/// it, and gone on that of their last day of work ([`TeamTally::heads`]). Leads without an owner overload nobody, nor do those of an
/// owner who is no rep: a queue or a bot.
///
/// # Unit
/// A whole number; lower is better.
///
/// # Errors
/// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are not of one scope. Without open leads, or heads, it
/// is 0.
///
/// # Examples
/// Two open leads for Ada, one for Ben, and a cap of 1:
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Period, Rep, Roster, Scope, TeamTally, instant, kpi};
///
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_owner("ada")?,
///     Lead::new("L-2", instant("2026-01-08T09:00:00Z")?)?.with_owner("ada")?,
///     Lead::new("L-3", instant("2026-01-09T09:00:00Z")?)?.with_owner("ben")?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let team = TeamTally::new(q1.with_roster(&Roster::new([Rep::new("ada")?, Rep::new("ben")?], [])?)?);
/// assert_eq!(kpi::overloaded_reps(&LeadDetail::of(&leads, q1)?, &team, 1)?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a queue that holds hundreds is no rep; exactly the cap is no overload; and leads that became deals or were given up weigh
/// nothing.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadDetail, Period, Rep, Roster, Scope, TeamTally, date, instant, kpi};
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_owner("ada")?,
///     Lead::new("L-2", instant("2026-01-08T09:00:00Z")?)?.with_owner("ada")?.with_conversion("D-1", date(2026, 2, 2)?)?,
///     Lead::new("L-3", instant("2026-01-09T09:00:00Z")?)?.with_owner("inbound-queue")?,
///     Lead::new("L-4", instant("2026-01-09T09:00:00Z")?)?.with_owner("inbound-queue")?,
/// ];
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let team = TeamTally::new(q1.with_roster(&Roster::new([Rep::new("ada")?], [])?)?);
/// assert_eq!(kpi::overloaded_reps(&LeadDetail::of(&leads, q1)?, &team, 1)?, 0);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`leads_per_rep`]: how many they have on average
/// - [`neglected_lead_rate`]: what comes of too many leads
///
/// # Source
/// Vendasta, *Sales lead management: become a pipeline plumber* (2017), where the cap is 500.
pub fn overloaded_reps(leads: &LeadDetail, team: &TeamTally, cap: u64) -> Result<u64, Error> {
    let owned = open_leads_of_heads(leads, team)?;
    let overloaded = owned.iter().filter(|count| **count > cap);
    Ok(overloaded.fold(0, |sum, _| sum + 1))
}

/// How many open leads each of the heads owns.
fn open_leads_of_heads(leads: &LeadDetail, team: &TeamTally) -> Result<Vec<u64>, Error> {
    leads.scope().expect_days_of("the team", team.scope())?;
    let mut owned = Vec::new();
    for rep in team.roster().reps() {
        if team.is_head(rep) {
            owned.push(leads.open_leads_of(rep.id()));
        }
    }
    Ok(owned)
}

/// How many of the open leads have been left lying.
///
/// # Formula
/// ```text
/// open leads that arrived more than X days before the evening, untouched / open leads
/// ```
///
/// # Counts
/// Leads open on the [`evening`](crate::Scope::evening), whenever they arrived: neither converted nor given up. Of these, the ones that no
/// human had touched by then and that are older than X days, by date of arrival.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; lower is better.
///
/// # Errors
/// [`Undefined::NoOpenLeads`] where no lead is open.
///
/// # Examples
/// Of two open leads, one arrived 90 days before the end of the quarter and was never touched:
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Period, Scope, instant, kpi};
///
/// let leads = [
///     Lead::new("L-1", instant("2025-12-31T09:00:00Z")?)?,
///     Lead::new("L-2", instant("2026-03-20T09:00:00Z")?)?,
/// ];
/// let leads = LeadDetail::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::neglected_lead_rate(&leads, 60)?.to_string(), "50%");
/// assert_eq!(kpi::neglected_lead_rate(&leads, 90)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: giving up old leads mends the rate, without anybody being called.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadDetail, Period, Scope, date, instant, kpi};
/// let leads = [
///     Lead::new("L-1", instant("2025-12-31T09:00:00Z")?)?.with_disqualified(date(2026, 3, 31)?)?,
///     Lead::new("L-2", instant("2026-03-20T09:00:00Z")?)?,
/// ];
/// let leads = LeadDetail::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::neglected_lead_rate(&leads, 60)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`response_compliance`]: of the period's leads, by minutes or hours
/// - [`overloaded_reps`]: who has too many to follow them all
///
/// # Source
/// Vendasta, *Sales lead management: become a pipeline plumber* (2017), where X is 60 days.
pub fn neglected_lead_rate(leads: &LeadDetail, age: u32) -> Result<Rate, Undefined> {
    let neglected = leads.untouched_ages().count_above(age.into());
    let open = leads.tally().totals().open()?;
    reckon::rate(neglected, open, Undefined::NoOpenLeads)
}

/// What share of the leads marketing found.
///
/// # Formula
/// ```text
/// leads that marketing found / leads of known origin
/// ```
///
/// # Counts
/// Leads, by date of arrival, up to the as-of day. Leads of unknown origin are left out; `totals().unknown_origin()` counts them.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; with [`sales_sourced_rate`] and the share that partners brought it makes 100 %.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoKnownOrigin`] where nobody knows of one of them who found it.
///
/// # Examples
/// 60 leads by marketing and 40 by sales:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = LeadTotals::given().records(100).arrived(100).marketing(60).sales(40).partner(0);
/// assert_eq!(kpi::marketing_sourced_rate(&LeadTally::from_totals(q1, totals)?)?.to_string(), "60%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: leads of unknown origin are nobody's. Taken as sales', they would make 30 % of these 60 %. Of leads that a partner
/// brought the origin is known.
/// ```
/// # use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// # use sales_metrics::tally::LeadTotals;
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = LeadTotals::given().records(100).arrived(100).marketing(30).sales(20).partner(0);
/// let leads = LeadTally::from_totals(q1, totals)?;
/// assert_eq!(kpi::marketing_sourced_rate(&leads)?.to_string(), "60%");
/// assert_eq!(leads.totals().unknown_origin()?, 50);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`sales_sourced_rate`]: the other part
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn marketing_sourced_rate(leads: &LeadTally) -> Result<Rate, Undefined> {
    sourced(leads, leads.totals().marketing()?)
}

/// What share of the leads sales found by itself.
///
/// # Formula
/// ```text
/// leads that sales found / leads of known origin
/// ```
///
/// # Counts
/// Leads, by date of arrival, up to the as-of day. Leads of unknown origin are left out; `totals().unknown_origin()` counts them.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; with [`marketing_sourced_rate`] and the share that partners brought it makes 100 %.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoKnownOrigin`] where nobody knows of one of them who found it.
///
/// # Examples
/// 60 leads by marketing and 40 by sales:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = LeadTotals::given().records(100).arrived(100).marketing(60).sales(40).partner(0);
/// assert_eq!(kpi::sales_sourced_rate(&LeadTally::from_totals(q1, totals)?)?.to_string(), "40%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a channel says nothing of the origin. Leads that name only where they came from have no answer.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, Undefined, instant, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let lead = Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_source("cold call")?;
/// assert_eq!(kpi::sales_sourced_rate(&LeadTally::of([lead], q1)?), Err(Undefined::NoKnownOrigin));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`marketing_sourced_rate`]: the other part
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn sales_sourced_rate(leads: &LeadTally) -> Result<Rate, Undefined> {
    sourced(leads, leads.totals().sales()?)
}

fn sourced(leads: &LeadTally, part: u64) -> Result<Rate, Undefined> {
    let known = leads.totals().known_origin()?;
    let none = reckon::none_arrived_or(leads, Undefined::NoKnownOrigin);
    reckon::rate(part, known, none)
}

/// How fast the number of qualified leads grows.
///
/// # Formula
/// ```text
/// (qualified leads now − qualified leads before) / qualified leads before
/// ```
///
/// # Counts
/// [`qualified_leads`] of two tallies of like length: by the day on which they were qualified, whenever they arrived. Which periods are
/// alike is as in [`revenue_growth`](super::revenue_growth), and
/// [`Scope::previous`](crate::Scope::previous) makes the earlier scope.
///
/// # Unit
/// [`Percent`], −100 % or more, without an upper end; higher is better. 0 % is no growth.
///
/// # Errors
/// - [`ErrorKind::SeriesOutOfOrder`](crate::ErrorKind::SeriesOutOfOrder) where the previous period does not begin before the current one.
/// - [`ErrorKind::PeriodsNotAlike`](crate::ErrorKind::PeriodsNotAlike) where the two scopes cannot be compared.
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where they are in two currencies.
/// - [`Undefined::ZeroPreviousLeads`] where no lead of the earlier period was qualified.
///
/// # Examples
/// From 120 to 150:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let february = Scope::new(Period::month(2026, 2)?, Currency::USD);
/// let of = |qualified| LeadTotals::given().records(500).newly_qualified(qualified);
/// let now = LeadTally::from_totals(february, of(150))?;
/// let before = LeadTally::from_totals(february.previous()?, of(120))?;
/// assert_eq!(format!("{:+}", kpi::lead_velocity_rate(&now, &before)?), "+25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: half a month stands beside the same half of the month before, since a whole one is no comparison for it.
/// ```
/// # use sales_metrics::{Currency, ErrorKind, Lead, LeadTally, Period, Scope, date, instant, kpi};
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_qualified(date(2026, 1, 9)?)?,
///     Lead::new("L-2", instant("2026-01-08T09:00:00Z")?)?.with_qualified(date(2026, 1, 30)?)?,
///     Lead::new("L-3", instant("2026-01-31T09:00:00Z")?)?.with_qualified(date(2026, 2, 9)?)?,
/// ];
/// let running = Scope::new(Period::month(2026, 2)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let now = LeadTally::of(&leads, running)?;
/// let before = LeadTally::of(&leads, running.previous()?)?;
/// assert_eq!(kpi::lead_velocity_rate(&now, &before)?.to_string(), "0%");
///
/// let whole = Scope::new(Period::month(2026, 1)?, Currency::USD);
/// let refused = kpi::lead_velocity_rate(&now, &LeadTally::of(&leads, whole)?);
/// assert_eq!(refused.unwrap_err().kind(), ErrorKind::PeriodsNotAlike);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`qualified_leads`]: the number that grows
/// - [`revenue_growth`](super::revenue_growth): of the bookings, which follow later
///
/// # Source
/// This crate's definition.
#[doc(alias = "LVR")]
pub fn lead_velocity_rate(current: &LeadTally, previous: &LeadTally) -> Result<Percent, Error> {
    reckon::expect_days_alike(current.scope(), previous.scope())?;
    let now = Decimal::from(qualified_leads(current)?);
    let base = Decimal::from(qualified_leads(previous)?);
    if base.is_zero() {
        return Err(Undefined::ZeroPreviousLeads.into());
    }
    let gain = reckon::difference(now, base)?;
    Ok(reckon::percent(gain, base)?)
}

/// How many open leads a rep has on average.
///
/// # Formula
/// ```text
/// open leads that heads own / heads
/// ```
///
/// # Counts
/// Heads are the reps of the roster who are employed on the [`evening`](crate::Scope::evening), and gone on that of their last day of work
/// ([`TeamTally::heads`]). Leads open on it, whenever they arrived, that one of them owns. Left out are those of an owner who is none: a
/// queue, a bot, or a rep who has left ([`LeadDetail::open_by_owner`]), and those without one ([`LeadDetail::open_without_owner`]).
///
/// # Unit
/// [`Average`], 0 or more; neither way is better by itself.
///
/// # Errors
/// - [`Undefined::NoRepsOnTheDay`] where there are no heads.
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are not of one scope.
///
/// # Examples
/// Three open leads for two reps:
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Period, Rep, Roster, Scope, TeamTally, instant, kpi};
///
/// let mut leads = Vec::new();
/// for (id, owner) in [("L-1", "ada"), ("L-2", "ada"), ("L-3", "ben"), ("L-4", "inbound-queue")] {
///     leads.push(Lead::new(id, instant("2026-01-07T09:00:00Z")?)?.with_owner(owner)?);
/// }
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let leads = LeadDetail::of(&leads, q1)?;
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?], [])?;
/// let team = TeamTally::new(q1.with_roster(&roster)?);
/// assert_eq!(kpi::leads_per_rep(&leads, &team)?.to_string(), "1.5");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: who has left by the evening shares no leads any more, though the rep worked in the period. What still stands under the
/// name is nobody's, until somebody takes it over.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadDetail, Period, Rep, Roster, Scope, TeamTally, date, instant, kpi};
/// # let mut leads = Vec::new();
/// # for (id, owner) in [("L-1", "ada"), ("L-2", "ada"), ("L-3", "ben")] {
/// #     leads.push(Lead::new(id, instant("2026-01-07T09:00:00Z")?)?.with_owner(owner)?);
/// # }
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let leads = LeadDetail::of(&leads, q1)?;
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?.with_left(date(2026, 2, 28)?)?], [])?;
/// let team = TeamTally::new(q1.with_roster(&roster)?);
/// assert_eq!(kpi::leads_per_rep(&leads, &team)?.to_string(), "2");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`overloaded_reps`]: who has more than one can follow
/// - [`rep_productivity`](crate::kpi::rep_productivity): what a rep brings in
///
/// # Source
/// This crate's definition.
pub fn leads_per_rep(leads: &LeadDetail, team: &TeamTally) -> Result<Average, Error> {
    let owned = open_leads_of_heads(leads, team)?;
    let open = owned.into_iter().fold(0, u64::saturating_add);
    Ok(reckon::mean(open, team.heads(), Undefined::NoRepsOnTheDay)?)
}

/// What marketing costs for each lead.
///
/// # Formula
/// ```text
/// marketing spend / leads
/// ```
///
/// # Counts
/// Spend on marketing by its date; leads by the date of their arrival, whoever found them. One channel's cost is that of tallies grouped
/// by channel.
///
/// # Unit
/// [`Money`]; lower is better.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoSpend`] where no expense on marketing is recorded.
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are not of one scope.
///
/// # Examples
/// 30,000 spent and 500 leads:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = [Spend::new("S-1", date(2026, 1, 31)?, 30_000, Currency::USD, SpendCategory::Marketing)?];
/// let leads = LeadTally::from_totals(q1, LeadTotals::given().records(500).arrived(500))?;
/// assert_eq!(kpi::cost_per_lead(&SpendTally::of(&spend, q1)?, &leads)?.to_string(), "60 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: where no expense is recorded, leads are not free. They would lead every ranking of channels.
/// ```
/// # use sales_metrics::{Currency, LeadTally, Period, Scope, SpendTally, Undefined, kpi};
/// # use sales_metrics::tally::LeadTotals;
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let leads = LeadTally::from_totals(q1, LeadTotals::given().arrived(500))?;
/// assert_eq!(kpi::cost_per_lead(&SpendTally::new(q1), &leads), Err(Undefined::NoSpend.into()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`full_cost_per_lead`]: with what sales costs
/// - [`customer_acquisition_cost`](crate::kpi::customer_acquisition_cost): of a customer, not of a lead
///
/// # Source
/// Vendasta, *Sales lead management: become a pipeline plumber* (2017).
#[doc(alias = "CPL")]
pub fn cost_per_lead(spend: &SpendTally, leads: &LeadTally) -> Result<Money, Error> {
    per_lead(spend, leads, spend.totals().marketing()?)
}

/// What sales and marketing cost for each lead.
///
/// # Formula
/// ```text
/// sales and marketing spend / leads
/// ```
///
/// # Counts
/// Spend on sales and marketing by its date, not other spend; leads by the date of their arrival. Where expenses of one of the two alone
/// are recorded, they are the spend.
///
/// # Unit
/// [`Money`]; lower is better.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoSpend`] where no expense on sales or marketing is recorded.
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are not of one scope.
///
/// # Examples
/// 100,000 for sales, 100 for marketing, and one lead:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let of = |id, amount, category| Spend::new(id, date(2026, 1, 31)?, amount, Currency::USD, category);
/// let spend = [of("S-1", 100_000, SpendCategory::Sales)?, of("S-2", 100, SpendCategory::Marketing)?];
/// let spend = SpendTally::of(&spend, q1)?;
/// let leads = LeadTally::from_totals(q1, LeadTotals::given().arrived(1))?;
/// assert_eq!(kpi::full_cost_per_lead(&spend, &leads)?.to_string(), "100100 USD");
/// assert_eq!(kpi::cost_per_lead(&spend, &leads)?.to_string(), "100 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: money was spent and nobody came. That is no cost of 0 a lead, and no cost of 30,000 either.
/// ```
/// # use sales_metrics::{Currency, LeadTally, Period, Scope, Spend, SpendCategory, SpendTally, Undefined, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = [Spend::new("S-1", date(2026, 1, 31)?, 30_000, Currency::USD, SpendCategory::Sales)?];
/// let cost = kpi::full_cost_per_lead(&SpendTally::of(&spend, q1)?, &LeadTally::new(q1));
/// assert_eq!(cost, Err(Undefined::NoLeads.into()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`cost_per_lead`]: marketing alone
/// - [`customer_acquisition_cost`](crate::kpi::customer_acquisition_cost): of a customer, not of a lead
///
/// # Source
/// Vendasta, *Sales lead management: become a pipeline plumber* (2017).
pub fn full_cost_per_lead(spend: &SpendTally, leads: &LeadTally) -> Result<Money, Error> {
    per_lead(spend, leads, spend.totals().acquisition()?)
}

fn per_lead(spend: &SpendTally, leads: &LeadTally, cost: Spent) -> Result<Money, Error> {
    spend.scope().expect_days_of("the leads", leads.scope())?;
    match leads.totals().arrived()? {
        0 => Err(Undefined::NoLeads.into()),
        arrived => Ok(reckon::mean_cost(spend.scope(), cost, arrived)?),
    }
}

/// How many of the prospects that we contacted became an opportunity.
///
/// # Formula
/// ```text
/// contacted leads that became an opportunity by the as-of day / contacted leads
/// ```
///
/// # Counts
/// Leads, by date of the first human touch, up to the as-of day, whenever they arrived; of these, the ones converted on or before
/// the as-of day, or on one that nobody knows.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better, and 10 % is called the floor.
///
/// # Errors
/// [`Undefined::NoContactedLeads`] where no lead was touched for the first time in the period.
///
/// # Examples
/// 200 contacted, 20 of them an opportunity by now:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = LeadTotals::given().records(300).contacted(200).contacted_converted(20);
/// assert_eq!(kpi::prospect_to_opportunity_rate(&LeadTally::from_totals(q1, totals)?)?.to_string(), "10%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a lead that nobody called counts as a lead, not as a prospect that said no.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, instant, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let leads = [
///     Lead::new("L-1", instant("2025-12-30T09:00:00Z")?)?
///         .with_first_touch(instant("2026-01-02T09:00:00Z")?)?
///         .with_conversion("D-1", date(2026, 2, 1)?)?,
///     Lead::new("L-2", instant("2026-01-07T09:00:00Z")?)?,
/// ];
/// let leads = LeadTally::of(&leads, q1)?;
/// assert_eq!(kpi::prospect_to_opportunity_rate(&leads)?.to_string(), "100%");
/// assert_eq!(kpi::lead_conversion_rate(&leads)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`lead_conversion_rate`](super::lead_conversion_rate): of the leads that arrived in the period, called or not
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022), which asks for 1 in 10 at least.
pub fn prospect_to_opportunity_rate(leads: &LeadTally) -> Result<Rate, Undefined> {
    let totals = leads.totals();
    let (converted, contacted) = (totals.contacted_converted()?, totals.contacted()?);
    reckon::rate(converted, contacted, Undefined::NoContactedLeads)
}
