//! The JSON of a column: its name, an object, or a list of both.

use core::fmt;

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};

use super::Column;
use super::column::{Place, Spec};
use super::each::Each;
use super::figures;
use super::header::{Keys, once};
use super::unique;
use super::unknown::unknown_key;
use crate::value::Currency;

const KEYS: &[&str] = &[
    "column",
    "aliases",
    "nth",
    "line",
    "followed_by",
    "unknown",
    "unknown_when",
    "ignored_when",
    "read_as",
    "dates",
    "decimal_mark",
    "grouping_mark",
    "grouping",
    "affixes",
    "negatives",
    "multipliers",
    "minor_units",
    "rounded_to",
];

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.specs() {
            [only] => only.serialize(serializer),
            several => {
                let mut list = serializer.serialize_seq(Some(several.len()))?;
                for spec in several {
                    list.serialize_element(spec)?;
                }
                list.end()
            }
        }
    }
}

impl Serialize for Spec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Place::Header(header) = &self.at {
            if header.is_plain() && *self == Self::new(self.at.clone()) {
                return serializer.serialize_str(&header.name);
            }
        }
        InFull(self).serialize(serializer)
    }
}

/// As an object, even where its name would do.
pub(super) struct InFull<'a>(pub(super) &'a Spec);

impl Serialize for InFull<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let spec = self.0;
        let mut map = serializer.serialize_map(None)?;
        match &spec.at {
            Place::Header(header) => header.write(&mut map)?,
            Place::Line(before) => map.serialize_entry("line", before)?,
        }
        if let Some(next) = &spec.followed_by {
            map.serialize_entry("followed_by", next)?;
        }
        if !spec.unknown.is_empty() {
            map.serialize_entry("unknown", &spec.unknown)?;
        }
        if !spec.unknown_when.is_empty() {
            map.serialize_entry("unknown_when", &spec.unknown_when)?;
        }
        if !spec.ignored_when.is_empty() {
            map.serialize_entry("ignored_when", &spec.ignored_when)?;
        }
        if !spec.read_as.is_empty() {
            map.serialize_entry("read_as", &spec.read_as)?;
        }
        if let Some(dates) = &spec.dates {
            map.serialize_entry("dates", dates)?;
        }
        figures::write(&spec.numbers, &mut map)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ColumnVisitor)
    }
}

/// Spelled out, since an untagged enum would not say what is wrong.
pub(super) struct ColumnVisitor;

impl<'de> Visitor<'de> for ColumnVisitor {
    type Value = Column;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a column, or an object with \"column\" and what is unknown in it")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Column, E> {
        Ok(Column::new(name))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Column, A::Error> {
        let mut columns: Option<Column> = None;
        while let Some(next) = list.next_element::<Column>()? {
            columns = Some(match columns {
                Some(columns) => columns.or(next),
                None => next,
            });
        }
        columns.ok_or_else(|| de::Error::custom("the list of columns is empty"))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Column, A::Error> {
        match read_spec(map, None)? {
            Some(spec) => Ok(Column::of(vec![spec])),
            None => Err(de::Error::missing_field("column")),
        }
    }
}

/// An object that names a column; none where it names none. A currency's may say instead which one is fixed.
pub(super) fn read_spec<'de, A: MapAccess<'de>>(
    mut map: A,
    mut fixed: Option<&mut Option<Currency>>,
) -> Result<Option<Spec>, A::Error> {
    let (mut header, mut line, mut followed_by, mut dates) = (Keys::default(), None, None, None);
    let (mut unknown, mut ignored) = (None, None);
    let (mut unknown_when, mut read_as) = (None, None);
    let mut spec = Spec::new(Place::Line(String::new()));
    while let Some(key) = map.next_key::<String>()? {
        match key.as_str() {
            "line" => once("line", &mut line, &mut map)?,
            "followed_by" => once("followed_by", &mut followed_by, &mut map)?,
            "unknown" => once("unknown", &mut unknown, &mut map)?,
            "unknown_when" => once("unknown_when", &mut unknown_when, &mut map)?,
            "ignored_when" => once("ignored_when", &mut ignored, &mut map)?,
            "read_as" => once("read_as", &mut read_as, &mut map)?,
            "dates" => once("dates", &mut dates, &mut map)?,
            "fixed" if fixed.is_some() => {
                if let Some(fixed) = &mut fixed {
                    once("fixed", *fixed, &mut map)?;
                }
            }
            _ if header.read(&key, &mut map)? => {}
            _ if figures::read(&mut spec.numbers, &key, &mut map)? => {}
            _ => return Err(unknown_key(&key, KEYS)),
        }
    }
    spec.at = match (header.header(), line) {
        (Some(header), None) => Place::Header(header),
        (None, Some(before)) => Place::Line(before),
        (Some(_), Some(_)) => return Err(de::Error::custom("name column or line, not both")),
        (None, None) => return Ok(None),
    };
    (spec.followed_by, spec.dates) = (followed_by, dates);
    spec.unknown = unknown.unwrap_or_else(Each::default);
    spec.ignored_when = ignored.unwrap_or_else(Each::default);
    if let Some(unique::Unique(unknown_when)) = unknown_when {
        spec.unknown_when = unknown_when;
    }
    if let Some(unique::Unique(read_as)) = read_as {
        spec.read_as = read_as;
    }
    Ok(Some(spec))
}
