//! How large deals are, how far below their list prices they go, and how late in the period.

use rust_decimal::Decimal;

use super::pipeline::expect_no_hindsight;
use super::{reckon, total_revenue};
use crate::error::Undefined;
use crate::tally::{DealDetail, DealTally, SpreadTally};
use crate::value::{Money, Percent, Rate, percentile};

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
/// # use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, Undefined, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let of = |lost| DealTally::from_totals(q1, DealTotals::given().lost(lost));
/// assert_eq!(kpi::average_lost_deal_size(&of(Priced::all(3, Decimal::ZERO.try_into()?))?)?.to_string(), "0 USD");
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

/// How many of the deals that were sold by a price list went below it.
///
/// # Formula
/// ```text
/// won deals sold below their list price / won deals with an amount and a list price above 0
/// ```
///
/// # Counts
/// Won deals by close date, up to the as-of day. Those without an amount, or without a list price above 0, are left out.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; lower is better.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NothingListed`] where deals were won and none has both an amount and a list price.
/// - [`Undefined::ZeroListPrice`] where all of these list prices are 0.
///
/// # Examples
/// Of two deals, one was sold below its list price:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SpreadTally, date, kpi};
///
/// let won = Outcome::Won { on: date(2026, 2, 20)? };
/// let listed = |id, sold, list| {
///     Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(sold)?.with_list_price(list)
/// };
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = SpreadTally::of([listed("D-1", 900, 1_000)?, listed("D-2", 1_000, 1_000)?], q1)?;
/// assert_eq!(kpi::discounted_deal_rate(&deals)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the discount rate does not tell a few large discounts from many small ones. Here both are 5 %.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SpreadTally, date, kpi};
/// # let won = Outcome::Won { on: date(2026, 2, 20)? };
/// # let listed = |id, sold, list| {
/// #     Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(sold)?.with_list_price(list)
/// # };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let one = SpreadTally::of([listed("D-1", 900, 1_000)?, listed("D-2", 1_000, 1_000)?], q1)?;
/// let both = SpreadTally::of([listed("D-1", 950, 1_000)?, listed("D-2", 950, 1_000)?], q1)?;
/// for deals in [&one, &both] {
///     assert_eq!(kpi::discount_rate(deals.tally())?.to_string(), "5%");
/// }
/// assert_eq!(kpi::discounted_deal_rate(&one)?.to_string(), "50%");
/// assert_eq!(kpi::discounted_deal_rate(&both)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`discount_rate`](super::discount_rate): how much was given away altogether
/// - [`discount_percentile`]: how much on a usual deal, and on an unusual one
///
/// # Source
/// This crate's definition.
pub fn discounted_deal_rate(deals: &SpreadTally) -> Result<Rate, Undefined> {
    let (listed, below) = deals.discounted();
    reckon::rate(below, listed, none_listed(deals))
}

/// The discount below or at which a share `p` of the deals lies that were sold by a price list.
///
/// # Formula
/// ```text
/// percentile p of (1 − sold / list): the value at position p × (n − 1) of the n sorted discounts, interpolated linearly
/// between the two nearest
/// ```
///
/// # Counts
/// Won deals with an amount and a list price above 0, by close date, up to the as-of day; [`SpreadTally::listed`] has them all.
///
/// # Unit
/// [`Percent`] of the list price, up to 100 %; below 0 % for a surcharge. Lower is better.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NothingListed`] where deals were won and none has both an amount and a list price.
/// - [`Undefined::ZeroListPrice`] where all of these list prices are 0.
///
/// # Examples
/// Deals sold at the list price, 10 % and 40 % below it:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Rate, Scope, SpreadTally, date, kpi};
///
/// let mut deals = SpreadTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (id, sold, list) in [("D-1", 60, 100), ("D-2", 1_000, 1_000), ("D-3", 90, 100)] {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     deals.record(&Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(sold)?.with_list_price(list)?)?;
/// }
/// assert_eq!(kpi::discount_percentile(&deals, Rate::HALF)?.to_string(), "10%");
/// assert_eq!(kpi::discount_percentile(&deals, "75%".parse()?)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: of the same deals the discount rate is 4.2 %, since the large deal, at its list price, weighs most.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Rate, Scope, SpreadTally, date, kpi};
/// # let mut deals = SpreadTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// # for (id, sold, list) in [("D-1", 60, 100), ("D-2", 1_000, 1_000), ("D-3", 90, 100)] {
/// #     let won = Outcome::Won { on: date(2026, 2, 20)? };
/// #     deals.record(&Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(sold)?.with_list_price(list)?)?;
/// # }
/// assert_eq!(format!("{:.1}", kpi::discount_rate(deals.tally())?), "4.2%");
/// assert_eq!(kpi::discount_percentile(&deals, Rate::ONE)?.to_string(), "40%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`discounted_deal_rate`]: how many deals went below the list price at all
/// - [`discount_rate`](super::discount_rate): of the money
///
/// # Source
/// This crate's definition.
pub fn discount_percentile(deals: &SpreadTally, p: Rate) -> Result<Percent, Undefined> {
    let mut discounts = Vec::new();
    for (sold, list) in deals.listed() {
        let share = reckon::quotient(sold.amount(), list.amount())?;
        discounts.push(reckon::difference(Decimal::ONE, share)?);
    }
    let count = u64::try_from(discounts.len()).unwrap_or(u64::MAX);
    let at = |position| discounts.get(usize::try_from(position).ok()?).copied();
    let discount = percentile(count, &at, p).ok_or_else(|| none_listed(deals))?;
    Percent::from_fraction(discount)
}

/// Why no won deal has a list price above 0.
fn none_listed(deals: &SpreadTally) -> Undefined {
    match deals.totals().listed() {
        Ok(listed) if listed.count == 0 => {
            reckon::none_won_or(deals.tally(), Undefined::NothingListed)
        }
        Ok(_) => Undefined::ZeroListPrice,
        Err(reason) => reason,
    }
}

/// How much of what was won came in the last days of the period: linearity.
///
/// # Formula
/// ```text
/// Σ amount of the deals won in the last so many days of the period / Σ amount of the won deals
/// ```
///
/// # Counts
/// Won deals by close date. Those without an amount add nothing; `totals().won()?.unpriced()` counts them.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; lower is better. Evenly spread, it is the days' share of the period: 15.6 % for two weeks of a quarter.
///
/// # Errors
/// - [`Undefined::NothingOver`] where the period is not over: its last days are still to come.
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount, or the same of those of the last days.
/// - [`Undefined::ZeroRevenue`] where all of them are worth 0.
///
/// # Examples
/// 30,000 won, 24,000 of it in the last two weeks:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SpreadTally, date, kpi};
///
/// let mut deals = SpreadTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (id, on, amount) in [("D-1", date(2026, 1, 20)?, 6_000), ("D-2", date(2026, 3, 18)?, 9_000), ("D-3", date(2026, 3, 31)?, 15_000)] {
///     let won = Outcome::Won { on };
///     deals.record(&Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(amount)?)?;
/// }
/// assert_eq!(kpi::late_revenue_rate(&deals, 14)?.to_string(), "80%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the last 14 days of the quarter begin on 18 March, since its last day is one of them; of the last 13, that deal is none.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SpreadTally, date, kpi};
/// # let mut deals = SpreadTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// # for (id, on, amount) in [("D-1", date(2026, 1, 20)?, 6_000), ("D-2", date(2026, 3, 18)?, 9_000), ("D-3", date(2026, 3, 31)?, 15_000)] {
/// #     let won = Outcome::Won { on };
/// #     deals.record(&Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(amount)?)?;
/// # }
/// assert_eq!(kpi::late_revenue_rate(&deals, 13)?.to_string(), "50%");
/// assert_eq!(deals.won_in_last(13).count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`total_revenue`]: of all days
/// - [`pace`](super::pace): how far one is with a target while the period runs
///
/// # Source
/// This crate's definition.
#[doc(alias = "linearity")]
pub fn late_revenue_rate(deals: &SpreadTally, days: u32) -> Result<Rate, Undefined> {
    if !deals.scope().is_complete() {
        return Err(Undefined::NothingOver);
    }
    let won = total_revenue(deals.tally())?.amount();
    let late = reckon::amount(deals.scope(), deals.won_in_last(days))?;
    let none = reckon::none_won_or(deals.tally(), Undefined::ZeroRevenue);
    reckon::rate(late.amount(), won, none)
}
