//! What a family of a book is: filled from records, kept, added up, asked for.

use super::Book;
use super::families::Tallies;
use super::grouping::{Grouping, Name};
use crate::error::{Error, Undefined};
use crate::period::Scope;

/// What a book tallies of one kind of its records.
pub(crate) trait Family: Clone {
    /// The same as it is kept in a book's tallies.
    type Kept: Kept + From<Self>;

    /// Its place among them.
    fn place(all: &mut Tallies) -> &mut Option<Self::Kept>;

    /// One for each scope, in one pass over its records; none where the book has no such records.
    fn in_scopes(book: &Book, scopes: &[Scope]) -> Result<Vec<Self>, Error>;

    /// One for each group, in one pass over its records; none where it is not told apart by the dimension.
    fn in_groups<'a>(
        _book: &'a Book,
        _scope: Scope,
        _by: &Grouping<'a>,
    ) -> Result<Option<Apart<'a, Self>>, Error> {
        Ok(None)
    }
}

/// What is kept in a book's tallies.
pub(crate) trait Kept: Clone {
    /// Adds that of other records in the same scope.
    fn add(&mut self, other: &Self) -> Result<(), Error>;

    /// Whether it could be added to another at all.
    fn expect_addable(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// What KPIs are evaluated from.
pub(crate) trait Given: Sized {
    /// It, or why there is no value of a KPI that needs it.
    fn given(all: &Tallies) -> Result<&Self, Undefined>;
}

/// A family, told apart.
pub(crate) struct Apart<'a, T> {
    pub(super) names: Vec<Option<Name<'a>>>,
    /// One for each name, at the same place.
    pub(super) tallies: Vec<T>,
    /// That of a group which has no such records.
    pub(super) empty: T,
}
