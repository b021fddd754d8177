//! What a tally needs of one deal, and nothing else: small, copied freely, and free of text.

use rust_decimal::Decimal;
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
    /// How large its amount is; see [`amount`](Self::amount).
    size: Option<Amount>,
    pub(crate) cost: Option<Amount>,
    pub(crate) list_price: Option<Amount>,
    /// Later than all where nobody knows it.
    created: Day,
    pub(crate) first_contact: Option<Day>,
    pub(crate) expected_close: Option<Day>,
    pub(crate) probability: Option<Share>,
    /// Whether it has several owners, whose shares are among the deal's particulars.
    pub(crate) shared: bool,
    /// Whether its amount is below 0.
    is_negative: bool,
    pub(crate) currency: Currency,
}

const _: () = assert!(
    size_of::<Facts>() == 56,
    "a pass drags all of it through the caches"
);

impl Facts {
    #[inline]
    pub(crate) fn new(created: Option<Day>, ending: Option<Ending>, currency: Currency) -> Self {
        Self {
            created: created.unwrap_or(Day::NEVER),
            ending,
            first_contact: None,
            expected_close: None,
            size: None,
            cost: None,
            list_price: None,
            probability: None,
            shared: false,
            is_negative: false,
            currency,
        }
    }

    /// The day of its creation, where it is known.
    #[inline]
    pub(crate) fn created(&self) -> Option<Day> {
        (self.created != Day::NEVER).then_some(self.created)
    }

    /// The same, and later than all where it is not known.
    #[inline]
    pub(crate) fn created_or_never(&self) -> Day {
        self.created
    }

    /// From when on it exists: its creation or else its first known day, which may be its close. One that is open and of which no day is
    /// known is open on every evening.
    #[inline]
    pub(crate) fn since(&self) -> Day {
        if let Some(created) = self.created() {
            return created;
        }
        let closed = self.ending.map(|ending| ending.on);
        self.first_contact.or(closed).unwrap_or(Day::FIRST)
    }

    /// What it is worth: none where that is below 0, as where it is not known.
    #[inline]
    pub(crate) fn amount(&self) -> Option<Amount> {
        if self.is_negative { None } else { self.size }
    }

    /// Whether its amount is below 0.
    #[inline]
    pub(super) fn is_negative(&self) -> bool {
        self.is_negative
    }

    /// What is given back to the customer: a won deal of a negative amount.
    #[inline]
    pub(crate) fn credit(&self) -> Option<Amount> {
        if self.is_credit() { self.size } else { None }
    }

    #[inline]
    pub(crate) fn is_credit(&self) -> bool {
        self.is_negative
            && self
                .ending
                .is_some_and(|ending| ending.status == DealStatus::Won)
    }

    /// As it was given, of either sign.
    pub(crate) fn signed_amount(&self) -> Option<Decimal> {
        self.size.map(|size| size.with_sign(self.is_negative))
    }

    /// How large its amount is, and whether that is below 0.
    pub(super) fn sized_amount(&self) -> Option<(Amount, bool)> {
        self.size.map(|size| (size, self.is_negative))
    }

    #[inline]
    pub(crate) fn set_amount(&mut self, (size, is_negative): (Amount, bool)) {
        (self.size, self.is_negative) = (Some(size), is_negative);
    }

    /// The same deal in another state.
    pub(super) fn set_state(
        &mut self,
        amount: Option<(Amount, bool)>,
        expected_close: Option<Day>,
        probability: Option<Share>,
    ) {
        self.size = amount.map(|(size, _)| size);
        self.is_negative = amount.is_some_and(|(_, is_negative)| is_negative);
        self.expected_close = expected_close;
        self.probability = probability;
    }

    /// Its amount changed in size alone.
    pub(crate) fn resize(
        &mut self,
        change: impl FnOnce(Amount) -> Result<Amount, Error>,
    ) -> Result<(), Error> {
        self.size = self.size.map(change).transpose()?;
        Ok(())
    }

    /// Days from a start to the close; none where the close comes first, or has not come.
    #[inline]
    pub(crate) fn days_to_close(&self, start: Day) -> Option<u32> {
        self.ending.and_then(|ending| ending.on.days_since(start))
    }

    /// The same from its creation.
    #[inline]
    pub(crate) fn cycle_days(&self) -> Option<u32> {
        self.days_to_close(self.created)
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

/// Why an open deal has no close date.
pub(crate) const OPEN_WITH_CLOSE: &str = "it is open, but has a close date";

impl DealStatus {
    /// The one rule that what is closed has a close date and what is open has none.
    #[inline]
    pub(crate) fn ending(self, closed: Option<Day>) -> Result<Option<Ending>, Error> {
        if (self == Self::Open) == closed.is_none() {
            return Ok(closed.map(|on| Ending { status: self, on }));
        }
        Err(self.contradiction())
    }

    #[cold]
    fn contradiction(self) -> Error {
        let field = "close";
        let problem = match self {
            Self::Open => OPEN_WITH_CLOSE,
            _ => "it is closed, but has no close date",
        };
        RecordProblem::Contradiction { field, problem }.into()
    }
}
