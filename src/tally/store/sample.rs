use std::borrow::Cow;

use super::sorted::{Sorted, count};

/// Every value that was seen, as a set with repetitions: the order in which they came leaves no trace.
///
/// What is a whole number of `UNIT`s, as times to the second and whole amounts are, takes half of the room.
#[derive(Clone, Debug, Default)]
pub(in crate::tally) struct Sample<const UNIT: u64> {
    /// In units, all values that can be.
    units: Vec<u32>,
    finer: Vec<u64>,
    /// Whether they may be out of order.
    unsorted: bool,
}

impl<const UNIT: u64> Sample<UNIT> {
    pub(in crate::tally) fn of(values: Vec<u64>) -> Self {
        let mut sample = Self::default();
        for value in values {
            sample.push(value);
        }
        sample.settle();
        sample
    }

    #[inline]
    pub(in crate::tally) fn push(&mut self, value: u64) {
        self.unsorted = true;
        match u32::try_from(value / UNIT) {
            Ok(units) if value % UNIT == 0 => self.units.push(units),
            _ => self.finer.push(value),
        }
    }

    pub(in crate::tally) fn merge(&mut self, other: &Self) {
        self.units.extend_from_slice(&other.units);
        self.finer.extend_from_slice(&other.finer);
        #[expect(clippy::stable_sort_primitive, reason = "it merges sorted runs")]
        self.units.sort();
        #[expect(clippy::stable_sort_primitive, reason = "it merges sorted runs")]
        self.finer.sort();
        self.unsorted = false;
    }

    /// Sorts once, so that reading need not.
    pub(in crate::tally) fn settle(&mut self) {
        if self.unsorted {
            self.units.sort_unstable();
            self.finer.sort_unstable();
            self.unsorted = false;
        }
    }

    /// The values in their order.
    pub(in crate::tally) fn sorted(&self) -> Sorted<'_> {
        if !self.unsorted {
            return Sorted::new(UNIT, Cow::Borrowed(&self.units), Cow::Borrowed(&self.finer));
        }
        let mut copy = self.clone();
        copy.settle();
        Sorted::new(UNIT, Cow::Owned(copy.units), Cow::Owned(copy.finer))
    }

    pub(in crate::tally) fn count(&self) -> u64 {
        count(&self.units) + count(&self.finer)
    }

    /// How many values are less than that.
    pub(in crate::tally) fn count_below(&self, limit: u64) -> u64 {
        if !self.unsorted {
            return self.sorted().count_where(|value| value < limit);
        }
        let units = self.units.iter().map(|units| u64::from(*units) * UNIT);
        let values = units.chain(self.finer.iter().copied());
        values.fold(0, |sum, value| sum + u64::from(value < limit))
    }

    /// How many values are at most that.
    pub(in crate::tally) fn count_up_to(&self, limit: u64) -> u64 {
        limit
            .checked_add(1)
            .map_or(self.count(), |above| self.count_below(above))
    }
}

impl<const UNIT: u64> PartialEq for Sample<UNIT> {
    fn eq(&self, other: &Self) -> bool {
        self.sorted() == other.sorted()
    }
}

impl<const UNIT: u64> Eq for Sample<UNIT> {}

#[cfg(test)]
mod tests {
    use super::*;

    type Tens = Sample<10>;

    const BEYOND: u64 = 10 * (1 << 32);

    /// Whole units alone, none, and both; some beyond all units that there is room for.
    const LISTS: [&[u64]; 6] = [
        &[],
        &[30, 0, 20, 10, 20],
        &[31, 7, BEYOND, 19, 7],
        &[5, 40, 10, 11, 9, 10, 0],
        &[BEYOND, BEYOND - 10, 3, BEYOND + 1],
        &[u64::MAX, 20, u64::MAX, 1],
    ];

    fn pushed(values: &[u64]) -> Tens {
        let mut sample = Tens::default();
        for value in values {
            sample.push(*value);
        }
        sample
    }

    fn settled(values: &[u64]) -> Tens {
        let mut sample = pushed(values);
        sample.settle();
        sample
    }

    fn long(count: usize) -> u64 {
        u64::try_from(count).unwrap()
    }

    /// As a plain list has them.
    fn check(sample: &Tens, values: &[u64]) {
        let mut plain = values.to_vec();
        plain.sort_unstable();
        let sorted = sample.sorted();
        assert_eq!(sorted.iter().collect::<Vec<u64>>(), plain);
        assert_eq!(sorted.greatest(), plain.last().copied().unwrap_or_default());
        let total = plain.iter().fold(0, |sum, value| sum + u128::from(*value));
        assert_eq!(sorted.total(), total);
        assert_eq!(
            (sample.count(), sorted.count()),
            (long(plain.len()), long(plain.len()))
        );
        for place in 0..=plain.len() {
            assert_eq!(sorted.at(long(place)), plain.get(place).copied());
        }
        let around = plain
            .iter()
            .flat_map(|value| [value.saturating_sub(1), *value, value.saturating_add(1)]);
        for limit in around.chain([0, 10, u64::MAX]) {
            let count = |holds: &dyn Fn(u64) -> bool| {
                long(plain.iter().filter(|value| holds(**value)).count())
            };
            assert_eq!(sample.count_below(limit), count(&|value| value < limit));
            assert_eq!(sample.count_up_to(limit), count(&|value| value <= limit));
            assert_eq!(
                sorted.count_where(|value| value <= limit),
                count(&|value| value <= limit)
            );
        }
    }

    #[test]
    fn whole_units_and_others_are_one_list() {
        for values in LISTS {
            check(&pushed(values), values);
            check(&settled(values), values);
            check(&Tens::of(values.to_vec()), values);
        }
    }

    #[test]
    fn the_order_leaves_no_trace_nor_does_merging() {
        for values in LISTS {
            let mut turned = values.to_vec();
            turned.reverse();
            assert_eq!(pushed(values), settled(&turned));
            for more in LISTS {
                let mut merged = pushed(values);
                merged.merge(&settled(more));
                check(&merged, &[values, more].concat());
            }
        }
        assert_ne!(pushed(LISTS[1]), pushed(LISTS[3]));
    }
}
