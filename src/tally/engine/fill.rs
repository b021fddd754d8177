//! One pass over records into one tally, many groups or many periods: written once for every tally.

use core::borrow::Borrow;
use core::hash::Hash;
use std::collections::HashMap;

use crate::error::Error;
use crate::tally::store::QuickHash;

/// A tally of records `R`.
pub(in crate::tally) trait Fill<R>: Sized {
    /// What it looks at: a scope, and whatever else decides how a record counts.
    type View;

    fn empty(view: &Self::View) -> Self;

    /// Counts a record in the view of the tally; whoever fills many tallies of one view keeps it at hand. Nothing has
    /// changed where it fails.
    fn add(&mut self, record: &R, view: &Self::View) -> Result<(), Error>;

    /// Called once after the last record.
    fn settle(&mut self) {}
}

pub(in crate::tally) fn one<R, T, I>(records: I, view: impl Into<T::View>) -> Result<T, Error>
where
    T: Fill<R>,
    I: IntoIterator,
    I::Item: Borrow<R>,
{
    let view = view.into();
    let mut tally = T::empty(&view);
    for record in records {
        tally.add(record.borrow(), &view)?;
    }
    tally.settle();
    Ok(tally)
}

/// In the order in which their keys came.
pub(in crate::tally) fn groups<'a, R, T, K, I>(
    records: I,
    view: impl Into<T::View>,
    mut key: impl FnMut(&'a R) -> K,
) -> Result<Vec<(K, T)>, Error>
where
    R: 'a,
    T: Fill<R>,
    K: Eq + Hash,
    I: IntoIterator<Item = &'a R>,
{
    let view = view.into();
    // Keys apart from tallies: the table stays small enough for the nearest cache.
    let mut places: HashMap<K, usize, QuickHash> = HashMap::with_hasher(QuickHash::new());
    let mut tallies: Vec<T> = Vec::new();
    for record in records {
        let next = tallies.len();
        let place = *places.entry(key(record)).or_insert(next);
        if place == next {
            tallies.push(T::empty(&view));
        }
        if let Some(tally) = tallies.get_mut(place) {
            tally.add(record, &view)?;
        }
    }
    let mut groups = Vec::with_capacity(tallies.len());
    for (key, mut tally) in in_order(places).into_iter().zip(tallies) {
        tally.settle();
        groups.push((key, tally));
    }
    Ok(groups)
}

/// Keys by their places, of which each has another, from 0 on.
fn in_order<K>(places: HashMap<K, usize, QuickHash>) -> Vec<K> {
    let mut keys: Vec<Option<K>> = Vec::new();
    keys.resize_with(places.len(), || None);
    for (key, place) in places {
        if let Some(slot) = keys.get_mut(place) {
            *slot = Some(key);
        }
    }
    keys.into_iter().flatten().collect()
}

pub(in crate::tally) fn series<R, T, I, V>(
    records: I,
    views: impl IntoIterator<Item = V>,
) -> Result<Vec<T>, Error>
where
    T: Fill<R>,
    V: Into<T::View>,
    I: IntoIterator,
    I::Item: Borrow<R>,
{
    let mut tallies: Vec<(T::View, T)> = Vec::new();
    for view in views {
        let view = view.into();
        let tally = T::empty(&view);
        tallies.push((view, tally));
    }
    for record in records {
        let record = record.borrow();
        for (view, tally) in &mut tallies {
            tally.add(record, view)?;
        }
    }
    let mut settled = Vec::with_capacity(tallies.len());
    for (_, mut tally) in tallies {
        tally.settle();
        settled.push(tally);
    }
    Ok(settled)
}

/// The verbs that every tally has in the same words: `of`, `by` and `series`.
///
/// `verbs!(DealTally of Deal, Scope, "what can go wrong")`; the second type is what `of` takes as the scope.
macro_rules! verbs {
    ($tally:ident of $record:ty, $scope:ty, $errors:literal) => {
        impl $tally {
            /// The tally of these records, in one pass.
            ///
            /// # Errors
            #[doc = $errors]
            pub fn of<I>(records: I, scope: $scope) -> Result<Self, $crate::Error>
            where
                I: IntoIterator,
                I::Item: core::borrow::Borrow<$record>,
            {
                $crate::tally::engine::one(records, scope)
            }

            /// A tally for each rep, region, account, or whatever else the key tells apart, in one pass.
            ///
            /// The groups merge to exactly the tally of all; [`tally`](crate::tally) has an example.
            ///
            /// # Errors
            #[doc = $errors]
            pub fn by<'a, K, I>(
                records: I,
                scope: $scope,
                key: impl FnMut(&'a $record) -> K,
            ) -> Result<std::collections::BTreeMap<K, Self>, $crate::Error>
            where
                K: Ord + core::hash::Hash,
                I: IntoIterator<Item = &'a $record>,
            {
                Self::groups(records, scope, key).map(|groups| groups.into_iter().collect())
            }

            /// The same in the order in which their keys came. A sorted map of each type is much code: whoever puts groups into
            /// a map of their own is better off without.
            pub(crate) fn groups<'a, K, I>(
                records: I,
                scope: $scope,
                key: impl FnMut(&'a $record) -> K,
            ) -> Result<Vec<(K, Self)>, $crate::Error>
            where
                K: Eq + core::hash::Hash,
                I: IntoIterator<Item = &'a $record>,
            {
                $crate::tally::engine::groups(records, scope, key)
            }

            /// A tally for each scope, in their order, in one pass. Scopes may overlap: the months and their quarter.
            ///
            /// # Errors
            #[doc = $errors]
            pub fn series<I>(
                records: I,
                scopes: impl IntoIterator<Item = $scope>,
            ) -> Result<Vec<Self>, $crate::Error>
            where
                I: IntoIterator,
                I::Item: core::borrow::Borrow<$record>,
            {
                $crate::tally::engine::series(records, scopes)
            }
        }
    };
}
pub(in crate::tally) use verbs;
