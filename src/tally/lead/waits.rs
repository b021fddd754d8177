use crate::error::Error;
use crate::tally::rules::expect_all;
use crate::tally::store::Sample;

/// How long the arrived leads waited, in microseconds that count: until they were touched, and until one looks.
///
/// A lead's time is up where it had that long until one looks. Nobody responds later than that, so of the leads whose time runs still all
/// that were touched were touched within it: what was touched within a time, less what has had less than it, is what was touched in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Waits {
    /// From arrival to first touch, of the leads touched after it.
    pub(super) responses: Sample,
    /// From their arrival to when one looks. Invariant: as many as there are responses, and no shorter.
    pub(super) touched: Sample,
    /// The same of the leads that nobody has touched.
    pub(super) untouched: Sample,
    /// The same of those that were given up without a touch, up to the end of the day of that.
    pub(super) given_up: Sample,
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
    }

    /// Sorts what is read by its order. How long touched leads have waited is only counted.
    pub(super) fn settle(&mut self) {
        self.responses.settle();
        self.untouched.settle();
        self.given_up.settle();
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
        let late = |sample: &Sample| sample.count() - sample.count_below(within);
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
                self.responses.count() <= touched
                    && self.untouched.count() + self.given_up.count() == untouched,
                "a detail's response times are of touched leads, its waiting times of all untouched ones",
            ),
            (
                self.touched.count() == self.responses.count() && in_order,
                "every touched lead has a response time, and a waiting time that is no shorter",
            ),
            (
                samples.iter().all(|sample| sample.is_within(most)),
                "response and waiting times are at most 401769 days",
            ),
        ])
    }
}
