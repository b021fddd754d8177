//! By which name a column is found.

use serde::de::MapAccess;
use serde::ser::SerializeMap;

/// The header of a column, as a mapping names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Header {
    pub(in crate::import) name: String,
    /// Other names that it may have.
    pub(in crate::import) aliases: Vec<String>,
    /// Which of several columns of the name, the first being 1.
    pub(in crate::import) nth: Option<usize>,
}

impl Header {
    pub(in crate::import) fn new(name: String) -> Self {
        Self {
            name,
            aliases: Vec::new(),
            nth: None,
        }
    }

    pub(in crate::import) fn is_plain(&self) -> bool {
        self.aliases.is_empty() && self.nth.is_none()
    }

    /// The name, then the other ones.
    pub(in crate::import) fn names(&self) -> impl Iterator<Item = &str> {
        core::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    pub(super) fn write<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error> {
        map.serialize_entry("column", &self.name)?;
        if !self.aliases.is_empty() {
            map.serialize_entry("aliases", &self.aliases)?;
        }
        match self.nth {
            Some(nth) => map.serialize_entry("nth", &nth),
            None => Ok(()),
        }
    }
}

/// What is read of the keys of a header, in any order.
#[derive(Default)]
pub(super) struct Keys {
    name: Option<String>,
    aliases: Option<Vec<String>>,
    nth: Option<usize>,
}

impl Keys {
    /// Whether the key is one of them; then its value is read.
    pub(super) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
    ) -> Result<bool, A::Error> {
        match key {
            "column" => once("column", &mut self.name, map)?,
            "aliases" => once("aliases", &mut self.aliases, map)?,
            "nth" => once("nth", &mut self.nth, map)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub(super) fn header(self) -> Option<Header> {
        let (aliases, nth) = (self.aliases.unwrap_or_default(), self.nth);
        self.name.map(|name| Header { name, aliases, nth })
    }

    /// Whether there are others beside the name.
    pub(super) fn has_more(&self) -> bool {
        self.aliases.is_some() || self.nth.is_some()
    }
}

/// Reads the value of a key that may stand once.
pub(super) fn once<'de, A: MapAccess<'de>, V: serde::Deserialize<'de>>(
    key: &'static str,
    value: &mut Option<V>,
    map: &mut A,
) -> Result<(), A::Error> {
    if value.is_some() {
        return Err(serde::de::Error::duplicate_field(key));
    }
    *value = Some(map.next_value()?);
    Ok(())
}
