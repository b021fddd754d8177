use core::fmt;

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use super::error::ValueProblem;
use super::number;
use crate::error::{Error, Undefined};

/// A share of a whole: from 0 % to 100 %, and it cannot be otherwise.
///
/// Its text is percent (`57.1%`), its JSON the fraction as a string (`"0.571"`).
///
/// ```
/// use sales_metrics::Rate;
///
/// let rate: Rate = "62.5%".parse()?;
/// assert_eq!(rate.fraction().to_string(), "0.625");
/// assert_eq!(format!("{rate:.0}"), "63%");
/// assert!("100.1%".parse::<Rate>().is_err());
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(Decimal);

impl Rate {
    /// 0 %.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// 50 %: as a percentile, the median.
    pub const HALF: Self = Self(Decimal::from_parts(5, 0, 0, false, 1));
    /// 90 %.
    pub(crate) const NINE_TENTHS: Self = Self(Decimal::from_parts(9, 0, 0, false, 1));
    /// 100 %.
    pub const ONE: Self = Self(Decimal::ONE);
    /// 100 % in the finest parts that a record has.
    pub(crate) const MILLIONTHS: u64 = 1_000_000;

    /// The rate of a fraction between 0 and 1.
    ///
    /// # Errors
    /// [`ErrorKind::RateOutOfRange`](crate::ErrorKind::RateOutOfRange) outside of it.
    pub fn from_fraction(fraction: Decimal) -> Result<Self, Error> {
        if (Decimal::ZERO..=Decimal::ONE).contains(&fraction) {
            return Ok(Self(number::positive_zero(fraction).normalize()));
        }
        Err(ValueProblem::RateOutOfRange { fraction }.into())
    }

    /// The rate of a percentage between 0 and 100.
    ///
    /// # Errors
    /// [`ErrorKind::RateOutOfRange`](crate::ErrorKind::RateOutOfRange) outside of it.
    pub fn from_percent(percent: impl Into<Decimal>) -> Result<Self, Error> {
        let fraction = percent
            .into()
            .checked_div(Decimal::ONE_HUNDRED)
            .ok_or(Undefined::OutOfRange)?;
        Self::from_fraction(fraction)
    }

    /// What share of a whole a part is; `no_whole` where that is 0.
    pub(crate) fn of_whole(
        part: impl Into<Decimal>,
        whole: impl Into<Decimal>,
        no_whole: Undefined,
    ) -> Result<Self, Undefined> {
        let whole = whole.into();
        if whole.is_zero() {
            return Err(no_whole);
        }
        let share = part.into().checked_div(whole);
        let share = share.and_then(|share| Self::from_fraction(share).ok());
        share.ok_or(Undefined::OutOfRange)
    }

    /// Between 0 and 1.
    #[must_use]
    pub fn fraction(self) -> Decimal {
        self.0
    }

    /// Between 0 and 100.
    #[must_use]
    pub fn percent(self) -> Decimal {
        number::times_hundred(self.0).unwrap_or(Decimal::ONE_HUNDRED)
    }

    /// The same with so many decimals of its fraction, half away from 0: a record keeps six of a probability.
    ///
    /// ```
    /// use sales_metrics::Rate;
    ///
    /// let two_thirds: Rate = "66.6666666666%".parse()?;
    /// assert_eq!(two_thirds.rounded(6).to_string(), "66.6667%");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn rounded(self, places: u32) -> Self {
        let half_up = RoundingStrategy::MidpointAwayFromZero;
        Self(self.0.round_dp_with_strategy(places, half_up).normalize())
    }

    /// The rest of the whole: 100 % less this.
    #[must_use]
    pub fn complement(self) -> Self {
        Self(Decimal::ONE.checked_sub(self.0).unwrap_or_default())
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

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        number::show(self.percent(), "%", f)
    }
}

fn read(text: &str) -> Result<Rate, Error> {
    Rate::from_fraction(number::parse_percent(text)?)
}

number::text_and_wire!(Rate, read, Rate::fraction, Rate::from_fraction);
