//! How a file writes dates and times: declared, and read strictly.

mod calendar;
mod counted;
mod months;
mod pattern;
#[cfg(test)]
mod tests;
mod written;

use chrono::NaiveDate;

use self::counted::{Counted, WORDS};
use self::written::Written;
use super::Problem;
use super::head::Short;
use super::pattern::{Part, hints};
use super::texts::Texts;
use crate::period::{Day, When};
use crate::value::dates::parse_date;

pub(super) use self::calendar::{Calendar, Clocks, Years, offset};
pub(super) use self::months::Months;

/// One way of writing dates or several, of which the first holds that a text fits; see [`DealColumns::with_dates`](super::DealColumns::with_dates).
#[derive(Debug)]
pub(super) struct Dates {
    patterns: Texts,
    /// In the order in which they are tried: each pattern may be several, by what stands in brackets.
    ways: Vec<Way>,
    calendar: Calendar,
}

pub(super) const ISO: &str = "YYYY-MM-DD";

#[derive(Debug)]
enum Way {
    /// `YYYY-MM-DD`, for which there is a quicker way.
    Iso,
    /// No text that is shorter than so many bytes fits them.
    Parts(Vec<Part>, usize),
    Counted(Counted),
}

impl Dates {
    /// What is wrong where a pattern does not say what a date needs, says it twice, or means nothing.
    pub(super) fn new(patterns: &Texts, calendar: &Calendar) -> Result<Self, String> {
        let (mut known, mut ways) = (Vec::new(), Vec::new());
        for pattern in patterns.iter() {
            if known.contains(&pattern) {
                return Err(format!("the date format \"{pattern}\" stands twice"));
            }
            let of_pattern = Way::of(pattern);
            ways.extend(
                of_pattern.map_err(|problem| format!("the date format \"{pattern}\" {problem}"))?,
            );
            known.push(pattern);
        }
        if known.is_empty() {
            return Err("the list of date formats is empty".to_owned());
        }
        Ok(Self {
            patterns: patterns.clone(),
            ways,
            calendar: calendar.clone(),
        })
    }

    /// All that were declared, for an error.
    pub(super) fn patterns(&self) -> String {
        self.patterns.listed()
    }

    /// Whether one of them says when in the day.
    pub(super) fn has_time(&self) -> bool {
        self.ways.iter().any(Way::has_time)
    }

    /// Whether one of them says in which hour.
    pub(super) fn has_hour(&self) -> bool {
        let has = |way: &Way| match way {
            Way::Parts(parts, _) => parts.contains(&Part::Hour) || parts.contains(&Part::ShortHour),
            way => way.has_time(),
        };
        self.ways.iter().any(has)
    }

    /// Whether one of them does, and not on whose clock.
    pub(super) fn is_local(&self) -> bool {
        self.ways.iter().any(Way::is_local)
    }

    /// The date that is written; where an instant is, its date at the place.
    #[inline]
    pub(super) fn read(&self, text: &[u8]) -> Option<NaiveDate> {
        match self.ways.as_slice() {
            [Way::Iso] => parse_date(core::str::from_utf8(text).ok()?),
            _ => self.date(text),
        }
    }

    /// The quick way for most dates; none says nothing.
    #[inline]
    pub(super) fn quick(&self, text: Short<'_>) -> Option<Day> {
        match self.ways.as_slice() {
            [Way::Iso] => Day::quick(text.exactly()?),
            _ => None,
        }
    }

    fn date(&self, text: &[u8]) -> Option<NaiveDate> {
        let written = self.written(text)?;
        let clocks = &self.calendar.clocks;
        match (&clocks.place, written.zone.or(clocks.offset)) {
            (Some(place), Some(offset)) if written.time.is_some() => {
                let instant = written.local()?.and_local_timezone(offset).single()?;
                Some(place.at(instant).date_naive())
            }
            _ => Some(written.date),
        }
    }

    /// The instant that is written, or the day where no time is.
    pub(super) fn read_when(&self, text: &[u8]) -> Result<When, Problem> {
        let written = self.written(text).ok_or_else(|| self.no_date())?;
        if written.time.is_none() {
            return Ok(When::Day(written.date));
        }
        let local = written.local().ok_or_else(|| self.no_date())?;
        let Clocks { place, offset } = &self.calendar.clocks;
        let Some(offset) = written.zone.or(*offset) else {
            let there = place.as_ref().and_then(|place| place.instant_of(local));
            return there.map(When::Instant).ok_or(Problem::SkippedTime);
        };
        let instant = local.and_local_timezone(offset).single();
        let instant = instant.ok_or_else(|| self.no_date())?;
        let there = place.as_ref().map(|place| place.at(instant));
        Ok(When::Instant(there.unwrap_or(instant)))
    }

    fn written(&self, text: &[u8]) -> Option<Written> {
        let mut ways = self.ways.iter();
        ways.find_map(|way| way.read(text, &self.calendar))
    }

    /// Why there is none.
    #[cold]
    pub(super) fn no_date(&self) -> Problem {
        let format = self.patterns();
        Problem::NoDate { format }
    }
}

impl Way {
    /// What a pattern comes to.
    fn of(pattern: &str) -> Result<Vec<Self>, String> {
        if pattern == ISO {
            return Ok(vec![Self::Iso]);
        }
        if let Some((_, counted)) = WORDS.iter().find(|(word, _)| *word == pattern) {
            return Ok(vec![Self::Counted(*counted)]);
        }
        if let Some(ours) = hints::of_directives(pattern) {
            return Err(format!("is written {ours} here"));
        }
        let mut ways = Vec::new();
        for choice in pattern::choices(pattern)? {
            let least = pattern::least(&choice);
            ways.push(Self::Parts(choice, least));
        }
        Ok(ways)
    }

    fn has_time(&self) -> bool {
        match self {
            Self::Iso => false,
            Self::Parts(parts, _) => {
                let has_hour = parts.contains(&Part::Hour) || parts.contains(&Part::ShortHour);
                has_hour && parts.contains(&Part::Minute)
            }
            Self::Counted(_) => true,
        }
    }

    fn is_local(&self) -> bool {
        match self {
            Self::Iso => false,
            Self::Parts(parts, _) => {
                let has_zone = parts.contains(&Part::Zone) || parts.contains(&Part::Utc);
                self.has_time() && !has_zone
            }
            Self::Counted(counted) => counted.is_local(),
        }
    }

    #[inline]
    fn read(&self, text: &[u8], calendar: &Calendar) -> Option<Written> {
        match self {
            Self::Iso => Some(Written {
                date: parse_date(core::str::from_utf8(text).ok()?)?,
                time: None,
                zone: None,
            }),
            Self::Parts(_, least) if text.len() < *least => None,
            Self::Parts(parts, _) => written::read(parts, text, calendar),
            Self::Counted(counted) => counted.read(text),
        }
    }
}
