use core::fmt::Display;

use super::{Fault, Row, Source};
use crate::import::Problem;
use crate::import::head::WHOLE;

/// The rows of any iterator. Each is its cells as texts, the header comes first, and the line of a row is its number. An error ends them.
pub struct Rows<I> {
    items: I,
    bytes: Vec<u8>,
    bounds: Vec<usize>,
    line: u64,
    read: u64,
    ended: bool,
}

impl<I> Rows<I> {
    pub(in crate::import) fn new(rows: I) -> Self {
        Self {
            items: rows,
            bytes: Vec::new(),
            bounds: Vec::new(),
            line: 0,
            read: 0,
            ended: false,
        }
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.bounds.clear();
        self.bounds.push(0);
    }

    fn push(&mut self, cell: &str) {
        self.bytes.extend_from_slice(cell.as_bytes());
        self.bytes.push(0);
        self.bounds.push(self.bytes.len());
    }

    fn row(&mut self) -> Row<'_> {
        self.read += u64::try_from(self.bytes.len()).unwrap_or(u64::MAX);
        // Behind the last cell as many as are read at once.
        self.bytes.extend_from_slice(&[0; WHOLE]);
        Row {
            bytes: &self.bytes,
            bounds: &self.bounds,
            is_plain: false,
            quoted: false,
            delimiter: 0,
            line: self.line,
            lines: 1,
        }
    }

    fn fault(&mut self, error: &dyn Display) -> Fault {
        self.ended = true;
        Fault {
            line: self.line,
            first: self.line,
            last: self.line,
            problem: Problem::Unreadable(error.to_string()),
        }
    }
}

impl<I, T, E> Source for Rows<I>
where
    I: Iterator<Item = Result<T, E>>,
    T: IntoIterator<Item: AsRef<str>>,
    E: Display,
{
    fn next(&mut self) -> Option<Result<Row<'_>, Fault>> {
        if self.ended {
            return None;
        }
        let Some(row) = self.items.next() else {
            self.ended = true;
            return None;
        };
        self.line += 1;
        match row {
            Ok(cells) => {
                self.clear();
                for cell in cells {
                    self.push(cell.as_ref());
                }
                Some(Ok(self.row()))
            }
            Err(error) => Some(Err(self.fault(&error))),
        }
    }

    fn bytes(&self) -> u64 {
        self.read
    }
}
