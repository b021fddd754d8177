use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Contract, ContractStanding, Record};
use crate::tally::customer::renewal_fees::{Fee, FeeList, Fees, Renewals};
use crate::tally::customer::renewal_groups::{Group, Groups, Several, Sums};
use crate::tally::customer::{EITHER, merge_ready_made};
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::{TallyProblem, impossible};
use crate::tally::given::given;
use crate::tally::priced::{MAX_RECORDS, Priced, expect_room, fits};
use crate::tally::rules::expect_all;
use crate::tally::store::{Join, Ledger, Turn};
use crate::value::{AmountSum, ContractId};

/// The contracts that came up for renewal in one scope, and those that renew them.
///
/// A contract comes up where its agreed end is in the period, up to the as-of day, and it was not terminated before. It is renewed
/// where another contract says so ([`Contract::with_renewal_of`]), whenever that one starts. One may renew several: each of them is
/// renewed, and the fee counts once, against those of all of them that came up; the money of months then adds up to that of the quarter
/// where they all came up in one month. It wants every contract that there is: a contract and the one that
/// renews it may be in different parts; they are matched when they meet.
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
/// assert_eq!((totals.due()?.count, totals.renewed()?), (1, 1));
/// assert_eq!(kpi::renewal_rate(&renewals)?.to_string(), "110%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct RenewalTally {
    scope: Scope,
    /// Invariant: what the contracts come to.
    totals: RenewalTotals,
    /// None where it is made of totals.
    contracts: Option<Contracts>,
}

/// What is matched.
#[derive(Clone, Debug)]
struct Contracts {
    /// The contracts that came up for renewal, with those that renew them.
    due: Ledger<ContractId, Renewal>,
    /// All contracts that renew one other, whether that one came up or not.
    renewals: Renewals,
    /// All contracts that renew several, and what these do together.
    several: Several,
    groups: Groups,
}

/// The groups follow from the rest.
impl PartialEq for Contracts {
    fn eq(&self, other: &Self) -> bool {
        self.due == other.due && self.renewals == other.renewals && self.several == other.several
    }
}

impl Eq for Contracts {}

given! {
    /// Everything that the KPIs of renewals read from a [`RenewalTally`], and the form in which ready-made totals go in. Amounts are recurring fees a year.
    #[derive(Copy)]
    pub struct RenewalTotals {
        /// All contracts that were looked at, whether they count or not.
        pub(super) records: u64,
        /// Contracts that came up for renewal: their agreed end is in the period, and they were not terminated before it. Priced are
        /// those with a recurring fee of which no renewal lacks one; where one contract renews several, all of these or none.
        pub(super) due: Priced,
        /// Of those that came up, the ones that another contract renews.
        pub(super) renewed: u64,
        /// The recurring fees of the contracts that renew the priced ones, each once.
        pub(super) renewed_amount: AmountSum,
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    records: Option<u64>,
    /// The contracts that came up for renewal.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<FeeList>,
    /// The contracts that renew another, by the other's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    renewals: Option<FeeList>,
    /// The contracts that renew several, by the ids of these.
    #[serde(default, skip_serializing_if = "Several::is_empty")]
    renewals_of_several: Several,
    /// Instead of all these, where it is made of totals.
    #[serde(skip_serializing_if = "Option::is_none")]
    totals: Option<RenewalTotals>,
}

impl TryFrom<Wire> for RenewalTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let scope = wire.scope;
        let several = wire.renewals_of_several;
        let (records, due, renewals) = match (wire.records, wire.due, wire.renewals, wire.totals) {
            (Some(records), Some(due), Some(renewals), None) => (records, due, renewals),
            (None, None, None, Some(totals)) if several.is_empty() => {
                return Self::from_totals(scope, totals);
            }
            _ => return Err(impossible(EITHER)),
        };
        let renewing = renewals.len().saturating_add(several.len());
        let renewing = u64::try_from(renewing).unwrap_or(u64::MAX);
        let filled = Filling {
            records,
            due,
            renewals,
            several,
        };
        let tally = filled.done(&scope);
        tally.totals.check(scope)?;
        expect_all(&[(renewing <= records, ALL_LOOKED_AT)])?;
        Ok(tally)
    }
}

impl From<RenewalTally> for Wire {
    fn from(tally: RenewalTally) -> Self {
        let Some(contracts) = tally.contracts else {
            return Self {
                scope: tally.scope,
                records: None,
                due: None,
                renewals: None,
                renewals_of_several: Several::default(),
                totals: Some(tally.totals),
            };
        };
        let mut due = FeeList::default();
        for (id, contract) in contracts.due.iter() {
            due.push_all(id, &contract.own);
        }
        Self {
            scope: tally.scope,
            records: Some(tally.totals.records),
            due: Some(due),
            renewals: Some(contracts.renewals.list()),
            renewals_of_several: contracts.several,
            totals: None,
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
    #[inline]
    fn sums(&self) -> Sums {
        let own = self.own.priced();
        Sums {
            own,
            without_fee: u64::from(own.count > 0 && own.priced == 0),
            renewed_by: self.renewed_by.priced(),
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
            contracts: Some(Contracts::of(Ledger::new(), FeeList::default())),
        }
    }

    /// The tally of ready-made totals: a database's counts and sums.
    ///
    /// It knows no contracts. One of another tally may renew one of these, so that nothing can be added to it: count all of them at
    /// once.
    ///
    /// What is left out is not counted, and not 0. These do for:
    ///
    /// | counters | KPIs |
    /// | --- | --- |
    /// | `due`, `renewed` | [`non_renewal_rate`](crate::kpi::non_renewal_rate) |
    /// | `due`, `renewed_amount` | [`renewal_rate`](crate::kpi::renewal_rate) |
    ///
    /// ```
    /// use sales_metrics::{Currency, Period, RenewalTally, Scope, Undefined, kpi};
    /// use sales_metrics::tally::{Priced, RenewalTotals};
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let totals = RenewalTotals::given().due(Priced::none(40)).renewed(30);
    /// let renewals = RenewalTally::from_totals(q1, totals)?;
    /// assert_eq!(kpi::non_renewal_rate(&renewals)?.to_string(), "25%");
    /// assert_eq!(kpi::renewal_rate(&renewals), Err(Undefined::NotCounted("renewed_amount")));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no contracts can have such totals: more renewed ones than came up, say.
    pub fn from_totals(scope: Scope, totals: impl Into<RenewalTotals>) -> Result<Self, Error> {
        let totals = totals.into();
        totals.check(scope)?;
        Ok(Self {
            scope,
            totals,
            contracts: None,
        })
    }

    /// Counts one more contract.
    ///
    /// # Errors
    /// As [`of`](Self::of), and [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where it is made of totals; the tally is then as it was.
    pub fn record(&mut self, contract: &Contract) -> Result<(), Error> {
        let contracts = self.contracts.as_mut().ok_or(READY_MADE)?;
        expect_countable(contract, self.scope, self.totals.records)?;
        let fee = contract.terms().yearly();
        self.totals.records += 1;
        if is_due(contract, self.scope) {
            contracts.put_due(contract.id(), Fees::One(fee), &mut self.totals);
        }
        match contract.renewal_of() {
            [] => {}
            [renewed] => contracts.put_renewal(renewed, fee, &mut self.totals),
            several => contracts.put_several(several, fee, &mut self.totals),
        }
        Ok(())
    }

    /// Adds the tally of other contracts in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge);
    /// [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where one of them is made of totals, unless the other
    /// is of no records. The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        let (Some(contracts), Some(more)) = (&mut self.contracts, &other.contracts) else {
            return merge_ready_made(self, other, Self::is_of_nothing, READY_MADE);
        };
        expect_room(self.totals.records, other.totals.records)?;
        self.totals.records += other.totals.records;
        for (id, contract) in more.due.iter() {
            contracts.put_due(id, contract.own.clone(), &mut self.totals);
        }
        for (renewed, fee) in more.renewals.list().iter() {
            contracts.put_renewal(renewed, *fee, &mut self.totals);
        }
        for (renewed, fee) in more.several.iter() {
            contracts.put_several(renewed, *fee, &mut self.totals);
        }
        Ok(())
    }

    fn is_of_nothing(&self) -> bool {
        self.contracts.is_some() && self.totals.records == 0
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

impl RenewalTotals {
    /// Checks that some set of contracts can have these totals, as far as those that are given show it: a whole that is missing is
    /// as large as it may be.
    fn check(&self, scope: Scope) -> Result<(), Error> {
        let records = self.records().unwrap_or(MAX_RECORDS);
        let due = self.due().map_or(records, |due| due.count);
        let is_none_renewed = self.renewed_amount == AmountSum::ZERO;
        // Where it was not given how many came up, those that were renewed show how many there are at least.
        let least = self.due.count.max(self.renewed);
        expect_all(&[
            (records <= MAX_RECORDS, "records are at most 10^10"),
            (self.due.count <= records, ALL_LOOKED_AT),
            (
                self.due.is_sound(),
                "priced contracts are at most the count, and their fees at most 10^14 a year each",
            ),
            (
                self.renewed <= due && fits(self.renewed_amount, records),
                "renewed contracts are a part of those that came up",
            ),
            (
                is_none_renewed
                    || (self.renewed() != Ok(0) && self.due().map_or(true, |due| due.priced > 0)),
                "what is renewed is the fees of contracts that renew another",
            ),
            (
                scope.elapsed_days() > 0 || (least == 0 && is_none_renewed),
                "of the contracts that come up, none is due before the period",
            ),
        ])
    }
}

const ALL_LOOKED_AT: &str = "records are all contracts looked at: at least those that came up, and at least those that renew another";

const READY_MADE: TallyProblem = TallyProblem::ReadyMade { parts: "contracts" };

impl Contracts {
    fn of(due: Ledger<ContractId, Renewal>, renewals: FeeList) -> Self {
        Self {
            due,
            renewals: Renewals::Listed(renewals),
            several: Several::default(),
            groups: Groups::new(),
        }
    }

    /// A contract that came up. What renews it may have come before.
    fn put_due(&mut self, id: &ContractId, own: Fees, totals: &mut RenewalTotals) {
        let renewed_by = match self.due.get(id) {
            Some(_) => Fees::None,
            None => self.renewals.of(id),
        };
        self.put(id, Renewal { own, renewed_by }, totals);
    }

    fn put_renewal(&mut self, renewed: &ContractId, fee: Fee, totals: &mut RenewalTotals) {
        self.renewals.push(renewed, fee);
        if self.due.get(renewed).is_none() {
            return;
        }
        let renewal = Renewal {
            own: Fees::None,
            renewed_by: Fees::One(fee),
        };
        self.put(renewed, renewal, totals);
    }

    /// A contract that renews several, which are one group from now on.
    fn put_several(&mut self, renewed: &[ContractId], fee: Fee, totals: &mut RenewalTotals) {
        self.several.push(renewed, fee);
        let mut all = Group::default();
        all.sums.renewed_by.add(fee);
        for id in renewed {
            if let Some(group) = self.groups.of(id) {
                let group = core::mem::take(group);
                group.sums.count(Turn::Out, totals);
                all.join(group);
                continue;
            }
            if let Some(contract) = self.due.get(id) {
                contract.sums().count(Turn::Out, totals);
                all.sums.add(Turn::In, &contract.sums());
            }
            all.push(id);
        }
        all.sums.count(Turn::In, totals);
        self.groups.put(all);
    }

    fn put(&mut self, id: &ContractId, contract: Renewal, totals: &mut RenewalTotals) {
        let Some(Group { sums, .. }) = self.groups.of(id) else {
            let count = |contract: &Renewal, turn: Turn| contract.sums().count(turn, totals);
            return self.due.put_counted(id, contract, count);
        };
        sums.count(Turn::Out, totals);
        let count = |contract: &Renewal, turn: Turn| sums.add(turn, &contract.sums());
        self.due.put_counted(id, contract, count);
        sums.count(Turn::In, totals);
    }
}

verbs!(RenewalTally by Filling, of Contract, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a contract in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

/// Contracts and renewals as they came: they are sooner matched at once than one by one.
#[derive(Default)]
struct Filling {
    records: u64,
    due: FeeList,
    renewals: FeeList,
    several: Several,
}

/// Refuses another currency, and more contracts than a tally takes.
#[inline]
fn expect_countable(contract: &Contract, scope: Scope, records: u64) -> Result<(), Error> {
    contract.expect_currency(scope.currency())?;
    expect_room(records, 1)
}

#[inline]
fn is_due(contract: &Contract, scope: Scope) -> bool {
    ContractStanding::of(contract.terms(), &scope).is_due()
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
        let fee = contract.terms().yearly();
        self.records += 1;
        if is_due(contract, *scope) {
            self.due.push(contract.id(), fee);
        }
        match contract.renewal_of() {
            [] => {}
            [renewed] => self.renewals.push(renewed, fee),
            several => self.several.push(several, fee),
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
            contract.sums().count(Turn::In, &mut totals);
        }
        let mut contracts = Contracts::of(due, self.renewals);
        for (renewed, fee) in self.several.iter() {
            contracts.put_several(renewed, *fee, &mut totals);
        }
        RenewalTally {
            scope: *scope,
            totals,
            contracts: Some(contracts),
        }
    }
}
