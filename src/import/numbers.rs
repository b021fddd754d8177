use rust_decimal::Decimal;

use crate::value::number;

/// A declared way of writing numbers, read strictly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    decimal_mark: char,
    grouping_mark: Option<char>,
    /// The decimal mark as a byte, if it is one: for the quick way.
    mark: Option<u8>,
}

/// A number that can be in a cell is shorter, with its grouping.
const LONGEST: usize = 80;

/// With six decimals that is 18 digits, and a `u64` holds 19.
const QUICK: usize = 12;

impl Numbers {
    pub(super) fn new(decimal_mark: char, grouping_mark: Option<char>) -> Self {
        Self {
            decimal_mark,
            grouping_mark,
            mark: u8::try_from(decimal_mark).ok().filter(u8::is_ascii),
        }
    }

    /// Whether the mark can be a part of a number.
    pub(super) fn may_hold(self, mark: char) -> bool {
        let marks = [Some(self.decimal_mark), self.grouping_mark, Some('-')];
        mark.is_ascii_digit() || marks.contains(&Some(mark))
    }

    /// A number in this format.
    pub(super) fn example(self) -> String {
        let group = self.grouping_mark.map(String::from).unwrap_or_default();
        format!("1{group}234{}56", self.decimal_mark)
    }

    /// The quick way, for digits with at most `places` decimals: the number in units of 10⁻ᴾ. None says nothing.
    #[inline]
    pub(super) fn units(self, text: &[u8], places: usize) -> Option<u64> {
        let mark = self.mark.filter(|_| text.len() <= QUICK)?;
        let (mut number, mut whole) = (0_u64, text.len());
        for (at, byte) in text.iter().enumerate() {
            let digit = byte.wrapping_sub(b'0');
            if digit <= 9 {
                number = number * 10 + u64::from(digit);
            } else if *byte == mark && whole == text.len() {
                whole = at;
            } else {
                return None;
            }
        }
        let decimals = match text.len().checked_sub(whole)? {
            0 => 0,
            // A mark needs a digit on both sides.
            1 => return None,
            marked => marked.checked_sub(1)?,
        };
        let missing = places.checked_sub(decimals)?;
        (whole > 0).then_some(number * power(missing)?)
    }

    /// Any number in this format.
    pub(super) fn decimal(self, text: &str) -> Option<Decimal> {
        if text.len() > LONGEST {
            return None;
        }
        let (sign, text) = match text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", text),
        };
        let (whole, fraction) = match text.split_once(self.decimal_mark) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text, None),
        };
        let whole = self.ungrouped(whole)?;
        let plain = match fraction {
            Some(fraction) => format!("{sign}{whole}.{fraction}"),
            None => format!("{sign}{whole}"),
        };
        number::parse(&plain).ok()
    }

    /// Digits without their grouping: one to three, then always three.
    fn ungrouped(self, whole: &str) -> Option<String> {
        let Some(mark) = self.grouping_mark else {
            return all_digits(whole).then(|| whole.to_owned());
        };
        let mut groups = whole.split(mark);
        let mut out = groups.next().filter(|first| all_digits(first))?.to_owned();
        let grouped = out.len() <= 3;
        for group in groups {
            (grouped && group.len() == 3 && all_digits(group)).then(|| out.push_str(group))?;
        }
        Some(out)
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// 10ᴾ for at most 6 places.
fn power(places: usize) -> Option<u64> {
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
        .get(places)
        .copied()
}
