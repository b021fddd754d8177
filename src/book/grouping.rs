use std::collections::HashMap;

use super::{Book, Dimension};
use crate::record::{Activity, Contract, Deal, Lead, Rep, Spend, WorkTime};
use crate::value::{Label, RepId};

/// Into which group each record falls.
pub(crate) struct Grouping<'a> {
    dimension: &'a Dimension,
    teams: HashMap<&'a RepId, &'a Label>,
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
    pub(crate) fn new(book: &'a Book, dimension: &'a Dimension) -> Self {
        let reps = book.reps().iter();
        let team = |rep: &'a Rep| Some((rep.id(), rep.team()?));
        Self {
            dimension,
            teams: reps.filter_map(team).collect(),
        }
    }

    /// Whether one record of a family names the dimension, so that the family is told apart by it.
    pub(crate) fn tells(&self, records: &[impl Grouped]) -> bool {
        records.iter().any(|record| record.names(self.dimension))
    }

    /// Whether activities, hours and quotas can be told apart so; they have no dimensions of their own.
    pub(super) fn is_of_reps(&self) -> bool {
        matches!(self.dimension, Dimension::Rep | Dimension::Team)
    }

    pub(super) fn rep(&self, rep: Option<&'a RepId>) -> Option<Name<'a>> {
        match self.dimension {
            Dimension::Team => self.teams.get(rep?).copied().map(Name::Value),
            _ => rep.map(Name::Rep),
        }
    }

    /// Whether a rep is in a group.
    pub(super) fn has(&self, rep: &Rep, group: Option<&str>) -> bool {
        let own = match self.dimension {
            Dimension::Team => rep.team().map(AsRef::as_ref),
            _ => Some(rep.id().as_str()),
        };
        own == group
    }

    pub(super) fn deal(&self, deal: &'a Deal) -> Option<Name<'a>> {
        match self.dimension {
            Dimension::Named(name) => deal.dimension(name.as_str()).map(Name::Value),
            _ => self.rep(deal.owner()),
        }
    }

    pub(super) fn lead(&self, lead: &'a Lead) -> Option<Name<'a>> {
        match self.dimension {
            Dimension::Named(name) => lead.dimension(name.as_str()).map(Name::Value),
            _ => self.rep(lead.owner()),
        }
    }

    pub(super) fn activity(&self, activity: &'a Activity) -> Option<Name<'a>> {
        self.rep(activity.rep())
    }

    pub(super) fn work_time(&self, hours: &'a WorkTime) -> Option<Name<'a>> {
        self.rep(Some(hours.rep()))
    }

    pub(super) fn contract(&self, contract: &'a Contract) -> Option<Name<'a>> {
        match self.dimension {
            Dimension::Named(name) => contract.dimension(name.as_str()).map(Name::Value),
            _ => None,
        }
    }

    pub(super) fn spend(&self, spend: &'a Spend) -> Option<Name<'a>> {
        match self.dimension {
            Dimension::Named(name) => spend.dimension(name.as_str()).map(Name::Value),
            _ => None,
        }
    }
}

/// A record that can be told apart from others of its kind.
pub(crate) trait Grouped {
    /// Whether it names a dimension: has an owner, was done by a rep, or has a value of that name.
    fn names(&self, dimension: &Dimension) -> bool;
}

macro_rules! grouped {
    ($($record:ident: $rep:expr, $value:expr;)*) => {
        $(
            impl Grouped for $record {
                fn names(&self, dimension: &Dimension) -> bool {
                    let rep: fn(&$record) -> bool = $rep;
                    let value: fn(&$record, &str) -> bool = $value;
                    match dimension {
                        Dimension::Rep | Dimension::Team => rep(self),
                        Dimension::Named(name) => value(self, name.as_str()),
                    }
                }
            }
        )*
    };
}

grouped! {
    Deal: |deal| deal.owner().is_some(), |deal, name| deal.dimension(name).is_some();
    Lead: |lead| lead.owner().is_some(), |lead, name| lead.dimension(name).is_some();
    Activity: |activity| activity.rep().is_some(), |_, _| false;
    WorkTime: |_| true, |_, _| false;
    Rep: |_| true, |_, _| false;
    Contract: |_| false, |contract, name| contract.dimension(name).is_some();
    Spend: |_| false, |spend, name| spend.dimension(name).is_some();
}
