//! Rankings that do not mislead.

use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::report::{self, Better, Leaderboard, Parameters, Report, ReportPlan, Value};
use sales_metrics::{
    Book, BookTally, Currency, Deal, Dimension, ErrorKind, FiscalCalendar, FiscalYearEnd,
    FiscalYearLabel, Lead, Outcome, QuarterWeeks, Rep, Scope, Undefined, Weekday, instant,
};

use crate::business::sparse_businesses;
use crate::support::{config, day, kind_of, scope};

fn q1() -> Scope {
    scope("2026-Q1")
}

/// A deal of a rep, created on January 7.
fn deal(id: &str, rep: &str, outcome: Outcome) -> Deal {
    let deal = Deal::new(id, day("2026-01-07"), outcome, Currency::USD);
    deal.and_then(|deal| deal.with_owner(rep)).unwrap()
}

fn won(id: &str, rep: &str, amount: u32) -> Deal {
    let on = day("2026-02-20");
    deal(id, rep, Outcome::Won { on })
        .with_amount(amount)
        .unwrap()
}

fn book(deals: impl IntoIterator<Item = Deal>) -> Book {
    Book::new(Currency::USD).with_deals(deals).unwrap()
}

fn board(book: &Book, name: &str, least: u64) -> Leaderboard {
    let kpi = report::find(name).unwrap();
    let board = Leaderboard::of(book, q1(), &Dimension::Rep, kpi).unwrap();
    board.with_least_sample(least)
}

/// Each rank and whose it is.
fn ranks(board: &Leaderboard) -> Vec<(Option<usize>, &str)> {
    let places = board.places().iter();
    places
        .map(|place| (place.rank, place.group.as_deref().unwrap_or("")))
        .collect()
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).collect()
}

#[test]
fn equal_values_share_a_rank_and_the_undefined_stand_last() {
    let deals = [
        won("D-1", "eve", 5),
        won("D-2", "bob", 9),
        won("D-3", "ada", 5),
        won("D-4", "dan", 1),
        deal("D-5", "abe", Outcome::Open),
    ];
    let book = book(deals);
    assert_eq!(
        ranks(&board(&book, "average_deal_size", 1)),
        [
            (Some(1), "bob"),
            (Some(2), "ada"),
            (Some(2), "eve"),
            (Some(4), "dan"),
            (None, "abe")
        ]
    );
    let ages = board(&book, "average_deal_age", 1);
    assert_eq!(ranks(&ages)[0], (Some(1), "abe"));
}

#[test]
fn where_down_is_better_the_least_comes_first() {
    let slow = Outcome::Won {
        on: day("2026-03-20"),
    };
    let book = book([deal("D-9", "ada", slow), won("D-1", "ben", 1)]);
    for least in [1, 30] {
        assert_eq!(
            ranks(&board(&book, "sales_cycle_length", least)),
            [(Some(1), "ben"), (Some(2), "ada")]
        );
    }
}

/// One deal won of one is no better than two of three.
#[test]
fn small_samples_stand_after_the_sound_ones() {
    let lost = |id, rep| {
        let on = day("2026-03-01");
        deal(id, rep, Outcome::Lost { on })
    };
    let book = book([
        won("D-1", "lucky", 1),
        won("D-2", "sound", 1),
        lost("D-3", "sound"),
        won("D-4", "better", 1),
        won("D-5", "better", 1),
        lost("D-6", "better"),
        lost("D-7", "unlucky"),
        deal("D-8", "new", Outcome::Open),
        won("D-9", "equal", 1),
    ]);
    let by_two = board(&book, "win_rate", 2);
    assert_eq!(
        ranks(&by_two),
        [
            (Some(1), "better"),
            (Some(2), "sound"),
            (Some(3), "equal"),
            (Some(3), "lucky"),
            (Some(5), "unlucky"),
            (None, "new"),
        ]
    );
    let marks: Vec<bool> = by_two
        .places()
        .iter()
        .map(|place| place.reading.is_small)
        .collect();
    assert_eq!(marks, [false, false, true, true, true, false]);
    // Nobody is small: then the rate alone tells.
    let by_one = by_two.clone().with_least_sample(1);
    assert_eq!(ranks(&by_one)[0], (Some(1), "equal"));
    assert_eq!(by_one.with_least_sample(2), by_two);
    // A sum is what it is, however few.
    let revenue = board(&book, "total_revenue", 30);
    assert!(revenue.places().iter().all(|place| !place.reading.is_small));
    assert_eq!(
        lines(&by_two.to_string()),
        [
            "win rate by rep, 2026-Q1",
            "                      n",
            "  1  better    66.7%  3",
            "  2  sound     50.0%  2",
            "  3  equal    100.0%  1 *",
            "  3  lucky    100.0%  1 *",
            "  5  unlucky    0.0%  1 *",
            "  –  new         – ¹  0",
            "",
            "* fewer than 2 records",
            "",
            "¹ no deal was won or lost",
        ]
    );
}

/// What one rep of a team of one brings in says little of a rep of that team: no more than what one touches.
#[test]
fn a_mean_per_rep_of_few_is_small() {
    let in_team = |id: &str, team: &str| Rep::new(id).and_then(|rep| rep.with_team(team)).unwrap();
    let reps = [
        in_team("ada", "lucky"),
        in_team("bob", "sound"),
        in_team("eve", "sound"),
    ];
    let deals = [
        won("D-1", "ada", 900),
        won("D-2", "bob", 500),
        won("D-3", "eve", 500),
    ];
    let book = book(deals).with_reps(reps).unwrap();
    for name in [
        "rep_productivity",
        "full_time_rep_productivity",
        "rep_productivity_percentile",
        "revenue_per_day",
        "run_rate_forecast",
    ] {
        let kpi = report::find(name).unwrap();
        assert!(kpi.is_estimate() && !kpi.is_flow(), "{name}");
        let board = Leaderboard::of(&book, q1(), &Dimension::Team, kpi).unwrap();
        let board = board.with_least_sample(2);
        assert_eq!(ranks(&board)[0], (Some(1), "sound"), "{name}");
        assert_eq!(ranks(&board)[1], (Some(2), "lucky"), "{name}");
        assert!(board.places()[1].reading.is_small, "{name}");
    }
    for name in ["arr_per_rep", "pace", "quota_coverage"] {
        assert!(report::find(name).unwrap().is_estimate(), "{name}");
    }
    // What they bring in is what it is.
    assert!(!report::find("quota_capacity").unwrap().is_estimate());
}

/// Ten small deals are not more than one large one, and what nobody has priced is not nothing.
#[test]
fn a_volume_ranks_by_its_money() {
    let unpriced = |id, rep| {
        let on = day("2026-02-20");
        deal(id, rep, Outcome::Won { on })
    };
    let book = book([
        won("D-1", "many", 10),
        won("D-2", "many", 10),
        won("D-3", "large", 500),
        unpriced("D-4", "unknown"),
        unpriced("D-5", "unknown"),
        unpriced("D-6", "unknown"),
        deal("D-7", "none", Outcome::Open),
    ]);
    let outflow = board(&book, "pipeline_outflow", 1);
    assert_eq!(
        ranks(&outflow),
        [
            (Some(1), "large"),
            (Some(2), "many"),
            (Some(3), "none"),
            (None, "unknown")
        ]
    );
    assert_eq!(
        lines(&outflow.to_string())[..3],
        [
            "pipeline outflow by rep, 2026-Q1",
            "              deals · USD (unpriced)  n",
            "  1  large            1 · 500.00 (0)  1",
        ]
    );
}

#[test]
fn a_running_period_says_how_far_it_has_run() {
    let free = Deal::new("D-9", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap();
    let book = book([won("D-1", "ada", 12_500), free]);
    let running = q1().as_of(day("2026-03-15")).unwrap();
    let kpi = report::find("total_revenue").unwrap();
    let board = Leaderboard::of(&book, running, &Dimension::Rep, kpi).unwrap();
    assert_eq!(
        lines(&board.to_string()),
        [
            "total revenue by rep, 2026-Q1 to 2026-03-15",
            "                   USD  n",
            "  1  ada     12,500.00  1",
            "  2  (none)       0.00  0",
        ]
    );
    assert_eq!(
        (board.scope(), board.dimension()),
        (running, &Dimension::Rep)
    );
    assert_eq!((board.kpi(), board.title()), (kpi, "total revenue"));
}

#[test]
fn a_leaderboard_as_json() {
    let book = book([won("D-1", "ada", 5), deal("D-2", "ben", Outcome::Open)]);
    let kpi = report::find("win_rate").unwrap();
    let board = Leaderboard::of(&book, q1(), &Dimension::Rep, kpi).unwrap();
    let expected = [
        r#"{"scope":{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"2026-03-31"},"#,
        r#""by":"rep","kpi":"win_rate","title":"win rate","better":"up","least_sample":30,"places":["#,
        r#"{"rank":1,"group":"ada","reading":{"value":{"unit":"rate","value":"1"},"sample":1,"small_sample":true,"caveats":[{"unrecorded":"lost_deal"}]}},"#,
        r#"{"rank":null,"group":"ben","reading":{"undefined":"no_decided_deals","reason":"no deal was won or lost","sample":0,"small_sample":false}}"#,
        "]}",
    ];
    assert_eq!(serde_json::to_string(&board).unwrap(), expected.concat());
}

/// Each group beside itself in the previous period.
#[test]
fn what_a_kpi_compares_with_is_there() {
    let before = Outcome::Won {
        on: day("2025-11-20"),
    };
    let before = deal("D-0", "ada", before).with_amount(50).unwrap();
    let book = book([before, won("D-1", "ada", 75), won("D-2", "ben", 75)]);
    let growth = board(&book, "revenue_growth", 1);
    let texts: Vec<String> = growth
        .places()
        .iter()
        .map(|place| match &place.reading.value {
            Ok(value) => value.rounded(),
            Err(error) => error.to_string(),
        })
        .collect();
    assert_eq!(texts, ["50.0%", "the previous period's bookings are 0"]);
}

#[test]
fn a_report_ranks_with_its_own_parameters() {
    let at = |id: &str, rep: &str, minute: u32| {
        let touched = format!("2026-02-02T09:{minute:02}:00Z");
        Lead::new(id, instant("2026-02-02T09:00:00Z")?)?
            .with_first_touch(instant(&touched)?)?
            .with_owner(rep)
    };
    let leads = [at("L-1", "ada", 10), at("L-2", "ben", 20)].map(Result::unwrap);
    let book = Book::new(Currency::USD).with_leads(leads).unwrap();
    let limit = Parameters::new().with_response_limit(sales_metrics::Length::minutes(15));
    let names = ["response_compliance", "median_response_time"];
    let plan = ReportPlan::new(q1())
        .with_kpis(names.map(|name| report::find(name).unwrap()))
        .with_dimension(Dimension::Rep)
        .with_parameters(limit)
        .with_least_sample(1);
    let report = Report::of(&book, &plan).unwrap();
    let [compliance, median] = names.map(|name| report.leaderboard(name).unwrap());
    assert_eq!(compliance.title(), "response compliance (15m 00s)");
    assert_eq!(ranks(&compliance), [(Some(1), "ada"), (Some(2), "ben")]);
    let values = compliance.places().iter().map(|place| &place.reading.value);
    let values: Vec<String> = values
        .map(|value| value.as_ref().unwrap().rounded())
        .collect();
    assert_eq!(values, ["100.0%", "0.0%"]);
    assert_eq!(median, board(&book, "median_response_time", 1));
    assert_eq!(report.leaderboard("win_rate"), None);
    let whole = ReportPlan::new(q1()).with_kpis([report::find("median_response_time").unwrap()]);
    let whole = Report::of(&book, &whole).unwrap();
    assert_eq!(whole.leaderboard("median_response_time"), None);
}

/// By a fiscal calendar of weeks: its name stands above the ranking, in the report and by itself, and growth is from its previous quarter.
#[test]
fn a_fiscal_quarter_is_called_by_its_name() {
    let fiscal = FiscalCalendar::new(2, FiscalYearLabel::StartYear)
        .unwrap()
        .in_weeks(
            FiscalYearEnd::Nearest(Weekday::Sat),
            QuarterWeeks::FourFiveFour,
        );
    let won = |id: &str, on: &str, amount: u32| {
        let won = Outcome::Won { on: day(on) };
        let deal = Deal::new(id, day("2023-01-02"), won, Currency::USD).unwrap();
        let deal = deal.with_owner("ada").unwrap();
        deal.with_amount(amount).unwrap()
    };
    // The first day of the 14 weeks before, which 13 weeks would leave out.
    let book = book([won("D-1", "2023-10-29", 100), won("D-2", "2024-02-04", 150)]);
    let by = Dimension::Rep;
    let growth = report::find("revenue_growth").unwrap();
    let q1 = Scope::new(fiscal.quarter(2024, 1).unwrap(), Currency::USD);
    let plan = ReportPlan::new(q1)
        .with_kpis([growth])
        .with_dimension(by.clone())
        .with_fiscal_calendar(fiscal);
    let of_report = Report::of(&book, &plan).unwrap();
    let of_report = of_report.leaderboard("revenue_growth").unwrap();
    let board = Leaderboard::of_fiscal(&book, q1, fiscal, &by, growth).unwrap();
    assert_eq!(board, of_report);
    let text = board.to_string();
    assert!(
        text.starts_with("revenue growth by rep, FY2024-Q1\n"),
        "{text}"
    );
    assert!(text.contains("50.0%"), "{text}");
    let json = serde_json::to_value(&board).unwrap();
    assert_eq!(json["fiscal"], serde_json::to_value(fiscal).unwrap());
    // Of 14 weeks, as in a report.
    let q4 = Scope::new(fiscal.quarter(2023, 4).unwrap(), Currency::USD);
    let long = Leaderboard::of_fiscal(&book, q4, fiscal, &by, growth).unwrap();
    assert!(long.to_string().contains(", FY2023-Q4 (14 weeks)\n"));
    let strict = long.clone().with_least_sample(1).to_string();
    assert_eq!(strict.lines().next(), long.to_string().lines().next());
    // Without the calendar it is a stretch of days.
    let bare = Leaderboard::of(&book, q1, &by, growth).unwrap();
    assert!(
        bare.to_string()
            .starts_with("revenue growth by rep, 2024-02-04/")
    );
    assert!(serde_json::to_value(&bare).unwrap().get("fiscal").is_none());
}

#[test]
fn a_dimension_that_no_record_has_has_no_leaderboard() {
    let book = book([won("D-1", "ada", 5)])
        .with_reps([Rep::new("ada").unwrap()])
        .unwrap();
    let kpi = report::find("win_rate").unwrap();
    for (name, text) in [
        (
            "planet",
            "no record has the dimension \"planet\"; take one of: rep",
        ),
        (
            "team",
            "no record has the dimension \"team\"; take one of: rep",
        ),
    ] {
        let dimension: Dimension = name.parse().unwrap();
        let refused = Leaderboard::of(&book, q1(), &dimension, kpi).unwrap_err();
        assert_eq!(refused.to_string(), text);
        let plan = ReportPlan::new(q1()).with_dimension(dimension);
        assert_eq!(Report::of(&book, &plan).unwrap_err(), refused);
    }
    let yen = Scope::new(q1().period(), Currency::JPY);
    let refused = Leaderboard::of(&book, yen, &Dimension::Rep, kpi);
    assert!(kind_of(&refused) == Some(ErrorKind::CurrencyMismatch));
}

/// What the places of a ranking are in order of.
fn better(kpi: &report::Kpi, a: &Value, b: &Value) -> bool {
    let (a, b) = (a.magnitude(), b.magnitude());
    if kpi.better() == Better::Down {
        a < b
    } else {
        a > b
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn places_are_the_groups_in_order(
        business in sparse_businesses(),
        least in select(vec![0_u64, 1, 2, 30]),
        name in select(vec!["win_rate", "total_revenue", "pipeline_outflow", "sales_cycle_length", "open_deals", "rep_productivity"]),
    ) {
        let (book, scope) = (business.book(), business.scope());
        let kpi = report::find(name).unwrap();
        let board = Leaderboard::of(&book, scope, &Dimension::Rep, kpi);
        if !book.dimensions().contains(&Dimension::Rep) {
            prop_assert!(kind_of(&board) == Some(ErrorKind::UnknownDimension));
            return Ok(());
        }
        let board = board.unwrap().with_least_sample(least);
        // Every group has a place, with the reading that a report of it has.
        let plan = ReportPlan::new(scope).with_kpis([kpi]).with_dimension(Dimension::Rep).with_least_sample(least);
        let report = Report::of(&book, &plan).unwrap();
        prop_assert_eq!(report.sections().len(), board.places().len());
        for section in report.sections() {
            let place = board.places().iter().find(|place| place.group.as_deref() == section.group()).unwrap();
            prop_assert_eq!(&place.reading, section.lines()[0].now());
        }
        prop_assert_eq!(report.leaderboard(name), Some(board.clone()));
        for (earlier, later) in board.places().iter().zip(board.places().iter().skip(1)) {
            let class = |place: &report::Place| (place.rank.is_none(), place.reading.is_small);
            prop_assert!(class(earlier) <= class(later) || earlier.rank.is_none());
            if let (Some(first), Some(second)) = (earlier.rank, later.rank) {
                let [a, b] = [earlier, later].map(|place| place.reading.value.as_ref().unwrap());
                let ranks_are_one = first == second;
                let equal = class(earlier) == class(later) && a.magnitude() == b.magnitude();
                prop_assert_eq!(ranks_are_one, equal);
                prop_assert!(class(earlier) != class(later) || equal || better(kpi, a, b));
            }
        }
        for (position, place) in (1..).zip(board.places()) {
            prop_assert!(place.rank.is_none_or(|rank| rank <= position));
            let unranked = match &place.reading.value {
                Ok(Value::Volume(volume)) => volume.amount() == Err(Undefined::NothingPriced),
                value => value.is_err(),
            };
            prop_assert_eq!(place.rank.is_none(), unranked);
        }
        let text = board.to_string();
        let small = board.places().iter().any(|place| place.reading.is_small);
        prop_assert_eq!(text.contains("fewer than"), small);
        let groups = BookTally::by(&book, scope, &Dimension::Rep).unwrap();
        prop_assert_eq!(groups.len(), board.places().len());
    }
}
