use std::collections::{BTreeMap, HashMap};

use core::hash::Hash;

use super::quick_hash::QuickHash;

/// What two entries of one account, contract or channel come to together. In any order the same.
pub(super) trait Join {
    fn join(&mut self, other: &Self);
}

/// An entry for each account, contract or channel.
#[derive(Clone, Debug)]
pub(super) struct Ledger<K, V>(HashMap<K, V, QuickHash>);

impl<K: Clone + Hash + Ord, V: Clone + Join> Ledger<K, V> {
    pub(super) fn new() -> Self {
        Self(HashMap::with_hasher(QuickHash::new()))
    }

    /// The key is cloned only where it is new.
    #[inline]
    pub(super) fn put(&mut self, key: &K, entry: V) {
        match self.0.get_mut(key) {
            Some(present) => present.join(&entry),
            None => {
                self.0.insert(key.clone(), entry);
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (key, entry) in &other.0 {
            self.put(key, entry.clone());
        }
    }

    #[inline]
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.0.get(key)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter()
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &V> {
        self.0.values()
    }

    pub(super) fn len(&self) -> u64 {
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }

    pub(super) fn sorted(self) -> BTreeMap<K, V> {
        self.0.into_iter().collect()
    }
}

impl<K: Clone + Hash + Ord, V: Clone + Join> From<BTreeMap<K, V>> for Ledger<K, V> {
    fn from(sorted: BTreeMap<K, V>) -> Self {
        let mut ledger = Self::new();
        ledger.0.extend(sorted);
        ledger
    }
}

impl<K: Hash + Eq, V: PartialEq> PartialEq for Ledger<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K: Hash + Eq, V: Eq> Eq for Ledger<K, V> {}
