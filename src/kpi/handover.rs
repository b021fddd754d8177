//! Leads on their way from marketing to sales, and whether anybody talks to them.

use super::reckon;
use crate::error::Undefined;
use crate::tally::{LeadDetail, LeadTally};
use crate::value::Rate;

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
