use super::mapping::{Columns, Entry, Mapping, Meanings as _, instants, mapping};
use super::row::{
    Build, Cells, Field, Finder, LengthField, Trouble, WordField, if_yes, needed, with,
};
use super::{Answer, Column, ImportError, Texts, WordColumn};
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
            id: What::Column,
            kind: What::Words(ActivityKind::NAMES),
            at: What::Column,
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
            disposition: What::Words(Disposition::NAMES),
            meeting_status: What::Words(MeetingStatus::NAMES),
            inbound: What::Words(Answer::NAMES),
            callback: What::Words(Answer::NAMES),
            duration_clock: What::Column,
            duration_format: What::Texts,
            instants: What::Texts,
        }
    }
    classes: ActivityKind::NAMES;
}

instants!(ActivityColumns);

impl ActivityColumns {
    /// The columns that every activity needs: its id, its kind, and the instant at which it was done or, of a meeting, is scheduled.
    pub fn new(
        id: impl Into<Column>,
        kind: WordColumn<ActivityKind>,
        at: impl Into<Column>,
    ) -> Self {
        Self(Mapping::of(vec![
            ("id", id.into().into()),
            ("kind", kind.into()),
            ("at", at.into().into()),
        ]))
    }

    /// How long it took, as a clock shows it; the formats, of which the first that a cell fits holds, are of `hh`, `h`, `mm`, `m`, `ss`,
    /// `s` and `f`: `"h:mm:ss"`, `["h:mm:ss", "m:ss"]`. Instead of a number of a unit.
    #[must_use]
    pub fn with_duration_clock(
        mut self,
        column: impl Into<Column>,
        formats: impl Into<Texts>,
    ) -> Self {
        self.0.set_column("duration_clock", column);
        self.0.set("duration_format", Entry::Texts(formats.into()));
        self
    }

    /// Whether the other side was reached, and how it took it.
    #[must_use]
    pub fn with_disposition(mut self, words: WordColumn<Disposition>) -> Self {
        self.0.set("disposition", words.into());
        self
    }

    /// What became of a meeting; an error where it stands on anything else.
    #[must_use]
    pub fn with_meeting_status(mut self, words: WordColumn<MeetingStatus>) -> Self {
        self.0.set("meeting_status", words.into());
        self
    }

    /// Whether the other side called us; a yes is an error on what is no call. A callback came in, whatever this says.
    #[must_use]
    pub fn with_inbound(mut self, words: WordColumn<Answer>) -> Self {
        self.0.set("inbound", words.into());
        self
    }

    /// Whether a call is the prospect's answer to a voicemail or to a missed call; an error where it stands on anything else.
    #[must_use]
    pub fn with_callback(mut self, words: WordColumn<Answer>) -> Self {
        self.0.set("callback", words.into());
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
}

impl Columns for ActivityColumns {
    type Record = Activity;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        Ok(Layout {
            id: finder.field("id"),
            kind: finder.words("kind"),
            at: finder.instant("at"),
            rep: finder.field("rep"),
            duration: finder.length("duration"),
            disposition: finder.words("disposition"),
            meeting_status: finder.words("meeting_status"),
            inbound: finder.words("inbound"),
            callback: finder.words("callback"),
            booked: finder.field("booked"),
            lead: finder.field("lead"),
            deal: finder.field("deal"),
        })
    }
}

impl Build for Layout {
    type Record = Activity;

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
        let kind = cells.class(&self.kind)?;
        let at = needed(cells.when(&self.at)?, &self.at)?;
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
