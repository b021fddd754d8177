use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::tally::rules::expect_all;
use crate::tally::store::Sample;
use crate::value::length::SECOND;

/// Lengths of time in microseconds, most of them whole seconds.
pub(super) type Lengths = Sample<SECOND>;

/// How long the arrived leads waited, in microseconds that count: until they were touched, and until one looks.
///
/// A lead's time is up where it had that long until one looks. Nobody responds later than that, so of the leads whose time runs still all
/// that were touched were touched within it: what was touched within a time, less what has had less than it, is what was touched in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Waits {
    /// From arrival to first touch, of the leads touched after it.
    pub(super) responses: Lengths,
    /// From their arrival to when one looks. Invariant: as many as there are responses, and no shorter.
    pub(super) touched: Lengths,
    /// The same of the leads that nobody has touched.
    pub(super) untouched: Lengths,
    /// The same of those that were given up without a touch, up to the end of the day of that.
    pub(super) given_up: Lengths,
    /// Leads that wait for an unknown time, since they arrived or were touched on a day of which nobody knows the hour.
    pub(super) without_time: Untimed,
}

/// Leads without a time of day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Untimed {
    /// Touched, and not surely before they arrived.
    pub(super) touched: u64,
    pub(super) untouched: u64,
}

impl Untimed {
    pub(super) fn count(self) -> u64 {
        self.touched.saturating_add(self.untouched)
    }
}

impl Waits {
    #[inline]
    pub(super) fn add_touched(&mut self, response: u64, waited: u64) {
        self.responses.push(response);
        self.touched.push(waited.max(response));
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.responses.merge(&other.responses);
        self.touched.merge(&other.touched);
        self.untouched.merge(&other.untouched);
        self.given_up.merge(&other.given_up);
        self.without_time.touched += other.without_time.touched;
        self.without_time.untouched += other.without_time.untouched;
    }

    /// Whether no lead has a wait that anybody knows.
    pub(super) fn are_unknown(&self) -> bool {
        let samples = [&self.responses, &self.untouched, &self.given_up];
        samples.iter().all(|sample| sample.count() == 0)
    }

    /// Sorts what is read by its order: how long leads have waited is only counted.
    pub(super) fn settle(&mut self) {
        self.responses.settle();
    }

    /// Touched or not, those whose time runs still.
    pub(super) fn pending(&self, within: u64) -> u64 {
        self.touched.count_below(within) + self.untouched.count_below(within)
    }

    /// Given up before their time was up.
    pub(super) fn given_up_before(&self, within: u64) -> u64 {
        self.given_up.count_below(within)
    }

    /// Not touched, though their time is up.
    pub(super) fn overdue(&self, within: u64) -> u64 {
        let late = |sample: &Lengths| sample.count() - sample.count_below(within);
        late(&self.untouched) + late(&self.given_up)
    }

    /// Touched in time, of those whose time is up.
    pub(super) fn touched_within(&self, within: u64) -> u64 {
        let touched = self.responses.count_up_to(within);
        touched.saturating_sub(self.touched.count_below(within))
    }

    /// Those whose time is up.
    pub(super) fn due(&self, within: u64) -> u64 {
        self.touched.count() - self.touched.count_below(within) + self.overdue(within)
    }

    /// Checks that they are of so many leads that nobody has touched, and of at most so many others.
    pub(super) fn check(&self, untouched: u64, touched: u64, most: u64) -> Result<(), Error> {
        let responses = self.responses.sorted();
        let waits = self.touched.sorted();
        let in_order = responses.iter().zip(waits.iter()).all(|(a, b)| a <= b);
        let samples = [
            &self.responses,
            &self.touched,
            &self.untouched,
            &self.given_up,
        ];
        expect_all(&[
            (
                plus(self.responses.count(), self.without_time.touched) <= u128::from(touched)
                    && plus(
                        self.untouched.count() + self.given_up.count(),
                        self.without_time.untouched,
                    ) == u128::from(untouched),
                "a detail's response times are of touched leads, its waiting times of all untouched ones, both but for those without a time of day",
            ),
            (
                self.touched.count() == self.responses.count() && in_order,
                "every touched lead has a response time, and a waiting time that is no shorter",
            ),
            (
                samples
                    .iter()
                    .all(|sample| sample.sorted().greatest() <= most),
                "response and waiting times are at most 401769 days",
            ),
        ])
    }
}

/// Counts that anybody may have made up.
fn plus(a: u64, b: u64) -> u128 {
    u128::from(a) + u128::from(b)
}
