use serde::{Deserialize, Serialize};

use super::each::Each;
use crate::record::DealStatus;

/// The column that says how a deal stands, and its words for that. A word that is not declared is an error of its row.
///
/// Its JSON is `{"column": "deal_stage", "won": ["Won"], "lost": ["Lost"], "open": ["Engaging", "Prospecting"]}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomeColumn {
    column: String,
    #[serde(default, skip_serializing_if = "Each::is_empty")]
    won: Each<String>,
    #[serde(default, skip_serializing_if = "Each::is_empty")]
    lost: Each<String>,
    #[serde(default, skip_serializing_if = "Each::is_empty")]
    disqualified: Each<String>,
    #[serde(default, skip_serializing_if = "Each::is_empty")]
    open: Each<String>,
}

impl OutcomeColumn {
    /// The column with this header.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            column: name.into(),
            won: Each::default(),
            lost: Each::default(),
            disqualified: Each::default(),
            open: Each::default(),
        }
    }

    /// Words for a deal that was won.
    #[must_use]
    pub fn with_won<T: Into<String>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.won.extend(words.into_iter().map(Into::into));
        self
    }

    /// Words for a deal that was lost.
    #[must_use]
    pub fn with_lost<T: Into<String>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.lost.extend(words.into_iter().map(Into::into));
        self
    }

    /// Words for a deal that was closed since it never was an opportunity.
    #[must_use]
    pub fn with_disqualified<T: Into<String>>(
        mut self,
        words: impl IntoIterator<Item = T>,
    ) -> Self {
        self.disqualified.extend(words.into_iter().map(Into::into));
        self
    }

    /// Words for a deal that is still open; an empty word declares that an empty cell means it.
    #[must_use]
    pub fn with_open<T: Into<String>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.open.extend(words.into_iter().map(Into::into));
        self
    }

    pub(super) fn name(&self) -> &str {
        &self.column
    }

    /// Every word, and at the same place its meaning.
    pub(super) fn words(&self) -> (Vec<&str>, Vec<DealStatus>) {
        let lists = [
            (&self.open, DealStatus::Open),
            (&self.won, DealStatus::Won),
            (&self.lost, DealStatus::Lost),
            (&self.disqualified, DealStatus::Disqualified),
        ];
        let (mut all, mut meanings) = (Vec::new(), Vec::new());
        for (words, status) in lists {
            for word in words {
                all.push(word.as_str());
                meanings.push(status);
            }
        }
        (all, meanings)
    }
}
