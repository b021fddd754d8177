use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Deal, DealSurvival, Record as _};
use crate::tally::Distribution;
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::impossible;
use crate::tally::priced::{MAX_RECORDS, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::store::DayCounts;
use crate::value::Days;

/// How long the deals created in the period were open, those still open among them: after how many days each was won, closed otherwise, or
/// last seen open, on the as-of day.
///
/// A mean or a median of closed deals alone says how long the quick ones take. What is read from this tally takes the others for what they
/// are: longer than one has seen. It has the verbs of a tally, and merges before anything is reckoned.
///
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SurvivalTally, date, kpi};
///
/// let created = date(2026, 1, 7)?;
/// let deals = [
///     Deal::new("D-1", created, Outcome::Won { on: date(2026, 1, 17)? }, Currency::USD)?,
///     Deal::new("D-2", created, Outcome::Lost { on: date(2026, 2, 6)? }, Currency::USD)?,
///     Deal::new("D-3", created, Outcome::Open, Currency::USD)?,
/// ];
/// let q1 = SurvivalTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::corrected_median_cycle(&q1)?.to_string(), "30 days");
/// assert_eq!((q1.totals().followed(), q1.totals().open), (3, 1));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct SurvivalTally {
    scope: Scope,
    /// Invariant: of the days below.
    totals: SurvivalTotals,
    won: DayCounts,
    closed_otherwise: DayCounts,
    open: DayCounts,
}

/// The counts of a [`SurvivalTally`]. All but `records` and `without_creation` are of deals created in the period, up to the as-of day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SurvivalTotals {
    /// All deals looked at, those that do not count among them.
    pub records: u64,
    /// Won by the as-of day.
    pub won: u64,
    /// Lost or disqualified by the as-of day.
    pub closed_otherwise: u64,
    /// Open on the as-of day.
    pub open: u64,
    /// Left out: those of which nobody knows when they were created, of all records.
    pub without_creation: u64,
    /// Left out: closed before their creation.
    pub closed_before_creation: u64,
    /// Left out: won deals of a negative amount.
    pub credits: u64,
}

impl SurvivalTotals {
    /// How many deals the figures rest on: won, closed otherwise or still open.
    #[must_use]
    pub fn followed(&self) -> u64 {
        self.won
            .saturating_add(self.closed_otherwise)
            .saturating_add(self.open)
    }

    fn plus(self, other: Self) -> Self {
        Self {
            records: self.records + other.records,
            won: self.won + other.won,
            closed_otherwise: self.closed_otherwise + other.closed_otherwise,
            open: self.open + other.open,
            without_creation: self.without_creation + other.without_creation,
            closed_before_creation: self.closed_before_creation + other.closed_before_creation,
            credits: self.credits + other.credits,
        }
    }

    fn left_out(&self) -> u64 {
        let unsound = self
            .without_creation
            .saturating_add(self.closed_before_creation);
        unsound.saturating_add(self.credits)
    }
}

/// What happened so many days after the creation of the deals: a row of a life table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct SurvivalDay {
    /// Days since the creation.
    pub days: u32,
    /// Deals that were open so long at least, those of this day among them.
    pub at_risk: u64,
    /// Won on this day.
    pub won: u64,
    /// Lost or disqualified on it.
    pub closed_otherwise: u64,
    /// Seen open for so long and no longer.
    pub open: u64,
}

impl SurvivalDay {
    /// Those at risk that did not close on this day.
    pub(crate) fn left(self) -> u64 {
        let closed = self.won.saturating_add(self.closed_otherwise);
        self.at_risk.saturating_sub(closed)
    }

    /// Those of them that are seen on a later day.
    pub(crate) fn passed_on(self) -> u64 {
        self.left().saturating_sub(self.open)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    totals: SurvivalTotals,
    won_days: Vec<(u64, u64)>,
    closed_otherwise_days: Vec<(u64, u64)>,
    open_days: Vec<(u64, u64)>,
}

impl TryFrom<Wire> for SurvivalTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let days =
            |pairs: &[(u64, u64)]| DayCounts::of_pairs(pairs).ok_or_else(|| impossible(DAYS));
        Self {
            scope: wire.scope,
            totals: wire.totals,
            won: days(&wire.won_days)?,
            closed_otherwise: days(&wire.closed_otherwise_days)?,
            open: days(&wire.open_days)?,
        }
        .checked()
    }
}

impl From<SurvivalTally> for Wire {
    fn from(tally: SurvivalTally) -> Self {
        Self {
            scope: tally.scope,
            totals: tally.totals,
            won_days: tally.won.pairs(),
            closed_otherwise_days: tally.closed_otherwise.pairs(),
            open_days: tally.open.pairs(),
        }
    }
}

const DAYS: &str =
    "days of survival are in order, each once, at most 401766, and at least one deal's";

impl SurvivalTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            totals: SurvivalTotals::default(),
            won: DayCounts::default(),
            closed_otherwise: DayCounts::default(),
            open: DayCounts::default(),
        }
    }

    /// Counts one more deal.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    #[inline]
    pub fn record(&mut self, deal: &Deal) -> Result<(), Error> {
        let scope = self.scope;
        self.add(deal, &scope)
    }

    /// Adds the tally of other deals in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope;
    /// [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        expect_room(self.totals.records, other.totals.records)?;
        self.totals = self.totals.plus(other.totals);
        self.won.merge(&other.won);
        self.closed_otherwise.merge(&other.closed_otherwise);
        self.open.merge(&other.open);
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Its counts, those of the deals that were left out among them.
    #[must_use]
    pub fn totals(&self) -> &SurvivalTotals {
        &self.totals
    }

    /// From creation to close, of the deals that were won.
    #[must_use]
    pub fn won(&self) -> Distribution<'_, Days> {
        Distribution::of_days(&self.won, self.scope.currency())
    }

    /// From creation to close, of those that were lost or disqualified.
    #[must_use]
    pub fn closed_otherwise(&self) -> Distribution<'_, Days> {
        Distribution::of_days(&self.closed_otherwise, self.scope.currency())
    }

    /// From creation to the as-of day, of those that are open on it.
    #[must_use]
    pub fn open(&self) -> Distribution<'_, Days> {
        Distribution::of_days(&self.open, self.scope.currency())
    }

    /// The days after the creation on which something happened, the first one first: a life table, from which a curve can be drawn.
    ///
    /// ```
    /// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SurvivalTally, date};
    ///
    /// let deals = [
    ///     Deal::new("D-1", date(2026, 3, 1)?, Outcome::Won { on: date(2026, 3, 11)? }, Currency::USD)?,
    ///     Deal::new("D-2", date(2026, 3, 1)?, Outcome::Open, Currency::USD)?,
    /// ];
    /// let q1 = SurvivalTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
    /// let rows: Vec<[u64; 4]> = q1.days().map(|day| [day.days.into(), day.at_risk, day.won, day.open]).collect();
    /// assert_eq!(rows, [[10, 2, 1, 0], [30, 1, 0, 1]]);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    pub fn days(&self) -> impl Iterator<Item = SurvivalDay> {
        let end = self
            .won
            .end()
            .max(self.closed_otherwise.end())
            .max(self.open.end());
        let mut at_risk = self.totals.followed();
        (0..end).filter_map(move |days| {
            let day = SurvivalDay {
                days,
                at_risk,
                won: self.won.of_length(days),
                closed_otherwise: self.closed_otherwise.of_length(days),
                open: self.open.of_length(days),
            };
            let is_quiet = day.passed_on() == at_risk;
            at_risk = day.passed_on();
            (!is_quiet).then_some(day)
        })
    }

    /// Checks that its counts are those of its days.
    fn checked(self) -> Result<Self, Error> {
        let totals = &self.totals;
        let agree = self.won.checked_count() == Some(totals.won)
            && self.closed_otherwise.checked_count() == Some(totals.closed_otherwise)
            && self.open.checked_count() == Some(totals.open);
        expect_all(&[
            (totals.records <= MAX_RECORDS, "records are at most 10^10"),
            (agree, "a survival's days are of all deals that it follows"),
            (
                totals.followed().saturating_add(totals.left_out()) <= totals.records,
                "records are all deals looked at: at least those followed and those left out",
            ),
        ])?;
        Ok(self)
    }
}

verbs!(SurvivalTally of Deal, reads Facts, Scope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a deal in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Deal> for SurvivalTally {
    type View = Scope;
    type Tally = Self;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    #[inline]
    fn add(&mut self, deal: &Deal, scope: &Scope) -> Result<(), Error> {
        deal.expect_currency(scope.currency())?;
        expect_room(self.totals.records, 1)?;
        let totals = &mut self.totals;
        totals.records += 1;
        match DealSurvival::of(deal.facts(), scope) {
            DealSurvival::NotCreated => {}
            DealSurvival::WithoutCreation => totals.without_creation += 1,
            DealSurvival::Credit => totals.credits += 1,
            DealSurvival::ClosedBeforeCreation => totals.closed_before_creation += 1,
            DealSurvival::Won { days } => {
                totals.won += 1;
                self.won.push(days);
            }
            DealSurvival::ClosedOtherwise { days } => {
                totals.closed_otherwise += 1;
                self.closed_otherwise.push(days);
            }
            DealSurvival::Open { days } => {
                totals.open += 1;
                self.open.push(days);
            }
        }
        Ok(())
    }

    fn done(self, _: &Scope) -> Self {
        self
    }
}
