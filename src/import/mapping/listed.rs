use core::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::meaning::{self, Meaning};
use super::words::{Wording, owned};
use super::words_wire::{self, Style};

/// Words, and what each of them means, in whichever column they stand: a [`WordColumn`](super::WordColumn) without its column. A word that
/// is not declared is an error of its row, unless [`with_others`](Self::with_others) says what all others mean.
///
/// ```
/// use sales_metrics::DealStatus;
/// use sales_metrics::import::Words;
///
/// let stages = Words::new()
///     .with_words(DealStatus::Won, ["Closed Won"])
///     .with_words(DealStatus::Lost, ["Closed Lost"])
///     .with_others(DealStatus::Open);
/// # let _ = stages;
/// ```
///
/// An empty cell is unknown, unless the empty word is declared. Its JSON is
/// `{"words": {"won": ["Closed Won"], "lost": ["Closed Lost"]}, "others": "open"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words<T> {
    wording: Wording,
    of: PhantomData<T>,
}

impl<T: Meaning> Words<T> {
    /// No words yet.
    #[must_use]
    pub fn new() -> Self {
        Self::wrap(Wording::default())
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

    pub(super) fn into_wording(self) -> Wording {
        self.wording
    }
}

impl<T: Meaning> Default for Words<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Meaning> Serialize for Words<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        words_wire::write(&self.wording, Style::listed(T::NAMES), serializer)
    }
}

impl<'de, T: Meaning> Deserialize<'de> for Words<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        words_wire::read(Style::listed(T::NAMES), deserializer).map(Self::wrap)
    }
}
