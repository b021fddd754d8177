//! The cells of a row: each is read by its meaning, and remembered where the record refuses it.

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;

use super::field::{CurrencyField, Field, LengthField, Listed, RowClass, WordField};
use super::percents::{Percent, Percents};
use super::row::{Cell, Row, label, text};
use super::seen::Seen;
use super::trouble::Trouble;
use crate::error::{Error, Undefined};
use crate::import::Problem;
use crate::import::mapping::{Answer, Meanings, meaning};
use crate::period::{Day, When};
use crate::record::Amount;
use crate::tally::Reads;
use crate::value::{AccountId, Currency, Label, Rate, RecordId, RepId};

/// A row, and what was read of the rows before.
#[allow(
    unreachable_pub,
    reason = "a hidden part of `Columns`, which older compilers don't see as reached"
)]
pub struct Cells<'a> {
    pub(in crate::import) row: Row<'a>,
    pub(in crate::import) seen: &'a mut Seen,
    /// How much of the record is read.
    pub(in crate::import) reads: Reads,
}

/// A value, and the cell that says it; no cell where the mapping does.
pub(in crate::import) struct Said<'a, V> {
    cell: Option<Cell<'a>>,
    pub(in crate::import) value: V,
}

impl<'a, V> Said<'a, V> {
    fn by(cell: Cell<'a>, value: V) -> Self {
        let cell = Some(cell);
        Self { cell, value }
    }

    /// What is made of the value; an error is one of the cell.
    pub(in crate::import) fn make<W>(
        self,
        make: impl FnOnce(V) -> Result<W, Error>,
    ) -> Result<W, Trouble> {
        let cell = self.cell;
        make(self.value).map_err(|error| refused(cell, error))
    }

    /// It stands beside another value, but only one of them can count.
    #[cold]
    pub(in crate::import) fn not_beside(&self, other: &Field) -> Trouble {
        let column = other.name().to_owned();
        self.wrong(Problem::NotBoth { column })
    }

    #[cold]
    pub(in crate::import) fn wrong(&self, problem: Problem) -> Trouble {
        match self.cell {
            Some(cell) => cell.wrong(problem),
            None => Trouble::of_row(problem),
        }
    }
}

impl Said<'_, Decimal> {
    /// So many of it. What no decimal holds is beyond what any record takes, and is refused as such.
    pub(in crate::import) fn times(self, quantity: Said<'_, Decimal>) -> Result<Self, Trouble> {
        let value = quantity.make(|quantity| {
            Amount::new(quantity).map_err(|error| error.about("quantity"))?;
            let product = self.value.checked_mul(quantity);
            product.ok_or_else(|| Undefined::OutOfRange.into())
        })?;
        let cell = self.cell;
        Ok(Self { cell, value })
    }
}

impl Said<'_, NaiveDate> {
    /// The date, if it is in the supported years; the record would find that, too, but not in which cell.
    pub(in crate::import) fn in_years(
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
fn refused(cell: Option<Cell<'_>>, error: Error) -> Trouble {
    match cell {
        Some(cell) => cell.refused(error),
        None => Trouble::of_error(error),
    }
}

/// A record with a value, if there is one.
pub(in crate::import) fn with<T, V>(
    record: T,
    said: Option<Said<'_, V>>,
    set: impl FnOnce(T, V) -> Result<T, Error>,
) -> Result<T, Trouble> {
    match said {
        Some(said) => said.make(|value| set(record, value)),
        None => Ok(record),
    }
}

/// Marks a record where the answer is yes.
pub(in crate::import) fn if_yes<R>(
    mark: fn(R) -> Result<R, Error>,
) -> impl FnOnce(R, Answer) -> Result<R, Error> {
    move |record, answer| match answer {
        Answer::Yes => mark(record),
        Answer::No => Ok(record),
    }
}

/// A value that every record needs.
pub(in crate::import) fn needed<'a, V>(
    said: Option<Said<'a, V>>,
    field: &Field,
) -> Result<Said<'a, V>, Trouble> {
    said.ok_or_else(|| missing(field))
}

/// A cell is empty that every row needs.
#[cold]
pub(in crate::import) fn missing(field: &Field) -> Trouble {
    Trouble::of_column(field.name(), b"", Problem::Missing)
}

/// A cell is empty that must not be beside another.
#[cold]
pub(in crate::import) fn missing_beside(empty: &str, other: &Field) -> Trouble {
    let column = other.name().to_owned();
    Trouble::of_column(empty, b"", Problem::MissingBeside { column })
}

/// Of which field percents are.
pub(in crate::import) type OfPercents = fn(&mut Percents) -> &mut Percent;

/// The numbers of a cell that has several, parted by a mark, and of each whether a `%` stands behind it.
fn numbers(cell: Cell<'_>, separator: char) -> Result<Vec<(Decimal, bool)>, Trouble> {
    let text = core::str::from_utf8(cell.text).unwrap_or_default();
    let mut numbers = Vec::new();
    for part in text.split(separator) {
        let part = part.trim();
        let bare = part.strip_suffix('%');
        let number = bare.map_or(part, str::trim_end);
        let number = cell.part.formats.numbers.decimal(number);
        numbers.push((number.ok_or_else(|| no_number(cell))?, bare.is_some()));
    }
    Ok(numbers)
}

#[cold]
fn no_number(cell: Cell<'_>) -> Trouble {
    let format = cell.part.formats.numbers.example();
    cell.wrong(Problem::NoNumber { format })
}

impl<'a> Cells<'a> {
    /// What a cell says; nothing where it says nothing.
    fn read<T>(
        &self,
        field: &'a Field,
        read: impl FnOnce(Cell<'a>) -> Result<T, Trouble>,
    ) -> Result<Option<Said<'a, T>>, Trouble> {
        match self.row.known(field)? {
            None => Ok(None),
            Some(cell) => read(cell).map(|value| Some(Said::by(cell, value))),
        }
    }

    /// An id, or another text that stands in few rows.
    pub(in crate::import) fn text<T>(
        &self,
        field: &'a Field,
        make: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<Option<Said<'a, T>>, Trouble> {
        let Some(cell) = self.row.known_text(field)? else {
            return Ok(None);
        };
        let value = text(cell.text, make).map_err(|error| cell.refused(error))?;
        Ok(Some(Said::by(cell, value)))
    }

    /// Several such texts, parted by a mark; one where there is none.
    pub(in crate::import) fn texts<T>(
        &self,
        field: &'a Field,
        separator: Option<char>,
        make: fn(&str) -> Result<T, Error>,
    ) -> Result<Option<Said<'a, Vec<T>>>, Trouble> {
        let Some(cell) = self.row.known_text(field)? else {
            return Ok(None);
        };
        let whole = core::str::from_utf8(cell.text).unwrap_or_default();
        let mut texts = Vec::new();
        for part in whole.split(|mark| Some(mark) == separator) {
            texts.push(make(part.trim()).map_err(|error| cell.refused(error))?);
        }
        Ok(Some(Said::by(cell, texts)))
    }

    pub(in crate::import) fn rep(
        &mut self,
        field: &'a Field,
    ) -> Result<Option<Said<'a, RepId>>, Trouble> {
        let rep = self
            .row
            .repeated(field, &mut self.seen.owners, RepId::new)?;
        Ok(rep.map(|(cell, rep)| Said::by(cell, rep)))
    }

    pub(in crate::import) fn account(
        &mut self,
        field: &'a Field,
    ) -> Result<Option<Said<'a, AccountId>>, Trouble> {
        let accounts = &mut self.seen.accounts;
        let account = self.row.repeated(field, accounts, AccountId::new)?;
        Ok(account.map(|(cell, account)| Said::by(cell, account)))
    }

    pub(in crate::import) fn label(
        &mut self,
        field: &'a Field,
    ) -> Result<Option<Said<'a, Label>>, Trouble> {
        let label = self.row.repeated(field, &mut self.seen.labels, label)?;
        Ok(label.map(|(cell, label)| Said::by(cell, label)))
    }

    /// A record with what it is grouped by; `set` adds one dimension to it.
    pub(in crate::import) fn dimensions<R>(
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

    pub(in crate::import) fn currency(
        &mut self,
        column: &'a CurrencyField,
    ) -> Result<Currency, Trouble> {
        self.row.currency(column, &mut self.seen.currency)
    }

    pub(in crate::import) fn date(
        &self,
        field: &'a Field,
    ) -> Result<Option<Said<'a, NaiveDate>>, Trouble> {
        self.read(field, |cell| {
            let dates = &cell.part.formats.dates;
            dates
                .read(cell.text)
                .ok_or_else(|| cell.wrong(dates.no_date()))
        })
    }

    /// The last day, as it is written, or as the day before one that is excluded.
    pub(in crate::import) fn last_day(
        &self,
        included: &'a Field,
        excluded: &'a Field,
    ) -> Result<Option<Said<'a, NaiveDate>>, Trouble> {
        if let Some(day) = self.date(included)? {
            return Ok(Some(day));
        }
        let day = self.date(excluded)?;
        Ok(day.map(|Said { cell, value }| {
            let value = value.pred_opt().unwrap_or(value);
            Said { cell, value }
        }))
    }

    /// An instant, or the day of one where no time is written.
    pub(in crate::import) fn when(
        &self,
        field: &'a Field,
    ) -> Result<Option<Said<'a, When>>, Trouble> {
        self.read(field, |cell| {
            let when = cell.part.formats.instants.read_when(cell.text);
            when.map_err(|problem| cell.wrong(problem))
        })
    }

    pub(in crate::import) fn number(
        &self,
        field: &'a Field,
    ) -> Result<Option<Said<'a, Decimal>>, Trouble> {
        let Some(cell) = self.row.known(field)? else {
            return Ok(None);
        };
        let number = self.row.figure(cell, Ok)?;
        Ok(number.map(|number| Said::by(cell, number)))
    }

    /// An amount of money.
    pub(in crate::import) fn money(
        &mut self,
        field: &'a Field,
        currency: Currency,
    ) -> Result<Option<Said<'a, Decimal>>, Trouble> {
        self.amount(field, currency.minor_units())
    }

    /// The same in a currency of so many decimals.
    pub(in crate::import) fn amount(
        &mut self,
        field: &'a Field,
        decimals: u32,
    ) -> Result<Option<Said<'a, Decimal>>, Trouble> {
        let Some(cell) = self.row.known(field)? else {
            return Ok(None);
        };
        let amount = self.row.money(cell, decimals, self.seen, Ok)?;
        Ok(amount.map(|amount| Said::by(cell, amount)))
    }

    /// A whole number from 0 up to a highest.
    pub(in crate::import) fn count(
        &self,
        field: &'a Field,
        most: u64,
    ) -> Result<Option<Said<'a, u64>>, Trouble> {
        let Some(Said { value, cell }) = self.number(field)? else {
            return Ok(None);
        };
        let count = Some(value).filter(Decimal::is_integer);
        let count = count.and_then(|count| u64::try_from(count).ok());
        match (count.filter(|count| *count <= most), cell) {
            (Some(value), cell) => Ok(Some(Said { cell, value })),
            (None, Some(cell)) => Err(cell.wrong(Problem::NoCount { most })),
            (None, None) => Err(Trouble::of_row(Problem::NoCount { most })),
        }
    }

    /// A share from 0 to 1.
    pub(in crate::import) fn share(
        &self,
        field: &'a Field,
    ) -> Result<Option<Said<'a, Rate>>, Trouble> {
        let Some(cell) = self.row.known(field)? else {
            return Ok(None);
        };
        let rate = self.row.figure(cell, Rate::from_fraction)?;
        Ok(rate.map(|rate| Said::by(cell, rate)))
    }

    /// A number of percents, with a `%` behind it or without.
    pub(in crate::import) fn percent(
        &mut self,
        field: &'a Field,
        of: OfPercents,
    ) -> Result<Option<Said<'a, Rate>>, Trouble> {
        let Some(cell) = self.row.known(field)? else {
            return Ok(None);
        };
        let percent = of(&mut self.seen.percents);
        let rate = self.row.percent(cell, percent, Rate::from_percent)?;
        Ok(rate.map(|rate| Said::by(cell, rate)))
    }

    /// Several shares, parted by a mark.
    pub(in crate::import) fn shares(
        &self,
        field: &'a Field,
        separator: char,
    ) -> Result<Option<Said<'a, Vec<Rate>>>, Trouble> {
        self.read(field, |cell| {
            let mut shares = Vec::new();
            for (number, has_sign) in numbers(cell, separator)? {
                if has_sign {
                    return Err(no_number(cell));
                }
                shares.push(Rate::from_fraction(number).map_err(|error| cell.refused(error))?);
            }
            Ok(shares)
        })
    }

    /// Several percents, parted by a mark.
    pub(in crate::import) fn percents(
        &mut self,
        field: &'a Field,
        separator: char,
        of: OfPercents,
    ) -> Result<Option<Said<'a, Vec<Rate>>>, Trouble> {
        let Some(cell) = self.row.known(field)? else {
            return Ok(None);
        };
        let (percent, line) = (of(&mut self.seen.percents), self.row.raw.line());
        let mut rates = Vec::new();
        for (number, has_sign) in numbers(cell, separator)? {
            percent.note((number, has_sign), (cell, line));
            rates.push(Rate::from_percent(number).map_err(|error| cell.refused(error))?);
        }
        Ok(Some(Said::by(cell, rates)))
    }

    /// A length of time, of which what is finer than a microsecond is cut.
    pub(in crate::import) fn length(
        &self,
        column: &'a LengthField,
    ) -> Result<Option<Said<'a, TimeDelta>>, Trouble> {
        match column {
            LengthField::In(unit, field) => {
                let number = self.number(field)?;
                Ok(number.map(|Said { cell, value }| {
                    let value = unit.length(value);
                    Said { cell, value }
                }))
            }
            LengthField::Clock(clock, field) => self.read(field, |cell| {
                clock.read(cell.text).ok_or_else(|| {
                    let format = clock.patterns();
                    cell.wrong(Problem::NoLength { format })
                })
            }),
        }
    }

    pub(in crate::import) fn word<T: Meanings>(
        &self,
        column: &'a WordField<T>,
    ) -> Result<Option<Said<'a, T>>, Trouble> {
        let word = self.row.word(column)?;
        Ok(word.map(|(cell, value)| Said { cell, value }))
    }

    /// What a cell means that holds one of these words, or none.
    pub(in crate::import) fn listed<T: Meanings>(
        &self,
        field: &'a Field,
        words: &Listed<T>,
    ) -> Result<Option<T>, Trouble> {
        let cell = self.row.known_text(field)?;
        let text = cell.map_or(&b""[..], |cell| cell.text);
        match (words.lexicon.meaning(text), cell) {
            (Ok(meaning), _) => Ok(meaning.and_then(|place| T::ALL.get(place).copied())),
            (Err(problem), Some(cell)) => Err(cell.wrong(problem)),
            (Err(problem), None) => Err(Trouble::of_column(field.name(), b"", problem)),
        }
    }

    /// What a word means that every row needs; it is the row's class from here on.
    #[inline]
    pub(in crate::import) fn class<T: Meanings>(
        &mut self,
        column: &'a WordField<T>,
    ) -> Result<T, Trouble> {
        let quick = self.row.quick_meaning(column);
        let quick = quick.and_then(|place| Some((place, *T::ALL.get(place)?)));
        let (place, class) = if let Some(known) = quick {
            known
        } else {
            let class = self.needed_word(column)?;
            (meaning::place(class), class)
        };
        self.row.class = u8::try_from(place).map_or(RowClass::UNKNOWN, RowClass::new);
        Ok(class)
    }

    /// What a word means, where one is needed.
    pub(in crate::import) fn needed_word<T: Meanings>(
        &self,
        column: &'a WordField<T>,
    ) -> Result<T, Trouble> {
        match self.word(column)? {
            Some(said) => Ok(said.value),
            None => Err(Trouble::of_column(column.name(), b"", Problem::Missing)),
        }
    }
}
