use core::borrow::Borrow;

use chrono::{Days, NaiveDate};

use crate::audit::passed::Passed;
use crate::audit::{Audit, Finding, FindingKind};
use crate::record::{Activity, ActivityKind, MeetingStatus};
use crate::value::RepId;

/// How long somebody may take to say what became of a meeting.
const GRACE: Days = Days::new(7);

impl Audit {
    /// Everything odd about these activities, as [`deals`](Self::deals) says it of deals.
    ///
    /// Their reps are checked against [`with_reps`](Self::with_reps), what they are about against
    /// [`with_leads`](Self::with_leads) and [`with_deals`](Self::with_deals).
    ///
    /// ```
    /// use sales_metrics::audit::Audit;
    /// use sales_metrics::{Activity, ActivityKind, date, instant};
    ///
    /// let call = Activity::new("A-1", ActivityKind::Call, instant("2026-03-09T09:10:00+01:00")?)?.with_rep("ada")?;
    /// let findings = Audit::new(date(2026, 3, 31)?)?.activities([&call]);
    /// assert_eq!(findings[0].to_string(), "activity A-1: a call, but it has no disposition");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn activities<I>(&self, activities: I) -> Vec<Finding>
    where
        I: IntoIterator,
        I::Item: Borrow<Activity>,
    {
        Passed::findings(vec![self.pass_activities(activities)])
    }

    pub(in crate::audit) fn pass_activities<I>(&self, activities: I) -> Passed
    where
        I: IntoIterator,
        I::Item: Borrow<Activity>,
    {
        let mut passed = Passed::default();
        for activity in activities {
            let activity = activity.borrow();
            passed.pass(activity);
            self.activity(activity, &mut passed);
        }
        passed.find_duplicates();
        passed
    }

    fn activity(&self, activity: &Activity, passed: &mut Passed) {
        let on = activity.facts().on.date();
        let about_deal = activity.deal().and_then(|deal| self.unknown_deal(deal));
        passed.note(&mut [
            self.activity_late(activity, on),
            self.in_utc(&[Some(activity.stamp())]),
            self.still_booked(activity, on),
            call(activity),
            self.activity_rep(activity.rep(), on),
            self.about_lead(activity),
            about_deal,
        ]);
        passed.name("rep", activity.rep().map(RepId::as_str));
    }

    fn activity_late(&self, activity: &Activity, on: NaiveDate) -> Option<FindingKind> {
        let may_lie_ahead = match activity.meeting_status() {
            None | Some(MeetingStatus::Held | MeetingStatus::NoShow) => false,
            Some(MeetingStatus::Booked | MeetingStatus::Cancelled | MeetingStatus::Rescheduled) => {
                true
            }
        };
        (on > self.as_of && !may_lie_ahead).then_some(FindingKind::DatedAfterAsOf { on })
    }

    fn still_booked(&self, activity: &Activity, on: NaiveDate) -> Option<FindingKind> {
        let booked = activity.meeting_status() == Some(MeetingStatus::Booked);
        let due = on.checked_add_days(GRACE)?;
        (booked && due < self.as_of).then_some(FindingKind::MeetingStillBooked { on })
    }

    fn activity_rep(&self, rep: Option<&RepId>, on: NaiveDate) -> Option<FindingKind> {
        let Some(rep) = rep else {
            return Some(FindingKind::MissingRep);
        };
        let away = || FindingKind::RepNotActive {
            rep: rep.clone(),
            on,
        };
        let unknown = self.unknown_rep(rep);
        unknown.or_else(|| self.is_away(rep, on).then(away))
    }

    fn about_lead(&self, activity: &Activity) -> Option<FindingKind> {
        let (lead, known) = (activity.lead()?, self.leads.as_ref()?);
        (!known.contains(lead)).then(|| FindingKind::UnknownLead { lead: lead.clone() })
    }
}

/// What a call does not say.
fn call(activity: &Activity) -> Option<FindingKind> {
    if activity.kind() != ActivityKind::Call {
        return None;
    }
    let Some(disposition) = activity.disposition() else {
        return Some(FindingKind::CallWithoutDisposition);
    };
    let untimed = disposition.is_reached() && activity.duration().is_none();
    untimed.then_some(FindingKind::ConnectedWithoutDuration)
}
