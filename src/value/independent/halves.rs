//! The probability that a sum of all deals is not passed, from all sums of two halves of them.

use std::sync::Arc;

use super::fixed::{Fixed, SLACK, times};
use super::half::{Chance, Half};

/// How many sums a half has at most: those of 20 deals of any amounts, and of any number of deals whose amounts are few, or whole
/// numbers of a cell that is not too small.
const MOST: usize = 1 << 20;
/// How many sums are looked at in all until the halves are complete.
const WORK: u64 = 1 << 28;

/// Two halves of the deals, each with all of its sums.
pub(super) struct Halves {
    left: Arc<Half<Fixed>>,
    right: Arc<Half<Fixed>>,
    /// Of the right half, each with all before it.
    cumulated: Vec<u128>,
    pub(super) deals: [Vec<Chance>; 2],
    /// The sum of all deals.
    pub(super) greatest: u64,
    /// How far a probability may be above what [`Halves::not_above`] says.
    pub(super) gap: u128,
    /// The same with neighbouring sums as one: as the smallest of them, and as the greatest. So where a probability is reached is soon
    /// known roughly. None where the sums are few.
    pub(super) coarse: Option<Box<[Self; 2]>>,
}

/// What is known of a sum.
#[derive(Clone, Copy)]
pub(super) struct Below {
    /// The probability that it is not passed, rounded down.
    pub(super) probability: u128,
    /// How many pairs of sums of the two halves do not pass it.
    pub(super) pairs: u64,
    /// The greatest sum that does not pass it.
    pub(super) greatest: u64,
}

impl Halves {
    /// Of deals in order of their amounts; none where there are too many sums.
    pub(super) fn of(deals: &[Chance]) -> Option<Self> {
        let total = deals
            .iter()
            .try_fold(0_u64, |sum, deal| sum.checked_add(deal.cells));
        let greatest = total.filter(|total| *total < u64::MAX)?;
        let mut work = 0_u64;
        let mut parts = [Vec::new(), Vec::new()];
        let mut halves = [Half::<Fixed>::new(deals), Half::new(deals)];
        let [left, right] = &mut halves;
        let [left_part, right_part] = &mut parts;
        for deal in deals {
            // Whichever half has fewer sums.
            let (half, part) = if left.sums.len() <= right.sums.len() {
                (&mut *left, &mut *left_part)
            } else {
                (&mut *right, &mut *right_part)
            };
            *half = half.with(*deal);
            part.push(*deal);
            work += count(half.sums.len());
            if half.sums.len() > MOST || work > WORK {
                return None;
            }
        }
        let [left, right] = halves;
        Some(Self::complete(
            Arc::new(left),
            Arc::new(right),
            parts,
            greatest,
        ))
    }

    /// Without one of the deals: the half that it is not in remains. None where it is in neither.
    pub(super) fn without(&self, deal: Chance) -> Option<Self> {
        let [left, right] = &self.deals;
        let greatest = self.greatest.saturating_sub(deal.cells);
        if let Some((part, half)) = rebuilt(left, deal) {
            let parts = [part, right.clone()];
            return Some(Self::complete(
                Arc::new(half),
                Arc::clone(&self.right),
                parts,
                greatest,
            ));
        }
        let (part, half) = rebuilt(right, deal)?;
        let parts = [left.clone(), part];
        Some(Self::complete(
            Arc::clone(&self.left),
            Arc::new(half),
            parts,
            greatest,
        ))
    }

    fn complete(
        left: Arc<Half<Fixed>>,
        right: Arc<Half<Fixed>>,
        deals: [Vec<Chance>; 2],
        greatest: u64,
    ) -> Self {
        let coarse = (left.sums.len().max(right.sums.len()) > MANY).then(|| {
            let thinned = |end| {
                let [left, right] = [&left, &right].map(|half| Arc::new(half.thinned(end)));
                // Nobody asks a rough list for its deals.
                Self::complete(left, right, [Vec::new(), Vec::new()], greatest)
            };
            Box::new([thinned(End::Smallest), thinned(End::Greatest)])
        });
        let mut cumulated = Vec::with_capacity(right.sums.len());
        let mut sum = 0_u128;
        for weight in &right.weights.0 {
            sum += weight;
            cumulated.push(sum);
        }
        let rounded = SLACK * u128::from(count(left.sums.len()));
        let mut halves = Self {
            left,
            right,
            cumulated,
            deals,
            greatest,
            gap: 0,
            coarse,
        };
        let total = halves.not_above(u64::MAX).probability;
        // 1 less the total, which is not 0.
        halves.gap = (u128::MAX - total)
            .saturating_add(1)
            .saturating_add(rounded);
        halves
    }

    /// The probability that a sum is not passed: each sum of the left half with those of the right half that leave room for it.
    pub(super) fn not_above(&self, sum: u64) -> Below {
        let mut below = Below {
            probability: 0,
            pairs: 0,
            greatest: 0,
        };
        let mut rights = self.right.sums.as_slice();
        for (left, weight) in self.left.sums.iter().zip(&self.left.weights.0) {
            let Some(rest) = sum.checked_sub(*left) else {
                break;
            };
            while let [before @ .., last] = rights {
                if *last <= rest {
                    break;
                }
                rights = before;
            }
            let (Some(last), Some(cumulated)) = (
                rights.last(),
                rights
                    .len()
                    .checked_sub(1)
                    .and_then(|place| self.cumulated.get(place)),
            ) else {
                break;
            };
            below.probability += times(*weight, *cumulated);
            below.pairs += count(rights.len());
            below.greatest = below.greatest.max(left + last);
        }
        below
    }

    /// All sums above the one and up to the other, in order and each once, and how likely each is, rounded down.
    pub(super) fn between(&self, above: u64, up_to: u64) -> Vec<(u64, u128)> {
        let mut found = Vec::new();
        let rights = self.right.sums.as_slice();
        let weights = self.right.weights.0.as_slice();
        let (mut start, mut end) = (rights.len(), rights.len());
        for (left, weight) in self.left.sums.iter().zip(&self.left.weights.0) {
            let Some(rest) = up_to.checked_sub(*left) else {
                break;
            };
            end = shrunk(rights, end, |right| right > rest);
            start = match above.checked_sub(*left) {
                Some(least) => shrunk(rights, start, |right| right > least),
                None => 0,
            };
            let within = rights.get(start..end).unwrap_or(&[]);
            for (right, other) in within.iter().zip(weights.get(start..end).unwrap_or(&[])) {
                found.push((left + right, times(*weight, *other)));
            }
        }
        found.sort_unstable();
        let mut sums: Vec<(u64, u128)> = Vec::with_capacity(found.len());
        for (sum, weight) in found {
            match sums.last_mut() {
                Some((same, total)) if *same == sum => *total += weight,
                _ => sums.push((sum, weight)),
            }
        }
        sums
    }
}

/// From how many sums of a half on they are looked at roughly first, and how many are then one.
const MANY: usize = 1 << 10;
const AS_ONE: usize = 1 << 4;

/// Which of neighbouring sums stands for them.
#[derive(Clone, Copy)]
enum End {
    Smallest,
    Greatest,
}

impl Half<Fixed> {
    fn thinned(&self, end: End) -> Self {
        let (mut sums, mut weights) = (Vec::new(), Vec::new());
        for (near, likely) in self.sums.chunks(AS_ONE).zip(self.weights.0.chunks(AS_ONE)) {
            let one = match end {
                End::Smallest => near.first(),
                End::Greatest => near.last(),
            };
            sums.extend(one);
            let mut together = 0;
            for weight in likely {
                together += weight;
            }
            weights.push(together);
        }
        Self {
            sums,
            weights: Fixed(weights),
        }
    }
}

/// How many are left of the first `places` without those at their end that are too large.
#[inline]
fn shrunk(sums: &[u64], places: usize, is_above: impl Fn(u64) -> bool) -> usize {
    let mut rest = sums.get(..places).unwrap_or(&[]);
    while let [before @ .., last] = rest {
        if !is_above(*last) {
            break;
        }
        rest = before;
    }
    rest.len()
}

/// The deals of a half without one of them, and their sums; none where it is not among them.
fn rebuilt(deals: &[Chance], without: Chance) -> Option<(Vec<Chance>, Half<Fixed>)> {
    let place = deals.iter().position(|deal| *deal == without)?;
    let mut rest = deals.to_vec();
    rest.remove(place);
    let mut half = Half::new(&rest);
    for deal in &rest {
        half = half.with(*deal);
    }
    Some((rest, half))
}

pub(super) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
