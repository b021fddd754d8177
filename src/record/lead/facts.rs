//! What a tally needs of one lead, and nothing else: small, copied freely, and free of text.

use core::array;

use serde::{Deserialize, Serialize};

use crate::period::{Day, Moment, Stamp};

/// The part of a [`Lead`](crate::record::Lead) that decides how it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LeadFacts {
    pub(crate) arrived: Stamp,
    /// The first human touch.
    pub(crate) touched: Option<Stamp>,
    /// The date of the arrival.
    pub(crate) arrived_on: Day,
    /// The date of the first touch, where that was.
    pub(crate) touched_on: Option<Day>,
    pub(crate) marketing_qualified: Option<Day>,
    pub(crate) sales_qualified: Option<Day>,
    /// Invariant: the sales-qualified day, where there is one.
    pub(crate) qualified: Option<Day>,
    /// [`Day::FIRST`] where nobody knows the day.
    pub(crate) converted: Option<Day>,
    /// Invariant: none unless converted.
    pub(crate) won: Option<Day>,
    /// [`Day::FIRST`] where nobody knows the day.
    pub(crate) disqualified: Option<Day>,
    pub(crate) origin: Option<Origin>,
    /// At most 100, as `interest` is.
    pub(crate) fit: Option<u8>,
    pub(crate) interest: Option<u8>,
    /// Days from the arrival to each of the first attempts, as a [`Stamp`] counts them; [`NO_DAY`] for what is none, or came before it.
    early_attempts: [u32; EARLY],
}

/// How many attempts stand in the facts. Most leads have no more, so a pass need not look elsewhere in memory for them.
pub(super) const EARLY: usize = 4;

/// More days than lie between any two supported dates.
const NO_DAY: u32 = u32::MAX;

impl LeadFacts {
    pub(crate) fn new(arrived: Stamp) -> Self {
        Self {
            arrived,
            touched: None,
            arrived_on: arrived.day(),
            touched_on: None,
            marketing_qualified: None,
            sales_qualified: None,
            qualified: None,
            converted: None,
            won: None,
            disqualified: None,
            origin: None,
            fit: None,
            interest: None,
            early_attempts: [NO_DAY; EARLY],
        }
    }

    /// Whether marketing or sales qualified it, as far as somebody says which.
    #[inline]
    pub(super) fn says_milestones(&self) -> bool {
        self.marketing_qualified.is_some() || self.sales_qualified.is_some()
    }

    /// The day of its conversion, where that is known.
    pub(crate) fn converted_on(&self) -> Option<Day> {
        self.converted.and_then(Day::known)
    }

    /// The day on which it was given up, where that is known.
    pub(crate) fn disqualified_on(&self) -> Option<Day> {
        self.disqualified.and_then(Day::known)
    }

    /// Takes a touch down if it is the first.
    pub(crate) fn touch(&mut self, at: Stamp) {
        if self.touched.is_none_or(|known| at.is_before(known)) {
            (self.touched, self.touched_on) = (Some(at), Some(at.day()));
        }
    }

    /// The same instants, elsewhere: nothing but their days changes.
    pub(super) fn moved_to(&mut self, arrived: Stamp, touched: Option<Stamp>) {
        (self.arrived, self.arrived_on) = (arrived, arrived.day());
        (self.touched, self.touched_on) = (touched, touched.map(Stamp::day));
    }

    /// Whether nobody knows how long it waited, since it arrived or was touched on a day without a time. One that was touched on a day before
    /// it arrived has not waited.
    pub(crate) fn lacks_time(&self) -> bool {
        let is_untimed = |at: Stamp| at.moment().is_none();
        let is_early = |touched: Stamp| touched.is_surely_before(self.arrived);
        let untimed = is_untimed(self.arrived) || self.touched.is_some_and(is_untimed);
        untimed && !self.touched.is_some_and(is_early)
    }

    /// What one sees of it at a moment: nothing after that; a day alone counts with all of the moment's day. A lead that has not arrived yet is
    /// never there.
    pub(crate) fn seen_at(mut self, moment: Moment) -> Self {
        if self.arrived.is_after(moment) {
            self.arrived_on = Day::NEVER;
        }
        if self.touched.is_some_and(|at| at.is_after(moment)) {
            (self.touched, self.touched_on) = (None, None);
        }
        self
    }

    /// Takes down on which days the first of all attempts came.
    pub(super) fn attempt(&mut self, all: &[Stamp]) {
        self.early_attempts = array::from_fn(|place| {
            let days = all
                .get(place)
                .and_then(|at| at.whole_days_since(self.arrived));
            days.unwrap_or(NO_DAY)
        });
    }

    /// Days from the arrival to each of the first attempts that came after it.
    #[inline]
    pub(super) fn each_early_attempt(&self, mut day: impl FnMut(u32)) {
        for days in self.early_attempts {
            if days != NO_DAY {
                day(days);
            }
        }
    }
}

/// Who found a lead, or a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Origin {
    /// Marketing: it came to us.
    Marketing,
    /// Sales: a rep went and found it.
    Sales,
    /// A partner brought it. The rates of leads by who found them are of those that marketing or sales found.
    Partner,
}
