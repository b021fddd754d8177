use rust_decimal::Decimal;

use crate::value::sorted;

/// The places of these in the order of their values, the largest first, and their ranks: what is equal shares one and stays in its order;
/// what has no value stands last, without one.
pub(super) fn ranked(values: &[Option<Decimal>]) -> Vec<(Option<usize>, usize)> {
    let all: Vec<(usize, Option<Decimal>)> = values.iter().copied().enumerate().collect();
    let all = sorted(all, |(_, a), (_, b)| b.cmp(a));
    let mut ranks: Vec<(Option<usize>, usize)> = Vec::new();
    let mut last = (None, None);
    for (at, value) in all {
        if last.0 != value {
            last = (value, value.map(|_| ranks.len().saturating_add(1)));
        }
        ranks.push((last.1, at));
    }
    ranks
}
