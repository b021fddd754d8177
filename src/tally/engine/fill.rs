//! One pass over records into one tally, many groups or many periods: written once for every tally.

use core::borrow::Borrow;
use core::hash::Hash;
use std::collections::HashMap;

use super::grid::{Grid, Tally};
use crate::error::Error;
use crate::tally::store::QuickHash;

/// What takes in records `R` in one pass and is a tally in the end. Most tallies take them in themselves; where totals are sooner
/// reckoned once than kept with every record, something else does, which nobody can read meanwhile.
pub(in crate::tally) trait Fill<R>: Sized {
    /// What it looks at: a scope, and whatever else decides how a record counts.
    type View;

    type Tally;

    fn empty(view: &Self::View) -> Self;

    /// Told beforehand that so many records come at least, as whoever has them says.
    fn expect(&mut self, _records: usize) {}

    /// Counts a record in the view of the tally; whoever fills many tallies of one view keeps it at hand. Nothing has
    /// changed where it fails.
    fn add(&mut self, record: &R, view: &Self::View) -> Result<(), Error>;

    /// After the last record.
    fn done(self, view: &Self::View) -> Self::Tally;
}

pub(in crate::tally) fn one<R, F, I>(
    records: I,
    view: impl Into<F::View>,
) -> Result<F::Tally, Error>
where
    F: Fill<R>,
    I: IntoIterator,
    I::Item: Borrow<R>,
{
    let view = view.into();
    let records = records.into_iter();
    let mut filled = F::empty(&view);
    filled.expect(records.size_hint().0);
    for record in records {
        filled.add(record.borrow(), &view)?;
    }
    Ok(filled.done(&view))
}

/// The keys in the order in which they came, and the tally of each at the same place.
pub(in crate::tally) fn groups<'a, R, F, K, I>(
    records: I,
    view: impl Into<F::View>,
    mut key: impl FnMut(&'a R) -> K,
) -> Result<(Vec<K>, Vec<F::Tally>), Error>
where
    R: 'a,
    F: Fill<R>,
    K: Eq + Hash,
    I: IntoIterator<Item = &'a R>,
{
    let view = view.into();
    // Keys apart from tallies: the table stays small enough for the nearest cache.
    let mut places: HashMap<K, usize, QuickHash> = HashMap::with_hasher(QuickHash::new());
    let mut tallies: Vec<F> = Vec::new();
    for record in records {
        let next = tallies.len();
        let place = *places.entry(key(record)).or_insert(next);
        if place == next {
            tallies.push(F::empty(&view));
        }
        if let Some(tally) = tallies.get_mut(place) {
            tally.add(record, &view)?;
        }
    }
    let mut done = Vec::with_capacity(tallies.len());
    for filled in tallies {
        done.push(filled.done(&view));
    }
    Ok((in_order(places), done))
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

/// Each record is asked for its group once, whatever the number of views.
pub(in crate::tally) fn grid<R, F, K, I, V>(
    records: I,
    views: impl IntoIterator<Item = V>,
    mut key: impl FnMut(&R) -> K,
) -> Result<Grid<K, F::Tally>, Error>
where
    F: Fill<R, Tally: Tally>,
    K: Ord + Hash,
    V: Into<F::View>,
    I: IntoIterator,
    I::Item: Borrow<R>,
{
    let views: Vec<F::View> = views.into_iter().map(Into::into).collect();
    let empty = || views.iter().map(F::empty).collect::<Vec<F>>();
    let done = |row: Vec<F>| {
        let cells = row.into_iter().zip(&views);
        cells.map(|(cell, view)| cell.done(view)).collect()
    };
    let mut places: HashMap<K, usize, QuickHash> = HashMap::with_hasher(QuickHash::new());
    let mut rows: Vec<Vec<F>> = Vec::new();
    for record in records {
        let record = record.borrow();
        let next = rows.len();
        let place = *places.entry(key(record)).or_insert(next);
        if place == next {
            rows.push(empty());
        }
        for (cell, view) in rows.get_mut(place).into_iter().flatten().zip(&views) {
            cell.add(record, view)?;
        }
    }
    let rows = rows.into_iter().map(done);
    Ok(Grid::new(
        done(empty()),
        in_order(places).into_iter().zip(rows),
    ))
}

pub(in crate::tally) fn series<R, F, I, V>(
    records: I,
    views: impl IntoIterator<Item = V>,
) -> Result<Vec<F::Tally>, Error>
where
    F: Fill<R>,
    V: Into<F::View>,
    I: IntoIterator,
    I::Item: Borrow<R>,
{
    let mut tallies: Vec<(F::View, F)> = Vec::new();
    for view in views {
        let view = view.into();
        let filled = F::empty(&view);
        tallies.push((view, filled));
    }
    for record in records {
        let record = record.borrow();
        for (view, filled) in &mut tallies {
            filled.add(record, view)?;
        }
    }
    let mut done = Vec::with_capacity(tallies.len());
    for (view, filled) in tallies {
        done.push(filled.done(&view));
    }
    Ok(done)
}

/// The verbs that every tally has in the same words: `of`, `by`, `series` and `grid`.
///
/// `verbs!(DealTally of Deal, reads Facts, Scope, "what can go wrong")`; the second type is what `of` takes as the scope. Where the tally does
/// not take in the records itself: `verbs!(PurchaseTally by Filling, of Deal, …)`.
macro_rules! verbs {
    ($tally:ident of $record:ty, reads $reads:ident, $scope:ty, $errors:literal) => {
        $crate::tally::engine::verbs!($tally by $tally, of $record, reads $reads, $scope, $errors);
    };
    ($tally:ident by $filling:ty, of $record:ty, reads $reads:ident, $scope:ty, $errors:literal) => {
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
                $crate::tally::engine::one::<$record, $filling, _>(records, scope)
            }

            /// A tally for each rep, region, account, or whatever else the key tells apart, in one pass.
            ///
            /// The groups merge to exactly the tally of all; [`tally`](crate::tally) has an example. Keys may borrow from the records; a
            /// stream, whose records are not kept, has its groups from [`grid`](Self::grid).
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
                let (keys, tallies) = Self::groups(records, scope, key)?;
                Ok(keys.into_iter().zip(tallies).collect())
            }

            /// The same in the order in which their keys came. A sorted map of each type is much code: whoever puts groups into
            /// a map of their own is better off without.
            pub(crate) fn groups<'a, K, I>(
                records: I,
                scope: $scope,
                key: impl FnMut(&'a $record) -> K,
            ) -> Result<(Vec<K>, Vec<Self>), $crate::Error>
            where
                K: Eq + core::hash::Hash,
                I: IntoIterator<Item = &'a $record>,
            {
                $crate::tally::engine::groups::<$record, $filling, _, _>(records, scope, key)
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
                $crate::tally::engine::series::<$record, $filling, _, _>(records, scopes)
            }

            /// A tally for each group and each scope, in one pass; records may be borrowed or come by value, keys are owned.
            ///
            /// [`Grid`](crate::tally::Grid) has an example.
            ///
            /// # Errors
            #[doc = $errors]
            pub fn grid<K, I>(
                records: I,
                scopes: impl IntoIterator<Item = $scope>,
                key: impl FnMut(&$record) -> K,
            ) -> Result<$crate::tally::Grid<K, Self>, $crate::Error>
            where
                K: Ord + core::hash::Hash,
                I: IntoIterator,
                I::Item: core::borrow::Borrow<$record>,
            {
                $crate::tally::engine::grid::<$record, $filling, _, _, _>(records, scopes, key)
            }
        }

        impl $crate::tally::engine::Cell for $tally {
            fn looks_at(&self) -> $crate::period::Scope {
                self.scope()
            }

            fn add(&mut self, other: &Self) -> Result<(), $crate::Error> {
                self.merge(other)
            }
        }

        impl $crate::tally::engine::Take<$record> for $tally {
            const READS: $crate::tally::engine::Reads = $crate::tally::engine::Reads::$reads;

            #[inline]
            fn take(&mut self, record: &$record) -> Result<(), $crate::Error> {
                self.record(record)
            }
        }
    };
}
pub(in crate::tally) use verbs;
