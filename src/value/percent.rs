use core::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::number;
use crate::error::{Error, Undefined};

/// A relative figure that may pass 100 % or be negative: growth, margin, discount.
///
/// Its text is percent (`-12.5%`, with `{:+}` also `+25%`), its JSON the fraction as a string (`"-0.125"`).
///
/// ```
/// use sales_metrics::Percent;
///
/// let growth: Percent = "125%".parse()?;
/// assert_eq!(growth.fraction().to_string(), "1.25");
/// assert_eq!(format!("{growth:+.1}"), "+125.0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(
    /// Invariant: a hundred times it is a `Decimal`.
    Decimal,
);

impl Percent {
    /// 100 %.
    pub(crate) const HUNDRED: Self = Self(Decimal::ONE);
    /// 10 %.
    pub(crate) const TEN: Self = Self(Decimal::from_parts(1, 0, 0, false, 1));

    /// The figure of a fraction: 1 is 100 %.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] where the percentage cannot be held.
    pub fn from_fraction(fraction: Decimal) -> Result<Self, Undefined> {
        let fraction = number::positive_zero(fraction).normalize();
        match number::times_hundred(fraction) {
            Some(_) => Ok(Self(fraction)),
            None => Err(Undefined::OutOfRange),
        }
    }

    /// The figure of a percentage: 100 is 100 %.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] where its fraction cannot be held.
    pub fn from_percent(percent: impl Into<Decimal>) -> Result<Self, Undefined> {
        let fraction = percent.into().checked_div(Decimal::ONE_HUNDRED);
        Self::from_fraction(fraction.ok_or(Undefined::OutOfRange)?)
    }

    /// 1 is 100 %.
    #[must_use]
    pub fn fraction(self) -> Decimal {
        self.0
    }

    /// 100 is 100 %.
    #[must_use]
    pub fn percent(self) -> Decimal {
        number::times_hundred(self.0).unwrap_or_default()
    }

    /// The bare number: the [`fraction`](Self::fraction).
    #[must_use]
    pub fn decimal(self) -> Decimal {
        self.fraction()
    }

    /// The fraction as the nearest binary one: for plotting, not for reckoning.
    #[must_use]
    pub fn approx_f64(self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        number::show(self.percent(), "%", f)
    }
}

fn read(text: &str) -> Result<Percent, Error> {
    Ok(Percent::from_fraction(number::parse_percent(text)?)?)
}

number::text_and_wire!(Percent, read, Percent::fraction, Percent::from_fraction);
