use core::cmp::Ordering;

use rust_decimal::Decimal;

/// A whole number of any size, never negative: for what has to be decided exactly, however many factors it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whole {
    /// Of 64 bits each, the lowest first. Invariant: the last is not 0.
    limbs: Vec<u64>,
}

impl Whole {
    pub(crate) fn new(number: u64) -> Self {
        Self::of_limbs(vec![number])
    }

    /// The lowest limb first.
    pub(crate) fn of_limbs(mut limbs: Vec<u64>) -> Self {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Self { limbs }
    }

    pub(crate) fn square(number: u128) -> Self {
        let (low, high) = halves(number);
        Self::of_limbs(product(&[low, high], &[low, high]))
    }

    /// The lowest first, without any 0 above.
    pub(crate) fn limbs(&self) -> &[u64] {
        &self.limbs
    }

    pub(crate) fn times(&mut self, factor: u64) {
        let mut carry = 0;
        for limb in &mut self.limbs {
            (*limb, carry) = halves(u128::from(*limb) * u128::from(factor) + u128::from(carry));
        }
        if carry > 0 {
            self.limbs.push(carry);
        }
        if factor == 0 {
            self.limbs.clear();
        }
    }

    /// Adds another one, so many times.
    pub(crate) fn add(&mut self, other: &Self, times: u64) {
        let most = self.limbs.len().max(other.limbs.len());
        self.limbs.resize(most.saturating_add(1), 0);
        add_product(&mut self.limbs, &[times], &other.limbs);
        *self = Self::of_limbs(core::mem::take(&mut self.limbs));
    }

    /// Takes away one that is no larger.
    pub(crate) fn take(&mut self, other: &Self) {
        let mut borrowed = false;
        for (at, limb) in self.limbs.iter_mut().enumerate() {
            let less = other.limbs.get(at).copied().unwrap_or_default();
            let (rest, first) = limb.overflowing_sub(less);
            let (rest, second) = rest.overflowing_sub(u64::from(borrowed));
            (*limb, borrowed) = (rest, first || second);
        }
        *self = Self::of_limbs(core::mem::take(&mut self.limbs));
    }

    /// Divides it by what is not 0, rounded down; says whether something was left over.
    pub(crate) fn divide(&mut self, divisor: u64) -> bool {
        let divisor = u128::from(divisor);
        let mut rest = 0;
        for limb in self.limbs.iter_mut().rev() {
            let dividend = (u128::from(rest) << 64) | u128::from(*limb);
            let quotient = dividend.checked_div(divisor).unwrap_or_default();
            (*limb, _) = halves(quotient);
            (rest, _) = halves(dividend - quotient * divisor);
        }
        *self = Self::of_limbs(core::mem::take(&mut self.limbs));
        rest > 0
    }

    /// What it is of one that is no smaller and not 0, to 28 decimals, half up: digit by digit, as on paper.
    pub(crate) fn share_of(mut self, whole: &Self) -> Decimal {
        let mut digits = 0_u128;
        for place in 0..=SHARE_PLACES {
            if place > 0 {
                self.times(10);
                digits *= 10;
            }
            while self >= *whole {
                self.take(whole);
                digits += 1;
            }
        }
        self.times(2);
        digits += u128::from(self >= *whole);
        let digits = i128::try_from(digits).unwrap_or_default();
        Decimal::try_from_i128_with_scale(digits, SHARE_PLACES).unwrap_or_default()
    }

    /// Without the lowest limbs: divided by as many powers of 2⁶⁴, rounded down. None where that passes 128 bits.
    pub(crate) fn above(&self, limbs: usize) -> Option<u128> {
        let mut rest = self.limbs.iter().skip(limbs).copied();
        let (low, high) = (
            rest.next().unwrap_or_default(),
            rest.next().unwrap_or_default(),
        );
        rest.next()
            .is_none()
            .then_some((u128::from(high) << 64) | u128::from(low))
    }
}

/// As many as a `Decimal` of at most 1 has.
const SHARE_PLACES: u32 = 28;

impl Ord for Whole {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(&self.limbs, &other.limbs)
    }
}

impl PartialOrd for Whole {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Of limbs, the lowest first.
pub(crate) fn product(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut product = vec![0; a.len().saturating_add(b.len())];
    add_product(&mut product, a, b);
    product
}

/// Adds a product to a sum that has room for it.
#[inline]
pub(crate) fn add_product(sum: &mut [u64], a: &[u64], b: &[u64]) {
    let mut rest = sum;
    for factor in a {
        let mut carry = 0;
        let mut limbs = rest.iter_mut();
        for (other, limb) in b.iter().zip(limbs.by_ref()) {
            // At most (2⁶⁴ − 1)² + 2 (2⁶⁴ − 1), which is 2¹²⁸ − 1.
            let more = u128::from(*factor) * u128::from(*other);
            (*limb, carry) = halves(more + u128::from(*limb) + u128::from(carry));
        }
        for limb in limbs {
            if carry == 0 {
                break;
            }
            (*limb, carry) = halves(u128::from(*limb) + u128::from(carry));
        }
        rest = match rest {
            [_, rest @ ..] => rest,
            [] => break,
        };
    }
}

/// Limbs that the shorter one lacks are 0.
pub(crate) fn compare(a: &[u64], b: &[u64]) -> Ordering {
    for place in (0..a.len().max(b.len())).rev() {
        let limb = |number: &[u64]| number.get(place).copied().unwrap_or_default();
        let order = limb(a).cmp(&limb(b));
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

/// The lower and the upper 64 bits.
#[inline]
pub(crate) fn halves(wide: u128) -> (u64, u64) {
    let half = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).unwrap_or_default();
    (half(wide), half(wide >> 64))
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    reason = "the second kind of number has operators alone"
)]
mod tests {
    use num_bigint::BigUint;
    use proptest::prelude::*;

    use super::*;

    fn big(number: &Whole) -> BigUint {
        let limbs = number.limbs.iter().rev();
        limbs.fold(BigUint::ZERO, |sum, limb| (sum << 64_u32) + *limb)
    }

    /// Of few limbs, with those among them at which a carry goes on.
    fn numbers() -> impl Strategy<Value = Whole> {
        let limb = prop_oneof![Just(0), Just(1), Just(u64::MAX), any::<u64>()];
        proptest::collection::vec(limb, 0..5).prop_map(Whole::of_limbs)
    }

    fn factors() -> impl Strategy<Value = u64> {
        prop_oneof![Just(0), Just(1), Just(u64::MAX), any::<u64>(), 0..100_u64]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_reckons_as_whole_numbers_do(a in numbers(), b in numbers(), factor in factors()) {
            let mut product = a.clone();
            product.times(factor);
            prop_assert_eq!(big(&product), big(&a) * factor);
            let mut sum = a.clone();
            sum.add(&b, factor);
            prop_assert_eq!(big(&sum), big(&a) + big(&b) * factor);
            prop_assert_eq!(a.cmp(&b), big(&a).cmp(&big(&b)));
            let both = Whole::of_limbs(super::product(&a.limbs, &b.limbs));
            prop_assert_eq!(big(&both), big(&a) * big(&b));
            let longer = [a.limbs.as_slice(), &[0, 0]].concat();
            prop_assert_eq!(compare(&longer, &b.limbs), big(&a).cmp(&big(&b)));
            prop_assert_eq!(compare(&b.limbs, &longer), big(&b).cmp(&big(&a)));
            let mut rest = a.clone().max(b.clone());
            rest.take((&a).min(&b));
            prop_assert_eq!(big(&rest), big(&a).max(big(&b)) - big(&a).min(big(&b)));
            if factor > 0 {
                let mut quotient = a.clone();
                let is_rest = quotient.divide(factor);
                prop_assert_eq!(big(&quotient), big(&a) / factor);
                prop_assert_eq!(is_rest, big(&a) % factor > BigUint::ZERO);
            }
            let (part, whole) = (a.clone().min(b.clone()), a.clone().max(b.clone()));
            if !whole.limbs.is_empty() {
                let share = part.clone().share_of(&whole);
                let scale = BigUint::from(10_u32).pow(SHARE_PLACES);
                let units = (big(&part) * &scale * 2_u32 + big(&whole)) / (big(&whole) * 2_u32);
                let digits = BigUint::try_from(share.mantissa()).unwrap();
                prop_assert_eq!(digits, units);
            }
            for limbs in 0..4 {
                let above = big(&a) >> (64 * limbs);
                prop_assert_eq!(a.above(limbs), u128::try_from(above).ok());
            }
            // Numbers that are equal look alike.
            for number in [product, sum, rest] {
                prop_assert!(number.limbs.last() != Some(&0));
            }
        }
    }
}
