use core::iter::FusedIterator;
use std::io::Read;

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use super::layout::{Layout, Seen};
use super::row::{Trouble, first_line};
use super::rules::Rules;
use super::source::{END_ROW, Source};
use super::{DealColumns, ImportError, Problem, RowError};
use crate::record::Deal;

/// The deals of a CSV file, one at a time: each row is a [`Deal`] or a [`RowError`], and none is left out.
///
/// It keeps one row in memory, and the texts that it has seen lately. Blank lines are no rows; a byte order mark is skipped.
/// After an error that a row can have, it goes on with the next; where the file cannot be read on
/// ([`Problem::Unreadable`]), it says so and ends.
pub struct DealReader<R> {
    csv: Reader<Source<R>>,
    layout: Layout,
    seen: Seen,
    record: ByteRecord,
}

impl<R: Read> DealReader<R> {
    /// Reads the header, and finds the columns in it.
    ///
    /// # Errors
    /// [`ImportError`]: a mapping that contradicts itself, columns that are missing or named twice, a file that is empty or
    /// cannot be read.
    pub fn new(file: R, columns: &DealColumns) -> Result<Self, ImportError> {
        let mapping = columns.mapping();
        let rules = Rules::new(mapping)?;
        let mut csv = ReaderBuilder::new()
            .delimiter(rules.delimiter)
            .has_headers(false)
            .flexible(true)
            // A line feed alone, so that lines can be counted; the CR before it is white space at the end of the last cell.
            .terminator(Terminator::Any(b'\n'))
            .from_reader(Source::new(file).map_err(|error| unreadable(1, &error))?);
        let header = header(&mut csv)?;
        Ok(Self {
            csv,
            layout: Layout::new(mapping, rules, &header)?,
            seen: Seen::new(),
            record: ByteRecord::new(),
        })
    }

    fn failed(&self, error: &csv::Error) -> RowError {
        let line = self.record.position().map_or(1, csv::Position::line);
        let error = Trouble::of_row(Problem::Unreadable(error.to_string()));
        error.on(line)
    }
}

/// The first row that is not blank.
fn header<R: Read>(csv: &mut Reader<Source<R>>) -> Result<ByteRecord, ImportError> {
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

impl<R: Read> Iterator for DealReader<R> {
    type Item = Result<Deal, RowError>;

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
        self.layout.item(&self.record, &mut self.seen, after)
    }
}

impl<R: Read> FusedIterator for DealReader<R> {}

/// The CR of a line that has nothing else.
fn is_blank(record: &ByteRecord) -> bool {
    record.len() == 1 && record.as_slice() == b"\r"
}

fn is_spent<R: Read>(csv: &Reader<Source<R>>) -> bool {
    csv.get_ref().is_spent(csv.position().byte())
}

fn is_end<R: Read>(csv: &Reader<Source<R>>, record: &ByteRecord) -> bool {
    is_spent(csv) && record.as_slice() == END_ROW
}
