use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::customer_totals::CustomerTotals;
use super::fees::Fees;
use super::fill::{Fill, verbs};
use super::ledger::{Join, Ledger};
use super::totals::{MAX_RECORDS, Priced, too_many_records};
use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::{AccountId, Contract, ContractId, Terms};
use crate::value::Movements;

/// The contracts of one scope, by account: who is a customer on two evenings, and for how much recurring revenue.
///
/// The *opening* is the evening before the period's first day; the *closing* is the evening of its last day, or of the as-of
/// day where that is earlier. So the closing of one period is the opening of the next, and what moved in a year is what moved in
/// its months. A contract ends on the day after its last: one that starts on the first day of the period is new in it, and one
/// whose last day is the day before is gone in it. (On the evening of the first day, what starts with the month would never be
/// new.) Where the as-of day is before the period, both evenings are that of the as-of day.
///
/// It wants every contract that there ever was: whether a customer is new or has come back is read from the first of them. A
/// contract and the one that renews it may be in different parts; they are matched when the tally is read.
///
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contracts = [
///     Contract::new("C-1", "Initech", Currency::USD, date(2025, 7, 1)?)?.with_recurring(500, Per::Month)?,
///     Contract::new("C-2", "Acme", Currency::USD, date(2026, 1, 1)?)?.with_recurring(2_000, Per::Quarter)?,
///     Contract::new("C-3", "Umbrella", Currency::USD, date(2025, 1, 1)?)?.with_end(date(2025, 12, 31)?)?,
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
    /// The contracts that came up for renewal.
    due: Fees,
    /// The contracts that renew another, by the other's id.
    renewals: Fees,
    /// What it comes to, where nothing was added since it was reckoned.
    settled: Option<CustomerTotals>,
}

/// What does not depend on whose contract it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    records: u64,
    terminated_early: u64,
    signed: Priced,
}

/// The contracts of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Customer {
    first_start: Day,
    at_start: Priced,
    at_end: Priced,
}

/// A contract that came up for renewal, and those that renew it.
#[derive(Clone)]
struct Due {
    due: Priced,
    renewals: Priced,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    counts: Counts,
    accounts: BTreeMap<AccountId, Customer>,
    due: BTreeMap<ContractId, Priced>,
    renewals: BTreeMap<ContractId, Priced>,
}

impl TryFrom<Wire> for CustomerTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let mut tally = Self {
            scope: wire.scope,
            counts: wire.counts,
            accounts: wire.accounts.into(),
            due: wire.due.into(),
            renewals: wire.renewals.into(),
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
            due: tally.due.joined(),
            renewals: tally.renewals.joined(),
        }
    }
}

impl PartialEq for CustomerTally {
    fn eq(&self, other: &Self) -> bool {
        self.scope == other.scope
            && self.counts == other.counts
            && self.accounts == other.accounts
            && self.due == other.due
            && self.renewals == other.renewals
    }
}

impl Eq for CustomerTally {}

/// The days on whose eves the opening and the closing are.
struct Eves {
    opening: Day,
    closing: Day,
}

impl Eves {
    #[inline]
    fn of(scope: Scope) -> Self {
        let (start, closing) = scope.window();
        Self {
            opening: start.min(closing),
            closing,
        }
    }

    /// Whether a day lies between them: in the period, and not after the as-of day.
    #[inline]
    fn enclose(&self, day: Day) -> bool {
        self.opening <= day && day < self.closing
    }
}

impl Counts {
    #[inline]
    fn add(&mut self, terms: &Terms, eves: &Eves) {
        self.records += 1;
        let gone = terms.is_active_before(eves.opening) && !terms.is_active_before(eves.closing);
        self.terminated_early += u64::from(gone && terms.is_cut_short());
        if eves.enclose(terms.start) {
            self.signed.add(terms.end.and(terms.yearly()));
        }
    }

    fn plus(self, other: Self) -> Result<Self, Error> {
        let records = self.records + other.records;
        if records > MAX_RECORDS {
            return Err(too_many_records());
        }
        Ok(Self {
            records,
            terminated_early: self.terminated_early + other.terminated_early,
            signed: self.signed.plus(other.signed),
        })
    }
}

impl Customer {
    #[inline]
    fn of(terms: &Terms, eves: &Eves) -> Self {
        let on = |eve: Day| {
            let mut held = Priced::default();
            if terms.is_active_before(eve) {
                held.add(terms.yearly());
            }
            held
        };
        Self {
            first_start: terms.start,
            at_start: on(eves.opening),
            at_end: on(eves.closing),
        }
    }

    fn add_to(&self, totals: &mut CustomerTotals, eves: &Eves) {
        let (before, now) = (self.at_start.count > 0, self.at_end.count > 0);
        let is_first = self.first_start >= eves.opening;
        totals.at_start += u64::from(before);
        totals.at_end += u64::from(now);
        totals.priced_at_start += u64::from(self.at_start.priced > 0);
        totals.priced_at_end += u64::from(self.at_end.priced > 0);
        totals.retained += u64::from(before && now);
        totals.lost += u64::from(before && !now);
        totals.new += u64::from(!before && now && is_first);
        totals.reactivated += u64::from(!before && now && !is_first);
        totals.first_contracts += u64::from(eves.enclose(self.first_start));
        totals.contracts_at_start = totals.contracts_at_start.plus(self.at_start);
        totals.contracts_at_end = totals.contracts_at_end.plus(self.at_end);
        self.move_revenue(&mut totals.recurring, before, now, is_first);
    }

    fn move_revenue(&self, moved: &mut Movements, before: bool, now: bool, is_first: bool) {
        let (opening, closing) = (self.at_start.amount.units(), self.at_end.amount.units());
        moved.opening.add(opening);
        moved.closing.add(closing);
        match (before, now) {
            (true, true) => {
                moved.expansion.add(closing.saturating_sub(opening));
                moved.contraction.add(opening.saturating_sub(closing));
            }
            (true, false) => moved.churn.add(opening),
            // Whether a customer has come back is asked first: more of nothing is no expansion.
            (false, true) if is_first => moved.new.add(closing),
            (false, true) => moved.reactivation.add(closing),
            (false, false) => {}
        }
    }

    fn is_sound(&self, eves: &Eves) -> bool {
        let held =
            |held: Priced, eve: Day| held.is_sound() && (held.count == 0 || self.first_start < eve);
        held(self.at_start, eves.opening) && held(self.at_end, eves.closing)
    }
}

impl Join for Customer {
    fn join(&mut self, other: &Self) {
        self.first_start = self.first_start.min(other.first_start);
        self.at_start = self.at_start.plus(other.at_start);
        self.at_end = self.at_end.plus(other.at_end);
    }
}

impl Due {
    fn of(due: Priced) -> Self {
        Self {
            due,
            renewals: Priced::default(),
        }
    }

    /// A renewal without a fee leaves unknown what was renewed: such a pair is counted, and its money is in neither sum.
    fn add_to(&self, totals: &mut CustomerTotals) {
        let known = self.renewals.unpriced() == 0;
        if self.renewals.count > 0 {
            totals.renewed += self.due.count;
        }
        if known {
            totals.due = totals.due.plus(self.due);
        } else {
            totals.due.count += self.due.count;
        }
        if known && self.due.priced > 0 {
            totals.renewed_amount.add(self.renewals.amount.units());
        }
    }
}

impl Join for Due {
    fn join(&mut self, other: &Self) {
        self.due.join(&other.due);
        self.renewals.join(&other.renewals);
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
    /// [`Error::ScopeMismatch`] for another scope; [`Error::TotalTooLarge`]. The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        self.counts = self.counts.plus(other.counts)?;
        self.accounts.merge(&other.accounts);
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

    /// Its counts and sums. After [`record`](Self::record) and [`merge`](Self::merge) they are read from the accounts: keep them
    /// at hand then, rather than asking for each.
    #[must_use]
    pub fn totals(&self) -> CustomerTotals {
        self.settled.unwrap_or_else(|| self.reckoned())
    }

    fn reckoned(&self) -> CustomerTotals {
        let eves = Eves::of(self.scope);
        let mut totals = CustomerTotals {
            records: self.counts.records,
            terminated_early: self.counts.terminated_early,
            signed: self.counts.signed,
            ..CustomerTotals::default()
        };
        for customer in self.accounts.entries() {
            customer.add_to(&mut totals, &eves);
        }
        for due in self.matched().entries() {
            due.add_to(&mut totals);
        }
        totals
    }

    /// The contracts that came up, with what renews them.
    fn matched(&self) -> Ledger<&ContractId, Due> {
        let mut matched = Ledger::with_room_for(self.due.len());
        for (id, due) in self.due.iter() {
            matched.put(&id, Due::of(due));
        }
        for (renewed, renewal) in self.renewals.iter() {
            if let Some(due) = matched.get_mut(&renewed) {
                due.renewals.join(&renewal);
            }
        }
        matched
    }

    fn add_due(&mut self, contract: &Contract, eves: &Eves) {
        let terms = contract.terms();
        let came_up = terms.end.is_some_and(|end| eves.enclose(end));
        if came_up && !terms.is_cut_short() {
            self.due.push(contract.id(), terms.yearly());
        }
        if let Some(renewed) = contract.renewal_of() {
            self.renewals.push(renewed, terms.yearly());
        }
    }

    /// Checks that some set of contracts can have these entries, as far as they show it.
    fn checked(self) -> Result<Self, Error> {
        let (eves, counts) = (Eves::of(self.scope), self.counts);
        let of_accounts = |held: fn(&Customer) -> Priced| sum(self.accounts.entries().map(held));
        let sums = [
            self.accounts.len(),
            of_accounts(|customer| customer.at_start),
            of_accounts(|customer| customer.at_end),
            self.due.count(),
            self.renewals.count(),
            counts.signed.count,
        ];
        let named = |(_, fees): (&ContractId, Priced)| fees.is_sound() && fees.count > 0;
        let agree = counts.records <= MAX_RECORDS
            && sums.iter().all(|sum| *sum <= counts.records)
            && counts.terminated_early <= of_accounts(|customer| customer.at_start)
            && counts.signed.is_sound()
            && (self.accounts.len() > 0 || counts.records == 0)
            && self.due.iter().all(named)
            && self.renewals.iter().all(named)
            && self
                .accounts
                .entries()
                .all(|customer| customer.is_sound(&eves));
        if agree { Ok(self) } else { Err(inconsistent()) }
    }
}

/// How many contracts these are.
fn sum(entries: impl Iterator<Item = Priced>) -> u64 {
    entries.fold(0, |sum, entry| sum.saturating_add(entry.count))
}

fn inconsistent() -> Error {
    Error::InconsistentTotals {
        rule: "a customer tally's accounts, due contracts and renewals are those of its records, and no one is a customer before their first contract",
    }
}

verbs!(CustomerTally of Contract, Scope, "[`Error::CurrencyMismatch`] for a contract in another currency; [`Error::TotalTooLarge`].");

impl Fill<Contract> for CustomerTally {
    type View = Scope;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    #[inline]
    fn add(&mut self, contract: &Contract, scope: &Scope) -> Result<(), Error> {
        contract.expect_currency(scope.currency())?;
        if self.counts.records >= MAX_RECORDS {
            return Err(too_many_records());
        }
        let (terms, eves) = (contract.terms(), Eves::of(*scope));
        self.counts.add(terms, &eves);
        let customer = Customer::of(terms, &eves);
        self.accounts.put(contract.account(), customer);
        self.add_due(contract, &eves);
        self.settled = None;
        Ok(())
    }

    /// Reckons once, so that reading need not.
    fn settle(&mut self) {
        self.settled = Some(self.reckoned());
    }
}
