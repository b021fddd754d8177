//! The JSON of a mapping.

use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::keys::{Entry, Key, Mapping, What};
use super::unique::Unique;
use super::unknown::unknown_key;
use super::words_wire::{Style, Written};
use super::{Column, Columns};
use crate::import::Texts;
use crate::period::FiscalCalendar;
use crate::record::DealStatus;

use super::meaning::Meanings as _;

/// Reads a mapping, and checks it.
pub(in crate::import) fn read<'de, C: Columns, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<C, D::Error> {
    let keys = Keys(C::KEYS, C::NAMES);
    let columns = C::of(keys.deserialize(deserializer)?);
    match super::check(&columns) {
        Ok(()) => Ok(columns),
        Err(error) => Err(D::Error::custom(error)),
    }
}

/// The keys of a kind of record, and their names with those that all have.
struct Keys(&'static [Key], &'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Keys {
    type Value = Mapping;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Mapping, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Keys {
    type Value = Mapping;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of columns")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Mapping, A::Error> {
        let mut mapping = Mapping::default();
        while let Some(name) = map.next_key::<String>()? {
            match self.0.iter().find(|key| key.name == name) {
                Some(key) if mapping.has(key.name) => {
                    return Err(A::Error::duplicate_field(key.name));
                }
                Some(key) => mapping.set(key.name, map.next_value_seed(key.what)?),
                None if mapping.format.read(&name, &mut map)? => {}
                None => return Err(unknown_key(&name, self.1)),
            }
        }
        let mut required = self.0.iter().filter(|key| key.is_required);
        match required.find(|key| !mapping.has(key.name)) {
            Some(key) => Err(A::Error::missing_field(key.name)),
            None => Ok(mapping),
        }
    }
}

impl<'de> DeserializeSeed<'de> for What {
    type Value = Entry;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entry, D::Error> {
        use serde::Deserialize as _;
        Ok(match self {
            Self::Column => Entry::Column(Column::deserialize(deserializer)?),
            Self::Columns => Entry::Columns(Vec::deserialize(deserializer)?),
            Self::Words(names) => Entry::Words(Style::words(names).deserialize(deserializer)?),
            Self::Listed(names) => Entry::Words(Style::listed(names).deserialize(deserializer)?),
            Self::Outcome => {
                Entry::Words(Style::outcome(DealStatus::NAMES).deserialize(deserializer)?)
            }
            Self::Currency => Entry::Currency(super::CurrencyColumn::deserialize(deserializer)?),
            Self::Dimensions => Entry::Dimensions(Unique::deserialize(deserializer)?.0),
            Self::Pairs(names) => Entry::Pairs(deserializer.deserialize_seq(Pairs(names))?),
            Self::Stages => Entry::Stages(Vec::deserialize(deserializer)?),
            Self::Mark => Entry::Mark(char::deserialize(deserializer)?),
            Self::Texts => Entry::Texts(Texts::deserialize(deserializer)?),
            Self::Fiscal => Entry::Fiscal(FiscalCalendar::deserialize(deserializer)?),
        })
    }
}

/// A list of objects of two columns.
#[derive(Clone, Copy)]
struct Pairs(&'static [&'static str; 2]);

impl<'de> Visitor<'de> for Pairs {
    type Value = Vec<(Column, Column)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a list of objects with {:?} and {:?}",
            self.0[0], self.0[1]
        )
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = list.next_element_seed(Pair(self.0))? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}

struct Pair(&'static [&'static str; 2]);

impl<'de> DeserializeSeed<'de> for Pair {
    type Value = (Column, Column);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Pair {
    type Value = (Column, Column);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with {:?} and {:?}", self.0[0], self.0[1])
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let [first_name, second_name] = *self.0;
        let (mut first, mut second) = (None, None);
        while let Some(name) = map.next_key::<String>()? {
            if name == first_name {
                super::header::once(first_name, &mut first, &mut map)?;
            } else if name == second_name {
                super::header::once(second_name, &mut second, &mut map)?;
            } else {
                return Err(unknown_key(&name, self.0));
            }
        }
        match (first, second) {
            (Some(first), Some(second)) => Ok((first, second)),
            (None, _) => Err(A::Error::missing_field(first_name)),
            (_, None) => Err(A::Error::missing_field(second_name)),
        }
    }
}

/// In the order of the keys.
pub(in crate::import) fn write<C: Columns, S: Serializer>(
    columns: &C,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mapping = columns.mapping();
    let mut map = serializer.serialize_map(None)?;
    for key in C::KEYS {
        if let Some(entry) = mapping.get(key.name) {
            map.serialize_entry(key.name, &WrittenEntry(entry, key.what))?;
        }
    }
    mapping.format.write(&mut map)?;
    map.end()
}

struct WrittenEntry<'a>(&'a Entry, What);

impl Serialize for WrittenEntry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0, self.1) {
            (Entry::Column(column), _) => column.serialize(serializer),
            (Entry::Columns(columns), _) => columns.serialize(serializer),
            (Entry::Words(words), What::Words(names)) => {
                Written(words, Style::words(names)).serialize(serializer)
            }
            (Entry::Words(words), What::Listed(names)) => {
                Written(words, Style::listed(names)).serialize(serializer)
            }
            (Entry::Words(words), _) => {
                Written(words, Style::outcome(DealStatus::NAMES)).serialize(serializer)
            }
            (Entry::Currency(column), _) => column.serialize(serializer),
            (Entry::Dimensions(dimensions), _) => dimensions.serialize(serializer),
            (Entry::Pairs(pairs), What::Pairs(names)) => {
                serializer.collect_seq(pairs.iter().map(|pair| WrittenPair(pair, names)))
            }
            (Entry::Pairs(pairs), _) => pairs.serialize(serializer),
            (Entry::Stages(stages), _) => stages.serialize(serializer),
            (Entry::Mark(mark), _) => mark.serialize(serializer),
            (Entry::Texts(texts), _) => texts.serialize(serializer),
            (Entry::Fiscal(calendar), _) => calendar.serialize(serializer),
        }
    }
}

struct WrittenPair<'a>(&'a (Column, Column), &'static [&'static str; 2]);

impl Serialize for WrittenPair<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ([first, second], (a, b)) = (self.1, self.0);
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(first, a)?;
        map.serialize_entry(second, b)?;
        map.end()
    }
}
