//! The periods of a report, tallied: whole, or by group.

use std::rc::Rc;

use super::{Earlier, Inputs, Kpi, Needs, ReportPlan};
use crate::book::{Book, BookTally};
use crate::error::Error;
use crate::period::{FiscalCalendar, Scope};
use crate::tally::TeamTally;
use crate::value::Entries;

/// On how many periods of the team is looked back at most, the present one among them: ten years of quarters.
const LONGEST_HISTORY: usize = 40;

/// The periods that a report shows, each as far as the supported years reach.
pub(super) struct Columns<'a> {
    pub(super) now: Column<'a>,
    pub(super) previous: Option<Column<'a>>,
    /// None where that is the previous one.
    pub(super) year_before: Option<Column<'a>>,
}

/// One period, and those that a KPI compares it with.
pub(super) struct Column<'a> {
    plan: &'a ReportPlan,
    now: Tallied<'a>,
    previous: Option<Tallied<'a>>,
    year_before: Option<Tallied<'a>>,
    history: Vec<TeamTally>,
}

/// A period, tallied.
type Tallied<'a> = Rc<(Scope, Entries<Option<&'a str>, BookTally>)>;

impl<'a> Column<'a> {
    /// The plan's own period alone, for these KPIs.
    pub(super) fn of(book: &'a Book, plan: &'a ReportPlan, kpis: &[Kpi]) -> Result<Self, Error> {
        Source::of(book, plan, kpis, &[plan.scope])?.column(plan.scope)
    }

    pub(super) fn scope(&self) -> Scope {
        self.now.0
    }

    /// Each group, and what its KPIs are evaluated from.
    pub(super) fn groups(&self) -> impl Iterator<Item = (Option<&str>, Result<Inputs<'_>, Error>)> {
        let groups = self.now.1.iter();
        groups.map(|(name, now)| (*name, self.inputs_of(*name, now)))
    }

    /// None where there is no such group.
    pub(super) fn inputs<'i>(
        &'i self,
        group: Option<&'i str>,
    ) -> Result<Option<Inputs<'i>>, Error> {
        let now = self.now.1.get(&group);
        now.map(|now| self.inputs_of(group, now)).transpose()
    }

    fn inputs_of<'i>(
        &'i self,
        group: Option<&'i str>,
        now: &'i BookTally,
    ) -> Result<Inputs<'i>, Error> {
        let of = |tallied: &'i Option<Tallied<'_>>| tallied.as_ref()?.1.get(&group);
        let mut inputs = Inputs::new(now)
            .with_parameters(&self.plan.parameters)
            .stepped_by(self.plan.fiscal);
        inputs = inputs.with_history(&self.history)?;
        if let Some(previous) = of(&self.previous) {
            inputs = inputs.with_previous(previous)?;
        }
        if let Some(year_before) = of(&self.year_before) {
            inputs = inputs.with_year_before(year_before)?;
        }
        let is_own = self.plan.by.is_none() && self.scope() == self.plan.scope;
        Ok(if is_own { inputs } else { inputs.elsewhere() })
    }
}

pub(super) fn columns<'a>(
    book: &'a Book,
    plan: &'a ReportPlan,
    kpis: &[Kpi],
) -> Result<Columns<'a>, Error> {
    let own = plan.scope;
    let previous = plan.previous(own);
    // Without a previous period the one a year before would stand in its place.
    let year_before = previous.and_then(|_| plan.year_before(own));
    let year_before = year_before.filter(|scope| Some(*scope) != previous);
    let shown = [Some(own), previous, year_before];
    let shown: Vec<Scope> = shown.into_iter().flatten().collect();
    let source = Source::of(book, plan, kpis, &shown)?;
    Ok(Columns {
        now: source.column(own)?,
        previous: previous.map(|scope| source.column(scope)).transpose()?,
        year_before: year_before.map(|scope| source.column(scope)).transpose()?,
    })
}

/// What columns are made of.
struct Source<'a> {
    book: &'a Book,
    plan: &'a ReportPlan,
    has_history: bool,
    tallied: Vec<Tallied<'a>>,
}

impl<'a> Source<'a> {
    /// Of these scopes, and of those that a KPI compares them with.
    fn of(
        book: &'a Book,
        plan: &'a ReportPlan,
        kpis: &[Kpi],
        shown: &[Scope],
    ) -> Result<Self, Error> {
        let needs = |wanted: Earlier| {
            let wanted = Needs::Earlier(wanted);
            kpis.iter().any(|kpi| kpi.needs().contains(&wanted))
        };
        let mut wanted = shown.to_vec();
        for scope in shown {
            let previous = plan.previous(*scope);
            wanted.extend(previous.filter(|_| needs(Earlier::Previous)));
            let year_before = plan.year_before(*scope);
            wanted.extend(year_before.filter(|_| needs(Earlier::YearBefore)));
        }
        Ok(Self {
            book,
            plan,
            has_history: needs(Earlier::History) && plan.by.is_none(),
            tallied: tallied(book, plan, &wanted)?,
        })
    }

    fn find(&self, scope: Scope) -> Option<Tallied<'a>> {
        let mut tallied = self.tallied.iter();
        tallied.find(|tallied| tallied.0 == scope).cloned()
    }

    fn column(&self, scope: Scope) -> Result<Column<'a>, Error> {
        let found = |scope: Option<Scope>| self.find(scope?);
        Ok(Column {
            plan: self.plan,
            now: self
                .find(scope)
                .unwrap_or_else(|| Rc::new((scope, Entries::default()))),
            previous: found(self.plan.previous(scope)),
            year_before: found(self.plan.year_before(scope)),
            history: if self.has_history {
                history(self.book, scope, self.plan.fiscal)?
            } else {
                Vec::new()
            },
        })
    }
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
            .map(whole)
            .collect::<Vec<_>>(),
        Some(dimension) => scopes
            .iter()
            .map(|scope| BookTally::groups(book, *scope, dimension))
            .collect::<Result<_, _>>()?,
    };
    let tallied = scopes.into_iter().zip(groups);
    Ok(tallied.map(Rc::new).collect())
}

/// One group of all.
fn whole<'a>(tally: BookTally) -> Entries<Option<&'a str>, BookTally> {
    let mut groups = Entries::default();
    groups.set(None, tally);
    groups
}

/// The team in the periods up to this one, the earlier ones whole, as far back as there are quotas and they fit into them. Where the
/// reps and quotas themselves don't fit together there is none, and the team of the period says why.
fn history(
    book: &Book,
    scope: Scope,
    fiscal: Option<FiscalCalendar>,
) -> Result<Vec<TeamTally>, Error> {
    let Ok(roster) = book.roster() else {
        return Ok(Vec::new());
    };
    let first = book
        .quotas()
        .iter()
        .map(|quota| quota.period().start())
        .min();
    let mut views = Vec::new();
    let mut next = Some(scope);
    while let Some(Ok(view)) = next.map(|scope| scope.with_roster(&roster)) {
        let start = view.scope().period().start();
        views.push(view);
        let earlier = next.and_then(|scope| scope.previous_by(fiscal).ok());
        next = earlier
            .filter(|_| views.len() < LONGEST_HISTORY && first.is_some_and(|first| first < start))
            .map(|earlier| Scope::new(earlier.period(), scope.currency()));
    }
    views.reverse();
    TeamTally::series(book.deals(), views)
}
