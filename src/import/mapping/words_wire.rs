//! The JSON of words and their meanings: one form for all, a flat one for outcomes, and one without a column.

use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::each::Each;
use super::header::{Keys, once};
use super::unknown::unknown_key;
use super::words::Wording;

/// How the JSON names the meanings.
#[derive(Clone, Copy)]
pub(in crate::import) struct Style {
    names: &'static [&'static str],
    keys: &'static [&'static str],
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Full,
    /// The words of each meaning stand beside the column, and not in an object of their own; nothing is fixed.
    Flat,
    /// There is no column.
    Listed,
}

const KEYS: &[&str] = &[
    "fixed",
    "column",
    "aliases",
    "nth",
    "words",
    "unknown",
    "others",
    "ignored_when",
    "or",
];
const FLAT_KEYS: &[&str] = &[
    "column",
    "aliases",
    "nth",
    "won",
    "lost",
    "disqualified",
    "open",
    "unknown",
    "others",
    "or",
];

const LISTED_KEYS: &[&str] = &["words", "unknown", "others"];

impl Style {
    pub(in crate::import) fn words(names: &'static [&'static str]) -> Self {
        Self {
            names,
            keys: KEYS,
            form: Form::Full,
        }
    }

    pub(in crate::import) fn listed(names: &'static [&'static str]) -> Self {
        Self {
            names,
            keys: LISTED_KEYS,
            form: Form::Listed,
        }
    }

    pub(in crate::import) fn outcome(names: &'static [&'static str]) -> Self {
        Self {
            names,
            keys: FLAT_KEYS,
            form: Form::Flat,
        }
    }

    fn place<E: Error>(self, name: &str) -> Result<usize, E> {
        let place = self.names.iter().position(|known| *known == name);
        place.ok_or_else(|| E::unknown_variant(name, self.names))
    }

    fn name(self, meaning: usize) -> &'static str {
        self.names.get(meaning).copied().unwrap_or_default()
    }
}

pub(super) fn read<'de, D: Deserializer<'de>>(
    style: Style,
    deserializer: D,
) -> Result<Wording, D::Error> {
    style.deserialize(deserializer)
}

impl<'de> DeserializeSeed<'de> for Style {
    type Value = Wording;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Wording, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Style {
    type Value = Wording;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.form {
            Form::Full | Form::Flat => "an object with \"column\" and its words",
            Form::Listed => "an object with \"words\"",
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Wording, A::Error> {
        let mut wording = Wording::default();
        let (mut header, mut fixed, mut others) = (Keys::default(), None, None);
        let (mut unknown, mut words, mut seen) = (None, None, Vec::new());
        while let Some(key) = map.next_key::<String>()? {
            let meaning = self
                .names
                .iter()
                .position(|name| self.form == Form::Flat && *name == key);
            if let Some(meaning) = meaning {
                if seen.contains(&meaning) {
                    return Err(A::Error::custom(format!("duplicate field `{key}`")));
                }
                seen.push(meaning);
                wording.add(meaning, map.next_value()?);
                continue;
            }
            match key.as_str() {
                name if !self.keys.contains(&name) => return Err(unknown_key(&key, self.keys)),
                "unknown" => once("unknown", &mut unknown, &mut map)?,
                "others" => once("others", &mut others, &mut map)?,
                "ignored_when" => wording.ignored_when = map.next_value()?,
                "fixed" => once("fixed", &mut fixed, &mut map)?,
                "words" if words.is_none() => {
                    words = Some(());
                    map.next_value_seed(ByMeaning(self, &mut wording))?;
                }
                "words" => return Err(A::Error::duplicate_field("words")),
                "or" if wording.or.is_none() => {
                    wording.or = Some(Box::new(map.next_value_seed(self)?));
                }
                "or" => return Err(A::Error::duplicate_field("or")),
                _ if header.read(&key, &mut map)? => {}
                _ => return Err(unknown_key(&key, self.keys)),
            }
        }
        let name = |name: Option<String>| name.map(|name| self.place(&name)).transpose();
        (wording.fixed, wording.others) = (name(fixed)?, name(others)?);
        wording.add_unknown(unknown.unwrap_or_default());
        let has_more = header.has_more();
        wording.column = header.header();
        if wording.column.is_none() && (self.form == Form::Flat || has_more) {
            return Err(A::Error::missing_field("column"));
        }
        Ok(wording)
    }
}

/// An object of words by their meanings.
struct ByMeaning<'a>(Style, &'a mut Wording);

impl<'de> DeserializeSeed<'de> for ByMeaning<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ByMeaning<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let meaning = self.0.place(&name)?;
            if seen.contains(&meaning) {
                return Err(A::Error::custom(format!("{name:?} stands twice")));
            }
            seen.push(meaning);
            self.1.add(meaning, map.next_value()?);
        }
        Ok(())
    }
}

pub(super) fn write<S: Serializer>(
    wording: &Wording,
    style: Style,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Written(wording, style).serialize(serializer)
}

/// Words, as their JSON has them.
pub(super) struct Written<'a>(pub(super) &'a Wording, pub(super) Style);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(wording, style) = *self;
        let mut map = serializer.serialize_map(None)?;
        if let Some(fixed) = wording.fixed {
            map.serialize_entry("fixed", style.name(fixed))?;
        }
        if let Some(column) = &wording.column {
            column.write(&mut map)?;
        }
        if style.form == Form::Flat {
            for (meaning, words) in &wording.words {
                map.serialize_entry(style.name(*meaning), words)?;
            }
        } else if !wording.words.is_empty() {
            map.serialize_entry("words", &WordsByName(&wording.words, style))?;
        }
        if !wording.unknown.is_empty() {
            map.serialize_entry("unknown", &wording.unknown)?;
        }
        if let Some(others) = wording.others {
            map.serialize_entry("others", style.name(others))?;
        }
        if !wording.ignored_when.is_empty() {
            map.serialize_entry("ignored_when", &wording.ignored_when)?;
        }
        if let Some(or) = &wording.or {
            map.serialize_entry("or", &Written(or, style))?;
        }
        map.end()
    }
}

struct WordsByName<'a>(&'a [(usize, Each<String>)], Style);

impl Serialize for WordsByName<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (meaning, words) in self.0 {
            map.serialize_entry(self.1.name(*meaning), words)?;
        }
        map.end()
    }
}
