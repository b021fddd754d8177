use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Deserialize, Serialize};

use super::error::ValueProblem;
use super::{Currency, number};
use crate::error::{Error, Undefined};

/// An exact amount in a currency.
///
/// It has no `+` and no `Sum`: amounts of two currencies don't add up, and a total can exceed what a decimal holds.
/// [`checked_add`](Self::checked_add) says both. Amounts of two currencies are neither equal, smaller nor larger.
///
/// ```
/// use sales_metrics::{Currency, Money};
///
/// let price: Money = "1234.505 EUR".parse()?;
/// assert_eq!(price.currency(), Currency::EUR);
/// assert_eq!(format!("{price:.2}"), "1234.51 EUR");
/// assert_eq!(format!("{price:#.2}"), "1,234.51 EUR");
/// assert!(price < Money::new(2_000, Currency::EUR));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    #[serde(with = "number::exact")]
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// An amount in a currency; whole numbers and `Decimal`s are taken, binary fractions are not.
    pub fn new(amount: impl Into<Decimal>, currency: Currency) -> Self {
        Self {
            amount: number::positive_zero(amount.into()),
            currency,
        }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub fn zero(currency: Currency) -> Self {
        Self::new(Decimal::ZERO, currency)
    }

    /// So many minor units: cents, and whole yen, which has none.
    ///
    /// ```
    /// use sales_metrics::{Currency, Money, decimal};
    ///
    /// let price = Money::from_minor(1_250, Currency::EUR);
    /// assert_eq!(price, Money::new(decimal("12.50")?, Currency::EUR));
    /// assert_eq!(price.to_minor()?, 1_250);
    /// assert_eq!(Money::from_minor(1_250, Currency::JPY).to_string(), "1250 JPY");
    ///
    /// let finer: Money = "12.505 EUR".parse()?;
    /// let error = finer.to_minor().unwrap_err();
    /// assert_eq!(error.to_string(), "12.505 EUR is finer than its minor unit, which has 2 decimals; round it first");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn from_minor(units: i64, currency: Currency) -> Self {
        let amount = Decimal::try_from_i128_with_scale(units.into(), currency.minor_units());
        // 64 bits and 4 decimals are within what a `Decimal` holds.
        Self::new(amount.unwrap_or_default(), currency)
    }

    /// Its minor units, as [`from_minor`](Self::from_minor) takes them.
    ///
    /// # Errors
    /// [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals) for an amount that is finer: nothing is rounded;
    /// [`Undefined::OutOfRange`] beyond 64 bits.
    pub fn to_minor(self) -> Result<i64, Error> {
        let places = self.currency.minor_units();
        let amount = self.amount.normalize();
        let Some(missing) = places.checked_sub(amount.scale()) else {
            let (money, places) = (self.to_string(), places);
            return Err(ValueProblem::FinerThanMinor { money, places }.into());
        };
        let unit = 10_i128.checked_pow(missing);
        unit.and_then(|unit| amount.mantissa().checked_mul(unit))
            .and_then(|units| i64::try_from(units).ok())
            .ok_or_else(|| Undefined::OutOfRange.into())
    }

    /// The amount, without its currency.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// The bare number: the [`amount`](Self::amount).
    #[must_use]
    pub fn decimal(self) -> Decimal {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The amount as the nearest binary fraction: for plotting, not for reckoning.
    #[must_use]
    pub fn approx_f64(self) -> f64 {
        self.amount.to_f64().unwrap_or(f64::NAN)
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the currencies differ; [`Undefined::OutOfRange`] where the sum cannot be held
    /// exactly with the decimals of its parts.
    pub fn checked_add(self, other: Self) -> Result<Self, Error> {
        self.combine(other, Decimal::checked_add)
    }

    /// The difference of two amounts of one currency.
    ///
    /// # Errors
    /// As [`checked_add`](Self::checked_add).
    pub fn checked_sub(self, other: Self) -> Result<Self, Error> {
        self.combine(other, Decimal::checked_sub)
    }

    fn combine(
        self,
        other: Self,
        operation: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Result<Self, Error> {
        expect_currency("the second amount", self.currency, other.currency)?;
        // `Decimal` drops digits silently when a sum needs more than it has; then its scale falls below that of a part.
        let (a, b) = (self.amount.normalize(), other.amount.normalize());
        operation(a, b)
            .filter(|sum| sum.scale() >= a.scale().max(b.scale()))
            .map(|sum| Self::new(sum.normalize(), self.currency))
            .ok_or_else(|| Undefined::OutOfRange.into())
    }
}

/// The one check that two things are in the same currency.
pub(crate) fn expect_currency(
    what: &'static str,
    expected: Currency,
    found: Currency,
) -> Result<(), Error> {
    if expected == found {
        return Ok(());
    }
    Err(mismatch(None, expected, found).about(what))
}

#[cold]
pub(crate) fn mismatch(field: Option<&'static str>, expected: Currency, found: Currency) -> Error {
    let (expected, found) = (expected.code(), found.code());
    let problem = ValueProblem::CurrencyMismatch {
        field,
        expected,
        found,
    };
    problem.into()
}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.amount.cmp(&other.amount))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        number::show(self.amount, &format!(" {}", self.currency), f)
    }
}

impl FromStr for Money {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parts = text.split_once(' ');
        let (amount, code) = parts.ok_or_else(|| number::missing_unit(text, " EUR"))?;
        Ok(Self::new(
            number::parse(amount)?,
            Currency::from_code(code)?,
        ))
    }
}
