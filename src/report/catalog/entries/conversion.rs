use super::entry;
use crate::kpi;
use crate::report::catalog::samples::Sample::Mean;
use crate::report::catalog::samples::{
    arrived, closed, closed_cycles, contact_cycles, created, decided, decided_priced, won_cycles,
};
use crate::report::{Family, Kpi};

const FAMILY: Family = Family::Conversion;

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(win_rate: Rate Up Lagging; Deals; Mean(decided);
        inputs => kpi::win_rate(inputs.deals()?)?),
    entry!(broad_win_rate: Rate Up Lagging; Deals; Mean(closed);
        inputs => kpi::broad_win_rate(inputs.deals()?)?),
    entry!(win_rate_by_value: Rate Up Lagging; Deals; Mean(decided_priced);
        inputs => kpi::win_rate_by_value(inputs.deals()?)?),
    entry!(win_rate_interval: Interval Up Lagging; Deals Confidence; Mean(decided);
        inputs => kpi::win_rate_interval(inputs.deals()?, inputs.parameters().confidence())?),
    entry!(win_loss_ratio: Multiple Up Lagging; Deals; Mean(decided);
        inputs => kpi::win_loss_ratio(inputs.deals()?)?),
    entry!(cohort_win_rate: Rate Up Lagging; Deals; Mean(created);
        inputs => kpi::cohort_win_rate(inputs.deals()?)?),
    entry!(opportunity_conversion_rate: Percent Up Lagging; Deals; Mean(created);
        inputs => kpi::opportunity_conversion_rate(inputs.deals()?)?),
    entry!(lead_conversion_rate: Rate Up Leading; Leads; Mean(arrived);
        inputs => kpi::lead_conversion_rate(inputs.leads()?)?),
    entry!(lead_to_customer_rate: Rate Up Lagging; Leads; Mean(arrived);
        inputs => kpi::lead_to_customer_rate(inputs.leads()?)?),
    entry!(close_rate: Percent Up Lagging; Deals Leads; Mean(arrived);
        inputs => kpi::close_rate(inputs.deals()?, inputs.leads()?)?),
    entry!(qualification_rate: Rate Up Leading; Leads; Mean(arrived);
        inputs => kpi::qualification_rate(inputs.leads()?)?),
    entry!(sales_cycle_length: Days Down Lagging; Deals; Mean(won_cycles);
        inputs => kpi::sales_cycle_length(inputs.deals()?)?),
    entry!(first_contact_cycle_length: Days Down Lagging; Deals; Mean(contact_cycles);
        inputs => kpi::first_contact_cycle_length(inputs.deals()?)?),
    entry!(median_sales_cycle: Days Down Lagging; Deals; Mean(won_cycles);
        inputs => kpi::median_sales_cycle(inputs.detail()?)?),
    entry!(sales_cycle_percentile: Days Down Lagging; Deals Percentile; Mean(won_cycles);
        inputs => kpi::sales_cycle_percentile(inputs.detail()?, inputs.parameters().percentile())?),
    entry!(closed_cycle_length: Days Down Lagging; Deals; Mean(closed_cycles);
        inputs => kpi::closed_cycle_length(inputs.deals()?)?),
];
