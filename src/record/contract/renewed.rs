//! The contracts that one renews: nearly always none or one, which then stands in the record itself.

use core::fmt;
use core::{mem, slice};

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value::ContractId;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Renewed {
    #[default]
    None,
    One(ContractId),
    /// Invariant: two or more, by their ids, each once, so that the order in which they were named leaves no trace.
    Several(Box<[ContractId]>),
}

impl Renewed {
    pub(super) fn list(&self) -> &[ContractId] {
        match self {
            Self::None => &[],
            Self::One(id) => slice::from_ref(id),
            Self::Several(ids) => ids,
        }
    }

    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    pub(super) fn add(&mut self, id: ContractId) {
        let Err(place) = self.list().binary_search(&id) else {
            return;
        };
        let mut ids = match mem::take(self) {
            Self::None => return *self = Self::One(id),
            Self::One(first) => vec![first],
            Self::Several(ids) => ids.into_vec(),
        };
        ids.insert(place, id);
        *self = Self::Several(ids.into());
    }
}

/// The id of the one, or a list of several.
impl Serialize for Renewed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(id) => id.serialize(serializer),
            _ => self.list().serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Renewed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RenewedVisitor)
    }
}

/// Spelled out, since an untagged enum would not say what is wrong.
struct RenewedVisitor;

impl<'de> Visitor<'de> for RenewedVisitor {
    type Value = Renewed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a contract, or a list of ids")
    }

    /// `null`, as other serialisers write what is absent.
    fn visit_unit<E: serde::de::Error>(self) -> Result<Renewed, E> {
        Ok(Renewed::None)
    }

    fn visit_str<E: serde::de::Error>(self, id: &str) -> Result<Renewed, E> {
        ContractId::new(id).map(Renewed::One).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut ids: A) -> Result<Renewed, A::Error> {
        let mut renewed = Renewed::default();
        while let Some(id) = ids.next_element()? {
            renewed.add(id);
        }
        Ok(renewed)
    }
}
