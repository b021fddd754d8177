use crate::import::head::Short;

/// How long an id or a label may be.
const LONGEST_ID: usize = 255;

/// A row of cells, which stand one after another, with one byte between two of them.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Those of the row, and what stands behind them in memory.
    pub(super) bytes: &'a [u8],
    /// Where each cell begins, and behind the last one: where a further one would.
    pub(super) bounds: &'a [usize],
    /// Whether it is known to be of nothing but visible ASCII characters and spaces.
    pub(super) is_plain: bool,
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

    /// A cell as it is written, without its quotes, if it is short.
    #[inline]
    pub(in crate::import) fn short(&self, at: usize) -> Option<Short<'a>> {
        let (from, next) = (*self.bounds.get(at)?, self.bounds.get(at.wrapping_add(1))?);
        let length = next.wrapping_sub(from).wrapping_sub(1);
        if self.quoted {
            return self.short_of_quotes(at, from, length);
        }
        Short::of(self.bytes.get(from..)?, length)
    }

    // Not inlined, so that what reads cells stays small.
    #[inline(never)]
    fn short_of_quotes(&self, at: usize, from: usize, length: usize) -> Option<Short<'a>> {
        let cell = self.cell(at).len();
        let from = from.wrapping_add(usize::from(cell < length));
        Short::of(self.bytes.get(from..)?, cell)
    }

    /// All of its cells, and what parts them.
    #[inline]
    pub(super) fn text(&self) -> &'a [u8] {
        let (Some(from), Some(next)) = (self.bounds.first(), self.bounds.last()) else {
            return &[];
        };
        let end = next.wrapping_sub(1);
        self.bytes.get(*from..end).unwrap_or_default()
    }

    /// Whether it is short, and of nothing but visible ASCII characters and spaces: then each of its cells can be an id or a label.
    #[inline]
    pub(in crate::import) fn is_plain(&self) -> bool {
        // Without branches, since most rows are so to their end.
        let plain = |plain, byte: &u8| plain & matches!(byte, b' '..=b'~');
        let text = self.text();
        text.len() <= LONGEST_ID && (self.is_plain || text.iter().fold(true, plain))
    }

    /// The line on which it begins; the first is 1.
    #[inline]
    pub(in crate::import) fn line(&self) -> u64 {
        self.line
    }

    /// How many of its lines, but for the first, look like rows of this many cells: a quote that was not closed may have swallowed them.
    #[cold]
    pub(in crate::import) fn lines_like_rows(&self, cells: usize) -> usize {
        let lines = self.text().split(|byte| *byte == b'\n').skip(1);
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
