use super::Book;
use crate::error::Error;
use crate::period::Scope;
use crate::record::{Rep, Roster};
use crate::tally::{TeamScope, TeamTally};

/// The reps of a book in a scope.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Team {
    /// With their quotas, or without where these are at fault; or why the reps themselves cannot be counted.
    tally: Result<TeamTally, Error>,
    /// Why the quotas cannot be counted.
    fault: Option<Error>,
}

impl Team {
    /// One pass over the deals for all scopes in which the reps can be counted; for the others, why they cannot.
    pub(super) fn series(book: &Book, scopes: &[Scope]) -> Result<Vec<Self>, Error> {
        let roster = book.roster();
        let bare = || Roster::new(book.reps().iter().cloned(), []);
        let reps = roster
            .as_ref()
            .map_or_else(|_| bare(), |roster| Ok(roster.without_quotas()));
        let views: Vec<View> = scopes
            .iter()
            .map(|scope| View::of(*scope, &roster, &reps))
            .collect();
        let countable = views.iter().filter_map(|view| view.scope.clone().ok());
        let mut tallies = TeamTally::series(book.deals(), countable)?.into_iter();
        let team = |view: View| Self {
            tally: view
                .scope
                .map(|scope| tallies.next().unwrap_or_else(|| TeamTally::new(scope))),
            fault: view.fault,
        };
        Ok(views.into_iter().map(team).collect())
    }

    /// With their quotas.
    pub(super) fn with_quotas(&self) -> Result<&TeamTally, Error> {
        match &self.fault {
            Some(fault) => Err(fault.clone()),
            None => self.reps(),
        }
    }

    /// Whatever is the matter with their quotas.
    pub(super) fn reps(&self) -> Result<&TeamTally, Error> {
        self.tally.as_ref().map_err(Clone::clone)
    }

    pub(super) fn filter(&self, keep: impl FnMut(&Rep) -> bool) -> Self {
        Self {
            tally: self.reps().and_then(|team| team.filter(keep)),
            fault: self.fault.clone(),
        }
    }

    /// Both together; a fault of either is one of the whole.
    pub(super) fn merged(ours: &Self, theirs: &Self) -> Result<Self, Error> {
        let mut team = ours.with_quotas()?.clone();
        team.merge(theirs.with_quotas()?)?;
        Ok(team.into())
    }
}

impl From<TeamTally> for Team {
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
