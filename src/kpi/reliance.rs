//! From whom bookings come: old customers and new ones, and how much of it from a few.

use rust_decimal::Decimal;

use super::reckon;
use crate::error::Undefined;
use crate::tally::{CustomerTally, DealDetail, PurchaseTally, SpreadTally, TeamTally};
use crate::value::{Money, Rate};

/// What share of the bookings comes from accounts that buy again.
///
/// # Formula
/// ```text
/// Σ won after the day of the account's first win ever / Σ won that names an account
/// ```
///
/// # Counts
/// Won deals with an amount, by close date. What an account buys on the day of its first win is no repeat, however many deals that are; so
/// the deals must be those of its whole history. A win of 0 is no first purchase, one of unknown amount is. A deal that names no account is
/// on neither side.
///
/// # Unit
/// [`Rate`]; which way it should go depends: a high share speaks of loyalty, or of too few new customers.
///
/// # Errors
/// - [`Undefined::NoAccounts`] where no purchase names an account (a win of 0 is none), [`Undefined::NothingPriced`] where none of those that do
///   has an amount, and [`Undefined::ZeroRevenue`] where ready-made totals of them add up to 0.
///
/// # Examples
/// An old customer buys for 300 and a new one for 100:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, PurchaseTally, Scope, date, kpi};
///
/// let won = |id, account, on, amount: i64| {
///     Deal::new(id, date(2025, 1, 7)?, Outcome::Won { on }, Currency::USD)?.with_account(account)?.with_amount(amount)
/// };
/// let deals = [
///     won("D-1", "Initech", date(2025, 6, 30)?, 500)?,
///     won("D-2", "Initech", date(2026, 2, 3)?, 300)?,
///     won("D-3", "Acme", date(2026, 2, 20)?, 100)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(kpi::repeat_revenue_rate(&PurchaseTally::of(&deals, q1)?)?.to_string(), "75%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: who buys twice in its first quarter has bought again. Whoever takes all revenue of new customers for new finds 0 %.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, PurchaseTally, Scope, date, kpi};
/// # let won = |id, account, on, amount: i64| {
/// #     Deal::new(id, date(2025, 1, 7)?, Outcome::Won { on }, Currency::USD)?.with_account(account)?.with_amount(amount)
/// # };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [
///     won("D-1", "Acme", date(2026, 1, 20)?, 100)?,
///     won("D-2", "Acme", date(2026, 1, 20)?, 200)?,
///     won("D-3", "Acme", date(2026, 3, 20)?, 100)?,
/// ];
/// assert_eq!(kpi::repeat_revenue_rate(&PurchaseTally::of(&deals, q1)?)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_back_rate`]: customers who had left
/// - [`net_revenue_retention`](crate::kpi::net_revenue_retention): of recurring revenue
///
/// # Source
/// This crate's definition.
pub fn repeat_revenue_rate(purchases: &PurchaseTally) -> Result<Rate, Undefined> {
    let totals = purchases.totals();
    let (won, first) = (totals.won_by_accounts()?, totals.first_amount()?);
    match won.priced {
        0 if won.count == 0 => Err(Undefined::NoAccounts),
        0 => Err(Undefined::NothingPriced),
        _ => {
            let all = won.amount.decimal();
            let again = reckon::difference(all, first.decimal())?;
            reckon::rate(again, all, Undefined::ZeroRevenue)
        }
    }
}

/// What share of the former customers came back.
///
/// # Formula
/// ```text
/// former customers who are customers again at the end / former customers at the start
/// ```
///
/// # Counts
/// Former customers are the accounts that have been customers, and are none on the evening before the period. They are back where they are
/// customers on the evening of its last day, or of the as-of day where that is earlier; who came back and left again in the period is not.
/// The contracts must be all that there ever were.
///
/// # Unit
/// [`Rate`]; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the period has not begun.
/// - [`Undefined::NoFormerCustomers`] where no account had been a customer and was none.
///
/// # Examples
/// Two customers have left in earlier years, and one is back:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD)?.with_recurring(100, Per::Month);
/// let contracts = [
///     contract("C-1", "Initech", date(2024, 1, 1)?)?.with_last_day(date(2024, 12, 31)?)?,
///     contract("C-2", "Acme", date(2024, 1, 1)?)?.with_last_day(date(2025, 6, 30)?)?,
///     contract("C-3", "Initech", date(2026, 2, 1)?)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(kpi::win_back_rate(&CustomerTally::of(&contracts, q1)?)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: who leaves and comes back within the quarter was never gone on an evening that is looked at, and is in neither number.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, Undefined, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD)?.with_recurring(100, Per::Month);
/// let contracts = [
///     contract("C-1", "Initech", date(2025, 1, 1)?)?.with_last_day(date(2026, 1, 31)?)?,
///     contract("C-2", "Initech", date(2026, 3, 1)?)?,
/// ];
/// let won_back = |scope| kpi::win_back_rate(&CustomerTally::of(&contracts, scope)?).map_err(sales_metrics::Error::from);
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(won_back(q1), Err(Undefined::NoFormerCustomers.into()));
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// assert_eq!(won_back(march)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`churn_rate`](crate::kpi::churn_rate): who leaves
/// - [`mrr_movements`](crate::kpi::mrr_movements): what those who came back pay, its reactivation
///
/// # Source
/// This crate's definition.
pub fn win_back_rate(customers: &CustomerTally) -> Result<Rate, Undefined> {
    let totals = customers.totals();
    let (back, former) = (totals.reactivated()?, totals.former()?);
    reckon::elapsed(customers)?;
    reckon::rate(back, former, Undefined::NoFormerCustomers)
}

/// What share of the bookings comes from the few largest accounts.
///
/// # Formula
/// ```text
/// Σ won of the n largest accounts / Σ won that names an account
/// ```
///
/// # Counts
/// Won deals with an amount, by close date. Accounts by what they bought in the period; a deal that names none is on neither side.
///
/// # Unit
/// [`Rate`]; lower is better: less hangs on one customer. Of `n` accounts or fewer it is 100 %, of none (`n` is 0) 0 %.
///
/// # Errors
/// - [`Undefined::NoAccounts`] where no won deal with an amount names an account; [`Undefined::ZeroRevenue`] where they add up to 0.
///
/// # Examples
/// The largest of three accounts:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SpreadTally, date, kpi};
///
/// let won = |id, account, amount: i64| {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_account(account)?.with_amount(amount)
/// };
/// let deals = [won("D-1", "Acme", 500)?, won("D-2", "Initech", 300)?, won("D-3", "Umbrella", 200)?];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let spread = SpreadTally::of(&deals, q1)?;
/// assert_eq!(kpi::revenue_concentration(&spread, 1)?.to_string(), "50%");
/// assert_eq!(kpi::revenue_concentration(&spread, 2)?.to_string(), "80%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the largest customer may have the smallest deals.
/// ```
/// # use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, SpreadTally, date, kpi};
/// # let won = |id, account, amount: i64| {
/// #     let won = Outcome::Won { on: date(2026, 2, 20)? };
/// #     Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_account(account)?.with_amount(amount)
/// # };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [won("D-1", "Acme", 300)?, won("D-2", "Acme", 300)?, won("D-3", "Initech", 400)?];
/// let spread = SpreadTally::of(&deals, q1)?;
/// assert_eq!(kpi::revenue_concentration(&spread, 1)?.to_string(), "60%");
/// assert_eq!(kpi::deal_concentration(&DealDetail::of(&deals, q1)?, 1)?.to_string(), "40%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`deal_concentration`], [`rep_concentration`]: by deal, and by rep
/// - [`SpreadTally::spent_by_account`](crate::SpreadTally::spent_by_account): which accounts these are
///
/// # Source
/// This crate's definition.
pub fn revenue_concentration(deals: &SpreadTally, n: u32) -> Result<Rate, Undefined> {
    let accounts = deals.spent_by_account();
    let spent: Vec<Decimal> = accounts.map(|(_, spent)| spent.amount()).collect();
    if spent.is_empty() {
        return Err(Undefined::NoAccounts);
    }
    reckon::of_the_largest(spent, n, Undefined::ZeroRevenue)
}

/// What share of the bookings comes from the few largest deals.
///
/// # Formula
/// ```text
/// Σ amount of the n largest won deals / Σ amount of the won deals
/// ```
///
/// # Counts
/// Won deals with an amount, by close date.
///
/// # Unit
/// [`Rate`]; lower is better: less hangs on one deal. Of `n` deals or fewer it is 100 %, of none (`n` is 0) 0 %.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where nothing was won, [`Undefined::NothingPriced`] where none of what was won has an amount, and
///   [`Undefined::ZeroRevenue`] where it adds up to 0.
///
/// # Examples
/// The two largest of four deals:
/// ```
/// use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let mut detail = DealDetail::new(q1);
/// for (n, amount) in [400, 100, 300, 200].into_iter().enumerate() {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     detail.record(&Deal::new(format!("D-{n}"), date(2026, 1, 7)?, won, Currency::USD)?.with_amount(amount)?)?;
/// }
/// assert_eq!(kpi::deal_concentration(&detail, 2)?.to_string(), "70%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal of unknown size may be the largest of all, and is on neither side.
/// ```
/// # use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deal = |id| Deal::new(id, date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD);
/// let detail = DealDetail::of([deal("D-1")?.with_amount(100)?, deal("D-2")?], q1)?;
/// assert_eq!(kpi::deal_concentration(&detail, 1)?.to_string(), "100%");
/// assert_eq!(detail.totals().won()?.unpriced(), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`revenue_concentration`], [`rep_concentration`]: by account, and by rep
///
/// # Source
/// This crate's definition.
pub fn deal_concentration(deals: &DealDetail, n: u32) -> Result<Rate, Undefined> {
    let sizes = deals.sizes();
    let amounts: Vec<Decimal> = sizes.iter().map(Money::amount).collect();
    if amounts.is_empty() {
        return Err(reckon::no_priced_win(deals.tally()));
    }
    reckon::of_the_largest(amounts, n, Undefined::ZeroRevenue)
}

/// What share of what the reps win is won by the few best of them.
///
/// # Formula
/// ```text
/// Σ won by the n reps who won most / Σ won by all reps
/// ```
///
/// # Counts
/// Won deals with an amount, by close date, that reps of the roster won on days of employment; of a deal that reps share, each has a part.
/// What is unassigned is on neither side.
///
/// # Unit
/// [`Rate`]; lower is better: less hangs on one rep. Of `n` reps or fewer it is 100 %, of none (`n` is 0) 0 %.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no rep won anything, [`Undefined::NothingPriced`] where none of what they won has an amount, and
///   [`Undefined::ZeroRevenue`] where it adds up to 0.
///
/// # Examples
/// The best of three reps:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = |id, rep, amount: i64| {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_owner(rep)?.with_amount(amount)
/// };
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?, Rep::new("cleo")?], [])?;
/// let deals = [won("D-1", "ada", 600)?, won("D-2", "ben", 300)?, won("D-3", "cleo", 100)?];
/// let team = TeamTally::of(&deals, q1.with_roster(&roster)?)?;
/// assert_eq!(kpi::rep_concentration(&team, 1)?.to_string(), "60%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what nobody of the roster won makes no rep's share smaller.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = |id, rep, amount: i64| {
/// #     let won = Outcome::Won { on: date(2026, 2, 20)? };
/// #     Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_owner(rep)?.with_amount(amount)
/// # };
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?], [])?;
/// let deals = [won("D-1", "ada", 600)?, won("D-2", "ben", 400)?, won("D-3", "web-shop", 1_000)?];
/// let team = TeamTally::of(&deals, q1.with_roster(&roster)?)?;
/// assert_eq!(kpi::rep_concentration(&team, 1)?.to_string(), "60%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`revenue_concentration`], [`deal_concentration`]: by account, and by deal
/// - [`rep_productivity_percentile`](crate::kpi::rep_productivity_percentile): what the rep in the middle, or at either end, brings in
///
/// # Source
/// This crate's definition.
pub fn rep_concentration(team: &TeamTally, n: u32) -> Result<Rate, Undefined> {
    let all = team.won()?;
    if all.priced == 0 {
        return Err(match all.count {
            0 => Undefined::NoWonDeals,
            _ => Undefined::NothingPriced,
        });
    }
    let mut amounts = Vec::new();
    for rep in team.reps() {
        amounts.push(rep.won()?.amount.decimal());
    }
    reckon::of_the_largest(amounts, n, Undefined::ZeroRevenue)
}
