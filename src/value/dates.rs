//! Dates as texts.

use chrono::NaiveDate;

/// Reads exactly `2026-03-31`: four digits, two and two. (`chrono` by itself reads "24-01-05" as the year 24.)
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0_u32, |number, digit| {
            let value = char::from(**digit).to_digit(10)?;
            number.checked_mul(10)?.checked_add(value)
        })
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}
