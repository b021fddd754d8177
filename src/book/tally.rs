use std::collections::BTreeMap;

use super::grouping::Grouping;
use super::{Book, Dimension};
use crate::error::Error;
use crate::period::{LeadScope, Scope};
use crate::record::WorkTime;
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
        for scope in &scopes {
            book.expect_currency(*scope)?;
        }
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
        book.expect_currency(scope)?;
        let by = Grouping::new(book, dimension);
        let mut groups = Groups {
            scope,
            all: BTreeMap::new(),
        };
        let deals = DealDetail::by(book.deals(), scope, |deal| by.deal(deal))?;
        groups.put(deals, |group, tally| group.deals = Some(tally));
        let leads = LeadDetail::by(book.leads(), lead_scope(book, scope), |lead| by.lead(lead))?;
        groups.put(leads, |group, tally| group.leads = Some(tally));
        if by.is_of_reps() {
            let tallies =
                ActivityTally::by(book.activities(), scope, |activity| by.activity(activity))?;
            groups.put(tallies, |group, tally| group.activities = Some(tally));
            let tallies = WorkTally::by(book.work_time(), scope, |hours: &WorkTime| {
                by.work_time(hours)
            })?;
            groups.put(tallies, |group, tally| group.work_time = Some(tally));
            groups.put_team(book, &by)?;
        } else {
            let tallies =
                CustomerTally::by(book.contracts(), scope, |contract| by.contract(contract))?;
            groups.put(tallies, |group, tally| group.contracts = Some(tally));
            let tallies = SpendTally::by(book.spend(), scope, |spend| by.spend(spend))?;
            groups.put(tallies, |group, tally| group.spend = Some(tally));
        }
        groups.complete(book, by.is_of_reps());
        Ok(groups.all)
    }

    /// Adds the tallies of other records in the same scope.
    ///
    /// # Errors
    /// [`Error::ScopeMismatch`] for another scope; [`Error::TotalTooLarge`]; and the errors of either [`team`](Self::team). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
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

    /// Each group's reps, with what they won; there is a group for each rep, and for each team.
    fn put_team(&mut self, book: &'a Book, by: &Grouping<'a>) -> Result<(), Error> {
        let scope = self.scope;
        for rep in book.reps() {
            let group = self.all.entry(by.rep(Some(rep.id())));
            group.or_insert_with(|| BookTally::new(scope));
        }
        let whole = teams(book, &[scope])?.pop();
        let Some(whole) = whole.filter(|_| !book.reps().is_empty()) else {
            return Ok(());
        };
        for (key, group) in &mut self.all {
            group.team = Some(match &whole {
                Ok(team) => team.filter(|rep| by.has(rep, *key)),
                Err(error) => Err(error.clone()),
            });
        }
        Ok(())
    }

    /// An empty tally for each group that has no records of a family which is told apart.
    fn complete(&mut self, book: &Book, is_of_reps: bool) {
        let scope = self.scope;
        for group in self.all.values_mut() {
            complete(&mut group.deals, book.deals(), || DealDetail::new(scope));
            complete(&mut group.leads, book.leads(), || {
                LeadDetail::new(lead_scope(book, scope))
            });
            if is_of_reps {
                complete(&mut group.activities, book.activities(), || {
                    ActivityTally::new(scope)
                });
                complete(&mut group.work_time, book.work_time(), || {
                    WorkTally::new(scope)
                });
            } else {
                complete(&mut group.contracts, book.contracts(), || {
                    CustomerTally::new(scope)
                });
                complete(&mut group.spend, book.spend(), || SpendTally::new(scope));
            }
        }
    }
}

fn complete<R, T>(tally: &mut Option<T>, records: &[R], empty: impl FnOnce() -> T) {
    if !records.is_empty() {
        tally.get_or_insert_with(empty);
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
