use serde::Serialize;

use super::source::Row;

/// How many lines are kept.
pub(super) const KEPT: usize = 3;

/// Rows of several lines some of which look like rows of their own: a quote that was never closed may have swallowed them, up to the next
/// one. What is a row and what is text cannot be told for certain, so such a row is read as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Swallowed {
    /// How many such rows there are.
    pub rows: u64,
    /// On which lines of the file the first three of them begin.
    pub lines: Vec<u64>,
}

impl Swallowed {
    /// A row of several lines, in a file whose rows have so many cells. In a file of one column every line looks like a row.
    #[cold]
    pub(super) fn look_at(&mut self, row: Row<'_>, cells: usize) {
        if cells > 1 && row.lines_like_rows(cells) > 0 {
            self.rows = self.rows.saturating_add(1);
            if self.lines.len() < KEPT {
                self.lines.push(row.line());
            }
        }
    }
}
