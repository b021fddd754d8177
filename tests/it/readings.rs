//! Every reading of a report over small whole businesses is what its KPI's function says of tallies of that period, filled by hand.

use chrono::{Datelike, Months as CalendarMonths, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::report::{self, Inputs, Parameters, Report, ReportPlan, Value};
use sales_metrics::{
    ActivityKind, ActivityTally, BookTally, CommitmentTally, Confidence, Contract, Currency,
    CustomerTally, DealDetail, Dimension, Error, Label, LeadDetail, Length, Money, MoneyPer,
    Months, MrrMovements, Outcome, Per, Percent, PurchaseTally, Rate, RenewalTally, Roster, Scope,
    SpendCategory, SpendTally, SpreadTally, SurvivalTally, TeamTally, Undefined, Volume, WorkTally,
    kpi,
};

use crate::activity::{self, RawWork};
use crate::business::{Business, businesses, sparse_businesses};
use crate::customer::{RawContract, RawSpend};
use crate::lead::{RawLead, calendar};
use crate::support::{self, config, day, scope, usd};
use crate::team::RawRep;

const KIND: ActivityKind = ActivityKind::Email;

fn quarter() -> Rate {
    Rate::from_percent(25).unwrap()
}

fn margin() -> Percent {
    Percent::from_percent(-7).unwrap()
}

fn signed() -> Contract {
    Contract::new("C-1", "Acme", day("2024-01-01"), Currency::USD)
        .and_then(|contract| contract.with_last_day(day("2026-12-31")))
        .and_then(|contract| contract.with_recurring(25_000, Per::Quarter))
        .unwrap()
}

/// None of them the usual one.
fn parameters() -> Parameters {
    Parameters::new()
        .with_confidence(Confidence::Ninety)
        .with_percentile(quarter())
        .with_age_limit(33)
        .with_win_limit(21)
        .with_response_limit(Length::hours(30))
        .with_attempt_days(3)
        .with_lead_cap(1)
        .with_lead_age_limit(20)
        .with_activity_kind(KIND)
        .with_largest(2)
        .with_working_time(Length::hours(7))
        .with_time_per_call(Length::minutes(11))
        .with_target(usd("77000"))
        .with_channel(Label::new("ads").unwrap())
        .with_lifetime(Months::new(30).unwrap())
        .with_net_burn(usd("1234.5"))
        .with_operating_margin(margin())
        .with_contract(signed())
}

/// Businesses that keep records of every family.
fn full_businesses() -> impl Strategy<Value = Business> {
    businesses().prop_map(|mut business| {
        let on = day("2024-02-01");
        if business.team.deals.is_empty() {
            let deal = support::Raw::new("2024-01-31", Outcome::Won { on });
            business.team.deals.push(deal);
        }
        if business.team.reps.is_empty() {
            business.team.reps.push(RawRep::new("ada"));
        }
        business.leads.push(RawLead::new("2024-02-01T12:00:00Z"));
        business.links.push(0);
        business
            .activities
            .push(activity::Raw::new(KIND, "2024-02-01"));
        business.works.push(RawWork {
            rep: "ada",
            on,
            working: 7,
            selling: Some(5),
        });
        business.contracts.push(RawContract {
            fee: Some((7_000_000, 1, Per::Month)),
            ..RawContract::new("Acme", on)
        });
        business.spends.push(RawSpend {
            on,
            units: 30_000,
            category: SpendCategory::Sales,
            channel: Some("ads"),
        });
        business
    })
}

/// All tallies of one scope, without a book.
struct Whole {
    deals: DealDetail,
    survival: SurvivalTally,
    spread: SpreadTally,
    purchases: PurchaseTally,
    leads: LeadDetail,
    activities: ActivityTally,
    work_time: WorkTally,
    team: Result<TeamTally, Error>,
    /// Without quotas where these are at fault.
    reps: Result<TeamTally, Error>,
    customers: CustomerTally,
    renewals: RenewalTally,
    commitments: CommitmentTally,
    spend: SpendTally,
    history: Vec<TeamTally>,
}

impl Whole {
    fn of(business: &Business, scope: Scope) -> Self {
        let deals = business.joined_deals();
        let team = |scope: Scope| {
            let roster = Roster::new(business.reps(), business.quotas())?;
            TeamTally::of(&deals, scope.with_roster(&roster)?)?
                .with_activities(business.activities())
        };
        let leads = business.joined_leads();
        let quotas = business.quotas();
        let first = quotas.iter().map(|quota| quota.period().start()).min();
        Self {
            deals: DealDetail::of(&deals, scope).unwrap(),
            survival: SurvivalTally::of(&deals, scope).unwrap(),
            spread: SpreadTally::of(&deals, scope).unwrap(),
            purchases: PurchaseTally::of(&deals, scope).unwrap(),
            leads: LeadDetail::of(leads, scope.in_working_time(&calendar())).unwrap(),
            activities: ActivityTally::of(business.activities(), scope).unwrap(),
            work_time: WorkTally::of(business.work_time(), scope).unwrap(),
            team: team(scope),
            reps: team(scope).or_else(|_| {
                let reps = Roster::new(business.reps(), [])?;
                TeamTally::of(&deals, scope.with_roster(&reps)?)?
                    .with_activities(business.activities())
            }),
            customers: CustomerTally::of(business.contracts(), scope).unwrap(),
            renewals: RenewalTally::of(business.contracts(), scope).unwrap(),
            commitments: CommitmentTally::of(business.contracts(), scope).unwrap(),
            spend: SpendTally::of(business.spend(), scope).unwrap(),
            history: looked_back(scope, first)
                .into_iter()
                .map_while(|scope| team(scope).ok())
                .collect(),
        }
    }

    fn team(&self) -> Result<&TeamTally, Error> {
        self.team.as_ref().map_err(Clone::clone)
    }

    fn reps(&self) -> Result<&TeamTally, Error> {
        self.reps.as_ref().map_err(Clone::clone)
    }

    /// From the past to the present.
    fn history(&self) -> Result<Vec<TeamTally>, Error> {
        self.team()?;
        Ok(self.history.iter().rev().cloned().collect())
    }

    fn cac(&self) -> Result<Money, Error> {
        kpi::customer_acquisition_cost(&self.spend, &self.purchases)
    }

    fn margin(&self) -> Result<Percent, Undefined> {
        kpi::profit_margin(self.deals.tally())
    }

    fn lifetime_value(&self) -> Result<Money, Error> {
        let scope = self.customers.scope();
        let (start, end) = (scope.period().start(), scope.period().end());
        let units = [
            (1, Per::Month),
            (3, Per::Quarter),
            (6, Per::HalfYear),
            (12, Per::Year),
        ];
        let unit = units.into_iter().find(|(months, _)| {
            start + CalendarMonths::new(*months) == end && start.day() == end.day()
        });
        let unit = unit.filter(|_| scope.as_of_day() >= scope.period().last_day());
        let (_, per) = unit.ok_or(Undefined::NoUnitOfTime)?;
        let churn = kpi::churn_rate(&self.customers);
        let revenue = kpi::recurring_revenue_per_account(&self.customers)?;
        kpi::margin_lifetime_value(revenue, self.margin()?, churn?, per)
    }
}

/// The scope and the whole periods before it, backwards: up to the one in which the first quota begins, and no more than forty.
fn looked_back(scope: Scope, first: Option<NaiveDate>) -> Vec<Scope> {
    let mut scopes = vec![scope];
    while let (Some(last), true) = (scopes.last(), scopes.len() < 40) {
        let start = last.period().start();
        let Ok(period) = last.period().previous() else {
            break;
        };
        if first.is_none_or(|first| start <= first) {
            break;
        }
        scopes.push(Scope::new(period, Currency::USD));
    }
    scopes
}

/// What a function says, as a value of the catalog.
trait Said {
    fn said(self) -> Result<Value, Error>;
}

impl<T: Into<Value>, E: Into<Error>> Said for Result<T, E> {
    fn said(self) -> Result<Value, Error> {
        self.map(Into::into).map_err(Into::into)
    }
}

macro_rules! said {
    ($($plain:ty),*) => {
        $(impl Said for $plain {
            fn said(self) -> Result<Value, Error> {
                Ok(self.into())
            }
        })*
    };
}

said!(u64, Volume, MoneyPer, MrrMovements);

/// Those of `kpi::activity`, and of what follows.
fn activity(name: &str, now: &Whole, before: Result<&Whole, Undefined>) -> Result<Value, Error> {
    match name {
        "average_call_duration" => kpi::average_call_duration(&now.activities).said(),
        "positive_call_rate" => kpi::positive_call_rate(&now.activities).said(),
        "callback_rate" => kpi::callback_rate(&now.activities).said(),
        "meeting_booked_rate" => kpi::meeting_booked_rate(&now.activities).said(),
        "connect_rate" => kpi::connect_rate(&now.activities).said(),
        "meetings_booked" => kpi::meetings_booked(&now.activities).said(),
        "calls_per_meeting" => kpi::calls_per_meeting(&now.activities).said(),
        "emails_per_meeting" => kpi::emails_per_meeting(&now.activities).said(),
        "meetings_per_opportunity" => {
            kpi::meetings_per_opportunity(&now.activities, now.deals.tally()).said()
        }
        "call_to_win_rate" => kpi::call_to_win_rate(now.deals.tally(), &now.activities).said(),
        "email_reply_rate" => kpi::email_reply_rate(&now.activities).said(),
        "call_capacity" => kpi::call_capacity(Length::hours(7), Length::minutes(11)).said(),
        "no_show_rate" => kpi::no_show_rate(&now.activities).said(),
        "show_rate" => kpi::show_rate(&now.activities).said(),
        "time_allocation" => kpi::time_allocation(&now.activities, KIND).said(),
        "selling_time" => kpi::selling_time(&now.work_time).said(),
        "selling_time_rate" => kpi::selling_time_rate(&now.work_time).said(),
        "activities_per_rep_per_day" => {
            kpi::activities_per_rep_per_day(now.reps()?, KIND, &calendar()).said()
        }
        _ => conversion(name, now, before),
    }
}

/// Those of `kpi::conversion`, and of what follows.
fn conversion(name: &str, now: &Whole, before: Result<&Whole, Undefined>) -> Result<Value, Error> {
    match name {
        "win_rate" => kpi::win_rate(now.deals.tally()).said(),
        "broad_win_rate" => kpi::broad_win_rate(now.deals.tally()).said(),
        "win_rate_by_value" => kpi::win_rate_by_value(now.deals.tally()).said(),
        "win_rate_interval" => kpi::win_rate_interval(now.deals.tally(), Confidence::Ninety).said(),
        "win_loss_ratio" => kpi::win_loss_ratio(now.deals.tally()).said(),
        "cohort_win_rate" => kpi::cohort_win_rate(now.deals.tally()).said(),
        "opportunity_conversion_rate" => kpi::opportunity_conversion_rate(now.deals.tally()).said(),
        "lead_conversion_rate" => kpi::lead_conversion_rate(now.leads.tally()).said(),
        "lead_to_customer_rate" => kpi::lead_to_customer_rate(now.leads.tally()).said(),
        "close_rate" => kpi::close_rate(now.deals.tally(), now.leads.tally()).said(),
        "qualification_rate" => kpi::qualification_rate(now.leads.tally()).said(),
        "sales_cycle_length" => kpi::sales_cycle_length(now.deals.tally()).said(),
        "first_contact_cycle_length" => kpi::first_contact_cycle_length(now.deals.tally()).said(),
        "median_sales_cycle" => kpi::median_sales_cycle(&now.deals).said(),
        "sales_cycle_percentile" => kpi::sales_cycle_percentile(&now.deals, quarter()).said(),
        "closed_cycle_length" => kpi::closed_cycle_length(now.deals.tally()).said(),
        _ => customer(name, now, before),
    }
}

/// Those of `kpi::customer`, and of what follows.
fn customer(name: &str, now: &Whole, before: Result<&Whole, Undefined>) -> Result<Value, Error> {
    match name {
        "customer_acquisition_cost" => {
            kpi::customer_acquisition_cost(&now.spend, &now.purchases).said()
        }
        "cost_per_new_contract" => kpi::cost_per_new_contract(&now.spend, &now.customers).said(),
        "cost_per_acquisition" => {
            kpi::cost_per_acquisition(&now.spend, &now.purchases, &Label::new("ads")?).said()
        }
        "cac_payback" => kpi::cac_payback(&now.spend, &now.customers, now.margin()?).said(),
        "sales_cost_ratio" => kpi::sales_cost_ratio(&now.spend, now.deals.tally()).said(),
        "marketing_cost_ratio" => kpi::marketing_cost_ratio(&now.spend, now.deals.tally()).said(),
        "new_cac_ratio" => kpi::new_cac_ratio(&now.spend, &now.customers).said(),
        "blended_cac_ratio" => kpi::blended_cac_ratio(&now.spend, &now.customers).said(),
        "channel_cac_payback" => {
            let (ads, margin) = (Label::new("ads")?, now.margin()?);
            kpi::channel_cac_payback(&now.spend, &now.purchases, &now.customers, &ads, margin)
                .said()
        }
        "marketing_sourced_pipeline_rate" => {
            kpi::marketing_sourced_pipeline_rate(&now.spread).said()
        }
        "marketing_sourced_revenue_rate" => kpi::marketing_sourced_revenue_rate(&now.spread).said(),
        "repeat_revenue_rate" => kpi::repeat_revenue_rate(&now.purchases).said(),
        "win_back_rate" => kpi::win_back_rate(&now.customers).said(),
        "revenue_concentration" => kpi::revenue_concentration(&now.spread, 2).said(),
        "deal_concentration" => kpi::deal_concentration(&now.deals, 2).said(),
        "rep_concentration" => kpi::rep_concentration(now.reps()?, 2).said(),
        "customer_lifetime_value" => kpi::customer_lifetime_value(
            kpi::recurring_revenue_per_account(&now.customers)?,
            Months::new(30)?,
        )
        .said(),
        "margin_lifetime_value" => now.lifetime_value().said(),
        "ltv_to_cac" => kpi::ltv_to_cac(now.lifetime_value()?, now.cac()?).said(),
        "churn_rate" => kpi::churn_rate(&now.customers).said(),
        "net_customer_change" => kpi::net_customer_change(&now.customers).said(),
        "retention_rate" => kpi::retention_rate(&now.customers).said(),
        "non_renewal_rate" => kpi::non_renewal_rate(&now.renewals).said(),
        "renewal_rate" => kpi::renewal_rate(&now.renewals).said(),
        "on_time_renewal_rate" => kpi::on_time_renewal_rate(&now.renewals).said(),
        "early_termination_rate" => kpi::early_termination_rate(&now.renewals).said(),
        "arr" => kpi::arr(&now.customers).said(),
        "mrr" => kpi::mrr(&now.customers).said(),
        "recurring_revenue_per_account" => {
            kpi::recurring_revenue_per_account(&now.customers).said()
        }
        "mrr_movements" => kpi::mrr_movements(&now.customers).said(),
        "gross_revenue_retention" => kpi::gross_revenue_retention(&now.customers).said(),
        "net_revenue_retention" => kpi::net_revenue_retention(&now.customers).said(),
        "net_negative_churn" => kpi::net_negative_churn(&now.customers).said(),
        "quick_ratio" => kpi::quick_ratio(&now.customers).said(),
        "magic_number" => kpi::magic_number(&now.customers, &before?.spend).said(),
        "bookings_magic_number" => {
            let before = before?;
            kpi::bookings_magic_number(now.deals.tally(), before.deals.tally(), &before.spend)
                .said()
        }
        "net_new_arr" => kpi::net_new_arr(&now.customers).said(),
        "gross_revenue_churn_rate" => kpi::gross_revenue_churn_rate(&now.customers).said(),
        "net_revenue_churn_rate" => kpi::net_revenue_churn_rate(&now.customers).said(),
        "expansion_rate" => kpi::expansion_rate(&now.customers).said(),
        "customer_concentration_index" => kpi::customer_concentration_index(&now.customers).said(),
        "total_contract_value" => kpi::total_contract_value(&now.commitments).said(),
        "average_contract_term" => kpi::average_contract_term(&now.commitments).said(),
        "multi_year_rate" => kpi::multi_year_rate(&now.commitments).said(),
        "committed_arr" => kpi::committed_arr(&now.commitments).said(),
        "renewal_uplift" => kpi::renewal_uplift(&now.renewals).said(),
        "arr_per_rep" => kpi::arr_per_rep(&now.customers, now.reps()?).said(),
        "burn_multiple" => kpi::burn_multiple(usd("1234.5"), &now.customers).said(),
        _ => lead(name, now, before),
    }
}

/// Those of `kpi::lead`, and of what follows.
fn lead(name: &str, now: &Whole, before: Result<&Whole, Undefined>) -> Result<Value, Error> {
    match name {
        "qualified_leads" => kpi::qualified_leads(now.leads.tally()).said(),
        "average_response_time" => kpi::average_response_time(&now.leads).said(),
        "median_response_time" => kpi::median_response_time(&now.leads).said(),
        "response_time_percentile" => kpi::response_time_percentile(&now.leads, quarter()).said(),
        "response_compliance" => kpi::response_compliance(&now.leads, Length::hours(30)).said(),
        "contact_persistence" => kpi::contact_persistence(&now.leads, 3).said(),
        "overloaded_reps" => kpi::overloaded_reps(&now.leads, now.reps()?, 1).said(),
        "neglected_lead_rate" => kpi::neglected_lead_rate(&now.leads, 20).said(),
        "marketing_sourced_rate" => kpi::marketing_sourced_rate(now.leads.tally()).said(),
        "sales_sourced_rate" => kpi::sales_sourced_rate(now.leads.tally()).said(),
        "lead_velocity_rate" => {
            kpi::lead_velocity_rate(now.leads.tally(), before?.leads.tally()).said()
        }
        "leads_per_rep" => kpi::leads_per_rep(&now.leads, now.reps()?).said(),
        "cost_per_lead" => kpi::cost_per_lead(&now.spend, now.leads.tally()).said(),
        "full_cost_per_lead" => kpi::full_cost_per_lead(&now.spend, now.leads.tally()).said(),
        "touched_lead_rate" => kpi::touched_lead_rate(&now.leads).said(),
        "lead_to_mql_rate" => kpi::lead_to_mql_rate(now.leads.tally()).said(),
        "sales_acceptance_rate" => kpi::sales_acceptance_rate(now.leads.tally()).said(),
        "sal_to_sql_rate" => kpi::sal_to_sql_rate(now.leads.tally()).said(),
        "prospect_to_opportunity_rate" => {
            kpi::prospect_to_opportunity_rate(now.leads.tally()).said()
        }
        _ => pipeline(name, now, before),
    }
}

/// Those of `kpi::pipeline`, and of what follows.
fn pipeline(name: &str, now: &Whole, before: Result<&Whole, Undefined>) -> Result<Value, Error> {
    match name {
        "pipeline_value" => kpi::pipeline_value(now.deals.tally()).said(),
        "hindsight_pipeline_value" => kpi::hindsight_pipeline_value(now.deals.tally()).said(),
        "open_deals" => kpi::open_deals(now.deals.tally()).said(),
        "pipeline_created" => kpi::pipeline_created(now.deals.tally()).said(),
        "opportunities_created" => kpi::opportunities_created(now.deals.tally()).said(),
        "pipeline_inflow" => kpi::pipeline_inflow(now.deals.tally()).said(),
        "pipeline_outflow" => kpi::pipeline_outflow(now.deals.tally()).said(),
        "weighted_pipeline" => kpi::weighted_pipeline(now.deals.tally()).said(),
        "pipeline_velocity" => kpi::pipeline_velocity(now.deals.tally()).said(),
        "weighted_forecast" => kpi::weighted_forecast(now.deals.tally()).said(),
        "run_rate_forecast" => kpi::run_rate_forecast(now.deals.tally()).said(),
        "pipeline_coverage" => kpi::pipeline_coverage(now.deals.tally(), usd("77000")).said(),
        "remaining_pipeline_coverage" => {
            kpi::remaining_pipeline_coverage(now.deals.tally(), usd("77000")).said()
        }
        "pace" => kpi::pace(now.deals.tally(), usd("77000"), &calendar()).said(),
        "average_deal_age" => kpi::average_deal_age(now.deals.tally()).said(),
        "deals_older_than" => kpi::deals_older_than(&now.deals, 33).said(),
        "average_open_deal_size" => kpi::average_open_deal_size(now.deals.tally()).said(),
        "average_lost_deal_size" => kpi::average_lost_deal_size(now.deals.tally()).said(),
        "deal_size_percentile" => kpi::deal_size_percentile(&now.deals, quarter()).said(),
        "discounted_deal_rate" => kpi::discounted_deal_rate(&now.spread).said(),
        "discount_percentile" => kpi::discount_percentile(&now.spread, quarter()).said(),
        "overdue_pipeline" => kpi::overdue_pipeline(&now.spread).said(),
        "time_to_loss" => kpi::time_to_loss(now.deals.tally()).said(),
        "corrected_median_cycle" => kpi::corrected_median_cycle(&now.survival).said(),
        "win_probability_within" => kpi::win_probability_within(&now.survival, 21).said(),
        _ => revenue(name, now, before),
    }
}

/// Those of `kpi::revenue`, and of what follows.
fn revenue(name: &str, now: &Whole, before: Result<&Whole, Undefined>) -> Result<Value, Error> {
    match name {
        "credits" => kpi::credits(now.deals.tally()).said(),
        "net_revenue" => kpi::net_revenue(now.deals.tally()).said(),
        "total_revenue" => kpi::total_revenue(now.deals.tally()).said(),
        "revenue_per_day" => kpi::revenue_per_day(now.deals.tally()).said(),
        "revenue_growth" => kpi::revenue_growth(now.deals.tally(), before?.deals.tally()).said(),
        "average_deal_size" => kpi::average_deal_size(now.deals.tally()).said(),
        "median_deal_size" => kpi::median_deal_size(&now.deals).said(),
        "smoothed_deal_size" => {
            kpi::smoothed_deal_size(&[before?.deals.tally().clone(), now.deals.tally().clone()])
                .said()
        }
        "gross_profit" => kpi::gross_profit(now.deals.tally()).said(),
        "average_deal_profit" => kpi::average_deal_profit(now.deals.tally()).said(),
        "profit_margin" => kpi::profit_margin(now.deals.tally()).said(),
        "average_revenue_per_account" => kpi::average_revenue_per_account(&now.deals).said(),
        "discount_rate" => kpi::discount_rate(now.deals.tally()).said(),
        "annual_contract_value" => kpi::annual_contract_value(&signed()).said(),
        "average_contract_value" => kpi::average_contract_value(&now.customers).said(),
        _ => team(name, now),
    }
}

/// Those of `kpi::team`.
fn team(name: &str, now: &Whole) -> Result<Value, Error> {
    match name {
        "quota_attainment" => kpi::quota_attainment(now.team()?).said(),
        "deal_quota_attainment" => kpi::deal_quota_attainment(now.team()?).said(),
        "reps_at_quota_rate" => kpi::reps_at_quota_rate(now.team()?).said(),
        "ramped_reps_at_quota_rate" => kpi::ramped_reps_at_quota_rate(now.team()?).said(),
        "ramping_reps_at_quota_rate" => kpi::ramping_reps_at_quota_rate(now.team()?).said(),
        "attainment_percentile" => kpi::attainment_percentile(now.team()?, quarter()).said(),
        "quota_capacity" => kpi::quota_capacity(now.team()?).said(),
        "quota_coverage" => kpi::quota_coverage(now.team()?, usd("77000")).said(),
        "below_quota_streak" => kpi::below_quota_streak(&now.history()?).said(),
        "rep_productivity" => kpi::rep_productivity(now.reps()?).said(),
        "full_time_rep_productivity" => kpi::full_time_rep_productivity(now.reps()?).said(),
        "rep_productivity_percentile" => {
            kpi::rep_productivity_percentile(now.reps()?, quarter()).said()
        }
        "turnover_rate" => kpi::turnover_rate(now.reps()?).said(),
        "annualized_turnover_rate" => kpi::annualized_turnover_rate(now.reps()?).said(),
        "ramp_time" => kpi::ramp_time(&now.history()?).said(),
        "ramping_reps" => kpi::ramping_reps(&now.history()?).said(),
        "touchpoints_per_rep" => kpi::touchpoints_per_rep(now.reps()?).said(),
        "sales_efficiency" => kpi::sales_efficiency(now.deals.tally(), &now.spend).said(),
        "cost_per_converted_customer" => {
            kpi::cost_per_converted_customer(&now.spend, &now.purchases).said()
        }
        _ => funnel(name),
    }
}

/// Those of `kpi::funnel`: these businesses keep no states of their deals. Where there are some, `history/readings.rs` reads them.
fn funnel(name: &str) -> Result<Value, Error> {
    match name {
        "stage_conversion_rate"
        | "stage_leakage"
        | "average_time_in_stage"
        | "median_time_in_stage"
        | "time_in_stage_percentile"
        | "stage_probability"
        | "pipeline_waterfall"
        | "due_pipeline_waterfall"
        | "slippage_rate"
        | "push_count"
        | "net_push_days"
        | "opening_pipeline_conversion" => Err(Undefined::NoStatesGiven.into()),
        _ => panic!("{name} is not here"),
    }
}

/// The KPIs of which something was given for the report's own period alone.
const GIVEN: [&str; 7] = [
    "pace",
    "quota_coverage",
    "pipeline_coverage",
    "remaining_pipeline_coverage",
    "rule_of_40",
    "burn_multiple",
    "annual_contract_value",
];

/// What a report says of a whole period; `year_before` where it is the report's own.
fn direct(
    name: &str,
    now: &Whole,
    before: Option<&Whole>,
    year_before: Option<&Whole>,
    is_own: bool,
) -> Result<Value, Error> {
    if name == "rule_of_40" {
        let year_before = year_before.ok_or(Undefined::NoYearBefore)?;
        let growth = kpi::revenue_growth(now.deals.tally(), year_before.deals.tally())?;
        let margin = is_own.then(margin).ok_or(Undefined::OnlyForThePeriod)?;
        return kpi::rule_of_40(growth, margin).said();
    }
    if name == "arr_growth" {
        let year_before = year_before.ok_or(Undefined::NoYearBefore)?;
        return kpi::arr_growth(&now.customers, &year_before.customers).said();
    }
    if GIVEN.contains(&name) && !is_own {
        return Err(Undefined::OnlyForThePeriod.into());
    }
    activity(name, now, before.ok_or(Undefined::NoPreviousPeriod))
}

/// The periods that a report shows, by hand.
fn shown(scope: Scope) -> Vec<Scope> {
    let mut shown = vec![scope];
    for earlier in [scope.previous(), scope.year_before()]
        .into_iter()
        .flatten()
    {
        if !shown.contains(&earlier) {
            shown.push(earlier);
        }
    }
    shown
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn every_reading_is_what_the_function_says(business in full_businesses()) {
        let scope = business.scope();
        let plan = ReportPlan::new(scope)
            .with_kpis(report::catalog())
            .with_parameters(parameters());
        let report = Report::of(&business.book(), &plan).unwrap();
        let scopes = shown(scope);
        let mut found = vec![report.scope()];
        found.extend(report.previous());
        found.extend(report.year_before());
        prop_assert_eq!(&found, &scopes);
        let [section] = report.sections() else { panic!("one section") };
        prop_assert_eq!(section.group(), None);
        for (at, scope) in scopes.iter().enumerate() {
            let now = Whole::of(&business, *scope);
            let earlier = |scope: Result<Scope, Error>| scope.ok().map(|scope| Whole::of(&business, scope));
            let (before, year_before) = (earlier(scope.previous()), earlier(scope.year_before()));
            for line in section.lines() {
                let readings = [Some(line.now()), line.previous(), line.year_before()];
                prop_assert_eq!(readings.iter().flatten().count(), scopes.len());
                let name = line.kpi().name();
                let expected = direct(name, &now, before.as_ref(), year_before.as_ref(), at == 0);
                prop_assert_eq!(&readings[at].unwrap().value, &expected, "{} in {}", name, scope);
            }
        }
    }

    /// A reading's sample, its flag and its reason.
    #[test]
    fn few_records_are_flagged_where_they_prove_little(
        business in sparse_businesses(), least in select(vec![0_u64, 1, 2, 5, 30]),
    ) {
        let plan = ReportPlan::new(business.scope())
            .with_kpis(report::catalog())
            .with_parameters(parameters())
            .with_least_sample(least);
        let report = Report::of(&business.book(), &plan).unwrap();
        for line in report.sections()[0].lines() {
            for reading in [Some(line.now()), line.previous(), line.year_before()].into_iter().flatten() {
                let few = reading.sample.is_some_and(|sample| sample < least);
                let flagged = few && line.kpi().is_estimate() && reading.value.is_ok();
                prop_assert_eq!(reading.is_small, flagged, "{}", line.kpi().name());
                let reason = reading.value.as_ref().err().map(ToString::to_string);
                prop_assert!(reason.is_none_or(|reason| !reason.is_empty()));
                // A rate or a mean rests on something, and on nothing there is none.
                if line.kpi().is_estimate() && reading.sample == Some(0) {
                    let name = line.kpi().name();
                    let is_zero = reading.value.as_ref().is_ok_and(|value| *value == Value::Flag(false));
                    // Of these, what is counted is divided by something else, and may be nothing.
                    let divided = [
                        "quick_ratio", "activities_per_rep_per_day", "touchpoints_per_rep", "leads_per_rep", "revenue_growth",
                        "lead_velocity_rate", "pipeline_coverage", "remaining_pipeline_coverage", "magic_number", "bookings_magic_number", "rule_of_40",
                        "burn_multiple", "sales_efficiency", "arr_growth", "revenue_per_day", "pace", "run_rate_forecast",
                    ];
                    let is_divided = divided.contains(&name);
                    prop_assert!(reading.value.is_err() || is_zero || is_divided, "{}: {:?}", name, reading);
                }
            }
        }
        let text = report.to_string();
        prop_assert_eq!(text.contains("fewer than"), report.sections()[0].lines().iter().any(|line| line.now().is_small));
        let json = serde_json::to_value(&report).unwrap();
        prop_assert_eq!(json["least_sample"].as_u64(), Some(least));
        for (line, json) in report.sections()[0].lines().iter().zip(json["sections"][0]["lines"].as_array().unwrap()) {
            let now = line.now();
            prop_assert_eq!(json["kpi"].as_str(), Some(line.kpi().name()));
            prop_assert_eq!(json["now"].get("value").is_some(), now.value.is_ok());
            prop_assert_eq!(json["now"].get("reason").is_some(), now.value.is_err());
        }
    }

    #[test]
    fn a_section_is_of_its_group_alone(
        business in sparse_businesses(), name in select(vec!["rep", "team", "region"]),
    ) {
        let (book, scope) = (business.book(), business.scope());
        let dimension: Dimension = name.parse().unwrap();
        let plan = ReportPlan::new(scope)
            .with_kpis(report::catalog())
            .with_parameters(parameters())
            .with_dimension(dimension.clone());
        if !book.dimensions().contains(&dimension) {
            let refused = Report::of(&book, &plan).unwrap_err();
            prop_assert!(refused.kind() == sales_metrics::ErrorKind::UnknownDimension);
            return Ok(());
        }
        let report = Report::of(&book, &plan).unwrap();
        let given = parameters();
        let scopes = shown(scope);
        let groups: Vec<_> = scopes.iter().map(|scope| BookTally::by(&book, *scope, &dimension).unwrap()).collect();
        let before = scopes.iter().map(|scope| BookTally::by(&book, scope.previous().unwrap(), &dimension).unwrap());
        let before: Vec<_> = before.collect();
        let year_before: Vec<_> = scopes.iter().map(|scope| BookTally::by(&book, scope.year_before().unwrap(), &dimension).unwrap()).collect();
        let keys: Vec<_> = groups[0].keys().copied().collect();
        prop_assert_eq!(report.sections().iter().map(|section| section.group()).collect::<Vec<_>>(), keys.clone());
        for (section, key) in report.sections().iter().zip(&keys) {
            for line in section.lines() {
                let readings = [Some(line.now()), line.previous(), line.year_before()];
                for (at, reading) in readings.into_iter().flatten().enumerate() {
                    let inputs = Inputs::new(&groups[at][key]).with_parameters(&given);
                    let inputs = inputs.with_previous(&before[at][key]).unwrap();
                    let inputs = inputs.with_year_before(&year_before[at][key]).unwrap();
                    let expected = line.kpi().evaluate(&inputs);
                    if GIVEN.contains(&line.kpi().name()) {
                        // What was given is no group's; what is missing besides may be said first.
                        let only = Err(Undefined::OnlyForThePeriod.into());
                        prop_assert!(reading.value == only || (expected.is_err() && reading.value == expected));
                        continue;
                    }
                    prop_assert_eq!(&reading.value, &expected, "{}", line.kpi().name());
                    prop_assert_eq!(reading.sample, line.kpi().sample(&inputs));
                }
            }
        }
        let text = report.to_string();
        for key in keys {
            let heading = format!("{} {}\n", name.to_uppercase(), key.unwrap_or("(none)"));
            prop_assert!(text.contains(&heading), "{heading}");
        }
    }

    /// Without a choice of KPIs, those are shown that the book has the records for.
    #[test]
    fn a_report_shows_what_the_book_can_tell(business in sparse_businesses()) {
        let book = business.book();
        let report = Report::of(&book, &ReportPlan::new(business.scope()).with_parameters(parameters())).unwrap();
        let kept = [
            (book.deals().is_empty(), Undefined::NoDealsGiven),
            (book.deals().is_empty(), Undefined::NoPurchasesGiven),
            (book.leads().is_empty(), Undefined::NoLeadsGiven),
            (book.activities().is_empty(), Undefined::NoActivitiesGiven),
            (book.work_time().is_empty(), Undefined::NoWorkTimeGiven),
            (book.reps().is_empty(), Undefined::NoTeamGiven),
            (book.contracts().is_empty(), Undefined::NoContractsGiven),
            (book.spend().is_empty(), Undefined::NoSpendGiven),
            (book.history().is_none(), Undefined::NoStatesGiven),
        ];
        for line in report.sections()[0].lines() {
            for (_, reason) in &kept {
                prop_assert_ne!(&line.now().value, &Err((*reason).into()));
            }
        }
        // And the others would have nothing to say.
        let shown: Vec<&str> = report.sections()[0].lines().iter().map(|line| line.kpi().name()).collect();
        let all = Report::of(
            &book,
            &ReportPlan::new(business.scope()).with_kpis(report::catalog()).with_parameters(parameters()),
        ).unwrap();
        let missing: Vec<Error> = kept.iter().filter(|(missing, _)| *missing).map(|(_, reason)| (*reason).into()).collect();
        for line in all.sections()[0].lines() {
            let value = &line.now().value;
            if value.as_ref().is_err_and(|error| missing.contains(error)) {
                prop_assert!(!shown.contains(&line.kpi().name()), "{}", line.kpi().name());
            }
        }
    }
}

/// A running quarter stands beside as many days of the earlier ones, and a year beside one earlier year, not two.
#[test]
fn earlier_periods_are_seen_as_this_one_is() {
    let columns = |scope: Scope| {
        let plan = ReportPlan::new(scope).with_kpis([report::find("total_revenue").unwrap()]);
        let book = sales_metrics::Book::new(Currency::USD);
        let report = Report::of(&book, &plan).unwrap();
        let line = report.sections()[0].lines()[0].clone();
        let readings = [Some(line.now()), line.previous(), line.year_before()];
        let scopes = [
            Some(report.scope()),
            report.previous(),
            report.year_before(),
        ];
        assert_eq!(readings.map(|r| r.is_some()), scopes.map(|s| s.is_some()));
        scopes
            .into_iter()
            .flatten()
            .map(|scope| scope.to_string())
            .collect::<Vec<_>>()
    };
    let running = scope("2026-Q1").as_of(day("2026-02-14")).unwrap();
    assert_eq!(
        columns(running),
        [
            "2026-01-01/2026-04-01 in USD as of 2026-02-14",
            "2025-10-01/2026-01-01 in USD as of 2025-11-14",
            "2025-01-01/2025-04-01 in USD as of 2025-02-14",
        ]
    );
    assert_eq!(
        columns(scope("2026")),
        [
            "2026-01-01/2027-01-01 in USD as of 2026-12-31",
            "2025-01-01/2026-01-01 in USD as of 2025-12-31",
        ]
    );
    // The first years that there are: nothing before them, and no other period in its place.
    assert_eq!(columns(scope("1900-Q1")).len(), 1);
    assert_eq!(columns(scope("1901-01-01/1903-01-01")).len(), 1);
    assert_eq!(columns(scope("1900-Q2")).len(), 2);
}
