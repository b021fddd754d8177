//! The catalog, its tables and its rankings.

use proptest::prelude::*;
use sales_metrics::report::{
    self, Better, Family, Inputs, Needs, Parameters, Table, Timing, Unit, Value, leaderboard,
};
use sales_metrics::{
    Book, BookTally, Confidence, Currency, Deal, DealDetail, Dimension, Error, Money, Outcome,
    Rate, Scope, Undefined, kpi,
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

/// The tally of a business that keeps nothing but deals.
fn tally(deals: &[Deal], scope: Scope) -> BookTally {
    DealDetail::of(deals, scope).unwrap().into()
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
            &[Needs::Deals, Needs::Percentile][..]
        )
    );
    assert!(report::kpi("winrate").is_none());
    assert!(format!("{cycle:?}").contains("sales_cycle_percentile"));
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn every_value_has_the_unit_that_its_entry_names(deals in many_deals(), scope in scopes()) {
        let now = tally(&deals, scope);
        let before = tally(&deals, scope.previous().unwrap_or(scope));
        let parameters = Parameters::new().with_target(Money::new(1_000, scope.currency()));
        let inputs = Inputs::new(&now).with_previous(&before).unwrap().with_parameters(&parameters);
        for kpi in report::catalog() {
            if let Ok(value) = kpi.evaluate(&inputs) {
                prop_assert_eq!(value.unit(), kpi.unit(), "{}", kpi.name());
                prop_assert!(!value.rounded().is_empty());
            }
        }
    }
}

/// What a KPI says where the first thing that it needs and that has no usual value is not given.
fn missing(kpi: &report::Kpi) -> Option<Vec<Undefined>> {
    let reason = |needs: &Needs| match needs {
        Needs::Previous => Some(Undefined::NoPreviousPeriod),
        Needs::Target => Some(Undefined::NoTarget),
        Needs::Leads => Some(Undefined::NoLeadsGiven),
        Needs::Activities => Some(Undefined::NoActivitiesGiven),
        Needs::WorkTime => Some(Undefined::NoWorkTimeGiven),
        Needs::Reps | Needs::Quotas => Some(Undefined::NoTeamGiven),
        Needs::Contracts => Some(Undefined::NoContractsGiven),
        Needs::Spend => Some(Undefined::NoSpendGiven),
        Needs::Purchases => Some(Undefined::NoPurchasesGiven),
        Needs::History => Some(Undefined::NoHistory),
        Needs::Calendar => Some(Undefined::NoCalendar),
        Needs::Channel => Some(Undefined::NoChannel),
        Needs::Lifetime => Some(Undefined::NoLifetime),
        Needs::NetBurn => Some(Undefined::NoNetBurn),
        Needs::Contract => Some(Undefined::NoContract),
        _ => None,
    };
    let reasons: Vec<Undefined> = kpi.needs().iter().filter_map(reason).collect();
    (!reasons.is_empty()).then_some(reasons)
}

#[test]
fn what_is_not_given_is_missed_by_the_kpis_that_need_it_alone() {
    let deals_alone = tally(&[won("D-1", "ada", 100)], q1());
    let inputs = Inputs::new(&deals_alone);
    for kpi in report::catalog() {
        let found = kpi.evaluate(&inputs);
        match (missing(kpi), found) {
            (None, found) => {
                let text = found.err().map(|error| error.to_string());
                assert!(
                    !text.is_some_and(|text| text.contains("given")),
                    "{}",
                    kpi.name()
                );
            }
            (Some(reasons), Err(Error::Undefined(found))) => {
                assert!(reasons.contains(&found), "{}: {found}", kpi.name());
            }
            (Some(_), found) => panic!("{}: {found:?}", kpi.name()),
        }
    }
}

#[test]
fn parameters_reach_the_kpi_and_its_title() {
    let deals = [
        won("D-1", "ada", 100),
        Deal::new("D-2", Currency::USD, day("2026-01-01"), Outcome::Open).unwrap(),
    ];
    let tally = tally(&deals, q1());
    let usual = Inputs::new(&tally);
    let parameters = Parameters::new()
        .with_age_limit(88)
        .with_confidence(Confidence::NinetyNine)
        .with_percentile(Rate::HALF)
        .with_target(usd("50"));
    let other = usual.with_parameters(&parameters);
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
    let (now, before) = (tally(&[], q1()), tally(&[], euros));
    let error = Inputs::new(&now).with_previous(&before).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the previous period is in EUR, but USD was asked for; convert it first or take it apart"
    );
    let parameters = Parameters::new().with_target(Money::new(1, Currency::EUR));
    let inputs = Inputs::new(&now).with_parameters(&parameters);
    let coverage = report::kpi("pipeline_coverage").unwrap().evaluate(&inputs);
    assert!(matches!(coverage, Err(Error::CurrencyMismatch { .. })));
}

#[test]
fn a_table_aligns_its_columns_and_notes_each_reason_once() {
    let some = tally(&[won("D-1", "ada", 12_500)], q1());
    let none = tally(&[], q1().previous().unwrap());
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
    let book = Book::new(Currency::USD).with_deals(deals).unwrap();
    let by_owner = BookTally::by(&book, q1(), &Dimension::Rep).unwrap();
    let ranks = |name: &str| {
        let groups = by_owner
            .iter()
            .map(|(owner, tally)| (owner.unwrap(), Inputs::new(tally)));
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
    let (slow, quick) = (tally(&[slow], q1()), tally(&[won("D-1", "ada", 1)], q1()));
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
    let tally = tally(&[won("D-1", "ada", 12_500)], q1());
    let inputs = Inputs::new(&tally);
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
