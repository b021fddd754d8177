//! What becomes of the customers of a month.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::reckon;
use crate::error::Undefined;
use crate::period::Period;
use crate::tally::CohortTally;
use crate::value::{Percent, Rate};

/// What is left of the customers of each month, by their number and by their money, on the evening of that month and of each later one.
///
/// # Formula
/// ```text
/// of the accounts whose first day as a customer is in the month:
/// customers on the evening / accounts
/// Σ recurring fee a year on the evening / Σ on the evening of the first month, over those whose fees are known on both
/// ```
///
/// # Counts
/// Accounts whose first contract as a customer starts in the period, up to the as-of day, by the month of that day: all of them, those that
/// left within it as well. They are followed up to the as-of day, however late: on the evening of each month's last day. One that left and
/// came back is a customer again. Whoever is gone pays nothing, which is known; a customer of whom a fee is not known on one of the two
/// evenings is in neither sum. A month in which nobody came has no row.
///
/// # Unit
/// [`RetentionCohort`] for each month: a [`Rate`] of customers and a [`Percent`] of money for each evening; higher is better. Evenings after
/// the as-of day are not there, which is not 0.
///
/// # Errors
/// [`Undefined::NoNewContracts`] where no account became a customer in the period. The money of an evening has a reason of its own where the
/// customers of the first evening paid nothing of which one knows: [`Undefined::ZeroOpeningRevenue`].
///
/// # Examples
/// Two customers of January, of whom one leaves in February and one pays more in March:
/// ```
/// use sales_metrics::{CohortTally, Contract, Currency, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD)?.with_recurring(100, Per::Month);
/// let contracts = [
///     contract("C-1", "Initech", date(2026, 1, 5)?)?,
///     contract("C-2", "Initech", date(2026, 3, 1)?)?,
///     contract("C-3", "Acme", date(2026, 1, 20)?)?.with_last_day(date(2026, 2, 19)?)?,
/// ];
/// let tally = CohortTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let cohorts = kpi::retention_cohorts(&tally)?;
/// let mut rows = Vec::new();
/// for evening in &cohorts[0].evenings {
///     rows.push((evening.on.to_string(), evening.retention.to_string(), evening.revenue?.to_string()));
/// }
/// let texts = |on: &str, share: &str, money: &str| (on.to_owned(), share.to_owned(), money.to_owned());
/// assert_eq!(rows[0], texts("2026-01-31", "100%", "100%"));
/// assert_eq!(rows[1], texts("2026-02-28", "50%", "50%"));
/// assert_eq!(rows[2], texts("2026-03-31", "50%", "100%"));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: of the customers of March, seen from March, there is one evening and no more: what is to come is not 0. And whoever came and
/// left within a month is one of its base.
/// ```
/// # use sales_metrics::{CohortTally, Contract, Currency, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD)?.with_recurring(100, Per::Month);
/// let contracts = [
///     contract("C-1", "Initech", date(2026, 3, 2)?)?,
///     contract("C-2", "Acme", date(2026, 3, 2)?)?.with_last_day(date(2026, 3, 15)?)?,
/// ];
/// let tally = CohortTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let cohorts = kpi::retention_cohorts(&tally)?;
/// assert_eq!((cohorts.len(), cohorts[0].accounts, cohorts[0].evenings.len()), (1, 2, 1));
/// assert_eq!(cohorts[0].evenings[0].retention.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`retention_rate`](super::retention_rate), [`net_revenue_retention`](super::net_revenue_retention): of all customers, between two evenings
///
/// # Source
/// This crate's definition.
#[doc(alias = "cohort analysis")]
pub fn retention_cohorts(cohorts: &CohortTally) -> Result<Vec<RetentionCohort>, Undefined> {
    let mut rows = Vec::new();
    for cohort in cohorts.cohorts() {
        let mut evenings = Vec::new();
        for evening in cohort.evenings {
            let (first, paid) = (evening.first.decimal(), evening.paid.decimal());
            evenings.push(RetentionEvening {
                on: evening.on.date(),
                customers: evening.customers,
                retention: reckon::rate(
                    evening.customers,
                    cohort.accounts,
                    Undefined::NoNewContracts,
                )?,
                revenue: reckon::percent_or(paid, first, Undefined::ZeroOpeningRevenue),
            });
        }
        rows.push(RetentionCohort {
            month: cohort.month,
            accounts: cohort.accounts,
            evenings,
        });
    }
    if rows.is_empty() {
        return Err(Undefined::NoNewContracts);
    }
    Ok(rows)
}

/// The customers of a month, and what is left of them: a row of what [`retention_cohorts`] returns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RetentionCohort {
    /// The month in which they became customers.
    pub month: Period,
    /// How many accounts did: the base.
    pub accounts: u64,
    /// The evening of that month's last day, and those of the months after it, up to the as-of day.
    pub evenings: Vec<RetentionEvening>,
}

/// What is left of the customers of a month on an evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RetentionEvening {
    /// The day of which it is the evening.
    #[serde(serialize_with = "as_text")]
    pub on: NaiveDate,
    /// Those who are customers on it.
    pub customers: u64,
    /// Their share of the base.
    pub retention: Rate,
    /// What they pay, of what they paid on the evening of the first month.
    pub revenue: Result<Percent, Undefined>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
fn as_text<S: Serializer>(on: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(on)
}
