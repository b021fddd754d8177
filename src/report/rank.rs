use core::cmp::Ordering;

use rust_decimal::Decimal;

use super::Better;
use crate::value::sorted;

/// By what a place is ranked, and whether it rests on few records; none where there is nothing to rank.
pub(crate) type Standing = Option<(Decimal, bool)>;

/// The one rule of rankings: the best first, small samples behind the sound ones, and last, without a rank, what has nothing to rank. What
/// is equal shares a rank, after which as many are left out, and stays in its order. They are told by their places in the list.
pub(crate) fn ranked(better: Better, standings: &[Standing]) -> Vec<(Option<usize>, usize)> {
    let all: Vec<(usize, Standing)> = standings.iter().copied().enumerate().collect();
    let all = sorted(all, |(_, a), (_, b)| order(better, *a, *b));
    let mut ranks: Vec<(Option<usize>, usize)> = Vec::new();
    let mut last = (None, None);
    for (at, standing) in all {
        if last.0 != standing {
            last = (standing, standing.map(|_| ranks.len().saturating_add(1)));
        }
        ranks.push((last.1, at));
    }
    ranks
}

fn order(better: Better, a: Standing, b: Standing) -> Ordering {
    match (a, b) {
        (Some((a, a_is_small)), Some((b, b_is_small))) => {
            a_is_small.cmp(&b_is_small).then(match better {
                Better::Down => a.cmp(&b),
                Better::Up | Better::Neither => b.cmp(&a),
            })
        }
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
