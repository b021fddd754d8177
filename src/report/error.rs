use super::{Kpi, Unit};
use crate::error::{Error, ErrorKind, Joint, Problem};

/// What is wrong with a KPI that is asked for, or of one's own.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReportProblem {
    #[error("no KPI is called \"{asked}\"; {}", hint(*nearest))]
    UnknownKpi {
        asked: String,
        nearest: Option<&'static Kpi>,
    },
    #[error("{} is a KPI of the catalog; give your own another {field}", taken.name())]
    DuplicateKpi {
        field: &'static str,
        taken: &'static Kpi,
    },
    #[error("value is in {found:?}, but the KPI's unit is {expected:?}; let them agree")]
    UnitMismatch { expected: Unit, found: Unit },
}

fn hint(nearest: Option<&Kpi>) -> String {
    match nearest {
        Some(kpi) => format!("the nearest is {}", kpi.name()),
        None => "report::catalog() lists them all".to_owned(),
    }
}

impl Problem for ReportProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownKpi { .. } => ErrorKind::UnknownKpi,
            Self::DuplicateKpi { .. } => ErrorKind::DuplicateKpi,
            Self::UnitMismatch { .. } => ErrorKind::UnitMismatch,
        }
    }

    fn joint(&self) -> Joint {
        Joint::Apart
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownKpi { .. } => Some("name"),
            Self::DuplicateKpi { field, .. } => Some(field),
            Self::UnitMismatch { .. } => Some("value"),
        }
    }
}

impl From<ReportProblem> for Error {
    fn from(problem: ReportProblem) -> Self {
        Self::new(problem)
    }
}
