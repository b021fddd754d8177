use chrono::TimeDelta;

use crate::import::pattern::digits::{below, fraction, number, short_number};
use crate::import::pattern::{self, Part};
use crate::import::spaces::without_space;
use crate::import::texts::Texts;

/// Lengths of time as a clock shows them, `h:mm:ss` or `m:ss`: one way of writing them or several, of which the first holds that a text fits.
///
/// `hh` and `h`, `mm` and `m`, `ss` and `s` are hours, minutes and seconds in two digits, or in one or two; `f` is a fraction of a second. The
/// largest of them may have more digits, and the others are below 60. Brackets and apostrophes mean what they mean in dates.
#[derive(Debug)]
pub(in crate::import) struct Clock {
    patterns: Texts,
    /// In the order in which they are tried.
    ways: Vec<Vec<Part>>,
}

const SYMBOLS: [(&str, Part); 7] = [
    ("hh", Part::Hour),
    ("h", Part::ShortHour),
    ("mm", Part::Minute),
    ("m", Part::ShortMinute),
    ("ss", Part::Second),
    ("s", Part::ShortSecond),
    ("f", Part::Fraction),
];

/// Each unit with its symbols, how many microseconds it is, and the largest first.
const UNITS: [(&str, [Part; 2], u64); 3] = [
    (
        "hour (hh or h)",
        [Part::Hour, Part::ShortHour],
        3_600_000_000,
    ),
    (
        "minute (mm or m)",
        [Part::Minute, Part::ShortMinute],
        60_000_000,
    ),
    (
        "second (ss or s)",
        [Part::Second, Part::ShortSecond],
        1_000_000,
    ),
];

/// Of the largest unit; more cannot be a length of time.
const MOST_DIGITS: usize = 9;

impl Clock {
    /// What is wrong where a pattern says no unit, or one twice, or means nothing.
    pub(in crate::import) fn new(patterns: &Texts) -> Result<Self, String> {
        let mut ways = Vec::new();
        for pattern in patterns.iter() {
            let wrong = |problem| format!("the format of lengths \"{pattern}\" {problem}");
            for choice in pattern::choices(pattern, &SYMBOLS).map_err(wrong)? {
                check(&choice).map_err(wrong)?;
                ways.push(choice);
            }
        }
        if ways.is_empty() {
            return Err("the list of formats of lengths is empty".to_owned());
        }
        Ok(Self {
            patterns: patterns.clone(),
            ways,
        })
    }

    /// All that were declared, for an error.
    pub(in crate::import) fn patterns(&self) -> String {
        self.patterns.listed()
    }

    pub(in crate::import) fn read(&self, text: &[u8]) -> Option<TimeDelta> {
        let micros = self.ways.iter().find_map(|parts| read(parts, text))?;
        i64::try_from(micros).ok().map(TimeDelta::microseconds)
    }
}

fn check(parts: &[Part]) -> Result<(), String> {
    let mut units = 0_u64;
    for (name, symbols, _) in UNITS {
        match parts.iter().filter(|part| symbols.contains(part)).count() {
            0 => {}
            1 => units += 1,
            _ => return Err(format!("says the {name} more than once")),
        }
    }
    let has_second = parts.contains(&Part::Second) || parts.contains(&Part::ShortSecond);
    let fractions = parts.iter().filter(|part| **part == Part::Fraction);
    match (units, fractions.count()) {
        (0, _) => Err("lacks an hour, a minute and a second; write h:mm:ss or m:ss".to_owned()),
        (_, 0) => Ok(()),
        (_, 1) if has_second => Ok(()),
        _ => Err("has a fraction (f) that is not of its second".to_owned()),
    }
}

/// In microseconds, of which there are fewer than a billion hours hold.
fn read(parts: &[Part], mut text: &[u8]) -> Option<u64> {
    let present =
        |(_, symbols, _): &&(_, [Part; 2], _)| parts.iter().any(|part| symbols.contains(part));
    let largest = UNITS.iter().find(present).map(|(_, symbols, _)| symbols)?;
    let mut micros = 0;
    for part in parts {
        match part {
            Part::Space => text = without_space(text)?,
            Part::Literal(byte) => text = text.strip_prefix(&[*byte])?,
            Part::Fraction => micros += u64::from(fraction(&mut text)?),
            part => {
                let count = if largest.contains(part) {
                    long_number(&mut text, least_digits(*part))?
                } else if least_digits(*part) == 2 {
                    below(number(&mut text, 2)?, 60)?
                } else {
                    below(short_number(&mut text)?, 60)?
                };
                let unit = UNITS.iter().find(|(_, symbols, _)| symbols.contains(part));
                micros += u64::from(count) * unit?.2;
            }
        }
    }
    text.is_empty().then_some(micros)
}

fn least_digits(part: Part) -> usize {
    match part {
        Part::Hour | Part::Minute | Part::Second => 2,
        _ => 1,
    }
}

/// All the digits in front.
fn long_number(text: &mut &[u8], least: usize) -> Option<u32> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (least..=MOST_DIGITS).contains(&digits).then_some(())?;
    number(text, digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clock(patterns: impl Into<Texts>) -> Clock {
        Clock::new(&patterns.into()).unwrap()
    }

    fn seconds(clock: &Clock, cell: &str) -> Option<i64> {
        clock
            .read(cell.as_bytes())
            .map(|length| length.num_seconds())
    }

    #[test]
    fn lengths_as_a_clock_shows_them() {
        for (pattern, cell, expected) in [
            ("hh:mm:ss", "00:05:30", 330),
            ("h:mm:ss", "0:05:30", 330),
            ("h:mm:ss", "125:00:01", 450_001),
            ("m:ss", "5:30", 330),
            ("m:ss", "125:30", 7_530),
            ("h:mm", "5:30", 19_800),
            ("[h:]mm:ss", "05:30", 330),
            ("[h:]mm:ss", "1:05:30", 3_930),
            ("hh:mm:ss[.f]", "00:05:30.999", 330),
            ("h'h' m'm'", "1h 5m", 3_900),
            ("'PT'[h'H'][m'M']s'S'", "PT5M30S", 330),
            ("s 'sec'", "90\u{a0}sec", 90),
        ] {
            assert_eq!(seconds(&clock(pattern), cell), Some(expected), "{cell}");
        }
        let several = clock(["h:mm:ss", "m:ss"]);
        assert_eq!(several.patterns(), "h:mm:ss or m:ss");
        assert_eq!(seconds(&several, "5:30"), Some(330));
        assert_eq!(seconds(&several, "1:05:30"), Some(3_930));
        let fraction = clock("s.f").read(b"1.5");
        assert_eq!(fraction, Some(TimeDelta::milliseconds(1_500)));
    }

    #[test]
    fn what_no_declared_clock_shows_is_refused() {
        for (pattern, cells) in [
            (
                "h:mm:ss",
                &[
                    "5:30", "0:60:00", "0:00:60", "0:5:30", "-0:05:30", "0:05:30 ", "330", "", "::",
                ][..],
            ),
            ("hh:mm:ss", &["5:00:00", "1234567890:00:00", "00:05:30.5"]),
            ("m:ss", &["5:3", "5:60", "5", ":30", "00:05:30"]),
        ] {
            for cell in cells {
                assert_eq!(clock(pattern).read(cell.as_bytes()), None, "{cell}");
            }
        }
    }

    #[test]
    fn a_format_that_is_none_says_why() {
        for (pattern, problem) in [
            (
                "",
                "lacks an hour, a minute and a second; write h:mm:ss or m:ss",
            ),
            ("h:mm:h", "says the hour (hh or h) more than once"),
            ("h:mm.f", "has a fraction (f) that is not of its second"),
            ("HH:mm", "has \"HH\", which is written hh here"),
            (
                "DD:hh",
                "has \"DD\", which is none of hh, h, mm, m, ss, s, f; what stands for itself stands in apostrophes",
            ),
        ] {
            let error = Clock::new(&pattern.into()).unwrap_err();
            assert_eq!(
                error,
                format!("the format of lengths \"{pattern}\" {problem}")
            );
        }
        let none = Clock::new(&Vec::<String>::new().into()).unwrap_err();
        assert_eq!(none, "the list of formats of lengths is empty");
    }

    proptest! {
        #[test]
        fn what_a_clock_shows_it_reads(all in 0..4_000_000_u64, wide in any::<bool>()) {
            let (minutes, second) = (all / 60, all % 60);
            let (hour, minute) = (minutes / 60, minutes % 60);
            let (pattern, cell) = if wide {
                ("hh:mm:ss", format!("{hour:02}:{minute:02}:{second:02}"))
            } else {
                ("m:ss", format!("{minutes}:{second:02}"))
            };
            prop_assert_eq!(seconds(&clock(pattern), &cell), Some(i64::try_from(all).unwrap()));
        }
    }
}
