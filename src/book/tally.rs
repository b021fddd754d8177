use std::collections::BTreeMap;

use super::grouping::Grouped;
use super::grouping::Grouping;
use super::team::Team;
use super::{Book, Dimension};
use crate::error::Error;
use crate::period::{LeadScope, Scope, WorkCalendar};
use crate::record::WorkTime;
use crate::tally::{
    ActivityTally, CustomerTally, DealDetail, LeadDetail, PurchaseTally, SpendTally, TeamTally,
    WorkTally,
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
    team: Option<Team>,
    contracts: Option<CustomerTally>,
    spend: Option<SpendTally>,
    calendar: Option<WorkCalendar>,
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
            calendar: None,
        }
    }

    /// The tallies of a book, each in one pass over its records.
    ///
    /// # Errors
    /// [`Error::CurrencyMismatch`] where the scope is in another currency than the book; [`Error::TotalTooLarge`]. Quotas that don't fit
    /// into the period are the error of [`team`](Self::team) alone; [`reps`](Self::reps) does without them.
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
        let empty = scopes.iter().map(|scope| Self::empty(book, *scope));
        let mut all: Vec<Self> = empty.collect();
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
            let tallies = Team::series(book, &scopes)?;
            put(&mut all, tallies, |all, tally| all.team = Some(tally));
        }
        Ok(all)
    }

    /// The tallies of each group of a book's records; what belongs to none is in the group of `None`.
    ///
    /// Activities, hours and quotas are told apart by rep and team alone, contracts and expenses by the named dimensions alone. First purchases
    /// are not told apart: an account may have bought from another rep, or in another region, before. A group without records of a
    /// family has an empty tally of it where another record of that family names the dimension, and none where no record does.
    ///
    /// Each group stands by itself: an account whose next contract names another group is lost in the one and new in the other, and a
    /// contract that is renewed by one of another group counts as not renewed. So the groups' movements need not add up to the whole's.
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
            book,
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
            groups.put_team(&by)?;
        } else {
            let tallies =
                CustomerTally::by(book.contracts(), scope, |contract| by.contract(contract))?;
            groups.put(tallies, |group, tally| group.contracts = Some(tally));
            let tallies = SpendTally::by(book.spend(), scope, |spend| by.spend(spend))?;
            groups.put(tallies, |group, tally| group.spend = Some(tally));
        }
        groups.complete(&by);
        Ok(groups.all)
    }

    /// Adds the tallies of other records in the same scope.
    ///
    /// # Errors
    /// [`Error::ScopeMismatch`] for another scope; [`Error::CalendarMismatch`] for another calendar; [`Error::TotalTooLarge`]; and the errors of either [`team`](Self::team). The tally is then as it was.
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
            team: merged_teams(ours.team, theirs.team)?,
            contracts: merged(ours.contracts, theirs.contracts, CustomerTally::merge)?,
            spend: merged(ours.spend, theirs.spend, SpendTally::merge)?,
            calendar: merged(ours.calendar, theirs.calendar, |ours, theirs| {
                expect_same(ours, theirs)
            })?,
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
    /// As [`Roster::new`](crate::Roster::new) and [`Scope::with_roster`].
    pub fn team(&self) -> Result<Option<&TeamTally>, Error> {
        self.team.as_ref().map(Team::with_quotas).transpose()
    }

    /// The reps, for what needs no quota: as [`team`](Self::team), but without any quota where the quotas don't fit together or not
    /// into the period.
    ///
    /// # Errors
    /// [`Error::DuplicateRep`].
    pub fn reps(&self) -> Result<Option<&TeamTally>, Error> {
        self.team.as_ref().map(Team::reps).transpose()
    }

    /// The working hours and holidays by which activities are counted per working day.
    #[must_use]
    pub fn calendar(&self) -> Option<&WorkCalendar> {
        self.calendar.as_ref()
    }

    /// With these working hours and holidays. They play no part in the leads: their tally has the calendar that it was filled with.
    #[must_use]
    pub fn with_calendar(self, calendar: WorkCalendar) -> Self {
        Self {
            calendar: Some(calendar),
            ..self
        }
    }

    /// With this tally instead, which must be of the same scope.
    ///
    /// # Errors
    /// [`Error::ScopesDiffer`].
    pub fn with_team(self, team: TeamTally) -> Result<Self, Error> {
        self.expect("team", team.scope())?;
        Ok(Self {
            team: Some(team.into()),
            ..self
        })
    }

    /// No tally yet of a book's records.
    fn empty(book: &Book, scope: Scope) -> Self {
        Self {
            calendar: book.calendar().cloned(),
            ..Self::new(scope)
        }
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
    book: &'a Book,
    scope: Scope,
    all: BTreeMap<Option<&'a str>, BookTally>,
}

impl<'a> Groups<'a> {
    fn put<T>(&mut self, tallies: BTreeMap<Option<&'a str>, T>, set: impl Fn(&mut BookTally, T)) {
        for (key, tally) in tallies {
            set(self.group(key), tally);
        }
    }

    fn group(&mut self, key: Option<&'a str>) -> &mut BookTally {
        let (book, scope) = (self.book, self.scope);
        let group = self.all.entry(key);
        group.or_insert_with(|| BookTally::empty(book, scope))
    }

    /// Each group's reps, with what they won; there is a group for each rep, and for each team.
    fn put_team(&mut self, by: &Grouping<'a>) -> Result<(), Error> {
        let book = self.book;
        for rep in book.reps() {
            self.group(by.rep(Some(rep.id())));
        }
        let whole = Team::series(book, &[self.scope])?.pop();
        let Some(whole) = whole.filter(|_| !book.reps().is_empty()) else {
            return Ok(());
        };
        for (key, group) in &mut self.all {
            group.team = Some(whole.filter(|rep| by.has(rep, *key)));
        }
        Ok(())
    }

    /// An empty tally for each group that has no records of a family which is told apart by the dimension.
    fn complete(&mut self, by: &Grouping<'a>) {
        let (book, scope) = (self.book, self.scope);
        self.fill(by, book.deals(), |group| {
            group.deals.get_or_insert_with(|| DealDetail::new(scope));
        });
        self.fill(by, book.leads(), |group| {
            let empty = || LeadDetail::new(lead_scope(book, scope));
            group.leads.get_or_insert_with(empty);
        });
        self.fill(by, book.activities(), |group| {
            group
                .activities
                .get_or_insert_with(|| ActivityTally::new(scope));
        });
        self.fill(by, book.work_time(), |group| {
            group.work_time.get_or_insert_with(|| WorkTally::new(scope));
        });
        self.fill(by, book.contracts(), |group| {
            group
                .contracts
                .get_or_insert_with(|| CustomerTally::new(scope));
        });
        self.fill(by, book.spend(), |group| {
            group.spend.get_or_insert_with(|| SpendTally::new(scope));
        });
    }

    fn fill(&mut self, by: &Grouping<'a>, records: &[impl Grouped], fill: impl Fn(&mut BookTally)) {
        if by.tells(records) {
            self.all.values_mut().for_each(fill);
        }
    }
}

fn merged_teams(ours: Option<Team>, theirs: Option<Team>) -> Result<Option<Team>, Error> {
    if let (Some(ours), Some(theirs)) = (&ours, &theirs) {
        return Team::merged(ours, theirs).map(Some);
    }
    let team = ours.or(theirs);
    team.as_ref().map(Team::with_quotas).transpose()?;
    Ok(team)
}

fn expect_same(ours: &WorkCalendar, theirs: &WorkCalendar) -> Result<(), Error> {
    if ours == theirs {
        return Ok(());
    }
    Err(Error::CalendarMismatch)
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
