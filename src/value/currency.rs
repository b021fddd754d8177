use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::error::ValueProblem;
use crate::error::{Error, shorten};

/// A currency of ISO 4217, current or historic, that has a minor unit.
///
/// Precious metals, test codes and "no currency" are not among them.
///
/// ```
/// use sales_metrics::Currency;
///
/// assert_eq!(Currency::from_code("EUR")?, Currency::EUR);
/// assert_eq!(Currency::JPY.minor_units(), 0);
/// let error = Currency::from_code("EURO").unwrap_err();
/// assert_eq!(error.to_string(), "\"EURO\" is no ISO 4217 currency code; write three capitals, such as EUR");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(iso_currency::Currency);

macro_rules! common {
    ($($code:ident $name:literal,)*) => {
        $(
            #[doc = $name]
            pub const $code: Currency = Currency(iso_currency::Currency::$code);
        )*
    };
}

impl Currency {
    common! {
        AUD "Australian dollar.",
        BRL "Brazilian real.",
        CAD "Canadian dollar.",
        CHF "Swiss franc.",
        CNY "Chinese yuan.",
        DKK "Danish krone.",
        EUR "Euro.",
        GBP "Pound sterling.",
        INR "Indian rupee.",
        JPY "Japanese yen.",
        MXN "Mexican peso.",
        NOK "Norwegian krone.",
        PLN "Polish złoty.",
        SEK "Swedish krona.",
        USD "United States dollar.",
        ZAR "South African rand.",
    }

    /// The currency of a code: three capitals.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownCurrency`](crate::ErrorKind::UnknownCurrency) for anything else.
    pub fn from_code(code: &str) -> Result<Self, Error> {
        iso_currency::Currency::from_code(code)
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or_else(|| {
                let code = shorten(code);
                ValueProblem::UnknownCurrency { code }.into()
            })
    }

    /// Its code of three capitals.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimals of its minor unit: 2 for most, 0 for the yen, 3 for the Bahraini dinar.
    #[must_use]
    pub fn minor_units(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self, Error> {
        Self::from_code(code)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).map_err(de::Error::custom)
    }
}
