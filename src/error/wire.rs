//! Why there is no value, among the entries of a map.

use serde::Serialize;
use serde::ser::SerializeMap;

use super::Error;

impl Error {
    /// The reason's name, where it is one, and the text.
    pub(crate) fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        if let Some(reason) = self.undefined() {
            map.serialize_entry("undefined", &reason)?;
        }
        map.serialize_entry("reason", &self.to_string())
    }
}

/// What there is, under its key, or why there is nothing.
pub(crate) fn write_result<M: SerializeMap, T: Serialize, E: Clone + Into<Error>>(
    map: &mut M,
    key: &str,
    result: &Result<T, E>,
) -> Result<(), M::Error> {
    match result {
        Ok(value) => map.serialize_entry(key, value),
        Err(error) => error.clone().into().write(map),
    }
}
