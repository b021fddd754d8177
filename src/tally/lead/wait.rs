use crate::period::{Day, Stamp};
use crate::record::{Lead, LeadFacts, LeadStanding};
use crate::tally::lead::LeadScope;

/// How long a lead of the period waited for something to be done, in microseconds that count: the one rule, for its first touch and for its
/// hand-over alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// It was done so long after the arrival, of so much time as there was until one looks.
    Done { after: u64, had: u64 },
    /// It was done before the arrival.
    DoneBefore,
    /// The lead was given up before that, after so long.
    GivenUp { had: u64 },
    /// It has waited for so long, and does still.
    Waiting { had: u64 },
    /// Nobody knows for how long, since it arrived, or the thing was done, on a day without a time.
    WithoutTime { is_done: bool },
}

/// What is seen of a lead that arrived in the period.
pub(crate) struct Arrived {
    pub(crate) on: Day,
    pub(crate) touch: Wait,
    pub(crate) handover: Wait,
    /// Whether it became an opportunity, as far as one sees.
    pub(crate) is_converted: bool,
    /// Of its days, those that are over.
    pub(crate) days_over: u32,
}

impl LeadScope {
    /// What is seen of a lead; none where it did not arrive in the period, up to when one looks.
    pub(crate) fn arrived(&self, lead: &Lead) -> Option<Arrived> {
        let seen = self.seen(lead.facts()).unwrap_or(*lead.facts());
        let standing = lead.standing_of(&seen, &self.scope());
        if !standing.is_arrived() {
            return None;
        }
        let handed_over = lead.assigned_at().filter(|at| self.sees(*at));
        Some(Arrived {
            on: seen.arrived_on,
            touch: self.wait_for_touch(&seen, standing),
            handover: self.wait(seen.arrived, handed_over, given_up(&seen, standing)),
            is_converted: standing.is_converted(),
            days_over: self.days_over(seen.arrived),
        })
    }

    /// Of a lead as far as it is seen.
    #[inline]
    pub(super) fn wait_for_touch(&self, seen: &LeadFacts, standing: LeadStanding) -> Wait {
        let touched = seen.touched.filter(|_| standing.is_touched());
        self.wait(seen.arrived, touched, given_up(seen, standing))
    }

    /// Whether something happened by when one looks; a day alone counts with all of that day.
    fn sees(&self, at: Stamp) -> bool {
        let is_later = self.moment().is_some_and(|moment| at.is_after(moment));
        at.day() <= self.scope().as_of_number() && !is_later
    }

    #[inline]
    fn wait(&self, arrived: Stamp, done: Option<Stamp>, given_up: Option<Day>) -> Wait {
        let (from, done) = match (arrived.moment(), done.map(Stamp::moment)) {
            (Some(from), None) => (from, None),
            (Some(from), Some(Some(done))) => (from, Some(done)),
            _ => return without_time(arrived, done),
        };
        let clock = self.clock(from);
        let had = clock.until_looked_at(self.looked_at(from));
        if let Some(done) = done {
            let after = clock.until(done);
            return after.map_or(Wait::DoneBefore, |after| Wait::Done { after, had });
        }
        let Some(on) = given_up else {
            return Wait::Waiting { had };
        };
        let until_then = clock.until(from.evening_of(on)).unwrap_or_default();
        Wait::GivenUp {
            had: until_then.min(had),
        }
    }
}

#[inline]
fn given_up(seen: &LeadFacts, standing: LeadStanding) -> Option<Day> {
    seen.disqualified.filter(|_| standing.is_disqualified())
}

#[cold]
fn without_time(arrived: Stamp, done: Option<Stamp>) -> Wait {
    match done {
        Some(done) if done.is_surely_before(arrived) => Wait::DoneBefore,
        done => Wait::WithoutTime {
            is_done: done.is_some(),
        },
    }
}
