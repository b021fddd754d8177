mod matched;
mod parts;
mod standing;
mod tied;
mod totals;
mod view;
mod wire;

pub(super) use parts::Fee;
pub use standing::{ContractOutcome, RenewalStanding};
pub use totals::RenewalTotals;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::record::{Contract, ContractStanding, Record};
use crate::tally::customer::merge_ready_made;
use crate::tally::customer::renewal::matched::Matched;
use crate::tally::customer::renewal::parts::{Came, Merged, Renewing, Successor};
use crate::tally::customer::renewal::wire::Wire;
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::TallyProblem;
use crate::tally::priced::expect_room;
use crate::tally::store::{Ledger, Pages};
use crate::value::ContractId;

/// The contracts that came up for renewal in one scope, and those that renew them.
///
/// A contract *came up* where its agreed end is in the period, up to the as-of day, and it was not terminated before; or where its own
/// renewal, which begins no later than the day after, ended it early on a day of the period.
///
/// It is *renewed* where another contract says so ([`Contract::with_renewal_of`]), begins no later than the day after the as-of day, was
/// signed by the as-of day where that day is known, and did not end on its first day. It is renewed *on time* where that one was signed
/// by its last day or, without a day of signing, begins no later than the day after. One that
/// [renews itself](Contract::with_auto_renewal) is renewed on time, for its own fee, unless notice was given or another one renews it.
///
/// Of several renewals, the fees that run together on the day on which the last of them begins are what goes on. Contracts that one
/// contract renews are one group, and each fee of it counts once. A contract that stands twice under its id counts once. Contracts that
/// make no customer (trials, those of a fee of 0, one-time sales) do not come up.
///
/// It wants every contract that there is: a contract and the one that renews it may be in different parts; they are matched when they
/// meet.
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
    matched: Option<Matched>,
}

impl RenewalTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            totals: RenewalTotals::default(),
            matched: Some(Matched::new()),
        }
    }

    fn counted(scope: Scope, records: u64, at_start: u64, matched: Matched) -> Self {
        let mut totals = RenewalTotals {
            records,
            contracts_at_start: at_start,
            ..RenewalTotals::default()
        };
        matched.count_all(&mut totals);
        Self {
            scope,
            totals,
            matched: Some(matched),
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
    /// | `renewed`, `renewed_before`, `renewed_amount` | [`renewal_uplift`](crate::kpi::renewal_uplift) |
    /// | `due_on_time`, `on_time_amount` | [`on_time_renewal_rate`](crate::kpi::on_time_renewal_rate) |
    /// | `contracts_at_start`, `terminated_early` | [`early_termination_rate`](crate::kpi::early_termination_rate) |
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
            matched: None,
        })
    }

    /// Counts one more contract.
    ///
    /// # Errors
    /// As [`of`](Self::of), and [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where it is made of totals; the tally is then as it was.
    pub fn record(&mut self, contract: &Contract) -> Result<(), Error> {
        let matched = self.matched.as_mut().ok_or(READY_MADE)?;
        let standing = standing(contract, &self.scope, self.totals.records)?;
        self.totals.records += 1;
        self.totals.contracts_at_start += u64::from(is_at_start(standing));
        if let Some(came) = Came::of(contract.terms(), standing) {
            matched.put(contract.id(), came, &mut self.totals);
        }
        if let Some(successor) = Successor::of(contract, standing, &self.scope) {
            matched.put_renewal(contract.renewal_of(), &successor, &mut self.totals);
        }
        Ok(())
    }

    /// Adds the tally of other contracts in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge);
    /// [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where one of them is made of totals. The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        let (Some(matched), Some(more)) = (&mut self.matched, &other.matched) else {
            return merge_ready_made(self, other, Self::is_of_nothing, READY_MADE);
        };
        expect_room(self.totals.records, other.totals.records)?;
        self.totals.records += other.totals.records;
        self.totals.contracts_at_start += other.totals.contracts_at_start;
        matched.merge(more, &mut self.totals);
        Ok(())
    }

    fn is_of_nothing(&self) -> bool {
        self.matched.is_some() && self.totals.records == 0
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

    /// The contracts behind the figures, by their ids, and what became of each, by the rule that counted it: those that came up for
    /// renewal, and those that were terminated early.
    ///
    /// ```
    /// use sales_metrics::{Contract, Currency, Per, Period, RenewalTally, Scope, date};
    ///
    /// let contract = |id, start| Contract::new(id, "Initech", start, Currency::USD)?.with_recurring(100, Per::Month);
    /// let contracts = [
    ///     contract("C-1", date(2025, 4, 1)?)?.with_last_day(date(2026, 3, 31)?)?,
    ///     contract("C-2", date(2025, 4, 1)?)?.with_last_day(date(2026, 3, 31)?)?,
    ///     contract("C-3", date(2026, 4, 1)?)?.with_renewal_of("C-2")?,
    ///     contract("C-4", date(2025, 4, 1)?)?.with_last_day(date(2026, 12, 31)?)?.with_terminated(date(2026, 1, 31)?)?,
    /// ];
    /// let renewals = RenewalTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
    /// let texts = renewals.contracts()?.map(|(id, standing)| format!("{id} {standing}"));
    /// assert_eq!(texts.collect::<Vec<_>>(), ["C-1 not renewed", "C-2 renewed on time", "C-4 terminated early"]);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where it is made of totals.
    pub fn contracts(
        &self,
    ) -> Result<impl Iterator<Item = (ContractId, RenewalStanding)>, Undefined> {
        let matched = self.matched.as_ref().ok_or(NO_CONTRACTS)?;
        Ok(matched.standings(self.scope.currency()).into_iter())
    }
}

const READY_MADE: TallyProblem = TallyProblem::ReadyMade { parts: "contracts" };

const NO_CONTRACTS: Undefined = Undefined::NotCounted("contracts");

verbs!(RenewalTally by Filling, of Contract, reads Everything, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a contract in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

/// How a contract counts. Refuses another currency, and more contracts than a tally takes.
#[inline]
fn standing(contract: &Contract, scope: &Scope, records: u64) -> Result<ContractStanding, Error> {
    contract.expect_currency(scope.currency())?;
    expect_room(records, 1)?;
    Ok(contract.standing(*scope))
}

/// Whether it is a customer's at the start.
#[inline]
fn is_at_start(standing: ContractStanding) -> bool {
    standing.is_active_at_start() && standing.makes_customer()
}

/// Contracts and renewals as they came: they are sooner matched at once than one by one.
struct Filling {
    records: u64,
    at_start: u64,
    came: Vec<(ContractId, Came)>,
    renewals: Pages<Renewing>,
    merged: Ledger<ContractId, Merged>,
}

impl Fill<Contract> for Filling {
    type View = Scope;
    type Tally = RenewalTally;

    fn empty(_: &Scope) -> Self {
        Self {
            records: 0,
            at_start: 0,
            came: Vec::new(),
            renewals: Pages::new(),
            merged: Ledger::new(),
        }
    }

    /// Growing would copy them into fresh memory, which is dear. Where there is no such room, they grow as they come: an iterator may promise
    /// anything.
    fn expect(&mut self, contracts: usize) {
        let _ = self.came.try_reserve(contracts / 2);
    }

    #[inline]
    fn add(&mut self, contract: &Contract, scope: &Scope) -> Result<(), Error> {
        let standing = standing(contract, scope, self.records)?;
        self.records += 1;
        self.at_start += u64::from(is_at_start(standing));
        if let Some(came) = Came::of(contract.terms(), standing) {
            self.came.push((contract.id().clone(), came));
        }
        let Some(successor) = Successor::of(contract, standing, scope) else {
            return Ok(());
        };
        match contract.renewal_of() {
            [renewed] => self.renewals.push((renewed.clone(), successor)),
            several => {
                self.merged.put(contract.id(), Merged(several.to_vec()));
                for renewed in several {
                    self.renewals.push((renewed.clone(), successor.clone()));
                }
            }
        }
        Ok(())
    }

    fn done(mut self, scope: &Scope) -> RenewalTally {
        self.came.shrink_to_fit();
        let matched = Matched::of(Ledger::of(self.came), self.renewals, self.merged);
        RenewalTally::counted(*scope, self.records, self.at_start, matched)
    }
}
