//! One pass over records into one tally, many groups or many periods: written once for every tally.

use core::borrow::Borrow;
use core::hash::Hash;
use std::collections::{BTreeMap, HashMap};

use super::quick_hash::QuickHash;
use crate::error::Error;
use crate::period::Scope;
use crate::record::Deal;

pub(super) trait Fill: Sized {
    fn empty(scope: Scope) -> Self;

    /// Counts a deal in the scope of the tally; whoever fills many tallies of one scope keeps it at hand. Nothing has
    /// changed where it fails.
    fn add(&mut self, deal: &Deal, scope: &Scope) -> Result<(), Error>;

    /// Called once after the last record.
    fn settle(&mut self) {}
}

pub(super) fn one<T, I>(deals: I, scope: Scope) -> Result<T, Error>
where
    T: Fill,
    I: IntoIterator,
    I::Item: Borrow<Deal>,
{
    let mut tally = T::empty(scope);
    for deal in deals {
        tally.add(deal.borrow(), &scope)?;
    }
    tally.settle();
    Ok(tally)
}

pub(super) fn groups<'a, T, K, I>(
    deals: I,
    scope: Scope,
    mut key: impl FnMut(&'a Deal) -> K,
) -> Result<BTreeMap<K, T>, Error>
where
    T: Fill,
    K: Ord + Hash,
    I: IntoIterator<Item = &'a Deal>,
{
    // Keys apart from tallies: the table stays small enough for the nearest cache.
    let mut places: HashMap<K, usize, QuickHash> = HashMap::with_hasher(QuickHash::new());
    let mut tallies: Vec<T> = Vec::new();
    for deal in deals {
        let next = tallies.len();
        let place = *places.entry(key(deal)).or_insert(next);
        if place == next {
            tallies.push(T::empty(scope));
        }
        if let Some(tally) = tallies.get_mut(place) {
            tally.add(deal, &scope)?;
        }
    }
    tallies.iter_mut().for_each(T::settle);
    let mut keys: Vec<(usize, K)> = places
        .into_iter()
        .map(|(key, place)| (place, key))
        .collect();
    keys.sort_unstable_by_key(|(place, _)| *place);
    Ok(keys.into_iter().map(|(_, key)| key).zip(tallies).collect())
}

pub(super) fn series<T, I>(
    deals: I,
    scopes: impl IntoIterator<Item = Scope>,
) -> Result<Vec<T>, Error>
where
    T: Fill,
    I: IntoIterator,
    I::Item: Borrow<Deal>,
{
    let mut tallies: Vec<(Scope, T)> = scopes
        .into_iter()
        .map(|scope| (scope, T::empty(scope)))
        .collect();
    for deal in deals {
        let deal = deal.borrow();
        for (scope, tally) in &mut tallies {
            tally.add(deal, scope)?;
        }
    }
    let settled = tallies.into_iter().map(|(_, mut tally)| {
        tally.settle();
        tally
    });
    Ok(settled.collect())
}
