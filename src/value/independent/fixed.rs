//! Probabilities in fixed point, always rounded down: what is missing from 1 at last is how far any of them can be off.

use super::half::{At, Chance, WHOLE, Weights};

/// In units of 2⁻¹²⁸; 1 is the greatest of them, which is rounded down, too.
#[derive(Clone, Debug)]
pub(super) struct Fixed(pub(super) Vec<u128>);

/// Of being won and of being lost.
pub(super) struct Odds {
    won: u128,
    lost: u128,
}

impl Weights for Fixed {
    type Odds = Odds;

    fn certain(_: &[Chance]) -> Self {
        Self(vec![u128::MAX])
    }

    fn none(&self, room: usize) -> Self {
        Self(Vec::with_capacity(room))
    }

    fn odds(deal: Chance) -> Odds {
        let fixed = |millionths: u64| {
            let (bits, _) = quotient(u128::from(millionths), u128::from(WHOLE));
            bits
        };
        Odds {
            won: fixed(deal.millionths),
            lost: fixed(WHOLE - deal.millionths),
        }
    }

    #[inline]
    fn push(&mut self, of: &Self, lost: At, won: At, odds: &Odds) -> bool {
        let weight = |(place, counts): At| {
            of.0.get(place).copied().unwrap_or(0) & u128::from(counts).wrapping_neg()
        };
        let weight = times(weight(lost), odds.lost) + times(weight(won), odds.won);
        if weight > 0 {
            self.0.push(weight);
        }
        weight > 0
    }
}

/// The product, rounded down by less than 3 units.
#[inline]
pub(super) fn times(a: u128, b: u128) -> u128 {
    const LOW: u128 = 0xFFFF_FFFF_FFFF_FFFF;
    let (a_high, a_low, b_high, b_low) = (a >> 64, a & LOW, b >> 64, b & LOW);
    a_high * b_high + ((a_high * b_low) >> 64) + ((a_low * b_high) >> 64)
}

/// By how much [`times`] may be below the product.
pub(super) const SLACK: u128 = 3;

/// A quotient below 1 rounded down, and whether anything was left off. The divisor is below 2¹²⁷.
pub(super) fn quotient(part: u128, whole: u128) -> (u128, bool) {
    let (mut bits, mut rest) = (0_u128, part);
    for _ in 0..128 {
        rest *= 2;
        bits *= 2;
        if rest >= whole {
            rest -= whole;
            bits += 1;
        }
    }
    (bits, rest > 0)
}

/// As many decimals as are told of a probability.
pub(crate) const PLACES: u32 = 28;
/// 1 in units of 10⁻²⁸.
pub(super) const ONE: u128 = 10_u128.pow(PLACES);

/// In units of 10⁻²⁸, rounded down, and what is left off in units of 2⁻¹²⁸ of one.
pub(super) fn decimal(fixed: u128) -> (u128, u128) {
    let (mut digits, mut rest) = (0_u128, fixed);
    for _ in 0..PLACES {
        let low = (rest & u128::from(u64::MAX)) * 10;
        let high = (rest >> 64) * 10 + (low >> 64);
        digits = digits * 10 + (high >> 64);
        rest = (high << 64) | (low & u128::from(u64::MAX));
    }
    (digits, rest)
}
