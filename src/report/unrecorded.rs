//! Which figures rest on what no record says.

use super::{Inputs, Kpi, Needs, Parameter};
use crate::book::Unrecorded;
use crate::record::ActivityKind;

/// What a KPI counts, and the KPIs that then are the same whatever was so: 0, or all.
///
/// The rule: a figure is marked where no record of the whole list, whatever its day, says what the figure counts. One record that says it
/// is proof that it is recorded, and the mark goes. What has no value says why itself; a sum of money or a count of what there is (won,
/// open, created) is 0 where there is none, and is not marked.
const READ_BY: [(Unrecorded, &[&str]); 33] = [
    (
        Unrecorded::DealOwner,
        &[
            "attainment_percentile",
            "below_quota_streak",
            "deal_quota_attainment",
            "full_time_rep_productivity",
            "quota_attainment",
            "ramped_reps_at_quota_rate",
            "ramping_reps",
            "ramping_reps_at_quota_rate",
            "rep_productivity",
            "rep_productivity_percentile",
            "reps_at_quota_rate",
        ],
    ),
    (
        Unrecorded::DealAmount,
        &[
            "attainment_percentile",
            "below_quota_streak",
            "ramped_reps_at_quota_rate",
            "ramping_reps",
            "ramping_reps_at_quota_rate",
            "rep_productivity_percentile",
            "reps_at_quota_rate",
        ],
    ),
    (
        Unrecorded::ExpectedClose,
        &[
            "overdue_pipeline",
            "pipeline_coverage",
            "remaining_pipeline_coverage",
            "weighted_forecast",
        ],
    ),
    (
        Unrecorded::WonDeal,
        &[
            "attainment_percentile",
            "below_quota_streak",
            "bookings_magic_number",
            "broad_win_rate",
            "call_to_win_rate",
            "close_rate",
            "cohort_win_rate",
            "deal_quota_attainment",
            "full_time_rep_productivity",
            "opportunity_conversion_rate",
            "pace",
            "quota_attainment",
            "ramped_reps_at_quota_rate",
            "ramping_reps",
            "ramping_reps_at_quota_rate",
            "rep_productivity",
            "rep_productivity_percentile",
            "reps_at_quota_rate",
            "run_rate_forecast",
            "sales_efficiency",
            "weighted_forecast",
            "win_loss_ratio",
            "win_rate",
            "win_rate_by_value",
            "win_rate_interval",
        ],
    ),
    (
        Unrecorded::LostDeal,
        &[
            "broad_win_rate",
            "pipeline_velocity",
            "win_rate",
            "win_rate_by_value",
            "win_rate_interval",
        ],
    ),
    (Unrecorded::DisqualifiedDeal, &["broad_win_rate"]),
    (Unrecorded::LeadOwner, &["leads_per_rep", "overloaded_reps"]),
    (Unrecorded::LeadAttempt, &["contact_persistence"]),
    (
        Unrecorded::LeadTouch,
        &[
            "contact_persistence",
            "neglected_lead_rate",
            "response_compliance",
            "touched_lead_rate",
        ],
    ),
    (
        Unrecorded::QualifiedLead,
        &["qualification_rate", "qualified_leads"],
    ),
    (Unrecorded::MarketingQualifiedLead, &["lead_to_mql_rate"]),
    (Unrecorded::AcceptedLead, &["sales_acceptance_rate"]),
    (Unrecorded::RejectedLead, &["sales_acceptance_rate"]),
    (Unrecorded::SalesQualifiedLead, &["sal_to_sql_rate"]),
    (
        Unrecorded::ConvertedLead,
        &[
            "lead_conversion_rate",
            "lead_to_customer_rate",
            "prospect_to_opportunity_rate",
        ],
    ),
    (Unrecorded::WonLead, &["lead_to_customer_rate"]),
    (
        Unrecorded::ActivityRep,
        &["activities_per_rep_per_day", "touchpoints_per_rep"],
    ),
    (Unrecorded::Call, &["calls_per_meeting"]),
    (Unrecorded::Email, &["emails_per_meeting"]),
    (
        Unrecorded::Meeting,
        &[
            "meeting_booked_rate",
            "meetings_booked",
            "meetings_per_opportunity",
        ],
    ),
    (Unrecorded::ConnectedCall, &["connect_rate"]),
    (Unrecorded::UnansweredCall, &["connect_rate"]),
    (Unrecorded::Callback, &["callback_rate"]),
    (Unrecorded::PositiveCall, &["positive_call_rate"]),
    (Unrecorded::AnsweredEmail, &["email_reply_rate"]),
    (Unrecorded::HeldMeeting, &["no_show_rate", "show_rate"]),
    (Unrecorded::MissedMeeting, &["no_show_rate", "show_rate"]),
    (Unrecorded::HiredRep, &["ramping_reps"]),
    (
        Unrecorded::LeftRep,
        &["annualized_turnover_rate", "turnover_rate"],
    ),
    (
        Unrecorded::ContractEnd,
        &[
            "churn_rate",
            "early_termination_rate",
            "gross_revenue_churn_rate",
            "gross_revenue_retention",
            "mrr_movements",
            "net_customer_change",
            "net_negative_churn",
            "net_new_arr",
            "net_revenue_churn_rate",
            "net_revenue_retention",
            "retention_rate",
        ],
    ),
    (Unrecorded::EarlyEnd, &["early_termination_rate"]),
    (
        Unrecorded::Renewal,
        &["non_renewal_rate", "on_time_renewal_rate", "renewal_rate"],
    ),
    (
        Unrecorded::RecurringFee,
        &["magic_number", "mrr_movements", "net_new_arr"],
    ),
];

/// What no record says of that which a KPI counts.
pub(super) fn unrecorded(kpi: &Kpi, inputs: &Inputs<'_>) -> Vec<Unrecorded> {
    let rows = READ_BY.iter();
    let read = rows.filter(|(_, kpis)| kpis.contains(&kpi.name()));
    let read = read.map(|(what, _)| *what).chain(kind(kpi, inputs));
    let read = read.filter(|what| is_read(*what, kpi, inputs));
    read.filter(|what| inputs.is_unrecorded(*what)).collect()
}

/// What a period that is over brings is what was won in it, whatever was expected.
fn is_read(what: Unrecorded, kpi: &Kpi, inputs: &Inputs<'_>) -> bool {
    let is_expected = what == Unrecorded::ExpectedClose && kpi.name() == "weighted_forecast";
    !(is_expected && inputs.tally().scope().is_complete())
}

/// The kind of activities that it is asked for.
fn kind(kpi: &Kpi, inputs: &Inputs<'_>) -> Option<Unrecorded> {
    if !kpi
        .needs()
        .contains(&Needs::Parameter(Parameter::ActivityKind))
    {
        return None;
    }
    Some(match inputs.parameters().activity_kind() {
        ActivityKind::Call => Unrecorded::Call,
        ActivityKind::Email => Unrecorded::Email,
        ActivityKind::Message => Unrecorded::Message,
        ActivityKind::Meeting => Unrecorded::Meeting,
        ActivityKind::Other => Unrecorded::OtherActivity,
    })
}

#[cfg(test)]
mod tests {
    use super::READ_BY;
    use crate::report;

    #[test]
    fn every_name_is_one_of_the_catalog() {
        let catalog: Vec<&str> = report::catalog().iter().map(report::Kpi::name).collect();
        for (what, kpis) in READ_BY {
            for name in kpis {
                assert!(catalog.contains(name), "{what:?}: {name}");
            }
        }
    }
}
