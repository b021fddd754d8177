//! Groups times periods: what one pass over a stream gives.

use core::borrow::Borrow;
use std::collections::BTreeMap;

use crate::error::Error;
use crate::period::Scope;
use crate::tally::error::TallyProblem;

/// What all tallies have in common, so that there is a [`Grid`] of any of them.
///
/// The trait is there to be read in a signature, not to be implemented or called: it is sealed, and a tally's verbs are its own.
pub trait Tally: Cell {}

impl<T: Cell> Tally for T {}

/// A tally, as a grid knows it.
pub trait Cell: Clone {
    fn looks_at(&self) -> Scope;

    fn add(&mut self, other: &Self) -> Result<(), Error>;
}

/// A tally for each group and each scope: reps by months, regions by quarters. `grid(records, scopes, key)` of every tally gives one.
///
/// Of a stream whose rows may fail: [`of_rows`](crate::tally::of_rows).
///
/// Groups are sorted, scopes stand as they were given. A group that has no records in a scope has an empty tally there.
///
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Error, Outcome, Period, RepId, Scope, day, kpi};
///
/// // A stream: each deal is looked at once, and not kept.
/// let won = |id, owner, on| Deal::new(id, day("2026-01-07")?, Outcome::Won { on: day(on)? }, Currency::USD)?.with_owner(owner);
/// let deals = [won(1, "ada", "2026-01-20")?, won(2, "ada", "2026-03-02")?, won(3, "ben", "2026-03-20")?].into_iter();
///
/// let months = Period::quarter(2026, 1)?.months().map(|month| Scope::new(month, Currency::USD));
/// let grid = DealTally::grid(deals, months, |deal| deal.owner().cloned())?;
///
/// for (owner, months) in grid.groups() {
///     let wins = months.iter().map(|month| Ok(month.totals().won()?.count)).collect::<Result<Vec<_>, Error>>()?;
///     assert_eq!(wins, if *owner == Some(RepId::new("ada")?) { [1, 0, 1] } else { [0, 0, 1] });
/// }
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let ben = grid.get(&Some(RepId::new("ben")?), march).expect("ben has won a deal");
/// assert_eq!(kpi::win_rate(ben)?.to_string(), "100%");
/// assert_eq!(grid.series()?[2].totals().won()?.count, 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid<K, T> {
    /// A tally of nothing for each scope.
    empty: Vec<T>,
    /// Each with a tally for each scope.
    groups: BTreeMap<K, Vec<T>>,
}

impl<K: Ord, T: Tally> Grid<K, T> {
    pub(super) fn new(empty: Vec<T>, groups: impl IntoIterator<Item = (K, Vec<T>)>) -> Self {
        let groups = groups.into_iter().collect();
        Self { empty, groups }
    }

    /// The scopes, in their order.
    pub fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.empty.iter().map(Cell::looks_at)
    }

    /// The groups in their order, each with its tallies in the order of the scopes.
    pub fn groups(&self) -> impl Iterator<Item = (&K, &[T])> {
        self.groups.iter().map(|(key, row)| (key, row.as_slice()))
    }

    /// The scopes in their order, each with the tallies of the groups in theirs.
    pub fn periods(&self) -> impl Iterator<Item = (Scope, impl Iterator<Item = (&K, &T)>)> {
        let scopes = self.scopes().enumerate();
        scopes.map(|(at, scope)| (scope, self.column(at)))
    }

    /// The tallies of a group, in the order of the scopes; none where there is no such group.
    #[must_use]
    pub fn group<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&[T]>
    where
        K: Borrow<Q>,
    {
        self.groups.get(key).map(Vec::as_slice)
    }

    /// The tallies of all groups in a scope, in the order of the groups; none where there is no such scope.
    #[must_use]
    pub fn period(&self, scope: Scope) -> Option<impl Iterator<Item = (&K, &T)>> {
        self.place_of(scope).map(|at| self.column(at))
    }

    /// The tally of a group in a scope; none where there is no such group or scope.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q, scope: Scope) -> Option<&T>
    where
        K: Borrow<Q>,
    {
        self.group(key)?.get(self.place_of(scope)?)
    }

    /// All groups together in each scope, in the order of the scopes: what `series` gives of the same records.
    ///
    /// # Errors
    /// Those of the tallies' `merge`: [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).
    pub fn series(&self) -> Result<Vec<T>, Error> {
        let mut all = self.empty.clone();
        for row in self.groups.values() {
            add(&mut all, row)?;
        }
        Ok(all)
    }

    /// The groups, each with its tallies in the order of the scopes.
    #[must_use]
    pub fn into_groups(self) -> BTreeMap<K, Vec<T>> {
        self.groups
    }

    /// Adds the grid of other records in the same scopes. A group that one of them lacks is taken over.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for other scopes, or the same in another order; those of the tallies' `merge`. The grid
    /// is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error>
    where
        K: Clone,
    {
        let (expected, found) = (self.empty.len(), other.empty.len());
        if expected != found {
            return Err(TallyProblem::ScopesOfGrids { expected, found }.into());
        }
        let mut merged = self.clone();
        add(&mut merged.empty, &other.empty)?;
        for (key, row) in &mut merged.groups {
            add(row, other.groups.get(key).unwrap_or(&other.empty))?;
        }
        for (key, row) in &other.groups {
            if !self.groups.contains_key(key) {
                let mut taken = merged.empty.clone();
                add(&mut taken, row)?;
                merged.groups.insert(key.clone(), taken);
            }
        }
        *self = merged;
        Ok(())
    }

    fn place_of(&self, scope: Scope) -> Option<usize> {
        self.scopes().position(|known| known == scope)
    }

    fn column(&self, at: usize) -> impl Iterator<Item = (&K, &T)> {
        let cell = move |(key, row)| Some((key, <[T]>::get(row, at)?));
        self.groups().filter_map(cell)
    }
}

/// Adds tallies to those of the same scopes.
fn add<T: Cell>(row: &mut [T], other: &[T]) -> Result<(), Error> {
    for (cell, theirs) in row.iter_mut().zip(other) {
        cell.add(theirs)?;
    }
    Ok(())
}
