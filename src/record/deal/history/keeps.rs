use serde::{Deserialize, Serialize};

use crate::error::Undefined;
use crate::period::Day;

/// What the source of a history keeps: what at least one state says. Those of two histories add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is kept or not, whatever the others are"
)]
pub(crate) struct Keeps {
    pub(super) owners: bool,
    pub(super) amounts: bool,
    pub(super) stages: bool,
    pub(super) expected: bool,
    /// The day of the first state of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) first: Option<Day>,
}

impl Keeps {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            owners: self.owners || other.owners,
            amounts: self.amounts || other.amounts,
            stages: self.stages || other.stages,
            expected: self.expected || other.expected,
            first: self.first.into_iter().chain(other.first).min(),
        }
    }

    /// Whether it says whose deals were.
    pub(crate) fn owners(self) -> bool {
        self.owners
    }

    /// That an evening is not before the history.
    pub(crate) fn expect_evening(self, evening: Day) -> Result<(), Undefined> {
        expect(self.first.is_some_and(|first| first <= evening))
    }

    /// That it says what deals were worth.
    pub(crate) fn expect_amounts(self) -> Result<(), Undefined> {
        expect(self.amounts)
    }

    /// That it says when deals were expected to close.
    pub(crate) fn expect_expected_close(self) -> Result<(), Undefined> {
        expect(self.expected)
    }

    /// That it says in which stages deals were.
    pub(crate) fn expect_stages(self) -> Result<(), Undefined> {
        expect(self.stages)
    }
}

fn expect(keeps: bool) -> Result<(), Undefined> {
    if keeps {
        return Ok(());
    }
    Err(Undefined::NeedsHistory)
}
