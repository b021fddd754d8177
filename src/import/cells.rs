//! The cells of a row that becomes anything but a deal: each is read by its meaning, and remembered where the record refuses it.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use csv::ByteRecord;
use rust_decimal::Decimal;

use super::field::{CurrencyField, Field, LengthField, WordField, Words};
use super::format::Formats;
use super::row::{Row, Rows, Trouble, first_line, text, without_percent};
use super::seen::Seen;
use super::{Problem, RowError};
use crate::error::Error;
use crate::period::Day;
use crate::value::{AccountId, Currency, Label, Rate, RecordId, RepId};

/// What makes a record of the cells of a row.
pub(super) trait Build<T> {
    fn formats(&self) -> &Formats;

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<T, Trouble>;
}

impl<T, B: Build<T>> Rows<T> for B {
    fn item(
        &self,
        record: &ByteRecord,
        seen: &mut Seen,
        after: u64,
    ) -> Option<Result<T, RowError>> {
        let mut cells = Cells {
            row: Row {
                record,
                status: None,
            },
            formats: self.formats(),
            seen,
        };
        let built = self.build(&mut cells);
        Some(built.map_err(|trouble| trouble.on(first_line(record, after))))
    }
}

/// A row, and how it is read.
pub(super) struct Cells<'a> {
    row: Row<'a>,
    formats: &'a Formats,
    seen: &'a mut Seen,
}

/// A value, and the cell that says it; no cell where the mapping does.
pub(super) struct Said<'a, V> {
    cell: Option<(&'a Field, &'a [u8])>,
    pub(super) value: V,
}

impl<'a, V> Said<'a, V> {
    fn by(field: &'a Field, cell: &'a [u8], value: V) -> Self {
        let cell = Some((field, cell));
        Self { cell, value }
    }

    /// What is made of the value; an error is one of the cell.
    pub(super) fn make<W>(self, make: impl FnOnce(V) -> Result<W, Error>) -> Result<W, Trouble> {
        let cell = self.cell;
        make(self.value).map_err(|error| refused(cell, error))
    }
}

impl Said<'_, NaiveDate> {
    /// The date, if it is in the supported years; the record would find that, too, but not in which cell.
    pub(super) fn in_years(
        self,
        record: impl Into<RecordId>,
        name: &'static str,
    ) -> Result<NaiveDate, Trouble> {
        self.make(|date| {
            let day = Day::new(date).map_err(|error| error.about(name).of(record))?;
            Ok(day.date())
        })
    }
}

/// The record does not allow what the cell says, or the mapping.
#[cold]
fn refused(cell: Option<(&Field, &[u8])>, error: Error) -> Trouble {
    match cell {
        Some((field, cell)) => field.refuses(cell, error),
        None => Trouble::of_row(Problem::Refused(Box::new(error))),
    }
}

/// A record with a value, if there is one.
pub(super) fn with<T, V>(
    record: T,
    said: Option<Said<'_, V>>,
    set: impl FnOnce(T, V) -> Result<T, Error>,
) -> Result<T, Trouble> {
    match said {
        Some(said) => said.make(|value| set(record, value)),
        None => Ok(record),
    }
}

/// A value that every record needs.
pub(super) fn needed<'a, V>(
    said: Option<Said<'a, V>>,
    field: &Field,
) -> Result<Said<'a, V>, Trouble> {
    said.ok_or_else(|| missing(field))
}

/// A cell is empty that every row needs.
#[cold]
pub(super) fn missing(field: &Field) -> Trouble {
    Trouble::of_cell(field, b"", Problem::Missing)
}

/// A cell is empty that must not be beside another.
#[cold]
pub(super) fn missing_beside(empty: &Field, other: &Field) -> Trouble {
    let column = other.name.clone();
    Trouble::of_cell(empty, b"", Problem::MissingBeside { column })
}

impl<'a> Cells<'a> {
    /// An id, or another text that stands in few rows.
    pub(super) fn text<T>(
        &self,
        field: &'a Field,
        make: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<Option<Said<'a, T>>, Trouble> {
        self.read(field, |cell| {
            text(cell, make).map_err(|error| field.refuses(cell, error))
        })
    }

    /// Several such texts, parted by a mark; one where there is none.
    pub(super) fn texts<T>(
        &self,
        field: &'a Field,
        separator: Option<char>,
        make: fn(&str) -> Result<T, Error>,
    ) -> Result<Option<Said<'a, Vec<T>>>, Trouble> {
        self.read(field, |cell| {
            let whole = core::str::from_utf8(cell).unwrap_or_default();
            let mut texts = Vec::new();
            for part in whole.split(|mark| Some(mark) == separator) {
                texts.push(make(part.trim()).map_err(|error| field.refuses(cell, error))?);
            }
            Ok(texts)
        })
    }

    pub(super) fn rep(&mut self, field: &'a Field) -> Result<Option<Said<'a, RepId>>, Trouble> {
        let reps = &mut self.seen.owners;
        let rep = self.row.text(Some(field), reps, RepId::new)?;
        self.said(field, rep)
    }

    pub(super) fn account(
        &mut self,
        field: &'a Field,
    ) -> Result<Option<Said<'a, AccountId>>, Trouble> {
        let accounts = &mut self.seen.accounts;
        let account = self.row.text(Some(field), accounts, AccountId::new)?;
        self.said(field, account)
    }

    pub(super) fn label(&mut self, field: &'a Field) -> Result<Option<Said<'a, Label>>, Trouble> {
        let labels = &mut self.seen.labels;
        let label = self.row.text(Some(field), labels, Label::new)?;
        self.said(field, label)
    }

    /// A record with what it is grouped by; `set` adds one dimension to it.
    pub(super) fn dimensions<R>(
        &mut self,
        mut record: R,
        fields: &'a [(Label, Field)],
        set: impl Fn(R, &'a Label, Label) -> Result<R, Error>,
    ) -> Result<R, Trouble> {
        for (name, field) in fields {
            let value = self.label(field)?;
            record = with(record, value, |record, value| set(record, name, value))?;
        }
        Ok(record)
    }

    pub(super) fn currency(&mut self, column: &CurrencyField) -> Result<Currency, Trouble> {
        self.row.currency(column, &mut self.seen.currency)
    }

    pub(super) fn date(&self, field: &'a Field) -> Result<Option<Said<'a, NaiveDate>>, Trouble> {
        let dates = &self.formats.dates;
        self.read(field, |cell| {
            let date = dates.read(cell);
            date.ok_or_else(|| Trouble::of_cell(field, cell, dates.no_date()))
        })
    }

    pub(super) fn instant(
        &self,
        field: &'a Field,
    ) -> Result<Option<Said<'a, DateTime<FixedOffset>>>, Trouble> {
        self.read(field, |cell| {
            let instant = self.formats.instants.read_instant(cell);
            instant.map_err(|problem| Trouble::of_cell(field, cell, problem))
        })
    }

    pub(super) fn number(&self, field: &'a Field) -> Result<Option<Said<'a, Decimal>>, Trouble> {
        let cell = self.row.known(field)?;
        let number = self.decimal(field, cell)?;
        Ok(number.map(|number| Said::by(field, cell, number)))
    }

    /// A whole number from 0 up to a highest.
    pub(super) fn count(
        &self,
        field: &'a Field,
        most: u64,
    ) -> Result<Option<Said<'a, u64>>, Trouble> {
        let Some(Said { value, .. }) = self.number(field)? else {
            return Ok(None);
        };
        let cell = self.row.known(field)?;
        let count = Some(value).filter(Decimal::is_integer);
        let count = count.and_then(|count| u64::try_from(count).ok());
        match count.filter(|count| *count <= most) {
            Some(count) => Ok(Some(Said::by(field, cell, count))),
            None => Err(Trouble::of_cell(field, cell, Problem::NoCount { most })),
        }
    }

    /// A number of percents, with a `%` behind it or without.
    pub(super) fn percent(&self, field: &'a Field) -> Result<Option<Said<'a, Rate>>, Trouble> {
        let whole = self.row.known(field)?;
        let number = self
            .decimal(field, without_percent(whole))
            .map_err(|trouble| trouble.quoting(whole))?;
        let Some(number) = number else {
            return Ok(None);
        };
        let rate = Rate::from_percent(number).map_err(|error| field.refuses(whole, error))?;
        Ok(Some(Said::by(field, whole, rate)))
    }

    /// Several percents, parted by a mark.
    pub(super) fn percents(
        &self,
        field: &'a Field,
        separator: char,
    ) -> Result<Option<Said<'a, Vec<Rate>>>, Trouble> {
        let numbers = self.formats.numbers;
        self.read(field, |cell| {
            let text = core::str::from_utf8(cell).unwrap_or_default();
            let mut rates = Vec::new();
            for part in text.split(separator) {
                let part = part.trim();
                let number = part.strip_suffix('%').map_or(part, str::trim_end);
                let number = numbers
                    .decimal(number)
                    .ok_or_else(|| no_number(field, cell, numbers.example()))?;
                rates.push(Rate::from_percent(number).map_err(|error| field.refuses(cell, error))?);
            }
            Ok(rates)
        })
    }

    /// A length of time, of which what is finer than a microsecond is cut.
    pub(super) fn length(
        &self,
        column: &'a LengthField,
    ) -> Result<Option<Said<'a, TimeDelta>>, Trouble> {
        let number = self.number(&column.field)?;
        Ok(number.map(|Said { cell, value }| {
            let value = column.unit.length(value);
            Said { cell, value }
        }))
    }

    pub(super) fn word<T: Copy>(
        &self,
        column: &'a WordField<T>,
    ) -> Result<Option<Said<'a, T>>, Trouble> {
        match column {
            WordField::Fixed(value) => {
                let (cell, value) = (None, *value);
                Ok(Some(Said { cell, value }))
            }
            WordField::Column(field, words) => self.meaning(field, words),
        }
    }

    /// What a word means, where one is needed; what is wrong where there is none.
    pub(super) fn needed_word<T: Copy>(
        &self,
        column: &'a WordField<T>,
        missing: impl FnOnce(&Field) -> Trouble,
    ) -> Result<T, Trouble> {
        match column {
            WordField::Fixed(value) => Ok(*value),
            WordField::Column(field, words) => match self.meaning(field, words)? {
                Some(said) => Ok(said.value),
                None => Err(missing(field)),
            },
        }
    }

    fn meaning<T: Copy>(
        &self,
        field: &'a Field,
        words: &Words<Option<T>>,
    ) -> Result<Option<Said<'a, T>>, Trouble> {
        let meaning = self.row.meaning(field, words)?;
        self.said(field, meaning)
    }

    /// Two cells are not empty of which only one can count.
    #[cold]
    pub(super) fn not_both(&self, field: &Field, other: &Field) -> Trouble {
        let column = other.name.clone();
        let cell = self.row.known(field).unwrap_or_default();
        Trouble::of_cell(field, cell, Problem::NotBoth { column })
    }

    fn decimal(&self, field: &Field, cell: &[u8]) -> Result<Option<Decimal>, Trouble> {
        let numbers = self.formats.numbers;
        self.row.figure(numbers, (field, cell), || None, Ok)
    }

    /// What a cell says; nothing where it says nothing.
    fn read<T>(
        &self,
        field: &'a Field,
        read: impl FnOnce(&'a [u8]) -> Result<T, Trouble>,
    ) -> Result<Option<Said<'a, T>>, Trouble> {
        match self.row.known(field)? {
            [] => Ok(None),
            cell => read(cell).map(|value| Some(Said::by(field, cell, value))),
        }
    }

    fn said<T>(&self, field: &'a Field, value: Option<T>) -> Result<Option<Said<'a, T>>, Trouble> {
        let cell = self.row.known(field)?;
        Ok(value.map(|value| Said::by(field, cell, value)))
    }
}

#[cold]
fn no_number(field: &Field, cell: &[u8], format: String) -> Trouble {
    Trouble::of_cell(field, cell, Problem::NoNumber { format })
}
