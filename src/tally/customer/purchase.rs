use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::{Deal, DealStatus, Record};
use crate::tally::engine::{Fill, verbs};
use crate::tally::priced::{MAX_RECORDS, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::store::{Join, Ledger, Turn};
use crate::value::{AccountId, Entries, Label};

/// The first win of every account: who became a customer in the period, and through which channel.
///
/// It wants every deal that there ever was, not only those of the period: an account is a new customer where its first win ever
/// is in the period, up to the as-of day. Its channel is the source of that win; of several on that day, the first source by
/// name, and none only where none of them names one. Deals in other currencies are refused as everywhere, so convert them first.
///
/// ```
/// use sales_metrics::{Currency, Deal, Label, Outcome, Period, PurchaseTally, Scope, date};
///
/// let won = |id, account, on| Deal::new(id, date(2025, 1, 7)?, Outcome::Won { on }, Currency::USD)?.with_account(account);
/// let deals = [
///     won("D-1", "Initech", date(2025, 11, 3)?)?,
///     won("D-2", "Initech", date(2026, 2, 3)?)?,
///     won("D-3", "Acme", date(2026, 2, 20)?)?.with_source("webinar")?,
/// ];
/// let purchases = PurchaseTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(purchases.totals().new_customers, 1);
/// assert_eq!(purchases.new_customers_of(&Label::new("webinar")?), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct PurchaseTally {
    scope: Scope,
    /// Invariant: what the deals and the accounts come to.
    totals: PurchaseTotals,
    accounts: Ledger<AccountId, FirstWin>,
}

/// Everything that the KPIs of new customers read from a [`PurchaseTally`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct PurchaseTotals {
    /// All deals that were looked at, whether they count or not.
    pub records: u64,
    /// Deals won up to the as-of day, in the period or before.
    pub won: u64,
    /// Of the won ones, those that name no account: nobody knows whose first they are.
    pub without_account: u64,
    /// Accounts that have bought up to the as-of day, in the period or before.
    pub customers: u64,
    /// Accounts whose first win ever is in the period.
    pub new_customers: u64,
}

/// The totals that do not depend on whose deal it is.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    records: u64,
    won: u64,
    without_account: u64,
}

/// When an account first bought, and through what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstWin {
    on: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Label>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    counts: Counts,
    accounts: Entries<AccountId, FirstWin>,
}

impl TryFrom<Wire> for PurchaseTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let mut tally = Self::new(wire.scope);
        tally.totals = PurchaseTotals {
            records: wire.counts.records,
            won: wire.counts.won,
            without_account: wire.counts.without_account,
            ..PurchaseTotals::default()
        };
        tally.accounts = wire.accounts.into();
        let tally = Filling(tally).done(&wire.scope);
        tally.check()?;
        Ok(tally)
    }
}

impl From<PurchaseTally> for Wire {
    fn from(tally: PurchaseTally) -> Self {
        let PurchaseTotals {
            records,
            won,
            without_account,
            ..
        } = tally.totals;
        Self {
            scope: tally.scope,
            counts: Counts {
                records,
                won,
                without_account,
            },
            accounts: tally.accounts.sorted(),
        }
    }
}

impl FirstWin {
    /// The earlier first, then the source by name, none last.
    fn is_before(&self, other: &Self) -> bool {
        let key = |win: &Self| (win.on, win.source.is_none());
        let by_name = || self.source < other.source;
        key(self) < key(other) || (key(self) == key(other) && by_name())
    }
}

impl Join for FirstWin {
    fn join(&mut self, other: &Self) {
        if other.is_before(self) {
            *self = other.clone();
        }
    }
}

impl PurchaseTotals {
    fn count(&mut self, first: &FirstWin, turn: Turn, scope: Scope) {
        turn.count(&mut self.customers, 1);
        turn.count(&mut self.new_customers, u64::from(scope.counts(first.on)));
    }
}

impl PurchaseTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            totals: PurchaseTotals::default(),
            accounts: Ledger::new(),
        }
    }

    /// Counts one more deal.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    pub fn record(&mut self, deal: &Deal) -> Result<(), Error> {
        let scope = self.scope;
        self.add(deal, scope, |totals, first, turn| {
            totals.count(first, turn, scope);
        })
    }

    /// Counts a deal. `count` is told what becomes of its account.
    #[inline]
    fn add(
        &mut self,
        deal: &Deal,
        scope: Scope,
        count: impl Fn(&mut PurchaseTotals, &FirstWin, Turn),
    ) -> Result<(), Error> {
        deal.expect_currency(scope.currency())?;
        expect_room(self.totals.records, 1)?;
        self.totals.records += 1;
        let ending = deal.facts().ending;
        let won = ending
            .filter(|ending| ending.status == DealStatus::Won && ending.on <= scope.as_of_number());
        if let Some(won) = won {
            self.take(deal, won.on, count);
        }
        Ok(())
    }

    /// Adds the tally of other deals in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        let (totals, more, scope) = (&mut self.totals, &other.totals, self.scope);
        expect_room(totals.records, more.records)?;
        totals.records += more.records;
        totals.won += more.won;
        totals.without_account += more.without_account;
        self.accounts.merge_counted(&other.accounts, |first, turn| {
            totals.count(first, turn, scope);
        });
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Its counts.
    #[must_use]
    pub fn totals(&self) -> &PurchaseTotals {
        &self.totals
    }

    /// Accounts whose first win ever is in the period and came through this channel.
    #[must_use]
    pub fn new_customers_of(&self, channel: &Label) -> u64 {
        let through = self
            .firsts()
            .filter(|first| first.source.as_ref() == Some(channel));
        through.fold(0, |count, _| count + 1)
    }

    /// Accounts whose first win ever is in the period, by their channel.
    // Inline, so that a map of these is compiled where somebody asks for one.
    #[inline]
    #[must_use]
    pub fn new_customers_by_channel(&self) -> BTreeMap<Option<&Label>, u64> {
        let mut channels = BTreeMap::new();
        for first in self.firsts() {
            let count: &mut u64 = channels.entry(first.source.as_ref()).or_default();
            *count += 1;
        }
        channels
    }

    /// The first wins in the period.
    fn firsts(&self) -> impl Iterator<Item = &FirstWin> {
        let scope = self.scope;
        let entries = self.accounts.entries();
        entries.filter(move |first| scope.counts(first.on))
    }

    fn take(&mut self, deal: &Deal, on: Day, count: impl Fn(&mut PurchaseTotals, &FirstWin, Turn)) {
        let totals = &mut self.totals;
        totals.won += 1;
        let Some(account) = deal.account() else {
            totals.without_account += 1;
            return;
        };
        let is_later = |first: &FirstWin| first.on < on;
        if self.accounts.get(account).is_some_and(is_later) {
            return;
        }
        let source = deal.source().cloned();
        let first = FirstWin { on, source };
        self.accounts
            .put_counted(account, first, |first, turn| count(totals, first, turn));
    }

    /// Checks that some set of deals can have these entries, as far as they show it.
    fn check(&self) -> Result<(), Error> {
        let (totals, as_of) = (&self.totals, self.scope.as_of_number());
        let named = totals.won.checked_sub(totals.without_account);
        expect_all(&[
            (totals.records <= MAX_RECORDS, "records are at most 10^10"),
            (
                totals.won <= totals.records,
                "records are all deals looked at: at least the won ones",
            ),
            (
                named.is_some_and(|named| totals.customers <= named)
                    && (totals.customers > 0 || named == Some(0)),
                "without_account is a part of won, and the accounts are those of the other won deals",
            ),
            (
                self.accounts.entries().all(|first| first.on <= as_of),
                "first wins are on or before the as-of day",
            ),
        ])
    }
}

verbs!(PurchaseTally by Filling, of Deal, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a deal in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

/// A tally whose accounts are not in its totals yet: they are sooner counted once.
struct Filling(PurchaseTally);

impl Fill<Deal> for Filling {
    type View = Scope;
    type Tally = PurchaseTally;

    fn empty(scope: &Scope) -> Self {
        Self(PurchaseTally::new(*scope))
    }

    #[inline]
    fn add(&mut self, deal: &Deal, scope: &Scope) -> Result<(), Error> {
        self.0.add(deal, *scope, |_, _, _| {})
    }

    fn done(self, scope: &Scope) -> PurchaseTally {
        let Self(mut tally) = self;
        for first in tally.accounts.entries() {
            tally.totals.count(first, Turn::In, *scope);
        }
        tally
    }
}
