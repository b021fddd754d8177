//! What stands above the header.

use std::io::Read;

use memchr::{memchr, memchr_iter};

use super::csv::Csv;
use super::quotes::LONGEST_ROW;
use crate::import::{ImportError, Problem};

impl<R: Read> Csv<R> {
    /// Passes the lines above the header, and looks at its own.
    pub(super) fn start(&mut self, title_lines: u64) -> Result<(), ImportError> {
        let names_delimiter = self.names_delimiter()?;
        let above = title_lines.max(u64::from(names_delimiter));
        let mut lone_returns = false;
        for _ in 0..above {
            lone_returns = has_lone_return(self.first_line()?);
            self.pass_line()?;
        }
        while matches!(self.first_line()?, b"\n" | b"\r\n") {
            self.pass_line()?;
        }
        let header = self.first_line()?;
        if has_lone_return(header) || (header.is_empty() && lone_returns) {
            return Err(ImportError::LoneCarriageReturns);
        }
        Ok(())
    }

    /// Whether the first line is `sep=` and the declared delimiter.
    fn names_delimiter(&mut self) -> Result<bool, ImportError> {
        let declared = char::from(self.delimiter);
        match named_delimiter(self.first_line()?) {
            None => Ok(false),
            Some(found) if found == declared => Ok(true),
            Some(found) => Err(ImportError::OtherDelimiter { declared, found }),
        }
    }

    /// The line that begins here, with its end; empty at the end of the file.
    fn first_line(&mut self) -> Result<&[u8], ImportError> {
        loop {
            if let Some(at) = memchr(b'\n', self.buffer.held()) {
                let line = self.buffer.held().get(..=at);
                return Ok(line.unwrap_or_default());
            }
            if self.buffer.held().len() > LONGEST_ROW {
                return Err(self.too_long());
            }
            let more = self.buffer.more();
            if !more.map_err(|error| unreadable(self.line, &error))? {
                return Ok(&[]);
            }
        }
    }

    fn pass_line(&mut self) -> Result<(), ImportError> {
        let length = self.first_line()?.len();
        self.buffer.pass(length);
        self.line += u64::from(length > 0);
        Ok(())
    }

    #[cold]
    fn too_long(&self) -> ImportError {
        if has_lone_return(self.buffer.held()) {
            return ImportError::LoneCarriageReturns;
        }
        unreadable(self.line, &Problem::LongRow)
    }
}

pub(super) fn unreadable(line: u64, problem: &impl ToString) -> ImportError {
    ImportError::Unreadable {
        line,
        problem: problem.to_string(),
    }
}

fn has_lone_return(line: &[u8]) -> bool {
    let next = |at: usize| line.get(at.saturating_add(1)).copied();
    memchr_iter(b'\r', line).any(|at| next(at) != Some(b'\n'))
}

/// What `sep=;` names, in quotes or without.
fn named_delimiter(line: &[u8]) -> Option<char> {
    let line = core::str::from_utf8(line).ok()?;
    let line = line.trim_end_matches(['\r', '\n']);
    let quoted = line.strip_prefix('"');
    let line = quoted.map_or(Some(line), |line| line.strip_suffix('"'))?;
    let (key, value) = line.split_at_checked(4)?;
    let mut marks = value.chars();
    let mark = marks.next().filter(|_| marks.next().is_none());
    mark.filter(|_| key.eq_ignore_ascii_case("sep="))
}
