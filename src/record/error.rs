use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;

use crate::error::{Error, ErrorKind, Joint, Problem};
use crate::period::Period;
use crate::value::{DealId, Length, RepId};

/// What is wrong with a record, or with several together.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RecordProblem {
    #[error("is {amount}, but cannot be negative")]
    NegativeAmount { amount: Decimal },
    #[error("is {amount}, but cannot exceed 100000000000000 (10^14)")]
    AmountTooLarge { amount: Decimal },
    #[error("is {value}, but at most {places} decimals are kept; round it first")]
    TooManyDecimals { value: Decimal, places: u32 },
    #[error("is {length}, but must be a whole number of microseconds, 0 or more")]
    InvalidLength { length: TimeDelta },
    #[error("is 0%, but must be above 0%")]
    ZeroShare,
    #[error("the shares of its owners add up to {sum}, but must add up to 1 (100%)")]
    SharesNotWhole { sum: Decimal },
    #[error("is {count}, but cannot exceed {most}")]
    CountTooLarge { count: u64, most: u64 },
    #[error("is {points}, but must be from 0 to 100 points")]
    PointsOutOfRange { points: u8 },
    /// What contradicts what, and in which field.
    #[error("{problem}")]
    Contradiction {
        field: &'static str,
        problem: &'static str,
    },
    #[error("a loss reason was given, but the deal is not lost")]
    LossReasonWithoutLoss,
    #[error("it became deal {deal} already, so it cannot become deal {found}")]
    ConvertedElsewhere { deal: DealId, found: DealId },
    #[error("selling for {selling} is more than working for {working}; it is a part of it")]
    SellingBeyondWorking { selling: Length, working: Length },
    #[error(
        "left on {left}, before being hired on {hired}; swap them, or leave out the end of an earlier stay"
    )]
    LeftBeforeHired { hired: NaiveDate, left: NaiveDate },
    #[error("is {last}, before its start on {start}")]
    EndBeforeStart { start: NaiveDate, last: NaiveDate },
    #[error("terminated on {terminated}, after its agreed end on {end}")]
    TerminatedAfterEnd {
        end: NaiveDate,
        terminated: NaiveDate,
    },
    #[error(
        "there is no record of it to undo a change of; add the deals before their changes, and leave out the changes of deals that are gone"
    )]
    NoRecordOfChange,
    #[error(
        "there is no record of it that says how it closed; add the deals before the stages that they entered, and leave out the stages of deals that are gone"
    )]
    NoRecordOfStages,
    #[error("it cannot be the renewal of itself")]
    RenewsItself,
    #[error("is in the roster twice; give each rep once")]
    DuplicateRep,
    #[error("rep {rep} is not in the roster; add the rep or leave out the quota")]
    UnknownRep { rep: RepId },
    #[error("overlaps the one for {other}; a day has one quota of money and one of deals")]
    QuotasOverlap { other: Period },
}

impl Problem for RecordProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NegativeAmount { .. } => ErrorKind::NegativeAmount,
            Self::AmountTooLarge { .. } => ErrorKind::AmountTooLarge,
            Self::TooManyDecimals { .. } => ErrorKind::TooManyDecimals,
            Self::InvalidLength { .. } => ErrorKind::InvalidLength,
            Self::ZeroShare => ErrorKind::ZeroShare,
            Self::SharesNotWhole { .. } => ErrorKind::SharesNotWhole,
            Self::CountTooLarge { .. } => ErrorKind::CountTooLarge,
            Self::PointsOutOfRange { .. } => ErrorKind::PointsOutOfRange,
            Self::Contradiction { .. } => ErrorKind::Contradiction,
            Self::LossReasonWithoutLoss => ErrorKind::LossReasonWithoutLoss,
            Self::ConvertedElsewhere { .. } => ErrorKind::ConvertedElsewhere,
            Self::SellingBeyondWorking { .. } => ErrorKind::SellingBeyondWorking,
            Self::LeftBeforeHired { .. } => ErrorKind::LeftBeforeHired,
            Self::EndBeforeStart { .. } => ErrorKind::EndBeforeStart,
            Self::TerminatedAfterEnd { .. } => ErrorKind::TerminatedAfterEnd,
            Self::NoRecordOfChange | Self::NoRecordOfStages => ErrorKind::UnknownDeal,
            Self::RenewsItself => ErrorKind::RenewsItself,
            Self::DuplicateRep => ErrorKind::DuplicateRep,
            Self::UnknownRep { .. } => ErrorKind::UnknownRep,
            Self::QuotasOverlap { .. } => ErrorKind::QuotasOverlap,
        }
    }

    fn joint(&self) -> Joint {
        match self {
            Self::SharesNotWhole { .. }
            | Self::Contradiction { .. }
            | Self::LossReasonWithoutLoss
            | Self::ConvertedElsewhere { .. }
            | Self::SellingBeyondWorking { .. }
            | Self::LeftBeforeHired { .. }
            | Self::TerminatedAfterEnd { .. }
            | Self::NoRecordOfChange
            | Self::NoRecordOfStages
            | Self::RenewsItself
            | Self::UnknownRep { .. } => Joint::Colon,
            _ => Joint::Space,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::SharesNotWhole { .. } => Some("owners"),
            Self::Contradiction { field, .. } => Some(field),
            Self::LossReasonWithoutLoss => Some("loss reason"),
            Self::ConvertedElsewhere { .. } => Some("deal"),
            Self::SellingBeyondWorking { .. } => Some("selling time"),
            Self::LeftBeforeHired { .. } => Some("left"),
            Self::TerminatedAfterEnd { .. } => Some("terminated"),
            Self::NoRecordOfChange => Some("change"),
            Self::NoRecordOfStages => Some("stages entered"),
            Self::RenewsItself => Some("renewal of"),
            Self::UnknownRep { .. } => Some("rep"),
            Self::QuotasOverlap { .. } => Some("period"),
            _ => None,
        }
    }
}

impl From<RecordProblem> for Error {
    fn from(problem: RecordProblem) -> Self {
        Self::new(problem)
    }
}
