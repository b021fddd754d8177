use core::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::number;
use crate::error::Error;

/// A length of time in days, possibly fractional, never negative.
///
/// Its text is `65.6 days`, its JSON the number as a string (`"65.6"`).
///
/// ```
/// use sales_metrics::Days;
///
/// let cycle: Days = "65.625 days".parse()?;
/// assert_eq!(format!("{cycle:.1}"), "65.6 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(Decimal);

impl Days {
    /// So many days.
    ///
    /// # Errors
    /// [`Error::NegativeDays`] below 0.
    pub fn new(count: impl Into<Decimal>) -> Result<Self, Error> {
        let count = number::positive_zero(count.into());
        if count < Decimal::ZERO {
            return Err(Error::NegativeDays { days: count });
        }
        Ok(Self(count.normalize()))
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

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = f.precision().is_none() && self.0 == Decimal::ONE;
        number::show(self.0, if one { " day" } else { " days" }, f)
    }
}

fn read(text: &str) -> Result<Days, Error> {
    number::parse_with_unit(text, &[" days", " day"]).and_then(Days::new)
}

number::text_and_wire!(Days, read, Days::decimal, Days::new);
