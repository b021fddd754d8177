use serde::{Deserialize, Serialize};

use super::given::Aim;
use super::{Input, Plan};
use crate::period::{Period, WorkCalendar};
use crate::record::ActivityKind;
use crate::value::{Average, Days, Length, Money, Rate};

/// A plan in JSON: what was given.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wire {
    period: Period,
    target: Aim,
    #[serde(skip_serializing_if = "Option::is_none")]
    average_deal: Option<Given<Money>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    win_rate: Option<Given<Rate>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_conversion: Option<Given<Rate>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days_open: Option<Given<Days>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activities_per_lead: Option<Given<Average>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activities_per_opportunity: Option<Given<Average>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity_kind: Option<ActivityKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reps: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<WorkCalendar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    working_time: Option<Length>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_per_activity: Option<Length>,
}

/// An input that has a value.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given<T> {
    value: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    sample: Option<u64>,
}

fn given<T: Copy>(input: Input<T>) -> Option<Given<T>> {
    let sample = input.sample();
    let given = |value| Given { value, sample };
    input.value().ok().map(given)
}

fn read<T: Copy>(place: &mut Input<T>, given: Option<Given<T>>) {
    if let Some(given) = given {
        *place = Input::from(given.value).with_sample(given.sample);
    }
}

impl From<Plan> for Wire {
    fn from(plan: Plan) -> Self {
        Self {
            period: plan.period,
            target: plan.aim,
            average_deal: given(plan.average_deal),
            win_rate: given(plan.win_rate),
            lead_conversion: given(plan.lead_conversion),
            days_open: given(plan.days_open),
            activities_per_lead: given(plan.per_lead),
            activities_per_opportunity: given(plan.per_opportunity),
            activity_kind: Some(plan.activity_kind).filter(|kind| *kind != ActivityKind::Call),
            reps: plan.reps,
            calendar: plan.calendar,
            working_time: plan.working_time,
            time_per_activity: plan.time_per_activity,
        }
    }
}

impl From<Wire> for Plan {
    fn from(wire: Wire) -> Self {
        let mut plan = match wire.target {
            Aim::Revenue(revenue) => Self::of_revenue(revenue, wire.period),
            Aim::Wins(wins) => Self::of_wins(wins, wire.period),
        };
        read(&mut plan.average_deal, wire.average_deal);
        read(&mut plan.win_rate, wire.win_rate);
        read(&mut plan.lead_conversion, wire.lead_conversion);
        read(&mut plan.days_open, wire.days_open);
        read(&mut plan.per_lead, wire.activities_per_lead);
        read(&mut plan.per_opportunity, wire.activities_per_opportunity);
        plan.activity_kind = wire.activity_kind.unwrap_or(ActivityKind::Call);
        plan.reps = wire.reps;
        plan.calendar = wire.calendar;
        plan.working_time = wire.working_time;
        plan.time_per_activity = wire.time_per_activity;
        plan
    }
}
