//! Dates as nearly all files have them, read in a few steps: a million rows have millions of them.

use core::num::NonZeroU32;

use super::Day;

/// From here the days of the years after 1900 are counted on, which was no leap year.
const YEAR_1900: u64 = 693_594;

/// How many days of the year are before each month, and how many it has, in common years and in leap years; the first month is 1.
const MONTHS: [[(u64, u64); 2]; 13] = [
    [(0, 0); 2],
    [(0, 31); 2],
    [(31, 28), (31, 29)],
    [(59, 31), (60, 31)],
    [(90, 30), (91, 30)],
    [(120, 31), (121, 31)],
    [(151, 30), (152, 30)],
    [(181, 31), (182, 31)],
    [(212, 31), (213, 31)],
    [(243, 30), (244, 30)],
    [(273, 31), (274, 31)],
    [(304, 30), (305, 30)],
    [(334, 31), (335, 31)],
];

impl Day {
    /// What exactly `2026-03-31` says, of a year from 1901 to 2099, of which every fourth is a leap year; none says nothing. It makes no
    /// date of the calendar, which takes four times as long.
    #[inline]
    pub(crate) fn quick(text: &[u8; 10]) -> Option<Self> {
        let [c1, c2, rest @ ..] = *text;
        let century = match &[c1, c2] {
            b"20" => 100_u64,
            b"19" => 0,
            _ => return None,
        };
        let digits = u64::from_le_bytes(rest) ^ u64::from_le_bytes(*b"00-00-00");
        // The high bit of a byte is set by what is above 9 or, for a hyphen, above 0.
        let most = (digits & 0x7f7f_7f7f_7f7f_7f7f) + 0x7676_7f76_767f_7676;
        let is_written = (most | digits) & 0x8080_8080_8080_8080 == 0;
        // The numbers of two digits that begin at each byte.
        let numbers = digits.wrapping_mul(10).wrapping_add(digits >> 8);
        let [year, _, _, month, _, _, day, _] = numbers.to_le_bytes().map(u64::from);
        let year: u64 = century + year;
        let years = MONTHS.get(usize::try_from(month).ok()?)?;
        let (before, length) = *years.get(usize::from(year % 4 == 0))?;
        let number = YEAR_1900 + year * 365 + year.div_ceil(4) + before + day;
        let number = NonZeroU32::new(u32::try_from(number).ok()?)?;
        let is_in_month = day.wrapping_sub(1) < length;
        (is_written && year > 0 && is_in_month).then_some(Self(number))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike as _;

    use super::*;
    use crate::value::dates::parse_date;

    fn quick(text: &str) -> Option<Day> {
        Day::quick(text.as_bytes().try_into().ok()?)
    }

    #[test]
    fn the_quick_way_gives_the_day_that_the_calendar_does() {
        for year in 1901..=2099 {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let text = format!("{year}-{month:02}-{day:02}");
                let slow = parse_date(&text).and_then(Day::supported);
                assert_eq!(quick(&text), slow, "{text}");
            }
        }
    }

    #[test]
    fn it_says_nothing_of_any_other_text() {
        let sound = *b"2024-01-05";
        for place in 0..sound.len() {
            for byte in 0..=u8::MAX {
                let mut text = sound;
                text[place] = byte;
                let slow = core::str::from_utf8(&text).ok().and_then(parse_date);
                let slow = slow.and_then(Day::supported);
                let known = slow.filter(|day| (1901..2100).contains(&day.date().year()));
                assert_eq!(Day::quick(&text), known, "{text:?}");
            }
        }
        for text in ["", "2024-1-05", "2024-01-05 ", "2100-01-01", "1900-12-31"] {
            assert_eq!(quick(text), None, "{text}");
        }
    }
}
