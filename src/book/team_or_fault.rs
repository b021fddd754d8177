use std::sync::Arc;

use super::Book;
use super::families::Tallies;
use super::family::{Apart, Family, Given, Kept};
use super::grouping::{Grouping, Name};
use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::record::{Rep, Roster};
use crate::tally::{TeamScope, TeamTally};

/// The reps of a book in a scope, or why they, or their quotas, cannot be counted in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TeamOrFault {
    /// With their quotas, or without where these are at fault; or why the reps themselves cannot be counted.
    tally: Result<TeamTally, Error>,
    /// Why the quotas cannot be counted.
    fault: Option<Error>,
}

impl TeamOrFault {
    /// With their quotas.
    pub(crate) fn with_quotas(&self) -> Result<&TeamTally, Error> {
        match &self.fault {
            Some(fault) => Err(fault.clone()),
            None => self.reps(),
        }
    }

    /// Whatever is the matter with their quotas.
    pub(crate) fn reps(&self) -> Result<&TeamTally, Error> {
        self.tally.as_ref().map_err(Clone::clone)
    }

    fn filter(&self, keep: impl FnMut(&Rep) -> bool) -> Self {
        Self {
            tally: self.reps().map(|team| team.filter(keep)),
            fault: self.fault.clone(),
        }
    }
}

impl Family for TeamOrFault {
    type Kept = Self;

    fn place(all: &mut Tallies) -> &mut Option<Self> {
        &mut all.team
    }

    /// One pass over the deals for all scopes in which the reps can be counted; for the others, why they cannot.
    fn in_scopes(book: &Book, scopes: &[Scope]) -> Result<Vec<Self>, Error> {
        if book.reps().is_empty() {
            return Ok(Vec::new());
        }
        let roster = book.roster();
        let bare = || Roster::sharing(Arc::clone(&book.records().reps), Arc::default());
        let reps = roster
            .as_ref()
            .map_or_else(|_| bare(), |roster| Ok(roster.without_quotas()));
        let views: Vec<View> = scopes
            .iter()
            .map(|scope| View::of(*scope, &roster, &reps))
            .collect();
        let countable = views.iter().filter_map(|view| view.scope.clone().ok());
        let mut tallies = TeamTally::series(book.deals(), countable)?.into_iter();
        let mut teams = Vec::new();
        for view in views {
            let tally = match view.scope {
                Ok(scope) => {
                    let team = tallies.next().unwrap_or_else(|| TeamTally::new(scope));
                    Ok(team.with_activities(book.activities())?)
                }
                Err(fault) => Err(fault),
            };
            teams.push(Self {
                tally,
                fault: view.fault,
            });
        }
        Ok(teams)
    }

    /// Each group's reps, with what they won: there is a group for each rep, or for each team.
    fn in_groups<'a>(
        book: &'a Book,
        scope: Scope,
        by: &Grouping<'a>,
    ) -> Result<Option<Apart<'a, Self>>, Error> {
        let Some(by) = by.told(book.reps()) else {
            return Ok(None);
        };
        let Some(whole) = Self::in_scopes(book, &[scope])?.pop() else {
            return Ok(None);
        };
        let mut names: Vec<Option<Name<'a>>> = Vec::new();
        let mut tallies = Vec::new();
        for rep in book.reps() {
            let name = by.name(rep);
            if !names.contains(&name) {
                names.push(name);
                tallies.push(whole.filter(|rep| by.name(rep) == name));
            }
        }
        let empty = whole.filter(|_| false);
        Ok(Some(Apart {
            names,
            tallies,
            empty,
        }))
    }
}

impl Given for TeamOrFault {
    fn given(all: &Tallies) -> Result<&Self, Undefined> {
        all.team.as_ref().ok_or(Undefined::NoTeamGiven)
    }
}

impl Kept for TeamOrFault {
    /// A fault of either is one of the whole.
    fn add(&mut self, other: &Self) -> Result<(), Error> {
        let mut team = self.with_quotas()?.clone();
        team.merge(other.with_quotas()?)?;
        *self = team.into();
        Ok(())
    }

    fn expect_addable(&self) -> Result<(), Error> {
        self.with_quotas().map(|_| ())
    }
}

impl From<TeamTally> for TeamOrFault {
    fn from(tally: TeamTally) -> Self {
        Self {
            tally: Ok(tally),
            fault: None,
        }
    }
}

/// What the reps are counted in.
struct View {
    scope: Result<TeamScope, Error>,
    fault: Option<Error>,
}

impl View {
    fn of(scope: Scope, roster: &Result<Roster, Error>, reps: &Result<Roster, Error>) -> Self {
        let within = |roster: &Result<Roster, Error>| match roster {
            Ok(roster) => scope.with_roster(roster),
            Err(fault) => Err(fault.clone()),
        };
        match within(roster) {
            Ok(scope) => Self {
                scope: Ok(scope),
                fault: None,
            },
            Err(fault) => Self {
                scope: within(reps),
                fault: Some(fault),
            },
        }
    }
}
