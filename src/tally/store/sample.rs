use std::borrow::Cow;

/// Every value that was seen, as a set with repetitions: the order in which they came leaves no trace.
#[derive(Clone, Debug, Default)]
pub(in crate::tally) struct Sample {
    values: Vec<u64>,
    /// Whether `values` may be out of order.
    unsorted: bool,
}

impl Sample {
    pub(in crate::tally) fn of(values: Vec<u64>) -> Self {
        let mut sample = Self {
            unsorted: true,
            values,
        };
        sample.settle();
        sample
    }

    #[inline]
    pub(in crate::tally) fn push(&mut self, value: u64) {
        self.unsorted |= self.values.last().is_some_and(|last| *last > value);
        self.values.push(value);
    }

    pub(in crate::tally) fn merge(&mut self, other: &Self) {
        self.values.extend_from_slice(&other.values);
        #[expect(clippy::stable_sort_primitive, reason = "it merges sorted runs")]
        self.values.sort();
        self.unsorted = false;
    }

    /// Sorts once, so that reading need not.
    pub(in crate::tally) fn settle(&mut self) {
        if self.unsorted {
            self.values.sort_unstable();
            self.unsorted = false;
        }
    }

    /// The values, the smallest first.
    pub(in crate::tally) fn sorted(&self) -> Cow<'_, [u64]> {
        if !self.unsorted {
            return Cow::Borrowed(&self.values);
        }
        let mut copy = self.clone();
        copy.settle();
        Cow::Owned(copy.values)
    }

    pub(in crate::tally) fn count(&self) -> u64 {
        u64::try_from(self.values.len()).unwrap_or(u64::MAX)
    }

    /// How many values are at most that.
    pub(in crate::tally) fn count_up_to(&self, limit: u64) -> u64 {
        self.count_where(|value| value <= limit)
    }

    /// How many values are less than that.
    pub(in crate::tally) fn count_below(&self, limit: u64) -> u64 {
        self.count_where(|value| value < limit)
    }

    /// Of what holds for the smallest values, up to one.
    fn count_where(&self, holds: impl Fn(u64) -> bool) -> u64 {
        let count = if self.unsorted {
            self.values.iter().filter(|value| holds(**value)).count()
        } else {
            self.values.partition_point(|value| holds(*value))
        };
        u64::try_from(count).unwrap_or(u64::MAX)
    }

    pub(in crate::tally) fn is_within(&self, limit: u64) -> bool {
        self.values.iter().all(|value| *value <= limit)
    }

    pub(in crate::tally) fn total(&self) -> u128 {
        self.values
            .iter()
            .fold(0_u128, |sum, value| sum.saturating_add(u128::from(*value)))
    }
}

impl PartialEq for Sample {
    fn eq(&self, other: &Self) -> bool {
        self.sorted() == other.sorted()
    }
}

impl Eq for Sample {}
