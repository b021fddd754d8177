use super::{entry, of};
use crate::error::Error;
use crate::kpi;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    came_to_stage, decided_at_stage, followed, left_stage, visits_ended,
};
use crate::report::{Family, Inputs};
use crate::tally::{FunnelTally, Reach};

const FAMILY: Family = Family::Funnel;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(stage_conversion_rate "stage conversion rate": Rate Up Leading; States Stage; Mean(came_to_stage);
        "What share of the deals gets from one stage to the next?";
        "deals that reached the later stage by the as-of day / deals that first reached the earlier stage in the period";
        inputs => to_the_next(inputs)),
    entry!(stage_leakage "stage leakage": Rate Down Leading; States Stage; Mean(visits_ended);
        "What share of the deals in a stage is lost in it?";
        "visits to the stage that ended by the deal's being lost or disqualified / visits to it that ended";
        inputs => at_stage(inputs, kpi::stage_leakage)),
    entry!(average_time_in_stage "average time in stage": Days Down Leading; States Stage; Mean(left_stage);
        "How long do deals stay in a stage?";
        "Σ days in the stage / deals that left it last in the period";
        inputs => at_stage(inputs, kpi::average_time_in_stage)),
    entry!(median_time_in_stage "median time in stage": Days Down Leading; States Stage; Mean(left_stage);
        "How long does the deal in the middle stay in a stage?";
        "percentile 50 of the days in the stage of the deals that left it last in the period";
        inputs => at_stage(inputs, kpi::median_time_in_stage)),
    entry!(time_in_stage_percentile "time in stage percentile": Days Down Leading; States Stage Percentile; Mean(left_stage);
        "Within how many days has a given share of the deals left a stage?";
        "percentile p of the days in the stage of the deals that left it last in the period, interpolated linearly at position p × (n − 1)";
        inputs => kpi::time_in_stage_percentile(inputs.funnel()?, inputs.stage()?.as_str(), inputs.parameters().percentile())),
    entry!(stage_probability "stage probability": Rate Up Leading; States Stage LeastDecided; Mean(decided_at_stage);
        "How likely is a deal won that has got to a stage?";
        "won deals that had reached the stage / won and lost deals that had reached it";
        inputs => kpi::stage_probability(inputs.funnel()?, inputs.stage()?.as_str(), inputs.parameters().least_decided())),
    entry!(corrected_median_cycle "corrected median cycle": Days Down Lagging; Deals; Mean(followed);
        "How long do deals take, those still open among them?";
        "Kaplan–Meier: left(t) = Π (1 − closed(s) / at risk(s)) over the days s ≤ t after creation;\n\
         the first t with left(t) < 1/2, or the middle of the time for which exactly half are left";
        inputs => of(inputs.survival(), kpi::corrected_median_cycle)),
    entry!(win_probability_within "win probability within": Rate Up Lagging; Deals WinLimit; Uneven(followed);
        "How likely is a new deal won within so many days?";
        "Σ left(t − 1) × won(t) / at risk(t) over the days t ≤ N after creation, left as for corrected_median_cycle";
        inputs => kpi::win_probability_within(inputs.survival()?, inputs.parameters().win_limit())),
];

fn at_stage<T>(
    inputs: &Inputs<'_>,
    kpi: fn(&FunnelTally, &str) -> Result<T, Error>,
) -> Result<T, Error> {
    kpi(inputs.funnel()?, inputs.stage()?.as_str())
}

/// From a stage to the one after it, or to the win.
fn to_the_next(inputs: &Inputs<'_>) -> Result<crate::value::Rate, Error> {
    let (funnel, stage) = (inputs.funnel()?, inputs.stage()?.as_str());
    let mut stages = funnel.scope().stages().iter();
    let _ = stages.by_ref().find(|known| known.as_str() == stage);
    let next = stages.next().map(|next| Reach::Stage(next.as_str()));
    kpi::stage_conversion_rate(funnel, stage, next.unwrap_or(Reach::Won))
}
