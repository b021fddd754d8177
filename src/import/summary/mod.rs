//! What came of a reading: how many rows became records, and why the others did not.

mod facts;
mod place;
mod ranges;
mod rejections;
mod rest;
mod show;
mod wire;

use crate::import::swallowed::KEPT;
use crate::import::{Imported, Problem, RowError, Swallowed};

pub use facts::Summarized;
pub use place::{Example, FileLine};
pub use ranges::{AmountRange, DateRange, KindSummary, RateRange};
pub use rejections::{Rejections, UndeclaredWords};
pub use rest::Rest;

/// What came of one reading or of several: how many records of each kind, with the ranges of their dates, amounts and rates; which rows were
/// rejected, by reason, with examples; the words that nobody declared; what was left out, rounded, or may have been swallowed by a quote.
///
/// It is filled like a tally, and adds up like one. It keeps no record, three examples of each reason and 100 words of each column, so that
/// it is as small for a long file as for a short one.
///
/// ```
/// use sales_metrics::import::{DealColumns, OutcomeColumn, Reader, Summary};
/// use sales_metrics::{Currency, DealTally, Period, Scope};
///
/// let file = "\
/// id,closed,stage,value
/// D-1,2026-02-20,Won,12500
/// D-2,2026-03-09,Won,9k
/// D-3,,Ofer,700
/// D-4,,Offer,
/// ";
/// let stages = OutcomeColumn::new("stage").with_won(["Won"]).with_open(["Offer"]);
/// let columns = DealColumns::new("id", stages, Currency::USD).with_closed("closed").with_amount("value");
/// let mut deals = DealTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
///
/// let mut summary = Summary::new();
/// let mut reader = Reader::new(file.as_bytes(), &columns)?;
/// for row in &mut reader {
///     match row {
///         Ok(deal) => {
///             summary.record(&deal);
///             deals.record(&deal)?;
///         }
///         Err(error) => summary.reject(&error),
///     }
/// }
/// summary.finish(&reader);
///
/// assert_eq!(
///     summary.to_string(),
///     "\
/// 4 rows: 2 deals, 2 rejected, 0 left out
/// deals
///   closed    1  2026-02-20
///   amount    1  12,500 USD
///   currency  2  USD
/// rejected
///   1  line 3, column \"value\": \"9k\" is no number in the format 1234.56
///   1  line 4, column \"stage\": \"Ofer\" is not declared; the words are \"Offer\", \"Won\"
/// undeclared words
///   stage  1  \"Ofer\"
/// "
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// By their names.
    kinds: Vec<KindSummary>,
    /// In the order in which they came first, as all that follows.
    rejections: Vec<Rejections>,
    undeclared: Vec<UndeclaredWords>,
    left_out: Vec<(String, u64)>,
    rounded: u64,
    swallowed: u64,
    /// The first three.
    swallowed_lines: Vec<FileLine>,
    /// The name of the file of which it is told.
    file: Option<String>,
}

impl Summary {
    /// Of nothing so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Of a file that was read into memory.
    #[must_use]
    pub fn of<R: Summarized>(imported: &Imported<R>) -> Self {
        let mut summary = Self::new();
        for record in &imported.records {
            summary.record(record);
        }
        for error in &imported.rejected {
            summary.reject(error);
        }
        summary.take_counts(&imported.left_out, imported.rounded, &imported.swallowed);
        summary
    }

    /// Of which file the rows are that it is told of from now on, until it is [finished](Self::finish): where several are read, the lines that
    /// it shows have the name of theirs.
    ///
    /// ```
    /// use sales_metrics::import::{RepColumns, Summary, pour};
    ///
    /// let mut summary = Summary::new();
    /// for (name, file) in [("reps-1.csv", "name\nada\n"), ("reps-2.csv", "name\nben\n\"\"\n")] {
    ///     summary.begin(name);
    ///     let poured = pour(file.as_bytes(), &RepColumns::new("name"), &mut summary)?;
    ///     summary.finish(&poured);
    /// }
    /// assert_eq!(
    ///     summary.to_string(),
    ///     "\
    /// 3 rows: 2 reps, 1 rejected, 0 left out
    /// rejected
    ///   1  reps-2.csv, line 3, column \"name\": the cell is empty, but every row needs it
    /// "
    /// );
    /// # Ok::<(), sales_metrics::import::ImportError>(())
    /// ```
    pub fn begin(&mut self, file: impl Into<String>) {
        self.file = Some(file.into());
    }

    /// One more row that became a record.
    pub fn record<R: Summarized>(&mut self, record: &R) {
        let at = ranges::place(&mut self.kinds, R::KIND);
        if let Some(kind) = self.kinds.get_mut(at) {
            kind.records = kind.records.saturating_add(1);
            record.tell(kind);
        }
    }

    /// One more row that did not.
    pub fn reject(&mut self, error: &RowError) {
        let example = Example {
            file: self.file.clone(),
            error: error.clone(),
        };
        rejections::add(&mut self.rejections, 1, &[example]);
        if let (Problem::UnknownWord { .. }, Some(column)) = (&error.problem, &error.column) {
            let value = error.value.as_deref().unwrap_or_default();
            let at = rejections::place(&mut self.undeclared, column);
            if let Some(words) = self.undeclared.get_mut(at) {
                words.add(value, 1);
            }
        }
    }

    /// More rows that were left out for this reason.
    pub fn leave_out(&mut self, reason: &str, rows: u64) {
        let mut known = self.left_out.iter_mut();
        match known.find(|(known, _)| known == reason) {
            Some((_, count)) => *count = count.saturating_add(rows),
            None => self.left_out.push((reason.to_owned(), rows)),
        }
    }

    /// What is left to be told of a file when its records were: of a [`Reader`](crate::import::Reader) what it left out, rounded, and found in
    /// cells of several lines; of one that was [poured](crate::import::pour) the rejected rows, too. Once, at its end.
    ///
    /// ```
    /// use sales_metrics::import::{RepColumns, Summary, pour};
    ///
    /// let mut summary = Summary::new();
    /// let poured = pour("name\nada\n\"\"\n".as_bytes(), &RepColumns::new("name"), &mut summary)?;
    /// summary.finish(&poured);
    /// assert_eq!((summary.records(), summary.rejected()), (1, 1));
    /// # Ok::<(), sales_metrics::import::ImportError>(())
    /// ```
    pub fn finish(&mut self, rest: &impl Rest) {
        rest.tell(self);
        self.file = None;
    }

    fn take_counts(&mut self, left_out: &[(String, u64)], rounded: u64, swallowed: &Swallowed) {
        for (reason, rows) in left_out {
            self.leave_out(reason, *rows);
        }
        self.rounded = self.rounded.saturating_add(rounded);
        let Swallowed { rows, lines } = swallowed;
        let file = self.file.clone();
        let lines = lines.iter().map(|line| FileLine {
            file: file.clone(),
            line: *line,
        });
        self.swallow(*rows, lines.collect());
    }

    fn swallow(&mut self, rows: u64, lines: Vec<FileLine>) {
        self.swallowed = self.swallowed.saturating_add(rows);
        let room = KEPT.saturating_sub(self.swallowed_lines.len());
        self.swallowed_lines.extend(lines.into_iter().take(room));
    }

    /// Adds what came of other files, of the same kind of records or another. Where a reason has more examples than are kept, and a column
    /// more words, those of this one stay.
    pub fn merge(&mut self, other: &Self) {
        for kind in &other.kinds {
            let at = ranges::place(&mut self.kinds, kind.kind);
            if let Some(known) = self.kinds.get_mut(at) {
                known.merge(kind);
            }
        }
        for rejections in &other.rejections {
            rejections::add(&mut self.rejections, rejections.rows, &rejections.examples);
        }
        for words in &other.undeclared {
            let at = rejections::place(&mut self.undeclared, &words.column);
            if let Some(known) = self.undeclared.get_mut(at) {
                known.merge(words);
            }
        }
        self.take_counts(&other.left_out, other.rounded, &Swallowed::default());
        self.swallow(other.swallowed, other.swallowed_lines.clone());
    }

    /// How many rows there were: records, rejected ones and those that were left out.
    #[must_use]
    pub fn rows(&self) -> u64 {
        let left_out = self.left_out.iter();
        let left_out = left_out.fold(0, |sum: u64, (_, rows)| sum.saturating_add(*rows));
        let known = self.records().saturating_add(self.rejected());
        known.saturating_add(left_out)
    }

    /// How many rows became records, of whatever kind.
    #[must_use]
    pub fn records(&self) -> u64 {
        let kinds = self.kinds.iter();
        kinds.fold(0, |sum, kind| sum.saturating_add(kind.records))
    }

    /// How many rows were rejected.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        let reasons = self.rejections.iter();
        reasons.fold(0, |sum, reason| sum.saturating_add(reason.rows))
    }

    /// The records of each kind, by the kinds' names.
    #[must_use]
    pub fn kinds(&self) -> &[KindSummary] {
        &self.kinds
    }

    /// The rejected rows by reason, the most frequent first.
    #[must_use]
    pub fn rejections(&self) -> Vec<&Rejections> {
        rejections::most_first(self.rejections.iter().collect(), |reason| reason.rows)
    }

    /// The words that the mapping does not declare, by column, the one with the most such rows first.
    #[must_use]
    pub fn undeclared(&self) -> Vec<&UndeclaredWords> {
        rejections::most_first(self.undeclared.iter().collect(), |words| words.rows)
    }

    /// The reasons for which rows were left out by declaration, and how many of each.
    #[must_use]
    pub fn left_out(&self) -> &[(String, u64)] {
        &self.left_out
    }

    /// How many amounts lost digits by the rounding that is declared.
    #[must_use]
    pub fn rounded(&self) -> u64 {
        self.rounded
    }

    /// How many rows have lines in their cells that look like rows, as those of [`Swallowed`].
    #[must_use]
    pub fn swallowed(&self) -> u64 {
        self.swallowed
    }

    /// Where the first three of them begin.
    #[must_use]
    pub fn swallowed_lines(&self) -> &[FileLine] {
        &self.swallowed_lines
    }
}
