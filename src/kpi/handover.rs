//! Leads on their way from marketing to sales, and whether anybody talks to them.

use serde::Serialize;

use super::reckon;
use crate::error::Undefined;
use crate::record::Milestone;
use crate::tally::{LeadDetail, LeadTally, MilestoneTally, ResponseTally};
use crate::value::{Days, Length, Rate};

/// What share of the leads that marketing hands over sales accepts.
///
/// # Formula
/// ```text
/// accepted / (accepted + given back)
/// ```
///
/// # Counts
/// Leads that marketing qualified in the period (MQLs), by that day and up to the as-of day, whenever they arrived; of these, the ones that
/// sales accepted or gave back by the as-of day. Of a lead that was both, the later day holds, and of one day the acceptance. What sales has
/// not decided is in neither number, and stands beside it: [`LeadTotals::acceptance_pending`](crate::tally::LeadTotals::acceptance_pending).
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoHandoversDecided`] where sales has decided on none of them.
///
/// # Examples
/// Two of three that sales has decided on:
/// ```
/// use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, day, kpi};
///
/// let mql = |id| Lead::new(id, day("2026-01-07")?)?.with_marketing_qualified(date(2026, 1, 9)?);
/// let leads = [
///     mql("L-1")?.with_accepted(date(2026, 1, 12)?)?,
///     mql("L-2")?.with_accepted(date(2026, 1, 13)?)?,
///     mql("L-3")?.with_rejected(date(2026, 1, 13)?)?,
///     mql("L-4")?,
/// ];
/// let leads = LeadTally::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(format!("{:.1}", kpi::sales_acceptance_rate(&leads)?), "66.7%");
/// assert_eq!(leads.totals().acceptance_pending()?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what lies undecided is not refused. Accepted by all that marketing handed over would be 25 % here, and falls with every new lead.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, day, kpi};
/// # let mql = |id| Lead::new(id, day("2026-01-07")?)?.with_marketing_qualified(date(2026, 1, 9)?);
/// let leads = [mql("L-1")?.with_accepted(date(2026, 1, 12)?)?, mql("L-2")?, mql("L-3")?, mql("L-4")?];
/// let leads = LeadTally::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::sales_acceptance_rate(&leads)?.to_string(), "100%");
/// assert_eq!(leads.totals().acceptance_pending()?, 3);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`lead_to_mql_rate`]: the step before
/// - [`sal_to_sql_rate`]: the step after
///
/// # Source
/// A usual agreement between marketing and sales; this crate's definition.
pub fn sales_acceptance_rate(leads: &LeadTally) -> Result<Rate, Undefined> {
    let totals = leads.totals();
    let (accepted, rejected) = (totals.marketing_accepted()?, totals.marketing_rejected()?);
    reckon::rate(accepted, accepted + rejected, Undefined::NoHandoversDecided)
}

/// What share of the leads that arrive marketing qualifies.
///
/// # Formula
/// ```text
/// leads qualified by marketing by the as-of day / leads
/// ```
///
/// # Counts
/// Leads by the date of their arrival; of these, the ones that marketing qualified (MQLs) on or before the as-of day, in the period or after
/// it. A lead that was qualified, and nobody says by whom, is none of these.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better, as far as sales accepts them.
///
/// # Errors
/// [`Undefined::NoLeads`] where no lead arrived.
///
/// # Examples
/// 400 leads and 120 MQLs among them:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let leads = LeadTally::from_totals(q1, LeadTotals::given().arrived(400).marketing_qualified(120))?;
/// assert_eq!(kpi::lead_to_mql_rate(&leads)?.to_string(), "30%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: MQLs of the month by leads of the month may pass 100 %, since they are not the same leads. Here one lead of December is qualified
/// in January, in which one other lead arrives.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, day, kpi};
/// let leads = [
///     Lead::new("L-1", day("2025-12-30")?)?.with_marketing_qualified(date(2026, 1, 5)?)?,
///     Lead::new("L-2", day("2026-01-07")?)?,
/// ];
/// let leads = LeadTally::of(&leads, Scope::new(Period::month(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::lead_to_mql_rate(&leads)?.to_string(), "0%");
/// assert_eq!(leads.totals().newly_marketing_qualified()?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`sales_acceptance_rate`]: how many of them sales accepts
/// - [`qualification_rate`](super::qualification_rate): by the criteria of sales, where that day is known
///
/// # Source
/// A usual step of the funnel of leads; this crate's definition.
pub fn lead_to_mql_rate(leads: &LeadTally) -> Result<Rate, Undefined> {
    let totals = leads.totals();
    let qualified = totals.marketing_qualified()?;
    reckon::rate(qualified, totals.arrived()?, Undefined::NoLeads)
}

/// What share of the leads that sales accepts it qualifies.
///
/// # Formula
/// ```text
/// accepted leads that sales qualified by the as-of day / accepted leads
/// ```
///
/// # Counts
/// Leads that sales accepted in the period (SALs), by that day and up to the as-of day, whenever they arrived, and also where it gave them back
/// later; of these, the ones that sales qualified (SQLs) on or before the as-of day. A plain day of qualification, of which nobody says whose
/// it is, makes no SQL.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoAcceptedLeads`] where sales accepted no lead in the period.
///
/// # Examples
/// 80 accepted, and 48 of them qualified by now:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let leads = LeadTally::from_totals(q1, LeadTotals::given().newly_accepted(80).accepted_qualified(48))?;
/// assert_eq!(kpi::sal_to_sql_rate(&leads)?.to_string(), "60%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: those accepted last week have had no time yet. The same leads, seen from a later day, say how many it was in the end.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, day, kpi};
/// let lead = Lead::new("L-1", day("2026-03-20")?)?;
/// let lead = lead.with_accepted(date(2026, 3, 27)?)?.with_sales_qualified(date(2026, 4, 9)?)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let later = q1.as_of(date(2026, 4, 30)?)?;
/// assert_eq!(kpi::sal_to_sql_rate(&LeadTally::of([&lead], q1)?)?.to_string(), "0%");
/// assert_eq!(kpi::sal_to_sql_rate(&LeadTally::of([&lead], later)?)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`sales_acceptance_rate`]: the step before
/// - [`lead_conversion_rate`](super::lead_conversion_rate): from the arrival to the opportunity
///
/// # Source
/// A usual step of the funnel of leads; this crate's definition.
pub fn sal_to_sql_rate(leads: &LeadTally) -> Result<Rate, Undefined> {
    let totals = leads.totals();
    let qualified = totals.accepted_qualified()?;
    let none = Undefined::NoAcceptedLeads;
    reckon::rate(qualified, totals.newly_accepted()?, none)
}

/// What share of the leads anybody has talked to at all.
///
/// # Formula
/// ```text
/// leads touched by the as-of day / leads whose first day is over
/// ```
///
/// # Counts
/// Leads by the date of their arrival, where their first day is over when one looks: 24 hours, by the clock, or that day of the calendar where
/// nobody knows at which hour they arrived. Of these, the ones touched by a human by then, be it before they arrived, or late. One that was given up
/// without a touch counts as one that nobody talked to.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoLeadsThatOld`] where of no lead the first day is over.
///
/// # Examples
/// Two leads, one touched after a week:
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Period, Scope, instant, kpi};
///
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_first_touch(instant("2026-01-14T09:00:00Z")?)?,
///     Lead::new("L-2", instant("2026-01-07T09:00:00Z")?)?,
/// ];
/// let leads = LeadDetail::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::touched_lead_rate(&leads)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the lead of an hour ago is not neglected, and one that was touched at once would flatter those of yesterday. Both wait.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadDetail, Period, Scope, date, instant, kpi};
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?,
///     Lead::new("L-2", instant("2026-01-08T17:00:00Z")?)?,
///     Lead::new("L-3", instant("2026-01-08T17:00:00Z")?)?.with_first_touch(instant("2026-01-08T17:01:00Z")?)?,
/// ];
/// let today = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 1, 8)?)?;
/// let leads = LeadDetail::of(&leads, today)?;
/// assert_eq!(kpi::touched_lead_rate(&leads)?.to_string(), "0%");
/// assert_eq!((leads.as_old_as(1), leads.totals().touched()?), (1, 1));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`response_compliance`](super::response_compliance): how many are touched in time
/// - [`neglected_lead_rate`](super::neglected_lead_rate): of those that are open
///
/// # Source
/// A usual figure of teams that answer leads; this crate's definition.
pub fn touched_lead_rate(leads: &LeadDetail) -> Result<Rate, Undefined> {
    let none = reckon::none_arrived_or(leads.tally(), Undefined::NoLeadsThatOld);
    reckon::rate(leads.touched_of_a_day_old(), leads.as_old_as(1), none)
}

/// How many days leads take from one milestone to another on average.
///
/// # Formula
/// ```text
/// Σ (day of the later milestone − day of the earlier one) / leads
/// ```
///
/// # Counts
/// Leads that reached the later milestone in the period, up to the as-of day, whenever they arrived, and the earlier one on that day or before
/// it. Stand apart and are in no figure: those still on the way ([`WayTotals::waiting`](crate::tally::WayTotals::waiting)), and those of which nobody knows that they had
/// reached the earlier one ([`WayTotals::without_start`](crate::tally::WayTotals::without_start)).
///
/// # Unit
/// [`Days`] of the calendar, 0 or more; lower is better.
///
/// # Errors
/// [`Undefined::NobodyOnThatWay`] where no such lead reached the later milestone, as where it comes before the earlier one.
///
/// # Examples
/// Four days and ten, from marketing's qualification to that of sales:
/// ```
/// use sales_metrics::{Currency, Lead, Milestone, MilestoneTally, Period, Scope, date, day, kpi};
///
/// let lead = |id, sales: u32| {
///     let lead = Lead::new(id, day("2026-01-05")?)?.with_marketing_qualified(date(2026, 1, 6)?)?;
///     lead.with_sales_qualified(date(2026, 1, sales)?)
/// };
/// let leads = MilestoneTally::of(
///     [lead("L-1", 10)?, lead("L-2", 16)?],
///     Scope::new(Period::quarter(2026, 1)?, Currency::USD),
/// )?;
/// let days = kpi::average_milestone_days(&leads, Milestone::MarketingQualified, Milestone::SalesQualified)?;
/// assert_eq!(days.to_string(), "7 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what is quick comes first. Of the leads that arrived this week, those converted already took a day or two; who counts by the day
/// of arrival, takes the others for none. By the day of the conversion the slow ones of earlier weeks are there, too.
/// ```
/// # use sales_metrics::{Currency, Lead, Milestone, MilestoneTally, Period, Scope, date, day, kpi};
/// let leads = [
///     Lead::new("L-1", day("2026-01-05")?)?.with_converted(date(2026, 3, 10)?)?,
///     Lead::new("L-2", day("2026-03-09")?)?.with_converted(date(2026, 3, 11)?)?,
///     Lead::new("L-3", day("2026-03-09")?)?,
/// ];
/// let week = MilestoneTally::of(&leads, Scope::new(Period::week_of(date(2026, 3, 9)?)?, Currency::USD))?;
/// let (from, to) = (Milestone::Arrived, Milestone::Converted);
/// assert_eq!(kpi::average_milestone_days(&week, from, to)?.to_string(), "33 days");
/// assert_eq!(week.way(from, to).waiting, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`median_milestone_days`]: the lead in the middle
/// - [`average_response_time`](super::average_response_time): until the first touch, by the clock
///
/// # Source
/// A usual figure of the funnel of leads; this crate's definition.
pub fn average_milestone_days(
    leads: &MilestoneTally,
    from: Milestone,
    to: Milestone,
) -> Result<Days, Undefined> {
    let days = leads.days(from, to);
    let none = || Undefined::NobodyOnThatWay;
    let sum = u64::try_from(days.total_units()).map_err(|_| Undefined::OutOfRange)?;
    reckon::mean_days(sum, days.count(), none)
}

/// How many days the lead in the middle takes from one milestone to another.
///
/// # Formula
/// ```text
/// percentile 50 of (day of the later milestone − day of the earlier one)
/// ```
///
/// # Counts
/// Leads as [`average_milestone_days`].
///
/// # Unit
/// [`Days`] of the calendar, 0 or more; lower is better. Half a day may come of an even number of leads.
///
/// # Errors
/// As [`average_milestone_days`].
///
/// # Examples
/// Two days, three and forty:
/// ```
/// use sales_metrics::{Currency, Lead, Milestone, MilestoneTally, Period, Scope, date, day, kpi};
///
/// let lead = |id, on| Lead::new(id, day("2026-01-05")?)?.with_converted(on);
/// let leads = [lead("L-1", date(2026, 1, 7)?)?, lead("L-2", date(2026, 1, 8)?)?, lead("L-3", date(2026, 2, 14)?)?];
/// let leads = MilestoneTally::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let (from, to) = (Milestone::Arrived, Milestone::Converted);
/// assert_eq!(kpi::median_milestone_days(&leads, from, to)?.to_string(), "3 days");
/// assert_eq!(kpi::average_milestone_days(&leads, from, to)?.to_string(), "15 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a lead that was an opportunity before marketing qualified it took no days below 0, nor 0. It is in no figure, and counted.
/// ```
/// # use sales_metrics::{Currency, Lead, Milestone, MilestoneTally, Period, Scope, Undefined, date, day, kpi};
/// let lead = Lead::new("L-1", day("2026-01-05")?)?.with_converted(date(2026, 1, 7)?)?;
/// let lead = lead.with_marketing_qualified(date(2026, 1, 9)?)?;
/// let leads = MilestoneTally::of([lead], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let (from, to) = (Milestone::MarketingQualified, Milestone::Converted);
/// assert_eq!(kpi::median_milestone_days(&leads, from, to), Err(Undefined::NobodyOnThatWay));
/// assert_eq!(leads.way(from, to).without_start, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_milestone_days`]: the mean
///
/// # Source
/// A usual figure of the funnel of leads; this crate's definition.
pub fn median_milestone_days(
    leads: &MilestoneTally,
    from: Milestone,
    to: Milestone,
) -> Result<Days, Undefined> {
    let median = leads.days(from, to).median();
    median.ok_or(Undefined::NobodyOnThatWay)
}

/// How soon leads are met, and what becomes of those met soon and late.
///
/// # Formula
/// ```text
/// for each limit: leads touched within it / leads whose greatest limit is over; then those touched later, and those touched by nobody
/// of each of these: leads that became an opportunity by the as-of day / leads
/// ```
///
/// # Counts
/// Leads by the date of their arrival, where the greatest of the limits is over when one looks, as [`response_compliance`](super::response_compliance)
/// has it: in working time, with a calendar. A band has the leads touched within its limit and within none before it. Left out are those whose
/// clock runs, touched or not ([`ResponseTotals::pending`](crate::tally::ResponseTotals::pending)), and the ones given up before, touched before they arrived, or without a time of day
/// ([`ResponseTotals::left_out`](crate::tally::ResponseTotals::left_out)).
///
/// # Unit
/// A table: a [`ResponseBand`] for each limit, the shortest first, then one for later touches and one for none. Their shares add up to 100 %.
///
/// # Errors
/// - [`Undefined::NoLeads`] where no lead arrived.
/// - [`Undefined::NoDueLeads`] where the greatest limit is over for none; [`Undefined::NoTimeOfDay`] where of none it is known.
///
/// # Examples
/// One lead within five minutes, one within an hour, one on the next day, and one never:
/// ```
/// use sales_metrics::{Currency, Lead, LeadScope, Length, Period, ResponseTally, Scope, date, instant, kpi};
///
/// let arrived = instant("2026-01-07T09:00:00Z")?;
/// let lead = |id, touched| Lead::new(id, arrived)?.with_first_touch(instant(touched)?);
/// let leads = [
///     lead("L-1", "2026-01-07T09:04:00Z")?.with_converted(date(2026, 1, 20)?)?,
///     lead("L-2", "2026-01-07T09:40:00Z")?,
///     lead("L-3", "2026-01-08T09:00:00Z")?,
///     Lead::new("L-4", arrived)?,
/// ];
/// let q1 = LeadScope::from(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let tally = ResponseTally::of(&leads, q1.with_limits([Length::minutes(5), Length::hours(1)])?)?;
/// let bands = kpi::response_time_distribution(&tally)?;
/// assert_eq!(bands.iter().map(|band| band.leads).collect::<Vec<_>>(), [1, 1, 1, 1]);
/// assert_eq!(bands[0].conversion.map(|rate| rate.to_string()), Some("100%".to_owned()));
/// assert_eq!(bands[1].conversion.map(|rate| rate.to_string()), Some("0%".to_owned()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a lead of ten minutes ago, touched at once, is in no band where one of the limits is an hour. Else the quick ones alone of the last
/// hour would be there, and the share within five minutes too high.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadScope, Length, Period, ResponseTally, Scope, Undefined, instant, kpi};
/// let lead = Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_first_touch(instant("2026-01-07T09:01:00Z")?)?;
/// let now = LeadScope::from(Scope::new(Period::quarter(2026, 1)?, Currency::USD)).as_of_instant(instant("2026-01-07T09:10:00Z")?)?;
/// let tally = ResponseTally::of([lead], now.with_limits([Length::minutes(5), Length::hours(1)])?)?;
/// assert_eq!(kpi::response_time_distribution(&tally), Err(Undefined::NoDueLeads));
/// assert_eq!(tally.totals().pending, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`response_compliance`](super::response_compliance): of one limit
/// - [`response_time_percentile`](super::response_time_percentile): within what time a given share is met
///
/// # Source
/// A usual table of teams that answer leads; this crate's definition.
pub fn response_time_distribution(leads: &ResponseTally) -> Result<Vec<ResponseBand>, Undefined> {
    let totals = leads.totals();
    let due = totals.due();
    let none = match totals.arrived {
        0 => Undefined::NoLeads,
        _ => reckon::none_due(totals.waits_are_unknown()),
    };
    let limits = leads
        .response_scope()
        .limits()
        .map(Some)
        .chain([None, None]);
    let is_touched = totals.within.iter().map(|_| true).chain([true, false]);
    let groups = totals
        .within
        .iter()
        .chain([&totals.later, &totals.untouched]);
    let mut bands = Vec::new();
    for ((within, is_touched), group) in limits.zip(is_touched).zip(groups) {
        bands.push(ResponseBand {
            within,
            is_touched,
            leads: group.leads,
            share: reckon::rate(group.leads, due, none)?,
            converted: group.converted,
            conversion: reckon::rate(group.converted, group.leads, none).ok(),
        });
    }
    Ok(bands)
}

/// Leads that were met equally soon: what [`response_time_distribution`] returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct ResponseBand {
    /// Touched within this time, but within no shorter limit; none for those touched later, or never.
    pub within: Option<Length>,
    /// Whether they were touched by the as-of day.
    pub is_touched: bool,
    /// How many leads.
    pub leads: u64,
    /// Their share of all leads in the table.
    pub share: Rate,
    /// How many of them became an opportunity by the as-of day, or on one that nobody knows.
    pub converted: u64,
    /// The share of them that did; none where there is no lead.
    pub conversion: Option<Rate>,
}
