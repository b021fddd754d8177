//! What a mapping says, by the keys of its JSON: the same for all kinds of records, each of which has keys of its own.

use super::words::Wording;
use super::{Column, CurrencyColumn, StageDate, invalid};
use crate::import::{ImportError, Texts};
use crate::period::FiscalCalendar;
use crate::value::Entries;

/// A key that the mapping of a kind of record has.
#[derive(Clone, Copy)]
pub struct Key {
    pub(in crate::import) name: &'static str,
    pub(in crate::import) what: What,
    pub(in crate::import) is_required: bool,
}

/// What stands behind a key.
#[derive(Clone, Copy)]
pub(in crate::import) enum What {
    Column,
    Columns,
    /// Words, by the names of their meanings.
    Words(&'static [&'static str]),
    /// Words without a column, by the names of their meanings.
    Listed(&'static [&'static str]),
    Outcome,
    Currency,
    Dimensions,
    /// Objects of two columns, of these names.
    Pairs(&'static [&'static str; 2]),
    Stages,
    Mark,
    Texts,
    Fiscal,
}

/// What a mapping says behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) enum Entry {
    Column(Column),
    Columns(Vec<Column>),
    Words(Wording),
    Currency(CurrencyColumn),
    Dimensions(Entries<String, Column>),
    Pairs(Vec<(Column, Column)>),
    Stages(Vec<StageDate>),
    Mark(char),
    Texts(Texts),
    Fiscal(FiscalCalendar),
}

/// All that it says, by its keys.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Mapping {
    entries: Entries<&'static str, Entry>,
    pub(in crate::import) format: super::format::FileFormat,
}

impl Mapping {
    pub(in crate::import) fn of(entries: Vec<(&'static str, Entry)>) -> Self {
        Self {
            entries: Entries::of(entries),
            format: super::format::FileFormat::default(),
        }
    }

    pub(in crate::import) fn set(&mut self, key: &'static str, entry: Entry) {
        self.entries.set(key, entry);
    }

    pub(in crate::import) fn set_column(&mut self, key: &'static str, column: impl Into<Column>) {
        self.set(key, Entry::Column(column.into()));
    }

    pub(in crate::import) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    pub(in crate::import) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Two keys of one value.
    ///
    /// # Errors
    /// Where it has both.
    pub(in crate::import) fn expect_one_of(&self, a: &str, b: &str) -> Result<(), ImportError> {
        if self.has(a) && self.has(b) {
            return invalid(format!("name {a} or {b}, not both"));
        }
        Ok(())
    }

    pub(in crate::import) fn column(&self, key: &str) -> Option<&Column> {
        match self.get(key) {
            Some(Entry::Column(column)) => Some(column),
            _ => None,
        }
    }

    pub(in crate::import) fn columns(&self, key: &str) -> &[Column] {
        match self.get(key) {
            Some(Entry::Columns(columns)) => columns,
            _ => &[],
        }
    }

    /// One more of several columns.
    pub(in crate::import) fn push(&mut self, key: &'static str, column: Column) {
        match self.entries.get_mut(&key) {
            Some(Entry::Columns(columns)) => columns.push(column),
            _ => self.set(key, Entry::Columns(vec![column])),
        }
    }

    pub(in crate::import) fn pairs(&self, key: &str) -> &[(Column, Column)] {
        match self.get(key) {
            Some(Entry::Pairs(pairs)) => pairs,
            _ => &[],
        }
    }

    pub(in crate::import) fn push_pair(&mut self, key: &'static str, pair: (Column, Column)) {
        match self.entries.get_mut(&key) {
            Some(Entry::Pairs(pairs)) => pairs.push(pair),
            _ => self.set(key, Entry::Pairs(vec![pair])),
        }
    }

    pub(in crate::import) fn stages(&self, key: &str) -> &[StageDate] {
        match self.get(key) {
            Some(Entry::Stages(stages)) => stages,
            _ => &[],
        }
    }

    pub(in crate::import) fn fiscal(&self, key: &str) -> Option<FiscalCalendar> {
        match self.get(key) {
            Some(Entry::Fiscal(calendar)) => Some(*calendar),
            _ => None,
        }
    }

    pub(in crate::import) fn words(&self, key: &str) -> Option<&Wording> {
        match self.get(key) {
            Some(Entry::Words(words)) => Some(words),
            _ => None,
        }
    }

    pub(in crate::import) fn currency(&self, key: &str) -> Option<&CurrencyColumn> {
        match self.get(key) {
            Some(Entry::Currency(column)) => Some(column),
            _ => None,
        }
    }

    pub(in crate::import) fn mark(&self, key: &str) -> Option<char> {
        match self.get(key) {
            Some(Entry::Mark(mark)) => Some(*mark),
            _ => None,
        }
    }

    /// The mark between several ids in one cell.
    pub(in crate::import) fn separator_of_ids(
        &self,
        key: &str,
        whose: &str,
    ) -> Result<Option<char>, ImportError> {
        match self.mark(key) {
            Some(mark) if mark.is_alphanumeric() => invalid(format!(
                "{mark:?} cannot part the ids of {whose}, since it can be a part of one"
            )),
            mark => Ok(mark),
        }
    }

    pub(in crate::import) fn texts(&self, key: &str) -> Option<&Texts> {
        match self.get(key) {
            Some(Entry::Texts(texts)) => Some(texts),
            _ => None,
        }
    }

    pub(in crate::import) fn dimensions(&self) -> Option<&Entries<String, Column>> {
        match self.get(DIMENSIONS) {
            Some(Entry::Dimensions(dimensions)) => Some(dimensions),
            _ => None,
        }
    }

    pub(in crate::import) fn set_dimension(&mut self, name: String, column: Column) {
        if let Some(Entry::Dimensions(dimensions)) = self.entries.get_mut(&DIMENSIONS) {
            dimensions.set(name, column);
        } else {
            let dimensions = Entries::of(vec![(name, column)]);
            self.set(DIMENSIONS, Entry::Dimensions(dimensions));
        }
    }
}

pub(in crate::import) const DIMENSIONS: &str = "dimensions";

impl<T: super::Meaning> From<super::WordColumn<T>> for Entry {
    fn from(words: super::WordColumn<T>) -> Self {
        Self::Words(words.into_wording())
    }
}

impl<T: super::Meaning> From<super::Words<T>> for Entry {
    fn from(words: super::Words<T>) -> Self {
        Self::Words(words.into_wording())
    }
}

impl From<super::OutcomeColumn> for Entry {
    fn from(outcome: super::OutcomeColumn) -> Self {
        Self::Words(outcome.into_wording())
    }
}

impl From<CurrencyColumn> for Entry {
    fn from(column: CurrencyColumn) -> Self {
        Self::Currency(column)
    }
}

impl From<Column> for Entry {
    fn from(column: Column) -> Self {
        Self::Column(column)
    }
}
