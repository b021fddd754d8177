//! What is lost, how soon, and for what.

use serde::Serialize;

use super::reckon;
use crate::error::Undefined;
use crate::tally::{DealTally, LossTally};
use crate::value::{Days, Label, Rate, Volume, sorted};

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

/// What deals are lost for: of each reason, how many, what they are worth, and which share of all losses of known reason.
///
/// # Formula
/// ```text
/// for each reason: number and Σ amount of the deals lost for it, and their number / lost deals that have a reason
/// ```
///
/// # Counts
/// Deals lost, by close date, up to the as-of day, each with the one reason of its record. Those without one are counted apart, and are in
/// no share. Two spellings are two reasons: [`Audit`](crate::audit) finds them.
///
/// # Unit
/// [`LossReasons`]: a row for each reason, the most frequent first, of [`Volume`] and [`Rate`]; the shares add up to 100 %.
///
/// # Errors
/// [`Undefined::NoLostDeals`] where no deal was lost. Where none of the lost ones has a reason, the table has no row.
///
/// # Examples
/// Four deals lost, one of them for no known reason:
/// ```
/// use sales_metrics::{Currency, Deal, LossTally, Outcome, Period, Scope, date, kpi};
///
/// let lost = |id, amount| {
///     Deal::new(id, date(2026, 1, 7)?, Outcome::Lost { on: date(2026, 3, 2)? }, Currency::USD)?.with_amount(amount)
/// };
/// let deals = [
///     lost("D-1", 1_000)?.with_loss_reason("price")?,
///     lost("D-2", 2_000)?.with_loss_reason("price")?,
///     lost("D-3", 9_000)?.with_loss_reason("no budget")?,
///     lost("D-4", 500)?,
/// ];
/// let losses = LossTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let table = kpi::loss_reasons(&losses)?;
/// let rows: Vec<String> = table.reasons().iter().map(|row| format!("{}: {}, {:.1}", row.reason, row.lost, row.share)).collect();
/// assert_eq!(rows, ["price: 2 · 3000 USD, 66.7%", "no budget: 1 · 9000 USD, 33.3%"]);
/// assert_eq!(table.without_reason().to_string(), "1 · 500 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the reason of the most deals is not that of the most money, and a share of all lost deals, 50 % for the price, would fall with
/// each reason that nobody wrote down.
/// ```
/// # use sales_metrics::{Currency, Deal, LossTally, Outcome, Period, Scope, date, kpi};
/// # let lost = |id, amount| {
/// #     Deal::new(id, date(2026, 1, 7)?, Outcome::Lost { on: date(2026, 3, 2)? }, Currency::USD)?.with_amount(amount)
/// # };
/// # let deals = [
/// #     lost("D-1", 1_000)?.with_loss_reason("price")?,
/// #     lost("D-2", 2_000)?.with_loss_reason("price")?,
/// #     lost("D-3", 9_000)?.with_loss_reason("no budget")?,
/// #     lost("D-4", 500)?,
/// # ];
/// # let losses = LossTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// # let table = kpi::loss_reasons(&losses)?;
/// let dearest = table.reasons().iter().max_by_key(|row| row.lost.amount().map(|amount| amount.amount()).unwrap_or_default());
/// assert_eq!(dearest.map(|row| row.reason.as_str()), Some("no budget"));
/// assert_eq!((losses.totals().lost()?.count, losses.lost_for(&["price"]).count), (4, 2));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_rate_without`]: how often we win, but for some of these reasons
/// - [`LossTally::by`]: the same for each competitor, segment or rep
/// - [`average_lost_deal_size`](super::average_lost_deal_size): what a lost deal is worth
///
/// # Source
/// This crate's definition.
pub fn loss_reasons(losses: &LossTally) -> Result<LossReasons, Undefined> {
    let totals = losses.totals();
    if totals.lost()?.count == 0 {
        return Err(Undefined::NoLostDeals);
    }
    let without = losses.without_reason();
    let known = totals.lost()?.count.saturating_sub(without.count);
    let mut reasons = Vec::new();
    for (reason, lost) in losses.reasons() {
        reasons.push(LossReason {
            reason: reason.clone(),
            lost: reckon::volume(losses.scope(), lost),
            share: reckon::rate(lost.count, known, Undefined::NoLostDeals)?,
        });
    }
    Ok(LossReasons {
        reasons: sorted(reasons, |a, b| b.lost.count().cmp(&a.lost.count())),
        without_reason: reckon::volume(losses.scope(), without),
    })
}

/// What the deals of a period were lost for. It is made by [`loss_reasons`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LossReasons {
    reasons: Vec<LossReason>,
    without_reason: Volume,
}

/// A reason, and the deals that were lost for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LossReason {
    /// As the records say it.
    pub reason: Label,
    /// How many deals, and what they are worth.
    pub lost: Volume,
    /// Of the lost deals that have a reason.
    pub share: Rate,
}

impl LossReasons {
    /// Those of the most deals first; of as many, in the order of their names.
    #[must_use]
    pub fn reasons(&self) -> &[LossReason] {
        &self.reasons
    }

    /// The lost deals of which nobody said what they were lost for.
    #[must_use]
    pub fn without_reason(&self) -> Volume {
        self.without_reason
    }
}

/// How many of the decided deals we win, but for what was lost for some reasons: what never was a contest, such as duplicates.
///
/// # Formula
/// ```text
/// won / (won + lost for any other reason, or for none that is known)
/// ```
///
/// # Counts
/// Deals won and lost, by close date, as [`win_rate`](super::win_rate). Left out are those lost for one of the reasons, by their very text;
/// [`LossTally::lost_for`] counts them. A reason that no deal was lost for leaves out none.
///
/// # Unit
/// [`Rate`], 0 % to 100 %, never below [`win_rate`](super::win_rate); higher is better.
///
/// # Errors
/// [`Undefined::NoDecidedDeals`] where no deal was won, or lost for another reason.
///
/// # Examples
/// One deal won and three lost, two of which were duplicates or parked:
/// ```
/// use sales_metrics::{Currency, Deal, LossTally, Outcome, Period, Scope, date, kpi};
///
/// let on = date(2026, 3, 2)?;
/// let lost = |id, reason| Deal::new(id, date(2026, 1, 7)?, Outcome::Lost { on }, Currency::USD)?.with_loss_reason(reason);
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on }, Currency::USD)?,
///     lost("D-2", "price")?,
///     lost("D-3", "duplicate")?,
///     lost("D-4", "parked")?,
/// ];
/// let losses = LossTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let none_of_ours = ["duplicate", "parked"];
/// assert_eq!(kpi::win_rate_without(&losses, &none_of_ours)?.to_string(), "50%");
/// assert_eq!(losses.lost_for(&none_of_ours).count, 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: each reason that is left out raises the rate, up to 100 %. Beside it belongs how many deals were left out.
/// ```
/// # use sales_metrics::{Currency, Deal, LossTally, Outcome, Period, Scope, date, kpi};
/// # let on = date(2026, 3, 2)?;
/// # let lost = |id, reason| Deal::new(id, date(2026, 1, 7)?, Outcome::Lost { on }, Currency::USD)?.with_loss_reason(reason);
/// # let deals = [
/// #     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on }, Currency::USD)?,
/// #     lost("D-2", "price")?,
/// #     lost("D-3", "duplicate")?,
/// #     lost("D-4", "parked")?,
/// # ];
/// # let losses = LossTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::win_rate(losses.tally())?.to_string(), "25%");
/// assert_eq!(kpi::win_rate_without(&losses, &["price", "duplicate", "parked"])?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_rate`](super::win_rate): of all decided deals
/// - [`broad_win_rate`](super::broad_win_rate): for exports that tell apart what never was an opportunity
/// - [`loss_reasons`]: which reasons there are
///
/// # Source
/// This crate's definition.
pub fn win_rate_without(losses: &LossTally, reasons: &[&str]) -> Result<Rate, Undefined> {
    let (won, lost) = (losses.totals().won()?.count, losses.totals().lost()?.count);
    let left = lost.saturating_sub(losses.lost_for(reasons).count);
    reckon::rate(won, won + left, Undefined::NoDecidedDeals)
}
