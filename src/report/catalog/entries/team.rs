use super::{entry, of};
use crate::error::Error;
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    active_reps, new_customers, ramped_reps_judged, ramping_reps_judged, reps_judged, reps_ramped,
    reps_with_deal_quota, reps_with_quota, won,
};

const FAMILY: Family = Family::Team;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(quota_attainment "quota attainment": Percent Up Lagging; Deals Reps Quotas; Mean(reps_with_quota);
        "How much of their quotas did the reps win?";
        "Σ amount won on days of employment that a quota above 0 covers / Σ quotas\n\
         a quota = its amount × Σ over the days of its period (0, or the ramp's share of that day) / days of its period";
        inputs => of(inputs.team(), kpi::quota_attainment)),
    entry!(deal_quota_attainment "deal quota attainment": Percent Up Lagging; Deals Reps Quotas; Mean(reps_with_deal_quota);
        "How many of the deals that they were asked to win did the reps win?";
        "deals won on days of employment that a quota above 0 covers / Σ quotas\n\
         a quota = its deals × Σ over the days of its period (0, or the ramp's share of that day) / days of its period";
        inputs => of(inputs.team(), kpi::deal_quota_attainment)),
    entry!(reps_at_quota_rate "reps at quota rate": Rate Up Lagging; Deals Reps Quotas; Mean(reps_judged);
        "What share of the reps reached quota?";
        "reps whose amount won toward the quota is the quota or more / reps who have worked by the as-of day, with a quota above 0 left";
        inputs => of(inputs.team(), kpi::reps_at_quota_rate)),
    entry!(ramped_reps_at_quota_rate "ramped reps at quota rate": Rate Up Lagging; Deals Reps Quotas; Mean(ramped_reps_judged);
        "What share of the reps who are past their ramp reached quota?";
        "reps past their ramp whose amount won toward the quota is the quota or more / such reps who have worked by the as-of day, with a quota above 0 left";
        inputs => of(inputs.team(), kpi::ramped_reps_at_quota_rate)),
    entry!(ramping_reps_at_quota_rate "ramping reps at quota rate": Rate Up Lagging; Deals Reps Quotas; Mean(ramping_reps_judged);
        "What share of the new reps reached the quota of their ramp?";
        "reps in their ramp whose amount won toward the quota is the quota or more / such reps who have worked by the as-of day, with a quota above 0 left";
        inputs => of(inputs.team(), kpi::ramping_reps_at_quota_rate)),
    entry!(attainment_percentile "attainment percentile": Percent Up Lagging; Deals Reps Quotas Percentile; Mean(reps_judged);
        "How much of the quota did the rep in the middle, or at either end, win?";
        "percentile p of amount won toward the quota / quota, over the reps who have worked by the as-of day, with a quota above 0 left:\n\
         the value at position p × (n − 1) of the sorted ones, interpolated linearly between the two nearest";
        inputs => inputs.team().and_then(|team| {
            Ok(kpi::attainment_percentile(team, inputs.parameters().percentile())?)
        })
    ),
    entry!(quota_capacity "quota capacity": Money Up Leading; Reps Quotas; Sum(reps_with_quota);
        "What do all quotas of the period add up to?";
        "Σ quotas\n\
         a quota = its amount × Σ over the days of its period (0, or the ramp's share of that day) / days of its period";
        inputs => of(inputs.team(), kpi::quota_capacity)),
    entry!(quota_coverage "quota coverage": Multiple Up Leading; Reps Quotas Target; Mean(reps_with_quota);
        "How many times do the quotas cover the target?";
        "Σ quotas / target";
        inputs => {
            // Whose target it is comes before what is wrong with the quotas.
            let target = *inputs.target()?;
            inputs.team().and_then(|team| kpi::quota_coverage(team, target))
        }
    ),
    entry!(below_quota_streak "below-quota streak": Count Down Lagging; Deals Reps Quotas History; Sum(reps_with_quota);
        "For how many periods in a row has the team been below quota?";
        "finished periods, counted back from the last one, until one in which Σ amount won toward the quotas ≥ Σ quotas";
        inputs => kpi::below_quota_streak(inputs.history()?)),
    entry!(rep_productivity "rep productivity": Money Up Lagging; Deals Reps; Mean(active_reps);
        "What does a rep bring in on average?";
        "Σ amount won by the active reps / active reps";
        inputs => of(inputs.reps(), kpi::rep_productivity)),
    entry!(full_time_rep_productivity "full-time rep productivity": Money Up Lagging; Deals Reps; Mean(active_reps);
        "What would a full-time rep bring in, who is there all the time?";
        "Σ amount won by the active reps / full-time equivalents\n\
         full-time equivalents = Σ over the reps (full-time share × days of work) / days of the period up to the as-of day";
        inputs => of(inputs.reps(), kpi::full_time_rep_productivity)),
    entry!(rep_productivity_percentile "rep productivity percentile": Money Up Lagging; Deals Reps Percentile; Mean(active_reps);
        "What does the rep in the middle, or at either end, bring in?";
        "percentile p of the amounts that the active reps won: the value at position p × (n − 1) of the sorted amounts,\n\
         interpolated linearly between the two nearest";
        inputs => inputs.reps().and_then(|reps| {
            Ok(kpi::rep_productivity_percentile(reps, inputs.parameters().percentile())?)
        })
    ),
    entry!(sales_efficiency "sales efficiency": Multiple Up Lagging; Deals Spend; Mean(won);
        "What does a unit of money spent on sales bring in?";
        "bookings, that is Σ amount of the won deals / sales spend";
        inputs => kpi::sales_efficiency(inputs.deals()?, inputs.spend()?)),
    entry!(cost_per_converted_customer "cost per converted customer": Money Down Lagging; Spend Purchases; Mean(new_customers);
        "What does sales spend on a new customer?";
        "sales spend / new customers";
        inputs => kpi::cost_per_converted_customer(inputs.spend()?, inputs.purchases()?)),
    entry!(turnover_rate "turnover rate": Percent Down Lagging; Reps; Mean(active_reps);
        "How many of the reps left?";
        "leavers / ((head-count at the start + head-count at the end) / 2)";
        inputs => of(inputs.reps(), kpi::turnover_rate)),
    entry!(annualized_turnover_rate "annualized turnover rate": Percent Down Lagging; Reps; Mean(active_reps);
        "How many of the reps would leave in a year, if they went on leaving so?";
        "of a complete period of whole months: turnover rate × 12 / its months\n\
         of any other: turnover rate × 365 / days of the period up to the as-of day";
        inputs => of(inputs.reps(), kpi::annualized_turnover_rate)),
    entry!(touchpoints_per_rep "touchpoints per rep": Number Up Leading; Activities Reps; Mean(active_reps);
        "How many activities does a rep do?";
        "activities of the active reps / active reps";
        inputs => inputs.activities().map_err(Error::from).and_then(|_| of(inputs.reps(), kpi::touchpoints_per_rep))),
    entry!(ramp_time "ramp time": Days Down Lagging; Deals Reps Quotas History; Mean(reps_ramped);
        "How long does it take a new rep to win a full quota?";
        "median, over the reps who reached it, of: last day of the first whole period of employment in which the rep won the full quota − hire date";
        inputs => kpi::ramp_time(inputs.history()?)),
    entry!(ramping_reps "ramping reps": Count Neither Lagging; Deals Reps Quotas History; Sum(reps_with_quota);
        "How many new reps have not won a full quota yet?";
        "reps hired in the series − those who won the full quota in one of its whole periods of employment";
        inputs => kpi::ramping_reps(inputs.history()?)),
];
