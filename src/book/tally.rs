use std::collections::BTreeMap;

use super::grouping::Grouping;
use super::{Book, Dimension};
use crate::error::Error;
use crate::period::{LeadScope, Scope};
use crate::tally::{
    ActivityTally, CustomerTally, DealDetail, LeadDetail, PurchaseTally, SpendTally, TeamScope,
    TeamTally, WorkTally,
};

/// Every tally of a [`Book`] in one scope: what a report is evaluated from.
///
/// A tally is absent where the book has no such records, or, in a group, where they are not told apart by its dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct BookTally {
    scope: Scope,
    deals: Option<DealDetail>,
    purchases: Option<PurchaseTally>,
    leads: Option<LeadDetail>,
    activities: Option<ActivityTally>,
    work_time: Option<WorkTally>,
    /// Why there is none, where the reps and their quotas don't fit together or not into the period.
    team: Option<Result<TeamTally, Error>>,
    contracts: Option<CustomerTally>,
    spend: Option<SpendTally>,
}

macro_rules! parts {
    ($($(#[$doc:meta])* $with:ident $part:ident: $tally:ty,)*) => {
        impl BookTally {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $part(&self) -> Option<&$tally> {
                    self.$part.as_ref()
                }

                /// With this tally instead, which must be of the same scope.
                ///
                /// # Errors
                /// [`Error::ScopesDiffer`].
                pub fn $with(self, tally: $tally) -> Result<Self, Error> {
                    self.expect(stringify!($part), tally.scope())?;
                    Ok(Self { $part: Some(tally), ..self })
                }
            )*
        }
    };
}

parts! {
    /// The deals.
    with_deals deals: DealDetail,
    /// The first purchases of accounts.
    with_purchases purchases: PurchaseTally,
    /// The leads.
    with_leads leads: LeadDetail,
    /// The activities.
    with_activities activities: ActivityTally,
    /// The hours of work.
    with_work_time work_time: WorkTally,
    /// The contracts.
    with_contracts contracts: CustomerTally,
    /// The expenses.
    with_spend spend: SpendTally,
}

impl BookTally {
    /// No tally yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            deals: None,
            purchases: None,
            leads: None,
            activities: None,
            work_time: None,
            team: None,
            contracts: None,
            spend: None,
        }
    }

    /// The tallies of a book, each in one pass over its records.
    ///
    /// # Errors
    /// [`Error::CurrencyMismatch`] where the scope is in another currency than the book; [`Error::TotalTooLarge`]. Quotas that don't fit
    /// into the period are the error of [`team`](Self::team) alone.
    pub fn of(book: &Book, scope: Scope) -> Result<Self, Error> {
        let mut tallies = Self::series(book, [scope])?;
        Ok(tallies.pop().unwrap_or_else(|| Self::new(scope)))
    }

    /// The tallies of a book in each scope, in their order, each in one pass over its records.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn series(
        book: &Book,
        scopes: impl IntoIterator<Item = Scope>,
    ) -> Result<Vec<Self>, Error> {
        let scopes: Vec<Scope> = scopes.into_iter().collect();
        let mut all: Vec<Self> = scopes.iter().copied().map(Self::new).collect();
        let at = || scopes.iter().copied();
        if !book.deals().is_empty() {
            let tallies = DealDetail::series(book.deals(), at())?;
            put(&mut all, tallies, |all, tally| all.deals = Some(tally));
            let tallies = PurchaseTally::series(book.deals(), at())?;
            put(&mut all, tallies, |all, tally| all.purchases = Some(tally));
        }
        if !book.leads().is_empty() {
            let tallies = LeadDetail::series(book.leads(), at().map(|at| lead_scope(book, at)))?;
            put(&mut all, tallies, |all, tally| all.leads = Some(tally));
        }
        if !book.activities().is_empty() {
            let tallies = ActivityTally::series(book.activities(), at())?;
            put(&mut all, tallies, |all, tally| all.activities = Some(tally));
        }
        if !book.work_time().is_empty() {
            let tallies = WorkTally::series(book.work_time(), at())?;
            put(&mut all, tallies, |all, tally| all.work_time = Some(tally));
        }
        if !book.contracts().is_empty() {
            let tallies = CustomerTally::series(book.contracts(), at())?;
            put(&mut all, tallies, |all, tally| all.contracts = Some(tally));
        }
        if !book.spend().is_empty() {
            let tallies = SpendTally::series(book.spend(), at())?;
            put(&mut all, tallies, |all, tally| all.spend = Some(tally));
        }
        if !book.reps().is_empty() {
            let tallies = teams(book, &scopes)?;
            put(&mut all, tallies, |all, tally| all.team = Some(tally));
        }
        Ok(all)
    }

    /// The tallies of each group of a book's records; what belongs to none is in the group of `None`.
    ///
    /// Activities, hours and quotas are told apart by rep and team alone, contracts and expenses by the named dimensions alone. First purchases
    /// are not told apart: an account may have bought from another rep, or in another region, before.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn by<'a>(
        book: &'a Book,
        scope: Scope,
        dimension: &'a Dimension,
    ) -> Result<BTreeMap<Option<&'a str>, Self>, Error> {
        let by = Grouping::new(book, dimension);
        let view = lead_scope(book, scope);
        let mut groups = Groups {
            scope,
            all: BTreeMap::new(),
        };
        let deals = DealDetail::by(book.deals(), scope, |deal| by.deal(deal))?;
        groups.put(deals, |group, tally| group.deals = Some(tally));
        let leads = LeadDetail::by(book.leads(), view.clone(), |lead| by.lead(lead))?;
        groups.put(leads, |group, tally| group.leads = Some(tally));
        if by.is_of_reps() {
            let activities = ActivityTally::by(book.activities(), scope, |it| by.activity(it))?;
            groups.put(activities, |group, tally| group.activities = Some(tally));
            let hours = WorkTally::by(book.work_time(), scope, |it| by.work_time(it))?;
            groups.put(hours, |group, tally| group.work_time = Some(tally));
            let teams = team_groups(book, scope, &by)?;
            groups.put(teams, |group, tally| group.team = Some(tally));
        } else {
            let contracts = CustomerTally::by(book.contracts(), scope, |it| by.contract(it))?;
            groups.put(contracts, |group, tally| group.contracts = Some(tally));
            let spend = SpendTally::by(book.spend(), scope, |it| by.spend(it))?;
            groups.put(spend, |group, tally| group.spend = Some(tally));
        }
        for group in groups.all.values_mut() {
            group.fill_in(book, &by, &view);
        }
        Ok(groups.all)
    }

    /// A group without a record of some kind has an empty tally of it, where the book has such records and tells them apart so.
    fn fill_in(&mut self, book: &Book, by: &Grouping<'_>, view: &LeadScope) {
        let (scope, of_reps) = (self.scope, by.is_of_reps());
        fill_in(&mut self.deals, !book.deals().is_empty(), || {
            DealDetail::new(scope)
        });
        fill_in(&mut self.leads, !book.leads().is_empty(), || {
            LeadDetail::new(view.clone())
        });
        let has = |kind: bool, empty: bool| kind && !empty;
        fill_in(
            &mut self.activities,
            has(of_reps, book.activities().is_empty()),
            || ActivityTally::new(scope),
        );
        fill_in(
            &mut self.work_time,
            has(of_reps, book.work_time().is_empty()),
            || WorkTally::new(scope),
        );
        fill_in(
            &mut self.contracts,
            has(!of_reps, book.contracts().is_empty()),
            || CustomerTally::new(scope),
        );
        fill_in(
            &mut self.spend,
            has(!of_reps, book.spend().is_empty()),
            || SpendTally::new(scope),
        );
    }

    /// Adds the tallies of other records in the same scope.
    ///
    /// # Errors
    /// [`Error::ScopeMismatch`] for another scope; [`Error::TotalTooLarge`]; and the errors of either [`team`](Self::team). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.scope != other.scope {
            return Err(Error::ScopeMismatch {
                expected: self.scope,
                found: other.scope,
            });
        }
        let (ours, theirs) = (self.clone(), other.clone());
        *self = Self {
            scope: self.scope,
            deals: merged(ours.deals, theirs.deals, DealDetail::merge)?,
            purchases: merged(ours.purchases, theirs.purchases, PurchaseTally::merge)?,
            leads: merged(ours.leads, theirs.leads, LeadDetail::merge)?,
            activities: merged(ours.activities, theirs.activities, ActivityTally::merge)?,
            work_time: merged(ours.work_time, theirs.work_time, WorkTally::merge)?,
            team: merged(
                ours.team.transpose()?,
                theirs.team.transpose()?,
                TeamTally::merge,
            )?
            .map(Ok),
            contracts: merged(ours.contracts, theirs.contracts, CustomerTally::merge)?,
            spend: merged(ours.spend, theirs.spend, SpendTally::merge)?,
        };
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The reps and their quotas, or why they cannot be counted in this period.
    ///
    /// # Errors
    /// As [`Roster::new`] and [`Scope::with_roster`].
    pub fn team(&self) -> Result<Option<&TeamTally>, Error> {
        match &self.team {
            None => Ok(None),
            Some(Ok(team)) => Ok(Some(team)),
            Some(Err(error)) => Err(error.clone()),
        }
    }

    /// With this tally instead, which must be of the same scope.
    ///
    /// # Errors
    /// [`Error::ScopesDiffer`].
    pub fn with_team(self, team: TeamTally) -> Result<Self, Error> {
        self.expect("team", team.scope())?;
        Ok(Self {
            team: Some(Ok(team)),
            ..self
        })
    }

    fn expect(&self, what: &'static str, found: Scope) -> Result<(), Error> {
        if found == self.scope {
            return Ok(());
        }
        Err(Error::ScopesDiffer {
            what,
            expected: self.scope,
            found,
        })
    }
}

impl From<DealDetail> for BookTally {
    /// Of a business that keeps nothing but deals.
    fn from(deals: DealDetail) -> Self {
        let scope = deals.scope();
        Self {
            deals: Some(deals),
            ..Self::new(scope)
        }
    }
}

fn fill_in<T>(tally: &mut Option<T>, wanted: bool, empty: impl Fn() -> T) {
    if wanted && tally.is_none() {
        *tally = Some(empty());
    }
}

fn put<T>(all: &mut [BookTally], tallies: Vec<T>, set: impl Fn(&mut BookTally, T)) {
    for (all, tally) in all.iter_mut().zip(tallies) {
        set(all, tally);
    }
}

struct Groups<'a> {
    scope: Scope,
    all: BTreeMap<Option<&'a str>, BookTally>,
}

impl<'a> Groups<'a> {
    fn put<T>(&mut self, tallies: BTreeMap<Option<&'a str>, T>, set: impl Fn(&mut BookTally, T)) {
        let scope = self.scope;
        for (key, tally) in tallies {
            let group = self.all.entry(key);
            set(group.or_insert_with(|| BookTally::new(scope)), tally);
        }
    }
}

fn merged<T>(
    ours: Option<T>,
    theirs: Option<T>,
    merge: impl Fn(&mut T, &T) -> Result<(), Error>,
) -> Result<Option<T>, Error> {
    match (ours, theirs) {
        (Some(mut ours), Some(theirs)) => {
            merge(&mut ours, &theirs)?;
            Ok(Some(ours))
        }
        (ours, theirs) => Ok(ours.or(theirs)),
    }
}

fn lead_scope(book: &Book, scope: Scope) -> LeadScope {
    match book.calendar() {
        Some(calendar) => scope.in_working_time(calendar),
        None => scope.into(),
    }
}

/// One pass over the deals for all scopes that the quotas fit into; for the others, why they don't.
fn teams(book: &Book, scopes: &[Scope]) -> Result<Vec<Result<TeamTally, Error>>, Error> {
    let views: Vec<Result<TeamScope, Error>> = match book.roster() {
        Ok(roster) => scopes
            .iter()
            .map(|scope| scope.with_roster(&roster))
            .collect(),
        Err(error) => scopes.iter().map(|_| Err(error.clone())).collect(),
    };
    let fitting = views.iter().filter_map(|view| view.as_ref().ok().cloned());
    let mut tallies = TeamTally::series(book.deals(), fitting)?.into_iter();
    let with_tally = |view: Result<TeamScope, Error>| {
        let view = view?;
        Ok(tallies.next().unwrap_or_else(|| TeamTally::new(view)))
    };
    Ok(views.into_iter().map(with_tally).collect())
}

/// Each group's reps, with what they won.
fn team_groups<'a>(
    book: &'a Book,
    scope: Scope,
    by: &Grouping<'a>,
) -> Result<BTreeMap<Option<&'a str>, Result<TeamTally, Error>>, Error> {
    let mut groups = BTreeMap::new();
    let Some(whole) = teams(book, &[scope])?.pop() else {
        return Ok(groups);
    };
    for rep in book.reps() {
        let key = by.rep(Some(rep.id()));
        groups.entry(key).or_insert_with(|| match &whole {
            Ok(team) => team.filter(|rep| by.has(rep, key)),
            Err(error) => Err(error.clone()),
        });
    }
    Ok(groups)
}
