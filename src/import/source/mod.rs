//! Where rows come from: the bytes of a CSV file, or any iterator of rows. A row is cells by position; the first is the header.
//!
//! ```text
//! encoding   bytes of a file -> UTF-8
//! buffer     the part of it that is in memory
//! marks      where delimiters, quotes and line ends stand in it
//! ahead      the cells of ordinary rows, many at once
//! lines      the cells of a line
//! quotes     the cells of a row of any quotes, and what is wrong with them
//! csv        the rows, one by one; `start` passes what stands above the header, `kinds` refuses what is no CSV
//! texts      rows that are cells already
//! ```

mod ahead;
mod buffer;
mod csv;
mod encoding;
mod kinds;
mod lines;
mod marks;
mod quotes;
mod row;
mod start;
#[cfg(test)]
mod tests;
mod texts;

pub use self::csv::Csv;
pub(super) use self::csv::CsvFormat;
pub use self::encoding::Encoding;
pub(super) use self::row::Row;
pub use self::texts::Rows;
use super::{ImportError, Problem};

/// Rows, one at a time. The first is the header.
pub trait Source {
    /// The next row, or why what stands there is none; nothing at the end. After [`Problem::Unreadable`] comes nothing more.
    fn next(&mut self) -> Option<Result<Row<'_>, Fault>>;

    /// How much was read so far, for a bar.
    fn bytes(&self) -> u64;
}

/// Lines that are no row. The reading goes on at the line after the last of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line on which the quote opens that is wrong, or the row that is so as a whole.
    pub(super) line: u64,
    /// The line on which the row begins. It is another one where cells of several lines stand before the one that is wrong.
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) problem: Problem,
}

/// The names of the columns: the first row.
pub(super) fn header(source: &mut impl Source) -> Result<Vec<String>, ImportError> {
    match source.next() {
        None => Err(ImportError::NoHeader),
        Some(Err(fault)) => Err(ImportError::Unreadable {
            line: fault.line,
            problem: fault.problem.to_string(),
        }),
        Some(Ok(row)) => (0..row.len()).map(|at| name(row.cell(at))).collect(),
    }
}

fn name(cell: &[u8]) -> Result<String, ImportError> {
    match core::str::from_utf8(cell) {
        Ok(name) => Ok(name.to_owned()),
        Err(_) => Err(ImportError::HeaderNotUtf8 {
            name: String::from_utf8_lossy(cell).into_owned(),
        }),
    }
}
