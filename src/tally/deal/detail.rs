use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Amount, Deal};
use crate::tally::Distribution;
use crate::tally::deal::DealTally;
use crate::tally::deal::contains::contains;
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::impossible;
use crate::tally::rules::{WHOLE, expect_all};
use crate::tally::store::{DayCounts, QuickHash, Sample};
use crate::value::number::Exact;
use crate::value::{AccountId, AmountSum, Days, Money, sorted};

/// A [`DealTally`], and what grows with the deals: every cycle, size and age, and the distinct accounts.
///
/// Medians, percentiles and figures per account are read from it. It has the verbs of a tally; [`tally`](Self::tally) is
/// the part of a fixed size, which the other KPIs take.
///
/// ```
/// use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let mut detail = DealDetail::new(q1);
/// for (id, amount) in [("D-1", 1), ("D-2", 2), ("D-3", 9)] {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     detail.record(&Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(amount)?)?;
/// }
/// assert_eq!(kpi::median_deal_size(&detail)?.to_string(), "2 USD");
/// assert_eq!(kpi::total_revenue(detail.tally())?.to_string(), "12 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct DealDetail {
    tally: DealTally,
    /// Days from creation to close of the won deals with sound dates.
    cycle_days: DayCounts,
    /// Amounts of the won deals that have one, in units of 10⁻⁴.
    deal_sizes: Sample<{ AmountSum::UNITS_PER_ONE }>,
    /// Days since their creation of the open deals.
    open_ages: DayCounts,
    /// Accounts of the won deals that have an amount.
    accounts: HashSet<AccountId, QuickHash>,
    /// The sum of the amounts of the won deals that name an account.
    account_amount: AmountSum,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    tally: DealTally,
    cycle_days: Vec<u64>,
    deal_sizes: Vec<Exact>,
    open_ages: Vec<u64>,
    accounts: Vec<AccountId>,
    account_amount: AmountSum,
}

impl TryFrom<Wire> for DealDetail {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let sizes = wire
            .deal_sizes
            .iter()
            .map(|Exact(size)| AmountSum::try_from(*size));
        let units = sizes
            .map(|size| u64::try_from(size?.units()).map_err(|_| not_of_tally()))
            .collect::<Result<Vec<u64>, Error>>()?;
        Self {
            tally: wire.tally,
            cycle_days: DayCounts::of(&wire.cycle_days).ok_or_else(not_of_tally)?,
            deal_sizes: Sample::of(units),
            open_ages: DayCounts::of(&wire.open_ages).ok_or_else(not_of_tally)?,
            accounts: accounts(wire.accounts),
            account_amount: wire.account_amount,
        }
        .checked()
    }
}

impl From<DealDetail> for Wire {
    fn from(detail: DealDetail) -> Self {
        let size = |units: u64| Exact(AmountSum::of_units(units).decimal());
        Self {
            cycle_days: detail.cycle_days.list(),
            deal_sizes: detail.deal_sizes.sorted().iter().map(size).collect(),
            open_ages: detail.open_ages.list(),
            accounts: sorted(detail.accounts.into_iter().collect(), Ord::cmp),
            account_amount: detail.account_amount,
            tally: detail.tally,
        }
    }
}

contains!(DealDetail);

impl DealDetail {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            tally: DealTally::new(scope),
            cycle_days: DayCounts::default(),
            deal_sizes: Sample::default(),
            open_ages: DayCounts::default(),
            accounts: HashSet::with_hasher(QuickHash::new()),
            account_amount: AmountSum::ZERO,
        }
    }

    /// Counts one more deal.
    ///
    /// # Errors
    /// As [`DealTally::of`]; the tally is then as it was.
    pub fn record(&mut self, deal: &Deal) -> Result<(), Error> {
        let scope = self.scope();
        self.add(deal, &scope)
    }

    fn take_account(&mut self, account: Option<&AccountId>, amount: Amount) {
        let Some(account) = account else { return };
        self.account_amount.add(u128::from(amount.units()));
        if !self.accounts.contains(account) {
            self.accounts.insert(account.clone());
        }
    }

    /// Adds the tally of other deals in the same scope.
    ///
    /// # Errors
    /// As [`DealTally::merge`]; the tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.tally.merge(&other.tally)?;
        self.cycle_days.merge(&other.cycle_days);
        self.deal_sizes.merge(&other.deal_sizes);
        self.open_ages.merge(&other.open_ages);
        self.accounts.extend(other.accounts.iter().cloned());
        self.account_amount.add(other.account_amount.units());
        Ok(())
    }

    /// How many accounts have a won deal with an amount.
    #[must_use]
    pub fn accounts(&self) -> u64 {
        u64::try_from(self.accounts.len()).unwrap_or(u64::MAX)
    }

    /// The sum of the amounts of the won deals that name an account.
    #[must_use]
    pub fn account_amount(&self) -> AmountSum {
        self.account_amount
    }

    /// From creation to close, of the won deals that did not close before it.
    #[must_use]
    pub fn cycles(&self) -> Distribution<'_, Days> {
        Distribution::of_days(&self.cycle_days, self.scope().currency())
    }

    /// The amounts of the won deals that have one.
    #[must_use]
    pub fn sizes(&self) -> Distribution<'_, Money> {
        Distribution::of_amounts(self.deal_sizes.sorted(), self.scope().currency())
    }

    /// Since their creation, of the open deals of which it is known.
    #[must_use]
    pub fn ages(&self) -> Distribution<'_, Days> {
        Distribution::of_days(&self.open_ages, self.scope().currency())
    }

    /// Checks that the samples are those of the tally.
    fn checked(self) -> Result<Self, Error> {
        let totals = self.tally.totals();
        let days = |sum: u64| u128::from(sum);
        let agree = [
            (self.cycle_days.count(), totals.won_cycle.count),
            (self.deal_sizes.count(), totals.won.priced),
            (
                self.open_ages.count(),
                totals
                    .open
                    .count
                    .saturating_sub(totals.open_without_creation),
            ),
        ]
        .iter()
        .all(|(found, expected)| found == expected)
            && self.cycle_days.total() == days(totals.won_cycle.days)
            && self.deal_sizes.sorted().total() == totals.won.amount.units()
            && self.open_ages.total() == days(totals.open_days)
            && self.deal_sizes.sorted().greatest() <= Amount::MAX_UNITS
            && self.accounts() <= totals.won.priced
            && self.account_amount <= totals.won.amount
            && (self.account_amount == AmountSum::ZERO || !self.accounts.is_empty());
        expect_all(&[(totals.is_whole(), WHOLE), (agree, OF_TALLY)])?;
        Ok(self)
    }
}

fn accounts(named: Vec<AccountId>) -> HashSet<AccountId, QuickHash> {
    let mut accounts = HashSet::with_hasher(QuickHash::new());
    accounts.extend(named);
    accounts
}

const OF_TALLY: &str =
    "a detail's cycles, sizes, ages and accounts are those that its tally counts";

fn not_of_tally() -> Error {
    impossible(OF_TALLY)
}

verbs!(DealDetail of Deal, reads Account, Scope, "As [`DealTally::of`].");

impl Fill<Deal> for DealDetail {
    type View = Scope;
    type Tally = Self;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    #[inline]
    fn add(&mut self, deal: &Deal, scope: &Scope) -> Result<(), Error> {
        self.tally.add(deal, scope)?;
        let (facts, standing) = (deal.facts(), deal.standing(*scope));
        if standing.is_won() {
            if let Some(days) = facts.cycle_days() {
                self.cycle_days.push(days);
            }
            if let Some(amount) = facts.amount() {
                self.deal_sizes.push(amount.units());
                self.take_account(deal.account(), amount);
            }
        } else if let Some(days) = standing.open_days() {
            self.open_ages.push(days);
        }
        Ok(())
    }

    fn done(mut self, _: &Scope) -> Self {
        self.deal_sizes.settle();
        self
    }
}
