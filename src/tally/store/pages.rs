//! A list that is written down, and read from its first item to its last. It is never moved as it grows, since fresh memory is dear.

/// Pages of items, each full but for the last.
#[derive(Clone, Debug)]
pub(in crate::tally) struct Pages<T>(Vec<Vec<T>>);

/// Items of the first page. Each further one has room for twice as many, up to a page of the most.
const FEWEST: usize = 4;
const MOST: usize = 1_024;

impl<T> Pages<T> {
    pub(in crate::tally) fn new() -> Self {
        Self(Vec::new())
    }

    #[inline]
    pub(in crate::tally) fn push(&mut self, item: T) {
        match self.0.last_mut() {
            Some(page) if page.len() < page.capacity() => page.push(item),
            _ => self.turn(item),
        }
    }

    #[cold]
    fn turn(&mut self, item: T) {
        let last = self.0.last().map_or(0, Vec::len);
        let mut page = Vec::with_capacity(last.saturating_mul(2).clamp(FEWEST, MOST));
        page.push(item);
        self.0.push(page);
    }

    pub(in crate::tally) fn len(&self) -> usize {
        let mut items = 0_usize;
        for page in &self.0 {
            items = items.saturating_add(page.len());
        }
        items
    }

    /// Its pages, each from its first item to its last.
    pub(in crate::tally) fn pages(&self) -> impl Iterator<Item = &[T]> {
        self.0.iter().map(Vec::as_slice)
    }

    pub(in crate::tally) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten()
    }
}

impl<T> From<Vec<T>> for Pages<T> {
    fn from(items: Vec<T>) -> Self {
        Self(vec![items])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_in_the_order_in_which_they_came() {
        for first in [vec![], vec![0], (0..3_000).collect()] {
            let known = first.len();
            let mut pages = Pages::from(first);
            (known..10_000).for_each(|item| pages.push(item));
            assert_eq!(pages.len(), 10_000);
            assert!(pages.iter().copied().eq(0..10_000));
        }
    }
}
