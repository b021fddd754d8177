//! What a tally needs of one lead, and nothing else: small, copied freely, and free of text.

use serde::{Deserialize, Serialize};

use crate::period::{Day, Moment};

/// The part of a [`Lead`](super::Lead) that decides how it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LeadFacts {
    pub(crate) arrived: Moment,
    /// The first human touch.
    pub(crate) touched: Option<Moment>,
    /// The date of the arrival.
    pub(crate) arrived_on: Day,
    /// The date of the first touch at the place of the arrival.
    pub(crate) touched_on: Option<Day>,
    pub(crate) qualified: Option<Day>,
    pub(crate) converted: Option<Day>,
    /// Invariant: none unless converted.
    pub(crate) won: Option<Day>,
    pub(crate) disqualified: Option<Day>,
    pub(crate) origin: Option<Origin>,
}

impl LeadFacts {
    pub(crate) fn new(arrived: Moment) -> Self {
        Self {
            arrived,
            touched: None,
            arrived_on: arrived.day(),
            touched_on: None,
            qualified: None,
            converted: None,
            won: None,
            disqualified: None,
            origin: None,
        }
    }

    /// Takes a touch down if it is the first.
    pub(crate) fn touch(&mut self, at: Moment) {
        let first = self.touched.map_or(at, |known| known.min(at));
        self.touched = Some(first);
        self.touched_on = Some(first.day_at(self.arrived));
    }
}

/// Who found a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Marketing: it came to us.
    Marketing,
    /// Sales: a rep went and found it.
    Sales,
}
