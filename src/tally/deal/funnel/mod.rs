//! How far deals got, stage by stage, and how long they stayed.

mod fill;
mod reach;
mod scope;
mod totals;
mod wire;

pub use reach::Reach;
pub use scope::FunnelScope;
pub(crate) use scope::checked_stages;
pub(crate) use totals::Step;
pub use totals::{StageTotals, StepTotals};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::record::{Deal, History, Keeps};
use crate::tally::Distribution;
use crate::tally::error::no_room;
use crate::tally::store::DayCounts;
use crate::value::Days;
use totals::{NO_STAGE, Stage};
use wire::Wire;

/// How far the deals of a history got, stage by stage, and how long they stayed in each: what the KPIs of the funnel are read from.
///
/// A deal has *reached* a stage from the day on which it was first in it or beyond it: a stage that it skipped is passed, and a move back
/// undoes nothing. Won is beyond the last. Lost and disqualified are in no stage; one that is not in the order leaves the deal where it was.
///
/// Tallies of different deals in the same scope, by the same stages, add up.
///
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, day, kpi};
///
/// let state = |deal, on: &str, status, stage: &str| {
///     DealState::new(deal, day(on)?, status, Currency::USD)?.with_stage(stage)
/// };
/// let states = [
///     state("D-1", "2026-01-07", DealStatus::Open, "Qualification")?,
///     state("D-1", "2026-01-20", DealStatus::Open, "Proposal")?,
///     state("D-1", "2026-02-12", DealStatus::Won, "Closed Won")?,
///     state("D-2", "2026-01-09", DealStatus::Open, "Qualification")?,
///     state("D-2", "2026-03-01", DealStatus::Lost, "Closed Lost")?,
/// ];
/// let history = History::new(Currency::USD).with_states(states)?;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// let funnel = FunnelTally::of(&history, q1)?;
/// assert_eq!(kpi::stage_conversion_rate(&funnel, "Qualification", "Proposal")?.to_string(), "50%");
/// assert_eq!(kpi::median_time_in_stage(&funnel, "Qualification")?.to_string(), "32 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct FunnelTally {
    scope: FunnelScope,
    /// One a stage, in their order.
    stages: Vec<Stage>,
    /// Of the deals that first reached the first stage in the period: one a stage, and the win.
    steps: Vec<Step>,
    /// Deals whose stage was not in the order at some time.
    out_of_order: u64,
    without_states: u64,
    deleted: u64,
    keeps: Keeps,
}

impl FunnelTally {
    /// A tally of no deals yet.
    #[must_use]
    pub fn new(scope: FunnelScope) -> Self {
        let count = scope.stages().len();
        let stages = (0..count).map(|place| Stage::new(count.saturating_sub(place)));
        Self {
            stages: stages.collect(),
            steps: vec![Step::default(); count.saturating_add(1)],
            out_of_order: 0,
            without_states: 0,
            deleted: 0,
            keeps: Keeps::default(),
            scope,
        }
    }

    /// How far the deals of a history got, in one pass.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a history in another currency than the scope.
    pub fn of(history: &History, scope: FunnelScope) -> Result<Self, Error> {
        let mut filling = fill::Filling::new(history, &scope)?;
        let mut tally = Self::new(scope);
        for timeline in history.timelines() {
            filling.add(&mut tally, &timeline);
        }
        tally.keeps = history.keeps();
        Ok(tally)
    }

    /// The same by what today's records say: a region, a source. Deals without a record are left out.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn by<'a, K: Ord>(
        history: &'a History,
        scope: &FunnelScope,
        mut key: impl FnMut(&'a Deal) -> K,
    ) -> Result<BTreeMap<K, Self>, Error> {
        let mut filling = fill::Filling::new(history, scope)?;
        let mut groups: BTreeMap<K, Self> = BTreeMap::new();
        for timeline in history.timelines() {
            let Some(record) = timeline.record() else {
                continue;
            };
            let group = groups.entry(key(record));
            filling.add(group.or_insert_with(|| Self::new(scope.clone())), &timeline);
        }
        for group in groups.values_mut() {
            group.keeps = history.keeps();
        }
        Ok(groups)
    }

    /// Adds the tally of other deals in the same scope, by the same stages.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope or other stages;
    /// [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(&other.scope)?;
        let mut sum = self.clone();
        for (stage, more) in sum.stages.iter_mut().zip(&other.stages) {
            stage.merge(more);
        }
        for (step, more) in sum.steps.iter_mut().zip(&other.steps) {
            step.merge(more);
        }
        sum.out_of_order += other.out_of_order;
        sum.without_states += other.without_states;
        sum.deleted += other.deleted;
        sum.keeps = sum.keeps.plus(other.keeps);
        *self = sum.checked().map_err(no_room)?;
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> &FunnelScope {
        &self.scope
    }

    /// How many deals were at some time in a stage that is not in the order, which leaves a deal where it was.
    #[must_use]
    pub fn out_of_order(&self) -> u64 {
        self.out_of_order
    }

    /// How many deals are without states: of these, the stage of today's record is taken for the one they were in since their creation.
    #[must_use]
    pub fn without_states(&self) -> u64 {
        self.without_states
    }

    /// How many deals are left out, since they have been deleted.
    #[must_use]
    pub fn deleted(&self) -> u64 {
        self.deleted
    }

    /// What is counted of a stage.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage).
    pub fn stage(&self, stage: &str) -> Result<StageTotals, Error> {
        let place = self.scope.place(stage)?;
        Ok(self.stage_at(place).totals)
    }

    /// Of the deals that first reached a stage in the period, how many reached a later one by the as-of day, or were won, and how many may
    /// still.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage); [`ErrorKind::InvalidStages`](crate::ErrorKind::InvalidStages) where the second does not lie beyond the first.
    pub fn step<'a>(&self, from: &str, to: impl Into<Reach<'a>>) -> Result<StepTotals, Error> {
        let (from, to) = self.places(from, to.into())?;
        let stage = self.stage_at(from);
        let step = stage.beyond.get(to.saturating_sub(from).saturating_sub(1));
        Ok(step.copied().unwrap_or_default())
    }

    /// Days that deals spent in a stage: of those that are not in it on the evening, and left it last in the period, all their visits
    /// together.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage).
    pub fn days_in(&self, stage: &str) -> Result<Distribution<'_, Days>, Error> {
        let place = self.scope.place(stage)?;
        Ok(self.days(&self.stage_at(place).days))
    }

    /// What the history says.
    ///
    /// # Errors
    /// [`Undefined::NeedsHistory`] where no state names a stage, or all are later than the evening.
    pub(crate) fn expect_stages(&self) -> Result<(), Undefined> {
        let evening = self.scope.scope().evening_day();
        self.keeps.expect_evening(evening)?;
        self.keeps.expect_stages()
    }

    pub(crate) fn expect_amounts(&self) -> Result<(), Undefined> {
        self.keeps.expect_amounts()
    }

    /// The steps of one cohort, from the first stage to the win: what each was reached by, and the days since the one before.
    pub(crate) fn cohort(&self) -> impl Iterator<Item = (&Step, Distribution<'_, Days>)> {
        self.steps.iter().map(|step| (step, self.days(&step.days)))
    }

    fn days<'a>(&self, days: &'a DayCounts) -> Distribution<'a, Days> {
        Distribution::of_days(days, self.scope.scope().currency())
    }

    fn stage_at(&self, place: usize) -> &Stage {
        self.stages.get(place).unwrap_or(&NO_STAGE)
    }

    /// Of two stages, the second of which may be the win.
    fn places(&self, from: &str, to: Reach<'_>) -> Result<(usize, usize), Error> {
        let place = self.scope.place(from)?;
        let beyond = match to {
            Reach::Stage(to) => self.scope.place(to)?,
            Reach::Won => self.stages.len(),
        };
        self.scope.expect_beyond(place, beyond)?;
        Ok((place, beyond))
    }
}
