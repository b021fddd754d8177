//! One deal after another on its way through the stages.

use super::totals::StepTotals;
use super::{FunnelScope, FunnelTally};
use crate::error::Error;
use crate::period::Day;
use crate::record::{Amount, At, DealStatus, Ending, History, LeftOut, Number, Timeline};
use crate::value::money::expect_currency;

/// Where a deal has been by now; used for one deal after another.
struct Track {
    /// Of each stage, and of the win.
    reached: Vec<Reached>,
    visits: Vec<Visits>,
    /// The stage it is in, and since when.
    now: Option<(usize, Day)>,
    is_open: bool,
    is_out_of_order: bool,
}

/// When a stage was reached, and at which amount.
#[derive(Clone, Copy)]
struct Reached {
    /// Later than all where it was not.
    on: Day,
    amount: Option<Amount>,
    /// Whether the deal was in the stage on that day, and not beyond it alone.
    was_in: bool,
}

/// What is over of the visits to a stage by the evening.
#[derive(Clone, Copy, Default)]
struct Visits {
    days: u32,
    last_left: Option<Day>,
}

const NOT_YET: Reached = Reached {
    on: Day::NEVER,
    amount: None,
    was_in: false,
};

/// What one deal after another is followed with.
pub(super) struct Filling {
    /// The place in the order of each stage that states name, by its number.
    places: Vec<Option<usize>>,
    track: Track,
}

impl Filling {
    pub(super) fn new(history: &History, scope: &FunnelScope) -> Result<Self, Error> {
        let currency = scope.scope().currency();
        expect_currency("the history", currency, history.currency())?;
        let mut places = vec![None; history.stage_numbers()];
        for (place, stage) in scope.stages().iter().enumerate() {
            let number = usize::try_from(history.number_of_stage(stage)).unwrap_or_default();
            if let Some(slot) = places.get_mut(number).filter(|_| number > 0) {
                *slot = Some(place);
            }
        }
        let track = Track::new(scope.stages().len());
        Ok(Self { places, track })
    }

    pub(super) fn add(&mut self, tally: &mut FunnelTally, timeline: &Timeline<'_>) {
        match timeline.left_out() {
            Some(LeftOut::Deleted) => tally.deleted += 1,
            Some(LeftOut::Credit) => {}
            None => tally.follow(timeline, &self.places, &mut self.track),
        }
    }
}

impl FunnelTally {
    fn follow(&mut self, timeline: &Timeline<'_>, places: &[Option<usize>], track: &mut Track) {
        let scope = self.scope.scope();
        let (as_of, (_, evening_end)) = (scope.as_of_number(), scope.evenings());
        track.restart();
        let mut on_evening = None;
        timeline.stages(|day, at| {
            if day > as_of {
                return;
            }
            if day >= evening_end && on_evening.is_none() {
                on_evening = Some(track.now);
            }
            let place = place_of(places, at.stage);
            let left = track.step(day, &at, place);
            if let Some((place, since)) = left.filter(|_| day < evening_end) {
                self.end_visit(track, place, since, (day, at.status));
            }
        });
        let on_evening = on_evening.unwrap_or(track.now).map(|(place, _)| place);
        self.settle(track, on_evening);
        self.decide(track, timeline.ending_on(as_of));
        self.without_states += u64::from(timeline.states().is_empty());
        self.out_of_order += u64::from(track.is_out_of_order);
    }

    /// A visit that is over by the evening.
    fn end_visit(
        &mut self,
        track: &mut Track,
        place: usize,
        since: Day,
        (day, status): (Day, DealStatus),
    ) {
        let (start, _) = self.scope.scope().window();
        let Some(visits) = track.visits.get_mut(place) else {
            return;
        };
        let days = day.days_since(since).unwrap_or_default();
        visits.days = visits.days.saturating_add(days);
        visits.last_left = Some(day);
        let Some(stage) = self.stages.get_mut(place).filter(|_| start <= day) else {
            return;
        };
        let leaked = matches!(status, DealStatus::Lost | DealStatus::Disqualified);
        stage.totals.ended += 1;
        stage.totals.leaked += u64::from(leaked);
    }

    /// What has become of a deal.
    fn settle(&mut self, track: &Track, on_evening: Option<usize>) {
        let (start, end) = self.scope.scope().window();
        let is_in = |reached: &Reached| start <= reached.on && reached.on < end;
        for (place, stage) in self.stages.iter_mut().enumerate() {
            let visits = track.visits.get(place).copied().unwrap_or_default();
            let is_here = on_evening == Some(place);
            stage.totals.open += u64::from(is_here);
            if !is_here && visits.last_left.is_some_and(|left| start <= left) {
                stage.days.push(visits.days);
            }
            let mut reached = track.reached.iter().skip(place);
            if !reached.next().is_some_and(is_in) {
                continue;
            }
            stage.totals.reached += 1;
            for (step, reached) in stage.beyond.iter_mut().zip(reached) {
                count_step(step, reached, track.is_open);
            }
        }
        if track.reached.first().is_some_and(is_in) {
            self.count_cohort(track);
        }
    }

    /// A deal as it had closed by the as-of day.
    fn decide(&mut self, track: &Track, ending: Option<Ending>) {
        let Some(Ending { status, on }) = ending else {
            return;
        };
        let is_decided = matches!(status, DealStatus::Won | DealStatus::Lost);
        if !is_decided || !self.scope.scope().counts(on) {
            return;
        }
        for (stage, reached) in self.stages.iter_mut().zip(&track.reached) {
            if reached.on != Day::NEVER {
                stage.totals.decided += 1;
                stage.totals.won += u64::from(status == DealStatus::Won);
            }
        }
    }

    /// A deal that first reached the first stage in the period.
    fn count_cohort(&mut self, track: &Track) {
        let mut before: Option<&Reached> = None;
        for (step, reached) in self.steps.iter_mut().zip(&track.reached) {
            if reached.on == Day::NEVER {
                step.pending += u64::from(track.is_open);
                return;
            }
            step.add(reached.amount);
            let both_in = before.filter(|before| before.was_in && reached.was_in);
            if let Some(days) = both_in.and_then(|before| reached.on.days_since(before.on)) {
                step.days.push(days);
            }
            before = Some(reached);
        }
    }
}

impl Track {
    fn new(stages: usize) -> Self {
        Self {
            reached: vec![NOT_YET; stages.saturating_add(1)],
            visits: vec![Visits::default(); stages],
            now: None,
            is_open: false,
            is_out_of_order: false,
        }
    }

    fn restart(&mut self) {
        self.reached.fill(NOT_YET);
        self.visits.fill(Visits::default());
        (self.now, self.is_open, self.is_out_of_order) = (None, false, false);
    }

    /// On to the next state; which visit it ended.
    fn step(&mut self, day: Day, at: &At, place: Option<usize>) -> Option<(usize, Day)> {
        self.is_open = at.is_open();
        if !at.is_open() {
            if at.status == DealStatus::Won {
                self.reach(self.visits.len(), day, at.amount);
            }
            return self.now.take();
        }
        let Some(place) = place else {
            self.is_out_of_order |= at.stage != 0;
            return None;
        };
        self.reach(place, day, at.amount);
        match self.now {
            Some((here, _)) if here == place => None,
            _ => self.now.replace((place, day)),
        }
    }

    /// A stage, or the win, and all before it.
    fn reach(&mut self, place: usize, day: Day, amount: Option<Amount>) {
        for reached in self.reached.iter_mut().take(place.saturating_add(1)).rev() {
            if reached.on != Day::NEVER {
                break;
            }
            (reached.on, reached.amount) = (day, amount);
        }
        if let Some(reached) = self.reached.get_mut(place) {
            reached.was_in |= reached.on == day;
        }
    }
}

fn count_step(step: &mut StepTotals, reached: &Reached, is_open: bool) {
    let has_reached = reached.on != Day::NEVER;
    step.reached += 1;
    step.converted += u64::from(has_reached);
    step.pending += u64::from(!has_reached && is_open);
}

fn place_of(places: &[Option<usize>], stage: Number) -> Option<usize> {
    let stage = usize::try_from(stage).ok()?;
    places.get(stage).copied().flatten()
}
