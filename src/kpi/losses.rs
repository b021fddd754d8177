//! What is lost, how soon, and for what.

use super::reckon;
use crate::error::Undefined;
use crate::tally::DealTally;
use crate::value::Days;

/// How long it takes to lose a deal, on average.
///
/// # Formula
/// ```text
/// Σ (close − creation) in days / lost deals created on or before their close
/// ```
///
/// # Counts
/// Deals lost, by close date. Those of unknown creation are left out, and so are those that closed before it, which
/// `totals().lost_cycle()?.unsound` counts. Disqualified ones are not among them.
///
/// # Unit
/// [`Days`], 0 or more. Lower is better: what is lost should be lost soon.
///
/// # Errors
/// - [`Undefined::NoLostDeals`] where no deal was lost.
/// - [`Undefined::NoSoundCycle`] where deals were lost, and of none is the creation known and on or before its close.
///
/// # Examples
/// Two deals lost after 30 and after 60 days:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let lost = Outcome::Lost { on: date(2026, 3, 2)? };
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 31)?, lost, Currency::USD)?,
///     Deal::new("D-2", date(2026, 1, 1)?, lost, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::time_to_loss(&deals)?.to_string(), "45 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it falls in a quarter in which nobody cleans up. What was lost long ago, and is still open, is in no mean: see
/// [`average_deal_age`](super::average_deal_age).
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// let lost = Outcome::Lost { on: date(2026, 3, 2)? };
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 31)?, lost, Currency::USD)?,
///     Deal::new("D-2", date(2025, 1, 1)?, Outcome::Open, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::time_to_loss(&deals)?.to_string(), "30 days");
/// assert_eq!(kpi::average_deal_age(&deals)?.to_string(), "454 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`sales_cycle_length`](super::sales_cycle_length): of the won deals
/// - [`closed_cycle_length`](super::closed_cycle_length): of both
/// - [`corrected_median_cycle`](super::corrected_median_cycle): with those still open
///
/// # Source
/// This crate's definition.
pub fn time_to_loss(deals: &DealTally) -> Result<Days, Undefined> {
    let totals = deals.totals();
    let (cycle, lost) = (totals.lost_cycle()?, totals.lost()?.count);
    reckon::mean_days(cycle.days, cycle.count, || match lost {
        0 => Undefined::NoLostDeals,
        _ => Undefined::NoSoundCycle,
    })
}
