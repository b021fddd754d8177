//! Where in a list a key stands, by the key's hash: eight bytes a slot, where a map of the standard library takes seventeen and
//! more. Fresh memory is dear: a page of it costs as much as counting dozens of records.

/// Slots, of which each names a place in the list or is free. A key's slot is the first from its hash on that names it.
#[derive(Clone, Default)]
pub(crate) struct Index {
    /// None, or a power of two from eight on; at most three of four are taken, so that a search ends at a free one.
    slots: Vec<Slot>,
}

/// Zero where it is free, else some bits of the hash and, below them, the place plus one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Slot(u64);

/// Places are below 2³⁶: a tally takes at most 10¹⁰ records.
const PLACE: u64 = (1 << 36) - 1;

const FEWEST: usize = 8;

impl Slot {
    const FREE: Self = Self(0);

    #[inline]
    fn of(hash: u64, place: usize) -> Self {
        let place = u64::try_from(place).unwrap_or(PLACE);
        Self((hash & !PLACE) | (place + 1))
    }

    /// The place, where the hash may be that of its key.
    #[inline]
    fn place(self, hash: u64) -> Option<usize> {
        let alike = (self.0 ^ hash) & !PLACE == 0;
        let place = usize::try_from((self.0 & PLACE).checked_sub(1)?).ok()?;
        alike.then_some(place)
    }
}

impl Index {
    /// With room for so many places.
    pub(crate) fn with_room_for(places: usize) -> Self {
        let slots = match places {
            0 => 0,
            _ => places
                .saturating_mul(4)
                .div_ceil(3)
                .next_power_of_two()
                .max(FEWEST),
        };
        Self {
            slots: vec![Slot::FREE; slots],
        }
    }

    /// The place of the key with this hash, where the list has it.
    #[inline]
    pub(crate) fn find(&self, hash: u64, is_key_at: impl Fn(usize) -> bool) -> Option<usize> {
        let mut from = hash;
        loop {
            let slot = *self.slots.get(self.nearest(from)?)?;
            if slot == Slot::FREE {
                return None;
            }
            if let Some(place) = slot.place(hash).filter(|place| is_key_at(*place)) {
                return Some(place);
            }
            from = from.wrapping_add(1);
        }
    }

    /// The places of many keys, each with its hash: all are looked for before any is compared, so that none waits for the memory of the
    /// one before.
    pub(crate) fn places<K: Copy>(
        &self,
        keys: impl Iterator<Item = (K, u64)>,
        is_key_at: impl Fn(K, usize) -> bool,
    ) -> Vec<Option<usize>> {
        let keys: Vec<(K, u64)> = keys.collect();
        let likely = keys.iter().map(|(_, hash)| self.likely(*hash));
        let mut places: Vec<Option<usize>> = likely.collect();
        for (place, (key, hash)) in places.iter_mut().zip(keys) {
            if !place.is_some_and(|place| is_key_at(key, place)) {
                *place = self.find(hash, |place| is_key_at(key, place));
            }
        }
        places
    }

    /// The first place that may be that of a key with this hash: nearly always it is.
    #[inline]
    fn likely(&self, hash: u64) -> Option<usize> {
        self.slots.get(self.nearest(hash)?)?.place(hash)
    }

    /// Names a place whose key it does not have yet. `hashes` are those of the keys at all places up to this one.
    #[inline]
    pub(crate) fn add(&mut self, hash: u64, place: usize, hashes: impl Iterator<Item = u64>) {
        let most = self.slots.len().saturating_sub(self.slots.len() / 4);
        if place < most {
            self.take(hash, place);
        } else {
            self.grow(hashes);
        }
    }

    #[cold]
    fn grow(&mut self, hashes: impl Iterator<Item = u64>) {
        let slots = self.slots.len().saturating_mul(2).max(FEWEST);
        self.slots = vec![Slot::FREE; slots];
        for (place, hash) in hashes.enumerate() {
            self.take(hash, place);
        }
    }

    #[inline]
    fn take(&mut self, hash: u64, place: usize) {
        let mut from = hash;
        while let Some(slot) = self.nearest(from).and_then(|at| self.slots.get_mut(at)) {
            if *slot == Slot::FREE {
                *slot = Slot::of(hash, place);
                return;
            }
            from = from.wrapping_add(1);
        }
    }

    /// The slot of a hash. None where there are no slots.
    #[inline]
    fn nearest(&self, hash: u64) -> Option<usize> {
        let last = u64::try_from(self.slots.len().checked_sub(1)?).ok()?;
        usize::try_from(hash & last).ok()
    }
}
