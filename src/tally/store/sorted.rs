use std::borrow::Cow;
use std::iter;

/// The values of a [`Sample`](super::Sample), the smallest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tally) struct Sorted<'a> {
    unit: u64,
    /// In units, all values that can be.
    units: Cow<'a, [u32]>,
    finer: Cow<'a, [u64]>,
}

impl<'a> Sorted<'a> {
    /// Of two lists in their order.
    pub(super) fn new(unit: u64, units: Cow<'a, [u32]>, finer: Cow<'a, [u64]>) -> Self {
        Self { unit, units, finer }
    }

    pub(in crate::tally) fn count(&self) -> u64 {
        count(&self.units) + count(&self.finer)
    }

    /// Of what holds for the smallest values, up to one.
    pub(in crate::tally) fn count_where(&self, holds: impl Fn(u64) -> bool) -> u64 {
        let units = self
            .units
            .partition_point(|units| holds(self.of_units(*units)));
        let finer = self.finer.partition_point(|value| holds(*value));
        u64::try_from(units.saturating_add(finer)).unwrap_or(u64::MAX)
    }

    /// The one at a position, from 0 on.
    pub(in crate::tally) fn at(&self, position: u64) -> Option<u64> {
        let place = usize::try_from(position).ok()?;
        if self.finer.is_empty() {
            return self.units.get(place).map(|units| self.of_units(*units));
        }
        if self.units.is_empty() {
            return self.finer.get(place).copied();
        }
        self.iter().nth(place)
    }

    /// Every one of them.
    pub(in crate::tally) fn iter(&self) -> impl Iterator<Item = u64> {
        let units = self.units.iter().map(|units| self.of_units(*units));
        let (mut units, mut finer) = (units.peekable(), self.finer.iter().copied().peekable());
        iter::from_fn(move || match (units.peek(), finer.peek()) {
            (Some(next), Some(other)) if other < next => finer.next(),
            (None, _) => finer.next(),
            _ => units.next(),
        })
    }

    pub(in crate::tally) fn total(&self) -> u128 {
        self.iter()
            .fold(0_u128, |sum, value| sum.saturating_add(value.into()))
    }

    /// The greatest of them; 0 where there is none.
    pub(in crate::tally) fn greatest(&self) -> u64 {
        let units = self.units.last().map_or(0, |units| self.of_units(*units));
        self.finer.last().map_or(units, |value| units.max(*value))
    }

    fn of_units(&self, units: u32) -> u64 {
        u64::from(units) * self.unit
    }
}

/// How many there are.
pub(super) fn count<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}
