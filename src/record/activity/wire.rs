//! An activity in JSON: flat, absent fields left out, read through the same checks as the constructor.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Stamp};
use crate::record::{Activity, ActivityKind, Disposition, MeetingStatus};
use crate::value::{ActivityId, DealId, LeadId, Length, RepId};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActivityWire {
    id: ActivityId,
    kind: ActivityKind,
    at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    rep: Option<RepId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_micros: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disposition: Option<Disposition>,
    /// Left out of a callback, which says it.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    inbound: bool,
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    callback: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting_status: Option<MeetingStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    booked: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<LeadId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deal: Option<DealId>,
}

impl TryFrom<ActivityWire> for Activity {
    type Error = Error;

    fn try_from(wire: ActivityWire) -> Result<Self, Error> {
        let mut activity = Self::done_at(wire.id, wire.kind, wire.at);
        if let Some(rep) = wire.rep {
            activity = activity.with_rep(rep)?;
        }
        if let Some(micros) = wire.duration_micros {
            activity = activity.with_duration(Length::micros(micros))?;
        }
        if let Some(disposition) = wire.disposition {
            activity = activity.with_disposition(disposition);
        }
        if wire.inbound {
            activity = activity.with_inbound()?;
        }
        if wire.callback {
            activity = activity.with_callback()?;
        }
        if let Some(status) = wire.meeting_status {
            activity = activity.with_meeting_status(status)?;
        }
        if let Some(booked) = wire.booked {
            activity = activity.with_booked(booked.date())?;
        }
        if let Some(lead) = wire.lead {
            activity = activity.with_lead(lead)?;
        }
        if let Some(deal) = wire.deal {
            activity = activity.with_deal(deal)?;
        }
        Ok(activity)
    }
}

impl From<Activity> for ActivityWire {
    fn from(activity: Activity) -> Self {
        let facts = *activity.facts();
        Self {
            id: activity.id().clone(),
            kind: facts.kind,
            at: activity.stamp(),
            rep: activity.rep().cloned(),
            duration_micros: facts.micros(),
            disposition: facts.disposition,
            inbound: facts.is_inbound() && !facts.is_callback(),
            callback: facts.is_callback(),
            meeting_status: facts.status,
            booked: activity.booked,
            lead: activity.lead().cloned(),
            deal: activity.deal().cloned(),
        }
    }
}
