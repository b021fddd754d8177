use crate::tally::priced::MAX_DAYS;

/// How often each length in days was seen. A few lengths come again and again, so counting them takes less time and room
/// than keeping them all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::tally) struct DayCounts {
    /// By the number of days. Invariant: the last one is not 0, so that equal counts are equal.
    counts: Vec<u64>,
}

impl DayCounts {
    pub(in crate::tally) const NONE: Self = Self { counts: Vec::new() };

    /// Those of a list, or none where a length is beyond all supported dates.
    pub(in crate::tally) fn of(list: &[u64]) -> Option<Self> {
        Self::within(list, MAX_DAYS)
    }

    /// Those of a list, or none where a length is beyond the longest that can be.
    pub(in crate::tally) fn within(list: &[u64], longest: u64) -> Option<Self> {
        let mut counts = Self::default();
        for days in list {
            let days = u32::try_from(*days).ok().filter(|_| *days <= longest)?;
            counts.push(days);
        }
        Some(counts)
    }

    #[inline]
    pub(in crate::tally) fn push(&mut self, days: u32) {
        let at = usize::try_from(days).unwrap_or(usize::MAX);
        if at >= self.counts.len() {
            self.counts.resize(at.saturating_add(1), 0);
        }
        if let Some(count) = self.counts.get_mut(at) {
            *count += 1;
        }
    }

    pub(in crate::tally) fn merge(&mut self, other: &Self) {
        let longest = self.counts.len().max(other.counts.len());
        self.counts.resize(longest, 0);
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }

    /// The lengths that were seen, the shortest first, each with how often.
    fn seen(&self) -> impl Iterator<Item = (u64, u64)> {
        (0..).zip(self.counts.iter().copied())
    }

    pub(in crate::tally) fn count(&self) -> u64 {
        self.seen().fold(0, |sum, (_, count)| sum + count)
    }

    pub(in crate::tally) fn total(&self) -> u128 {
        self.seen().fold(0, |sum, (days, count)| {
            sum + u128::from(days) * u128::from(count)
        })
    }

    pub(in crate::tally) fn count_above(&self, limit: u64) -> u64 {
        let above = self.seen().filter(|(days, _)| *days > limit);
        above.fold(0, |sum, (_, count)| sum + count)
    }

    pub(in crate::tally) fn count_below(&self, limit: u64) -> u64 {
        let below = self.seen().take_while(|(days, _)| *days < limit);
        below.fold(0, |sum, (_, count)| sum + count)
    }

    /// The length at a position in their order, from 0 on.
    pub(in crate::tally) fn at(&self, position: u64) -> Option<u64> {
        let mut passed = 0;
        self.seen().find_map(|(days, count)| {
            passed += count;
            (passed > position).then_some(days)
        })
    }

    /// Every one of them, the shortest first.
    pub(in crate::tally) fn iter(&self) -> impl Iterator<Item = u64> {
        let repeated = |(days, count): (u64, u64)| (0..count).map(move |_| days);
        self.seen().flat_map(repeated)
    }

    /// As [`count`](Self::count), of counts that anybody may have made up: none where they pass all bounds.
    pub(in crate::tally) fn checked_count(&self) -> Option<u64> {
        let mut sum = 0_u64;
        for count in &self.counts {
            sum = sum.checked_add(*count)?;
        }
        Some(sum)
    }

    /// How often this length was seen.
    pub(in crate::tally) fn of_length(&self, days: u32) -> u64 {
        let at = usize::try_from(days).unwrap_or(usize::MAX);
        self.counts.get(at).copied().unwrap_or_default()
    }

    /// One more than the longest that was seen; 0 where none was.
    pub(in crate::tally) fn end(&self) -> u32 {
        u32::try_from(self.counts.len()).unwrap_or(u32::MAX)
    }

    /// Each length that was seen and how often, the shortest first.
    pub(in crate::tally) fn pairs(&self) -> Vec<(u64, u64)> {
        let mut pairs = Vec::new();
        for (days, count) in self.seen() {
            if count > 0 {
                pairs.push((days, count));
            }
        }
        pairs
    }

    /// Those of such pairs; none where one is seen 0 times or beyond all supported dates, or where they are out of order.
    pub(in crate::tally) fn of_pairs(pairs: &[(u64, u64)]) -> Option<Self> {
        let mut found = Self::default();
        for (days, count) in pairs {
            let at = usize::try_from(*days).ok().filter(|_| *days <= MAX_DAYS)?;
            if *count == 0 || at < found.counts.len() {
                return None;
            }
            found.counts.resize(at, 0);
            found.counts.push(*count);
        }
        Some(found)
    }

    /// Every one of them, the shortest first.
    pub(in crate::tally) fn list(&self) -> Vec<u64> {
        let mut list = Vec::new();
        for (days, count) in self.seen() {
            for _ in 0..count {
                list.push(days);
            }
        }
        list
    }
}
