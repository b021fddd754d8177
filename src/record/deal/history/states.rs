use core::mem;

use super::entry::Entry;
use super::names::Number;
use crate::period::Day;

/// All states, those of one deal beside each other, in time.
#[derive(Clone, Default)]
pub(super) struct States {
    entries: Vec<Entry>,
    /// Where those of each deal are, by its number.
    spans: Vec<Span>,
}

/// From the first to behind the last.
#[derive(Clone, Copy, Default)]
struct Span {
    from: usize,
    to: usize,
}

impl States {
    pub(super) fn all(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn of(&self, deal: Number) -> &[Entry] {
        let span = self.span(deal);
        self.entries.get(span.from..span.to).unwrap_or_default()
    }

    /// More of them, which are in no order until all are [arranged](Self::arranged).
    pub(super) fn extend(&mut self, more: impl IntoIterator<Item = Entry>) {
        self.entries.extend(more);
    }

    pub(super) fn reserve(&mut self, more: usize) {
        self.entries.reserve(more);
    }

    pub(super) fn all_mut(&mut self) -> &mut [Entry] {
        &mut self.entries
    }

    /// Whether the deals are met in the order in which their states are in memory.
    pub(super) fn are_along(&self, deals: impl Iterator<Item = Number>) -> bool {
        let spans = deals.map(|deal| self.span(deal));
        let there = spans.filter(|span| span.from < span.to);
        there.is_sorted_by_key(|span| span.from)
    }

    /// The same by deal, the given ones first, and those of a deal in time, as `sort` has them.
    pub(super) fn arranged(
        &self,
        first: impl Iterator<Item = Number>,
        sort: impl Fn(&mut [Entry]),
    ) -> Self {
        let mut spans = spans(&self.entries, first);
        let mut entries = by_deal(&self.entries, &mut spans);
        for span in &spans {
            if let Some(own) = entries.get_mut(span.from..span.to) {
                sort(own);
                dated(own);
            }
        }
        Self { entries, spans }
    }

    fn span(&self, deal: Number) -> Span {
        let span = place(deal).and_then(|deal| self.spans.get(deal));
        span.copied().unwrap_or_default()
    }
}

/// Where the states of each deal begin, those of the given deals first: to there, none of them is in its place yet.
fn spans(entries: &[Entry], first: impl Iterator<Item = Number>) -> Vec<Span> {
    let most = entries.iter().map(|entry| entry.deal).max();
    let mut counts = vec![
        0_usize;
        most.and_then(place)
            .map_or(0, |most| most.saturating_add(1))
    ];
    for entry in entries {
        if let Some(count) = place(entry.deal).and_then(|deal| counts.get_mut(deal)) {
            *count = count.saturating_add(1);
        }
    }
    let mut spans = vec![Span::default(); counts.len()];
    let mut next = 0_usize;
    for deal in first.filter_map(place).chain(0..counts.len()) {
        let count = counts.get_mut(deal).map(mem::take).unwrap_or_default();
        if let Some(span) = spans.get_mut(deal).filter(|_| count > 0) {
            *span = Span {
                from: next,
                to: next,
            };
            next = next.saturating_add(count);
        }
    }
    spans
}

/// The same states by deal, those of one in the order in which they came. Each span goes to its end.
fn by_deal(entries: &[Entry], spans: &mut [Span]) -> Vec<Entry> {
    let mut order = vec![0; entries.len()];
    for (from, entry) in entries.iter().enumerate() {
        let Some(span) = place(entry.deal).and_then(|deal| spans.get_mut(deal)) else {
            continue;
        };
        if let Some(slot) = order.get_mut(span.to) {
            *slot = from;
        }
        span.to = span.to.saturating_add(1);
    }
    let mut by_deal = Vec::with_capacity(entries.len());
    by_deal.extend(order.iter().filter_map(|from| entries.get(*from)).copied());
    by_deal
}

/// No later state of a deal on an earlier day, though its place may have moved west meanwhile.
fn dated(states: &mut [Entry]) {
    let mut day = Day::FIRST;
    for state in states {
        day = day.max(state.day);
        state.day = day;
    }
}

fn place(deal: Number) -> Option<usize> {
    usize::try_from(deal).ok()
}
