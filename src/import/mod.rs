//! Deals from any CSV export, by a column mapping that is data (feature `csv`).
//!
//! Every system names its columns, stages and dates its own way. [`DealColumns`] declares how one of them does it, and
//! [`DealReader`] makes a [`Deal`] of each row, one at a time: a file may be larger than memory.
//!
//! ```
//! use sales_metrics::import::{Column, DealColumns, DealReader, OutcomeColumn, Status};
//! use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
//!
//! let file = "Id,Opened,Stage,Closed,Rep,Value\nD-1,2026-01-07,Won,2026-02-20,Ada,12500\nD-2,2026-01-09,Lost,2026-03-01,Bo,0\n";
//! let outcome = OutcomeColumn::new("Stage").with_won(["Won"]).with_lost(["Lost"]).with_open(["New", "Offer"]);
//! let columns = DealColumns::new("Id", "Opened", outcome, Currency::USD)
//!     .with_closed("Closed")
//!     .with_owner("Rep")
//!     .with_amount(Column::new("Value").with_unknown_when(Status::Lost, ["0"]));
//!
//! let mut tally = DealTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
//! for deal in DealReader::new(file.as_bytes(), &columns)? {
//!     tally.record(&deal?)?;
//! }
//! assert_eq!(kpi::win_rate(&tally)?.to_string(), "50%");
//! assert_eq!(tally.totals().lost.unpriced(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Declared, never guessed
//! A word for an outcome that is not declared, a date in another format, a `1,200` where no grouping mark is declared: each is
//! a [`RowError`] with the line, the column, the value and what would be right. A row either becomes a deal, whole, or is
//! returned as an error; none is dropped. [`read_deals`] collects both.
//!
//! White space at the ends of a cell does not count. An empty cell is an unknown value; of the id, the creation, the
//! outcome, a currency column, and the close of a closed deal it is an error. What else means unknown is said by the [`Column`].
//!
//! # The mapping as JSON
//! The same as a file that users keep beside their export; only the first four are needed. A key that is not known is an error.
//! The whole list with its defaults: [`DealColumns`].
//!
//! ```
//! # use sales_metrics::import::DealColumns;
//! let columns: DealColumns = serde_json::from_str(r#"{
//!     "id": "Id",
//!     "created": "Opened",
//!     "outcome": { "column": "Stage", "won": ["Won"], "lost": ["Lost"], "disqualified": ["Spam"], "open": ["New", "Offer"] },
//!     "currency": { "fixed": "USD" },
//!     "closed": { "column": "Closed", "ignored_when": ["open"] },
//!     "expected_close": { "column": "Closed", "ignored_when": ["won", "lost", "disqualified"] },
//!     "owner": "Rep",
//!     "amount": { "column": "Value", "unknown": ["n/a"], "unknown_when": { "lost": ["0"] } },
//!     "probability_percent": "Chance",
//!     "dimensions": { "segment": "Company size" },
//!     "dates": "DD.MM.YYYY",
//!     "decimal_mark": ",",
//!     "grouping_mark": ".",
//!     "delimiter": ";"
//! }"#)?;
//! # assert_eq!(serde_json::from_str::<DealColumns>(&serde_json::to_string(&columns)?)?, columns);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # What is read as CSV
//! Fields may be in double quotes, and then hold the delimiter, line breaks and (doubled) quotes. Lines end with LF or CRLF; blank
//! ones are skipped, and so is a byte order mark. Every row has as many fields as the header. The text is UTF-8. A row
//! has at most 16 MiB.

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
