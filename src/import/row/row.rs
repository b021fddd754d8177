//! A row: its cells, and what they mean.

use rust_decimal::Decimal;

use super::field::{CurrencyField, Field, Part, RowClass, WordField};
use super::formats::Formats;
use super::percents::Percent;
use super::recent::Recent;
use super::seen::Seen;
use super::trouble::Trouble;
use crate::error::Error;
use crate::import::Problem;
use crate::import::head::Short;
use crate::import::mapping::Meanings;
use crate::import::source::Row as RawRow;
use crate::import::spaces::without_spaces_behind;
use crate::value::{Currency, Label};

/// A cell that is made of others, behind those of the file.
pub(in crate::import) enum Virtual {
    /// Two cells, with a space between them; nothing where the first says nothing.
    Joined(usize, usize),
    /// This text and the line.
    Line(String),
}

/// Which of two joined cells say something, if not both do.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Half {
    #[default]
    Both,
    First,
    Second,
}

/// The cells that are made of others, of one row.
#[derive(Default)]
pub(in crate::import) struct Extra {
    cells: Vec<(Vec<u8>, Half)>,
    /// At which place the first of them stands.
    from: usize,
}

impl Extra {
    pub(in crate::import) fn fill(&mut self, virtuals: &[Virtual], row: RawRow<'_>) {
        self.from = row.len();
        self.cells.resize_with(virtuals.len(), Default::default);
        for ((cell, half), made) in self.cells.iter_mut().zip(virtuals) {
            cell.clear();
            match made {
                Virtual::Line(before) => {
                    cell.extend_from_slice(before.as_bytes());
                    cell.extend_from_slice(row.line().to_string().as_bytes());
                }
                Virtual::Joined(first, second) => {
                    let [first, second] = [*first, *second].map(|at| row.cell(at).trim_ascii());
                    *half = match (first.is_empty(), second.is_empty()) {
                        (false, true) => Half::First,
                        (true, false) => Half::Second,
                        _ => Half::Both,
                    };
                    cell.extend_from_slice(first);
                    if !first.is_empty() && !second.is_empty() {
                        cell.push(b' ');
                        cell.extend_from_slice(second);
                    }
                }
            }
        }
    }

    #[cold]
    fn cell(&self, at: usize) -> &[u8] {
        self.made(at).map_or(&[], |(cell, _)| cell)
    }

    fn half(&self, at: usize) -> Half {
        self.made(at).map_or(Half::Both, |(_, half)| *half)
    }

    fn made(&self, at: usize) -> Option<&(Vec<u8>, Half)> {
        self.cells.get(at.checked_sub(self.from)?)
    }
}

/// A row and its class, for on that depends what its cells mean: of a deal its status, of an activity its kind.
#[derive(Clone, Copy)]
pub(in crate::import) struct Row<'a> {
    pub(in crate::import) raw: &'a RawRow<'a>,
    pub(in crate::import) extra: &'a Extra,
    pub(in crate::import) class: RowClass,
}

/// What a cell says, as far as a quick look tells.
pub(in crate::import) enum Quick<T> {
    Says(T),
    Nothing,
    /// A thorough look is needed.
    Untold,
}

impl<T> Quick<T> {
    /// The same, or what a thorough look tells.
    #[inline]
    pub(in crate::import) fn or(
        self,
        thorough: impl FnOnce() -> Result<Option<T>, Trouble>,
    ) -> Result<Option<T>, Trouble> {
        match self {
            Self::Says(value) => Ok(Some(value)),
            Self::Nothing => Ok(None),
            Self::Untold => thorough(),
        }
    }
}

/// What a cell says, and the column that it is of. It says something: it is not empty.
#[derive(Clone, Copy)]
pub(in crate::import) struct Cell<'a> {
    pub(in crate::import) part: &'a Part,
    pub(in crate::import) text: &'a [u8],
}

impl Cell<'_> {
    /// The record does not allow what it says.
    #[cold]
    pub(in crate::import) fn refused(self, error: Error) -> Trouble {
        self.wrong(Problem::Refused(Box::new(error)))
    }

    #[cold]
    pub(in crate::import) fn wrong(self, problem: Problem) -> Trouble {
        Trouble::of_cell(self.part, self.text, problem)
    }
}

impl<'a> Row<'a> {
    /// The cell of a column, or nothing where it says nothing of this record.
    fn of(self, part: &'a Part) -> Result<Option<Cell<'a>>, Trouble> {
        if part.is_special(self.class) {
            return self.special(part);
        }
        let text = self.text(part)?;
        if let Some(second) = &part.second {
            if self.extra.half(part.at) == Half::Second {
                let column = second.clone();
                return Err(Trouble::of_cell(
                    part,
                    b"",
                    Problem::MissingBeside { column },
                ));
            }
        }
        Ok((!text.is_empty()).then_some(Cell { part, text }))
    }

    /// As [`known`](Self::known), of a text: of one that stands in two columns no half is enough.
    #[inline]
    pub(in crate::import) fn known_text(
        &self,
        field: &'a Field,
    ) -> Result<Option<Cell<'a>>, Trouble> {
        let cell = self.known(field)?;
        if let Some(cell) = cell {
            if let Some(second) = &cell.part.second {
                self.expect_whole(cell, second)?;
            }
        }
        Ok(cell)
    }

    #[cold]
    fn expect_whole(self, cell: Cell<'a>, second: &str) -> Result<(), Trouble> {
        if self.extra.half(cell.part.at) != Half::First {
            return Ok(());
        }
        let column = cell.part.name.clone();
        let problem = Problem::MissingBeside { column };
        Err(Trouble::of_column(second, b"", problem))
    }

    fn special(self, part: &'a Part) -> Result<Option<Cell<'a>>, Trouble> {
        if part.is_ignored(self.class) {
            return Ok(None);
        }
        let text = part.meaning(self.class, self.text(part)?);
        Ok((!text.is_empty()).then_some(Cell { part, text }))
    }

    /// A cell without the white space at its ends.
    #[inline]
    fn text(self, part: &Part) -> Result<&'a [u8], Trouble> {
        let raw = if part.at < self.raw.len() {
            self.raw.cell(part.at)
        } else {
            self.extra.cell(part.at)
        };
        match raw {
            [] => Ok(raw),
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => Ok(raw),
            _ => trimmed(raw).ok_or_else(|| Trouble::of_cell(part, raw, Problem::NotUtf8)),
        }
    }

    /// What a column says, the quick way: most columns are one of the file whose cells are short, and mean what they say.
    #[inline]
    pub(in crate::import) fn quick<T>(
        &self,
        field: &'a Field,
        read: impl FnOnce(Short<'a>, &'a Formats) -> Option<T>,
    ) -> Quick<T> {
        match field.parts.as_slice() {
            [] => Quick::Nothing,
            [part] if !part.is_special(self.class) => match self.raw.short(part.at) {
                Some(cell) if cell.is_empty() => Quick::Nothing,
                Some(cell) => read(cell, &part.formats).map_or(Quick::Untold, Quick::Says),
                None => Quick::Untold,
            },
            _ => Quick::Untold,
        }
    }

    /// Whether a column says something, as far as that is told at once.
    #[inline]
    pub(in crate::import) fn begins(&self, field: &Field) -> bool {
        match field.parts.as_slice() {
            [part] => {
                let first = self.raw.cell(part.at).first();
                first.is_some_and(u8::is_ascii_graphic)
            }
            _ => false,
        }
    }

    /// What the first of its columns says that says something.
    #[inline]
    pub(in crate::import) fn known(&self, field: &'a Field) -> Result<Option<Cell<'a>>, Trouble> {
        if field.parts.is_empty() {
            return Ok(None);
        }
        self.known_of(&field.parts)
    }

    fn known_of(&self, parts: &'a [Part]) -> Result<Option<Cell<'a>>, Trouble> {
        match parts {
            // Most cells are of this kind.
            [part] if part.is_plain() => match self.raw.cell(part.at) {
                text @ [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => {
                    Ok(Some(Cell { part, text }))
                }
                _ => self.of(part),
            },
            parts => self.first(parts),
        }
    }

    fn first(self, parts: &'a [Part]) -> Result<Option<Cell<'a>>, Trouble> {
        for part in parts {
            if let Some(cell) = self.of(part)? {
                return Ok(Some(cell));
            }
        }
        Ok(None)
    }

    /// What stands in its first column, whatever it means.
    pub(in crate::import) fn written(self, field: &'a Field) -> &'a [u8] {
        let part = field.parts.first();
        part.and_then(|part| self.text(part).ok())
            .unwrap_or_default()
    }

    /// A text that every row needs.
    #[inline]
    pub(in crate::import) fn required(self, field: &'a Field) -> Result<Cell<'a>, Trouble> {
        match self.known_text(field)? {
            Some(cell) => Ok(cell),
            None => Err(super::cells::missing(field)),
        }
    }

    #[inline]
    pub(in crate::import) fn currency(
        self,
        column: &'a CurrencyField,
        last: &mut Option<Currency>,
    ) -> Result<Currency, Trouble> {
        match column.fixed {
            Some(currency) => Ok(currency),
            None => self.own_currency(column, last),
        }
    }

    fn own_currency(
        self,
        column: &'a CurrencyField,
        last: &mut Option<Currency>,
    ) -> Result<Currency, Trouble> {
        let cell = self.required(&column.field)?;
        if let Some(last) = last.filter(|last| last.code().as_bytes() == cell.text) {
            return Ok(last);
        }
        let code = |code: &str| Currency::from_code(&code.to_ascii_uppercase());
        let known = text(cell.text, code).ok();
        let currency = match known {
            Some(currency) => currency,
            // It says what stands there.
            None => text(cell.text, Currency::from_code).map_err(|error| cell.refused(error))?,
        };
        *last = Some(currency);
        Ok(currency)
    }

    /// What is made of a number.
    pub(in crate::import) fn figure<T>(
        self,
        cell: Cell<'a>,
        make: impl Fn(Decimal) -> Result<T, Error>,
    ) -> Result<Option<T>, Trouble> {
        let Some(decimal) = self.decimal(cell)? else {
            return Ok(None);
        };
        make(decimal).map(Some).map_err(|error| cell.refused(error))
    }

    /// The same, of a number of percents, with a `%` behind it or without.
    pub(in crate::import) fn percent<T>(
        self,
        cell: Cell<'a>,
        percent: &mut Percent,
        make: impl Fn(Decimal) -> Result<T, Error>,
    ) -> Result<Option<T>, Trouble> {
        let bare = without_percent(cell);
        let number = self.decimal(bare);
        let number = number.map_err(|trouble| trouble.quoting(cell.text))?;
        let Some(number) = number else {
            return Ok(None);
        };
        let has_sign = bare.text.len() < cell.text.len();
        percent.note((number, has_sign), (cell, self.raw.line()));
        make(number).map(Some).map_err(|error| cell.refused(error))
    }

    /// The same, of an amount of money in a currency of so many decimals.
    pub(in crate::import) fn money<T>(
        self,
        cell: Cell<'a>,
        decimals: u32,
        seen: &mut Seen,
        make: impl Fn(Decimal) -> Result<T, Error>,
    ) -> Result<Option<T>, Trouble> {
        let Some(decimal) = self.decimal(cell)? else {
            return Ok(None);
        };
        let numbers = &cell.part.formats.numbers;
        let Some(amount) = numbers.amount(decimal, decimals) else {
            let format = numbers.example();
            return Err(cell.wrong(Problem::NoNumber { format }));
        };
        seen.rounded += u64::from(amount.is_rounded);
        make(amount.value)
            .map(Some)
            .map_err(|error| cell.refused(error))
    }

    /// Nothing where the number means that it is unknown.
    fn decimal(self, cell: Cell<'a>) -> Result<Option<Decimal>, Trouble> {
        let numbers = &cell.part.formats.numbers;
        let text = core::str::from_utf8(cell.text).ok();
        let decimal = text.and_then(|text| numbers.decimal(text)).ok_or_else(|| {
            let format = numbers.example();
            cell.wrong(Problem::NoNumber { format })
        })?;
        let is_unknown = cell.part.is_unknown_number(self.class, decimal);
        Ok((!is_unknown).then_some(decimal))
    }

    /// At which place among all of its kind the meaning of a word stands, the quick way; none says nothing.
    #[inline]
    pub(super) fn quick_meaning<T>(&self, column: &WordField<T>) -> Option<usize> {
        let [word] = column.parts.as_slice() else {
            return None;
        };
        word.quick.meaning(self.raw.short(word.part.at)?)
    }

    /// What a word means, and the cell that says it; nothing where that is unknown.
    pub(in crate::import) fn word<T: Meanings>(
        self,
        column: &'a WordField<T>,
    ) -> Result<Option<(Option<Cell<'a>>, T)>, Trouble> {
        let found = match column.fixed {
            Some(fixed) => Some((None, fixed)),
            None => self.meaning(column)?,
        };
        Ok(found.and_then(|(cell, place)| Some((cell, *T::ALL.get(place)?))))
    }

    fn meaning<T>(
        self,
        column: &'a WordField<T>,
    ) -> Result<Option<(Option<Cell<'a>>, usize)>, Trouble> {
        for word in &column.parts {
            let part = &word.part;
            if part.is_ignored(self.class) {
                continue;
            }
            let text = self.text(part)?;
            let meaning = word.lexicon.meaning(text);
            let meaning = meaning.map_err(|problem| Trouble::of_cell(part, text, problem))?;
            if let Some(meaning) = meaning {
                return Ok(Some((Some(Cell { part, text }), meaning)));
            }
        }
        Ok(None)
    }

    /// What the columns of words say, as it stands there.
    pub(in crate::import) fn key_of_words<T>(
        self,
        column: &WordField<T>,
        seen: &mut Seen,
    ) -> Result<(), Trouble> {
        for word in &column.parts {
            let is_read = !word.part.is_ignored(self.class);
            seen.key_of_text(if is_read { self.text(&word.part)? } else { &[] });
        }
        Ok(())
    }

    /// A text that repeats from row to row.
    pub(in crate::import) fn repeated<T: Clone>(
        self,
        field: &'a Field,
        seen: &mut Recent<T>,
        make: fn(&str) -> Result<T, Error>,
    ) -> Result<Option<(Cell<'a>, T)>, Trouble> {
        let Some(cell) = self.known_text(field)? else {
            return Ok(None);
        };
        again(cell, seen, make).map(|value| Some((cell, value)))
    }
}

/// What such a text comes to.
pub(in crate::import) fn again<T: Clone>(
    cell: Cell<'_>,
    seen: &mut Recent<T>,
    make: fn(&str) -> Result<T, Error>,
) -> Result<T, Trouble> {
    let new = || text(cell.text, make).map_err(|error| cell.refused(error));
    seen.get(cell.text, new)
}

/// A label of a text, of which it takes what it can: line breaks, tabs and further spaces are one space, and what passes 255 bytes is cut,
/// with an ellipsis at the end.
pub(in crate::import) fn label(text: &str) -> Result<Label, Error> {
    if let Ok(label) = Label::new(text) {
        return Ok(label);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut line = words.join(" ");
    if line.len() > MOST_BYTES {
        let room = MOST_BYTES.saturating_sub(ELLIPSIS.len());
        let mut ends = (0..=room).rev();
        let end = ends.find(|end| line.is_char_boundary(*end));
        line.truncate(end.unwrap_or_default());
        line.push_str(ELLIPSIS);
    }
    Label::new(line.as_str())
}

/// What a label holds.
const MOST_BYTES: usize = 255;
const ELLIPSIS: &str = "…";

/// Without the white space at its ends; none where it is no UTF-8.
#[cold]
pub(super) fn trimmed(raw: &[u8]) -> Option<&[u8]> {
    let text = core::str::from_utf8(raw).ok()?;
    Some(text.trim().as_bytes())
}

/// An id or a label of bytes; bytes that are no UTF-8 are refused as a text that has the replacement mark in it.
pub(in crate::import) fn text<T>(
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
fn without_percent(cell: Cell<'_>) -> Cell<'_> {
    match cell.text.strip_suffix(b"%") {
        Some(number) if !number.is_empty() => Cell {
            text: without_spaces_behind(number),
            ..cell
        },
        _ => cell,
    }
}
