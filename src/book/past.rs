//! What a book says of the past: its deals as they were, how they moved, and how far they got.

use std::collections::HashMap;

use super::families::Tallies;
use super::family::{Apart, Family, Given, Kept};
use super::grouping::{Grouping, Name, Told};
use super::{Book, BookTally, Dimension};
use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::record::{Deal, History};
use crate::tally::{DealDetail, FunnelScope, FunnelTally, MovementTally, SpreadTally};

/// The deals as they were on the evening; none where the history does not reach back to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Then(Option<Stock>);

/// What is tallied of them.
#[derive(Clone, Debug, PartialEq)]
struct Stock {
    detail: DealDetail,
    spread: SpreadTally,
}

impl Stock {
    fn new(scope: Scope) -> Self {
        Self {
            detail: DealDetail::new(scope),
            spread: SpreadTally::new(scope),
        }
    }

    fn record(&mut self, deal: &Deal) -> Result<(), Error> {
        self.detail.record(deal)?;
        self.spread.record(deal)
    }
}

impl Then {
    /// In the scope as it is seen on its evening.
    fn of(history: &History, scope: Scope) -> Result<Self, Error> {
        let Ok(deals) = history.deals_on(scope.evening()) else {
            return Ok(Self(None));
        };
        let mut then = Stock::new(scope.as_of(scope.evening())?);
        for deal in deals {
            then.record(&deal)?;
        }
        Ok(Self(Some(then)))
    }
}

impl BookTally {
    /// How the pipeline moved, where there is a history.
    #[must_use]
    pub fn movements(&self) -> Option<&MovementTally> {
        self.tallies.movements.as_ref()
    }

    /// How far deals got, where there is a history and an order of stages.
    #[must_use]
    pub fn funnel(&self) -> Option<&FunnelTally> {
        self.tallies.funnel.as_ref()
    }

    /// The deals as they were on the evening, seen from it: where there is a history that reaches back to it.
    #[must_use]
    pub fn deals_then(&self) -> Option<&DealDetail> {
        Some(&self.then()?.detail)
    }

    /// Over what their money is spread, and what was past due.
    #[must_use]
    pub fn spread_then(&self) -> Option<&SpreadTally> {
        Some(&self.then()?.spread)
    }

    fn then(&self) -> Option<&Stock> {
        self.tallies.then.as_ref()?.0.as_ref()
    }
}

impl Family for Then {
    type Kept = Self;

    fn place(all: &mut Tallies) -> &mut Option<Self> {
        &mut all.then
    }

    fn in_scopes(book: &Book, scopes: &[Scope]) -> Result<Vec<Self>, Error> {
        each(book, scopes, |history, scope| {
            Self::of(history, scope).map(Some)
        })
    }

    fn in_groups<'a>(
        book: &'a Book,
        scope: Scope,
        by: &Grouping<'a>,
    ) -> Result<Option<Apart<'a, Self>>, Error> {
        let Some((history, by)) = told_apart(book, by) else {
            return Ok(None);
        };
        let Ok(deals) = history.deals_on(scope.evening()) else {
            return Ok(None);
        };
        let known = names(book, history, &by);
        let empty = Stock::new(scope.as_of(scope.evening())?);
        let mut groups: Vec<(Option<Name<'a>>, Stock)> = Vec::new();
        let mut places: HashMap<Option<Name<'a>>, usize> = HashMap::new();
        for deal in deals {
            let name = by
                .name(&deal)
                .and_then(|name| known.get(name.text()).copied());
            let place = *places.entry(name).or_insert(groups.len());
            if place == groups.len() {
                groups.push((name, empty.clone()));
            }
            if let Some((_, group)) = groups.get_mut(place) {
                group.record(&deal)?;
            }
        }
        let (names, tallies): (Vec<_>, Vec<_>) = groups.into_iter().unzip();
        Ok(Some(Apart {
            names,
            tallies: tallies.into_iter().map(|then| Self(Some(then))).collect(),
            empty: Self(Some(empty)),
        }))
    }
}

/// What a history says in each scope; nothing where the book has none.
fn each<T>(
    book: &Book,
    scopes: &[Scope],
    tally: impl Fn(&History, Scope) -> Result<Option<T>, Error>,
) -> Result<Vec<T>, Error> {
    let mut all = Vec::new();
    if let Some(history) = book.history() {
        for scope in scopes {
            all.extend(tally(history, *scope)?);
        }
    }
    Ok(all)
}

/// The history of deals that are told apart.
fn told_apart<'g, 'a>(book: &'a Book, by: &'g Grouping<'a>) -> Option<(&'a History, Told<'g, 'a>)> {
    book.history().zip(by.told(book.deals()))
}

/// What groups of the book's deals may be called, now and at any time, by their texts.
fn names<'a>(
    book: &'a Book,
    history: &'a History,
    by: &Told<'_, 'a>,
) -> HashMap<&'a str, Name<'a>> {
    let records = book.deals().iter().filter_map(|deal| by.name(deal));
    let mut names: HashMap<&str, Name<'a>> = records.map(|name| (name.text(), name)).collect();
    for name in by.groups_of_reps().into_iter().flatten() {
        names.insert(name.text(), name);
    }
    if by.is(&Dimension::Rep) {
        for rep in history.owners() {
            names.insert(rep.as_str(), Name::Rep(rep));
        }
    }
    names
}

impl Kept for Then {
    fn add(&mut self, other: &Self) -> Result<(), Error> {
        match (&mut self.0, &other.0) {
            (Some(ours), Some(theirs)) => {
                ours.detail.merge(&theirs.detail)?;
                ours.spread.merge(&theirs.spread)
            }
            (ours, _) => {
                *ours = None;
                Ok(())
            }
        }
    }
}

impl Family for MovementTally {
    type Kept = Self;

    fn place(all: &mut Tallies) -> &mut Option<Self> {
        &mut all.movements
    }

    fn in_scopes(book: &Book, scopes: &[Scope]) -> Result<Vec<Self>, Error> {
        each(book, scopes, |history, scope| {
            Self::of(history, scope).map(Some)
        })
    }

    /// By rep, a deal that is handed over moves from the one to the other; by all else it is where its record is.
    fn in_groups<'a>(
        book: &'a Book,
        scope: Scope,
        by: &Grouping<'a>,
    ) -> Result<Option<Apart<'a, Self>>, Error> {
        let Some((history, by)) = told_apart(book, by) else {
            return Ok(None);
        };
        let empty = Self::new(scope);
        if !by.is(&Dimension::Rep) {
            let groups = Self::by(history, scope, |deal: &'a Deal| by.name(deal))?;
            return Ok(Some(apart(groups, empty)));
        }
        let known = names(book, history, &by);
        let groups = Self::by_owner(history, scope)?.into_iter();
        let named = groups.map(|(rep, tally)| {
            let name = rep.and_then(|rep| known.get(rep.as_str()).copied());
            (name, tally)
        });
        Ok(Some(apart(named, empty)))
    }
}

fn apart<'a, T>(groups: impl IntoIterator<Item = (Option<Name<'a>>, T)>, empty: T) -> Apart<'a, T> {
    let (names, tallies) = groups.into_iter().unzip();
    Apart {
        names,
        tallies,
        empty,
    }
}

impl Given for MovementTally {
    fn given(all: &Tallies) -> Result<&Self, Undefined> {
        all.movements.as_ref().ok_or(Undefined::NoStatesGiven)
    }
}

impl Kept for MovementTally {
    fn add(&mut self, other: &Self) -> Result<(), Error> {
        self.merge(other)
    }
}

impl Family for FunnelTally {
    type Kept = Self;

    fn place(all: &mut Tallies) -> &mut Option<Self> {
        &mut all.funnel
    }

    fn in_scopes(book: &Book, scopes: &[Scope]) -> Result<Vec<Self>, Error> {
        each(book, scopes, |history, scope| {
            let scope = funnel_scope(book, scope)?;
            scope.map(|scope| Self::of(history, scope)).transpose()
        })
    }

    fn in_groups<'a>(
        book: &'a Book,
        scope: Scope,
        by: &Grouping<'a>,
    ) -> Result<Option<Apart<'a, Self>>, Error> {
        let told = told_apart(book, by);
        let (Some((history, by)), Some(scope)) = (told, funnel_scope(book, scope)?) else {
            return Ok(None);
        };
        let groups = Self::by(history, &scope, |deal: &'a Deal| by.name(deal))?;
        Ok(Some(apart(groups, Self::new(scope))))
    }
}

/// None where nobody said in which order the stages stand.
fn funnel_scope(book: &Book, scope: Scope) -> Result<Option<FunnelScope>, Error> {
    let stages = book.stages();
    if stages.is_empty() {
        return Ok(None);
    }
    scope.with_stages(stages).map(Some)
}

impl Given for FunnelTally {
    fn given(all: &Tallies) -> Result<&Self, Undefined> {
        let missing = if all.movements.is_some() {
            Undefined::NoStagesGiven
        } else {
            Undefined::NoStatesGiven
        };
        all.funnel.as_ref().ok_or(missing)
    }
}

impl Kept for FunnelTally {
    fn add(&mut self, other: &Self) -> Result<(), Error> {
        self.merge(other)
    }
}
