//! A place as a text, an offset, and in JSON: an offset, or a list of them.

use core::fmt;
use core::str::FromStr;

use serde::de::{self, SeqAccess, Visitor};
use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::error::PeriodProblem;
use super::place::Change;
use super::{Moment, Place};
use crate::error::{Error, shorten};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Since {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Moment>,
    offset: String,
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first = offset_text(self.first());
        if self.changes().is_empty() {
            return serializer.serialize_str(&first);
        }
        let mut list = serializer.serialize_seq(None)?;
        let (from, offset) = (None, first);
        list.serialize_element(&Since { from, offset })?;
        for change in self.changes() {
            list.serialize_element(&Since {
                // Checked when it was built.
                from: Moment::new(change.at()).ok(),
                offset: offset_text(change.east),
            })?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PlaceVisitor)
    }
}

/// Spelled out, since an untagged enum would not say what is wrong.
struct PlaceVisitor;

impl<'de> Visitor<'de> for PlaceVisitor {
    type Value = Place;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an offset, as \"-05:00\", or a list of {\"from\", \"offset\"}")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Place, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Place, A::Error> {
        let mut first = None;
        let mut changes = Vec::new();
        while let Some(since) = list.next_element()? {
            match first {
                None => first = Some(beginning(&since).map_err(de::Error::custom)?),
                Some(_) => changes.push(change(&since).map_err(de::Error::custom)?),
            }
        }
        let first = first.ok_or_else(|| de::Error::custom(Error::from(PeriodProblem::NoOffset)))?;
        Place::in_order(first, changes).map_err(de::Error::custom)
    }
}

fn beginning(since: &Since) -> Result<i32, Error> {
    match since.from {
        None => read_offset(&since.offset),
        Some(_) => Err(PeriodProblem::PlaceBegins.into()),
    }
}

fn change(since: &Since) -> Result<Change, Error> {
    let east = read_offset(&since.offset)?;
    let Some(from) = since.from else {
        let offset = offset_text(east);
        return Err(PeriodProblem::OffsetWithoutStart { offset }.into());
    };
    let from = from.micros();
    Ok(Change { from, east })
}

/// `+01:00`, or `Z`, which is `UTC`.
fn read_offset(text: &str) -> Result<i32, Error> {
    offset(text).ok_or_else(|| {
        let text = shorten(text);
        PeriodProblem::InvalidOffset { text }.into()
    })
}

fn offset(text: &str) -> Option<i32> {
    if text == "Z" || text == "UTC" {
        return Some(0);
    }
    let (sign, clock) = text.split_at_checked(1)?;
    let (hours, minutes) = clock.split_once(':')?;
    let number = |digits: &str, end: i32| {
        let sound = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        let number = sound.then(|| digits.parse::<i32>().ok())?;
        number.filter(|number| *number < end)
    };
    let hours = number(hours, 24)?.checked_mul(3_600)?;
    let east = number(minutes, 60)?.checked_mul(60)?.checked_add(hours)?;
    match sign {
        "+" => Some(east),
        "-" => east.checked_neg(),
        _ => None,
    }
}

/// `+01:00`.
fn offset_text(east: i32) -> String {
    let sign = if east < 0 { '-' } else { '+' };
    let minutes = east.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A place of one offset: `-05:00`, or `UTC`, which is `Z`.
impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(Self::of(read_offset(text)?, Vec::new()))
    }
}
