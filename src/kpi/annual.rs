//! Recurring revenue a year: how it moves, how much of it goes, who holds it, and who makes it.

use rust_decimal::Decimal;

use super::recurring::plus;
use super::{arr, reckon};
use crate::error::{Error, Undefined};
use crate::kpi::error::KpiProblem;
use crate::tally::{ArrMovements, CustomerTally, TeamTally};
use crate::value::{AmountSum, MoneyPer, Per, Percent, Rate};

/// How yearly recurring revenue moved: won, won back, raised, lowered and lost.
///
/// # Formula
/// ```text
/// opening + new + reactivation + expansion − contraction − churn + fees that became known − fees that became unknown = closing
/// ```
///
/// # Counts
/// As [`mrr_movements`](super::mrr_movements), of which each part is a twelfth of the one here.
///
/// # Unit
/// [`ArrMovements`], each part [`MoneyPer`] year, exact, and 0 or more.
///
/// # Errors
/// Of what a tally has counted, none.
///
/// # Examples
/// One customer pays 200 a month more, one is lost:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(500, Per::Month)?,
///     contract("C-2", "Initech", date(2026, 2, 1)?)?.with_recurring(200, Per::Month)?,
///     contract("C-3", "Acme", date(2025, 1, 1)?)?.with_last_day(date(2026, 1, 31)?)?.with_recurring(300, Per::Quarter)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let moved = kpi::arr_movements(&customers)?;
/// assert_eq!(moved.expansion().to_string(), "2400 USD/year");
/// assert_eq!(moved.churn().to_string(), "1200 USD/year");
/// assert_eq!(moved.net_change().to_string(), "1200 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what moved in a quarter is not four times as much in a year. Each part is what is paid a year, whatever the length of the
/// period, and only the net of a year is that of its quarters.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// let contract = Contract::new("C-1", "Acme", date(2026, 2, 1)?, Currency::USD)?.with_recurring(100, Per::Month)?;
/// for period in [Period::month(2026, 2)?, Period::quarter(2026, 1)?, Period::year(2026)?] {
///     let customers = CustomerTally::of([&contract], Scope::new(period, Currency::USD))?;
///     assert_eq!(kpi::arr_movements(&customers)?.new_business().to_string(), "1200 USD/year");
/// }
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`mrr_movements`](super::mrr_movements): the same a month
/// - [`net_new_arr`]: their sum alone
///
/// # Source
/// This crate's definition.
pub fn arr_movements(customers: &CustomerTally) -> Result<ArrMovements, Undefined> {
    let moved = customers.totals().recurring()?;
    ArrMovements::of(moved, customers.scope().currency())
}

/// How much more customers pay in recurring fees, per year, at the end than at the start.
///
/// # Formula
/// ```text
/// ARR at the end − ARR at the start
/// ```
///
/// # Counts
/// Recurring revenue as in [`arr`], on the evening before the period and on the evening of its last day or of the as-of day. It is the sum
/// of [`arr_movements`], fees that became known or unknown among them; fees that nobody knows are in neither. 0 where the as-of day is
/// before the period.
///
/// # Unit
/// [`MoneyPer`] year, negative where more was lost than gained; higher is better.
///
/// # Errors
/// Of what a tally has counted, none.
///
/// # Examples
/// 6,000 become 8,400 a year:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, start| Contract::new(id, "Initech", start, Currency::USD);
/// let contracts = [
///     contract("C-1", date(2025, 7, 1)?)?.with_recurring(500, Per::Month)?,
///     contract("C-2", date(2026, 2, 1)?)?.with_recurring(200, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_new_arr(&customers)?.to_string(), "2400 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a contract over three years for 300,000 that was signed in the quarter is 100,000 of it, and one that begins after the quarter
/// is none of it yet.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// let contract = |id, start| Contract::new(id, "Initech", start, Currency::USD)?.with_signed(date(2026, 1, 15)?)?.with_recurring(100_000, Per::Year);
/// let contracts = [
///     contract("C-1", date(2026, 2, 1)?)?.with_last_day(date(2029, 1, 31)?)?,
///     contract("C-2", date(2026, 4, 1)?)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_new_arr(&customers)?.to_string(), "100000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`arr_movements`]: what it is made of
/// - [`magic_number`](super::magic_number), [`burn_multiple`](super::burn_multiple): what it cost
///
/// # Source
/// This crate's definition.
#[doc(alias = "net new annual recurring revenue")]
pub fn net_new_arr(customers: &CustomerTally) -> Result<MoneyPer, Undefined> {
    let totals = customers.totals();
    let (opening, closing) = (totals.contracts_at_start()?, totals.contracts_at_end()?);
    let gain = reckon::difference(closing.amount.decimal(), opening.amount.decimal())?;
    Ok(a_year(customers, gain))
}

fn a_year(customers: &CustomerTally, amount: Decimal) -> MoneyPer {
    MoneyPer::new(reckon::money(customers.scope(), amount), Per::Year)
}

/// How much more customers pay in recurring fees than a year before.
///
/// # Formula
/// ```text
/// (ARR − ARR a year before) / ARR a year before
/// ```
///
/// # Counts
/// Recurring revenue as in [`arr`], on the evening of each of two scopes a year apart: [`Scope::year_before`](crate::Scope::year_before) makes
/// the earlier one, or [`Scope::year_before_in`](crate::Scope::year_before_in) a fiscal calendar of weeks. The periods may be of any length:
/// what is compared is two evenings.
///
/// # Unit
/// [`Percent`], −100 % or more, without an upper end; higher is better. 0 % is no growth.
///
/// # Errors
/// - [`ErrorKind::SeriesOutOfOrder`](crate::ErrorKind::SeriesOutOfOrder) where the earlier period does not begin before the current one.
/// - [`ErrorKind::PeriodsNotAlike`](crate::ErrorKind::PeriodsNotAlike) where the two scopes cannot be compared, or are not a year apart.
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where they are in two currencies.
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::NoRecurringFee`] where there are customers on one of the evenings, and no fee of them is known.
/// - [`Undefined::ZeroPreviousRevenue`] where the earlier recurring revenue is 0: growth from nothing has no percentage.
/// - [`Undefined::OutOfRange`] where the percentage passes what a decimal holds.
///
/// # Examples
/// From 6,000 to 7,500 a year:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, start| Contract::new(id, "Initech", start, Currency::USD);
/// let contracts = [
///     contract("C-1", date(2025, 1, 1)?)?.with_recurring(500, Per::Month)?,
///     contract("C-2", date(2025, 9, 1)?)?.with_recurring(125, Per::Month)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let now = CustomerTally::of(&contracts, q1)?;
/// let before = CustomerTally::of(&contracts, q1.year_before()?)?;
/// assert_eq!(format!("{:+}", kpi::arr_growth(&now, &before)?), "+25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the growth of a quarter, and four times that, are other figures. The quarter before is refused.
/// ```
/// # use sales_metrics::{Currency, CustomerTally, ErrorKind, Period, Scope, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let (now, quarter_before) = (CustomerTally::new(q1), CustomerTally::new(q1.previous()?));
/// let refused = kpi::arr_growth(&now, &quarter_before).unwrap_err();
/// assert_eq!(refused.kind(), ErrorKind::PeriodsNotAlike);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`net_new_arr`]: what was added in the period, in money
/// - [`revenue_growth`](super::revenue_growth): of what was won, not of what recurs
/// - [`net_revenue_retention`](super::net_revenue_retention): without what new customers bring
///
/// # Source
/// This crate's definition.
#[doc(alias = "ARR growth rate")]
pub fn arr_growth(
    customers: &CustomerTally,
    year_before: &CustomerTally,
) -> Result<Percent, Error> {
    let (now, before) = (customers.scope(), year_before.scope());
    reckon::expect_alike(now, before)?;
    reckon::elapsed(customers)?;
    if !now.is_a_year_after(before) {
        let (current, earlier) = (now, before);
        return Err(KpiProblem::NotAYearApart { current, earlier }.into());
    }
    // What was not counted comes before what there is none of.
    customers.totals().contracts_at_end()?;
    let base = arr(year_before)?.amount();
    if base.is_zero() {
        return Err(Undefined::ZeroPreviousRevenue.into());
    }
    let gain = reckon::difference(arr(customers)?.amount(), base)?;
    Ok(reckon::percent(gain, base)?)
}

/// The share of the recurring revenue at the start that was lost, whatever else was gained.
///
/// # Formula
/// ```text
/// (contraction + churn) / Σ at the start, over the customers at the start whose fees are known
/// ```
///
/// # Counts
/// The parts of [`mrr_movements`](super::mrr_movements): it is what [`gross_revenue_retention`](super::gross_revenue_retention) leaves of
/// 100 %. What a customer pays more does not make up for what another pays less, and whoever came back is in neither sum.
///
/// # Unit
/// [`Rate`]; lower is better. It belongs to the length of the period: a year's churn is not twelve times a month's.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::ZeroOpeningRevenue`] where there was no recurring revenue at the start, or none of customers whose fees are known on both
///   evenings.
///
/// # Examples
/// Of 1,000, 100 are gone with their customer:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_last_day(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::gross_revenue_churn_rate(&customers)?.to_string(), "10%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: half of the customers left, and a tenth of the money. And what Initech pays more leaves the gross churn as it is.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_last_day(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
///     contract("C-3", "Initech", date(2026, 2, 1)?)?.with_recurring(500, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::churn_rate(&customers)?.to_string(), "50%");
/// assert_eq!(kpi::gross_revenue_churn_rate(&customers)?.to_string(), "10%");
/// assert_eq!(kpi::net_revenue_churn_rate(&customers)?.to_string(), "-40%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`gross_revenue_retention`](super::gross_revenue_retention): the rest
/// - [`net_revenue_churn_rate`]: less what customers pay more
/// - [`churn_rate`](super::churn_rate): by customer
///
/// # Source
/// This crate's definition.
#[doc(alias = "gross MRR churn")]
#[doc(alias = "gross dollar churn")]
pub fn gross_revenue_churn_rate(customers: &CustomerTally) -> Result<Rate, Undefined> {
    let moved = reckon::elapsed(customers)?.recurring()?;
    let opening = moved.comparable()?.decimal();
    let lost = plus(moved.contraction()?, moved.churn()?)?;
    reckon::rate(lost.decimal(), opening, Undefined::ZeroOpeningRevenue)
}

/// How much of the recurring revenue at the start was lost, less what customers of the start pay more.
///
/// # Formula
/// ```text
/// (contraction + churn − expansion) / Σ at the start, over the customers at the start whose fees are known
/// ```
///
/// # Counts
/// The parts of [`mrr_movements`](super::mrr_movements): it is what [`net_revenue_retention`](super::net_revenue_retention) lacks to 100 %.
/// New and reactivated customers play no part.
///
/// # Unit
/// [`Percent`], at most 100 %; lower is better, and below 0 % where customers who stay add more than is lost.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::ZeroOpeningRevenue`] where there was no recurring revenue at the start, or none of customers whose fees are known on both
///   evenings.
/// - [`Undefined::OutOfRange`] where the percentage passes what a decimal holds.
///
/// # Examples
/// Of 1,000, 100 are lost, and 30 are added by a customer who stays:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_last_day(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
///     contract("C-3", "Initech", date(2026, 2, 1)?)?.with_recurring(30, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_revenue_churn_rate(&customers)?.to_string(), "7%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a customer who comes back makes up for nobody who leaves.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(900, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_last_day(date(2026, 2, 28)?)?.with_recurring(100, Per::Month)?,
///     contract("C-3", "Umbrella", date(2024, 1, 1)?)?.with_last_day(date(2024, 12, 31)?)?.with_recurring(100, Per::Month)?,
///     contract("C-4", "Umbrella", date(2026, 2, 1)?)?.with_recurring(100, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_revenue_churn_rate(&customers)?.to_string(), "10%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`net_revenue_retention`](super::net_revenue_retention): the rest
/// - [`gross_revenue_churn_rate`]: what was lost alone
/// - [`expansion_rate`]: what was added alone
///
/// # Source
/// This crate's definition.
#[doc(alias = "net MRR churn")]
#[doc(alias = "net dollar churn")]
pub fn net_revenue_churn_rate(customers: &CustomerTally) -> Result<Percent, Undefined> {
    let moved = reckon::elapsed(customers)?.recurring()?;
    let opening = moved.comparable()?.decimal();
    let gained = moved.expansion()?.decimal();
    let lost = plus(moved.contraction()?, moved.churn()?)?;
    let net = reckon::difference(lost.decimal(), gained)?;
    reckon::percent_or(net, opening, Undefined::ZeroOpeningRevenue)
}

/// How much more the customers of the start pay at the end, of what all of them paid at the start, whatever was lost.
///
/// # Formula
/// ```text
/// expansion / Σ at the start, over the customers at the start whose fees are known
/// ```
///
/// # Counts
/// The parts of [`mrr_movements`](super::mrr_movements): what each customer who stays pays more. New and reactivated customers play no part.
///
/// # Unit
/// [`Percent`], 0 % or more, without an upper end; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::ZeroOpeningRevenue`] where there was no recurring revenue at the start, or none of customers whose fees are known on both
///   evenings.
/// - [`Undefined::OutOfRange`] where the percentage passes what a decimal holds.
///
/// # Examples
/// Two customers pay 1,000 a month, and one of them 200 more at the end:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_recurring(600, Per::Month)?,
///     contract("C-2", "Acme", date(2025, 7, 1)?)?.with_recurring(400, Per::Month)?,
///     contract("C-3", "Initech", date(2026, 2, 1)?)?.with_recurring(200, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::expansion_rate(&customers)?.to_string(), "20%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is by account, not by contract. Whoever ends one contract of 500 and signs another of 600 has expanded by 100.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 7, 1)?)?.with_last_day(date(2026, 1, 31)?)?.with_recurring(500, Per::Month)?,
///     contract("C-2", "Initech", date(2026, 2, 1)?)?.with_recurring(600, Per::Month)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::expansion_rate(&customers)?.to_string(), "20%");
/// assert_eq!(kpi::gross_revenue_churn_rate(&customers)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`net_revenue_retention`](super::net_revenue_retention): less what was lost
/// - [`gross_revenue_churn_rate`]: what was lost
///
/// # Source
/// This crate's definition.
pub fn expansion_rate(customers: &CustomerTally) -> Result<Percent, Undefined> {
    let moved = reckon::elapsed(customers)?.recurring()?;
    let (opening, gained) = (moved.comparable()?, moved.expansion()?);
    reckon::percent_or(
        gained.decimal(),
        opening.decimal(),
        Undefined::ZeroOpeningRevenue,
    )
}

/// How much of the recurring revenue the largest customers hold.
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the n customers who pay most / Σ recurring fee a year of all customers, of known fee
/// ```
///
/// # Counts
/// Customers as in [`recurring_revenue_per_account`](super::recurring_revenue_per_account): on the evening of the period's last day, or of the
/// as-of day where that is earlier, those of whom every recurring fee is known. Where there are no more than `n`, they hold all.
///
/// # Unit
/// [`Rate`]; lower is better.
///
/// # Errors
/// - [`Undefined::NoCustomersAtEnd`] where no account is a customer at the end.
/// - [`Undefined::NoRecurringFee`] where there are customers, and what they pay is known of none.
///
/// # Examples
/// The largest of three holds 60 %:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, fee: i64| Contract::new(id, account, date(2025, 7, 1)?, Currency::USD)?.with_recurring(fee, Per::Month);
/// let contracts = [contract("C-1", "Initech", 600)?, contract("C-2", "Acme", 300)?, contract("C-3", "Umbrella", 100)?];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::customer_concentration(&customers, 1)?.to_string(), "60%");
/// assert_eq!(kpi::customer_concentration(&customers, 2)?.to_string(), "90%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is by account. Two contracts of 300 make the largest customer, though a third one has the largest contract.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, fee: i64| Contract::new(id, account, date(2025, 7, 1)?, Currency::USD)?.with_recurring(fee, Per::Month);
/// let contracts = [contract("C-1", "Initech", 300)?, contract("C-2", "Initech", 300)?, contract("C-3", "Acme", 400)?];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::customer_concentration(&customers, 1)?.to_string(), "60%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`customer_concentration_index`]: of all customers at once, without a number to choose
/// - [`CustomerTally::accounts`]: who they are
///
/// # Source
/// This crate's definition.
pub fn customer_concentration(customers: &CustomerTally, n: u32) -> Result<Rate, Undefined> {
    let (paid, none) = paid_at_end(customers)?;
    let mut amounts = Vec::new();
    for fee in paid {
        amounts.push(fee.decimal());
    }
    reckon::of_the_largest(amounts, n, none)
}

/// What each customer of known fee pays at the end, and the reason where there is none.
fn paid_at_end(customers: &CustomerTally) -> Result<(Vec<AmountSum>, Undefined), Undefined> {
    let paid = customers.fees_at_end()?;
    Ok((paid, reckon::no_known_customer(customers.totals())?))
}

/// How much the recurring revenue hangs on few customers: the sum of their squared shares of it (Herfindahl's index).
///
/// # Formula
/// ```text
/// Σ (recurring fee a year of a customer / Σ recurring fee a year of all customers, of known fee)²
/// ```
///
/// # Counts
/// Customers as in [`customer_concentration`].
///
/// # Unit
/// [`Rate`]; lower is better. 100 % where one customer pays all; 1 / n where n customers pay alike.
///
/// # Errors
/// - [`Undefined::NoCustomersAtEnd`] where no account is a customer at the end.
/// - [`Undefined::NoRecurringFee`] where there are customers, and what they pay is known of none.
///
/// # Examples
/// Shares of 60 %, 30 % and 10 %: 0.36 + 0.09 + 0.01.
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, fee: i64| Contract::new(id, account, date(2025, 7, 1)?, Currency::USD)?.with_recurring(fee, Per::Month);
/// let contracts = [contract("C-1", "Initech", 600)?, contract("C-2", "Acme", 300)?, contract("C-3", "Umbrella", 100)?];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::customer_concentration_index(&customers)?.to_string(), "46%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is never 0. Four customers who pay alike make 25 %, the least that four can.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// let contract = |id, account| Contract::new(id, account, date(2025, 7, 1)?, Currency::USD)?.with_recurring(100, Per::Month);
/// let contracts = [contract("C-1", "Initech")?, contract("C-2", "Acme")?, contract("C-3", "Umbrella")?, contract("C-4", "Globex")?];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::customer_concentration_index(&customers)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`customer_concentration`]: the share of the largest alone
///
/// # Source
/// This crate's definition.
#[doc(alias = "Herfindahl index")]
#[doc(alias = "HHI")]
pub fn customer_concentration_index(customers: &CustomerTally) -> Result<Rate, Undefined> {
    let (paid, none) = paid_at_end(customers)?;
    let index = reckon::sum_of_squared_shares(&paid).ok_or(none)?;
    reckon::rate(index, 1, none)
}

/// What customers pay in recurring fees a year for each full-time equivalent of the firm.
///
/// # Formula
/// ```text
/// ARR / full-time equivalents of the firm
/// ```
///
/// # Counts
/// Recurring revenue as in [`arr`]. The full-time equivalents as they are given: all who work for the firm on that evening, not sales alone,
/// part-time ones by their share.
///
/// # Unit
/// [`MoneyPer`] year and full-time equivalent, 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::StaffNotPositive`] where the full-time equivalents are 0 or less.
/// - [`Undefined::NoRecurringFee`] where there are customers, and no fee of them is known.
///
/// # Examples
/// 900,000 a year and 7.5 full-time equivalents:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Decimal, Per, Period, Scope, date, kpi};
///
/// let contract = Contract::new("C-1", "Initech", date(2025, 7, 1)?, Currency::USD)?.with_recurring(75_000, Per::Month)?;
/// let customers = CustomerTally::of([contract], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::arr_per_fte(&customers, Decimal::new(75, 1))?.to_string(), "120000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: nobody at work is no firm that earns without end; it has no figure.
/// ```
/// # use sales_metrics::{Currency, CustomerTally, Period, Scope, Undefined, kpi};
/// let customers = CustomerTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// assert_eq!(kpi::arr_per_fte(&customers, 0), Err(Undefined::StaffNotPositive));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`arr_per_rep`]: by the reps alone
/// - [`rep_productivity`](super::rep_productivity): what was won, not what recurs
///
/// # Source
/// This crate's definition.
#[doc(alias = "ARR per employee")]
pub fn arr_per_fte(
    customers: &CustomerTally,
    fte: impl Into<Decimal>,
) -> Result<MoneyPer, Undefined> {
    let fte = fte.into();
    customers.totals().contracts_at_end()?;
    if fte <= Decimal::ZERO {
        return Err(Undefined::StaffNotPositive);
    }
    let each = reckon::quotient(arr(customers)?.amount(), fte)?;
    Ok(a_year(customers, each))
}

/// What customers pay in recurring fees a year for each rep.
///
/// # Formula
/// ```text
/// ARR / heads
/// ```
///
/// # Counts
/// Recurring revenue as in [`arr`], whoever sold it, and reps of the roster who are employed, both on the evening of the period's last day or
/// of the as-of day where that is earlier. Who leaves on that day is gone.
///
/// # Unit
/// [`MoneyPer`] year and rep, 0 or more; higher is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are not of one scope.
/// - [`Undefined::NoRepsOnTheDay`] where no rep is employed on that evening.
/// - [`Undefined::NoRecurringFee`] where there are customers, and no fee of them is known.
///
/// # Examples
/// 900,000 a year and three reps:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let contract = Contract::new("C-1", "Initech", date(2025, 7, 1)?, Currency::USD)?.with_recurring(75_000, Per::Month)?;
/// let customers = CustomerTally::of([contract], q1)?;
/// let reps = Roster::new([Rep::new("ada")?, Rep::new("ben")?, Rep::new("cleo")?], [])?;
/// let team = TeamTally::new(q1.with_roster(&reps)?);
/// assert_eq!(kpi::arr_per_rep(&customers, &team)?.to_string(), "300000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is by those there on the evening, not by all who worked in the period. Ben left in February.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let contract = Contract::new("C-1", "Initech", date(2025, 7, 1)?, Currency::USD)?.with_recurring(75_000, Per::Month)?;
/// # let customers = CustomerTally::of([contract], q1)?;
/// let reps = Roster::new([Rep::new("ada")?, Rep::new("ben")?.with_left(date(2026, 2, 28)?)?], [])?;
/// let team = TeamTally::new(q1.with_roster(&reps)?);
/// assert_eq!(kpi::arr_per_rep(&customers, &team)?.to_string(), "900000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`arr_per_fte`]: by all who work for the firm
/// - [`rep_productivity`](super::rep_productivity): what each rep won
///
/// # Source
/// This crate's definition.
pub fn arr_per_rep(customers: &CustomerTally, team: &TeamTally) -> Result<MoneyPer, Error> {
    customers.scope().expect_of("the team", team.scope())?;
    customers.totals().contracts_at_end()?;
    let heads = team.heads();
    if heads == 0 {
        return Err(Undefined::NoRepsOnTheDay.into());
    }
    let each = reckon::quotient(arr(customers)?.amount(), heads)?;
    Ok(a_year(customers, each))
}
