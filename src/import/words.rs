use core::fmt::Debug;

use serde::{Deserialize, Serialize};

use super::each::Each;
use super::unique;
use crate::value::Entries;

/// A column of words, and what each of them means; or what holds for every row of the file. A word that is not declared is an
/// error of its row.
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(deserialize = "T: Deserialize<'de> + Ord + Debug")
)]
pub struct WordColumn<T: Ord> {
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    #[serde(
        default,
        deserialize_with = "unique::map",
        skip_serializing_if = "Entries::is_empty"
    )]
    words: Entries<T, Each<String>>,
    #[serde(default, skip_serializing_if = "Each::is_empty")]
    unknown: Each<String>,
}

impl<T: Ord> WordColumn<T> {
    /// No column: every record of the file is of this one.
    pub fn fixed(value: T) -> Self {
        Self {
            fixed: Some(value),
            column: None,
            words: Entries::default(),
            unknown: Each::default(),
        }
    }

    /// The column with this header.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            fixed: None,
            column: Some(name.into()),
            words: Entries::default(),
            unknown: Each::default(),
        }
    }

    /// Words that mean this; an empty word declares that an empty cell means it.
    #[must_use]
    pub fn with_words<W: Into<String>>(
        mut self,
        meaning: T,
        words: impl IntoIterator<Item = W>,
    ) -> Self {
        let words = words.into_iter().map(Into::into);
        match self.words.get_mut(&meaning) {
            Some(known) => known.extend(words),
            None => self
                .words
                .set(meaning, words.collect::<Vec<String>>().into()),
        }
        self
    }

    /// Words that mean that it is unknown.
    #[must_use]
    pub fn with_unknown<W: Into<String>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.unknown.extend(words.into_iter().map(Into::into));
        self
    }

    pub(super) fn fixed_value(&self) -> Option<&T> {
        self.fixed.as_ref()
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.column.as_deref()
    }

    /// Every word, and at the same place its meaning, or (`None`) that it has none. Those with a meaning come first.
    pub(super) fn words(&self) -> (Vec<&str>, Vec<Option<T>>)
    where
        T: Copy,
    {
        let (mut all, mut meanings) = (Vec::new(), Vec::new());
        for (meaning, words) in self.words.iter() {
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

/// It holds for every row of the file.
impl<T: Ord> From<T> for WordColumn<T> {
    fn from(fixed: T) -> Self {
        Self {
            fixed: Some(fixed),
            column: None,
            words: Entries::default(),
            unknown: Each::default(),
        }
    }
}
