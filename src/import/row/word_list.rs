use crate::import::head::{Head, Short, WHOLE};
use crate::value::sorted;

/// Words, each with its place among them. Whatever they mean is looked up by the same code.
#[derive(Default)]
pub(in crate::import) struct WordList {
    words: Vec<Word>,
    folds: bool,
}

struct Word {
    text: String,
    place: usize,
}

impl WordList {
    pub(in crate::import) fn new(words: &[&str], folds: bool) -> Self {
        let mut list = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let word = if folds {
                folded(word)
            } else {
                (*word).to_owned()
            };
            list.push(Word { text: word, place });
        }
        let words = sorted(list, |a, b| a.text.cmp(&b.text));
        Self { words, folds }
    }

    pub(in crate::import) fn place(&self, cell: &[u8]) -> Option<usize> {
        if self.folds {
            let text = core::str::from_utf8(cell).ok()?;
            return self.find(folded(text).as_bytes());
        }
        self.find(cell)
    }

    fn find(&self, cell: &[u8]) -> Option<usize> {
        let mut words = self.words.iter();
        let found = words.find(|word| word.text.as_bytes() == cell);
        found.map(|word| word.place)
    }

    /// The words, in their order.
    pub(in crate::import) fn list(&self) -> Vec<String> {
        self.words.iter().map(|word| word.text.clone()).collect()
    }
}

/// What short words mean as they stand there, each word as one number.
#[derive(Default)]
pub(super) struct QuickWords {
    words: Vec<(u128, usize)>,
}

/// So many words are compared at once: which of them it is cannot be foretold.
const AT_ONCE: usize = 8;

impl QuickWords {
    pub(super) fn new(words: &[&str], meanings: &[Option<usize>]) -> Self {
        let mut quick = Self::default();
        for (word, meaning) in words.iter().zip(meanings) {
            let head = Head::of(word.as_bytes());
            if let (Some(meaning), ..WHOLE) = (meaning, word.len()) {
                quick.words.push((head.whole(), *meaning));
            }
        }
        quick
    }

    /// None says nothing.
    #[inline]
    pub(super) fn meaning(&self, cell: Short<'_>) -> Option<usize> {
        let cell = cell.whole()?;
        for words in self.words.chunks(AT_ONCE) {
            // All of the meaning, or nothing of it: an `if` would be a branch.
            let mut behind = 0_usize;
            for (word, meaning) in words {
                let all = 0_usize.wrapping_sub(usize::from(*word == cell));
                behind |= meaning.wrapping_add(1) & all;
            }
            if let Some(meaning) = behind.checked_sub(1) {
                return Some(meaning);
            }
        }
        None
    }
}

/// In small letters, with one space where there are several.
pub(in crate::import) fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small = words.join(" ").to_lowercase();
    if small.is_ascii() {
        return small;
    }
    // What capitals do not tell apart: `ß` is SS, and `ς` the `σ` at a word's end.
    small.to_uppercase().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_word_is_told_from_what_it_is_the_beginning_of() {
        let words = ["won", "fifteen letters", "sixteen letters."];
        let quick = QuickWords::new(&words, &[Some(1), Some(2), Some(3)]);
        let meaning = |ahead: &[u8; 16], length| quick.meaning(Short::of(ahead, length).unwrap());
        assert_eq!(meaning(b"won,2026-01-07,9", 3), Some(1));
        assert_eq!(meaning(b"won\0,2026-01-07,", 4), None);
        assert_eq!(meaning(b"wo,2026-01-07,90", 2), None);
        assert_eq!(meaning(b"fifteen letters,", 15), Some(2));
        // What ends as the length of a shorter one would is none.
        assert_eq!(meaning(b"fifteen letters\x1f", 16), None);
        assert_eq!(meaning(b"sixteen letters.", 16), None);
    }
}
