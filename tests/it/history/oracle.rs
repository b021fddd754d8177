//! Section 9 of the catalogue once more, as it reads: slowly, over the raw states.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sales_metrics::tally::{AmountSum, MovementTotals, Priced, Repriced, Waterfall};
use sales_metrics::{DealStatus, Decimal, MovementScope, Outcome, Scope};

use super::cases::{RawDeal, RawState};

/// A deal as it stood from a day on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Snap {
    pub(super) status: DealStatus,
    /// A negative one counts as none.
    pub(super) amount: Option<i64>,
    pub(super) is_negative: bool,
    pub(super) expected: Option<NaiveDate>,
    pub(super) owner: Option<&'static str>,
    /// While it is closed, that which it was last in while open.
    pub(super) stage: Option<&'static str>,
    /// Of a closed one, the day on which it closed.
    pub(super) closed: NaiveDate,
}

impl Snap {
    fn is_open(&self) -> bool {
        self.status == DealStatus::Open
    }

    fn opened(&self) -> Self {
        Self {
            status: DealStatus::Open,
            ..self.clone()
        }
    }
}

/// A deal from its creation on: each of its states, by the day.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) snaps: Vec<(NaiveDate, Snap)>,
    pub(super) has_states: bool,
    /// The day of the first state, where it is not from a record alone.
    pub(super) first_state: Option<NaiveDate>,
}

/// All deals but those that have been deleted, and how many these are.
pub(super) fn lines(deals: &[RawDeal]) -> (Vec<Line>, u64) {
    let all = || deals.iter().flat_map(|deal| &deal.states);
    let keeps_owners = all().any(|state| state.owner.is_some());
    let mut lines = Vec::new();
    let mut deleted = 0;
    for deal in deals {
        let mut states = deal.states.clone();
        // A day alone is the first of its day.
        states.sort_by_key(|state| {
            (
                state.on,
                state.minute.map_or(0, |minute| minute + 1),
                state.run,
            )
        });
        if let Some(last) = states.last() {
            if last.is_deleted {
                deleted += 1;
                continue;
            }
            // A credit is no part of any pipeline.
            if last.status == DealStatus::Won && last.amount.is_some_and(|amount| amount < 0) {
                continue;
            }
        }
        let first_state = states.first().map(|state| state.on);
        let snaps = match first_state {
            Some(_) => from_states(deal, &states, keeps_owners),
            None => from_record(deal),
        };
        lines.push(Line {
            id: deal.id.clone(),
            snaps,
            has_states: first_state.is_some(),
            first_state,
        });
    }
    (lines, deleted)
}

fn positive(amount: Option<i64>) -> Option<i64> {
    amount.filter(|amount| *amount >= 0)
}

fn from_states(deal: &RawDeal, states: &[RawState], keeps_owners: bool) -> Vec<(NaiveDate, Snap)> {
    let mut snaps: Vec<(NaiveDate, Snap)> = Vec::new();
    let record = deal.record.as_ref();
    let owner = |state: &RawState| {
        if keeps_owners {
            state.owner
        } else {
            record.and_then(|record| record.owner)
        }
    };
    let first = &states[0];
    let created = record.and_then(|record| record.created);
    // From its creation, or its close where that is earlier.
    let closed = states.iter().find(|state| state.status != DealStatus::Open);
    let closed = closed.map_or(NaiveDate::MAX, |state| state.on);
    let since = created.unwrap_or(first.on).min(closed);
    {
        let created = since;
        if created < first.on {
            let snap = Snap {
                status: DealStatus::Open,
                amount: positive(first.amount),
                is_negative: first.amount.is_some_and(|amount| amount < 0),
                expected: first.expected,
                owner: owner(first),
                stage: first.stage.filter(|_| first.status == DealStatus::Open),
                closed: created,
            };
            snaps.push((created, snap));
        }
    }
    for state in states {
        let before = snaps.last().map(|(_, before)| before);
        let closed = match before {
            Some(before) if state.close.is_none() && before.status == state.status => before.closed,
            _ => state.close.unwrap_or(state.on),
        };
        let stage = match state.status {
            DealStatus::Open => state.stage,
            _ => before.and_then(|before| before.stage),
        };
        let snap = Snap {
            status: state.status,
            amount: positive(state.amount),
            is_negative: state.amount.is_some_and(|amount| amount < 0),
            expected: state.expected,
            owner: owner(state),
            stage,
            closed,
        };
        // None of its states is before its creation.
        snaps.push((state.on.max(since), snap));
    }
    snaps
}

fn from_record(deal: &RawDeal) -> Vec<(NaiveDate, Snap)> {
    let record = deal.record.as_ref().unwrap();
    let (status, closed) = match record.outcome {
        Outcome::Open => (DealStatus::Open, None),
        Outcome::Won { on } => (DealStatus::Won, Some(on)),
        Outcome::Lost { on } => (DealStatus::Lost, Some(on)),
        Outcome::Disqualified { on } => (DealStatus::Disqualified, Some(on)),
    };
    let is_negative = record.amount.is_some_and(|amount| amount < 0);
    if is_negative && status == DealStatus::Won {
        return Vec::new();
    }
    // One that is open, and of which no day is known, is open on every evening.
    let since = [record.created, closed].into_iter().flatten().min();
    let since = since.unwrap_or(NaiveDate::MIN);
    let open = Snap {
        status: DealStatus::Open,
        amount: positive(record.amount),
        is_negative,
        expected: record.expected,
        owner: record.owner,
        // That of a closed record is not one that it was in while open.
        stage: if closed.is_some() { None } else { record.stage },
        closed: since,
    };
    let end = closed.map(|on| {
        let closed = Snap {
            status,
            closed: on,
            ..open.clone()
        };
        (on, closed)
    });
    [(since, open)].into_iter().chain(end).collect()
}

impl Line {
    /// As it stood on the evening of a day.
    pub(super) fn on(&self, day: NaiveDate) -> Option<&Snap> {
        let until = self.snaps.iter().take_while(|(on, _)| *on <= day);
        until.last().map(|(_, snap)| snap)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Part {
    pub(super) count: u64,
    pub(super) priced: u64,
    pub(super) sum: i128,
}

impl Part {
    fn add(&mut self, amount: Option<i64>) {
        self.count += 1;
        self.priced += u64::from(amount.is_some());
        self.sum += i128::from(amount.unwrap_or(0));
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
#[allow(clippy::struct_field_names, reason = "as the crate calls them")]
pub(super) struct Changes {
    pub(super) changes: u64,
    pub(super) deals: BTreeSet<String>,
    pub(super) switched: u64,
    pub(super) sum: i128,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fall {
    pub(super) opening: Part,
    pub(super) created: Part,
    pub(super) moved_in: Part,
    pub(super) reopened: Part,
    pub(super) increased: Changes,
    pub(super) decreased: Changes,
    pub(super) moved_out: Part,
    pub(super) won: Part,
    pub(super) lost: Part,
    pub(super) disqualified: Part,
    pub(super) closing: Part,
}

pub(super) fn evenings(scope: Scope) -> (NaiveDate, NaiveDate) {
    let evening = scope.evening();
    let before = scope.period().start().pred_opt().unwrap();
    (before.min(evening), evening)
}

/// Both evenings, and all that happened between them to those that are inside.
pub(super) fn waterfall(lines: &[Line], scope: Scope, inside: impl Fn(&Snap) -> bool) -> Fall {
    let (before, evening) = evenings(scope);
    let mut fall = Fall::default();
    for line in lines {
        for (part, day) in [(&mut fall.opening, before), (&mut fall.closing, evening)] {
            if let Some(snap) = line.on(day).filter(|snap| snap.is_open() && inside(snap)) {
                part.add(snap.amount);
            }
        }
        let mut old: Option<&Snap> = None;
        for (on, new) in &line.snaps {
            if before < *on && *on <= evening {
                book(&mut fall, &line.id, old, new, &inside);
            }
            old = Some(new);
        }
    }
    fall
}

fn book(
    fall: &mut Fall,
    id: &str,
    old: Option<&Snap>,
    new: &Snap,
    inside: &impl Fn(&Snap) -> bool,
) {
    let from = match old {
        None => {
            let created = new.opened();
            if inside(&created) {
                fall.created.add(created.amount);
            }
            created
        }
        Some(old) if old.is_open() => old.clone(),
        Some(old) if old.status == new.status => return,
        Some(old) => {
            let again = old.opened();
            if inside(&again) {
                fall.reopened.add(again.amount);
            }
            again
        }
    };
    let moved = Snap {
        amount: from.amount,
        ..new.opened()
    };
    match (inside(&from), inside(&moved)) {
        (true, false) => fall.moved_out.add(from.amount),
        (false, true) => fall.moved_in.add(from.amount),
        _ => {}
    }
    if inside(&moved) {
        let by = i128::from(new.amount.unwrap_or(0)) - i128::from(from.amount.unwrap_or(0));
        let switches = from.amount.is_some() != new.amount.is_some();
        let list = if by > 0 || switches && new.amount.is_some() {
            Some(&mut fall.increased)
        } else if by < 0 || switches {
            Some(&mut fall.decreased)
        } else {
            None
        };
        if let Some(list) = list {
            list.changes += 1;
            list.deals.insert(id.to_owned());
            list.switched += u64::from(switches);
            list.sum += by.abs();
        }
        match new.status {
            DealStatus::Open => {}
            DealStatus::Won => fall.won.add(new.amount),
            DealStatus::Lost => fall.lost.add(new.amount),
            DealStatus::Disqualified => fall.disqualified.add(new.amount),
        }
    }
}

fn units(sum: AmountSum) -> i128 {
    let units = sum.decimal() * Decimal::from(10_000);
    units.normalize().try_into().unwrap()
}

impl From<Priced> for Part {
    fn from(part: Priced) -> Self {
        Self {
            count: part.count,
            priced: part.priced,
            sum: units(part.amount),
        }
    }
}

fn expect_changes(found: Repriced, changes: &Changes, what: &str) {
    let expected = (
        changes.changes,
        changes.deals.len() as u64,
        changes.switched,
        changes.sum,
    );
    let found = (
        found.changes,
        found.deals,
        found.switched,
        units(found.amount),
    );
    assert_eq!(found, expected, "{what}");
}

/// The crate's waterfall is this one.
pub(super) fn expect_waterfall(found: Waterfall, fall: &Fall) {
    for (found, part, what) in [
        (found.opening, fall.opening, "opening"),
        (found.created, fall.created, "created"),
        (found.moved_in, fall.moved_in, "moved in"),
        (found.reopened, fall.reopened, "reopened"),
        (found.moved_out, fall.moved_out, "moved out"),
        (found.won, fall.won, "won"),
        (found.lost, fall.lost, "lost"),
        (found.disqualified, fall.disqualified, "disqualified"),
        (found.closing, fall.closing, "closing"),
    ] {
        assert_eq!(Part::from(found), part, "{what}");
    }
    expect_changes(found.increased, &fall.increased, "increased");
    expect_changes(found.decreased, &fall.decreased, "decreased");
}

pub(super) fn is_due(scope: MovementScope, snap: &Snap) -> bool {
    let target = scope.target();
    snap.expected
        .is_some_and(|day| target.start() <= day && day < target.end())
}

/// What was open on the evening before and due in the period.
#[derive(Debug, Default)]
#[allow(clippy::struct_field_names, reason = "as the crate calls them")]
pub(super) struct Expected {
    pub(super) expected: Part,
    pub(super) slipped: u64,
    pub(super) converted: Part,
}

pub(super) fn expected(lines: &[Line], scope: Scope) -> Expected {
    let (before, evening) = evenings(scope);
    let due = scope.due_in(scope.period());
    let last = scope.period().end().pred_opt().unwrap();
    let mut all = Expected::default();
    for line in lines {
        let then = line.on(before).filter(|snap| snap.is_open());
        let Some(then) = then.filter(|snap| is_due(due, snap)) else {
            continue;
        };
        let now = line.on(evening).unwrap();
        all.expected.add(then.amount);
        if now.status == DealStatus::Won {
            all.converted.add(then.amount);
        }
        let is_late = now.expected.is_some_and(|day| last < day);
        all.slipped += u64::from(now.is_open() && (scope.is_complete() || is_late));
    }
    all
}

/// How often to a later day, and by how many days in all.
pub(super) fn pushes(lines: &[Line], scope: Scope) -> (u64, i64) {
    let (before, evening) = evenings(scope);
    let (mut pushes, mut push_days) = (0, 0);
    let pairs = lines.iter().flat_map(|line| line.snaps.windows(2));
    for pair in pairs {
        let [(_, old), (on, new)] = pair else {
            unreachable!()
        };
        if !(before < *on && *on <= evening && old.is_open() && new.is_open()) {
            continue;
        }
        if let (Some(old), Some(new)) = (old.expected, new.expected) {
            pushes += u64::from(old < new);
            push_days += (new - old).num_days();
        }
    }
    (pushes, push_days)
}

/// All that a movement tally of the whole counts.
pub(super) fn expect_movements(found: &MovementTotals, deals: &[RawDeal], scope: MovementScope) {
    let (lines, deleted) = lines(deals);
    let view = scope.scope();
    expect_waterfall(found.rolling, &waterfall(&lines, view, |_| true));
    expect_waterfall(
        found.due,
        &waterfall(&lines, view, |snap| is_due(scope, snap)),
    );
    let (before, evening) = evenings(view);
    let Expected {
        expected,
        slipped,
        converted,
    } = self::expected(&lines, view);
    let early = lines.iter().filter(|line| {
        let is_open = line.on(before).is_some_and(Snap::is_open);
        is_open && line.first_state.is_some_and(|first| before < first)
    });
    let early = early.count() as u64;
    assert_eq!(Part::from(found.expected), expected, "expected");
    assert_eq!(Part::from(found.converted), converted, "converted");
    assert_eq!(found.slipped, slipped, "slipped");
    let found_pushes = (found.pushes, found.push_days);
    assert_eq!(found_pushes, pushes(&lines, view), "pushes");
    assert_eq!(found.deleted, deleted, "deleted");
    let without = lines
        .iter()
        .filter(|line| !line.has_states && line.on(evening).is_some());
    let without = without.count() as u64;
    assert_eq!(found.without_states, without, "without states");
    assert_eq!(found.before_first_state, early, "before their first states");
}

/// How far a deal got by a day, and where it was.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    /// Of each stage, and of the win, the day on which it was first reached, and the amount then.
    pub(super) reached: Vec<Option<(NaiveDate, Option<i64>)>>,
    /// Stage, entry, leaving, and whether it was lost on leaving.
    pub(super) visits: Vec<(usize, NaiveDate, Option<NaiveDate>, bool)>,
    pub(super) is_open: bool,
    pub(super) is_out_of_order: bool,
}

pub(super) fn path(line: &Line, stages: &[&str], until: NaiveDate) -> Path {
    let mut path = Path {
        reached: vec![None; stages.len() + 1],
        ..Path::default()
    };
    let mut place: Option<usize> = None;
    for (on, snap) in line.snaps.iter().take_while(|(on, _)| *on <= until) {
        let was = place;
        path.is_open = snap.is_open();
        let far = match snap.status {
            DealStatus::Open => {
                let known = snap
                    .stage
                    .map(|stage| stages.iter().position(|known| *known == stage));
                match known {
                    Some(Some(known)) => place = Some(known),
                    Some(None) => path.is_out_of_order = true,
                    // Nothing is said of its stage.
                    None => {}
                }
                place
            }
            DealStatus::Won => {
                place = None;
                Some(stages.len())
            }
            DealStatus::Lost | DealStatus::Disqualified => {
                place = None;
                None
            }
        };
        let up_to = far.map_or(0, |far| far + 1);
        for reached in &mut path.reached[..up_to] {
            reached.get_or_insert((*on, snap.amount));
        }
        if was != place {
            if let Some(visit) = path.visits.last_mut().filter(|_| was.is_some()) {
                visit.2 = Some(*on);
                visit.3 = matches!(snap.status, DealStatus::Lost | DealStatus::Disqualified);
            }
            if let Some(place) = place {
                path.visits.push((place, *on, None, false));
            }
        }
    }
    path
}

/// Of a stage: how many reached it, how many visits ended, leaked and are open, days of those that left it, how many were decided and won.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AtStage {
    pub(super) reached: u64,
    pub(super) ended: u64,
    pub(super) leaked: u64,
    pub(super) open: u64,
    pub(super) decided: u64,
    pub(super) won: u64,
    pub(super) days: Vec<i64>,
    /// To each place beyond: those that reached it, those pending.
    pub(super) beyond: BTreeMap<usize, (u64, u64)>,
}

/// A step of the cohort of the first stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Step {
    pub(super) reached: Part,
    pub(super) pending: u64,
    pub(super) days: Vec<i64>,
}

pub(super) struct Funnel {
    pub(super) stages: Vec<AtStage>,
    pub(super) steps: Vec<Step>,
    pub(super) out_of_order: u64,
}

pub(super) fn funnel(lines: &[Line], scope: Scope, stages: &[&str]) -> Funnel {
    let (before, evening) = evenings(scope);
    let as_of = scope.as_of_day();
    let in_period = |on: NaiveDate| before < on && on <= evening;
    let mut all = Funnel {
        stages: vec![AtStage::default(); stages.len()],
        steps: vec![Step::default(); stages.len() + 1],
        out_of_order: 0,
    };
    for line in lines {
        let path = path(line, stages, as_of);
        let then = self::path(line, stages, evening);
        all.out_of_order += u64::from(path.is_out_of_order);
        let decided = line.on(as_of).filter(|snap| {
            let is_decided = matches!(snap.status, DealStatus::Won | DealStatus::Lost);
            is_decided && in_period(snap.closed.min(as_of))
        });
        for (at, stage) in all.stages.iter_mut().enumerate() {
            if let Some(snap) = decided.filter(|_| path.reached[at].is_some()) {
                stage.decided += 1;
                stage.won += u64::from(snap.status == DealStatus::Won);
            }
            let visits = || then.visits.iter().filter(|visit| visit.0 == at);
            let ended = visits().filter(|visit| visit.2.is_some_and(in_period));
            stage.ended += ended.clone().count() as u64;
            stage.leaked += ended.filter(|visit| visit.3).count() as u64;
            let is_in = visits().any(|visit| visit.2.is_none());
            stage.open += u64::from(is_in);
            let left = visits().filter_map(|visit| visit.2).max();
            if !is_in && left.is_some_and(in_period) {
                let days = visits().map(|visit| (visit.2.unwrap() - visit.1).num_days());
                stage.days.push(days.sum());
            }
            if path.reached[at].is_some_and(|(on, _)| in_period(on)) {
                stage.reached += 1;
                for to in at + 1..=stages.len() {
                    let (reached, pending) = stage.beyond.entry(to).or_default();
                    *reached += u64::from(path.reached[to].is_some());
                    *pending += u64::from(path.reached[to].is_none() && path.is_open);
                }
            }
        }
        if !path.reached[0].is_some_and(|(on, _)| in_period(on)) {
            continue;
        }
        let was_in = |at: usize| {
            let reached = path.reached[at].map(|(on, _)| on);
            let entered =
                |visit: &(usize, NaiveDate, _, _)| visit.0 == at && Some(visit.1) == reached;
            at == stages.len() || path.visits.iter().any(entered)
        };
        for (at, step) in all.steps.iter_mut().enumerate() {
            if let Some((on, amount)) = path.reached[at] {
                step.reached.add(amount);
                if at > 0 && was_in(at - 1) && was_in(at) {
                    let (from, _) = path.reached[at - 1].unwrap();
                    step.days.push((on - from).num_days());
                }
            } else {
                let waits = at > 0 && path.reached[at - 1].is_some() && path.is_open;
                step.pending += u64::from(waits);
            }
        }
    }
    for stage in &mut all.stages {
        stage.days.sort_unstable();
    }
    for step in &mut all.steps {
        step.days.sort_unstable();
    }
    all
}

/// What one waterfall or several add up to, without their evenings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sum {
    pub(super) created: Part,
    pub(super) moved_in: Part,
    pub(super) reopened: Part,
    /// Changes, switches, money.
    pub(super) increased: (u64, u64, i128),
    pub(super) decreased: (u64, u64, i128),
    pub(super) moved_out: Part,
    pub(super) won: Part,
    pub(super) lost: Part,
    pub(super) disqualified: Part,
}

impl Sum {
    pub(super) fn without_moves(self) -> Self {
        Self {
            moved_in: Part::default(),
            moved_out: Part::default(),
            ..self
        }
    }

    pub(super) fn times(self, by: i128) -> Self {
        let part = |part: Part| Part {
            sum: part.sum * by,
            ..part
        };
        let changes = |(changes, switched, sum)| (changes, switched, sum * by);
        Self {
            created: part(self.created),
            moved_in: part(self.moved_in),
            reopened: part(self.reopened),
            increased: changes(self.increased),
            decreased: changes(self.decreased),
            moved_out: part(self.moved_out),
            won: part(self.won),
            lost: part(self.lost),
            disqualified: part(self.disqualified),
        }
    }
}

pub(super) fn sum_of(falls: &[Waterfall]) -> Sum {
    let part = |of: fn(&Waterfall) -> Priced| {
        falls.iter().map(of).fold(Part::default(), |sum, part| {
            let part = Part::from(part);
            Part {
                count: sum.count + part.count,
                priced: sum.priced + part.priced,
                sum: sum.sum + part.sum,
            }
        })
    };
    let changes = |of: fn(&Waterfall) -> Repriced| {
        falls.iter().map(of).fold((0, 0, 0), |sum, part| {
            (
                sum.0 + part.changes,
                sum.1 + part.switched,
                sum.2 + units(part.amount),
            )
        })
    };
    Sum {
        created: part(|fall| fall.created),
        moved_in: part(|fall| fall.moved_in),
        reopened: part(|fall| fall.reopened),
        increased: changes(|fall| fall.increased),
        decreased: changes(|fall| fall.decreased),
        moved_out: part(|fall| fall.moved_out),
        won: part(|fall| fall.won),
        lost: part(|fall| fall.lost),
        disqualified: part(|fall| fall.disqualified),
    }
}

/// In deals, in those with an amount, and in money.
pub(super) fn expect_adds_up(fall: Waterfall) {
    let sum = |parts: &[Priced]| {
        parts.iter().fold([0; 3], |sum: [i128; 3], part| {
            let part = Part::from(*part);
            let more = [i128::from(part.count), i128::from(part.priced), part.sum];
            [sum[0] + more[0], sum[1] + more[1], sum[2] + more[2]]
        })
    };
    let mut ins = sum(&[fall.opening, fall.created, fall.moved_in, fall.reopened]);
    let mut outs = sum(&[
        fall.moved_out,
        fall.won,
        fall.lost,
        fall.disqualified,
        fall.closing,
    ]);
    for (side, changes) in [(&mut ins, fall.increased), (&mut outs, fall.decreased)] {
        side[1] += i128::from(changes.switched);
        side[2] += units(changes.amount);
        assert!(changes.deals <= changes.changes && changes.switched <= changes.changes);
    }
    assert_eq!(ins, outs);
}
