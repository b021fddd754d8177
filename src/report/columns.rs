//! The periods of a report, tallied: whole, or by group.

use std::collections::BTreeMap;

use super::{Inputs, Kpi, Needs, Parameters, ReportPlan};
use crate::book::{Book, BookTally};
use crate::error::Error;
use crate::period::Scope;
use crate::tally::TeamTally;

/// How many periods of the team are looked back on, the present one among them.
const HISTORY: usize = 8;

/// One period, and the one before it where a KPI asks for that.
pub(super) struct Column<'a> {
    scope: Scope,
    now: Tallies<'a>,
    before: Option<Tallies<'a>>,
    history: Vec<TeamTally>,
}

type Tallies<'a> = BTreeMap<Option<&'a str>, BookTally>;

impl Column<'_> {
    pub(super) fn scope(&self) -> Scope {
        self.scope
    }

    pub(super) fn groups(&self) -> Vec<Option<&str>> {
        self.now.keys().copied().collect()
    }

    pub(super) fn inputs<'i>(
        &'i self,
        group: Option<&'i str>,
        parameters: &'i Parameters,
    ) -> Option<Inputs<'i>> {
        let inputs = Inputs::new(self.now.get(&group)?)
            .with_parameters(parameters)
            .with_history(&self.history);
        let before = self.before.as_ref().and_then(|before| before.get(&group));
        match before {
            Some(before) => inputs.with_previous(before).ok(),
            None => Some(inputs),
        }
    }
}

pub(super) fn columns<'a>(
    book: &'a Book,
    plan: &'a ReportPlan,
    kpis: &[&Kpi],
) -> Result<Vec<Column<'a>>, Error> {
    let needs = |wanted: Needs| kpis.iter().any(|kpi| kpi.needs().contains(&wanted));
    let scopes = shown(plan.scope);
    let before: Vec<Option<Scope>> = scopes
        .iter()
        .map(|scope| scope.previous().ok().filter(|_| needs(Needs::Previous)))
        .collect();
    let all: Vec<Scope> = scopes
        .iter()
        .copied()
        .chain(before.iter().flatten().copied())
        .collect();
    let mut tallies = tallies(book, plan, &all)?;
    let mut earlier = tallies.split_off(scopes.len()).into_iter();
    let before = before
        .into_iter()
        .map(|scope| scope.and_then(|_| earlier.next()));
    let mut columns = Vec::new();
    for ((scope, now), before) in scopes.into_iter().zip(tallies).zip(before) {
        let history = if needs(Needs::History) && plan.by.is_none() {
            history(book, scope)?
        } else {
            Vec::new()
        };
        columns.push(Column {
            scope,
            now,
            before,
            history,
        });
    }
    Ok(columns)
}

/// This period, the previous one, and the same one a year before if that is another; each as far as the supported years reach, and
/// none after one that they don't.
fn shown(scope: Scope) -> Vec<Scope> {
    let Ok(previous) = scope.previous() else {
        return vec![scope];
    };
    let year_before = scope.year_before().ok();
    let third = year_before.filter(|scope| *scope != previous);
    [scope, previous].into_iter().chain(third).collect()
}

fn tallies<'a>(
    book: &'a Book,
    plan: &'a ReportPlan,
    scopes: &[Scope],
) -> Result<Vec<Tallies<'a>>, Error> {
    let Some(dimension) = &plan.by else {
        let whole = BookTally::series(book, scopes.iter().copied())?;
        return Ok(whole
            .into_iter()
            .map(|tally| BTreeMap::from([(None, tally)]))
            .collect());
    };
    let by = scopes
        .iter()
        .map(|scope| BookTally::by(book, *scope, dimension));
    by.collect()
}

/// The team in the periods up to this one, the earlier ones whole, as far back as quotas fit into them.
fn history(book: &Book, scope: Scope) -> Result<Vec<TeamTally>, Error> {
    let Ok(roster) = book.roster() else {
        return Ok(Vec::new());
    };
    let mut views = Vec::new();
    let mut next = Some(scope);
    while let Some(Ok(view)) = next.map(|scope| scope.with_roster(&roster)) {
        views.push(view);
        let earlier = next.and_then(|scope| scope.period().previous().ok());
        next = earlier
            .filter(|_| views.len() < HISTORY)
            .map(|period| Scope::new(period, scope.currency()));
    }
    views.reverse();
    TeamTally::series(book.deals(), views)
}
