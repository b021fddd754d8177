//! Whether customers and contracts stay.

use super::reckon;
use crate::error::Undefined;
use crate::tally::{CustomerTally, Priced, RenewalTally};
use crate::value::{AmountSum, Percent, Rate};

/// The share of the customers at the start who are none at the end.
///
/// # Formula
/// ```text
/// customers at the start who are no longer customers at the end / customers at the start
/// ```
///
/// # Counts
/// Customers on the evening before the period, and again on the evening of its last day or of the as-of day where that is earlier: accounts
/// with an active contract of a recurring fee above 0, or of a fee that nobody knows. A trial, a contract of a fee of 0 and a one-time
/// sale make no customer. A contract ends on the day after its last, unless it [renews
/// itself](crate::Contract::with_auto_renewal). Customers won in the period play no part, whether they
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
/// Customers as in [`churn_rate`], on the evening before the period and on the evening of its last day or of the as-of day. The
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
/// contracts that came up and were not renewed by as-of / contracts that came up for renewal
/// ```
///
/// # Counts
/// Contracts that came up and renewals as in [`renewal_rate`], whatever is known of their fees. The rate is that of a cohort: from a later
/// as-of day, what was renewed late counts as well.
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
/// # use sales_metrics::{Contract, Currency, Period, RenewalTally, Scope, Undefined, date, kpi};
/// let contract = Contract::new("C-1", "Initech", date(2025, 4, 1)?, Currency::USD)?
///     .with_last_day(date(2026, 3, 31)?)?
///     .with_terminated(date(2026, 1, 31)?)?;
/// let renewals = RenewalTally::of([&contract], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::non_renewal_rate(&renewals), Err(Undefined::NoContractsDue));
/// assert_eq!(kpi::early_termination_rate(&renewals)?.to_string(), "100%");
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

/// How much of the recurring money that came up for renewal goes on, whenever it was renewed.
///
/// It is of money, [`non_renewal_rate`] of contracts: the two do not add up to 100 %.
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the renewals / Σ recurring fee a year of the contracts that came up
/// ```
///
/// # Counts
/// A contract came up where its agreed end is in the period, up to the as-of day, and it was not terminated before; or where its own
/// renewal, begun no later than the day after, ended it early on a day of the period. It was renewed where another contract names it,
/// begins no later than the day after the as-of day, was signed by the as-of day where that day is known, and did not end on its first
/// day. One that renews itself goes on at its own fee, unless notice was given by its end or another one renews it.
///
/// Of several renewals, the fees that run together on the day on which the last of them begins. Contracts that one contract renews are one
/// group, in which each fee counts once, the new one too; a contract that stands twice counts once. Where a fee of either side is not
/// known, the group is in neither sum; `totals().due()?.unpriced()` counts them. Trials, contracts of a fee of 0 and one-time sales do not
/// come up.
///
/// # Unit
/// [`Percent`], 0 % or more; higher is better. Above 100 % where renewals cost more than what they renew.
///
/// # Errors
/// - [`Undefined::NoContractsDue`] where no contract came up for renewal.
/// - [`Undefined::NoRecurringFee`] where none of them has a known recurring fee on both sides.
/// - [`Undefined::OutOfRange`] where the percentage passes what a decimal holds.
///
/// # Examples
/// 200 a month come up. A hundred are renewed a month early, at 150; the others lapse:
/// ```
/// use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let last = date(2026, 3, 31)?;
/// let contracts = [
///     contract("C-1", "Acme", date(2025, 4, 1)?)?.with_last_day(last)?.with_terminated(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
///     contract("C-2", "Acme", date(2026, 3, 1)?)?.with_renewal_of("C-1")?.with_recurring(1_800, Per::Year)?,
///     contract("C-3", "Initech", date(2025, 4, 1)?)?.with_last_day(last)?.with_recurring(100, Per::Month)?,
/// ];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::renewal_rate(&renewals)?.to_string(), "75%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a bridge of a month and the year that follows it, both at 100, renew 100 and not 200. And what begins in three years renews
/// nothing yet.
/// ```
/// # use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD)?.with_recurring(100, Per::Month);
/// let old = contract("C-1", "Acme", date(2025, 4, 1)?)?.with_last_day(date(2026, 3, 31)?)?;
/// let bridge = contract("C-2", "Acme", date(2026, 4, 1)?)?.with_last_day(date(2026, 4, 30)?)?.with_renewal_of("C-1")?;
/// let year = contract("C-3", "Acme", date(2026, 5, 1)?)?.with_renewal_of("C-1")?;
/// let late = contract("C-4", "Acme", date(2029, 1, 1)?)?.with_renewal_of("C-1")?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let in_may = q1.as_of(date(2026, 5, 31)?)?;
/// assert_eq!(kpi::renewal_rate(&RenewalTally::of([&old, &bridge, &year], in_may)?)?.to_string(), "100%");
/// assert_eq!(kpi::renewal_rate(&RenewalTally::of([&old, &late], q1)?)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`on_time_renewal_rate`]: of renewals by the contract's last day alone
/// - [`non_renewal_rate`]: by contract
/// - [`net_revenue_retention`](crate::kpi::net_revenue_retention): of all customers, not only of the contracts that came up
///
/// # Source
/// This crate's definition.
pub fn renewal_rate(renewals: &RenewalTally) -> Result<Percent, Undefined> {
    let totals = renewals.totals();
    goes_on(totals.due()?, totals.renewed_amount()?)
}

/// How much of the recurring money that came up for renewal was renewed in time, so that nothing stood open.
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the renewals on time / Σ recurring fee a year of the contracts that came up
/// ```
///
/// # Counts
/// As [`renewal_rate`], of renewals that were signed by the last day of the contract that they renew or, without a day of signing, began
/// no later than the day after it. What renews itself does so on time. Where a fee of either side is not known, it is in neither sum;
/// `totals().due_on_time()?.unpriced()` counts them.
///
/// # Unit
/// [`Percent`], 0 % or more; higher is better. Above 100 % where renewals cost more than what they renew.
///
/// # Errors
/// - [`Undefined::NoContractsDue`] where no contract came up for renewal.
/// - [`Undefined::NoRecurringFee`] where none of them has a known recurring fee on both sides.
/// - [`Undefined::OutOfRange`] where the percentage passes what a decimal holds.
///
/// # Examples
/// Of 200 a month, 100 are renewed in time and 100 two months late:
/// ```
/// use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD)?.with_recurring(100, Per::Month);
/// let last = date(2026, 3, 31)?;
/// let contracts = [
///     contract("C-1", "Acme", date(2025, 4, 1)?)?.with_last_day(last)?,
///     contract("C-2", "Acme", date(2026, 4, 1)?)?.with_renewal_of("C-1")?,
///     contract("C-3", "Initech", date(2025, 4, 1)?)?.with_last_day(last)?,
///     contract("C-4", "Initech", date(2026, 6, 1)?)?.with_renewal_of("C-3")?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 6, 30)?)?;
/// let renewals = RenewalTally::of(&contracts, q1)?;
/// assert_eq!(kpi::on_time_renewal_rate(&renewals)?.to_string(), "50%");
/// assert_eq!(kpi::renewal_rate(&renewals)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what was signed after the old contract had ended is late, although it begins on the very next day.
/// ```
/// # use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD)?.with_recurring(100, Per::Month);
/// let contracts = [
///     contract("C-1", "Acme", date(2025, 4, 1)?)?.with_last_day(date(2026, 2, 28)?)?,
///     contract("C-2", "Acme", date(2026, 3, 1)?)?.with_signed(date(2026, 3, 15)?)?.with_renewal_of("C-1")?,
/// ];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::on_time_renewal_rate(&renewals)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`renewal_rate`]: late renewals as well
///
/// # Source
/// This crate's definition.
pub fn on_time_renewal_rate(renewals: &RenewalTally) -> Result<Percent, Undefined> {
    let totals = renewals.totals();
    goes_on(totals.due_on_time()?, totals.on_time_amount()?)
}

fn goes_on(due: Priced, renewed: AmountSum) -> Result<Percent, Undefined> {
    let none = match due.count {
        0 => Undefined::NoContractsDue,
        _ => Undefined::NoRecurringFee,
    };
    reckon::percent_or(renewed.decimal(), due.amount.decimal(), none)
}

/// The share of the contracts active at the start that were ended before their term.
///
/// # Formula
/// ```text
/// contracts active at the start that ended before their agreed end and not by their own renewal / contracts active at the start
/// ```
///
/// # Counts
/// Contracts of customers active on the evening before the period, with a term or without: trials, contracts of a fee of 0 and one-time
/// sales are left out. Ended are those no longer active on the evening of the last day or of the as-of day: a contract ends on the day
/// after its last. What has no agreed end can't be ended before it. Whose own renewal began no later than the day after was renewed early
/// ([`renewal_rate`]), not terminated.
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
/// use sales_metrics::{Contract, Currency, Period, RenewalTally, Scope, date, kpi};
///
/// let contract = |id, account| Contract::new(id, account, date(2025, 4, 1)?, Currency::USD)?.with_last_day(date(2026, 12, 31)?);
/// let contracts = [contract("C-1", "Initech")?, contract("C-2", "Acme")?.with_terminated(date(2026, 2, 28)?)?];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::early_termination_rate(&renewals)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a contract that ended in February because a larger one took its place in March was renewed, not terminated.
/// ```
/// # use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
/// let old = Contract::new("C-1", "Initech", date(2025, 7, 1)?, Currency::USD)?
///     .with_last_day(date(2026, 6, 30)?)?
///     .with_terminated(date(2026, 2, 28)?)?
///     .with_recurring(100, Per::Month)?;
/// let new = Contract::new("C-2", "Initech", date(2026, 3, 1)?, Currency::USD)?
///     .with_last_day(date(2027, 2, 28)?)?
///     .with_recurring(150, Per::Month)?
///     .with_renewal_of("C-1")?;
/// let renewals = RenewalTally::of([old, new], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::early_termination_rate(&renewals)?.to_string(), "0%");
/// assert_eq!(kpi::renewal_rate(&renewals)?.to_string(), "150%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// A contract that runs out is no early termination, although its customer may be lost.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Period, RenewalTally, Scope, date, kpi};
/// let contract = Contract::new("C-1", "Initech", date(2025, 4, 1)?, Currency::USD)?.with_last_day(date(2026, 2, 28)?)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(kpi::early_termination_rate(&RenewalTally::of([&contract], q1)?)?.to_string(), "0%");
/// assert_eq!(kpi::churn_rate(&CustomerTally::of([&contract], q1)?)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`non_renewal_rate`]: contracts that ran their term and were not renewed
/// - [`churn_rate`]: customers, whatever ended their contracts
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022), the first of its kinds of churn.
pub fn early_termination_rate(renewals: &RenewalTally) -> Result<Rate, Undefined> {
    if renewals.scope().elapsed_days() == 0 {
        return Err(Undefined::NothingElapsed);
    }
    let totals = renewals.totals();
    let (ended, active) = (totals.terminated_early()?, totals.contracts_at_start()?);
    reckon::rate(ended, active, Undefined::NoContractsAtStart)
}
