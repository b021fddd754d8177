use core::mem;

/// How many bytes must be put in, left out or changed to make the one text of the other (Levenshtein).
pub(crate) fn distance(from: &str, to: &str) -> usize {
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
