//! One row becomes one deal, or says why not.

use std::sync::Arc;

use csv::ByteRecord;
use rust_decimal::Decimal;

use super::layout::{CurrencyField, Field, Layout, Seen};
use super::recent::{Print, Recent};
use super::{Problem, RowError, Status};
use crate::error::{Error, shorten};
use crate::period::Day;
use crate::record::{
    AccountId, Amount, Deal, DealId, Facts, Label, Likelihood, Particulars, RepId, checked_day,
    expect_lost,
};
use crate::value::{Currency, Rate};

/// What is wrong with a row whose line is not known yet. Boxed, since a row that is right should not pay for it.
pub(super) struct Trouble(Box<RowError>);

/// A row whose outcome is known, for on that depends what its cells mean.
#[derive(Clone, Copy)]
struct Row<'a> {
    record: &'a ByteRecord,
    status: Status,
}

type Parts = (
    DealId,
    Facts,
    Option<RepId>,
    Option<AccountId>,
    Option<Arc<Particulars>>,
);

impl Layout {
    /// The item that an iterator makes of this row, written to where the iterator's caller wants it; `after` is
    /// the line after the row.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "a deal that is wrapped later is copied once more, which takes a tenth of the whole time"
    )]
    pub(super) fn item(
        &self,
        record: &ByteRecord,
        seen: &mut Seen,
        after: u64,
    ) -> Option<Result<Deal, RowError>> {
        match self.parts(record, seen) {
            Ok((id, facts, owner, account, particulars)) => {
                Some(Ok(Deal::of_parts(id, facts, owner, account, particulars)))
            }
            Err(trouble) => Some(Err(trouble.on(first_line(record, after)))),
        }
    }

    #[inline]
    fn parts(&self, record: &ByteRecord, seen: &mut Seen) -> Result<Parts, Trouble> {
        if record.len() != self.width {
            let (expected, found) = (self.width, record.len());
            return Err(Trouble::of_row(Problem::FieldCount { expected, found }));
        }
        let status = self.status(record)?;
        let row = Row { record, status };
        let cell = row.required(&self.id)?;
        let id = match DealId::quick(cell) {
            Some(id) => id,
            None => text(cell, DealId::new).map_err(|error| self.id.refuses(cell, error))?,
        };
        let facts = self.facts(row, &id, seen)?;
        let owner = row.text(self.owner.as_ref(), &mut seen.owners, RepId::new)?;
        let account = row.text(self.account.as_ref(), &mut seen.accounts, AccountId::new)?;
        let particulars = self.particulars(row, &id, &facts, seen)?;
        Ok((id, facts, owner, account, particulars))
    }

    fn status(&self, record: &ByteRecord) -> Result<Status, Trouble> {
        let cell = cell(record, &self.outcome)?;
        let print = Print::of(cell);
        let is_it = |(known, word, _): &&(Print, String, Status)| {
            known.is(&print) && (print.is_whole() || word.as_bytes() == cell)
        };
        match self.words.iter().find(is_it) {
            Some((.., status)) => Ok(*status),
            None if cell.is_empty() => Err(Trouble::of_cell(&self.outcome, cell, Problem::Missing)),
            None => Err(Trouble::of_cell(
                &self.outcome,
                cell,
                Problem::UnknownStatus,
            )),
        }
    }

    /// What tallies read.
    fn facts(&self, row: Row<'_>, id: &DealId, seen: &mut Seen) -> Result<Facts, Trouble> {
        let currency = row.currency(&self.currency, &mut seen.currency)?;
        let cell = row.required(&self.created)?;
        let created = self.day((&self.created, cell), id, "created", seen)?;
        let mut day = |field: &Option<Field>, name| match field {
            Some(field) => match row.known(field)? {
                [] => Ok(None),
                cell => self.day((field, cell), id, name, seen).map(Some),
            },
            None => Ok(None),
        };
        let closed = day(&self.closed, "close")?;
        let first_contact = day(&self.first_contact, "first contact")?;
        let expected_close = day(&self.expected_close, "expected close")?;
        let ending = row.status.ending(id, closed);
        Ok(Facts {
            created,
            ending: ending.map_err(|error| self.mismatch(row, error))?,
            first_contact,
            expected_close,
            amount: self.amount(row, self.amount.as_ref(), id, "amount")?,
            cost: self.amount(row, self.cost.as_ref(), id, "cost")?,
            list_price: self.amount(row, self.list_price.as_ref(), id, "list price")?,
            probability: self.likelihood(row, id)?,
            currency,
        })
    }

    fn mismatch(&self, row: Row<'_>, error: Error) -> Trouble {
        let field = self.closed.as_ref().unwrap_or(&self.outcome);
        field.refuses(cell(row.record, field).unwrap_or_default(), error)
    }

    fn day(
        &self,
        (field, cell): (&Field, &[u8]),
        id: &DealId,
        name: &str,
        seen: &mut Seen,
    ) -> Result<Day, Trouble> {
        seen.days.get(cell, || {
            let date = self.dates.read(cell).ok_or_else(|| {
                let format = self.dates.pattern().to_owned();
                Trouble::of_cell(field, cell, Problem::NoDate { format })
            })?;
            checked_day(id, name, date).map_err(|error| field.refuses(cell, error))
        })
    }

    /// The words to group by. They are few, so the deals of a file share them.
    fn particulars(
        &self,
        row: Row<'_>,
        id: &DealId,
        facts: &Facts,
        seen: &mut Seen,
    ) -> Result<Option<Arc<Particulars>>, Trouble> {
        if let Some(field) = &self.loss_reason {
            let cell = row.known(field)?;
            if !cell.is_empty() {
                expect_lost(id, facts.ending).map_err(|error| field.refuses(cell, error))?;
            }
        }
        seen.key.clear();
        let own = [&self.stage, &self.loss_reason].into_iter().flatten();
        for field in own.chain(self.dimensions.iter().map(|(_, field)| field)) {
            seen.key.extend_from_slice(row.known(field)?);
            // No UTF-8 has this byte in it, and nothing else is kept.
            seen.key.push(0xff);
        }
        let Seen {
            key,
            particulars,
            labels,
            ..
        } = seen;
        particulars.get(key, || self.new_particulars(row, labels))
    }

    #[cold]
    fn new_particulars(
        &self,
        row: Row<'_>,
        labels: &mut Recent<Label>,
    ) -> Result<Option<Arc<Particulars>>, Trouble> {
        let mut new = Particulars::default();
        new.stage = row.text(self.stage.as_ref(), labels, Label::new)?;
        new.loss_reason = row.text(self.loss_reason.as_ref(), labels, Label::new)?;
        for (name, field) in &self.dimensions {
            if let Some(value) = row.text(Some(field), labels, Label::new)? {
                new.dimensions.set(name.clone(), value);
            }
        }
        Ok((new != Particulars::default()).then(|| Arc::new(new)))
    }

    fn amount(
        &self,
        row: Row<'_>,
        field: Option<&Field>,
        id: &DealId,
        name: &'static str,
    ) -> Result<Option<Amount>, Trouble> {
        let Some(field) = field else {
            return Ok(None);
        };
        let cell = row.known(field)?;
        let quick = || Amount::of_units(self.numbers.units(cell, 4)?);
        self.figure(row, (field, cell), quick, |decimal| {
            Amount::new(decimal, || format!("deal {id}"), name)
        })
    }

    fn likelihood(&self, row: Row<'_>, id: &DealId) -> Result<Option<Likelihood>, Trouble> {
        if let Some(field) = &self.probability {
            let cell = row.known(field)?;
            let quick = || Likelihood::of_millionths(self.numbers.units(cell, 6)?);
            return self.figure(row, (field, cell), quick, |decimal| {
                Likelihood::new(Rate::from_fraction(decimal)?, id)
            });
        }
        let Some(field) = &self.probability_percent else {
            return Ok(None);
        };
        let whole = row.known(field)?;
        let cell = match whole.strip_suffix(b"%") {
            Some(number) if !number.is_empty() => number.trim_ascii_end(),
            _ => whole,
        };
        // A ten-thousandth of a percent is a millionth.
        let quick = || Likelihood::of_millionths(self.numbers.units(cell, 4)?);
        let likelihood = self.figure(row, (field, cell), quick, |decimal| {
            Likelihood::new(Rate::from_percent(decimal)?, id)
        });
        likelihood.map_err(|trouble| trouble.quoting(whole))
    }

    /// A number, the quick way or by way of `Decimal`, which knows all the reasons against it.
    fn figure<T>(
        &self,
        row: Row<'_>,
        (field, cell): (&Field, &[u8]),
        quick: impl Fn() -> Option<T>,
        thorough: impl Fn(Decimal) -> Result<T, Error>,
    ) -> Result<Option<T>, Trouble> {
        if cell.is_empty() {
            return Ok(None);
        }
        if !field.is_special(row.status) {
            if let Some(figure) = quick() {
                return Ok(Some(figure));
            }
        }
        let text = core::str::from_utf8(cell).ok();
        let decimal = text
            .and_then(|text| self.numbers.decimal(text))
            .ok_or_else(|| {
                let format = self.numbers.example();
                Trouble::of_cell(field, cell, Problem::NoNumber { format })
            })?;
        if field.is_unknown_number(row.status, decimal) {
            return Ok(None);
        }
        let figure = thorough(decimal);
        figure.map(Some).map_err(|error| field.refuses(cell, error))
    }
}

impl<'a> Row<'a> {
    /// The cell, or nothing where it says nothing of this deal.
    #[inline]
    fn known(self, field: &Field) -> Result<&'a [u8], Trouble> {
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
    fn required(self, field: &Field) -> Result<&'a [u8], Trouble> {
        match self.known(field)? {
            [] => Err(Trouble::of_cell(field, b"", Problem::Missing)),
            cell => Ok(cell),
        }
    }

    fn currency(
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

    fn text<T: Clone>(
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
fn cell<'a>(record: &'a ByteRecord, field: &Field) -> Result<&'a [u8], Trouble> {
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
fn text<T>(cell: &[u8], make: impl FnOnce(&str) -> Result<T, Error>) -> Result<T, Error> {
    match core::str::from_utf8(cell) {
        Ok(text) => make(text),
        Err(_) => make(""),
    }
}

impl Field {
    /// The deal does not allow what the cell says.
    #[cold]
    fn refuses(&self, cell: &[u8], error: Error) -> Trouble {
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
    fn of_cell(field: &Field, cell: &[u8], problem: Problem) -> Self {
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
    fn quoting(mut self, cell: &[u8]) -> Self {
        self.0.value = (!cell.is_empty()).then(|| shorten(&String::from_utf8_lossy(cell)));
        self
    }

    #[cold]
    pub(super) fn on(self, line: u64) -> RowError {
        RowError { line, ..*self.0 }
    }
}
