use rust_decimal::Decimal;

use super::Column;
use super::lengths::Unit;
use super::numbers::Numbers;
use super::recent::Print;
use crate::record::DealStatus;
use crate::value::{Currency, sorted};

/// A column in its place.
pub(super) struct Field {
    pub(super) at: usize,
    pub(super) name: String,
    /// The statuses of deals for which the cell may say nothing although it is not empty, as bits.
    special: u8,
    unknown: Vec<Unknown>,
    ignored: Vec<DealStatus>,
}

pub(super) enum CurrencyField {
    Fixed(Currency),
    Column(Field),
}

impl Field {
    /// A column that the mapping does not name, which is as one of empty cells.
    pub(super) fn absent() -> Self {
        Self {
            at: usize::MAX,
            name: String::new(),
            special: 0,
            unknown: Vec::new(),
            ignored: Vec::new(),
        }
    }

    pub(super) fn is_absent(&self) -> bool {
        self.at == usize::MAX
    }

    pub(super) fn new(at: usize, column: &Column, numbers: Numbers) -> Self {
        let mut unknown = Vec::new();
        for (status, text) in column.unknown() {
            unknown.push((status, text.to_owned(), numbers.decimal(text)));
        }
        let ignored: Vec<_> = column.ignored().collect();
        Self {
            at,
            name: column.name().to_owned(),
            special: special(&unknown, &ignored),
            unknown,
            ignored,
        }
    }

    /// Whether the cell may say nothing of a deal of this status, or of what is no deal, although it is not empty.
    #[inline]
    pub(super) fn is_special(&self, status: Option<DealStatus>) -> bool {
        self.special & status.map_or(ALL, bit) != 0
    }

    /// Whether the cell means unknown for a deal of this status.
    pub(super) fn is_unknown(&self, status: Option<DealStatus>, cell: &[u8]) -> bool {
        let means = |text: &String| text.as_bytes() == cell;
        self.unknown_for(status).any(|(_, text, _)| means(text))
    }

    /// Whether it is not read for deals of this status.
    pub(super) fn is_ignored(&self, status: Option<DealStatus>) -> bool {
        status.is_some_and(|status| self.ignored.contains(&status))
    }

    /// Whether a number, however it is written, means unknown.
    pub(super) fn is_unknown_number(&self, status: Option<DealStatus>, number: Decimal) -> bool {
        let mut unknown = self.unknown_for(status);
        unknown.any(|(.., unknown)| *unknown == Some(number))
    }

    fn unknown_for(&self, status: Option<DealStatus>) -> impl Iterator<Item = &Unknown> {
        let applies = move |when: &Option<DealStatus>| when.is_none() || *when == status;
        self.unknown.iter().filter(move |(when, ..)| applies(when))
    }
}

type Unknown = (Option<DealStatus>, String, Option<Decimal>);

fn special(unknown: &[Unknown], ignored: &[DealStatus]) -> u8 {
    let statuses = unknown.iter().map(|(status, ..)| *status);
    let statuses = statuses.chain(ignored.iter().map(|status| Some(*status)));
    statuses.fold(0, |bits, status| bits | status.map_or(ALL, bit))
}

const ALL: u8 = u8::MAX;

fn bit(status: DealStatus) -> u8 {
    match status {
        DealStatus::Open => 1,
        DealStatus::Won => 2,
        DealStatus::Lost => 4,
        DealStatus::Disqualified => 8,
    }
}

/// A column of words in its place, or the one meaning of all rows.
pub(super) enum WordField<T> {
    Fixed(T),
    Column(Field, Words<Option<T>>),
}

impl<T> WordField<T> {
    /// The column, where there is one.
    pub(super) fn column(&self) -> Option<&Field> {
        match self {
            Self::Column(field, _) if !field.is_absent() => Some(field),
            _ => None,
        }
    }
}

/// A rep who may share a deal: the column of the id, and that of the share.
pub(super) struct OwnerField {
    pub(super) rep: Field,
    pub(super) percent: Field,
}

/// A column of lengths of time in its place, and their unit.
pub(super) struct LengthField {
    pub(super) field: Field,
    pub(super) unit: Unit,
}

/// Words and their meanings.
pub(super) struct Words<T> {
    words: WordList,
    meanings: Vec<T>,
}

impl<T: Copy> Words<T> {
    /// Each word with the meaning at its place.
    pub(super) fn new(words: &[&str], meanings: Vec<T>) -> Self {
        let words = WordList::new(words);
        Self { words, meanings }
    }

    #[inline]
    pub(super) fn meaning(&self, cell: &[u8]) -> Option<T> {
        let place = self.words.place(cell)?;
        self.meanings.get(place).copied()
    }

    /// The words, in their order.
    pub(super) fn list(&self) -> Vec<String> {
        self.words.list()
    }
}

/// The words alone, so that whatever they mean is looked up by the same code.
struct WordList(Vec<(Print, String, usize)>);

impl WordList {
    fn new(words: &[&str]) -> Self {
        let mut list = Vec::new();
        for (place, word) in words.iter().enumerate() {
            list.push((Print::of(word.as_bytes()), (*word).to_owned(), place));
        }
        Self(sorted(list, |(_, a, _), (_, b, _)| a.cmp(b)))
    }

    fn place(&self, cell: &[u8]) -> Option<usize> {
        let print = Print::of(cell);
        let is_it = |(known, word, _): &&(Print, String, usize)| {
            known.is(&print) && (print.is_whole() || word.as_bytes() == cell)
        };
        self.0.iter().find(is_it).map(|(.., place)| *place)
    }

    fn list(&self) -> Vec<String> {
        self.0.iter().map(|(_, word, _)| word.clone()).collect()
    }
}
