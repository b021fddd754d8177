use core::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::value::Label;

/// The names of dimensions that records have methods for.
pub(crate) const SOURCE: &str = "source";
pub(crate) const PRODUCT: &str = "product";
pub(crate) const REGION: &str = "region";

/// What a record is grouped by: the names of dimensions and their values. Records that agree in all of them may share them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Dimensions(
    /// None where there are none.
    Option<Arc<Entries>>,
);

/// Dimensions that stand with something else behind one pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Entries(
    /// Sorted by name; every name once.
    Vec<(Label, Label)>,
);

impl Dimensions {
    pub(crate) fn set(&mut self, name: Label, value: Label) {
        Arc::make_mut(self.0.get_or_insert_default()).set(name, value);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Label> {
        self.0.as_ref()?.get(name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Label, &Label)> {
        self.0.iter().flat_map(|entries| entries.iter())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl From<Entries> for Dimensions {
    fn from(entries: Entries) -> Self {
        Self((!entries.is_empty()).then(|| Arc::new(entries)))
    }
}

impl Entries {
    /// Set again, the last value holds.
    pub(crate) fn set(&mut self, name: Label, value: Label) {
        match self.position(name.as_str()) {
            Ok(at) => {
                if let Some((_, old)) = self.0.get_mut(at) {
                    *old = value;
                }
            }
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Label> {
        let at = self.position(name).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Label, &Label)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn position(&self, name: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(present, _)| present.as_str().cmp(name))
    }
}

/// An object: each name with its value.
impl Serialize for Dimensions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Dimensions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Entries::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for Entries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
        let mut entries = Entries::default();
        while let Some((name, value)) = map.next_entry()? {
            entries.set(name, value);
        }
        Ok(entries)
    }
}
