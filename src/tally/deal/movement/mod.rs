//! How the pipeline moved from one evening to another.

mod fill;
mod scope;
mod shown;
mod waterfall;

pub use scope::MovementScope;
pub use shown::{PipelineWaterfall, PriceChanges};
pub use waterfall::{Repriced, Waterfall};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::record::{Deal, History, Keeps};
use crate::tally::priced::{MAX_RECORDS, Priced};
use crate::tally::rules::expect_all;
use crate::value::{Label, RepId};

/// How the pipeline moved in a period: both waterfalls, what slipped, what was pushed. It is read off a [`History`] in one pass.
///
/// Tallies of different deals in the same scope add up; over time, so do the parts of a waterfall between its opening and its closing.
///
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, date, day, kpi};
///
/// let state = |on: &str, amount: i64, expected| {
///     DealState::new("D-1", day(on)?, DealStatus::Open, Currency::USD)?.with_amount(amount)?.with_expected_close(expected)
/// };
/// // In May it grows by 200, and is put off from June to July.
/// let states = [
///     state("2026-03-02", 1_000, date(2026, 6, 15)?)?,
///     state("2026-05-11", 1_200, date(2026, 6, 15)?)?,
///     state("2026-05-28", 1_200, date(2026, 7, 31)?)?,
/// ];
/// let history = History::new(Currency::USD).with_states(states)?;
/// let moved = MovementTally::of(&history, Scope::new(Period::quarter(2026, 2)?, Currency::USD))?;
/// assert_eq!(
///     kpi::due_pipeline_waterfall(&moved)?.to_string(),
///     "1000 + created 0 + moved in 0 + reopened 0 + increased 200 - decreased 0 - moved out 1200 - won 0 - lost 0 - disqualified 0 = 0 USD"
/// );
/// assert_eq!(kpi::net_push_days(&moved)?, 46);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct MovementTally {
    scope: MovementScope,
    totals: MovementTotals,
}

/// Everything that a [`MovementTally`] counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MovementTotals {
    /// Of all open deals.
    pub rolling: Waterfall,
    /// Of those due in the target period.
    pub due: Waterfall,
    /// Open on the evening before the period, and then expected to close in it.
    pub expected: Priced,
    /// Of these, how many are late on the evening: open and expected after the period, or, once it is over, open at all.
    pub slipped: u64,
    /// Of these, what is won on the evening, at the amounts of the evening before the period.
    pub converted: Priced,
    /// How often the expected close of an open deal was put to a later day.
    pub pushes: u64,
    /// By how many days all expected closes of open deals were moved: to later days less to earlier ones.
    pub push_days: i64,
    /// How many deals are without states, and counted as their records say.
    pub without_states: u64,
    /// Of the rolling opening, those that had no state by then, and are counted as their first one says.
    pub before_first_state: u64,
    /// How many deals are left out, since they have been deleted.
    pub deleted: u64,
    /// What the history says.
    pub(super) keeps: Keeps,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: MovementScope,
    totals: MovementTotals,
}

impl TryFrom<Wire> for MovementTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let Wire { scope, totals } = wire;
        let totals = totals.checked()?;
        Ok(Self { scope, totals })
    }
}

impl From<MovementTally> for Wire {
    fn from(tally: MovementTally) -> Self {
        let MovementTally { scope, totals } = tally;
        Self { scope, totals }
    }
}

impl MovementTally {
    /// A tally of no deals yet.
    #[must_use]
    pub fn new(scope: impl Into<MovementScope>) -> Self {
        Self {
            scope: scope.into(),
            totals: MovementTotals::default(),
        }
    }

    /// How the deals of a history moved, in one pass.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a history in another currency than the scope.
    pub fn of(history: &History, scope: impl Into<MovementScope>) -> Result<Self, Error> {
        let scope = scope.into();
        let mut all = fill::groups(history, scope, |_| 0, 1)?;
        let totals = all.pop().unwrap_or_default();
        Ok(Self { scope, totals })
    }

    /// The same by owner, in one pass: a deal that is handed over moves from one to the other. What nobody owns is under `None`.
    ///
    /// The groups add up to the whole, but for what moves between them.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn by_owner(
        history: &History,
        scope: impl Into<MovementScope>,
    ) -> Result<BTreeMap<Option<RepId>, Self>, Error> {
        let scope = scope.into();
        let groups = fill::groups(history, scope, |at| at.owner, history.owner_numbers())?;
        Ok(named(scope, groups, |number| {
            history.owner(number).cloned()
        }))
    }

    /// The same by stage: a deal comes from the stage that it was last in while open, and goes nowhere when it closes.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn by_stage(
        history: &History,
        scope: impl Into<MovementScope>,
    ) -> Result<BTreeMap<Option<Label>, Self>, Error> {
        let scope = scope.into();
        let groups = fill::groups(history, scope, |at| at.stage, history.stage_numbers())?;
        Ok(named(scope, groups, |number| {
            history.stage(number).cloned()
        }))
    }

    /// The same by what today's records say: a region, a source. Deals without a record are left out.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn by<'a, K: Ord>(
        history: &'a History,
        scope: impl Into<MovementScope>,
        mut key: impl FnMut(&'a Deal) -> K,
    ) -> Result<BTreeMap<K, Self>, Error> {
        let scope = scope.into();
        fill::expect_currency(history, scope)?;
        let mut groups: BTreeMap<K, fill::Filling> = BTreeMap::new();
        for (timeline, serial) in history.timelines().zip(0..) {
            let Some(record) = timeline.record() else {
                continue;
            };
            let group = groups.entry(key(record)).or_default();
            fill::whole(group, scope, &timeline, serial);
        }
        let mut tallies = BTreeMap::new();
        for (key, group) in groups {
            let totals = group.done(history);
            tallies.insert(key, Self { scope, totals });
        }
        Ok(tallies)
    }

    /// Adds the tally of other deals in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope;
    /// [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        let sum = self.totals.plus(other.totals);
        self.totals = sum.checked().map_err(crate::tally::error::no_room)?;
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> MovementScope {
        self.scope
    }

    /// Its counts and sums.
    #[must_use]
    pub fn totals(&self) -> &MovementTotals {
        &self.totals
    }

    /// What the history says, as long as it reaches back to the evening on which the movements open.
    pub(crate) fn keeps(&self) -> Result<Keeps, Undefined> {
        let (opening, _) = self.scope.scope().evenings();
        self.totals.keeps.expect_evening(opening.preceding())?;
        Ok(self.totals.keeps)
    }
}

/// The tallies of groups under their names. A group in which nothing was is none, but for what nobody has where there is nothing at all.
fn named<K: Ord>(
    scope: MovementScope,
    groups: Vec<MovementTotals>,
    name: impl Fn(u32) -> Option<K>,
) -> BTreeMap<Option<K>, MovementTally> {
    let mut tallies = BTreeMap::new();
    for (totals, number) in groups.into_iter().zip(0..) {
        if !totals.is_empty() {
            tallies.insert(name(number), MovementTally { scope, totals });
        }
    }
    tallies
}

impl MovementTotals {
    fn plus(self, other: Self) -> Self {
        Self {
            rolling: self.rolling.plus(other.rolling),
            due: self.due.plus(other.due),
            expected: self.expected.plus(other.expected),
            slipped: self.slipped + other.slipped,
            converted: self.converted.plus(other.converted),
            pushes: self.pushes + other.pushes,
            push_days: self.push_days.saturating_add(other.push_days),
            without_states: self.without_states + other.without_states,
            before_first_state: self.before_first_state + other.before_first_state,
            deleted: self.deleted + other.deleted,
            keeps: self.keeps.plus(other.keeps),
        }
    }

    fn is_empty(&self) -> bool {
        let nothing = Self {
            keeps: self.keeps,
            ..Self::default()
        };
        *self == nothing
    }

    fn checked(self) -> Result<Self, Error> {
        self.rolling.checked()?;
        self.due.checked()?;
        let counts = [
            self.pushes,
            self.without_states,
            self.before_first_state,
            self.deleted,
        ];
        let days = u64::try_from(MAX_PUSH).unwrap_or_default();
        expect_all(&[
            (
                counts.iter().all(|count| *count <= MAX_RECORDS)
                    && self.push_days.unsigned_abs() <= days,
                "records are at most 10^10",
            ),
            (
                self.expected.is_sound()
                    && self.converted.is_sound()
                    && self.expected.is_part_of(self.rolling.opening)
                    && self.converted.is_part_of(self.expected)
                    && self.slipped.saturating_add(self.converted.count) <= self.expected.count,
                "converted and slipped deals are parts of the expected ones, and these of the opening",
            ),
        ])?;
        Ok(self)
    }
}

/// Days by which all expected closes of all deals can be moved.
const MAX_PUSH: i64 = 1_000_000_000_000_000_000;
