use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Moment, Scope, WorkCalendar};
use crate::record::Lead;
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::TallyProblem;
use crate::tally::lead::{LeadScope, Wait};
use crate::tally::priced::{MAX_RECORDS, expect_room};
use crate::tally::rules::expect_all;
use crate::value::Length;

/// What a [`ResponseTally`] looks at: a [`LeadScope`], and the limits by which it tells response times apart.
///
/// Made by [`LeadScope::with_limits`]. Cloning it is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResponseScope {
    view: LeadScope,
    /// Invariant: at least one, and they rise.
    limits: Arc<[u64]>,
}

impl LeadScope {
    /// The same with limits by which response times are told apart, the shortest first: what a [`ResponseTally`] takes.
    ///
    /// ```
    /// use sales_metrics::{Currency, LeadScope, Length, Period, Scope};
    ///
    /// let q1 = LeadScope::from(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
    /// assert!(q1.clone().with_limits([Length::minutes(5), Length::hours(1), Length::hours(24)]).is_ok());
    /// assert_eq!(
    ///     q1.with_limits([Length::hours(1), Length::minutes(5)]).unwrap_err().to_string(),
    ///     "the limits must rise, and there must be one; give each once, the shortest first"
    /// );
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::BandsOutOfOrder`](crate::ErrorKind::BandsOutOfOrder) where there is none, or they do not rise.
    pub fn with_limits(
        self,
        limits: impl IntoIterator<Item = Length>,
    ) -> Result<ResponseScope, Error> {
        let mut rising = Vec::new();
        for limit in limits {
            rising.push(limit.to_micros());
        }
        let rises = |(limit, next): (&u64, &u64)| limit < next;
        if rising.is_empty() || !rising.iter().zip(rising.iter().skip(1)).all(rises) {
            return Err(TallyProblem::LimitsOutOfOrder.into());
        }
        Ok(ResponseScope {
            view: self,
            limits: rising.into(),
        })
    }
}

impl ResponseScope {
    /// How it looks at leads.
    #[must_use]
    pub fn leads(&self) -> &LeadScope {
        &self.view
    }

    /// The limits, the shortest first.
    pub fn limits(&self) -> impl Iterator<Item = Length> {
        self.limits.iter().map(|limit| Length::micros(*limit))
    }

    /// The greatest of them.
    fn last(&self) -> u64 {
        self.limits.last().copied().unwrap_or_default()
    }
}

/// How soon leads of the period were met, by limits, and how many of each became an opportunity: of the leads whose greatest limit is over when
/// one looks, as [`LeadDetail::due`](crate::LeadDetail::due) has it.
///
/// It has the verbs of a tally.
///
/// ```
/// use sales_metrics::{Currency, Lead, LeadScope, Length, Period, ResponseTally, Scope, instant, kpi};
///
/// let q1 = LeadScope::from(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let limits = q1.with_limits([Length::minutes(5), Length::hours(1)])?;
/// let arrived = instant("2026-01-07T09:00:00Z")?;
/// let leads = [
///     Lead::new("L-1", arrived)?.with_first_touch(instant("2026-01-07T09:04:00Z")?)?,
///     Lead::new("L-2", arrived)?.with_first_touch(instant("2026-01-07T10:30:00Z")?)?,
/// ];
/// let tally = ResponseTally::of(&leads, limits)?;
/// let shares: Vec<String> = kpi::response_time_distribution(&tally)?.iter().map(|band| band.share.to_string()).collect();
/// assert_eq!(shares, ["50%", "0%", "50%", "0%"]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct ResponseTally {
    view: ResponseScope,
    /// Invariant: one group for each limit.
    totals: ResponseTotals,
}

/// The counts of a [`ResponseTally`]. All but `records` is of leads that arrived in the period, up to the as-of day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ResponseTotals {
    /// All leads that were looked at, whether they count or not.
    pub records: u64,
    /// The leads of the period, those among them that are in none of the groups.
    pub arrived: u64,
    /// Of each limit the leads that were touched within it, but within none of the shorter ones; the shortest limit first.
    pub within: Vec<ResponseGroup>,
    /// The leads that were touched, but within no limit.
    pub later: ResponseGroup,
    /// The leads that nobody has touched.
    pub untouched: ResponseGroup,
    /// Leads that have not had as long as the greatest limit yet, touched or not: their clock runs.
    pub pending: u64,
    /// Leads that were touched before they arrived.
    pub touched_before_arrival: u64,
    /// Leads that arrived, or were touched, on a day without a time: nobody knows how long they waited.
    pub without_time: u64,
}

impl ResponseTotals {
    /// Those whose greatest limit is over.
    #[must_use]
    pub fn due(&self) -> u64 {
        let groups = self.within.iter().chain([&self.later, &self.untouched]);
        groups.fold(0, |sum, group| sum.saturating_add(group.leads))
    }

    /// Leads of the period that are neither due nor pending: given up before, touched before they arrived, or without a time of day.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        let counted = self.due().saturating_add(self.pending);
        self.arrived.saturating_sub(counted)
    }

    /// Those that were given up before the greatest limit was over, without a touch.
    #[must_use]
    pub fn given_up_before(&self) -> u64 {
        self.arrived.saturating_sub(self.parts())
    }

    /// Whether of none of those who arrived it is known how long it waited.
    pub(crate) fn waits_are_unknown(&self) -> bool {
        let known = [self.due(), self.pending, self.given_up_before()];
        self.without_time > 0 && known == [0; 3]
    }

    /// All that are counted apart.
    fn parts(&self) -> u64 {
        let parts = [self.pending, self.touched_before_arrival, self.without_time];
        parts.into_iter().fold(self.due(), u64::saturating_add)
    }

    fn merge(&mut self, other: &Self) {
        self.records += other.records;
        self.arrived += other.arrived;
        for (sum, more) in self.within.iter_mut().zip(&other.within) {
            sum.merge(*more);
        }
        self.later.merge(other.later);
        self.untouched.merge(other.untouched);
        self.pending += other.pending;
        self.touched_before_arrival += other.touched_before_arrival;
        self.without_time += other.without_time;
    }
}

/// Leads that were met equally soon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ResponseGroup {
    /// How many leads.
    pub leads: u64,
    /// How many of them became an opportunity by the as-of day, or on one that nobody knows.
    pub converted: u64,
}

impl ResponseGroup {
    fn add(&mut self, is_converted: bool) {
        self.leads += 1;
        self.converted += u64::from(is_converted);
    }

    fn merge(&mut self, other: Self) {
        self.leads += other.leads;
        self.converted += other.converted;
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<WorkCalendar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of_instant: Option<Moment>,
    limit_micros: Vec<u64>,
    totals: ResponseTotals,
}

impl TryFrom<Wire> for ResponseTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let view = LeadScope::new(wire.scope, wire.calendar, wire.as_of_instant);
        let mut limits = Vec::new();
        for micros in wire.limit_micros {
            limits.push(Length::micros(micros));
        }
        let tally = Self {
            view: view.with_limits(limits)?,
            totals: wire.totals,
        };
        tally.checked()
    }
}

impl From<ResponseTally> for Wire {
    fn from(tally: ResponseTally) -> Self {
        let view = tally.view.leads();
        Self {
            scope: view.scope(),
            calendar: view.calendar().cloned(),
            as_of_instant: view.moment(),
            limit_micros: tally.view.limits.to_vec(),
            totals: tally.totals,
        }
    }
}

impl ResponseTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: ResponseScope) -> Self {
        let within = vec![ResponseGroup::default(); scope.limits.len()];
        Self {
            totals: ResponseTotals {
                within,
                ..ResponseTotals::default()
            },
            view: scope,
        }
    }

    /// Counts one more lead.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    pub fn record(&mut self, lead: &Lead) -> Result<(), Error> {
        let view = self.view.clone();
        self.add(lead, &view)
    }

    /// Adds the tally of other leads in the same scope, by the same limits and the same calendar, seen at the same instant.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope, other limits or another instant;
    /// [`ErrorKind::CalendarMismatch`](crate::ErrorKind::CalendarMismatch) for another calendar;
    /// [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let (ours, theirs) = (self.view.leads(), other.view.leads());
        ours.scope().expect_same(theirs.scope())?;
        ours.expect_same_instant(theirs)?;
        if ours.calendar() != theirs.calendar() {
            return Err(TallyProblem::CalendarMismatch.into());
        }
        if self.view.limits != other.view.limits {
            return Err(TallyProblem::BandsDiffer.into());
        }
        expect_room(self.totals.records, other.totals.records)?;
        self.totals.merge(&other.totals);
        Ok(())
    }

    /// What it looks at, but for the limits and the clock.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.view.leads().scope()
    }

    /// The limits, and the clock by which it counts.
    #[must_use]
    pub fn response_scope(&self) -> &ResponseScope {
        &self.view
    }

    /// Its counts.
    #[must_use]
    pub fn totals(&self) -> &ResponseTotals {
        &self.totals
    }

    /// The group of a lead whose greatest limit is over, touched after so long, or not.
    fn group(&mut self, after: Option<u64>) -> &mut ResponseGroup {
        let Some(after) = after else {
            return &mut self.totals.untouched;
        };
        let at = self.view.limits.partition_point(|limit| *limit < after);
        match self.totals.within.get_mut(at) {
            Some(group) => group,
            None => &mut self.totals.later,
        }
    }

    /// Checks that some set of leads can have these counts.
    fn checked(self) -> Result<Self, Error> {
        let totals = &self.totals;
        let is_part = |group: &ResponseGroup| group.converted <= group.leads;
        let are_parts = totals.within.iter().all(is_part)
            && is_part(&totals.later)
            && is_part(&totals.untouched);
        expect_all(&[
            (totals.records <= MAX_RECORDS, "records are at most 10^10"),
            (
                totals.within.len() == self.view.limits.len(),
                "there is a group within each limit",
            ),
            (are_parts, "converted leads are a part of each group"),
            (
                self.view.leads().is_on_its_day(),
                "the as-of instant lies on the as-of day",
            ),
            (
                totals.parts() <= totals.arrived && totals.arrived <= totals.records,
                "records are all leads looked at: at least those that arrived, and these at least those of each group, the pending ones and those left out",
            ),
        ])?;
        Ok(self)
    }
}

verbs!(ResponseTally of Lead, reads Everything, ResponseScope, "[`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Lead> for ResponseTally {
    type View = ResponseScope;
    type Tally = Self;

    fn empty(view: &ResponseScope) -> Self {
        Self::new(view.clone())
    }

    fn add(&mut self, lead: &Lead, view: &ResponseScope) -> Result<(), Error> {
        expect_room(self.totals.records, 1)?;
        self.totals.records += 1;
        let Some(seen) = view.leads().arrived(lead) else {
            return Ok(());
        };
        self.totals.arrived += 1;
        let (after, had) = match seen.touch {
            Wait::Done { after, had } => (Some(after), had.max(after)),
            Wait::Waiting { had } | Wait::GivenUp { had } => (None, had),
            Wait::DoneBefore => {
                self.totals.touched_before_arrival += 1;
                return Ok(());
            }
            Wait::WithoutTime { .. } => {
                self.totals.without_time += 1;
                return Ok(());
            }
        };
        if had >= view.last() {
            self.group(after).add(seen.is_converted);
        } else if !matches!(seen.touch, Wait::GivenUp { .. }) {
            self.totals.pending += 1;
        }
        Ok(())
    }

    fn done(self, _: &ResponseScope) -> Self {
        self
    }
}
