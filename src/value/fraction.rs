use rust_decimal::Decimal;

/// An exact sum of quotients of whole numbers, such as quotas of which a rep was there for a part: a whole number and a fraction
/// below 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    whole: u128,
    /// Invariant: below `of`, and without a common divisor.
    part: u128,
    of: u128,
}

impl Fraction {
    pub(crate) const ZERO: Self = Self {
        whole: 0,
        part: 0,
        of: 1,
    };

    /// A quotient; none of 0.
    pub(crate) fn quotient(numerator: u128, denominator: u128) -> Option<Self> {
        let whole = numerator.checked_div(denominator)?;
        let part = numerator.checked_rem(denominator)?;
        let common = common_divisor(part, denominator);
        Some(Self {
            whole,
            part: part.checked_div(common)?,
            of: denominator.checked_div(common)?,
        })
    }

    /// The exact sum, or none where its fraction has more digits than are kept.
    pub(crate) fn checked_add(self, other: Self) -> Option<Self> {
        let common = common_divisor(self.of, other.of);
        let (a, b) = (other.of.checked_div(common)?, self.of.checked_div(common)?);
        let part = self
            .part
            .checked_mul(a)?
            .checked_add(other.part.checked_mul(b)?)?;
        let fraction = Self::quotient(part, self.of.checked_mul(a)?)?;
        let whole = self.whole.checked_add(other.whole)?;
        Some(Self {
            whole: whole.checked_add(fraction.whole)?,
            ..fraction
        })
    }

    pub(crate) fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    pub(crate) fn is_at_most(self, limit: u128) -> bool {
        self.whole < limit || (self.whole == limit && self.part == 0)
    }

    /// Whether so many times this are at most a limit: in whole numbers where both sides can be held, else to the digits of a decimal.
    pub(crate) fn times_is_at_most(self, times: Decimal, limit: u128) -> bool {
        let in_whole_numbers = || {
            let all = self.whole.checked_mul(self.of)?.checked_add(self.part)?;
            let all = all.checked_mul(u128::try_from(times.mantissa()).ok()?)?;
            let unit = 10_u128.checked_pow(times.scale())?;
            Some(all <= limit.checked_mul(self.of)?.checked_mul(unit)?)
        };
        let divided = || self.divide(limit).is_some_and(|share| times <= share);
        in_whole_numbers().unwrap_or_else(divided)
    }

    /// As so many units of 10⁻ᴾ. The fraction is divided here, and rounded to the digits of a decimal.
    pub(crate) fn decimal(self, places: u32) -> Option<Decimal> {
        // A divisor of more than 95 bits is cut, and the part with it: that is finer than the division.
        let cut = 33_u32.saturating_sub(self.of.leading_zeros());
        let (part, of) = (self.part.checked_shr(cut)?, self.of.checked_shr(cut)?);
        let fraction = units(part, places)?.checked_div(units(of, 0)?)?;
        let sum = units(self.whole, places)?.checked_add(fraction)?;
        Some(sum.normalize())
    }

    /// How often this goes into a whole number: one division, where both sides of it can be held as whole numbers. None where
    /// this is 0.
    pub(crate) fn divide(self, dividend: u128) -> Option<Decimal> {
        let at_once = || {
            let divisor = self.whole.checked_mul(self.of)?.checked_add(self.part)?;
            let dividend = dividend.checked_mul(self.of)?;
            Some((units(dividend, 0)?, units(divisor, 0)?))
        };
        let (dividend, divisor) = match at_once() {
            Some(both) => both,
            None => (units(dividend, 0)?, self.decimal(0)?),
        };
        dividend.checked_div(divisor)
    }
}

fn units(count: u128, places: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(i128::try_from(count).ok()?, places).ok()
}

fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(quotients: &[(u128, u128)]) -> Option<Fraction> {
        let mut quotients = quotients.iter();
        quotients.try_fold(Fraction::ZERO, |sum, (numerator, denominator)| {
            sum.checked_add(Fraction::quotient(*numerator, *denominator)?)
        })
    }

    #[test]
    fn thirds_add_up_to_the_whole() {
        let whole = sum(&[(100, 3), (100, 3), (100, 3)]).unwrap();
        assert_eq!(whole, Fraction::quotient(100, 1).unwrap());
        assert!(whole.is_at_most(100) && !whole.is_at_most(99));
        assert_eq!(whole.decimal(4), Some("0.01".parse().unwrap()));
    }

    #[test]
    fn times_of_many_digits_and_below_0_are_told_by_the_quotient() {
        let quota = Fraction::quotient(3_000_000_000_000, 1).unwrap();
        let third = "0.3333333333333333333333333333".parse().unwrap();
        let is_most = |times, limit| quota.times_is_at_most(times, limit);
        assert!(is_most(third, 1_000_000_000_000) && !is_most(third, 999_999_999_999));
        assert!(is_most(Decimal::NEGATIVE_ONE, 0) && !is_most(Decimal::ONE, 0));
    }

    #[test]
    fn unlike_parts_add_up_exactly() {
        let almost = sum(&[(1, 2), (1, 3), (1, 7)]).unwrap();
        assert_eq!(almost, Fraction::quotient(41, 42).unwrap());
        assert!(almost.is_at_most(1) && !almost.is_at_most(0));
    }

    #[test]
    fn a_third_goes_into_one_three_times() {
        let third = Fraction::quotient(1, 3).unwrap();
        assert_eq!(third.divide(1), Some(Decimal::from(3)));
        assert_eq!(Fraction::ZERO.divide(1), None);
        let large = Fraction::quotient(u128::from(u64::MAX) * 3 + 1, 3).unwrap();
        assert_eq!(
            large.divide(u128::from(u64::MAX) * 2).unwrap().round_dp(18),
            Decimal::from(2)
        );
    }

    #[test]
    fn what_is_too_large_to_be_divided_at_once_is_divided_all_the_same() {
        let large = sum(&[(1 << 90, 1), (1, 1 << 40)]).unwrap();
        assert_eq!(large.divide(1 << 91), Some(Decimal::from(2)));
    }

    #[test]
    fn what_cannot_be_kept_is_none() {
        assert_eq!(Fraction::quotient(1, 0), None);
        assert_eq!(sum(&[(1, u128::MAX), (1, u128::MAX - 1)]), None);
        assert_eq!(sum(&[(u128::MAX, 1), (1, 1)]), None);
        let beyond = Fraction::quotient(u128::MAX, 1).unwrap();
        assert_eq!(beyond.decimal(4), None);
    }

    #[test]
    fn a_very_long_divisor_still_divides() {
        let half = Fraction::quotient(u128::MAX / 2, u128::MAX).unwrap();
        let distance = half.decimal(0).unwrap() - Decimal::from_parts(5, 0, 0, false, 1);
        assert!(
            distance.abs() <= Decimal::from_parts(1, 0, 0, false, 27),
            "{distance}"
        );
    }
}
