use std::sync::Arc;

use core::marker::PhantomData;

use rust_decimal::Decimal;

use super::formats::Formats;
use super::word_list::{QuickWords, WordList};
use crate::import::Problem;
use crate::import::lengths::Unit;
use crate::import::lengths::clock::Clock;
use crate::import::mapping::{Meanings, Spec};
use crate::value::Currency;

/// A value's columns in their places: the first that says something counts. None where the mapping names none.
pub(in crate::import) struct Field {
    pub(super) parts: Vec<Part>,
}

/// A column in its place.
pub(in crate::import) struct Part {
    pub(super) at: usize,
    pub(in crate::import) name: String,
    /// The column whose text stands behind this one's.
    pub(super) second: Option<String>,
    /// The classes of rows for which the cell may mean something else than it says, as bits.
    special: u8,
    unknown: Vec<Unknown>,
    ignored: Vec<Class>,
    /// Texts that are read as other ones.
    read_as: Vec<(String, String)>,
    pub(in crate::import) formats: Arc<Formats>,
}

type Unknown = (Option<Class>, String, Option<Decimal>);

impl Field {
    /// A column that the mapping does not name, which is as one of empty cells.
    pub(super) fn absent() -> Self {
        Self { parts: Vec::new() }
    }

    pub(in crate::import) fn is_absent(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether its cells mean what they say.
    pub(in crate::import) fn is_plain(&self) -> bool {
        self.parts.iter().all(Part::is_plain)
    }

    /// The name of its first column.
    pub(in crate::import) fn name(&self) -> &str {
        self.parts.first().map_or("", |part| &part.name)
    }

    /// Whether amounts of money stand in it in minor units.
    pub(in crate::import) fn is_minor(&self) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|part| part.formats.numbers.is_minor())
    }
}

impl Part {
    /// The classes of its rows are of these names.
    pub(super) fn new(at: usize, spec: &Spec, classes: &[&str], formats: Arc<Formats>) -> Self {
        let mut unknown = Vec::new();
        for (class, text) in spec.unknown() {
            let class = class.and_then(|name| class_of(classes, name));
            unknown.push((class, text.to_owned(), formats.numbers.decimal(text)));
        }
        let mut ignored = Vec::new();
        for name in &spec.ignored_when {
            ignored.extend(class_of(classes, name));
        }
        let mut read_as = Vec::new();
        for (text, other) in spec.read_as.iter() {
            read_as.push((text.clone(), other.clone()));
        }
        let always = if read_as.is_empty() { 0 } else { ALL };
        Self {
            at,
            name: spec.name().to_owned(),
            second: spec.followed_by.clone(),
            special: special(&unknown, &ignored) | always,
            unknown,
            ignored,
            read_as,
            formats,
        }
    }

    /// A column of words, which is not read for these classes.
    pub(super) fn of_words(
        at: usize,
        name: &str,
        ignored: Vec<Class>,
        formats: Arc<Formats>,
    ) -> Self {
        Self {
            at,
            name: name.to_owned(),
            second: None,
            special: special(&[], &ignored),
            unknown: Vec::new(),
            ignored,
            read_as: Vec::new(),
            formats,
        }
    }

    /// Whether its cells mean what they say, whatever the class of the row.
    #[inline]
    pub(super) fn is_plain(&self) -> bool {
        self.special == 0
    }

    /// Whether the cell may mean something else than it says, in a row of this class, or of none.
    #[inline]
    pub(super) fn is_special(&self, class: RowClass) -> bool {
        self.special & class.bits != 0
    }

    /// What the cell means: nothing, what it says, or what that is read as.
    pub(super) fn meaning<'a>(&'a self, class: RowClass, cell: &'a [u8]) -> &'a [u8] {
        let means = |text: &String| text.as_bytes() == cell;
        if self.unknown_for(class).any(|(_, text, _)| means(text)) {
            return &[];
        }
        let read_as = self.read_as.iter().find(|(text, _)| means(text));
        read_as.map_or(cell, |(_, other)| other.as_bytes())
    }

    /// Whether it is not read in rows of this class.
    pub(super) fn is_ignored(&self, class: RowClass) -> bool {
        class
            .known
            .is_some_and(|class| self.ignored.contains(&class))
    }

    /// Whether a number, however it is written, means unknown.
    pub(super) fn is_unknown_number(&self, class: RowClass, number: Decimal) -> bool {
        let mut unknown = self.unknown_for(class);
        unknown.any(|(.., unknown)| *unknown == Some(number))
    }

    fn unknown_for(&self, class: RowClass) -> impl Iterator<Item = &Unknown> {
        let applies = move |when: &Option<Class>| when.is_none() || *when == class.known;
        self.unknown.iter().filter(move |(when, ..)| applies(when))
    }
}

fn special(unknown: &[Unknown], ignored: &[Class]) -> u8 {
    let classes = unknown.iter().map(|(class, ..)| *class);
    let classes = classes.chain(ignored.iter().map(|class| Some(*class)));
    classes.fold(0, |bits, class| bits | class.map_or(ALL, bit))
}

const ALL: u8 = u8::MAX;

fn bit(class: Class) -> u8 {
    1_u8.checked_shl(class.into()).unwrap_or(ALL)
}

/// At which place among its names the class of a row stands: the class of a deal, the kind of an activity.
pub(in crate::import) type Class = u8;

/// The class of a row, as far as it is known.
#[derive(Clone, Copy)]
pub(in crate::import) struct RowClass {
    known: Option<Class>,
    /// Its bit; all where it is not known.
    bits: u8,
}

impl RowClass {
    pub(in crate::import) const UNKNOWN: Self = Self {
        known: None,
        bits: ALL,
    };

    #[inline]
    pub(super) fn new(class: Class) -> Self {
        Self {
            known: Some(class),
            bits: bit(class),
        }
    }
}

pub(super) fn class_of(classes: &[&str], name: &str) -> Option<Class> {
    let place = classes.iter().position(|known| *known == name)?;
    u8::try_from(place).ok()
}

/// Where the currency of amounts is.
pub(in crate::import) struct CurrencyField {
    pub(super) fixed: Option<Currency>,
    pub(super) field: Field,
}

/// Columns of words in their places, or the one meaning of all rows. Meanings are known by their places among all of their kind.
pub(in crate::import) struct WordField<T> {
    pub(super) fixed: Option<usize>,
    pub(super) parts: Vec<WordPart>,
    pub(super) of: PhantomData<T>,
}

pub(super) struct WordPart {
    pub(super) part: Part,
    /// The words that always mean what they say, wherever they stand.
    pub(super) quick: QuickWords,
    pub(super) lexicon: Lexicon,
}

/// Words and their meanings, by the places of these among all of their kind.
#[derive(Default)]
pub(super) struct Lexicon {
    pub(super) words: WordList,
    /// By the places of the words.
    pub(super) meanings: Vec<Option<usize>>,
    pub(super) others: Option<usize>,
}

impl Lexicon {
    /// What a cell means; nothing where that is unknown.
    pub(super) fn meaning(&self, text: &[u8]) -> Result<Option<usize>, Problem> {
        let place = self.words.place(text);
        match place.and_then(|place| self.meanings.get(place)) {
            Some(meaning) => Ok(*meaning),
            None if text.is_empty() => Ok(None),
            None if self.others.is_some() => Ok(self.others),
            None => {
                let words = self.words.list();
                Err(Problem::UnknownWord { words })
            }
        }
    }
}

/// Words that stand in no column of their own.
pub(in crate::import) struct Listed<T> {
    pub(super) lexicon: Lexicon,
    pub(super) of: PhantomData<T>,
}

impl<T: Meanings> WordField<T> {
    /// Whether some row may mean such a thing.
    pub(in crate::import) fn may_mean(&self, is_such: impl Fn(T) -> bool) -> bool {
        let words = self.parts.iter().map(|word| &word.lexicon);
        let of_words = words.clone().flat_map(|words| &words.meanings).copied();
        let others = words.map(|words| words.others);
        let mut places = of_words.chain(others).chain([self.fixed]).flatten();
        places.any(|place| T::ALL.get(place).is_some_and(|meaning| is_such(*meaning)))
    }
}

impl<T> WordField<T> {
    /// Whether neither a column nor the mapping says it.
    pub(in crate::import) fn is_absent(&self) -> bool {
        self.fixed.is_none() && self.parts.is_empty()
    }

    /// The name of its first column.
    pub(in crate::import) fn name(&self) -> &str {
        self.parts.first().map_or("", |word| &word.part.name)
    }
}

/// A column of lengths of time in its place: numbers of a unit, or what a clock shows.
pub(in crate::import) enum LengthField {
    In(Unit, Field),
    Clock(Clock, Field),
}

impl LengthField {
    pub(in crate::import) fn field(&self) -> &Field {
        match self {
            Self::In(_, field) | Self::Clock(_, field) => field,
        }
    }
}
