//! Rows that were rejected: by reason, and by the words that nobody declared.

use core::mem;

use serde::Serialize;

use super::{Example, wire};
use crate::import::{Problem, RowError};
use crate::value::sorted;

/// How many examples of a reason are kept.
const EXAMPLES: usize = 3;
/// How many words of a column are kept.
const WORDS: usize = 100;

/// Rows that were rejected for one reason: the same kind of problem in the same column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejections {
    /// How many rows.
    pub rows: u64,
    /// The first three: the reason is the problem of any of them.
    pub examples: Vec<Example>,
}

/// The words of a column that the mapping does not declare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UndeclaredWords {
    /// The header of the column.
    pub column: String,
    /// How many rows have such a word.
    pub rows: u64,
    /// The words, and how many rows have each, the most frequent first: the first 100 that came, each cut at 40 characters. An empty cell
    /// is an empty word.
    #[serde(serialize_with = "wire::as_map")]
    pub words: Vec<(String, u64)>,
}

impl UndeclaredWords {
    /// How many rows have a word that came when there were 100 others.
    #[must_use]
    pub fn further(&self) -> u64 {
        let kept = self.words.iter();
        let kept = kept.fold(0, |sum: u64, (_, rows)| sum.saturating_add(*rows));
        self.rows.saturating_sub(kept)
    }

    pub(super) fn add(&mut self, word: &str, rows: u64) {
        self.rows = self.rows.saturating_add(rows);
        let known = self.words.iter().position(|(known, _)| known == word);
        let at = match known {
            Some(at) => at,
            None if self.words.len() < WORDS => {
                self.words.push((word.to_owned(), 0));
                self.words.len().saturating_sub(1)
            }
            None => return,
        };
        if let Some((_, count)) = self.words.get_mut(at) {
            *count = count.saturating_add(rows);
        }
        self.move_up(at);
    }

    /// To the front of those that are less frequent now.
    fn move_up(&mut self, at: usize) {
        let Some((_, count)) = self.words.get(at) else {
            return;
        };
        let before = self.words.get(..at).unwrap_or_default();
        let to = before.partition_point(|(_, more)| more >= count);
        if let Some(moved) = self.words.get_mut(to..=at) {
            moved.rotate_right(1);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (word, rows) in &other.words {
            self.add(word, *rows);
        }
        self.rows = self.rows.saturating_add(other.further());
    }
}

/// At which place the words of this column stand; it is put there where there are none.
pub(super) fn place(all: &mut Vec<UndeclaredWords>, column: &str) -> usize {
    let known = all.iter().position(|words| words.column == column);
    known.unwrap_or_else(|| {
        all.push(UndeclaredWords {
            column: column.to_owned(),
            rows: 0,
            words: Vec::new(),
        });
        all.len().saturating_sub(1)
    })
}

/// More rows that were rejected for the reason of these examples.
pub(super) fn add(all: &mut Vec<Rejections>, rows: u64, examples: &[Example]) {
    let Some(first) = examples.first() else {
        return;
    };
    let mut known = all.iter_mut();
    let is_same = |known: &&mut Rejections| {
        let example = known.examples.first();
        example.is_some_and(|example| is_same_reason(&example.error, &first.error))
    };
    match known.find(is_same) {
        Some(known) => {
            known.rows = known.rows.saturating_add(rows);
            let room = EXAMPLES.saturating_sub(known.examples.len());
            known.examples.extend(examples.iter().take(room).cloned());
        }
        None => all.push(Rejections {
            rows,
            examples: examples.to_vec(),
        }),
    }
}

fn is_same_reason(a: &RowError, b: &RowError) -> bool {
    let is_same = match (&a.problem, &b.problem) {
        (Problem::Refused(a), Problem::Refused(b)) => {
            a.kind() == b.kind() && a.field() == b.field()
        }
        (a, b) => mem::discriminant(a) == mem::discriminant(b),
    };
    is_same && a.column == b.column
}

/// The most frequent first; what is as frequent in the order in which it came.
pub(super) fn most_first<T>(all: Vec<T>, rows: impl Fn(&T) -> u64) -> Vec<T> {
    sorted(all, |a, b| rows(b).cmp(&rows(a)))
}
