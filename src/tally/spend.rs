use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::engine::{Fill, verbs};
use super::given::given;
use super::priced::{MAX_RECORDS, expect_room, fits};
use super::rules::expect_all;
use super::store::{Join, Ledger};
use crate::error::Error;
use crate::period::Scope;
use crate::record::{Outlay, Record, Spend, SpendCategory, SpendStanding};
use crate::value::{AmountSum, Entries, Label};

/// What was spent in one scope, by category and channel.
///
/// ```
/// use sales_metrics::{Currency, Label, Period, Scope, Spend, SpendCategory, SpendTally, date};
///
/// let spends = [
///     Spend::new("S-1", date(2026, 1, 31)?, 60_000, Currency::USD, SpendCategory::Sales)?,
///     Spend::new("S-2", date(2026, 2, 3)?, 1_200, Currency::USD, SpendCategory::Marketing)?.with_source("webinar")?,
/// ];
/// let spend = SpendTally::of(&spends, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(spend.totals().acquisition().decimal(), 61_200.into());
/// assert_eq!(spend.channel(&Label::new("webinar")?).acquisition().decimal(), 1_200.into());
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct SpendTally {
    scope: Scope,
    totals: SpendTotals,
    /// Of the expenses that name a channel.
    channels: Ledger<Label, SpendTotals>,
}

/// Expenses that count somewhere: how many, and what they add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Spent {
    /// How many expenses.
    pub count: u64,
    /// The sum of their amounts.
    pub amount: AmountSum,
}

given! {
    /// Everything a [`SpendTally`] counts, of all expenses or of one channel: dated in the period, and not after the as-of day.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    pub struct SpendTotals {
        /// All expenses that were looked at, whether they count or not.
        pub records: u64,
        /// On sales.
        pub sales: Spent,
        /// On marketing.
        pub marketing: Spent,
        /// On anything else.
        pub other: Spent,
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    totals: SpendTotals,
    #[serde(default)]
    channels: Entries<Label, SpendTotals>,
}

impl TryFrom<Wire> for SpendTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        Self {
            scope: wire.scope,
            totals: wire.totals,
            channels: wire.channels.into(),
        }
        .checked()
    }
}

impl From<SpendTally> for Wire {
    fn from(tally: SpendTally) -> Self {
        Self {
            scope: tally.scope,
            totals: tally.totals,
            channels: tally.channels.sorted(),
        }
    }
}

impl Spent {
    /// So many expenses, and what they add up to.
    #[must_use]
    pub fn of(count: u64, amount: AmountSum) -> Self {
        Self { count, amount }
    }

    fn plus(mut self, other: Self) -> Self {
        self.count += other.count;
        self.amount.add(other.amount.units());
        self
    }

    fn is_part_of(self, whole: Self) -> bool {
        self.count <= whole.count && self.amount <= whole.amount
    }
}

impl SpendTotals {
    /// What was spent on sales and marketing together: on winning customers.
    #[must_use]
    pub fn acquisition(&self) -> AmountSum {
        self.sales.plus(self.marketing).amount
    }

    fn of(outlay: &Outlay, scope: &Scope) -> Self {
        let mut totals = Self {
            records: 1,
            ..Self::default()
        };
        if SpendStanding::of(outlay, scope).is_counted() {
            let spent = match outlay.category {
                SpendCategory::Sales => &mut totals.sales,
                SpendCategory::Marketing => &mut totals.marketing,
                SpendCategory::Other => &mut totals.other,
            };
            *spent = Spent {
                count: 1,
                amount: AmountSum::of_units(outlay.amount.units()),
            };
        }
        totals
    }

    fn plus(self, other: Self) -> Self {
        Self {
            records: self.records + other.records,
            sales: self.sales.plus(other.sales),
            marketing: self.marketing.plus(other.marketing),
            other: self.other.plus(other.other),
        }
    }

    fn check(&self) -> Result<(), Error> {
        let groups = [self.sales, self.marketing, self.other];
        let count = groups
            .iter()
            .fold(0, |sum: u64, spent| sum.saturating_add(spent.count));
        let fits = |spent: &Spent| fits(spent.amount, spent.count);
        expect_all(&[
            (self.records <= MAX_RECORDS, "records are at most 10^10"),
            (
                count <= self.records,
                "records are all expenses looked at: at least those of every category together",
            ),
            (groups.iter().all(fits), "amounts are at most 10^14 each"),
        ])
    }

    fn is_part_of(&self, whole: &Self) -> bool {
        self.records <= whole.records
            && self.sales.is_part_of(whole.sales)
            && self.marketing.is_part_of(whole.marketing)
            && self.other.is_part_of(whole.other)
    }
}

impl Join for SpendTotals {
    fn join(&mut self, other: &Self) {
        *self = self.plus(*other);
    }
}

impl SpendTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            totals: SpendTotals::default(),
            channels: Ledger::new(),
        }
    }

    /// The tally of ready-made totals, without channels: a ledger's accounts.
    ///
    /// ```
    /// use sales_metrics::{Currency, Decimal, Period, Scope, SpendTally};
    /// use sales_metrics::tally::{SpendTotals, Spent};
    ///
    /// let year = Scope::new(Period::year(2026)?, Currency::USD);
    /// let sales = Spent::of(12, Decimal::from(70_000).try_into()?);
    /// let marketing = Spent::of(4, Decimal::from(30_000).try_into()?);
    /// let spend = SpendTally::from_totals(year, SpendTotals::given()
    ///     .records(16)
    ///     .sales(sales)
    ///     .marketing(marketing))?;
    /// assert_eq!(spend.totals().acquisition().decimal(), 100_000.into());
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no expenses can have such totals: more counted ones than records, say.
    pub fn from_totals(scope: Scope, totals: SpendTotals) -> Result<Self, Error> {
        Self {
            totals,
            ..Self::new(scope)
        }
        .checked()
    }

    /// Counts one more expense.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    pub fn record(&mut self, spend: &Spend) -> Result<(), Error> {
        let scope = self.scope;
        self.add(spend, &scope)
    }

    /// Adds the tally of other expenses in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        expect_room(self.totals.records, other.totals.records)?;
        self.totals = self.totals.plus(other.totals);
        self.channels.merge(&other.channels);
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Its counts and sums, of all expenses.
    #[must_use]
    pub fn totals(&self) -> &SpendTotals {
        &self.totals
    }

    /// The counts and sums of the expenses on a channel: nothing where none names it.
    #[must_use]
    pub fn channel(&self, channel: &Label) -> SpendTotals {
        self.channels.get(channel).copied().unwrap_or_default()
    }

    /// The counts and sums of every channel that an expense names.
    // Inline, so that a map of these is compiled where somebody asks for one.
    #[inline]
    #[must_use]
    pub fn channels(&self) -> BTreeMap<&Label, &SpendTotals> {
        let mut channels = BTreeMap::new();
        for (channel, totals) in self.channels.iter() {
            channels.insert(channel, totals);
        }
        channels
    }

    /// Checks that some set of expenses can have these totals, as far as they show it.
    fn checked(self) -> Result<Self, Error> {
        self.totals.check()?;
        let mut named = SpendTotals::default();
        for channel in self.channels.entries() {
            // Each is sound by itself before it is added, so that the sum holds.
            channel.check()?;
            named = named.plus(*channel);
            expect_all(&[
                (channel.records > 0, "every channel is named by an expense"),
                (
                    named.is_part_of(&self.totals),
                    "the channels are parts of all expenses",
                ),
            ])?;
        }
        Ok(self)
    }
}

verbs!(SpendTally of Spend, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for an expense in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Spend> for SpendTally {
    type View = Scope;
    type Tally = Self;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    #[inline]
    fn add(&mut self, spend: &Spend, scope: &Scope) -> Result<(), Error> {
        spend.expect_currency(scope.currency())?;
        expect_room(self.totals.records, 1)?;
        let one = SpendTotals::of(spend.outlay(), scope);
        self.totals = self.totals.plus(one);
        if let Some(channel) = spend.source() {
            self.channels.put(channel, one);
        }
        Ok(())
    }

    fn done(self, _: &Scope) -> Self {
        self
    }
}
