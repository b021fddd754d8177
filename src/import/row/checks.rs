//! Whether what a mapping says is sound by itself.

use super::word_list::folded;
use crate::import::ImportError;
use crate::import::mapping::{LeftOut, Wording, header, invalid};
use crate::value::sorted;

pub(super) fn check_header(header: &header::Header) -> Result<(), ImportError> {
    if header.names().any(str::is_empty) {
        return invalid("a column has an empty name");
    }
    if header.nth == Some(0) {
        return invalid(format!(
            "column \"{}\": nth is 0, but the first of several columns is 1",
            header.name
        ));
    }
    let names: Vec<&str> = header.names().collect();
    check_texts(&names)
}

/// The words of what has this name: each stands once, and one at least has a meaning.
pub(super) fn check_words(
    name: &str,
    words: &[&str],
    wording: &Wording,
    folds: bool,
) -> Result<(), ImportError> {
    if let Some(word) = repeated(words, folds) {
        return invalid(format!("the word \"{word}\" of {name} stands twice"));
    }
    if wording.words.is_empty() && wording.others.is_none() {
        return invalid(format!("{name} has no words; declare what they mean"));
    }
    check_texts(&sorted(words.to_vec(), Ord::cmp))
}

/// The first word that has stood before.
fn repeated<'a>(words: &[&'a str], folds: bool) -> Option<&'a str> {
    let is_same = |a: &str, b: &str| a == b || folds && folded(a) == folded(b);
    let mut places = (0..).zip(words);
    let again = places.find(|(place, word)| {
        let mut before = words.iter().take(*place);
        before.any(|known| is_same(known, word))
    });
    again.map(|(_, word)| *word)
}

pub(super) fn check_left_out(rule: &LeftOut) -> Result<(), ImportError> {
    if rule.reason.is_empty() {
        return invalid("rows that are left out need a reason, under which they are counted");
    }
    if rule.words.is_empty() == rule.except.is_empty() {
        return invalid(format!(
            "the rows left out as \"{}\" need words, or except, and not both",
            rule.reason
        ));
    }
    check_header(&header::Header::new(rule.column.clone()))
}

/// White space at its ends would keep a name or a text from ever being found.
pub(super) fn check_texts(texts: &[&str]) -> Result<(), ImportError> {
    match texts.iter().find(|text| text.trim() != **text) {
        Some(text) => invalid(format!(
            "\"{text}\" begins or ends with white space, but cells are compared without"
        )),
        None => Ok(()),
    }
}
