use super::entry;
use crate::kpi;
use crate::report::catalog::samples::Sample::{Mean, Sum};
use crate::report::catalog::samples::{
    active_reps, answered, arrived, contacted, due_leads, of_known_origin, open_leads, tried_leads,
};
use crate::report::{Family, Kpi};

const FAMILY: Family = Family::Lead;

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(qualified_leads: Count Up Leading; Leads; Sum(arrived);
        inputs => kpi::qualified_leads(inputs.leads()?)?),
    entry!(lead_velocity_rate: Percent Up Leading; Leads Previous; Sum(arrived);
        inputs => kpi::lead_velocity_rate(inputs.leads()?, inputs.previous()?.leads()?)?),
    entry!(marketing_sourced_rate: Rate Neither Leading; Leads; Mean(of_known_origin);
        inputs => kpi::marketing_sourced_rate(inputs.leads()?)?),
    entry!(sales_sourced_rate: Rate Neither Leading; Leads; Mean(of_known_origin);
        inputs => kpi::sales_sourced_rate(inputs.leads()?)?),
    entry!(average_response_time: Duration Down Leading; Leads; Mean(answered);
        inputs => kpi::average_response_time(inputs.lead_detail()?)?),
    entry!(median_response_time: Duration Down Leading; Leads; Mean(answered);
        inputs => kpi::median_response_time(inputs.lead_detail()?)?),
    entry!(response_time_percentile: Duration Down Leading; Leads Percentile; Mean(answered);
        inputs => kpi::response_time_percentile(inputs.lead_detail()?, inputs.parameters().percentile)?),
    entry!(response_compliance: Rate Up Leading; Leads ResponseLimit; Mean(due_leads);
        inputs => kpi::response_compliance(inputs.lead_detail()?, inputs.parameters().response_limit)?),
    entry!(contact_persistence: Number Up Leading; Leads AttemptDays; Mean(tried_leads);
        inputs => kpi::contact_persistence(inputs.lead_detail()?, inputs.parameters().attempt_days)?),
    entry!(neglected_lead_rate: Rate Down Leading; Leads LeadAgeLimit; Mean(open_leads);
        inputs => kpi::neglected_lead_rate(inputs.lead_detail()?, inputs.parameters().lead_age_limit)?),
    entry!(overloaded_reps: Count Down Leading; Leads LeadCap; Sum(open_leads);
        inputs => kpi::overloaded_reps(inputs.lead_detail()?, inputs.parameters().lead_cap)),
    entry!(leads_per_rep: Number Neither Leading; Leads Reps; Sum(active_reps);
        inputs => kpi::leads_per_rep(inputs.leads()?, inputs.reps()?)?),
    entry!(cost_per_lead: Money Down Lagging; Spend Leads; Mean(arrived);
        inputs => kpi::cost_per_lead(inputs.spend()?, inputs.leads()?)?),
    entry!(prospect_to_opportunity_rate: Rate Up Leading; Leads; Mean(contacted);
        inputs => kpi::prospect_to_opportunity_rate(inputs.leads()?)?),
];
