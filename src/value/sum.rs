use core::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::number::Exact;
use crate::error::Error;

/// An exact sum of amounts: a whole number of units of 10⁻ᴾ, never negative, always a `Decimal`.
///
/// Whole numbers add up to the same sum in any order. `Sum<4>` adds amounts of records, `Sum<10>` amounts times
/// probabilities.
///
/// ```
/// use sales_metrics::{Decimal, Sum};
///
/// let sum = Sum::<4>::try_from(Decimal::from(500_000))?;
/// assert_eq!(sum.decimal(), Decimal::from(500_000));
/// assert!(Sum::<4>::try_from(Decimal::from(-1)).is_err());
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sum<const PLACES: u32>(
    /// Invariant: at most [`Self::MAX`].
    u128,
);

impl<const PLACES: u32> Sum<PLACES> {
    /// A `Decimal` has 96 bits.
    const MAX: u128 = (1 << 96) - 1;

    pub(crate) const UNITS_PER_ONE: u64 = 10_u64.pow(PLACES);

    pub(crate) const ZERO: Self = Self(0);

    /// The sum as a decimal.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        i128::try_from(self.0)
            .ok()
            .and_then(|units| Decimal::try_from_i128_with_scale(units, PLACES).ok())
            .unwrap_or_default()
            .normalize()
    }

    #[inline]
    pub(crate) fn checked_add(self, units: u128) -> Option<Self> {
        let sum = self.0.checked_add(units)?;
        (sum <= Self::MAX).then_some(Self(sum))
    }

    pub(crate) fn of_units(units: u64) -> Self {
        Self(u128::from(units))
    }

    #[inline]
    pub(crate) fn units(self) -> u128 {
        self.0
    }

    /// Adds where the caller has made sure of the bound: see the documentation of `tally`.
    #[inline]
    pub(crate) fn add(&mut self, units: u128) {
        self.0 += units;
    }

    /// Takes out what was added before, so that it never falls below 0.
    #[inline]
    pub(crate) fn take(&mut self, units: u128) {
        self.0 -= units;
    }
}

impl<const PLACES: u32> TryFrom<Decimal> for Sum<PLACES> {
    type Error = Error;

    fn try_from(value: Decimal) -> Result<Self, Error> {
        let invalid = Error::InvalidSum {
            value,
            places: PLACES,
        };
        let value = value.normalize();
        let Some(missing) = PLACES.checked_sub(value.scale()) else {
            return Err(invalid);
        };
        let units = u128::try_from(value.mantissa())
            .ok()
            .and_then(|units| units.checked_mul(10_u128.checked_pow(missing)?))
            .and_then(|units| Self(0).checked_add(units));
        units.ok_or(invalid)
    }
}

impl<const PLACES: u32> fmt::Debug for Sum<PLACES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.decimal(), f)
    }
}

impl<const PLACES: u32> Serialize for Sum<PLACES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Exact(self.decimal()).serialize(serializer)
    }
}

impl<'de, const PLACES: u32> Deserialize<'de> for Sum<PLACES> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Exact::deserialize(deserializer)?.0).map_err(de::Error::custom)
    }
}
