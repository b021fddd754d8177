use crate::error::{Error, ErrorKind, Joint, Problem};
use crate::report::Unit;

/// What is wrong with a scorecard, or with a benchmark where it meets what it is held against.
#[derive(Debug, thiserror::Error)]
pub(super) enum ScorecardProblem {
    #[error("the {field}{} is {value}, but must be above 0", of(metric))]
    NotPositive {
        field: &'static str,
        /// Empty where it is that of the whole card.
        metric: String,
        value: String,
    },
    #[error(
        "the benchmark of {metric} is in {found:?}, but the KPI's unit is {expected:?}; let them agree"
    )]
    Unit {
        metric: String,
        expected: Unit,
        found: Unit,
    },
    #[error(
        "the benchmark of {metric} is in {found}, but the KPI is in {expected}; let them agree"
    )]
    Currency {
        metric: String,
        expected: String,
        found: String,
    },
    #[error(
        "the benchmark of {metric} is per {found}, but the KPI is per {expected}; let them agree"
    )]
    Per {
        metric: String,
        expected: &'static str,
        found: &'static str,
    },
    #[error("{metric} is better neither way by itself; say which way by Kpi::with_better")]
    NoDirection { metric: String },
}

fn of(metric: &str) -> String {
    if metric.is_empty() {
        return String::new();
    }
    format!(" of {metric}")
}

impl Problem for ScorecardProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotPositive { .. } => ErrorKind::NotPositive,
            Self::Unit { .. } | Self::Per { .. } => ErrorKind::UnitMismatch,
            Self::Currency { .. } => ErrorKind::CurrencyMismatch,
            Self::NoDirection { .. } => ErrorKind::NoDirection,
        }
    }

    fn joint(&self) -> Joint {
        Joint::Apart
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotPositive { field, .. } => Some(field),
            Self::Unit { .. } | Self::Per { .. } | Self::Currency { .. } => Some("benchmark"),
            Self::NoDirection { .. } => Some("better"),
        }
    }
}

impl From<ScorecardProblem> for Error {
    fn from(problem: ScorecardProblem) -> Self {
        Self::new(problem)
    }
}
