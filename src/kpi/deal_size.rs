//! How large deals are, and how far below their list prices they go.

use super::pipeline::expect_no_hindsight;
use super::reckon;
use crate::error::Undefined;
use crate::tally::{DealDetail, DealTally};
use crate::value::{Money, Rate};

/// What a lost deal would have been worth, on average.
///
/// # Formula
/// ```text
/// Σ amount of the lost deals / lost deals that have one
/// ```
///
/// # Counts
/// Deals lost, by close date, up to the as-of day. Those without an amount are not averaged; `totals().lost()?.unpriced()` counts them.
/// Disqualified ones are not among them.
///
/// # Unit
/// [`Money`], 0 or more. By itself neither direction is better; above [`average_deal_size`](super::average_deal_size) the larger deals are
/// the ones that are lost.
///
/// # Errors
/// - [`Undefined::NoLostDeals`] where no deal was lost.
/// - [`Undefined::NothingPriced`] where deals were lost and none has an amount.
///
/// # Examples
/// Three deals lost, one of them without an amount:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let lost = Priced::some(3, 2, Decimal::from(30_000).try_into()?);
/// let deals = DealTally::from_totals(q1, DealTotals::given().lost(lost))?;
/// assert_eq!(kpi::average_lost_deal_size(&deals)?.to_string(), "15000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: an export that sets the amount of what is lost to 0 says 0 here, though nobody lost a deal of nothing. One that leaves it empty
/// says so.
/// ```
/// # use sales_metrics::{Currency, DealTally, Period, Scope, Undefined, kpi};
/// # use sales_metrics::tally::{AmountSum, DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let of = |lost| DealTally::from_totals(q1, DealTotals::given().lost(lost));
/// assert_eq!(kpi::average_lost_deal_size(&of(Priced::all(3, AmountSum::ZERO))?)?.to_string(), "0 USD");
/// assert_eq!(kpi::average_lost_deal_size(&of(Priced::none(3))?), Err(Undefined::NothingPriced));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_deal_size`](super::average_deal_size): of the won deals, to hold against this
/// - [`win_rate_by_value`](super::win_rate_by_value): which share of the money was won
/// - [`loss_reasons`](super::loss_reasons): what the deals were lost for
///
/// # Source
/// This crate's definition.
pub fn average_lost_deal_size(deals: &DealTally) -> Result<Money, Undefined> {
    let lost = deals.totals().lost()?;
    match (lost.count, lost.priced) {
        (0, _) => Err(Undefined::NoLostDeals),
        (_, 0) => Err(Undefined::NothingPriced),
        (_, priced) => reckon::mean_money(deals.scope(), lost.amount, priced),
    }
}

/// What an open deal is worth, on average.
///
/// # Formula
/// ```text
/// Σ amount of the open deals / open deals that have one
/// ```
///
/// # Counts
/// Deals open on the [`evening`](crate::Scope::evening), whenever they were created. Those without an amount are not averaged;
/// `totals().open()?.unpriced()` counts them.
///
/// # Unit
/// [`Money`], 0 or more. By itself neither direction is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] as [`pipeline_value`](super::pipeline_value): what deals were worth on a past evening is not in today's
///   records.
/// - [`Undefined::NoOpenDeals`] where no deal is open.
/// - [`Undefined::NothingPriced`] where deals are open and none has an amount.
///
/// # Examples
/// Three open deals, one of them without an amount:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(10_000)?,
///     Deal::new("D-2", date(2025, 9, 3)?, Outcome::Open, Currency::USD)?.with_amount(20_000)?,
///     Deal::new("D-3", date(2026, 3, 9)?, Outcome::Open, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::average_open_deal_size(&deals)?.to_string(), "15000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that nobody has priced yet is no deal of 0. Divided by all three, it would be 10,000.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let open = |id| Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD);
/// let deals = [open("D-1")?.with_amount(10_000)?, open("D-2")?.with_amount(20_000)?, open("D-3")?];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let (open, value) = (kpi::open_deals(&deals)?, kpi::pipeline_value(&deals)?);
/// assert_eq!((open, value.to_string().as_str()), (3, "30000 USD"));
/// assert_eq!(kpi::average_open_deal_size(&deals)?.to_string(), "15000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_deal_size`](super::average_deal_size): of the won deals; where open ones are far larger, few of them are won, or at less
/// - [`pipeline_value`](super::pipeline_value): what they are worth together
///
/// # Source
/// This crate's definition.
pub fn average_open_deal_size(deals: &DealTally) -> Result<Money, Undefined> {
    expect_no_hindsight(deals)?;
    let open = deals.totals().open()?;
    match (open.count, open.priced) {
        (0, _) => Err(Undefined::NoOpenDeals),
        (_, 0) => Err(Undefined::NothingPriced),
        (_, priced) => reckon::mean_money(deals.scope(), open.amount, priced),
    }
}

/// The deal size below or at which a share `p` of the won deals lies.
///
/// # Formula
/// ```text
/// percentile p of the amounts: the value at position p × (n − 1) of the n sorted amounts, interpolated linearly between
/// the two nearest
/// ```
/// It is SQL's `PERCENTILE_CONT` and the spreadsheets' `PERCENTILE.INC`.
///
/// # Counts
/// Won deals that have an amount, by close date, as [`median_deal_size`](super::median_deal_size).
///
/// # Unit
/// [`Money`], 0 or more. By itself neither direction is better.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
///
/// # Examples
/// Deals won at 1,000, 2,000 and 9,000:
/// ```
/// use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Rate, Scope, date, kpi};
///
/// let mut deals = DealDetail::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (id, amount) in [("D-1", 1_000), ("D-2", 2_000), ("D-3", 9_000)] {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     deals.record(&Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(amount)?)?;
/// }
/// assert_eq!(kpi::deal_size_percentile(&deals, Rate::HALF)?.to_string(), "2000 USD");
/// assert_eq!(kpi::deal_size_percentile(&deals, "75%".parse()?)?.to_string(), "5500 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a percentile between two deals is the size of no deal. No deal of these is worth 5,500; their mean of 4,000 is that of none, either.
/// ```
/// # use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Rate, Scope, date, kpi};
/// # let mut deals = DealDetail::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// # for (id, amount) in [("D-1", 1_000), ("D-2", 2_000), ("D-3", 9_000)] {
/// #     let won = Outcome::Won { on: date(2026, 2, 20)? };
/// #     deals.record(&Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(amount)?)?;
/// # }
/// assert_eq!(kpi::deal_size_percentile(&deals, Rate::ONE)?.to_string(), "9000 USD");
/// assert_eq!(kpi::average_deal_size(deals.tally())?.to_string(), "4000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`median_deal_size`](super::median_deal_size): the one in the middle
/// - [`average_deal_size`](super::average_deal_size): the mean, which one large deal moves
///
/// # Source
/// This crate's definition.
pub fn deal_size_percentile(deals: &DealDetail, p: Rate) -> Result<Money, Undefined> {
    let size = deals.sizes().percentile(p);
    size.ok_or_else(|| reckon::no_priced_win(deals.tally()))
}
