//! One deal in time, and what a change of it is booked as.

use super::History;
use super::entry::Entry;
use super::names::Number;
use crate::period::Day;
use crate::record::deal::Facts;
use crate::record::part::Amount;
use crate::record::{Deal, DealStatus};
use crate::value::DealId;

/// One deal: its states in time, and today's record of it.
#[derive(Clone, Copy)]
pub(crate) struct Timeline<'a> {
    pub(super) history: &'a History,
    pub(super) states: &'a [Entry],
    /// With the numbers of its owner and its stage.
    record: Option<(&'a Deal, Number, Number)>,
}

/// How a deal stood at a time: what decides where it is counted, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) amount: Option<Amount>,
    pub(crate) expected: Option<Day>,
    pub(crate) owner: Number,
    /// The one it was last in while open.
    pub(crate) stage: Number,
    pub(crate) status: DealStatus,
}

/// What is booked of a change, in this order where one does several things at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Created,
    /// At the old amount, expected close, owner and stage.
    Reopened,
    /// To another expected close, owner or stage: while it was open and stays so, or as it reopens or closes.
    Moved {
        while_open: bool,
    },
    /// To another amount, or to one at all, or to none.
    Priced,
    Closed,
}

/// Why a deal is in no figure of a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeftOut {
    Deleted,
    /// Won at a negative amount.
    Credit,
}

impl At {
    pub(crate) fn is_open(&self) -> bool {
        self.status == DealStatus::Open
    }
}

impl<'a> Timeline<'a> {
    pub(super) fn new(
        history: &'a History,
        states: &'a [Entry],
        record: Option<(&'a Deal, Number, Number)>,
    ) -> Self {
        Self {
            history,
            states,
            record,
        }
    }

    /// The deal; there is none of a timeline of nothing.
    pub(crate) fn id(&self) -> Option<&'a DealId> {
        match (self.record, self.states.first()) {
            (Some((deal, ..)), _) => Some(deal.id()),
            (None, Some(first)) => self.history.deals.get(first.deal),
            (None, None) => None,
        }
    }

    /// How it stands by its last state.
    pub(crate) fn last(&self) -> Option<At> {
        self.states.last().map(|last| self.at(last))
    }

    /// The day of the first two states of one instant and one running number that differ.
    pub(crate) fn first_at_once(&self) -> Option<Day> {
        let mut pairs = self.states.iter().zip(self.states.iter().skip(1));
        let differs = |(a, b): &(&Entry, &Entry)| a.by_time(b).is_eq() && !a.is_same(b);
        pairs.find(differs).map(|(state, _)| state.day)
    }

    pub(crate) fn record(&self) -> Option<&'a Deal> {
        self.record.map(|(deal, ..)| deal)
    }

    pub(crate) fn states(&self) -> &'a [Entry] {
        self.states
    }

    pub(crate) fn left_out(&self) -> Option<LeftOut> {
        let Some(last) = self.states.last() else {
            let credit = self.record().is_some_and(|deal| deal.facts().is_credit());
            return credit.then_some(LeftOut::Credit);
        };
        if last.is_deleted {
            return Some(LeftOut::Deleted);
        }
        last.is_credit().then_some(LeftOut::Credit)
    }

    /// From when on it exists: its creation, or its close if that is earlier, or else its first known day.
    pub(crate) fn since(&self) -> Day {
        let created = self.record().and_then(|deal| deal.facts().created());
        let Some(first) = self.states.first() else {
            let facts = self.record().map(Deal::facts);
            let since = facts.map_or(Day::FIRST, Facts::since);
            let ending = facts.and_then(|facts| facts.ending);
            return ending.map_or(since, |ending| since.min(ending.on));
        };
        match created {
            Some(created) if created > first.day => {
                let closing = self
                    .states
                    .iter()
                    .find(|state| state.status != DealStatus::Open);
                closing.map_or(created, |closing| created.min(closing.day))
            }
            created => created.unwrap_or(first.day),
        }
    }

    /// Each of its states with its day: none before its creation, and none before an earlier one.
    pub(crate) fn dated(&self) -> impl Iterator<Item = (Day, &'a Entry)> {
        let mut day = self.since();
        self.states.iter().map(move |entry| {
            day = day.max(entry.day);
            (day, entry)
        })
    }

    /// In which stage it was from which day on, or how it had closed, and at which amount: the first state holds from the beginning on.
    #[inline]
    pub(crate) fn stages(&self, mut each: impl FnMut(Day, At)) {
        let mut is_first = true;
        for (day, entry) in self.dated() {
            let at = self.at(entry);
            let since = is_first && at.is_open();
            each(if since { self.since() } else { day }, at);
            is_first = false;
        }
        if self.states.is_empty() {
            self.changes(|day, change, _, after| {
                if matches!(change, Change::Created | Change::Closed) {
                    each(day, after);
                }
            });
        }
    }

    /// How it stood in its beginning: as its first state says, but open, and in the stage of a first state that is open.
    pub(crate) fn beginning(&self) -> Option<At> {
        if let Some(first) = self.states.first() {
            let mut at = self.at(first);
            if first.status != DealStatus::Open {
                at.stage = 0;
            }
            at.status = DealStatus::Open;
            return Some(at);
        }
        let (deal, owner, stage) = self.record?;
        Some(At {
            amount: deal.facts().amount(),
            expected: deal.facts().expected_close,
            owner,
            // The stage of a closed record is not one that it was in while open.
            stage: if deal.facts().ending.is_some() {
                0
            } else {
                stage
            },
            status: DealStatus::Open,
        })
    }

    /// Where states name no owners, the record's.
    #[inline]
    fn owner(&self, entry: &Entry) -> Number {
        if self.history.keeps.owners {
            return entry.owner;
        }
        self.record.map_or(0, |(_, owner, _)| owner)
    }

    #[inline]
    fn at(&self, entry: &Entry) -> At {
        At {
            amount: entry.amount(),
            expected: entry.expected,
            owner: self.owner(entry),
            stage: entry.stage,
            status: entry.status,
        }
    }

    /// Everything that is booked of it, in its order: the day, what changed, how it stood before and after. The creation comes first.
    #[inline]
    pub(crate) fn changes(&self, mut book: impl FnMut(Day, Change, At, At)) {
        let Some(mut now) = self.beginning() else {
            return;
        };
        book(self.since(), Change::Created, now, now);
        for (day, entry) in self.dated() {
            now = change(now, self.at(entry), |what, before, after| {
                book(day, what, before, after);
            });
        }
        if self.states.is_empty() {
            let ending = self.record().and_then(|deal| deal.facts().ending);
            if let Some(ending) = ending {
                let after = At {
                    status: ending.status,
                    ..now
                };
                book(ending.on.max(self.since()), Change::Closed, now, after);
            }
        }
    }
}

/// From one state to the next, booked step by step; how it stands then.
#[inline]
fn change(mut now: At, mut next: At, mut book: impl FnMut(Change, At, At)) -> At {
    let closes = next.status != DealStatus::Open;
    let mut while_open = !closes;
    if closes {
        next.stage = now.stage;
    }
    if now.status != DealStatus::Open {
        if now.status == next.status {
            return next;
        }
        let open = At {
            status: DealStatus::Open,
            ..now
        };
        book(Change::Reopened, now, open);
        now = open;
        while_open = false;
    }
    let moved = At {
        amount: now.amount,
        status: DealStatus::Open,
        ..next
    };
    if moved != now {
        book(Change::Moved { while_open }, now, moved);
    }
    let priced = At {
        amount: next.amount,
        ..moved
    };
    if priced != moved {
        book(Change::Priced, moved, priced);
    }
    if closes {
        book(Change::Closed, priced, next);
    }
    next
}
