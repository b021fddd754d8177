use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::moment::MICROS_A_DAY;
use crate::period::{Moment, Scope, WorkCalendar};
use crate::record::{Lead, LeadFacts, LeadStanding};
use crate::tally::Distribution;
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::{TallyProblem, impossible};
use crate::tally::lead::attempts::Attempts;
use crate::tally::lead::wait::Wait;
use crate::tally::lead::waits::{Lengths, Untimed, Waits};
use crate::tally::lead::{LeadScope, LeadTally, LeadTotals};
use crate::tally::priced::MAX_DAYS;
use crate::tally::rules::{WHOLE, expect_all};
use crate::tally::store::{DayCounts, QuickHash};
use crate::value::{Days, Entries, Length, RepId};

/// A [`LeadTally`], and what grows with the leads: every response and waiting time, every attempt, and the open leads of each
/// rep.
///
/// It has the verbs of a tally; [`tally`](Self::tally) is the part of a fixed size, which the other KPIs take. In a plain
/// [`Scope`], response and waiting are counted by the clock, all hours alike; [`Scope::in_working_time`] counts working hours
/// alone, and [`LeadScope::as_of_instant`] looks in the middle of a day.
///
/// ```
/// use sales_metrics::{Currency, Lead, LeadDetail, Length, Period, Scope, instant, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let mut detail = LeadDetail::new(q1);
/// for (id, minute) in [("L-1", "04"), ("L-2", "06"), ("L-3", "59")] {
///     let lead = Lead::new(id, instant("2026-01-07T09:00:00Z")?)?;
///     detail.record(&lead.with_first_touch(instant(&format!("2026-01-07T09:{minute}:00Z"))?)?)?;
/// }
/// assert_eq!(kpi::median_response_time(&detail)?, Length::minutes(6));
/// assert_eq!(detail.tally().totals().touched()?, 3);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct LeadDetail {
    view: LeadScope,
    /// Invariant: in the scope of the view.
    tally: LeadTally,
    /// Of the arrived leads.
    waits: Waits,
    /// Of the arrived leads.
    attempts: Attempts,
    /// Arrived leads that were touched, and whose first day is not over yet.
    touched_early: u64,
    /// Days since their arrival of the open leads that nobody has touched.
    untouched_ages: DayCounts,
    /// Open leads of each rep who has one.
    open_by_owner: HashMap<RepId, u64, QuickHash>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    tally: LeadTally,
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<WorkCalendar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of_instant: Option<Moment>,
    response_micros: Vec<u64>,
    touched_waiting_micros: Vec<u64>,
    waiting_micros: Vec<u64>,
    given_up_waiting_micros: Vec<u64>,
    without_time: Untimed,
    attempts: Attempts,
    touched_early: u64,
    untouched_ages: Vec<u64>,
    open_by_owner: Entries<RepId, u64>,
}

impl TryFrom<Wire> for LeadDetail {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let mut open_by_owner = HashMap::with_hasher(QuickHash::new());
        open_by_owner.extend(wire.open_by_owner);
        Self {
            view: LeadScope::new(wire.tally.scope(), wire.calendar, wire.as_of_instant),
            tally: wire.tally,
            waits: Waits {
                responses: Lengths::of(wire.response_micros),
                touched: Lengths::of(wire.touched_waiting_micros),
                untouched: Lengths::of(wire.waiting_micros),
                given_up: Lengths::of(wire.given_up_waiting_micros),
                without_time: wire.without_time,
            },
            attempts: wire.attempts,
            touched_early: wire.touched_early,
            untouched_ages: DayCounts::of(&wire.untouched_ages)
                .ok_or_else(|| impossible(TOO_OLD))?,
            open_by_owner,
        }
        .checked()
    }
}

impl From<LeadDetail> for Wire {
    fn from(detail: LeadDetail) -> Self {
        Self {
            calendar: detail.calendar().cloned(),
            as_of_instant: detail.view.moment(),
            response_micros: detail.waits.responses.sorted().iter().collect(),
            touched_waiting_micros: detail.waits.touched.sorted().iter().collect(),
            waiting_micros: detail.waits.untouched.sorted().iter().collect(),
            given_up_waiting_micros: detail.waits.given_up.sorted().iter().collect(),
            without_time: detail.waits.without_time,
            attempts: detail.attempts,
            touched_early: detail.touched_early,
            untouched_ages: detail.untouched_ages.list(),
            open_by_owner: Entries::of(detail.open_by_owner.into_iter().collect()),
            tally: detail.tally,
        }
    }
}

/// Longer than any time between two supported dates, wherever they are taken down.
const MAX_MICROS: u64 = (MAX_DAYS + 3) * MICROS_A_DAY.unsigned_abs();

impl LeadDetail {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: impl Into<LeadScope>) -> Self {
        Self::empty(&scope.into())
    }

    /// Counts one more lead.
    ///
    /// # Errors
    /// As [`LeadTally::of`]; the tally is then as it was.
    pub fn record(&mut self, lead: &Lead) -> Result<(), Error> {
        let view = self.view.clone();
        self.add(lead, &view)
    }

    /// A lead as far as it is seen.
    #[inline]
    fn add_seen(
        &mut self,
        (lead, seen): (&Lead, &LeadFacts),
        view: &LeadScope,
    ) -> Result<(), Error> {
        let standing = self.tally.totals.add_seen(lead, seen, &view.scope())?;
        if standing.is_arrived() {
            self.add_arrived((lead, seen), standing, view);
        }
        if let Some(days) = standing.open_days() {
            self.add_open(lead.owner(), standing, days);
        }
        Ok(())
    }

    /// A lead of the period, as far as it is seen: how long it waited, and how often it was tried.
    #[inline]
    fn add_arrived(
        &mut self,
        (lead, seen): (&Lead, &LeadFacts),
        standing: LeadStanding,
        view: &LeadScope,
    ) {
        let over = view.days_over(seen.arrived);
        self.attempts.add(over, lead);
        self.touched_early += u64::from(standing.is_touched() && over == 0);
        match view.wait_for_touch(seen, standing) {
            Wait::Done { after, had } => self.waits.add_touched(after, had),
            Wait::DoneBefore => {}
            Wait::GivenUp { had } => self.waits.given_up.push(had),
            Wait::Waiting { had } => self.waits.untouched.push(had),
            Wait::WithoutTime { is_done: true } => self.waits.without_time.touched += 1,
            Wait::WithoutTime { is_done: false } => self.waits.without_time.untouched += 1,
        }
    }

    #[inline]
    fn add_open(&mut self, owner: Option<&RepId>, standing: LeadStanding, days: u32) {
        if standing.is_open_untouched() {
            self.untouched_ages.push(days);
        }
        let Some(owner) = owner else { return };
        match self.open_by_owner.get_mut(owner) {
            Some(count) => *count += 1,
            None => {
                self.open_by_owner.insert(owner.clone(), 1);
            }
        }
    }

    /// Adds the tally of other leads in the same scope, seen at the same instant and counted by the same calendar.
    ///
    /// # Errors
    /// As [`LeadTally::merge`], for another instant, too; [`ErrorKind::CalendarMismatch`](crate::ErrorKind::CalendarMismatch) for another calendar. The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.scope() == other.scope() {
            self.view.expect_same_instant(&other.view)?;
            if self.calendar() != other.calendar() {
                return Err(TallyProblem::CalendarMismatch.into());
            }
        }
        self.tally.merge(&other.tally)?;
        self.waits.merge(&other.waits);
        self.attempts.merge(&other.attempts);
        self.touched_early += other.touched_early;
        self.untouched_ages.merge(&other.untouched_ages);
        for (owner, count) in &other.open_by_owner {
            *self.open_by_owner.entry(owner.clone()).or_default() += count;
        }
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.tally.scope()
    }

    /// The calendar whose working hours count; none where all hours do.
    #[must_use]
    pub fn calendar(&self) -> Option<&WorkCalendar> {
        self.view.calendar()
    }

    /// The instant at which one looks; none where that is the end of the as-of day.
    #[must_use]
    pub fn as_of_instant(&self) -> Option<DateTime<FixedOffset>> {
        self.view.instant()
    }

    /// The part of a fixed size.
    #[must_use]
    pub fn tally(&self) -> &LeadTally {
        &self.tally
    }

    /// The counts of that part.
    #[must_use]
    pub fn totals(&self) -> &LeadTotals {
        self.tally.totals()
    }

    /// How many leads of the period were touched before they arrived, on an earlier day where one of the two has no time of day: they
    /// have no response time.
    #[must_use]
    pub fn touched_before_arrival(&self) -> u64 {
        let waits = &self.waits;
        let touched = self.tally.totals().touched;
        touched.saturating_sub(waits.responses.count() + waits.without_time.touched)
    }

    /// How many leads of the period have waited for a time that nobody knows: they arrived, or were touched by the end of the as-of day, on
    /// a day without a time. They are in no response time and in no waiting time: neither pending nor due, given up or overdue. (Those
    /// touched on a day before they arrived are with [`touched_before_arrival`](Self::touched_before_arrival).)
    ///
    /// ```
    /// use sales_metrics::{Currency, Lead, LeadDetail, Length, Period, Scope, Undefined, day, kpi};
    ///
    /// let lead = Lead::new("L-1", day("2026-03-06")?)?.with_first_touch(day("2026-03-09")?)?;
    /// let leads = LeadDetail::of([lead], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
    /// assert_eq!((leads.totals().touched()?, leads.without_time()), (1, 1));
    /// assert_eq!(kpi::average_response_time(&leads), Err(Undefined::NoTimeOfDay));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn without_time(&self) -> u64 {
        self.waits.without_time.count()
    }

    /// How many of the touched ones these are.
    pub(crate) fn touched_without_time(&self) -> u64 {
        self.waits.without_time.touched
    }

    /// Whether of none of those who arrived it is known how long it waited.
    pub(crate) fn waits_are_unknown(&self) -> bool {
        self.without_time() > 0 && self.waits.are_unknown()
    }

    /// How many leads of the period have not had that long yet when one looks, touched or not: their clock runs.
    #[must_use]
    pub fn pending(&self, within: Length) -> u64 {
        self.waits.pending(within.to_micros())
    }

    /// How many leads of the period were given up before they had had that long, up to the end of that day, and without a touch.
    #[must_use]
    pub fn given_up_before(&self, within: Length) -> u64 {
        self.waits.given_up_before(within.to_micros())
    }

    /// How many leads of the period have had that long, and nobody has touched them.
    #[must_use]
    pub fn overdue(&self, within: Length) -> u64 {
        self.waits.overdue(within.to_micros())
    }

    /// How many leads of the period that have had that long were touched within it, to the microsecond.
    #[must_use]
    pub fn touched_within(&self, within: Length) -> u64 {
        self.waits.touched_within(within.to_micros())
    }

    /// How many leads of the period have had that long, those apart that were given up before, touched before they arrived, or have no time
    /// of day.
    #[must_use]
    pub fn due(&self, within: Length) -> u64 {
        self.waits.due(within.to_micros())
    }

    /// How many leads of the period have so many days of 24 hours behind them, by the end of the as-of day; days of the calendar, where they
    /// arrived on a day without a time.
    #[must_use]
    pub fn as_old_as(&self, days: u32) -> u64 {
        self.attempts.leads_over(days.into())
    }

    /// How many of the leads of the period whose first day is over have been touched by a human: of 24 hours, as
    /// [`as_old_as`](Self::as_old_as) has it, or of the calendar.
    #[must_use]
    pub fn touched_of_a_day_old(&self) -> u64 {
        let touched = self.tally.totals().touched;
        touched.saturating_sub(self.touched_early)
    }

    /// The owners of open leads, reps or not, and how many each has.
    // Inline, so that a map of these is compiled where somebody asks for one.
    #[inline]
    #[must_use]
    pub fn open_by_owner(&self) -> BTreeMap<&RepId, u64> {
        let mut counts = BTreeMap::new();
        for (owner, count) in &self.open_by_owner {
            counts.insert(owner, *count);
        }
        counts
    }

    /// How many open leads name no owner.
    #[must_use]
    pub fn open_without_owner(&self) -> u64 {
        self.tally.totals().open.saturating_sub(self.owned())
    }

    fn owned(&self) -> u64 {
        let counts = self.open_by_owner.values();
        counts.fold(0, |sum: u64, count| sum.saturating_add(*count))
    }

    /// From arrival to first touch, of the leads of the period that were touched on or after their arrival, where both have a time of day.
    #[must_use]
    pub fn responses(&self) -> Distribution<'_, Length> {
        Distribution::of_micros(self.waits.responses.sorted(), self.scope().currency())
    }

    /// Since their arrival, of the open leads that nobody has touched.
    #[must_use]
    pub fn untouched_ages(&self) -> Distribution<'_, Days> {
        Distribution::of_days(&self.untouched_ages, self.scope().currency())
    }

    pub(crate) fn attempts(&self) -> &Attempts {
        &self.attempts
    }

    /// How many open leads a rep owns.
    pub(crate) fn open_leads_of(&self, rep: &RepId) -> u64 {
        self.open_by_owner.get(rep).copied().unwrap_or_default()
    }

    /// Checks that the samples are those of the tally.
    fn checked(self) -> Result<Self, Error> {
        let totals = self.tally.totals();
        expect_all(&[
            (totals.is_whole(), WHOLE),
            (
                self.view.is_on_its_day(),
                "the as-of instant lies on the as-of day",
            ),
            (
                self.attempts.leads() == totals.arrived,
                "a detail's attempts are of all arrived leads",
            ),
            (
                self.touched_early <= totals.touched
                    && totals.touched.saturating_sub(self.touched_early) <= self.as_old_as(1)
                    && self.touched_early <= totals.arrived.saturating_sub(self.as_old_as(1)),
                "touched_early are touched leads, of those whose first day is not over",
            ),
            (
                self.untouched_ages.count() == totals.open_untouched,
                "a detail's ages are of all open leads that nobody has touched",
            ),
            (
                self.owned() <= totals.open && self.open_by_owner.values().all(|count| *count > 0),
                "a detail's owners have the open leads, each at least one",
            ),
        ])?;
        let untouched = totals.arrived.saturating_sub(totals.touched);
        self.waits.check(untouched, totals.touched, MAX_MICROS)?;
        Ok(self)
    }
}

const TOO_OLD: &str = "open leads are at most 401766 days old";

verbs!(LeadDetail of Lead, reads Everything, impl Into<LeadScope>, "As [`LeadTally::of`].");

impl Fill<Lead> for LeadDetail {
    type View = LeadScope;
    type Tally = Self;

    fn empty(view: &LeadScope) -> Self {
        Self {
            view: view.clone(),
            tally: LeadTally::new(view.scope()),
            waits: Waits::default(),
            attempts: Attempts::default(),
            touched_early: 0,
            untouched_ages: DayCounts::default(),
            open_by_owner: HashMap::with_hasher(QuickHash::new()),
        }
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "one pass over all leads is this function: a twentieth of its time was the call"
    )]
    fn add(&mut self, lead: &Lead, view: &LeadScope) -> Result<(), Error> {
        let seen = view.seen(lead.facts());
        self.add_seen((lead, seen.as_ref().unwrap_or(lead.facts())), view)
    }

    fn done(mut self, _: &LeadScope) -> Self {
        self.waits.settle();
        self
    }
}
