use super::entry;
use crate::kpi;
use crate::report::Kpi;
use crate::report::samples::Sample::{Mean, Sum};
use crate::report::samples::{
    active_reps, answered, arrived, contacted, due_leads, of_known_origin, open_leads, tried_leads,
};

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(qualified_leads: Lead Count Up Leading; Leads; Sum(arrived);
        inputs => kpi::qualified_leads(inputs.leads()?)),
    entry!(lead_velocity_rate: Lead Percent Up Leading; Leads Previous; Sum(arrived);
        inputs => kpi::lead_velocity_rate(inputs.leads()?, inputs.previous()?.leads()?)?),
    entry!(marketing_sourced_rate: Lead Rate Neither Leading; Leads; Mean(of_known_origin);
        inputs => kpi::marketing_sourced_rate(inputs.leads()?)?),
    entry!(sales_sourced_rate: Lead Rate Neither Leading; Leads; Mean(of_known_origin);
        inputs => kpi::sales_sourced_rate(inputs.leads()?)?),
    entry!(average_response_time: Lead Duration Down Leading; Leads; Mean(answered);
        inputs => kpi::average_response_time(inputs.lead_detail()?)?),
    entry!(median_response_time: Lead Duration Down Leading; Leads; Mean(answered);
        inputs => kpi::median_response_time(inputs.lead_detail()?)?),
    entry!(response_time_percentile: Lead Duration Down Leading; Leads Percentile; Mean(answered);
        inputs => kpi::response_time_percentile(inputs.lead_detail()?, inputs.parameters().percentile)?),
    entry!(response_compliance: Lead Rate Up Leading; Leads ResponseLimit; Mean(due_leads);
        inputs => kpi::response_compliance(inputs.lead_detail()?, inputs.parameters().response_limit)?),
    entry!(contact_persistence: Lead Number Up Leading; Leads AttemptDays; Mean(tried_leads);
        inputs => kpi::contact_persistence(inputs.lead_detail()?, inputs.parameters().attempt_days)?),
    entry!(neglected_lead_rate: Lead Rate Down Leading; Leads LeadAgeLimit; Mean(open_leads);
        inputs => kpi::neglected_lead_rate(inputs.lead_detail()?, inputs.parameters().lead_age_limit)?),
    entry!(overloaded_reps: Lead Count Down Leading; Leads LeadCap; Sum(open_leads);
        inputs => kpi::overloaded_reps(inputs.lead_detail()?, inputs.parameters().lead_cap)),
    entry!(leads_per_rep: Lead Number Neither Leading; Leads Reps; Sum(active_reps);
        inputs => kpi::leads_per_rep(inputs.leads()?, inputs.reps()?)?),
    entry!(cost_per_lead: Lead Money Down Lagging; Spend Leads; Mean(arrived);
        inputs => kpi::cost_per_lead(inputs.spend()?, inputs.leads()?)?),
    entry!(prospect_to_opportunity_rate: Lead Rate Up Leading; Leads; Mean(contacted);
        inputs => kpi::prospect_to_opportunity_rate(inputs.leads()?)?),
];
