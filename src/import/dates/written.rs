//! What a text says that is written in a pattern.

use chrono::{Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use super::calendar::Calendar;
use crate::import::pattern::Part;
use crate::import::pattern::digits::{below, fraction, number, short_number};
use crate::import::spaces::without_space;

pub(super) struct Written {
    pub(super) date: NaiveDate,
    /// Since midnight; none where hour and minute are not told.
    pub(super) time: Option<TimeDelta>,
    pub(super) zone: Option<FixedOffset>,
}

impl Written {
    /// When on the clock of whoever wrote it.
    pub(super) fn local(&self) -> Option<NaiveDateTime> {
        let midnight = self.date.and_time(NaiveTime::MIN);
        midnight.checked_add_signed(self.time?)
    }
}

#[derive(Default)]
struct Found {
    year: u32,
    month: u32,
    day: u32,
    weekday: Option<Weekday>,
    hour: Option<u32>,
    /// How many hours of the day are over when its half begins.
    half: Option<u32>,
    minute: Option<u32>,
    second: u32,
    micros: u32,
    zone: Option<FixedOffset>,
}

pub(super) fn read(mut parts: &[Part], mut text: &[u8], calendar: &Calendar) -> Option<Written> {
    let mut found = Found::default();
    while let Some((part, after)) = parts.split_first() {
        match part {
            Part::Space => text = without_space(text)?,
            Part::Literal(byte) => text = text.strip_prefix(&[*byte])?,
            Part::MonthName => {
                found.month = calendar.months.any(&mut text)?;
                // The full stop of a short name, unless the pattern has one itself.
                if after.first() != Some(&Part::Literal(b'.')) {
                    text = text.strip_prefix(b".").unwrap_or(text);
                }
            }
            part => found.take(*part, &mut text, calendar)?,
        }
        parts = after;
    }
    if text.is_empty() { found.said() } else { None }
}

impl Found {
    #[inline]
    fn take(&mut self, part: Part, text: &mut &[u8], calendar: &Calendar) -> Option<()> {
        match part {
            Part::Year => self.year = number(text, 4)?,
            Part::TwoDigitYear => self.year = calendar.years.year(number(text, 2)?)?,
            Part::Month => self.month = number(text, 2)?,
            Part::ShortMonth => self.month = short_number(text)?,
            Part::MonthByThree => self.month = calendar.months.short(text)?,
            Part::Day => self.day = number(text, 2)?,
            Part::ShortDay => self.day = short_number(text)?,
            Part::Weekday => self.weekday = Some(weekday(text)?),
            Part::Hour => self.hour = Some(below(number(text, 2)?, 24)?),
            Part::ShortHour => self.hour = Some(below(short_number(text)?, 24)?),
            Part::Half => self.half = Some(half(text)?),
            Part::Minute => self.minute = Some(below(number(text, 2)?, 60)?),
            // A leap second is one.
            Part::Second => self.second = below(number(text, 2)?, 61)?,
            Part::Fraction => self.micros = fraction(text)?,
            Part::Zone => self.zone = Some(FixedOffset::east_opt(zone(text)?)?),
            Part::Utc => {
                *text = text.strip_prefix(b"Z")?;
                self.zone = FixedOffset::east_opt(0);
            }
            Part::ShortMinute => self.minute = Some(below(short_number(text)?, 60)?),
            Part::ShortSecond => self.second = below(short_number(text)?, 61)?,
            Part::MonthName | Part::Space | Part::Literal(_) => {}
        }
        Some(())
    }

    fn said(self) -> Option<Written> {
        let date = NaiveDate::from_ymd_opt(i32::try_from(self.year).ok()?, self.month, self.day)?;
        if self
            .weekday
            .is_some_and(|weekday| weekday != date.weekday())
        {
            return None;
        }
        let hour = match (self.hour, self.half) {
            (Some(hour @ 1..=12), Some(half)) => Some((hour % 12).checked_add(half)?),
            (_, Some(_)) => return None,
            (hour, None) => hour,
        };
        let time = match (hour, self.minute) {
            (Some(hour), Some(minute)) => Some(self.time(hour, minute)?),
            _ => None,
        };
        let zone = self.zone;
        Some(Written { date, time, zone })
    }

    fn time(&self, hour: u32, minute: u32) -> Option<TimeDelta> {
        let minutes = u64::from(hour) * 60 + u64::from(minute);
        let micros = (minutes * 60 + u64::from(self.second)) * 1_000_000 + u64::from(self.micros);
        Some(TimeDelta::microseconds(i64::try_from(micros).ok()?))
    }
}

/// In English, by three letters or in full.
fn weekday(text: &mut &[u8]) -> Option<Weekday> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic());
    let (name, rest) = text.split_at_checked(letters.count())?;
    *text = rest;
    core::str::from_utf8(name).ok()?.parse().ok()
}

/// am or pm, in any case, with full stops or without: the hours before it.
fn half(text: &mut &[u8]) -> Option<u32> {
    let (first, rest) = text.split_first()?;
    let hours = match first {
        b'a' | b'A' => 0,
        b'p' | b'P' => 12,
        _ => return None,
    };
    *text = match rest {
        [b'm' | b'M', rest @ ..] | [b'.', b'm' | b'M', b'.', rest @ ..] => rest,
        _ => return None,
    };
    Some(hours)
}

/// What [`strict_zone`] reads, UTC, GMT, and an offset of hours alone, as seconds.
fn zone(text: &mut &[u8]) -> Option<i32> {
    if let Some(rest) = text.strip_prefix(b"UTC").or(text.strip_prefix(b"GMT")) {
        *text = rest;
        return Some(0);
    }
    if let [sign @ (b'+' | b'-'), a, b, rest @ ..] = text {
        if !matches!(rest, [b':' | b'0'..=b'9', ..]) {
            *text = rest;
            return strict_zone(&mut &[*sign, *a, *b, b'0', b'0'][..]);
        }
    }
    strict_zone(text)
}

/// Z, +hh:mm, +hhmm, and the same with a minus, as seconds.
pub(super) fn strict_zone(text: &mut &[u8]) -> Option<i32> {
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
