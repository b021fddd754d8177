use core::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::number;
use crate::error::Error;

/// How many times one figure holds another: coverage, a ratio of counts.
///
/// Its text is `3.2×` (`3.2x` is read too), its JSON the number as a string (`"3.2"`).
///
/// ```
/// use sales_metrics::Multiple;
///
/// let coverage: Multiple = "3.2×".parse()?;
/// assert_eq!(format!("{coverage:.2}"), "3.20×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Multiple(Decimal);

impl Multiple {
    /// So many times.
    #[must_use]
    pub fn new(times: impl Into<Decimal>) -> Self {
        Self(number::positive_zero(times.into()).normalize())
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

impl fmt::Display for Multiple {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        number::show(self.0, "×", f)
    }
}

fn read(text: &str) -> Result<Multiple, Error> {
    number::parse_with_unit(text, &["×", "x"]).map(Multiple::new)
}

number::text_and_wire!(Multiple, read, Multiple::decimal, |times: Decimal| {
    Ok::<_, Error>(Multiple::new(times))
});
