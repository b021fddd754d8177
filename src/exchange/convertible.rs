use chrono::NaiveDate;

use crate::error::Error;
use crate::record::{Amount, Deal, RecordId};
use crate::value::Currency;

/// A record with amounts in one currency, which [`ExchangeRates::convert`](crate::ExchangeRates::convert) takes. It is implemented for the
/// records of this crate, and cannot be for others.
pub trait Convertible: Clone + sealed::Convert {}

impl<R: Clone + sealed::Convert> Convertible for R {}

/// What becomes of an amount; the text names its field.
type Change<'a> = &'a dyn Fn(Amount, &'static str) -> Result<Amount, Error>;

mod sealed {
    use super::{Change, Currency, Error, NaiveDate, RecordId};

    pub trait Convert: Sized {
        fn record_id(&self) -> RecordId;

        fn currency(&self) -> Currency;

        /// The date of the rate.
        fn converted_on(&self, as_of: NaiveDate) -> NaiveDate;

        fn in_currency(&self, to: Currency, change: Change<'_>) -> Result<Self, Error>;
    }
}

impl sealed::Convert for Deal {
    fn record_id(&self) -> RecordId {
        self.id().into()
    }

    fn currency(&self) -> Currency {
        self.currency()
    }

    fn converted_on(&self, as_of: NaiveDate) -> NaiveDate {
        self.closed().unwrap_or(as_of)
    }

    fn in_currency(&self, to: Currency, change: Change<'_>) -> Result<Self, Error> {
        self.with_money_in(to, change)
    }
}
