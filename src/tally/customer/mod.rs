mod account;
mod movements;
mod purchase;
mod renewal;
mod renewal_fees;
mod totals;

pub use movements::{Movements, MrrMovements};
pub use purchase::PurchaseTally;
pub use renewal::{RenewalTally, RenewalTotals};
pub use totals::CustomerTotals;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Contract, ContractStanding, Record, Terms};
use crate::tally::customer::account::{Customer, Eves};
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::impossible;
use crate::tally::priced::{MAX_RECORDS, Priced, expect_room};
use crate::tally::store::Ledger;
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct CustomerTally {
    scope: Scope,
    counts: Counts,
    accounts: Ledger<AccountId, Customer>,
    /// What it comes to, where nothing was added since it was reckoned.
    settled: Option<CustomerTotals>,
}

/// What does not depend on whose contract it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
            counts: wire.counts,
            accounts: wire.accounts.into(),
            settled: None,
        }
        .checked()?;
        tally.settle();
        Ok(tally)
    }
}

impl From<CustomerTally> for Wire {
    fn from(tally: CustomerTally) -> Self {
        Self {
            scope: tally.scope,
            counts: tally.counts,
            accounts: tally.accounts.sorted(),
        }
    }
}

impl PartialEq for CustomerTally {
    fn eq(&self, other: &Self) -> bool {
        self.scope == other.scope && self.counts == other.counts && self.accounts == other.accounts
    }
}

impl Eq for CustomerTally {}

impl Counts {
    #[inline]
    fn add(&mut self, terms: &Terms, standing: ContractStanding) {
        self.records += 1;
        if standing.is_active_at_start() {
            self.at_start.add(terms.yearly());
        }
        if standing.is_active_at_end() {
            self.at_end.add(terms.yearly());
        }
        self.terminated_early += u64::from(standing.is_terminated_early());
        if standing.is_signed() {
            self.signed.add(terms.end.and(terms.yearly()));
        }
    }

    fn plus(self, other: Self) -> Result<Self, Error> {
        expect_room(self.records, other.records)?;
        Ok(Self {
            records: self.records + other.records,
            terminated_early: self.terminated_early + other.terminated_early,
            at_start: self.at_start.plus(other.at_start),
            at_end: self.at_end.plus(other.at_end),
            signed: self.signed.plus(other.signed),
        })
    }
}

impl CustomerTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            counts: Counts::default(),
            accounts: Ledger::new(),
            settled: None,
        }
    }

    /// Counts one more contract.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    pub fn record(&mut self, contract: &Contract) -> Result<(), Error> {
        self.add(contract, &self.scope.into())
    }

    /// Adds the tally of other contracts in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        self.counts = self.counts.plus(other.counts)?;
        self.accounts.merge(&other.accounts);
        self.settled = None;
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Its counts and sums. After [`record`](Self::record) and [`merge`](Self::merge) they are read from the accounts: keep them
    /// at hand then, rather than asking for each.
    #[must_use]
    pub fn totals(&self) -> CustomerTotals {
        self.settled.unwrap_or_else(|| self.reckoned())
    }

    fn reckoned(&self) -> CustomerTotals {
        let mut totals = CustomerTotals {
            records: self.counts.records,
            contracts_at_start: self.counts.at_start,
            contracts_at_end: self.counts.at_end,
            terminated_early: self.counts.terminated_early,
            signed: self.counts.signed,
            ..CustomerTotals::default()
        };
        totals.recurring.opening = self.counts.at_start.amount;
        totals.recurring.closing = self.counts.at_end.amount;
        let eves = Eves::from(self.scope);
        for customer in self.accounts.entries() {
            customer.add_to(&mut totals, &eves);
        }
        totals
    }

    /// Checks that some set of contracts can have these entries, as far as they show it.
    fn checked(self) -> Result<Self, Error> {
        let (eves, counts) = (Eves::from(self.scope), self.counts);
        let parts = [
            self.accounts.len(),
            counts.at_start.count,
            counts.at_end.count,
            counts.signed.count,
        ];
        let agree = counts.records <= MAX_RECORDS
            && parts.iter().all(|part| *part <= counts.records)
            && counts.terminated_early <= counts.at_start.count
            && [counts.at_start, counts.at_end, counts.signed]
                .iter()
                .all(|priced| priced.is_sound())
            && (self.accounts.len() > 0 || counts.records == 0)
            && self
                .accounts
                .entries()
                .all(|customer| customer.is_sound(&eves))
            && self.reckoned().is_sound();
        if agree { Ok(self) } else { Err(inconsistent()) }
    }
}

fn inconsistent() -> Error {
    impossible(
        "a customer tally's accounts are those of its contracts, their revenue adds up, and no one is a customer before their first contract",
    )
}

verbs!(CustomerTally of Contract, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a contract in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Contract> for CustomerTally {
    type View = Eves;

    fn empty(eves: &Eves) -> Self {
        Self::new(eves.scope)
    }

    #[inline]
    fn add(&mut self, contract: &Contract, eves: &Eves) -> Result<(), Error> {
        contract.expect_currency(eves.scope.currency())?;
        expect_room(self.counts.records, 1)?;
        let terms = contract.terms();
        let standing = ContractStanding::of(terms, &eves.scope);
        self.counts.add(terms, standing);
        self.accounts
            .put(contract.account(), Customer::of(terms, standing));
        self.settled = None;
        Ok(())
    }

    /// Reckons once, so that reading need not.
    fn settle(&mut self) {
        self.settled = Some(self.reckoned());
    }
}
