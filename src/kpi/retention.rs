//! Whether customers and contracts stay.

use super::reckon;
use crate::error::Undefined;
use crate::tally::{CustomerTally, RenewalTally};
use crate::value::{AmountSum, Percent, Rate};

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
///     let contract = Contract::new(format!("C-{n}"), format!("A-{n}"), date(2025, 4, 1)?, Currency::USD)?;
///     let gone = n < 30;
///     customers.record(&if gone { contract.with_last_day(date(2026, 2, 28)?)? } else { contract })?;
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
/// #     let contract = Contract::new(format!("C-{n}"), format!("A-{n}"), date(2025, 4, 1)?, Currency::USD)?;
/// #     customers.record(&if n < 30 { contract.with_last_day(date(2026, 2, 28)?)? } else { contract })?;
/// # }
/// for n in 500..520 {
///     customers.record(&Contract::new(format!("C-{n}"), format!("A-{n}"), date(2026, 3, 1)?, Currency::USD)?)?;
/// }
/// assert_eq!(kpi::churn_rate(&customers)?.to_string(), "6%");
/// assert_eq!(kpi::net_customer_change(&customers)?.to_string(), "-2%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`retention_rate`]: the rest
/// - [`net_customer_change`]: new customers set against lost ones
/// - [`gross_revenue_retention`](crate::kpi::gross_revenue_retention): by money, so that a large customer weighs more
/// - [`non_renewal_rate`], [`early_termination_rate`]: by contract
///
/// # Source
/// Bouncer, *B2B sales metrics*, by its words; its figure is that of [`net_customer_change`].
#[doc(alias = "logo churn")]
#[doc(alias = "customer churn")]
pub fn churn_rate(customers: &CustomerTally) -> Result<Rate, Undefined> {
    let totals = reckon::elapsed(customers)?;
    let (lost, at_start) = (totals.lost()?, totals.at_start()?);
    reckon::rate(lost, at_start, Undefined::NoCustomersAtStart)
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
///     Contract::new("C-1", "Initech", date(2025, 4, 1)?, Currency::USD)?,
///     Contract::new("C-2", "Acme", date(2025, 4, 1)?, Currency::USD)?,
///     Contract::new("C-3", "Umbrella", date(2026, 2, 1)?, Currency::USD)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_customer_change(&customers)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: 0 % can hide that everybody left. One customer went and another came.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
/// let contracts = [
///     Contract::new("C-1", "Initech", date(2025, 4, 1)?, Currency::USD)?.with_last_day(date(2026, 2, 28)?)?,
///     Contract::new("C-2", "Acme", date(2026, 3, 1)?, Currency::USD)?,
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
    let totals = reckon::elapsed(customers)?;
    let (at_start, at_end) = (totals.at_start()?, totals.at_end()?);
    let change = reckon::difference(at_end.into(), at_start.into())?;
    reckon::percent_or(change, at_start, Undefined::NoCustomersAtStart)
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
///     Contract::new("C-1", "Initech", date(2025, 4, 1)?, Currency::USD)?,
///     Contract::new("C-2", "Acme", date(2025, 4, 1)?, Currency::USD)?.with_last_day(date(2026, 3, 30)?)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::retention_rate(&customers)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a contract that ends with the period's last day is retained in it, and gone in the next one. It ends on the day after.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
/// let contract = Contract::new("C-1", "Initech", date(2025, 4, 1)?, Currency::USD)?.with_last_day(date(2026, 3, 31)?)?;
/// let scope = |quarter| Ok::<_, sales_metrics::Error>(Scope::new(Period::quarter(2026, quarter)?, Currency::USD));
/// assert_eq!(kpi::retention_rate(&CustomerTally::of([&contract], scope(1)?)?)?.to_string(), "100%");
/// assert_eq!(kpi::retention_rate(&CustomerTally::of([&contract], scope(2)?)?)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`churn_rate`]: the rest
/// - [`net_revenue_retention`](crate::kpi::net_revenue_retention): by money, with what customers pay more or less
///
/// # Source
/// Bouncer, *B2B sales metrics*.
#[doc(alias = "logo retention")]
pub fn retention_rate(customers: &CustomerTally) -> Result<Rate, Undefined> {
    let totals = reckon::elapsed(customers)?;
    let (retained, at_start) = (totals.retained()?, totals.at_start()?);
    reckon::rate(retained, at_start, Undefined::NoCustomersAtStart)
}

/// The share of the contracts that came up for renewal and were not renewed.
///
/// It is of contracts, [`renewal_rate`] of money: the two do not add up to 100 %.
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
///     Contract::new("C-1", "Initech", date(2025, 4, 1)?, Currency::USD)?.with_last_day(date(2026, 3, 31)?)?,
///     Contract::new("C-2", "Acme", date(2025, 4, 1)?, Currency::USD)?.with_last_day(date(2026, 3, 31)?)?,
///     Contract::new("C-3", "Acme", date(2026, 4, 1)?, Currency::USD)?.with_renewal_of("C-2")?,
/// ];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::non_renewal_rate(&renewals)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a contract that was terminated before its term never came up for renewal. It is in [`early_termination_rate`] instead.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, RenewalTally, Scope, Undefined, date, kpi};
/// let contract = Contract::new("C-1", "Initech", date(2025, 4, 1)?, Currency::USD)?
///     .with_last_day(date(2026, 3, 31)?)?
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
    let due = totals.due()?.count;
    let lapsed = due.saturating_sub(totals.renewed()?);
    reckon::rate(lapsed, due, Undefined::NoContractsDue)
}

/// How much of the recurring money that came up for renewal goes on.
///
/// It is of money, [`non_renewal_rate`] of contracts: the two do not add up to 100 %.
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the renewing contracts / Σ recurring fee a year of the contracts that came up
/// ```
///
/// # Counts
/// Contracts that came up as in [`non_renewal_rate`], and the contracts that renew them. Those without a recurring fee, or
/// renewed by one without, are in neither sum; `totals().due()?.unpriced()` counts them.
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
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let last = date(2026, 3, 31)?;
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 4, 1)?)?.with_last_day(last)?.with_recurring(400, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 4, 1)?)?.with_last_day(last)?.with_recurring(600, Per::Month)?,
///     contract("C-3", "Acme", date(2026, 4, 1)?)?.with_renewal_of("C-2")?.with_recurring(7_200, Per::Year)?,
/// ];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::renewal_rate(&renewals)?.to_string(), "60%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it can pass 100 % while half of the contracts lapse.
/// ```
/// # use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// # let last = date(2026, 3, 31)?;
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 4, 1)?)?.with_last_day(last)?.with_recurring(400, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 4, 1)?)?.with_last_day(last)?.with_recurring(600, Per::Month)?,
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
/// - [`net_revenue_retention`](crate::kpi::net_revenue_retention): of all customers, not only of the contracts that came up
///
/// # Source
/// This crate's definition.
pub fn renewal_rate(renewals: &RenewalTally) -> Result<Percent, Undefined> {
    let totals = renewals.totals();
    let (due, renewed) = (totals.due()?, totals.renewed_amount()?);
    if due.count == 0 {
        return Err(Undefined::NoContractsDue);
    }
    if due.priced == 0 {
        return Err(Undefined::NoRecurringFee);
    }
    if due.amount == AmountSum::ZERO {
        return Err(Undefined::ZeroDueRevenue);
    }
    reckon::percent(renewed.decimal(), due.amount.decimal())
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
/// let contract = |id, account| Contract::new(id, account, date(2025, 4, 1)?, Currency::USD)?.with_last_day(date(2026, 12, 31)?);
/// let contracts = [contract("C-1", "Initech")?, contract("C-2", "Acme")?.with_terminated(date(2026, 2, 28)?)?];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::early_termination_rate(&customers)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a contract that was terminated because a larger one replaces it counts as well, although nobody is lost.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
/// let old = Contract::new("C-1", "Initech", date(2025, 4, 1)?, Currency::USD)?
///     .with_last_day(date(2026, 12, 31)?)?
///     .with_terminated(date(2026, 2, 28)?)?;
/// let new = Contract::new("C-2", "Initech", date(2026, 3, 1)?, Currency::USD)?.with_renewal_of("C-1")?;
/// let customers = CustomerTally::of([old, new], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::early_termination_rate(&customers)?.to_string(), "100%");
/// assert_eq!(kpi::churn_rate(&customers)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// A contract that runs out is no early termination, although its customer may be lost.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, Scope, date, kpi};
/// let contract = Contract::new("C-1", "Initech", date(2025, 4, 1)?, Currency::USD)?.with_last_day(date(2026, 2, 28)?)?;
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
    let totals = reckon::elapsed(customers)?;
    let (ended, active) = (
        totals.terminated_early()?,
        totals.contracts_at_start()?.count,
    );
    reckon::rate(ended, active, Undefined::NoContractsAtStart)
}
