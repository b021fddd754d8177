use core::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::number;
use crate::error::Error;

/// How many on average: attempts a lead, calls a rep and day. A number without a unit, which a `Decimal` by itself would cut where
/// it is to be rounded.
///
/// Its text is the number (`1.5`), its JSON the same as a string (`"1.5"`).
///
/// ```
/// use sales_metrics::{Average, decimal};
///
/// let attempts = Average::new(decimal("0.999")?);
/// assert_eq!(format!("{attempts:.2}"), "1.00");
/// assert_eq!("0.999".parse::<Average>()?, attempts);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Average(Decimal);

impl Average {
    /// So many.
    #[must_use]
    pub fn new(number: impl Into<Decimal>) -> Self {
        Self(number::positive_zero(number.into()).normalize())
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

impl fmt::Display for Average {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        number::show(self.0, "", f)
    }
}

fn read(text: &str) -> Result<Average, Error> {
    number::parse(text).map(Average::new)
}

number::text_and_wire!(Average, read, Average::decimal, |number: Decimal| {
    Ok::<_, Error>(Average::new(number))
});
