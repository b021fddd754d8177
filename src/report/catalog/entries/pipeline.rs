use super::entry;
use crate::kpi;
use crate::report::catalog::samples::Sample::{Mean, Sum};
use crate::report::catalog::samples::{closed, created, expected, open, weighed, won_cycles};
use crate::report::{Family, Kpi};

const FAMILY: Family = Family::Pipeline;

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(pipeline_value: Money Up Leading; Deals; Sum(open);
        inputs => kpi::pipeline_value(inputs.deals()?)?),
    entry!(hindsight_pipeline_value: Volume Neither Leading; Deals; Sum(open);
        inputs => kpi::hindsight_pipeline_value(inputs.deals()?)?),
    entry!(open_deals: Count Up Leading; Deals; Sum(open);
        inputs => kpi::open_deals(inputs.deals()?)?),
    entry!(pipeline_created: Money Up Leading; Deals; Sum(created);
        inputs => kpi::pipeline_created(inputs.deals()?)?),
    entry!(opportunities_created: Count Up Leading; Deals; Sum(created);
        inputs => kpi::opportunities_created(inputs.deals()?)?),
    entry!(pipeline_inflow: Volume Up Leading; Deals; Sum(created);
        inputs => kpi::pipeline_inflow(inputs.deals()?)?),
    entry!(pipeline_outflow: Volume Neither Lagging; Deals; Sum(closed);
        inputs => kpi::pipeline_outflow(inputs.deals()?)?),
    entry!(weighted_pipeline: Money Up Leading; Deals; Sum(weighed);
        inputs => kpi::weighted_pipeline(inputs.deals()?)?),
    entry!(pipeline_velocity: MoneyPer Up Leading; Deals; Mean(won_cycles);
        inputs => kpi::pipeline_velocity(inputs.deals()?)?),
    entry!(pipeline_coverage: Multiple Up Leading; Deals Target; Sum(expected);
        inputs => kpi::pipeline_coverage(inputs.deals()?, *inputs.target()?)?),
    entry!(remaining_pipeline_coverage: Multiple Up Leading; Deals Target; Sum(expected);
        inputs => kpi::remaining_pipeline_coverage(inputs.deals()?, *inputs.target()?)?),
    entry!(average_deal_age: Days Down Leading; Deals; Mean(open);
        inputs => kpi::average_deal_age(inputs.deals()?)?),
    entry!(deals_older_than: Count Down Leading; Deals AgeLimit; Sum(open);
        inputs => kpi::deals_older_than(inputs.detail()?, inputs.parameters().age_limit)),
];
