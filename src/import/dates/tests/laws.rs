//! What a format writes, it reads: of formats that are made, not listed.

use chrono::{Days, NaiveDateTime, TimeDelta, Timelike as _};
use proptest::prelude::*;
use proptest::sample::select;

use super::names::german;
use super::*;

/// A format of this writer, part by part, each of a symbol or of itself.
#[derive(Clone, Debug)]
struct Format {
    pattern: String,
    /// The symbols that are written, without those in brackets that lack.
    written: Vec<String>,
}

fn chosen(of: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    select(of)
}

fn date_parts() -> impl Strategy<Value = Vec<String>> {
    let parts = (
        chosen(&["YYYY", "YY"]),
        chosen(&["MM", "M", "MMM", "MMMM"]),
        chosen(&["DD", "D"]),
    );
    let parts = parts.prop_flat_map(|(y, m, d)| Just(vec![y, m, d]).prop_shuffle());
    let mark = chosen(&["-", "/", ".", " ", ", ", "'of'", "''"]);
    (parts, mark, any::<bool>()).prop_map(|(parts, mark, named)| {
        let mut all = Vec::new();
        if named {
            all.extend(["WWW", ", "]);
        }
        all.extend([parts[0], mark, parts[1], mark, parts[2]]);
        all.into_iter().map(str::to_owned).collect()
    })
}

/// Each with whether it stands in a bracket, and whether it is written.
fn time_parts() -> impl Strategy<Value = Vec<(String, bool, bool)>> {
    let flags = (any::<bool>(), any::<bool>());
    let texts = (
        chosen(&["hh", "h"]),
        chosen(&["z", " z", " Z", ""]),
        chosen(&["", " ap", "ap"]),
    );
    (texts, flags, 0..3_usize).prop_map(|((hour, zone, half), (opt, there), finer)| {
        let mut all = vec![
            (format!(" {hour}"), false, true),
            (":mm".to_owned(), false, true),
        ];
        let finest = [":ss", ".f"];
        for symbol in &finest[..finer] {
            all.push(((*symbol).to_owned(), opt, there || !opt));
        }
        all.push((half.to_owned(), false, true));
        all.push((zone.to_owned(), false, true));
        all
    })
}

fn bracketed(text: &str, is: bool) -> String {
    if is {
        format!("[{text}]")
    } else {
        text.to_owned()
    }
}

fn formats() -> impl Strategy<Value = Format> {
    let time = (time_parts(), any::<bool>(), any::<bool>());
    (date_parts(), proptest::option::of(time)).prop_map(|(mut written, time)| {
        let mut pattern = written.concat();
        if let Some((parts, in_brackets, told)) = time {
            let mut text = String::new();
            for (symbol, optional, there) in parts {
                text += &bracketed(&symbol, optional);
                if (told || !in_brackets) && there {
                    written.push(symbol);
                }
            }
            pattern += &bracketed(&text, in_brackets);
        }
        Format { pattern, written }
    })
}

/// How another library writes it.
const ELSEWHERE: [(&str, &str); 19] = [
    ("YYYY", "%Y"),
    ("YY", "%y"),
    ("MM", "%m"),
    ("M", "%-m"),
    ("MMM", "%b"),
    ("MMMM", "%B"),
    ("DD", "%d"),
    ("D", "%-d"),
    ("WWW", "%a"),
    ("hh", "%H"),
    ("h", "%-H"),
    ("hh/12", "%I"),
    ("h/12", "%-I"),
    ("ap", "%p"),
    ("mm", "%M"),
    ("ss", "%S"),
    ("f", "%6f"),
    ("z", "%:z"),
    ("Z", "Z"),
];

/// One symbol with marks in front of it, as some program would write it.
fn write(part: &str, at: DateTime<FixedOffset>, loud: bool) -> String {
    let symbol = part.trim_start_matches([' ', ':', '.']);
    let marks = part.strip_suffix(symbol).unwrap();
    let elsewhere = ELSEWHERE.iter().find(|(ours, _)| *ours == symbol);
    let value = match (elsewhere, symbol) {
        (Some((_, theirs)), _) => at.format(theirs).to_string(),
        (None, "''") => "'".to_owned(),
        (None, mark) => return marks.to_owned() + mark.trim_matches('\''),
    };
    marks.to_owned() + &if loud { value.to_uppercase() } else { value }
}

fn has(format: &Format, symbol: &str) -> bool {
    format
        .written
        .iter()
        .any(|part| part.trim_start_matches([' ', ':', '.']) == symbol)
}

impl Format {
    fn write(&self, at: NaiveDateTime, east: i32, loud: bool) -> String {
        let half = has(self, "ap");
        let at = at.and_local_timezone(offset(east)).unwrap();
        let mut text = String::new();
        for part in &self.written {
            let hour = part.trim_start() == "h" || part.trim_start() == "hh";
            let part = if half && hour {
                format!("{part}/12")
            } else {
                part.clone()
            };
            text += &write(&part, at, loud);
        }
        text
    }

    /// What can be told of an instant in it.
    fn tells(&self, at: NaiveDateTime, east: i32) -> When {
        if !has(self, "mm") {
            return When::Day(at.date());
        }
        let second = if has(self, "ss") { at.second() } else { 0 };
        let nanos = if has(self, "f") { at.nanosecond() } else { 0 };
        let told = at
            .with_second(second)
            .unwrap()
            .with_nanosecond(nanos)
            .unwrap();
        let east = if has(self, "z") { east } else { 0 };
        let instant = told.and_local_timezone(offset(east)).unwrap();
        When::Instant(instant.to_utc().fixed_offset())
    }
}

/// So many minutes east.
fn offset(east: i32) -> FixedOffset {
    let seconds = east.checked_mul(60).unwrap();
    FixedOffset::east_opt(seconds).unwrap()
}

/// In the hundred years that two digits may mean.
fn times() -> impl Strategy<Value = NaiveDateTime> {
    (0..3_155_760_000_000_000_i64)
        .prop_map(|micro| DateTime::from_timestamp_micros(micro).unwrap().naive_utc())
}

proptest! {
    #[test]
    fn what_a_format_writes_it_reads(format in formats(), at in times(), east in -14 * 60..14 * 60, loud in any::<bool>()) {
        let dates = dates(format.pattern.as_str());
        let cell = format.write(at, east, loud);
        let read = dates.read_when(cell.as_bytes());
        prop_assert_eq!(read, Ok(format.tells(at, east)), "{} in {}", cell, format.pattern);
    }

    #[test]
    fn what_goes_on_is_not_read(format in formats(), at in times(), east in 0..14 * 60, more in "[x:0-9\u{e9}]") {
        let dates = dates(format.pattern.as_str());
        let cell = format.write(at, east, false) + &more;
        // A digit more may be another day or fraction, but never another text.
        let read = dates.read_when(cell.as_bytes());
        prop_assert!(read.is_err() || more.as_bytes()[0].is_ascii_digit(), "{} in {}", cell, format.pattern);
    }

    #[test]
    fn a_format_in_a_list_reads_what_it_reads_alone(one in formats(), other in formats(), at in times(), east in 0..60) {
        prop_assume!(one.pattern != other.pattern);
        let both = dates([one.pattern.as_str(), other.pattern.as_str()]);
        let (one, alone) = (dates(one.pattern.as_str()), dates(other.pattern.as_str()));
        let cell = other.write(at, east, false);
        let expected = one.read_when(cell.as_bytes()).or(alone.read_when(cell.as_bytes()));
        prop_assert_eq!(both.read_when(cell.as_bytes()), expected);
    }

    #[test]
    fn days_are_counted_as_a_spreadsheet_counts_them(day in 61..400_000_u64, second in 0..86_400_u64) {
        let first = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
        let at = first.checked_add_days(Days::new(day)).unwrap().and_hms_opt(0, 0, 0).unwrap();
        let at = at.checked_add_signed(TimeDelta::seconds(i64::try_from(second).unwrap())).unwrap();
        // Ten decimals, as programs write them.
        let cell = format!("{day}.{:010}", (second * 10_000_000_000 + 43_200) / 86_400);
        let read = dates("serial").read_when(cell.as_bytes());
        prop_assert_eq!(read, Ok(When::Instant(at.and_utc().fixed_offset())), "{}", cell);
    }

    #[test]
    fn no_format_and_no_cell_makes_it_panic(pattern in "[YMDWhmsfzZapT \\[\\]'./:-]{0,24}", other in ".*", cell in proptest::collection::vec(any::<u8>(), 0..30)) {
        for pattern in [pattern, other] {
            let Ok(dates) = Dates::new(&pattern.into(), &german()) else { continue };
            let _ = (dates.read(&cell), dates.read_when(&cell));
        }
        for word in ["serial", "serial1904", "unix", "unix_ms", "D MMMM YYYY"] {
            let dates = dates(word);
            let _ = (dates.read(&cell), dates.read_when(&cell));
        }
    }
}
