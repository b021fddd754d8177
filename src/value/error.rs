use chrono::TimeDelta;
use rust_decimal::Decimal;

use crate::error::{Error, ErrorKind, Joint, Problem};

/// What is wrong with a value.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ValueProblem {
    #[error("\"{text}\" is no exact number; write it as -1234.56, with at most 28 digits")]
    InvalidNumber { text: String },
    #[error(
        "\"{text}\" is no exact number; write it without marks between the thousands, as {plain}"
    )]
    GroupedNumber { text: String, plain: String },
    #[error("\"{text}\" lacks its unit; write it after the number, as in \"12{unit}\"")]
    MissingUnit { text: String, unit: String },
    #[error("the rate {fraction} is not between 0 and 1 (0% and 100%)")]
    RateOutOfRange { fraction: Decimal },
    #[error("{days} days: a length of time is never negative")]
    NegativeDays { days: Decimal },
    #[error("{months} months: a length of time is never negative")]
    NegativeMonths { months: Decimal },
    #[error(
        "a length of time is {length}, but must be a whole number of microseconds, from 0 to 2^64 - 1"
    )]
    UnfitLength { length: TimeDelta },
    #[error("\"{text}\" is no length of time; write it as 49h 05m 10s, 4m or 10.5s")]
    InvalidLength { text: String },
    #[error("the low end of an interval is above its high end, or cannot be compared with it")]
    IntervalReversed,
    #[error(
        "{value} is no sum of amounts: it must be 0 or more, with at most {places} decimals and 28 digits"
    )]
    InvalidSum { value: Decimal, places: u32 },
    #[error("totals that no records can have: {rule}")]
    InconsistentVolume { rule: &'static str },
    #[error("\"{code}\" is no ISO 4217 currency code; write three capitals, such as EUR")]
    UnknownCurrency { code: String },
    /// Codes, since currencies name this; and the field where a record is in another currency, not what the error names.
    #[error(
        "is in {found}, but {expected} was asked for; convert it first, by exchange::ExchangeRates, or leave it out"
    )]
    CurrencyMismatch {
        field: Option<&'static str>,
        expected: &'static str,
        found: &'static str,
    },
    #[error("{money} is finer than its minor unit, which has {places} decimals; round it first")]
    FinerThanMinor { money: String, places: u32 },
    #[error("\"{text}\" {problem}")]
    InvalidId {
        kind: &'static str,
        text: String,
        problem: &'static str,
    },
}

impl Problem for ValueProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::InvalidNumber { .. } | Self::GroupedNumber { .. } => ErrorKind::InvalidNumber,
            Self::MissingUnit { .. } => ErrorKind::MissingUnit,
            Self::RateOutOfRange { .. } => ErrorKind::RateOutOfRange,
            Self::NegativeDays { .. } => ErrorKind::NegativeDays,
            Self::NegativeMonths { .. } => ErrorKind::NegativeMonths,
            Self::UnfitLength { .. } | Self::InvalidLength { .. } => ErrorKind::UnfitLength,
            Self::IntervalReversed => ErrorKind::IntervalReversed,
            Self::InvalidSum { .. } => ErrorKind::InvalidSum,
            Self::InconsistentVolume { .. } => ErrorKind::InconsistentTotals,
            Self::UnknownCurrency { .. } => ErrorKind::UnknownCurrency,
            Self::CurrencyMismatch { .. } => ErrorKind::CurrencyMismatch,
            Self::FinerThanMinor { .. } => ErrorKind::TooManyDecimals,
            Self::InvalidId { .. } => ErrorKind::InvalidId,
        }
    }

    fn joint(&self) -> Joint {
        match self {
            Self::CurrencyMismatch { .. } | Self::InvalidId { .. } => Joint::Space,
            _ => Joint::Apart,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::CurrencyMismatch { field, .. } => *field,
            _ => None,
        }
    }

    fn subject(&self) -> Option<&'static str> {
        match self {
            Self::InvalidId { kind, .. } => Some(kind),
            _ => None,
        }
    }
}

impl From<ValueProblem> for Error {
    fn from(problem: ValueProblem) -> Self {
        Self::new(problem)
    }
}
