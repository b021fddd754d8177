//! The catalog, its tables and its rankings.

use proptest::prelude::*;
use sales_metrics::report::{
    self, Better, Family, Inputs, Needs, Table, Timing, Unit, Value, leaderboard,
};
use sales_metrics::{
    Confidence, Currency, Deal, DealDetail, Error, Money, Outcome, Rate, Scope, Undefined, kpi,
};

use crate::docs;
use crate::support::{config, day, many_deals, scope, scopes, usd};

fn q1() -> Scope {
    scope("2026-Q1")
}

fn won(id: &str, owner: &str, amount: u32) -> Deal {
    let outcome = Outcome::Won {
        on: day("2026-02-20"),
    };
    Deal::new(id, Currency::USD, day("2026-01-07"), outcome)
        .and_then(|deal| deal.with_owner(owner)?.with_amount(amount))
        .unwrap()
}

#[test]
fn it_holds_every_kpi_under_the_name_of_its_function_and_no_other() {
    let mut entries: Vec<String> = report::catalog()
        .iter()
        .map(|kpi| kpi.name().to_owned())
        .collect();
    let mut functions = docs::names_of_kpis();
    entries.sort();
    functions.sort();
    assert_eq!(entries, functions);
}

#[test]
fn an_entry_says_what_its_kpi_is() {
    let cycle = report::kpi("sales_cycle_percentile").unwrap();
    assert_eq!(
        (
            cycle.family(),
            cycle.unit(),
            cycle.better(),
            cycle.timing(),
            cycle.needs()
        ),
        (
            Family::Conversion,
            Unit::Days,
            Better::Down,
            Timing::Lagging,
            Needs::Percentile
        )
    );
    assert!(report::kpi("winrate").is_none());
    assert!(format!("{cycle:?}").contains("sales_cycle_percentile"));
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn every_value_has_the_unit_that_its_entry_names(deals in many_deals(), scope in scopes()) {
        let detail = DealDetail::of(&deals, scope).unwrap();
        let before = DealDetail::of(&deals, scope.previous().unwrap_or(scope)).unwrap();
        let inputs = Inputs::new(&detail).with_previous(&before).unwrap();
        let inputs = inputs.with_target(Money::new(1_000, scope.currency())).unwrap();
        for kpi in report::catalog() {
            if let Ok(value) = kpi.evaluate(&inputs) {
                prop_assert_eq!(value.unit(), kpi.unit(), "{}", kpi.name());
                prop_assert!(!value.rounded().is_empty());
            }
        }
    }
}

#[test]
fn what_is_not_given_is_missed_by_the_kpis_that_need_it_alone() {
    let detail = DealDetail::of([won("D-1", "ada", 100)], q1()).unwrap();
    let inputs = Inputs::new(&detail);
    for kpi in report::catalog() {
        let missing = match kpi.needs() {
            Needs::Previous => Some(Undefined::NoPreviousPeriod),
            Needs::Target => Some(Undefined::NoTarget),
            _ => None,
        };
        let lacks_an_input = |error: Error| {
            [Undefined::NoPreviousPeriod, Undefined::NoTarget]
                .map(Error::from)
                .contains(&error)
        };
        match missing {
            Some(reason) => assert_eq!(kpi.evaluate(&inputs), Err(reason.into()), "{}", kpi.name()),
            None => assert!(
                !kpi.evaluate(&inputs).is_err_and(lacks_an_input),
                "{}",
                kpi.name()
            ),
        }
    }
}

#[test]
fn parameters_reach_the_kpi_and_its_title() {
    let deals = [
        won("D-1", "ada", 100),
        Deal::new("D-2", Currency::USD, day("2026-01-01"), Outcome::Open).unwrap(),
    ];
    let detail = DealDetail::of(&deals, q1()).unwrap();
    let usual = Inputs::new(&detail);
    let other = usual
        .with_age_limit(88)
        .with_confidence(Confidence::NinetyNine)
        .with_percentile(Rate::HALF)
        .with_target(usd("50"))
        .unwrap();
    let both = |name: &str| {
        let kpi = report::kpi(name).unwrap();
        [usual, other].map(|inputs| {
            (
                kpi.title(&inputs),
                kpi.evaluate(&inputs).map(|value| value.to_string()),
            )
        })
    };
    assert_eq!(
        both("deals_older_than"),
        [
            ("deals older than (90 days)".to_owned(), Ok("0".to_owned())),
            ("deals older than (88 days)".to_owned(), Ok("1".to_owned())),
        ]
    );
    let [(usual_title, usual_range), (title, range)] = both("win_rate_interval");
    assert_eq!(
        (usual_title.as_str(), title.as_str()),
        ("win rate interval (95%)", "win rate interval (99%)")
    );
    assert_ne!(usual_range, range);
    assert_eq!(
        both("sales_cycle_percentile")[1].0,
        "sales cycle percentile (50%)"
    );
    assert_eq!(
        both("remaining_pipeline_coverage")[1].1,
        Err(Undefined::TargetMet.into())
    );
}

#[test]
fn inputs_of_two_currencies_are_refused() {
    let euros = Scope::new(q1().period().previous().unwrap(), Currency::EUR);
    let (now, before) = (DealDetail::new(q1()), DealDetail::new(euros));
    let error = Inputs::new(&now).with_previous(&before).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the previous period is in EUR, but USD was asked for; convert it first or take it apart"
    );
    let target = Money::new(1, Currency::EUR);
    assert!(matches!(
        Inputs::new(&now).with_target(target),
        Err(Error::CurrencyMismatch { .. })
    ));
}

#[test]
fn a_table_aligns_its_columns_and_notes_each_reason_once() {
    let some = DealDetail::of([won("D-1", "ada", 12_500)], q1()).unwrap();
    let none = DealDetail::new(q1().previous().unwrap());
    let chosen = [
        "total_revenue",
        "average_deal_size",
        "median_deal_size",
        "open_deals",
        "average_deal_age",
    ];
    let table = Table::new(chosen.iter().filter_map(|name| report::kpi(name)))
        .with_column("2026-Q1", Inputs::new(&some))
        .with_column("2025-Q4", Inputs::new(&none));
    let expected = [
        "                            2026-Q1  2025-Q4",
        "revenue",
        "  total revenue      USD  12,500.00     0.00",
        "  average deal size  USD  12,500.00      – ¹",
        "  median deal size   USD  12,500.00      – ¹",
        "pipeline",
        "  open deals                      0        0",
        "  average deal age              – ²      – ²",
        "",
        "¹ no deal was won",
        "² no deal is open",
    ];
    assert_eq!(table.to_string().lines().collect::<Vec<_>>(), expected);
    assert_eq!(Table::new([]).to_string(), "\n");
}

#[test]
fn a_ranking_shares_ranks_and_puts_the_undefined_last() {
    let deals = [
        won("D-1", "eve", 5),
        won("D-2", "bob", 9),
        won("D-3", "ada", 5),
        won("D-4", "dan", 1),
    ];
    let open = Deal::new("D-5", Currency::USD, day("2026-01-07"), Outcome::Open).unwrap();
    let deals = deals
        .into_iter()
        .chain([open.with_owner("abe").unwrap()])
        .collect::<Vec<_>>();
    let by_owner = DealDetail::by(&deals, q1(), Deal::owner).unwrap();
    let ranks = |name: &str| {
        let groups = by_owner
            .iter()
            .map(|(owner, detail)| (owner.unwrap().as_str(), Inputs::new(detail)));
        let places = leaderboard(report::kpi(name).unwrap(), groups);
        places
            .into_iter()
            .map(|place| (place.key, place.rank))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ranks("average_deal_size"),
        [
            ("bob", Some(1)),
            ("ada", Some(2)),
            ("eve", Some(2)),
            ("dan", Some(4)),
            ("abe", None)
        ]
    );
    assert_eq!(ranks("average_deal_age")[0], ("abe", Some(1)));
}

#[test]
fn where_down_is_better_the_least_comes_first() {
    let slow = Outcome::Won {
        on: day("2026-03-20"),
    };
    let slow = Deal::new("D-9", Currency::USD, day("2026-01-07"), slow).unwrap();
    let (slow, quick) = (
        DealDetail::of([slow], q1()).unwrap(),
        DealDetail::of([won("D-1", "ada", 1)], q1()).unwrap(),
    );
    let groups = [("slow", Inputs::new(&slow)), ("quick", Inputs::new(&quick))];
    let places = leaderboard(report::kpi("sales_cycle_length").unwrap(), groups);
    assert_eq!(
        places.iter().map(|place| place.key).collect::<Vec<_>>(),
        ["quick", "slow"]
    );
}

#[test]
fn values_travel_as_json_with_their_unit() {
    let detail = DealDetail::of([won("D-1", "ada", 12_500)], q1()).unwrap();
    let json = |value: Value| serde_json::to_string(&value).unwrap();
    assert_eq!(
        json(kpi::win_rate(detail.tally()).unwrap().into()),
        r#"{"unit":"rate","value":"1"}"#
    );
    assert_eq!(
        json(kpi::total_revenue(detail.tally()).unwrap().into()),
        r#"{"unit":"money","value":{"amount":"12500","currency":"USD"}}"#
    );
    assert_eq!(json(Value::Count(3)), r#"{"unit":"count","value":3}"#);
}

#[test]
fn magnitudes_are_the_bare_numbers() {
    let detail = DealDetail::of([won("D-1", "ada", 12_500)], q1()).unwrap();
    let inputs = Inputs::new(&detail);
    let magnitude = |name: &str| {
        report::kpi(name)
            .unwrap()
            .evaluate(&inputs)
            .unwrap()
            .magnitude()
            .to_string()
    };
    let expected = [
        ("total_revenue", "12500"),
        ("win_rate", "1"),
        ("sales_cycle_length", "44"),
        ("opportunities_created", "1"),
        ("pipeline_inflow", "1"),
        ("opportunity_conversion_rate", "1"),
    ];
    for (name, number) in expected {
        assert_eq!(magnitude(name), number, "{name}");
    }
}
