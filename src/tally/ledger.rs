use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use core::hash::{BuildHasher, Hash};

use super::quick_hash::QuickHash;

/// What two entries of one account, contract or channel come to together. In any order the same.
pub(super) trait Join {
    fn join(&mut self, other: &Self);
}

/// An entry for each account, contract or channel.
#[derive(Clone, Debug)]
pub(super) struct Ledger<K, V> {
    /// Where in `entries` the key of a hash is; of keys with one hash, the later ones are at the next hashes that are free.
    places: HashMap<u64, usize, QuickHash>,
    entries: Vec<(K, V)>,
}

impl<K: Clone + Hash + Ord, V: Clone + Join> Ledger<K, V> {
    pub(super) fn new() -> Self {
        Self::with_room_for(0)
    }

    pub(super) fn with_room_for(entries: usize) -> Self {
        Self {
            places: HashMap::with_capacity_and_hasher(entries, QuickHash::new()),
            entries: Vec::with_capacity(entries),
        }
    }

    /// The key is cloned only where it is new.
    #[inline]
    pub(super) fn put(&mut self, key: &K, entry: V) {
        let mut hash = QuickHash::new().hash_one(key);
        loop {
            match self.places.entry(hash) {
                Entry::Vacant(free) => {
                    free.insert(self.entries.len());
                    return self.entries.push((key.clone(), entry));
                }
                Entry::Occupied(place) => match self.entries.get_mut(*place.get()) {
                    Some((present, joined)) if present == key => return joined.join(&entry),
                    _ => hash = hash.wrapping_add(1),
                },
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (key, entry) in &other.entries {
            self.put(key, entry.clone());
        }
    }

    pub(super) fn sorted(self) -> BTreeMap<K, V> {
        self.entries.into_iter().collect()
    }
}

impl<K: Hash + Eq, V> Ledger<K, V> {
    #[inline]
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        let (_, entry) = self.entries.get(self.place(key)?)?;
        Some(entry)
    }

    #[inline]
    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let place = self.place(key)?;
        let (_, entry) = self.entries.get_mut(place)?;
        Some(entry)
    }

    /// Which of the entries is the key's.
    #[inline]
    fn place(&self, key: &K) -> Option<usize> {
        let mut hash = QuickHash::new().hash_one(key);
        loop {
            let place = *self.places.get(&hash)?;
            let (present, _) = self.entries.get(place)?;
            if present == key {
                return Some(place);
            }
            hash = hash.wrapping_add(1);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, entry)| (key, entry))
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, entry)| entry)
    }

    pub(super) fn len(&self) -> u64 {
        u64::try_from(self.entries.len()).unwrap_or(u64::MAX)
    }
}

impl<K: Clone + Hash + Ord, V: Clone + Join> From<BTreeMap<K, V>> for Ledger<K, V> {
    fn from(sorted: BTreeMap<K, V>) -> Self {
        let mut ledger = Self::with_room_for(sorted.len());
        for (key, entry) in sorted {
            ledger.put(&key, entry);
        }
        ledger
    }
}

/// The order in which the entries came leaves no trace.
impl<K: Hash + Eq, V: PartialEq> PartialEq for Ledger<K, V> {
    fn eq(&self, other: &Self) -> bool {
        let agree = |(key, entry): &(K, V)| other.get(key) == Some(entry);
        self.entries.len() == other.entries.len() && self.entries.iter().all(agree)
    }
}

impl<K: Hash + Eq, V: Eq> Eq for Ledger<K, V> {}

#[cfg(test)]
mod tests {
    use core::hash::Hasher;

    use super::*;

    /// All of one hash.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Alike(u64);

    impl Hash for Alike {
        fn hash<H: Hasher>(&self, state: &mut H) {
            state.write_u64(7);
        }
    }

    impl Join for u64 {
        fn join(&mut self, other: &Self) {
            *self += other;
        }
    }

    fn ledger(keys: [u64; 5]) -> Ledger<Alike, u64> {
        let mut ledger = Ledger::new();
        for key in keys {
            ledger.put(&Alike(key), 1);
        }
        ledger
    }

    #[test]
    fn keys_of_one_hash_are_told_apart() {
        let mut ledger = ledger([1, 2, 3, 2, 1]);
        assert_eq!(ledger.len(), 3);
        if let Some(entry) = ledger.get_mut(&Alike(3)) {
            *entry = 9;
        }
        let found = [1, 2, 3, 4].map(|key| ledger.get(&Alike(key)).copied());
        assert_eq!(found, [Some(2), Some(2), Some(9), None]);
    }

    #[test]
    fn their_order_leaves_no_trace() {
        assert_eq!(ledger([1, 2, 3, 2, 1]), ledger([3, 1, 2, 1, 2]));
        assert_ne!(ledger([1, 2, 3, 2, 1]), ledger([1, 2, 3, 3, 1]));
        assert_ne!(ledger([1, 2, 3, 2, 1]), ledger([1, 2, 2, 2, 1]));
    }
}
