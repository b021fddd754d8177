//! Against exact fractions: of every subset where the amounts are few, and of every cell where they are many.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "an oracle reckons plainly"
)]

use num_bigint::BigUint;
use proptest::prelude::*;

use super::exact::Limits;
use super::fixed::ONE;
use super::{Bounds, IndependentSum};

/// Every sum, and the exact number over 10⁶ⁿ of its probability, in order.
struct Oracle {
    sums: Vec<(u128, BigUint)>,
    of: BigUint,
}

impl Oracle {
    fn new(amounts: &[(u64, u64)]) -> Self {
        let mut sums = std::collections::BTreeMap::from([(0_u128, BigUint::from(1_u8))]);
        let mut of = BigUint::from(1_u8);
        for (amount, millionths) in amounts {
            let mut next = std::collections::BTreeMap::new();
            for (sum, number) in &sums {
                *next.entry(*sum).or_insert_with(BigUint::default) +=
                    number * (1_000_000 - millionths);
                *next
                    .entry(sum + u128::from(*amount))
                    .or_insert_with(BigUint::default) += number * millionths;
            }
            sums = next;
            of *= 1_000_000_u64;
        }
        let sums = sums.into_iter().collect();
        Self { sums, of }
    }

    fn quantile(&self, part: u128, whole: u128) -> u128 {
        let mut total = BigUint::default();
        for (sum, number) in &self.sums {
            total += number;
            if &total * whole >= &self.of * part {
                return *sum;
            }
        }
        unreachable!("the total is 1")
    }

    /// Twice the probability in units of 10⁻²⁸, rounded down, and whether anything is left off.
    fn chance_of(&self, units: u128) -> (u128, bool) {
        let reached = self.sums.iter().filter(|(sum, _)| *sum >= units);
        let number: BigUint = reached.map(|(_, number)| number).sum();
        let scaled = number * (2 * ONE);
        let doubled = &scaled / &self.of;
        let is_more = &doubled * &self.of != scaled;
        (doubled.try_into().unwrap(), is_more)
    }

    fn expect_within(&self, units: u128, (low, high): Bounds) {
        let (doubled, is_more) = self.chance_of(units);
        assert!(2 * low <= doubled, "{low}");
        assert!(2 * high >= doubled + u128::from(is_more), "{high}");
    }

    fn expect_exact(&self, units: u128, (low, high): Bounds) {
        let (doubled, is_more) = self.chance_of(units);
        assert_eq!(low, high);
        // Half a unit may go either way.
        let is_half = doubled % 2 == 1 && !is_more;
        let rounded = doubled.div_ceil(2);
        let rounded = if doubled % 2 == 1 {
            rounded
        } else {
            doubled / 2
        };
        assert!(
            low == rounded || (is_half && low + 1 == rounded),
            "{low} {rounded}"
        );
    }
}

const LEVELS: [(u128, u128); 9] = [
    (0, 1),
    (1, 1_000_000_000_000),
    (1, 10),
    (1, 4),
    (1, 2),
    (3, 4),
    (9, 10),
    (999_999_999_999, 1_000_000_000_000),
    (1, 1),
];

fn expect_exact(amounts: &[(u64, u64)]) {
    let (ours, oracle) = (IndependentSum::of(amounts), Oracle::new(amounts));
    for (part, whole) in LEVELS {
        let sum = oracle.quantile(part, whole);
        assert_eq!(ours.quantile(part, whole), (sum, sum), "{part}/{whole}");
    }
    let every = oracle.sums.len().div_ceil(30);
    for (sum, _) in oracle.sums.iter().step_by(every) {
        for units in [*sum, sum + 1] {
            oracle.expect_exact(units, ours.chance_of(units));
        }
    }
}

/// With amounts rounded to cells: whatever is so is within what is said.
fn expect_within(amounts: &[(u64, u64)], cell: u128) {
    let (ours, oracle) = (
        IndependentSum::in_cells(amounts, cell).unwrap(),
        Oracle::new(amounts),
    );
    for (part, whole) in LEVELS {
        let sum = oracle.quantile(part, whole);
        let (low, high) = ours.quantile(part, whole);
        assert!(
            low <= sum && sum <= high,
            "{part}/{whole}: {low}-{high}, not {sum}"
        );
        assert!(high - low <= cell * u128::try_from(amounts.len()).unwrap());
    }
    let every = oracle.sums.len().div_ceil(30);
    for (sum, _) in oracle.sums.iter().step_by(every) {
        for units in [*sum, sum + 1] {
            let chance = ours.chance_of(units);
            // Where no amount was rounded after all, it is told to the nearest digit.
            if ours.is_exact() {
                oracle.expect_exact(units, chance);
            } else {
                oracle.expect_within(units, chance);
            }
        }
    }
}

fn millionths() -> impl Strategy<Value = u64> {
    prop_oneof![
        Just(500_000),
        (1..20_u64).prop_map(|twentieths| twentieths * 50_000),
        1..1_000_000_u64,
        1..10_u64,
        999_990..1_000_000_u64,
    ]
}

fn amount() -> impl Strategy<Value = u64> {
    prop_oneof![
        1..4_u64,
        1..100_u64,
        (1..50_u64).prop_map(|thousands| thousands * 10_000_000),
        1..1_000_000_000_000_000_000_u64,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_few_amounts_are_exact(amounts in prop::collection::vec((amount(), millionths()), 0..12)) {
        expect_exact(&amounts);
    }

    #[test]
    fn without_one_it_is_that_of_the_others(amounts in prop::collection::vec((amount(), millionths()), 1..12)) {
        let sum = IndependentSum::of(&amounts);
        for (place, (amount, millionths)) in amounts.iter().enumerate() {
            let mut others = amounts.clone();
            others.remove(place);
            let (without, fresh) = (sum.without(*amount, *millionths).unwrap(), IndependentSum::of(&others));
            for (part, whole) in LEVELS {
                let quantile = without.quantile(part, whole);
                prop_assert_eq!(quantile, fresh.quantile(part, whole));
                prop_assert_eq!(without.chance_of(quantile.0), fresh.chance_of(quantile.0));
            }
        }
        prop_assert!(sum.without(amounts[0].0, 0).is_none());
    }

    #[test]
    fn rounded_amounts_are_bracketed(
        amounts in prop::collection::vec((amount(), millionths()), 1..12),
        parts in 1..60_u128,
    ) {
        let cell = (super::total(&amounts) / parts).max(1);
        expect_within(&amounts, cell);
    }

    #[test]
    fn any_order_is_the_same(amounts in prop::collection::vec((amount(), millionths()), 0..12), cell in 1..1_000_u128) {
        let turned: Vec<_> = amounts.iter().rev().copied().collect();
        for (part, whole) in LEVELS {
            prop_assert_eq!(
                IndependentSum::of(&amounts).quantile(part, whole),
                IndependentSum::of(&turned).quantile(part, whole)
            );
        }
        let of = |amounts: &[(u64, u64)]| IndependentSum::in_cells(amounts, cell).map(|sum| sum.chance_of(1_000));
        prop_assert_eq!(of(&amounts), of(&turned));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn many_amounts_of_few_cells_are_exact(amounts in prop::collection::vec((1..40_u64, millionths()), 40..90)) {
        expect_exact(&amounts);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    /// Many small ones that are unlikely, or as unlikely to fail, beside few large ones of plain probabilities: levels are met by sums of
    /// next to no probability.
    #[test]
    fn sums_of_next_to_no_probability_count(
        (small, count) in (prop_oneof![1..100_u64, Just(50_000), Just(100_000), 999_900..1_000_000_u64], 8..90_usize),
        step in 1..4_u64,
        large in prop::collection::vec(
            (20..400_u64, prop::sample::select(vec![100_000_u64, 250_000, 500_000, 750_000, 900_000])), 1..4,
        ),
    ) {
        let mut amounts = vec![(step, small); count];
        amounts.extend(large);
        expect_exact(&amounts);
        let (mut rough, oracle) = (IndependentSum::of(&amounts), Oracle::new(&amounts));
        rough.limits.room = 0;
        for (part, whole) in LEVELS {
            let ((low, high), sum) = (rough.quantile(part, whole), oracle.quantile(part, whole));
            prop_assert!(low <= sum && sum <= high, "{part}/{whole}: {low}-{high}, not {sum}");
        }
    }
}

/// Numbers that look like chance and are none: the same in every run.
fn numbers() -> impl FnMut(u64) -> u64 {
    let mut state = 88_172_645_463_325_252_u64;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    }
}

/// Of 26 amounts every list is long enough to be looked at roughly first, and there is an oracle yet: the same with two amounts less in
/// the halves, by hand.
#[test]
fn long_lists_agree_with_short_ones() {
    let mut next = numbers();
    let amounts: Vec<(u64, u64)> = (0..26)
        .map(|_| (1 + next(1_000_000_000), 1 + next(999_999)))
        .collect();
    let whole = IndependentSum::of(&amounts);
    let [(first, p), (second, q)] = [amounts[0], amounts[1]];
    let rest = IndependentSum::of(&amounts[2..]);
    for (part, of) in LEVELS {
        let (sum, same) = whole.quantile(part, of);
        assert_eq!(sum, same);
        let (chance, _) = whole.chance_of(sum);
        let with = |taken: u128| {
            let (chance, same) = rest.chance_of(sum.saturating_sub(taken));
            assert_eq!(chance, same);
            chance
        };
        let (first, second) = (u128::from(first), u128::from(second));
        let all = [
            (with(0), (1_000_000 - p) * (1_000_000 - q)),
            (with(first), p * (1_000_000 - q)),
            (with(second), (1_000_000 - p) * q),
            (with(first + second), p * q),
        ];
        let sum = all
            .map(|(chance, weight)| BigUint::from(chance) * weight)
            .iter()
            .sum::<BigUint>();
        let sum: u128 = (sum / 1_000_000_000_000_u64).try_into().unwrap();
        assert!(sum.abs_diff(chance) <= 1, "{sum} {chance}");
        // It is the smallest: it is not passed with the level or more, and what is below it is with less.
        let not_passed = ONE - whole.chance_of(whole.quantile(part, of).0 + 1).0;
        assert!(not_passed + 1 >= ONE / of * part);
        assert!(part == 0 || ONE - chance <= ONE / of * part + 1);
    }
}

/// As likely as not to pass the middle, exactly: only whole numbers tell.
#[test]
fn a_tie_is_decided_by_whole_numbers() {
    let equal = [(5_000, 500_000); 101];
    assert_eq!(
        IndependentSum::of(&equal).quantile(1, 2),
        (250_000, 250_000)
    );
    // One of 10 % that is larger than all others together, of odd probabilities.
    let mut next = numbers();
    let mut amounts: Vec<(u64, u64)> = (0..30)
        .map(|_| (1 + next(1_000_000_000), 1 + next(999_999)))
        .collect();
    let others = super::total(&amounts);
    amounts.push((1_000_000_000_000, 100_000));
    let sum = IndependentSum::of(&amounts);
    assert_eq!(sum.quantile(9, 10), (others, others));
    let (low, _) = sum.quantile(900_000_000_001, 1_000_000_000_000);
    assert!(low >= 1_000_000_000_000);
    let tenth = ONE / 10;
    assert_eq!(sum.chance_of(others + 1), (tenth, tenth));
}

/// As wide as half a cell an amount at most, and in order.
#[test]
fn brackets_are_narrow_and_rise() {
    let mut next = numbers();
    let amounts: Vec<(u64, u64)> = (0..200)
        .map(|_| (1 + next(1_000_000_000_000), 1 + next(999_999)))
        .collect();
    let cell = super::total(&amounts).div_ceil(1 << 13);
    let sum = IndependentSum::in_cells(&amounts, cell).unwrap();
    let mut before = (0, 0);
    for (part, whole) in LEVELS {
        let (low, high) = sum.quantile(part, whole);
        assert!(low <= high && high - low <= 100 * cell);
        assert!(before.0 <= low && before.1 <= high);
        before = (low, high);
    }
}

/// The largest amounts that records have.
#[test]
fn the_largest_amounts_pass_no_bound() {
    let largest = 1_000_000_000_000_000_000_u64;
    let amounts: Vec<(u64, u64)> = (0..40).map(|less| (largest - less, 500_000)).collect();
    let (low, high) = IndependentSum::of(&amounts).quantile(1, 2);
    let middle = 20 * u128::from(largest);
    assert!(low <= middle && middle <= high + 1_000 && high - low <= middle / 1_000);
    let equal = [(largest, 500_000); 40];
    assert_eq!(IndependentSum::of(&equal).quantile(1, 2), (middle, middle));
}

/// A large amount beside so many small ones that hardly ever all come: what they come to together is a sum as any other, though a
/// probability in fixed point has no digit left for it.
#[test]
fn a_sum_is_one_however_unlikely() {
    let many = |count, small, large: (u64, u64)| {
        let mut amounts = vec![(1, small); count];
        amounts.push(large);
        amounts
    };
    let ninety = many(80, 100_000, (100, 100_000));
    assert_eq!(IndependentSum::of(&ninety).quantile(9, 10), (80, 80));
    let fifty = many(200, 200_000, (250, 500_000));
    assert_eq!(IndependentSum::of(&fifty).quantile(1, 2), (200, 200));
    let fifty = many(60, 50_000, (70, 500_000));
    assert_eq!(IndependentSum::of(&fifty).quantile(1, 2), (60, 60));
    expect_exact(&ninety);
}

/// The same where whole numbers are not at hand: a bracket holds it.
#[test]
fn what_is_open_is_a_bracket() {
    for count in [80, 81, 400] {
        let mut amounts = vec![(1, 100_000); count];
        amounts.push((1_000, 100_000));
        let mut sum = IndependentSum::of(&amounts);
        let exact = u128::try_from(count).unwrap();
        assert_eq!(sum.quantile(9, 10), (exact, exact));
        for limits in [
            Limits {
                room: 0,
                ..Limits::USUAL
            },
            Limits {
                work: 0,
                ..Limits::USUAL
            },
        ] {
            sum.limits = limits;
            let (low, high) = sum.quantile(9, 10);
            assert!(low <= exact && exact <= high, "{low} to {high}");
            assert_eq!(high, 1_000);
            let (least, most) = sum.chance_of(exact + 1);
            assert!(least <= ONE / 10 && ONE / 10 <= most && most - least <= 2);
        }
    }
}

#[test]
fn nothing_is_reached_for_certain_and_more_than_all_never() {
    let amounts = [(10, 500_000), (21, 1), (33, 999_999)];
    for cell in [1, 7, 64] {
        let sum = IndependentSum::in_cells(&amounts, cell).unwrap();
        assert_eq!(sum.chance_of(0), (ONE, ONE));
        assert_eq!(sum.chance_of(65), (0, 0));
        assert_ne!(sum.chance_of(64), (0, 0));
    }
}

/// 2²⁰ cells for 1,024 amounts, and as many fewer as there are more amounts.
#[test]
fn the_cells_follow_from_how_many_amounts_there_are() {
    let cells = |count| super::cells_for(count);
    assert_eq!([cells(0), cells(1_024)], [1 << 20; 2]);
    assert_eq!([cells(2_048), cells(4_096)], [1 << 19, 1 << 18]);
    assert_eq!(cells(usize::MAX), 1);
    let mut next = numbers();
    let amounts: Vec<(u64, u64)> = (0..60)
        .map(|_| (1 + next(1_000_000_000_000), 1 + next(999_999)))
        .collect();
    let sum = IndependentSum::of(&amounts);
    let cell = super::total(&amounts).div_ceil(1 << 20);
    assert_eq!(sum.cell, cell);
    // Half a cell an amount: 60 of 2²¹ parts of all.
    let (low, high) = sum.quantile(1, 2);
    assert!(low < high && high - low <= 30 * cell);
}

#[test]
fn of_nothing_nothing_comes() {
    let none = IndependentSum::of(&[]);
    assert_eq!(none.quantile(1, 2), (0, 0));
    assert_eq!(none.chance_of(0), (ONE, ONE));
    assert_eq!(none.chance_of(1), (0, 0));
}
