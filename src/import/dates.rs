use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

use crate::value::dates::parse_date;

/// A declared way of writing dates, read strictly: see [`DealColumns::with_dates`](super::DealColumns::with_dates).
#[derive(Debug)]
pub(super) struct Dates {
    pattern: String,
    /// None where the pattern is `YYYY-MM-DD`, for which there is a quicker way.
    parts: Option<Vec<Part>>,
}

pub(super) const ISO: &str = "YYYY-MM-DD";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    ShortMonth,
    MonthName,
    Day,
    ShortDay,
    Hour,
    Minute,
    Second,
    Fraction,
    Zone,
    Literal(u8),
}

/// The longest of one letter first.
const SYMBOLS: [(&[u8], Part); 11] = [
    (b"YYYY", Part::Year),
    (b"MMM", Part::MonthName),
    (b"MM", Part::Month),
    (b"M", Part::ShortMonth),
    (b"DD", Part::Day),
    (b"D", Part::ShortDay),
    (b"hh", Part::Hour),
    (b"mm", Part::Minute),
    (b"ss", Part::Second),
    (b"f", Part::Fraction),
    (b"z", Part::Zone),
];

const MONTHS: [&[u8]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

impl Dates {
    /// None where the pattern has no year, month or day, has one twice, or a letter that means nothing.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let parts = parts(pattern.as_bytes())?;
        let count = |wanted: &[Part]| parts.iter().filter(|part| wanted.contains(part)).count();
        let once = [
            &[Part::Year][..],
            &[Part::Month, Part::ShortMonth, Part::MonthName],
            &[Part::Day, Part::ShortDay],
        ];
        let sound = once.iter().all(|wanted| count(wanted) == 1);
        sound.then(|| Self {
            pattern: pattern.to_owned(),
            parts: (pattern != ISO).then_some(parts),
        })
    }

    pub(super) fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether it says when in the day.
    pub(super) fn has_time(&self) -> bool {
        self.has(Part::Hour) && self.has(Part::Minute)
    }

    /// Whether it says in which zone.
    pub(super) fn has_zone(&self) -> bool {
        self.has(Part::Zone)
    }

    fn has(&self, part: Part) -> bool {
        let parts = self.parts.as_deref().unwrap_or_default();
        parts.contains(&part)
    }

    pub(super) fn read(&self, text: &[u8]) -> Option<NaiveDate> {
        match &self.parts {
            None => parse_date(core::str::from_utf8(text).ok()?),
            Some(parts) => read(parts, text).map(|written| written.date),
        }
    }

    /// The instant that is written, at the offset that is written or else at this one.
    pub(super) fn read_instant(
        &self,
        text: &[u8],
        offset: Option<FixedOffset>,
    ) -> Option<DateTime<FixedOffset>> {
        let written = read(self.parts.as_deref()?, text)?;
        let zone = written.zone.map(FixedOffset::east_opt);
        let local = written.date.and_hms_opt(written.hour, written.minute, 0)?;
        let rest = TimeDelta::seconds(written.second.into())
            .checked_add(&TimeDelta::microseconds(written.micros.into()))?;
        let local = local.checked_add_signed(rest)?;
        local.and_local_timezone(zone.unwrap_or(offset)?).single()
    }
}

/// What a text says.
#[derive(Default)]
struct Written {
    date: NaiveDate,
    hour: u32,
    minute: u32,
    second: u32,
    micros: u32,
    /// Seconds east of UTC.
    zone: Option<i32>,
}

fn parts(mut pattern: &[u8]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    while let Some((first, after)) = pattern.split_first() {
        let symbol = SYMBOLS
            .iter()
            .find_map(|(symbol, part)| Some((*part, pattern.strip_prefix(*symbol)?)));
        let (part, rest) = match symbol {
            Some(found) => found,
            None if b"TZ".contains(first) => (Part::Literal(*first), after),
            None if first.is_ascii_punctuation() || *first == b' ' => {
                (Part::Literal(*first), after)
            }
            None => return None,
        };
        parts.push(part);
        pattern = rest;
    }
    Some(parts)
}

fn read(parts: &[Part], mut text: &[u8]) -> Option<Written> {
    let (mut year, mut month, mut day) = (0, 0, 0);
    let mut written = Written::default();
    for part in parts {
        match part {
            Part::Year => year = number(&mut text, 4)?,
            Part::Month => month = number(&mut text, 2)?,
            Part::ShortMonth => month = short_number(&mut text)?,
            Part::MonthName => month = month_name(&mut text)?,
            Part::Day => day = number(&mut text, 2)?,
            Part::ShortDay => day = short_number(&mut text)?,
            Part::Hour => written.hour = below(number(&mut text, 2)?, 24)?,
            Part::Minute => written.minute = below(number(&mut text, 2)?, 60)?,
            // A leap second is one.
            Part::Second => written.second = below(number(&mut text, 2)?, 61)?,
            Part::Fraction => written.micros = fraction(&mut text)?,
            Part::Zone => written.zone = Some(zone(&mut text)?),
            Part::Literal(byte) => text = text.strip_prefix(&[*byte])?,
        }
    }
    written.date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    text.is_empty().then_some(written)
}

/// Exactly so many digits.
fn number(text: &mut &[u8], digits: usize) -> Option<u32> {
    let (number, rest) = text.split_at_checked(digits)?;
    *text = rest;
    number.iter().try_fold(0_u32, |number, digit| {
        let value = char::from(*digit).to_digit(10)?;
        number.checked_mul(10)?.checked_add(value)
    })
}

/// One digit or two: 7, 07, 12.
fn short_number(text: &mut &[u8]) -> Option<u32> {
    let two = text.get(1).is_some_and(u8::is_ascii_digit);
    number(text, if two { 2 } else { 1 })
}

fn month_name(text: &mut &[u8]) -> Option<u32> {
    let (name, rest) = text.split_at_checked(3)?;
    *text = rest;
    (1..)
        .zip(MONTHS)
        .find_map(|(number, month)| name.eq_ignore_ascii_case(month).then_some(number))
}

fn below(number: u32, end: u32) -> Option<u32> {
    (number < end).then_some(number)
}

/// One digit or more, of which six are microseconds and the rest is cut.
fn fraction(text: &mut &[u8]) -> Option<u32> {
    let mut micros = number(text, 1)?.checked_mul(100_000)?;
    let mut unit = 10_000;
    while text.first().is_some_and(u8::is_ascii_digit) {
        micros = micros.checked_add(number(text, 1)?.checked_mul(unit)?)?;
        unit /= 10;
    }
    Some(micros)
}

/// Z, +hh:mm, +hhmm, and the same with a minus, as seconds.
fn zone(text: &mut &[u8]) -> Option<i32> {
    let (sign, rest) = text.split_first()?;
    *text = rest;
    match sign {
        b'Z' => Some(0),
        b'+' => clock(text),
        b'-' => clock(text)?.checked_neg(),
        _ => None,
    }
}

fn clock(text: &mut &[u8]) -> Option<i32> {
    let hours = below(number(text, 2)?, 24)?;
    *text = text.strip_prefix(b":").unwrap_or(text);
    let minutes = below(number(text, 2)?, 60)?;
    let seconds = hours
        .checked_mul(3_600)?
        .checked_add(minutes.checked_mul(60)?)?;
    i32::try_from(seconds).ok()
}

/// `+01:00`, as a mapping declares it.
pub(super) fn offset(mut text: &[u8]) -> Option<FixedOffset> {
    let seconds = zone(&mut text)?;
    FixedOffset::east_opt(seconds).filter(|_| text.is_empty())
}
