//! How many whole things it takes.

use rust_decimal::Decimal;

use crate::error::Undefined;

/// As many of a kind as a plan, a quota or a tally takes.
const MOST: u64 = 10_000_000_000;

/// 10⁻²⁰ of a figure.
const TWENTY_DIGITS: Decimal = Decimal::from_parts(1, 0, 0, false, 20);

/// The fewest whole things, each worth so much, that are worth a goal together: ⌈goal / each⌉. Neither is 0 or below.
pub(super) fn fewest(goal: Decimal, each: Decimal) -> Result<u64, Undefined> {
    Ok(rounded_up(goal.checked_div(each))?.max(1))
}

/// So many of each of so many, rounded up: ⌈count × each⌉.
pub(super) fn all(count: u64, each: Decimal) -> Result<u64, Undefined> {
    rounded_up(each.checked_mul(count.into()))
}

pub(super) fn within(count: u64) -> Result<u64, Undefined> {
    if count > MOST {
        return Err(Undefined::OutOfRange);
    }
    Ok(count)
}

/// What a figure was divided from may be a quotient itself: a win rate of a third has 28 digits, and 50 / 0.333… is a little more than 150.
/// So the 21st digit, which nobody writes, lifts nothing to the next whole number.
fn rounded_up(number: Option<Decimal>) -> Result<u64, Undefined> {
    let number = number.ok_or(Undefined::OutOfRange)?;
    let whole = number.trunc();
    let count = u64::try_from(whole).map_err(|_| Undefined::OutOfRange)?;
    let above = number.checked_sub(whole);
    let is_above = above > number.checked_mul(TWENTY_DIGITS);
    within(count.saturating_add(is_above.into()))
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
