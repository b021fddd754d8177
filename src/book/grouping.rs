use std::collections::HashMap;

use super::{Book, Dimension};
use crate::period::{Day, Scope};
use crate::record::part::dimensions::SOURCE;
use crate::record::{Activity, Contract, Deal, Lead, Rep, Spend, WorkTime};
use crate::value::{Label, RepId};

/// A record that says itself by what it is told apart from others of its kind.
pub(crate) trait Grouped {
    /// The rep who owns it, or did it. What has none is not told apart by rep or team.
    fn whose(&self) -> Option<&RepId> {
        None
    }

    /// The day whose team is its rep's: that on which it closed, or was done. What is still open has none, and what closed on a day that nobody knows.
    fn day(&self) -> Option<Day> {
        None
    }

    /// Its value of a named dimension. What has none is not told apart by one.
    fn value(&self, _dimension: &str) -> Option<&Label> {
        None
    }

    /// Shows the name of each dimension that it has a value of.
    fn each_dimension<'a>(&'a self, _see: &mut dyn FnMut(&'a str)) {}
}

impl Grouped for Deal {
    fn whose(&self) -> Option<&RepId> {
        self.owner()
    }

    fn day(&self) -> Option<Day> {
        self.facts().ending.map(|ending| ending.on)
    }

    fn value(&self, dimension: &str) -> Option<&Label> {
        self.dimension(dimension)
    }

    fn each_dimension<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        for (name, _) in self.dimensions() {
            see(name.as_str());
        }
    }
}

impl Grouped for Lead {
    fn whose(&self) -> Option<&RepId> {
        self.owner()
    }

    fn day(&self) -> Option<Day> {
        let facts = self.facts();
        match (facts.converted_on(), facts.disqualified_on()) {
            (Some(converted), Some(disqualified)) => Some(converted.min(disqualified)),
            (converted, disqualified) => converted.or(disqualified),
        }
    }

    fn value(&self, dimension: &str) -> Option<&Label> {
        self.dimension(dimension)
    }

    fn each_dimension<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        for (name, _) in self.dimensions() {
            see(name.as_str());
        }
    }
}

impl Grouped for Activity {
    fn whose(&self) -> Option<&RepId> {
        self.rep()
    }

    fn day(&self) -> Option<Day> {
        Some(self.facts().on)
    }
}

impl Grouped for WorkTime {
    fn whose(&self) -> Option<&RepId> {
        Some(self.rep())
    }

    fn day(&self) -> Option<Day> {
        Some(self.facts().on)
    }
}

impl Grouped for Rep {
    fn whose(&self) -> Option<&RepId> {
        Some(self.id())
    }

    fn value(&self, dimension: &str) -> Option<&Label> {
        self.dimension(dimension)
    }

    fn each_dimension<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        for (name, _) in self.dimensions() {
            see(name.as_str());
        }
    }
}

impl Grouped for Contract {
    fn whose(&self) -> Option<&RepId> {
        self.owner()
    }

    fn value(&self, dimension: &str) -> Option<&Label> {
        self.dimension(dimension)
    }

    fn each_dimension<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        for (name, _) in self.dimensions() {
            see(name.as_str());
        }
    }
}

impl Grouped for Spend {
    fn value(&self, dimension: &str) -> Option<&Label> {
        self.dimension(dimension)
    }

    fn each_dimension<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        for (name, _) in self.dimensions() {
            see(name.as_str());
        }
        if self.source().is_some() {
            see(SOURCE);
        }
    }
}

/// Into which group each record falls.
pub(crate) struct Grouping<'a> {
    dimension: &'a Dimension,
    /// The reps who are in a team on some day, or have a value of the named dimension.
    reps: HashMap<&'a RepId, &'a Rep>,
    evening: Day,
}

/// The records of one kind, told apart.
pub(crate) struct Told<'g, 'a> {
    by: &'g Grouping<'a>,
    /// By a named dimension that none of them has, and their reps have.
    by_reps: bool,
}

/// What a group is called: by a rep, or by a value of a dimension.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Name<'a> {
    Rep(&'a RepId),
    Value(&'a Label),
}

impl<'a> Name<'a> {
    pub(super) fn text(self) -> &'a str {
        match self {
            Self::Rep(rep) => rep.as_str(),
            Self::Value(label) => label.as_str(),
        }
    }
}

impl<'a> Grouping<'a> {
    pub(crate) fn new(book: &'a Book, dimension: &'a Dimension, scope: Scope) -> Self {
        let has_part = |rep: &&Rep| match dimension {
            Dimension::Rep => false,
            Dimension::Team => rep.team().is_some(),
            Dimension::Named(name) => rep.dimension(name.as_str()).is_some(),
        };
        let reps = book.reps().iter().filter(has_part);
        Self {
            dimension,
            reps: reps.map(|rep| (rep.id(), rep)).collect(),
            evening: scope.evening_day(),
        }
    }

    /// Whether it is by this dimension.
    pub(super) fn is(&self, dimension: &Dimension) -> bool {
        self.dimension == dimension
    }

    /// Every group that a rep is in on some day, and none where one is in a team and in none on some day; nothing by rep.
    pub(super) fn groups_of_reps(&self) -> Vec<Option<Name<'a>>> {
        let mut names = Vec::new();
        for rep in self.reps.values() {
            match self.dimension {
                Dimension::Rep => {}
                Dimension::Team => {
                    let is_always_in_one = rep.teams().any(|(since, _)| since.is_none());
                    names.extend((!is_always_in_one).then_some(None));
                    names.extend(rep.teams().map(|(_, team)| Some(Name::Value(team))));
                }
                Dimension::Named(name) => names.push(rep.value(name.as_str()).map(Name::Value)),
            }
        }
        names
    }

    /// The team of a record: that in which its rep was on the day it closed or was done, and on the evening while it is open.
    fn team(&self, record: &impl Grouped) -> Option<&'a Label> {
        let rep = self.reps.get(record.whose()?)?;
        let day = record.day().filter(|day| *day <= self.evening);
        rep.team_at(day.unwrap_or(self.evening))
    }

    /// The records of a family, if they are told apart: one names the dimension, or else one has a rep who does. By team, whoever has a rep
    /// is told apart where one rep is in a team: a rep of no team is then known to be in none.
    pub(crate) fn told(&self, records: &[impl Grouped]) -> Option<Told<'_, 'a>> {
        let Dimension::Named(name) = self.dimension else {
            let by_rep = self.is(&Dimension::Rep) || !self.reps.is_empty();
            let tells = by_rep && records.iter().any(|record| record.whose().is_some());
            return tells.then_some(self.told_by(false));
        };
        let mut own = records.iter();
        if own.any(|record| record.value(name.as_str()).is_some()) {
            return Some(self.told_by(false));
        }
        let has_known = |record: &_| {
            let rep = Grouped::whose(record);
            rep.is_some_and(|rep| self.reps.contains_key(rep))
        };
        let by_reps = !self.reps.is_empty() && records.iter().any(has_known);
        by_reps.then_some(self.told_by(true))
    }

    fn told_by(&self, by_reps: bool) -> Told<'_, 'a> {
        Told { by: self, by_reps }
    }
}

impl<'a> Told<'_, 'a> {
    /// Whether it is by this dimension.
    pub(super) fn is(&self, dimension: &Dimension) -> bool {
        self.by.is(dimension)
    }

    /// Every group that a rep is in on some day.
    pub(super) fn groups_of_reps(&self) -> Vec<Option<Name<'a>>> {
        self.by.groups_of_reps()
    }

    /// What names each record's group.
    pub(super) fn each<'r, R: Grouped>(
        self,
        _: &'r [R],
        _: Scope,
    ) -> impl FnMut(&'r R) -> Option<Name<'r>>
    where
        'a: 'r,
    {
        move |record| self.name(record)
    }

    /// The group that a record falls into; what belongs to none is in the group of `None`.
    pub(super) fn name<'r>(&self, record: &'r impl Grouped) -> Option<Name<'r>>
    where
        'a: 'r,
    {
        match self.by.dimension {
            Dimension::Rep => record.whose().map(Name::Rep),
            Dimension::Team => self.by.team(record).map(Name::Value),
            Dimension::Named(name) if self.by_reps => {
                let rep = self.by.reps.get(record.whose()?)?;
                rep.dimension(name.as_str()).map(Name::Value)
            }
            Dimension::Named(name) => record.value(name.as_str()).map(Name::Value),
        }
    }
}
