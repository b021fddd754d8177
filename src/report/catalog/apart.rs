//! The functions of [`kpi`](crate::kpi) that no report has.

/// By their names: each takes what no report gives (a plan, limits, a number of days), says more than one number, or reads a tally that no book fills.
const APART: [&str; 30] = [
    "arr_movements",
    "arr_per_fte",
    "attainment_distribution",
    "available_to_renew",
    "average_milestone_days",
    "category_forecast",
    "channel_cost_per_lead",
    "customer_concentration",
    "forecast_accuracy",
    "forecast_bias",
    "forecast_ratio",
    "funnel",
    "late_revenue_rate",
    "loss_reasons",
    "marketing_return",
    "mase",
    "median_milestone_days",
    "outcome_distribution",
    "pipeline_created_per_rep",
    "pipeline_generation_rate",
    "pipeline_needed",
    "ramp_curve",
    "response_time_distribution",
    "retention_cohorts",
    "stage_coverage",
    "stale_pipeline",
    "time_to_first_win",
    "wape",
    "win_calibration",
    "win_rate_without",
];

/// The one that is called so, in small letters and with spaces between its words.
pub(super) fn called(asked: &str) -> Option<&'static str> {
    let asked = asked.replace(' ', "_");
    APART.into_iter().find(|name| *name == asked)
}

/// All of them.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    APART.into_iter()
}
