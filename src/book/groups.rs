use super::families::Tallies;
use super::family::Family;
use super::grouping::{Grouping, Name};
use super::{Book, BookTally, Dimension};
use crate::error::Error;
use crate::period::Scope;
use crate::value::Entries;

/// The tallies of each group of a book's records, as they are being filled.
pub(super) struct Groups<'a> {
    book: &'a Book,
    scope: Scope,
    by: Grouping<'a>,
    /// At which place of all a group stands.
    places: Entries<Option<&'a str>, usize>,
    all: Vec<(Option<&'a str>, BookTally)>,
}

impl<'a> Groups<'a> {
    pub(super) fn of(
        book: &'a Book,
        scope: Scope,
        dimension: &'a Dimension,
    ) -> Result<Entries<Option<&'a str>, BookTally>, Error> {
        book.expect_currency(scope)?;
        let mut groups = Self {
            book,
            scope,
            by: Grouping::new(book, dimension, scope),
            places: Entries::default(),
            all: Vec::new(),
        };
        // Who is in which team depends on the day, and which teams there are does not: each is there in whatever scope.
        for name in groups.by.groups_of_reps() {
            groups.group(name);
        }
        Tallies::fill_groups(&mut groups)?;
        if groups.all.is_empty() {
            return Err(dimension.unknown_to(book));
        }
        let firsts = groups.all.iter().map(|(_, group)| group.first_purchase());
        let first = firsts.flatten().min();
        for (_, group) in &mut groups.all {
            group.set_first_purchase(first);
        }
        Ok(Entries::of(groups.all))
    }

    /// Puts each tally of a family into its group; the answer is that of a group without records. A family of which no record
    /// names the dimension is not told apart by it, and opens no group, not even that of none.
    pub(super) fn put<T: Family>(&mut self) -> Result<Option<T>, Error> {
        let Some(apart) = T::in_groups(self.book, self.scope, &self.by)? else {
            return Ok(None);
        };
        let mut names = apart.names.into_iter();
        for tally in apart.tallies {
            let group = names.next().and_then(|name| self.group(name));
            if let Some(group) = group {
                *T::place(group) = Some(tally.into());
            }
        }
        Ok(Some(apart.empty))
    }

    /// There is always one: it is opened where it is missing.
    fn group(&mut self, name: Option<Name<'a>>) -> Option<&mut Tallies> {
        let name = name.map(Name::text);
        let place = match self.places.get(&name) {
            Some(place) => *place,
            None => self.all.len(),
        };
        if place == self.all.len() {
            self.places.set(name, place);
            let group = BookTally::empty_group(self.book, self.scope);
            self.all.push((name, group));
        }
        let (_, group) = self.all.get_mut(place)?;
        Some(&mut group.tallies)
    }

    /// Puts an empty tally of a family that is told apart into each group without one.
    pub(super) fn complete<T: Family>(&mut self, empty: Option<T>) {
        let Some(empty) = empty else { return };
        for (_, group) in &mut self.all {
            let place = T::place(&mut group.tallies);
            if place.is_none() {
                *place = Some(empty.clone().into());
            }
        }
    }
}
