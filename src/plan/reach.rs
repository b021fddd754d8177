//! How many whole things it takes, exactly.
//!
//! What is divided by may be a quotient itself: a win rate of a third has 28 digits, and 50 / 0.333… is a little more than 150. So a figure
//! with more digits than anybody writes is taken for what it was before it was rounded: it lies within half a unit of its last digit.

use rust_decimal::Decimal;

use crate::error::Undefined;
use crate::value::{Whole, halves};

/// As many of a kind as a plan, a quota or a tally takes.
const MOST: u64 = 10_000_000_000;

/// With more digits a figure is a quotient that was rounded.
const LONGEST_WRITTEN: u128 = 100_000_000_000_000_000_000;

/// What a decimal holds.
const LARGEST: u128 = (1 << 96) - 1;

/// `halves` / (2 × 10^`scale`): in halves of its last digit.
#[derive(Clone, Copy)]
struct Figure {
    halves: u128,
    scale: u32,
}

impl Figure {
    /// The least and the most that it may have been.
    fn bounds(number: Decimal) -> (Self, Self) {
        let number = number.normalize();
        let (mut digits, mut scale) = (number.mantissa().unsigned_abs(), number.scale());
        let of = |halves| Self { halves, scale };
        if digits < LONGEST_WRITTEN {
            return (of(digits * 2), of(digits * 2));
        }
        while scale < Decimal::MAX_SCALE && digits * 10 <= LARGEST {
            digits *= 10;
            scale = scale.saturating_add(1);
        }
        let of = |halves| Self { halves, scale };
        (of(digits * 2 - 1), of(digits * 2 + 1))
    }

    /// It, so many times, in halves of 10⁻ⁿ.
    fn times(self, count: u64, places: u32) -> Whole {
        let (low, high) = halves(self.halves);
        let mut product = Whole::of_limbs(vec![low, high]);
        product.times(count);
        for _ in self.scale..places {
            product.times(10);
        }
        product
    }
}

/// The fewest whole things, each worth so much, that are worth a goal together: ⌈goal / each⌉. Neither is 0 or below.
pub(super) fn fewest(goal: Decimal, each: Decimal) -> Result<u64, Undefined> {
    let quotient = goal.checked_div(each).ok_or(Undefined::OutOfRange)?;
    let about = count(quotient.trunc())?;
    let (goal, _) = Figure::bounds(goal);
    let (_, each) = Figure::bounds(each);
    let places = goal.scale.max(each.scale);
    let goal = goal.times(1, places);
    // The quotient is rounded, so the answer is beside it.
    let mut count = about.saturating_sub(1).max(1);
    while each.times(count, places) < goal {
        count += 1;
    }
    within(count)
}

/// So many of each of so many, rounded up: ⌈count × each⌉.
pub(super) fn all(count: u64, each: Decimal) -> Result<u64, Undefined> {
    let (each, _) = Figure::bounds(each);
    let sum = u128::from(count).checked_mul(each.halves);
    let one = 10_u128.checked_pow(each.scale).map(|one| one * 2);
    let (sum, one) = sum.zip(one).ok_or(Undefined::OutOfRange)?;
    within(u64::try_from(sum.div_ceil(one)).map_err(|_| Undefined::OutOfRange)?)
}

pub(super) fn within(count: u64) -> Result<u64, Undefined> {
    if count > MOST {
        return Err(Undefined::OutOfRange);
    }
    Ok(count)
}

fn count(number: Decimal) -> Result<u64, Undefined> {
    let count = u64::try_from(number).map_err(|_| Undefined::OutOfRange)?;
    within(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn third() -> Decimal {
        Decimal::ONE.checked_div(Decimal::from(3)).unwrap()
    }

    #[test]
    fn a_third_of_150_is_50() {
        assert_eq!(fewest(dec("50"), third()), Ok(150));
        assert_eq!(fewest(dec("50"), dec("0.3333")), Ok(151));
        assert_eq!(all(150, third()), Ok(50));
        assert_eq!(all(3, dec("8").checked_div(dec("3")).unwrap()), Ok(8));
        assert_eq!(all(3, dec("2.667")), Ok(9));
        assert_eq!(all(0, third()), Ok(0));
    }

    #[test]
    fn the_last_digit_decides() {
        assert_eq!(fewest(dec("100"), dec("10")), Ok(10));
        assert_eq!(fewest(dec("100.0001"), dec("10")), Ok(11));
        assert_eq!(fewest(dec("99.9999"), dec("10")), Ok(10));
        assert_eq!(fewest(dec("0.01"), dec("10")), Ok(1));
        assert_eq!(fewest(dec("1000"), dec("1000") / dec("3")), Ok(3));
        assert_eq!(fewest(dec("1000.01"), dec("1000") / dec("3")), Ok(4));
    }

    #[test]
    fn too_many_are_out_of_range() {
        let most = dec("10000000000");
        assert_eq!(fewest(most, Decimal::ONE), Ok(MOST));
        let more = dec("10000000000.1");
        assert_eq!(fewest(more, Decimal::ONE), Err(Undefined::OutOfRange));
        let tiny = dec("0.0000000000000000000000000001");
        assert_eq!(fewest(Decimal::MAX, tiny), Err(Undefined::OutOfRange));
        assert_eq!(all(MOST, Decimal::ONE), Ok(MOST));
        assert_eq!(all(MOST, Decimal::MAX), Err(Undefined::OutOfRange));
        assert_eq!(all(MOST, dec("1.1")), Err(Undefined::OutOfRange));
        assert_eq!(fewest(Decimal::MAX, Decimal::MAX), Ok(1));
    }
}
