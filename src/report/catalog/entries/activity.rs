use super::entry;
use crate::kpi;
use crate::report::catalog::samples::Sample::{Mean, No, Sum};
use crate::report::catalog::samples::{
    activities_of_kind, calls, connected, emails, met_or_missed, timed_activities, timed_calls,
    unanswered, with_selling,
};
use crate::report::{Family, Kpi};

const FAMILY: Family = Family::Activity;

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(activities_per_rep_per_day: Number Up Leading; Activities Reps ActivityKind Calendar; Sum(activities_of_kind);
        inputs => kpi::activities_per_rep_per_day(
            inputs.activities()?,
            inputs.reps()?,
            inputs.parameters().activity_kind(),
            inputs.calendar()?,
        )?),
    entry!(average_call_duration: Duration Neither Leading; Activities; Mean(timed_calls);
        inputs => kpi::average_call_duration(inputs.activities()?)?),
    entry!(positive_call_rate: Rate Up Leading; Activities; Mean(connected);
        inputs => kpi::positive_call_rate(inputs.activities()?)?),
    entry!(callback_rate: Percent Up Leading; Activities; Mean(unanswered);
        inputs => kpi::callback_rate(inputs.activities()?)?),
    entry!(meeting_booked_rate: Percent Up Leading; Activities; Mean(connected);
        inputs => kpi::meeting_booked_rate(inputs.activities()?)?),
    entry!(call_to_win_rate: Percent Up Lagging; Deals Activities; Mean(calls);
        inputs => kpi::call_to_win_rate(inputs.deals()?, inputs.activities()?)?),
    entry!(email_reply_rate: Rate Up Leading; Activities; Mean(emails);
        inputs => kpi::email_reply_rate(inputs.activities()?)?),
    entry!(show_rate: Rate Up Leading; Activities; Mean(met_or_missed);
        inputs => kpi::show_rate(inputs.activities()?)?),
    entry!(no_show_rate: Rate Down Leading; Activities; Mean(met_or_missed);
        inputs => kpi::no_show_rate(inputs.activities()?)?),
    entry!(time_allocation: Rate Neither Leading; Activities ActivityKind; Mean(timed_activities);
        inputs => kpi::time_allocation(inputs.activities()?, inputs.parameters().activity_kind())?),
    entry!(selling_time: Duration Up Leading; WorkTime; Sum(with_selling);
        inputs => kpi::selling_time(inputs.work_time()?)?),
    entry!(selling_time_rate: Rate Up Leading; WorkTime; Mean(with_selling);
        inputs => kpi::selling_time_rate(inputs.work_time()?)?),
    entry!(call_capacity: Count Up Leading; CallTime; No;
        inputs => kpi::call_capacity(inputs.parameters().working_time(), inputs.parameters().time_per_call())?),
];
