//! Tallies of which a part has a fixed size, and can stand alone.

use super::error::BookProblem;
use super::family::Kept;
use crate::error::Error;
use crate::tally::{DealDetail, DealTally, LeadDetail, LeadTally};

/// A tally as it was given: with what grows with the records, or the part of a fixed size alone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Depth<D: Detail> {
    Detail(D),
    Tally(D::Tally),
}

/// What grows with the records, and holds the part of a fixed size.
pub(crate) trait Detail: Kept {
    type Tally: Kept;
    /// What it and that part are called.
    const NAMES: [&'static str; 2];

    fn tally(&self) -> &Self::Tally;
}

impl<D: Detail> Depth<D> {
    pub(super) fn tally(&self) -> &D::Tally {
        match self {
            Self::Detail(detail) => detail.tally(),
            Self::Tally(tally) => tally,
        }
    }

    pub(super) fn detail(&self) -> Option<&D> {
        match self {
            Self::Detail(detail) => Some(detail),
            Self::Tally(_) => None,
        }
    }
}

impl<D: Detail> Kept for Depth<D> {
    /// Without the detail of both, that of the whole would lack a part.
    fn add(&mut self, other: &Self) -> Result<(), Error> {
        match (self, other) {
            (Self::Detail(ours), Self::Detail(theirs)) => ours.add(theirs),
            (Self::Tally(ours), Self::Tally(theirs)) => ours.add(theirs),
            _ => {
                let [has, alone] = D::NAMES;
                Err(BookProblem::TalliesDiffer { has, alone }.into())
            }
        }
    }
}

impl<D: Detail> From<D> for Depth<D> {
    fn from(detail: D) -> Self {
        Self::Detail(detail)
    }
}

impl Detail for DealDetail {
    type Tally = DealTally;
    const NAMES: [&'static str; 2] = ["a DealDetail", "a DealTally"];

    fn tally(&self) -> &DealTally {
        self.tally()
    }
}

impl Detail for LeadDetail {
    type Tally = LeadTally;
    const NAMES: [&'static str; 2] = ["a LeadDetail", "a LeadTally"];

    fn tally(&self) -> &LeadTally {
        self.tally()
    }
}
