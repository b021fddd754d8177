use std::collections::BTreeMap;

use super::groups::Groups;
use super::team::Team;
use super::{Book, Dimension};
use crate::error::Error;
use crate::period::{Scope, WorkCalendar};
use crate::tally::{
    ActivityTally, CustomerTally, DealDetail, LeadDetail, PurchaseTally, RenewalTally, SpendTally,
    TeamTally, WorkTally,
};

/// Every tally of a [`Book`] in one scope: what a report is evaluated from.
///
/// A tally is absent where the book has no such records, or, in a group, where they are not told apart by its dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct BookTally {
    scope: Scope,
    pub(super) deals: Option<DealDetail>,
    purchases: Option<PurchaseTally>,
    pub(super) leads: Option<LeadDetail>,
    pub(super) activities: Option<ActivityTally>,
    pub(super) work_time: Option<WorkTally>,
    pub(super) team: Option<Team>,
    pub(super) customers: Option<CustomerTally>,
    pub(super) renewals: Option<RenewalTally>,
    pub(super) spend: Option<SpendTally>,
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
                    self.scope.expect_of(stringify!($part), tally.scope())?;
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
    /// The contracts, by account: customers and what they pay. Renewals are read from [`renewals`](Self::renewals) instead.
    with_customers customers: CustomerTally,
    /// The contracts that came up for renewal: for `renewal_rate` and `non_renewal_rate`.
    with_renewals renewals: RenewalTally,
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
            customers: None,
            renewals: None,
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
        Self::all(book, &scopes.into_iter().collect::<Vec<_>>())
    }

    /// The same, once for whatever the scopes come from.
    fn all(book: &Book, scopes: &[Scope]) -> Result<Vec<Self>, Error> {
        for scope in scopes {
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
            let tallies = LeadDetail::series(book.leads(), at().map(|at| book.lead_scope(at)))?;
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
            put(&mut all, tallies, |all, tally| all.customers = Some(tally));
            let tallies = RenewalTally::series(book.contracts(), at())?;
            put(&mut all, tallies, |all, tally| all.renewals = Some(tally));
        }
        if !book.spend().is_empty() {
            let tallies = SpendTally::series(book.spend(), at())?;
            put(&mut all, tallies, |all, tally| all.spend = Some(tally));
        }
        if !book.reps().is_empty() {
            let tallies = Team::series(book, scopes)?;
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
        Groups::of(book, scope, dimension)
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
            customers: merged(ours.customers, theirs.customers, CustomerTally::merge)?,
            renewals: merged(ours.renewals, theirs.renewals, RenewalTally::merge)?,
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
        self.scope.expect_of("team", team.scope())?;
        Ok(Self {
            team: Some(team.into()),
            ..self
        })
    }

    /// No tally yet of a book's records.
    pub(super) fn empty(book: &Book, scope: Scope) -> Self {
        Self {
            calendar: book.calendar().cloned(),
            ..Self::new(scope)
        }
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
