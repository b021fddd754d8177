use core::fmt;

use super::{Encoding, hints};
use crate::error::{Error, shorten};

/// Why a file cannot be read at all. A row that cannot become a record is a [`RowError`]. `Debug` shows the text, since that is what a
/// `main` prints.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The mapping contradicts itself, whatever the file.
    #[error("columns: {problem}")]
    InvalidColumns {
        /// What is wrong with it.
        problem: String,
    },
    /// There is no first row.
    #[error("the file is empty; its first row must name the columns")]
    NoHeader,
    /// The file is none of texts.
    #[error("the file is {found}; {remedy}")]
    NoText {
        /// What it is.
        found: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// The first line says that another delimiter than the declared one parts the cells.
    #[error(
        "the file says that its delimiter is {found:?}, but declared is {declared:?}; declare {found:?}"
    )]
    OtherDelimiter {
        /// The delimiter that the mapping declares.
        declared: char,
        /// The one that the file does.
        found: char,
    },
    /// The header is not UTF-8, and no other encoding is declared.
    #[error("the header is not UTF-8, as in \"{}\"; save the file as UTF-8, or declare the encoding, such as windows_1252", shorten(.name))]
    HeaderNotUtf8 {
        /// The name of the column, with the replacement mark in it.
        name: String,
    },
    /// The lines end with a lone carriage return, so that the file would be one single row.
    #[error("the lines end with CR alone; save the file with lines that end with LF or CRLF")]
    LoneCarriageReturns,
    /// The header lacks columns that the mapping names.
    #[error("the header lacks {}; it has {}{}", list(.missing), list(.header), hints::of_header(.missing, .header, *.delimiter))]
    MissingColumns {
        /// All the names that were not found.
        missing: Vec<String>,
        /// The names that the header has.
        header: Vec<String>,
        /// The mark that seems to part the names, where the declared one parts none.
        delimiter: Option<char>,
    },
    /// The header has columns twice that the mapping names.
    #[error("the header has {} more than once; say which it is by nth, or rename or remove the others", list(.columns))]
    RepeatedColumns {
        /// Their names.
        columns: Vec<String>,
    },
    /// The bytes could not be read, or not to the end.
    #[error("line {line}: {problem}")]
    Unreadable {
        /// The line behind the row that was read last.
        line: u64,
        /// What the reader said.
        problem: String,
    },
    /// What is declared as percent seems to be shares from 0 to 1.
    #[error(transparent)]
    OnlyShares(
        /// The first of them.
        RowError,
    ),
    /// The tally does not take a record: it is in another currency, say.
    #[error("line {line}: {error}")]
    Refused {
        /// The line on which its row begins.
        line: u64,
        /// What the tally said.
        error: Error,
    },
}

/// A row that is no record: where, what stands there, and what would be right. `Debug` shows the text, too.
///
/// ```
/// use sales_metrics::Currency;
/// use sales_metrics::import::{DealColumns, OutcomeColumn, read};
///
/// let outcome = OutcomeColumn::new("stage").with_won(["Won"]);
/// let columns = DealColumns::new("id", outcome, Currency::USD).with_created("created").with_closed("closed");
/// let file = "id,created,stage,closed\nD-1,2017-02-03,Won,31/12/2017\n";
/// let error = read(file.as_bytes(), &columns)?.rejected.remove(0);
/// assert_eq!(error.to_string(), "line 2, column \"closed\": \"31/12/2017\" is no date in the format YYYY-MM-DD");
/// # Ok::<(), sales_metrics::import::ImportError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowError {
    /// The line of the file on which the row begins, the first being 1; where the file could not be read on
    /// ([`Problem::Unreadable`]), the line behind the row that was read last.
    pub line: u64,
    /// The header of the column; none where the row as a whole is wrong.
    pub column: Option<String>,
    /// What stands in the cell, cut at 40 characters; none where nothing does.
    pub value: Option<String>,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The row is shorter or longer than the header.
    #[error("the number of fields is {found}, but {expected} in the header{}", behind_a_quote(*.swallowed))]
    FieldCount {
        /// How many the header has.
        expected: usize,
        /// How many the row has.
        found: usize,
        /// How many of its lines look like rows.
        swallowed: usize,
    },
    /// A cell begins with a quote that nothing ends. The reading goes on at the next line.
    #[error("a quote opens here that is not closed before the end of the file")]
    UnclosedQuote,
    /// A cell begins with a quote whose closing one is not at the end of the cell. The reading goes on at the line after the one on which
    /// the quote opens.
    #[error(
        "a quote opens here, and behind the one that closes it, on line {line}, the cell goes on; close it at the end of its cell, and double \
         quotes that are a part of the text"
    )]
    TextAfterQuote {
        /// The line on which the closing quote stands.
        line: u64,
    },
    /// A cell begins with a quote that is not closed soon enough. The reading goes on at the next line.
    #[error(
        "a quote opens here that is not closed within 1 MiB; close it, or double it where it is a part of the text"
    )]
    LongQuote,
    /// The row is too long to be one. The reading goes on at the line after the one that holds its last whole cell.
    #[error(
        "the row is longer than 16 MiB; check that its quotes are closed, and that lines end with LF or CRLF"
    )]
    LongRow,
    /// The row holds what means nothing in the encoding of the file.
    #[error("the row has {found}, which means nothing in {}; mend it, or declare another encoding", .encoding.name())]
    Undecodable {
        /// What it holds.
        found: String,
        /// The encoding of the file.
        encoding: Encoding,
    },
    /// The bytes are no UTF-8.
    #[error("is not UTF-8; save the file as UTF-8, or declare its encoding")]
    NotUtf8,
    /// An empty cell that every row needs.
    #[error("the cell is empty, but every row needs it")]
    Missing,
    /// A word that the mapping does not declare.
    #[error("is not declared; the words are {}", list(.words))]
    UnknownWord {
        /// The words that it declares.
        words: Vec<String>,
    },
    /// An empty cell that belongs to one that is not empty.
    #[error("the cell is empty, but the one of column \"{}\" needs it", shorten(.column))]
    MissingBeside {
        /// The column of the other cell.
        column: String,
    },
    /// A stage, or an empty cell, that says nothing of the status beside a stage that does.
    #[error(
        "the stage says nothing of the status, but the one of column \"{}\" does; declare what it means, or what no stage does as \"\"", shorten(.column)
    )]
    UntoldStatus {
        /// The column of the other stage.
        column: String,
    },
    /// Two cells are empty of which every row needs one.
    #[error("the cell is empty, as is that of column \"{}\", but every row needs one of them", shorten(.column))]
    MissingBoth {
        /// The column of the other cell.
        column: String,
    },
    /// A cell that must be empty where another is not.
    #[error("stands beside a value of column \"{}\", but only one of them can count", shorten(.column))]
    NotBoth {
        /// The column of the other cell.
        column: String,
    },
    /// A period where a year and its quarter stand in two columns.
    #[error(
        "is no year alone; write the year, as its quarter is in column \"{}\", or name this column as the period, and none of year and quarter", shorten(.column)
    )]
    NoYear {
        /// The column of the quarter.
        column: String,
    },
    /// No date in the declared format.
    #[error("is no date in the format {format}")]
    NoDate {
        /// The declared format.
        format: String,
    },
    /// A time that the clock of the place skips.
    #[error(
        "is skipped by the clock of the place, which is put forward then; check the place, or declare the offset"
    )]
    SkippedTime,
    /// No number in the declared format.
    #[error("is no number in the format {format}")]
    NoNumber {
        /// A number in the declared format.
        format: String,
    },
    /// No length of time in the declared format.
    #[error("is no length of time in the format {format}")]
    NoLength {
        /// The declared format.
        format: String,
    },
    /// No whole number, or too large a one.
    #[error("is no whole number from 0 to {most}")]
    NoCount {
        /// The largest that can stand here.
        most: u64,
    },
    /// No number of a column that is declared as percent, in the rows that could be read so far, is above 1. This is the first of those below; the reading is at its end.
    #[error(
        "is declared as percent, but no number of its kind, in the rows that could be read, is above 1; declare the column as {declare}, which goes from 0 to 1, or write \
         percentages with their sign"
    )]
    OnlyShares {
        /// The key of a column of shares.
        declare: &'static str,
    },
    /// The record does not allow the value.
    #[error(transparent)]
    Refused(Box<Error>),
    /// The bytes could not be read; the reading ends here.
    #[error("{0}")]
    Unreadable(String),
}

impl RowError {
    /// The error of a row, if it is not one of the whole file.
    pub(super) fn of_row(self) -> Result<Self, ImportError> {
        match self.problem {
            Problem::Unreadable(problem) => {
                let line = self.line;
                Err(ImportError::Unreadable { line, problem })
            }
            Problem::OnlyShares { .. } => Err(ImportError::OnlyShares(self)),
            _ => Ok(self),
        }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", column \"{}\"", shorten(column))?;
        }
        match (&self.value, &self.problem) {
            (None, problem) => write!(f, ": {problem}"),
            (Some(value), Problem::Refused(error)) => {
                if !says(&error.problem(), value) {
                    write!(f, ": \"{value}\"")?;
                }
                write!(f, ": {error}{}", hints::of_cell(value, &self.problem))
            }
            (Some(value), problem) => {
                let hint = hints::of_cell(value, problem);
                write!(f, ": \"{value}\" {problem}{hint}")
            }
        }
    }
}

impl core::error::Error for RowError {}

/// Whether what is wrong names the value: in quotes at the front, or as its first figure, as in `is -1, but …`. A later figure is another, and
/// so is the record's id.
fn says(problem: &str, value: &str) -> bool {
    if let Some(rest) = problem.strip_prefix('"') {
        return rest.starts_with(&format!("{value}\""));
    }
    let has_digit = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    let figure = problem.split(' ').find(has_digit);
    figure.is_some_and(|figure| figure.trim_end_matches([',', ';', ':']) == value)
}

macro_rules! debug_is_text {
    ($($error:ty)*) => {
        $(
            impl fmt::Debug for $error {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(self, f)
                }
            }
        )*
    };
}
debug_is_text! { ImportError RowError }

/// Where the row may have come from.
fn behind_a_quote(lines: usize) -> String {
    match lines {
        0 => String::new(),
        lines => format!(
            "; {lines} of its lines look like rows, so that a quote may have swallowed them"
        ),
    }
}

/// Names in quotes; of very many only the first.
fn list(names: &[String]) -> String {
    const MOST: usize = 50;
    let quoted: Vec<String> = names
        .iter()
        .take(MOST)
        .map(|name| format!("\"{}\"", shorten(name)))
        .collect();
    let more = names.len().saturating_sub(MOST);
    match (quoted.is_empty(), more) {
        (true, _) => "none".to_owned(),
        (false, 0) => quoted.join(", "),
        (false, more) => format!("{} and {more} more", quoted.join(", ")),
    }
}
