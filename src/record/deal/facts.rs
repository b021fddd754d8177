//! What a tally needs of one deal, and nothing else: small, copied freely, and free of text.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Day;
use crate::record::error::RecordProblem;
use crate::record::part::{Amount, Share};
use crate::value::Currency;

/// The part of a [`Deal`](crate::record::Deal) that decides how it counts.
// In this order. What every pass reads, the ending and the currency, stands at both ends: then it touches nearly every line of memory in
// turn, and the processor fetches the next ones ahead. Where these two are neighbours, a pass over a million deals takes a third longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(C)]
pub(crate) struct Facts {
    pub(crate) ending: Option<Ending>,
    pub(crate) amount: Option<Amount>,
    pub(crate) cost: Option<Amount>,
    pub(crate) list_price: Option<Amount>,
    pub(crate) created: Day,
    pub(crate) first_contact: Option<Day>,
    pub(crate) expected_close: Option<Day>,
    pub(crate) probability: Option<Share>,
    /// Whether it has several owners, whose shares are among the deal's particulars.
    pub(crate) shared: bool,
    pub(crate) currency: Currency,
}

const _: () = assert!(
    size_of::<Facts>() == 56,
    "a pass drags all of it through the caches"
);

impl Facts {
    pub(crate) fn new(created: Day, ending: Option<Ending>, currency: Currency) -> Self {
        Self {
            created,
            ending,
            first_contact: None,
            expected_close: None,
            amount: None,
            cost: None,
            list_price: None,
            probability: None,
            shared: false,
            currency,
        }
    }

    /// Days from a start to the close; none where the close comes first, or has not come.
    #[inline]
    pub(crate) fn days_to_close(&self, start: Day) -> Option<u32> {
        self.ending.and_then(|ending| ending.on.days_since(start))
    }
}

/// How and when a deal closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ending {
    /// Invariant: not open.
    pub(crate) status: DealStatus,
    pub(crate) on: Day,
}

/// How a deal stands, without the date: the word that an export has for it.
///
/// There will be no fifth: whoever matches on it, or on [`Outcome`](crate::Outcome), has dealt with every deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DealStatus {
    /// Still open.
    Open,
    /// Won.
    Won,
    /// Lost.
    Lost,
    /// Closed since it never was an opportunity: neither won nor lost.
    Disqualified,
}

impl DealStatus {
    /// The one rule that what is closed has a close date and what is open has none.
    pub(crate) fn ending(self, closed: Option<Day>) -> Result<Option<Ending>, Error> {
        let contradiction = |problem| {
            let field = "close";
            Err(RecordProblem::Contradiction { field, problem }.into())
        };
        match (self, closed) {
            (Self::Open, None) => Ok(None),
            (Self::Open, Some(_)) => contradiction("it is open, but has a close date"),
            (status, Some(on)) => Ok(Some(Ending { status, on })),
            (_, None) => contradiction("it is closed, but has no close date"),
        }
    }
}
