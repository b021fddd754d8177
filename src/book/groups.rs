use std::collections::BTreeMap;

use super::families::Tallies;
use super::family::Family;
use super::grouping::{Grouping, Name};
use super::{Book, BookTally, Dimension};
use crate::error::Error;
use crate::period::Scope;

/// The tallies of each group of a book's records, as they are being filled.
pub(super) struct Groups<'a> {
    book: &'a Book,
    scope: Scope,
    by: Grouping<'a>,
    all: BTreeMap<Option<&'a str>, BookTally>,
}

impl<'a> Groups<'a> {
    pub(super) fn of(
        book: &'a Book,
        scope: Scope,
        dimension: &'a Dimension,
    ) -> Result<BTreeMap<Option<&'a str>, BookTally>, Error> {
        book.expect_currency(scope)?;
        let mut groups = Self {
            book,
            scope,
            by: Grouping::new(book, dimension),
            all: BTreeMap::new(),
        };
        Tallies::fill_groups(&mut groups)?;
        if groups.all.is_empty() {
            return Err(dimension.unknown_to(book));
        }
        Ok(groups.all)
    }

    /// Puts each tally of a family into its group; the answer is that of a group without records. A family of which no record
    /// names the dimension is not told apart by it, and opens no group, not even that of none.
    pub(super) fn put<T: Family>(&mut self) -> Result<Option<T>, Error> {
        let Some(apart) = T::in_groups(self.book, self.scope, &self.by)? else {
            return Ok(None);
        };
        for (name, tally) in apart.groups {
            *T::place(self.group(name)) = Some(tally.into());
        }
        Ok(Some(apart.empty))
    }

    fn group(&mut self, name: Option<Name<'a>>) -> &mut Tallies {
        let (book, scope) = (self.book, self.scope);
        let group = self.all.entry(name.map(Name::text));
        let group = group.or_insert_with(|| BookTally::empty(book, scope));
        &mut group.tallies
    }

    /// Puts an empty tally of a family that is told apart into each group without one.
    pub(super) fn complete<T: Family>(&mut self, empty: Option<T>) {
        let Some(empty) = empty else { return };
        for group in self.all.values_mut() {
            let place = T::place(&mut group.tallies);
            if place.is_none() {
                *place = Some(empty.clone().into());
            }
        }
    }
}
