use core::fmt;
use core::hash::{BuildHasher, Hash};
use core::iter;

use crate::tally::store::QuickHash;
use crate::value::{AmountSum, Entries, Index, sorted};

/// What two entries of one account, contract or channel come to together. In any order the same.
pub(in crate::tally) trait Join {
    fn join(&mut self, other: &Self);
}

impl Join for AmountSum {
    #[inline]
    fn join(&mut self, other: &Self) {
        self.add(other.units());
    }
}

/// Whether an entry is counted, or was.
#[derive(Clone, Copy)]
pub(in crate::tally) enum Turn {
    In,
    Out,
}

impl Turn {
    /// What is taken out was put in before, so that no count falls below 0.
    #[inline]
    pub(in crate::tally) fn count(self, counter: &mut u64, by: u64) {
        match self {
            Self::In => *counter += by,
            Self::Out => *counter -= by,
        }
    }

    #[inline]
    pub(in crate::tally) fn add(self, sum: &mut AmountSum, units: u128) {
        match self {
            Self::In => sum.add(units),
            Self::Out => sum.take(units),
        }
    }
}

/// An entry for each account, contract or channel.
#[derive(Clone)]
pub(in crate::tally) struct Ledger<K, V> {
    hash: QuickHash,
    index: Index,
    entries: Vec<(K, V)>,
}

impl<K: Clone + Hash + Ord, V: Clone + Join> Ledger<K, V> {
    pub(in crate::tally) fn new() -> Self {
        Self::with_room_for(0)
    }

    pub(in crate::tally) fn with_room_for(entries: usize) -> Self {
        Self {
            hash: QuickHash::new(),
            index: Index::with_room_for(entries),
            entries: Vec::with_capacity(entries),
        }
    }

    /// Of these entries, in the memory that they have: those of one key are joined.
    pub(in crate::tally) fn of(mut entries: Vec<(K, V)>) -> Self {
        let hash = QuickHash::new();
        let mut index = Index::with_room_for(entries.len());
        let mut kept = 0;
        for at in 0..entries.len() {
            let Some((key, entry)) = entries.get(at) else {
                break;
            };
            let hashed = hash.hash_one(key);
            let is_key_at = |place| matches!(entries.get(place), Some((found, _)) if found == key);
            if let Some(place) = index.find(hashed, is_key_at) {
                let entry = entry.clone();
                if let Some((_, joined)) = entries.get_mut(place) {
                    joined.join(&entry);
                }
            } else {
                entries.swap(kept, at);
                // It has room for all, and never grows.
                index.add(hashed, kept, iter::empty());
                kept = kept.saturating_add(1);
            }
        }
        entries.truncate(kept);
        Self {
            hash,
            index,
            entries,
        }
    }

    /// Joins an entry to that of its key, which is cloned only where it is new.
    #[inline]
    pub(in crate::tally) fn put(&mut self, key: &K, entry: V) {
        self.put_counted(key, entry, |_, _| {});
    }

    /// The same, and `count` is told which entry no longer stands, and which one does.
    #[inline]
    pub(in crate::tally) fn put_counted(
        &mut self,
        key: &K,
        entry: V,
        mut count: impl FnMut(&V, Turn),
    ) {
        let mut join = |joined: &mut V| {
            count(joined, Turn::Out);
            joined.join(&entry);
            count(joined, Turn::In);
        };
        match self.entries.last_mut() {
            // Records of one account often stand together.
            Some((last, joined)) if last == key => return join(joined),
            _ => {}
        }
        let hash = self.hash.hash_one(key);
        let place = self.place(hash, key);
        if let Some((_, joined)) = place.and_then(|place| self.entries.get_mut(place)) {
            join(joined);
        } else {
            count(&entry, Turn::In);
            self.push(hash, key.clone(), entry);
        }
    }

    #[inline]
    fn push(&mut self, hash: u64, key: K, entry: V) {
        let place = self.entries.len();
        self.entries.push((key, entry));
        let hashes = self.entries.iter().map(|(key, _)| self.hash.hash_one(key));
        self.index.add(hash, place, hashes);
    }

    pub(in crate::tally) fn merge(&mut self, other: &Self) {
        self.merge_counted(other, |_, _| {});
    }

    /// Merges as [`put_counted`](Self::put_counted) puts.
    pub(in crate::tally) fn merge_counted(
        &mut self,
        other: &Self,
        mut count: impl FnMut(&V, Turn),
    ) {
        for (key, entry) in &other.entries {
            self.put_counted(key, entry.clone(), &mut count);
        }
    }

    pub(in crate::tally) fn sorted(self) -> Entries<K, V> {
        Entries::of(self.entries)
    }
}

impl<K: Hash + Eq, V> Ledger<K, V> {
    #[inline]
    pub(in crate::tally) fn get(&self, key: &K) -> Option<&V> {
        self.find(key).map(|(_, entry)| entry)
    }

    #[inline]
    pub(in crate::tally) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let place = self.place(self.hash.hash_one(key), key)?;
        let (_, entry) = self.entries.get_mut(place)?;
        Some(entry)
    }

    /// The key's entry, and at which place among all it stands.
    #[inline]
    pub(in crate::tally) fn find(&self, key: &K) -> Option<(usize, &V)> {
        let place = self.place(self.hash.hash_one(key), key)?;
        let (_, entry) = self.entries.get(place)?;
        Some((place, entry))
    }

    /// The places of many keys, none for one that is not here.
    pub(in crate::tally) fn places<'a>(
        &self,
        keys: impl Iterator<Item = &'a K>,
    ) -> Vec<Option<usize>>
    where
        K: 'a,
    {
        let hashed = keys.map(|key| (key, self.hash.hash_one(key)));
        self.index
            .places(hashed, |key, place| self.is_at(place, key))
    }

    /// The entry at a place.
    #[inline]
    pub(in crate::tally) fn at(&self, place: Option<usize>) -> Option<&V> {
        self.entries.get(place?).map(|(_, entry)| entry)
    }

    /// Which of the entries is the key's.
    #[inline]
    fn place(&self, hash: u64, key: &K) -> Option<usize> {
        self.index.find(hash, |place| self.is_at(place, key))
    }

    #[inline]
    fn is_at(&self, place: usize, key: &K) -> bool {
        matches!(self.entries.get(place), Some((found, _)) if found == key)
    }

    pub(in crate::tally) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, entry)| (key, entry))
    }

    /// By their keys.
    pub(in crate::tally) fn in_order(&self) -> Vec<(&K, &V)>
    where
        K: Ord,
    {
        sorted(self.iter().collect(), |(a, _), (b, _)| a.cmp(b))
    }

    pub(in crate::tally) fn entries(&self) -> impl ExactSizeIterator<Item = &V> {
        self.entries.iter().map(|(_, entry)| entry)
    }

    pub(in crate::tally) fn len(&self) -> u64 {
        u64::try_from(self.entries.len()).unwrap_or(u64::MAX)
    }
}

/// Its entries alone: the hash is a secret.
impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Ledger<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.entries.iter().map(|(key, entry)| (key, entry));
        f.debug_map().entries(entries).finish()
    }
}

impl<K: Clone + Hash + Ord, V: Clone + Join> From<Entries<K, V>> for Ledger<K, V> {
    fn from(sorted: Entries<K, V>) -> Self {
        Self::of(sorted.into_iter().collect())
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
    fn whatever_room_there_was_at_first() {
        for room in 0..40 {
            let mut ledger = Ledger::with_room_for(room);
            let keys = 0..u64::try_from(room).unwrap() + 20;
            for key in keys.clone() {
                assert_eq!(ledger.get(&key), None);
                ledger.put(&key, 1);
            }
            for key in keys {
                ledger.put(&key, key);
                assert_eq!(ledger.get(&key), Some(&(key + 1)));
            }
        }
    }

    #[test]
    fn of_entries_in_any_order_those_of_one_key_are_joined() {
        let of = |keys: [u64; 5]| Ledger::of(keys.map(|key| (Alike(key), 1)).to_vec());
        for keys in [
            [1, 1, 1, 1, 1],
            [1, 2, 3, 2, 1],
            [3, 3, 4, 5, 4],
            [5, 4, 3, 2, 1],
        ] {
            assert_eq!(of(keys), ledger(keys));
            assert_eq!(ledger(keys), of(keys));
        }
        let mut further = of([1, 2, 3, 2, 1]);
        for key in 4..40 {
            further.put(&Alike(key), key);
        }
        assert_eq!((further.len(), further.get(&Alike(3))), (39, Some(&1)));
    }

    #[test]
    fn what_is_shown_is_the_entries() {
        assert_eq!(
            format!("{:?}", ledger([1, 2, 1, 2, 1])),
            "{Alike(1): 3, Alike(2): 2}"
        );
    }

    #[test]
    fn their_order_leaves_no_trace() {
        assert_eq!(ledger([1, 2, 3, 2, 1]), ledger([3, 1, 2, 1, 2]));
        assert_ne!(ledger([1, 2, 3, 2, 1]), ledger([1, 2, 3, 3, 1]));
        assert_ne!(ledger([1, 2, 3, 2, 1]), ledger([1, 2, 2, 2, 1]));
    }
}
