//! One sort for whatever is not sorted in a pass over records: the standard library's is 1,500 lines of machine code for each
//! type and order.

use core::cmp::Ordering;

/// In order; what is equal stays in the order in which it came.
pub(crate) fn sorted<T>(items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let order = order(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(items.len());
    for place in order {
        ordered.extend(items.get_mut(place).and_then(Option::take));
    }
    ordered
}

/// The places from 0 on, in the order of what stands there.
fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_stays_in_its_order() {
        let words = vec!["cc", "b", "aa", "d", "", "bb"];
        let by_length = sorted(words, |a, b| a.len().cmp(&b.len()));
        assert_eq!(by_length, ["", "b", "d", "cc", "aa", "bb"]);
        assert_eq!(sorted(Vec::<u8>::new(), Ord::cmp), []);
    }
}
