//! The first row of a file.

use super::word_list::folded;
use crate::import::mapping::header;

/// The names of its columns.
pub(in crate::import) struct Header {
    pub(super) names: Vec<String>,
    /// The mark that parts its names, as the mapping says.
    delimiter: char,
}

impl Header {
    pub(in crate::import) fn new(names: &[String], delimiter: char) -> Self {
        let mut trimmed = Vec::new();
        for name in names {
            trimmed.push(name.trim().to_owned());
        }
        let names = trimmed;
        Self { names, delimiter }
    }

    pub(in crate::import) fn width(&self) -> usize {
        self.names.len()
    }

    /// Where the columns of one of these names stand.
    pub(super) fn places(&self, header: &header::Header, folds: bool) -> Vec<usize> {
        let mut places = Vec::new();
        for (at, found) in self.names.iter().enumerate() {
            let is_it = |name: &str| name == found || folds && folded(name) == folded(found);
            if header.names().any(is_it) {
                places.push(at);
            }
        }
        places
    }

    /// Where the whole header is one name: the mark in it that seems to part the names.
    pub(super) fn other_delimiter(&self) -> Option<char> {
        let [name] = self.names.as_slice() else {
            return None;
        };
        let count = |mark: &char| name.matches(*mark).count();
        let marks = [';', '\t', ',', '|'].into_iter();
        marks
            .rev()
            .filter(|mark| *mark != self.delimiter && count(mark) > 0)
            .max_by_key(count)
    }
}
