//! The smallest sum that is not passed with a probability or more.

use super::fixed::{SLACK, quotient};
use super::halves::{Below, Halves};

/// A probability to reach, exactly and in fixed point: above 0, and so far below 1 that all sums together reach it in fixed point, too. A
/// rate is, having [`PLACES`](super::PLACES) at most: what is lost of 1 is less than 10 units of 2⁻¹²⁸ for each sum that is looked at.
#[derive(Clone, Copy)]
pub(super) struct Level {
    pub(super) part: u128,
    pub(super) whole: u128,
    down: u128,
    up: u128,
}

impl Level {
    pub(super) fn new(part: u128, whole: u128) -> Self {
        let (down, is_more) = quotient(part, whole);
        Self {
            part,
            whole,
            down,
            up: down + u128::from(is_more),
        }
    }

    /// Whether a probability, which is at least this and at most so much more, reaches it; none where that is open.
    fn is_reached(self, probability: u128, gap: u128) -> Option<bool> {
        if probability >= self.up {
            return Some(true);
        }
        let is_below = probability
            .checked_add(gap)
            .is_some_and(|most| most < self.down);
        is_below.then_some(false)
    }
}

/// So few pairs are looked at one by one.
const FEW: u64 = 1 << 15;

/// What lies between the greatest sum that is known to be below the level and the smallest that is known to reach it.
struct Window {
    /// Below the level.
    low: u64,
    low_probability: u128,
    low_pairs: u64,
    /// Reaches it.
    high: u64,
    high_probability: u128,
    high_pairs: u64,
}

impl Halves {
    /// The smallest sum that reaches the level. Whether a sum does is said by the caller where fixed point cannot tell: if it always does,
    /// no smaller sum reaches it; if it never does, this one reaches it for certain. It need not be the exact one even where the caller
    /// knew, since sums are left out whose probability is rounded to nothing.
    pub(super) fn quantile(&self, level: Level, decide: &dyn Fn() -> bool) -> u64 {
        let reaches = |probability, gap| level.is_reached(probability, gap).unwrap_or_else(decide);
        let mut window = match &self.coarse {
            Some(coarse) => self.narrowed(coarse, level, &reaches),
            None => Window::new((0, self.not_above(0)), self.not_above(self.greatest)),
        };
        // Or open here, and known roughly to be below: no smaller sum reaches it either way.
        if reaches(window.low_probability, self.gap) {
            return window.low;
        }
        let (mut nudge, mut passes) = (6_u64, 0_u64);
        while window.width() > 1 && window.pairs() > FEW {
            let (sum, is_expected) = window.guess(level, nudge, passes % 4 == 3);
            let found = self.not_above(sum);
            let is_reached = reaches(found.probability, self.gap);
            if is_reached {
                (window.high, window.high_probability, window.high_pairs) =
                    (found.greatest, found.probability, found.pairs);
            } else {
                (window.low, window.low_probability, window.low_pairs) =
                    (sum, found.probability, found.pairs);
            }
            nudge = if is_reached == is_expected {
                (nudge + 2).min(16)
            } else {
                nudge.saturating_sub(2).max(2)
            };
            passes += 1;
        }
        self.nearest(&window, level, decide)
    }

    /// Between what is known roughly, and as a rule close around the middle of it.
    fn narrowed(
        &self,
        coarse: &[Self; 2],
        level: Level,
        reaches: &dyn Fn(u128, u128) -> bool,
    ) -> Window {
        let [smaller, greater] = coarse;
        let low = smaller.quantile(level, &|| true);
        let high = greater.quantile(level, &|| false);
        let width = high.saturating_sub(low);
        let (middle, aside) = (low + width / 2, (width >> 5).max(1));
        let (mut low, mut high) = ((low, None), (high, None));
        for sum in [
            middle.saturating_sub(aside).max(low.0),
            (middle + aside).min(high.0),
        ] {
            let found = self.not_above(sum);
            if reaches(found.probability, self.gap) {
                high = (found.greatest, Some(found));
                break;
            }
            low = (sum, Some(found));
        }
        let known =
            |(sum, found): (u64, Option<Below>)| found.unwrap_or_else(|| self.not_above(sum));
        Window::new((low.0, known(low)), known(high))
    }

    /// The same among few sums.
    fn nearest(&self, window: &Window, level: Level, decide: &dyn Fn() -> bool) -> u64 {
        let sums = self.between(window.low, window.high);
        let gap = self.gap.saturating_add(SLACK * u128::from(window.pairs()));
        let mut probability = window.low_probability;
        let mut open = None;
        let mut reached = window.high;
        for (sum, weight) in sums {
            probability += weight;
            match level.is_reached(probability, gap) {
                Some(false) => {}
                None => open = open.or(Some(sum)),
                Some(true) => {
                    reached = sum;
                    break;
                }
            }
        }
        // The last one is known to reach it, and need not be asked.
        let open = open.filter(|sum| *sum < reached && decide());
        open.unwrap_or(reached)
    }
}

impl Window {
    fn new((low, least): (u64, Below), most: Below) -> Self {
        Self {
            low,
            low_probability: least.probability,
            low_pairs: least.pairs,
            high: most.greatest,
            high_probability: most.probability,
            high_pairs: most.pairs,
        }
    }

    /// How far it is from the one to the other.
    fn width(&self) -> u64 {
        self.high.saturating_sub(self.low)
    }

    /// How many pairs of sums lie between.
    fn pairs(&self) -> u64 {
        self.high_pairs.saturating_sub(self.low_pairs)
    }

    /// Where the level should be reached, or in the middle; and whether it should be reached there.
    fn guess(&self, level: Level, nudge: u64, in_the_middle: bool) -> (u64, bool) {
        let width = self.width();
        if in_the_middle {
            return (self.low + width / 2, true);
        }
        let part = level.down.saturating_sub(self.low_probability);
        let whole = self
            .high_probability
            .saturating_sub(self.low_probability)
            .max(1);
        let shift = 64_u32.saturating_sub(whole.leading_zeros());
        let short = |number: u128| number.checked_shr(shift).unwrap_or(0);
        let (part, whole) = (short(part).min(u128::from(u64::MAX)), short(whole).max(1));
        let at = u128::from(width) * part / whole;
        let at = u64::try_from(at).unwrap_or(u64::MAX).min(width);
        let aside = (width >> nudge).max(1);
        // From the nearer end to the other side of it.
        let (at, is_expected) = if at < width / 2 {
            (at + aside, true)
        } else {
            (at.saturating_sub(aside), false)
        };
        (self.low + at.clamp(1, width - 1), is_expected)
    }
}
