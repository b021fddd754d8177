mod account;
mod movements;
mod purchase;
mod renewal;
mod renewal_fees;
mod totals;

pub use movements::{Movements, MrrMovements};
pub use purchase::{PurchaseTally, PurchaseTotals};
pub use renewal::{RenewalTally, RenewalTotals};
pub use totals::CustomerTotals;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Contract, ContractStanding, Record};
use crate::tally::customer::account::{Customer, Eves};
use crate::tally::engine::{Fill, verbs};
use crate::tally::priced::{MAX_RECORDS, Priced, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::store::{Ledger, Turn};
use crate::value::{AccountId, Entries};

/// The contracts of one scope, by account: who is a customer on two evenings, and for how much recurring revenue.
///
/// The *opening* is the evening before the period's first day; the *closing* is the evening of its last day, or of the as-of
/// day where that is earlier. So the closing of one period is the opening of the next, and what moved in a year is what moved in
/// its months. A contract ends on the day after its last: one that starts on the first day of the period is new in it, and one
/// whose last day is the day before is gone in it. (On the evening of the first day, what starts with the month would never be
/// new.) Where the as-of day is before the period, both evenings are that of the as-of day.
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
/// assert_eq!(kpi::arr(&customers).to_string(), "14000 USD/year");
/// let totals = customers.totals();
/// assert_eq!((totals.at_start, totals.new, totals.lost, totals.at_end), (2, 1, 1, 2));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct CustomerTally {
    scope: Scope,
    /// Invariant: what the contracts and the accounts come to.
    totals: CustomerTotals,
    accounts: Ledger<AccountId, Customer>,
}

/// The totals that do not depend on whose contract it is.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    records: u64,
    terminated_early: u64,
    at_start: Priced,
    at_end: Priced,
    signed: Priced,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    counts: Counts,
    accounts: Entries<AccountId, Customer>,
}

impl TryFrom<Wire> for CustomerTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let mut tally = Self {
            scope: wire.scope,
            totals: wire.counts.totals(),
            accounts: wire.accounts.into(),
        };
        let eves = Eves::from(tally.scope);
        tally.count_accounts(&eves);
        tally.check(&eves)?;
        Ok(tally)
    }
}

impl From<CustomerTally> for Wire {
    fn from(tally: CustomerTally) -> Self {
        Self {
            scope: tally.scope,
            counts: Counts::of(&tally.totals),
            accounts: tally.accounts.sorted(),
        }
    }
}

impl Counts {
    fn of(totals: &CustomerTotals) -> Self {
        Self {
            records: totals.records,
            terminated_early: totals.terminated_early,
            at_start: totals.contracts_at_start,
            at_end: totals.contracts_at_end,
            signed: totals.signed,
        }
    }

    fn totals(self) -> CustomerTotals {
        let mut totals = CustomerTotals {
            records: self.records,
            terminated_early: self.terminated_early,
            contracts_at_start: self.at_start,
            contracts_at_end: self.at_end,
            signed: self.signed,
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
            accounts: Ledger::new(),
        }
    }

    /// Counts one more contract.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
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
        expect_room(self.totals.records, 1)?;
        let (terms, totals) = (contract.terms(), &mut self.totals);
        let standing = ContractStanding::of(terms, &eves.scope);
        totals.add_contract(terms, standing);
        self.accounts.put_counted(
            contract.account(),
            Customer::of(terms, standing),
            |customer, turn| count(totals, customer, turn),
        );
        Ok(())
    }

    /// Counts all accounts, of which none is counted yet.
    fn count_accounts(&mut self, eves: &Eves) {
        for customer in self.accounts.entries() {
            customer.count(Turn::In, &mut self.totals, eves);
        }
    }

    /// Adds the tally of other contracts in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        expect_room(self.totals.records, other.totals.records)?;
        self.totals.add_contracts(&other.totals);
        let (totals, eves) = (&mut self.totals, Eves::from(self.scope));
        let count = |customer: &Customer, turn: Turn| customer.count(turn, totals, &eves);
        self.accounts.merge_counted(&other.accounts, count);
        Ok(())
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

    /// Checks that some set of contracts can have these entries, as far as they show it.
    fn check(&self, eves: &Eves) -> Result<(), Error> {
        let (totals, accounts) = (&self.totals, self.accounts.len());
        let groups = [
            totals.contracts_at_start,
            totals.contracts_at_end,
            totals.signed,
        ];
        let of_records = |part: u64| part <= totals.records;
        let rules = [
            (totals.records <= MAX_RECORDS, "records are at most 10^10"),
            (
                groups.iter().all(|group| of_records(group.count)),
                "records are all contracts looked at: at least those active at the start, those active at the end, and the signed ones",
            ),
            (
                of_records(accounts) && (accounts > 0 || totals.records == 0),
                "every contract is of an account, and every account has a contract",
            ),
            (
                groups.iter().all(|group| group.is_sound()),
                "priced contracts are at most the count, and their fees at most 10^14 a year each",
            ),
            (
                totals.terminated_early <= totals.contracts_at_start.count,
                "contracts terminated early are a part of those active at the start",
            ),
            (
                self.accounts
                    .entries()
                    .all(|customer| customer.is_sound(eves)),
                "no account is a customer before its first contract, and none pays more or less without a fee that is known",
            ),
        ];
        expect_all(&rules)?;
        totals.check()
    }
}

verbs!(CustomerTally by Filling, of Contract, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a contract in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

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
