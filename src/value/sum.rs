use core::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::error::ValueProblem;
use super::number::Exact;
use crate::error::Error;

/// A sum as whole numbers of a unit, which add up to the same in any order. How fine the unit is, nobody outside can see.
macro_rules! sum {
    ($(#[$doc:meta])* $sum:ident, $places:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $sum(
            /// Units of 10⁻ᴾ. Invariant: at most [`MAX`].
            u128,
        );

        impl $sum {
            /// The sum as a decimal.
            #[must_use]
            pub fn decimal(self) -> Decimal {
                i128::try_from(self.0)
                    .ok()
                    .and_then(|units| Decimal::try_from_i128_with_scale(units, $places).ok())
                    .unwrap_or_default()
                    .normalize()
            }

            #[inline]
            pub(crate) fn checked_add(self, units: u128) -> Option<Self> {
                let sum = self.0.checked_add(units)?;
                (sum <= MAX).then_some(Self(sum))
            }

            #[inline]
            pub(crate) fn units(self) -> u128 {
                self.0
            }
        }

        impl TryFrom<Decimal> for $sum {
            type Error = Error;

            fn try_from(value: Decimal) -> Result<Self, Error> {
                let units = units_of(value, $places).and_then(|units| Self(0).checked_add(units));
                let places = $places;
                units.ok_or_else(|| ValueProblem::InvalidSum { value, places }.into())
            }
        }

        impl fmt::Debug for $sum {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.decimal(), f)
            }
        }

        impl Serialize for $sum {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Exact(self.decimal()).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $sum {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::try_from(Exact::deserialize(deserializer)?.0).map_err(de::Error::custom)
            }
        }
    };
}

/// A `Decimal` has 96 bits.
const MAX: u128 = (1 << 96) - 1;

sum! {
    /// An exact sum of amounts, never negative, always a `Decimal`. Amounts add up to the same sum in any order.
    ///
    /// ```
    /// use sales_metrics::Decimal;
    /// use sales_metrics::tally::AmountSum;
    ///
    /// let sum = AmountSum::try_from(Decimal::from(500_000))?;
    /// assert_eq!(sum.decimal(), Decimal::from(500_000));
    /// assert!(AmountSum::try_from(Decimal::from(-1)).is_err());
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    AmountSum, AmountSum::PLACES
}

sum! {
    /// An exact sum of amounts times probabilities; finer than an [`AmountSum`], and like one in all else.
    WeightedSum, 10
}

impl AmountSum {
    pub(crate) const ZERO: Self = Self(0);

    pub(crate) const PLACES: u32 = 4;

    pub(crate) const UNITS_PER_ONE: u64 = 10_u64.pow(Self::PLACES);

    pub(crate) fn of_units(units: u64) -> Self {
        Self(u128::from(units))
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

fn units_of(value: Decimal, places: u32) -> Option<u128> {
    let value = value.normalize();
    let missing = places.checked_sub(value.scale())?;
    let units = u128::try_from(value.mantissa()).ok()?;
    units.checked_mul(10_u128.checked_pow(missing)?)
}
