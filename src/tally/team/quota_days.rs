use crate::period::Day;

/// On which days a rep has a quota of one kind: the periods of the quotas, those that adjoin each other joined.
#[derive(Clone, Debug, Default)]
pub(super) struct QuotaDays(
    /// From the first day up to, and not including, the second. Invariant: the earlier first, with days between them.
    Vec<(Day, Day)>,
);

impl QuotaDays {
    /// Takes down one more period, which begins where the one before ends, or later.
    pub(in crate::tally) fn push(&mut self, (start, end): (Day, Day)) {
        match self.0.last_mut() {
            Some((_, last)) if *last == start => *last = end,
            _ => self.0.push((start, end)),
        }
    }

    #[inline]
    pub(in crate::tally) fn hold(&self, day: Day) -> bool {
        self.0
            .iter()
            .any(|(start, end)| *start <= day && day < *end)
    }

    /// Whether they hold each day from the first up to, and not including, the second.
    pub(super) fn hold_all(&self, (start, end): (Day, Day)) -> bool {
        self.0.iter().any(|(from, to)| *from <= start && end <= *to)
    }

    /// Whether they hold none of these days.
    pub(super) fn hold_none(&self, (start, end): (Day, Day)) -> bool {
        self.0.iter().all(|(from, to)| *to <= start || end <= *from)
    }
}
