//! The states that single changes of fields amount to.

use super::change::DealChange;
use super::field_value::{FieldValue, set_amount};
use super::state::DealState;
use crate::period::{Day, Stamp};
use crate::record::Deal;

/// What of a deal changed at once.
struct Step<'a> {
    at: Stamp,
    place: (i64, u32),
    /// Whether its source says of some field what was there before.
    has_before: bool,
    /// What each field said before, and since.
    turns: Vec<(FieldValue, &'a FieldValue)>,
}

impl Step<'_> {
    /// Whether a change is a part of it.
    fn holds(&self, change: &DealChange) -> bool {
        let is_of = |field: &FieldValue| self.turns.iter().any(|(_, to)| to.is_of_field(field));
        self.place == change.place() && !change.turns().any(|turn| is_of(&turn.to))
    }
}

/// The changes of a deal, which come in time.
fn steps<'a>(changes: &[&'a DealChange]) -> Vec<Step<'a>> {
    let mut steps: Vec<Step<'a>> = Vec::new();
    // The last value of each field.
    let mut last: Vec<&'a FieldValue> = Vec::new();
    for change in changes {
        if !steps.last().is_some_and(|step| step.holds(change)) {
            steps.push(Step {
                at: change.stamp(),
                place: change.place(),
                has_before: false,
                turns: Vec::new(),
            });
        }
        for turn in change.turns() {
            let mut known = last.iter_mut();
            let known = known.find(|known| known.is_of_field(&turn.to));
            let from = match (&turn.from, &known) {
                (Some(from), _) => from.clone(),
                (None, Some(known)) => (**known).clone(),
                (None, None) => turn.to.nothing(),
            };
            match known {
                Some(known) => *known = &turn.to,
                None => last.push(&turn.to),
            }
            if let Some(step) = steps.last_mut() {
                step.has_before |= turn.from.is_some();
                step.turns.push((from, &turn.to));
            }
        }
    }
    steps
}

/// Where the changes do not say how the deal came to stand as it does, its record says when it did: behind what else changed until then, but before what tells
/// that it had.
fn close<'a>(steps: &mut Vec<Step<'a>>, ended: &'a FieldValue, on: Day, created: Option<Day>) {
    let mut is_told = false;
    let turns = steps.iter().flat_map(|step| &step.turns);
    for (from, to) in turns.filter(|(_, to)| to.is_of_field(ended)) {
        if from != ended || *to != ended {
            return;
        }
        is_told = true;
    }
    if is_told && created.is_some_and(|created| on <= created) {
        // It never was anything else.
        return;
    }
    let is_later = |step: &Step<'_>| {
        let mut told = step.turns.iter();
        step.at.day() > on || told.any(|(_, to)| to.is_of_field(ended))
    };
    let place = steps.iter().position(is_later);
    let place = place.unwrap_or(steps.len());
    let mut at = Stamp::of_day(on);
    let turn = (ended.nothing(), ended);
    if let Some(last) = place.checked_sub(1).and_then(|last| steps.get_mut(last)) {
        if last.at.day() == on {
            last.turns.push(turn);
            return;
        }
        at = Stamp::of_day_behind(on, last.at);
    }
    if let Some(next) = steps.get(place) {
        if next.at.order() < at.order() {
            at = next.at;
        }
    }
    let step = Step {
        at,
        place: (at.order(), 0),
        has_before: true,
        turns: vec![turn],
    };
    steps.insert(place, step);
}

/// The states of a deal: today's record, with its changes undone one after another. They come in time.
pub(super) fn undone(deal: &Deal, changes: &[&DealChange]) -> Vec<DealState> {
    let mut now = today(deal);
    let (ended, closed) = (now.facts.status, now.facts.closed);
    let mut is_in_force = true;
    let mut undone = Vec::new();
    let status = FieldValue::Status(ended);
    let mut steps = steps(changes);
    if let Some(on) = closed {
        close(&mut steps, &status, on, deal.facts().created());
    }
    let runs = 1..=u32::try_from(steps.len()).unwrap_or(u32::MAX);
    for (step, run) in steps.iter().rev().zip(runs.rev()) {
        let mut state = now;
        for (_, to) in &step.turns {
            to.set(&mut state);
        }
        (state.facts.at, state.facts.run) = (step.at, run);
        // Today's close date is that of the last closing.
        is_in_force &= state.facts.status == ended;
        state.facts.closed = closed.filter(|_| is_in_force);
        undone.push(state.clone());
        now = state;
        for (from, _) in &step.turns {
            from.set(&mut now);
        }
    }
    is_in_force &= now.facts.status == ended;
    now.facts.closed = closed.filter(|_| is_in_force);
    // Before the first change, on whichever day that was: since its creation, or else just before that change. One that says nothing of what
    // was before it is what the deal began with.
    if let Some(first) = steps.first().filter(|first| first.has_before) {
        let created = deal.facts().created();
        let created = created.filter(|day| *day < first.at.day());
        now.facts.at = created.map_or(first.at, Stamp::of_day);
        now.facts.run = 0;
        undone.push(now);
    }
    undone.reverse();
    undone
}

/// As today's record says.
fn today(deal: &Deal) -> DealState {
    let facts = deal.facts();
    let amount = facts.sized_amount();
    let mut state = DealState::of(
        deal.id().clone(),
        Stamp::of_day(facts.since()),
        deal.status(),
        deal.currency(),
    );
    (state.owner, state.stage) = (deal.owner().cloned(), deal.stage().cloned());
    set_amount(&mut state, amount);
    state.facts.category = deal.forecast_category();
    state.facts.expected_close = facts.expected_close;
    state.facts.probability = facts.probability;
    state.facts.closed = facts.ending.map(|ending| ending.on);
    state
}
