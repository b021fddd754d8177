use super::{entry, of};
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    accepted_leads, answered, arrived, contacted, day_old_leads, decided_handovers, due_leads,
    heads, newly_qualified, of_known_origin, open_leads, tried_leads,
};

const FAMILY: Family = Family::Lead;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(qualified_leads "qualified leads": Count Up Leading; Leads; Flow(newly_qualified);
        "How many leads were qualified?";
        "leads qualified in the period";
        inputs => of(inputs.leads(), kpi::qualified_leads)),
    entry!(lead_velocity_rate "lead velocity rate" "LVR": Percent Up Leading; Leads Previous; Mean(newly_qualified);
        "How does the number of qualified leads grow?";
        "(qualified leads now − qualified leads before) / qualified leads before";
        inputs => kpi::lead_velocity_rate(inputs.leads()?, inputs.previous()?.leads()?)),
    entry!(marketing_sourced_rate "marketing-sourced rate": Rate Neither Leading; Leads; Mean(of_known_origin);
        "What share of the leads did marketing find?";
        "leads that marketing found / leads of known origin";
        inputs => of(inputs.leads(), kpi::marketing_sourced_rate)),
    entry!(sales_sourced_rate "sales-sourced rate": Rate Neither Leading; Leads; Mean(of_known_origin);
        "What share of the leads did sales find?";
        "leads that sales found / leads of known origin";
        inputs => of(inputs.leads(), kpi::sales_sourced_rate)),
    entry!(average_response_time "average response time": Duration Down Leading; Leads; Mean(answered);
        "How long does a lead wait for us?";
        "Σ (first touch − arrival) / leads touched on or after their arrival";
        inputs => of(inputs.lead_detail(), kpi::average_response_time)),
    entry!(median_response_time "median response time": Duration Down Leading; Leads; Mean(answered);
        "How long did the lead in the middle wait for us?";
        "percentile 50 of (first touch − arrival)";
        inputs => of(inputs.lead_detail(), kpi::median_response_time)),
    entry!(response_time_percentile "response time percentile": Duration Down Leading; Leads Percentile; Mean(answered);
        "Within what time is a given share of the leads met?";
        "percentile p of (first touch − arrival): the value at position p × (n − 1) of the n sorted times, interpolated linearly\n\
         between the two nearest";
        inputs => kpi::response_time_percentile(inputs.lead_detail()?, inputs.parameters().percentile())),
    entry!(response_compliance "response compliance": Rate Up Leading; Leads ResponseLimit; Mean(due_leads);
        "What share of the leads was met in time?";
        "touched within X / leads whose X is over";
        inputs => kpi::response_compliance(inputs.lead_detail()?, inputs.parameters().response_limit())),
    entry!(touched_lead_rate "touched lead rate": Rate Up Leading; Leads; Mean(day_old_leads);
        "What share of the leads has anybody talked to at all?";
        "leads touched by the as-of day / leads whose first day is over";
        inputs => of(inputs.lead_detail(), kpi::touched_lead_rate)),
    entry!(contact_persistence "contact persistence": Number Up Leading; Leads AttemptDays; Mean(tried_leads);
        "How often do we try to reach a lead in its first days?";
        "Σ attempts in the first N × 24 hours after arrival / leads whose N × 24 hours are over";
        inputs => kpi::contact_persistence(inputs.lead_detail()?, inputs.parameters().attempt_days())),
    entry!(neglected_lead_rate "neglected lead rate": Rate Down Leading; Leads LeadAgeLimit; Mean(open_leads);
        "What share of the open leads has been left lying?";
        "open leads that arrived more than X days before the evening, untouched / open leads";
        inputs => kpi::neglected_lead_rate(inputs.lead_detail()?, inputs.parameters().lead_age_limit())),
    entry!(overloaded_reps "overloaded reps": Count Down Leading; Leads Reps LeadCap; Sum(heads);
        "How many reps have more leads than they can follow?";
        "heads who own more than `cap` open leads";
        inputs => kpi::overloaded_reps(inputs.lead_detail()?, inputs.reps()?, inputs.parameters().lead_cap())),
    entry!(leads_per_rep "leads per rep": Number Neither Leading; Leads Reps; Mean(heads);
        "How many open leads does a rep have?";
        "open leads that heads own / heads";
        inputs => kpi::leads_per_rep(inputs.lead_detail()?, inputs.reps()?)),
    entry!(cost_per_lead "cost per lead" "CPL": Money Down Lagging; Spend Leads; Mean(arrived);
        "What does marketing cost for each lead?";
        "marketing spend / leads";
        inputs => kpi::cost_per_lead(inputs.spend()?, inputs.leads()?)),
    entry!(full_cost_per_lead "full cost per lead": Money Down Lagging; Spend Leads; Mean(arrived);
        "What do sales and marketing cost for each lead?";
        "sales and marketing spend / leads";
        inputs => kpi::full_cost_per_lead(inputs.spend()?, inputs.leads()?)),
    entry!(prospect_to_opportunity_rate "prospect-to-opportunity rate": Rate Up Leading; Leads; Mean(contacted);
        "What share of the contacted prospects became an opportunity?";
        "contacted leads that became an opportunity by the as-of day / contacted leads";
        inputs => of(inputs.leads(), kpi::prospect_to_opportunity_rate)),
    entry!(lead_to_mql_rate "lead-to-MQL rate": Rate Up Leading; Leads; Mean(arrived);
        "What share of the leads does marketing qualify?";
        "leads qualified by marketing by the as-of day / leads";
        inputs => of(inputs.leads(), kpi::lead_to_mql_rate)),
    entry!(sales_acceptance_rate "sales acceptance rate": Rate Up Leading; Leads; Mean(decided_handovers);
        "What share of the leads from marketing does sales accept?";
        "accepted / (accepted + given back)";
        inputs => of(inputs.leads(), kpi::sales_acceptance_rate)),
    entry!(sal_to_sql_rate "SAL-to-SQL rate": Rate Up Leading; Leads; Mean(accepted_leads);
        "What share of the accepted leads does sales qualify?";
        "accepted leads that sales qualified by the as-of day / accepted leads";
        inputs => of(inputs.leads(), kpi::sal_to_sql_rate)),
];
