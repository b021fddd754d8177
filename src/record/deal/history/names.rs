//! Texts as numbers: a state has three of them, and a history millions of states.

use core::hash::{BuildHasher, Hash};

use crate::value::{Index, QuickHash};

/// The number of a text in its list, from 1 on; 0 where there is none.
pub(crate) type Number = u32;

/// All texts of one kind, each once.
#[derive(Clone)]
pub(super) struct Names<T> {
    hash: QuickHash,
    index: Index,
    list: Vec<T>,
}

impl<T: Clone + Eq + Hash> Names<T> {
    pub(super) fn new() -> Self {
        Self {
            hash: QuickHash::new(),
            index: Index::default(),
            list: Vec::new(),
        }
    }

    /// The numbers of texts, a new one where it is new.
    pub(super) fn numbers_of<'a>(
        &mut self,
        names: impl Iterator<Item = Option<&'a T>> + Clone,
    ) -> Vec<Number>
    where
        T: 'a,
    {
        let mut numbers = self.find_all(names.clone());
        for (number, name) in numbers.iter_mut().zip(names) {
            if let Some(name) = name.filter(|_| *number == 0) {
                *number = self.number(name);
            }
        }
        numbers
    }

    /// Those of another list, in the order of their numbers there.
    pub(super) fn numbers_in(&mut self, other: &Self) -> Vec<Number> {
        self.numbers_of(other.list.iter().map(Some))
    }

    /// The number of a text, 0 where it is not here.
    pub(super) fn find(&self, name: &T) -> Number {
        self.find_at(name, self.hash.hash_one(name))
    }

    /// The numbers of texts, 0 where one is not here.
    pub(super) fn find_all<'a>(&self, names: impl Iterator<Item = Option<&'a T>>) -> Vec<Number>
    where
        T: 'a,
    {
        let hashed = names.map(|name| (name, name.map_or(0, |name| self.hash.hash_one(name))));
        let is_name_at = |name: Option<&T>, place| name.is_some() && self.list.get(place) == name;
        let places = self.index.places(hashed, is_name_at);
        let numbers = places.into_iter().map(|place| place.map_or(0, number_in));
        numbers.collect()
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

    fn find_at(&self, name: &T, hash: u64) -> Number {
        let is_name_at = |place| self.list.get(place) == Some(name);
        self.index.find(hash, is_name_at).map_or(0, number_in)
    }

    /// Of a text that was new, unless it has come since.
    fn number(&mut self, name: &T) -> Number {
        let hash = self.hash.hash_one(name);
        let known = self.find_at(name, hash);
        if known > 0 {
            return known;
        }
        let place = self.list.len();
        self.list.push(name.clone());
        let hashes = self.list.iter().map(|name| self.hash.hash_one(name));
        self.index.add(hash, place, hashes);
        number_in(place)
    }
}

fn number_in(place: usize) -> Number {
    Number::try_from(place.saturating_add(1)).unwrap_or(Number::MAX)
}
