use super::field::Part;
use crate::error::{Error, shorten};
use crate::import::{Problem, RowError};

/// What is wrong with a row whose line is not known yet. Boxed, since a row that is right should not pay for it.
#[allow(
    unreachable_pub,
    reason = "a hidden part of `Columns`, which older compilers don't see as reached"
)]
pub struct Trouble(Box<RowError>);

impl Trouble {
    #[cold]
    pub(in crate::import) fn of_row(problem: Problem) -> Self {
        Self(Box::new(RowError {
            line: 0,
            column: None,
            value: None,
            problem,
        }))
    }

    /// No record can be made of the row.
    #[cold]
    pub(in crate::import) fn of_error(error: Error) -> Self {
        Self::of_row(Problem::Refused(Box::new(error)))
    }

    /// Whatever else is wrong with a cell: bytes that are no UTF-8 come first.
    #[cold]
    pub(in crate::import) fn of_cell(part: &Part, cell: &[u8], problem: Problem) -> Self {
        Self::of_column(&part.name, cell, problem)
    }

    #[cold]
    pub(in crate::import) fn of_column(name: &str, cell: &[u8], problem: Problem) -> Self {
        let problem = match core::str::from_utf8(cell) {
            Ok(_) => problem,
            Err(_) => Problem::NotUtf8,
        };
        Self(Box::new(RowError {
            line: 0,
            column: Some(name.to_owned()),
            value: None,
            problem,
        }))
        .quoting(cell)
    }

    #[cold]
    pub(in crate::import) fn quoting(mut self, cell: &[u8]) -> Self {
        self.0.value = (!cell.is_empty()).then(|| shorten(&String::from_utf8_lossy(cell)));
        self
    }

    #[cold]
    pub(in crate::import) fn on(self, line: u64) -> RowError {
        RowError { line, ..*self.0 }
    }
}
