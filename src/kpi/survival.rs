//! Times of which some are not over yet, reckoned exactly: the product-limit estimate of Kaplan and Meier, and what is won of it.
//!
//! Each deal that is still watched stands for a share of all. At first that is one of so many; where some are watched no longer, though they
//! are open, their shares go to those who stay. So what is left after a day is the number of deals left times that share, and what is won is
//! the sum of the shares of those won, which is the same as Σ S(t−) · won(t) / at risk(t).

use core::cmp::Ordering;

use rust_decimal::Decimal;

use crate::tally::SurvivalTally;
use crate::value::Whole;

/// The two days between which half of the deals are left: the first day from which on no more than half are, and the first on which fewer
/// are. None where there are never fewer than half.
pub(super) fn half_left(deals: &SurvivalTally) -> Option<(u32, u32)> {
    let count = deals.totals().followed();
    let roughly = half_left_by(deals, Shares::between(count));
    roughly
        .or_else(|_| half_left_by(deals, Shares::exactly(count)))
        .unwrap_or_default()
}

fn half_left_by(
    deals: &SurvivalTally,
    mut shares: Shares,
) -> Result<Option<(u32, u32)>, Undecided> {
    let mut since = None;
    for day in deals.days() {
        if day.left() < day.at_risk {
            match shares.against_half(day.left())? {
                Ordering::Less => return Ok(Some((since.unwrap_or(day.days), day.days))),
                Ordering::Equal => since = Some(day.days),
                Ordering::Greater => {}
            }
        }
        shares.pass_on(day.left(), day.passed_on());
    }
    Ok(None)
}

/// What share of the deals is won within so many days; none where some are left, and none was seen for so long.
pub(super) fn won_within(deals: &SurvivalTally, days: u32) -> Option<Decimal> {
    let last = deals.days().last()?;
    if last.days < days && last.open > 0 {
        return None;
    }
    let count = deals.totals().followed();
    let roughly = won_by(deals, days, Shares::between(count));
    let share = roughly.or_else(|_| won_by(deals, days, Shares::exactly(count)));
    share.ok()
}

fn won_by(deals: &SurvivalTally, days: u32, mut shares: Shares) -> Result<Decimal, Undecided> {
    let mut won = 0;
    for day in deals.days().take_while(|day| day.days <= days) {
        won += day.won;
        if day.open > 0 {
            shares.add(won);
            won = 0;
            shares.pass_on(day.left(), day.passed_on());
        }
    }
    shares.add(won);
    shares.rounded()
}

/// Both bounds are on different sides of what was asked.
struct Undecided;

/// The share that each deal stands for that is still watched, and the shares that were added up so far.
enum Shares {
    /// In units of 2⁻²⁵⁶, rounded down at every step and rounded up: where both say the same, it is so.
    Between { low: Side, high: Side },
    /// As fractions of one denominator, which may become as long as there are days on which some are watched no longer.
    Exactly { of: Side, whole: Whole },
}

struct Side {
    each: Whole,
    sum: Whole,
}

/// Of 64 bits each.
const LIMBS: usize = 4;

/// Decimals of a `Decimal` that is no more than 1.
const PLACES: u32 = 28;

/// Half of the decimals of a rate, which fit into 64 bits.
const HALF_OF_THE_PLACES: u64 = 10_u64.pow(PLACES / 2);

impl Shares {
    fn between(count: u64) -> Self {
        let side = |rounds_up| {
            let mut each = one();
            divide(&mut each, count, rounds_up);
            Side::of(each)
        };
        Self::Between {
            low: side(false),
            high: side(true),
        }
    }

    fn exactly(count: u64) -> Self {
        let of = Side::of(Whole::new(1));
        Self::Exactly {
            of,
            whole: Whole::new(count),
        }
    }

    /// Of so many deals, so many are watched further, and get the shares of the others.
    fn pass_on(&mut self, from: u64, to: u64) {
        if from == to || to == 0 {
            return;
        }
        match self {
            Self::Between { low, high } => {
                for (side, rounds_up) in [(low, false), (high, true)] {
                    side.each.times(from);
                    divide(&mut side.each, to, rounds_up);
                }
            }
            Self::Exactly { of, whole } => {
                of.each.times(from);
                of.sum.times(to);
                whole.times(to);
            }
        }
    }

    /// Adds up the shares of so many.
    fn add(&mut self, count: u64) {
        match self {
            Self::Between { low, high } => {
                low.add(count);
                high.add(count);
            }
            Self::Exactly { of, .. } => of.add(count),
        }
    }

    /// What so many are of all, compared with a half.
    fn against_half(&self, left: u64) -> Result<Ordering, Undecided> {
        let against = |side: &Side, whole: &Whole| {
            let mut twice = Whole::new(0);
            twice.add(&side.each, left * 2);
            twice.cmp(whole)
        };
        match self {
            Self::Between { low, high } => {
                let (low, high) = (against(low, &one()), against(high, &one()));
                if low == high { Ok(low) } else { Err(Undecided) }
            }
            Self::Exactly { of, whole } => Ok(against(of, whole)),
        }
    }

    /// The sum to the digits of a decimal, rounded as a division is: to the nearest, and from between two to the even one.
    fn rounded(&self) -> Result<Decimal, Undecided> {
        let digits = match self {
            // What lies between two goes down on one side, up on the other, and is decided exactly.
            Self::Between { low, high } => {
                let (low, high) = (low.digits(&below_half()), high.digits(&half()));
                low.filter(|_| low == high)
            }
            Self::Exactly { of, whole } => of.digits_of(whole),
        };
        let digits = digits.and_then(|digits| i128::try_from(digits).ok());
        let rounded =
            digits.and_then(|digits| Decimal::try_from_i128_with_scale(digits, PLACES).ok());
        rounded.ok_or(Undecided)
    }
}

impl Side {
    fn of(each: Whole) -> Self {
        Self {
            each,
            sum: Whole::new(0),
        }
    }

    fn add(&mut self, count: u64) {
        self.sum.add(&self.each, count);
    }

    /// The sum in units of the last place, after so much of one was added.
    fn digits(&self, more: &Whole) -> Option<u128> {
        let mut sum = self.sum.clone();
        sum.times(HALF_OF_THE_PLACES);
        sum.times(HALF_OF_THE_PLACES);
        sum.add(more, 1);
        sum.above(LIMBS)
    }

    /// The sum of such a whole in units of the last place: the long division.
    fn digits_of(&self, whole: &Whole) -> Option<u128> {
        let mut rest = self.sum.clone();
        let mut digits: u128 = 0;
        for place in 0..=PLACES {
            if place > 0 {
                rest.times(10);
                digits = digits.checked_mul(10)?;
            }
            while rest >= *whole {
                rest.take(whole);
                digits += 1;
            }
        }
        rest.times(2);
        let rounds_up = match rest.cmp(whole) {
            Ordering::Less => false,
            Ordering::Equal => digits % 2 == 1,
            Ordering::Greater => true,
        };
        Some(digits + u128::from(rounds_up))
    }
}

fn divide(number: &mut Whole, divisor: u64, rounds_up: bool) {
    if number.divide(divisor) && rounds_up {
        number.add(&Whole::new(1), 1);
    }
}

/// 1, in units of 2⁻²⁵⁶.
fn one() -> Whole {
    Whole::of_limbs(vec![0, 0, 0, 0, 1])
}

fn half() -> Whole {
    Whole::of_limbs(vec![0, 0, 0, 1 << 63])
}

fn below_half() -> Whole {
    Whole::of_limbs(vec![u64::MAX, u64::MAX, u64::MAX, (1 << 63) - 1])
}
