use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::record::{
    Activity, ActivityFacts, ActivityKind, ActivityStanding, Disposition, LONGEST_MICROS,
    MeetingStatus,
};
use crate::tally::error::too_large;
use crate::tally::given::given;
use crate::tally::priced::{MAX_RECORDS, expect_room};
use crate::tally::rules::expect_all;
use crate::value::Length;

/// Activities of one kind: how many, how many of them have a duration, and what these add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Logged {
    /// How many activities.
    pub count: u64,
    /// How many of them have a duration.
    pub timed: u64,
    /// The sum of their durations, in microseconds.
    pub micros: u64,
}

given! {
    /// What became of calls.
    #[derive(Copy)]
    pub struct CallOutcomes in "call_outcomes." {
        /// The other side was reached.
        pub(super) connected: u64,
        /// Of the connected ones, those that it took well.
        pub(super) positive: u64,
        /// A message was left.
        pub(super) voicemail: u64,
        /// Nobody answered.
        pub(super) missed: u64,
        /// Calls by which a prospect answered a voicemail or a missed call.
        pub(super) callbacks: u64,
        /// Calls out whose outcome is known: connected, voicemail or missed. A callback is no call out.
        pub(super) outbound_known: u64,
        /// Of these, the connected ones.
        pub(super) outbound_connected: u64,
    }
}

given! {
    /// Meetings by what became of them: every one is in one of these.
    #[derive(Copy)]
    pub struct MeetingOutcomes in "meeting_outcomes." {
        /// Nobody has said yet.
        pub(super) booked: u64,
        /// They took place.
        pub(super) held: u64,
        /// The other side did not come.
        pub(super) no_show: u64,
        /// They were called off.
        pub(super) cancelled: u64,
        /// They were put off, and other ones stand for them.
        pub(super) rescheduled: u64,
    }
}

given! {
    /// Everything an [`ActivityTally`](crate::ActivityTally) counts: what one reads from it, and the form in which ready-made totals
    /// go in.
    ///
    /// All but `records` and `meetings_booked` is of the activities dated in the period, and not after the as-of day.
    #[derive(Copy)]
    pub struct ActivityTotals {
        /// All activities that were looked at, whether they count or not.
        pub(super) records: u64,
        /// Calls.
        pub(super) calls: Logged,
        /// Emails sent.
        pub(super) emails: Logged,
        /// Messages by other ways.
        pub(super) messages: Logged,
        /// Meetings scheduled.
        pub(super) meetings: Logged,
        /// All other activities.
        pub(super) others: Logged,
        /// What became of the calls.
        pub(super) call_outcomes: CallOutcomes [given],
        /// Emails by which the other side was reached.
        pub(super) emails_answered: u64,
        /// What became of the meetings.
        pub(super) meeting_outcomes: MeetingOutcomes [given],
        /// Meetings booked in the period, and not after the as-of day, whenever they are: by the day of booking, or their own where nobody
        /// knows that one. Without those that were put off: other ones stand for them.
        pub(super) meetings_booked: u64,
    }
}

impl ActivityTotals {
    /// Activities of every kind that count in the period.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where one of the kinds was not given.
    pub fn all(&self) -> Result<u64, Undefined> {
        let kinds = self.kinds()?;
        let count = |sum: u64, kind: &Logged| sum.saturating_add(kind.count);
        Ok(kinds.iter().fold(0, count))
    }

    /// How many of them have no duration.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where one of the kinds was not given.
    pub fn untimed(&self) -> Result<u64, Undefined> {
        let kinds = self.kinds()?;
        let count = |sum: u64, kind: &Logged| sum.saturating_add(kind.untimed());
        Ok(kinds.iter().fold(0, count))
    }
}

impl Logged {
    /// So many activities, all of them with a duration, and what these add up to.
    #[must_use]
    pub fn all(count: u64, micros: u64) -> Self {
        Self::some(count, count, micros)
    }

    /// So many activities, some of them with a duration: how many of all, and what these add up to.
    #[must_use]
    pub fn some(count: u64, timed: u64, micros: u64) -> Self {
        Self {
            count,
            timed,
            micros,
        }
    }

    /// So many activities, none of them with a duration.
    #[must_use]
    pub fn none(count: u64) -> Self {
        Self::some(count, 0, 0)
    }

    /// How many of them have no duration.
    #[must_use]
    pub fn untimed(self) -> u64 {
        self.count.saturating_sub(self.timed)
    }

    /// The sum of their durations.
    #[must_use]
    pub fn time(self) -> Length {
        Length::micros(self.micros)
    }

    /// One more, with its duration if it has one. Nothing has changed where it fails.
    #[inline]
    fn add(&mut self, micros: Option<u64>) -> Result<(), Error> {
        self.micros = sum_of_micros(self.micros, micros.unwrap_or_default())?;
        self.count += 1;
        self.timed += u64::from(micros.is_some());
        Ok(())
    }

    fn plus(self, other: Self) -> Result<Self, Error> {
        Ok(Self {
            count: self.count + other.count,
            timed: self.timed + other.timed,
            micros: sum_of_micros(self.micros, other.micros)?,
        })
    }

    fn is_sound(self) -> bool {
        let most = u128::from(self.timed) * u128::from(LONGEST_MICROS);
        self.timed <= self.count && u128::from(self.micros) <= most
    }
}

impl CallOutcomes {
    #[inline]
    fn add(&mut self, facts: &ActivityFacts) {
        let is = |disposition| u64::from(facts.disposition == Some(disposition));
        self.connected += u64::from(facts.is_reached());
        self.positive += is(Disposition::Positive);
        self.voicemail += is(Disposition::Voicemail);
        self.missed += is(Disposition::Missed);
        self.callbacks += u64::from(facts.is_callback());
        self.outbound_known += u64::from(!facts.is_inbound() & facts.disposition.is_some());
        self.outbound_connected += u64::from(!facts.is_inbound() & facts.is_reached());
    }

    fn plus(self, other: Self) -> Self {
        let sum = Self {
            missing: self.missing.or(other.missing),
            connected: self.connected + other.connected,
            positive: self.positive + other.positive,
            voicemail: self.voicemail + other.voicemail,
            missed: self.missed + other.missed,
            callbacks: self.callbacks + other.callbacks,
            outbound_known: self.outbound_known + other.outbound_known,
            outbound_connected: self.outbound_connected + other.outbound_connected,
        };
        sum.settled()
    }

    /// How many calls there are at least, whose outcomes these are.
    fn least(self) -> u64 {
        // Where the connected ones are missing, they are the positive ones at least.
        let connected = self
            .connected
            .max(self.positive)
            .max(self.outbound_connected);
        let known = connected
            .saturating_add(self.voicemail)
            .saturating_add(self.missed);
        // A callback came in.
        let out = self.outbound_known.max(self.outbound_connected);
        known.max(out.saturating_add(self.callbacks))
    }

    fn are_of(self, calls: u64) -> bool {
        let is_part = self
            .connected()
            .map_or(true, |connected| self.positive <= connected);
        is_part && self.least() <= calls
    }

    /// Whether the calls out are a part of those whose outcome is known, connected or not.
    fn holds_outbound(self) -> bool {
        let most = |count: Result<u64, Undefined>| count.unwrap_or(u64::MAX);
        let connected = most(self.connected());
        let unreached = most(self.voicemail()).saturating_add(most(self.missed()));
        let reached = most(self.outbound_connected()).min(connected);
        self.outbound_connected <= most(self.outbound_known()).min(connected)
            && self.outbound_known.saturating_sub(reached) <= unreached
    }
}

impl MeetingOutcomes {
    #[inline]
    fn add(&mut self, status: MeetingStatus) {
        let count = match status {
            MeetingStatus::Booked => &mut self.booked,
            MeetingStatus::Held => &mut self.held,
            MeetingStatus::NoShow => &mut self.no_show,
            MeetingStatus::Cancelled => &mut self.cancelled,
            MeetingStatus::Rescheduled => &mut self.rescheduled,
        };
        *count += 1;
    }

    fn plus(self, other: Self) -> Self {
        let sum = Self {
            missing: self.missing.or(other.missing),
            booked: self.booked + other.booked,
            held: self.held + other.held,
            no_show: self.no_show + other.no_show,
            cancelled: self.cancelled + other.cancelled,
            rescheduled: self.rescheduled + other.rescheduled,
        };
        sum.settled()
    }

    /// How many meetings there are at least, whose outcomes these are.
    fn least(self) -> u64 {
        self.booked
            .saturating_add(self.held)
            .saturating_add(self.no_show)
            .saturating_add(self.cancelled)
            .saturating_add(self.rescheduled)
    }

    /// Whether so many meetings can have had them; all of them have, where the outcomes are whole.
    fn are_of(self, meetings: u64) -> bool {
        let outcomes = self.least();
        outcomes == meetings || (outcomes < meetings && !self.is_whole())
    }
}

impl ActivityTotals {
    /// The activities of a kind.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where they were not given.
    pub fn of(&self, kind: ActivityKind) -> Result<Logged, Undefined> {
        match kind {
            ActivityKind::Call => self.calls(),
            ActivityKind::Email => self.emails(),
            ActivityKind::Message => self.messages(),
            ActivityKind::Meeting => self.meetings(),
            ActivityKind::Other => self.others(),
        }
    }

    /// How many activities of a kind there are, each taken once: of a meeting that was put off, the one that stands for it counts,
    /// and not the rescheduled one.
    ///
    /// ```
    /// use sales_metrics::ActivityKind;
    /// use sales_metrics::tally::{ActivityTotals, Logged, MeetingOutcomes};
    ///
    /// let totals = ActivityTotals::from(ActivityTotals::given()
    ///     .meetings(Logged::none(2))
    ///     .meeting_outcomes(MeetingOutcomes::given().held(1).rescheduled(1)));
    /// assert_eq!(totals.of(ActivityKind::Meeting)?.count, 2);
    /// assert_eq!(totals.distinct(ActivityKind::Meeting)?, 1);
    /// # Ok::<(), sales_metrics::Undefined>(())
    /// ```
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where they were not given, or of meetings not how many were put off.
    pub fn distinct(&self, kind: ActivityKind) -> Result<u64, Undefined> {
        let put_off = match kind {
            ActivityKind::Meeting => self.meeting_outcomes()?.rescheduled()?,
            _ => 0,
        };
        Ok(self.of(kind)?.count.saturating_sub(put_off))
    }

    /// The activities of all kinds.
    pub(crate) fn kinds(&self) -> Result<[Logged; 5], Undefined> {
        let mut kinds = [Logged::default(); 5];
        for (logged, kind) in kinds.iter_mut().zip(ActivityKind::EACH) {
            *logged = self.of(kind)?;
        }
        Ok(kinds)
    }

    #[inline]
    fn of_mut(&mut self, kind: ActivityKind) -> &mut Logged {
        match kind {
            ActivityKind::Call => &mut self.calls,
            ActivityKind::Email => &mut self.emails,
            ActivityKind::Message => &mut self.messages,
            ActivityKind::Meeting => &mut self.meetings,
            ActivityKind::Other => &mut self.others,
        }
    }

    /// Counts an activity. Nothing has changed where it fails.
    #[inline]
    pub(in crate::tally) fn add(
        &mut self,
        activity: &Activity,
        scope: &Scope,
    ) -> Result<(), Error> {
        expect_room(self.records, 1)?;
        let (facts, standing) = (activity.facts(), ActivityStanding::of(activity, scope));
        if standing.is_counted() {
            self.of_mut(facts.kind).add(facts.micros())?;
            self.add_outcome(facts);
        }
        self.meetings_booked += u64::from(standing.is_booked());
        self.records += 1;
        Ok(())
    }

    #[inline]
    fn add_outcome(&mut self, facts: &ActivityFacts) {
        match facts.kind {
            ActivityKind::Call => self.call_outcomes.add(facts),
            ActivityKind::Email => self.emails_answered += u64::from(facts.is_reached()),
            ActivityKind::Message | ActivityKind::Meeting | ActivityKind::Other => {}
        }
        if let Some(status) = facts.status {
            self.meeting_outcomes.add(status);
        }
    }

    /// The sums of both, which must be totals of different activities: not settled yet, nor checked.
    pub(in crate::tally) fn plus(self, other: Self) -> Result<Self, Error> {
        Ok(Self {
            missing: self.missing.or(other.missing),
            records: self.records + other.records,
            calls: self.calls.plus(other.calls)?,
            emails: self.emails.plus(other.emails)?,
            messages: self.messages.plus(other.messages)?,
            meetings: self.meetings.plus(other.meetings)?,
            others: self.others.plus(other.others)?,
            call_outcomes: self.call_outcomes.plus(other.call_outcomes),
            emails_answered: self.emails_answered + other.emails_answered,
            meeting_outcomes: self.meeting_outcomes.plus(other.meeting_outcomes),
            meetings_booked: self.meetings_booked + other.meetings_booked,
        })
    }

    /// Checks that some set of activities can have these totals, as far as those that are given show it: a whole that is missing is
    /// as large as it may be, and a part of it that is missing is 0.
    pub(in crate::tally) fn checked(self) -> Result<Self, Error> {
        let records = self.records().unwrap_or(MAX_RECORDS);
        let kinds = [
            self.calls,
            self.emails,
            self.messages,
            self.meetings,
            self.others,
        ];
        // A kind that was not given has as many activities as what became of them shows, at least.
        let count =
            |kind: Result<Logged, Undefined>, least: u64| kind.map_or(least, |kind| kind.count);
        let least = [
            count(self.calls(), self.call_outcomes.least()),
            count(self.emails(), self.emails_answered),
            count(self.meetings(), self.meeting_outcomes.least()),
            count(self.messages(), 0),
            count(self.others(), 0),
        ];
        let rules = [
            (records <= MAX_RECORDS, "records are at most 10^10"),
            (
                total(least) <= u128::from(records),
                "records are all activities looked at: at least those of every kind together",
            ),
            (
                self.meetings_booked <= records,
                "meetings_booked are among the records",
            ),
            (
                kinds.iter().all(|kind| kind.is_sound()),
                "timed activities are at most the count, and their durations at most 2^63 - 1 microseconds each",
            ),
            (
                self.call_outcomes
                    .are_of(self.calls().map_or(records, |calls| calls.count)),
                "connected, voicemail and missed are parts of calls, as callbacks are; positive is a part of connected",
            ),
            (
                self.call_outcomes.holds_outbound(),
                "outbound_known is a part of connected, voicemail and missed; outbound_connected a part of it",
            ),
            (
                self.emails()
                    .map_or(true, |emails| self.emails_answered <= emails.count),
                "emails_answered is a part of emails",
            ),
            (
                self.meetings().and(self.meeting_outcomes()).is_err()
                    || self.meeting_outcomes.are_of(self.meetings.count),
                "meeting outcomes add up to the count of meetings",
            ),
        ];
        expect_all(&rules)?;
        Ok(self)
    }
}

/// The sum of two sums of time. Whatever the order of the records, it fails where all of them are too much.
#[inline]
pub(super) fn sum_of_micros(a: u64, b: u64) -> Result<u64, Error> {
    a.checked_add(b)
        .ok_or_else(|| too_large("a sum of time (2^64 microseconds)"))
}

/// Counts that anybody may have made up.
fn total<const N: usize>(counts: [u64; N]) -> u128 {
    counts
        .into_iter()
        .fold(0, |sum, count| sum + u128::from(count))
}
