//! What recurs, how it moves, and whether growth is worth its price.

use rust_decimal::Decimal;

use super::{reckon, total_revenue};
use crate::error::{Error, Undefined};
use crate::kpi::error::KpiProblem;
use crate::period::Scope;
use crate::tally::{CustomerTally, DealTally, MrrMovements, Priced, SpendTally};
use crate::value::money::expect_currency;
use crate::value::{AmountSum, Money, MoneyPer, Multiple, Per, Percent, Rate};

/// What all customers pay in recurring fees, per year (ARR).
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the active contracts
/// ```
///
/// # Counts
/// Contracts active on the evening of the period's last day, or of the as-of day where that is earlier. A fee a month counts
/// twelve times, one a quarter four times, one a week 52 times ([`Per`]). One-time fees are not in it, and neither are trials, whatever their fee. Contracts whose fees
/// nobody knows add nothing; `totals().contracts_at_end()?.unpriced()` counts them. A contract that another one renews counts as long as
/// it holds: where both do, since one that [renews itself](crate::Contract::with_auto_renewal) was never ended, say, the fees of both
/// are in it, and [`Audit::contracts`](crate::audit::Audit::contracts) finds the pair.
///
/// # Unit
/// [`MoneyPer`] year, 0 or more; higher is better.
///
/// # Errors
/// [`Undefined::NoRecurringFee`] where there are customers, and no fee of them is known.
///
/// # Examples
/// 500 a month and 2,000 a quarter:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", date(2025, 7, 1)?, Currency::USD)?.with_recurring(500, Per::Month)?,
///     Contract::new("C-2", "Acme", date(2026, 1, 1)?, Currency::USD)?.with_recurring(2_000, Per::Quarter)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::arr(&customers)?.to_string(), "14000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is no revenue of the period. It is read on one evening, and a one-time fee is not in it.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// let contract = Contract::new("C-1", "Initech", date(2026, 3, 31)?, Currency::USD)?
///     .with_recurring(500, Per::Month)?
///     .with_one_time(10_000)?;
/// let customers = CustomerTally::of([contract], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::arr(&customers)?.to_string(), "6000 USD/year");
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
#[doc(alias = "ARR")]
pub fn arr(customers: &CustomerTally) -> Result<MoneyPer, Undefined> {
    let closing = known(customers.totals().contracts_at_end()?)?;
    Ok(MoneyPer::new(
        reckon::money(customers.scope(), closing.decimal()),
        Per::Year,
    ))
}

/// What contracts pay: 0 where there is none, and unknown where no fee of them is known.
pub(super) fn known(contracts: Priced) -> Result<AmountSum, Undefined> {
    if contracts.count > 0 && contracts.priced == 0 {
        return Err(Undefined::NoRecurringFee);
    }
    Ok(contracts.amount)
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
/// [`Undefined::NoRecurringFee`] where there are customers, and no fee of them is known.
///
/// # Examples
/// 500 a month and 3,000 a quarter:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", date(2025, 7, 1)?, Currency::USD)?.with_recurring(500, Per::Month)?,
///     Contract::new("C-2", "Acme", date(2026, 1, 1)?, Currency::USD)?.with_recurring(3_000, Per::Quarter)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::mrr(&customers)?.to_string(), "1500 USD/month");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: three contracts of 100 a year are 25 a month. Rounded to cents each before they are added up, they would be 24.99.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// let contract = |id| Contract::new(id, "Initech", date(2025, 7, 1)?, Currency::USD)?.with_recurring(100, Per::Year);
/// let contracts = [contract("C-1")?, contract("C-2")?, contract("C-3")?];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::mrr(&customers)?.to_string(), "25 USD/month");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`arr`]: the same a year
/// - [`mrr_movements`]: where it came from and where it went
///
/// # Source
/// This crate's definition.
#[doc(alias = "MRR")]
pub fn mrr(customers: &CustomerTally) -> Result<MoneyPer, Undefined> {
    let closing = known(customers.totals().contracts_at_end()?)?;
    Ok(MoneyPer::new(
        reckon::mean_money(customers.scope(), closing, 12)?,
        Per::Month,
    ))
}

/// What a customer pays in recurring fees a year on average.
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the customers of known fee / customers of known fee
/// ```
///
/// # Counts
/// Customers on the evening of the period's last day, or of the as-of day where that is earlier, of whom every recurring fee is known. The
/// others are left out of both sides; `totals().at_end()? − totals().priced_at_end()?` counts them.
///
/// # Unit
/// [`MoneyPer`] year, 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::NoCustomersAtEnd`] where no account is a customer at the end.
/// - [`Undefined::NoRecurringFee`] where there are customers, and what they pay is known of none.
///
/// # Examples
/// Two customers, 500 a month and 3,000 a quarter:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", date(2025, 7, 1)?, Currency::USD)?.with_recurring(500, Per::Month)?,
///     Contract::new("C-2", "Acme", date(2026, 1, 1)?, Currency::USD)?.with_recurring(3_000, Per::Quarter)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::recurring_revenue_per_account(&customers)?.to_string(), "9000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is per account, not per contract, and a customer whose fee nobody wrote down does not halve it.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// let contracts = [
///     Contract::new("C-1", "Initech", date(2025, 7, 1)?, Currency::USD)?.with_recurring(500, Per::Month)?,
///     Contract::new("C-2", "Initech", date(2026, 1, 1)?, Currency::USD)?.with_recurring(250, Per::Month)?,
///     Contract::new("C-3", "Acme", date(2026, 1, 1)?, Currency::USD)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::recurring_revenue_per_account(&customers)?.to_string(), "9000 USD/year");
/// assert_eq!((customers.totals().at_end()?, customers.totals().priced_at_end()?), (2, 1));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`arr`]: all customers together
/// - [`average_revenue_per_account`](super::average_revenue_per_account): from the deals won in the period, not from what recurs
/// - [`customer_lifetime_value`](crate::kpi::customer_lifetime_value): what it is good for
///
/// # Source
/// This crate's definition.
#[doc(alias = "ARPA")]
#[doc(alias = "average ARR per customer")]
pub fn recurring_revenue_per_account(customers: &CustomerTally) -> Result<MoneyPer, Undefined> {
    let totals = customers.totals();
    let (priced, paid) = (totals.priced_at_end()?, totals.paid_at_end()?);
    if priced == 0 {
        // All customers tell the reason alone.
        return Err(reckon::no_known_customer(totals)?);
    }
    Ok(MoneyPer::new(
        reckon::mean_money(customers.scope(), paid, priced)?,
        Per::Year,
    ))
}

/// How monthly recurring revenue moved: won, won back, raised, lowered and lost.
///
/// # Formula
/// ```text
/// opening + new + reactivation + expansion − contraction − churn + fees that became known − fees that became unknown = closing
/// ```
///
/// # Counts
/// Per account, the recurring fees of its contracts active on the evening before the period (opening) against those on the evening
/// of its last day or of the as-of day (closing). A customer at the end and not at the start is *new* where its first contract as a
/// customer started after the opening, else *reactivated*. A customer at both pays more (*expansion*) or less (*contraction*). A customer
/// at the start and not at the end has *churned*. A trial and a contract of a fee of 0 make no customer and no history. All 0 where the
/// as-of day is before the period.
///
/// Where not every fee of a customer is known on both evenings, what is known more or less of it is in none of these: it *became known* or
/// *unknown*. Whoever is no customer pays nothing, which is known. `totals().at_start()? − totals().priced_at_start()?` and
/// `totals().at_end()? − totals().priced_at_end()?` count these customers.
///
/// What two evenings tell adds up over time in its net alone: who leaves in January and is back in March has churned and is reactivated by
/// months, and neither by the quarter.
///
/// # Unit
/// [`MrrMovements`], each part [`MoneyPer`] month and 0 or more. [`MrrMovements::yearly`] has the exact figures per year.
///
/// # Errors
/// Of what a tally has counted, none.
///
/// # Examples
/// One customer pays more, one is new:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(500, Per::Month)?,
///     contract("C-2", "Initech", date(2026, 2, 1)?)?.with_recurring(200, Per::Month)?,
///     contract("C-3", "Acme", date(2026, 1, 1)?)?.with_recurring(300, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let moved = kpi::mrr_movements(&customers)?;
/// assert_eq!(moved.opening().to_string(), "500 USD/month");
/// assert_eq!(moved.expansion().to_string(), "200 USD/month");
/// assert_eq!(moved.new_business().to_string(), "300 USD/month");
/// assert_eq!(moved.closing().to_string(), "1000 USD/month");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a customer who comes back after a gap is neither new nor an expansion of nothing.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2024, 1, 1)?)?.with_last_day(date(2024, 12, 31)?)?.with_recurring(500, Per::Month)?,
///     contract("C-2", "Initech", date(2026, 2, 1)?)?.with_recurring(700, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let moved = kpi::mrr_movements(&customers)?;
/// assert_eq!(moved.reactivation().to_string(), "700 USD/month");
/// assert_eq!(moved.expansion().to_string(), "0 USD/month");
/// assert_eq!(moved.new_business().to_string(), "0 USD/month");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// And whoever goes from a free trial to 50 a month is new: they were no customer.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-0", "Initech", date(2025, 1, 1)?)?.with_recurring(100, Per::Month)?,
///     contract("T-1", "Acme", date(2025, 12, 15)?)?.with_last_day(date(2026, 1, 14)?)?.with_trial(),
///     contract("C-1", "Acme", date(2026, 1, 15)?)?.with_recurring(50, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::mrr_movements(&customers)?.new_business().to_string(), "50 USD/month");
/// assert_eq!(kpi::net_revenue_retention(&customers)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`mrr`]: the closing alone
/// - [`gross_revenue_retention`], [`net_revenue_retention`], [`quick_ratio`]: ratios of these parts
///
/// # Source
/// This crate's definition.
pub fn mrr_movements(customers: &CustomerTally) -> Result<MrrMovements, Undefined> {
    let moved = customers.totals().recurring()?;
    MrrMovements::of(moved, customers.scope().currency())
}

/// The share of the recurring revenue at the start that is still there at the end, whatever else was gained.
///
/// # Formula
/// ```text
/// Σ smaller of the two, at the end and at the start / Σ at the start, over the customers at the start whose fees are known
/// ```
///
/// # Counts
/// The recurring fees of each customer at the start, at both ends of the period, as in [`mrr_movements`]. What a customer pays more
/// does not make up for what another pays less. A customer of whom a fee is not known on one of the evenings is in neither sum; whoever is
/// gone pays nothing, which is known.
///
/// # Unit
/// [`Rate`]; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::ZeroOpeningRevenue`] where there was no recurring revenue at the start, or none of customers whose fees are known on both
///   evenings.
///
/// # Examples
/// 900 of 1,000 remain:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_last_day(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::gross_revenue_retention(&customers)?.to_string(), "90%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: expansion never lifts it. Initech pays 500 more, and it is still 90 %.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_last_day(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
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
/// - [`retention_rate`](crate::kpi::retention_rate): by customer
///
/// # Source
/// This crate's definition.
#[doc(alias = "GRR")]
#[doc(alias = "GDR")]
#[doc(alias = "gross dollar retention")]
pub fn gross_revenue_retention(customers: &CustomerTally) -> Result<Rate, Undefined> {
    let moved = reckon::elapsed(customers)?.recurring()?;
    let opening = moved.comparable()?;
    let kept = less(opening, [moved.contraction()?, moved.churn()?])?;
    reckon::rate(kept, opening.decimal(), Undefined::ZeroOpeningRevenue)
}

/// What the customers at the start pay at the end, of what they paid at the start.
///
/// # Formula
/// ```text
/// Σ at the end / Σ at the start, over the customers at the start whose fees are known
/// ```
///
/// # Counts
/// The recurring fees of each customer at the start, at both ends of the period, as in [`mrr_movements`]. New and reactivated
/// customers play no part. A customer of whom a fee is not known on one of the evenings is in neither sum.
///
/// # Unit
/// [`Percent`], 0 % or more; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::ZeroOpeningRevenue`] where there was no recurring revenue at the start, or none of customers whose fees are known on both
///   evenings.
/// - [`Undefined::OutOfRange`] where the percentage passes what a decimal holds.
///
/// # Examples
/// 1,000 become 1,200:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(1_000, Per::Month)?,
///     contract("C-2", "Initech", date(2026, 2, 1)?)?.with_recurring(200, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_revenue_retention(&customers)?.to_string(), "120%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a fee that is missing on the contract at the start and known on the one at the end is no growth.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(1_000, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_last_day(date(2026, 1, 31)?)?,
///     contract("C-3", "Acme", date(2026, 2, 1)?)?.with_recurring(500, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_revenue_retention(&customers)?.to_string(), "100%");
/// assert_eq!(kpi::mrr_movements(&customers)?.became_known().to_string(), "500 USD/month");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// And a new customer does not raise it, however large.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
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
#[doc(alias = "NRR")]
#[doc(alias = "NDR")]
#[doc(alias = "net dollar retention")]
pub fn net_revenue_retention(customers: &CustomerTally) -> Result<Percent, Undefined> {
    let (remaining, opening) = remaining(customers)?;
    reckon::percent(remaining, opening)
}

/// What the customers at the start pay at the end, and at the start, which is not 0.
fn remaining(customers: &CustomerTally) -> Result<(Decimal, Decimal), Undefined> {
    let moved = reckon::elapsed(customers)?.recurring()?;
    let opening = moved.comparable()?;
    let raised = plus(opening, moved.expansion()?)?;
    let remaining = less(raised, [moved.contraction()?, moved.churn()?])?;
    if opening == AmountSum::ZERO {
        return Err(Undefined::ZeroOpeningRevenue);
    }
    Ok((remaining, opening.decimal()))
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
/// - [`Undefined::ZeroOpeningRevenue`] where there was no recurring revenue at the start, or none of customers whose fees are known on both
///   evenings.
///
/// # Examples
/// 100 are lost, 200 are gained from customers who stay:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_last_day(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
///     contract("C-3", "Initech", date(2026, 2, 1)?)?.with_recurring(200, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert!(kpi::net_negative_churn(&customers)?);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: LeadFuze describes the reverse, that more is lost than gained. That is the ordinary case of a shrinking base:
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_last_day(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
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

fn less(whole: AmountSum, parts: [AmountSum; 2]) -> Result<Decimal, Undefined> {
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
/// The parts of [`mrr_movements`]; fees that became known or unknown are neither gained nor lost.
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
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_last_day(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
///     contract("C-2", "Acme", date(2026, 2, 1)?)?.with_recurring(400, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::quick_ratio(&customers)?.to_string(), "4×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a quarter in which nothing was lost has no ratio, neither 0 nor one without end.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, Undefined, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
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
    let moved = reckon::elapsed(customers)?.recurring()?;
    let gained = plus(
        plus(moved.new()?, moved.reactivation()?)?,
        moved.expansion()?,
    )?;
    let lost = plus(moved.contraction()?, moved.churn()?)?;
    if lost == AmountSum::ZERO {
        return Err(Undefined::NoRecurringLoss);
    }
    let times = reckon::quotient(gained.decimal(), lost.decimal())?;
    Ok(Multiple::new(times))
}

pub(super) fn plus(a: AmountSum, b: AmountSum) -> Result<AmountSum, Undefined> {
    a.checked_add(b.units()).ok_or(Undefined::OutOfRange)
}

/// How much yearly recurring revenue each unit of money spent in the quarter before has added.
///
/// # Formula
/// ```text
/// net new ARR of the quarter / spend on sales and marketing of the quarter before
/// ```
///
/// # Counts
/// Recurring revenue as in [`arr`], on the evening before the quarter and on that of its last day; what is new on balance is what all
/// [`mrr_movements`] come to in a year. Spend of the categories sales and marketing, by its date, of the whole quarter before. Quarters
/// are of three whole months each, fiscal ones too, or of the 13 or 14 weeks of a [`FiscalCalendar`](crate::FiscalCalendar) of weeks.
///
/// # Unit
/// [`Multiple`], negative where recurring revenue fell; higher is better.
///
/// # Errors
/// - [`ErrorKind::NotConsecutiveQuarters`](crate::ErrorKind::NotConsecutiveQuarters) where the tallies are not of two whole quarters, one directly after the other.
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where they are in two currencies.
/// - [`Undefined::NoSpend`] where no expense on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where they, less refunds,
///   are 0 or less.
/// - [`Undefined::NoRecurringFee`] where there are customers on one of the evenings, and no fee of them is known.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// A new contract over three years for 300,000, after 400,000 were spent in the quarter before:
/// ```
/// use sales_metrics::{
///     Contract, Currency, CustomerTally, Per, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi,
/// };
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let contracts = [
///     Contract::new("C-1", "Initech", date(2025, 10, 1)?, Currency::USD)?.with_recurring(100_000, Per::Year)?,
///     Contract::new("C-2", "Acme", date(2026, 2, 1)?, Currency::USD)?
///         .with_last_day(date(2029, 1, 31)?)?
///         .with_recurring(100_000, Per::Year)?,
/// ];
/// let customers = CustomerTally::of(&contracts, q1)?;
/// let spent = Spend::new("S-1", date(2025, 11, 30)?, 400_000, Currency::USD, SpendCategory::Sales)?;
/// let spend = SpendTally::of([spent], q1.previous()?)?;
/// assert_eq!(kpi::magic_number(&customers, &spend)?.to_string(), "0.25×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the spend is that of the quarter before, since what is spent today is won tomorrow. That of the same quarter is refused.
/// ```
/// # use sales_metrics::{Currency, CustomerTally, ErrorKind, Period, Scope, SpendTally, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let (customers, same_quarter) = (CustomerTally::new(q1), SpendTally::new(q1));
/// let refused = kpi::magic_number(&customers, &same_quarter).unwrap_err();
/// assert_eq!(refused.kind(), ErrorKind::NotConsecutiveQuarters);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`bookings_magic_number`]: from the deals won, in which a contract over three years counts three times
/// - [`cac_payback`](crate::kpi::cac_payback): how soon new customers pay back, after the costs of what is sold
/// - [`burn_multiple`]: all money burnt, against recurring revenue
///
/// # Source
/// This crate's definition.
pub fn magic_number(
    customers: &CustomerTally,
    previous_spend: &SpendTally,
) -> Result<Multiple, Error> {
    let (now, before) = (customers.scope(), previous_spend.scope());
    expect_currency("the spend", now.currency(), before.currency())?;
    expect_quarters(now, before)?;
    let spend = previous_spend.totals().acquisition()?;
    let totals = customers.totals();
    let (opening, closing) = (totals.contracts_at_start()?, totals.contracts_at_end()?);
    let spend = reckon::divisor(spend)?;
    let gain = reckon::difference(known(closing)?.decimal(), known(opening)?.decimal())?;
    Ok(Multiple::new(reckon::quotient(gain, spend)?))
}

/// How much more was sold, in a year, for each unit of money spent in the quarter before.
///
/// # Formula
/// ```text
/// (bookings of the quarter − bookings of the quarter before) × 4 / spend on sales and marketing of the quarter before
/// ```
///
/// # Counts
/// Bookings are won deals, by close date, of two whole quarters, one directly after the other: of three months each, or of the 13 or 14
/// weeks of a [`FiscalCalendar`](crate::FiscalCalendar) of weeks. Spend of the categories sales and marketing, by its date, in the scope of
/// the earlier quarter.
///
/// # Unit
/// [`Multiple`], negative where bookings fell; higher is better.
///
/// # Errors
/// - [`ErrorKind::NotConsecutiveQuarters`](crate::ErrorKind::NotConsecutiveQuarters) where the tallies are not of two whole quarters, one directly after the other.
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where they are in two currencies.
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the spend is not of the earlier quarter's scope.
/// - [`Undefined::NothingPriced`] where deals were won in one of them and none of these has an amount.
/// - [`Undefined::NoSpend`] where no expense on sales or marketing is recorded; [`Undefined::SpendNotPositive`] where they, less refunds,
///   are 0 or less.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 50,000 more than in the quarter before, in which 250,000 were spent:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, SpendTally, kpi};
/// use sales_metrics::tally::{DealTotals, Priced, SpendTotals, Spent};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = |amount: i64| {
///     let won = Priced::all(50, Decimal::from(amount).try_into()?);
///     Ok::<_, sales_metrics::Error>(DealTotals::given().records(50).won(won))
/// };
/// let now = DealTally::from_totals(q1, won(850_000)?)?;
/// let before = DealTally::from_totals(q1.previous()?, won(800_000)?)?;
/// let sales = Spent::of(90, Decimal::from(250_000).try_into()?);
/// let totals = SpendTotals::given().sales(sales).marketing(Spent::default());
/// let spend = SpendTally::from_totals(q1.previous()?, totals)?;
/// assert_eq!(kpi::bookings_magic_number(&now, &before, &spend)?.to_string(), "0.8×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal over three years counts three times what it brings in a year. 300,000 after 100,000, for 400,000, are 2×, where
/// [`magic_number`] says 0.25×.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, SpendTally, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced, SpendTotals, Spent};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = |amount: i64| {
/// #     let won = Priced::all(1, Decimal::from(amount).try_into()?);
/// #     Ok::<_, sales_metrics::Error>(DealTotals::given().records(1).won(won))
/// # };
/// let now = DealTally::from_totals(q1, won(300_000)?)?;
/// let before = DealTally::from_totals(q1.previous()?, won(100_000)?)?;
/// # let sales = Spent::of(90, Decimal::from(400_000).try_into()?);
/// # let totals = SpendTotals::given().sales(sales).marketing(Spent::default());
/// # let spend = SpendTally::from_totals(q1.previous()?, totals)?;
/// assert_eq!(kpi::bookings_magic_number(&now, &before, &spend)?.to_string(), "2×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`magic_number`]: from recurring revenue
/// - [`customer_acquisition_cost`](crate::kpi::customer_acquisition_cost): the cost of a customer, not the return on a unit of money
///
/// # Source
/// This crate's definition.
pub fn bookings_magic_number(
    current: &DealTally,
    previous: &DealTally,
    previous_spend: &SpendTally,
) -> Result<Multiple, Error> {
    let (now, before) = (current.scope(), previous.scope());
    expect_currency("the previous quarter", now.currency(), before.currency())?;
    expect_quarters(now, before)?;
    before.expect_of("the spend", previous_spend.scope())?;
    let spend = previous_spend.totals().acquisition()?;
    // What was not counted comes before what there is none of.
    current.totals().won()?;
    previous.totals().won()?;
    let spend = reckon::divisor(spend)?;
    let (revenue, base) = (total_revenue(current)?, total_revenue(previous)?);
    let gain = reckon::difference(revenue.amount(), base.amount())?;
    let times = reckon::quotient(reckon::product(gain, 4)?, spend)?;
    Ok(Multiple::new(times))
}

/// The one check of two whole quarters, one directly after the other.
fn expect_quarters(now: Scope, before: Scope) -> Result<(), Error> {
    let are_quarters = is_quarter(now) && is_quarter(before) && now.is_like(before);
    if are_quarters && before.period().end() == now.period().start() {
        return Ok(());
    }
    Err(KpiProblem::NotConsecutiveQuarters {
        current: now,
        previous: before,
    }
    .into())
}

fn is_quarter(scope: Scope) -> bool {
    scope.period().is_quarter() && scope.is_complete()
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
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the burn is in another currency.
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::NoRecurringFee`] where there are customers on one of the evenings, and no fee of them is known.
/// - [`Undefined::NoRecurringGrowth`] where recurring revenue did not grow.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 9,000 burnt for 6,000 a year more:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Money, Per, Period, Scope, date, kpi};
///
/// let contract = Contract::new("C-1", "Initech", date(2026, 2, 1)?, Currency::USD)?.with_recurring(500, Per::Month)?;
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
/// let none = Err(Undefined::NoRecurringGrowth.into());
/// assert_eq!(kpi::burn_multiple(burn, &customers), none);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`magic_number`]: the same revenue against the sales and marketing spend of the quarter before
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
    let totals = reckon::elapsed(customers)?;
    let (opening, closing) = (totals.contracts_at_start()?, totals.contracts_at_end()?);
    let (opening, closing) = (known(opening)?, known(closing)?);
    if closing <= opening {
        return Err(Undefined::NoRecurringGrowth.into());
    }
    let gain = reckon::difference(closing.decimal(), opening.decimal())?;
    Ok(Multiple::new(reckon::quotient(net_burn.amount(), gain)?))
}
