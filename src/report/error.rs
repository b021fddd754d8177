use super::{Kpi, Unit};
use crate::error::{Error, ErrorKind, Joint, Problem};

/// What is wrong with a KPI that is asked for, or of one's own.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReportProblem {
    #[error("no KPI is called \"{asked}\"; {}", hint(nearest.as_deref()))]
    UnknownKpi {
        asked: String,
        nearest: Option<String>,
    },
    #[error("no report has \"{asked}\"; call kpi::{function} itself")]
    Apart {
        asked: String,
        function: &'static str,
    },
    #[error("{} is a KPI of the catalog; give your own another {field}", taken.name())]
    DuplicateKpi {
        field: &'static str,
        taken: &'static Kpi,
    },
    #[error("value is in {found:?}, but the KPI's unit is {expected:?}; let them agree")]
    UnitMismatch { expected: Unit, found: Unit },
}

fn hint(nearest: Option<&str>) -> String {
    match nearest {
        Some(name) => format!("the nearest is {name}"),
        None => "report::catalog() lists them all".to_owned(),
    }
}

impl Problem for ReportProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownKpi { .. } | Self::Apart { .. } => ErrorKind::UnknownKpi,
            Self::DuplicateKpi { .. } => ErrorKind::DuplicateKpi,
            Self::UnitMismatch { .. } => ErrorKind::UnitMismatch,
        }
    }

    fn joint(&self) -> Joint {
        Joint::Apart
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownKpi { .. } | Self::Apart { .. } => Some("name"),
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
