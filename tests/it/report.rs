//! The catalog, its tables and its rankings.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sales_metrics::report::{
    self, Better, Earlier, Family, Inputs, Kpi, Needs, Parameter, Parameters, Reading, Records,
    Report, ReportPlan, Table, Timing, Unit, Value,
};
use sales_metrics::{
    Book, BookTally, Confidence, Contract, Currency, CustomerTally, Deal, DealDetail, DealState,
    DealStatus, Decimal, Dimension, Error, ErrorKind, FiscalCalendar, FiscalYearEnd,
    FiscalYearLabel, Lead, Length, Money, Months, Outcome, Per, Percent, Period, QuarterWeeks,
    Quota, Rate, Rep, Roster, Scope, Spend, SpendCategory, TeamTally, Undefined, Weekday, kpi,
};

use crate::docs;
use crate::support::{config, day, kind_of, many_deals, scope, scopes, usd};

fn q1() -> Scope {
    scope("2026-Q1")
}

fn won(id: &str, owner: &str, amount: u32) -> Deal {
    let outcome = Outcome::Won {
        on: day("2026-02-20"),
    };
    Deal::new(id, day("2026-01-07"), outcome, Currency::USD)
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
    functions.retain(|name| !docs::OUTSIDE_OF_THE_CATALOG.contains(&name.as_str()));
    entries.sort();
    functions.sort();
    assert_eq!(entries, functions);
}

#[test]
fn an_entry_says_what_its_kpi_is() {
    let cycle = report::find("sales_cycle_percentile").unwrap();
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
            &[
                Needs::Records(Records::Deals),
                Needs::Parameter(Parameter::Percentile)
            ][..]
        )
    );
    assert!(format!("{cycle:?}").contains("sales_cycle_percentile"));
}

/// Of whichever kind it is, in JSON it is one word.
#[test]
fn what_a_kpi_needs_travels_by_one_name() {
    let needs = report::catalog().iter().flat_map(report::Kpi::needs);
    let found: BTreeSet<String> = needs
        .map(|needs| serde_json::from_value(serde_json::to_value(needs).unwrap()).unwrap())
        .collect();
    let names = [
        "activities",
        "activity_kind",
        "age_limit",
        "attempt_days",
        "calendar",
        "call_time",
        "channel",
        "confidence",
        "contract",
        "contracts",
        "deals",
        "gross_margin",
        "history",
        "largest",
        "lead_age_limit",
        "lead_cap",
        "leads",
        "least_decided",
        "lifetime",
        "net_burn",
        "operating_margin",
        "percentile",
        "previous",
        "purchases",
        "quotas",
        "reps",
        "response_limit",
        "spend",
        "stage",
        "states",
        "target",
        "win_limit",
        "work_time",
        "year_before",
    ];
    assert_eq!(found, names.map(ToOwned::to_owned).into());
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn every_value_has_the_unit_that_its_entry_names(deals in many_deals(), scope in scopes()) {
        let now = tally(&deals, scope);
        let before = scope.previous().ok().map(|scope| tally(&deals, scope));
        let parameters = Parameters::new().with_target(Money::new(1_000, scope.currency()));
        let mut inputs = Inputs::new(&now).with_parameters(&parameters);
        if let Some(before) = &before {
            inputs = inputs.with_previous(before).unwrap();
        }
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
        Needs::Earlier(Earlier::Previous) => Some(Undefined::NoPreviousPeriod),
        Needs::Parameter(Parameter::Target) => Some(Undefined::NoTarget),
        Needs::Records(Records::Leads) => Some(Undefined::NoLeadsGiven),
        Needs::Records(Records::Activities) => Some(Undefined::NoActivitiesGiven),
        Needs::Records(Records::WorkTime) => Some(Undefined::NoWorkTimeGiven),
        Needs::Records(Records::Reps | Records::Quotas) => Some(Undefined::NoTeamGiven),
        Needs::Records(Records::Contracts) => Some(Undefined::NoContractsGiven),
        Needs::Records(Records::Spend) => Some(Undefined::NoSpendGiven),
        Needs::Records(Records::Purchases) => Some(Undefined::NoPurchasesGiven),
        Needs::Records(Records::States) => Some(Undefined::NoStatesGiven),
        Needs::Earlier(Earlier::History) => Some(Undefined::NoHistory),
        Needs::Records(Records::Calendar) => Some(Undefined::NoCalendar),
        Needs::Parameter(Parameter::Channel) => Some(Undefined::NoChannel),
        Needs::Parameter(Parameter::Lifetime) => Some(Undefined::NoLifetime),
        Needs::Parameter(Parameter::NetBurn) => Some(Undefined::NoNetBurn),
        Needs::Parameter(Parameter::Contract) => Some(Undefined::NoContract),
        Needs::Parameter(Parameter::OperatingMargin) => Some(Undefined::NoOperatingMargin),
        Needs::Earlier(Earlier::YearBefore) => Some(Undefined::NoYearBefore),
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
                    !text.is_some_and(
                        |text| text.contains("given") && !text.starts_with("this needs")
                    ),
                    "{}",
                    kpi.name()
                );
            }
            (Some(reasons), found) => {
                let reason = found.as_ref().err().and_then(Error::undefined);
                let given = reason.is_some_and(|reason| reasons.contains(&reason));
                assert!(given, "{}: {found:?}", kpi.name());
            }
        }
    }
}

#[test]
fn parameters_reach_the_kpi_and_its_title() {
    let deals = [
        won("D-1", "ada", 100),
        Deal::new("D-2", day("2026-01-01"), Outcome::Open, Currency::USD).unwrap(),
    ];
    let tally = tally(&deals, q1().as_of(day("2026-03-30")).unwrap());
    let usual = Inputs::new(&tally);
    let parameters = Parameters::new()
        .with_age_limit(87)
        .with_confidence(Confidence::NinetyNine)
        .with_percentile(Rate::HALF)
        .with_target(usd("50"));
    let other = usual.with_parameters(&parameters);
    let both = |name: &str| {
        let kpi = report::find(name).unwrap();
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
            ("deals older than (87 days)".to_owned(), Ok("1".to_owned())),
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
        "the previous period is in EUR, but USD was asked for; convert it first, by exchange::ExchangeRates, or leave it out"
    );
    let parameters = Parameters::new().with_target(Money::new(1, Currency::EUR));
    let inputs = Inputs::new(&now).with_parameters(&parameters);
    let coverage = report::find("pipeline_coverage").unwrap().evaluate(&inputs);
    assert!(kind_of(&coverage) == Some(ErrorKind::CurrencyMismatch));
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
    let table = Table::new(self::chosen(&chosen))
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
    assert_eq!(Table::new(&[] as &[report::Kpi]).to_string(), "\n");
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
        report::find(name)
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
        ("pipeline_inflow", "12500"),
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
    let before = Deal::new("D-0", day("2025-10-07"), last_year, Currency::USD);
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
        .unwrap()
}

fn chosen(names: &[&str]) -> Vec<&'static report::Kpi> {
    let chosen = names.iter().map(|name| report::find(name).unwrap());
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
            "  win rate                   lagging   100.0% ¹   100.0% ¹      – ²  1 *",
            "lead",
            "  median response time       leading     5m 00s        – ³      – ³  1 *",
            "  leads per rep              leading     0.00 ⁴     0.00 ⁴   0.00 ⁴  2",
            "team",
            "  quota attainment           lagging        – ⁵        – ⁶      – ⁶",
            "",
            "* fewer than 2 records",
            "",
            "¹ no deal was lost: perhaps it is not recorded",
            "² no deal was won or lost",
            "³ no lead arrived",
            "⁴ no lead names its owner: perhaps it is not recorded",
            "⁵ quota of ada for 2026-01-01/2027-01-01 straddles the edge of 2026-01-01/2026-04-01; look at a period that holds all of it, set a quota for each part, or take Roster::without_quotas() for what needs none",
            "⁶ no rep has a quota of money",
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
        .with_dimension(Dimension::Rep);
    let free = Deal::new("D-9", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap();
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
            "  quota attainment        lagging      25.0%        – ²  1 *",
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
            "² no rep has a quota of money",
        ]
    );
}

/// A choice of KPIs may jump between the families; who reads from top to bottom meets 1 before 2.
#[test]
fn reasons_are_numbered_as_they_are_printed() {
    let chosen = chosen(&[
        "average_deal_age",
        "median_response_time",
        "win_rate",
        "average_deal_size",
    ]);
    let plan = ReportPlan::new(q1()).with_kpis(chosen.clone());
    let book = Book::new(Currency::USD).with_deals([won("D-1", "ada", 100)]);
    let report = Report::of(&book.unwrap(), &plan).unwrap();
    assert_eq!(
        lines(&report),
        [
            "                                       2026-Q1  2025-Q4  2025-Q1  n",
            "revenue",
            "  average deal size     USD  lagging    100.00      – ¹      – ¹  1 *",
            "conversion",
            "  win rate                   lagging  100.0% ²      – ³      – ³  1 *",
            "pipeline",
            "  average deal age           leading       – ⁴      – ⁴      – ⁴  0",
            "lead",
            "  median response time       leading       – ⁵      – ⁵      – ⁵",
            "",
            "* fewer than 30 records",
            "",
            "¹ no deal was won",
            "² no deal was lost: perhaps it is not recorded",
            "³ no deal was won or lost",
            "⁴ no deal is open",
            "⁵ no leads were given",
        ]
    );
    // A table keeps the order that it is given, and numbers by it.
    let none = tally(&[], q1());
    let text = Table::new(chosen)
        .with_column("2026-Q1", Inputs::new(&none))
        .to_string();
    let marks: Vec<char> = text
        .chars()
        .filter(|c| "¹²³⁴".contains(*c))
        .take(4)
        .collect();
    assert_eq!(marks, ['¹', '²', '³', '⁴']);
}

#[test]
fn a_report_as_json() {
    let running = scope("2026").as_of(day("2026-06-30")).unwrap();
    let plan = ReportPlan::new(running)
        .with_kpis(chosen(&["win_rate", "revenue_growth"]))
        .with_dimension(Dimension::Team);
    let red = Rep::new("ben").and_then(|ben| ben.with_team("red"));
    let book = Book::new(Currency::USD).with_deals([won("D-1", "ada", 12_500)]);
    let report = Report::of(&book.unwrap().with_reps(red).unwrap(), &plan).unwrap();
    let expected = [
        r#"{"scope":{"period":"2026-01-01/2027-01-01","currency":"USD","as_of":"2026-06-30"},"#,
        r#""previous":{"period":"2025-01-01/2026-01-01","currency":"USD","as_of":"2025-06-30"},"#,
        r#""by":"team","least_sample":30,"sections":[{"group":null,"lines":["#,
        r#"{"kpi":"win_rate","title":"win rate","family":"conversion","better":"up","timing":"lagging","#,
        r#""now":{"value":{"unit":"rate","value":"1"},"sample":1,"small_sample":true,"caveats":[{"unrecorded":"lost_deal"}]},"#,
        r#""previous":{"undefined":"no_decided_deals","reason":"no deal was won or lost","sample":0,"small_sample":false}},"#,
        r#"{"kpi":"revenue_growth","title":"revenue growth","family":"revenue","better":"up","timing":"lagging","#,
        r#""now":{"undefined":"zero_previous_revenue","reason":"the previous period's bookings are 0","sample":1,"small_sample":false},"#,
        r#""previous":{"undefined":"zero_previous_revenue","reason":"the previous period's bookings are 0","sample":0,"small_sample":false}}"#,
        r#"]},{"group":"red","lines":["#,
        r#"{"kpi":"win_rate","title":"win rate","family":"conversion","better":"up","timing":"lagging","#,
        r#""now":{"undefined":"no_decided_deals","reason":"no deal was won or lost","sample":0,"small_sample":false},"#,
        r#""previous":{"undefined":"no_decided_deals","reason":"no deal was won or lost","sample":0,"small_sample":false}},"#,
        r#"{"kpi":"revenue_growth","title":"revenue growth","family":"revenue","better":"up","timing":"lagging","#,
        r#""now":{"undefined":"zero_previous_revenue","reason":"the previous period's bookings are 0","sample":0,"small_sample":false},"#,
        r#""previous":{"undefined":"zero_previous_revenue","reason":"the previous period's bookings are 0","sample":0,"small_sample":false}}"#,
        "]}]}",
    ];
    assert_eq!(serde_json::to_string(&report).unwrap(), expected.concat());
}

/// An error that is no reason has its text alone.
#[test]
fn a_quota_that_straddles_stands_in_the_lines_that_need_quotas_alone() {
    let plan = ReportPlan::new(q1());
    let report = Report::of(&small_book(), &plan).unwrap();
    let straddles = |reading: Option<&Reading>| {
        kind_of(&reading.unwrap().value) == Some(ErrorKind::QuotaStraddles)
    };
    for line in report.sections()[0].lines() {
        let kpi = line.kpi();
        let needs_quotas = kpi.needs().contains(&Needs::Records(Records::Quotas));
        assert_eq!(straddles(Some(line.now())), needs_quotas, "{}", kpi.name());
        assert!(!straddles(line.previous()), "{}", kpi.name());
    }
    let line = report.sections()[0].line("below_quota_streak").unwrap();
    let json = serde_json::to_value(line.now()).unwrap();
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
    let unpriced = Deal::new("D-2", day("2026-01-07"), outcome, Currency::USD).unwrap();
    let quotas = |rep: &str| Quota::of_deals(rep, "2026-Q1".parse().unwrap(), 2).unwrap();
    let contract = |id: &str| Contract::new(id, "Acme", day("2025-01-01"), Currency::USD);
    let due =
        |id: &str| contract(id).and_then(|contract| contract.with_last_day(day("2026-03-31")));
    let fee = due("C-2").and_then(|contract| contract.with_recurring(5, Per::Month));
    let book = small_book()
        .with_deals([unpriced, won("D-3", "ada", 5)])
        .and_then(|book| book.with_contracts([due("C-1")?, fee?]))
        .unwrap();
    let of_deals = Book::new(Currency::USD)
        .with_reps(book.reps().to_vec())
        .unwrap()
        .with_quotas([quotas("ada"), quotas("ben")])
        .unwrap();
    let sample = |book: &Book, name: &str| {
        let plan = ReportPlan::new(q1()).with_kpis(chosen(&[name]));
        let report = Report::of(book, &plan).unwrap();
        let now = report.sections()[0].lines()[0].now().clone();
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
        Contract::new(id, account, day(start), Currency::USD)
            .and_then(|contract| contract.with_recurring(fee, Per::Month))
            .unwrap()
    };
    let contracts = [
        contract("C-1", "Acme", "2025-01-01", 1_000),
        contract("C-2", "Initech", "2026-02-01", 250),
    ];
    let moved = kpi::mrr_movements(&CustomerTally::of(contracts, q1()).unwrap()).unwrap();
    let length = |micros: u64| Value::Duration(Length::micros(micros));
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
            r#"{"unit":"movements","value":{"currency":"USD","yearly":{"opening":"12000","new":"3000","reactivation":"0","expansion":"0","contraction":"0","churn":"0","became_known":"0","became_unknown":"0","closing":"15000","comparable":"12000"}}}"#,
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
    let contract = Contract::new("C-2", "Initech", day("2026-02-01"), Currency::USD);
    let contract = contract.and_then(|contract| contract.with_recurring(250, Per::Month));
    let contract = contract.and_then(|contract| contract.with_last_day(day("2027-01-31")));
    let book = Book::new(Currency::USD)
        .with_contracts([contract.unwrap()])
        .unwrap();
    let plan = ReportPlan::new(q1()).with_kpis(chosen(&["mrr_movements", "net_negative_churn"]));
    let report = Report::of(&book, &plan).unwrap();
    let text = lines(&report);
    assert_eq!(
        text[2],
        "  MRR movements       USD/month net  lagging   250.00     0.00     0.00  0"
    );
    assert_eq!(
        text[3],
        "  net negative churn                 lagging      – ¹      – ¹      – ¹  0"
    );
}

/// The target of this quarter is none of the last, and no region's.
#[test]
fn what_is_given_holds_for_its_period_of_the_whole_business_alone() {
    let contract = Contract::new("C-1", "Acme", day("2025-01-01"), Currency::USD);
    let contract = contract
        .and_then(|contract| {
            contract
                .with_last_day(day("2026-12-31"))?
                .with_recurring(5, Per::Month)
        })
        .unwrap();
    let later = Contract::new("C-2", "Acme", day("2026-02-01"), Currency::USD);
    let later = later.and_then(|later| later.with_recurring(5, Per::Month));
    let book = small_book()
        .with_contracts([contract.clone(), later.unwrap()])
        .unwrap();
    let parameters = Parameters::new()
        .with_target(usd("500000"))
        .with_net_burn(usd("90"))
        .with_operating_margin(Percent::from_percent(-5).unwrap())
        .with_contract(contract);
    let given = [
        ("pipeline_coverage", "pipeline coverage (500,000 USD)"),
        ("rule_of_40", "rule of 40 (-5%)"),
        ("burn_multiple", "burn multiple (90 USD)"),
        ("annual_contract_value", "annual contract value (C-1)"),
    ];
    let names = given.map(|(name, _)| name);
    let plan = ReportPlan::new(q1())
        .with_kpis(chosen(&names))
        .with_parameters(parameters.clone());
    let only = Err(Undefined::OnlyForThePeriod.into());
    let report = Report::of(&book, &plan).unwrap();
    for (name, title) in given {
        let line = report.sections()[0].line(name).unwrap();
        assert_eq!(line.title(), title);
        assert_ne!(line.now().value, only, "{name}");
        if name != "rule_of_40" {
            assert_eq!(line.previous().unwrap().value, only, "{name}");
            assert_eq!(line.year_before().unwrap().value, only, "{name}");
        }
    }
    let by_rep = Report::of(&book, &plan.with_dimension(Dimension::Rep)).unwrap();
    let line = by_rep.sections()[0].line("pipeline_coverage").unwrap();
    assert_eq!(line.now().value, only);
    // Nor are they chosen where nothing is.
    let plan = ReportPlan::new(q1()).with_parameters(parameters);
    let all = Report::of(&book, &plan).unwrap();
    let by_rep = Report::of(&book, &plan.with_dimension(Dimension::Rep)).unwrap();
    for name in names {
        assert!(all.sections()[0].line(name).is_some(), "{name}");
        assert!(by_rep.sections()[0].line(name).is_none(), "{name}");
    }
}

/// The margin of the rule of 40 is the one that is given, and growth is that of a year.
#[test]
fn the_rule_of_40_takes_the_operating_margin_and_the_growth_of_a_year() {
    let year = scope("2026");
    let (now, before) = (
        tally(&[won("D-1", "ada", 130)], year),
        tally(&[old("D-0", 100)], year.year_before().unwrap()),
    );
    let rule = report::find("rule_of_40").unwrap();
    let inputs = Inputs::new(&now).with_year_before(&before).unwrap();
    assert_eq!(
        rule.evaluate(&inputs),
        Err(Undefined::NoOperatingMargin.into())
    );
    let margin = Parameters::new().with_operating_margin(Percent::from_percent(15).unwrap());
    let inputs = inputs.with_parameters(&margin);
    assert_eq!(rule.evaluate(&inputs).unwrap().to_string(), "45%");
}

fn old(id: &str, amount: u32) -> Deal {
    let outcome = Outcome::Won {
        on: day("2025-02-20"),
    };
    let deal = Deal::new(id, day("2025-01-07"), outcome, Currency::USD);
    deal.and_then(|deal| deal.with_amount(amount)).unwrap()
}

/// Three thousand yen are no better than twenty euros.
#[test]
fn two_currencies_stand_side_by_side_and_are_not_ranked() {
    let of = |currency: Currency, amount: u32| {
        let outcome = won("D-1", "ada", 1).outcome();
        let deal = Deal::new("D-1", day("2026-01-07"), outcome, currency);
        let deal = deal.and_then(|deal| deal.with_amount(amount)).unwrap();
        tally(&[deal], Scope::new(q1().period(), currency))
    };
    let (yen, euros) = (of(Currency::JPY, 3_000), of(Currency::EUR, 20));
    let kpis = chosen(&["total_revenue", "win_rate", "pipeline_outflow"]);
    let table = Table::new(kpis)
        .with_column("Tokyo", Inputs::new(&yen))
        .with_column("Bonn", Inputs::new(&euros));
    let text = table.to_string();
    let line = |at: usize| {
        text.lines()
            .nth(at)
            .unwrap()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line(2), "total revenue 3,000 JPY 20.00 EUR");
    assert_eq!(line(4), "win rate 100.0% 100.0%");
    assert!(line(6).contains("JPY") && line(6).contains("EUR"), "{text}");
}

#[test]
fn inputs_are_of_the_periods_that_they_are_given_as() {
    let now = tally(&[], q1());
    let other = tally(&[], scope("2025-Q3"));
    let error = Inputs::new(&now).with_previous(&other).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the tally of the previous period is of {}, but {} was asked for; tally it in that scope",
            scope("2025-Q3"),
            scope("2025-Q4")
        )
    );
    let error = Inputs::new(&now).with_year_before(&other).unwrap_err();
    assert_eq!(
        (error.kind(), error.field()),
        (ErrorKind::ScopeMismatch, Some("the year before"))
    );
    let running = q1().as_of(day("2026-02-14")).unwrap();
    let running = tally(&[], running);
    let whole = tally(&[], scope("2025-Q4"));
    assert!(Inputs::new(&running).with_previous(&whole).is_err());
    assert!(Inputs::new(&now).with_previous(&whole).is_ok());
    let roster = Roster::default();
    let team = |scope: Scope| [TeamTally::new(scope.with_roster(&roster).unwrap())];
    assert!(Inputs::new(&now).with_history(&team(q1())).is_ok());
    assert!(Inputs::new(&now).with_history(&[]).is_ok());
    let before = team(scope("2025-Q4"));
    let error = Inputs::new(&now).with_history(&before).unwrap_err();
    assert!(error.kind() == ErrorKind::ScopeMismatch);
    let euros = team(Scope::new(q1().period(), Currency::EUR));
    let error = Inputs::new(&now).with_history(&euros).unwrap_err();
    assert!(error.kind() == ErrorKind::CurrencyMismatch);
}

/// A team that has been below quota for three years is not told of two.
#[test]
fn history_goes_back_as_long_as_there_are_quotas() {
    let quarters = |years: core::ops::RangeInclusive<i32>| {
        years.flat_map(|year| (1..=4).map(move |quarter| format!("{year}-Q{quarter}")))
    };
    let streak = |first: i32| {
        let quotas = quarters(first..=2026).map(|period| {
            Quota::of_money("ada", period.parse().unwrap(), 50, Currency::USD).unwrap()
        });
        let book = Book::new(Currency::USD)
            .with_quotas(quotas)
            .unwrap()
            .with_reps([Rep::new("ada").unwrap()])
            .unwrap();
        let plan = ReportPlan::new(scope("2026-Q4")).with_kpis(chosen(&["below_quota_streak"]));
        let report = Report::of(&book, &plan).unwrap();
        report.sections()[0].lines()[0].now().value.clone()
    };
    assert_eq!(streak(2026), Ok(Value::Count(4)));
    assert_eq!(streak(2024), Ok(Value::Count(12)));
    assert_eq!(streak(2000), Ok(Value::Count(40)));
}

/// On the first day of a quarter nothing of it is missed yet, nor in the column of the quarter before, of which it shows one day.
#[test]
fn a_running_quarter_is_no_part_of_a_streak() {
    let quarters = ["2026-Q1", "2026-Q2", "2026-Q3"];
    let quotas = quarters.map(|quarter| {
        Quota::of_money("ada", quarter.parse().unwrap(), 1_000, Currency::USD).unwrap()
    });
    let won = |id: &str, on: &str, amount: u32| {
        let won = Outcome::Won { on: day(on) };
        let deal = Deal::new(id, day("2026-01-02"), won, Currency::USD).unwrap();
        deal.with_owner("ada").unwrap().with_amount(amount).unwrap()
    };
    let streaks = |amounts: [u32; 2]| {
        let deals = [
            won("D-1", "2026-02-01", amounts[0]),
            won("D-2", "2026-05-01", amounts[1]),
        ];
        let book = Book::new(Currency::USD)
            .with_deals(deals)
            .and_then(|book| book.with_quotas(quotas.clone()))
            .unwrap()
            .with_reps([Rep::new("ada").unwrap()])
            .unwrap();
        let seen = scope("2026-Q3").as_of(day("2026-07-01")).unwrap();
        let plan = ReportPlan::new(seen).with_kpis(chosen(&["below_quota_streak"]));
        let report = Report::of(&book, &plan).unwrap();
        let line = report.sections()[0].lines()[0].clone();
        [line.now().clone(), line.previous().unwrap().clone()].map(|reading| reading.value)
    };
    let counts = |now: u64, before: u64| [Ok(Value::Count(now)), Ok(Value::Count(before))];
    assert_eq!(streaks([5_000, 5_000]), counts(0, 0));
    assert_eq!(streaks([5_000, 999]), counts(1, 0));
    assert_eq!(streaks([1, 1]), counts(2, 1));
}

/// Of those who have a quota most were hired long ago, and say nothing of how long a new rep takes.
#[test]
fn a_ramp_time_rests_on_the_reps_who_reached_their_quota() {
    let months: Vec<Period> = scope("2026-Q1").period().months().collect();
    let quotas = ["ada", "ben", "cleo", "dora", "eve"]
        .into_iter()
        .flat_map(|rep| {
            let quota =
                move |month: &Period| Quota::of_money(rep, *month, 50, Currency::USD).unwrap();
            months.iter().map(quota).collect::<Vec<_>>()
        });
    let hired = |id: &str, on: &str| {
        Rep::new(id)
            .and_then(|rep| rep.with_hired(day(on)))
            .unwrap()
    };
    let reps = [
        hired("ada", "2020-01-01"),
        hired("ben", "2020-01-01"),
        hired("cleo", "2020-01-01"),
        hired("dora", "2026-01-01"),
        hired("eve", "2026-01-01"),
    ];
    let book = Book::new(Currency::USD)
        .with_deals([
            won("D-1", "ada", 60),
            won("D-2", "dora", 60),
            won("D-3", "eve", 40),
        ])
        .and_then(|book| book.with_quotas(quotas))
        .and_then(|book| book.with_reps(reps))
        .unwrap();
    let plan = |month: &str| {
        ReportPlan::new(scope(month)).with_kpis(chosen(&["ramp_time", "ramping_reps"]))
    };
    let line = |month: &str, name: &str| {
        let report = Report::of(&book, &plan(month)).unwrap();
        report.sections()[0].line(name).unwrap().now().clone()
    };
    // Dora got there in February, Eve has not, and the others were there before.
    let march = line("2026-03", "ramp_time");
    assert_eq!((march.sample, march.is_small), (Some(1), true));
    assert_eq!(march.value.unwrap().to_string(), "58 days");
    assert_eq!(line("2026-03", "ramping_reps").value, Ok(Value::Count(1)));
    let january = line("2026-01", "ramp_time");
    assert_eq!(january.value, Err(Undefined::NobodyAtQuota.into()));
    assert_eq!(january.sample, Some(0));
}

#[test]
fn a_rep_who_is_listed_twice_is_why_there_is_no_history() {
    let ada = || Rep::new("ada").unwrap();
    let quota = Quota::of_deals("ada", "2026-Q1".parse().unwrap(), 2).unwrap();
    let book = Book::new(Currency::USD)
        .with_quotas([quota])
        .unwrap()
        .with_reps([ada(), ada()])
        .unwrap();
    let plan = ReportPlan::new(q1()).with_kpis(chosen(&["below_quota_streak", "ramp_time"]));
    let report = Report::of(&book, &plan).unwrap();
    for line in report.sections()[0].lines() {
        let value = &line.now().value;
        assert!(kind_of(value) == Some(ErrorKind::DuplicateRep), "{value:?}");
    }
}

/// A section for each region does not say of every KPI that it is not told apart.
#[test]
fn by_a_dimension_those_are_shown_whose_records_know_it() {
    let contract = Contract::new("C-1", "Acme", day("2025-01-01"), Currency::USD);
    let contract = contract.and_then(|contract| contract.with_dimension("region", "north"));
    let sales = SpendCategory::Sales;
    let spend = Spend::new("S-1", day("2026-02-01"), 5, Currency::USD, sales);
    let spend = spend.and_then(|spend| spend.with_dimension("region", "north"));
    let book = small_book()
        .with_contracts([contract.unwrap()])
        .and_then(|book| book.with_spend([spend?]))
        .unwrap();
    let shown = |dimension: &str| {
        let plan = ReportPlan::new(q1()).with_dimension(dimension.parse().unwrap());
        let report = Report::of(&book, &plan).unwrap();
        let lines = report.sections()[0].lines().iter();
        lines
            .map(|line| line.kpi().name().to_owned())
            .collect::<BTreeSet<_>>()
    };
    let by_rep = shown("rep");
    assert!(by_rep.contains("win_rate") && by_rep.contains("quota_attainment"));
    // No lead has an owner, and a contract has no rep.
    for absent in [
        "qualified_leads",
        "churn_rate",
        "customer_acquisition_cost",
        "ramp_time",
    ] {
        assert!(!by_rep.contains(absent), "{absent}");
    }
    let by_region = shown("region");
    assert!(by_region.contains("churn_rate"));
    assert!(by_region.contains("cost_per_new_contract"));
    for absent in [
        "win_rate",
        "customer_acquisition_cost",
        "turnover_rate",
        "quota_attainment",
        "leads_per_rep",
    ] {
        assert!(!by_region.contains(absent), "{absent}");
    }
}

/// A fiscal quarter of weeks stands beside those of its calendar, of which one has a week more, and is headed by its name.
#[test]
fn a_fiscal_quarter_stands_beside_those_of_its_calendar() {
    let fiscal = FiscalCalendar::new(2, FiscalYearLabel::StartYear)
        .unwrap()
        .in_weeks(
            FiscalYearEnd::Nearest(Weekday::Sat),
            QuarterWeeks::FourFiveFour,
        );
    let won = |id: &str, on: &str, amount: u32| {
        let won = Outcome::Won { on: day(on) };
        let deal = Deal::new(id, day("2023-01-02"), won, Currency::USD).unwrap();
        deal.with_amount(amount).unwrap()
    };
    // The first days of the quarters of the calendar, and of no others.
    let deals = [
        won("D-1", "2023-01-29", 120),
        won("D-2", "2023-10-29", 100),
        won("D-3", "2024-02-04", 150),
    ];
    let book = Book::new(Currency::USD).with_deals(deals).unwrap();
    let q1 = Scope::new(fiscal.quarter(2024, 1).unwrap(), Currency::USD);
    let chosen = ["total_revenue", "revenue_growth"].map(|name| report::find(name).unwrap());
    let plan = ReportPlan::new(q1).with_kpis(chosen);
    let text = Report::of(&book, &plan.clone().with_fiscal_calendar(fiscal)).unwrap();
    let text = text.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    assert_eq!(
        lines,
        [
            "                                FY2024-Q1  FY2023-Q4 (14 weeks)  FY2023-Q1  n",
            "revenue",
            "  total revenue   USD  lagging     150.00                100.00     120.00  1",
            "  revenue growth       lagging      50.0%                   – ¹        – ¹  1 *",
            "",
            "* fewer than 30 records",
            "",
            "¹ the previous period's bookings are 0",
        ]
    );
    // Without it, the weeks before begin a week later.
    let by_weeks = Report::of(&book, &plan).unwrap().to_string();
    assert!(by_weeks.contains("2023-11-05/2024-02-04"), "{by_weeks}");

    // An inputs by hand is told so, too.
    let tally = |scope: Scope| BookTally::of(&book, scope).unwrap();
    let (now, before) = (tally(q1), tally(q1.previous_in(fiscal).unwrap()));
    let inputs = Inputs::new(&now);
    assert!(inputs.with_previous(&before).is_err());
    let inputs = inputs
        .with_fiscal_calendar(fiscal)
        .with_previous(&before)
        .unwrap();
    assert_eq!(chosen[1].evaluate(&inputs).unwrap().to_string(), "50%");
}

/// The 53rd week is marked in whatever it makes longer, however the months of a quarter are cut; a month that always has five is not.
#[test]
fn a_heading_marks_the_53rd_week() {
    use QuarterWeeks::{FiveFourFour, FourFiveFour, FourFourFive};
    let calendar = |quarter: QuarterWeeks| {
        FiscalCalendar::new(2, FiscalYearLabel::StartYear)
            .unwrap()
            .in_weeks(FiscalYearEnd::Nearest(Weekday::Sat), quarter)
    };
    let heading = |fiscal: FiscalCalendar, period: Period| {
        let plan = ReportPlan::new(Scope::new(period, Currency::USD))
            .with_kpis(chosen(&["open_deals"]))
            .with_fiscal_calendar(fiscal);
        let text = Report::of(&Book::new(Currency::USD), &plan).unwrap();
        let text = text.to_string();
        let heading = text.lines().next().unwrap().trim_start();
        heading.split("  ").next().unwrap().to_owned()
    };
    for (quarter, long) in [(FourFiveFour, 5), (FiveFourFour, 5), (FourFourFive, 6)] {
        let fiscal = calendar(quarter);
        let month = |year: i32, month: u32| heading(fiscal, fiscal.month(year, month).unwrap());
        assert_eq!(month(2023, 12), format!("FY2023-P12 ({long} weeks)"));
        for number in 1..=12 {
            assert_eq!(month(2024, number), format!("FY2024-P{number:02}"));
            if number < 12 {
                assert_eq!(month(2023, number), format!("FY2023-P{number:02}"));
            }
        }
        let last = |year: i32| heading(fiscal, fiscal.quarter(year, 4).unwrap());
        assert_eq!(last(2023), "FY2023-Q4 (14 weeks)");
        assert_eq!(last(2024), "FY2024-Q4");
        let year = |year: i32| heading(fiscal, fiscal.year(year).unwrap());
        assert_eq!(year(2023), "FY2023 (53 weeks)");
        assert_eq!(year(2024), "FY2024");
    }
    // Months of the calendar have weeks of their own.
    let months = FiscalCalendar::new(2, FiscalYearLabel::StartYear).unwrap();
    let january = months.month(2023, 12).unwrap();
    assert_eq!(heading(months, january), "FY2023-P12");
}

/// What compares an earlier period with one before it goes by the calendar, too.
#[test]
fn earlier_inputs_keep_the_fiscal_calendar() {
    let fiscal = FiscalCalendar::new(2, FiscalYearLabel::StartYear)
        .unwrap()
        .in_weeks(
            FiscalYearEnd::Nearest(Weekday::Sat),
            QuarterWeeks::FourFiveFour,
        );
    let book = Book::new(Currency::USD);
    let quarter = |year: i32, quarter: u32| {
        let period = fiscal.quarter(year, quarter).unwrap();
        BookTally::of(&book, Scope::new(period, Currency::USD)).unwrap()
    };
    // Before the 14 weeks are 13.
    let (now, before, year_before) = (quarter(2024, 1), quarter(2023, 4), quarter(2023, 1));
    let inputs = Inputs::new(&now)
        .with_fiscal_calendar(fiscal)
        .with_previous(&before)
        .and_then(|inputs| inputs.with_year_before(&year_before))
        .unwrap();
    let (third, earlier) = (quarter(2023, 3), quarter(2022, 4));
    let previous = inputs.previous().unwrap();
    assert!(previous.with_previous(&third).is_ok());
    assert!(previous.with_year_before(&earlier).is_ok());
    let year_before = inputs.year_before().unwrap();
    assert!(year_before.with_previous(&earlier).is_ok());
}

/// Growth by the end: three days before the end of March stand beside three before the end of February.
#[test]
fn a_running_month_beside_the_ends_of_the_earlier_ones() {
    let won = |id: &str, on: &str, amount: u32| {
        let won = Outcome::Won { on: day(on) };
        let deal = Deal::new(id, day("2025-01-02"), won, Currency::USD).unwrap();
        deal.with_amount(amount).unwrap()
    };
    let deals = [
        won("D-1", "2026-02-25", 100),
        won("D-2", "2026-02-26", 900),
        won("D-3", "2026-03-28", 150),
        won("D-4", "2025-03-28", 50),
        won("D-5", "2026-01-28", 80),
        won("D-6", "2026-01-29", 800),
    ];
    let book = Book::new(Currency::USD).with_deals(deals).unwrap();
    let march = scope("2026-03").as_of(day("2026-03-28")).unwrap();
    let plan = ReportPlan::new(march).with_kpis(chosen(&["total_revenue", "revenue_growth"]));
    let figures = |plan: &ReportPlan| {
        let text = Report::of(&book, plan).unwrap().to_string();
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    let to_end = figures(&plan.clone().aligned_to_end());
    assert_eq!(
        to_end[..4],
        [
            "                                2026-03 to 2026-03-28  2026-02 to 2026-02-25  2025-03 to 2025-03-28  n",
            "revenue",
            "  total revenue   USD  lagging                 150.00                 100.00                  50.00  1",
            "  revenue growth       lagging                  50.0%                  25.0%                    – ¹  1 *",
        ]
    );
    assert!(
        figures(&plan)[0].contains("2026-02  "),
        "28 days are all of February"
    );
    // By hand.
    let tally = |scope: Scope| BookTally::of(&book, scope).unwrap();
    let before = march.previous().unwrap().with_days_left_of(march).unwrap();
    let (now, before) = (tally(march), tally(before));
    let inputs = Inputs::new(&now).with_previous(&before).unwrap();
    let growth = report::find("revenue_growth").unwrap();
    assert_eq!(growth.evaluate(&inputs).unwrap().to_string(), "50%");
    // Neither from the one side nor from the other.
    let odd = march.previous().unwrap().as_of(day("2026-02-24")).unwrap();
    assert!(Inputs::new(&now).with_previous(&tally(odd)).is_err());
}

/// What a volume is worth is shown to the cent, as all money is; in JSON it is exact anyhow.
#[test]
fn a_volume_is_shown_in_minor_units() {
    let deal = Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap();
    let deal = deal
        .with_amount("1234.5678".parse::<Decimal>().unwrap())
        .unwrap();
    let book = Book::new(Currency::USD).with_deals([deal]).unwrap();
    let plan = ReportPlan::new(q1()).with_kpis(chosen(&["pipeline_inflow"]));
    let report = Report::of(&book, &plan).unwrap();
    let text = report.to_string();
    assert!(
        text.contains("deals · USD (unpriced)  leading  1 · 1,234.57 (0)"),
        "{text}"
    );
    let json = serde_json::to_value(&report).unwrap();
    let value = &json["sections"][0]["lines"][0]["now"]["value"];
    assert_eq!(value["value"]["total"]["amount"], "1234.5678");
}

/// What was not given to a report of the whole may be told apart all the same: that is said of groups alone.
#[test]
fn groups_alone_say_that_something_may_not_be_told_apart() {
    let deal = won("D-1", "ada", 5);
    let book = Book::new(Currency::USD).with_deals([deal]).unwrap();
    let names = [
        "calls",
        "selling_time",
        "churn_rate",
        "cost_per_lead",
        "turnover_rate",
        "customer_acquisition_cost",
        "win_rate",
    ];
    let names: Vec<&str> = names
        .into_iter()
        .filter(|name| report::find(name).is_ok())
        .collect();
    let plan = ReportPlan::new(q1()).with_kpis(chosen(&names));
    let whole = Report::of(&book, &plan).unwrap().to_string();
    assert!(!whole.contains("told apart"), "{whole}");
    assert!(whole.contains("no contracts were given\n"), "{whole}");
    let by_rep = plan.with_dimension(Dimension::Rep);
    let text = Report::of(&book, &by_rep).unwrap().to_string();
    let reason = "no contracts were given, or they are not told apart by group\n";
    assert!(text.contains(reason), "{text}");
}

#[test]
fn own_kpis_stand_behind_a_choice() {
    let own = Kpi::own(
        "sevens",
        "sevens",
        Family::Revenue,
        Unit::Count,
        Better::Up,
        |_| Ok(7_u64),
    );
    let book = Book::new(Currency::USD);
    let plan = ReportPlan::new(scope("2026-Q1")).with_kpis([report::find("open_deals").unwrap()]);
    let report = Report::of(&book, &plan.with_own_kpis([own.unwrap()])).unwrap();
    let names: Vec<&str> = report.sections()[0]
        .lines()
        .iter()
        .map(|line| line.kpi().name())
        .collect();
    assert_eq!(names, ["open_deals", "sevens"]);
}

/// Of two of one name the later stands, where the earlier stood.
#[test]
fn a_kpi_stands_once_in_a_report() {
    let sevens = |label: &str, value: u64| {
        let own = Kpi::own(
            "sevens",
            label,
            Family::Revenue,
            Unit::Count,
            Better::Up,
            move |_| Ok(value),
        );
        own.unwrap()
    };
    let book = small_book();
    let shown = |plan: ReportPlan| {
        let report = Report::of(&book, &plan.with_own_kpis([sevens("b", 8)])).unwrap();
        let lines = report.sections()[0].lines().iter();
        lines
            .map(|line| line.kpi().label().to_owned())
            .collect::<Vec<_>>()
    };
    let plan = || ReportPlan::new(q1());
    let find = |name: &str| report::find(name).unwrap().clone();
    let german = find("win_rate").with_label("Gewinnrate").unwrap();
    let chosen = plan().with_kpis([
        find("win_rate"),
        sevens("a", 7),
        find("open_deals"),
        german.clone(),
        find("open_deals"),
    ]);
    assert_eq!(shown(chosen), ["Gewinnrate", "b", "open deals"]);
    // Two of one's own.
    let twice = [sevens("a", 7), sevens("c", 9)];
    let report = Report::of(&book, &plan().with_kpis(&twice[..0]).with_own_kpis(twice));
    let lines = report.unwrap().sections()[0].lines().to_vec();
    assert_eq!((lines.len(), lines[0].kpi().label()), (1, "c"));
    assert_eq!(lines[0].now().value, Ok(Value::Count(9)));
    // One of the catalog under another label, without a choice.
    let all = Report::of(&book, &plan()).unwrap();
    let relabelled = Report::of(&book, &plan().with_own_kpis([&german])).unwrap();
    let labels = |report: &Report| {
        let lines = report.sections()[0].lines().iter();
        lines
            .map(|line| line.kpi().label().to_owned())
            .collect::<Vec<_>>()
    };
    let expected = labels(&all).into_iter().map(|label| {
        let is_it = label == "win rate";
        if is_it {
            "Gewinnrate".to_owned()
        } else {
            label
        }
    });
    assert_eq!(labels(&relabelled), expected.collect::<Vec<_>>());
}

/// Under the heading of the first quarter, seen in June, stands the pipeline of its last evening, and the heading says from when.
#[test]
fn a_heading_names_the_day_from_which_one_looks() {
    let later = Deal::new("D-9", day("2026-05-01"), Outcome::Open, Currency::USD)
        .and_then(|deal| deal.with_amount(50_000))
        .unwrap();
    let book = small_book().with_deals([later]).unwrap();
    let plan = |scope| ReportPlan::new(scope).with_kpis([report::find("open_deals").unwrap()]);
    let open = |scope| Report::of(&book, &plan(scope)).unwrap();
    let june = q1().as_of(day("2026-06-30")).unwrap();
    assert!(open(june).to_string().contains("2026-Q1 as of 2026-06-30"));
    assert!(!open(q1()).to_string().contains("as of"));
    let now = |report: &Report| report.sections()[0].lines()[0].now().value.clone();
    assert_eq!(now(&open(june)), now(&open(q1())));
}

/// Everybody seems new where the records begin, and a spend that lacks a category is named.
#[test]
fn what_holds_with_a_reservation_is_marked() {
    let win = |id: &str, on: &str| {
        let won = Outcome::Won { on: day(on) };
        Deal::new(id, day("2025-01-07"), won, Currency::USD)
            .and_then(|deal| deal.with_amount(100)?.with_account(id))
            .unwrap()
    };
    let spent = |id: &str, category| {
        Spend::new(id, day("2026-01-31"), 3_000, Currency::USD, category).unwrap()
    };
    let caveats = |first: &str, categories: &[SpendCategory]| {
        let named = categories.iter().zip(["S-1", "S-2"]);
        let expenses = named.map(|(category, id)| spent(id, *category));
        let book = Book::new(Currency::USD)
            .with_deals([win("A", first), win("B", "2026-02-03")])
            .and_then(|book| book.with_spend(expenses))
            .unwrap();
        let cac = report::find("customer_acquisition_cost").unwrap();
        let report = Report::of(&book, &ReportPlan::new(q1()).with_kpis([cac])).unwrap();
        let line = &report.sections()[0].lines()[0];
        (line.now().caveats.clone(), report.to_string())
    };
    let both = [SpendCategory::Sales, SpendCategory::Marketing];
    assert_eq!(caveats("2024-12-31", &both).0, []);
    assert_eq!(caveats("2025-01-01", &both).0, []);
    let (short, text) = caveats("2025-01-02", &both);
    assert_eq!(short, [report::Caveat::ShortHistory]);
    assert!(
        text.contains("less than a year before the period"),
        "{text}"
    );
    let (one, text) = caveats("2024-12-31", &both[..1]);
    assert_eq!(one, [report::Caveat::NoMarketingSpend]);
    assert!(text.contains("3,000.00 ¹"), "{text}");
    assert_eq!(
        caveats("2024-12-31", &both[1..]).0,
        [report::Caveat::NoSalesSpend]
    );
}

/// Those that name both categories in their formulas.
#[test]
fn kpis_of_sales_and_marketing_say_which_of_them_is_missing() {
    let of_both = report::catalog().iter().filter(|kpi| {
        let formula = kpi.formula().unwrap_or_default();
        formula.contains("marketing spend") && formula.contains("sales")
            || formula.contains("spend on sales + spend on marketing")
    });
    let source = include_str!("../../src/report/caveat.rs");
    for kpi in of_both {
        let name = format!("\"{}\"", kpi.name());
        assert!(source.contains(&name), "{name}");
    }
}

/// Two evenings are compared at one rate, or it is said that they are not.
#[test]
fn what_the_exchange_rates_did_is_marked() {
    let contract = Contract::new("C-1", "Acme", day("2025-02-01"), Currency::USD)
        .and_then(|contract| contract.with_recurring(100, Per::Month))
        .and_then(|contract| contract.with_last_day(day("2027-01-31")))
        .unwrap();
    let book = Book::new(Currency::USD).with_contracts([contract]).unwrap();
    let caveats = |book: &Book, name: &str| {
        let plan = ReportPlan::new(q1()).with_kpis(chosen(&[name]));
        let report = Report::of(book, &plan).unwrap();
        report.sections()[0].lines()[0].now().caveats.clone()
    };
    let own = book.clone().with_own_rates();
    assert_eq!(caveats(&book, "net_revenue_retention"), []);
    assert_eq!(
        caveats(&own, "net_revenue_retention"),
        [report::Caveat::OwnRates]
    );
    // One evening alone has one rate for each contract.
    assert_eq!(caveats(&own, "arr"), []);
}

/// The names in these lists are the catalog's.
#[test]
fn reservations_are_of_kpis_that_there_are() {
    let source = include_str!("../../src/report/caveat.rs");
    let names = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","));
    let unrecorded = include_str!("../../src/report/unrecorded.rs");
    let lists = unrecorded.split("#[cfg(test)]").next().unwrap();
    let quoted = lists.split('"').skip(1).step_by(2);
    assert!(quoted.clone().count() > 50);
    for name in names.chain(quoted) {
        assert_eq!(
            report::find(name).map(|kpi| kpi.name() == name),
            Ok(true),
            "{name}"
        );
    }
}

/// What is spent elsewhere says nothing of a channel.
#[test]
fn the_category_that_is_missing_is_that_of_the_channel() {
    let expense = |id: &str, category, source: &str| {
        Spend::new(id, day("2026-01-31"), 3_000, Currency::USD, category)
            .and_then(|spend| spend.with_source(source))
            .unwrap()
    };
    let deal = |id: &str, on: &str| {
        Deal::new(
            id,
            day("2024-01-07"),
            Outcome::Won { on: day(on) },
            Currency::USD,
        )
        .and_then(|deal| deal.with_amount(100)?.with_account(id)?.with_source("ads"))
        .unwrap()
    };
    let book = Book::new(Currency::USD)
        .with_deals([deal("A", "2024-12-31"), deal("B", "2026-02-03")])
        .and_then(|book| {
            book.with_spend([
                expense("S-1", SpendCategory::Marketing, "ads"),
                expense("S-2", SpendCategory::Sales, "fair"),
            ])
        })
        .unwrap();
    let channel = Parameters::new().with_channel("ads".try_into().unwrap());
    let caveats = |name: &str| {
        let plan = ReportPlan::new(q1())
            .with_kpis(chosen(&[name]))
            .with_parameters(channel.clone());
        let report = Report::of(&book, &plan).unwrap();
        report.sections()[0].lines()[0].now().caveats.clone()
    };
    assert_eq!(
        caveats("cost_per_acquisition"),
        [report::Caveat::NoSalesSpend]
    );
    assert_eq!(caveats("customer_acquisition_cost"), []);
}

/// What goes by creations says that it lacks some.
#[test]
fn what_lacks_creations_says_so() {
    let undated = Deal::new("D-9", None, Outcome::Open, Currency::USD).unwrap();
    let caveats = |book: &Book, name: &str| {
        let plan = ReportPlan::new(q1()).with_kpis(chosen(&[name]));
        let report = Report::of(book, &plan).unwrap();
        report.sections()[0].lines()[0].now().caveats.clone()
    };
    let dated = Book::new(Currency::USD)
        .with_deals([won("D-1", "ada", 5)])
        .unwrap();
    let some = dated.clone().with_deals([undated]).unwrap();
    for name in ["opportunities_created", "opportunity_conversion_rate"] {
        assert_eq!(caveats(&dated, name), [], "{name}");
        assert_eq!(caveats(&some, name), [report::Caveat::Undated], "{name}");
    }
    let never_lost = report::Caveat::Unrecorded(report::Unrecorded::LostDeal);
    assert_eq!(caveats(&some, "win_rate"), [never_lost]);
    // How old a deal is that is open no more is not asked.
    let on = day("2026-02-20");
    let won = Deal::new("D-8", None, Outcome::Won { on }, Currency::USD);
    let closed = dated.with_deals([won.unwrap()]).unwrap();
    assert_eq!(
        caveats(&some, "deals_older_than"),
        [report::Caveat::Undated]
    );
    assert_eq!(caveats(&closed, "deals_older_than"), []);
}

/// An open deal without any date is open on every evening, also on those before anybody knew it.
#[test]
fn what_is_open_on_every_evening_is_marked() {
    let open = |created| {
        let deal = Deal::new("D-9", created, Outcome::Open, Currency::USD);
        deal.and_then(|deal| deal.with_amount(7)?.with_probability(Rate::HALF))
            .unwrap()
    };
    let names = [
        "pipeline_value",
        "hindsight_pipeline_value",
        "open_deals",
        "weighted_pipeline",
        "average_open_deal_size",
        "deals_older_than",
    ];
    let marks = |created| {
        let book = Book::new(Currency::USD)
            .with_deals([open(created)])
            .unwrap();
        let plan = ReportPlan::new(q1()).with_kpis(chosen(&names));
        let report = Report::of(&book, &plan).unwrap();
        let lines = report.sections()[0].lines().iter();
        let marked = lines.filter(|line| line.now().caveats.contains(&report::Caveat::Undated));
        marked
            .map(|line| line.kpi().name())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(marks(None), names.join(" "));
    assert_eq!(marks(Some(day("2026-01-07"))), "");
}

/// A deal that was deleted from the records was open on the evening, and is one of those behind the figure; when it was created nobody knows.
#[test]
fn the_sample_of_what_was_open_is_of_the_same_deals() {
    let open = |id: &str| {
        let state = DealState::new(id, day("2026-01-07"), DealStatus::Open, Currency::USD);
        state.and_then(|state| state.with_amount(500)).unwrap()
    };
    let record = |id, outcome| {
        let deal = Deal::new(id, day("2026-01-07"), outcome, Currency::USD);
        deal.and_then(|deal| deal.with_amount(500)).unwrap()
    };
    let on = day("2026-02-20");
    // D-4 was won, and is open again since the quarter is over.
    let won = DealState::new("D-4", on, DealStatus::Won, Currency::USD);
    let won = won.and_then(|state| state.with_amount(500)).unwrap();
    let again = DealState::new("D-4", day("2026-04-10"), DealStatus::Open, Currency::USD);
    let book = Book::new(Currency::USD)
        .with_deals([
            record("D-1", Outcome::Open),
            record("D-3", Outcome::Won { on }),
            record("D-4", Outcome::Open),
        ])
        .and_then(|book| book.with_states([open("D-1"), open("D-2"), won, again.unwrap()]))
        .unwrap();
    let names = [
        "open_deals",
        "pipeline_value",
        "average_deal_age",
        "hindsight_pipeline_value",
        "pipeline_velocity",
        "sales_cycle_length",
        "deals_older_than",
    ];
    let kpis = names.map(|name| report::find(name).unwrap());
    let plan = ReportPlan::new(scope("2026-Q1")).with_kpis(kpis);
    let report = Report::of(&book, &plan).unwrap();
    let lines = report.sections()[0].lines().iter();
    let samples: Vec<Option<u64>> = lines.map(|line| line.now().sample).collect();
    assert_eq!(
        samples,
        [2, 2, 1, 2, 2, 1, 2].map(Some),
        "of what was, but for what is of today's records"
    );
    let oldest = report.sections()[0].line("deals_older_than").unwrap();
    assert_eq!(oldest.now().caveats, [report::Caveat::Undated]);
    assert_eq!(
        report.sections()[0].lines()[0].now().value,
        Ok(Value::Count(2))
    );
}
