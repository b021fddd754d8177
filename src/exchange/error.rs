use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::error::{Error, ErrorKind, Joint, Problem};
use crate::value::Currency;

/// What is wrong with exchange rates.
#[derive(Debug, thiserror::Error)]
pub(super) enum ExchangeProblem {
    #[error("the rate {rate} from {from} to {to} on {on} {problem}")]
    InvalidExchangeRate {
        from: Currency,
        to: Currency,
        on: NaiveDate,
        rate: Decimal,
        problem: &'static str,
    },
    #[error(
        "there is no rate from {from} to {to} on {on}; add one of that day or of the days before"
    )]
    NoExchangeRate {
        from: Currency,
        to: Currency,
        on: NaiveDate,
    },
}

impl Problem for ExchangeProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::InvalidExchangeRate { .. } => ErrorKind::InvalidExchangeRate,
            Self::NoExchangeRate { .. } => ErrorKind::NoExchangeRate,
        }
    }

    fn joint(&self) -> Joint {
        Joint::Apart
    }
}

impl From<ExchangeProblem> for Error {
    fn from(problem: ExchangeProblem) -> Self {
        Self::new(problem)
    }
}
