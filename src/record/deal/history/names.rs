//! Texts as numbers: a state has three of them, and a history millions of states.

use core::hash::Hash;
use std::collections::HashMap;

use crate::value::QuickHash;

/// The number of a text in its list, from 1 on; 0 where there is none.
pub(crate) type Number = u32;

/// All texts of one kind, each once.
#[derive(Clone)]
pub(super) struct Names<T> {
    list: Vec<T>,
    numbers: HashMap<T, Number, QuickHash>,
}

impl<T: Clone + Eq + Hash> Names<T> {
    pub(super) fn new() -> Self {
        Self {
            list: Vec::new(),
            numbers: HashMap::with_hasher(QuickHash::new()),
        }
    }

    /// The number of a text, a new one where it is new.
    pub(super) fn number(&mut self, name: &T) -> Number {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.list.push(name.clone());
        let number = Number::try_from(self.list.len()).unwrap_or(Number::MAX);
        self.numbers.insert(name.clone(), number);
        number
    }

    /// The same of what may be none.
    pub(super) fn number_of(&mut self, name: Option<&T>) -> Number {
        name.map_or(0, |name| self.number(name))
    }

    /// Those of another list, in the order of their numbers there.
    pub(super) fn numbers_of(&mut self, other: &Self) -> Vec<Number> {
        other.list.iter().map(|name| self.number(name)).collect()
    }

    /// The number of a text, 0 where it is not here.
    pub(super) fn find(&self, name: &T) -> Number {
        self.numbers.get(name).copied().unwrap_or_default()
    }

    pub(super) fn get(&self, number: Number) -> Option<&T> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        self.list.get(place)
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// In the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.list.iter()
    }
}
