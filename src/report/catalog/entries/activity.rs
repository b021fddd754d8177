use super::{entry, of};
use crate::error::Error;
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    activities_of_kind, booked_meetings, called_out, calls, connected, created, emails,
    met_or_missed, timed_activities, timed_calls, unanswered, with_selling,
};

const FAMILY: Family = Family::Activity;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(activities_per_rep_per_day "activities per rep per day": Number Up Leading; Activities Reps ActivityKind Calendar; Mean(activities_of_kind);
        "How many calls or emails does a rep do on a working day?";
        "activities of the kind by reps / Σ over the reps of their working days in employment";
        inputs => inputs.activities().map_err(Error::from).and_then(|_| {
            let kind = inputs.parameters().activity_kind();
            Ok(kpi::activities_per_rep_per_day(inputs.reps()?, kind, inputs.calendar()?)?)
        })
    ),
    entry!(average_call_duration "average call duration": Duration Neither Leading; Activities; Mean(timed_calls);
        "How long does a call take?";
        "Σ duration of the calls that have one / how many have one";
        inputs => of(inputs.activities(), kpi::average_call_duration)),
    entry!(positive_call_rate "positive call rate": Rate Up Leading; Activities; Mean(connected);
        "What share of those reached by phone takes it well?";
        "calls with a positive disposition / connected calls";
        inputs => of(inputs.activities(), kpi::positive_call_rate)),
    entry!(callback_rate "callback rate": Percent Up Leading; Activities; Mean(unanswered);
        "How many of those not reached by phone call back?";
        "callbacks / (voicemails + missed calls)";
        inputs => of(inputs.activities(), kpi::callback_rate)),
    entry!(meeting_booked_rate "meeting booked rate": Percent Up Leading; Activities; Mean(connected);
        "How many meetings do the conversations by phone lead to?";
        "meetings booked / connected calls";
        inputs => of(inputs.activities(), kpi::meeting_booked_rate)),
    entry!(connect_rate "connect rate": Rate Up Leading; Activities; Mean(called_out);
        "What share of the calls out reaches somebody?";
        "calls out that reached somebody / calls out whose outcome is known";
        inputs => of(inputs.activities(), kpi::connect_rate)),
    entry!(meetings_booked "meetings booked": Count Up Leading; Activities; Flow(booked_meetings);
        "How many meetings were booked?";
        "meetings booked in the period, but for those that were put off";
        inputs => of(inputs.activities(), kpi::meetings_booked)),
    entry!(calls_per_meeting "calls per meeting": Number Down Leading; Activities; Mean(booked_meetings);
        "How many calls does it take to book a meeting?";
        "calls / meetings booked";
        inputs => of(inputs.activities(), kpi::calls_per_meeting)),
    entry!(emails_per_meeting "emails per meeting": Number Down Leading; Activities; Mean(booked_meetings);
        "How many emails does it take to book a meeting?";
        "emails sent / meetings booked";
        inputs => of(inputs.activities(), kpi::emails_per_meeting)),
    entry!(meetings_per_opportunity "meetings per opportunity": Number Down Leading; Activities Deals; Mean(created);
        "How many meetings does it take to create an opportunity?";
        "meetings booked / opportunities created";
        inputs => kpi::meetings_per_opportunity(inputs.activities()?, inputs.deals()?)),
    entry!(call_to_win_rate "call-to-win rate": Percent Up Lagging; Deals Activities; Mean(calls);
        "How many wins are there for the calls made?";
        "won / calls";
        inputs => kpi::call_to_win_rate(inputs.deals()?, inputs.activities()?)),
    entry!(email_reply_rate "email reply rate": Rate Up Leading; Activities; Mean(emails);
        "What share of the emails is answered?";
        "emails answered / emails sent";
        inputs => of(inputs.activities(), kpi::email_reply_rate)),
    entry!(show_rate "show rate": Rate Up Leading; Activities; Mean(met_or_missed);
        "What share of the meetings took place?";
        "held / (held + no-shows)";
        inputs => of(inputs.activities(), kpi::show_rate)),
    entry!(no_show_rate "no-show rate": Rate Down Leading; Activities; Mean(met_or_missed);
        "What share of the meetings did the other side not come to?";
        "no-shows / (held + no-shows)";
        inputs => of(inputs.activities(), kpi::no_show_rate)),
    entry!(time_allocation "time allocation": Rate Neither Leading; Activities ActivityKind; Uneven(timed_activities);
        "What share of the time goes into calls, emails or meetings?";
        "Σ duration of the activities of that kind / Σ duration of all activities";
        inputs => kpi::time_allocation(inputs.activities()?, inputs.parameters().activity_kind())),
    entry!(selling_time "selling time": Duration Up Leading; WorkTime; Flow(with_selling);
        "How much time went into selling?";
        "Σ selling time";
        inputs => of(inputs.work_time(), kpi::selling_time)),
    entry!(selling_time_rate "selling time rate": Rate Up Leading; WorkTime; Uneven(with_selling);
        "What share of the working time is selling?";
        "Σ selling time / Σ working time";
        inputs => of(inputs.work_time(), kpi::selling_time_rate)),
    entry!(call_capacity "call capacity": Count Up Leading; CallTime; No;
        "How many calls fit into a day?";
        "⌊working time / time a call⌋";
        inputs => kpi::call_capacity(inputs.parameters().working_time(), inputs.parameters().time_per_call())),
];
