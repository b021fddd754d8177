//! The cells of a row of any quotes, and what is wrong with them. A cell stands in quotes where a quote is its first byte; any other quote is
//! a character, even behind nothing but spaces: ` "a"` is a text of four characters.

use super::lines::without_return;
use super::marks::Marks;

/// A cell in quotes is not longer.
pub(super) const LONGEST_QUOTE: usize = 1 << 20;
/// A row is not longer.
pub(super) const LONGEST_ROW: usize = 16 << 20;

/// What the bytes from the beginning of a row on are.
pub(super) enum Found {
    Row(Extent),
    /// Not a whole row: more must be read. The place is that of the last cell, which at the end of the file is a quote that is not closed.
    Part(usize),
    /// The cell that begins here is wrong.
    Flawed(usize, FlawKind),
}

/// How far a row goes.
pub(super) struct Extent {
    /// Without the end of its line.
    pub(super) end: usize,
    /// Where the next row begins.
    pub(super) next: usize,
    pub(super) lines: u64,
    /// Whether there are doubled quotes in it.
    pub(super) doubled: bool,
}

/// What is wrong with a row.
pub(super) enum FlawKind {
    /// Text stands behind the closing quote, which has this place.
    TextAfter(usize),
    LongQuote,
    LongRow,
    Unclosed,
}

/// A row of any quotes, which begins where `bytes` do.
pub(super) fn split(bytes: &[u8], delimiter: u8, bounds: &mut Vec<usize>) -> Found {
    bounds.clear();
    bounds.push(0);
    let mut marks = Marks::new(bytes, delimiter);
    let (mut cell, mut lines, mut doubled) = (0, 1, false);
    while let Some(at) = marks.next() {
        if at > LONGEST_ROW {
            return Found::Flawed(cell, FlawKind::LongRow);
        }
        match bytes.get(at) {
            Some(b'"') if at > cell => {}
            Some(b'"') => match close(&mut marks, at) {
                Closing::Sound(inner) => {
                    lines += inner.line_ends;
                    doubled |= inner.doubled;
                }
                Closing::Unknown => return Found::Part(cell),
                Closing::Flawed(kind) => return Found::Flawed(cell, kind),
            },
            Some(b'\n') => {
                let end = without_return(bytes, at);
                bounds.push(end.wrapping_add(1));
                let next = at.wrapping_add(1);
                return Found::Row(Extent {
                    end,
                    next,
                    lines,
                    doubled,
                });
            }
            _ => {
                cell = at.wrapping_add(1);
                bounds.push(cell);
            }
        }
    }
    if bytes.len() > LONGEST_ROW {
        return Found::Flawed(cell, FlawKind::LongRow);
    }
    Found::Part(cell)
}

enum Closing {
    Sound(Inner),
    /// More must be read.
    Unknown,
    Flawed(FlawKind),
}

#[derive(Default)]
struct Inner {
    line_ends: u64,
    doubled: bool,
}

/// Goes behind the quote that closes the one that was just met.
#[inline]
fn close(marks: &mut Marks<'_>, open: usize) -> Closing {
    let last = open.saturating_add(LONGEST_QUOTE).saturating_add(1);
    let mut inner = Inner::default();
    while let Some(at) = marks.next() {
        if at > last {
            return Closing::Flawed(FlawKind::LongQuote);
        }
        match marks.bytes.get(at..) {
            Some([b'\n', ..]) => inner.line_ends += 1,
            Some([b'"', b'"', ..]) => {
                inner.doubled = true;
                marks.next();
            }
            Some([b'"', rest @ ..]) => {
                return match is_end(within(rest, LONGEST_QUOTE), marks.delimiter) {
                    Some(true) => Closing::Sound(inner),
                    Some(false) => Closing::Flawed(FlawKind::TextAfter(at)),
                    None if rest.len() > LONGEST_QUOTE => Closing::Flawed(FlawKind::LongQuote),
                    None => Closing::Unknown,
                };
            }
            _ => {}
        }
    }
    if marks.bytes.len() > last {
        return Closing::Flawed(FlawKind::LongQuote);
    }
    Closing::Unknown
}

fn within(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

/// Whether a cell ends with the quote before these bytes, but for spaces; not known where they are too few.
#[inline]
fn is_end(bytes: &[u8], delimiter: u8) -> Option<bool> {
    let mut rest = bytes;
    while let [first, others @ ..] = rest {
        match first {
            b'\n' => return Some(true),
            b'\r' => return others.first().map(|next| *next == b'\n'),
            byte if *byte == delimiter => return Some(true),
            b' ' | b'\t' => rest = others,
            _ => return Some(false),
        }
    }
    None
}

/// Makes one of each two quotes inside the cells in quotes; what becomes free is filled with spaces behind the closing ones.
#[cold]
pub(super) fn undouble(row: &mut [u8], bounds: &[usize]) {
    for bound in bounds.windows(2) {
        let [from, next] = bound else { continue };
        if let Some([b'"', cell @ ..]) = row.get_mut(*from..next.saturating_sub(1)) {
            undouble_cell(cell);
        }
    }
}

/// A cell behind its opening quote.
fn undouble_cell(cell: &mut [u8]) {
    let (mut to, mut from) = (0_usize, 0_usize);
    while let Some(byte) = cell.get(from).copied() {
        if let Some(place) = cell.get_mut(to) {
            *place = byte;
        }
        to = to.wrapping_add(1);
        let doubled = byte == b'"' && cell.get(from.wrapping_add(1)) == Some(&b'"');
        from = from.wrapping_add(if doubled { 2 } else { 1 });
    }
    cell.get_mut(to..).unwrap_or_default().fill(b' ');
}
