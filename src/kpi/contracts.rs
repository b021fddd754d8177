//! What was signed, and what goes on: the value and the length of contracts, and what becomes of renewals.

use super::reckon;
use super::recurring::known;
use crate::error::Undefined;
use crate::tally::{CommitmentTally, RenewalTally};
use crate::value::{Money, MoneyPer, Months, Per, Percent, Rate, Volume};

/// What the contracts signed in the period bring in over their whole terms (TCV).
///
/// # Formula
/// ```text
/// Σ total value = Σ (recurring fee over the term + one-time fees)
/// ```
///
/// # Counts
/// Contracts of customers by the day of signing, where that is known, else by their first day; those that renew another as well. Trials,
/// contracts of a fee of 0 and one-time sales make no customer. The value of each is its [`total_value`](crate::Contract::total_value). A
/// contract without an agreed end, or without a known recurring fee, has none, and neither has one whose sum would not be exact or above
/// 10¹⁴; `totals().all_signed.unpriced()` counts these.
///
/// # Unit
/// [`Money`], 0 or more; higher is better.
///
/// # Errors
/// [`Undefined::NoTotalValue`] where contracts were signed, and the total value of none of them is known.
///
/// # Examples
/// 100,000 a year over three years with 4,000 for the set-up, and 12,000 for a year:
/// ```
/// use sales_metrics::{CommitmentTally, Contract, Currency, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account| Contract::new(id, account, date(2026, 2, 1)?, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech")?.with_last_day(date(2029, 1, 31)?)?.with_recurring(100_000, Per::Year)?.with_one_time(4_000)?,
///     contract("C-2", "Acme")?.with_last_day(date(2027, 1, 31)?)?.with_recurring(1_000, Per::Month)?,
/// ];
/// let agreed = CommitmentTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::total_contract_value(&agreed)?.to_string(), "316000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a contract that goes on until it is ended has no total value, neither a year of it nor 0. It stands beside the figure.
/// ```
/// # use sales_metrics::{CommitmentTally, Contract, Currency, Per, Period, Scope, date, kpi};
/// # let contract = |id, account| Contract::new(id, account, date(2026, 2, 1)?, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech")?.with_last_day(date(2027, 1, 31)?)?.with_recurring(1_000, Per::Month)?,
///     contract("C-2", "Acme")?.with_recurring(9_000, Per::Month)?,
/// ];
/// let agreed = CommitmentTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::total_contract_value(&agreed)?.to_string(), "12000 USD");
/// assert_eq!(agreed.totals().all_signed.unpriced(), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_contract_value`](super::average_contract_value): a year of a new contract, on average
/// - [`arr`](super::arr): what all contracts pay a year, whenever they were signed
///
/// # Source
/// This crate's definition.
#[doc(alias = "TCV")]
pub fn total_contract_value(agreed: &CommitmentTally) -> Result<Money, Undefined> {
    let signed = agreed.totals().all_signed;
    if signed.count > 0 && signed.priced == 0 {
        return Err(Undefined::NoTotalValue);
    }
    Ok(reckon::money(agreed.scope(), signed.amount.decimal()))
}

/// For how long the contracts signed in the period were agreed on, on average.
///
/// # Formula
/// ```text
/// Σ months of the terms / contracts signed that have an agreed end
/// ```
///
/// # Counts
/// Contracts as in [`total_contract_value`], whatever is known of their fees, from the first day to the agreed last. A term is whole months
/// from its first day on, and the days that are left over, of which 365 are twelve months. A contract without an agreed end has no term; it is
/// in `totals().all_signed.count` alone.
///
/// # Unit
/// [`Months`], above 0; neither more nor less is better.
///
/// # Errors
/// - [`Undefined::NothingSigned`] where no contract of a customer was signed in the period.
/// - [`Undefined::NoTerm`] where some were, and none of them has an agreed end.
///
/// # Examples
/// Three years and one:
/// ```
/// use sales_metrics::{CommitmentTally, Contract, Currency, Period, Scope, date, kpi};
///
/// let contract = |id, account| Contract::new(id, account, date(2026, 2, 1)?, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech")?.with_last_day(date(2029, 1, 31)?)?,
///     contract("C-2", "Acme")?.with_last_day(date(2027, 1, 31)?)?,
/// ];
/// let agreed = CommitmentTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::average_contract_term(&agreed)?.to_string(), "24 months");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is what was agreed on, not how long it lasted, and a leap year is a year.
/// ```
/// # use sales_metrics::{CommitmentTally, Contract, Currency, Period, Scope, date, kpi};
/// let contract = Contract::new("C-1", "Initech", date(2024, 1, 1)?, Currency::USD)?
///     .with_last_day(date(2024, 12, 31)?)?
///     .with_terminated(date(2024, 3, 31)?)?;
/// let agreed = CommitmentTally::of([contract], Scope::new(Period::quarter(2024, 1)?, Currency::USD))?;
/// assert_eq!(kpi::average_contract_term(&agreed)?.to_string(), "12 months");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`multi_year_rate`]: how many are of two years or more
/// - [`early_termination_rate`](super::early_termination_rate): how many did not last so long
///
/// # Source
/// This crate's definition.
#[doc(alias = "average contract length")]
pub fn average_contract_term(agreed: &CommitmentTally) -> Result<Months, Undefined> {
    let totals = agreed.totals();
    let (months, days, terms) = (totals.term_months, totals.term_days, terms(agreed)?);
    // In 365ths of a month, so that it is one division.
    let sum = u128::from(months) * 365 + u128::from(days) * 12;
    let mean = reckon::quotient(sum, u128::from(terms) * 365)?;
    Months::new(mean).map_err(|_| Undefined::OutOfRange)
}

/// How many of the contracts signed have an agreed end: not 0.
fn terms(agreed: &CommitmentTally) -> Result<u64, Undefined> {
    let totals = agreed.totals();
    let (terms, signed) = (totals.with_term, totals.all_signed.count);
    match (terms, signed) {
        (0, 0) => Err(Undefined::NothingSigned),
        (0, _) => Err(Undefined::NoTerm),
        _ => Ok(terms),
    }
}

/// The share of the contracts signed in the period that were agreed on for two years or more.
///
/// # Formula
/// ```text
/// contracts signed with a term of 24 months or more / contracts signed that have an agreed end
/// ```
///
/// # Counts
/// Contracts and terms as in [`average_contract_term`]. A contract without an agreed end is on neither side: nobody is bound by it for two
/// years.
///
/// # Unit
/// [`Rate`]; higher is better.
///
/// # Errors
/// - [`Undefined::NothingSigned`] where no contract of a customer was signed in the period.
/// - [`Undefined::NoTerm`] where some were, and none of them has an agreed end.
///
/// # Examples
/// One of two is for three years:
/// ```
/// use sales_metrics::{CommitmentTally, Contract, Currency, Period, Scope, date, kpi};
///
/// let contract = |id, account| Contract::new(id, account, date(2026, 2, 1)?, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech")?.with_last_day(date(2029, 1, 31)?)?,
///     contract("C-2", "Acme")?.with_last_day(date(2027, 1, 31)?)?,
/// ];
/// let agreed = CommitmentTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::multi_year_rate(&agreed)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: one that has gone on for years by renewing itself is still one of twelve months. And a day less than two years is less.
/// ```
/// # use sales_metrics::{CommitmentTally, Contract, Currency, Period, Scope, date, kpi};
/// # let contract = |id, account| Contract::new(id, account, date(2023, 3, 1)?, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech")?.with_last_day(date(2024, 2, 29)?)?.with_auto_renewal(),
///     contract("C-2", "Acme")?.with_last_day(date(2025, 2, 27)?)?,
/// ];
/// let agreed = CommitmentTally::of(&contracts, Scope::new(Period::quarter(2023, 1)?, Currency::USD))?;
/// assert_eq!(kpi::multi_year_rate(&agreed)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_contract_term`]: how long they are
///
/// # Source
/// This crate's definition.
pub fn multi_year_rate(agreed: &CommitmentTally) -> Result<Rate, Undefined> {
    let several = agreed.totals().multi_year;
    reckon::rate(several, terms(agreed)?, Undefined::NoTerm)
}

/// How much more the renewals pay than what they renew paid, over the contracts that were renewed.
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the renewals / Σ recurring fee a year of the contracts that were renewed − 1
/// ```
///
/// # Counts
/// The contracts that [`renewal_rate`](super::renewal_rate) counts as renewed, where the fees of both sides are known, and what renews them
/// there. What was not renewed is in neither sum. One that renews itself does so at its own fee.
///
/// # Unit
/// [`Percent`], −100 % or more, without an upper end; higher is better. 0 % where all goes on as it was.
///
/// # Errors
/// - [`Undefined::NothingRenewed`] where no contract was renewed.
/// - [`Undefined::NoRecurringFee`] where none of those renewed has a known recurring fee on both sides.
/// - [`Undefined::OutOfRange`] where the percentage passes what a decimal holds.
///
/// # Examples
/// 100 a month become 110:
/// ```
/// use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
///
/// let contract = |id, start| Contract::new(id, "Acme", start, Currency::USD);
/// let contracts = [
///     contract("C-1", date(2025, 4, 1)?)?.with_last_day(date(2026, 3, 31)?)?.with_recurring(100, Per::Month)?,
///     contract("C-2", date(2026, 4, 1)?)?.with_renewal_of("C-1")?.with_recurring(110, Per::Month)?,
/// ];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::renewal_uplift(&renewals)?.to_string(), "10%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what lapses does not lower it. Half of the money that came up is gone, and those who renew pay a tenth more.
/// ```
/// # use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
/// # let contract = |id, start| Contract::new(id, "Acme", start, Currency::USD);
/// let contracts = [
///     contract("C-1", date(2025, 4, 1)?)?.with_last_day(date(2026, 3, 31)?)?.with_recurring(100, Per::Month)?,
///     contract("C-2", date(2026, 4, 1)?)?.with_renewal_of("C-1")?.with_recurring(110, Per::Month)?,
///     contract("C-3", date(2025, 4, 1)?)?.with_last_day(date(2026, 3, 31)?)?.with_recurring(100, Per::Month)?,
/// ];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::renewal_uplift(&renewals)?.to_string(), "10%");
/// assert_eq!(kpi::renewal_rate(&renewals)?.to_string(), "55%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`renewal_rate`](super::renewal_rate): of all that came up
/// - [`expansion_rate`](super::expansion_rate): of all customers, by account
///
/// # Source
/// This crate's definition.
pub fn renewal_uplift(renewals: &RenewalTally) -> Result<Percent, Undefined> {
    let totals = renewals.totals();
    let none = match totals.renewed()? {
        0 => Undefined::NothingRenewed,
        _ => Undefined::NoRecurringFee,
    };
    let (before, after) = (totals.renewed_before()?, totals.renewed_amount()?);
    let more = reckon::difference(after.decimal(), before.decimal())?;
    reckon::percent_or(more, before.decimal(), none)
}

/// What recurring revenue would be a year if all that was signed and given notice of by the evening were live (CARR).
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the contracts in force, less those under notice and those renewed by one in force or signed,
/// and of those signed that begin later
/// ```
///
/// # Counts
/// Contracts in force as in [`arr`](super::arr), on the evening of the period's last day or of the as-of day where that is earlier. *Under
/// notice* are those of which notice was given by then; *signed* those whose day of signing is not later. A contract that another one names as
/// renewed is not counted where that one stands in its place: it is in force, whenever it was signed, or signed to begin later, and not
/// withdrawn by then, to end on its first day. One that is over stands in no place; but what renewed it stands in the place of what it
/// renewed. Without a day of signing a contract counts as signed on its first day, and without a day of notice a termination counts as
/// known when it comes: `totals().without_signing` and `totals().without_notice` count those for which that matters. Fees that nobody knows
/// add nothing; `totals().committed().unpriced()` counts them.
///
/// # Unit
/// [`MoneyPer`] year, 0 or more; higher is better.
///
/// # Errors
/// [`Undefined::NoRecurringFee`] where there are such contracts, and no fee of them is known.
///
/// # Examples
/// 100 a year to June, and its renewal at 110 is signed: 110, and not 210.
/// ```
/// use sales_metrics::{CommitmentTally, Contract, Currency, Per, Period, Scope, date, kpi};
///
/// let contract = |id, start, fee: i64| Contract::new(id, "Initech", start, Currency::USD)?.with_recurring(fee, Per::Year);
/// let contracts = [
///     contract("C-1", date(2025, 7, 1)?, 100)?.with_last_day(date(2026, 6, 30)?)?,
///     contract("C-2", date(2026, 7, 1)?, 110)?.with_signed(date(2026, 3, 15)?)?.with_renewal_of("C-1")?,
/// ];
/// let agreed = CommitmentTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::committed_arr(&agreed)?.to_string(), "110 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: who has given notice is out of it, though they pay to the end of the year. Whose end nobody gave notice of is in it.
/// ```
/// # use sales_metrics::{CommitmentTally, Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, start, fee: i64| Contract::new(id, "Initech", start, Currency::USD)?.with_recurring(fee, Per::Year);
/// let contracts = [
///     contract("C-1", date(2025, 7, 1)?, 100)?.with_last_day(date(2026, 12, 31)?)?.with_notice(date(2026, 2, 1)?)?,
///     contract("C-2", date(2025, 7, 1)?, 30)?.with_terminated(date(2026, 12, 31)?)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(kpi::arr(&CustomerTally::of(&contracts, q1)?)?.to_string(), "130 USD/year");
/// let agreed = CommitmentTally::of(&contracts, q1)?;
/// assert_eq!(kpi::committed_arr(&agreed)?.to_string(), "30 USD/year");
/// assert_eq!(agreed.totals().without_notice.count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`arr`](super::arr): what is in force alone
/// - [`available_to_renew`]: whose term ends soon
///
/// # Source
/// This crate's definition.
#[doc(alias = "CARR")]
#[doc(alias = "contracted ARR")]
pub fn committed_arr(agreed: &CommitmentTally) -> Result<MoneyPer, Undefined> {
    let committed = known(agreed.totals().committed())?;
    let amount = reckon::money(agreed.scope(), committed.decimal());
    Ok(MoneyPer::new(amount, Per::Year))
}

/// What comes up for renewal in the days after the evening.
///
/// # Formula
/// ```text
/// Σ recurring fee a year of the contracts in force whose agreed end lies in the N days after the evening
/// ```
///
/// # Counts
/// Contracts in force as in [`committed_arr`], whether they were renewed already, were given notice of, or not. The first day after the
/// evening is one of the N. What has no agreed end does not come up, and what goes on after it of itself came up then.
///
/// # Unit
/// [`Volume`]: how many contracts, their fees a year, and how many of them are of unknown fee; neither more nor less is better.
///
/// # Errors
/// None: where nothing comes up it is 0.
///
/// # Examples
/// Of 100 and 30 a year, the 100 end in 90 days:
/// ```
/// use sales_metrics::{CommitmentTally, Contract, Currency, Per, Period, Scope, date, kpi};
///
/// let contract = |id, last, fee: i64| Contract::new(id, "Initech", date(2025, 7, 1)?, Currency::USD)?.with_last_day(last)?.with_recurring(fee, Per::Year);
/// let contracts = [contract("C-1", date(2026, 6, 29)?, 100)?, contract("C-2", date(2026, 6, 30)?, 30)?];
/// let agreed = CommitmentTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::available_to_renew(&agreed, 90).to_string(), "1 · 100 USD");
/// assert_eq!(kpi::available_to_renew(&agreed, 91).to_string(), "2 · 130 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what was renewed already is in it, as it is in the renewal rate. And what ends on the evening itself is not.
/// ```
/// # use sales_metrics::{CommitmentTally, Contract, Currency, Per, Period, Scope, date, kpi};
/// # let contract = |id, last, fee: i64| Contract::new(id, "Initech", date(2025, 7, 1)?, Currency::USD)?.with_last_day(last)?.with_recurring(fee, Per::Year);
/// let contracts = [
///     contract("C-1", date(2026, 3, 31)?, 7)?,
///     contract("C-2", date(2026, 4, 30)?, 100)?,
///     Contract::new("C-3", "Initech", date(2026, 5, 1)?, Currency::USD)?.with_signed(date(2026, 3, 1)?)?.with_renewal_of("C-2")?,
/// ];
/// let agreed = CommitmentTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::available_to_renew(&agreed, 365).to_string(), "1 · 100 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`renewal_rate`](super::renewal_rate): what became of what came up
/// - [`committed_arr`]: what goes on by what is signed
///
/// # Source
/// This crate's definition.
#[doc(alias = "ATR")]
#[must_use]
pub fn available_to_renew(agreed: &CommitmentTally, days: u32) -> Volume {
    reckon::volume(agreed.scope(), agreed.ending_within(days))
}
