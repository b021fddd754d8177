use rust_decimal::Decimal;

use super::days::span;
use crate::error::{Error, Undefined};

span! {
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
    Months, " month", " months", NegativeMonths { months }
}

impl Months {
    /// So many years, of twelve months each.
    ///
    /// # Errors
    /// As [`new`](Self::new); [`Undefined::OutOfRange`] beyond what a decimal holds.
    pub fn of_years(years: impl Into<Decimal>) -> Result<Self, Error> {
        let months = years.into().checked_mul(Decimal::from(12));
        Self::new(months.ok_or(Undefined::OutOfRange)?)
    }
}
