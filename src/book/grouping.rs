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
}

impl Grouped for Contract {
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
    /// The reps who are in a team on some day.
    in_teams: HashMap<&'a RepId, &'a Rep>,
    evening: Day,
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
        let reps = book.reps().iter().filter(|rep| rep.team().is_some());
        Self {
            dimension,
            in_teams: reps.map(|rep| (rep.id(), rep)).collect(),
            evening: scope.evening_day(),
        }
    }

    /// Whether it is by this dimension.
    pub(super) fn is(&self, dimension: &Dimension) -> bool {
        self.dimension == dimension
    }

    /// Every team that a rep is in on some day, and none where one is in none on some day; nothing for another dimension.
    pub(super) fn teams(&self) -> Vec<Option<Name<'a>>> {
        let mut names = Vec::new();
        if *self.dimension != Dimension::Team {
            return names;
        }
        for rep in self.in_teams.values() {
            let is_always_in_one = rep.teams().any(|(since, _)| since.is_none());
            names.extend((!is_always_in_one).then_some(None));
            names.extend(rep.teams().map(|(_, team)| Some(Name::Value(team))));
        }
        names
    }

    /// The team of a record: that in which its rep was on the day it closed or was done, and on the evening while it is open.
    fn team<'r>(&self, record: &'r impl Grouped) -> Option<&'r Label>
    where
        'a: 'r,
    {
        let rep = self.in_teams.get(record.whose()?)?;
        let day = record.day().filter(|day| *day <= self.evening);
        rep.team_at(day.unwrap_or(self.evening))
    }

    /// Whether one record of a family names the dimension, so that the family is told apart by it. By team, whoever has a rep
    /// does where one rep is in a team: a rep of no team is then known to be in none.
    pub(crate) fn tells(&self, records: &[impl Grouped]) -> bool {
        records.iter().any(|record| match self.dimension {
            Dimension::Rep => record.whose().is_some(),
            Dimension::Team => !self.in_teams.is_empty() && record.whose().is_some(),
            Dimension::Named(name) => record.value(name.as_str()).is_some(),
        })
    }

    /// The group that a record falls into; what belongs to none is in the group of `None`.
    pub(super) fn name<'r>(&self, record: &'r impl Grouped) -> Option<Name<'r>>
    where
        'a: 'r,
    {
        match self.dimension {
            Dimension::Rep => record.whose().map(Name::Rep),
            Dimension::Team => self.team(record).map(Name::Value),
            Dimension::Named(name) => record.value(name.as_str()).map(Name::Value),
        }
    }
}
