//! All records of one business, and every tally of them at once.

mod depth;
mod dimension;
mod error;
mod families;
mod family;
mod first_purchase;
mod grouping;
mod groups;
mod joins;
mod part;
mod past;
mod recorded;
mod segment;
mod tally;
mod team_or_fault;

pub use dimension::{Dimension, DimensionName};
pub(crate) use grouping::{Grouped, Grouping};
pub(crate) use recorded::Recorded;
pub use recorded::Unrecorded;
pub use segment::Segment;
pub use tally::BookTally;
pub(crate) use team_or_fault::TeamOrFault;

use core::borrow::Borrow;
use std::sync::{Arc, OnceLock};

use joins::Joins;
use segment::{Marked, mark};

use crate::error::Error;
use crate::period::{Place, Scope, WorkCalendar};
use crate::record::{
    Activity, Contract, Deal, DealChange, DealState, History, Lead, Origin, Quota, Record, Rep,
    Roster, Spend, StagesEntered, WorkTime,
};
use crate::tally::{LeadScope, checked_stages};
use crate::value::money::expect_currency;
use crate::value::{Currency, IntoId, Label};

/// All records of one business, in one currency.
///
/// Whatever a business does not keep is left out, and the KPIs that need it say so. What does not fit together (an unknown rep, a lead
/// converted to a missing deal, an id that comes twice) is a finding of [`Audit::book`](crate::audit::Audit::book), not an error.
///
/// A lead that names a deal of the book was won if that deal was, whatever the lead itself says; where two deals have one id, the
/// first of them.
///
/// Its records are shared: cloning it copies none of them, and neither does taking a part of it (a region, a team, what was sold through a
/// partner) copy what it keeps whole. So it can be held, handed around and filtered with each question.
///
/// ```
/// use sales_metrics::{Book, BookTally, Currency, Deal, Lead, Outcome, Period, Scope, date, kpi};
/// use sales_metrics::chrono::DateTime;
///
/// let won = Outcome::Won { on: date(2026, 3, 2)? };
/// let deal = Deal::new("D-1", date(2026, 1, 9)?, won, Currency::USD)?.with_amount(900)?;
/// let arrived = DateTime::parse_from_rfc3339("2026-01-07T10:00:00+01:00").expect("an instant");
/// let lead = Lead::new("L-1", arrived)?.with_conversion("D-1", date(2026, 1, 9)?)?;
/// let book = Book::new(Currency::USD).with_deals([deal])?.with_leads([lead])?;
///
/// let q1 = BookTally::of(&book, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let leads = q1.leads().expect("leads were given");
/// assert_eq!(kpi::lead_to_customer_rate(leads)?.to_string(), "100%");
/// assert!(q1.customers().is_none());
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Book {
    currency: Currency,
    records: AllRecords,
    calendar: Option<WorkCalendar>,
    has_own_rates: bool,
    place: Option<Place>,
    joins: Arc<Joins>,
    /// With the deals of the book for its records.
    history: Option<Arc<History>>,
    /// Those of which each record has its value.
    segments: Arc<[Segment]>,
    /// Invariant: a scope takes them, or there are none.
    stages: Arc<[Label]>,
    /// Invariant: what the records say, once it was asked for. Whatever changes them takes it.
    recorded: OnceLock<Recorded>,
}

/// The records of a book, shared with whatever was cloned from it or taken out of it. Whoever goes through all kinds of them takes this apart without `..`, so that a new kind is not forgotten.
#[derive(Clone, Debug)]
pub(crate) struct AllRecords {
    pub(crate) deals: Arc<Vec<Deal>>,
    pub(crate) leads: Arc<Vec<Lead>>,
    pub(crate) activities: Arc<Vec<Activity>>,
    pub(crate) reps: Arc<Vec<Rep>>,
    pub(crate) quotas: Arc<Vec<Quota>>,
    pub(crate) work_time: Arc<Vec<WorkTime>>,
    pub(crate) contracts: Arc<Vec<Contract>>,
    pub(crate) spend: Arc<Vec<Spend>>,
}

impl Book {
    /// A book without records yet, in a currency.
    #[must_use]
    pub fn new(currency: Currency) -> Self {
        Self {
            currency,
            records: AllRecords {
                deals: Arc::new(Vec::new()),
                leads: Arc::new(Vec::new()),
                activities: Arc::new(Vec::new()),
                reps: Arc::new(Vec::new()),
                quotas: Arc::new(Vec::new()),
                work_time: Arc::new(Vec::new()),
                contracts: Arc::new(Vec::new()),
                spend: Arc::new(Vec::new()),
            },
            calendar: None,
            has_own_rates: false,
            place: None,
            joins: Arc::default(),
            history: None,
            segments: Arc::default(),
            stages: Arc::default(),
            recorded: OnceLock::new(),
        }
    }

    /// More deals.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for one in another currency: [`ExchangeRates`](crate::exchange::ExchangeRates) converts them first.
    pub fn with_deals(mut self, deals: impl IntoIterator<Item = Deal>) -> Result<Self, Error> {
        let history = self.history_apart();
        self.recorded.take();
        let joins = Arc::make_mut(&mut self.joins);
        joins.refresh(&self.records.deals, &self.records.leads);
        let known = Arc::make_mut(&mut self.records.deals);
        let mut marked = Marked::default();
        for mut deal in deals {
            deal.expect_currency(self.currency)?;
            if joins.tell(&mut deal, &mut self.records.leads, &self.segments)? {
                marked.mark_anew(&self.segments, &mut deal)?;
            } else {
                marked.mark(&self.segments, &mut deal)?;
            }
            known.push(deal);
        }
        Ok(self.with_history_of_its_deals(history))
    }

    /// The history without the deals, which are then this book's alone, and can be changed.
    fn history_apart(&mut self) -> Option<History> {
        let history = self.history.take().map(Arc::unwrap_or_clone);
        history.map(|history| history.sharing(Arc::default(), false))
    }

    fn with_history_of_its_deals(mut self, history: Option<History>) -> Self {
        let records = Arc::clone(&self.records.deals);
        self.history = history.map(|history| Arc::new(history.sharing(records, false)));
        self
    }

    /// More states of deals in time, in any order: what the pipeline looked like on any evening, and what has moved since. Values of open
    /// deals are then answered of past periods, too.
    ///
    /// ```
    /// use sales_metrics::report::{ReportPlan, Report};
    /// use sales_metrics::{Book, BookTally, Currency, Deal, DealState, DealStatus, Outcome, Period, Scope, date, day, kpi};
    ///
    /// let today = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 4, 9)? }, Currency::USD)?.with_amount(900)?;
    /// let states = [
    ///     DealState::new("D-1", day("2026-01-07")?, DealStatus::Open, Currency::USD)?.with_amount(1_000)?,
    ///     DealState::new("D-1", day("2026-04-09")?, DealStatus::Won, Currency::USD)?.with_amount(900)?,
    /// ];
    /// let book = Book::new(Currency::USD).with_deals([today])?.with_states(states)?;
    /// let q1 = BookTally::of(&book, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
    /// assert_eq!(kpi::pipeline_value(q1.deals_then().expect("a history").tally())?.to_string(), "1000 USD");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`History::with_states`], and as [`with_place`](Self::with_place).
    pub fn with_states<S: Borrow<DealState>>(
        self,
        states: impl IntoIterator<Item = S>,
    ) -> Result<Self, Error> {
        self.with_past(|history| history.with_states(states))
    }

    /// The same of a source that keeps changes of single fields; the deals come first.
    ///
    /// # Errors
    /// As [`History::with_changes`], and as [`with_place`](Self::with_place).
    pub fn with_changes<C: Borrow<DealChange>>(
        self,
        changes: impl IntoIterator<Item = C>,
    ) -> Result<Self, Error> {
        self.with_past(|history| history.with_changes(changes))
    }

    /// The same of a source that keeps a date for each stage; the deals come first.
    ///
    /// # Errors
    /// As [`History::with_stages_entered`], and as [`with_place`](Self::with_place).
    pub fn with_stages_entered<E: Borrow<StagesEntered>>(
        self,
        entered: impl IntoIterator<Item = E>,
    ) -> Result<Self, Error> {
        self.with_past(|history| history.with_stages_entered(entered))
    }

    fn with_past(
        mut self,
        more: impl FnOnce(History) -> Result<History, Error>,
    ) -> Result<Self, Error> {
        self.recorded.take();
        let history = match self.history.take() {
            Some(history) => Arc::unwrap_or_clone(history),
            None => self.new_history()?,
        };
        self.history = Some(Arc::new(more(history)?));
        Ok(self)
    }

    fn new_history(&self) -> Result<History, Error> {
        let history = History::new(self.currency);
        let history = history.sharing(Arc::clone(&self.records.deals), false);
        match &self.place {
            Some(place) => history.with_place(place.clone()),
            None => Ok(history),
        }
    }

    /// The stages of the pipeline, from the first to the last, for what goes by them; lost, disqualified and won are none of them.
    ///
    /// # Errors
    /// As [`Scope::with_stages`].
    pub fn with_stages<L: IntoId<Label>>(
        mut self,
        stages: impl IntoIterator<Item = L>,
    ) -> Result<Self, Error> {
        self.stages = checked_stages(stages)?.into();
        Ok(self)
    }

    /// More leads. Their instants are brought to the [`place`](Self::with_place), if there is one.
    ///
    /// # Errors
    /// As [`Lead::with_outcome_of`] and [`with_place`](Self::with_place).
    pub fn with_leads(mut self, leads: impl IntoIterator<Item = Lead>) -> Result<Self, Error> {
        self.recorded.take();
        let joins = Arc::make_mut(&mut self.joins);
        joins.refresh(&self.records.deals, &self.records.leads);
        let known = Arc::make_mut(&mut self.records.leads);
        let mut origins = Vec::new();
        for mut lead in leads {
            if let Some(place) = &self.place {
                lead.moved_to(place)?;
            }
            let (mut lead, lent) = joins.join(lead, known.len(), &self.records.deals)?;
            mark(&self.segments, &mut lead)?;
            origins.extend(lent);
            known.push(lead);
        }
        self.with_origins(&origins)
    }

    /// Deals that have no origin of their own, with those of the leads that became them: of several the first of all origins.
    fn with_origins(mut self, origins: &[(usize, Origin)]) -> Result<Self, Error> {
        if origins.is_empty() {
            return Ok(self);
        }
        let history = self.history_apart();
        let deals = Arc::make_mut(&mut self.records.deals);
        let mut marked = Marked::default();
        for (place, lent) in origins {
            let Some(deal) = deals.get_mut(*place) else {
                continue;
            };
            if deal.origin().is_none_or(|known| *lent < known) {
                *deal = deal.clone().with_origin(*lent);
                marked.mark_anew(&self.segments, deal)?;
            }
        }
        Ok(self.with_history_of_its_deals(history))
    }

    /// More activities. Their instants are brought to the [`place`](Self::with_place), if there is one.
    ///
    /// # Errors
    /// As [`with_place`](Self::with_place).
    pub fn with_activities(
        mut self,
        activities: impl IntoIterator<Item = Activity>,
    ) -> Result<Self, Error> {
        self.recorded.take();
        let known = Arc::make_mut(&mut self.records.activities);
        for mut activity in activities {
            if let Some(place) = &self.place {
                activity.moved_to(place)?;
            }
            known.push(activity);
        }
        Ok(self)
    }

    /// More reps.
    ///
    /// # Errors
    /// As [`with_segment`](Self::with_segment).
    pub fn with_reps(mut self, reps: impl IntoIterator<Item = Rep>) -> Result<Self, Error> {
        self.recorded.take();
        let known = Arc::make_mut(&mut self.records.reps);
        for mut rep in reps {
            mark(&self.segments, &mut rep)?;
            known.push(rep);
        }
        Ok(self)
    }

    /// More quotas.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for one in another currency.
    pub fn with_quotas(mut self, quotas: impl IntoIterator<Item = Quota>) -> Result<Self, Error> {
        self.recorded.take();
        let known = Arc::make_mut(&mut self.records.quotas);
        for quota in quotas {
            quota.expect_currency(self.currency)?;
            known.push(quota);
        }
        Ok(self)
    }

    /// More hours of work.
    #[must_use]
    pub fn with_work_time(mut self, hours: impl IntoIterator<Item = WorkTime>) -> Self {
        self.recorded.take();
        Arc::make_mut(&mut self.records.work_time).extend(hours);
        self
    }

    /// More contracts.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for one in another currency.
    pub fn with_contracts(
        mut self,
        contracts: impl IntoIterator<Item = Contract>,
    ) -> Result<Self, Error> {
        self.recorded.take();
        let known = Arc::make_mut(&mut self.records.contracts);
        for mut contract in contracts {
            contract.expect_currency(self.currency)?;
            mark(&self.segments, &mut contract)?;
            known.push(contract);
        }
        Ok(self)
    }

    /// More expenses.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for one in another currency.
    pub fn with_spend(mut self, spend: impl IntoIterator<Item = Spend>) -> Result<Self, Error> {
        self.recorded.take();
        let known = Arc::make_mut(&mut self.records.spend);
        for mut spend in spend {
            spend.expect_currency(self.currency)?;
            mark(&self.segments, &mut spend)?;
            known.push(spend);
        }
        Ok(self)
    }

    /// Working hours and holidays: response times are then counted in working time, and activities per working day.
    #[must_use]
    pub fn with_calendar(self, calendar: WorkCalendar) -> Self {
        Self {
            calendar: Some(calendar),
            ..self
        }
    }

    /// Its records were [converted](crate::exchange::ExchangeRates::convert) each at the rate of its own date, and not all at those of one
    /// day. What compares two evenings, or what was won with what was asked for, then shows what the rates did as well: a report marks it
    /// ([`Caveat::OwnRates`](crate::report::Caveat::OwnRates)).
    #[must_use]
    pub fn with_own_rates(self) -> Self {
        Self {
            has_own_rates: true,
            ..self
        }
    }

    pub(crate) fn has_own_rates(&self) -> bool {
        self.has_own_rates
    }

    /// Where the business is: the instants of its leads and activities, those it has and those that come, are brought to that place, so
    /// that their dates and working hours are those there. They stay the same instants. Without a place, the offset holds that each was
    /// written with.
    ///
    /// ```
    /// use sales_metrics::{Book, Currency, Lead, date, instant};
    ///
    /// // An export in UTC, of a business in New York.
    /// let lead = Lead::new("L-1", instant("2026-04-01T01:00:00Z")?)?;
    /// let book = Book::new(Currency::USD).with_leads([lead])?.with_place("-04:00".parse()?)?;
    /// assert_eq!(book.leads()[0].arrived().date(), date(2026, 3, 31)?);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) where a date there is outside of the years 1900 to 2999.
    pub fn with_place(mut self, place: Place) -> Result<Self, Error> {
        for lead in Arc::make_mut(&mut self.records.leads) {
            lead.moved_to(&place)?;
            mark(&self.segments, lead)?;
        }
        for activity in Arc::make_mut(&mut self.records.activities) {
            activity.moved_to(&place)?;
        }
        if let Some(history) = self.history.take() {
            let history = Arc::unwrap_or_clone(history).with_place(place.clone())?;
            self.history = Some(Arc::new(history));
        }
        self.place = Some(place);
        Ok(self)
    }

    /// The one check that a scope reckons in the book's currency.
    fn expect_currency(&self, scope: Scope) -> Result<(), Error> {
        expect_currency("the book", scope.currency(), self.currency)
    }

    /// How its leads are looked at.
    fn lead_scope(&self, scope: Scope) -> LeadScope {
        match &self.calendar {
            Some(calendar) => scope.in_working_time(calendar),
            None => scope.into(),
        }
    }

    /// What its records say. They are looked at once, until others come.
    fn recorded(&self) -> Recorded {
        *self.recorded.get_or_init(|| {
            let said = Recorded::of(&self.records);
            match &self.history {
                Some(history) => said.or(Recorded::of_history(history)),
                None => said,
            }
        })
    }

    /// Its records of every kind.
    pub(crate) fn records(&self) -> &AllRecords {
        &self.records
    }

    /// The currency of its amounts.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// Its deals.
    #[must_use]
    pub fn deals(&self) -> &[Deal] {
        &self.records.deals
    }

    /// The states of its deals in time, where there are some.
    #[must_use]
    pub fn history(&self) -> Option<&History> {
        self.history.as_deref()
    }

    /// The stages of the pipeline, from the first to the last; empty where nobody said.
    #[must_use]
    pub fn stages(&self) -> &[Label] {
        &self.stages
    }

    /// Its leads.
    #[must_use]
    pub fn leads(&self) -> &[Lead] {
        &self.records.leads
    }

    /// Its activities.
    #[must_use]
    pub fn activities(&self) -> &[Activity] {
        &self.records.activities
    }

    /// Its reps.
    #[must_use]
    pub fn reps(&self) -> &[Rep] {
        &self.records.reps
    }

    /// Its quotas.
    #[must_use]
    pub fn quotas(&self) -> &[Quota] {
        &self.records.quotas
    }

    /// Its hours of work.
    #[must_use]
    pub fn work_time(&self) -> &[WorkTime] {
        &self.records.work_time
    }

    /// Its contracts.
    #[must_use]
    pub fn contracts(&self) -> &[Contract] {
        &self.records.contracts
    }

    /// Its expenses.
    #[must_use]
    pub fn spend(&self) -> &[Spend] {
        &self.records.spend
    }

    /// Its working hours and holidays.
    #[must_use]
    pub fn calendar(&self) -> Option<&WorkCalendar> {
        self.calendar.as_ref()
    }

    /// Where the business is.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// Its reps and their quotas.
    ///
    /// # Errors
    /// As [`Roster::new`]: a rep who is listed twice, a quota of nobody, quotas that overlap.
    pub fn roster(&self) -> Result<Roster, Error> {
        Roster::sharing(
            Arc::clone(&self.records.reps),
            Arc::clone(&self.records.quotas),
        )
    }
}
