use core::cmp::Ordering;

use super::names::Number;
use crate::error::Error;
use crate::period::{Day, Place, Stamp};
use crate::record::deal::state::StateFacts;
use crate::record::part::{Amount, Share};
use crate::record::{DealStatus, ForecastCategory};

/// A state as a history keeps it.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// In the order of its instant: see [`Stamp::order`](crate::period::Stamp::order).
    at: i64,
    size: Option<Amount>,
    pub(super) deal: Number,
    pub(super) owner: Number,
    pub(super) stage: Number,
    run: u32,
    pub(super) day: Day,
    pub(super) expected: Option<Day>,
    pub(super) closed: Option<Day>,
    pub(super) probability: Option<Share>,
    pub(super) status: DealStatus,
    pub(super) category: Option<ForecastCategory>,
    is_negative: bool,
    pub(super) is_deleted: bool,
}

const _: () = assert!(size_of::<Entry>() == 56, "a history has millions of them");

impl Entry {
    pub(super) fn of(facts: StateFacts, deal: Number, owner: Number, stage: Number) -> Self {
        Self {
            at: facts.at.order(),
            size: facts.size,
            deal,
            owner,
            stage,
            run: facts.run,
            day: facts.at.day(),
            expected: facts.expected_close,
            closed: facts.closed,
            probability: facts.probability,
            status: facts.status,
            category: facts.category,
            is_negative: facts.is_negative,
            is_deleted: facts.is_deleted,
        }
    }

    /// The day from which on it stood so.
    pub(crate) fn day(&self) -> Day {
        self.day
    }

    /// What the deal is worth; a negative amount counts as none.
    #[inline]
    pub(crate) fn amount(&self) -> Option<Amount> {
        if self.is_negative { None } else { self.size }
    }

    pub(super) fn signed_amount(&self) -> Option<(Amount, bool)> {
        self.size.map(|size| (size, self.is_negative))
    }

    pub(super) fn is_credit(&self) -> bool {
        self.is_negative && self.status == DealStatus::Won
    }

    /// Its day on the clock of a place; a day alone is the day there.
    pub(super) fn move_to(&mut self, place: &Place) -> Result<(), Error> {
        if let Some(instant) = Stamp::instant_of(self.at) {
            self.day = instant.at(place)?.day();
        }
        Ok(())
    }

    /// By instant and running number, as far as these tell.
    pub(super) fn by_time(&self, other: &Self) -> Ordering {
        (self.at, self.run).cmp(&(other.at, other.run))
    }

    /// Whether it says what another one of the same history says.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let texts = (self.owner, self.stage) == (other.owner, other.stage);
        texts && self.by_content(other).is_eq()
    }

    /// In some order that rests on what they say alone, but for their texts.
    pub(super) fn by_content(&self, other: &Self) -> Ordering {
        let content = |entry: &Self| {
            let days = (entry.expected, entry.closed);
            let marks = (entry.is_negative, entry.is_deleted);
            let chance = entry.probability.map(Share::millionths);
            (
                entry.status,
                entry.size,
                days,
                marks,
                chance,
                entry.category,
            )
        };
        content(self).cmp(&content(other))
    }
}
