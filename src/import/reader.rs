use core::fmt::Display;
use core::iter::FusedIterator;
use std::io::Read;

use super::mapping::{Columns, check, lay};
use super::row::{Build as _, Cells, Extra, Header, Laid, Row, RowClass, Seen, Trouble};
use super::source::{self, Csv, CsvFormat, Fault, Rows, Source};
use super::{DealColumns, ImportError, Poured, Problem, RowError, Swallowed};
use crate::tally::{Pour, Reads};

/// The deals of a CSV file, one at a time.
pub type DealReader<R> = Reader<Csv<R>, DealColumns>;

/// The records of a file, one at a time: each row is a record or a [`RowError`], and none is left out but by declaration. Which records is
/// said by the mapping that it is made with.
///
/// It keeps one row in memory, and the texts that it has seen lately. Blank lines are no rows; a byte order mark is skipped.
/// After an error that a row can have, it goes on with the next; where the file cannot be read on
/// ([`Problem::Unreadable`]), it says so and ends. Behind the last row it may say that what is declared as percent seems to be shares
/// ([`Problem::OnlyShares`]).
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
    /// On which the row begins that was read last.
    line: u64,
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
    /// Lines of JSON, each an object:
    ///
    /// ```
    /// use sales_metrics::Currency;
    /// use sales_metrics::import::{DealColumns, OutcomeColumn, Reader};
    /// use serde_json::{Map, Value};
    ///
    /// let stages = OutcomeColumn::new("stage").with_won(["Won"]).with_open(["Offer"]);
    /// let columns = DealColumns::new("id", stages, Currency::USD).with_closed("closed").with_amount("value");
    ///
    /// let file = r#"{"id": "D-1", "stage": "Won", "closed": "2026-02-20", "value": 12500}
    /// {"id": "D-2", "stage": "Offer", "value": null}"#;
    /// let header = ["id", "stage", "closed", "value"];
    /// let rows = file.lines().map(|line| -> Result<Vec<String>, serde_json::Error> {
    ///     let object: Map<String, Value> = serde_json::from_str(line)?;
    ///     let cell = |name: &&str| match object.get(*name) {
    ///         None | Some(Value::Null) => String::new(),
    ///         Some(Value::String(text)) => text.clone(),
    ///         Some(other) => other.to_string(),
    ///     };
    ///     Ok(header.iter().map(cell).collect())
    /// });
    /// let rows = std::iter::once(Ok(header.map(String::from).to_vec())).chain(rows);
    /// let deals = Reader::of_rows(rows, &columns)?.collect::<Result<Vec<_>, _>>()?;
    /// assert_eq!(deals.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The cursor of a database, whose driver gives each row as cells that may be null:
    ///
    /// ```
    /// use sales_metrics::import::{Reader, RepColumns};
    ///
    /// # type Error = std::io::Error;
    /// # struct Cursor(std::vec::IntoIter<Result<Vec<Option<String>>, Error>>);
    /// # impl Cursor { fn column_names(&self) -> Vec<String> { vec!["name".to_owned(), "team".to_owned()] } }
    /// # impl Iterator for Cursor {
    /// #     type Item = Result<Vec<Option<String>>, Error>;
    /// #     fn next(&mut self) -> Option<Self::Item> { self.0.next() }
    /// # }
    /// # let query = |_: &str| Cursor(vec![Ok(vec![Some("ada".to_owned()), None])].into_iter());
    /// let cursor = query("SELECT name, team FROM reps"); // an iterator of `Result<Vec<Option<String>>, Error>`
    /// let header = cursor.column_names();
    /// let rows = cursor.map(|row| {
    ///     let cells = row?.into_iter().map(Option::unwrap_or_default);
    ///     Ok::<Vec<String>, Error>(cells.collect())
    /// });
    /// let rows = std::iter::once(Ok(header)).chain(rows);
    /// let reps = Reader::of_rows(rows, &RepColumns::new("name").with_team("team"))?.collect::<Result<Vec<_>, _>>()?;
    /// assert_eq!(reps[0].team(), None);
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
            line: 0,
        })
    }

    /// Gives the records of the rows that are left to a tally, one by one, and of each no more than it reads.
    ///
    /// ```
    /// use sales_metrics::import::{DealColumns, DealReader, OutcomeColumn};
    /// use sales_metrics::{Currency, DealTally, Period, PurchaseTally, Scope, day};
    ///
    /// let stages = OutcomeColumn::new("stage").with_won(["Won"]).with_open(["Offer"]);
    /// let columns = DealColumns::new("id", stages, Currency::USD).with_closed("closed").with_account("account").with_amount("value");
    /// let scope = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let mut both = (DealTally::new(scope), PurchaseTally::new(scope));
    ///
    /// for file in ["id,stage,closed,account,value\nD-1,Won,2026-01-20,Initech,900\n", "id,stage,closed,account,value\nD-2,Offer,,Hooli,70\n"] {
    ///     let poured = DealReader::new(file.as_bytes(), &columns)?.pour(&mut both)?;
    ///     assert_eq!(poured.records, 1);
    /// }
    /// let (deals, purchases) = both;
    /// assert_eq!(deals.totals().records()?, 2);
    /// assert_eq!(purchases.first_win()?, Some(day("2026-01-20")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where the file cannot be read to its end; [`ImportError::Refused`] at the first record that the tally does not
    /// take, as one in another currency; [`ImportError::OnlyShares`] where what is declared as percent seems to be shares. The tally has then
    /// counted the records before, which may be all.
    pub fn pour<P: Pour<C::Record>>(&mut self, into: &mut P) -> Result<Poured, ImportError> {
        let mut poured = Poured::default();
        let mut before = None;
        while let Some(row) = self.row(P::READS, |layout, cells| {
            layout.give(cells, &mut before, into)
        }) {
            match row {
                Ok(taken) => {
                    let line = self.line;
                    taken.map_err(|error| ImportError::Refused { line, error })?;
                    poured.records = poured.records.saturating_add(1);
                }
                Err(error) => poured.rejected.push(error.of_row()?),
            }
        }
        poured.left_out = self.left_out().to_vec();
        poured.rounded = self.rounded();
        poured.swallowed = self.swallowed().clone();
        Ok(poured)
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

    /// How many amounts of records lost digits so far by the rounding that is declared.
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

impl<S: Source, C: Columns> Reader<S, C> {
    /// What is made of the next row, of which so much is read.
    #[inline]
    fn row<T>(
        &mut self,
        reads: Reads,
        mut make: impl for<'a> FnMut(&'a C::Layout, &mut Cells<'a>) -> Result<T, Trouble>,
    ) -> Option<Result<T, RowError>> {
        loop {
            let next = self.source.next();
            let raw = match &next {
                None => return self.seen.percents.error().map(Err),
                Some(Ok(row)) => row,
                Some(Err(fault)) => return Some(Err(failed(fault))),
            };
            if raw.lines > 1 {
                self.swallowed.look_at(*raw, self.width);
            }
            if self.laid.left_out.takes(raw) {
                continue;
            }
            if raw.len() != self.width {
                return Some(Err(of_other_width(*raw, self.width)));
            }
            if !self.laid.virtuals.is_empty() {
                self.extra.fill(&self.laid.virtuals, *raw);
            }
            self.line = raw.line();
            let row = Row {
                raw,
                extra: &self.extra,
                class: RowClass::UNKNOWN,
            };
            let rounded = self.seen.rounded;
            let seen = &mut self.seen;
            let mut cells = Cells { row, seen, reads };
            let built = make(&self.laid.layout, &mut cells);
            if built.is_err() {
                self.seen.rounded = rounded;
            }
            return Some(built.map_err(|trouble| trouble.on(raw.line())));
        }
    }
}

impl<S: Source, C: Columns> Iterator for Reader<S, C> {
    type Item = Result<C::Record, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.row(Reads::Everything, C::Layout::build)
    }
}

impl<S: Source, C: Columns> FusedIterator for Reader<S, C> {}

#[cold]
fn failed(fault: &Fault) -> RowError {
    Trouble::of_row(fault.problem.clone()).on(fault.line)
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
