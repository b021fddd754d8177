//! Digits at the front of a text, which is left behind them.

/// Exactly so many digits.
#[inline]
pub(in crate::import) fn number(text: &mut &[u8], digits: usize) -> Option<u32> {
    let (number, rest) = text.split_at_checked(digits)?;
    *text = rest;
    number.iter().try_fold(0_u32, |number, digit| {
        let value = char::from(*digit).to_digit(10)?;
        number.checked_mul(10)?.checked_add(value)
    })
}

/// One digit or two: 7, 07, 12.
#[inline]
pub(in crate::import) fn short_number(text: &mut &[u8]) -> Option<u32> {
    let two = text.get(1).is_some_and(u8::is_ascii_digit);
    number(text, if two { 2 } else { 1 })
}

pub(in crate::import) fn below(number: u32, end: u32) -> Option<u32> {
    (number < end).then_some(number)
}

/// One digit or more, of which six are microseconds and the rest is cut.
pub(in crate::import) fn fraction(text: &mut &[u8]) -> Option<u32> {
    let mut micros = number(text, 1)?.checked_mul(100_000)?;
    let mut unit = 10_000;
    while text.first().is_some_and(u8::is_ascii_digit) {
        micros = micros.checked_add(number(text, 1)?.checked_mul(unit)?)?;
        unit /= 10;
    }
    Some(micros)
}
