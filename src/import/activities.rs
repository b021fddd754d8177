use super::answer::{Answer, if_yes};
use super::cells::{Build, Cells, missing, needed, with};
use super::field::{Field, LengthField, WordField};
use super::finder::Finder;
use super::format::{Format, Formats};
use super::mapping::{Columns, instants, mapping};
use super::row::Trouble;
use super::{ImportError, WordColumn};
use crate::record::{Activity, ActivityKind, Disposition, MeetingStatus};
use crate::value::{ActivityId, DealId, LeadId};

mapping! {
    /// Which column of a file of activities is what, and how the file writes instants and numbers. It is data: built here, or
    /// read from JSON, as [`DealColumns`](super::DealColumns) is.
    ///
    /// Two mappings of words may name one column, as where a file says of calls how they went and of meetings whether they took place:
    /// each declares the words of the other as unknown.
    ///
    /// ```
    /// use sales_metrics::import::{ActivityColumns, WordColumn, read};
    /// use sales_metrics::{ActivityKind, Disposition, Length, MeetingStatus};
    ///
    /// let kind = WordColumn::new("Type").with_words(ActivityKind::Call, ["Call"]).with_words(ActivityKind::Meeting, ["Demo"]);
    /// let went = WordColumn::new("Result").with_words(Disposition::Positive, ["good"]).with_unknown(["took place"]);
    /// let took_place = WordColumn::new("Result").with_words(MeetingStatus::Held, ["took place"]).with_unknown(["good"]);
    /// let columns = ActivityColumns::new("No", kind, "At")
    ///     .with_disposition(went)
    ///     .with_meeting_status(took_place)
    ///     .with_duration_minutes("Minutes")
    ///     .with_instants("YYYY-MM-DDThh:mmz");
    /// let file = "No,Type,At,Result,Minutes\nC-1,Call,2026-03-09T09:10+01:00,good,2.5\nM-1,Demo,2026-03-11T14:00Z,took place,\n";
    /// let activities = read(file.as_bytes(), &columns)?.records;
    /// assert_eq!(activities[0].duration(), Some(Length::seconds(150)));
    /// assert_eq!(activities[1].meeting_status(), Some(MeetingStatus::Held));
    /// # Ok::<(), sales_metrics::import::ImportError>(())
    /// ```
    ActivityColumns {
        required {
            id: String,
            kind: WordColumn<ActivityKind>,
            at: String,
        }
        columns {
            /// The rep who did it.
            with_rep rep
            /// How long it took, in seconds; what is finer than a microsecond is cut. At most one of the three units is named.
            with_duration_seconds duration_seconds
            /// How long it took, in minutes.
            with_duration_minutes duration_minutes
            /// How long it took, in hours.
            with_duration_hours duration_hours
            /// The date on which it was booked.
            with_booked booked
            /// The id of the lead that it was about.
            with_lead lead
            /// The id of the deal that it was about.
            with_deal deal
        }
        others {
            #[serde(skip_serializing_if = "Option::is_none")]
            disposition: Option<WordColumn<Disposition>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            meeting_status: Option<WordColumn<MeetingStatus>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            inbound: Option<WordColumn<Answer>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            callback: Option<WordColumn<Answer>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            instants: Option<String>,
        }
    }
}

instants!(ActivityColumns);

impl ActivityColumns {
    /// The columns that every activity needs: its id, its kind, and the instant at which it was done or, of a meeting, is scheduled.
    pub fn new(
        id: impl Into<String>,
        kind: WordColumn<ActivityKind>,
        at: impl Into<String>,
    ) -> Self {
        Self(Wire::of(id.into(), kind, at.into()))
    }

    /// Whether the other side was reached, and how it took it.
    #[must_use]
    pub fn with_disposition(mut self, words: WordColumn<Disposition>) -> Self {
        self.0.disposition = Some(words);
        self
    }

    /// What became of a meeting; an error where it stands on anything else.
    #[must_use]
    pub fn with_meeting_status(mut self, words: WordColumn<MeetingStatus>) -> Self {
        self.0.meeting_status = Some(words);
        self
    }

    /// Whether the other side called us; a yes is an error on what is no call. A callback came in, whatever this says.
    #[must_use]
    pub fn with_inbound(mut self, words: WordColumn<Answer>) -> Self {
        self.0.inbound = Some(words);
        self
    }

    /// Whether a call is the prospect's answer to a voicemail or to a missed call; an error where it stands on anything else.
    #[must_use]
    pub fn with_callback(mut self, words: WordColumn<Answer>) -> Self {
        self.0.callback = Some(words);
        self
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    id: Field,
    kind: WordField<ActivityKind>,
    at: Field,
    rep: Field,
    duration: LengthField,
    disposition: WordField<Disposition>,
    meeting_status: WordField<MeetingStatus>,
    inbound: WordField<Answer>,
    callback: WordField<Answer>,
    booked: Field,
    lead: Field,
    deal: Field,
    formats: Formats,
}

impl Columns for ActivityColumns {
    type Record = Activity;
    type Layout = Layout;

    fn format(&self) -> Format<'_> {
        self.0.format_of_instants()
    }

    fn layout(&self, formats: Formats, finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let wire = &self.0;
        let durations = [
            wire.duration_seconds.as_ref(),
            wire.duration_minutes.as_ref(),
            wire.duration_hours.as_ref(),
        ];
        Ok(Layout {
            id: finder.required(&wire.id),
            kind: finder.words(&wire.kind),
            at: finder.required(&wire.at),
            rep: finder.optional(wire.rep.as_ref()),
            duration: finder.length("duration", durations),
            disposition: finder.optional_words(wire.disposition.as_ref()),
            meeting_status: finder.optional_words(wire.meeting_status.as_ref()),
            inbound: finder.optional_words(wire.inbound.as_ref()),
            callback: finder.optional_words(wire.callback.as_ref()),
            booked: finder.optional(wire.booked.as_ref()),
            lead: finder.optional(wire.lead.as_ref()),
            deal: finder.optional(wire.deal.as_ref()),
            formats,
        })
    }
}

impl Build<Activity> for Layout {
    fn formats(&self) -> &Formats {
        &self.formats
    }

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Activity, Trouble> {
        let activity = self.deed(cells)?;
        let mut activity = self.result(activity, cells)?;
        activity = with(activity, cells.rep(&self.rep)?, Activity::with_rep)?;
        let duration = cells.length(&self.duration)?;
        activity = with(activity, duration, Activity::with_duration)?;
        let booked = cells.date(&self.booked)?;
        activity = with(activity, booked, Activity::with_booked)?;
        let lead = cells.text(&self.lead, LeadId::new)?;
        activity = with(activity, lead, Activity::with_lead)?;
        let deal = cells.text(&self.deal, DealId::new)?;
        with(activity, deal, Activity::with_deal)
    }
}

impl Layout {
    fn deed<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Activity, Trouble> {
        let id = needed(cells.text(&self.id, ActivityId::new)?, &self.id)?.value;
        let kind = cells.needed_word(&self.kind, missing)?;
        let at = needed(cells.instant(&self.at)?, &self.at)?;
        at.make(|at| Activity::new(id, kind, at))
    }

    fn result<'a>(
        &'a self,
        mut activity: Activity,
        cells: &mut Cells<'a>,
    ) -> Result<Activity, Trouble> {
        if let Some(disposition) = cells.word(&self.disposition)? {
            activity = activity.with_disposition(disposition.value);
        }
        let status = cells.word(&self.meeting_status)?;
        activity = with(activity, status, Activity::with_meeting_status)?;
        let inbound = cells.word(&self.inbound)?;
        activity = with(activity, inbound, if_yes(Activity::with_inbound))?;
        let callback = cells.word(&self.callback)?;
        with(activity, callback, if_yes(Activity::with_callback))
    }
}
