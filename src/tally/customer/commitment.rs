//! What is agreed on by an evening, though some of it begins later, and what ends; and what was signed in the period.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::{Amount, Contract, ContractStanding, Record as _, Terms};
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::impossible;
use crate::tally::priced::{MAX_RECORDS, Priced, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::store::{Join, Ledger, Turn};
use crate::value::{AmountSum, ContractId, Entries};

/// What customers are bound to pay by what was signed and given notice of by an evening, and which agreed ends come after it; and what the
/// contracts signed in the period come to over their terms.
///
/// The evening is that of the period's last day, or of the as-of day where that is earlier: the closing of a
/// [`CustomerTally`](crate::CustomerTally), whose contracts these are. Without a day of signing, a contract counts as signed on its first day;
/// without a day of notice, an end that was not agreed on counts as known when it comes. The totals count both apart.
///
/// It wants every contract that there is: a contract and the one that renews it may be in different parts; they are matched when they
/// meet.
///
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
/// assert_eq!(agreed.totals().renewed.count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct CommitmentTally {
    scope: Scope,
    /// Invariant: what the contracts come to.
    totals: CommitmentTotals,
    contracts: Ledger<ContractId, Agreed>,
    /// Contracts that don't count, and which ones they renewed: whatever takes their place takes the place of these.
    passed: Ledger<ContractId, Passed>,
    /// Contracts in force, by their agreed end, as far as it comes after the evening.
    ends: Ledger<Day, Priced>,
}

/// The counts and sums of a [`CommitmentTally`]: of contracts that make a customer, with their recurring fees a year where nothing else is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CommitmentTotals {
    /// All contracts that were looked at, whether they count or not.
    pub records: u64,
    /// In force on the evening.
    pub in_force: Priced,
    /// Of these, the ones of which notice was given by then.
    pub under_notice: Priced,
    /// Of the others in force, the ones in whose place stands a contract that renews them, in force or signed by then to begin later.
    pub renewed: Priced,
    /// Signed by then, to begin later: but for those under notice or renewed by then.
    pub upcoming: Priced,
    /// Beginning later, and nobody knows when they were signed: they count as signed on their first day, and are in no other figure.
    pub without_signing: Priced,
    /// Of those in force, the ones that were terminated, and nobody knows when that became known: it counts as known when it comes.
    pub without_notice: Priced,
    /// Signed in the period, up to the as-of day, those that renew another among them: by the day of signing where it is known, else by their
    /// first day. Priced are those whose total value is known ([`Contract::total_value`](crate::Contract::total_value)), of at most 10¹⁴; their
    /// amounts are these.
    pub all_signed: Priced,
    /// Of those signed, the ones with an agreed end.
    pub with_term: u64,
    /// Whole months of their terms, from the first day on.
    pub term_months: u64,
    /// Days of their terms beyond these months.
    pub term_days: u64,
    /// Of those with an agreed end, the ones whose term is 24 months or more.
    pub multi_year: u64,
}

impl CommitmentTotals {
    /// In force, less those under notice and those renewed, and what begins later.
    #[must_use]
    pub fn committed(&self) -> Priced {
        let going_on = self.in_force.less(self.under_notice).less(self.renewed);
        going_on.plus(self.upcoming)
    }

    /// But for what depends on which contracts renew another.
    fn add_contracts(&mut self, other: &Self) {
        self.records += other.records;
        self.in_force = self.in_force.plus(other.in_force);
        self.under_notice = self.under_notice.plus(other.under_notice);
        self.without_signing = self.without_signing.plus(other.without_signing);
        self.without_notice = self.without_notice.plus(other.without_notice);
        self.all_signed = self.all_signed.plus(other.all_signed);
        self.with_term += other.with_term;
        self.term_months += other.term_months;
        self.term_days += other.term_days;
        self.multi_year += other.multi_year;
    }

    /// A contract of a customer that was signed in the period.
    fn add_signed(&mut self, terms: &Terms) {
        let value = terms.total_value().map(AmountSum::units);
        let value = value.and_then(|units| Amount::of_units(u64::try_from(units).ok()?));
        self.all_signed.add(value);
        if let Some((months, days)) = terms.months_and_days() {
            self.with_term += 1;
            self.term_months += months;
            self.term_days += days;
            self.multi_year += u64::from(months >= MULTI_YEAR);
        }
    }

    /// Checks that the contracts signed can have these terms.
    fn check_signed(&self) -> Result<(), Error> {
        let most = |each: u64| self.with_term.saturating_mul(each);
        expect_all(&[
            (
                self.with_term <= self.all_signed.count,
                "contracts with an agreed end are a part of all that were signed",
            ),
            (
                self.all_signed.priced <= self.with_term && self.multi_year <= self.with_term,
                "a total value and two years or more are those of contracts with an agreed end",
            ),
            (
                self.term_months <= most(MAX_MONTHS)
                    && self.term_days <= most(MAX_DAYS_LEFT)
                    && self.multi_year.saturating_mul(MULTI_YEAR) <= self.term_months,
                "the months of terms are those of the contracts with an agreed end, and the days beyond them less than a month each",
            ),
        ])
    }
}

/// Months from which on a term is one of several years.
const MULTI_YEAR: u64 = 24;

/// Of the longest term: the years 1900 to 2999.
const MAX_MONTHS: u64 = 13_200;

/// Beyond whole months.
const MAX_DAYS_LEFT: u64 = 30;

/// What goes on of the records of one id, unless another contract renews them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agreed {
    /// In force, and not under notice.
    in_force: Priced,
    /// Signed, to begin later, and not under notice.
    upcoming: Priced,
    /// Another contract stands in its place.
    renewed: bool,
}

impl Agreed {
    fn count(&self, turn: Turn, totals: &mut CommitmentTotals) {
        if self.renewed {
            turn.sum(&mut totals.renewed, self.in_force);
        } else {
            turn.sum(&mut totals.upcoming, self.upcoming);
        }
    }
}

impl Turn {
    fn sum(self, sum: &mut Priced, part: Priced) {
        self.count(&mut sum.count, part.count);
        self.count(&mut sum.priced, part.priced);
        self.add(&mut sum.amount, part.amount.units());
    }
}

/// Another contract stands in its place.
const RENEWED: Agreed = Agreed {
    in_force: NONE,
    upcoming: NONE,
    renewed: true,
};

const NONE: Priced = Priced {
    count: 0,
    priced: 0,
    amount: AmountSum::ZERO,
};

/// The contracts that the records of one id renewed, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Passed(Vec<ContractId>);

impl Passed {
    fn is_sound(&self) -> bool {
        let Self(ids) = self;
        let rises = |(id, next): (&ContractId, &ContractId)| id < next;
        !ids.is_empty() && ids.iter().zip(ids.iter().skip(1)).all(rises)
    }
}

impl Join for Passed {
    fn join(&mut self, other: &Self) {
        let (Self(ids), Self(more)) = (self, other);
        for id in more {
            if let Err(place) = ids.binary_search(id) {
                ids.insert(place, id.clone());
            }
        }
    }
}

impl Join for Agreed {
    fn join(&mut self, other: &Self) {
        self.in_force = self.in_force.plus(other.in_force);
        self.upcoming = self.upcoming.plus(other.upcoming);
        self.renewed |= other.renewed;
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    totals: CommitmentTotals,
    contracts: Entries<ContractId, Agreed>,
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    passed: Entries<ContractId, Passed>,
    ends: Entries<Day, Priced>,
}

impl TryFrom<Wire> for CommitmentTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let tally = Self {
            scope: wire.scope,
            totals: wire.totals,
            contracts: wire.contracts.into(),
            passed: wire.passed.into(),
            ends: wire.ends.into(),
        };
        tally.checked()
    }
}

impl From<CommitmentTally> for Wire {
    fn from(tally: CommitmentTally) -> Self {
        Self {
            scope: tally.scope,
            totals: tally.totals,
            contracts: tally.contracts.sorted(),
            passed: tally.passed.sorted(),
            ends: tally.ends.sorted(),
        }
    }
}

impl CommitmentTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            totals: CommitmentTotals::default(),
            contracts: Ledger::new(),
            passed: Ledger::new(),
            ends: Ledger::new(),
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
        self.totals.add_contracts(&other.totals);
        for (id, agreed) in other.contracts.iter() {
            self.put(id, *agreed);
        }
        for (id, passed) in other.passed.iter() {
            self.put_passed(id, passed.clone());
        }
        self.ends.merge(&other.ends);
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Its counts and sums.
    #[must_use]
    pub fn totals(&self) -> &CommitmentTotals {
        &self.totals
    }

    /// The contracts in force whose agreed end lies in so many days after the evening.
    pub(crate) fn ending_within(&self, days: u32) -> Priced {
        let evening = self.scope.evening_day();
        let mut all = Priced::default();
        for (end, ending) in self.ends.iter() {
            if end.days_since(evening).is_some_and(|after| after <= days) {
                all = all.plus(*ending);
            }
        }
        all
    }

    fn put(&mut self, id: &ContractId, agreed: Agreed) {
        self.put_one(id, agreed);
        if agreed.renewed {
            self.pass_on(id);
        }
    }

    fn put_one(&mut self, id: &ContractId, agreed: Agreed) {
        let totals = &mut self.totals;
        let count = |agreed: &Agreed, turn: Turn| agreed.count(turn, totals);
        self.contracts.put_counted(id, agreed, count);
    }

    fn put_passed(&mut self, id: &ContractId, passed: Passed) {
        self.passed.put(id, passed);
        if self.is_renewed(id) {
            self.pass_on(id);
        }
    }

    fn is_renewed(&self, id: &ContractId) -> bool {
        self.contracts.get(id).is_some_and(|agreed| agreed.renewed)
    }

    /// What stands in the place of this contract stands in that of those which this one renewed, too, and of those before them.
    fn pass_on(&mut self, id: &ContractId) {
        let mut next = self.passed_by(id);
        while let Some(renewed) = next.pop() {
            if !self.is_renewed(&renewed) {
                self.put_one(&renewed, RENEWED);
                next.append(&mut self.passed_by(&renewed));
            }
        }
    }

    fn passed_by(&self, id: &ContractId) -> Vec<ContractId> {
        let passed = self.passed.get(id);
        passed.map_or_else(Vec::new, |Passed(ids)| ids.clone())
    }

    /// A contract of a customer.
    fn add_customer(&mut self, id: &ContractId, terms: &Terms, fee: Option<Amount>) {
        let evening = self.scope.evening_day();
        let is_known = |on: Option<Day>| on.is_some_and(|on| on <= evening);
        let one = Priced::of(fee);
        let mut agreed = Agreed::default();
        if terms.is_active_before(evening.following()) {
            self.totals.in_force = self.totals.in_force.plus(one);
            agreed.in_force = one;
            if terms.terminated.is_some() && terms.notice.is_none() {
                self.totals.without_notice = self.totals.without_notice.plus(one);
            }
            if let Some(end) = terms.end.filter(|end| *end > evening) {
                self.ends.put(&end, one);
            }
            if is_known(terms.notice) {
                self.totals.under_notice = self.totals.under_notice.plus(one);
                return;
            }
        } else if terms.start > evening {
            if terms.signed.is_none() {
                self.totals.without_signing = self.totals.without_signing.plus(one);
            }
            agreed.upcoming = one;
            if !is_known(terms.signed) || is_known(terms.notice) {
                return;
            }
        } else {
            return;
        }
        self.put(id, agreed);
    }

    /// Checks that some set of contracts can have these entries, as far as they show it.
    fn checked(self) -> Result<Self, Error> {
        let totals = &self.totals;
        let (mut going_on, mut matched) = (Priced::default(), CommitmentTotals::default());
        let mut are_sound = true;
        for agreed in self.contracts.entries() {
            let parts = [agreed.in_force, agreed.upcoming];
            let is_any = agreed.renewed || parts.iter().any(|part| part.count > 0);
            if !is_any || parts.iter().any(|part| !is_within(*part)) {
                return Err(impossible(PARTS));
            }
            going_on = going_on.plus(agreed.in_force);
            agreed.count(Turn::In, &mut matched);
            are_sound &= is_within(going_on) && is_within(matched.upcoming);
            if !are_sound {
                break;
            }
        }
        let mut ending = Priced::default();
        for (end, part) in self.ends.iter() {
            let comes_later = *end > self.scope.evening_day();
            are_sound &= comes_later && part.count > 0 && is_within(*part);
            if !are_sound {
                break;
            }
            ending = ending.plus(*part);
            are_sound &= is_within(ending);
        }
        let is_passed_on = |(id, passed): (&ContractId, &Passed)| {
            let Passed(ids) = passed;
            passed.is_sound() && (!self.is_renewed(id) || ids.iter().all(|id| self.is_renewed(id)))
        };
        let wholes = [
            totals.in_force,
            totals.under_notice,
            totals.without_signing,
            totals.without_notice,
            totals.all_signed,
        ];
        let all_within = wholes
            .iter()
            .all(|part| is_within(*part) && part.count <= totals.records);
        expect_all(&[
            (totals.records <= MAX_RECORDS, "records are at most 10^10"),
            (are_sound && all_within, PARTS),
            (
                self.passed.iter().all(is_passed_on),
                "what takes the place of a contract takes the place of those that it renewed",
            ),
            (
                totals.under_notice.is_part_of(totals.in_force)
                    && totals.without_notice.is_part_of(totals.in_force)
                    && ending.is_part_of(totals.in_force)
                    && going_on == totals.in_force.less(totals.under_notice),
                "what was given notice of, what ends and what goes on are parts of what is in force",
            ),
            (
                (matched.renewed, matched.upcoming) == (totals.renewed, totals.upcoming)
                    && totals.upcoming.count <= totals.records,
                "what is renewed and what begins later are those of the contracts",
            ),
        ])?;
        totals.check_signed()?;
        Ok(self)
    }
}

const PARTS: &str = "priced contracts are at most the count, and their fees at most 10^14 a year each; ends come after the evening";

/// So that sums of them have room.
fn is_within(part: Priced) -> bool {
    part.count <= MAX_RECORDS && part.is_sound()
}

verbs!(CommitmentTally of Contract, reads Everything, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a contract in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Contract> for CommitmentTally {
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
        let standing = ContractStanding::of(terms, contract.renews(), scope);
        if standing.makes_customer() {
            self.add_customer(contract.id(), terms, standing.pays().yearly());
            if standing.is_signed() {
                self.totals.add_signed(terms);
            }
        }
        let mut passed = Passed::default();
        for renewed in contract.renewal_of() {
            if takes_a_place(terms, scope.evening_day()) {
                self.put(renewed, RENEWED);
            } else {
                passed.join(&Passed(vec![renewed.clone()]));
            }
        }
        if passed.is_sound() {
            self.put_passed(contract.id(), passed);
        }
        Ok(())
    }

    fn done(self, _: &Scope) -> Self {
        self
    }
}

/// Whether it stands in the place of what it names: in force on the evening, whenever it was signed; or signed by then, to begin later, and
/// not withdrawn by then, to end on its first day.
fn takes_a_place(terms: &Terms, evening: Day) -> bool {
    if terms.start <= evening {
        return terms.is_active_before(evening.following());
    }
    let is_withdrawn =
        terms.last() == Some(terms.start) && terms.notice.is_some_and(|on| on <= evening);
    terms.agreed_on() <= evening && !is_withdrawn
}
