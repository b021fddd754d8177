//! The cells of a line, found 64 bytes at a time.

use super::marks::{bits, lowest, padded};

/// A line without quotes, and without its end.
#[inline]
pub(super) fn plain(line: &[u8], delimiter: u8, bounds: &mut Vec<usize>) {
    let parting = |block: &[u8; 64]| bits(block, |byte| byte == delimiter);
    bounds.clear();
    bounds.push(0);
    let mut rest = line;
    // Behind the first byte of a block, since a cell begins behind a delimiter.
    let mut behind: usize = 1;
    while let Some((block, others)) = rest.split_first_chunk::<64>() {
        note(parting(block), behind, bounds);
        behind = behind.wrapping_add(64);
        rest = others;
    }
    if !rest.is_empty() {
        note(parting(&padded(rest)), behind, bounds);
    }
    bounds.push(line.len().wrapping_add(1));
}

/// A line whose quotes are sound and in no cell of several lines, without its end; whether there are doubled quotes in it. Any other line is
/// left to `quotes::split`, which would make the same row of this one, one quote after another.
#[inline]
pub(super) fn sound(line: &[u8], delimiter: u8, bounds: &mut Vec<usize>) -> Option<bool> {
    bounds.clear();
    bounds.push(0);
    // What holds behind the last block: whether a quote is open, may open there, was closed just before, or stands there.
    let (mut open, mut may_open, mut closed, mut was_quote) = (0, 1, 0, 0);
    let (mut rest, mut behind, mut doubled) = (line, 1_usize, 0);
    while !rest.is_empty() {
        let tail;
        let (block, others) = if let Some(parts) = rest.split_first_chunk::<64>() {
            parts
        } else {
            tail = padded(rest);
            (&tail, &[][..])
        };
        let quotes = bits(block, |byte| byte == b'"');
        let inside = from_odd_on(quotes) ^ open;
        let parting = bits(block, |byte| byte == delimiter) & !inside;
        let (opening, closing) = (quotes & inside, quotes & !inside);
        let marks = parting | quotes;
        let astray = opening & !((marks << 1) | may_open);
        let behind_closing = ((closing << 1) | closed) & !marks & until(rest.len());
        if (astray | behind_closing) != 0 {
            return None;
        }
        doubled |= opening & ((quotes << 1) | was_quote);
        note(parting, behind, bounds);
        open = 0_u64.wrapping_sub(inside >> 63);
        (may_open, closed, was_quote) = (marks >> 63, closing >> 63, quotes >> 63);
        behind = behind.wrapping_add(64);
        rest = others;
    }
    bounds.push(line.len().wrapping_add(1));
    (open == 0).then_some(doubled != 0)
}

/// The bits from each odd one on, up to the next, which is not among them.
#[inline]
fn from_odd_on(bits: u64) -> u64 {
    let mut sum = bits;
    for shift in [1, 2, 4, 8, 16, 32] {
        sum ^= sum << shift;
    }
    sum
}

/// So many of the lowest bits.
#[inline]
fn until(count: usize) -> u64 {
    u32::try_from(count)
        .ok()
        .and_then(|count| 1_u64.checked_shl(count))
        .map_or(u64::MAX, |bit| bit.wrapping_sub(1))
}

#[inline]
fn note(mut bits: u64, behind: usize, bounds: &mut Vec<usize>) {
    while bits != 0 {
        bounds.push(behind.wrapping_add(lowest(bits)));
        bits &= bits.wrapping_sub(1);
    }
}

/// The end of a line that has its line feed here.
#[inline]
pub(super) fn without_return(bytes: &[u8], line_feed: usize) -> usize {
    let before = line_feed.wrapping_sub(1);
    match bytes.get(before) {
        Some(b'\r') => before,
        _ => line_feed,
    }
}
