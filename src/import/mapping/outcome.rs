use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::meaning::{self, Meanings as _};
use super::words::{Wording, owned};
use super::words_wire::{self, Style};
use crate::record::DealStatus;

/// The column that says how a deal stands, and its words for that: a [`WordColumn`](super::WordColumn) of statuses. A word that is not
/// declared is an error of its row, unless [`with_others`](Self::with_others) says what all others mean.
///
/// Many systems say it in two columns: in flags, or by a stage and a status. The first that says something counts:
///
/// ```
/// use sales_metrics::DealStatus;
/// use sales_metrics::import::OutcomeColumn;
///
/// let flags = OutcomeColumn::new("IsWon").with_won(["true"]).with_unknown(["false"])
///     .or(OutcomeColumn::new("IsClosed").with_lost(["true"]).with_open(["false"]));
/// let stages = OutcomeColumn::new("StageName").with_won(["Closed Won"]).with_lost(["Closed Lost"]).with_others(DealStatus::Open);
/// # let _ = (flags, stages);
/// ```
///
/// Its JSON is `{"column": "deal_stage", "won": ["Won"], "lost": ["Lost"], "open": ["Engaging", "Prospecting"]}`; `"others": "open"` and
/// `"or": {…}` say the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeColumn(Wording);

impl OutcomeColumn {
    /// The column with this header.
    pub fn new(name: impl Into<String>) -> Self {
        Self(Wording::of(name.into()))
    }

    fn with<T: Into<String>>(
        mut self,
        status: DealStatus,
        words: impl IntoIterator<Item = T>,
    ) -> Self {
        self.0.add(meaning::place(status), owned(words));
        self
    }

    /// Words for a deal that was won.
    #[must_use]
    pub fn with_won<T: Into<String>>(self, words: impl IntoIterator<Item = T>) -> Self {
        self.with(DealStatus::Won, words)
    }

    /// Words for a deal that was lost.
    #[must_use]
    pub fn with_lost<T: Into<String>>(self, words: impl IntoIterator<Item = T>) -> Self {
        self.with(DealStatus::Lost, words)
    }

    /// Words for a deal that was closed since it never was an opportunity.
    #[must_use]
    pub fn with_disqualified<T: Into<String>>(self, words: impl IntoIterator<Item = T>) -> Self {
        self.with(DealStatus::Disqualified, words)
    }

    /// Words for a deal that is still open; an empty word declares that an empty cell means it.
    #[must_use]
    pub fn with_open<T: Into<String>>(self, words: impl IntoIterator<Item = T>) -> Self {
        self.with(DealStatus::Open, words)
    }

    /// Words that say nothing here: the next column does ([`or`](Self::or)).
    #[must_use]
    pub fn with_unknown<T: Into<String>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.0.add_unknown(owned(words));
        self
    }

    /// How every deal stands whose word is declared nowhere; an empty cell is none.
    #[must_use]
    pub fn with_others(mut self, status: DealStatus) -> Self {
        self.0.others = Some(meaning::place(status));
        self
    }

    /// Another name that the column may have in the header.
    #[must_use]
    pub fn with_alias(mut self, name: impl Into<String>) -> Self {
        if let Some(column) = &mut self.0.column {
            column.aliases.push(name.into());
        }
        self
    }

    /// Which of several columns of this name it is, the first being 1.
    #[must_use]
    pub fn nth(mut self, nth: usize) -> Self {
        if let Some(column) = &mut self.0.column {
            column.nth = Some(nth);
        }
        self
    }

    /// The column that is read where this one says nothing: its cell is empty, or a word that is declared as unknown.
    #[must_use]
    pub fn or(mut self, column: Self) -> Self {
        self.0.push(column.0);
        self
    }

    pub(super) fn into_wording(self) -> Wording {
        self.0
    }
}

impl Serialize for OutcomeColumn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        words_wire::write(&self.0, Style::outcome(DealStatus::NAMES), serializer)
    }
}

impl<'de> Deserialize<'de> for OutcomeColumn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        words_wire::read(Style::outcome(DealStatus::NAMES), deserializer).map(Self)
    }
}
