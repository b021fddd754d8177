//! Deals from any CSV export, by a column mapping that is data (feature `csv`).

mod column;
mod columns;
mod dates;
mod error;
mod layout;
mod numbers;
mod reader;
mod recent;
mod row;
mod rules;
mod source;

use std::io::Read;

pub use crate::record::Status;
pub use column::{Column, CurrencyColumn, OutcomeColumn};
pub use columns::DealColumns;
pub use error::{ImportError, Problem, RowError};
pub use reader::DealReader;

use crate::record::Deal;

/// A whole file: its deals, and the rows that are none. Together they are all its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// In the order of the file.
    pub deals: Vec<Deal>,
    /// In the order of the file.
    pub rejected: Vec<RowError>,
}

/// Reads a whole file into memory; [`DealReader`] reads one that is larger.
///
/// # Errors
/// As [`DealReader::new`]; and [`ImportError::Unreadable`] where the file cannot be read to its end.
pub fn read_deals(file: impl Read, columns: &DealColumns) -> Result<Imported, ImportError> {
    let mut imported = Imported::default();
    for row in DealReader::new(file, columns)? {
        match row {
            Ok(deal) => imported.deals.push(deal),
            Err(RowError {
                line,
                problem: Problem::Unreadable(problem),
                ..
            }) => return Err(ImportError::Unreadable { line, problem }),
            Err(error) => imported.rejected.push(error),
        }
    }
    Ok(imported)
}
