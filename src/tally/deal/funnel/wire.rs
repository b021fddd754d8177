use serde::{Deserialize, Serialize};

use super::totals::{Stage, Step};
use super::{FunnelScope, FunnelTally};
use crate::error::Error;
use crate::record::Keeps;
use crate::tally::priced::MAX_RECORDS;
use crate::tally::rules::expect_all;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wire {
    scope: FunnelScope,
    stages: Vec<Stage>,
    steps: Vec<Step>,
    out_of_order: u64,
    without_states: u64,
    deleted: u64,
    keeps: Keeps,
}

impl TryFrom<Wire> for FunnelTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let tally = Self {
            scope: wire.scope,
            stages: wire.stages,
            steps: wire.steps,
            out_of_order: wire.out_of_order,
            without_states: wire.without_states,
            deleted: wire.deleted,
            keeps: wire.keeps,
        };
        tally.checked()
    }
}

impl From<FunnelTally> for Wire {
    fn from(tally: FunnelTally) -> Self {
        Self {
            scope: tally.scope,
            stages: tally.stages,
            steps: tally.steps,
            out_of_order: tally.out_of_order,
            without_states: tally.without_states,
            deleted: tally.deleted,
            keeps: tally.keeps,
        }
    }
}

impl FunnelTally {
    /// Checks that some set of deals can have these counts.
    pub(super) fn checked(self) -> Result<Self, Error> {
        let count = self.scope.stages().len();
        let empty = Self::new(self.scope.clone());
        let fits = |(stage, like): (&Stage, &Stage)| stage.beyond.len() == like.beyond.len();
        expect_all(&[
            (
                self.stages.len() == count
                    && self.steps.len() == empty.steps.len()
                    && self.stages.iter().zip(&empty.stages).all(fits),
                "there is a stage for each of the scope, with a step to each beyond it and to the win",
            ),
            (
                [self.out_of_order, self.without_states, self.deleted]
                    .iter()
                    .all(|count| *count <= MAX_RECORDS),
                "records are at most 10^10",
            ),
        ])?;
        for stage in &self.stages {
            stage.checked()?;
        }
        let mut before = None;
        for step in &self.steps {
            step.checked(before)?;
            before = Some(step);
        }
        Ok(self)
    }
}
