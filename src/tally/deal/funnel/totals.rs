use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::record::Amount;
use crate::tally::priced::{MAX_RECORDS, Priced};
use crate::tally::rules::expect_all;
use crate::tally::store::DayCounts;

/// What is counted of the visits to a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StageTotals {
    /// Deals that first reached it in the period.
    pub reached: u64,
    /// Visits to it that ended in the period.
    pub ended: u64,
    /// Of these, those that ended by the deal's being lost or disqualified.
    pub leaked: u64,
    /// Visits that are open on the evening.
    pub open: u64,
    /// Deals won or lost in the period, as they stand on the as-of day, that had reached it.
    pub decided: u64,
    /// Of these, those won.
    pub won: u64,
}

/// Of the deals that first reached a stage in the period, those that reached another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StepTotals {
    /// Deals that first reached the earlier stage in the period.
    pub reached: u64,
    /// Of these, those that reached the later one by the as-of day.
    pub converted: u64,
    /// Of these, those that are open and short of it on the as-of day.
    pub pending: u64,
}

/// A stage on its way through the tally.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stage {
    pub(super) totals: StageTotals,
    /// To each stage beyond it, and to the win.
    pub(super) beyond: Vec<StepTotals>,
    #[serde(with = "days")]
    pub(super) days: DayCounts,
}

/// A stage as the deals reached it that first reached the first one in the period, or the win.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// With their amounts in the state that reached it.
    pub(crate) reached: Priced,
    /// Open, have reached the stage before, and are short of this one.
    pub(crate) pending: u64,
    /// Since the stage before, of those that were in both.
    #[serde(with = "days")]
    pub(super) days: DayCounts,
}

/// Of which nothing is counted.
pub(super) static NO_STAGE: Stage = Stage::NONE;

impl Stage {
    const NONE: Self = Self {
        totals: StageTotals {
            decided: 0,
            won: 0,
            reached: 0,
            ended: 0,
            leaked: 0,
            open: 0,
        },
        beyond: Vec::new(),
        days: DayCounts::NONE,
    };

    /// With so many beyond it, the win among them.
    pub(super) fn new(beyond: usize) -> Self {
        Self {
            beyond: vec![StepTotals::default(); beyond],
            ..Self::NONE
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.totals.reached += other.totals.reached;
        self.totals.ended += other.totals.ended;
        self.totals.leaked += other.totals.leaked;
        self.totals.open += other.totals.open;
        self.totals.decided += other.totals.decided;
        self.totals.won += other.totals.won;
        for (step, more) in self.beyond.iter_mut().zip(&other.beyond) {
            step.reached += more.reached;
            step.converted += more.converted;
            step.pending += more.pending;
        }
        self.days.merge(&other.days);
    }

    pub(super) fn checked(&self) -> Result<(), Error> {
        let StageTotals {
            reached,
            ended,
            leaked,
            open,
            decided,
            won,
        } = self.totals;
        let is_sound = |step: &StepTotals| {
            step.reached == reached && step.converted.saturating_add(step.pending) <= reached
        };
        expect_all(&[
            (
                reached.max(ended).max(open).max(decided) <= MAX_RECORDS
                    && leaked <= ended
                    && won <= decided,
                "visits are at most 10^10, those that leaked a part of those that ended, and won deals of the decided ones",
            ),
            (
                self.beyond.iter().all(is_sound),
                "converted and pending deals are parts of those that reached the stage",
            ),
            (
                self.days.count() <= ended,
                "deals that left a stage are at most the visits that ended",
            ),
        ])
    }
}

impl Step {
    pub(super) fn merge(&mut self, other: &Self) {
        self.reached = self.reached.plus(other.reached);
        self.pending += other.pending;
        self.days.merge(&other.days);
    }

    pub(super) fn add(&mut self, amount: Option<Amount>) {
        self.reached.add(amount);
    }

    pub(super) fn checked(&self, before: Option<&Self>) -> Result<(), Error> {
        let (count, pending) = (self.reached.count, self.pending);
        let fits =
            before.is_none_or(|before| count.saturating_add(pending) <= before.reached.count);
        expect_all(&[(
            self.reached.is_sound() && count <= MAX_RECORDS && fits && self.days.count() <= count,
            "deals that reached a stage, and those that may, are parts of those that reached the one before",
        )])
    }
}

/// Days as a list of lengths.
mod days {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use crate::tally::store::DayCounts;

    pub(super) fn serialize<S: Serializer>(
        days: &DayCounts,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        days.list().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<DayCounts, D::Error> {
        let list = Vec::<u64>::deserialize(deserializer)?;
        let days = DayCounts::of(&list);
        days.ok_or_else(|| de::Error::custom("a length of time is at most 401766 days"))
    }
}
