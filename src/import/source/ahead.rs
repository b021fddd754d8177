//! The cells of ordinary rows, found for many rows at once. Ordinary is a row on one line, without quotes and of as many cells as the one
//! before; any other is left to the ways that know all rows.

use core::ops::RangeInclusive;

use super::lines::without_return;
use super::marks::{bits, is_mark, lowest, padded};

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
            if is_long || !self.look_on(buffer, delimiter) {
                return None;
            }
        }
        let last = self.first.wrapping_add(cells);
        let row = self.first..=last;
        let bounds = self.bounds(row.clone());
        let next = *bounds.last()?;
        let end = without_return(buffer, next.wrapping_sub(1));
        if end == from || !is_ordinary(bounds, buffer, delimiter) {
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
        self.next = from;
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

    /// Looks through the next bytes; false where the buffer has no more.
    fn look_on(&mut self, buffer: &[u8], delimiter: u8) -> bool {
        self.bounds.copy_within(self.first..self.known, 0);
        self.known = self.known.wrapping_sub(self.first);
        self.first = 0;
        self.make_room();
        let rest = buffer.get(self.to..).unwrap_or_default();
        let mut rest = rest.get(..WINDOW).unwrap_or(rest);
        if rest.is_empty() {
            return false;
        }
        while let Some((block, others)) = rest.split_first_chunk::<BLOCK>() {
            self.take(block, BLOCK, delimiter);
            rest = others;
        }
        if !rest.is_empty() {
            self.take(&padded(rest), rest.len(), delimiter);
        }
        true
    }

    /// Notes what is in a block, of which so many bytes are of the buffer.
    #[inline]
    fn take(&mut self, block: &[u8; BLOCK], length: usize, delimiter: u8) {
        // A cell begins behind a mark.
        let behind = self.to.wrapping_add(1);
        self.note(bits(block, |byte| is_mark(byte, delimiter)), behind);
        self.to = self.to.wrapping_add(length);
        if is_rough(block) {
            self.rough = self.to;
        }
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

/// Whether there is anything but visible ASCII characters, spaces and line feeds.
#[inline]
fn is_rough(block: &[u8; BLOCK]) -> bool {
    let other = |byte: &u8| !matches!(*byte, b' '..=b'~' | b'\n');
    // Without branches, since most blocks are so to their end.
    block.iter().fold(false, |rough, byte| rough | other(byte))
}

/// Whether delimiters stand before all cells but the first, and a line feed behind the last.
#[inline]
fn is_ordinary(bounds: &[usize], buffer: &[u8], delimiter: u8) -> bool {
    let before = |bound: &usize| buffer.get(bound.wrapping_sub(1)).copied();
    let [_, inner @ .., last] = bounds else {
        return false;
    };
    let mut ordinary = before(last) == Some(b'\n');
    for bound in inner {
        ordinary &= before(bound) == Some(delimiter);
    }
    ordinary
}
