use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::record::Record;
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

/// A record that is grouped by them. What it is given is sound, and what it holds was.
pub(crate) trait Dimensioned: Record {
    fn set_dimension(&mut self, name: Label, value: Label);

    fn remove_dimension(&mut self, name: &Label);
}

/// Dimensions that stand with something else behind one pointer.
pub(crate) type Entries = crate::value::Entries<Label, Label>;

impl Dimensions {
    pub(crate) fn set(&mut self, name: Label, value: Label) {
        Arc::make_mut(self.0.get_or_insert_default()).set(name, value);
    }

    pub(crate) fn remove(&mut self, name: &Label) {
        if self.get(name.as_str()).is_some() {
            self.0.iter_mut().for_each(|entries| {
                Arc::make_mut(entries).remove(name);
            });
            self.0.take_if(|entries| entries.is_empty());
        }
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

/// An object: each name with its value.
impl Serialize for Dimensions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(entries) => entries.serialize(serializer),
            None => Entries::default().serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Dimensions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Entries::deserialize(deserializer).map(Self::from)
    }
}
