use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::engine::{Fill, verbs};
use super::error::{TallyProblem, no_room};
use super::given::given;
use super::priced::{MAX_RECORDS, expect_room, fits};
use super::rules::expect_all;
use super::store::{Join, Ledger};
use crate::error::{Error, Undefined};
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
/// assert_eq!(spend.totals().acquisition()?.net(), 61_200.into());
/// assert_eq!(spend.channel(&Label::new("webinar")?)?.acquisition()?.net(), 1_200.into());
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct SpendTally {
    scope: Scope,
    totals: SpendTotals,
    /// Of the expenses that name a channel; none where they were not given.
    channels: Option<Ledger<Label, SpendTotals>>,
}

/// Expenses that count somewhere: how many, and what they add up to; and, apart, what came back of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Spent {
    /// How many expenses.
    pub count: u64,
    /// The sum of their amounts.
    pub amount: AmountSum,
    /// How many refunds.
    #[serde(default, skip_serializing_if = "is_none")]
    pub refunds: u64,
    /// What they add up to, as a positive sum.
    #[serde(default, skip_serializing_if = "is_none")]
    pub refunded: AmountSum,
}

fn is_none<T: Default + PartialEq>(sum: &T) -> bool {
    *sum == T::default()
}

given! {
    /// Everything a [`SpendTally`] counts, of all expenses or of one channel: dated in the period, and not after the as-of day.
    #[derive(Copy)]
    pub struct SpendTotals {
        /// All expenses that were looked at, whether they count or not.
        pub(super) records: u64,
        /// On sales.
        pub(super) sales: Spent,
        /// On marketing.
        pub(super) marketing: Spent,
        /// On anything else.
        pub(super) other: Spent,
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    totals: SpendTotals,
    #[serde(skip_serializing_if = "Option::is_none")]
    channels: Option<Entries<Label, SpendTotals>>,
}

impl TryFrom<Wire> for SpendTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        Self {
            scope: wire.scope,
            totals: wire.totals,
            channels: wire.channels.map(Ledger::from),
        }
        .checked()
    }
}

impl From<SpendTally> for Wire {
    fn from(tally: SpendTally) -> Self {
        Self {
            scope: tally.scope,
            totals: tally.totals,
            channels: tally.channels.map(Ledger::sorted),
        }
    }
}

impl Spent {
    /// So many expenses, and what they add up to.
    #[must_use]
    pub fn of(count: u64, amount: AmountSum) -> Self {
        Self {
            count,
            amount,
            ..Self::default()
        }
    }

    /// The same with so many refunds, and what they add up to.
    #[must_use]
    pub fn with_refunds(self, refunds: u64, refunded: AmountSum) -> Self {
        Self {
            refunds,
            refunded,
            ..self
        }
    }

    /// What was spent, less what came back: below 0 where more came back.
    #[must_use]
    pub fn net(self) -> Decimal {
        let (spent, refunded) = (self.amount.decimal(), self.refunded.decimal());
        spent.checked_sub(refunded).unwrap_or_default()
    }

    /// Whether there is no record at all of an expense or a refund: that is not a spend of 0.
    #[must_use]
    pub fn is_unrecorded(self) -> bool {
        self.count == 0 && self.refunds == 0
    }

    fn plus(mut self, other: Self) -> Self {
        self.count += other.count;
        self.amount.add(other.amount.units());
        self.refunds += other.refunds;
        self.refunded.add(other.refunded.units());
        self
    }

    fn is_part_of(self, whole: Self) -> bool {
        self.count <= whole.count
            && self.amount <= whole.amount
            && self.refunds <= whole.refunds
            && self.refunded <= whole.refunded
    }

    fn fits(self) -> bool {
        fits(self.amount, self.count) && fits(self.refunded, self.refunds)
    }
}

impl SpendTotals {
    /// What was spent on sales and marketing together: on winning customers.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where one of them was not given.
    pub fn acquisition(&self) -> Result<Spent, Undefined> {
        Ok(self.sales()?.plus(self.marketing()?))
    }

    /// Counts an expense, where none of these is missing.
    #[inline]
    fn add(&mut self, outlay: &Outlay, scope: &Scope) {
        // Whether one counts is as good as random: without a branch it takes less.
        let counted = u64::from(SpendStanding::of(outlay, scope).is_counted());
        let spent = match outlay.category {
            SpendCategory::Sales => &mut self.sales,
            SpendCategory::Marketing => &mut self.marketing,
            SpendCategory::Other => &mut self.other,
        };
        let (count, amount) = if outlay.is_refund {
            (&mut spent.refunds, &mut spent.refunded)
        } else {
            (&mut spent.count, &mut spent.amount)
        };
        self.records += 1;
        *count += counted;
        amount.add(u128::from(counted * outlay.amount.units()));
    }

    /// Those of one expense.
    #[inline]
    fn of(outlay: &Outlay, scope: &Scope) -> Self {
        let mut totals = Self::default();
        totals.add(outlay, scope);
        totals
    }

    /// Of totals that both are sound.
    fn plus(self, other: Self) -> Self {
        self.plus_known(other).settled()
    }

    /// The same with whatever one of them tells, though the other lacks it.
    #[inline]
    fn plus_known(self, other: Self) -> Self {
        Self {
            missing: self.missing.or(other.missing),
            records: self.records + other.records,
            sales: self.sales.plus(other.sales),
            marketing: self.marketing.plus(other.marketing),
            other: self.other.plus(other.other),
        }
    }

    fn check(&self) -> Result<(), Error> {
        let groups = [self.sales, self.marketing, self.other];
        let count = groups.iter().fold(0, |sum: u64, spent| {
            sum.saturating_add(spent.count)
                .saturating_add(spent.refunds)
        });
        let records = self.records().unwrap_or(MAX_RECORDS);
        expect_all(&[
            (records <= MAX_RECORDS, "records are at most 10^10"),
            (
                count <= records,
                "records are all expenses looked at: at least those of every category together",
            ),
            (
                groups.iter().all(|spent| spent.fits()),
                "amounts are at most 10^14 each",
            ),
        ])
    }

    /// As far as both tell.
    fn is_part_of(&self, whole: &Self) -> bool {
        let is_part = |part: Spent, whole: Result<Spent, Undefined>| {
            whole.map_or(true, |whole| part.is_part_of(whole))
        };
        whole
            .records()
            .map_or(true, |records| self.records <= records)
            && is_part(self.sales, whole.sales())
            && is_part(self.marketing, whole.marketing())
            && is_part(self.other, whole.other())
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
            channels: Some(Ledger::new()),
        }
    }

    /// The tally of ready-made totals: a ledger's accounts. Channels are not among them; [`with_channels`](Self::with_channels) adds them.
    ///
    /// What is left out is not counted, and not 0. These do for:
    ///
    /// | counters | KPIs |
    /// | --- | --- |
    /// | `sales` | [`sales_efficiency`](crate::kpi::sales_efficiency), [`sales_cost_ratio`](crate::kpi::sales_cost_ratio), [`cost_per_converted_customer`](crate::kpi::cost_per_converted_customer) |
    /// | `marketing` | [`cost_per_lead`](crate::kpi::cost_per_lead), [`marketing_cost_ratio`](crate::kpi::marketing_cost_ratio) |
    /// | `sales`, `marketing` | [`customer_acquisition_cost`](crate::kpi::customer_acquisition_cost), [`cost_per_new_contract`](crate::kpi::cost_per_new_contract), [`full_cost_per_lead`](crate::kpi::full_cost_per_lead), [`cac_payback`](crate::kpi::cac_payback), [`new_cac_ratio`](crate::kpi::new_cac_ratio), [`blended_cac_ratio`](crate::kpi::blended_cac_ratio), [`magic_number`](crate::kpi::magic_number), [`bookings_magic_number`](crate::kpi::bookings_magic_number) |
    /// | `sales`, `marketing` of each channel | [`cost_per_acquisition`](crate::kpi::cost_per_acquisition) |
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
    /// assert_eq!(spend.totals().acquisition()?.net(), 100_000.into());
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no expenses can have such totals: more counted ones than records, say.
    pub fn from_totals(scope: Scope, totals: impl Into<SpendTotals>) -> Result<Self, Error> {
        Self {
            scope,
            totals: totals.into(),
            channels: None,
        }
        .checked()
    }

    /// The same with the totals of these channels, and of no other: those of a channel that comes twice are added up.
    ///
    /// ```
    /// use sales_metrics::{Currency, Decimal, Label, Period, Scope, SpendTally, Undefined};
    /// use sales_metrics::tally::{SpendTotals, Spent};
    ///
    /// let year = Scope::new(Period::year(2026)?, Currency::USD);
    /// let spent = Spent::of(4, Decimal::from(30_000).try_into()?);
    /// let totals = SpendTotals::given().records(9).sales(Spent::default()).marketing(spent);
    /// let spend = SpendTally::from_totals(year, totals)?;
    /// let webinar = Label::new("webinar")?;
    /// assert_eq!(spend.channel(&webinar), Err(Undefined::NotCounted("channels")));
    ///
    /// let spend = spend.with_channels([(webinar.clone(), totals.into())])?;
    /// assert_eq!(spend.channel(&webinar)?.acquisition()?.net(), 30_000.into());
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no expenses can have such totals, or where they are more than those of all;
    /// [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where the tally knows its channels: it has counted them, or they were given.
    pub fn with_channels(
        mut self,
        channels: impl IntoIterator<Item = (Label, SpendTotals)>,
    ) -> Result<Self, Error> {
        let mut ledger = Ledger::new();
        for (channel, totals) in channels {
            // Each is sound by itself before it is added, so that the sum holds.
            totals.check()?;
            ledger.put(&channel, totals);
            if let Some(sum) = ledger.get(&channel) {
                sum.check()?;
            }
        }
        if self.channels.replace(ledger).is_some() {
            return Err(TallyProblem::ChannelsKnown.into());
        }
        self.checked()
    }

    /// Counts one more expense.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    pub fn record(&mut self, spend: &Spend) -> Result<(), Error> {
        let scope = self.scope;
        if self.totals.is_whole() {
            return self.add(spend, &scope);
        }
        spend.expect_currency(scope.currency())?;
        let one = SpendTotals::of(spend.outlay(), &scope);
        let sum = self.totals.plus(one);
        sum.check().map_err(no_room)?;
        if let (Some(channel), Some(channels)) = (spend.source(), &mut self.channels) {
            let through = channels.get(channel).copied().unwrap_or_default();
            through.plus(one).check().map_err(no_room)?;
            channels.put(channel, one);
        }
        self.totals = sum;
        Ok(())
    }

    /// Adds the tally of other expenses in the same scope. What one of them does not count, the sum does not either.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        let sum = self.totals.plus(other.totals);
        sum.check().map_err(no_room)?;
        match (&mut self.channels, &other.channels) {
            // A part of what is within bounds.
            (Some(channels), Some(more)) if sum.is_whole() => channels.merge(more),
            (Some(channels), Some(more)) => self.channels = Some(merged_by_itself(channels, more)?),
            _ => self.channels = None,
        }
        self.totals = sum;
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
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where the channels were not given.
    pub fn channel(&self, channel: &Label) -> Result<SpendTotals, Undefined> {
        let channels = self.channels.as_ref().ok_or(NO_CHANNELS)?;
        Ok(channels.get(channel).copied().unwrap_or_default())
    }

    /// The counts and sums of every channel that an expense names.
    ///
    /// # Errors
    /// As [`channel`](Self::channel).
    // Inline, so that a map of these is compiled where somebody asks for one.
    #[inline]
    pub fn channels(&self) -> Result<BTreeMap<&Label, &SpendTotals>, Undefined> {
        let mut channels = BTreeMap::new();
        for (channel, totals) in self.channels.as_ref().ok_or(NO_CHANNELS)?.iter() {
            channels.insert(channel, totals);
        }
        Ok(channels)
    }

    /// Checks that some set of expenses can have these totals, as far as they show it.
    fn checked(self) -> Result<Self, Error> {
        self.totals.check()?;
        let mut named = SpendTotals::default();
        for channel in self.channels.iter().flat_map(Ledger::entries) {
            // Each is sound by itself before it is added, so that the sum holds.
            channel.check()?;
            named = named.plus_known(*channel);
            expect_all(&[
                (
                    channel.records() != Ok(0),
                    "every channel is named by an expense",
                ),
                (
                    named.is_part_of(&self.totals),
                    "the channels are parts of all expenses",
                ),
            ])?;
        }
        Ok(self)
    }
}

/// The channels of totals that lack a counter, which are not bounded by it.
fn merged_by_itself(
    channels: &Ledger<Label, SpendTotals>,
    more: &Ledger<Label, SpendTotals>,
) -> Result<Ledger<Label, SpendTotals>, Error> {
    let mut merged = channels.clone();
    merged.merge(more);
    for channel in merged.entries() {
        channel.check().map_err(no_room)?;
    }
    Ok(merged)
}

const NO_CHANNELS: Undefined = Undefined::NotCounted("channels");

verbs!(SpendTally of Spend, reads Everything, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for an expense in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

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
        self.totals.add(spend.outlay(), scope);
        if let (Some(channel), Some(channels)) = (spend.source(), &mut self.channels) {
            match channels.get_mut(channel) {
                Some(totals) if totals.is_whole() => totals.add(spend.outlay(), scope),
                _ => channels.put(channel, SpendTotals::of(spend.outlay(), scope)),
            }
        }
        Ok(())
    }

    fn done(self, _: &Scope) -> Self {
        self
    }
}
