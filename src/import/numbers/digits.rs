//! Plain digits with at most one mark among them, eight at once: how long a number is, and where its mark stands, cannot be foretold.

use crate::import::head::Head;
use crate::value::halves;

/// With six decimals that is 18 digits, and a `u64` holds 19.
const LONGEST: usize = 12;

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = EACH * 0x80;
const LOW: u64 = EACH * 0x7f;

/// A number of digits with at most `places` decimals, in units of 10⁻ᴾ; none for any other text.
#[inline]
pub(super) fn units(text: Head, mark: u8, places: usize) -> Option<u64> {
    let (first, last) = halves(text.bytes);
    let part = match text.length {
        ..=8 => part(first, text.length, mark)?,
        9..=LONGEST => {
            let last = part(last, text.length.wrapping_sub(8), mark)?;
            part(first, 8, mark)?.followed_by(&last)?
        }
        _ => return None,
    };
    // A mark needs a digit on both sides.
    let is_number = part.whole > 0 && (!part.is_marked || part.decimals > 0);
    let factor = power(places.checked_sub(part.decimals)?)?;
    is_number.then_some(part.number.wrapping_mul(factor))
}

/// At most eight bytes of a number: its digits as one number, and how many of them stand before the mark and behind it.
struct Part {
    number: u64,
    whole: usize,
    decimals: usize,
    is_marked: bool,
}

impl Part {
    fn followed_by(&self, last: &Self) -> Option<Self> {
        let digits = last.whole.wrapping_add(last.decimals);
        let (whole, decimals) = if self.is_marked {
            (self.whole, self.decimals.wrapping_add(digits))
        } else {
            (self.whole.wrapping_add(last.whole), last.decimals)
        };
        let number = self.number.wrapping_mul(power(digits)?);
        let marked_twice = self.is_marked && last.is_marked;
        (!marked_twice).then_some(Self {
            number: number.wrapping_add(last.number),
            whole,
            decimals,
            is_marked: self.is_marked || last.is_marked,
        })
    }
}

/// So many bytes, with zeros behind them; none where they have no digit, or anything but digits and one mark.
#[inline]
fn part(bytes: u64, length: usize, mark: u8) -> Option<Part> {
    // The high bit of each byte that is the mark.
    let other = bytes ^ (EACH * u64::from(mark));
    let marks = !(((other & LOW) + LOW) | other | LOW);
    let at = usize::try_from(marks.trailing_zeros() / 8).ok()?;
    let is_marked = at < length;
    let whole = at.min(length);
    let digits = length.wrapping_sub(usize::from(is_marked));
    // Without the mark, moved up to the end of eight digits, and each digit its value. A second mark is no digit.
    let front = (marks & marks.wrapping_neg())
        .wrapping_shr(7)
        .wrapping_sub(1);
    let joined = (bytes & front) | ((bytes >> 8) & !front);
    let shift = u32::try_from(8_usize.wrapping_sub(digits).wrapping_mul(8)).ok()?;
    let values = joined.checked_shl(shift)? ^ (EACH * 0x30).checked_shl(shift)?;
    let wrong = (((values & LOW) + EACH * 0x76) | values) & HIGH;
    (wrong == 0).then_some(Part {
        number: eight(values),
        whole,
        decimals: digits.wrapping_sub(whole),
        is_marked,
    })
}

/// The number of eight digits, of which the first is the lowest byte: pairs, then fours, then all.
#[inline]
fn eight(digits: u64) -> u64 {
    let pairs = (digits.wrapping_mul(10).wrapping_add(digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100).wrapping_add(pairs >> 16)) & 0x0000_ffff_0000_ffff;
    fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff
}

/// 10ᴾ for at most 6 places.
#[inline]
fn power(places: usize) -> Option<u64> {
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
        .get(places)
        .copied()
}
