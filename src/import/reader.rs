use core::fmt::Display;
use core::iter::FusedIterator;
use std::io::Read;

use super::mapping::{Columns, check, lay};
use super::row::{Build as _, Cells, Extra, Header, Laid, Row, Seen, Trouble};
use super::source::{self, Csv, CsvFormat, Fault, Rows, Source};
use super::{DealColumns, ImportError, Problem, RowError, Swallowed};

/// The deals of a CSV file, one at a time.
pub type DealReader<R> = Reader<Csv<R>, DealColumns>;

/// The records of a file, one at a time: each row is a record or a [`RowError`], and none is left out but by declaration. Which records is
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
pub struct Reader<S, C: Columns> {
    source: S,
    /// How many cells every row has.
    width: usize,
    laid: Laid<C::Layout>,
    seen: Seen,
    extra: Extra,
    swallowed: Swallowed,
}

impl<R: Read, C: Columns> Reader<Csv<R>, C> {
    /// Of a CSV file: reads the header, and finds the columns in it.
    ///
    /// # Errors
    /// [`ImportError`]: a mapping that contradicts itself, columns that are missing or named twice, a file that is empty, is no text or
    /// cannot be read.
    pub fn new(file: R, columns: &C) -> Result<Self, ImportError> {
        check(columns)?;
        let format = &columns.mapping().format;
        let source = Csv::new(
            file,
            &CsvFormat {
                delimiter: format.delimiter()?,
                encoding: format.encoding,
                title_lines: format.title_lines.unwrap_or(0),
            },
        )?;
        Self::of_source(source, columns)
    }
}

impl<I, T, E, C> Reader<Rows<I>, C>
where
    I: Iterator<Item = Result<T, E>>,
    T: IntoIterator<Item: AsRef<str>>,
    E: Display,
    C: Columns,
{
    /// Of any iterator of rows: a header, then cells as texts. What says how a file is written, as its delimiter, is not read.
    ///
    /// ```
    /// use core::convert::Infallible;
    /// use sales_metrics::import::{Reader, RepColumns};
    ///
    /// let rows = [["name", "team"], ["ada", "north"]].map(Ok::<_, Infallible>);
    /// let mut reps = Reader::of_rows(rows, &RepColumns::new("name").with_team("team"))?;
    /// assert_eq!(reps.next().expect("a row")?.id().as_str(), "ada");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`new`](Self::new). A row that cannot be read, whose error this quotes, ends the reading.
    pub fn of_rows(
        rows: impl IntoIterator<IntoIter = I>,
        columns: &C,
    ) -> Result<Self, ImportError> {
        check(columns)?;
        Self::of_source(Rows::new(rows.into_iter()), columns)
    }
}

impl<S: Source, C: Columns> Reader<S, C> {
    fn of_source(mut source: S, columns: &C) -> Result<Self, ImportError> {
        let names = source::header(&mut source)?;
        let header = Header::new(&names, columns.mapping().format.delimiter_mark());
        Ok(Self {
            source,
            width: header.width(),
            laid: lay(columns, Some(&header))?,
            seen: Seen::new(),
            extra: Extra::default(),
            swallowed: Swallowed::default(),
        })
    }

    /// How many bytes were read so far: for a bar.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.source.bytes()
    }

    /// The rows that were left out so far by declaration: the reasons, in the order of the mapping, and how many rows of each.
    #[must_use]
    pub fn left_out(&self) -> &[(String, u64)] {
        &self.laid.left_out.counts
    }

    /// How many amounts lost digits so far by the rounding that is declared.
    #[must_use]
    pub fn rounded(&self) -> u64 {
        self.seen.rounded
    }

    /// The rows so far with lines in their cells that look like rows, whatever became of them.
    #[must_use]
    pub fn swallowed(&self) -> &Swallowed {
        &self.swallowed
    }
}

impl<S: Source, C: Columns> Iterator for Reader<S, C> {
    type Item = Result<C::Record, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let raw = match self.source.next()? {
                Ok(row) => row,
                Err(fault) => return Some(Err(failed(fault))),
            };
            if raw.lines > 1 {
                self.swallowed.look_at(raw, self.width);
            }
            if self.laid.left_out.takes(raw) {
                continue;
            }
            if raw.len() != self.width {
                return Some(Err(of_other_width(raw, self.width)));
            }
            if !self.laid.virtuals.is_empty() {
                self.extra.fill(&self.laid.virtuals, raw);
            }
            let row = Row {
                raw,
                extra: &self.extra,
                class: None,
            };
            let seen = &mut self.seen;
            let built = self.laid.layout.build(&mut Cells { row, seen });
            return Some(built.map_err(|trouble| trouble.on(raw.line())));
        }
    }
}

impl<S: Source, C: Columns> FusedIterator for Reader<S, C> {}

#[cold]
fn failed(fault: Fault) -> RowError {
    Trouble::of_row(fault.problem).on(fault.line)
}

#[cold]
fn of_other_width(row: source::Row<'_>, expected: usize) -> RowError {
    let problem = Problem::FieldCount {
        expected,
        found: row.len(),
        swallowed: row.lines_like_rows(expected),
    };
    Trouble::of_row(problem).on(row.line())
}
