use core::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::period::{Day, Scope};
use crate::record::{Deal, DealStatus, Record};
use crate::tally::customer::account::Paid;
use crate::tally::customer::{EITHER, NO_ACCOUNTS, READY_MADE, merge_ready_made};
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::{TallyProblem, impossible};
use crate::tally::given::given;
use crate::tally::priced::{MAX_RECORDS, Priced, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::store::{Join, Ledger, Turn};
use crate::value::{AccountId, AmountSum, Entries, Label};

/// The first win of every account: who became a customer in the period, and through which channel; and what was bought on that day and after
/// it.
///
/// It wants every deal that there ever was, not only those of the period: an account is a new customer where its first win ever
/// is in the period, up to the as-of day. A win of 0 and a credit are no purchase, a win of an unknown amount is. Its channel is the source of that win; of several on that day, the first source by
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
/// assert_eq!(purchases.totals().new_customers()?, 1);
/// assert_eq!(purchases.new_customers_of(&Label::new("webinar")?)?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct PurchaseTally {
    scope: Scope,
    /// Invariant: what the deals and the accounts come to.
    totals: PurchaseTotals,
    firsts: Firsts,
}

/// The first wins of the accounts, where they were counted.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Firsts {
    Counted(Ledger<AccountId, FirstWin>),
    /// Of a tally that is made of totals: how many came through each channel, if that was given.
    Given(Option<Entries<Label, u64>>),
}

given! {
    /// Everything that the KPIs of new customers read from a [`PurchaseTally`], and the form in which ready-made totals go in.
    #[derive(Copy)]
    pub struct PurchaseTotals {
        /// All deals that were looked at, whether they count or not.
        records: u64,
        /// Purchases: deals won up to the as-of day, in the period or before, but for those of an amount of 0 or less.
        won: u64,
        /// Of the won ones, those that name no account: nobody knows whose first they are.
        without_account: u64,
        /// Accounts that have bought up to the as-of day, in the period or before.
        customers: u64,
        /// Accounts whose first win ever is in the period.
        new_customers: u64,
        /// Of the won ones that name an account, those of the period.
        won_by_accounts: Priced,
        /// Of what these add up to, what new customers bought for on the day of their first win.
        first_amount: AmountSum,
    }
}

/// The totals that do not depend on whose deal it is.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    records: u64,
    won: u64,
    without_account: u64,
    won_by_accounts: Priced,
}

/// When an account first bought, through what, and for how much on that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstWin {
    on: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Label>,
    amount: Paid,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accounts: Option<Entries<AccountId, FirstWin>>,
    /// Instead of these, where it is made of totals.
    #[serde(skip_serializing_if = "Option::is_none")]
    totals: Option<PurchaseTotals>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channels: Option<Entries<Label, u64>>,
}

impl TryFrom<Wire> for PurchaseTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let scope = wire.scope;
        match (wire.counts, wire.accounts, wire.totals, wire.channels) {
            (Some(counts), Some(accounts), None, None) => Self::counted(scope, counts, accounts),
            (None, None, Some(totals), None) => Self::from_totals(scope, totals),
            (None, None, Some(totals), Some(channels)) => {
                Self::from_totals(scope, totals)?.with_channels(channels)
            }
            _ => Err(impossible(EITHER)),
        }
    }
}

impl From<PurchaseTally> for Wire {
    fn from(tally: PurchaseTally) -> Self {
        let PurchaseTotals {
            records,
            won,
            without_account,
            won_by_accounts,
            ..
        } = tally.totals;
        let nothing = Self {
            scope: tally.scope,
            counts: None,
            accounts: None,
            totals: None,
            channels: None,
        };
        match tally.firsts {
            Firsts::Counted(accounts) => Self {
                counts: Some(Counts {
                    records,
                    won,
                    without_account,
                    won_by_accounts,
                }),
                accounts: Some(accounts.sorted()),
                ..nothing
            },
            Firsts::Given(channels) => Self {
                totals: Some(tally.totals),
                channels,
                ..nothing
            },
        }
    }
}

/// The earlier first; of one day, what was bought for adds up, and the first source by name holds.
impl Join for FirstWin {
    fn join(&mut self, other: &Self) {
        match other.on.cmp(&self.on) {
            Ordering::Less => *self = other.clone(),
            Ordering::Equal => {
                self.amount = self.amount.plus(other.amount);
                let key = |win: &Self| win.source.is_none();
                if (key(other), &other.source) < (key(self), &self.source) {
                    self.source.clone_from(&other.source);
                }
            }
            Ordering::Greater => {}
        }
    }
}

impl PurchaseTotals {
    fn count(&mut self, first: &FirstWin, turn: Turn, scope: Scope) {
        turn.count(&mut self.customers, 1);
        if scope.counts(first.on) {
            turn.count(&mut self.new_customers, 1);
            turn.add(&mut self.first_amount, first.amount.units());
        }
    }

    /// Counts a won deal, but for its account: whether it has one.
    #[inline]
    fn take(&mut self, has_account: bool) {
        self.won += 1;
        self.without_account += u64::from(!has_account);
    }

    #[inline]
    fn take_of_period(&mut self, deal: &Deal) {
        if deal.account().is_some() {
            self.won_by_accounts.add(deal.facts().amount());
        }
    }

    /// How many customers there are at most.
    fn most_customers(&self) -> u64 {
        let won = self.won().or(self.records()).unwrap_or(MAX_RECORDS);
        let named = won.saturating_sub(self.without_account);
        self.customers().unwrap_or(named)
    }

    /// How many of them can be new.
    fn most_new_customers(&self) -> u64 {
        self.new_customers().unwrap_or(self.most_customers())
    }

    /// Checks that some set of deals can have these totals, as far as those that are given show it: a whole that is missing is as
    /// large as it may be, and a part of it that is missing is 0.
    fn check(&self) -> Result<(), Error> {
        let records = self.records().unwrap_or(MAX_RECORDS);
        let won = self.won().unwrap_or(records);
        let named = won.checked_sub(self.without_account);
        let by_accounts = self.won_by_accounts().unwrap_or(Priced::most(won));
        let is_known = self
            .won()
            .and(self.without_account())
            .and(self.customers())
            .is_ok();
        expect_all(&[
            (records <= MAX_RECORDS, "records are at most 10^10"),
            (
                won <= records,
                "records are all deals looked at: at least the won ones",
            ),
            (
                named.is_some_and(|named| self.customers <= named)
                    && (!is_known || self.customers > 0 || named == Some(0)),
                "without_account is a part of won, and the accounts are those of the other won deals",
            ),
            (
                self.new_customers <= self.most_customers(),
                "new customers are a part of all",
            ),
            (
                self.won_by_accounts.is_sound()
                    && named.is_some_and(|named| self.won_by_accounts.count <= named)
                    && self.new_customers <= by_accounts.count,
                "won_by_accounts are of the won deals that name an account, one at least of each new customer",
            ),
            (
                self.first_amount <= by_accounts.amount
                    && (self.first_amount == AmountSum::ZERO || self.most_new_customers() > 0),
                "first_amount is a part of what is won by accounts, by new customers",
            ),
        ])
    }
}

impl PurchaseTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            totals: PurchaseTotals::default(),
            firsts: Firsts::Counted(Ledger::new()),
        }
    }

    fn counted(
        scope: Scope,
        counts: Counts,
        accounts: Entries<AccountId, FirstWin>,
    ) -> Result<Self, Error> {
        let totals = PurchaseTotals {
            records: counts.records,
            won: counts.won,
            without_account: counts.without_account,
            won_by_accounts: counts.won_by_accounts,
            ..PurchaseTotals::default()
        };
        let firsts = Firsts::Counted(accounts.into());
        let tally = Self {
            scope,
            totals,
            firsts,
        };
        let tally = Filling(tally).done(&scope);
        tally.check()?;
        Ok(tally)
    }

    /// The tally of ready-made totals: a database's counts.
    ///
    /// It knows no accounts. Those of two tallies may be the same, so that nothing can be added to it: count all deals at once.
    /// Channels are not among its totals; [`with_channels`](Self::with_channels) adds the new customers of each, which
    /// [`cost_per_acquisition`](crate::kpi::cost_per_acquisition) needs. [`repeat_revenue_rate`](crate::kpi::repeat_revenue_rate) needs
    /// `won_by_accounts` and `first_amount`, the other KPIs of new customers `new_customers` alone; the other KPIs of a channel need records.
    ///
    /// ```
    /// use sales_metrics::{Currency, Decimal, Period, PurchaseTally, Scope, SpendTally, kpi};
    /// use sales_metrics::tally::{PurchaseTotals, SpendTotals, Spent};
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let purchases = PurchaseTally::from_totals(q1, PurchaseTotals::given().new_customers(8))?;
    /// let [sales, marketing] = [70_000, 30_000].map(|sum| Decimal::from(sum).try_into().map(|sum| Spent::of(9, sum)));
    /// let spend = SpendTally::from_totals(q1, SpendTotals::given().sales(sales?).marketing(marketing?))?;
    /// assert_eq!(kpi::customer_acquisition_cost(&spend, &purchases)?.to_string(), "12500 USD");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no deals can have such totals: more new customers than customers, say.
    pub fn from_totals(scope: Scope, totals: impl Into<PurchaseTotals>) -> Result<Self, Error> {
        let totals = totals.into();
        totals.check()?;
        Ok(Self {
            scope,
            totals,
            firsts: Firsts::Given(None),
        })
    }

    /// The same of ready-made totals, with the new customers of these channels: what came through no other one came through none.
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where they are more than all new customers; [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where
    /// the tally knows its channels: it has counted them, or they were given.
    pub fn with_channels(
        mut self,
        channels: impl IntoIterator<Item = (Label, u64)>,
    ) -> Result<Self, Error> {
        let Firsts::Given(given @ None) = &mut self.firsts else {
            return Err(TallyProblem::ChannelsKnown.into());
        };
        let mut entries = Entries::default();
        let mut sum = 0_u64;
        for (channel, customers) in channels {
            sum = sum.saturating_add(customers);
            let others = entries.get(&channel).copied().unwrap_or_default();
            entries.set(channel, customers.saturating_add(others));
        }
        expect_all(&[(
            sum <= self.totals.most_new_customers(),
            "the new customers of the channels are a part of all",
        )])?;
        *given = Some(entries);
        Ok(self)
    }

    /// Counts one more deal.
    ///
    /// # Errors
    /// As [`of`](Self::of), and [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where it is made of totals; the tally is then as it was.
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
        let Firsts::Counted(accounts) = &mut self.firsts else {
            return Err(READY_MADE.into());
        };
        expect_room(self.totals.records, 1)?;
        self.totals.records += 1;
        if let Some(on) = purchased_on(deal, scope) {
            let totals = &mut self.totals;
            totals.take(deal.account().is_some());
            if scope.counts(on) {
                totals.take_of_period(deal);
            }
            put_first(accounts, deal, on, |first, turn| {
                count(totals, first, turn);
            });
        }
        Ok(())
    }

    /// Adds the tally of other deals in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge);
    /// [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where one of them is made of totals, unless the other
    /// is of no records. The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        let (Firsts::Counted(accounts), Firsts::Counted(more_accounts)) =
            (&mut self.firsts, &other.firsts)
        else {
            return merge_ready_made(self, other, Self::is_of_nothing, READY_MADE);
        };
        let (totals, more, scope) = (&mut self.totals, &other.totals, self.scope);
        expect_room(totals.records, more.records)?;
        totals.records += more.records;
        totals.won += more.won;
        totals.without_account += more.without_account;
        totals.won_by_accounts = totals.won_by_accounts.plus(more.won_by_accounts);
        accounts.merge_counted(more_accounts, |first, turn| {
            totals.count(first, turn, scope);
        });
        Ok(())
    }

    fn is_of_nothing(&self) -> bool {
        matches!(self.firsts, Firsts::Counted(_)) && self.totals.records == 0
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

    /// The day of the first win of all, in the period or before it: where that is not long before the period, who bought still earlier
    /// seems new. None where no account has one.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where the tally is made of totals, which don't tell.
    pub fn first_win(&self) -> Result<Option<NaiveDate>, Undefined> {
        match &self.firsts {
            Firsts::Given(_) => Err(Undefined::NotCounted("first wins")),
            Firsts::Counted(accounts) => {
                let days = accounts.entries().map(|first| first.on);
                Ok(days.min().map(Day::date))
            }
        }
    }

    /// Accounts whose first win ever is in the period and came through this channel.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where the channels were not given.
    pub fn new_customers_of(&self, channel: &Label) -> Result<u64, Undefined> {
        match &self.firsts {
            Firsts::Given(None) => Err(NO_CHANNELS),
            Firsts::Given(Some(channels)) => Ok(channels.get(channel).copied().unwrap_or_default()),
            Firsts::Counted(accounts) => {
                let through = firsts(accounts, self.scope)
                    .filter(|first| first.source.as_ref() == Some(channel));
                Ok(through.fold(0, |count, _| count + 1))
            }
        }
    }

    /// Accounts whose first win ever is in the period, by their channel.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where the channels, or all new customers, were not given.
    // Inline, so that a map of these is compiled where somebody asks for one.
    #[inline]
    pub fn new_customers_by_channel(&self) -> Result<BTreeMap<Option<&Label>, u64>, Undefined> {
        let mut channels = BTreeMap::new();
        for (channel, count) in self.channels()? {
            *channels.entry(channel).or_default() += count;
        }
        Ok(channels)
    }

    /// New customers and their channels, of which each may come several times.
    fn channels(&self) -> Result<Vec<(Option<&Label>, u64)>, Undefined> {
        match &self.firsts {
            Firsts::Given(None) => Err(NO_CHANNELS),
            Firsts::Given(Some(given)) => {
                let mut channels = Vec::new();
                let mut through_none = self.totals.new_customers()?;
                for (channel, count) in given.iter().filter(|(_, count)| **count > 0) {
                    through_none = through_none.saturating_sub(*count);
                    channels.push((Some(channel), *count));
                }
                if through_none > 0 {
                    channels.push((None, through_none));
                }
                Ok(channels)
            }
            Firsts::Counted(accounts) => {
                let firsts = firsts(accounts, self.scope);
                Ok(firsts.map(|first| (first.source.as_ref(), 1)).collect())
            }
        }
    }

    /// The new customers, by their ids: the accounts whose first win ever is in the period, with its day and its channel.
    ///
    /// ```
    /// use sales_metrics::{Currency, Deal, Outcome, Period, PurchaseTally, Scope, date};
    ///
    /// let won = |id, account, on| Deal::new(id, date(2025, 1, 7)?, Outcome::Won { on }, Currency::USD)?.with_account(account);
    /// let deals = [
    ///     won("D-1", "Initech", date(2025, 11, 3)?)?,
    ///     won("D-2", "Initech", date(2026, 2, 3)?)?,
    ///     won("D-3", "Acme", date(2026, 2, 20)?)?.with_source("webinar")?,
    /// ];
    /// let purchases = PurchaseTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
    /// for (account, on, channel) in purchases.new_customers()? {
    ///     assert_eq!((account.as_str(), on), ("Acme", date(2026, 2, 20)?));
    ///     assert_eq!(channel.map(|channel| channel.as_str()), Some("webinar"));
    /// }
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where it is made of totals.
    pub fn new_customers(
        &self,
    ) -> Result<impl Iterator<Item = (&AccountId, NaiveDate, Option<&Label>)>, Undefined> {
        let Firsts::Counted(accounts) = &self.firsts else {
            return Err(NO_ACCOUNTS);
        };
        let mut new = Vec::new();
        for (account, first) in accounts.in_order() {
            if self.scope.counts(first.on) {
                new.push((account, first.on.date(), first.source.as_ref()));
            }
        }
        Ok(new.into_iter())
    }

    /// Checks that some set of deals can have these entries, as far as they show it.
    fn check(&self) -> Result<(), Error> {
        self.totals.check()?;
        let as_of = self.scope.as_of_number();
        let are_past = match &self.firsts {
            Firsts::Counted(accounts) => accounts.entries().all(|first| first.on <= as_of),
            Firsts::Given(_) => true,
        };
        expect_all(&[(are_past, "first wins are on or before the as-of day")])
    }
}

const NO_CHANNELS: Undefined = Undefined::NotCounted("channels");

/// The day of a purchase up to the as-of day; a win of 0 and a credit are none.
#[inline]
pub(crate) fn purchased_on(deal: &Deal, scope: Scope) -> Option<Day> {
    let facts = deal.facts();
    let won = facts
        .ending
        .filter(|ending| ending.status == DealStatus::Won && ending.on <= scope.as_of_number())
        .filter(|_| !facts.is_credit())
        .filter(|_| facts.amount().is_none_or(|amount| amount.units() > 0));
    won.map(|won| won.on)
}

/// The first win of a deal's account, where this one is not later than the first that is known.
#[inline]
fn put_first(
    accounts: &mut Ledger<AccountId, FirstWin>,
    deal: &Deal,
    on: Day,
    count: impl FnMut(&FirstWin, Turn),
) {
    let Some(account) = deal.account() else {
        return;
    };
    let is_later = |first: &FirstWin| first.on < on;
    if accounts.get(account).is_some_and(is_later) {
        return;
    }
    let first = FirstWin {
        on,
        source: deal.source().cloned(),
        amount: Paid::of(deal.facts().amount()),
    };
    accounts.put_counted(account, first, count);
}

/// The first wins in the period.
fn firsts(accounts: &Ledger<AccountId, FirstWin>, scope: Scope) -> impl Iterator<Item = &FirstWin> {
    let entries = accounts.entries();
    entries.filter(move |first| scope.counts(first.on))
}

verbs!(PurchaseTally by Filling, of Deal, reads Everything, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a deal in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

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
        if let Firsts::Counted(accounts) = &tally.firsts {
            for first in accounts.entries() {
                tally.totals.count(first, Turn::In, *scope);
            }
        }
        tally
    }
}
