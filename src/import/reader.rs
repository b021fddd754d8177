use core::iter::FusedIterator;
use std::io::Read;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::finder::Header;
use super::format::delimiter;
use super::mapping::{Columns, check, lay};
use super::row::{Rows, Trouble, first_line};
use super::seen::Seen;
use super::source::{END_ROW, Source};
use super::{DealColumns, ImportError, Problem, RowError};

/// The deals of a CSV file, one at a time.
pub type DealReader<R> = Reader<R, DealColumns>;

/// The records of a CSV file, one at a time: each row is a record or a [`RowError`], and none is left out. Which records is
/// said by the mapping that it is made with.
///
/// It keeps one row in memory, and the texts that it has seen lately. Blank lines are no rows; a byte order mark is skipped.
/// After an error that a row can have, it goes on with the next; where the file cannot be read on
/// ([`Problem::Unreadable`]), it says so and ends.
///
/// ```
/// use sales_metrics::import::{Reader, RepColumns};
///
/// let file = "name,team\nada,north\nbob,south\n";
/// let mut teams = Vec::new();
/// for rep in Reader::new(file.as_bytes(), &RepColumns::new("name").with_team("team"))? {
///     teams.extend(rep?.team().cloned());
/// }
/// assert_eq!(teams.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Reader<R, C: Columns> {
    csv: csv::Reader<Source<R>>,
    /// How many fields every row has.
    width: usize,
    layout: C::Layout,
    seen: Seen,
    record: ByteRecord,
}

impl<R: Read, C: Columns> Reader<R, C> {
    /// Reads the header, and finds the columns in it.
    ///
    /// # Errors
    /// [`ImportError`]: a mapping that contradicts itself, columns that are missing or named twice, a file that is empty or
    /// cannot be read.
    pub fn new(file: R, columns: &C) -> Result<Self, ImportError> {
        check(columns)?;
        let mark = columns.format().delimiter;
        let mut csv = ReaderBuilder::new()
            .delimiter(delimiter(mark)?)
            .has_headers(false)
            .flexible(true)
            // A line feed alone, so that lines can be counted; the CR before it is white space at the end of the last cell.
            .terminator(Terminator::Any(b'\n'))
            .from_reader(Source::new(file).map_err(|error| unreadable(1, &error))?);
        let header = Header::new(&header(&mut csv)?, mark);
        Ok(Self {
            csv,
            width: header.names.len(),
            layout: lay(columns, Some(&header))?,
            seen: Seen::new(),
            record: ByteRecord::new(),
        })
    }

    fn failed(&self, error: &csv::Error) -> RowError {
        let line = self.record.position().map_or(1, csv::Position::line);
        let error = Trouble::of_row(Problem::Unreadable(error.to_string()));
        error.on(line)
    }

    #[cold]
    fn of_other_width(&self, after: u64) -> RowError {
        let error = Trouble::of_row(Problem::FieldCount {
            expected: self.width,
            found: self.record.len(),
        });
        error.on(first_line(&self.record, after))
    }
}

/// The first row that is not blank.
fn header<R: Read>(csv: &mut csv::Reader<Source<R>>) -> Result<ByteRecord, ImportError> {
    let mut header = ByteRecord::new();
    loop {
        csv.get_mut().renew();
        let more = csv
            .read_byte_record(&mut header)
            .map_err(|error| unreadable(1, &error))?;
        if !more || is_end(csv, &header) {
            return Err(ImportError::NoHeader);
        }
        if is_spent(csv) {
            return Err(unreadable(1, &Problem::UnclosedQuote));
        }
        if !is_blank(&header) {
            break;
        }
    }
    let mut names = header.iter().map(<[u8]>::trim_ascii_end);
    if names.any(has_lone_return) {
        return Err(ImportError::LoneCarriageReturns);
    }
    Ok(header)
}

/// A name may be of several lines; then each of its returns has its line feed.
fn has_lone_return(name: &[u8]) -> bool {
    let lone = |pair: &[u8]| matches!(pair, [b'\r', next] if *next != b'\n');
    name.windows(2).any(lone)
}

fn unreadable(line: u64, error: &impl ToString) -> ImportError {
    ImportError::Unreadable {
        line,
        problem: error.to_string(),
    }
}

impl<R: Read, C: Columns> Iterator for Reader<R, C> {
    type Item = Result<C::Record, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.csv.get_mut().renew();
            match self.csv.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(self.failed(&error))),
            }
            if !is_blank(&self.record) {
                break;
            }
        }
        if is_spent(&self.csv) {
            if self.record.as_slice() == END_ROW {
                return None;
            }
            let error = Trouble::of_row(Problem::UnclosedQuote);
            return Some(Err(
                error.on(first_line(&self.record, self.csv.position().line() + 1))
            ));
        }
        let after = self.csv.position().line();
        if self.record.len() != self.width {
            return Some(Err(self.of_other_width(after)));
        }
        self.layout.item(&self.record, &mut self.seen, after)
    }
}

impl<R: Read, C: Columns> FusedIterator for Reader<R, C> {}

/// The CR of a line that has nothing else.
fn is_blank(record: &ByteRecord) -> bool {
    record.len() == 1 && record.as_slice() == b"\r"
}

fn is_spent<R: Read>(csv: &csv::Reader<Source<R>>) -> bool {
    csv.get_ref().is_spent(csv.position().byte())
}

fn is_end<R: Read>(csv: &csv::Reader<Source<R>>, record: &ByteRecord) -> bool {
    is_spent(csv) && record.as_slice() == END_ROW
}
