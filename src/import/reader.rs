use core::iter::FusedIterator;
use std::io::Read;

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use super::layout::{Layout, Seen};
use super::row::Trouble;
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

    /// The line on which the row read last begins. The parser knows the one on which it stopped.
    fn line(&self, is_terminated: bool) -> u64 {
        let lines = self.record.as_slice().split(|byte| *byte == b'\n').count();
        let after = self.csv.position().line() + u64::from(!is_terminated);
        after.saturating_sub(u64::try_from(lines).unwrap_or(u64::MAX))
    }

    fn failed(&self, error: &csv::Error) -> RowError {
        let line = self.record.position().map_or(1, csv::Position::line);
        let error = Trouble::of_row(Problem::Unreadable(error.to_string()));
        RowError {
            line,
            ..error.into()
        }
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
        if !is_blank(&header) {
            break;
        }
    }
    let mut names = header.iter().map(<[u8]>::trim_ascii_end);
    if names.any(|name| name.contains(&b'\r')) {
        return Err(ImportError::LoneCarriageReturns);
    }
    Ok(header)
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
        let spent = is_spent(&self.csv);
        if spent && self.record.as_slice() == END_ROW {
            return None;
        }
        let mut deal = if spent {
            Err(Trouble::of_row(Problem::UnclosedQuote).into())
        } else {
            self.layout.deal(&self.record, &mut self.seen)
        };
        if let Err(error) = &mut deal {
            error.line = self.line(!spent);
        }
        Some(deal)
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
