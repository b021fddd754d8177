//! The periods of a report, tallied: whole, or by group.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Inputs, Kpi, Needs, Parameters, ReportPlan};
use crate::book::{Book, BookTally};
use crate::error::Error;
use crate::period::Scope;
use crate::tally::TeamTally;

/// How many periods of the team are looked back on, the present one among them.
const HISTORY: usize = 8;

/// One period, and those that a KPI compares it with.
pub(super) struct Column<'a> {
    now: Tallied<'a>,
    previous: Option<Tallied<'a>>,
    year_before: Option<Tallied<'a>>,
    history: Vec<TeamTally>,
}

/// A period, tallied.
type Tallied<'a> = Rc<(Scope, BTreeMap<Option<&'a str>, BookTally>)>;

impl Column<'_> {
    pub(super) fn scope(&self) -> Scope {
        self.now.0
    }

    pub(super) fn groups(&self) -> Vec<Option<&str>> {
        self.now.1.keys().copied().collect()
    }

    pub(super) fn inputs<'i>(
        &'i self,
        group: Option<&'i str>,
        parameters: &'i Parameters,
    ) -> Option<Inputs<'i>> {
        let of = |tallied: &'i Option<Tallied<'_>>| tallied.as_ref()?.1.get(&group);
        let mut inputs = Inputs::new(self.now.1.get(&group)?)
            .with_parameters(parameters)
            .with_history(&self.history);
        if let Some(previous) = of(&self.previous) {
            inputs = inputs.with_previous(previous).ok()?;
        }
        if let Some(year_before) = of(&self.year_before) {
            inputs = inputs.with_year_before(year_before).ok()?;
        }
        Some(inputs)
    }
}

pub(super) fn columns<'a>(
    book: &'a Book,
    plan: &'a ReportPlan,
    kpis: &[&Kpi],
) -> Result<Vec<Column<'a>>, Error> {
    let needs = |wanted: Needs| kpis.iter().any(|kpi| kpi.needs().contains(&wanted));
    let (previous, year_before) = (needs(Needs::Previous), needs(Needs::YearBefore));
    let shown = shown(plan.scope);
    let mut wanted = shown.clone();
    for scope in &shown {
        wanted.extend(scope.previous().ok().filter(|_| previous));
        wanted.extend(scope.year_before().ok().filter(|_| year_before));
    }
    let tallied = tallied(book, plan, &wanted)?;
    let find = |scope: Scope| tallied.iter().find(|tallied| tallied.0 == scope).cloned();
    let mut columns = Vec::new();
    for scope in shown {
        let history = if needs(Needs::History) && plan.by.is_none() {
            history(book, scope)?
        } else {
            Vec::new()
        };
        if let Some(now) = find(scope) {
            columns.push(Column {
                now,
                previous: scope.previous().ok().and_then(find),
                year_before: scope.year_before().ok().and_then(find),
                history,
            });
        }
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

/// Each of these scopes once.
fn tallied<'a>(
    book: &'a Book,
    plan: &'a ReportPlan,
    wanted: &[Scope],
) -> Result<Vec<Tallied<'a>>, Error> {
    let mut scopes: Vec<Scope> = Vec::new();
    for scope in wanted {
        if !scopes.contains(scope) {
            scopes.push(*scope);
        }
    }
    let groups = match &plan.by {
        None => BookTally::series(book, scopes.iter().copied())?
            .into_iter()
            .map(|tally| BTreeMap::from([(None, tally)]))
            .collect::<Vec<_>>(),
        Some(dimension) => scopes
            .iter()
            .map(|scope| BookTally::by(book, *scope, dimension))
            .collect::<Result<_, _>>()?,
    };
    let tallied = scopes.into_iter().zip(groups);
    Ok(tallied.map(Rc::new).collect())
}

/// The team in the periods up to this one, the earlier ones whole, as far back as the quotas fit into them.
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
