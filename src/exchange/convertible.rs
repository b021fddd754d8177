use chrono::NaiveDate;

use super::conversion::Conversion;
use crate::error::Error;
use crate::record::{Contract, Deal, Quota, Record, Spend};

/// A record with amounts in one currency, which [`ExchangeRates::convert`](crate::exchange::ExchangeRates::convert) takes. It is
/// implemented for the records of this crate, and cannot be for others.
pub trait Convertible: Clone + sealed::Convert {}

impl<R: Clone + sealed::Convert> Convertible for R {}

mod sealed {
    use super::{Conversion, Error, NaiveDate, Record};

    pub trait Convert: Record + Sized {
        /// The date of the rate.
        fn converted_on(&self, as_of: NaiveDate) -> NaiveDate;

        fn converted(&self, conversion: &Conversion) -> Result<Self, Error>;
    }
}

impl sealed::Convert for Deal {
    fn converted_on(&self, as_of: NaiveDate) -> NaiveDate {
        self.closed().unwrap_or(as_of)
    }

    fn converted(&self, conversion: &Conversion) -> Result<Self, Error> {
        self.with_money_in(conversion.to(), |amount| conversion.amount(amount))
    }
}

impl sealed::Convert for Contract {
    fn converted_on(&self, _: NaiveDate) -> NaiveDate {
        self.start()
    }

    fn converted(&self, conversion: &Conversion) -> Result<Self, Error> {
        self.with_money_in(conversion.to(), |amount| conversion.amount(amount))
    }
}

impl sealed::Convert for Spend {
    fn converted_on(&self, _: NaiveDate) -> NaiveDate {
        self.on()
    }

    fn converted(&self, conversion: &Conversion) -> Result<Self, Error> {
        self.with_money_in(conversion.to(), |amount| conversion.amount(amount))
    }
}

impl sealed::Convert for Quota {
    fn converted_on(&self, _: NaiveDate) -> NaiveDate {
        self.period().start()
    }

    fn converted(&self, conversion: &Conversion) -> Result<Self, Error> {
        self.with_money_in(conversion.to(), |amount| conversion.amount(amount))
    }
}
