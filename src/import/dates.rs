use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta};

use super::Problem;
use crate::period::Place;
use crate::value::dates::parse_date;

/// A declared way of writing dates, read strictly: see [`DealColumns::with_dates`](super::DealColumns::with_dates).
#[derive(Debug)]
pub(super) struct Dates {
    pattern: String,
    /// None where the pattern is `YYYY-MM-DD`, for which there is a quicker way.
    parts: Option<Vec<Part>>,
    clocks: Clocks,
}

/// On whose clock the times of a file are, where they are told: nothing of it where nothing was declared.
#[derive(Clone, Debug, Default)]
pub(super) struct Clocks {
    /// Where they are brought.
    pub(super) place: Option<Place>,
    /// Where those are that are written without an offset, if that is not the place.
    pub(super) offset: Option<FixedOffset>,
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
    Utc,
    Literal(u8),
}

/// The longest of one letter first.
const SYMBOLS: [(&[u8], Part); 12] = [
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
    (b"Z", Part::Utc),
];

const MONTHS: [&[u8]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

impl Dates {
    /// None where the pattern has no year, month or day, has one twice, or a letter that means nothing.
    pub(super) fn new(pattern: &str, clocks: Clocks) -> Option<Self> {
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
            clocks,
        })
    }

    pub(super) fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether it says when in the day.
    pub(super) fn has_time(&self) -> bool {
        self.has(Part::Hour) && self.has(Part::Minute)
    }

    /// Whether it does, and not on whose clock.
    pub(super) fn is_local(&self) -> bool {
        self.has_time() && !self.has(Part::Zone) && !self.has(Part::Utc)
    }

    fn has(&self, part: Part) -> bool {
        let parts = self.parts.as_deref().unwrap_or_default();
        parts.contains(&part)
    }

    /// The date that is written; where an instant is, its date at the place.
    pub(super) fn read(&self, text: &[u8]) -> Option<NaiveDate> {
        let Some(parts) = &self.parts else {
            return parse_date(core::str::from_utf8(text).ok()?);
        };
        let written = read(parts, text)?;
        let Some(place) = &self.clocks.place else {
            return Some(written.date);
        };
        match written.zone.or(self.clocks.offset) {
            Some(offset) if self.has_time() => {
                let instant = written.local()?.and_local_timezone(offset).single()?;
                Some(place.at(instant).date_naive())
            }
            _ => Some(written.date),
        }
    }

    /// The instant that is written, at the place, if there is one, else at the offset that is written.
    pub(super) fn read_instant(&self, text: &[u8]) -> Result<DateTime<FixedOffset>, Problem> {
        let (local, zone) = self.local(text).ok_or_else(|| self.no_date())?;
        let place = self.clocks.place.as_ref();
        let Some(offset) = zone.or(self.clocks.offset) else {
            let there = place.and_then(|place| place.instant_of(local));
            return there.ok_or(Problem::SkippedTime);
        };
        let instant = local.and_local_timezone(offset).single();
        let instant = instant.ok_or_else(|| self.no_date())?;
        Ok(place.map_or(instant, |place| place.at(instant)))
    }

    fn local(&self, text: &[u8]) -> Option<(NaiveDateTime, Option<FixedOffset>)> {
        let written = read(self.parts.as_deref()?, text)?;
        Some((written.local()?, written.zone))
    }

    /// Why there is none.
    pub(super) fn no_date(&self) -> Problem {
        let format = self.pattern.clone();
        Problem::NoDate { format }
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
    zone: Option<FixedOffset>,
}

impl Written {
    fn local(&self) -> Option<NaiveDateTime> {
        let local = self.date.and_hms_opt(self.hour, self.minute, 0)?;
        let rest = TimeDelta::seconds(self.second.into())
            .checked_add(&TimeDelta::microseconds(self.micros.into()))?;
        local.checked_add_signed(rest)
    }
}

fn parts(mut pattern: &[u8]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    while let Some((first, after)) = pattern.split_first() {
        let symbol = SYMBOLS
            .iter()
            .find_map(|(symbol, part)| Some((*part, pattern.strip_prefix(*symbol)?)));
        let (part, rest) = match symbol {
            Some(found) => found,
            None if first.is_ascii_punctuation() || b"T ".contains(first) => {
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
            Part::Zone => written.zone = Some(FixedOffset::east_opt(zone(&mut text)?)?),
            Part::Utc => {
                text = text.strip_prefix(b"Z")?;
                written.zone = FixedOffset::east_opt(0);
            }
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
