use core::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::each::Each;
use super::header::Header;
use super::meaning::{self, Meaning};
use super::words_wire::{self, Style};

/// A column of words, and what each of them means; or what holds for every row of the file. A word that is not declared is an
/// error of its row, unless [`with_others`](Self::with_others) says what all others mean.
///
/// ```
/// use sales_metrics::Per;
/// use sales_metrics::import::WordColumn;
///
/// let per = WordColumn::new("Billing").with_words(Per::Month, ["monthly", "p.m."]).with_words(Per::Year, ["annual"]);
/// let yearly = WordColumn::fixed(Per::Year);
/// # let _ = (per, yearly);
/// ```
///
/// An empty cell is unknown, unless the empty word is declared. Its JSON is `{"fixed": "year"}`, or
/// `{"column": "Billing", "words": {"month": ["monthly", "p.m."], "year": ["annual"]}, "unknown": ["-"]}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordColumn<T> {
    wording: Wording,
    of: PhantomData<T>,
}

/// The same, whatever the words mean: a meaning is its place among all of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(in crate::import) struct Wording {
    pub(in crate::import) fixed: Option<usize>,
    pub(in crate::import) column: Option<Header>,
    /// By their meanings.
    pub(in crate::import) words: Vec<(usize, Each<String>)>,
    pub(in crate::import) unknown: Each<String>,
    pub(in crate::import) others: Option<usize>,
    /// The classes of rows for which it is not read.
    pub(in crate::import) ignored_when: Each<String>,
    /// Where this column says nothing.
    pub(in crate::import) or: Option<Box<Wording>>,
}

impl Wording {
    pub(super) fn of(header: String) -> Self {
        Self {
            column: Some(Header::new(header)),
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, meaning: usize, words: Vec<String>) {
        let at = match self
            .words
            .binary_search_by_key(&meaning, |(known, _)| *known)
        {
            Ok(at) => at,
            Err(at) => {
                self.words.insert(at, (meaning, Each::default()));
                at
            }
        };
        if let Some((_, known)) = self.words.get_mut(at) {
            known.extend(words);
        }
    }

    pub(super) fn add_unknown(&mut self, words: Vec<String>) {
        self.unknown.extend(words);
    }

    /// Behind all columns that there are.
    pub(super) fn push(&mut self, next: Self) {
        match &mut self.or {
            Some(or) => or.push(next),
            None => self.or = Some(Box::new(next)),
        }
    }

    /// Every word, and at the same place its meaning, or (`None`) that it has none. Those with a meaning come first.
    pub(in crate::import) fn all(&self) -> (Vec<&str>, Vec<Option<usize>>) {
        let (mut all, mut meanings) = (Vec::new(), Vec::new());
        for (meaning, words) in &self.words {
            put(words, &mut all);
            meanings.resize(all.len(), Some(*meaning));
        }
        put(&self.unknown, &mut all);
        meanings.resize(all.len(), None);
        (all, meanings)
    }
}

fn put<'a>(words: &'a Each<String>, all: &mut Vec<&'a str>) {
    for word in words {
        all.push(word);
    }
}

/// Words of a mapping, owned.
pub(super) fn owned<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Vec<String> {
    words.into_iter().map(Into::into).collect()
}

impl<T: Meaning> WordColumn<T> {
    /// No column: every record of the file is of this one.
    pub fn fixed(value: T) -> Self {
        let fixed = Some(meaning::place(value));
        Self::wrap(Wording {
            fixed,
            ..Wording::default()
        })
    }

    /// The column with this header.
    pub fn new(name: impl Into<String>) -> Self {
        Self::wrap(Wording::of(name.into()))
    }

    fn wrap(wording: Wording) -> Self {
        let of = PhantomData;
        Self { wording, of }
    }

    /// Words that mean this; an empty word declares that an empty cell means it.
    #[must_use]
    pub fn with_words<W: Into<String>>(
        mut self,
        meaning: T,
        words: impl IntoIterator<Item = W>,
    ) -> Self {
        self.wording.add(meaning::place(meaning), owned(words));
        self
    }

    /// Words that mean that it is unknown.
    #[must_use]
    pub fn with_unknown<W: Into<String>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.wording.add_unknown(owned(words));
        self
    }

    /// What every word means that is declared nowhere; an empty cell is none.
    #[must_use]
    pub fn with_others(mut self, meaning: T) -> Self {
        self.wording.others = Some(meaning::place(meaning));
        self
    }

    /// For activities of these kinds the column says something else, and is not read.
    #[must_use]
    pub fn with_ignored_when<M: Meaning>(mut self, kinds: impl IntoIterator<Item = M>) -> Self {
        let kinds = kinds.into_iter().map(meaning::name);
        self.wording.ignored_when.extend(kinds);
        self
    }

    /// Another name that the column may have in the header.
    #[must_use]
    pub fn with_alias(mut self, name: impl Into<String>) -> Self {
        if let Some(column) = &mut self.wording.column {
            column.aliases.push(name.into());
        }
        self
    }

    /// Which of several columns of this name it is, the first being 1.
    #[must_use]
    pub fn nth(mut self, nth: usize) -> Self {
        if let Some(column) = &mut self.wording.column {
            column.nth = Some(nth);
        }
        self
    }

    /// The column that is read where this one says nothing: its cell is empty, or a word that means unknown.
    #[must_use]
    pub fn or(mut self, column: Self) -> Self {
        self.wording.push(column.wording);
        self
    }

    pub(super) fn into_wording(self) -> Wording {
        self.wording
    }
}

/// It holds for every row of the file.
impl<T: Meaning> From<T> for WordColumn<T> {
    fn from(fixed: T) -> Self {
        Self::fixed(fixed)
    }
}

impl<T: Meaning> Serialize for WordColumn<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        words_wire::write(&self.wording, Style::words(T::NAMES), serializer)
    }
}

impl<'de, T: Meaning> Deserialize<'de> for WordColumn<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        words_wire::read(Style::words(T::NAMES), deserializer).map(Self::wrap)
    }
}
