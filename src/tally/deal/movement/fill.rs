//! A deal in time, booked into the waterfalls.

use super::{MovementScope, MovementTotals, Waterfall};
use crate::error::Error;
use crate::period::Day;
use crate::record::{Amount, At, Change, DealStatus, History, LeftOut, Number, Timeline};
use crate::tally::priced::Priced;
use crate::value::money;

/// The totals of a group on the way.
#[derive(Clone, Copy, Default)]
pub(super) struct Filling {
    totals: MovementTotals,
    rolling: Seen,
    due: Seen,
}

/// The last deals of which a change was counted, so that each counts once.
#[derive(Clone, Copy, Default)]
struct Seen {
    increased: u64,
    decreased: u64,
}

/// How a deal is booked: in which groups, and as the how manieth.
pub(super) struct Booking<'a, G> {
    groups: &'a mut [Filling],
    scope: MovementScope,
    group: G,
    serial: u64,
}

impl Filling {
    pub(super) fn done(self, history: &History) -> MovementTotals {
        MovementTotals {
            keeps: history.keeps(),
            ..self.totals
        }
    }
}

pub(super) fn expect_currency(history: &History, scope: MovementScope) -> Result<(), Error> {
    let currency = scope.scope().currency();
    money::expect_currency("the history", currency, history.currency())
}

/// All deals in one pass, by the number of the group that each is in at a time, of so many groups.
pub(super) fn groups(
    history: &History,
    scope: MovementScope,
    group: fn(&At) -> Number,
    count: usize,
) -> Result<Vec<MovementTotals>, Error> {
    expect_currency(history, scope)?;
    let mut groups = vec![Filling::default(); count];
    let mut booking = Booking::new(&mut groups, scope, group);
    for timeline in history.timelines() {
        booking.add(&timeline);
    }
    let groups = groups.into_iter();
    Ok(groups.map(|group| group.done(history)).collect())
}

/// The deals of a history that one group holds, whatever becomes of them.
pub(super) fn whole(
    filling: &mut Filling,
    scope: MovementScope,
    timeline: &Timeline<'_>,
    serial: u64,
) {
    let groups = core::slice::from_mut(filling);
    let mut booking = Booking::new(groups, scope, |_: &At| 0);
    booking.serial = serial;
    booking.add(timeline);
}

impl<'a, G: Fn(&At) -> Number> Booking<'a, G> {
    fn new(groups: &'a mut [Filling], scope: MovementScope, group: G) -> Self {
        Self {
            groups,
            scope,
            group,
            serial: 0,
        }
    }

    fn add(&mut self, timeline: &Timeline<'_>) {
        self.serial += 1;
        match timeline.left_out() {
            Some(LeftOut::Credit) => return,
            Some(LeftOut::Deleted) => {
                if let Some(at) = timeline.beginning() {
                    self.count(&at, |totals| totals.deleted += 1);
                }
                return;
            }
            None => {}
        }
        let (start, end) = self.scope.scope().evenings();
        let (mut opening, mut now) = (None, None);
        let mut has_begun = false;
        timeline.changes(|day, change, before, after| {
            if day >= end {
                return;
            }
            if day >= start {
                if !has_begun {
                    (opening, has_begun) = (now, true);
                }
                self.book(change, &before, &after);
            }
            now = Some(after);
        });
        let opening = if has_begun { opening } else { now };
        let Some(closing) = now else { return };
        if let Some(opening) = opening.filter(At::is_open) {
            self.open(&opening, &closing, timeline, start);
        }
        if closing.is_open() {
            self.each_due(&closing, |waterfall| waterfall.closing.add(closing.amount));
        }
        if timeline.states().is_empty() {
            self.count(&closing, |totals| totals.without_states += 1);
        }
    }

    /// What was open on the evening before the period.
    fn open(&mut self, opening: &At, closing: &At, timeline: &Timeline<'_>, start: Day) {
        self.each_due(opening, |waterfall| waterfall.opening.add(opening.amount));
        let first = timeline.states().first();
        if first.is_some_and(|first| first.day() >= start) {
            self.count(opening, |totals| totals.before_first_state += 1);
        }
        let scope = self.scope.scope();
        let (from, to) = scope.period().bounds();
        let is_in = |day: Day| from <= day && day < to;
        if !opening.expected.is_some_and(is_in) {
            return;
        }
        let later = closing.expected.is_some_and(|day| to <= day);
        let slipped = closing.is_open() && (later || scope.is_complete());
        self.count(opening, |totals| {
            totals.expected.add(opening.amount);
            totals.slipped += u64::from(slipped);
            if closing.status == DealStatus::Won {
                totals.converted.add(opening.amount);
            }
        });
    }

    fn book(&mut self, change: Change, before: &At, after: &At) {
        match change {
            Change::Created => {
                self.each_due(after, |waterfall| waterfall.created.add(after.amount));
            }
            Change::Reopened => {
                self.each_due(after, |waterfall| waterfall.reopened.add(after.amount));
            }
            Change::Moved { while_open } => {
                self.move_over(before, after);
                if while_open {
                    self.push(before, after);
                }
            }
            Change::Priced => self.price(before, after),
            Change::Closed => self.each_due(before, |waterfall| {
                if let Some(part) = closed(waterfall, after.status) {
                    part.add(before.amount);
                }
            }),
        }
    }

    fn move_over(&mut self, before: &At, after: &At) {
        let (from, to) = ((self.group)(before), (self.group)(after));
        let (was_due, is_due) = (self.is_due(before), self.is_due(after));
        let amount = after.amount;
        if from != to {
            self.count(before, |totals| totals.rolling.moved_out.add(amount));
            self.count(after, |totals| totals.rolling.moved_in.add(amount));
        }
        if was_due && (from != to || !is_due) {
            self.count(before, |totals| totals.due.moved_out.add(amount));
        }
        if is_due && (from != to || !was_due) {
            self.count(after, |totals| totals.due.moved_in.add(amount));
        }
    }

    fn push(&mut self, before: &At, after: &At) {
        let (Some(from), Some(to)) = (before.expected, after.expected) else {
            return;
        };
        let days = to.number().saturating_sub(from.number());
        self.count(after, |totals| {
            totals.pushes += u64::from(days > 0);
            totals.push_days = totals.push_days.saturating_add(days);
        });
    }

    fn price(&mut self, before: &At, after: &At) {
        let (is_due, serial) = (self.is_due(after), self.serial);
        let Some(group) = group_mut(self.groups, (self.group)(after)) else {
            return;
        };
        let Filling {
            totals,
            rolling,
            due,
        } = group;
        reprice(
            &mut totals.rolling,
            rolling,
            before.amount,
            after.amount,
            serial,
        );
        if is_due {
            reprice(&mut totals.due, due, before.amount, after.amount, serial);
        }
    }

    fn is_due(&self, at: &At) -> bool {
        self.scope.is_due(at.expected)
    }

    /// In the waterfall of all, and in that of those due where it is.
    fn each_due(&mut self, at: &At, book: impl Fn(&mut Waterfall)) {
        let is_due = self.is_due(at);
        self.count(at, |totals| {
            book(&mut totals.rolling);
            if is_due {
                book(&mut totals.due);
            }
        });
    }

    fn count(&mut self, at: &At, count: impl FnOnce(&mut MovementTotals)) {
        if let Some(group) = group_mut(self.groups, (self.group)(at)) {
            count(&mut group.totals);
        }
    }
}

fn group_mut(groups: &mut [Filling], number: Number) -> Option<&mut Filling> {
    groups.get_mut(usize::try_from(number).ok()?)
}

fn closed(waterfall: &mut Waterfall, status: DealStatus) -> Option<&mut Priced> {
    match status {
        DealStatus::Won => Some(&mut waterfall.won),
        DealStatus::Lost => Some(&mut waterfall.lost),
        DealStatus::Disqualified => Some(&mut waterfall.disqualified),
        DealStatus::Open => None,
    }
}

/// A first amount is an increase, one that is taken away a decrease.
fn reprice(
    waterfall: &mut Waterfall,
    seen: &mut Seen,
    before: Option<Amount>,
    after: Option<Amount>,
    serial: u64,
) {
    let units = |amount: Option<Amount>| amount.map_or(0, Amount::units);
    let switches = before.is_some() != after.is_some();
    let (old, new) = (units(before), units(after));
    let (part, last) = if (after.is_some(), new) > (before.is_some(), old) {
        (&mut waterfall.increased, &mut seen.increased)
    } else {
        (&mut waterfall.decreased, &mut seen.decreased)
    };
    part.add(new.abs_diff(old), switches, *last != serial);
    *last = serial;
}
