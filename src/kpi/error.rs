use crate::error::{Error, ErrorKind, Joint, Problem};
use crate::period::Scope;

/// What is wrong with tallies of different times that are read together.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KpiProblem {
    #[error(
        "{current} and {previous} are not of like length; compare whole periods, or the same number of days of each"
    )]
    PeriodsNotAlike { current: Scope, previous: Scope },
    #[error(
        "{current} and {earlier} are not a year apart; tally the scope that Scope::year_before makes of the later one"
    )]
    NotAYearApart { current: Scope, earlier: Scope },
    #[error(
        "{current} and {previous} are not a whole quarter and the whole quarter before it; tally two whole quarters, one directly after the other"
    )]
    NotConsecutiveQuarters { current: Scope, previous: Scope },
    #[error(
        "{later} begins before {earlier} ends; a series runs from the past to the present without overlap"
    )]
    SeriesOutOfOrder { earlier: Scope, later: Scope },
}

impl Problem for KpiProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::PeriodsNotAlike { .. } | Self::NotAYearApart { .. } => ErrorKind::PeriodsNotAlike,
            Self::NotConsecutiveQuarters { .. } => ErrorKind::NotConsecutiveQuarters,
            Self::SeriesOutOfOrder { .. } => ErrorKind::SeriesOutOfOrder,
        }
    }

    fn joint(&self) -> Joint {
        Joint::Apart
    }
}

impl From<KpiProblem> for Error {
    fn from(problem: KpiProblem) -> Self {
        Self::new(problem)
    }
}
