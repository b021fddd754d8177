use chrono::NaiveDate;

use crate::error::{Error, ErrorKind, Joint, Problem};
use crate::period::Period;
use crate::report::Unit;

/// What is wrong with how a plan is to be divided.
#[derive(Debug, thiserror::Error)]
pub(super) enum PlanProblem {
    #[error("the periods must make up {whole}, one after the other; from {on} on they do not")]
    PeriodsNotWhole { whole: Period, on: NaiveDate },
    #[error("the weights of the {of} add up to 0; give one of them a weight above 0")]
    NoWeight { of: &'static str },
}

impl Problem for PlanProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::PeriodsNotWhole { .. } => ErrorKind::PeriodsNotWhole,
            Self::NoWeight { .. } => ErrorKind::ZeroShare,
        }
    }

    fn joint(&self) -> Joint {
        Joint::Apart
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::PeriodsNotWhole { .. } => Some("periods"),
            Self::NoWeight { of } => Some(of),
        }
    }
}

/// What is wrong with a goal.
#[derive(Debug, thiserror::Error)]
pub(super) enum GoalProblem {
    #[error(
        "of {label} neither more nor less is better by itself; say Goal::at_least or Goal::at_most"
    )]
    NoDirection { label: String },
    #[error("{label} is no single number; set a goal for one of its parts")]
    NoNumber { label: String },
    #[error("target is in {found:?}, but one for {label} is in {expected:?}; let them agree")]
    UnitMismatch {
        label: String,
        expected: Unit,
        found: Unit,
    },
    #[error("target is per {found}, but the KPI is per {expected}; let them agree")]
    PerMismatch {
        expected: &'static str,
        found: &'static str,
    },
}

impl Problem for GoalProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoDirection { .. } => ErrorKind::NoDirection,
            Self::NoNumber { .. } | Self::UnitMismatch { .. } | Self::PerMismatch { .. } => {
                ErrorKind::UnitMismatch
            }
        }
    }

    fn joint(&self) -> Joint {
        Joint::Apart
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoDirection { .. } | Self::NoNumber { .. } => Some("kpi"),
            Self::UnitMismatch { .. } | Self::PerMismatch { .. } => Some("target"),
        }
    }
}

impl From<GoalProblem> for Error {
    fn from(problem: GoalProblem) -> Self {
        Self::new(problem)
    }
}

impl From<PlanProblem> for Error {
    fn from(problem: PlanProblem) -> Self {
        Self::new(problem)
    }
}
