use super::recent::Print;
use crate::value::sorted;

/// Words, each with its place among them. Whatever they mean is looked up by the same code.
pub(in crate::import) struct WordList {
    words: Vec<(Print, String, usize)>,
    folds: bool,
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
            list.push((Print::of(word.as_bytes()), word, place));
        }
        let words = sorted(list, |(_, a, _), (_, b, _)| a.cmp(b));
        Self { words, folds }
    }

    #[inline]
    pub(in crate::import) fn place(&self, cell: &[u8]) -> Option<usize> {
        if self.folds {
            let text = core::str::from_utf8(cell).ok()?;
            return self.find(folded(text).as_bytes());
        }
        self.find(cell)
    }

    /// The place of what is a word as it stands there; none says nothing where words are folded.
    #[inline]
    pub(super) fn exact(&self, cell: &[u8]) -> Option<usize> {
        if self.folds { None } else { self.find(cell) }
    }

    #[inline]
    fn find(&self, cell: &[u8]) -> Option<usize> {
        let print = Print::of(cell);
        let is_it = |(known, word, _): &&(Print, String, usize)| {
            known.is(&print) && (print.is_whole() || word.as_bytes() == cell)
        };
        self.words.iter().find(is_it).map(|(.., place)| *place)
    }

    /// The words, in their order.
    pub(in crate::import) fn list(&self) -> Vec<String> {
        self.words.iter().map(|(_, word, _)| word.clone()).collect()
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
