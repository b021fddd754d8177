//! What customers cost, what they bring, and whether they stay.

use rust_decimal::Decimal;

use super::{reckon, total_revenue};
use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::record::Label;
use crate::tally::{
    CustomerTally, CustomerTotals, DealTally, PurchaseTally, RenewalTally, SpendTally,
};
use crate::value::money::expect_currency;
use crate::value::{Money, MoneyPer, Months, MrrMovements, Multiple, Per, Percent, Rate, Sum};

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
/// [`PurchaseTally::without_account`] counts them, and with many of them the cost looks too high.
///
/// # Unit
/// [`Money`] a customer, 0 or more; lower is better.
///
/// # Errors
/// - [`Error::ScopesDiffer`] where the two tallies are not of one scope.
/// - [`Undefined::NoNewCustomers`] where no account became a customer.
///
/// # Examples
/// 100,000 for fifty new customers:
/// ```
/// use sales_metrics::{
///     Currency, Deal, Decimal, Outcome, Period, PurchaseTally, Scope, SpendTally, SpendTotals, Spent, date, kpi,
/// };
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let sales = Spent { count: 3, amount: Decimal::from(60_000).try_into()? };
/// let marketing = Spent { count: 5, amount: Decimal::from(40_000).try_into()? };
/// let spend = SpendTally::from_totals(q1, SpendTotals { records: 8, sales, marketing, ..SpendTotals::default() })?;
///
/// let mut purchases = PurchaseTally::new(q1);
/// for n in 0..50 {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     purchases.record(&Deal::new(format!("D-{n}"), Currency::USD, date(2026, 1, 7)?, won)?.with_account(format!("A-{n}"))?)?;
/// }
/// assert_eq!(kpi::customer_acquisition_cost(&spend, &purchases)?.to_string(), "2000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a customer who buys again is not acquired again. With the quarter's deals alone, without the history, Initech
/// would count as new and the cost would be halved.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, PurchaseTally, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = |id, account, on| Deal::new(id, Currency::USD, date(2025, 1, 7)?, Outcome::Won { on })?.with_account(account);
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
pub fn customer_acquisition_cost(
    spend: &SpendTally,
    purchases: &PurchaseTally,
) -> Result<Money, Error> {
    let scope = spend.scope();
    scope.expect_of("the purchases", purchases.scope())?;
    let cost = spend.totals().acquisition();
    cost_per(
        scope,
        cost,
        purchases.new_customers(),
        Undefined::NoNewCustomers,
    )
}

/// What it costs in sales and marketing until an account signs its first contract.
///
/// # Formula
/// ```text
/// (spend on sales + spend on marketing) / accounts whose first contract starts in the period
/// ```
///
/// # Counts
/// Spend by its date, of the categories sales and marketing. Accounts by the start of their first contract ever, whether it
/// still holds at the end or not; so the contracts must be all that there ever were.
///
/// # Unit
/// [`Money`] an account, 0 or more; lower is better.
///
/// # Errors
/// - [`Error::ScopesDiffer`] where the two tallies are not of one scope.
/// - [`Undefined::NoNewContracts`] where no account's first contract starts in the period.
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
///     Contract::new("C-1", "Initech", Currency::USD, date(2026, 1, 1)?)?,
///     Contract::new("C-2", "Acme", Currency::USD, date(2026, 3, 31)?)?,
/// ];
/// let customers = CustomerTally::of(&contracts, q1)?;
/// assert_eq!(kpi::cost_per_new_contract(&spend, &customers)?.to_string(), "3000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: three new contracts may be one new account. What an old customer signs on top is expansion, not acquisition.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let spend = SpendTally::of([Spend::new("S-1", date(2026, 1, 31)?, 6_000, Currency::USD, SpendCategory::Sales)?], q1)?;
/// let contracts = [
///     Contract::new("C-0", "Initech", Currency::USD, date(2024, 1, 1)?)?,
///     Contract::new("C-1", "Initech", Currency::USD, date(2026, 1, 1)?)?,
///     Contract::new("C-2", "Acme", Currency::USD, date(2026, 2, 1)?)?,
///     Contract::new("C-3", "Acme", Currency::USD, date(2026, 3, 1)?)?,
/// ];
/// let customers = CustomerTally::of(&contracts, q1)?;
/// assert_eq!(customers.totals().signed.count, 3);
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
    let (cost, accounts) = (
        spend.totals().acquisition(),
        customers.totals().first_contracts,
    );
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
/// - [`Error::ScopesDiffer`] where the two tallies are not of one scope.
/// - [`Undefined::NoNewCustomers`] where no account became a customer through the channel.
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
/// let spend = SpendTally::of([spend.with_channel("webinar")?], q1)?;
/// let won = Outcome::Won { on: date(2026, 2, 20)? };
/// let deal = Deal::new("D-1", Currency::USD, date(2026, 1, 7)?, won)?.with_account("Acme")?.with_source("webinar")?;
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
/// # let deal = Deal::new("D-1", Currency::USD, date(2026, 1, 7)?, won)?.with_account("Acme")?.with_source("webinar")?;
/// # let purchases = PurchaseTally::of([deal], q1)?;
/// let spend = [
///     Spend::new("S-1", date(2026, 1, 31)?, 1_200, Currency::USD, SpendCategory::Marketing)?.with_channel("webinar")?,
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
pub fn cost_per_acquisition(
    spend: &SpendTally,
    purchases: &PurchaseTally,
    channel: &Label,
) -> Result<Money, Error> {
    let scope = spend.scope();
    scope.expect_of("the purchases", purchases.scope())?;
    let cost = spend.channel(channel).acquisition();
    let customers = purchases.new_customers_of(channel);
    cost_per(scope, cost, customers, Undefined::NoNewCustomers)
}

fn cost_per(scope: Scope, cost: Sum<4>, count: u64, none: Undefined) -> Result<Money, Error> {
    if count == 0 {
        return Err(none.into());
    }
    Ok(reckon::mean_money(scope, cost, count)?)
}

/// How many months it takes until a customer has paid back what it cost to win it.
///
/// # Formula
/// ```text
/// acquisition cost / (revenue per account and month × gross margin)
/// ```
///
/// # Counts
/// What is given: the cost of [`customer_acquisition_cost`], a revenue per account such as [`recurring_revenue_per_account`], and a margin such as
/// [`profit_margin`](super::profit_margin). A revenue per quarter or year is a third or a twelfth of it a month.
///
/// # Unit
/// [`Months`], 0 or more; fewer is better.
///
/// # Errors
/// - [`Error::PerDay`] for a revenue per day.
/// - [`Error::CurrencyMismatch`] where cost and revenue are in two currencies.
/// - [`Undefined::GrossProfitNotPositive`] where revenue times margin is not above 0: it is never paid back.
/// - [`Undefined::NegativeCost`] where the cost is below 0.
/// - [`Undefined::OutOfRange`] where a figure passes what a decimal holds.
///
/// # Examples
/// 2,000 against 250 a month at a margin of 80 %:
/// ```
/// use sales_metrics::{Currency, Money, MoneyPer, Per, Percent, kpi};
///
/// let usd = |amount: i64| Money::new(amount, Currency::USD);
/// let monthly = MoneyPer::new(usd(250), Per::Month);
/// let margin = Percent::from_percent(80)?;
/// assert_eq!(kpi::cac_payback(usd(2_000), monthly, margin)?.to_string(), "10 months");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the unit of the revenue does not matter, and leaving out the margin does. 3,000 a year is the same revenue; at a
/// margin of 100 % it would be 8 months.
/// ```
/// # use sales_metrics::{Currency, Money, MoneyPer, Per, Percent, kpi};
/// # let usd = |amount: i64| Money::new(amount, Currency::USD);
/// let yearly = MoneyPer::new(usd(3_000), Per::Year);
/// assert_eq!(kpi::cac_payback(usd(2_000), yearly, Percent::from_percent(80)?)?.to_string(), "10 months");
/// assert_eq!(kpi::cac_payback(usd(2_000), yearly, Percent::from_percent(100)?)?.to_string(), "8 months");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`ltv_to_cac`]: how often a customer pays back its cost, not how soon
///
/// # Source
/// This crate's definition.
pub fn cac_payback(
    cac: Money,
    revenue_per_account: MoneyPer,
    margin: Percent,
) -> Result<Months, Error> {
    let revenue = revenue_per_account;
    expect_currency(
        "the revenue per account",
        cac.currency(),
        revenue.currency(),
    )?;
    let times = times_a_year("the revenue per account", revenue.per())?;
    if cac.amount() < Decimal::ZERO {
        return Err(Undefined::NegativeCost.into());
    }
    let profit = reckon::product(revenue.amount(), margin.fraction())?;
    if profit <= Decimal::ZERO {
        return Err(Undefined::GrossProfitNotPositive.into());
    }
    let yearly_profit = reckon::product(profit, times)?;
    Months::new(reckon::quotient(
        reckon::product(cac.amount(), 12)?,
        yearly_profit,
    )?)
}

/// What a customer brings in over its lifetime (LTV), before any costs.
///
/// # Formula
/// ```text
/// revenue per customer and month × lifetime in months
/// ```
///
/// # Counts
/// What is given, such as [`recurring_revenue_per_account`]. A revenue per quarter or year is a third or a twelfth of it a month.
///
/// # Unit
/// [`Money`] a customer; higher is better.
///
/// # Errors
/// - [`Error::PerDay`] for a revenue per day.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
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
pub fn customer_lifetime_value(revenue: MoneyPer, lifetime: Months) -> Result<Money, Error> {
    let times = times_a_year("the revenue", revenue.per())?;
    let yearly = reckon::product(revenue.amount(), times)?;
    let twelvefold = reckon::product(yearly, lifetime.count())?;
    let value = reckon::quotient(twelvefold, 12)?;
    Ok(Money::new(value.normalize(), revenue.currency()))
}

/// What a customer leaves over its lifetime, after the costs of what is sold, where a steady share of customers leaves.
///
/// # Formula
/// ```text
/// revenue per customer × gross margin / churn, both per the same unit of time
/// ```
///
/// # Counts
/// What is given. The revenue is turned into the unit of time of the churn; one over the churn is the mean lifetime. Per day only
/// where both are per day.
///
/// # Unit
/// [`Money`] a customer, negative where the margin is; higher is better.
///
/// # Errors
/// - [`Error::PerDay`] where one of them is per day and the other is not.
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
/// - [`churn_rate`]: the churn of a period
///
/// # Source
/// This crate's definition.
pub fn margin_lifetime_value(
    revenue: MoneyPer,
    margin: Percent,
    churn: Rate,
    churn_per: Per,
) -> Result<Money, Error> {
    let (times, churn_times) = if revenue.per() == churn_per {
        (1, 1)
    } else {
        let times = times_a_year("the revenue", revenue.per())?;
        (times, times_a_year("the churn", churn_per)?)
    };
    if churn == Rate::ZERO {
        return Err(Undefined::ZeroChurn.into());
    }
    let profit = reckon::product(revenue.amount(), margin.fraction())?;
    let yearly_churn = reckon::product(churn.fraction(), churn_times)?;
    let value = reckon::quotient(reckon::product(profit, times)?, yearly_churn)?;
    Ok(Money::new(value.normalize(), revenue.currency()))
}

/// How often a unit of time comes in a year, in which months, quarters and years meet.
fn times_a_year(what: &str, per: Per) -> Result<u64, Error> {
    let times = per.times_a_year();
    times.ok_or_else(|| Error::PerDay {
        what: what.to_owned(),
    })
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
/// - [`Error::CurrencyMismatch`] where the two are in two currencies.
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
pub fn ltv_to_cac(ltv: Money, cac: Money) -> Result<Multiple, Error> {
    expect_currency("the acquisition cost", ltv.currency(), cac.currency())?;
    if cac.amount() <= Decimal::ZERO {
        return Err(Undefined::CostNotPositive.into());
    }
    Ok(Multiple::new(reckon::quotient(ltv.amount(), cac.amount())?))
}

/// The share of the customers at the start who are none at the end.
///
/// # Formula
/// ```text
/// customers at the start who are no longer customers at the end / customers at the start
/// ```
///
/// # Counts
/// Accounts with an active contract on the evening before the period, and again on the evening of its last day or of the as-of
/// day where that is earlier. A contract ends on the day after its last. Customers won in the period play no part, whether they
/// stay or not. An account that left and came back within the period has not churned.
///
/// # Unit
/// [`Rate`]; lower is better. It belongs to the length of the period: a year's churn is not twelve times a month's.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::NoCustomersAtStart`] where there was no customer at the start.
///
/// # Examples
/// 30 of 500 are gone:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
///
/// let mut customers = CustomerTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for n in 0..500 {
///     let contract = Contract::new(format!("C-{n}"), format!("A-{n}"), Currency::USD, date(2025, 4, 1)?)?;
///     let gone = n < 30;
///     customers.record(&if gone { contract.with_end(date(2026, 2, 28)?)? } else { contract })?;
/// }
/// assert_eq!(kpi::churn_rate(&customers)?.to_string(), "6%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: new customers don't make up for lost ones. With 20 new customers the churn is still 6 %; the 2 % that Bouncer
/// prints is how far the number of customers fell.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
/// # let mut customers = CustomerTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// # for n in 0..500 {
/// #     let contract = Contract::new(format!("C-{n}"), format!("A-{n}"), Currency::USD, date(2025, 4, 1)?)?;
/// #     customers.record(&if n < 30 { contract.with_end(date(2026, 2, 28)?)? } else { contract })?;
/// # }
/// for n in 500..520 {
///     customers.record(&Contract::new(format!("C-{n}"), format!("A-{n}"), Currency::USD, date(2026, 3, 1)?)?)?;
/// }
/// assert_eq!(kpi::churn_rate(&customers)?.to_string(), "6%");
/// assert_eq!(kpi::net_customer_change(&customers)?.to_string(), "-2%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`retention_rate`]: the rest
/// - [`net_customer_change`]: new customers set against lost ones
/// - [`gross_revenue_retention`]: by money, so that a large customer weighs more
/// - [`non_renewal_rate`], [`early_termination_rate`]: by contract
///
/// # Source
/// Bouncer, *B2B sales metrics*, by its words; its figure is that of [`net_customer_change`].
pub fn churn_rate(customers: &CustomerTally) -> Result<Rate, Undefined> {
    let totals = elapsed(customers)?;
    reckon::rate(totals.lost, totals.at_start, Undefined::NoCustomersAtStart)
}

/// How far the number of customers rose or fell.
///
/// # Formula
/// ```text
/// (customers at the end − customers at the start) / customers at the start
/// ```
///
/// # Counts
/// Accounts with an active contract on the evening before the period, and on the evening of its last day or of the as-of day. The
/// difference is the new and the reactivated ones less the lost.
///
/// # Unit
/// [`Percent`], −100 % or more, without an upper end; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::NoCustomersAtStart`] where there was no customer at the start.
///
/// # Examples
/// Two customers become three:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", Currency::USD, date(2025, 4, 1)?)?,
///     Contract::new("C-2", "Acme", Currency::USD, date(2025, 4, 1)?)?,
///     Contract::new("C-3", "Umbrella", Currency::USD, date(2026, 2, 1)?)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_customer_change(&customers)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: 0 % can hide that everybody left. One customer went and another came.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
/// let contracts = [
///     Contract::new("C-1", "Initech", Currency::USD, date(2025, 4, 1)?)?.with_end(date(2026, 2, 28)?)?,
///     Contract::new("C-2", "Acme", Currency::USD, date(2026, 3, 1)?)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_customer_change(&customers)?.to_string(), "0%");
/// assert_eq!(kpi::churn_rate(&customers)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`churn_rate`]: the lost ones alone
///
/// # Source
/// Bouncer, *B2B sales metrics*, prints it as churn.
pub fn net_customer_change(customers: &CustomerTally) -> Result<Percent, Undefined> {
    let totals = elapsed(customers)?;
    if totals.at_start == 0 {
        return Err(Undefined::NoCustomersAtStart);
    }
    let change = reckon::difference(totals.at_end.into(), totals.at_start.into())?;
    reckon::percent(change, totals.at_start)
}

/// The share of the customers at the start who still are customers at the end.
///
/// # Formula
/// ```text
/// customers at the start and at the end / customers at the start
/// ```
///
/// # Counts
/// As [`churn_rate`], of which it is the rest.
///
/// # Unit
/// [`Rate`]; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::NoCustomersAtStart`] where there was no customer at the start.
///
/// # Examples
/// One of two stays:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", Currency::USD, date(2025, 4, 1)?)?,
///     Contract::new("C-2", "Acme", Currency::USD, date(2025, 4, 1)?)?.with_end(date(2026, 3, 30)?)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::retention_rate(&customers)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a contract that ends with the period's last day is retained in it, and gone in the next one. It ends on the day after.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
/// let contract = Contract::new("C-1", "Initech", Currency::USD, date(2025, 4, 1)?)?.with_end(date(2026, 3, 31)?)?;
/// let scope = |quarter| Ok::<_, sales_metrics::Error>(Scope::new(Period::quarter(2026, quarter)?, Currency::USD));
/// assert_eq!(kpi::retention_rate(&CustomerTally::of([&contract], scope(1)?)?)?.to_string(), "100%");
/// assert_eq!(kpi::retention_rate(&CustomerTally::of([&contract], scope(2)?)?)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`churn_rate`]: the rest
/// - [`net_revenue_retention`]: by money, with what customers pay more or less
///
/// # Source
/// Bouncer, *B2B sales metrics*.
pub fn retention_rate(customers: &CustomerTally) -> Result<Rate, Undefined> {
    let totals = elapsed(customers)?;
    reckon::rate(
        totals.retained,
        totals.at_start,
        Undefined::NoCustomersAtStart,
    )
}

/// What moves between two evenings is known once the first day has passed.
fn elapsed(customers: &CustomerTally) -> Result<CustomerTotals, Undefined> {
    if customers.scope().elapsed_days() == 0 {
        return Err(Undefined::NothingElapsed);
    }
    Ok(customers.totals())
}

/// The share of the contracts that came up for renewal and were not renewed.
///
/// # Formula
/// ```text
/// contracts that came up and were not renewed / contracts that came up for renewal
/// ```
///
/// # Counts
/// Contracts whose agreed last day is in the period, up to the as-of day, and that were not terminated before it. Renewed are
/// those that another contract names as the one it renews, whenever that one starts.
///
/// # Unit
/// [`Rate`]; lower is better.
///
/// # Errors
/// [`Undefined::NoContractsDue`] where no contract came up for renewal.
///
/// # Examples
/// Two contracts come up, one is renewed:
/// ```
/// use sales_metrics::{Contract, Currency, Period, RenewalTally, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", Currency::USD, date(2025, 4, 1)?)?.with_end(date(2026, 3, 31)?)?,
///     Contract::new("C-2", "Acme", Currency::USD, date(2025, 4, 1)?)?.with_end(date(2026, 3, 31)?)?,
///     Contract::new("C-3", "Acme", Currency::USD, date(2026, 4, 1)?)?.with_renewal_of("C-2")?,
/// ];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::non_renewal_rate(&renewals)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a contract that was terminated before its term never came up for renewal. It is in [`early_termination_rate`] instead.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, RenewalTally, Scope, Undefined, date, kpi};
/// let contract = Contract::new("C-1", "Initech", Currency::USD, date(2025, 4, 1)?)?
///     .with_end(date(2026, 3, 31)?)?
///     .with_terminated(date(2026, 1, 31)?)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(kpi::non_renewal_rate(&RenewalTally::of([&contract], q1)?), Err(Undefined::NoContractsDue));
/// assert_eq!(kpi::early_termination_rate(&CustomerTally::of([&contract], q1)?)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`renewal_rate`]: by money, which may rise with the renewal
/// - [`churn_rate`]: by customer, of all customers and not of those that came up
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022); Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn non_renewal_rate(renewals: &RenewalTally) -> Result<Rate, Undefined> {
    let totals = renewals.totals();
    let lapsed = totals.due.count.saturating_sub(totals.renewed);
    reckon::rate(lapsed, totals.due.count, Undefined::NoContractsDue)
}

/// How much of the recurring money that came up for renewal goes on.
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the renewing contracts / Σ recurring fee a year of the contracts that came up
/// ```
///
/// # Counts
/// Contracts that came up as in [`non_renewal_rate`], and the contracts that renew them. Those without a recurring fee, or
/// renewed by one without, are in neither sum; `totals().due.unpriced()` counts them.
///
/// # Unit
/// [`Percent`], 0 % or more; higher is better. Above 100 % where renewals cost more than what they renew.
///
/// # Errors
/// - [`Undefined::NoContractsDue`] where no contract came up for renewal.
/// - [`Undefined::NoRecurringFee`] where none of them has a known recurring fee on both sides.
/// - [`Undefined::ZeroDueRevenue`] where their recurring fees add up to 0.
/// - [`Undefined::OutOfRange`] where the percentage passes what a decimal holds.
///
/// # Examples
/// 1,000 a month come up, 600 a month go on:
/// ```
/// use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let last = date(2026, 3, 31)?;
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 4, 1)?)?.with_end(last)?.with_recurring(400, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 4, 1)?)?.with_end(last)?.with_recurring(600, Per::Month)?,
///     contract("C-3", "Acme", date(2026, 4, 1)?)?.with_renewal_of("C-2")?.with_recurring(7_200, Per::Year)?,
/// ];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::renewal_rate(&renewals)?.to_string(), "60%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it can pass 100 % while half of the contracts lapse.
/// ```
/// # use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// # let last = date(2026, 3, 31)?;
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 4, 1)?)?.with_end(last)?.with_recurring(400, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 4, 1)?)?.with_end(last)?.with_recurring(600, Per::Month)?,
///     contract("C-3", "Acme", date(2026, 4, 1)?)?.with_renewal_of("C-2")?.with_recurring(1_100, Per::Month)?,
/// ];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::renewal_rate(&renewals)?.to_string(), "110%");
/// assert_eq!(kpi::non_renewal_rate(&renewals)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`non_renewal_rate`]: by contract
/// - [`net_revenue_retention`]: of all customers, not only of the contracts that came up
///
/// # Source
/// This crate's definition.
pub fn renewal_rate(renewals: &RenewalTally) -> Result<Percent, Undefined> {
    let totals = renewals.totals();
    let due = totals.due;
    if due.count == 0 {
        return Err(Undefined::NoContractsDue);
    }
    if due.priced == 0 {
        return Err(Undefined::NoRecurringFee);
    }
    if due.amount == Sum::ZERO {
        return Err(Undefined::ZeroDueRevenue);
    }
    reckon::percent(totals.renewed_amount.decimal(), due.amount.decimal())
}

/// The share of the contracts active at the start that were ended before their term.
///
/// # Formula
/// ```text
/// contracts active at the start that were terminated before their agreed end and have ended / contracts active at the start
/// ```
///
/// # Counts
/// Contracts active on the evening before the period, with a term or without. Ended are those no longer active on the evening of
/// the last day or of the as-of day: a contract ends on the day after its last. What has no agreed end can't be ended before it. A
/// contract that was terminated because another one replaces it counts.
///
/// # Unit
/// [`Rate`]; lower is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::NoContractsAtStart`] where no contract was active at the start.
///
/// # Examples
/// One of two is ended in February instead of December:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
///
/// let contract = |id, account| Contract::new(id, account, Currency::USD, date(2025, 4, 1)?)?.with_end(date(2026, 12, 31)?);
/// let contracts = [contract("C-1", "Initech")?, contract("C-2", "Acme")?.with_terminated(date(2026, 2, 28)?)?];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::early_termination_rate(&customers)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a contract that was terminated because a larger one replaces it counts as well, although nobody is lost.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
/// let old = Contract::new("C-1", "Initech", Currency::USD, date(2025, 4, 1)?)?
///     .with_end(date(2026, 12, 31)?)?
///     .with_terminated(date(2026, 2, 28)?)?;
/// let new = Contract::new("C-2", "Initech", Currency::USD, date(2026, 3, 1)?)?.with_renewal_of("C-1")?;
/// let customers = CustomerTally::of([old, new], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::early_termination_rate(&customers)?.to_string(), "100%");
/// assert_eq!(kpi::churn_rate(&customers)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// A contract that runs out is no early termination, although its customer may be lost.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
/// let contract = Contract::new("C-1", "Initech", Currency::USD, date(2025, 4, 1)?)?.with_end(date(2026, 2, 28)?)?;
/// let customers = CustomerTally::of([contract], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::early_termination_rate(&customers)?.to_string(), "0%");
/// assert_eq!(kpi::churn_rate(&customers)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`non_renewal_rate`]: contracts that ran their term and were not renewed
/// - [`churn_rate`]: customers, whatever ended their contracts
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022), the first of its kinds of churn.
pub fn early_termination_rate(customers: &CustomerTally) -> Result<Rate, Undefined> {
    let totals = elapsed(customers)?;
    let active = totals.contracts_at_start.count;
    reckon::rate(
        totals.terminated_early,
        active,
        Undefined::NoContractsAtStart,
    )
}

/// What all customers pay in recurring fees, per year (ARR).
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the active contracts
/// ```
///
/// # Counts
/// Contracts active on the evening of the period's last day, or of the as-of day where that is earlier. A fee a month counts
/// twelve times, one a quarter four times. One-time fees are not in it. Contracts without a recurring fee add nothing;
/// `totals().contracts_at_end.unpriced()` counts them.
///
/// # Unit
/// [`MoneyPer`] year, 0 or more; higher is better.
///
/// # Errors
/// None.
///
/// # Examples
/// 500 a month and 2,000 a quarter:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", Currency::USD, date(2025, 7, 1)?)?.with_recurring(500, Per::Month)?,
///     Contract::new("C-2", "Acme", Currency::USD, date(2026, 1, 1)?)?.with_recurring(2_000, Per::Quarter)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::arr(&customers).to_string(), "14000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is no revenue of the period. It is read on one evening, and a one-time fee is not in it.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// let contract = Contract::new("C-1", "Initech", Currency::USD, date(2026, 3, 31)?)?
///     .with_recurring(500, Per::Month)?
///     .with_one_time(10_000)?;
/// let customers = CustomerTally::of([contract], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::arr(&customers).to_string(), "6000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`mrr`]: the same a month
/// - [`mrr_movements`]: where it came from and where it went
/// - [`total_revenue`]: what was won in the period, once or again
///
/// # Source
/// This crate's definition.
#[must_use]
pub fn arr(customers: &CustomerTally) -> MoneyPer {
    let closing = customers.totals().recurring.closing;
    MoneyPer::new(
        reckon::money(customers.scope(), closing.decimal()),
        Per::Year,
    )
}

/// What all customers pay in recurring fees, per month (MRR).
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the active contracts / 12
/// ```
///
/// # Counts
/// As [`arr`]. The fees are added up per year, exactly, and divided once.
///
/// # Unit
/// [`MoneyPer`] month, 0 or more; higher is better.
///
/// # Errors
/// None.
///
/// # Examples
/// 500 a month and 3,000 a quarter:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", Currency::USD, date(2025, 7, 1)?)?.with_recurring(500, Per::Month)?,
///     Contract::new("C-2", "Acme", Currency::USD, date(2026, 1, 1)?)?.with_recurring(3_000, Per::Quarter)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::mrr(&customers).to_string(), "1500 USD/month");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: three contracts of 100 a year are 25 a month. Rounded to cents each before they are added up, they would be 24.99.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// let contract = |id| Contract::new(id, "Initech", Currency::USD, date(2025, 7, 1)?)?.with_recurring(100, Per::Year);
/// let contracts = [contract("C-1")?, contract("C-2")?, contract("C-3")?];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::mrr(&customers).to_string(), "25 USD/month");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`arr`]: the same a year
/// - [`mrr_movements`]: where it came from and where it went
///
/// # Source
/// This crate's definition.
#[must_use]
pub fn mrr(customers: &CustomerTally) -> MoneyPer {
    mrr_movements(customers).closing()
}

/// What a customer pays in recurring fees a month on average.
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the active contracts / 12 / customers of whom a fee is known
/// ```
///
/// # Counts
/// Accounts with an active contract on the evening of the period's last day, or of the as-of day where that is earlier, of which one
/// at least has a recurring fee. Customers without a known fee are left out of both sides; `totals().at_end − totals().priced_at_end`
/// counts them.
///
/// # Unit
/// [`MoneyPer`] month, 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::NoCustomersAtEnd`] where no account is a customer at the end.
/// - [`Undefined::NoRecurringFee`] where no recurring fee of them is known.
///
/// # Examples
/// Two customers, 500 a month and 3,000 a quarter:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", Currency::USD, date(2025, 7, 1)?)?.with_recurring(500, Per::Month)?,
///     Contract::new("C-2", "Acme", Currency::USD, date(2026, 1, 1)?)?.with_recurring(3_000, Per::Quarter)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::recurring_revenue_per_account(&customers)?.to_string(), "750 USD/month");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is per account, not per contract, and a customer whose fee nobody wrote down does not halve it.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// let contracts = [
///     Contract::new("C-1", "Initech", Currency::USD, date(2025, 7, 1)?)?.with_recurring(500, Per::Month)?,
///     Contract::new("C-2", "Initech", Currency::USD, date(2026, 1, 1)?)?.with_recurring(250, Per::Month)?,
///     Contract::new("C-3", "Acme", Currency::USD, date(2026, 1, 1)?)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::recurring_revenue_per_account(&customers)?.to_string(), "750 USD/month");
/// assert_eq!((customers.totals().at_end, customers.totals().priced_at_end), (2, 1));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`mrr`]: all customers together
/// - [`average_revenue_per_account`](super::average_revenue_per_account): from the deals won in the period, not from what recurs
/// - [`customer_lifetime_value`], [`cac_payback`]: what it is good for
///
/// # Source
/// This crate's definition.
pub fn recurring_revenue_per_account(customers: &CustomerTally) -> Result<MoneyPer, Undefined> {
    let totals = customers.totals();
    if totals.at_end == 0 {
        return Err(Undefined::NoCustomersAtEnd);
    }
    if totals.priced_at_end == 0 {
        return Err(Undefined::NoRecurringFee);
    }
    let months = reckon::product(totals.priced_at_end.into(), 12)?;
    let each = reckon::quotient(totals.recurring.closing.decimal(), months)?;
    Ok(MoneyPer::new(
        reckon::money(customers.scope(), each),
        Per::Month,
    ))
}

/// How monthly recurring revenue moved: won, won back, raised, lowered and lost.
///
/// # Formula
/// ```text
/// opening + new + reactivation + expansion − contraction − churn = closing
/// ```
///
/// # Counts
/// Per account, the recurring fees of its contracts active on the evening before the period (opening) against those on the evening
/// of its last day or of the as-of day (closing). A customer at the end and not at the start is *new* where its first contract ever
/// started after the opening, else *reactivated*. A customer at both pays more (*expansion*) or less (*contraction*). A customer at
/// the start and not at the end has *churned*. All 0 where the as-of day is before the period.
///
/// A customer of whom no recurring fee is known on one of the evenings counts with 0 there: a fee that is written down later shows as
/// expansion. `totals().at_start − totals().priced_at_start` and `totals().at_end − totals().priced_at_end` count them.
///
/// # Unit
/// [`MrrMovements`], each part [`MoneyPer`] month and 0 or more. [`MrrMovements::yearly`] has the exact figures per year.
///
/// # Errors
/// None.
///
/// # Examples
/// One customer pays more, one is new:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(500, Per::Month)?,
///     contract("C-2", "Initech", date(2026, 2, 1)?)?.with_recurring(200, Per::Month)?,
///     contract("C-3", "Acme", date(2026, 1, 1)?)?.with_recurring(300, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let moved = kpi::mrr_movements(&customers);
/// assert_eq!(moved.opening().to_string(), "500 USD/month");
/// assert_eq!(moved.expansion().to_string(), "200 USD/month");
/// assert_eq!(moved.new_business().to_string(), "300 USD/month");
/// assert_eq!(moved.closing().to_string(), "1000 USD/month");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a customer who comes back after a gap is neither new nor an expansion of nothing.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [
///     contract("C-1", "Initech", date(2024, 1, 1)?)?.with_end(date(2024, 12, 31)?)?.with_recurring(500, Per::Month)?,
///     contract("C-2", "Initech", date(2026, 2, 1)?)?.with_recurring(700, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let moved = kpi::mrr_movements(&customers);
/// assert_eq!(moved.reactivation().to_string(), "700 USD/month");
/// assert_eq!(moved.expansion().to_string(), "0 USD/month");
/// assert_eq!(moved.new_business().to_string(), "0 USD/month");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`mrr`]: the closing alone
/// - [`gross_revenue_retention`], [`net_revenue_retention`], [`quick_ratio`]: ratios of these parts
///
/// # Source
/// This crate's definition.
#[must_use]
pub fn mrr_movements(customers: &CustomerTally) -> MrrMovements {
    MrrMovements::of(customers.totals().recurring, customers.scope().currency())
}

/// The share of the recurring revenue at the start that is still there at the end, whatever else was gained.
///
/// # Formula
/// ```text
/// Σ smaller of the two, at the end and at the start / Σ at the start, over the customers at the start
/// ```
///
/// # Counts
/// The recurring fees of each customer at the start, at both ends of the period, as in [`mrr_movements`]. What a customer pays more
/// does not make up for what another pays less. A customer without a known fee on an evening counts with 0 there, as in [`mrr_movements`].
///
/// # Unit
/// [`Rate`]; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::ZeroOpeningRevenue`] where there was no recurring revenue at the start.
///
/// # Examples
/// 900 of 1,000 remain:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_end(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::gross_revenue_retention(&customers)?.to_string(), "90%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: expansion never lifts it. Initech pays 500 more, and it is still 90 %.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_end(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
///     contract("C-3", "Initech", date(2026, 2, 1)?)?.with_recurring(500, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::gross_revenue_retention(&customers)?.to_string(), "90%");
/// assert_eq!(kpi::net_revenue_retention(&customers)?.to_string(), "140%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`net_revenue_retention`]: with expansion
/// - [`retention_rate`]: by customer
///
/// # Source
/// This crate's definition.
pub fn gross_revenue_retention(customers: &CustomerTally) -> Result<Rate, Undefined> {
    let moved = elapsed(customers)?.recurring;
    let kept = less(moved.opening, [moved.contraction, moved.churn])?;
    reckon::rate(kept, moved.opening.decimal(), Undefined::ZeroOpeningRevenue)
}

/// What the customers at the start pay at the end, of what they paid at the start.
///
/// # Formula
/// ```text
/// Σ at the end / Σ at the start, over the customers at the start
/// ```
///
/// # Counts
/// The recurring fees of each customer at the start, at both ends of the period, as in [`mrr_movements`]. New and reactivated
/// customers play no part. A customer without a known fee on an evening counts with 0 there, as in [`mrr_movements`]: one whose fee was
/// missing at the start is expansion, one whose fee is missing at the end is contraction.
///
/// # Unit
/// [`Percent`], 0 % or more; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::ZeroOpeningRevenue`] where there was no recurring revenue at the start.
/// - [`Undefined::OutOfRange`] where the percentage passes what a decimal holds.
///
/// # Examples
/// 1,000 become 1,200:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(1_000, Per::Month)?,
///     contract("C-2", "Initech", date(2026, 2, 1)?)?.with_recurring(200, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_revenue_retention(&customers)?.to_string(), "120%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a fee that is missing on the contract at the start and known on the one at the end looks like growth.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(1_000, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_end(date(2026, 1, 31)?)?,
///     contract("C-3", "Acme", date(2026, 2, 1)?)?.with_recurring(500, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_revenue_retention(&customers)?.to_string(), "150%");
/// let totals = customers.totals();
/// assert_eq!((totals.at_start, totals.priced_at_start), (2, 1));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// And a new customer does not raise it, however large.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(1_000, Per::Month)?,
///     contract("C-2", "Acme", date(2026, 2, 1)?)?.with_recurring(9_000, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_revenue_retention(&customers)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`gross_revenue_retention`]: without expansion
/// - [`net_negative_churn`]: whether it passes 100 %
///
/// # Source
/// This crate's definition.
pub fn net_revenue_retention(customers: &CustomerTally) -> Result<Percent, Undefined> {
    let (remaining, opening) = remaining(customers)?;
    reckon::percent(remaining, opening)
}

/// What the customers at the start pay at the end, and at the start, which is not 0.
fn remaining(customers: &CustomerTally) -> Result<(Decimal, Decimal), Undefined> {
    let moved = elapsed(customers)?.recurring;
    if moved.opening == Sum::ZERO {
        return Err(Undefined::ZeroOpeningRevenue);
    }
    let remaining = less(moved.closing, [moved.new, moved.reactivation])?;
    Ok((remaining, moved.opening.decimal()))
}

/// Whether the customers at the start pay more at the end than at the start: expansion exceeds what was lost.
///
/// # Formula
/// ```text
/// net revenue retention > 100 %, that is expansion > contraction + churn
/// ```
///
/// # Counts
/// As [`net_revenue_retention`].
///
/// # Unit
/// `bool`; true is better. Exactly 100 % is not negative churn.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::ZeroOpeningRevenue`] where there was no recurring revenue at the start.
///
/// # Examples
/// 100 are lost, 200 are gained from customers who stay:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_end(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
///     contract("C-3", "Initech", date(2026, 2, 1)?)?.with_recurring(200, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert!(kpi::net_negative_churn(&customers)?);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: LeadFuze describes the reverse, that more is lost than gained. That is the ordinary case of a shrinking base:
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_end(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
///     contract("C-3", "Initech", date(2026, 2, 1)?)?.with_recurring(50, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert!(!kpi::net_negative_churn(&customers)?);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`net_revenue_retention`]: by how much
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022), turned round.
pub fn net_negative_churn(customers: &CustomerTally) -> Result<bool, Undefined> {
    // Not by the percentage, which is rounded.
    let (remaining, opening) = remaining(customers)?;
    Ok(remaining > opening)
}

fn less(whole: Sum<4>, parts: [Sum<4>; 2]) -> Result<Decimal, Undefined> {
    let [first, second] = parts;
    let rest = reckon::difference(whole.decimal(), first.decimal())?;
    reckon::difference(rest, second.decimal())
}

/// How much recurring revenue was gained for each unit of money that was lost.
///
/// # Formula
/// ```text
/// (new + reactivation + expansion) / (contraction + churn)
/// ```
///
/// # Counts
/// The parts of [`mrr_movements`].
///
/// # Unit
/// [`Multiple`], 0 or more; higher is better, and below 1 recurring revenue shrinks.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::NoRecurringLoss`] where nothing was lost.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 400 gained, 100 lost:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_end(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
///     contract("C-2", "Acme", date(2026, 2, 1)?)?.with_recurring(400, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::quick_ratio(&customers)?.to_string(), "4×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a quarter in which nothing was lost has no ratio, neither 0 nor one without end.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, Undefined, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, Currency::USD, start);
/// let contracts = [contract("C-2", "Acme", date(2026, 2, 1)?)?.with_recurring(400, Per::Month)?];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::quick_ratio(&customers), Err(Undefined::NoRecurringLoss));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`mrr_movements`]: the parts
/// - [`net_revenue_retention`]: without what new customers bring
///
/// # Source
/// This crate's definition.
pub fn quick_ratio(customers: &CustomerTally) -> Result<Multiple, Undefined> {
    let moved = elapsed(customers)?.recurring;
    let lost = plus(moved.contraction, moved.churn)?;
    if lost == Sum::ZERO {
        return Err(Undefined::NoRecurringLoss);
    }
    let gained = plus(plus(moved.new, moved.reactivation)?, moved.expansion)?;
    let times = reckon::quotient(gained.decimal(), lost.decimal())?;
    Ok(Multiple::new(times))
}

fn plus(a: Sum<4>, b: Sum<4>) -> Result<Sum<4>, Undefined> {
    a.checked_add(b.units()).ok_or(Undefined::OutOfRange)
}

/// How much yearly revenue each unit of money spent in the quarter before has added.
///
/// # Formula
/// ```text
/// (revenue of the quarter − revenue of the quarter before) × 4 / spend on sales and marketing of the quarter before
/// ```
///
/// # Counts
/// Won deals, by close date, of two whole quarters of three months each, one directly after the other. Spend of the categories sales
/// and marketing, by its date, in the scope of the earlier quarter. Revenue here is what was won, bookings: whoever takes it from the
/// ledger has recognised revenue instead, and another figure.
///
/// # Unit
/// [`Multiple`], negative where revenue fell; higher is better.
///
/// # Errors
/// - [`Error::NotConsecutiveQuarters`] where the tallies are not of two whole quarters, one directly after the other.
/// - [`Error::CurrencyMismatch`] where they are in two currencies.
/// - [`Error::ScopesDiffer`] where the spend is not of the earlier quarter's scope.
/// - [`Undefined::NothingPriced`] where deals were won in one of them and none of these has an amount.
/// - [`Undefined::ZeroSpend`] where nothing was spent on sales and marketing.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 50,000 more than in the quarter before, in which 250,000 were spent:
/// ```
/// use sales_metrics::{
///     Currency, DealTally, DealTotals, Decimal, Period, Priced, Scope, SpendTally, SpendTotals, Spent, kpi,
/// };
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = |amount: i64| {
///     let won = Priced::all(50, Decimal::from(amount).try_into()?);
///     Ok::<_, sales_metrics::Error>(DealTotals { records: 50, won, ..DealTotals::default() })
/// };
/// let now = DealTally::from_totals(q1, won(850_000)?)?;
/// let before = DealTally::from_totals(q1.previous()?, won(800_000)?)?;
/// let sales = Spent { count: 90, amount: Decimal::from(250_000).try_into()? };
/// let spend = SpendTally::from_totals(q1.previous()?, SpendTotals { records: 90, sales, ..SpendTotals::default() })?;
/// assert_eq!(kpi::magic_number(&now, &before, &spend)?.to_string(), "0.8×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the spend is that of the quarter before, since what is spent today is won tomorrow. That of the same quarter is refused.
/// ```
/// # use sales_metrics::{Currency, DealTally, Error, Period, Scope, SpendTally, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let (now, before) = (DealTally::new(q1), DealTally::new(q1.previous()?));
/// let same_quarter = SpendTally::new(q1);
/// assert!(matches!(kpi::magic_number(&now, &before, &same_quarter), Err(Error::ScopesDiffer { .. })));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`customer_acquisition_cost`]: the cost of a customer, not the return on a unit of money
/// - [`burn_multiple`]: all money burnt, against recurring revenue
///
/// # Source
/// This crate's definition.
pub fn magic_number(
    current: &DealTally,
    previous: &DealTally,
    previous_spend: &SpendTally,
) -> Result<Multiple, Error> {
    let (now, before) = (current.scope(), previous.scope());
    expect_currency("the previous quarter", now.currency(), before.currency())?;
    if !(is_quarter(now) && is_quarter(before) && before.period().end() == now.period().start()) {
        return Err(Error::NotConsecutiveQuarters {
            current: now,
            previous: before,
        });
    }
    before.expect_of("the spend", previous_spend.scope())?;
    let spend = previous_spend.totals().acquisition();
    if spend == Sum::ZERO {
        return Err(Undefined::ZeroSpend.into());
    }
    let (revenue, base) = (total_revenue(current)?, total_revenue(previous)?);
    let gain = reckon::difference(revenue.amount(), base.amount())?;
    let times = reckon::quotient(reckon::product(gain, 4)?, spend.decimal())?;
    Ok(Multiple::new(times))
}

fn is_quarter(scope: Scope) -> bool {
    scope.period().whole_months() == Some(3) && scope.is_complete()
}

/// Growth and operating margin added up: 40 % or more is taken for sound, whichever of the two it comes from.
///
/// # Formula
/// ```text
/// growth % + operating margin %
/// ```
///
/// # Counts
/// What is given: a growth such as [`revenue_growth`](super::revenue_growth) against the year before, and the operating margin of
/// the same time: what is left after all costs of running the business, as the ledger has it. The deals' gross margin, which
/// [`profit_margin`](super::profit_margin) gives, leaves out sales, marketing, development and rent, and would be far too high.
///
/// # Unit
/// [`Percent`], may be negative; higher is better.
///
/// # Errors
/// [`Undefined::OutOfRange`] where the sum passes what a decimal holds.
///
/// # Examples
/// 30 % growth at an operating margin of 15 %:
/// ```
/// use sales_metrics::{Percent, kpi};
///
/// let (growth, margin) = (Percent::from_percent(30)?, Percent::from_percent(15)?);
/// assert_eq!(kpi::rule_of_40(growth, margin)?.to_string(), "45%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a company that loses money can pass, if it grows fast enough.
/// ```
/// # use sales_metrics::{Percent, kpi};
/// let (growth, margin) = (Percent::from_percent(90)?, Percent::from_percent(-45)?);
/// assert_eq!(kpi::rule_of_40(growth, margin)?.to_string(), "45%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`burn_multiple`]: what growth costs in money
///
/// # Source
/// This crate's definition.
pub fn rule_of_40(growth: Percent, margin: Percent) -> Result<Percent, Undefined> {
    let sum = growth.fraction().checked_add(margin.fraction());
    Percent::from_fraction(sum.ok_or(Undefined::OutOfRange)?)
}

/// How much money was burnt for each unit of yearly recurring revenue that was added.
///
/// # Formula
/// ```text
/// net burn / (ARR at the end − ARR at the start)
/// ```
///
/// # Counts
/// The net burn of the period, as given: what was paid out less what came in. Recurring revenue as in [`arr`], on the evening before
/// the period and on the evening of its last day or of the as-of day.
///
/// # Unit
/// [`Multiple`]; lower is better, and negative where more came in than was paid out.
///
/// # Errors
/// - [`Error::CurrencyMismatch`] where the burn is in another currency.
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::NoRecurringGrowth`] where recurring revenue did not grow.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 9,000 burnt for 6,000 a year more:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Money, Per, Period, Scope, date, kpi};
///
/// let contract = Contract::new("C-1", "Initech", Currency::USD, date(2026, 2, 1)?)?.with_recurring(500, Per::Month)?;
/// let customers = CustomerTally::of([contract], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let burn = Money::new(9_000, Currency::USD);
/// assert_eq!(kpi::burn_multiple(burn, &customers)?.to_string(), "1.5×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: where nothing was added the multiple is not 0, which would be the best there is.
/// ```
/// # use sales_metrics::{Currency, CustomerTally, Error, Money, Period, Scope, Undefined, kpi};
/// let customers = CustomerTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let burn = Money::new(9_000, Currency::USD);
/// let none = Err(Error::Undefined(Undefined::NoRecurringGrowth));
/// assert_eq!(kpi::burn_multiple(burn, &customers), none);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`magic_number`]: revenue of deals against sales and marketing spend
/// - [`mrr_movements`]: what the change is made of
///
/// # Source
/// This crate's definition.
pub fn burn_multiple(net_burn: Money, customers: &CustomerTally) -> Result<Multiple, Error> {
    expect_currency(
        "the net burn",
        customers.scope().currency(),
        net_burn.currency(),
    )?;
    let moved = elapsed(customers)?.recurring;
    if moved.closing <= moved.opening {
        return Err(Undefined::NoRecurringGrowth.into());
    }
    let gain = reckon::difference(moved.closing.decimal(), moved.opening.decimal())?;
    Ok(Multiple::new(reckon::quotient(net_burn.amount(), gain)?))
}
