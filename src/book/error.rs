use super::Dimension;
use crate::error::{Error, ErrorKind, Joint, Problem};

/// What is wrong with what is asked of a book, or with its tallies.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BookProblem {
    #[error("no record has the dimension \"{name}\"{}", instead(known))]
    UnknownDimension { name: String, known: Vec<Dimension> },
    #[error("\"{name}\" {problem}; give the segment another name")]
    TakenName { name: String, problem: &'static str },
    #[error(
        "a book tally with {has} cannot be merged with one that has {alone} without it; fill both alike"
    )]
    TalliesDiffer {
        has: &'static str,
        alone: &'static str,
    },
}

/// The dimensions that there are.
fn instead(known: &[Dimension]) -> String {
    if known.is_empty() {
        return ", or any other".to_owned();
    }
    let names: Vec<String> = known.iter().map(ToString::to_string).collect();
    format!("; take one of: {}", names.join(", "))
}

impl Problem for BookProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownDimension { .. } => ErrorKind::UnknownDimension,
            Self::TakenName { .. } => ErrorKind::TakenName,
            Self::TalliesDiffer { .. } => ErrorKind::TallyMismatch,
        }
    }

    fn joint(&self) -> Joint {
        Joint::Apart
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownDimension { .. } => Some("dimension"),
            Self::TakenName { .. } => Some("segment"),
            Self::TalliesDiffer { .. } => None,
        }
    }
}

impl From<BookProblem> for Error {
    fn from(problem: BookProblem) -> Self {
        Self::new(problem)
    }
}
