use super::entry;
use crate::kpi;
use crate::report::catalog::samples::Sample::{Mean, Sum};
use crate::report::catalog::samples::{
    new_customers, reps, reps_with_deal_quota, reps_with_quota, won,
};
use crate::report::{Family, Kpi};

const FAMILY: Family = Family::Team;

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(quota_attainment: Percent Up Lagging; Deals Reps Quotas; Sum(reps_with_quota);
        inputs => kpi::quota_attainment(inputs.team()?)?),
    entry!(deal_quota_attainment: Percent Up Lagging; Deals Reps Quotas; Sum(reps_with_deal_quota);
        inputs => kpi::deal_quota_attainment(inputs.team()?)?),
    entry!(reps_at_quota_rate: Rate Up Lagging; Deals Reps Quotas; Sum(reps_with_quota);
        inputs => kpi::reps_at_quota_rate(inputs.team()?)?),
    entry!(below_quota_streak: Count Down Lagging; Deals Reps Quotas History; Sum(reps_with_quota);
        inputs => kpi::below_quota_streak(inputs.history()?)?),
    entry!(rep_productivity: Money Up Lagging; Deals Reps; Sum(reps);
        inputs => kpi::rep_productivity(inputs.reps()?)?),
    entry!(full_time_rep_productivity: Money Up Lagging; Deals Reps; Sum(reps);
        inputs => kpi::full_time_rep_productivity(inputs.reps()?)?),
    entry!(rep_productivity_percentile: Money Up Lagging; Deals Reps Percentile; Sum(reps);
        inputs => kpi::rep_productivity_percentile(inputs.reps()?, inputs.parameters().percentile())?),
    entry!(sales_efficiency: Multiple Up Lagging; Deals Spend; Sum(won);
        inputs => kpi::sales_efficiency(inputs.deals()?, inputs.spend()?)?),
    entry!(cost_per_converted_customer: Money Down Lagging; Spend Purchases; Mean(new_customers);
        inputs => kpi::cost_per_converted_customer(inputs.spend()?, inputs.purchases()?)?),
    entry!(turnover_rate: Percent Down Lagging; Reps; Sum(reps);
        inputs => kpi::turnover_rate(inputs.reps()?)?),
    entry!(annualized_turnover_rate: Percent Down Lagging; Reps; Sum(reps);
        inputs => kpi::annualized_turnover_rate(inputs.reps()?)?),
    entry!(touchpoints_per_rep: Number Up Leading; Activities Reps; Sum(reps);
        inputs => kpi::touchpoints_per_rep(inputs.activities()?, inputs.reps()?)?),
    entry!(ramp_time: Days Down Lagging; Deals Reps Quotas History; Sum(reps_with_quota);
        inputs => kpi::ramp_time(inputs.history()?)?),
    entry!(ramping_reps: Count Neither Lagging; Deals Reps Quotas History; Sum(reps_with_quota);
        inputs => kpi::ramping_reps(inputs.history()?)?),
];
