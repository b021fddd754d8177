//! The gross margin of whoever keeps no costs on deals: given, it stands in place of what the deals' costs say.

use proptest::prelude::*;
use sales_metrics::report::{
    self, Inputs, Kpi, Line, Needs, Parameter, Parameters, Records, Report, ReportPlan,
};
use sales_metrics::{
    Book, BookTally, Contract, Currency, Deal, Decimal, Dimension, Label, Outcome, Per, Percent,
    Spend, SpendCategory, Undefined, kpi,
};

use crate::business::businesses;
use crate::support::{config, day, scope};

/// All KPIs that take a gross margin.
const TAKE_IT: [&str; 4] = [
    "cac_payback",
    "channel_cac_payback",
    "ltv_to_cac",
    "margin_lifetime_value",
];

fn percent(percent: i64) -> Percent {
    Percent::from_percent(percent).unwrap()
}

fn given(margin: i64) -> Parameters {
    Parameters::new()
        .with_gross_margin(percent(margin))
        .with_channel(Label::new("ads").unwrap())
}

/// Acme pays 100 a month from February on and was won through ads, which cost 1,200; Initech left.
fn contracts_and_spend() -> Book {
    let contract = |id: &str, account: &str, start: &str| {
        let contract = Contract::new(id, account, day(start), Currency::USD);
        contract.and_then(|contract| contract.with_recurring(100, Per::Month))
    };
    let ended = contract("C-1", "Initech", "2025-02-01");
    let ended = ended.and_then(|ended| ended.with_last_day(day("2026-02-28")));
    let kept = contract("C-0", "Hooli", "2025-02-01");
    let fresh = contract("C-2", "Acme", "2026-02-01");
    let marketing = SpendCategory::Marketing;
    let spend = Spend::new("S-1", day("2026-02-02"), 1_200, Currency::USD, marketing);
    Book::new(Currency::USD)
        .with_contracts([ended.unwrap(), kept.unwrap(), fresh.unwrap()])
        .and_then(|book| book.with_spend([spend?.with_source("ads")?]))
        .unwrap()
}

/// The same, and the deal that won Acme, with or without a cost.
fn with_deal(cost: Option<u32>) -> Book {
    let won = Outcome::Won {
        on: day("2026-01-31"),
    };
    let deal = Deal::new("D-1", day("2026-01-07"), won, Currency::USD)
        .and_then(|deal| deal.with_account("Acme")?.with_source("ads"))
        .and_then(|deal| deal.with_amount(1_000))
        .unwrap();
    let deal = match cost {
        Some(cost) => deal.with_cost(cost).unwrap(),
        None => deal,
    };
    contracts_and_spend().with_deals([deal]).unwrap()
}

fn report(book: &Book, parameters: Parameters) -> Report {
    let plan = ReportPlan::new(scope("2026-Q1")).with_parameters(parameters);
    Report::of(book, &plan).unwrap()
}

fn said(line: &Line) -> String {
    match &line.now().value {
        Ok(value) => format!("{}: {value}", line.title()),
        Err(reason) => format!("{}: {reason}", line.title()),
    }
}

fn line(report: &Report, name: &str) -> Option<String> {
    report.sections()[0].line(name).map(said)
}

#[test]
fn a_given_margin_stands_in_place_of_costs_that_nobody_keeps() {
    let book = with_deal(None);
    let without = report(
        &book,
        Parameters::new().with_channel(Label::new("ads").unwrap()),
    );
    for name in TAKE_IT {
        let reason = without.sections()[0]
            .line(name)
            .unwrap()
            .now()
            .value
            .clone();
        assert_eq!(reason, Err(Undefined::NothingCosted.into()), "{name}");
    }
    let with = report(&book, given(80));
    // 1,200 / (100 × 80 %); 100 × 80 % × 3 months / a half, of 1,200.
    for (name, expected) in [
        ("cac_payback", "CAC payback (gross margin 80%): 15 months"),
        (
            "channel_cac_payback",
            "channel CAC payback (ads, gross margin 80%): 15 months",
        ),
        (
            "margin_lifetime_value",
            "margin lifetime value (gross margin 80%): 480 USD",
        ),
        ("ltv_to_cac", "LTV to CAC (gross margin 80%): 0.4×"),
    ] {
        assert_eq!(line(&with, name).as_deref(), Some(expected));
    }
}

/// What is said outweighs what is worked out; where nothing is said all is as the deals have it, and so are the titles.
#[test]
fn it_outweighs_the_costs_of_deals_that_have_some() {
    let book = with_deal(Some(500));
    let payback = |parameters: Parameters| line(&report(&book, parameters), "cac_payback").unwrap();
    assert_eq!(payback(Parameters::new()), "CAC payback: 24 months");
    assert_eq!(
        payback(given(50)),
        "CAC payback (gross margin 50%): 24 months"
    );
    assert_eq!(
        payback(given(100)),
        "CAC payback (gross margin 100%): 12 months"
    );
    let never = payback(given(0));
    assert!(
        never.ends_with(&Undefined::GrossProfitNotPositive.to_string()),
        "{never}"
    );
}

/// Nor are deals needed then, unless for who was won.
#[test]
fn whoever_keeps_no_deals_has_it_in_a_report_where_it_is_given() {
    let book = contracts_and_spend();
    let (without, with) = (report(&book, Parameters::new()), report(&book, given(80)));
    for name in TAKE_IT {
        assert_eq!(line(&without, name), None, "{name}");
        let by_contracts = ["cac_payback", "margin_lifetime_value"].contains(&name);
        assert_eq!(line(&with, name).is_some(), by_contracts, "{name}");
    }
    assert_eq!(
        line(&with, "cac_payback").unwrap(),
        "CAC payback (gross margin 80%): 15 months"
    );
}

/// Unlike a target it is no figure of one period: it holds in the earlier columns and in the groups.
#[test]
fn it_holds_in_every_period_and_in_groups() {
    let contract = |id: &str, region: &str, start: &str, fee: u32| {
        let contract = Contract::new(id, id, day(start), Currency::USD);
        let contract = contract.and_then(|one| one.with_recurring(fee, Per::Month));
        contract
            .and_then(|one| one.with_dimension("region", region))
            .unwrap()
    };
    let spend = |id: &str, region: &str, on: &str| {
        let spend = Spend::new(id, day(on), 1_200, Currency::USD, SpendCategory::Sales);
        spend
            .and_then(|spend| spend.with_dimension("region", region))
            .unwrap()
    };
    let book = Book::new(Currency::USD)
        .with_contracts([
            contract("C-1", "north", "2025-11-01", 100),
            contract("C-2", "north", "2026-02-01", 200),
        ])
        .and_then(|book| {
            book.with_spend([
                spend("S-1", "north", "2025-11-05"),
                spend("S-2", "north", "2026-02-05"),
            ])
        })
        .unwrap();
    let plan = ReportPlan::new(scope("2026-Q1")).with_parameters(given(50));
    for plan in [
        plan.clone(),
        plan.with_dimension(Dimension::named("region").unwrap()),
    ] {
        let report = Report::of(&book, &plan).unwrap();
        let line = report.sections()[0].line("cac_payback").unwrap();
        let value = |reading: &report::Reading| reading.value.as_ref().unwrap().to_string();
        assert_eq!(value(line.now()), "12 months");
        assert_eq!(value(line.previous().unwrap()), "24 months");
    }
}

#[test]
fn these_need_it_and_no_other_does() {
    let needs = |kpi: &&Kpi| {
        kpi.needs()
            .contains(&Needs::Parameter(Parameter::GrossMargin))
    };
    let mut found: Vec<&str> = report::catalog()
        .iter()
        .filter(needs)
        .map(Kpi::name)
        .collect();
    found.sort_unstable();
    assert_eq!(found, TAKE_IT);
    // What the deals' costs say is no record that must be there.
    for name in TAKE_IT {
        let needs = report::find(name).unwrap().needs();
        assert!(!needs.contains(&Needs::Records(Records::Deals)), "{name}");
    }
}

proptest! {
    #![proptest_config(config(64))]

    /// The margin that the deals' costs say, said by hand, gives every figure that they give, in every business.
    #[test]
    fn the_margin_of_the_deals_said_by_hand_changes_nothing(business in businesses()) {
        let tally = BookTally::of(&business.book(), business.scope()).unwrap();
        let silent = Parameters::new().with_channel(Label::new("ads").unwrap());
        let by_costs = Inputs::new(&tally).with_parameters(&silent);
        let Ok(margin) = by_costs.deals().and_then(kpi::profit_margin) else { return Ok(()) };
        prop_assert_eq!(by_costs.gross_margin(), Ok(margin));
        let other = Percent::from_fraction(margin.fraction() + Decimal::ONE).unwrap();
        let [same, other] = [margin, other].map(|margin| silent.clone().with_gross_margin(margin));
        let (same, other) = (by_costs.with_parameters(&same), by_costs.with_parameters(&other));
        for kpi in report::catalog() {
            let found = kpi.evaluate(&by_costs);
            prop_assert_eq!(&kpi.evaluate(&same), &found, "{}", kpi.name());
            if !TAKE_IT.contains(&kpi.name()) {
                prop_assert_eq!(&kpi.evaluate(&other), &found, "{}", kpi.name());
            } else if found.as_ref().is_ok_and(|found| !found.magnitude().is_zero()) {
                // No margin makes another figure of a cost or a revenue of 0.
                prop_assert_ne!(&kpi.evaluate(&other), &found, "{}", kpi.name());
            }
        }
    }
}
