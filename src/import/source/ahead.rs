//! The cells of ordinary rows, found for many rows at once. Ordinary is a row on one line, without quotes and of as many cells as the one
//! before; any other is left to the ways that know all rows.

use core::ops::RangeInclusive;

use memchr::{memchr, memchr_iter};

use super::lines::without_return;
use super::marks::{bits, lowest, padded};

/// So many bytes are looked through at once.
const WINDOW: usize = 8 << 10;
const BLOCK: usize = 64;
/// So many bounds are noted at once, whether they are there or not.
const AT_ONCE: usize = 8;

/// What is known of the rows that come next in a buffer.
#[derive(Default)]
pub(super) struct Ahead {
    /// Where a row begins, and then what is behind each mark: where a cell begins, or the next row.
    bounds: Vec<usize>,
    /// At which place among them is the bound where the next row begins.
    first: usize,
    /// Where the next row begins.
    next: usize,
    /// How many of them are known; behind them is room.
    known: usize,
    /// Up to where the buffer was looked through.
    to: usize,
    /// At which place among them the last row ends of which it is known beforehand that it is ordinary; 0 where that is known of none.
    sure: usize,
    /// Behind the last block that has other bytes than visible ASCII characters, spaces and line feeds.
    rough: usize,
}

impl Ahead {
    /// The buffer has moved.
    pub(super) fn forget(&mut self) {
        (self.first, self.known) = (0, 0);
    }

    /// The bounds of the row that begins here, if it is ordinary and the buffer has all of it.
    #[inline]
    pub(super) fn row(
        &mut self,
        buffer: &[u8],
        from: usize,
        cells: usize,
        delimiter: u8,
    ) -> Option<RangeInclusive<usize>> {
        self.begin(self.next);
        if self.next != from || self.known == 0 {
            self.seek(from);
        }
        while self.known.saturating_sub(self.first) <= cells {
            let is_long = self.to.saturating_sub(from) > WINDOW;
            if is_long || !self.look_on(buffer, cells, delimiter) {
                return None;
            }
        }
        let last = self.first.wrapping_add(cells);
        let row = self.first..=last;
        let bounds = self.bounds(row.clone());
        let next = *bounds.last()?;
        let end = without_return(buffer, next.wrapping_sub(1));
        let is_line = last <= self.sure || is_line(buffer.get(from..next)?);
        if end == from || !is_line {
            return None;
        }
        (self.first, self.next) = (last, next);
        // The carriage return is not a part of the last cell, until the next row begins.
        self.begin(end.wrapping_add(1));
        Some(row)
    }

    /// Where the next row begins.
    #[inline]
    pub(super) fn next(&self) -> usize {
        self.next
    }

    #[inline]
    fn begin(&mut self, bound: usize) {
        if let Some(first) = self.bounds.get_mut(self.first) {
            *first = bound;
        }
    }

    #[inline]
    pub(super) fn bounds(&self, row: RangeInclusive<usize>) -> &[usize] {
        self.bounds.get(row).unwrap_or_default()
    }

    /// Whether all from here on is known to be visible ASCII characters, spaces and line feeds.
    #[inline]
    pub(super) fn is_plain_from(&self, from: usize) -> bool {
        from >= self.rough
    }

    /// Goes on at the row that begins here.
    #[cold]
    fn seek(&mut self, from: usize) {
        (self.next, self.sure) = (from, 0);
        let known = self.bounds.get(self.first..self.known).unwrap_or_default();
        if let Ok(skipped) = known.binary_search(&from) {
            self.first = self.first.wrapping_add(skipped);
            return;
        }
        self.first = 0;
        self.known = 1;
        self.make_room();
        self.begin(from);
        (self.to, self.rough) = (from, from);
    }

    fn make_room(&mut self) {
        let room = self.known.saturating_add(WINDOW).saturating_add(AT_ONCE);
        if self.bounds.len() < room {
            self.bounds.resize(room, 0);
        }
    }

    /// Looks through the next bytes; false where the buffer has no more, or a quote stands there.
    fn look_on(&mut self, buffer: &[u8], cells: usize, delimiter: u8) -> bool {
        self.bounds.copy_within(self.first..self.known, 0);
        self.known = self.known.wrapping_sub(self.first);
        self.first = 0;
        self.make_room();
        let rest = buffer.get(self.to..).unwrap_or_default();
        let rest = rest.get(..WINDOW).unwrap_or(rest);
        // No row with a quote is ordinary.
        let quote = memchr(b'"', rest).unwrap_or(rest.len());
        let rest = rest.get(..quote).unwrap_or_default();
        self.take(rest, delimiter);
        self.sure = self.sure_rows(buffer, cells);
        !rest.is_empty()
    }

    /// Notes what is in the next bytes.
    fn take(&mut self, bytes: &[u8], delimiter: u8) {
        // All marks are found before any is noted: those of one block need not wait for another's.
        let mut marks = [0; WINDOW / BLOCK];
        let mut behind = self.to;
        for (marks, part) in marks.iter_mut().zip(bytes.chunks(BLOCK)) {
            behind = behind.wrapping_add(part.len());
            let (found, is_rough) = match part.first_chunk() {
                Some(block) => look_at(block, delimiter),
                None => look_at(&padded(part), delimiter),
            };
            *marks = found;
            if is_rough {
                self.rough = behind;
            }
        }
        let blocks = bytes.len().div_ceil(BLOCK);
        for marks in marks.iter().take(blocks) {
            // A cell begins behind a mark.
            self.note(*marks, self.to.wrapping_add(1));
            self.to = self.to.wrapping_add(BLOCK);
        }
        self.to = behind;
    }

    /// At which place the last whole row ends, if each has a line feed at its end and there are no others: all are ordinary then.
    fn sure_rows(&self, buffer: &[u8], cells: usize) -> usize {
        let bounds = self.bounds.get(..self.known).unwrap_or_default();
        let mut ends = bounds.iter().step_by(cells.max(1)).skip(1);
        let text = buffer.get(self.next..self.to).unwrap_or_default();
        if memchr_iter(b'\n', text).count() != ends.len() {
            return 0;
        }
        let last = ends.len().wrapping_mul(cells);
        let is_end = |bound: &usize| buffer.get(bound.wrapping_sub(1)) == Some(&b'\n');
        if ends.all(is_end) { last } else { 0 }
    }

    /// A bound for each bit. A few are noted without a look at how many there are: that cannot be foretold.
    #[inline]
    fn note(&mut self, mut bits: u64, behind: usize) {
        let mut room = self.bounds.get_mut(self.known..).unwrap_or_default();
        self.known = self.known.wrapping_add(ones(bits));
        while let Some((places, others)) = room.split_first_chunk_mut::<AT_ONCE>() {
            for place in places {
                *place = behind.wrapping_add(lowest(bits));
                bits &= bits.wrapping_sub(1);
            }
            if bits == 0 {
                return;
            }
            room = others;
        }
    }
}

#[inline]
fn ones(bits: u64) -> usize {
    usize::try_from(bits.count_ones()).unwrap_or_default()
}

/// Where delimiters and line feeds stand, as bits, and whether it is rough.
#[inline]
fn look_at(block: &[u8; BLOCK], delimiter: u8) -> (u64, bool) {
    let marks = bits(block, |byte| byte == delimiter || byte == b'\n');
    (marks, is_rough(block))
}

/// Whether there is anything but visible ASCII characters, spaces and line feeds.
#[inline]
fn is_rough(block: &[u8; BLOCK]) -> bool {
    let other = |byte: &u8| !matches!(*byte, b' '..=b'~' | b'\n');
    // Without branches, since most blocks are so to their end.
    block.iter().fold(false, |rough, byte| rough | other(byte))
}

/// Whether the first line feed is the last byte.
#[inline]
fn is_line(bytes: &[u8]) -> bool {
    memchr(b'\n', bytes) == bytes.len().checked_sub(1)
}
