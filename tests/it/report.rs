//! The catalog, its tables and its rankings.

use proptest::prelude::*;
use sales_metrics::report::{
    self, Better, Family, Inputs, Needs, Parameters, Reading, Report, ReportPlan, Table, Timing,
    Unit, Value, leaderboard,
};
use sales_metrics::{
    Book, BookTally, Confidence, Contract, Currency, CustomerTally, Deal, DealDetail, Decimal,
    Dimension, Error, Lead, Money, Months, Outcome, Per, Quota, Rate, Rep, Scope, TimeDelta,
    Undefined, kpi,
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

fn at(text: &str) -> sales_metrics::DateTime<sales_metrics::FixedOffset> {
    sales_metrics::instant(text).unwrap()
}

fn lead(id: &str, arrived: &str) -> Lead {
    Lead::new(id, at(arrived)).unwrap()
}

/// A book with a little of everything that the texts below need.
fn small_book() -> Book {
    let last_year = Outcome::Won {
        on: day("2025-11-20"),
    };
    let before = Deal::new("D-0", Currency::USD, day("2025-10-07"), last_year);
    let before = before.and_then(|deal| deal.with_owner("ada")?.with_amount(10_000));
    let answered = lead("L-1", "2026-02-02T09:00:00+01:00");
    let answered = answered.with_first_touch(at("2026-02-02T09:05:00+01:00"));
    let year = Quota::of_money("ada", "2026".parse().unwrap(), 50_000, Currency::USD);
    Book::new(Currency::USD)
        .with_deals([before.unwrap(), won("D-1", "ada", 12_500)])
        .and_then(|book| book.with_leads([answered?, lead("L-2", "2026-03-31T23:00:00-05:00")]))
        .and_then(|book| book.with_quotas([year?]))
        .unwrap()
        .with_reps([
            Rep::new("ada").unwrap(),
            Rep::new("ben")
                .and_then(|ben| ben.with_team("red"))
                .unwrap(),
        ])
}

fn chosen(names: &[&str]) -> Vec<&'static report::Kpi> {
    let chosen = names.iter().map(|name| report::kpi(name).unwrap());
    chosen.collect()
}

fn lines(report: &Report) -> Vec<String> {
    let text = report.to_string();
    text.lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[test]
fn a_report_as_text() {
    let names = [
        "total_revenue",
        "win_rate",
        "median_response_time",
        "leads_per_rep",
        "quota_attainment",
    ];
    let plan = ReportPlan::new(q1())
        .with_kpis(chosen(&names))
        .with_least_sample(2);
    let report = Report::of(&small_book(), &plan).unwrap();
    assert_eq!(
        lines(&report),
        [
            "                                        2026-Q1    2025-Q4  2025-Q1  n",
            "revenue",
            "  total revenue         USD  lagging  12,500.00  10,000.00     0.00  1",
            "conversion",
            "  win rate                   lagging     100.0%     100.0%      – ¹  1 *",
            "lead",
            "  median response time       leading     5m 00s        – ²      – ²  1 *",
            "  leads per rep              leading        – ³       0.00     0.00",
            "team",
            "  quota attainment           lagging        – ³        – ⁴      – ⁴",
            "",
            "* fewer than 2 records",
            "",
            "¹ no deal was won or lost",
            "² no lead arrived",
            "³ quota of ada for 2026-01-01/2027-01-01 straddles the edge of 2026-01-01/2026-04-01; look at a period that holds all of it, or set a quota for each part",
            "⁴ no rep has a quota",
        ]
    );
}

#[test]
fn a_report_by_rep_as_text() {
    let plan = ReportPlan::new(scope("2026"))
        .with_kpis(chosen(&[
            "total_revenue",
            "average_deal_size",
            "quota_attainment",
        ]))
        .by(Dimension::Rep);
    let free = Deal::new("D-9", Currency::USD, day("2026-01-07"), Outcome::Open).unwrap();
    let book = small_book().with_deals([free]).unwrap();
    let report = Report::of(&book, &plan).unwrap();
    assert_eq!(
        lines(&report),
        [
            "REP (none)",
            "                                   2026  2025  n",
            "revenue",
            "  total revenue      USD  lagging  0.00  0.00  0",
            "  average deal size       lagging   – ¹   – ¹  0",
            "team",
            "  quota attainment        lagging   – ²   – ²  0",
            "REP ada",
            "                                        2026       2025  n",
            "revenue",
            "  total revenue      USD  lagging  12,500.00  10,000.00  1",
            "  average deal size  USD  lagging  12,500.00  10,000.00  1 *",
            "team",
            "  quota attainment        lagging      25.0%        – ²  1",
            "REP ben",
            "                                   2026  2025  n",
            "revenue",
            "  total revenue      USD  lagging  0.00  0.00  0",
            "  average deal size       lagging   – ¹   – ¹  0",
            "team",
            "  quota attainment        lagging   – ²   – ²  0",
            "",
            "* fewer than 30 records",
            "",
            "¹ no deal was won",
            "² no rep has a quota",
        ]
    );
}

#[test]
fn a_report_as_json() {
    let running = scope("2026").as_of(day("2026-06-30")).unwrap();
    let plan = ReportPlan::new(running)
        .with_kpis(chosen(&["win_rate", "revenue_growth"]))
        .by(Dimension::Team);
    let book = Book::new(Currency::USD).with_deals([won("D-1", "ada", 12_500)]);
    let report = Report::of(&book.unwrap(), &plan).unwrap();
    let expected = [
        r#"{"scope":{"period":"2026-01-01/2027-01-01","currency":"USD","as_of":"2026-06-30"},"#,
        r#""previous":{"period":"2025-01-01/2026-01-01","currency":"USD","as_of":"2025-06-30"},"#,
        r#""by":"team","least_sample":30,"sections":[{"group":null,"lines":["#,
        r#"{"kpi":"win_rate","title":"win rate","family":"conversion","better":"up","timing":"lagging","#,
        r#""now":{"value":{"unit":"rate","value":"1"},"sample":1,"small_sample":true},"#,
        r#""previous":{"undefined":"no_decided_deals","reason":"no deal was won or lost","sample":0,"small_sample":false}},"#,
        r#"{"kpi":"revenue_growth","title":"revenue growth","family":"revenue","better":"up","timing":"lagging","#,
        r#""now":{"undefined":"zero_previous_revenue","reason":"the previous period's revenue is 0","sample":1,"small_sample":false},"#,
        r#""previous":{"undefined":"zero_previous_revenue","reason":"the previous period's revenue is 0","sample":0,"small_sample":false}}"#,
        "]}]}",
    ];
    assert_eq!(serde_json::to_string(&report).unwrap(), expected.concat());
}

/// An error that is no reason has its text alone.
#[test]
fn a_quota_that_straddles_stands_in_the_lines_of_the_team_alone() {
    let plan = ReportPlan::new(q1());
    let report = Report::of(&small_book(), &plan).unwrap();
    let straddles = |reading: Option<&Reading>| {
        matches!(reading.unwrap().value, Err(Error::QuotaStraddles { .. }))
    };
    let of_team = [Needs::Reps, Needs::Quotas];
    for line in report.sections()[0].lines() {
        let kpi = line.kpi();
        let needs_team = kpi.needs().iter().any(|needs| of_team.contains(needs));
        assert_eq!(straddles(line.now()), needs_team, "{}", kpi.name());
        assert!(!straddles(line.previous()), "{}", kpi.name());
    }
    let line = report.sections()[0].line("below_quota_streak").unwrap();
    let json = serde_json::to_value(line.now().unwrap()).unwrap();
    assert!(json.get("undefined").is_none());
    assert!(
        json["reason"]
            .as_str()
            .unwrap()
            .starts_with("quota of ada for")
    );
}

/// What a sample counts is what the value rests on, not what it might have rested on.
#[test]
fn samples_are_of_the_records_behind_the_value() {
    let outcome = won("D-2", "ada", 1).outcome();
    let unpriced = Deal::new("D-2", Currency::USD, day("2026-01-07"), outcome).unwrap();
    let quotas = |rep: &str| Quota::of_deals(rep, "2026-Q1".parse().unwrap(), 2).unwrap();
    let contract = |id: &str| Contract::new(id, "Acme", Currency::USD, day("2025-01-01"));
    let due = |id: &str| contract(id).and_then(|contract| contract.with_end(day("2026-03-31")));
    let fee = due("C-2").and_then(|contract| contract.with_recurring(5, Per::Month));
    let book = small_book()
        .with_deals([unpriced, won("D-3", "ada", 5)])
        .and_then(|book| book.with_contracts([due("C-1")?, fee?]))
        .unwrap();
    let of_deals = Book::new(Currency::USD)
        .with_reps(book.reps().to_vec())
        .with_quotas([quotas("ada"), quotas("ben")])
        .unwrap();
    let sample = |book: &Book, name: &str| {
        let plan = ReportPlan::new(q1()).with_kpis(report::kpi(name));
        let report = Report::of(book, &plan).unwrap();
        let now = report.sections()[0].lines()[0].now().unwrap().clone();
        (now.sample, now.is_small)
    };
    for (name, expected) in [
        ("win_rate", (Some(3), true)),
        ("average_deal_size", (Some(2), true)),
        ("total_revenue", (Some(3), false)),
        ("smoothed_deal_size", (Some(3), true)),
        ("contact_persistence", (Some(1), true)),
        ("neglected_lead_rate", (Some(2), true)),
        ("median_response_time", (Some(1), true)),
        ("non_renewal_rate", (Some(2), true)),
        ("renewal_rate", (Some(1), true)),
        ("call_capacity", (None, false)),
        ("annual_contract_value", (None, false)),
    ] {
        assert_eq!(sample(&book, name), expected, "{name}");
    }
    assert_eq!(sample(&of_deals, "deal_quota_attainment").0, Some(2));
    assert_eq!(sample(&of_deals, "quota_attainment").0, Some(0));
}

#[test]
fn lengths_numbers_months_flags_and_movements_as_values() {
    let contract = |id: &str, account: &str, start: &str, fee: i64| {
        Contract::new(id, account, Currency::USD, day(start))
            .and_then(|contract| contract.with_recurring(fee, Per::Month))
            .unwrap()
    };
    let contracts = [
        contract("C-1", "Acme", "2025-01-01", 1_000),
        contract("C-2", "Initech", "2026-02-01", 250),
    ];
    let moved = kpi::mrr_movements(&CustomerTally::of(contracts, q1()).unwrap());
    let length = |micros: i64| Value::Duration(TimeDelta::microseconds(micros));
    let months = Value::Months(Months::new("4.0004".parse::<Decimal>().unwrap()).unwrap());
    let number = |text: &str| Value::Number(text.parse().unwrap());
    let minute = 60_000_000;
    let pinned = [
        (
            length(5 * minute),
            "5m 00s",
            "5m 00s",
            "300",
            r#"{"unit":"duration","value":"300"}"#,
        ),
        (
            length(5 * minute - 1),
            "4m 59.999999s",
            "5m 00s",
            "299.999999",
            r#"{"unit":"duration","value":"299.999999"}"#,
        ),
        (
            length(2_945 * minute + 9_500_000),
            "49h 05m 09.5s",
            "49h 05m 10s",
            "176709.5",
            r#"{"unit":"duration","value":"176709.5"}"#,
        ),
        (
            length(499_999),
            "0.499999s",
            "0s",
            "0.499999",
            r#"{"unit":"duration","value":"0.499999"}"#,
        ),
        (
            number("1.005"),
            "1.005",
            "1.01",
            "1.005",
            r#"{"unit":"number","value":"1.005"}"#,
        ),
        (
            number("1234567"),
            "1234567",
            "1,234,567.00",
            "1234567",
            r#"{"unit":"number","value":"1234567"}"#,
        ),
        (
            months,
            "4.0004 months",
            "4.00 months",
            "4.0004",
            r#"{"unit":"months","value":"4.0004"}"#,
        ),
        (
            Value::Flag(true),
            "yes",
            "yes",
            "1",
            r#"{"unit":"flag","value":true}"#,
        ),
        (
            Value::Flag(false),
            "no",
            "no",
            "0",
            r#"{"unit":"flag","value":false}"#,
        ),
        (
            Value::Movements(moved),
            "new 250 + reactivation 0 + expansion 0 - contraction 0 - churn 0 = 250 USD/month",
            "new 250.00 + reactivation 0.00 + expansion 0.00 - contraction 0.00 - churn 0.00 = 250.00 USD/month",
            "250",
            r#"{"unit":"movements","value":{"currency":"USD","yearly":{"opening":"12000","new":"3000","reactivation":"0","expansion":"0","contraction":"0","churn":"0","closing":"15000"}}}"#,
        ),
    ];
    let units = [
        Unit::Duration,
        Unit::Duration,
        Unit::Duration,
        Unit::Duration,
        Unit::Number,
        Unit::Number,
        Unit::Months,
        Unit::Flag,
        Unit::Flag,
        Unit::Movements,
    ];
    for ((value, text, rounded, magnitude, json), unit) in pinned.into_iter().zip(units) {
        assert_eq!(value.to_string(), text);
        assert_eq!(value.rounded(), rounded);
        assert_eq!(value.magnitude().to_string(), magnitude);
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        assert_eq!(value.unit(), unit);
    }
    assert_eq!(
        serde_json::to_string(&Unit::MoneyPer).unwrap(),
        "\"money_per\""
    );
    assert_eq!(
        format!("{:>8}|{:<4}|", length(5 * minute), Value::Flag(true)),
        "  5m 00s|yes |"
    );
}

/// All five movements would be too wide for a column.
#[test]
fn a_table_shows_the_net_of_movements() {
    let contract = Contract::new("C-2", "Initech", Currency::USD, day("2026-02-01"));
    let contract = contract.and_then(|contract| contract.with_recurring(250, Per::Month));
    let book = Book::new(Currency::USD)
        .with_contracts([contract.unwrap()])
        .unwrap();
    let plan = ReportPlan::new(q1()).with_kpis(chosen(&["mrr_movements", "net_negative_churn"]));
    let report = Report::of(&book, &plan).unwrap();
    let text = lines(&report);
    assert_eq!(
        text[2],
        "  mrr movements       USD/month net  lagging   250.00     0.00     0.00  0"
    );
    assert_eq!(
        text[3],
        "  net negative churn                 lagging      – ¹      – ¹      – ¹  0"
    );
}
