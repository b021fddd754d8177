use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::value::Label;

/// The names of dimensions that records have methods for.
pub(crate) const SOURCE: &str = "source";
pub(crate) const PRODUCT: &str = "product";
pub(crate) const REGION: &str = "region";

/// What a record is grouped by: the names of dimensions and their values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Dimensions(
    /// Sorted by name; every name once.
    Vec<(Label, Label)>,
);

impl Dimensions {
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

    pub(crate) fn list(&self) -> &[(Label, Label)] {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn position(&self, name: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(present, _)| present.as_str().cmp(name))
    }
}

impl IntoIterator for Dimensions {
    type Item = (Label, Label);
    type IntoIter = std::vec::IntoIter<(Label, Label)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// An object: each name with its value.
impl Serialize for Dimensions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Dimensions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DimensionsVisitor)
    }
}

struct DimensionsVisitor;

impl<'de> Visitor<'de> for DimensionsVisitor {
    type Value = Dimensions;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Dimensions, A::Error> {
        let mut dimensions = Dimensions::default();
        while let Some((name, value)) = map.next_entry()? {
            dimensions.set(name, value);
        }
        Ok(dimensions)
    }
}
