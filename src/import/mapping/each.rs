use core::slice;

use serde::{Deserialize, Serialize};

/// A set as a list, in order, each once: the few words of a mapping. A `BTreeSet` is some thousand lines of machine code for each type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<T>", bound(deserialize = "T: Deserialize<'de> + Ord"))]
pub(in crate::import) struct Each<T>(Vec<T>);

impl<T> Each<T> {
    pub(in crate::import) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(in crate::import) fn iter(&self) -> slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T> Default for Each<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Each<T> {
    pub(in crate::import) fn add(&mut self, value: T) {
        if let Err(at) = self.0.binary_search(&value) {
            self.0.insert(at, value);
        }
    }

    pub(in crate::import) fn extend(&mut self, values: impl IntoIterator<Item = T>) {
        for value in values {
            self.add(value);
        }
    }
}

impl<T: Ord> From<Vec<T>> for Each<T> {
    fn from(values: Vec<T>) -> Self {
        let mut each = Self::default();
        each.extend(values);
        each
    }
}

impl<'a, T> IntoIterator for &'a Each<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
