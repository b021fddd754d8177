//! The queries of the documentation count what a tally counts.
#![allow(
    clippy::disallowed_methods,
    reason = "a test that panics has done its work"
)]

use proptest::collection::vec;
use proptest::prelude::*;
use rusqlite::{Connection, params};
use sales_metrics::tally::{AmountSum, Cycle, DealTotals, Given, Paired, Priced, Weighed};
use sales_metrics::{Currency, Deal, DealTally, Decimal, Outcome, Scope, kpi};
use serde_json::Value;

use support::{Raw, build, config, odd_deals_up_to, scopes};

#[allow(dead_code, reason = "the other tests need the rest")]
#[path = "../it/support.rs"]
mod support;

const PAGE: &str = include_str!("../../src/tally/sql.md");

/// The first query under a heading, or the first of the page.
fn query(heading: &str) -> &'static str {
    let (_, section) = PAGE.split_once(heading).unwrap();
    let (_, block) = section.split_once("```sql\n").unwrap();
    block.split_once("```").unwrap().0
}

fn status(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "open",
        Outcome::Won { .. } => "won",
        Outcome::Lost { .. } => "lost",
        Outcome::Disqualified { .. } => "disqualified",
    }
}

/// In whole cents, and whole percent.
fn rounded(mut raw: Raw) -> Raw {
    for amount in [&mut raw.amount, &mut raw.cost, &mut raw.list_price] {
        *amount = amount.map(|units| units / 100 * 100);
    }
    raw.probability = raw
        .probability
        .map(|millionths| millionths / 10_000 * 10_000);
    raw
}

/// The columns of the one row, by their names, of the table of these deals.
fn counted(deals: &[Raw], scope: Scope) -> impl Fn(&str) -> u64 {
    let database = Connection::open_in_memory().unwrap();
    database.execute(query("The table here is"), []).unwrap();
    let insert = "INSERT INTO deals VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let date = |day: Option<sales_metrics::NaiveDate>| day.map(|day| day.to_string());
    for (raw, currency) in deals
        .iter()
        .map(|raw| (raw, "USD"))
        .chain(deals.first().map(|raw| (raw, "EUR")))
    {
        let cents = |units: Option<u64>| units.map(|units| units as i64 / 100);
        let row = params![
            date((!raw.is_undated).then_some(raw.created)),
            status(raw.outcome),
            date(raw.closed()),
            date(raw.first_contact),
            date(raw.expected_close),
            currency,
            cents(raw.amount).map(|cents| if raw.is_negative { -cents } else { cents }),
            cents(raw.cost),
            cents(raw.list_price),
            raw.probability.map(|millionths| millionths / 10_000),
        ];
        database.execute(insert, row).unwrap();
    }
    let text = [query("# SQLite"), query("# Counting")].concat();
    let mut statement = database.prepare(&text).unwrap();
    let names: Vec<String> = statement.column_names().map(ToString::to_string).collect();
    let window = params![
        scope.period().start().to_string(),
        scope.period().end().to_string(),
        scope.as_of_day().to_string(),
        scope.currency().to_string(),
    ];
    let row: Vec<u64> = statement
        .query_row(window, |row| {
            (0..names.len())
                .map(|n| Ok(row.get::<_, i64>(n)? as u64))
                .collect()
        })
        .unwrap();
    move |name: &str| row[names.iter().position(|found| found == name).unwrap()]
}

/// As the page has it.
fn totals(row: impl Fn(&str) -> u64) -> Given<DealTotals> {
    let count = |name: &str, part: &str| row(&format!("{name}_{part}"));
    let sum = |name: &str, part: &str| -> AmountSum {
        (Decimal::from(count(name, part)) / Decimal::ONE_HUNDRED)
            .try_into()
            .unwrap()
    };
    let priced = |name: &str| {
        Priced::some(
            count(name, "count"),
            count(name, "priced"),
            sum(name, "amount"),
        )
    };
    let paired = |name: &str| {
        Paired::of(
            count(name, "count"),
            sum(name, "amount"),
            sum(name, "other"),
        )
    };
    let cycle = |name: &str| {
        Cycle::of(count(name, "count"), count(name, "days")).with_unsound(count(name, "unsound"))
    };
    let weighed = |name: &str| {
        let amount = Decimal::from(count(name, "amount")) / Decimal::from(10_000);
        Weighed::of(count(name, "count"), amount.try_into().unwrap())
    };
    DealTotals::given()
        .records(row("records"))
        .created(priced("created"))
        .without_creation(row("without_creation"))
        .cohort_won(row("cohort_won"))
        .cohort_open(row("cohort_open"))
        .won(priced("won"))
        .credits(Priced::all(row("credits_count"), sum("credits", "amount")))
        .lost(priced("lost"))
        .disqualified(priced("disqualified"))
        .costed(paired("costed"))
        .listed(paired("listed"))
        .won_cycle(cycle("won_cycle"))
        .lost_cycle(cycle("lost_cycle"))
        .contact_cycle(cycle("contact_cycle"))
        .open(priced("open"))
        .open_then(row("open_then"))
        .open_days(row("open_days"))
        .open_without_creation(row("open_without_creation"))
        .expected(priced("expected"))
        .overdue(priced("overdue"))
        .without_expected_close(row("without_expected_close"))
        .weighed(weighed("weighed"))
        .due_weighed(weighed("due_weighed"))
}

proptest! {
    #![proptest_config(config(192))]

    /// Every counter, since equal totals hold the same ones.
    #[test]
    fn sqlite_counts_what_a_tally_counts(
        raw in vec(odd_deals_up_to(10_u64.pow(16)).prop_map(rounded), 0..=16), scope in scopes(),
    ) {
        let given = DealTotals::from(totals(counted(&raw, scope)));
        let counted = DealTally::of(build(&raw), scope).unwrap();
        prop_assert_eq!(&given, counted.totals());
        prop_assert_eq!(DealTally::from_totals(scope, given).unwrap(), counted);
    }
}

/// The three databases differ in how they read the table, and in nothing else.
#[test]
fn the_heads_give_the_same_columns() {
    let columns = |heading: &str| {
        let head = query(heading);
        let names = head
            .lines()
            .filter_map(|line| line.trim_end_matches(',').rsplit_once(" AS "));
        let names: Vec<&str> = names.map(|(_, name)| name).collect();
        names
    };
    assert_eq!(columns("# SQLite"), columns("# PostgreSQL and DuckDB"));
}

/// The counters that the page names do for the KPIs beside them.
#[test]
fn the_counters_named_are_those_that_are_needed() {
    // Coverage is of a period that runs.
    let scope = support::scope("2024-Q1");
    let scope = scope.as_of(support::day("2024-03-30")).unwrap();
    let deal = |id: &str, outcome: Outcome| -> Deal {
        let day = support::day;
        Deal::new(id, day("2024-01-05"), outcome, Currency::USD)
            .and_then(|deal| deal.with_amount(70)?.with_cost(30)?.with_list_price(90))
            .and_then(|deal| deal.with_first_contact(day("2024-01-02")))
            .and_then(|deal| deal.with_expected_close(day("2024-03-20")))
            .and_then(|deal| deal.with_probability(sales_metrics::Rate::HALF))
            .unwrap()
    };
    let on = support::day("2024-02-05");
    let deals = [
        deal("D-1", Outcome::Won { on }),
        deal("D-2", Outcome::Lost { on }),
        deal("D-3", Outcome::Disqualified { on }),
        deal("D-4", Outcome::Open),
    ];
    let whole = serde_json::to_value(DealTally::of(&deals, scope).unwrap().totals()).unwrap();
    let (_, table) = PAGE.split_once("| --- | --- |\n").unwrap();
    let mut rows = 0;
    for line in table.lines().take_while(|line| line.starts_with('|')) {
        let cells: Vec<Vec<&str>> = line
            .split('|')
            .map(|cell| cell.split('`').skip(1).step_by(2).collect())
            .collect();
        for name in &cells[2] {
            let held = cells[1]
                .iter()
                .map(|counter| ((*counter).to_owned(), whole[counter].clone()));
            let totals: DealTotals = serde_json::from_value(Value::Object(held.collect())).unwrap();
            let deals = DealTally::from_totals(scope, totals).unwrap();
            assert!(answered(name, &deals), "{name} {:?}", cells[1]);
            rows += 1;
        }
    }
    assert!(rows > 25, "{rows}");
}

/// Whether the KPI has a value.
fn answered(name: &str, deals: &DealTally) -> bool {
    let target = support::usd("1000");
    let before = DealTally::from_totals(
        deals.scope().previous().unwrap(),
        DealTotals::given().won(Priced::all(1, Decimal::ONE.try_into().unwrap())),
    )
    .unwrap();
    match name {
        "total_revenue" => kpi::total_revenue(deals).is_ok(),
        "credits" => kpi::credits(deals).is_ok(),
        "net_revenue" => kpi::net_revenue(deals).is_ok(),
        "run_rate_forecast" => kpi::run_rate_forecast(deals).is_ok(),
        "weighted_forecast" => kpi::weighted_forecast(deals).is_ok(),
        "revenue_per_day" => kpi::revenue_per_day(deals).is_ok(),
        "average_deal_size" => kpi::average_deal_size(deals).is_ok(),
        "revenue_growth" => kpi::revenue_growth(deals, &before).is_ok(),
        "win_rate" => kpi::win_rate(deals).is_ok(),
        "win_rate_by_value" => kpi::win_rate_by_value(deals).is_ok(),
        "win_rate_interval" => {
            kpi::win_rate_interval(deals, sales_metrics::Confidence::Ninety).is_ok()
        }
        "win_loss_ratio" => kpi::win_loss_ratio(deals).is_ok(),
        "broad_win_rate" => kpi::broad_win_rate(deals).is_ok(),
        "pipeline_outflow" => kpi::pipeline_outflow(deals).is_ok(),
        "opportunities_created" => kpi::opportunities_created(deals).is_ok(),
        "pipeline_created" => kpi::pipeline_created(deals).is_ok(),
        "pipeline_inflow" => kpi::pipeline_inflow(deals).is_ok(),
        "cohort_win_rate" => kpi::cohort_win_rate(deals).is_ok(),
        "opportunity_conversion_rate" => kpi::opportunity_conversion_rate(deals).is_ok(),
        "gross_profit" => kpi::gross_profit(deals).is_ok(),
        "average_deal_profit" => kpi::average_deal_profit(deals).is_ok(),
        "profit_margin" => kpi::profit_margin(deals).is_ok(),
        "discount_rate" => kpi::discount_rate(deals).is_ok(),
        "sales_cycle_length" => kpi::sales_cycle_length(deals).is_ok(),
        "first_contact_cycle_length" => kpi::first_contact_cycle_length(deals).is_ok(),
        "closed_cycle_length" => kpi::closed_cycle_length(deals).is_ok(),
        "open_deals" => kpi::open_deals(deals).is_ok(),
        "hindsight_pipeline_value" => kpi::hindsight_pipeline_value(deals).is_ok(),
        "average_deal_age" => kpi::average_deal_age(deals).is_ok(),
        "average_open_deal_size" => kpi::average_open_deal_size(deals).is_ok(),
        "average_lost_deal_size" => kpi::average_lost_deal_size(deals).is_ok(),
        "time_to_loss" => kpi::time_to_loss(deals).is_ok(),
        "pipeline_value" => kpi::pipeline_value(deals).is_ok(),
        "weighted_pipeline" => kpi::weighted_pipeline(deals).is_ok(),
        "pipeline_coverage" => kpi::pipeline_coverage(deals, target).is_ok(),
        "remaining_pipeline_coverage" => kpi::remaining_pipeline_coverage(deals, target).is_ok(),
        "pipeline_velocity" => kpi::pipeline_velocity(deals).is_ok(),
        other => panic!("{other} is not known here"),
    }
}
