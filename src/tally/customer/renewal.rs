use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Contract, ContractStanding, Record};
use crate::tally::customer::renewal_fees::{Fee, FeeList, Fees, Renewals};
use crate::tally::engine::{Fill, verbs};
use crate::tally::priced::{MAX_RECORDS, Priced, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::store::{Join, Ledger, Turn};
use crate::value::{AmountSum, ContractId};

/// The contracts that came up for renewal in one scope, and those that renew them.
///
/// A contract comes up where its agreed end is in the period, up to the as-of day, and it was not terminated before. It is renewed
/// where another contract says so ([`Contract::with_renewal_of`]; of several that one renews, the one with the lowest id), whenever that one starts. It wants every contract that there
/// is: a contract and the one that renews it may be in different parts; they are matched when they meet.
///
/// ```
/// use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date, kpi};
///
/// let year = |id, start| Contract::new(id, "Initech", date(start, 2, 1)?, Currency::USD)?.with_last_day(date(start + 1, 1, 31)?);
/// let contracts = [
///     year("C-1", 2025)?.with_recurring(1_000, Per::Month)?,
///     year("C-2", 2026)?.with_recurring(1_100, Per::Month)?.with_renewal_of("C-1")?,
/// ];
/// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let totals = renewals.totals();
/// assert_eq!((totals.due.count, totals.renewed), (1, 1));
/// assert_eq!(kpi::renewal_rate(&renewals)?.to_string(), "110%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct RenewalTally {
    scope: Scope,
    /// Invariant: what the contracts come to.
    totals: RenewalTotals,
    /// The contracts that came up for renewal, with those that renew them.
    due: Ledger<ContractId, Renewal>,
    /// All contracts that renew another, whether that one came up or not.
    renewals: Renewals,
}

/// Everything that the KPIs of renewals read from a [`RenewalTally`]. Amounts are recurring fees a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct RenewalTotals {
    /// All contracts that were looked at, whether they count or not.
    pub records: u64,
    /// Contracts that came up for renewal: their agreed end is in the period, and they were not terminated before it. Priced are
    /// those with a recurring fee of which no renewal lacks one.
    pub due: Priced,
    /// Of those that came up, the ones that another contract renews.
    pub renewed: u64,
    /// The recurring fees of the contracts that renew the priced ones.
    pub renewed_amount: AmountSum,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    records: u64,
    /// The contracts that came up for renewal.
    due: FeeList,
    /// The contracts that renew another, by the other's id.
    renewals: FeeList,
}

impl TryFrom<Wire> for RenewalTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let records = wire.records;
        expect_all(&[
            (records <= MAX_RECORDS, "records are at most 10^10"),
            (
                wire.due.are_of(records) && wire.renewals.are_of(records),
                "records are all contracts looked at: at least those that came up, and at least those that renew another",
            ),
            (
                wire.scope.elapsed_days() > 0 || wire.due.len() == 0,
                "of the contracts that come up, none is due before the period",
            ),
        ])?;
        let filled = Filling {
            records,
            due: wire.due,
            renewals: wire.renewals,
        };
        Ok(filled.done(&wire.scope))
    }
}

impl From<RenewalTally> for Wire {
    fn from(tally: RenewalTally) -> Self {
        let mut due = FeeList::default();
        for (id, contract) in tally.due.iter() {
            due.push_all(id, &contract.own);
        }
        Self {
            scope: tally.scope,
            records: tally.totals.records,
            due,
            renewals: tally.renewals.list(),
        }
    }
}

/// The fees of a contract that came up, and of those that renew it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Renewal {
    own: Fees,
    renewed_by: Fees,
}

impl Renewal {
    /// Counts it in the totals, or takes out what it was counted for. A renewal without a fee leaves unknown what was renewed:
    /// such a pair is counted, and its money is in neither sum.
    #[inline]
    fn count(&self, turn: Turn, totals: &mut RenewalTotals) {
        let (own, renewed_by) = (self.own.priced(), self.renewed_by.priced());
        turn.count(&mut totals.due.count, own.count);
        if renewed_by.count > 0 {
            turn.count(&mut totals.renewed, own.count);
        }
        if renewed_by.unpriced() == 0 && own.priced > 0 {
            turn.count(&mut totals.due.priced, own.priced);
            turn.add(&mut totals.due.amount, own.amount.units());
            turn.add(&mut totals.renewed_amount, renewed_by.amount.units());
        }
    }
}

impl Join for Renewal {
    #[inline]
    fn join(&mut self, other: &Self) {
        self.own.join(&other.own);
        self.renewed_by.join(&other.renewed_by);
    }
}

impl RenewalTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            totals: RenewalTotals::default(),
            due: Ledger::new(),
            renewals: Renewals::Listed(FeeList::default()),
        }
    }

    /// Counts one more contract.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    pub fn record(&mut self, contract: &Contract) -> Result<(), Error> {
        expect_countable(contract, self.scope, self.totals.records)?;
        let (due, renewal) = looked_at(contract, self.scope);
        self.totals.records += 1;
        if let Some((id, fee)) = due {
            self.put_due(id, Fees::One(fee));
        }
        if let Some((renewed, fee)) = renewal {
            self.put_renewal(renewed, fee);
        }
        Ok(())
    }

    /// Adds the tally of other contracts in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        expect_room(self.totals.records, other.totals.records)?;
        self.totals.records += other.totals.records;
        for (id, contract) in other.due.iter() {
            self.put_due(id, contract.own.clone());
        }
        for (renewed, fee) in other.renewals.list().iter() {
            self.put_renewal(renewed, *fee);
        }
        Ok(())
    }

    /// A contract that came up. What renews it may have come before.
    fn put_due(&mut self, id: &ContractId, own: Fees) {
        let renewed_by = match self.due.get(id) {
            Some(_) => Fees::None,
            None => self.renewals.of(id),
        };
        self.put(id, Renewal { own, renewed_by });
    }

    fn put_renewal(&mut self, renewed: &ContractId, fee: Fee) {
        self.renewals.push(renewed, fee);
        if self.due.get(renewed).is_none() {
            return;
        }
        let renewal = Renewal {
            own: Fees::None,
            renewed_by: Fees::One(fee),
        };
        self.put(renewed, renewal);
    }

    fn put(&mut self, id: &ContractId, contract: Renewal) {
        let totals = &mut self.totals;
        self.due.put_counted(id, contract, |contract, turn| {
            contract.count(turn, totals);
        });
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Its counts and sums.
    #[must_use]
    pub fn totals(&self) -> &RenewalTotals {
        &self.totals
    }
}

verbs!(RenewalTally by Filling, of Contract, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a contract in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

/// Contracts and renewals as they came: they are sooner matched at once than one by one.
#[derive(Default)]
struct Filling {
    records: u64,
    due: FeeList,
    renewals: FeeList,
}

/// A contract's id, or that of the one that it renews, and its yearly fee.
type Named<'a> = Option<(&'a ContractId, Fee)>;

/// Refuses another currency, and more contracts than a tally takes.
#[inline]
fn expect_countable(contract: &Contract, scope: Scope, records: u64) -> Result<(), Error> {
    contract.expect_currency(scope.currency())?;
    expect_room(records, 1)
}

/// The contract, where it came up, and where it renews another.
#[inline]
fn looked_at(contract: &Contract, scope: Scope) -> (Named<'_>, Named<'_>) {
    let terms = contract.terms();
    let is_due = ContractStanding::of(terms, &scope).is_due();
    let due = is_due.then(|| (contract.id(), terms.yearly()));
    let renewed = contract.renewal_of().first();
    let renewal = renewed.map(|other| (other, terms.yearly()));
    (due, renewal)
}

impl Fill<Contract> for Filling {
    type View = Scope;
    type Tally = RenewalTally;

    fn empty(_: &Scope) -> Self {
        Self::default()
    }

    #[inline]
    fn add(&mut self, contract: &Contract, scope: &Scope) -> Result<(), Error> {
        expect_countable(contract, *scope, self.records)?;
        let (due, renewal) = looked_at(contract, *scope);
        self.records += 1;
        if let Some((id, fee)) = due {
            self.due.push(id, fee);
        }
        if let Some((renewed, fee)) = renewal {
            self.renewals.push(renewed, fee);
        }
        Ok(())
    }

    fn done(self, scope: &Scope) -> RenewalTally {
        let mut due = Ledger::with_room_for(self.due.len());
        for (id, fee) in self.due.iter() {
            let contract = Renewal {
                own: Fees::One(*fee),
                renewed_by: Fees::None,
            };
            due.put(id, contract);
        }
        for (renewed, fee) in self.renewals.iter() {
            if let Some(contract) = due.get_mut(renewed) {
                contract.renewed_by.push(*fee);
            }
        }
        let mut totals = RenewalTotals {
            records: self.records,
            ..RenewalTotals::default()
        };
        for contract in due.entries() {
            contract.count(Turn::In, &mut totals);
        }
        RenewalTally {
            scope: *scope,
            totals,
            due,
            renewals: Renewals::Listed(self.renewals),
        }
    }
}
