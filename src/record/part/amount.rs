//! Amounts and shares as a record keeps them: whole numbers, checked at the door.

use core::num::{NonZeroU32, NonZeroU64};

use rust_decimal::Decimal;

use crate::error::Error;
use crate::record::error::RecordProblem;
use crate::value::Rate;

/// An amount on a record, from 0 to 10¹⁴ in units of 10⁻⁴; one is added so that an absent one takes no room.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Amount(NonZeroU64);

impl Amount {
    pub(crate) const PLACES: u32 = 4;
    /// 10¹⁴ in units of 10⁻⁴.
    pub(crate) const MAX_UNITS: u64 = 1_000_000_000_000_000_000;

    pub(crate) fn new(amount: Decimal) -> Result<Self, Error> {
        if amount < Decimal::ZERO {
            return Err(RecordProblem::NegativeAmount { amount }.into());
        }
        Self::size_of(amount)
    }

    /// How large it is, and whether it is below 0.
    pub(crate) fn signed(amount: Decimal) -> Result<(Self, bool), Error> {
        Ok((Self::size_of(amount)?, amount < Decimal::ZERO))
    }

    fn size_of(amount: Decimal) -> Result<Self, Error> {
        let size = amount.abs();
        if size > Decimal::from(Self::MAX_UNITS / 10_000) {
            return Err(RecordProblem::AmountTooLarge { amount }.into());
        }
        units(size, Self::PLACES)
            .and_then(Self::of_units)
            .ok_or_else(|| too_fine(amount, Self::PLACES))
    }

    /// The amount of so many units of 10⁻⁴; none beyond 10¹⁴.
    pub(crate) fn of_units(units: u64) -> Option<Self> {
        let within = units <= Self::MAX_UNITS;
        within.then(|| NonZeroU64::MIN.checked_add(units).map(Self))?
    }

    /// The amount of any number of units, or the error that it is too large.
    pub(crate) fn of_any(units: u128) -> Result<Self, Error> {
        let amount = u64::try_from(units).ok().and_then(Self::of_units);
        amount.ok_or_else(|| {
            let large = i128::try_from(units).ok();
            let large =
                large.and_then(|units| Decimal::try_from_i128_with_scale(units, Self::PLACES).ok());
            let amount = large.unwrap_or(Decimal::MAX).normalize();
            RecordProblem::AmountTooLarge { amount }.into()
        })
    }

    #[inline]
    pub(crate) fn units(self) -> u64 {
        self.0.get() - 1
    }

    pub(crate) fn decimal(self) -> Decimal {
        Self::decimal_of(self.units())
    }

    /// The same below 0, where that is so.
    pub(crate) fn with_sign(self, is_negative: bool) -> Decimal {
        let mut size = self.decimal();
        size.set_sign_negative(is_negative && !size.is_zero());
        size
    }

    /// So many units of 10⁻⁴, within the bounds of an amount or not.
    pub(crate) fn decimal_of(units: u64) -> Decimal {
        decimal(units, Self::PLACES)
    }
}

impl core::fmt::Debug for Amount {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(&self.decimal(), f)
    }
}

/// A probability in millionths; one is added so that an absent one takes no room.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Share(NonZeroU32);

impl Share {
    const PLACES: u32 = 6;
    /// 100 % in millionths.
    pub(crate) const WHOLE: u64 = Rate::MILLIONTHS;

    pub(crate) fn new(rate: Rate) -> Result<Self, Error> {
        units(rate.fraction(), Self::PLACES)
            .and_then(Self::of_millionths)
            .ok_or_else(|| too_fine(rate.fraction(), Self::PLACES))
    }

    /// A share that cannot be 0.
    pub(crate) fn above_zero(rate: Rate) -> Result<Self, Error> {
        if rate == Rate::ZERO {
            return Err(RecordProblem::ZeroShare.into());
        }
        Self::new(rate)
    }

    /// The probability of so many millionths; none beyond 1.
    pub(crate) fn of_millionths(millionths: u64) -> Option<Self> {
        let within = millionths <= Self::WHOLE;
        let millionths = u32::try_from(millionths).ok()?;
        within.then(|| NonZeroU32::MIN.checked_add(millionths).map(Self))?
    }

    #[inline]
    pub(crate) fn millionths(self) -> u64 {
        u64::from(self.0.get()) - 1
    }

    pub(crate) fn rate(self) -> Rate {
        Rate::from_fraction(Self::decimal_of(self.millionths())).unwrap_or(Rate::ONE)
    }

    /// So many millionths, up to 1 or beyond.
    pub(crate) fn decimal_of(millionths: u64) -> Decimal {
        decimal(millionths, Self::PLACES)
    }
}

impl core::fmt::Debug for Share {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(&self.rate(), f)
    }
}

#[cold]
fn too_fine(value: Decimal, places: u32) -> Error {
    RecordProblem::TooManyDecimals { value, places }.into()
}

/// A value in units of 10⁻ᴾ, if it is a whole number of them.
fn units(value: Decimal, places: u32) -> Option<u64> {
    let value = value.normalize();
    let missing = places.checked_sub(value.scale())?;
    let mantissa = u64::try_from(value.mantissa()).ok()?;
    mantissa.checked_mul(10_u64.checked_pow(missing)?)
}

fn decimal(units: u64, places: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(i128::from(units), places)
        .unwrap_or_default()
        .normalize()
}
