use core::ops::RangeInclusive;
use std::io::Read;

use memchr::{memchr, memchr_iter, memchr2};

use super::ahead::Ahead;
use super::buffer::Buffer;
use super::encoding::{Decoded, Encoding};
use super::lines::{plain, sound, without_return};
use super::quotes::{self, Extent, FlawKind, Found, LONGEST_QUOTE, LONGEST_ROW, undouble};
use super::{Fault, Row, Source};
use crate::import::{ImportError, Problem};

/// How a CSV file is written.
#[derive(Clone, Copy, Debug)]
pub(in crate::import) struct CsvFormat {
    pub(in crate::import) delimiter: u8,
    /// What a byte order mark does not say; UTF-8 where neither does.
    pub(in crate::import) encoding: Option<Encoding>,
    /// Lines above the header, a line `sep=;` among them. Where there are none, such a line may stand there all the same.
    pub(in crate::import) title_lines: u64,
}

/// The rows of a CSV file. Blank lines are none.
///
/// Where a quote is wrong, the reading goes on at the line after the one on which it opens, so that no other row is lost.
pub struct Csv<R> {
    pub(super) buffer: Buffer<R>,
    pub(super) delimiter: u8,
    ahead: Ahead,
    /// How many cells an ordinary row has; none in a file that is decoded, and behind a row with quotes, as all others may have, too.
    cells: Option<usize>,
    /// Where the cells begin of a row that is not ordinary.
    bounds: Vec<usize>,
    /// The line that begins where the buffer does.
    pub(super) line: u64,
    /// Whether the rest of this line belongs to a fault that was told of.
    passes_line: bool,
    ended: bool,
}

/// A row that the buffer has passed, and where it was.
struct Passed {
    from: usize,
    quoted: bool,
    line: u64,
    lines: u64,
}

impl<R: Read> Csv<R> {
    /// Reads what stands above the header, which is the first row.
    pub(in crate::import) fn new(file: R, format: &CsvFormat) -> Result<Self, ImportError> {
        let mut csv = Self {
            buffer: Buffer::new(Decoded::new(file, format.encoding)?),
            delimiter: format.delimiter,
            ahead: Ahead::default(),
            cells: None,
            bounds: Vec::new(),
            line: 1,
            passes_line: false,
            ended: false,
        };
        csv.start(format.title_lines)?;
        Ok(csv)
    }

    /// A row, or nothing yet.
    fn step(&mut self) -> Result<Option<Passed>, Fault> {
        if self.passes_line {
            return self.pass_rest_of_line().map(|()| None);
        }
        let held = self.buffer.held();
        match memchr2(b'\n', b'"', held) {
            Some(at) if held.get(at) == Some(&b'\n') => self.plain_row(at),
            Some(_) => self.quoted_row(),
            None if held.len() > LONGEST_ROW => Err(self.flaw(0, &FlawKind::LongRow)),
            None => {
                self.ended = !self.more()?;
                Ok(None)
            }
        }
    }

    /// Passes the row that begins here, if it is an ordinary one; its bounds.
    #[inline]
    fn ordinary(&mut self) -> Option<RangeInclusive<usize>> {
        let (buffer, from) = (self.buffer.all(), self.buffer.from());
        let bounds = self.ahead.row(buffer, from, self.cells?, self.delimiter)?;
        self.buffer.pass(self.ahead.next().wrapping_sub(from));
        self.line += 1;
        Some(bounds)
    }

    #[inline]
    fn ordinary_row(&self, bounds: RangeInclusive<usize>) -> Row<'_> {
        let bounds = self.ahead.bounds(bounds);
        Row {
            bytes: self.buffer.behind(0),
            bounds,
            is_plain: bounds
                .first()
                .is_some_and(|from| self.ahead.is_plain_from(*from)),
            quoted: false,
            delimiter: self.delimiter,
            line: self.line.wrapping_sub(1),
            lines: 1,
        }
    }

    /// The row of a line without quotes, which ends here.
    fn plain_row(&mut self, line_feed: usize) -> Result<Option<Passed>, Fault> {
        let held = self.buffer.held();
        let length = without_return(held, line_feed);
        if length > LONGEST_ROW {
            return Err(self.flaw(0, &FlawKind::LongRow));
        }
        if length > 0 {
            let line = held.get(..length).unwrap_or_default();
            plain(line, self.delimiter, &mut self.bounds);
            let cells = self.bounds.len().saturating_sub(1);
            self.cells = Some(cells).filter(|_| !self.buffer.file.is_decoded());
        }
        let passed = self.pass(line_feed.saturating_add(1), 1);
        Ok((length > 0).then_some(passed))
    }

    /// The row that begins here and has quotes.
    fn quoted_row(&mut self) -> Result<Option<Passed>, Fault> {
        match self.quotes() {
            Found::Row(extent) => {
                let mut passed = self.pass(extent.next, extent.lines);
                passed.quoted = true;
                self.cells = None;
                if extent.doubled {
                    let row = self.buffer.at_mut(passed.from, extent.end);
                    undouble(row, &self.bounds);
                }
                Ok(Some(passed))
            }
            Found::Part(_) if self.more()? => Ok(None),
            Found::Part(cell) => Err(self.flaw(cell, &FlawKind::Unclosed)),
            Found::Flawed(cell, kind) => Err(self.flaw(cell, &kind)),
        }
    }

    #[inline]
    fn quotes(&mut self) -> Found {
        let held = self.buffer.held();
        let line_feed = memchr(b'\n', held).filter(|at| *at <= LONGEST_QUOTE);
        if let Some(at) = line_feed {
            let end = without_return(held, at);
            let line = held.get(..end).unwrap_or_default();
            if let Some(doubled) = sound(line, self.delimiter, &mut self.bounds) {
                let next = at.saturating_add(1);
                return Found::Row(Extent {
                    end,
                    next,
                    lines: 1,
                    doubled,
                });
            }
        }
        quotes::split(held, self.delimiter, &mut self.bounds)
    }

    #[inline]
    fn pass(&mut self, bytes: usize, lines: u64) -> Passed {
        let line = self.line;
        self.line += lines;
        Passed {
            from: self.buffer.pass(bytes),
            quoted: false,
            line,
            lines,
        }
    }

    fn more(&mut self) -> Result<bool, Fault> {
        self.ahead.forget();
        self.buffer.more().map_err(|error| {
            self.ended = true;
            let problem = Problem::Unreadable(error.to_string());
            self.fault(self.line, problem)
        })
    }

    fn pass_rest_of_line(&mut self) -> Result<(), Fault> {
        let held = self.buffer.held();
        if let Some(at) = memchr(b'\n', held) {
            self.buffer.pass(at.saturating_add(1));
            self.line += 1;
            self.passes_line = false;
            return Ok(());
        }
        let all = held.len();
        self.buffer.pass(all);
        self.ended = !self.more()?;
        Ok(())
    }

    /// A row is wrong at this cell. The line on which that begins is passed, and with it all that stands before in the row.
    #[cold]
    fn flaw(&mut self, cell: usize, kind: &FlawKind) -> Fault {
        let problem = match kind {
            FlawKind::Unclosed => Problem::UnclosedQuote,
            FlawKind::LongQuote => Problem::LongQuote,
            FlawKind::LongRow => Problem::LongRow,
            FlawKind::TextAfter(quote) => Problem::TextAfterQuote {
                line: self.line_of(*quote),
            },
        };
        let first = self.line;
        self.line = self.line_of(cell);
        self.buffer.pass(cell);
        self.passes_line = true;
        self.cells = None;
        self.fault(first, problem)
    }

    /// What this row holds that its encoding does not know.
    fn undecodable(&self, row: Row<'_>) -> Option<Fault> {
        let problem = self.buffer.file.undecodable(row.text())?;
        Some(Fault {
            first: row.line,
            line: row.line,
            last: self.line.saturating_sub(1),
            problem,
        })
    }

    fn fault(&self, first: u64, problem: Problem) -> Fault {
        Fault {
            first,
            line: self.line,
            last: self.line,
            problem,
        }
    }

    fn line_of(&self, place: usize) -> u64 {
        let before = self.buffer.held().get(..place).unwrap_or_default();
        let lines = memchr_iter(b'\n', before).count();
        self.line
            .saturating_add(u64::try_from(lines).unwrap_or(u64::MAX))
    }

    #[inline]
    fn row(&self, passed: &Passed) -> Row<'_> {
        Row {
            bytes: self.buffer.behind(passed.from),
            bounds: &self.bounds,
            is_plain: false,
            quoted: passed.quoted,
            delimiter: self.delimiter,
            line: passed.line,
            lines: passed.lines,
        }
    }

    /// The next row that is not an ordinary one, or comes where none is expected.
    #[inline(never)]
    fn other(&mut self) -> Option<Result<Passed, Fault>> {
        while !self.ended {
            match self.step() {
                Ok(None) => {}
                Ok(Some(passed)) => return Some(Ok(passed)),
                Err(fault) => return Some(Err(fault)),
            }
        }
        None
    }
}

impl<R: Read> Source for Csv<R> {
    #[inline]
    fn next(&mut self) -> Option<Result<Row<'_>, Fault>> {
        // Where it stands, and not moved from place to place, which takes longer than to find it.
        if let Some(bounds) = self.ordinary() {
            return Some(Ok(self.ordinary_row(bounds)));
        }
        let row = match self.other()? {
            Ok(passed) => self.row(&passed),
            Err(fault) => return Some(Err(fault)),
        };
        match self.undecodable(row) {
            Some(fault) => Some(Err(fault)),
            None => Some(Ok(row)),
        }
    }

    fn bytes(&self) -> u64 {
        self.buffer.file.bytes()
    }
}
