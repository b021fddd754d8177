use core::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::number;
use crate::error::{Error, Undefined};

/// A length of time in months, possibly fractional, never negative: a payback, a customer's lifetime.
///
/// Its text is `12.5 months`, its JSON the number as a string (`"12.5"`).
///
/// ```
/// use sales_metrics::Months;
///
/// assert_eq!(Months::of_years(3)?, Months::new(36)?);
/// assert_eq!(format!("{:.1}", Months::new(20)?), "20.0 months");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Months(Decimal);

impl Months {
    /// So many months.
    ///
    /// # Errors
    /// [`Error::NegativeMonths`] below 0.
    pub fn new(count: impl Into<Decimal>) -> Result<Self, Error> {
        let count = number::positive_zero(count.into());
        if count < Decimal::ZERO {
            return Err(Error::NegativeMonths { months: count });
        }
        Ok(Self(count.normalize()))
    }

    /// So many years, of twelve months each.
    ///
    /// # Errors
    /// As [`new`](Self::new); [`Undefined::OutOfRange`] beyond what a decimal holds.
    pub fn of_years(years: impl Into<Decimal>) -> Result<Self, Error> {
        let months = years.into().checked_mul(Decimal::from(12));
        Self::new(months.ok_or(Undefined::OutOfRange)?)
    }

    /// The bare number.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// The number as the nearest binary fraction: for plotting, not for reckoning.
    #[must_use]
    pub fn approx_f64(self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = f.precision().is_none() && self.0 == Decimal::ONE;
        number::show(self.0, if one { " month" } else { " months" }, f)
    }
}

fn read(text: &str) -> Result<Months, Error> {
    number::parse_with_unit(text, &[" months", " month"]).and_then(Months::new)
}

number::text_and_wire!(Months, read, Months::decimal, Months::new);
