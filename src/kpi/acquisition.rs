//! What a customer costs, and what it brings.

use rust_decimal::Decimal;

use super::reckon;
use super::recurring::plus;
use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::tally::{CustomerTally, DealTally, PurchaseTally, SpendTally, Spent};
use crate::value::money::expect_currency;
use crate::value::{AmountSum, Label, Money, MoneyPer, Months, Multiple, Per, Percent, Rate};

/// What it costs in sales and marketing to win a customer (CAC).
///
/// # Formula
/// ```text
/// (spend on sales + spend on marketing) / new customers
/// ```
///
/// # Counts
/// Spend by its date, of the categories sales and marketing. New customers are the accounts whose first win ever has its close
/// date in the period, so the deals must be those of their whole history. A won deal that names no account makes no customer;
/// [`PurchaseTotals::without_account`](crate::tally::PurchaseTotals::without_account) counts them, and with many of them the cost looks too high.
///
/// # Unit
/// [`Money`] a customer, 0 or more; lower is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the two tallies are not of one scope.
/// - [`Undefined::NoNewCustomers`] where no account became a customer.
/// - [`Undefined::NoSpend`] where no expense on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where more came back than
///   was spent.
///
/// # Examples
/// 100,000 for fifty new customers:
/// ```
/// use sales_metrics::{Currency, Deal, Decimal, Outcome, Period, PurchaseTally, Scope, SpendTally, date, kpi};
/// use sales_metrics::tally::{SpendTotals, Spent};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let sales = Spent::of(3, Decimal::from(60_000).try_into()?);
/// let marketing = Spent::of(5, Decimal::from(40_000).try_into()?);
/// let spend = SpendTally::from_totals(q1, SpendTotals::given().records(8).sales(sales).marketing(marketing))?;
///
/// let mut purchases = PurchaseTally::new(q1);
/// for n in 0..50 {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     purchases.record(&Deal::new(format!("D-{n}"), date(2026, 1, 7)?, won, Currency::USD)?.with_account(format!("A-{n}"))?)?;
/// }
/// assert_eq!(kpi::customer_acquisition_cost(&spend, &purchases)?.to_string(), "2000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a customer who buys again is not acquired again. With the quarter's deals alone, without the history, Initech
/// would count as new and the cost would be halved.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, PurchaseTally, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = |id, account, on| Deal::new(id, date(2025, 1, 7)?, Outcome::Won { on }, Currency::USD)?.with_account(account);
/// let spend = SpendTally::of([Spend::new("S-1", date(2026, 1, 31)?, 6_000, Currency::USD, SpendCategory::Sales)?], q1)?;
/// let deals = [
///     won("D-1", "Initech", date(2025, 6, 30)?)?,
///     won("D-2", "Initech", date(2026, 2, 3)?)?,
///     won("D-3", "Acme", date(2026, 2, 20)?)?,
/// ];
/// let purchases = PurchaseTally::of(&deals, q1)?;
/// assert_eq!(kpi::customer_acquisition_cost(&spend, &purchases)?.to_string(), "6000 USD");
/// let without_history = PurchaseTally::of(&deals[1..], q1)?;
/// assert_eq!(kpi::customer_acquisition_cost(&spend, &without_history)?.to_string(), "3000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`cost_per_new_contract`]: per account that signs its first contract, from contracts instead of deals
/// - [`cost_per_acquisition`]: one channel alone
/// - [`ltv_to_cac`], [`cac_payback`]: whether it is worth it, and when
///
/// # Source
/// Bouncer, *B2B sales metrics*.
#[doc(alias = "CAC")]
pub fn customer_acquisition_cost(
    spend: &SpendTally,
    purchases: &PurchaseTally,
) -> Result<Money, Error> {
    let scope = spend.scope();
    scope.expect_of("the purchases", purchases.scope())?;
    let cost = spend.totals().acquisition()?;
    let customers = purchases.totals().new_customers()?;
    cost_per(scope, cost, customers, Undefined::NoNewCustomers)
}

/// What it costs in sales and marketing until an account signs its first contract.
///
/// # Formula
/// ```text
/// (spend on sales + spend on marketing) / accounts whose first paying contract starts in the period
/// ```
///
/// # Counts
/// Spend by its date, of the categories sales and marketing. Accounts by the start of their first contract as a customer, whether it still
/// holds at the end or not; so the contracts must be all that there ever were. A trial, a contract of a fee of 0 and a one-time sale are
/// no first contract; one whose fees nobody knows is.
///
/// # Unit
/// [`Money`] an account, 0 or more; lower is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the two tallies are not of one scope.
/// - [`Undefined::NoNewContracts`] where no account's first contract starts in the period.
/// - [`Undefined::NoSpend`] where no expense on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where more came back than
///   was spent.
///
/// # Examples
/// 6,000 for two accounts:
/// ```
/// use sales_metrics::{
///     Contract, Currency, CustomerTally, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi,
/// };
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = SpendTally::of([Spend::new("S-1", date(2026, 1, 31)?, 6_000, Currency::USD, SpendCategory::Sales)?], q1)?;
/// let contracts = [
///     Contract::new("C-1", "Initech", date(2026, 1, 1)?, Currency::USD)?,
///     Contract::new("C-2", "Acme", date(2026, 3, 31)?, Currency::USD)?,
/// ];
/// let customers = CustomerTally::of(&contracts, q1)?;
/// assert_eq!(kpi::cost_per_new_contract(&spend, &customers)?.to_string(), "3000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: three new contracts may be one new account. What an old customer signs on top is expansion, not acquisition, and who tries it
/// out is no customer yet.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let spend = SpendTally::of([Spend::new("S-1", date(2026, 1, 31)?, 6_000, Currency::USD, SpendCategory::Sales)?], q1)?;
/// let contracts = [
///     Contract::new("C-0", "Initech", date(2024, 1, 1)?, Currency::USD)?,
///     Contract::new("C-1", "Initech", date(2026, 1, 1)?, Currency::USD)?,
///     Contract::new("C-2", "Acme", date(2026, 2, 1)?, Currency::USD)?,
///     Contract::new("C-3", "Acme", date(2026, 3, 1)?, Currency::USD)?,
///     Contract::new("C-4", "Umbrella", date(2026, 3, 1)?, Currency::USD)?.with_trial(),
/// ];
/// let customers = CustomerTally::of(&contracts, q1)?;
/// assert_eq!(customers.totals().signed()?.count, 3);
/// assert_eq!(kpi::cost_per_new_contract(&spend, &customers)?.to_string(), "6000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`customer_acquisition_cost`]: per account that wins its first deal, from deals instead of contracts
///
/// # Source
/// This crate's definition.
pub fn cost_per_new_contract(
    spend: &SpendTally,
    customers: &CustomerTally,
) -> Result<Money, Error> {
    let scope = spend.scope();
    scope.expect_of("the contracts", customers.scope())?;
    let cost = spend.totals().acquisition()?;
    let accounts = customers.totals().first_contracts()?;
    cost_per(scope, cost, accounts, Undefined::NoNewContracts)
}

/// What it costs to win a customer through one channel.
///
/// # Formula
/// ```text
/// (spend on sales + spend on marketing) of the channel / new customers through the channel
/// ```
///
/// # Counts
/// Spend by its date, of the categories sales and marketing, that names the channel. New customers as in
/// [`customer_acquisition_cost`], whose first win names the channel as its source; of several wins on that day, the first source
/// by name. What was spent on no channel in particular is in no channel's cost.
///
/// # Unit
/// [`Money`] a customer, 0 or more; lower is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the two tallies are not of one scope.
/// - [`Undefined::NoNewCustomersOfChannel`] where no account became a customer through the channel.
/// - [`Undefined::NoSpend`] where no expense of the channel on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where more
///   came back than was spent.
///
/// # Examples
/// A webinar for 1,200 that brought one customer:
/// ```
/// use sales_metrics::{
///     Currency, Deal, Label, Outcome, Period, PurchaseTally, Scope, Spend, SpendCategory, SpendTally, date, kpi,
/// };
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = Spend::new("S-1", date(2026, 1, 31)?, 1_200, Currency::USD, SpendCategory::Marketing)?;
/// let spend = SpendTally::of([spend.with_source("webinar")?], q1)?;
/// let won = Outcome::Won { on: date(2026, 2, 20)? };
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_account("Acme")?.with_source("webinar")?;
/// let purchases = PurchaseTally::of([deal], q1)?;
/// let webinar = Label::new("webinar")?;
/// assert_eq!(kpi::cost_per_acquisition(&spend, &purchases, &webinar)?.to_string(), "1200 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: channels can all look cheaper than the whole. The sales team's 8,000 belong to no channel.
/// ```
/// # use sales_metrics::{Currency, Deal, Label, Outcome, Period, PurchaseTally, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = Outcome::Won { on: date(2026, 2, 20)? };
/// # let deal = Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_account("Acme")?.with_source("webinar")?;
/// # let purchases = PurchaseTally::of([deal], q1)?;
/// let spend = [
///     Spend::new("S-1", date(2026, 1, 31)?, 1_200, Currency::USD, SpendCategory::Marketing)?.with_source("webinar")?,
///     Spend::new("S-2", date(2026, 1, 31)?, 8_000, Currency::USD, SpendCategory::Sales)?,
/// ];
/// let spend = SpendTally::of(&spend, q1)?;
/// assert_eq!(kpi::cost_per_acquisition(&spend, &purchases, &Label::new("webinar")?)?.to_string(), "1200 USD");
/// assert_eq!(kpi::customer_acquisition_cost(&spend, &purchases)?.to_string(), "9200 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`customer_acquisition_cost`]: all channels, and what belongs to none
///
/// # Source
/// Vendasta, *Sales lead management: become a pipeline plumber* (2017).
#[doc(alias = "CPA")]
pub fn cost_per_acquisition(
    spend: &SpendTally,
    purchases: &PurchaseTally,
    channel: &Label,
) -> Result<Money, Error> {
    let scope = spend.scope();
    scope.expect_of("the purchases", purchases.scope())?;
    let cost = spend.channel(channel)?.acquisition()?;
    let customers = purchases.new_customers_of(channel)?;
    cost_per(scope, cost, customers, Undefined::NoNewCustomersOfChannel)
}

fn cost_per(scope: Scope, cost: Spent, count: u64, none: Undefined) -> Result<Money, Error> {
    if count == 0 {
        return Err(none.into());
    }
    Ok(reckon::mean_cost(scope, cost, count)?)
}

/// How many months it takes until the new customers have paid back what it cost to win them.
///
/// # Formula
/// ```text
/// (spend on sales + spend on marketing) / (new recurring revenue a month × gross margin)
/// ```
///
/// # Counts
/// Cost and money of the same customers. Spend by its date, of the categories sales and marketing. New recurring revenue is that of the
/// customers who are new in [`mrr_movements`](crate::kpi::mrr_movements): what they pay on the evening of the period's last day, or of the
/// as-of day where that is earlier. The margin is given, such as [`profit_margin`](super::profit_margin).
///
/// # Unit
/// [`Months`], 0 or more; fewer is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the two tallies are not of one scope.
/// - [`Undefined::NoSpend`] where no expense on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where more came back than
///   was spent.
/// - [`Undefined::GrossProfitNotPositive`] where new recurring revenue times margin is not above 0: it is never paid back.
/// - [`Undefined::OutOfRange`] where a figure passes what a decimal holds.
///
/// # Examples
/// 120,000 for ten customers who pay 100 a month each, at a margin of 80 %:
/// ```
/// use sales_metrics::{
///     Contract, Currency, CustomerTally, Per, Percent, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi,
/// };
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = SpendTally::of([Spend::new("S-1", date(2026, 1, 31)?, 120_000, Currency::USD, SpendCategory::Sales)?], q1)?;
/// let mut customers = CustomerTally::new(q1);
/// for n in 0..10 {
///     let contract = Contract::new(format!("C-{n}"), format!("A-{n}"), date(2026, 2, 1)?, Currency::USD)?;
///     customers.record(&contract.with_recurring(100, Per::Month)?)?;
/// }
/// let margin = Percent::from_percent(80)?;
/// assert_eq!(kpi::cac_payback(&spend, &customers, margin)?.to_string(), "150 months");
///
/// // Whatever the old ones pay.
/// let old = Contract::new("C-X", "Initech", date(2024, 1, 1)?, Currency::USD)?;
/// customers.record(&old.with_recurring(50_000, Per::Month)?)?;
/// assert_eq!(kpi::cac_payback(&spend, &customers, margin)?.to_string(), "150 months");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: who leaves before the evening pays nothing back, and leaving out the margin does not count what is sold as a cost. At 100 %,
/// nine customers who stay of ten need 133 months and a third.
/// ```
/// # use sales_metrics::{
/// #     Contract, Currency, CustomerTally, Per, Percent, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi,
/// # };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let spend = SpendTally::of([Spend::new("S-1", date(2026, 1, 31)?, 120_000, Currency::USD, SpendCategory::Sales)?], q1)?;
/// # let mut customers = CustomerTally::new(q1);
/// for n in 0..10 {
///     let contract = Contract::new(format!("C-{n}"), format!("A-{n}"), date(2026, 2, 1)?, Currency::USD)?;
///     let contract = contract.with_recurring(100, Per::Month)?;
///     customers.record(&if n == 0 { contract.with_last_day(date(2026, 2, 28)?)? } else { contract })?;
/// }
/// let margin = Percent::from_percent(100)?;
/// assert_eq!(format!("{:.1}", kpi::cac_payback(&spend, &customers, margin)?), "133.3 months");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`ltv_to_cac`]: how often a customer pays back its cost, not how soon
/// - [`magic_number`](crate::kpi::magic_number): recurring revenue of all customers against the spend of the quarter before
///
/// # Source
/// This crate's definition.
pub fn cac_payback(
    spend: &SpendTally,
    customers: &CustomerTally,
    margin: Percent,
) -> Result<Months, Error> {
    let scope = spend.scope();
    scope.expect_of("the contracts", customers.scope())?;
    let cost = spend.totals().acquisition()?;
    let new = customers.totals().recurring()?.new()?;
    Ok(reckon::payback(reckon::cost(cost)?, new, margin)?)
}

/// What a customer brings in over its lifetime (CLV), before any costs.
///
/// # Formula
/// ```text
/// revenue per customer and month × lifetime in months
/// ```
///
/// # Counts
/// What is given, such as [`recurring_revenue_per_account`](crate::kpi::recurring_revenue_per_account). A revenue per any other unit of time is brought to a month as
/// [`Per`] says: one a day is taken times 365 for a year, and one a week times 52.
///
/// # Unit
/// [`Money`] a customer; higher is better.
///
/// # Errors
/// [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 5,000 a year over three years:
/// ```
/// use sales_metrics::{Currency, Money, MoneyPer, Months, Per, kpi};
///
/// let revenue = MoneyPer::new(Money::new(5_000, Currency::USD), Per::Year);
/// assert_eq!(kpi::customer_lifetime_value(revenue, Months::of_years(3)?)?.to_string(), "15000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: 5,000 times 3 may as well be 180,000. Bouncer leaves out the unit of time; here each has its own.
/// ```
/// # use sales_metrics::{Currency, Money, MoneyPer, Months, Per, kpi};
/// let revenue = MoneyPer::new(Money::new(5_000, Currency::USD), Per::Month);
/// assert_eq!(kpi::customer_lifetime_value(revenue, Months::of_years(3)?)?.to_string(), "180000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// So a bare number does not compile:
/// ```compile_fail
/// # use sales_metrics::{Currency, Money, MoneyPer, Per, kpi};
/// let revenue = MoneyPer::new(Money::new(5_000, Currency::USD), Per::Year);
/// let value = kpi::customer_lifetime_value(revenue, 3);
/// ```
///
/// # See also
/// - [`margin_lifetime_value`]: after the costs of what is sold, and from churn instead of a lifetime
///
/// # Source
/// Bouncer, *B2B sales metrics*, with the units of time that it leaves out.
#[doc(alias = "CLV")]
#[doc(alias = "CLTV")]
pub fn customer_lifetime_value(revenue: MoneyPer, lifetime: Months) -> Result<Money, Error> {
    let yearly = reckon::product(revenue.amount(), revenue.per().times_a_year())?;
    let twelvefold = reckon::product(yearly, lifetime.decimal())?;
    let value = reckon::quotient(twelvefold, 12)?;
    Ok(Money::new(value.normalize(), revenue.currency()))
}

/// What a customer leaves over its lifetime (LTV), after the costs of what is sold, where a steady share of customers leaves.
///
/// # Formula
/// ```text
/// revenue per customer × gross margin / churn, both per the same unit of time
/// ```
///
/// # Counts
/// What is given. The revenue is turned into the unit of time of the churn, as [`Per`] says; one over the churn is the mean lifetime.
///
/// # Unit
/// [`Money`] a customer, negative where the margin is; higher is better.
///
/// # Errors
/// - [`Undefined::ZeroChurn`] where nobody leaves: the lifetime has no end.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 5,000 a year at a margin of 60 %, and a fifth of the customers leaves each year:
/// ```
/// use sales_metrics::{Currency, Money, MoneyPer, Per, Percent, Rate, kpi};
///
/// let revenue = MoneyPer::new(Money::new(5_000, Currency::USD), Per::Year);
/// let (margin, churn) = (Percent::from_percent(60)?, Rate::from_percent(20)?);
/// assert_eq!(kpi::margin_lifetime_value(revenue, margin, churn, Per::Year)?.to_string(), "15000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a churn of 2.5 % a month against a revenue a year, without turning one into the other, would be twelve times too
/// much.
/// ```
/// # use sales_metrics::{Currency, Money, MoneyPer, Per, Percent, Rate, decimal, kpi};
/// # let revenue = MoneyPer::new(Money::new(5_000, Currency::USD), Per::Year);
/// # let margin = Percent::from_percent(60)?;
/// let churn = Rate::from_percent(decimal("2.5")?)?;
/// assert_eq!(kpi::margin_lifetime_value(revenue, margin, churn, Per::Month)?.to_string(), "10000 USD");
/// assert_eq!(kpi::margin_lifetime_value(revenue, margin, churn, Per::Year)?.to_string(), "120000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`customer_lifetime_value`]: before costs, from a known lifetime
/// - [`churn_rate`](crate::kpi::churn_rate): the churn of a period
///
/// # Source
/// This crate's definition.
#[doc(alias = "LTV")]
#[doc(alias = "lifetime value")]
pub fn margin_lifetime_value(
    revenue: MoneyPer,
    margin: Percent,
    churn: Rate,
    churn_per: Per,
) -> Result<Money, Error> {
    let (times, churn_times) = if revenue.per() == churn_per {
        (1, 1)
    } else {
        (revenue.per().times_a_year(), churn_per.times_a_year())
    };
    if churn == Rate::ZERO {
        return Err(Undefined::ZeroChurn.into());
    }
    let profit = reckon::product(revenue.amount(), margin.fraction())?;
    let yearly_churn = reckon::product(churn.fraction(), churn_times)?;
    let value = reckon::quotient(reckon::product(profit, times)?, yearly_churn)?;
    Ok(Money::new(value.normalize(), revenue.currency()))
}

/// How many times a customer brings in what it cost to win it.
///
/// # Formula
/// ```text
/// lifetime value / acquisition cost
/// ```
///
/// # Counts
/// What is given: [`customer_lifetime_value`] or, better, [`margin_lifetime_value`], and [`customer_acquisition_cost`].
///
/// # Unit
/// [`Multiple`]; higher is better, and below 1 a customer costs more than it brings. 3 is a usual aim.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the two are in two currencies.
/// - [`Undefined::CostNotPositive`] where the cost is 0 or below.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 9,000 for 2,000:
/// ```
/// use sales_metrics::{Currency, Money, kpi};
///
/// let usd = |amount: i64| Money::new(amount, Currency::USD);
/// assert_eq!(kpi::ltv_to_cac(usd(9_000), usd(2_000))?.to_string(), "4.5×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the same customer is worth 7.5 times its cost by revenue and 4.5 times by margin. Only the latter pays salaries.
/// ```
/// # use sales_metrics::{Currency, Money, MoneyPer, Months, Per, Percent, Rate, decimal, kpi};
/// let cost = Money::new(2_000, Currency::USD);
/// let revenue = MoneyPer::new(Money::new(5_000, Currency::USD), Per::Year);
/// let by_revenue = kpi::customer_lifetime_value(revenue, Months::of_years(3)?)?;
/// let margin = Percent::from_percent(60)?;
/// let third = Rate::from_fraction(decimal("0.3333333333333333333333333333")?)?;
/// let by_margin = kpi::margin_lifetime_value(revenue, margin, third, Per::Year)?;
/// assert_eq!(kpi::ltv_to_cac(by_revenue, cost)?.to_string(), "7.5×");
/// assert_eq!(format!("{:.1}", kpi::ltv_to_cac(by_margin, cost)?), "4.5×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`cac_payback`]: how soon, not how often
///
/// # Source
/// This crate's definition.
#[doc(alias = "LTV:CAC")]
pub fn ltv_to_cac(ltv: Money, cac: Money) -> Result<Multiple, Error> {
    expect_currency("the acquisition cost", ltv.currency(), cac.currency())?;
    if cac.amount() <= Decimal::ZERO {
        return Err(Undefined::CostNotPositive.into());
    }
    Ok(Multiple::new(reckon::quotient(ltv.amount(), cac.amount())?))
}

/// What sales costs against what is sold.
///
/// # Formula
/// ```text
/// spend on sales / bookings, that is Σ amount of the won deals
/// ```
///
/// # Counts
/// Spend on sales by its date, neither marketing nor other spend. Bookings are won deals with an amount, by close date: a deal over three
/// years counts for all of them.
///
/// # Unit
/// [`Percent`], 0 % or more; lower is better, and above 100 % sales costs more than it sells.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the two tallies are not of one scope.
/// - [`Undefined::NoSpend`] where no expense on sales is recorded; [`Undefined::SpendNotPositive`] where more came back than was spent.
/// - [`Undefined::NoWonDeals`] where nothing was won, [`Undefined::NothingPriced`] where none of what was won has an amount, and
///   [`Undefined::ZeroRevenue`] where it adds up to 0.
///
/// # Examples
/// 100,000 for what sold for 400,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Priced::all(20, Decimal::from(400_000).try_into()?);
/// let deals = DealTally::from_totals(q1, DealTotals::given().won(won))?;
/// let spend = [Spend::new("S-1", date(2026, 1, 31)?, 100_000, Currency::USD, SpendCategory::Sales)?];
/// assert_eq!(kpi::sales_cost_ratio(&SpendTally::of(&spend, q1)?, &deals)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a quarter in which nothing was sold has no ratio: neither 0 % nor 100 %.
/// ```
/// # use sales_metrics::{Currency, DealTally, Period, Scope, Spend, SpendCategory, SpendTally, Undefined, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = [Spend::new("S-1", date(2026, 1, 31)?, 100_000, Currency::USD, SpendCategory::Sales)?];
/// let ratio = kpi::sales_cost_ratio(&SpendTally::of(&spend, q1)?, &DealTally::new(q1));
/// assert_eq!(ratio, Err(Undefined::NoWonDeals.into()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`marketing_cost_ratio`]: the same of marketing
/// - [`sales_efficiency`](crate::kpi::sales_efficiency): the other way round, what a unit of spend sells
///
/// # Source
/// This crate's definition.
pub fn sales_cost_ratio(spend: &SpendTally, deals: &DealTally) -> Result<Percent, Error> {
    spend.scope().expect_of("the deals", deals.scope())?;
    cost_ratio(spend.totals().sales()?, deals)
}

/// What marketing costs against what is sold.
///
/// # Formula
/// ```text
/// spend on marketing / bookings, that is Σ amount of the won deals
/// ```
///
/// # Counts
/// Spend on marketing by its date, neither sales nor other spend. Bookings as in [`sales_cost_ratio`], whoever found them.
///
/// # Unit
/// [`Percent`], 0 % or more; lower is better, and above 100 % marketing costs more than is sold.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the two tallies are not of one scope.
/// - [`Undefined::NoSpend`] where no expense on marketing is recorded; [`Undefined::SpendNotPositive`] where more came back than was spent.
/// - [`Undefined::NoWonDeals`] where nothing was won, [`Undefined::NothingPriced`] where none of what was won has an amount, and
///   [`Undefined::ZeroRevenue`] where it adds up to 0.
///
/// # Examples
/// 20,000 for what sold for 400,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Priced::all(20, Decimal::from(400_000).try_into()?);
/// let deals = DealTally::from_totals(q1, DealTotals::given().won(won))?;
/// let spend = [Spend::new("S-1", date(2026, 1, 31)?, 20_000, Currency::USD, SpendCategory::Marketing)?];
/// assert_eq!(kpi::marketing_cost_ratio(&SpendTally::of(&spend, q1)?, &deals)?.to_string(), "5%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: where only the spend on sales is kept, marketing was not free.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, Spend, SpendCategory, SpendTally, Undefined, date, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = Priced::all(20, Decimal::from(400_000).try_into()?);
/// # let deals = DealTally::from_totals(q1, DealTotals::given().won(won))?;
/// let spend = [Spend::new("S-1", date(2026, 1, 31)?, 100_000, Currency::USD, SpendCategory::Sales)?];
/// let ratio = kpi::marketing_cost_ratio(&SpendTally::of(&spend, q1)?, &deals);
/// assert_eq!(ratio, Err(Undefined::NoSpend.into()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`sales_cost_ratio`]: the same of sales
///
/// # Source
/// This crate's definition.
pub fn marketing_cost_ratio(spend: &SpendTally, deals: &DealTally) -> Result<Percent, Error> {
    spend.scope().expect_of("the deals", deals.scope())?;
    cost_ratio(spend.totals().marketing()?, deals)
}

fn cost_ratio(spent: Spent, deals: &DealTally) -> Result<Percent, Error> {
    let won = deals.totals().won()?;
    let cost = reckon::cost(spent)?;
    if won.priced == 0 {
        return Err(reckon::no_priced_win(deals).into());
    }
    let bookings = won.amount.decimal();
    Ok(reckon::percent_or(cost, bookings, Undefined::ZeroRevenue)?)
}

/// What is spent on sales and marketing for each unit of yearly recurring revenue of new customers.
///
/// # Formula
/// ```text
/// (spend on sales + spend on marketing) / yearly recurring revenue of new customers
/// ```
///
/// # Counts
/// Spend by its date, of the categories sales and marketing. New recurring revenue is that of the customers who are new in
/// [`mrr_movements`](crate::kpi::mrr_movements), per year: what they pay on the evening of the period's last day, or of the as-of day where
/// that is earlier. Who came back is not new.
///
/// # Unit
/// [`Multiple`], 0 or more; lower is better. At 1 a customer pays back its cost in a year, before the costs of what is sold.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the two tallies are not of one scope.
/// - [`Undefined::NoSpend`] where no expense on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where more came back than
///   was spent.
/// - [`Undefined::NoNewRecurring`] where no new customer pays a recurring fee that is known.
///
/// # Examples
/// 180,000 for ten customers of 1,000 a month:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = SpendTally::of([Spend::new("S-1", date(2026, 1, 31)?, 180_000, Currency::USD, SpendCategory::Sales)?], q1)?;
/// let mut customers = CustomerTally::new(q1);
/// for n in 0..10 {
///     let contract = Contract::new(format!("C-{n}"), format!("A-{n}"), date(2026, 2, 1)?, Currency::USD)?;
///     customers.record(&contract.with_recurring(1_000, Per::Month)?)?;
/// }
/// assert_eq!(kpi::new_cac_ratio(&spend, &customers)?.to_string(), "1.5×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what an old customer pays more was not won by acquisition. With it the ratio would be 0.75×, which is the
/// [`blended_cac_ratio`].
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let spend = SpendTally::of([Spend::new("S-1", date(2026, 1, 31)?, 180_000, Currency::USD, SpendCategory::Sales)?], q1)?;
/// let contract = |id, account, start, fee: i64| Contract::new(id, account, start, Currency::USD)?.with_recurring(fee, Per::Month);
/// let contracts = [
///     contract("C-1", "Acme", date(2026, 2, 1)?, 10_000)?,
///     contract("C-2", "Initech", date(2024, 1, 1)?, 5_000)?,
///     contract("C-3", "Initech", date(2026, 3, 1)?, 10_000)?,
/// ];
/// let customers = CustomerTally::of(&contracts, q1)?;
/// assert_eq!(kpi::new_cac_ratio(&spend, &customers)?.to_string(), "1.5×");
/// assert_eq!(kpi::blended_cac_ratio(&spend, &customers)?.to_string(), "0.75×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`blended_cac_ratio`]: with what old customers pay more
/// - [`cac_payback`]: in months, after the costs of what is sold
/// - [`magic_number`](crate::kpi::magic_number): the other way round, of all recurring revenue, and the spend of the quarter before
///
/// # Source
/// This crate's definition.
#[doc(alias = "new customer CAC ratio")]
pub fn new_cac_ratio(spend: &SpendTally, customers: &CustomerTally) -> Result<Multiple, Error> {
    let scope = spend.scope();
    scope.expect_of("the contracts", customers.scope())?;
    let cost = spend.totals().acquisition()?;
    cac_ratio(
        cost,
        customers.totals().recurring()?.new()?,
        Undefined::NoNewRecurring,
    )
}

/// What is spent on sales and marketing for each unit of yearly recurring revenue that is gained, from new customers and old ones.
///
/// # Formula
/// ```text
/// (spend on sales + spend on marketing) / (yearly recurring revenue of new customers + expansion)
/// ```
///
/// # Counts
/// As in [`new_cac_ratio`], and with it what customers of the start pay more: the expansion of
/// [`mrr_movements`](crate::kpi::mrr_movements), per year. What was lost is not taken off, and who came back is in neither.
///
/// # Unit
/// [`Multiple`], 0 or more; lower is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the two tallies are not of one scope.
/// - [`Undefined::NoSpend`] where no expense on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where more came back than
///   was spent.
/// - [`Undefined::NoRecurringGain`] where no new customer pays a recurring fee that is known, and no old one pays more.
///
/// # Examples
/// 180,000 for a new customer of 120,000 a year, and an old one who pays 60,000 more:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spend = SpendTally::of([Spend::new("S-1", date(2026, 1, 31)?, 180_000, Currency::USD, SpendCategory::Sales)?], q1)?;
/// let contract = |id, account, start, fee: i64| Contract::new(id, account, start, Currency::USD)?.with_recurring(fee, Per::Month);
/// let contracts = [
///     contract("C-1", "Acme", date(2026, 2, 1)?, 10_000)?,
///     contract("C-2", "Initech", date(2024, 1, 1)?, 5_000)?,
///     contract("C-3", "Initech", date(2026, 3, 1)?, 5_000)?,
/// ];
/// assert_eq!(kpi::blended_cac_ratio(&spend, &CustomerTally::of(&contracts, q1)?)?.to_string(), "1×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what was lost changes nothing. Whoever takes the net change finds twice the ratio where a customer of 90,000 has left.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let spend = SpendTally::of([Spend::new("S-1", date(2026, 1, 31)?, 180_000, Currency::USD, SpendCategory::Sales)?], q1)?;
/// # let contract = |id, account, start, fee: i64| Contract::new(id, account, start, Currency::USD)?.with_recurring(fee, Per::Month);
/// let contracts = [
///     contract("C-1", "Acme", date(2026, 2, 1)?, 15_000)?,
///     contract("C-2", "Umbrella", date(2024, 1, 1)?, 7_500)?.with_last_day(date(2026, 1, 31)?)?,
/// ];
/// let customers = CustomerTally::of(&contracts, q1)?;
/// assert_eq!(kpi::mrr_movements(&customers)?.net_change().to_string(), "7500 USD/month");
/// assert_eq!(kpi::blended_cac_ratio(&spend, &customers)?.to_string(), "1×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`new_cac_ratio`]: of new customers alone
///
/// # Source
/// This crate's definition.
pub fn blended_cac_ratio(spend: &SpendTally, customers: &CustomerTally) -> Result<Multiple, Error> {
    let scope = spend.scope();
    scope.expect_of("the contracts", customers.scope())?;
    let cost = spend.totals().acquisition()?;
    let moved = customers.totals().recurring()?;
    cac_ratio(
        cost,
        plus(moved.new()?, moved.expansion()?)?,
        Undefined::NoRecurringGain,
    )
}

fn cac_ratio(spent: Spent, gained: AmountSum, none: Undefined) -> Result<Multiple, Error> {
    let cost = reckon::cost(spent)?;
    if gained == AmountSum::ZERO {
        return Err(none.into());
    }
    Ok(Multiple::new(reckon::quotient(cost, gained.decimal())?))
}
