/// A row of cells, which stand one after another, with one byte between two of them.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub(super) bytes: &'a [u8],
    /// Where each cell begins, and behind the last one: where a further one would.
    pub(super) bounds: &'a [usize],
    /// Whether cells may stand in quotes, which are not a part of them. They are no longer doubled inside.
    pub(super) quoted: bool,
    pub(super) delimiter: u8,
    pub(super) line: u64,
    pub(in crate::import) lines: u64,
}

impl<'a> Row<'a> {
    /// How many cells it has.
    #[inline]
    pub(in crate::import) fn len(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// A cell as it is written, without its quotes; empty behind the last.
    #[inline]
    pub(in crate::import) fn cell(&self, at: usize) -> &'a [u8] {
        let (Some(from), Some(next)) = (self.bounds.get(at), self.bounds.get(at.wrapping_add(1)))
        else {
            return &[];
        };
        let end = next.wrapping_sub(1);
        let cell = self.bytes.get(*from..end).unwrap_or_default();
        match cell {
            [b'"', quoted @ ..] if self.quoted => unquoted(quoted),
            _ => cell,
        }
    }

    /// Whether it is short, and of nothing but visible ASCII characters and spaces: then each of its cells can be an id or a label.
    #[inline]
    pub(in crate::import) fn is_plain(&self) -> bool {
        // Without branches, since most rows are so to their end.
        let plain = |plain, byte: &u8| plain & matches!(byte, b' '..=b'~');
        self.bytes.len() <= 255 && self.bytes.iter().fold(true, plain)
    }

    /// The line on which it begins; the first is 1.
    #[inline]
    pub(in crate::import) fn line(&self) -> u64 {
        self.line
    }

    /// How many of its lines, but for the first, look like rows of this many cells: a quote that was not closed may have swallowed them.
    #[cold]
    pub(in crate::import) fn lines_like_rows(&self, cells: usize) -> usize {
        let lines = self.bytes.split(|byte| *byte == b'\n').skip(1);
        let parted = lines.map(|line| memchr::memchr_iter(self.delimiter, line).count());
        parted
            .filter(|marks| self.lines > 1 && marks.saturating_add(1) == cells)
            .count()
    }
}

/// Without the closing quote, and the spaces behind it.
fn unquoted(cell: &[u8]) -> &[u8] {
    if let [inner @ .., b'"'] = cell {
        return inner;
    }
    let end = memchr::memrchr(b'"', cell);
    end.and_then(|end| cell.get(..end)).unwrap_or(cell)
}
