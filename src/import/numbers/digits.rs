//! Plain digits with at most one mark among them, all at once: how long a number is, and where its mark stands, cannot be foretold.

use crate::import::head::{Head, lowest};
use crate::value::halves;

/// With six decimals that is 18 digits, and a `u64` holds 19.
const LONGEST: usize = 12;

const EACH: u128 = 0x0101_0101_0101_0101_0101_0101_0101_0101;
const HIGH: u128 = EACH * 0x80;
const LOW: u128 = EACH * 0x7f;

/// A number of digits with at most `places` decimals, in units of 10⁻ᴾ; none for any other text.
#[inline]
pub(super) fn units(text: Head, mark: u8, places: usize) -> Option<u64> {
    let (bytes, length) = (text.bytes, text.length);
    // The high bit of each byte that is the mark.
    let other = bytes ^ (EACH * u128::from(mark));
    let marks = !(((other & LOW) + LOW) | other | LOW);
    let at = usize::try_from(marks.trailing_zeros() / 8).ok()?;
    let marked = usize::from(at < length);
    let whole = at.min(length);
    let decimals = length.wrapping_sub(whole).wrapping_sub(marked);
    // Without the mark, moved up to the end of 16 digits, and each digit its value. A second mark is no digit.
    let front = lowest(whole);
    let joined = (bytes & front) | ((bytes >> 8) & !front);
    let missing = 16_usize.wrapping_sub(length).wrapping_add(marked);
    let shift = u32::try_from(missing.wrapping_mul(8)).ok()?;
    let digits = joined.checked_shl(shift)? ^ (EACH * 0x30).checked_shl(shift)?;
    let wrong = (((digits & LOW) + EACH * 0x76) | digits) & HIGH;
    // A mark needs a digit on both sides.
    let is_number = wrong == 0 && whole > 0 && length <= LONGEST && (marked == 0 || decimals > 0);
    let (first, last) = halves(digits);
    let number = eight(first)
        .wrapping_mul(100_000_000)
        .wrapping_add(eight(last));
    let factor = power(places.checked_sub(decimals)?)?;
    is_number.then_some(number.wrapping_mul(factor))
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
