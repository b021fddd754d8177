use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::families::Tallies;
use super::family::Given;
use super::groups::Groups;
use super::team_or_fault::TeamOrFault;
use super::{Book, Dimension, Recorded};
use crate::error::{Error, Undefined};
use crate::period::{Scope, WorkCalendar};
use crate::tally::TeamTally;
use crate::tally::error::TallyProblem;
use crate::value::Entries;

/// The tallies of a business in one scope: what KPIs are evaluated from.
///
/// All of them are filled from a [`Book`], or some are put in: of a stream, or of totals that a database has made. A tally is absent
/// where the book has no such records, or, in a group, where they are not told apart by its dimension. What needs an absent one says which.
///
/// ```
/// use sales_metrics::report::{self, Inputs};
/// use sales_metrics::tally::{DealTotals, Priced};
/// use sales_metrics::{BookTally, Currency, DealTally, Decimal, Period, Scope};
///
/// // Counted and added up by a database.
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Priced::some(25, 24, Decimal::from(480_000).try_into()?);
/// let deals = DealTally::from_totals(q1, DealTotals::given().records(400).won(won))?;
///
/// let tallies = BookTally::from(deals);
/// let say = |name| match report::find(name).expect("a KPI of this crate").evaluate(&Inputs::new(&tallies)) {
///     Ok(value) => value.rounded(),
///     Err(error) => error.to_string(),
/// };
/// assert_eq!(say("average_deal_size"), "20,000.00 USD");
/// assert_eq!(say("median_deal_size"), "this needs a DealDetail; a DealTally was given");
/// assert_eq!(say("qualification_rate"), "no leads were given");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct BookTally {
    pub(super) scope: Scope,
    pub(super) tallies: Tallies,
    calendar: Option<WorkCalendar>,
    has_own_rates: bool,
    /// What the records say that it was filled from, those of the whole book.
    pub(super) recorded: Recorded,
    /// The day of the first purchase of the whole book, where it is of a group.
    first_purchase: Option<NaiveDate>,
    /// Whether it is of a group: what it lacks may then be there, and not be told apart.
    is_group: bool,
}

impl BookTally {
    /// No tally yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            tallies: Tallies::default(),
            calendar: None,
            has_own_rates: false,
            recorded: Recorded::default(),
            first_purchase: None,
            is_group: false,
        }
    }

    /// The tallies of a book, each in one pass over its records.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the scope is in another currency than the book; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). Quotas that don't fit
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
        Tallies::fill(&mut all, book, scopes)?;
        Ok(all)
    }

    /// The tallies of each group of a book's records; what belongs to none is in the group of `None`.
    ///
    /// Deals, leads and contracts are told apart by any dimension, expenses by the named ones, activities, hours and quotas by their rep. By a
    /// named dimension that no record of a kind has, and that reps have, what they own or did is in the group of its rep.
    ///
    /// All purchases of an account are in the group of its first one: it is a new customer there, on the day on which it is new in the whole,
    /// and nowhere else. (Of several first purchases on one day that of the first group by name holds.)
    ///
    /// A family of which a record names the dimension is told apart: it opens a group for each name, and that of `None` for records
    /// without one; a group without records of it has an empty tally. One of which no record names it is in no group, and opens none.
    ///
    /// Each group stands by itself: an account whose next contract names another group is lost in the one and new in the other, and a
    /// contract that is renewed by one of another group counts as not renewed. So the groups' movements need not add up to the whole's.
    ///
    /// # Errors
    /// As [`of`](Self::of); [`ErrorKind::UnknownDimension`](crate::ErrorKind::UnknownDimension) for a dimension that no record names, which lists [those there
    /// are](Book::dimensions).
    #[inline]
    pub fn by<'a>(
        book: &'a Book,
        scope: Scope,
        dimension: &'a Dimension,
    ) -> Result<BTreeMap<Option<&'a str>, Self>, Error> {
        let groups = Self::groups(book, scope, dimension)?;
        Ok(groups.into_iter().collect())
    }

    /// The same as a list: a map of tallies is some thousand lines of machine code, which is compiled where it is asked for.
    pub(crate) fn groups<'a>(
        book: &'a Book,
        scope: Scope,
        dimension: &'a Dimension,
    ) -> Result<Entries<Option<&'a str>, Self>, Error> {
        Groups::of(book, scope, dimension)
    }

    /// Adds the tallies of other records in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::CalendarMismatch`](crate::ErrorKind::CalendarMismatch) for another calendar; [`ErrorKind::TallyMismatch`](crate::ErrorKind::TallyMismatch) where one
    /// lacks what the other has of the same records, such as the detail of its deals; [`ErrorKind::RosterMismatch`](crate::ErrorKind::RosterMismatch) for teams of rosters that are no parts of one, and
    /// [`Undefined::NotCounted`](crate::Undefined::NotCounted) where these differ and lack a counter;
    /// [`ErrorKind::ReadyMade`](crate::ErrorKind::ReadyMade) where customers, renewals or purchases of one are made of totals, unless the other is of no
    /// records; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge); and the errors of either [`team`](Self::team). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        if let (Some(ours), Some(theirs)) = (&self.calendar, &other.calendar) {
            expect_same(ours, theirs)?;
        }
        self.tallies.expect_alike(&other.tallies)?;
        let mut tallies = self.tallies.clone();
        tallies.add(&other.tallies)?;
        self.tallies = tallies;
        self.is_group |= other.is_group;
        // Of tallies that are of no group, their own first purchases say it.
        let firsts = [self.first_purchase, other.first_purchase];
        self.first_purchase = firsts.into_iter().flatten().min();
        self.has_own_rates |= other.has_own_rates;
        self.recorded = self.recorded.or(other.recorded);
        if self.calendar.is_none() {
            self.calendar.clone_from(&other.calendar);
        }
        Ok(())
    }

    /// Whether its records were converted each at the rate of its own date.
    pub(crate) fn has_own_rates(&self) -> bool {
        self.has_own_rates
    }

    /// The day of the first purchase that is recorded, of a group that of the whole book.
    pub(crate) fn first_purchase(&self) -> Option<NaiveDate> {
        let own = || self.tallies.purchases.as_ref()?.first_win().ok()?;
        self.first_purchase.or_else(own)
    }

    pub(super) fn set_first_purchase(&mut self, on: Option<NaiveDate>) {
        self.first_purchase = on;
    }

    pub(crate) fn recorded(&self) -> Recorded {
        self.recorded
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
        self.tallies
            .team
            .as_ref()
            .map(TeamOrFault::with_quotas)
            .transpose()
    }

    /// The reps, for what needs no quota: as [`team`](Self::team), but without any quota where the quotas don't fit together or not
    /// into the period.
    ///
    /// # Errors
    /// [`ErrorKind::DuplicateRep`](crate::ErrorKind::DuplicateRep).
    pub fn reps(&self) -> Result<Option<&TeamTally>, Error> {
        self.tallies
            .team
            .as_ref()
            .map(TeamOrFault::reps)
            .transpose()
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
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch).
    pub fn with_team(mut self, team: TeamTally) -> Result<Self, Error> {
        self.scope.expect_of("team", team.scope())?;
        self.tallies.team = Some(team.into());
        self.recorded = Recorded::UNKNOWN;
        Ok(self)
    }

    /// The tally of a family, or why a KPI that needs it has no value.
    pub(crate) fn given<T: Given>(&self) -> Result<&T, Undefined> {
        match T::given(&self.tallies) {
            Err(reason) if self.is_group => Err(reason.in_group()),
            given => given,
        }
    }

    /// No tally yet of a book's records.
    pub(super) fn empty(book: &Book, scope: Scope) -> Self {
        Self {
            calendar: book.calendar().cloned(),
            has_own_rates: book.has_own_rates(),
            recorded: book.recorded(),
            ..Self::new(scope)
        }
    }

    /// The same of a group.
    pub(super) fn empty_group(book: &Book, scope: Scope) -> Self {
        Self {
            is_group: true,
            ..Self::empty(book, scope)
        }
    }
}

impl From<TeamTally> for BookTally {
    /// Of a business that keeps nothing else.
    fn from(team: TeamTally) -> Self {
        let mut all = Self::new(team.scope());
        all.tallies.team = Some(team.into());
        all.recorded = Recorded::UNKNOWN;
        all
    }
}

fn expect_same(ours: &WorkCalendar, theirs: &WorkCalendar) -> Result<(), Error> {
    if ours == theirs {
        return Ok(());
    }
    Err(TallyProblem::CalendarMismatch.into())
}
