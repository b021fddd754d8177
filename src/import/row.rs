//! What the rows of all files have in common: cells, and what is wrong with them.

use csv::ByteRecord;
use rust_decimal::Decimal;

use super::field::{CurrencyField, Field, WordField, Words};
use super::numbers::Numbers;
use super::recent::Recent;
use super::seen::Seen;
use super::{Problem, RowError};
use crate::error::{Error, shorten};
use crate::record::DealStatus;
use crate::value::Currency;

/// What makes records of rows.
#[allow(
    unreachable_pub,
    reason = "a hidden part of `Columns`, which older compilers don't see as reached"
)]
pub trait Rows<T> {
    /// The item that an iterator makes of this row, written to where the iterator's caller wants it; `after` is
    /// the line after the row.
    fn item(&self, record: &ByteRecord, seen: &mut Seen, after: u64)
    -> Option<Result<T, RowError>>;
}

/// What is wrong with a row whose line is not known yet. Boxed, since a row that is right should not pay for it.
pub(super) struct Trouble(Box<RowError>);

/// A row and, of a deal, its outcome, for on that depends what its cells mean.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) record: &'a ByteRecord,
    pub(super) status: Option<DealStatus>,
}

impl<'a> Row<'a> {
    pub(super) fn of_deal(record: &'a ByteRecord, status: DealStatus) -> Self {
        Self {
            record,
            status: Some(status),
        }
    }

    /// The cell, or nothing where it says nothing of this record.
    #[inline]
    pub(super) fn known(self, field: &Field) -> Result<&'a [u8], Trouble> {
        if !field.is_special(self.status) {
            return cell(self.record, field);
        }
        if field.is_ignored(self.status) {
            return Ok(&[]);
        }
        let cell = cell(self.record, field)?;
        let unknown = field.is_unknown(self.status, cell);
        Ok(if unknown { &[] } else { cell })
    }

    #[inline]
    pub(super) fn required(self, field: &Field) -> Result<&'a [u8], Trouble> {
        match self.known(field)? {
            [] => Err(Trouble::of_cell(field, b"", Problem::Missing)),
            cell => Ok(cell),
        }
    }

    pub(super) fn currency(
        self,
        column: &CurrencyField,
        last: &mut Option<Currency>,
    ) -> Result<Currency, Trouble> {
        let (field, cell) = match column {
            CurrencyField::Fixed(currency) => return Ok(*currency),
            CurrencyField::Column(field) => (field, self.required(field)?),
        };
        if let Some(last) = last.filter(|last| last.code().as_bytes() == cell) {
            return Ok(last);
        }
        let currency = text(cell, Currency::from_code);
        let currency = currency.map_err(|error| field.refuses(cell, error))?;
        *last = Some(currency);
        Ok(currency)
    }

    /// A number, the quick way or by way of `Decimal`, which knows all the reasons against it.
    pub(super) fn figure<T>(
        self,
        numbers: Numbers,
        (field, cell): (&Field, &[u8]),
        quick: impl Fn() -> Option<T>,
        thorough: impl Fn(Decimal) -> Result<T, Error>,
    ) -> Result<Option<T>, Trouble> {
        if cell.is_empty() {
            return Ok(None);
        }
        if !field.is_special(self.status) {
            if let Some(figure) = quick() {
                return Ok(Some(figure));
            }
        }
        let text = core::str::from_utf8(cell).ok();
        let decimal = text.and_then(|text| numbers.decimal(text)).ok_or_else(|| {
            let format = numbers.example();
            Trouble::of_cell(field, cell, Problem::NoNumber { format })
        })?;
        if field.is_unknown_number(self.status, decimal) {
            return Ok(None);
        }
        let figure = thorough(decimal);
        figure.map(Some).map_err(|error| field.refuses(cell, error))
    }

    /// What a word means; nothing where that is unknown.
    pub(super) fn word<T: Copy>(self, column: &WordField<T>) -> Result<Option<T>, Trouble> {
        match column {
            WordField::Fixed(value) => Ok(Some(*value)),
            WordField::Column(field, words) => self.meaning(field, words),
        }
    }

    pub(super) fn meaning<T: Copy>(
        self,
        field: &Field,
        words: &Words<Option<T>>,
    ) -> Result<Option<T>, Trouble> {
        let cell = self.known(field)?;
        match words.meaning(cell) {
            Some(meaning) => Ok(meaning),
            None if cell.is_empty() => Ok(None),
            None => {
                let words = words.list();
                Err(Trouble::of_cell(
                    field,
                    cell,
                    Problem::UnknownWord { words },
                ))
            }
        }
    }

    pub(super) fn text<T: Clone>(
        self,
        field: Option<&Field>,
        seen: &mut Recent<T>,
        make: fn(&str) -> Result<T, Error>,
    ) -> Result<Option<T>, Trouble> {
        let Some(field) = field else {
            return Ok(None);
        };
        let cell = self.known(field)?;
        if cell.is_empty() {
            return Ok(None);
        }
        let new = || text(cell, make).map_err(|error| field.refuses(cell, error));
        seen.get(cell, new).map(Some)
    }
}

/// The line on which a row begins, from the line after it.
#[cold]
pub(super) fn first_line(record: &ByteRecord, after: u64) -> u64 {
    let lines = record.as_slice().split(|byte| *byte == b'\n').count();
    after.saturating_sub(u64::try_from(lines).unwrap_or(u64::MAX))
}

/// A cell without the white space at its ends.
#[inline]
pub(super) fn cell<'a>(record: &'a ByteRecord, field: &Field) -> Result<&'a [u8], Trouble> {
    let raw = record.get(field.at).unwrap_or_default();
    match raw {
        [] => Ok(raw),
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => Ok(raw),
        _ => trimmed(raw, field),
    }
}

#[cold]
fn trimmed<'a>(raw: &'a [u8], field: &Field) -> Result<&'a [u8], Trouble> {
    match core::str::from_utf8(raw) {
        Ok(text) => Ok(text.trim().as_bytes()),
        Err(_) => Err(Trouble::of_cell(field, raw, Problem::NotUtf8)),
    }
}

/// An id or a label of bytes; bytes that are no UTF-8 are refused as a text that has the replacement mark in it.
pub(super) fn text<T>(
    cell: &[u8],
    make: impl FnOnce(&str) -> Result<T, Error>,
) -> Result<T, Error> {
    match core::str::from_utf8(cell) {
        Ok(text) => make(text),
        Err(_) => make(""),
    }
}

/// A number of percents without its `%`.
#[inline]
pub(super) fn without_percent(cell: &[u8]) -> &[u8] {
    match cell.strip_suffix(b"%") {
        Some(number) if !number.is_empty() => number.trim_ascii_end(),
        _ => cell,
    }
}

impl Field {
    /// The record does not allow what the cell says.
    #[cold]
    pub(super) fn refuses(&self, cell: &[u8], error: Error) -> Trouble {
        Trouble::of_cell(self, cell, Problem::Refused(Box::new(error)))
    }
}

impl Trouble {
    #[cold]
    pub(super) fn of_row(problem: Problem) -> Self {
        Self(Box::new(RowError {
            line: 0,
            column: None,
            value: None,
            problem,
        }))
    }

    /// Whatever else is wrong with a cell: bytes that are no UTF-8 come first.
    #[cold]
    pub(super) fn of_cell(field: &Field, cell: &[u8], problem: Problem) -> Self {
        let problem = match core::str::from_utf8(cell) {
            Ok(_) => problem,
            Err(_) => Problem::NotUtf8,
        };
        Self(Box::new(RowError {
            line: 0,
            column: Some(field.name.clone()),
            value: None,
            problem,
        }))
        .quoting(cell)
    }

    #[cold]
    pub(super) fn quoting(mut self, cell: &[u8]) -> Self {
        self.0.value = (!cell.is_empty()).then(|| shorten(&String::from_utf8_lossy(cell)));
        self
    }

    #[cold]
    pub(super) fn on(self, line: u64) -> RowError {
        RowError { line, ..*self.0 }
    }
}
