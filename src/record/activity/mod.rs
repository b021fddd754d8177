mod facts;
mod standing;
mod wire;

pub(crate) use facts::ActivityFacts;
use facts::Direction;
pub use facts::{ActivityKind, Disposition, MeetingStatus};
pub use standing::ActivityStanding;

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::record::Record;
use crate::record::activity::wire::ActivityWire;
use crate::record::error::RecordProblem;
use crate::record::part::Lasted;
use crate::value::id::{checked, own};
use crate::value::{ActivityId, Currency, DealId, IntoId, LeadId, Length, RecordId, RepId};

use crate::error::Error;
use crate::period::{Day, Place, Scope, Stamp, When};

/// Something that a rep did: a call, an email, a message, a meeting.
///
/// The constructor takes what every activity has; `with_…` adds what an export may lack. Every KPI counts it by its day, so that a day
/// alone says enough ([`When`]); an instant carries the offset of its place and is kept to the microsecond: what is finer is cut. A meeting's instant is when it is scheduled. Where that is not the place of
/// the business, as in an export in UTC, a [`Book`](crate::Book::with_place) or a mapping of their file brings it there.
///
/// ```
/// use sales_metrics::{Activity, ActivityKind, DateTime, Disposition, Length, MeetingStatus};
///
/// # let instant = |text| DateTime::parse_from_rfc3339(text).unwrap();
/// let call = Activity::new("A-1", ActivityKind::Call, instant("2026-03-09T09:10:00+01:00"))?
///     .with_rep("ada")?
///     .with_duration(Length::minutes(12))?
///     .with_disposition(Disposition::Positive)
///     .with_lead("L-1")?;
/// assert_eq!(call.duration(), Some(Length::seconds(720)));
///
/// let error = call.with_meeting_status(MeetingStatus::Held).unwrap_err();
/// assert_eq!(error.to_string(), "activity A-1: a meeting status was given, but it is no meeting");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "ActivityWire", into = "ActivityWire")]
pub struct Activity {
    facts: ActivityFacts,
    at: Stamp,
    pub(super) booked: Option<Day>,
    id: ActivityId,
    rep: Option<RepId>,
    lead: Option<LeadId>,
    deal: Option<DealId>,
}

impl Activity {
    /// An activity of a kind, and when: an instant, or a day whose hour nobody wrote down. It belongs to that day, or to the date at the offset of the instant.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId); [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn new(
        id: impl IntoId<ActivityId>,
        kind: ActivityKind,
        at: impl Into<When>,
    ) -> Result<Self, Error> {
        let id = own(id)?;
        let at = Stamp::new(at.into()).map_err(|error| error.about("at").of(&id))?;
        Ok(Self::done_at(id, kind, at))
    }

    pub(super) fn done_at(id: ActivityId, kind: ActivityKind, at: Stamp) -> Self {
        Self {
            facts: ActivityFacts::new(at.day(), kind),
            at,
            booked: None,
            id,
            rep: None,
            lead: None,
            deal: None,
        }
    }

    /// The rep who did it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_rep(mut self, rep: impl IntoId<RepId>) -> Result<Self, Error> {
        self.rep = Some(self.in_field("rep", checked(rep))?);
        Ok(self)
    }

    /// How long it took, as a [`Length`] or a [`TimeDelta`]: 0 or more, in whole microseconds.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidLength`](crate::ErrorKind::InvalidLength).
    pub fn with_duration(mut self, duration: impl Into<TimeDelta>) -> Result<Self, Error> {
        self.facts.lasted = Some(self.in_field("duration", Lasted::new(duration))?);
        Ok(self)
    }

    /// Whether the other side was reached, and how it took it. Absent, nobody knows; a call then is not counted as connected,
    /// and an email not as answered.
    #[must_use]
    pub fn with_disposition(mut self, disposition: Disposition) -> Self {
        self.facts.disposition = Some(disposition);
        self
    }

    /// The other side called us. A call that does not say so went out.
    ///
    /// # Errors
    /// [`ErrorKind::Contradiction`](crate::ErrorKind::Contradiction) unless it is a call: an email or a message is one that was sent.
    pub fn with_inbound(mut self) -> Result<Self, Error> {
        self.expect_kind(
            ActivityKind::Call,
            "inbound",
            "it came in, but is no call; leave out what others sent",
        )?;
        // A callback stays one.
        self.facts.direction = self.facts.direction.max(Direction::In);
        Ok(self)
    }

    /// This call is the prospect's answer to a voicemail or to a missed call: it came in. It is a call as any other besides.
    ///
    /// # Errors
    /// [`ErrorKind::Contradiction`](crate::ErrorKind::Contradiction) unless it is a call.
    pub fn with_callback(mut self) -> Result<Self, Error> {
        self.expect_kind(
            ActivityKind::Call,
            "callback",
            "it is a callback, but no call",
        )?;
        self.facts.direction = Direction::Callback;
        Ok(self)
    }

    /// What became of the meeting. It is booked until this says otherwise.
    ///
    /// # Errors
    /// [`ErrorKind::Contradiction`](crate::ErrorKind::Contradiction) unless it is a meeting.
    pub fn with_meeting_status(mut self, status: MeetingStatus) -> Result<Self, Error> {
        self.expect_kind(
            ActivityKind::Meeting,
            "meeting status",
            "a meeting status was given, but it is no meeting",
        )?;
        self.facts.status = Some(status);
        Ok(self)
    }

    /// The day on which it was booked: of a meeting, when it was agreed to meet.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_booked(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.booked = Some(self.in_field("booked", Day::new(on))?);
        Ok(self)
    }

    /// The lead that it was about. It does not stop the lead's clock: touches and attempts are the lead's own
    /// ([`Lead::with_attempt`](crate::Lead::with_attempt)).
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_lead(mut self, lead: impl IntoId<LeadId>) -> Result<Self, Error> {
        self.lead = Some(self.in_field("lead", checked(lead))?);
        Ok(self)
    }

    /// The deal that it was about.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_deal(mut self, deal: impl IntoId<DealId>) -> Result<Self, Error> {
        self.deal = Some(self.in_field("deal", checked(deal))?);
        Ok(self)
    }

    /// How it counts in a scope. The scope's currency plays no part in it.
    #[must_use]
    #[inline]
    pub fn standing(&self, scope: Scope) -> ActivityStanding {
        ActivityStanding::of(self, &scope)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &ActivityId {
        &self.id
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ActivityKind {
        self.facts.kind
    }

    /// When it was done; of a meeting, when it is scheduled.
    #[must_use]
    pub fn at(&self) -> When {
        self.at.when()
    }

    /// The rep who did it.
    #[must_use]
    pub fn rep(&self) -> Option<&RepId> {
        self.rep.as_ref()
    }

    /// How long it took.
    #[must_use]
    pub fn duration(&self) -> Option<Length> {
        self.facts.micros().map(Length::micros)
    }

    /// Whether the other side was reached, and how it took it.
    #[must_use]
    pub fn disposition(&self) -> Option<Disposition> {
        self.facts.disposition
    }

    /// Whether it is a call that came in, as a callback does.
    #[must_use]
    pub fn is_inbound(&self) -> bool {
        self.facts.is_inbound()
    }

    /// Whether it is the prospect's answer to a voicemail or to a missed call.
    #[must_use]
    pub fn is_callback(&self) -> bool {
        self.facts.is_callback()
    }

    /// What became of the meeting; none where it is no meeting.
    #[must_use]
    pub fn meeting_status(&self) -> Option<MeetingStatus> {
        self.facts.status
    }

    /// The day on which it was booked, where that is known.
    #[must_use]
    pub fn booked(&self) -> Option<NaiveDate> {
        self.booked.map(Day::date)
    }

    /// The lead that it was about.
    #[must_use]
    pub fn lead(&self) -> Option<&LeadId> {
        self.lead.as_ref()
    }

    /// The deal that it was about.
    #[must_use]
    pub fn deal(&self) -> Option<&DealId> {
        self.deal.as_ref()
    }

    /// With its instant on the clock of a place.
    pub(crate) fn moved_to(&mut self, place: &Place) -> Result<(), Error> {
        self.at = self.in_field("at", self.at.at(place))?;
        self.facts.on = self.at.day();
        Ok(())
    }

    pub(crate) fn facts(&self) -> &ActivityFacts {
        &self.facts
    }

    pub(crate) fn stamp(&self) -> Stamp {
        self.at
    }

    fn expect_kind(
        &self,
        kind: ActivityKind,
        field: &'static str,
        problem: &'static str,
    ) -> Result<(), Error> {
        if self.kind() == kind {
            return Ok(());
        }
        let problem = RecordProblem::Contradiction { field, problem };
        Err(Error::from(problem).of(&self.id))
    }
}

impl Record for Activity {
    fn record_id(&self) -> RecordId {
        (&self.id).into()
    }

    fn currency(&self) -> Option<Currency> {
        None
    }
}
