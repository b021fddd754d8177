use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::{Deal, DealStatus, Record};
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::impossible;
use crate::tally::priced::{MAX_RECORDS, expect_room};
use crate::tally::store::{Join, Ledger};
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
/// assert_eq!(purchases.new_customers(), 1);
/// assert_eq!(purchases.new_customers_of(&Label::new("webinar")?), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct PurchaseTally {
    scope: Scope,
    counts: Counts,
    accounts: Ledger<AccountId, FirstWin>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    records: u64,
    /// Won up to the as-of day.
    won: u64,
    /// Of the won ones, those that name no account.
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
        Self {
            scope: wire.scope,
            counts: wire.counts,
            accounts: wire.accounts.into(),
        }
        .checked()
    }
}

impl From<PurchaseTally> for Wire {
    fn from(tally: PurchaseTally) -> Self {
        Self {
            scope: tally.scope,
            counts: tally.counts,
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

impl Counts {
    fn plus(self, other: Self) -> Result<Self, Error> {
        expect_room(self.records, other.records)?;
        Ok(Self {
            records: self.records + other.records,
            won: self.won + other.won,
            without_account: self.without_account + other.without_account,
        })
    }
}

impl PurchaseTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            counts: Counts::default(),
            accounts: Ledger::new(),
        }
    }

    /// Counts one more deal.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    pub fn record(&mut self, deal: &Deal) -> Result<(), Error> {
        let scope = self.scope;
        self.add(deal, &scope)
    }

    /// Adds the tally of other deals in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        self.counts = self.counts.plus(other.counts)?;
        self.accounts.merge(&other.accounts);
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// All deals that were looked at, whether they count or not.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.counts.records
    }

    /// Accounts that have bought up to the as-of day, in the period or before.
    #[must_use]
    pub fn customers(&self) -> u64 {
        self.accounts.len()
    }

    /// Deals won up to the as-of day, in the period or before, that name no account: nobody knows whose first they are.
    #[must_use]
    pub fn without_account(&self) -> u64 {
        self.counts.without_account
    }

    /// Accounts whose first win ever is in the period.
    #[must_use]
    pub fn new_customers(&self) -> u64 {
        self.firsts().fold(0, |count, _| count + 1)
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

    fn take(&mut self, deal: &Deal, on: Day) {
        self.counts.won += 1;
        let Some(account) = deal.account() else {
            self.counts.without_account += 1;
            return;
        };
        let is_later = |first: &FirstWin| first.on < on;
        if self.accounts.get(account).is_some_and(is_later) {
            return;
        }
        let source = deal.source().cloned();
        self.accounts.put(account, FirstWin { on, source });
    }

    /// Checks that some set of deals can have these entries, as far as they show it.
    fn checked(self) -> Result<Self, Error> {
        let as_of = self.scope.as_of_number();
        let Counts {
            records,
            won,
            without_account,
        } = self.counts;
        let named = won.checked_sub(without_account);
        let agree = records <= MAX_RECORDS
            && won <= records
            && named.is_some_and(|named| self.accounts.len() <= named)
            && (self.accounts.len() > 0 || named == Some(0))
            && self.accounts.entries().all(|first| first.on <= as_of);
        if agree { Ok(self) } else { Err(inconsistent()) }
    }
}

fn inconsistent() -> Error {
    impossible(
        "a purchase tally's accounts are those of its won deals, and their first wins are on or before the as-of day",
    )
}

verbs!(PurchaseTally of Deal, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a deal in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Deal> for PurchaseTally {
    type View = Scope;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    #[inline]
    fn add(&mut self, deal: &Deal, scope: &Scope) -> Result<(), Error> {
        deal.expect_currency(scope.currency())?;
        expect_room(self.counts.records, 1)?;
        self.counts.records += 1;
        let ending = deal.facts().ending;
        let won = ending
            .filter(|ending| ending.status == DealStatus::Won && ending.on <= scope.as_of_number());
        if let Some(won) = won {
            self.take(deal, won.on);
        }
        Ok(())
    }
}
