//! What each channel costs, and what it brings.

use std::collections::BTreeMap;

use super::reckon;
use super::recurring::known;
use crate::error::{Error, Undefined};
use crate::record::Origin;
use crate::tally::{
    CustomerTally, DealTally, LeadTally, Priced, PurchaseTally, SpendTally, SpreadTally,
};
use crate::value::{Label, Money, Months, Percent, Rate};

/// What it costs to find a lead through one channel.
///
/// # Formula
/// ```text
/// (spend on sales + spend on marketing) of the channel / leads that arrived through the channel
/// ```
///
/// # Counts
/// Spend by its date, of the categories sales and marketing, that names the channel. Leads by the date of arrival, told apart by what they
/// name as their source: `LeadTally::by(&leads, scope, Lead::source)`. What was spent on no channel in particular is in no channel's cost. A
/// report told apart by `source` shows the same as [`full_cost_per_lead`](crate::kpi::full_cost_per_lead) of each group;
/// [`cost_per_lead`](crate::kpi::cost_per_lead) is less, since it leaves sales out.
///
/// # Unit
/// [`Money`] a lead, 0 or more; lower is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are not of one period, seen from one day.
/// - [`Undefined::NoLeads`] where no lead arrived through the channel.
/// - [`Undefined::NoSpend`] where no expense of the channel on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where more
///   came back than was spent.
///
/// # Examples
/// A webinar for 1,200 that brought three leads:
/// ```
/// use sales_metrics::{Currency, Label, Lead, LeadTally, Period, Scope, Spend, SpendCategory, SpendTally, date, day, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = Spend::new("S-1", date(2026, 1, 31)?, 1_200, Currency::USD, SpendCategory::Marketing)?;
/// let spend = SpendTally::of([spend.with_source("webinar")?], q1)?;
/// let lead = |id, source| Lead::new(id, day("2026-02-03")?)?.with_source(source);
/// let leads = [lead("L-1", "webinar")?, lead("L-2", "webinar")?, lead("L-3", "webinar")?, lead("L-4", "fair")?];
/// let by_channel = LeadTally::by(&leads, q1, Lead::source)?;
/// assert_eq!(kpi::channel_cost_per_lead(&spend, &by_channel, &Label::new("webinar")?)?.to_string(), "400 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: over all leads the webinar would look cheaper for every lead that the fair brought. And the fair's leads were not free: what
/// they cost was not recorded.
/// ```
/// # use sales_metrics::{Currency, Label, Lead, LeadTally, Period, Scope, Spend, SpendCategory, SpendTally, Undefined, date, day, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let spend = Spend::new("S-1", date(2026, 1, 31)?, 1_200, Currency::USD, SpendCategory::Marketing)?;
/// # let spend = SpendTally::of([spend.with_source("webinar")?], q1)?;
/// # let lead = |id, source| Lead::new(id, day("2026-02-03")?)?.with_source(source);
/// # let leads = [lead("L-1", "webinar")?, lead("L-2", "webinar")?, lead("L-3", "webinar")?, lead("L-4", "fair")?];
/// # let by_channel = LeadTally::by(&leads, q1, Lead::source)?;
/// assert_eq!(kpi::full_cost_per_lead(&spend, &LeadTally::of(&leads, q1)?)?.to_string(), "300 USD");
/// let fair = kpi::channel_cost_per_lead(&spend, &by_channel, &Label::new("fair")?);
/// assert_eq!(fair, Err(Undefined::NoSpend.into()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`full_cost_per_lead`](crate::kpi::full_cost_per_lead): all channels, and what belongs to none
/// - [`cost_per_acquisition`](crate::kpi::cost_per_acquisition): per customer, not per lead
///
/// # Source
/// This crate's definition.
pub fn channel_cost_per_lead(
    spend: &SpendTally,
    leads: &BTreeMap<Option<&Label>, LeadTally>,
    channel: &Label,
) -> Result<Money, Error> {
    let scope = spend.scope();
    let cost = spend.channel(channel)?.acquisition()?;
    let Some(leads) = leads.get(&Some(channel)) else {
        return Err(Undefined::NoLeads.into());
    };
    scope.expect_days_of("the leads", leads.scope())?;
    match leads.totals().arrived()? {
        0 => Err(Undefined::NoLeads.into()),
        arrived => Ok(reckon::mean_cost(scope, cost, arrived)?),
    }
}

/// How many months it takes until the new customers of one channel have paid back what the channel cost.
///
/// # Formula
/// ```text
/// (spend on sales + spend on marketing) of the channel / (recurring revenue a month of its new customers × gross margin)
/// ```
///
/// # Counts
/// Spend by its date, of the categories sales and marketing, that names the channel. Its new customers as in
/// [`cost_per_acquisition`](crate::kpi::cost_per_acquisition): the accounts whose first win ever is in the period and names the channel. What
/// they pay is read from their contracts on the evening of the period's last day, or of the as-of day where that is earlier; those without a
/// recurring fee then pay nothing here, those with one that nobody knows are left out, and
/// [`CustomerTally::paid_by`](crate::CustomerTally::paid_by) counts both. The margin is given, such as
/// [`profit_margin`](crate::kpi::profit_margin).
///
/// # Unit
/// [`Months`], 0 or more; fewer is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are not of one scope.
/// - [`Undefined::NoNewCustomersOfChannel`] where no account became a customer through the channel.
/// - [`Undefined::NoSpend`] where no expense of the channel on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where more
///   came back than was spent.
/// - [`Undefined::NoRecurringFee`] where some of them have a contract, and no fee of them is known.
/// - [`Undefined::GrossProfitNotPositive`] where what they pay times margin is not above 0: it is never paid back.
/// - [`Undefined::OutOfRange`] where a figure passes what a decimal holds.
///
/// # Examples
/// A webinar for 1,200 that brought a customer of 100 a month, at a margin of 80 %:
/// ```
/// use sales_metrics::{
///     Contract, Currency, CustomerTally, Deal, Label, Outcome, Per, Percent, Period, PurchaseTally, Scope, Spend, SpendCategory,
///     SpendTally, date, kpi,
/// };
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = Spend::new("S-1", date(2026, 1, 31)?, 1_200, Currency::USD, SpendCategory::Marketing)?;
/// let spend = SpendTally::of([spend.with_source("webinar")?], q1)?;
/// let won = |id, account| {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_account(account)?.with_source("webinar")
/// };
/// let contract = Contract::new("C-1", "Acme", date(2026, 3, 1)?, Currency::USD)?.with_recurring(100, Per::Month)?;
/// let (purchases, customers) = (PurchaseTally::of([won("D-1", "Acme")?], q1)?, CustomerTally::of([contract], q1)?);
/// let (webinar, margin) = (Label::new("webinar")?, Percent::from_percent(80)?);
/// let payback = kpi::channel_cac_payback(&spend, &purchases, &customers, &webinar, margin)?;
/// assert_eq!(payback.to_string(), "15 months");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: customers without a recurring fee pay nothing back by the month. They are counted apart, and not as if they paid like the rest.
/// ```
/// # use sales_metrics::{
/// #     Contract, Currency, CustomerTally, Deal, Label, Outcome, Per, Percent, Period, PurchaseTally, Scope, Spend, SpendCategory,
/// #     SpendTally, date, kpi,
/// # };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let spend = Spend::new("S-1", date(2026, 1, 31)?, 1_200, Currency::USD, SpendCategory::Marketing)?;
/// # let spend = SpendTally::of([spend.with_source("webinar")?], q1)?;
/// # let won = |id, account| {
/// #     let won = Outcome::Won { on: date(2026, 2, 20)? };
/// #     Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_account(account)?.with_source("webinar")
/// # };
/// # let contract = Contract::new("C-1", "Acme", date(2026, 3, 1)?, Currency::USD)?.with_recurring(100, Per::Month)?;
/// # let customers = CustomerTally::of([contract], q1)?;
/// # let (webinar, margin) = (Label::new("webinar")?, Percent::from_percent(80)?);
/// let purchases = PurchaseTally::of([won("D-1", "Acme")?, won("D-2", "Initech")?], q1)?;
/// let payback = kpi::channel_cac_payback(&spend, &purchases, &customers, &webinar, margin)?;
/// assert_eq!(payback.to_string(), "15 months");
/// let accounts = purchases.new_customers()?.map(|(account, ..)| account);
/// assert_eq!(customers.paid_by(accounts)?.unpriced(), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`cac_payback`](crate::kpi::cac_payback): all channels, and what belongs to none
/// - [`marketing_return`]: all that the channel sold, recurring or not
///
/// # Source
/// This crate's definition.
pub fn channel_cac_payback(
    spend: &SpendTally,
    purchases: &PurchaseTally,
    customers: &CustomerTally,
    channel: &Label,
    margin: Percent,
) -> Result<Months, Error> {
    let scope = spend.scope();
    scope.expect_of("the purchases", purchases.scope())?;
    scope.expect_of("the contracts", customers.scope())?;
    let cost = spend.channel(channel)?.acquisition()?;
    let new = purchases.new_customers()?;
    let through = new.filter(|(.., source)| *source == Some(channel));
    let through = through.map(|(account, ..)| account);
    let (paid, unknown) = customers.paid_and_unknown(through)?;
    if paid.count == 0 {
        return Err(Undefined::NoNewCustomersOfChannel.into());
    }
    let cost = reckon::cost(cost)?;
    let of_customers = Priced::some(paid.priced + unknown, paid.priced, paid.amount);
    Ok(reckon::payback(cost, known(of_customers)?, margin)?)
}

/// What a channel earned for each unit of money spent on it, beyond that unit (ROI).
///
/// # Formula
/// ```text
/// (Σ won through the channel × gross margin − spend of the channel) / spend of the channel
/// ```
///
/// # Counts
/// Spend by its date, of the categories sales and marketing, that names the channel. Won deals with an amount, by close date, of new
/// customers and old ones, told apart by what they name as their source: `DealTally::by(&deals, scope, Deal::source)`. The margin is given,
/// such as [`profit_margin`](crate::kpi::profit_margin).
///
/// # Unit
/// [`Percent`]; higher is better. 0 % brings in what was spent, −100 % nothing, and a negative margin less than that.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the two tallies are not of one scope.
/// - [`Undefined::NoSpend`] where no expense of the channel on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where they,
///   less refunds, are 0 or less.
/// - [`Undefined::NothingPriced`] where something was won through the channel, and none of it has an amount.
/// - [`Undefined::OutOfRange`] where a figure passes what a decimal holds.
///
/// # Examples
/// 10,000 won at a margin of 60 % for 1,500:
/// ```
/// use sales_metrics::{
///     Currency, Deal, DealTally, Label, Outcome, Percent, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi,
/// };
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = Spend::new("S-1", date(2026, 1, 31)?, 1_500, Currency::USD, SpendCategory::Marketing)?;
/// let spend = SpendTally::of([spend.with_source("webinar")?], q1)?;
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?;
/// let deal = deal.with_account("Acme")?.with_source("webinar")?.with_amount(10_000)?;
/// let by_channel = DealTally::by([&deal], q1, |deal| deal.source())?;
/// let (webinar, margin) = (Label::new("webinar")?, Percent::from_percent(60)?);
/// assert_eq!(kpi::marketing_return(&spend, &by_channel, &webinar, margin)?.to_string(), "300%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: without the margin the same webinar seems to have returned almost twice as much; but most of what is sold costs something.
/// ```
/// # use sales_metrics::{
/// #     Currency, Deal, DealTally, Label, Outcome, Percent, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi,
/// # };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let spend = Spend::new("S-1", date(2026, 1, 31)?, 1_500, Currency::USD, SpendCategory::Marketing)?;
/// # let spend = SpendTally::of([spend.with_source("webinar")?], q1)?;
/// # let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?;
/// # let deal = deal.with_account("Acme")?.with_source("webinar")?.with_amount(10_000)?;
/// # let by_channel = DealTally::by([&deal], q1, |deal| deal.source())?;
/// # let webinar = Label::new("webinar")?;
/// let revenue = Percent::from_percent(100)?;
/// assert_eq!(format!("{:.0}", kpi::marketing_return(&spend, &by_channel, &webinar, revenue)?), "567%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`channel_cac_payback`]: how soon new customers pay it back, where they pay by the month
/// - [`cost_per_acquisition`](crate::kpi::cost_per_acquisition): the cost alone
///
/// # Source
/// This crate's definition.
#[doc(alias = "ROI")]
#[doc(alias = "return on investment")]
pub fn marketing_return(
    spend: &SpendTally,
    deals: &BTreeMap<Option<&Label>, DealTally>,
    channel: &Label,
    margin: Percent,
) -> Result<Percent, Error> {
    let scope = spend.scope();
    let mut won = Priced::default();
    if let Some(deals) = deals.get(&Some(channel)) {
        scope.expect_of("the deals", deals.scope())?;
        won = deals.totals().won()?;
    }
    let cost = reckon::divisor(spend.channel(channel)?.acquisition()?)?;
    let won = reckon::amount(scope, won)?.amount();
    let earned = reckon::difference(reckon::product(won, margin.fraction())?, cost)?;
    Ok(reckon::percent(earned, cost)?)
}

/// What share of the pipeline that came in was found by marketing.
///
/// # Formula
/// ```text
/// Σ amount of the created deals that marketing found / Σ amount of the created deals of known origin
/// ```
///
/// # Counts
/// Deals with an amount, by creation date. A deal's origin is its own, else that of the lead that became it, where a
/// [`Book`](crate::Book) holds both, or [`Deal::with_origin_of`](crate::Deal::with_origin_of) was asked. Known is marketing, sales or partner;
/// a deal of which nobody knows it is on neither side.
///
/// # Unit
/// [`Rate`]; which way it should go depends on the plan.
///
/// # Errors
/// - [`Undefined::NoDealsCreated`] where no deal was created, [`Undefined::NoDealOrigin`] where the origin of none of them is known,
///   [`Undefined::NothingPriced`] where none of those that marketing
///   found has an amount, or none of the others, and [`Undefined::ZeroCreatedAmount`] where these add up to 0.
///
/// # Examples
/// Marketing found 30,000 of 40,000:
/// ```
/// use sales_metrics::{Currency, Deal, Origin, Outcome, Period, Scope, SpreadTally, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deal = |id, amount: i64| Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(amount);
/// let deals = [
///     deal("D-1", 30_000)?.with_origin(Origin::Marketing),
///     deal("D-2", 10_000)?.with_origin(Origin::Sales),
/// ];
/// assert_eq!(kpi::marketing_sourced_pipeline_rate(&SpreadTally::of(&deals, q1)?)?.to_string(), "75%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal of unknown origin is not taken for one that sales found. With it marketing would have found 60 %.
/// ```
/// # use sales_metrics::{Currency, Deal, Origin, Outcome, Period, Scope, SpreadTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let deal = |id, amount: i64| Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(amount);
/// let deals = [
///     deal("D-1", 30_000)?.with_origin(Origin::Marketing),
///     deal("D-2", 10_000)?.with_origin(Origin::Sales),
///     deal("D-3", 10_000)?,
/// ];
/// let spread = SpreadTally::of(&deals, q1)?;
/// assert_eq!(kpi::marketing_sourced_pipeline_rate(&spread)?.to_string(), "75%");
/// assert_eq!(spread.created_by(Origin::Marketing).count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`marketing_sourced_revenue_rate`]: of what was won
/// - [`marketing_sourced_rate`](crate::kpi::marketing_sourced_rate): of leads, in number
///
/// # Source
/// This crate's definition.
pub fn marketing_sourced_pipeline_rate(deals: &SpreadTally) -> Result<Rate, Undefined> {
    if deals.totals().created()?.count == 0 {
        return Err(Undefined::NoDealsCreated);
    }
    by_marketing(
        |origin| deals.created_by(origin),
        Undefined::ZeroCreatedAmount,
    )
}

/// What share of the bookings was found by marketing.
///
/// # Formula
/// ```text
/// Σ amount of the won deals that marketing found / Σ amount of the won deals of known origin
/// ```
///
/// # Counts
/// Deals with an amount, by close date; their origin as in [`marketing_sourced_pipeline_rate`].
///
/// # Unit
/// [`Rate`]; which way it should go depends on the plan.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won, [`Undefined::NoDealOrigin`] where the origin of none of them is known,
///   [`Undefined::NothingPriced`] where none of those that marketing
///   found has an amount, or none of the others, and [`Undefined::ZeroRevenue`] where these add up to 0.
///
/// # Examples
/// Marketing found the deal of 10,000, and sales the one of 30,000:
/// ```
/// use sales_metrics::{Currency, Deal, Origin, Outcome, Period, Scope, SpreadTally, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = |id, amount: i64| {
///     Deal::new(id, date(2025, 11, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(amount)
/// };
/// let deals = [won("D-1", 10_000)?.with_origin(Origin::Marketing), won("D-2", 30_000)?.with_origin(Origin::Sales)];
/// assert_eq!(kpi::marketing_sourced_revenue_rate(&SpreadTally::of(&deals, q1)?)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: half of the wins is not half of the bookings; and a deal that says nothing may be told by its lead.
/// ```
/// # use sales_metrics::{Book, BookTally, Currency, Deal, Lead, Origin, Outcome, Period, Scope, date, day, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = |id, amount: i64| {
/// #     Deal::new(id, date(2025, 11, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(amount)
/// # };
/// let deals = [won("D-1", 10_000)?, won("D-2", 30_000)?.with_origin(Origin::Sales)];
/// let lead = Lead::new("L-1", day("2025-11-03")?)?.with_origin(Origin::Marketing).with_deal("D-1")?;
/// let book = Book::new(Currency::USD).with_deals(deals)?.with_leads([lead])?;
/// let tally = BookTally::of(&book, q1)?;
/// let spread = tally.spread().expect("deals were given");
/// assert_eq!(kpi::marketing_sourced_revenue_rate(spread)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`marketing_sourced_pipeline_rate`]: of what came in
/// - [`marketing_return`]: whether a channel was worth its cost
///
/// # Source
/// This crate's definition.
pub fn marketing_sourced_revenue_rate(deals: &SpreadTally) -> Result<Rate, Undefined> {
    if deals.totals().won()?.count == 0 {
        return Err(Undefined::NoWonDeals);
    }
    by_marketing(|origin| deals.won_by(origin), Undefined::ZeroRevenue)
}

fn by_marketing(found_by: impl Fn(Origin) -> Priced, zero: Undefined) -> Result<Rate, Undefined> {
    let marketing = found_by(Origin::Marketing);
    let others = found_by(Origin::Sales).plus(found_by(Origin::Partner));
    let known = marketing.plus(others);
    if known.count == 0 {
        return Err(Undefined::NoDealOrigin);
    }
    // Of one side without any amount nobody knows the share: it is neither 0 nor all.
    let is_unknown = |side: Priced| side.count > 0 && side.priced == 0;
    if is_unknown(marketing) || is_unknown(others) {
        return Err(Undefined::NothingPriced);
    }
    reckon::rate(marketing.amount.decimal(), known.amount.decimal(), zero)
}
