//! The deals as they were on an evening.

use chrono::NaiveDate;

use super::History;
use super::entry::Entry;
use super::timeline::{LeftOut, Timeline};
use crate::error::Undefined;
use crate::period::Day;
use crate::record::DealStatus;
use crate::record::deal::{Deal, Ending, Facts};
use crate::record::part::Share;

/// The deals as they were on an evening: what [`History::deals_on`] gives. `of`, `series` and `grid` of any tally of deals take them as they are; for `by`, which borrows
/// its keys, they are collected first. [`MovementTally::by_stage`](crate::MovementTally::by_stage) has the open ones by stage, as its closing.
#[derive(Clone, Copy, Debug)]
pub struct DealsThen<'a> {
    history: &'a History,
    evening: Day,
}

impl History {
    /// The deals as they were on the evening of a day: those that existed by then, each as its last state by then says.
    ///
    /// Tallied in a scope seen from that day, every KPI of deals is that of the day, without hindsight. What the history does not keep
    /// (cost, list price, account, dimensions) is today's. A quarter that has not begun is seen from the evening, too: `Scope::new(q3, currency).as_of(evening)?`.
    ///
    /// ```
    /// use sales_metrics::{Currency, Deal, DealState, DealStatus, DealTally, History, Outcome, Period, Scope, date, day, kpi};
    ///
    /// // Lost in March and reopened in May: on the last day of March it was lost.
    /// let open = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?;
    /// let mut states = Vec::new();
    /// for (on, status) in [("2026-01-07", DealStatus::Open), ("2026-03-20", DealStatus::Lost), ("2026-05-04", DealStatus::Open)] {
    ///     states.push(DealState::new("D-1", day(on)?, status, Currency::USD)?);
    /// }
    /// let history = History::new(Currency::USD).with_deals([open])?.with_states(states)?;
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let then = DealTally::of(history.deals_on(date(2026, 3, 31)?)?, q1)?;
    /// assert_eq!((then.totals().open()?.count, then.totals().lost()?.count), (0, 1));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Undefined::NeedsHistory`] for a day before the first state of all.
    pub fn deals_on(&self, day: NaiveDate) -> Result<DealsThen<'_>, Undefined> {
        let evening = Day::new(day).map_err(|_| Undefined::NeedsHistory)?;
        self.keeps.expect_evening(evening)?;
        Ok(DealsThen {
            history: self,
            evening,
        })
    }
}

impl<'a> DealsThen<'a> {
    /// How many of them are, in want of any state, as today's record says: what it says of their value is hindsight.
    #[must_use]
    pub fn without_states(&self) -> u64 {
        self.count(|timeline| timeline.states.is_empty())
    }

    /// How many of them had no state by then, and are as their first one says.
    #[must_use]
    pub fn before_their_first_state(&self) -> u64 {
        let is_later = |first: &Entry| first.day > self.evening;
        self.count(|timeline| timeline.states.first().is_some_and(is_later))
    }

    /// How many deals are left out, since they have been deleted.
    #[must_use]
    pub fn deleted(&self) -> u64 {
        let timelines = self.history.timelines();
        let deleted = timelines.filter(|line| line.left_out() == Some(LeftOut::Deleted));
        u64::try_from(deleted.count()).unwrap_or(u64::MAX)
    }

    fn count(&self, counts: impl Fn(&Timeline<'a>) -> bool) -> u64 {
        let timelines = self.history.timelines();
        let there = timelines.filter(|line| line.is_there(self.evening) && counts(line));
        u64::try_from(there.count()).unwrap_or(u64::MAX)
    }
}

impl<'a> IntoIterator for DealsThen<'a> {
    type Item = Deal;
    type IntoIter = Box<dyn Iterator<Item = Deal> + 'a>;

    fn into_iter(self) -> Self::IntoIter {
        let timelines = self.history.timelines();
        Box::new(timelines.filter_map(move |timeline| timeline.deal_on(self.evening)))
    }
}

impl Timeline<'_> {
    /// Whether it exists on an evening, open or closed: one that was deleted since never did, and a credit is none before its win.
    fn is_there(&self, evening: Day) -> bool {
        match self.left_out() {
            Some(LeftOut::Deleted) => false,
            Some(LeftOut::Credit) => self.ending_on(evening).is_some(),
            None => self.since() <= evening,
        }
    }

    /// Whether it is open on an evening.
    pub(crate) fn is_open_on(&self, evening: Day) -> bool {
        let is_credit = self.left_out() == Some(LeftOut::Credit);
        !is_credit && self.is_there(evening) && self.ending_on(evening).is_none()
    }

    /// How likely it was to be won, as it stood on an evening.
    pub(crate) fn probability_on(&self, evening: Day) -> Option<Share> {
        let Some(first) = self.states.first() else {
            return self.record()?.facts.probability;
        };
        self.last_by(evening).unwrap_or(first).probability
    }

    fn deal_on(&self, evening: Day) -> Option<Deal> {
        if !self.is_there(evening) {
            return None;
        }
        let Some(first) = self.states.first() else {
            let mut deal = self.record()?.clone();
            deal.facts.ending = self.ending_on(evening);
            deal.drop_reason_unless_lost();
            return Some(deal);
        };
        let last = self.last_by(evening).unwrap_or(first);
        let mut deal = match self.record() {
            Some(record) => record.clone(),
            None => self.stranger(first)?,
        };
        self.set_state(&mut deal, last);
        deal.facts.ending = self.ending_on(evening);
        deal.drop_reason_unless_lost();
        Some(deal)
    }

    /// Its last state by an evening.
    fn last_by(&self, evening: Day) -> Option<&Entry> {
        let by_then = self.states.partition_point(|state| state.day <= evening);
        self.states.get(by_then.checked_sub(1)?)
    }

    /// How it had closed by an evening: on the day of the state that closed it, unless a state since carries a close date.
    pub(crate) fn ending_on(&self, evening: Day) -> Option<Ending> {
        if self.states.is_empty() {
            let ending = self.record()?.facts.ending?;
            return (ending.on <= evening).then_some(ending);
        }
        let status = self.last_by(evening)?.status;
        let by_then = self.states.iter().filter(|state| state.day <= evening);
        let since_closed = by_then.rev().take_while(|state| state.status == status);
        let (mut on, mut carried) = (None, None);
        for state in since_closed {
            on = Some(state.day);
            carried = carried.or(state.closed);
        }
        let on = match carried {
            Some(carried) => carried.min(evening),
            None => on?,
        };
        (status != DealStatus::Open).then_some(Ending { status, on })
    }

    /// A deal of which there is no record.
    fn stranger(&self, first: &Entry) -> Option<Deal> {
        let id = self.history.deals.get(first.deal)?.clone();
        let facts = Facts::new(None, None, self.history.currency);
        Some(Deal::of_facts(id, facts))
    }

    fn set_state(&self, deal: &mut Deal, state: &Entry) {
        deal.facts
            .set_state(state.signed_amount(), state.expected, state.probability);
        let history = self.history;
        let label = history.stage(state.stage);
        let same = deal.stage() == label && deal.forecast_category() == state.category;
        if !same {
            let particulars = deal.particulars_mut();
            particulars.stage = label.cloned();
            particulars.forecast = state.category;
        }
        if history.keeps.owners && deal.owner() != history.owner(state.owner) {
            deal.hand_over(history.owner(state.owner).cloned());
        }
    }
}
