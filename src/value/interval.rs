use core::fmt;

use rust_decimal::{Decimal, MathematicalOps as _};
use serde::{Deserialize, Serialize};

use super::error::ValueProblem;
use super::{Rate, number};
use crate::error::Error;

/// A range within which a figure lies: from `low` to `high`, both included.
///
/// ```
/// use sales_metrics::{Interval, Rate};
///
/// let range = Interval::new("49.02%".parse::<Rate>()?, "94.33%".parse()?)?;
/// assert!(range.contains(&"80%".parse()?));
/// assert_eq!(format!("{range:.1}"), "49.0%–94.3%");
/// // Where both ends are the same, it is that figure.
/// assert_eq!(Interval::new(Rate::HALF, Rate::HALF)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire<T>")]
#[serde(bound(deserialize = "T: PartialOrd + Deserialize<'de>"))]
pub struct Interval<T> {
    low: T,
    /// Invariant: not below `low`.
    high: T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire<T> {
    low: T,
    high: T,
}

impl<T: PartialOrd> TryFrom<Wire<T>> for Interval<T> {
    type Error = Error;

    fn try_from(wire: Wire<T>) -> Result<Self, Error> {
        Self::new(wire.low, wire.high)
    }
}

impl<T: PartialOrd> Interval<T> {
    /// From `low` to `high`.
    ///
    /// # Errors
    /// [`ErrorKind::IntervalReversed`](crate::ErrorKind::IntervalReversed) where `low` is above `high`, or they cannot be compared.
    pub fn new(low: T, high: T) -> Result<Self, Error> {
        if low <= high {
            return Ok(Self { low, high });
        }
        Err(ValueProblem::IntervalReversed.into())
    }

    /// The same where the caller has made sure of their order.
    pub(crate) fn of(low: T, high: T) -> Self {
        Self { low, high }
    }

    /// Whether a figure lies within it.
    pub fn contains(&self, figure: &T) -> bool {
        *figure >= self.low && *figure <= self.high
    }
}

impl<T> Interval<T> {
    /// The lower end.
    pub fn low(&self) -> &T {
        &self.low
    }

    /// The upper end.
    pub fn high(&self) -> &T {
        &self.high
    }
}

impl Interval<Rate> {
    /// Wilson's score interval of a share of `won` among `won + lost`, which are not both 0.
    pub(crate) fn wilson(won: Decimal, lost: Decimal, confidence: Confidence) -> Option<Self> {
        let z = confidence.z();
        let n = won.checked_add(lost)?;
        let z_squared = z.checked_mul(z)?;
        let variance = won.checked_mul(lost)?.checked_div(n)?;
        let radicand = variance.checked_mul(4.into())?.checked_add(z_squared)?;
        let spread = radicand.sqrt()?.checked_mul(z)?;
        let centre = won.checked_mul(2.into())?.checked_add(z_squared)?;
        let width = n.checked_add(z_squared)?.checked_mul(2.into())?;
        let low = centre.checked_sub(spread)?.checked_div(width)?;
        let high = centre.checked_add(spread)?.checked_div(width)?;
        // Where nothing was won or lost the ends are exactly 0 and 1, which the root's last digit may miss.
        let low = if won.is_zero() { Decimal::ZERO } else { low };
        let high = if lost.is_zero() { Decimal::ONE } else { high };
        let rate = |end: Decimal| Rate::from_fraction(end).ok();
        Self::new(rate(low)?, rate(high)?).ok()
    }
}

impl<T: PartialEq> Interval<T> {
    /// The figure itself, where both ends are the same.
    pub fn exact(&self) -> Option<&T> {
        (self.low == self.high).then_some(&self.low)
    }
}

impl<T: fmt::Display + PartialEq> fmt::Display for Interval<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(exact) = self.exact() {
            return exact.fmt(f);
        }
        let style = number::Style::of(f);
        let text = format!("{}–{}", style.text(&self.low), style.text(&self.high));
        number::pad(&text, f)
    }
}

/// How sure one wants to be that an [`Interval`] holds the true figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Confidence {
    /// 90 %.
    Ninety,
    /// 95 %.
    NinetyFive,
    /// 99 %.
    NinetyNine,
}

impl Confidence {
    /// How sure: 90 %, 95 % or 99 %.
    #[must_use]
    pub fn level(self) -> Rate {
        let percent = match self {
            Self::Ninety => 90,
            Self::NinetyFive => 95,
            Self::NinetyNine => 99,
        };
        Rate::from_percent(percent).unwrap_or(Rate::ONE)
    }

    /// The two-sided quantile of the standard normal distribution, to 20 decimals.
    fn z(self) -> Decimal {
        let units = match self {
            Self::Ninety => 164_485_362_695_147_271_486,
            Self::NinetyFive => 195_996_398_454_005_423_552,
            Self::NinetyNine => 257_582_930_354_890_076_098,
        };
        Decimal::try_from_i128_with_scale(units, 20).unwrap_or_default()
    }
}
