use core::mem;

/// Which of many texts is nearest to one that was asked for: it differs in the fewest letters, unless that is every other one of it.
pub(crate) struct Nearest<'a> {
    asked: &'a str,
    /// More than in any text that is near.
    fewest: usize,
}

impl<'a> Nearest<'a> {
    /// None where it is longer than any name, and too long to be compared with them all.
    pub(crate) fn to(asked: &'a str) -> Option<Self> {
        let fewest = asked.len().div_ceil(2);
        (asked.len() <= 100).then_some(Self { asked, fewest })
    }

    /// Whether this text is nearer than all before.
    pub(crate) fn is(&mut self, text: &str) -> bool {
        let distance = distance(self.asked, text);
        let is_nearer = distance < self.fewest;
        self.fewest = self.fewest.min(distance);
        is_nearer
    }
}

/// How many bytes must be put in, left out or changed to make the one text of the other (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    // To each beginning of `to`, from what has been read of `from`.
    let mut row = vec![0; to.len().saturating_add(1)];
    for (length, cell) in row.iter_mut().enumerate() {
        *cell = length;
    }
    for (read, letter) in from.bytes().enumerate() {
        let (mut left, mut diagonal) = (read.saturating_add(1), read);
        for (cell, other) in row.iter_mut().skip(1).zip(to.bytes()) {
            let changed = diagonal.saturating_add(usize::from(letter != other));
            let moved = left.min(*cell).saturating_add(1);
            left = changed.min(moved);
            diagonal = mem::replace(cell, left);
        }
        if let Some(first) = row.first_mut() {
            *first = read.saturating_add(1);
        }
    }
    row.last().copied().unwrap_or_default()
}
