use chrono::NaiveDate;

use super::conversion::Conversion;
use crate::error::Error;
use crate::record::{Contract, Deal, Quota, Spend};
use crate::value::{Currency, Money, RecordId};

/// A record with amounts in one currency, which [`ExchangeRates::convert`](crate::ExchangeRates::convert) takes. It is
/// implemented for the records of this crate, and cannot be for others.
pub trait Convertible: Clone + sealed::Convert {}

impl<R: Clone + sealed::Convert> Convertible for R {}

mod sealed {
    use super::{Conversion, Currency, Error, NaiveDate, RecordId};

    pub trait Convert: Sized {
        fn record_id(&self) -> RecordId;

        /// None where it has no amount of money.
        fn money_in(&self) -> Option<Currency>;

        /// The date of the rate.
        fn converted_on(&self, as_of: NaiveDate) -> NaiveDate;

        fn converted(&self, conversion: &Conversion) -> Result<Self, Error>;
    }
}

impl sealed::Convert for Deal {
    fn record_id(&self) -> RecordId {
        self.id().into()
    }

    fn money_in(&self) -> Option<Currency> {
        Some(self.currency())
    }

    fn converted_on(&self, as_of: NaiveDate) -> NaiveDate {
        self.closed().unwrap_or(as_of)
    }

    fn converted(&self, conversion: &Conversion) -> Result<Self, Error> {
        let record = || format!("deal {}", self.id());
        self.with_money_in(conversion.to(), |amount, field| {
            conversion.amount(amount, record, field)
        })
    }
}

impl sealed::Convert for Contract {
    fn record_id(&self) -> RecordId {
        self.id().into()
    }

    fn money_in(&self) -> Option<Currency> {
        Some(self.currency())
    }

    fn converted_on(&self, _: NaiveDate) -> NaiveDate {
        self.start()
    }

    fn converted(&self, conversion: &Conversion) -> Result<Self, Error> {
        let record = || format!("contract {}", self.id());
        self.with_money_in(conversion.to(), |amount, field| {
            conversion.amount(amount, record, field)
        })
    }
}

impl sealed::Convert for Spend {
    fn record_id(&self) -> RecordId {
        self.id().into()
    }

    fn money_in(&self) -> Option<Currency> {
        Some(self.currency())
    }

    fn converted_on(&self, _: NaiveDate) -> NaiveDate {
        self.on()
    }

    fn converted(&self, conversion: &Conversion) -> Result<Self, Error> {
        let record = || format!("spend {}", self.id());
        self.with_money_in(conversion.to(), |amount, field| {
            conversion.amount(amount, record, field)
        })
    }
}

impl sealed::Convert for Quota {
    fn record_id(&self) -> RecordId {
        RecordId::Quota(self.rep().clone(), self.period())
    }

    fn money_in(&self) -> Option<Currency> {
        self.amount().map(Money::currency)
    }

    fn converted_on(&self, _: NaiveDate) -> NaiveDate {
        self.period().start()
    }

    fn converted(&self, conversion: &Conversion) -> Result<Self, Error> {
        let record = || self.record_id().to_string();
        self.with_money_in(conversion.to(), |amount, field| {
            conversion.amount(amount, record, field)
        })
    }
}
