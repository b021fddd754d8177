mod account;
mod cohort;
mod commitment;
mod movements;
mod purchase;
mod renewal;
mod standing;
mod totals;

pub use cohort::{CohortTally, CohortTotals};
pub use commitment::{CommitmentTally, CommitmentTotals};
pub use movements::{ArrMovements, Movements, MrrMovements};
pub(crate) use purchase::purchased_on;
pub use purchase::{PurchaseTally, PurchaseTotals};
pub use renewal::{ContractOutcome, RenewalStanding, RenewalTally, RenewalTotals};
pub use standing::AccountStanding;
pub use totals::CustomerTotals;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::record::{Contract, ContractStanding, Record};
use crate::tally::customer::account::{Customer, Eves, Presence};
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::{TallyProblem, impossible};
use crate::tally::priced::{Priced, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::store::{Ledger, Turn};
use crate::value::{AccountId, AmountSum, Entries};

/// The contracts of one scope, by account: who is a customer on two evenings, and for how much recurring revenue.
///
/// The *opening* is the evening before the period's first day; the *closing* is the evening of its last day, or of the as-of
/// day where that is earlier. So the closing of one period is the opening of the next, and the net of what moved in a year is that of
/// its months; its parts are not, since who leaves in January and is back in March has left and come back by months, and has stayed by the
/// quarter. A contract ends on the day after its last: one that starts on the first day of the period is new in it, and one
/// whose last day is the day before is gone in it. (On the evening of the first day, what starts with the month would never be
/// new.) Where the as-of day is before the period, both evenings are that of the as-of day.
///
/// A customer is an account with a recurring fee above 0 in force, or with a contract whose fees nobody knows. A trial, a contract of a
/// fee of 0 and a one-time sale make no customer and no history ([`ContractStanding::makes_customer`](crate::tally::ContractStanding::makes_customer));
/// `totals().one_time_sales()` counts the last.
///
/// It wants every contract that there ever was: whether a customer is new or has come back is read from the first of them. Which
/// contracts came up for renewal and were renewed, [`RenewalTally`](crate::RenewalTally) knows.
///
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", date(2025, 7, 1)?, Currency::USD)?.with_recurring(500, Per::Month)?,
///     Contract::new("C-2", "Acme", date(2026, 1, 1)?, Currency::USD)?.with_recurring(2_000, Per::Quarter)?,
///     Contract::new("C-3", "Umbrella", date(2025, 1, 1)?, Currency::USD)?.with_last_day(date(2025, 12, 31)?)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let customers = CustomerTally::of(&contracts, q1)?;
/// assert_eq!(kpi::arr(&customers)?.to_string(), "14000 USD/year");
/// let totals = customers.totals();
/// assert_eq!((totals.at_start()?, totals.new()?, totals.lost()?, totals.at_end()?), (2, 1, 1, 2));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct CustomerTally {
    scope: Scope,
    /// Invariant: what the contracts and the accounts come to.
    totals: CustomerTotals,
    /// None where it is made of totals.
    accounts: Option<Ledger<AccountId, Customer>>,
}

/// The totals that do not depend on whose contract it is.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    records: u64,
    at_start: Priced,
    at_end: Priced,
    signed: Priced,
    one_time_sales: Priced,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accounts: Option<Entries<AccountId, Customer>>,
    /// Instead of both, where it is made of totals.
    #[serde(skip_serializing_if = "Option::is_none")]
    totals: Option<CustomerTotals>,
}

impl TryFrom<Wire> for CustomerTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let (counts, accounts) = match (wire.counts, wire.accounts, wire.totals) {
            (Some(counts), Some(accounts), None) => (counts, accounts),
            (None, None, Some(totals)) => return Self::from_totals(wire.scope, totals),
            _ => return Err(impossible(EITHER)),
        };
        let mut tally = Self {
            scope: wire.scope,
            totals: counts.totals(),
            accounts: Some(accounts.into()),
        };
        let eves = Eves::from(tally.scope);
        tally.count_accounts(&eves);
        tally.check(&eves)?;
        Ok(tally)
    }
}

impl From<CustomerTally> for Wire {
    fn from(tally: CustomerTally) -> Self {
        let accounts = tally.accounts.map(Ledger::sorted);
        let is_counted = accounts.is_some();
        Self {
            scope: tally.scope,
            counts: is_counted.then(|| Counts::of(&tally.totals)),
            accounts,
            totals: (!is_counted).then_some(tally.totals),
        }
    }
}

impl Counts {
    fn of(totals: &CustomerTotals) -> Self {
        Self {
            records: totals.records,
            at_start: totals.contracts_at_start,
            at_end: totals.contracts_at_end,
            signed: totals.signed,
            one_time_sales: totals.one_time_sales,
        }
    }

    fn totals(self) -> CustomerTotals {
        let mut totals = CustomerTotals {
            records: self.records,
            contracts_at_start: self.at_start,
            contracts_at_end: self.at_end,
            signed: self.signed,
            one_time_sales: self.one_time_sales,
            ..CustomerTotals::default()
        };
        totals.recurring.opening = self.at_start.amount;
        totals.recurring.closing = self.at_end.amount;
        totals
    }
}

impl CustomerTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            totals: CustomerTotals::default(),
            accounts: Some(Ledger::new()),
        }
    }

    /// The tally of ready-made totals: a database's counts and sums.
    ///
    /// It knows no accounts. Those of two tallies may be the same, so that nothing can be added to it: count all contracts at once.
    ///
    /// What is left out is not counted, and not 0. These do for:
    ///
    /// | counters | KPIs |
    /// | --- | --- |
    /// | `at_start`, `lost` | [`churn_rate`](crate::kpi::churn_rate) |
    /// | `at_start`, `retained` | [`retention_rate`](crate::kpi::retention_rate) |
    /// | `at_start`, `at_end` | [`net_customer_change`](crate::kpi::net_customer_change) |
    /// | `first_contracts` | [`cost_per_new_contract`](crate::kpi::cost_per_new_contract) |
    /// | `signed` | [`average_contract_value`](crate::kpi::average_contract_value) |
    /// | `former`, `reactivated` | [`win_back_rate`](crate::kpi::win_back_rate) |
    /// | `recurring`, of it `new` | [`cac_payback`](crate::kpi::cac_payback), [`new_cac_ratio`](crate::kpi::new_cac_ratio) |
    /// | `recurring`, of it `new` and `expansion` | [`blended_cac_ratio`](crate::kpi::blended_cac_ratio) |
    /// | `contracts_at_end` | [`arr`](crate::kpi::arr), [`mrr`](crate::kpi::mrr), [`arr_growth`](crate::kpi::arr_growth), [`arr_per_fte`](crate::kpi::arr_per_fte), [`arr_per_rep`](crate::kpi::arr_per_rep) |
    /// | `contracts_at_start`, `contracts_at_end` | [`net_new_arr`](crate::kpi::net_new_arr), [`magic_number`](crate::kpi::magic_number), [`burn_multiple`](crate::kpi::burn_multiple) |
    /// | `recurring` | [`mrr_movements`](crate::kpi::mrr_movements), [`gross_revenue_retention`](crate::kpi::gross_revenue_retention), [`net_revenue_retention`](crate::kpi::net_revenue_retention), [`net_negative_churn`](crate::kpi::net_negative_churn), [`quick_ratio`](crate::kpi::quick_ratio), [`arr_movements`](crate::kpi::arr_movements), [`gross_revenue_churn_rate`](crate::kpi::gross_revenue_churn_rate), [`net_revenue_churn_rate`](crate::kpi::net_revenue_churn_rate), [`expansion_rate`](crate::kpi::expansion_rate) |
    /// | `at_end`, `priced_at_end`, `paid_at_end` | [`recurring_revenue_per_account`](crate::kpi::recurring_revenue_per_account) |
    ///
    /// ```
    /// use sales_metrics::{Currency, CustomerTally, Period, Scope, Undefined, kpi};
    /// use sales_metrics::tally::CustomerTotals;
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let totals = CustomerTotals::given().at_start(200).lost(10);
    /// let customers = CustomerTally::from_totals(q1, totals)?;
    /// assert_eq!(kpi::churn_rate(&customers)?.to_string(), "5%");
    /// assert_eq!(kpi::net_customer_change(&customers), Err(Undefined::NotCounted("at_end")));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no contracts can have such totals: more lost customers than there were, say.
    pub fn from_totals(scope: Scope, totals: impl Into<CustomerTotals>) -> Result<Self, Error> {
        let totals = totals.into();
        totals.check()?;
        Ok(Self {
            scope,
            totals,
            accounts: None,
        })
    }

    /// Counts one more contract.
    ///
    /// # Errors
    /// As [`of`](Self::of), and [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where it is made of totals; the tally is then as it was.
    pub fn record(&mut self, contract: &Contract) -> Result<(), Error> {
        let eves = Eves::from(self.scope);
        self.add(contract, &eves, |totals, customer, turn| {
            customer.count(turn, totals, &eves);
        })
    }

    /// Counts a contract. `count` is told what becomes of its account.
    #[inline]
    fn add(
        &mut self,
        contract: &Contract,
        eves: &Eves,
        count: impl Fn(&mut CustomerTotals, &Customer, Turn),
    ) -> Result<(), Error> {
        contract.expect_currency(eves.scope.currency())?;
        let accounts = self.accounts.as_mut().ok_or(READY_MADE)?;
        expect_room(self.totals.records, 1)?;
        let (terms, totals) = (contract.terms(), &mut self.totals);
        let standing = ContractStanding::of(terms, contract.renews(), &eves.scope);
        totals.add_contract(terms, standing);
        if !standing.makes_customer() {
            return Ok(());
        }
        accounts.put_counted(
            contract.account(),
            Customer::of(terms, standing),
            |customer, turn| count(totals, customer, turn),
        );
        Ok(())
    }

    /// Counts all accounts, of which none is counted yet.
    fn count_accounts(&mut self, eves: &Eves) {
        for customer in self.accounts.iter().flat_map(Ledger::entries) {
            customer.count(Turn::In, &mut self.totals, eves);
        }
    }

    /// Adds the tally of other contracts in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge);
    /// [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where one of them is made of totals, unless the other
    /// is of no records. The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        let (Some(accounts), Some(more)) = (&mut self.accounts, &other.accounts) else {
            return merge_ready_made(self, other, Self::is_of_nothing, READY_MADE);
        };
        expect_room(self.totals.records, other.totals.records)?;
        self.totals.add_contracts(&other.totals);
        let (totals, eves) = (&mut self.totals, Eves::from(self.scope));
        let count = |customer: &Customer, turn: Turn| customer.count(turn, totals, &eves);
        accounts.merge_counted(more, count);
        Ok(())
    }

    fn is_of_nothing(&self) -> bool {
        self.accounts.is_some() && self.totals.records == 0
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Its counts and sums.
    #[must_use]
    pub fn totals(&self) -> &CustomerTotals {
        &self.totals
    }

    /// The accounts behind the figures, by their ids, and what became of each, by the rule that counted it. Those that were never a
    /// customer are not among them.
    ///
    /// ```
    /// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date};
    ///
    /// let contracts = [
    ///     Contract::new("C-1", "Initech", date(2025, 1, 1)?, Currency::USD)?.with_recurring(100, Per::Month)?,
    ///     Contract::new("C-2", "Initech", date(2026, 2, 1)?, Currency::USD)?.with_recurring(50, Per::Month)?,
    ///     Contract::new("C-3", "Acme", date(2025, 1, 1)?, Currency::USD)?
    ///         .with_last_day(date(2026, 1, 31)?)?
    ///         .with_recurring(30, Per::Month)?,
    /// ];
    /// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
    /// let texts = customers.accounts()?.map(|(account, standing)| format!("{account} {standing}: {}", standing.change()));
    /// assert_eq!(texts.collect::<Vec<_>>(), ["Acme lost: -360 USD/year", "Initech expanded: 600 USD/year"]);
    ///
    /// let lost = customers.accounts()?.filter(|(_, standing)| standing.is_lost());
    /// assert_eq!(lost.count(), 1);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where it is made of totals.
    pub fn accounts(
        &self,
    ) -> Result<impl Iterator<Item = (&AccountId, AccountStanding)>, Undefined> {
        let eves = Eves::from(self.scope);
        let accounts = self.accounts.as_ref().ok_or(NO_ACCOUNTS)?.in_order();
        let standing =
            move |(account, customer): (_, &Customer)| (account, customer.standing(&eves));
        Ok(accounts.into_iter().map(standing))
    }

    /// What some accounts pay at the end: how many are named, how many of them are customers whose fees are all known, and what these pay a
    /// year. The others pay no recurring fee, or one that nobody knows.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where it is made of totals.
    pub fn paid_by<'a>(
        &self,
        accounts: impl IntoIterator<Item = &'a AccountId>,
    ) -> Result<Priced, Undefined> {
        let (paid, _) = self.paid_and_unknown(accounts)?;
        Ok(paid)
    }

    /// The same, and how many of the others are customers with a fee that nobody knows.
    pub(crate) fn paid_and_unknown<'a>(
        &self,
        accounts: impl IntoIterator<Item = &'a AccountId>,
    ) -> Result<(Priced, u64), Undefined> {
        let (eves, customers) = (
            Eves::from(self.scope),
            self.accounts.as_ref().ok_or(NO_ACCOUNTS)?,
        );
        let (mut paid, mut unknown) = (Priced::default(), 0);
        for account in accounts {
            let standing = customers.get(account).map(|found| found.standing(&eves));
            paid.count += 1;
            match standing {
                Some(customer) if customer.at_end == Presence::Known => {
                    paid.priced += 1;
                    paid.amount.add(customer.now);
                }
                Some(customer) if customer.at_end == Presence::Unknown => unknown += 1,
                _ => {}
            }
        }
        Ok((paid, unknown))
    }

    /// What each customer at the end pays a year of whom every fee is known, in no order.
    pub(crate) fn fees_at_end(&self) -> Result<Vec<AmountSum>, Undefined> {
        let accounts = self.accounts.as_ref().ok_or(NO_ACCOUNTS)?;
        let mut fees = Vec::new();
        for customer in accounts.entries() {
            fees.extend(customer.known_fee_at_end());
        }
        Ok(fees)
    }

    /// Checks that some set of contracts can have these entries, as far as they show it.
    fn check(&self, eves: &Eves) -> Result<(), Error> {
        let (records, accounts) = (self.totals.records, self.accounts.as_ref());
        let count = accounts.map_or(0, Ledger::len);
        let mut entries = accounts.into_iter().flat_map(Ledger::entries);
        expect_all(&[
            (count <= records, "every account has a contract"),
            (
                entries.all(|customer| customer.is_sound(eves)),
                "no account is a customer before its first contract, and each pays what is known of its fees",
            ),
        ])?;
        self.totals.check()
    }
}

const READY_MADE: TallyProblem = TallyProblem::ReadyMade { parts: "accounts" };

const NO_ACCOUNTS: Undefined = Undefined::NotCounted("accounts");

/// What a tally that is made of totals, and one that grows with its records, have in JSON.
const EITHER: &str = "a tally has either what it has counted, or totals that were given";

/// Adds a tally to another, of which one is made of totals: then the other one must be of no records at all.
fn merge_ready_made<T: Clone>(
    tally: &mut T,
    other: &T,
    is_of_nothing: fn(&T) -> bool,
    problem: TallyProblem,
) -> Result<(), Error> {
    if is_of_nothing(tally) {
        *tally = other.clone();
        return Ok(());
    }
    if is_of_nothing(other) {
        return Ok(());
    }
    Err(problem.into())
}

verbs!(CustomerTally by Filling, of Contract, reads Everything, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a contract in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

/// A tally whose accounts are not in its totals yet: an account has several contracts, and is sooner counted once.
struct Filling(CustomerTally);

impl Fill<Contract> for Filling {
    type View = Eves;
    type Tally = CustomerTally;

    fn empty(eves: &Eves) -> Self {
        Self(CustomerTally::new(eves.scope))
    }

    #[inline]
    fn add(&mut self, contract: &Contract, eves: &Eves) -> Result<(), Error> {
        self.0.add(contract, eves, |_, _, _| {})
    }

    fn done(self, eves: &Eves) -> CustomerTally {
        let Self(mut tally) = self;
        tally.count_accounts(eves);
        tally
    }
}
