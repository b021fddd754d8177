use super::entry;
use crate::kpi;
use crate::report::Kpi;
use crate::report::samples::Sample::{Mean, No, Sum};
use crate::report::samples::{
    accounts, arrived, closed, closed_cycles, contact_cycles, costed, created, decided,
    decided_priced, expected, listed, open, priced, priced_of_both, signed_contracts, weighed, won,
    won_cycles,
};

pub(super) const REVENUE: &[Kpi] = &[
    entry!(total_revenue: Revenue Money Up Lagging; Deals; Sum(won);
        inputs => kpi::total_revenue(inputs.deals()?)?),
    entry!(revenue_per_day: Revenue MoneyPer Up Lagging; Deals; Sum(won);
        inputs => kpi::revenue_per_day(inputs.deals()?)?),
    entry!(revenue_growth: Revenue Percent Up Lagging; Deals Previous; Sum(won);
        inputs => kpi::revenue_growth(inputs.deals()?, inputs.previous()?.deals()?)?),
    entry!(average_deal_size: Revenue Money Up Lagging; Deals; Mean(priced);
        inputs => kpi::average_deal_size(inputs.deals()?)?),
    entry!(median_deal_size: Revenue Money Up Lagging; Deals; Mean(priced);
        inputs => kpi::median_deal_size(inputs.detail()?)?),
    entry!(smoothed_deal_size: Revenue Money Up Lagging; Deals Previous; Mean(priced_of_both);
        inputs => kpi::smoothed_deal_size(&[inputs.previous()?.deals()?.clone(), inputs.deals()?.clone()])?),
    entry!(gross_profit: Revenue Money Up Lagging; Deals; Sum(costed);
        inputs => kpi::gross_profit(inputs.deals()?)?),
    entry!(average_deal_profit: Revenue Money Up Lagging; Deals; Mean(costed);
        inputs => kpi::average_deal_profit(inputs.deals()?)?),
    entry!(profit_margin: Revenue Percent Up Lagging; Deals; Mean(costed);
        inputs => kpi::profit_margin(inputs.deals()?)?),
    entry!(average_revenue_per_account: Revenue Money Up Lagging; Deals; Mean(accounts);
        inputs => kpi::average_revenue_per_account(inputs.detail()?)?),
    entry!(discount_rate: Revenue Percent Down Lagging; Deals; Mean(listed);
        inputs => kpi::discount_rate(inputs.deals()?)?),
    entry!(annual_contract_value: Revenue MoneyPer Up Lagging; Contract; No;
        inputs => kpi::annual_contract_value(inputs.contract()?)?),
    entry!(average_contract_value: Revenue MoneyPer Up Lagging; Contracts; Mean(signed_contracts);
        inputs => kpi::average_contract_value(inputs.customers()?)?),
];

pub(super) const CONVERSION: &[Kpi] = &[
    entry!(win_rate: Conversion Rate Up Lagging; Deals; Mean(decided);
        inputs => kpi::win_rate(inputs.deals()?)?),
    entry!(broad_win_rate: Conversion Rate Up Lagging; Deals; Mean(closed);
        inputs => kpi::broad_win_rate(inputs.deals()?)?),
    entry!(win_rate_by_value: Conversion Rate Up Lagging; Deals; Mean(decided_priced);
        inputs => kpi::win_rate_by_value(inputs.deals()?)?),
    entry!(win_rate_interval: Conversion Interval Up Lagging; Deals Confidence; Mean(decided);
        inputs => kpi::win_rate_interval(inputs.deals()?, inputs.parameters().confidence)?),
    entry!(win_loss_ratio: Conversion Multiple Up Lagging; Deals; Mean(decided);
        inputs => kpi::win_loss_ratio(inputs.deals()?)?),
    entry!(cohort_win_rate: Conversion Rate Up Lagging; Deals; Mean(created);
        inputs => kpi::cohort_win_rate(inputs.deals()?)?),
    entry!(opportunity_conversion_rate: Conversion Percent Up Lagging; Deals; Mean(created);
        inputs => kpi::opportunity_conversion_rate(inputs.deals()?)?),
    entry!(lead_conversion_rate: Conversion Rate Up Leading; Leads; Mean(arrived);
        inputs => kpi::lead_conversion_rate(inputs.leads()?)?),
    entry!(lead_to_customer_rate: Conversion Rate Up Lagging; Leads; Mean(arrived);
        inputs => kpi::lead_to_customer_rate(inputs.leads()?)?),
    entry!(close_rate: Conversion Percent Up Lagging; Deals Leads; Mean(arrived);
        inputs => kpi::close_rate(inputs.deals()?, inputs.leads()?)?),
    entry!(qualification_rate: Conversion Rate Up Leading; Leads; Mean(arrived);
        inputs => kpi::qualification_rate(inputs.leads()?)?),
    entry!(sales_cycle_length: Conversion Days Down Lagging; Deals; Mean(won_cycles);
        inputs => kpi::sales_cycle_length(inputs.deals()?)?),
    entry!(first_contact_cycle_length: Conversion Days Down Lagging; Deals; Mean(contact_cycles);
        inputs => kpi::first_contact_cycle_length(inputs.deals()?)?),
    entry!(median_sales_cycle: Conversion Days Down Lagging; Deals; Mean(won_cycles);
        inputs => kpi::median_sales_cycle(inputs.detail()?)?),
    entry!(sales_cycle_percentile: Conversion Days Down Lagging; Deals Percentile; Mean(won_cycles);
        inputs => kpi::sales_cycle_percentile(inputs.detail()?, inputs.parameters().percentile)?),
    entry!(closed_cycle_length: Conversion Days Down Lagging; Deals; Mean(closed_cycles);
        inputs => kpi::closed_cycle_length(inputs.deals()?)?),
];

pub(super) const PIPELINE: &[Kpi] = &[
    entry!(pipeline_value: Pipeline Money Up Leading; Deals; Sum(open);
        inputs => kpi::pipeline_value(inputs.deals()?)?),
    entry!(hindsight_pipeline_value: Pipeline Volume Neither Leading; Deals; Sum(open);
        inputs => kpi::hindsight_pipeline_value(inputs.deals()?)),
    entry!(open_deals: Pipeline Count Up Leading; Deals; Sum(open);
        inputs => kpi::open_deals(inputs.deals()?)),
    entry!(pipeline_created: Pipeline Money Up Leading; Deals; Sum(created);
        inputs => kpi::pipeline_created(inputs.deals()?)?),
    entry!(opportunities_created: Pipeline Count Up Leading; Deals; Sum(created);
        inputs => kpi::opportunities_created(inputs.deals()?)),
    entry!(pipeline_inflow: Pipeline Volume Up Leading; Deals; Sum(created);
        inputs => kpi::pipeline_inflow(inputs.deals()?)),
    entry!(pipeline_outflow: Pipeline Volume Neither Lagging; Deals; Sum(closed);
        inputs => kpi::pipeline_outflow(inputs.deals()?)),
    entry!(weighted_pipeline: Pipeline Money Up Leading; Deals; Sum(weighed);
        inputs => kpi::weighted_pipeline(inputs.deals()?)?),
    entry!(pipeline_velocity: Pipeline MoneyPer Up Leading; Deals; Mean(won_cycles);
        inputs => kpi::pipeline_velocity(inputs.deals()?)?),
    entry!(pipeline_coverage: Pipeline Multiple Up Leading; Deals Target; Sum(expected);
        inputs => kpi::pipeline_coverage(inputs.deals()?, inputs.target()?)?),
    entry!(remaining_pipeline_coverage: Pipeline Multiple Up Leading; Deals Target; Sum(expected);
        inputs => kpi::remaining_pipeline_coverage(inputs.deals()?, inputs.target()?)?),
    entry!(average_deal_age: Pipeline Days Down Leading; Deals; Mean(open);
        inputs => kpi::average_deal_age(inputs.deals()?)?),
    entry!(deals_older_than: Pipeline Count Down Leading; Deals AgeLimit; Sum(open);
        inputs => kpi::deals_older_than(inputs.detail()?, inputs.parameters().age_limit)),
];
