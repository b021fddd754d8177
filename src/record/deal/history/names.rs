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

    /// The numbers of texts, a new one where it is new: all are looked for before any is compared, so that none waits for the memory of the one before.
    pub(super) fn numbers_of<'a>(
        &mut self,
        names: impl Iterator<Item = Option<&'a T>>,
    ) -> Vec<Number>
    where
        T: 'a,
    {
        let likely = self.likely(names).into_iter();
        let numbers = likely.map(|(name, hash, number)| match name {
            Some(name) if self.get(number) != Some(name) => self.number_at(name, hash),
            _ => number,
        });
        numbers.collect()
    }

    /// Those of another list, in the order of their numbers there.
    pub(super) fn numbers_in(&mut self, other: &Self) -> Vec<Number> {
        self.numbers_of(other.list.iter().map(Some))
    }

    /// The number of a text, 0 where it is not here.
    pub(super) fn find(&self, name: &T) -> Number {
        self.find_at(name, self.hash.hash_one(name))
    }

    /// The numbers of texts that are here, as [`numbers_of`](Self::numbers_of) has them.
    pub(super) fn find_all<'a>(&self, names: impl Iterator<Item = Option<&'a T>>) -> Vec<Number>
    where
        T: 'a,
    {
        let likely = self.likely(names).into_iter();
        let numbers = likely.map(|(name, hash, number)| match name {
            Some(name) if self.get(number) != Some(name) => self.find_at(name, hash),
            _ => number,
        });
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

    /// Each text with its hash and the number that it nearly always has, if it is here.
    fn likely<'a>(
        &self,
        names: impl Iterator<Item = Option<&'a T>>,
    ) -> Vec<(Option<&'a T>, u64, Number)> {
        let hashed = names.map(|name| (name, name.map_or(0, |name| self.hash.hash_one(name)), 0));
        let mut likely: Vec<_> = hashed.collect();
        for (name, hash, number) in &mut likely {
            if name.is_some() {
                *number = self.index.likely(*hash).map_or(0, number_in);
            }
        }
        likely
    }

    fn find_at(&self, name: &T, hash: u64) -> Number {
        let is_name_at = |place| self.list.get(place) == Some(name);
        self.index.find(hash, is_name_at).map_or(0, number_in)
    }

    fn number_at(&mut self, name: &T, hash: u64) -> Number {
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
