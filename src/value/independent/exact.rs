//! Probabilities as whole numbers over one common denominator: for what fixed point cannot tell.

use core::cmp::Ordering;

use super::half::{At, Chance, Half, WHOLE, Weights};
use super::halves::count;
use crate::value::whole::{Whole, add_product, compare, halves, product};

/// Whole numbers of one width, one behind the other, each with its lowest 64 bits first.
pub(super) struct Wholes {
    width: usize,
    limbs: Vec<u64>,
}

/// So many parts of being won, and so many of being lost, in lowest terms.
pub(super) struct Parts {
    won: u64,
    lost: u64,
}

impl Parts {
    fn of(deal: Chance) -> Self {
        let common = common_divisor(deal.millionths, WHOLE);
        let parts = |millionths: u64| millionths.checked_div(common).unwrap_or(0);
        Self {
            won: parts(deal.millionths),
            lost: parts(WHOLE - deal.millionths),
        }
    }

    fn all(&self) -> u64 {
        self.won + self.lost
    }
}

impl Weights for Wholes {
    type Odds = Parts;

    fn certain(deals: &[Chance]) -> Self {
        let width = denominator(deals).limbs().len();
        let mut limbs = vec![0; width];
        if let Some(lowest) = limbs.first_mut() {
            *lowest = 1;
        }
        Self { width, limbs }
    }

    fn none(&self, room: usize) -> Self {
        let limbs = Vec::with_capacity(room.saturating_mul(self.width));
        Self {
            width: self.width,
            limbs,
        }
    }

    fn odds(deal: Chance) -> Parts {
        Parts::of(deal)
    }

    fn push(&mut self, of: &Self, lost: At, won: At, odds: &Parts) -> bool {
        let start = self.limbs.len();
        self.limbs.resize(start.saturating_add(self.width), 0);
        let sum = self.limbs.get_mut(start..).unwrap_or_default();
        for ((place, counts), times) in [(lost, odds.lost), (won, odds.won)] {
            if let Some(number) = of.get(place).filter(|_| counts) {
                add_product(sum, &[times], number);
            }
        }
        true
    }
}

impl Wholes {
    fn get(&self, place: usize) -> Option<&[u64]> {
        let start = place.checked_mul(self.width)?;
        self.limbs.get(start..start.checked_add(self.width)?)
    }

    /// Each with all before it added.
    fn cumulated(mut self) -> Self {
        let mut sum = vec![0; self.width];
        for number in self.limbs.chunks_mut(self.width) {
            add_product(&mut sum, &[1], number);
            number.copy_from_slice(&sum);
        }
        self
    }
}

/// How much whole numbers may take.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// How many numbers of 64 bits the sums of a half take at most.
    pub(super) room: usize,
    /// How many of them are reckoned at most until a half is complete, and how many pairs of them for one probability.
    pub(super) work: u64,
}

impl Limits {
    pub(super) const USUAL: Self = Self {
        room: 1 << 24,
        work: 1 << 28,
    };
}

/// All sums of all deals in two halves, and how likely each is, exactly.
pub(super) struct Exact {
    left: Half<Wholes>,
    right: Half<Wholes>,
    /// Of both halves together.
    denominator: Vec<u64>,
}

impl Exact {
    /// None where it would take too much room, or too long.
    pub(super) fn of([left, right]: &[Vec<Chance>; 2], limits: Limits) -> Option<Self> {
        let denominator = product(denominator(left).limbs(), denominator(right).limbs());
        let (left, right) = (Self::half(left, limits)?, Self::half(right, limits)?);
        let pairs = count(left.weights.limbs.len()).checked_mul(count(right.weights.width))?;
        if pairs > limits.work {
            return None;
        }
        let right = Half {
            sums: right.sums,
            weights: right.weights.cumulated(),
        };
        Some(Self {
            left,
            right,
            denominator,
        })
    }

    fn half(deals: &[Chance], limits: Limits) -> Option<Half<Wholes>> {
        let mut half = Half::<Wholes>::new(deals);
        let mut work = 0;
        for deal in deals {
            half = half.with(*deal);
            work += count(half.weights.limbs.len());
            if half.weights.limbs.len() > limits.room || work > limits.work {
                return None;
            }
        }
        Some(half)
    }

    /// A probability of that numerator, beside a quotient.
    pub(super) fn compare(&self, numerator: &[u64], part: u128, whole: u128) -> Ordering {
        let scaled = |number: &[u64], factor: u128| {
            let (low, high) = halves(factor);
            product(number, &[low, high])
        };
        compare(&scaled(numerator, whole), &scaled(&self.denominator, part))
    }

    /// The smallest sum that reaches a level, which is from the one to the other.
    pub(super) fn quantile(&self, part: u128, whole: u128, low: u64, high: u64) -> u64 {
        let (mut low, mut high) = (low, high);
        let mut middle = low;
        while low < high {
            if self.compare(&self.not_above(middle), part, whole) == Ordering::Less {
                low = self.next(middle).map_or(high, |next| next.min(high));
            } else {
                high = middle;
            }
            middle = low + (high - low) / 2;
        }
        low
    }

    /// The smallest sum above another.
    fn next(&self, sum: u64) -> Option<u64> {
        let mut next: Option<u64> = None;
        for left in &self.left.sums {
            let place = self.right.sums.partition_point(|right| left + right <= sum);
            if let Some(right) = self.right.sums.get(place) {
                let with = left + right;
                next = Some(next.map_or(with, |least| least.min(with)));
            }
        }
        next
    }

    /// The numerator of the probability that a sum is not passed.
    pub(super) fn not_above(&self, sum: u64) -> Vec<u64> {
        let mut total = vec![0; self.denominator.len()];
        let mut places = self.right.sums.len();
        let lefts = self
            .left
            .sums
            .iter()
            .zip(self.left.weights.limbs.chunks(self.left.weights.width));
        for (left, weight) in lefts {
            let Some(rest) = sum.checked_sub(*left) else {
                break;
            };
            let below = self.right.sums.get(..places).unwrap_or(&[]);
            let above = below
                .iter()
                .rev()
                .take_while(|right| **right > rest)
                .count();
            places = places.saturating_sub(above);
            let Some(cumulated) = places
                .checked_sub(1)
                .and_then(|last| self.right.weights.get(last))
            else {
                break;
            };
            add_product(&mut total, weight, cumulated);
        }
        total
    }
}

/// What the probabilities of all sums of some deals are whole numbers over.
fn denominator(deals: &[Chance]) -> Whole {
    let mut product = Whole::new(1);
    for deal in deals {
        product.times(Parts::of(*deal).all());
    }
    product
}

pub(super) fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}
