use core::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::{Error, shorten};
use crate::period::Scope;
use crate::tally::error::TallyProblem;
use crate::value::id::checked;
use crate::value::{IntoId, Label};

/// What a [`FunnelTally`](crate::FunnelTally) looks at: a scope, and the stages of the pipeline in their order.
///
/// Made by [`Scope::with_stages`]. Cloning it is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct FunnelScope {
    scope: Scope,
    /// Invariant: at least one, at most [`MOST`], each once.
    stages: Arc<[Label]>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    stages: Vec<Label>,
}

impl TryFrom<Wire> for FunnelScope {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        wire.scope.with_stages(wire.stages)
    }
}

impl From<FunnelScope> for Wire {
    fn from(scope: FunnelScope) -> Self {
        Self {
            scope: scope.scope,
            stages: scope.stages.to_vec(),
        }
    }
}

/// More stages than any pipeline has.
const MOST: usize = 100;

impl Scope {
    /// This scope with the stages of the pipeline, from the first to the last: what a [`FunnelTally`](crate::FunnelTally) takes. Won is beyond the
    /// last and is not among them; neither are lost and disqualified, which are in no stage.
    ///
    /// ```
    /// use sales_metrics::{Currency, Period, Scope};
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// assert!(q1.with_stages(["Qualification", "Proposal", "Negotiation"]).is_ok());
    /// assert_eq!(
    ///     q1.with_stages(["Proposal", "Proposal"]).unwrap_err().to_string(),
    ///     "stages: \"Proposal\" stands twice; give each once, from the first to the last"
    /// );
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidStages`](crate::ErrorKind::InvalidStages) where there is none, one stands twice, or there are more than 100; [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_stages<L: IntoId<Label>>(
        self,
        stages: impl IntoIterator<Item = L>,
    ) -> Result<FunnelScope, Error> {
        let list = checked_stages(stages)?;
        Ok(FunnelScope {
            scope: self,
            stages: list.into(),
        })
    }
}

/// The one rule for the stages of a pipeline.
pub(crate) fn checked_stages<L: IntoId<Label>>(
    stages: impl IntoIterator<Item = L>,
) -> Result<Vec<Label>, Error> {
    let mut list: Vec<Label> = Vec::new();
    for stage in stages {
        let stage = checked(stage).map_err(|error| error.about("stages"))?;
        if list.contains(&stage) {
            return Err(TallyProblem::StageTwice { stage }.into());
        }
        list.push(stage);
    }
    if list.is_empty() || list.len() > MOST {
        let count = list.len();
        return Err(TallyProblem::StageCount { count, most: MOST }.into());
    }
    Ok(list)
}

impl FunnelScope {
    /// The scope.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The stages, from the first to the last.
    #[must_use]
    pub fn stages(&self) -> &[Label] {
        &self.stages
    }

    /// The place of a stage in their order, from 0 on.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage), which lists those that there are.
    pub(crate) fn place(&self, stage: &str) -> Result<usize, Error> {
        let place = self.stages.iter().position(|known| known.as_str() == stage);
        place.ok_or_else(|| {
            let stages: Vec<&str> = self.stages.iter().map(Label::as_str).collect();
            let (stage, stages) = (shorten(stage), stages.join(", "));
            TallyProblem::UnknownStage { stage, stages }.into()
        })
    }

    /// The one check that a stage, or the win, lies beyond another.
    pub(super) fn expect_beyond(&self, from: usize, to: usize) -> Result<(), Error> {
        if from < to {
            return Ok(());
        }
        let name = |place: usize| self.stages.get(place).map_or("won", Label::as_str);
        let (from, to) = (name(from).to_owned(), name(to).to_owned());
        Err(TallyProblem::StagesReversed { from, to }.into())
    }

    /// The one check that two tallies can be merged.
    pub(super) fn expect_same(&self, found: &Self) -> Result<(), Error> {
        self.scope.expect_same(found.scope)?;
        if self.stages == found.stages {
            return Ok(());
        }
        Err(TallyProblem::StagesDiffer.into())
    }
}

impl fmt::Display for FunnelScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stages: Vec<&str> = self.stages.iter().map(Label::as_str).collect();
        f.pad(&format!("{}, by {}", self.scope, stages.join(" > ")))
    }
}
