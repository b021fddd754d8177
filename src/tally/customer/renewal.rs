use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Contract, ContractStanding, Record};
use crate::tally::customer::renewal_fees::Fees;
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::impossible;
use crate::tally::priced::{MAX_RECORDS, Priced, expect_room};
use crate::tally::store::{Join, Ledger};
use crate::value::{AmountSum, ContractId};

/// The contracts that came up for renewal in one scope, and those that renew them.
///
/// A contract comes up where its agreed end is in the period, up to the as-of day, and it was not terminated before. It is renewed
/// where another contract says so ([`Contract::with_renewal_of`]), whenever that one starts. It wants every contract that there
/// is: a contract and the one that renews it may be in different parts; they are matched when the tally is read.
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct RenewalTally {
    scope: Scope,
    records: u64,
    /// The contracts that came up for renewal.
    due: Fees,
    /// The contracts that renew another, by the other's id.
    renewals: Fees,
    /// What it comes to, where nothing was added since it was reckoned.
    settled: Option<RenewalTotals>,
}

/// Everything that the KPIs of renewals read from a [`RenewalTally`]. Amounts are recurring fees a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
    due: Fees,
    renewals: Fees,
}

impl TryFrom<Wire> for RenewalTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let records = wire.records;
        let can_be_due = wire.scope.elapsed_days() > 0 || wire.due.len() == 0;
        let parts = [&wire.due, &wire.renewals];
        if records > MAX_RECORDS || !can_be_due || parts.iter().any(|part| !part.are_of(records)) {
            return Err(impossible(
                "a renewal tally's due contracts and renewals are those of its records, and none is due before the period",
            ));
        }
        let mut tally = Self {
            scope: wire.scope,
            records,
            due: wire.due,
            renewals: wire.renewals,
            settled: None,
        };
        tally.settle();
        Ok(tally)
    }
}

impl From<RenewalTally> for Wire {
    fn from(tally: RenewalTally) -> Self {
        Self {
            scope: tally.scope,
            records: tally.records,
            due: tally.due,
            renewals: tally.renewals,
        }
    }
}

impl PartialEq for RenewalTally {
    fn eq(&self, other: &Self) -> bool {
        self.scope == other.scope
            && self.records == other.records
            && self.due == other.due
            && self.renewals == other.renewals
    }
}

impl Eq for RenewalTally {}

/// A contract that came up for renewal, and those that renew it.
#[derive(Clone, Default)]
struct Due {
    own: Priced,
    renewed_by: Priced,
}

impl Due {
    /// A renewal without a fee leaves unknown what was renewed: such a pair is counted, and its money is in neither sum.
    fn add_to(&self, totals: &mut RenewalTotals) {
        let known = self.renewed_by.unpriced() == 0;
        if self.renewed_by.count > 0 {
            totals.renewed += self.own.count;
        }
        if known {
            totals.due = totals.due.plus(self.own);
        } else {
            totals.due.count += self.own.count;
        }
        if known && self.own.priced > 0 {
            totals.renewed_amount.add(self.renewed_by.amount.units());
        }
    }
}

impl Join for Due {
    fn join(&mut self, other: &Self) {
        self.own = self.own.plus(other.own);
        self.renewed_by = self.renewed_by.plus(other.renewed_by);
    }
}

impl RenewalTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            records: 0,
            due: Fees::default(),
            renewals: Fees::default(),
            settled: None,
        }
    }

    /// Counts one more contract.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    pub fn record(&mut self, contract: &Contract) -> Result<(), Error> {
        let scope = self.scope;
        self.add(contract, &scope)
    }

    /// Adds the tally of other contracts in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        expect_room(self.records, other.records)?;
        self.records += other.records;
        self.due.merge(&other.due);
        self.renewals.merge(&other.renewals);
        self.settled = None;
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Its counts and sums. After [`record`](Self::record) and [`merge`](Self::merge) contracts and renewals are matched at every
    /// reading: keep the totals at hand then, rather than asking for each.
    #[must_use]
    pub fn totals(&self) -> RenewalTotals {
        self.settled.unwrap_or_else(|| self.reckoned())
    }

    fn reckoned(&self) -> RenewalTotals {
        let mut totals = RenewalTotals {
            records: self.records,
            ..RenewalTotals::default()
        };
        for due in self.matched().entries() {
            due.add_to(&mut totals);
        }
        totals
    }

    /// The contracts that came up, with what renews them.
    fn matched(&self) -> Ledger<&ContractId, Due> {
        let mut matched = Ledger::with_room_for(self.due.len());
        for (id, fee) in self.due.iter() {
            let mut due = Due::default();
            due.own.add(fee);
            matched.put(&id, due);
        }
        for (renewed, fee) in self.renewals.iter() {
            if let Some(due) = matched.get_mut(&renewed) {
                due.renewed_by.add(fee);
            }
        }
        matched
    }
}

verbs!(RenewalTally of Contract, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a contract in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Contract> for RenewalTally {
    type View = Scope;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    #[inline]
    fn add(&mut self, contract: &Contract, scope: &Scope) -> Result<(), Error> {
        contract.expect_currency(scope.currency())?;
        expect_room(self.records, 1)?;
        let terms = contract.terms();
        if ContractStanding::of(terms, scope).is_due() {
            self.due.push(contract.id(), terms.yearly());
        }
        if let Some(renewed) = contract.renewal_of() {
            self.renewals.push(renewed, terms.yearly());
        }
        self.records += 1;
        self.settled = None;
        Ok(())
    }

    /// Matches once, so that reading need not.
    fn settle(&mut self) {
        self.settled = Some(self.reckoned());
    }
}
