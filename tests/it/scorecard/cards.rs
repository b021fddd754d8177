//! Weighted metrics with benchmarks: by the catalogue, over exact fractions.

use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::report::{
    Better, Family, Inputs, Kpi, Report, ReportPlan, Unit, Value, catalog, find,
};
use sales_metrics::scorecard::{Scorecard, Scores, Total};
use sales_metrics::{
    Average, Book, Currency, Days, Deal, Decimal, Dimension, ErrorKind, Length, Money, MoneyPer,
    Months, Multiple, Outcome, Per, Percent, Rate, Scope, Undefined,
};

use crate::business::sparse_businesses;
use crate::support::{Q, complaint, config, day, dec, exact, q, scope, tiny, usd};

fn q1() -> Scope {
    scope("2026-Q1")
}

/// A book that has a deal.
fn book() -> Book {
    let deal = Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap();
    Book::new(Currency::USD).with_deals([deal]).unwrap()
}

/// A KPI that has this value, or none.
fn given(name: &str, unit: Unit, better: Better, value: Option<Value>) -> Kpi {
    let answer = move |_: &Inputs<'_>| value.ok_or(Undefined::Own("not known").into());
    Kpi::own(name, name, Family::Own("test"), unit, better, answer).unwrap()
}

fn number(name: &str, better: Better, value: Option<&str>) -> Kpi {
    let value = value.map(|text| Value::Number(Average::new(dec(text))));
    given(name, Unit::Number, better, value)
}

fn average(text: &str) -> Average {
    Average::new(dec(text))
}

fn scored(card: &Scorecard) -> Scores {
    card.score(&book(), &ReportPlan::new(q1())).unwrap()
}

fn overall(card: &Scorecard) -> Total {
    scored(card).scores()[0].overall
}

fn attained(card: &Scorecard) -> String {
    let share = overall(card).attainment.unwrap();
    format!("{share:.2}")
}

#[test]
fn what_is_beyond_one_benchmark_does_not_make_up_for_another() {
    let up = |name, value| number(name, Better::Up, Some(value));
    let card = Scorecard::new()
        .with_objective(&up("a", "30"), 1, average("10"))
        .and_then(|card| card.with_objective(&up("b", "5"), 3, average("10")))
        .unwrap();
    // (1 × 1 + 3 × 0.5) / 4. The wrong answers: 75 %, the plain mean of the capped ratios; 112.5 %, where nothing is capped; 150 % / …
    assert_eq!(attained(&card), "62.50%");
    let generous = card.clone().with_cap(Percent::from_percent(200).unwrap());
    // (1 × 2 + 3 × 0.5) / 4.
    assert_eq!(attained(&generous.unwrap()), "87.50%");
    let strict = card.with_cap(Percent::from_percent(40).unwrap()).unwrap();
    assert_eq!(attained(&strict), "40.00%");
}

#[test]
fn where_less_is_better_the_ratio_is_turned_round() {
    let down = |value| number("hours", Better::Down, Some(value));
    let card = |value| Scorecard::new().with_activity(&down(value), 7, average("4"));
    for (actual, share) in [
        ("8", "50.00%"),
        ("4", "100.00%"),
        // Twice as quick as asked for is no 50 %.
        ("2", "100.00%"),
        ("0", "100.00%"),
        ("-3", "100.00%"),
        ("16", "25.00%"),
    ] {
        assert_eq!(attained(&card(actual).unwrap()), share, "{actual}");
    }
    let twice = card("2")
        .unwrap()
        .with_cap(Percent::from_percent(300).unwrap());
    assert_eq!(attained(&twice.unwrap()), "200.00%");
    let at_once = card("0")
        .unwrap()
        .with_cap(Percent::from_percent(300).unwrap());
    assert_eq!(attained(&at_once.unwrap()), "300.00%");
}

#[test]
fn below_nothing_counts_as_nothing() {
    let card = Scorecard::new()
        .with_objective(&number("a", Better::Up, Some("-50")), 1, average("10"))
        .and_then(|card| {
            card.with_objective(&number("b", Better::Up, Some("10")), 1, average("10"))
        })
        .unwrap();
    assert_eq!(attained(&card), "50.00%");
}

#[test]
fn what_has_no_value_leaves_the_weights_and_is_named() {
    let known = Scorecard::new()
        .with_objective(&number("a", Better::Up, Some("5")), 2, average("10"))
        .unwrap();
    let unknown = number("b", Better::Up, None);
    let both = known.clone().with_objective(&unknown, 98, average("10"));
    let both = both.unwrap();
    // Taken for 0 it would be 1 %.
    assert_eq!(attained(&both), "50.00%");
    assert_eq!(overall(&both), overall(&known));
    let scores = scored(&both);
    let named = &scores.scores()[0].objectives.metrics[1];
    assert_eq!(
        named.reading.value.as_ref().unwrap_err().to_string(),
        "not known"
    );
    assert_eq!((named.attainment, named.points), (None, None));

    let nothing = Scorecard::new().with_activity(&unknown, 1, average("1"));
    let nothing = scored(&nothing.unwrap());
    let total = nothing.scores()[0].overall;
    assert_eq!(total.attainment, Err(Undefined::NoMetricValues));
    let part = nothing.scores()[0].objectives.total;
    assert_eq!(part.attainment, Err(Undefined::NoMetrics));
    let empty = overall(&Scorecard::new());
    let none = Err(Undefined::NoMetrics);
    assert_eq!(
        (empty.attainment, empty.points),
        (none, Err(Undefined::NoMetrics))
    );
    assert!(!empty.is_small);
}

/// A new opportunity is worth 15 points.
#[test]
fn points_are_for_what_is_counted() {
    let count = |name, better, count| given(name, Unit::Count, better, count);
    let card = Scorecard::new()
        .with_activity(
            &count("opportunities", Better::Up, Some(4_u64.into())),
            15,
            10_u64,
        )
        .and_then(|card| {
            card.with_activity(
                &count("calls", Better::Up, Some(80_u64.into())),
                dec("0.5"),
                60_u64,
            )
        })
        // Each of these is one too many, and no share is a unit.
        .and_then(|card| {
            card.with_activity(&count("misses", Better::Down, Some(9_u64.into())), 5, 3_u64)
        })
        .and_then(|card| {
            card.with_objective(
                &given("share", Unit::Rate, Better::Up, Some(Rate::HALF.into())),
                30,
                Rate::HALF,
            )
        })
        .unwrap();
    let scores = scored(&card);
    let score = &scores.scores()[0];
    assert_eq!(score.activities.total.points, Ok(dec("100.0")));
    assert_eq!(score.objectives.total.points, Err(Undefined::NoMetrics));
    assert_eq!(score.overall.points, Ok(dec("100")));
    let points = score.activities.metrics.iter().map(|scored| scored.points);
    assert_eq!(
        points.collect::<Vec<_>>(),
        [Some(dec("60")), Some(dec("40")), None]
    );
    // Points know no cap: 80 calls count, and not 60.
    let unknown = count("opportunities", Better::Up, None);
    let rest = card.with_activity(&unknown, 15, 10_u64).unwrap();
    assert_eq!(rest.activities().len(), 3, "it took the place of the other");
    assert_eq!(overall(&rest).points, Ok(dec("40")));
    let alone = Scorecard::new().with_activity(&unknown, 15, 10_u64);
    assert_eq!(
        overall(&alone.unwrap()).points,
        Err(Undefined::NoMetricValues)
    );
}

#[test]
fn a_kpi_stands_in_a_card_once() {
    let win_rate = find("win_rate").unwrap();
    let card = Scorecard::new()
        .with_activity(win_rate, 1, Rate::HALF)
        .and_then(|card| card.with_objective(win_rate, 2, Rate::ONE))
        .unwrap();
    assert!(card.activities().is_empty());
    assert_eq!(card.objectives()[0].weight(), Decimal::TWO);
    assert_eq!(card.kpis().iter().collect::<Vec<_>>(), [win_rate]);
    assert_eq!(Scorecard::default(), Scorecard::new());
}

#[test]
fn what_cannot_be_held_is_no_answer() {
    let most = number("a", Better::Up, Some("1"));
    let card = Scorecard::new().with_objective(&most, Decimal::MAX, average("1"));
    let other = number("b", Better::Up, Some("1"));
    let card = card.and_then(|card| card.with_objective(&other, Decimal::MAX, average("1")));
    assert_eq!(
        overall(&card.unwrap()).attainment,
        Err(Undefined::OutOfRange)
    );
    // So much more than was asked for that no decimal holds it is beyond the cap.
    let huge = number("a", Better::Up, Some("79228162514264337593543950335"));
    let card = Scorecard::new().with_objective(&huge, 1, average("0.0000000001"));
    assert_eq!(attained(&card.unwrap()), "100.00%");
    let count = given("c", Unit::Count, Better::Up, Some(u64::MAX.into()));
    let card = Scorecard::new().with_activity(&count, Decimal::MAX, 1_u64);
    assert_eq!(overall(&card.unwrap()).points, Err(Undefined::OutOfRange));
}

#[test]
fn money_is_held_against_money_of_its_kind() {
    let eur = |amount: i64| Money::new(amount, Currency::EUR);
    let revenue = find("total_revenue").unwrap();
    let card = Scorecard::new().with_objective(revenue, 1, eur(5)).unwrap();
    let refused = card.score(&book(), &ReportPlan::new(q1()));
    assert_eq!(
        complaint(refused),
        (
            ErrorKind::CurrencyMismatch,
            "the benchmark of total_revenue is in EUR, but the KPI is in USD; let them agree"
                .to_owned()
        )
    );
    // A KPI of one's own, whose value is in euros in a book of dollars.
    let own = given("own", Unit::Money, Better::Up, Some(eur(5).into()));
    let card = Scorecard::new().with_objective(&own, 1, usd("5")).unwrap();
    assert_eq!(
        complaint(card.score(&book(), &ReportPlan::new(q1()))).0,
        ErrorKind::CurrencyMismatch
    );
    let a_month = MoneyPer::new(usd("5"), Per::Month);
    let card = Scorecard::new().with_objective(find("revenue_per_day").unwrap(), 1, a_month);
    let per = complaint(card.unwrap().score(&book(), &ReportPlan::new(q1())));
    assert_eq!(per.0, ErrorKind::UnitMismatch);
    assert_eq!(
        per.1,
        "the benchmark of revenue_per_day is per month, but the KPI is per day; let them agree"
    );
}

/// Of what has several parts the benchmark is of the one by which it is ranked.
#[test]
fn a_benchmark_is_in_the_unit_by_which_its_kpi_is_ranked() {
    let a_month = MoneyPer::new(usd("5"), Per::Month);
    let pairs: [(&str, Value); 6] = [
        ("pipeline_inflow", usd("5").into()),
        ("win_rate_interval", Rate::HALF.into()),
        ("mrr_movements", a_month.into()),
        ("touchpoints_per_rep", 5_u64.into()),
        ("touchpoints_per_rep", average("5").into()),
        ("net_negative_churn", true.into()),
    ];
    for (name, benchmark) in pairs {
        let kpi = find(name).unwrap().clone().with_better(Better::Up);
        let card = Scorecard::new().with_objective(&kpi, 1, benchmark);
        assert!(card.is_ok(), "{name}: {card:?}");
    }
    let volume = Scorecard::new().with_objective(find("pipeline_inflow").unwrap(), 1, 5_u64);
    assert_eq!(
        complaint(volume),
        (
            ErrorKind::UnitMismatch,
            "the benchmark of pipeline_inflow is in Count, but the KPI's unit is Money; let them agree".to_owned()
        )
    );
}

fn read(json: &str) -> Result<Scorecard, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

#[test]
fn a_card_is_data() {
    let kpi = |name| find(name).unwrap();
    let card = Scorecard::new()
        .with_activity(kpi("opportunities_created"), 15, 10_u64)
        .and_then(|card| card.with_activity(kpi("average_response_time"), 1, Length::minutes(90)))
        .and_then(|card| card.with_activity(kpi("touchpoints_per_rep"), 1, average("12.5")))
        .and_then(|card| card.with_objective(kpi("win_rate"), dec("30.5"), Rate::from_percent(25)?))
        .and_then(|card| card.with_objective(kpi("sales_cycle_length"), 20, Days::new(60)?))
        .and_then(|card| card.with_objective(kpi("cac_payback"), 20, Months::new(12)?))
        .and_then(|card| card.with_objective(kpi("total_revenue"), 20, usd("1234.5")))
        .and_then(|card| {
            card.with_objective(
                kpi("net_revenue_retention"),
                20,
                Percent::from_percent(110)?,
            )
        })
        .and_then(|card| card.with_objective(kpi("pipeline_coverage"), 20, Multiple::new(3)))
        .and_then(|card| {
            card.with_objective(
                &kpi("time_allocation").clone().with_better(Better::Up),
                20,
                Rate::HALF,
            )
        })
        .and_then(|card| card.with_cap(Percent::from_percent(120)?))
        .unwrap();
    let json = serde_json::to_string(&card).unwrap();
    assert_eq!(
        json,
        concat!(
            r#"{"activities":[{"kpi":"opportunities_created","weight":"15","benchmark":"10"},"#,
            r#"{"kpi":"average_response_time","weight":"1","benchmark":"1h 30m 00s"},"#,
            r#"{"kpi":"touchpoints_per_rep","weight":"1","benchmark":"12.5"}],"#,
            r#""objectives":[{"kpi":"win_rate","weight":"30.5","benchmark":"25%"},"#,
            r#"{"kpi":"sales_cycle_length","weight":"20","benchmark":"60 days"},"#,
            r#"{"kpi":"cac_payback","weight":"20","benchmark":"12 months"},"#,
            r#"{"kpi":"total_revenue","weight":"20","benchmark":"1234.5 USD"},"#,
            r#"{"kpi":"net_revenue_retention","weight":"20","benchmark":"110%"},"#,
            r#"{"kpi":"pipeline_coverage","weight":"20","benchmark":"3×"},"#,
            r#"{"kpi":"time_allocation","weight":"20","benchmark":"50%","better":"up"}],"cap":"120%"}"#,
        )
    );
    assert_eq!(read(&json), Ok(card));
    assert_eq!(read("{}"), Ok(Scorecard::new()));
    let short = r#"{"activities":[{"kpi":"open deals","weight":1,"benchmark":7}]}"#;
    let open = Scorecard::new().with_activity(kpi("open_deals"), 1, 7_u64);
    assert_eq!(read(short), Ok(open.unwrap()));
}

/// What is written for a benchmark of each unit is read as the same.
#[test]
fn every_kpi_of_the_catalog_can_be_in_a_card() {
    for kpi in catalog() {
        let kpi = match kpi.better() {
            Better::Neither => kpi.clone().with_better(Better::Down),
            _ => kpi.clone(),
        };
        let benchmark: Value = match kpi.unit() {
            Unit::Money | Unit::Volume | Unit::Waterfall => usd("7").into(),
            Unit::MoneyPer | Unit::Movements => MoneyPer::new(usd("7"), Per::Month).into(),
            Unit::Rate | Unit::Interval => Rate::HALF.into(),
            Unit::Percent => Percent::from_percent(7).unwrap().into(),
            Unit::Multiple => Multiple::new(7).into(),
            Unit::Days => Days::new(7).unwrap().into(),
            Unit::Months => Months::new(7).unwrap().into(),
            Unit::Duration => Length::minutes(7).into(),
            Unit::Number => average("7.5").into(),
            Unit::Flag => true.into(),
            Unit::DayChange => 7_i64.into(),
            _ => 7_u64.into(),
        };
        let card = Scorecard::new().with_objective(&kpi, 1, benchmark).unwrap();
        let json = serde_json::to_string(&card).unwrap();
        let back = read(&json);
        assert_eq!(back, Ok(card), "{json}");
        assert_eq!(back.unwrap().objectives()[0].kpi().better(), kpi.better());
    }
}

#[test]
fn what_is_wrong_with_a_card_that_is_read() {
    let of = |kpi: &str, weight: &str, benchmark: &str| {
        let metric = format!(r#"{{"kpi":"{kpi}","weight":{weight},"benchmark":{benchmark}}}"#);
        read(&format!(r#"{{"objectives":[{metric}]}}"#)).unwrap_err()
    };
    let cases = [
        (
            of("win_rat", "1", r#""25%""#),
            "no KPI is called \"win_rat\"; the nearest is win_rate",
        ),
        (
            of("win_rate", "0", r#""25%""#),
            "the weight of win_rate is 0, but must be above 0",
        ),
        (
            of("win_rate", "1", r#""0%""#),
            "the benchmark of win_rate is 0%, but must be above 0",
        ),
        (
            of("win_rate", "1", r#""25""#),
            "the benchmark of win_rate: \"25\" lacks its unit; write it after the number, as in \"12%\"",
        ),
        (
            of("total_revenue", "1", r#""40,000.00 USD""#),
            "the benchmark of total_revenue: \"40,000.00\" is no exact number; write it without marks between the thousands, as 40000.00",
        ),
        (
            of("win_rate", "1", "0.25"),
            "a text such as \"25%\", or a whole number",
        ),
        (
            of("open_deals", "1", r#""2.5""#),
            "the benchmark of open_deals is in Number, but the KPI's unit is Count; let them agree",
        ),
        (
            of("win_rate", "0.1", r#""25%""#),
            "the number 0.1 is not exact; put it in quotes, as in \"12.50\"",
        ),
        (
            of("time_allocation", "1", r#""25%""#),
            "time_allocation is better neither way by itself; say which way by Kpi::with_better",
        ),
        (
            read(r#"{"cap":"0%"}"#).unwrap_err(),
            "the cap is 0%, but must be above 0",
        ),
        (
            read(r#"{"tasks":[]}"#).unwrap_err(),
            "unknown field `tasks`",
        ),
    ];
    for (found, text) in cases {
        assert!(found.starts_with(text), "{found}");
    }
}

#[test]
fn its_json_says_what_each_metric_came_to() {
    let count = given("calls", Unit::Count, Better::Up, Some(80_u64.into()));
    let unknown = number("unknown", Better::Up, None);
    let card = Scorecard::new()
        .with_activity(&count, 2, 100_u64)
        .and_then(|card| card.with_objective(&unknown, 1, 1_u64))
        .unwrap();
    let json = serde_json::to_value(scored(&card)).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "scope": q1(), "least_sample": 30, "cap": "1",
            "scores": [{
                "group": null,
                "activities": {
                    "metrics": [{
                        "metric": {"kpi": "calls", "weight": "2", "benchmark": "100", "better": "up"},
                        "title": "calls",
                        "actual": {"value": {"unit": "count", "value": 80}, "small_sample": false},
                        "attainment": "0.8",
                        "points": "160",
                    }],
                    "total": {"attainment": "0.8", "points": "160", "small_sample": false},
                },
                "objectives": {
                    "metrics": [{
                        "metric": {"kpi": "unknown", "weight": "1", "benchmark": "1", "better": "up"},
                        "title": "unknown",
                        "actual": {"undefined": "own", "reason": "not known", "small_sample": false},
                    }],
                    "total": {
                        "attainment": {"undefined": "no_metric_values"},
                        "points": {"undefined": "no_metrics"},
                        "small_sample": false,
                    },
                },
                "overall": {"attainment": "0.8", "points": "160", "small_sample": false},
            }],
        })
    );
}

#[test]
fn its_text_has_each_metric_and_the_reasons() {
    let calls = given("calls", Unit::Count, Better::Up, Some(80_u64.into()));
    let win_rate = find("win_rate").unwrap();
    let revenue = find("total_revenue").unwrap();
    let card = Scorecard::new()
        .with_activity(&calls, 2, 100_u64)
        .and_then(|card| card.with_objective(win_rate, 1, Rate::HALF))
        .and_then(|card| card.with_objective(revenue, 1, usd("1000")))
        .unwrap();
    let text = scored(&card).to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    assert_eq!(
        lines,
        [
            "scorecard, 2026-Q1",
            "                      actual  benchmark  weight  attained  points  n",
            "activities",
            "  calls                   80        100       2     80.0%     160",
            "  all of them                                       80.0%     160",
            "objectives",
            "  win rate               – ¹      50.0%       1         –          0",
            "  total revenue  USD    0.00   1,000.00       1      0.0%          0",
            "  all of them                                        0.0%",
            "overall",
            "  both parts                                        53.3%     160",
            "",
            "¹ no deal was won or lost",
        ]
    );
}

/// Of each rep: so many opportunities.
#[test]
fn groups_are_ranked_by_their_attainment_or_their_points() {
    let mut deals = Vec::new();
    for (rep, count) in [("ada", 3), ("ben", 5), ("cleo", 3), ("dora", 20)] {
        for _ in 0..count {
            let deal = Deal::new(deals.len(), day("2026-01-07"), Outcome::Open, Currency::USD);
            deals.push(deal.unwrap().with_owner(rep).unwrap());
        }
    }
    let book = Book::new(Currency::USD).with_deals(deals).unwrap();
    let created = find("opportunities_created").unwrap();
    let card = Scorecard::new().with_activity(created, 15, 5_u64).unwrap();
    let plan = ReportPlan::new(q1()).with_dimension(Dimension::Rep);
    let scores = card.score(&book, &plan).unwrap();
    let names = |ranking: Vec<(Option<usize>, &sales_metrics::scorecard::Score)>| -> Vec<_> {
        let names = ranking.into_iter();
        names
            .map(|(rank, score)| (rank.unwrap(), score.group.clone().unwrap()))
            .collect()
    };
    let own = |(rank, name): (usize, &str)| (rank, name.to_owned());
    // At the cap, one as the other; of the points each counts.
    assert_eq!(
        names(scores.by_attainment()),
        [(1, "ben"), (1, "dora"), (3, "ada"), (3, "cleo")].map(own)
    );
    assert_eq!(
        names(scores.by_points()),
        [(1, "dora"), (2, "ben"), (3, "ada"), (3, "cleo")].map(own)
    );
    assert_eq!(scores.dimension(), Some(&Dimension::Rep));
    assert_eq!(scores.scope(), q1());
}

/// A metric: its actual value, its benchmark, its weight, and which way is better.
type Raw = (Option<i64>, i64, u32, bool);

fn raw() -> impl Strategy<Value = Vec<Raw>> {
    let actual =
        prop_oneof![3 => (-50_i64..2_000).prop_map(Some), 1 => Just(Some(0)), 1 => Just(None)];
    proptest::collection::vec((actual, 1_i64..1_000, 1_u32..200, any::<bool>()), 0..8)
}

/// The even ones are activities.
fn card_of(raw: &[(usize, Raw)], factor: u32, cap: Percent) -> Scorecard {
    let mut card = Scorecard::new().with_cap(cap).unwrap();
    for (at, (actual, benchmark, weight, is_up)) in raw {
        let better = if *is_up { Better::Up } else { Better::Down };
        let value = actual.map(|actual| Value::Number(Average::new(actual)));
        let kpi = given(&format!("m{at}"), Unit::Number, better, value);
        let (weight, benchmark) = (Decimal::from(weight * factor), Average::new(*benchmark));
        card = match at % 2 {
            0 => card.with_activity(&kpi, weight, benchmark).unwrap(),
            _ => card.with_objective(&kpi, weight, benchmark).unwrap(),
        };
    }
    card
}

/// By the catalogue: Σ weight × min(ratio, cap) / Σ weight, of what is known.
fn oracle<'r>(raw: impl Iterator<Item = &'r (usize, Raw)>, cap: &Q) -> Option<Q> {
    let (mut reached, mut weights) = (q(0, 1), q(0, 1));
    for (_, (actual, benchmark, weight, is_up)) in raw {
        let Some(actual) = actual else { continue };
        let actual = (*actual).max(0);
        let ratio = match (*is_up, actual) {
            (true, actual) => q(actual, *benchmark),
            (false, 0) => cap.clone(),
            (false, actual) => q(*benchmark, actual),
        };
        reached += ratio.min(cap.clone()) * q(*weight, 1);
        weights += q(*weight, 1);
    }
    (weights > q(0, 1)).then(|| reached / weights)
}

fn near(found: Percent, truth: &Q) -> bool {
    let off = exact(found.fraction()) - truth;
    -tiny(24) <= off && off <= tiny(24)
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn attainment_agrees_with_the_formula(raw in raw(), cap in 1_i64..400, factor in 2_u32..50) {
        let cap = Percent::from_percent(cap).unwrap();
        let exact_cap = exact(cap.fraction());
        let raw: Vec<(usize, Raw)> = raw.into_iter().enumerate().collect();
        let scores = scored(&card_of(&raw, 1, cap));
        let score = &scores.scores()[0];
        let part = |odd: usize| raw.iter().filter(move |(at, _)| at % 2 == odd);
        for (total, truth) in [
            (score.activities.total, oracle(part(0), &exact_cap)),
            (score.objectives.total, oracle(part(1), &exact_cap)),
            (score.overall, oracle(raw.iter(), &exact_cap)),
        ] {
            match (total.attainment, truth) {
                (Ok(found), Some(truth)) => {
                    prop_assert!(near(found, &truth), "{found} {truth}");
                    prop_assert!(found.fraction() >= Decimal::ZERO && found <= cap);
                }
                (found, truth) => prop_assert!(found.is_err() && truth.is_none()),
            }
        }
        // The order of the metrics plays no part, nor do the units in which they are weighed.
        let backwards: Vec<(usize, Raw)> = raw.iter().copied().rev().collect();
        let weighed = scored(&card_of(&raw, factor, cap));
        for other in [scored(&card_of(&backwards, 1, cap)), weighed] {
            let other = other.scores()[0].overall.attainment;
            match (score.overall.attainment, other) {
                (Ok(one), Ok(other)) => prop_assert!(near(one, &exact(other.fraction()))),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }

    #[test]
    fn points_scale_with_the_weights(counts in proptest::collection::vec((0_u64..1_000, 1_u32..100), 1..6), factor in 2_u32..50) {
        let card = |factor: u32| {
            let mut card = Scorecard::new();
            for (at, (count, weight)) in counts.iter().enumerate() {
                let kpi = given(&format!("m{at}"), Unit::Count, Better::Up, Some((*count).into()));
                card = card.with_activity(&kpi, weight * factor, 7_u64).unwrap();
            }
            overall(&card).points.unwrap()
        };
        let truth: u64 = counts.iter().map(|(count, weight)| count * u64::from(*weight)).sum();
        prop_assert_eq!(card(1), Decimal::from(truth));
        prop_assert_eq!(card(factor), Decimal::from(truth * u64::from(factor)));
    }
}

proptest! {
    #![proptest_config(config(60))]

    /// Whatever is scored is what a report shows.
    #[test]
    fn every_figure_is_that_of_a_report(
        business in sparse_businesses(),
        dimension in select(vec![None, Some(Dimension::Rep), Some(Dimension::Team)]),
        least_sample in 0_u64..5,
    ) {
        let (book, scope) = (business.book(), business.scope());
        let names = [
            "opportunities_created", "win_rate", "total_revenue", "sales_cycle_length", "revenue_growth", "quota_attainment",
            "touchpoints_per_rep", "average_response_time", "pipeline_inflow", "below_quota_streak",
        ];
        let mut card = Scorecard::new();
        for name in names {
            let kpi = find(name).unwrap();
            let benchmark: Value = match kpi.unit() {
                Unit::Money | Unit::Volume => Money::new(9, scope.currency()).into(),
                Unit::Rate => Rate::HALF.into(),
                Unit::Percent => Percent::from_percent(9).unwrap().into(),
                Unit::Days => Days::new(9).unwrap().into(),
                Unit::Duration => Length::minutes(9).into(),
                _ => 9_u64.into(),
            };
            card = card.with_objective(kpi, 3, benchmark).unwrap();
        }
        let mut plan = ReportPlan::new(scope).with_least_sample(least_sample).with_kpis(card.kpis());
        if let Some(dimension) = dimension {
            plan = plan.with_dimension(dimension);
        }
        let (scores, report) = match (card.score(&book, &plan), Report::of(&book, &plan)) {
            (Ok(scores), Ok(report)) => (scores, report),
            (scores, report) => {
                prop_assert_eq!(scores.unwrap_err(), report.unwrap_err());
                return Ok(());
            }
        };
        prop_assert_eq!(scores.scores().len(), report.sections().len());
        for (score, section) in scores.scores().iter().zip(report.sections()) {
            prop_assert_eq!(score.group.as_deref(), section.group());
            prop_assert_eq!(score.objectives.metrics.len(), section.lines().len());
            for (scored, line) in score.objectives.metrics.iter().zip(section.lines()) {
                prop_assert_eq!(&scored.reading, line.now());
                prop_assert_eq!(&scored.title, line.title());
                let known = line.now().value.is_ok();
                prop_assert!(scored.attainment.is_none() || known);
            }
            let small = score.objectives.metrics.iter().any(|scored| scored.reading.is_small);
            prop_assert_eq!(score.overall.is_small, small);
        }
    }
}
