//! One sort for whatever is not sorted in a pass over records: the standard library's is 1,500 lines of machine code for each
//! type and order.

use core::cmp::Ordering;
use core::mem;

/// In order; what is equal stays in the order in which it came.
pub(crate) fn sorted<T>(mut items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let order = order(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    for (a, b) in swaps(order) {
        items.swap(a, b);
    }
    items
}

/// The places from 0 on, in the order of what stands there.
fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

/// What to swap so that to each place comes what stands at the place that `order` has there.
fn swaps(mut order: Vec<usize>) -> Vec<(usize, usize)> {
    let mut swaps = Vec::new();
    for start in 0..order.len() {
        // Around the circle in which things move to one another's places.
        let mut to = start;
        while let Some(from) = order.get_mut(to).map(|from| mem::replace(from, to)) {
            if from == start {
                break;
            }
            swaps.push((to, from));
            to = from;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_stays_in_its_order() {
        let words = vec!["cc", "b", "aa", "d", "", "bb"];
        let by_length = sorted(words, |a, b| a.len().cmp(&b.len()));
        assert_eq!(by_length, ["", "b", "d", "cc", "aa", "bb"]);
        assert!(sorted(Vec::<u8>::new(), Ord::cmp).is_empty());
    }

    #[test]
    fn whatever_the_order_was() {
        for seed in 0..200_u64 {
            let scattered = (0..seed).map(|place| (place * (seed + 7) % 13, place));
            let scattered: Vec<(u64, u64)> = scattered.collect();
            let mut expected = scattered.clone();
            expected.sort_by_key(|(key, _)| core::cmp::Reverse(*key));
            assert_eq!(sorted(scattered, |a, b| b.0.cmp(&a.0)), expected);
        }
    }
}
