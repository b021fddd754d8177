//! Customers by the month in which they came, and what is left of them on the evenings after.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Period, Scope};
use crate::record::{Contract, Record as _, Terms};
use crate::tally::customer::renewal::Fee;
use crate::tally::engine::{Fill, verbs};
use crate::tally::priced::{MAX_RECORDS, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::store::{Join, Ledger, Turn};
use crate::value::{AccountId, AmountSum, Entries};

/// The accounts that became customers in the period, by month, and what they pay on each evening of a month since.
///
/// A customer is as in a [`CustomerTally`](crate::CustomerTally), and the first day is that of its first contract as one. What became of these
/// accounts is followed up to the as-of day, however late it is.
///
/// It wants every contract that there ever was: whether an account is new is read from the first of them.
///
/// ```
/// use sales_metrics::{CohortTally, Contract, Currency, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account, start| Contract::new(id, account, start, Currency::USD)?.with_recurring(100, Per::Month);
/// let contracts = [
///     contract("C-1", "Initech", date(2026, 1, 5)?)?,
///     contract("C-2", "Acme", date(2026, 1, 20)?)?.with_last_day(date(2026, 2, 19)?)?,
///     contract("C-3", "Acme", date(2024, 1, 1)?)?.with_trial(),
/// ];
/// let cohorts = CohortTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(cohorts.totals().accounts, 2);
/// let january = &kpi::retention_cohorts(&cohorts)?[0];
/// let shares: Vec<String> = january.evenings.iter().map(|evening| evening.retention.to_string()).collect();
/// assert_eq!(shares, ["100%", "50%", "50%"]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct CohortTally {
    scope: Scope,
    /// Invariant: what the accounts come to.
    totals: CohortTotals,
    accounts: Ledger<AccountId, Paying>,
}

/// The counts of a [`CohortTally`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CohortTotals {
    /// All contracts that were looked at, whether they count or not.
    pub records: u64,
    /// Accounts whose first day as a customer is in the period, up to the as-of day.
    pub accounts: u64,
}

/// The contracts that make an account a customer, in their order, so that the order in which they came leaves no trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Paying(Vec<Span>);

/// From when to when a contract holds, and what it pays a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    start: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<Day>,
    fee: Fee,
}

impl Span {
    fn of(terms: &Terms) -> Self {
        Self {
            start: terms.start,
            last: terms.last(),
            fee: Fee(terms.pays().yearly()),
        }
    }

    fn holds_on(&self, evening: Day) -> bool {
        self.start <= evening && self.last.is_none_or(|last| evening <= last)
    }
}

impl Paying {
    fn first_day(&self) -> Option<Day> {
        self.0.first().map(|span| span.start)
    }

    fn on(&self, evening: Day) -> Paid {
        let mut paid = Paid::default();
        for span in self.0.iter().filter(|span| span.holds_on(evening)) {
            paid.is_customer = true;
            match span.fee.0 {
                Some(fee) => paid.units += u128::from(fee.units()),
                None => paid.is_unknown = true,
            }
        }
        paid
    }

    fn count(&self, turn: Turn, scope: Scope, totals: &mut CohortTotals) {
        let comes = self.first_day().is_some_and(|day| scope.counts(day));
        turn.count(&mut totals.accounts, u64::from(comes));
    }
}

/// What an account is on an evening. Whoever is no customer pays nothing, which is known.
#[derive(Clone, Copy, Default)]
struct Paid {
    is_customer: bool,
    is_unknown: bool,
    units: u128,
}

impl Join for Paying {
    fn join(&mut self, other: &Self) {
        for span in &other.0 {
            let at = self.0.partition_point(|known| known <= span);
            self.0.insert(at, *span);
        }
    }
}

/// The customers of a month, on the evening of its last day and on those of the months after it, up to the as-of day.
pub(crate) struct Cohort {
    pub(crate) month: Period,
    pub(crate) accounts: u64,
    pub(crate) evenings: Vec<CohortEvening>,
}

#[derive(Clone, Copy)]
pub(crate) struct CohortEvening {
    pub(crate) on: Day,
    pub(crate) customers: u64,
    /// What those whose fees are known on both evenings paid on the first one, a year.
    pub(crate) first: AmountSum,
    /// What these pay on this one.
    pub(crate) paid: AmountSum,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    records: u64,
    accounts: Entries<AccountId, Paying>,
}

impl TryFrom<Wire> for CohortTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let (scope, as_of) = (wire.scope, wire.scope.as_of_number());
        let mut tally = Self::new(scope);
        tally.totals.records = wire.records;
        let (mut contracts, mut are_sound) = (0_u64, true);
        for (account, Paying(spans)) in wire.accounts {
            are_sound &= !spans.is_empty();
            for span in spans {
                contracts = contracts.saturating_add(1);
                are_sound &= span.start <= as_of
                    && span.last.is_none_or(|last| span.start <= last)
                    && span.fee.0.is_none_or(|fee| fee.units() > 0);
                tally.put(&account, span);
            }
        }
        expect_all(&[
            (wire.records <= MAX_RECORDS, "records are at most 10^10"),
            (
                contracts <= wire.records,
                "records are all contracts looked at: at least those of customers",
            ),
            (
                are_sound,
                "each account has contracts, which have begun by the as-of day, end after that and are of a fee above 0",
            ),
        ])?;
        Ok(tally)
    }
}

impl From<CohortTally> for Wire {
    fn from(tally: CohortTally) -> Self {
        Self {
            scope: tally.scope,
            records: tally.totals.records,
            accounts: tally.accounts.sorted(),
        }
    }
}

impl CohortTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            totals: CohortTotals::default(),
            accounts: Ledger::new(),
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
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope;
    /// [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        expect_room(self.totals.records, other.totals.records)?;
        self.totals.records += other.totals.records;
        let (scope, totals) = (self.scope, &mut self.totals);
        let count = |paying: &Paying, turn: Turn| paying.count(turn, scope, totals);
        self.accounts.merge_counted(&other.accounts, count);
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Its counts.
    #[must_use]
    pub fn totals(&self) -> &CohortTotals {
        &self.totals
    }

    fn put(&mut self, account: &AccountId, span: Span) {
        let (scope, totals) = (self.scope, &mut self.totals);
        let count = |paying: &Paying, turn: Turn| paying.count(turn, scope, totals);
        self.accounts
            .put_counted(account, Paying(vec![span]), count);
    }

    /// By month, the first one first; a month in which nobody came is not among them.
    pub(crate) fn cohorts(&self) -> Vec<Cohort> {
        let mut cohorts: Entries<Day, Cohort> = Entries::default();
        for paying in self.accounts.entries() {
            let Some(first) = paying.first_day().filter(|day| self.scope.counts(*day)) else {
                continue;
            };
            let Ok(month) = Period::month_of(first.date()) else {
                continue;
            };
            let (start, _) = month.bounds();
            if cohorts.get(&start).is_none() {
                cohorts.set(start, self.empty(month));
            }
            if let Some(cohort) = cohorts.get_mut(&start) {
                cohort.add(paying);
            }
        }
        let mut all = Vec::new();
        for (_, cohort) in cohorts {
            all.push(cohort);
        }
        all
    }

    fn empty(&self, month: Period) -> Cohort {
        let as_of = self.scope.as_of_number();
        let mut evenings = Vec::new();
        let mut next = Some(month);
        while let Some(month) = next {
            let (_, end) = month.bounds();
            let on = end.preceding();
            if on > as_of {
                break;
            }
            evenings.push(CohortEvening {
                on,
                customers: 0,
                first: AmountSum::ZERO,
                paid: AmountSum::ZERO,
            });
            next = month.next().ok();
        }
        Cohort {
            month,
            accounts: 0,
            evenings,
        }
    }
}

impl Cohort {
    fn add(&mut self, paying: &Paying) {
        self.accounts += 1;
        let (_, end) = self.month.bounds();
        let first = paying.on(end.preceding());
        for evening in &mut self.evenings {
            let now = paying.on(evening.on);
            evening.customers += u64::from(now.is_customer);
            if !first.is_unknown && !now.is_unknown {
                evening.first.add(first.units);
                evening.paid.add(now.units);
            }
        }
    }
}

verbs!(CohortTally of Contract, reads Everything, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a contract in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Contract> for CohortTally {
    type View = Scope;
    type Tally = Self;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    fn add(&mut self, contract: &Contract, scope: &Scope) -> Result<(), Error> {
        contract.expect_currency(scope.currency())?;
        expect_room(self.totals.records, 1)?;
        self.totals.records += 1;
        let terms = contract.terms();
        if terms.pays().makes_customer() && terms.start <= scope.as_of_number() {
            self.put(contract.account(), Span::of(terms));
        }
        Ok(())
    }

    fn done(self, _: &Scope) -> Self {
        self
    }
}
