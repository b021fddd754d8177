//! Totals of which a part was given: what they lack is not counted, and never 0.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sales_metrics::tally::{
    ActivityTotals, CallOutcomes, CustomerTotals, DealTotals, LeadTotals, Logged, MeetingOutcomes,
    Movements, Priced, PurchaseTotals, RenewalTotals, RepWins, SpendTotals, Spent, TeamTotals,
    WorkTotals,
};
use sales_metrics::{
    Activity, ActivityKind, ActivityTally, Confidence, Contract, Currency, CustomerTally, Deal,
    DealTally, Decimal, Error, ErrorKind, Label, Lead, LeadTally, Percent, PurchaseTally, Rate,
    RenewalTally, Rep, RepId, Roster, Scope, Spend, SpendTally, TeamTally, Undefined, WorkTally,
    WorkTime, kpi,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::activity::{many_activities, many_work_times};
use crate::customer::{built_contracts, built_purchases, built_spends};
use crate::lead::{calendar, many_leads};
use crate::support::{config, day, dec, functions, kind_of, many_deals, scope, scopes, usd};
use crate::team::with_team;

/// Counters that are totals themselves; in a team's `won` they stand for each rep.
const NESTED: [&str; 4] = ["call_outcomes", "meeting_outcomes", "recurring", "won"];

/// Every counter of totals, by its path.
fn paths(totals: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    for (name, counter) in totals.as_object().unwrap() {
        paths.push(name.clone());
        if NESTED.contains(&name.as_str()) && counter.get("count").is_none() {
            let parts = if name == "won" {
                vec!["all", "toward_quota", "toward_deal_quota"]
            } else {
                counter
                    .as_object()
                    .unwrap()
                    .keys()
                    .map(String::as_str)
                    .collect()
            };
            paths.extend(parts.iter().map(|part| format!("{name}.{part}")));
        }
    }
    paths
}

/// Those whose bits are set.
fn chosen(paths: &[String], bits: u64) -> BTreeSet<String> {
    let numbered = paths.iter().enumerate();
    let chosen = numbered.filter(|(n, _)| bits >> n & 1 == 1);
    chosen.map(|(_, path)| path.clone()).collect()
}

/// The same without these counters, in JSON.
fn thinned(totals: &Value, absent: &BTreeSet<String>) -> Value {
    thinned_for(totals, absent, totals)
}

/// The same, where the wins of those reps alone lack something who are in these totals.
fn thinned_for(totals: &Value, absent: &BTreeSet<String>, reps: &Value) -> Value {
    let mut thin = totals.clone();
    let counters = thin.as_object_mut().unwrap();
    for path in absent {
        match path.split_once('.') {
            None => drop(counters.remove(path)),
            Some(("won", part)) => {
                let won = counters.get_mut("won").and_then(Value::as_object_mut);
                let won = won.into_iter().flatten();
                for (_, wins) in won.filter(|(rep, _)| reps["won"].get(rep).is_some()) {
                    wins.as_object_mut().unwrap().remove(part);
                }
            }
            Some((outer, part)) => {
                let outer = counters.get_mut(outer).and_then(Value::as_object_mut);
                outer.map(|outer| outer.remove(part));
            }
        }
    }
    thin
}

/// Totals without the counters of these bits, and the names of these.
fn part_of<T: Serialize + DeserializeOwned>(totals: &T, bits: u64) -> (T, BTreeSet<String>) {
    let whole = serde_json::to_value(totals).unwrap();
    let absent = chosen(&paths(&whole), bits);
    (
        serde_json::from_value(thinned(&whole, &absent)).unwrap(),
        absent,
    )
}

/// None, one, a few or many.
fn some_bits() -> impl Strategy<Value = u64> + Clone {
    prop_oneof![
        1 => Just(0),
        2 => (0..20_u32).prop_map(|n| 1 << n),
        2 => (any::<u64>(), any::<u64>(), any::<u64>()).prop_map(|(a, b, c)| a & b & c),
        1 => any::<u64>(),
        1 => Just(u64::MAX),
    ]
}

/// A tally of each kind, in one scope.
#[derive(Clone)]
struct All {
    deals: DealTally,
    before: DealTally,
    leads: LeadTally,
    leads_before: LeadTally,
    activities: ActivityTally,
    work: WorkTally,
    customers: CustomerTally,
    customers_before: CustomerTally,
    renewals: RenewalTally,
    purchases: PurchaseTally,
    spend: SpendTally,
    spend_before: SpendTally,
    team: TeamTally,
}

/// The records of each kind.
#[derive(Clone, Debug)]
struct Records {
    deals: Vec<Deal>,
    leads: Vec<Lead>,
    activities: Vec<Activity>,
    work: Vec<WorkTime>,
    contracts: Vec<Contract>,
    purchases: Vec<Deal>,
    spends: Vec<Spend>,
}

fn records() -> impl Strategy<Value = Records> {
    let first = (
        many_deals(),
        many_leads(),
        many_activities(),
        many_work_times(),
    );
    (
        first,
        (built_contracts(), built_purchases(), built_spends()),
    )
        .prop_map(
            |((deals, leads, activities, work), (contracts, purchases, spends))| Records {
                deals,
                leads,
                activities,
                work,
                contracts,
                purchases,
                spends,
            },
        )
}

impl All {
    fn of(records: &Records, scope: Scope) -> Self {
        let earlier = scope.previous().unwrap_or(scope);
        Self {
            deals: DealTally::of(&records.deals, scope).unwrap(),
            before: DealTally::of(&records.deals, earlier).unwrap(),
            leads: LeadTally::of(&records.leads, scope).unwrap(),
            leads_before: LeadTally::of(&records.leads, earlier).unwrap(),
            activities: ActivityTally::of(&records.activities, scope).unwrap(),
            work: WorkTally::of(&records.work, scope).unwrap(),
            customers: CustomerTally::of(&records.contracts, scope).unwrap(),
            customers_before: CustomerTally::of(
                &records.contracts,
                scope.year_before().unwrap_or(scope),
            )
            .unwrap(),
            renewals: RenewalTally::of(&records.contracts, scope).unwrap(),
            purchases: PurchaseTally::of(&records.purchases, scope).unwrap(),
            spend: SpendTally::of(&records.spends, scope).unwrap(),
            spend_before: SpendTally::of(&records.spends, earlier).unwrap(),
            team: TeamTally::of(&records.deals, with_team(scope))
                .and_then(|team| team.with_activities(&records.activities))
                .unwrap(),
        }
    }

    /// The same from a part of the totals, and the names of what is absent.
    fn partial(&self, bits: u64) -> (Self, BTreeSet<String>) {
        let (scope, earlier) = (self.deals.scope(), self.before.scope());
        let mut absent = BTreeSet::from(["channels", "accounts"].map(str::to_owned));
        let mut shift = 0;
        macro_rules! part {
            ($tally:ident of $totals:expr, $scope:expr) => {{
                shift += 5;
                let (totals, names) = part_of($totals, u64::rotate_left(bits, shift));
                absent.extend(names);
                $tally::from_totals($scope, totals).unwrap()
            }};
        }
        let all = Self {
            deals: part!(DealTally of self.deals.totals(), scope),
            before: part!(DealTally of self.before.totals(), earlier),
            leads: part!(LeadTally of self.leads.totals(), scope),
            leads_before: part!(LeadTally of self.leads_before.totals(), earlier),
            activities: part!(ActivityTally of self.activities.totals(), scope),
            work: part!(WorkTally of self.work.totals(), scope),
            customers: part!(CustomerTally of self.customers.totals(), scope),
            customers_before: part!(
                CustomerTally of self.customers_before.totals(), self.customers_before.scope()
            ),
            renewals: part!(RenewalTally of self.renewals.totals(), scope),
            purchases: part!(PurchaseTally of self.purchases.totals(), scope),
            spend: part!(SpendTally of self.spend.totals(), scope),
            spend_before: part!(SpendTally of self.spend_before.totals(), earlier),
            team: part!(TeamTally of self.team.totals(), with_team(scope)),
        };
        (all, absent)
    }

    /// Every KPI of a tally that can be made of totals.
    fn figures(&self) -> Vec<(&'static str, Result<String, Error>)> {
        let mut figures = Vec::new();
        macro_rules! say {
            ($($kpi:ident($($argument:expr),*);)+) => {$(
                let figure = kpi::$kpi($($argument),*);
                figures.push((stringify!($kpi), figure.map(|value| format!("{value:?}")).map_err(Error::from)));
            )+};
        }
        let (deals, leads, activities) = (&self.deals, &self.leads, &self.activities);
        let (customers, spend, team) = (&self.customers, &self.spend, &self.team);
        let channel = Label::new("webinar").unwrap();
        let margin = Percent::from_percent(80).unwrap();
        let meeting = ActivityKind::Meeting;
        let hours = calendar();
        say! {
            total_revenue(deals);
            credits(deals);
            net_revenue(deals);
            revenue_per_day(deals);
            revenue_growth(deals, &self.before);
            average_deal_size(deals);
            smoothed_deal_size(&[self.before.clone(), deals.clone()]);
            gross_profit(deals);
            average_deal_profit(deals);
            profit_margin(deals);
            discount_rate(deals);
            average_contract_value(customers);
            win_rate(deals);
            broad_win_rate(deals);
            win_rate_by_value(deals);
            win_rate_interval(deals, Confidence::Ninety);
            win_loss_ratio(deals);
            cohort_win_rate(deals);
            opportunity_conversion_rate(deals);
            lead_conversion_rate(leads);
            lead_to_customer_rate(leads);
            close_rate(deals, leads);
            qualification_rate(leads);
            sales_cycle_length(deals);
            first_contact_cycle_length(deals);
            closed_cycle_length(deals);
            pipeline_value(deals);
            hindsight_pipeline_value(deals);
            open_deals(deals);
            pipeline_created(deals);
            opportunities_created(deals);
            pipeline_inflow(deals);
            pipeline_outflow(deals);
            weighted_pipeline(deals);
            weighted_forecast(deals);
            run_rate_forecast(deals);
            pipeline_velocity(deals);
            pipeline_coverage(deals, usd("100000"));
            remaining_pipeline_coverage(deals, usd("100000000000000000"));
            pace(deals, usd("100000"), &hours);
            average_deal_age(deals);
            average_open_deal_size(deals);
            average_lost_deal_size(deals);
            time_to_loss(deals);
            pipeline_needed(deals, usd("100000000000000000"), Rate::HALF);
            pipeline_generation_rate(deals, usd("100000"));
            qualified_leads(leads);
            marketing_sourced_rate(leads);
            sales_sourced_rate(leads);
            lead_velocity_rate(leads, &self.leads_before);
            cost_per_lead(spend, leads);
            full_cost_per_lead(spend, leads);
            prospect_to_opportunity_rate(leads);
            lead_to_mql_rate(leads);
            sales_acceptance_rate(leads);
            sal_to_sql_rate(leads);
            average_call_duration(activities);
            positive_call_rate(activities);
            callback_rate(activities);
            meeting_booked_rate(activities);
            connect_rate(activities);
            meetings_booked(activities);
            calls_per_meeting(activities);
            emails_per_meeting(activities);
            meetings_per_opportunity(activities, deals);
            call_to_win_rate(deals, activities);
            email_reply_rate(activities);
            no_show_rate(activities);
            show_rate(activities);
            time_allocation(activities, meeting);
            selling_time(&self.work);
            selling_time_rate(&self.work);
            activities_per_rep_per_day(team, meeting, &hours);
            quota_attainment(team);
            deal_quota_attainment(team);
            reps_at_quota_rate(team);
            ramped_reps_at_quota_rate(team);
            ramping_reps_at_quota_rate(team);
            attainment_distribution(team, &[Percent::from_percent(50).unwrap()]);
            attainment_percentile(team, Rate::HALF);
            quota_capacity(team);
            quota_coverage(team, usd("100000"));
            below_quota_streak(std::slice::from_ref(team));
            rep_productivity(team);
            full_time_rep_productivity(team);
            rep_productivity_percentile(team, Rate::HALF);
            turnover_rate(team);
            annualized_turnover_rate(team);
            ramp_time(std::slice::from_ref(team));
            ramping_reps(std::slice::from_ref(team));
            touchpoints_per_rep(team);
            sales_efficiency(deals, spend);
            cost_per_converted_customer(spend, &self.purchases);
            customer_acquisition_cost(spend, &self.purchases);
            cost_per_new_contract(spend, customers);
            cost_per_acquisition(spend, &self.purchases, &channel);
            churn_rate(customers);
            net_customer_change(customers);
            retention_rate(customers);
            non_renewal_rate(&self.renewals);
            renewal_rate(&self.renewals);
            on_time_renewal_rate(&self.renewals);
            early_termination_rate(&self.renewals);
            arr(customers);
            mrr(customers);
            recurring_revenue_per_account(customers);
            mrr_movements(customers);
            gross_revenue_retention(customers);
            net_revenue_retention(customers);
            net_negative_churn(customers);
            quick_ratio(customers);
            arr_movements(customers);
            arr_growth(customers, &self.customers_before);
            customer_concentration(customers, 2);
            customer_concentration_index(customers);
            net_new_arr(customers);
            gross_revenue_churn_rate(customers);
            net_revenue_churn_rate(customers);
            expansion_rate(customers);
            arr_per_fte(customers, 7);
            arr_per_rep(customers, team);
            renewal_uplift(&self.renewals);
            magic_number(customers, &self.spend_before);
            bookings_magic_number(deals, &self.before, &self.spend_before);
            cac_payback(spend, customers, margin);
            channel_cost_per_lead(spend, &BTreeMap::from([(Some(&channel), leads.clone())]), &channel);
            sales_cost_ratio(spend, deals);
            marketing_cost_ratio(spend, deals);
            new_cac_ratio(spend, customers);
            blended_cac_ratio(spend, customers);
            channel_cac_payback(spend, &self.purchases, customers, &channel, margin);
            marketing_return(spend, &BTreeMap::from([(Some(&channel), deals.clone())]), &channel, margin);
            repeat_revenue_rate(&self.purchases);
            win_back_rate(customers);
            rep_concentration(team, 2);
            burn_multiple(usd("100"), customers);
        }
        figures
    }
}

/// The counter that a KPI lacks.
fn lacks(figure: &Result<String, Error>) -> Option<&'static str> {
    match figure.as_ref().err()?.undefined()? {
        Undefined::NotCounted(counter) => Some(counter),
        _ => None,
    }
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn a_kpi_is_that_of_the_whole_or_says_what_it_lacks(
        records in records(), scope in scopes(), bits in some_bits(),
    ) {
        let whole = All::of(&records, scope);
        let (partial, absent) = whole.partial(bits);
        for ((name, expected), (_, found)) in whole.figures().into_iter().zip(partial.figures()) {
            if let Some(counter) = lacks(&found) {
                prop_assert!(absent.contains(counter), "{name}: {counter}");
            } else {
                prop_assert_eq!(found, expected, "{}", name);
            }
        }
    }
}

/// Every function of `kpi` that takes such a tally is among them.
#[test]
fn every_kpi_of_totals_is_here() {
    let whole = All::of(&nothing(), scope("2024-Q1"));
    let here: BTreeSet<&str> = whole.figures().into_iter().map(|(name, _)| name).collect();
    let sources = [
        include_str!("../../src/kpi/acquisition.rs"),
        include_str!("../../src/kpi/activity.rs"),
        include_str!("../../src/kpi/channel.rs"),
        include_str!("../../src/kpi/annual.rs"),
        include_str!("../../src/kpi/cohorts.rs"),
        include_str!("../../src/kpi/contracts.rs"),
        include_str!("../../src/kpi/conversion.rs"),
        include_str!("../../src/kpi/coverage.rs"),
        include_str!("../../src/kpi/deal_size.rs"),
        include_str!("../../src/kpi/losses.rs"),
        include_str!("../../src/kpi/attainment.rs"),
        include_str!("../../src/kpi/booking.rs"),
        include_str!("../../src/kpi/handover.rs"),
        include_str!("../../src/kpi/lead.rs"),
        include_str!("../../src/kpi/forecast.rs"),
        include_str!("../../src/kpi/pipeline.rs"),
        include_str!("../../src/kpi/recurring.rs"),
        include_str!("../../src/kpi/reliance.rs"),
        include_str!("../../src/kpi/retention.rs"),
        include_str!("../../src/kpi/revenue.rs"),
        include_str!("../../src/kpi/team.rs"),
    ];
    let functions = sources.into_iter().flat_map(functions);
    // A detail, a forecast and what is joined or told apart record by record are made of records alone, and so is what takes one beside a tally.
    let of_records = [
        "Detail",
        "ForecastTally",
        "LossTally",
        "QuietTally",
        "SpreadTally",
        "CreatedTally",
        "MilestoneTally",
        "ResponseTally",
        "CommitmentTally",
        "CohortTally",
    ];
    let is_of_totals = |takes: &str| {
        takes.contains("Tally") && !of_records.iter().any(|tally| takes.contains(tally))
    };
    let of_totals = functions.filter(|(_, takes)| is_of_totals(takes));
    let of_totals: BTreeSet<&str> = of_totals.map(|(name, _)| name).collect();
    assert_eq!(here, of_totals);
}

fn nothing() -> Records {
    Records {
        deals: vec![],
        leads: vec![],
        activities: vec![],
        work: vec![],
        contracts: vec![],
        purchases: vec![],
        spends: vec![],
    }
}

/// What was not counted is said before what there is none of.
#[test]
fn where_nothing_is_given_every_kpi_lacks_something() {
    let whole = All::of(&nothing(), scope("2024-Q1"));
    let (partial, _) = whole.partial(u64::MAX);
    let of_heads = [
        "annualized_turnover_rate",
        "quota_capacity",
        "quota_coverage",
        "turnover_rate",
    ];
    for (name, found) in partial.figures() {
        let expected = !of_heads.contains(&name);
        assert_eq!(lacks(&found).is_some(), expected, "{name}: {found:?}");
    }
}

/// Tallies whose totals are merged: `$view` is what they look at.
macro_rules! merged {
    ($name:ident: $tally:ident of $totals:ident, $records:expr, $view:expr) => {
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(config(128))]

                #[test]
                fn partial_totals_merge_to_a_part_of_the_whole(
                    records in $records, scope in scopes(), bits in some_bits(), other_bits in some_bits(), cut in any::<prop::sample::Index>(),
                ) {
                    let view = $view;
                    let of = |records: &[_]| $tally::of(records, view(scope)).unwrap();
                    let part = |tally: &$tally, bits: u64| {
                        let (totals, absent) = part_of(tally.totals(), bits);
                        ($tally::from_totals(view(scope), totals).unwrap(), absent)
                    };
                    // Reps who have won nothing are not in the totals of a team, so that both halves lack the same.
                    let other_bits = if stringify!($name) == "team" { bits } else { other_bits };
                    let (left, right) = records.split_at(cut.index(records.len() + 1));
                    let (mut sum, absent) = part(&of(left), bits);
                    let (other, more) = part(&of(right), other_bits);
                    sum.merge(&other).unwrap();
                    let absent: BTreeSet<String> = absent.union(&more).cloned().collect();
                    let whole = of(&records);
                    let all = serde_json::to_value(whole.totals()).unwrap();
                    let expected: $totals = serde_json::from_value(thinned(&all, &absent)).unwrap();
                    prop_assert_eq!(&sum, &$tally::from_totals(view(scope), expected).unwrap());

                    let (mut streamed, absent) = part(&of(left), bits);
                    for record in right {
                        streamed.record(record).unwrap();
                    }
                    // A rep who has won nothing yet lacks nothing.
                    let reps = serde_json::to_value(of(left).totals()).unwrap();
                    let expected: $totals = serde_json::from_value(thinned_for(&all, &absent, &reps)).unwrap();
                    prop_assert_eq!(&streamed, &$tally::from_totals(view(scope), expected).unwrap());

                    let text = serde_json::to_string(&sum).unwrap();
                    let read: $tally = serde_json::from_str(&text).unwrap();
                    prop_assert_eq!(&read, &sum);
                    prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);

                    // Nothing is added: the identity knows all.
                    let mut same = $tally::new(view(scope));
                    same.merge(&sum).unwrap();
                    prop_assert_eq!(&same, &sum);
                }
            }
        }
    };
}

merged!(deals: DealTally of DealTotals, many_deals(), std::convert::identity::<Scope>);
merged!(leads: LeadTally of LeadTotals, many_leads(), std::convert::identity::<Scope>);
merged!(activities: ActivityTally of ActivityTotals, many_activities(), std::convert::identity::<Scope>);
merged!(work: WorkTally of WorkTotals, many_work_times(), std::convert::identity::<Scope>);
merged!(spend: SpendTally of SpendTotals, built_spends(), std::convert::identity::<Scope>);
merged!(team: TeamTally of TeamTotals, many_deals(), with_team);

/// Tallies that know their accounts or contracts unless they are made of totals.
macro_rules! ready_made {
    ($name:ident: $tally:ident of $totals:ident, $records:expr) => {
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(config(128))]

                #[test]
                fn what_is_made_of_totals_takes_in_nothing(
                    records in $records, scope in scopes(), bits in some_bits(),
                ) {
                    let whole = $tally::of(&records, scope).unwrap();
                    // All of them are sound.
                    let made = $tally::from_totals(scope, *whole.totals()).unwrap();
                    prop_assert_eq!(made.totals(), whole.totals());
                    let (totals, _) = part_of(whole.totals(), bits);
                    let made = $tally::from_totals(scope, totals).unwrap();
                    let text = serde_json::to_string(&made).unwrap();
                    prop_assert_eq!(&serde_json::from_str::<$tally>(&text).unwrap(), &made);

                    let mut tally = made.clone();
                    if let Some(record) = records.first() {
                        prop_assert_eq!(kind_of(&tally.record(record)), Some(ErrorKind::ReadyMade));
                        prop_assert_eq!(kind_of(&tally.merge(&whole)), Some(ErrorKind::ReadyMade));
                        prop_assert_eq!(kind_of(&whole.clone().merge(&made)), Some(ErrorKind::ReadyMade));
                    }
                    prop_assert_eq!(kind_of(&tally.merge(&made)), Some(ErrorKind::ReadyMade));
                    prop_assert_eq!(&tally, &made);
                    // But what is of no records at all.
                    tally.merge(&$tally::new(scope)).unwrap();
                    prop_assert_eq!(&tally, &made);
                    let mut nothing = $tally::new(scope);
                    nothing.merge(&made).unwrap();
                    prop_assert_eq!(&nothing, &made);
                    prop_assert!($totals::default() == *$tally::new(scope).totals());
                }
            }
        }
    };
}

ready_made!(customers: CustomerTally of CustomerTotals, built_contracts());
ready_made!(renewals: RenewalTally of RenewalTotals, built_contracts());
ready_made!(purchases: PurchaseTally of PurchaseTotals, built_purchases());

proptest! {
    #![proptest_config(config(96))]

    /// Those that a tally has counted, given to one of its totals.
    #[test]
    fn channels_that_are_given_are_those_that_were_counted(
        purchases in built_purchases(), spends in built_spends(), scope in scopes(),
    ) {
        let whole = PurchaseTally::of(&purchases, scope).unwrap();
        let channels = whole.new_customers_by_channel().unwrap();
        let named = channels.iter().filter_map(|(channel, count)| Some(((*channel)?.clone(), *count)));
        let made = PurchaseTally::from_totals(scope, *whole.totals()).unwrap();
        prop_assert_eq!(made.new_customers_by_channel(), Err(Undefined::NotCounted("channels")));
        let made = made.with_channels(named).unwrap();
        prop_assert_eq!(made.new_customers_by_channel(), whole.new_customers_by_channel());
        let text = serde_json::to_string(&made).unwrap();
        prop_assert_eq!(&serde_json::from_str::<PurchaseTally>(&text).unwrap(), &made);

        let whole = SpendTally::of(&spends, scope).unwrap();
        let channels = whole.channels().unwrap();
        let named = channels.into_iter().map(|(channel, totals)| (channel.clone(), *totals));
        let made = SpendTally::from_totals(scope, *whole.totals()).unwrap();
        prop_assert_eq!(made.channels(), Err(Undefined::NotCounted("channels")));
        prop_assert_eq!(made.with_channels(named).unwrap(), whole);
    }
}

/// A rule is checked where its counters are given, and a counter by itself always.
#[test]
fn what_is_given_is_held_against_what_is_given() {
    let (q1, sum) = (scope("2024-Q1"), |text: &str| dec(text).try_into().unwrap());
    let deals = |totals: sales_metrics::tally::Given<DealTotals>| {
        DealTally::from_totals(q1, totals).is_ok()
    };
    assert!(deals(DealTotals::given().cohort_won(7)));
    assert!(!deals(
        DealTotals::given().cohort_won(7).created(Priced::none(6))
    ));
    assert!(!deals(DealTotals::given().cohort_won(10_000_000_001)));
    assert!(!deals(DealTotals::given().won(Priced::some(
        1,
        2,
        sum("1")
    ))));
    assert!(!deals(
        DealTotals::given()
            .records(3)
            .won(Priced::none(2))
            .lost(Priced::none(2))
    ));
    assert!(!deals(
        DealTotals::given().open_days(5).open(Priced::none(0))
    ));
    assert!(deals(DealTotals::given().expected(Priced::none(2))));
    assert!(!deals(
        DealTotals::given()
            .expected(Priced::none(2))
            .open(Priced::none(1))
    ));

    let customers = |totals: sales_metrics::tally::Given<CustomerTotals>| {
        CustomerTally::from_totals(q1, totals).is_ok()
    };
    assert!(customers(CustomerTotals::given().at_start(5).lost(5)));
    assert!(!customers(CustomerTotals::given().at_start(5).lost(6)));
    assert!(!customers(
        CustomerTotals::given().at_start(5).lost(2).retained(2)
    ));
    assert!(!customers(
        CustomerTotals::given()
            .at_end(5)
            .retained(2)
            .new(2)
            .reactivated(0)
    ));
    assert!(customers(
        CustomerTotals::given().at_end(5).retained(2).new(2)
    ));
    assert!(!customers(
        CustomerTotals::given().at_start(5).priced_at_start(6)
    ));
    assert!(!customers(
        CustomerTotals::given().new(2).first_contracts(1)
    ));
    assert!(!customers(
        CustomerTotals::given()
            .priced_at_end(0)
            .paid_at_end(sum("1"))
    ));

    let renewals = |totals: sales_metrics::tally::Given<RenewalTotals>| {
        RenewalTally::from_totals(q1, totals).is_ok()
    };
    assert!(renewals(RenewalTotals::given().renewed(3)));
    assert!(!renewals(
        RenewalTotals::given().renewed(3).due(Priced::none(2))
    ));
    assert!(!renewals(
        RenewalTotals::given().renewed(0).renewed_amount(sum("1"))
    ));
    assert!(!renewals(
        RenewalTotals::given().renewed(0).renewed_before(sum("1"))
    ));
    let due = RenewalTotals::given().due(Priced::all(2, sum("7")));
    assert!(renewals(due.renewed_before(sum("7"))) && !renewals(due.renewed_before(sum("8"))));
    assert!(renewals(RenewalTotals::given().on_time(3)));
    assert!(!renewals(RenewalTotals::given().on_time(3).renewed(2)));
    assert!(!renewals(
        RenewalTotals::given()
            .due(Priced::none(2))
            .due_on_time(Priced::none(3))
    ));
    assert!(!renewals(
        RenewalTotals::given()
            .contracts_at_start(2)
            .terminated_early(3)
    ));

    let purchases = |totals: sales_metrics::tally::Given<PurchaseTotals>| {
        PurchaseTally::from_totals(q1, totals)
    };
    assert!(purchases(PurchaseTotals::given().new_customers(3)).is_ok());
    assert!(purchases(PurchaseTotals::given().new_customers(3).customers(2)).is_err());
    assert!(
        purchases(
            PurchaseTotals::given()
                .customers(3)
                .won(3)
                .without_account(1)
        )
        .is_err()
    );
    let channel = |count| [(Label::new("webinar").unwrap(), count)];
    let made = purchases(PurchaseTotals::given().new_customers(3)).unwrap();
    assert!(made.clone().with_channels(channel(4)).is_err());
    assert_eq!(
        made.with_channels(channel(3))
            .unwrap()
            .new_customers_of(&Label::new("fair").unwrap()),
        Ok(0)
    );
    let counted = PurchaseTally::new(Scope::new(q1.period(), Currency::EUR));
    assert_eq!(
        kind_of(&counted.with_channels(channel(0))),
        Some(ErrorKind::ReadyMade)
    );
}

/// Nothing bounds a channel where the totals of all lack its counter: it is bounded by itself.
#[test]
fn channels_stay_within_bounds() {
    let q1 = scope("2024-Q1");
    let most = sales_metrics::tally::Spent::of(
        10_000_000_000,
        dec("1000000000000000000000000").try_into().unwrap(),
    );
    let channel = (
        Label::new("webinar").unwrap(),
        SpendTotals::given().marketing(most).into(),
    );
    let spend = SpendTally::from_totals(q1, SpendTotals::given().records(7))
        .and_then(|spend| spend.with_channels([channel.clone()]))
        .unwrap();
    let mut sum = spend.clone();
    assert_eq!(kind_of(&sum.merge(&spend)), Some(ErrorKind::TotalTooLarge));
    assert_eq!(sum, spend);
    let twice = SpendTally::from_totals(q1, SpendTotals::given().records(7))
        .and_then(|spend| spend.with_channels([channel.clone(), channel]));
    assert_eq!(kind_of(&twice), Some(ErrorKind::InconsistentTotals));
}

/// A rep who comes twice has won both.
#[test]
fn the_wins_of_a_rep_add_up_however_they_come() {
    let [ada, ben] = ["ada", "ben"].map(|id| RepId::new(id).unwrap());
    let reps = [&ada, &ben].map(|id| Rep::new(id.clone()).unwrap());
    let view = scope("2024-Q1").with_roster(&Roster::new(reps, []).unwrap());
    let view = view.unwrap();
    let wins = |rep: &RepId, count| (rep.clone(), RepWins::without_quota(Priced::none(count)));
    let team = |wins: Vec<(RepId, RepWins)>| {
        TeamTally::from_totals(view.clone(), TeamTotals::given().won(wins))
    };
    let won = |team: TeamTally| {
        let won = team.reps().map(|rep| rep.won().unwrap().count);
        won.collect::<Vec<_>>()
    };
    let twice = vec![wins(&ada, 1), wins(&ben, 4), wins(&ada, 2), wins(&ada, 3)];
    assert_eq!(won(team(twice).unwrap()), [6, 4]);
    // Beyond all bounds in one of them, and together.
    for counts in [[1, u64::MAX], [u64::MAX, 1], [6_000_000_000; 2]] {
        let refused = team(counts.map(|count| wins(&ada, count)).to_vec());
        assert_eq!(kind_of(&refused), Some(ErrorKind::InconsistentTotals));
    }
    let refused = team(vec![wins(&ada, 9_000_000_000); 4]);
    assert_eq!(kind_of(&refused), Some(ErrorKind::InconsistentTotals));
    // What one of them lacks, the sum does.
    let some = RepWins::given().toward_deal_quota(0).into();
    let lacking = team(vec![wins(&ada, 1), (ada.clone(), some)]).unwrap();
    let all = lacking.reps().next().unwrap().won();
    assert_eq!(all, Err(Undefined::NotCounted("won.all")));
}

/// A part of a team is of the deals that its reps won: nobody's are not among them, whether they were given or not.
#[test]
fn a_part_of_a_team_knows_what_its_reps_won() {
    let [ada, ben] = ["ada", "ben"].map(|id| RepId::new(id).unwrap());
    let reps = [&ada, &ben].map(|id| Rep::new(id.clone()).unwrap());
    let view = scope("2024-Q1").with_roster(&Roster::new(reps, []).unwrap());
    let view = view.unwrap();
    let wins = |count| RepWins::without_quota(Priced::none(count));
    let of = |team: &TeamTally, id: &RepId| team.filter(|rep| rep.id() == id);
    let told = |team: &TeamTally| {
        let totals = team.totals();
        (totals.records(), totals.unassigned().map(|all| all.count))
    };

    let won = TeamTotals::given().won([(ada.clone(), wins(3)), (ben.clone(), wins(4))]);
    let team = TeamTally::from_totals(view.clone(), won).unwrap();
    let (mut first, second) = (of(&team, &ada), of(&team, &ben));
    assert_eq!(told(&first), (Ok(3), Ok(0)));
    first.merge(&second).unwrap();
    assert_eq!(told(&first), (Ok(7), Ok(0)));
    let lacking = RepWins::given().toward_deal_quota(0).into();
    let won = TeamTotals::given().won([(ada.clone(), lacking), (ben.clone(), wins(4))]);
    let team = TeamTally::from_totals(view.clone(), won).unwrap();
    let records = Err(Undefined::NotCounted("records"));
    assert_eq!(told(&of(&team, &ada)), (records, Ok(0)));
    assert_eq!(told(&of(&team, &ben)), (Ok(4), Ok(0)));

    let nothing = TeamTotals::given().records(9).unassigned(Priced::none(2));
    let part = of(&TeamTally::from_totals(view, nothing).unwrap(), &ada);
    assert_eq!(told(&part), (records, Ok(0)));
    let won = part.reps().next().unwrap().won();
    assert_eq!(won, Err(Undefined::NotCounted("won")));
}

/// What the channels of a tally are held against, where one of them lacks something: all that the others tell.
#[test]
fn a_channel_that_lacks_something_hides_no_other() {
    let q1 = scope("2024-Q1");
    let spent = |count, amount| Spent::of(count, dec(amount).try_into().unwrap());
    let label = |name| Label::new(name).unwrap();
    let all = SpendTotals::given()
        .records(9)
        .sales(spent(2, "10"))
        .marketing(spent(2, "10"));
    let channels = |sales| {
        let one = SpendTotals::given()
            .records(1)
            .sales(spent(1, sales))
            .into();
        let other = SpendTotals::given()
            .records(1)
            .marketing(spent(1, "5"))
            .into();
        let made = SpendTally::from_totals(q1, all).unwrap();
        made.with_channels([(label("fair"), one), (label("webinar"), other)])
    };
    assert!(channels("10").is_ok());
    assert_eq!(
        kind_of(&channels("11")),
        Some(ErrorKind::InconsistentTotals)
    );

    // Those that it has counted are not forgotten.
    let refused = SpendTally::new(q1).with_channels([]);
    assert_eq!(kind_of(&refused), Some(ErrorKind::ReadyMade));
    let refused = channels("10").unwrap().with_channels([]);
    assert_eq!(kind_of(&refused), Some(ErrorKind::ReadyMade));
    let purchases = PurchaseTally::from_totals(q1, PurchaseTotals::given().new_customers(3));
    let once = purchases
        .unwrap()
        .with_channels([(label("fair"), 1)])
        .unwrap();
    assert_eq!(kind_of(&once.with_channels([])), Some(ErrorKind::ReadyMade));
}

/// Each rule of the movements is checked where its own parts are given.
#[test]
fn movements_that_lack_something_are_held_against_the_rest() {
    let sum = |units: i64| Decimal::from(units).try_into().unwrap();
    let of = |parts: [Option<i64>; 7]| {
        let mut given = Movements::given()
            .became_known(sum(0))
            .became_unknown(sum(0));
        let [
            opening,
            new,
            reactivation,
            expansion,
            contraction,
            churn,
            closing,
        ] = parts;
        given = opening.map_or(given, |units| given.opening(sum(units)));
        given = new.map_or(given, |units| given.new(sum(units)));
        given = reactivation.map_or(given, |units| given.reactivation(sum(units)));
        given = expansion.map_or(given, |units| given.expansion(sum(units)));
        given = contraction.map_or(given, |units| given.contraction(sum(units)));
        given = churn.map_or(given, |units| given.churn(sum(units)));
        given = closing.map_or(given, |units| given.closing(sum(units)));
        let totals = CustomerTotals::given().recurring(given);
        CustomerTally::from_totals(scope("2024-Q1"), totals).is_ok()
    };
    let whole = [100, 20, 5, 10, 5, 30, 100].map(Some);
    assert!(of(whole));
    let but = |at: usize, units: Option<i64>, more: usize| {
        let mut parts = whole;
        (parts[at], parts[more]) = (units, if at == more { units } else { None });
        of(parts)
    };
    for at in 0..7 {
        assert!(but(at, None, at) && !but(at, Some(1_000), at), "{at}");
    }
    // One side is known as a whole, of the other one a part.
    assert!(!but(1, Some(1_000), 4) && !but(1, Some(1_000), 0) && but(1, Some(1_000), 6));
    assert!(!but(5, Some(101), 1) && !but(5, Some(101), 6) && but(5, Some(101), 0));
    assert!(!but(6, Some(1_000), 5) && but(6, Some(1_000), 2));
    assert!(but(0, Some(1_000), 5) && !but(0, Some(1_000), 2));
}

/// A whole that was not given is bounded by what was.
#[test]
fn what_is_missing_is_as_large_as_the_rest_lets_it_be() {
    let q1 = scope("2024-Q1");
    let purchases = |totals: sales_metrics::tally::Given<PurchaseTotals>| {
        PurchaseTally::from_totals(q1, totals)
    };
    let named = PurchaseTotals::given().won(5).without_account(3);
    assert!(purchases(named.new_customers(2)).is_ok());
    assert!(purchases(named.new_customers(3)).is_err());
    let through = |count| {
        purchases(named).and_then(|made| made.with_channels([(Label::new("fair")?, count)]))
    };
    assert!(through(2).is_ok() && through(3).is_err());

    let activities = |totals: sales_metrics::tally::Given<ActivityTotals>| {
        ActivityTally::from_totals(q1, totals).is_ok()
    };
    let calls = |outcomes: sales_metrics::tally::Given<CallOutcomes>| {
        activities(
            ActivityTotals::given()
                .calls(Logged::none(5))
                .call_outcomes(outcomes),
        )
    };
    let outcomes = CallOutcomes::given().positive(3);
    assert!(calls(outcomes.missed(2)) && !calls(outcomes.missed(3)));
    let some = ActivityTotals::given().records(10).emails(Logged::none(6));
    let connected = |count| CallOutcomes::given().connected(count);
    assert!(activities(some.call_outcomes(connected(4))));
    assert!(!activities(some.call_outcomes(connected(5))));
    let both = some.call_outcomes(connected(2));
    assert!(activities(
        both.meeting_outcomes(MeetingOutcomes::given().held(2))
    ));
    assert!(!activities(
        both.meeting_outcomes(MeetingOutcomes::given().held(3))
    ));

    let customers = |totals: sales_metrics::tally::Given<CustomerTotals>| {
        CustomerTally::from_totals(q1, totals).is_ok()
    };
    let contracts = Priced::some(4, 2, dec("1").try_into().unwrap());
    let held = CustomerTotals::given().contracts_at_start(contracts);
    assert!(customers(held.lost(2).retained(2)) && !customers(held.lost(2).retained(3)));
    assert!(customers(held.priced_at_start(2)) && !customers(held.priced_at_start(3)));
    // One unknown fee of several is enough, and two are of somebody.
    assert!(customers(held.priced_at_start(0)));
    assert!(!customers(held.at_start(1).priced_at_start(1)));
    let first = CustomerTotals::given().first_contracts(2);
    assert!(customers(first.new(2)) && !customers(first.new(3)));
    let gone = Movements::given().churn(dec("1").try_into().unwrap());
    let moved = CustomerTotals::given().recurring(gone);
    assert!(customers(moved.at_start(1)) && !customers(moved.at_start(0)));

    let renewals = |scope: Scope, totals: sales_metrics::tally::Given<RenewalTotals>| {
        RenewalTally::from_totals(scope, totals).is_ok()
    };
    let renewed = RenewalTotals::given().renewed_amount(dec("1").try_into().unwrap());
    let due = |priced| Priced::some(2, priced, dec("0").try_into().unwrap());
    assert!(renewals(q1, renewed.due(due(1))) && !renewals(q1, renewed.due(due(0))));
    let before = q1.as_of(day("2023-12-31")).unwrap();
    assert!(renewals(before, RenewalTotals::given().renewed(0)));
    assert!(!renewals(before, RenewalTotals::given().renewed(1)));
    assert!(!renewals(before, renewed));
}
