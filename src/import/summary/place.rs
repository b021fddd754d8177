//! Where a row stands that a summary tells of.

use core::fmt;

use serde::Serialize;

use crate::import::RowError;

/// A line of a file: of that which the summary [began](super::Summary::begin) with this name, if it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FileLine {
    /// The name of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line, the first being 1.
    pub line: u64,
}

/// A row that was rejected, as an example of its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// The name of the file, as of a [`FileLine`].
    pub file: Option<String>,
    /// Where in it, and why.
    pub error: RowError,
}

impl Example {
    pub(super) fn at(&self) -> FileLine {
        FileLine {
            file: self.file.clone(),
            line: self.error.line,
        }
    }
}

/// `deals-2.csv, line 17`; without a name `line 17`.
impl fmt::Display for FileLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_file(f, self.file.as_ref())?;
        write!(f, "line {}", self.line)
    }
}

/// The error, behind the name of its file.
impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_file(f, self.file.as_ref())?;
        self.error.fmt(f)
    }
}

fn write_file(f: &mut fmt::Formatter<'_>, file: Option<&String>) -> fmt::Result {
    match file {
        Some(file) => write!(f, "{file}, "),
        None => Ok(()),
    }
}
