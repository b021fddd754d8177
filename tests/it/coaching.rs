//! Which lines of a report need a word: what got worse beyond its interval or its sample, and nothing else.
#![allow(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "the second way to an interval is that of textbooks, by floats"
)]

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;
use sales_metrics::report::{
    Better, Evidence, Family, Inputs, Kpi, Parameters, Report, ReportPlan, Unit, Value, Watch,
    Worsened, catalog, find,
};
use sales_metrics::{
    Average, Book, BookTally, Confidence, Currency, Deal, Decimal, Dimension, Interval, Length,
    Money, NaiveDate, Outcome, Percent, Rate, Scope, Undefined,
};

use crate::business::{businesses, sparse_businesses};
use crate::support::{config, day, dec, scope, usd};

fn q1() -> Scope {
    scope("2026-Q1")
}

/// A book that has a deal of Ada's.
fn book() -> Book {
    let deal = Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap();
    let deal = deal.with_owner("ada").unwrap();
    Book::new(Currency::USD).with_deals([deal]).unwrap()
}

/// A value and its sample.
type Said = (Option<Value>, u64);

/// A KPI that says one thing of the first quarter of 2026, another of the one before, and a third of the one a year before.
fn told(name: &str, unit: Unit, better: Better, said: [Said; 3]) -> Kpi {
    let of = move |scope: Scope| {
        let [now, previous, year_before] = said;
        match scope.period().to_string().as_str() {
            "2026-01-01/2026-04-01" => now,
            "2025-10-01/2026-01-01" => previous,
            _ => year_before,
        }
    };
    let answer = move |inputs: &Inputs<'_>| {
        let (value, _) = of(inputs.tally().scope());
        value.ok_or(Undefined::Own("not known").into())
    };
    let own = Kpi::own(name, name, Family::Own("test"), unit, better, answer).unwrap();
    own.with_estimate_sample(move |inputs| Ok(of(inputs.tally().scope()).1))
}

fn worsened(kpi: &Kpi, watch: &Watch) -> Vec<Worsened> {
    let plan = ReportPlan::new(q1()).with_kpis([kpi]);
    Report::of(&book(), &plan).unwrap().worsened(watch)
}

fn lines(found: &[Worsened]) -> Vec<String> {
    found.iter().map(ToString::to_string).collect()
}

fn share(part: u64, whole: u64) -> Said {
    let fraction = Decimal::from(part).checked_div(whole.into());
    let rate = Rate::from_fraction(fraction.unwrap()).unwrap();
    (Some(rate.into()), whole)
}

/// Of so many now and so many before; the year before as now.
fn rates(better: Better, now: (u64, u64), before: (u64, u64)) -> Kpi {
    let [now, before] = [now, before].map(|(part, whole)| share(part, whole));
    told("share", Unit::Rate, better, [now, before, now])
}

fn number(better: Better, now: (&str, u64), before: (&str, u64)) -> Kpi {
    let [now, before] = [now, before].map(|(text, sample)| {
        let number = Average::new(dec(text));
        (Some(Value::Number(number)), sample)
    });
    told("mean", Unit::Number, better, [now, before, now])
}

#[test]
fn a_rate_that_fell_on_three_deals_is_no_news_and_one_on_three_thousand_is() {
    let watch = Watch::previous();
    let fell = |of: u64| worsened(&rates(Better::Up, (of / 3, of), (of / 3 * 2, of)), &watch);
    assert!(fell(3).is_empty());
    assert!(fell(9).is_empty());
    assert_eq!(
        lines(&fell(3_000)),
        [
            "share 33.3% (n 3000), was 66.7% (n 3000): 50.0% worse; by 30.9 to 35.7 points at 95% confidence"
        ]
    );
    // One large sample does not make up for a small one.
    assert!(worsened(&rates(Better::Up, (1, 3), (2_000, 3_000)), &watch).is_empty());
    // No threshold for what is proven.
    let hair = rates(Better::Up, (499_000, 1_000_000), (501_000, 1_000_000));
    assert_eq!(worsened(&hair, &watch).len(), 1);
}

/// Newcombe's own example: 56 of 70 and 48 of 80, 0.20 with 0.0524 to 0.3339 (Statistics in Medicine 17, 1998, method 10).
#[test]
fn the_interval_is_that_of_the_literature() {
    let fell = rates(Better::Up, (48, 80), (56, 70));
    let found = worsened(&fell, &Watch::previous());
    let Evidence::Interval {
        worse_by,
        confidence,
    } = found[0].evidence
    else {
        panic!("{found:?}");
    };
    assert_eq!(confidence, Confidence::NinetyFive);
    assert_eq!(format!("{worse_by:.2}"), "5.24%–33.39%");
    let sure = Watch::previous().with_confidence(Confidence::NinetyNine);
    assert!(!worsened(&fell, &sure).is_empty());
    // Two intervals that overlap prove nothing by that: 60.0 %–84.6 % and 49.0 %–70.0 %: the wrong answer is to hear of nothing.
    let overlap = rates(Better::Up, (48, 80), (54, 70));
    assert_eq!(worsened(&overlap, &Watch::previous()).len(), 1);
}

#[test]
fn the_way_that_is_better_decides() {
    let (more, less) = ((80, 100), (40, 100));
    for (better, now, before, is_worse) in [
        (Better::Up, less, more, true),
        (Better::Up, more, less, false),
        (Better::Down, more, less, true),
        (Better::Down, less, more, false),
        (Better::Neither, less, more, false),
        (Better::Neither, more, less, false),
        (Better::Up, more, more, false),
    ] {
        let found = worsened(&rates(better, now, before), &Watch::previous());
        assert_eq!(!found.is_empty(), is_worse, "{better:?} {now:?} {before:?}");
    }
    let (many, few) = (("20", 50), ("10", 50));
    for (better, now, before, is_worse) in [
        (Better::Up, few, many, true),
        (Better::Up, many, few, false),
        (Better::Down, many, few, true),
        (Better::Down, few, many, false),
        (Better::Neither, few, many, false),
    ] {
        let found = worsened(&number(better, now, before), &Watch::previous());
        assert_eq!(!found.is_empty(), is_worse, "{better:?} {now:?} {before:?}");
    }
}

/// One deal of forty may hold all the money: forty deals that fell are no proof at any confidence that a share of money did.
#[test]
fn a_share_of_money_is_no_share_of_records() {
    let decided = |number: u32, outcome, amount: u32| {
        let deal = Deal::new(number, day("2025-10-07"), outcome, Currency::USD).unwrap();
        deal.with_amount(amount).unwrap()
    };
    let (before, now) = (day("2025-11-20"), day("2026-02-20"));
    let mut deals = vec![decided(0, Outcome::Lost { on: now }, 6_100)];
    for number in 1..80 {
        let on = if number < 40 { now } else { before };
        deals.push(decided(number, Outcome::Won { on }, 100));
    }
    deals.push(decided(80, Outcome::Lost { on: before }, 100));
    let book = Book::new(Currency::USD).with_deals(deals).unwrap();
    let by_value = find("win_rate_by_value").unwrap();
    let plan = ReportPlan::new(q1()).with_kpis([by_value, find("win_rate").unwrap()]);
    let report = Report::of(&book, &plan).unwrap();
    assert_eq!(
        lines(&report.worsened(&Watch::previous())),
        [
            "win rate by value 39.0% (n 40), was 97.6% (n 41): 60.0% worse; 10% or more, and neither sample is small"
        ]
    );
}

#[test]
fn other_estimates_rest_on_their_samples() {
    let watch = Watch::previous();
    let down = |now, before| worsened(&number(Better::Down, now, before), &watch);
    assert_eq!(
        lines(&down(("62", 30), ("48", 30))),
        [
            "mean 62.00 (n 30), was 48.00 (n 30): 29.2% worse; 10% or more, and neither sample is small"
        ]
    );
    assert!(down(("62", 29), ("48", 30)).is_empty());
    assert!(down(("62", 30), ("48", 29)).is_empty());
    // A tenth, and a hair less.
    assert_eq!(down(("11", 30), ("10", 30)).len(), 1);
    assert!(down(("10.99", 30), ("10", 30)).is_empty());
    // Its own least sample.
    let strict = number(Better::Down, ("62", 30), ("48", 30)).with_least_sample(31);
    assert!(worsened(&strict, &watch).is_empty());
    // A KPI whose sample nobody knows.
    let unknown = number(Better::Down, ("62", 30), ("48", 30));
    let unknown = unknown.with_estimate_sample(|_| Err(Undefined::Own("not counted").into()));
    assert!(worsened(&unknown, &watch).is_empty());
    let unknown = rates(Better::Up, (1, 1_000), (999, 1_000));
    let unknown = unknown.with_estimate_sample(|_| Err(Undefined::Own("not counted").into()));
    assert!(worsened(&unknown, &watch).is_empty());
    let of_none = rates(Better::Up, (1, 1_000), (999, 1_000)).with_estimate_sample(|_| Ok(0));
    assert!(worsened(&of_none, &watch).is_empty());
}

#[test]
fn sums_and_counts_are_as_much_as_they_are() {
    let sum = |now, before| {
        let said = [now, before, now].map(|amount| (Some(usd(amount).into()), 1));
        told("sum", Unit::Money, Better::Up, said).with_sum_sample(|_| Ok(1))
    };
    let found = worsened(&sum("900", "1000"), &Watch::previous());
    assert_eq!(
        lines(&found),
        ["sum 900.00 USD (n 1), was 1,000.00 USD (n 1): 10.0% worse; 10% or more"]
    );
    assert!(worsened(&sum("900.01", "1000"), &Watch::previous()).is_empty());
    let percent = |percent: i64| Percent::from_percent(percent).unwrap();
    let coarse = Watch::previous().with_threshold(percent(50));
    assert!(worsened(&sum("501", "1000"), &coarse).is_empty());
    assert_eq!(worsened(&sum("500", "1000"), &coarse).len(), 1);
    let fine = Watch::previous().with_threshold(percent(0));
    assert_eq!(worsened(&sum("999.99", "1000"), &fine).len(), 1);
    assert!(worsened(&sum("1000", "1000"), &fine).is_empty());
    let below = Watch::previous().with_threshold(percent(-5));
    assert!(worsened(&sum("1000", "1000"), &below).is_empty());
    // From 0, and from below 0, of which a tenth is not below 0 either.
    let loss = worsened(&sum("-1", "0"), &Watch::previous());
    assert_eq!(
        lines(&loss),
        ["sum -1.00 USD (n 1), was 0.00 USD (n 1): worse; 10% or more"]
    );
    assert_eq!(loss[0].share, None);
    let loss = worsened(&sum("-110", "-100"), &Watch::previous());
    assert_eq!(loss[0].share, Some(percent(10)));
    assert!(worsened(&sum("-109", "-100"), &Watch::previous()).is_empty());
}

#[test]
fn what_cannot_be_compared_is_not() {
    let known = (Some(Value::Money(usd("1"))), 99);
    let euros = (Some(Value::Money(Money::new(2, Currency::EUR))), 99);
    for said in [
        [known, (None, 99), known],
        [(None, 99), known, known],
        [known, euros, known],
    ] {
        let kpi = told("sum", Unit::Money, Better::Up, said);
        assert!(worsened(&kpi, &Watch::previous()).is_empty(), "{said:?}");
    }
}

#[test]
fn it_is_compared_with_what_the_caller_says() {
    let [few, many] = [("10", 50), ("20", 50)]
        .map(|(text, sample)| (Some(Value::Number(Average::new(dec(text)))), sample));
    let kpi = |previous, year_before| {
        told(
            "mean",
            Unit::Number,
            Better::Up,
            [few, previous, year_before],
        )
    };
    let found = |kpi: &Kpi| {
        [Watch::previous(), Watch::year_before()].map(|watch| worsened(kpi, &watch).len())
    };
    assert_eq!(found(&kpi(many, few)), [1, 0]);
    assert_eq!(found(&kpi(few, many)), [0, 1]);
    // A year stands beside the one before it once: that is both.
    let won = |id: &str, on: &str, amount: u32| {
        let won = Outcome::Won { on: day(on) };
        let deal = Deal::new(id, day("2024-01-07"), won, Currency::USD).unwrap();
        deal.with_amount(amount).unwrap()
    };
    let deals = [won("D-1", "2024-05-05", 100), won("D-2", "2025-05-05", 50)];
    let book = Book::new(Currency::USD).with_deals(deals).unwrap();
    let plan = ReportPlan::new(scope("2025")).with_kpis([find("total_revenue").unwrap()]);
    let report = Report::of(&book, &plan).unwrap();
    assert_eq!(report.year_before(), None);
    let worse = report.worsened(&Watch::year_before());
    assert_eq!(
        lines(&worse),
        ["total revenue 50.00 USD (n 1), was 100.00 USD (n 1): 50.0% worse; 10% or more"]
    );
    assert_eq!(worse, report.worsened(&Watch::previous()));
}

/// Each rep's lines, the gravest first, whoever's they are; what was 0 before all else.
#[test]
fn the_gravest_stand_first() {
    let mut deals = Vec::new();
    for (rep, before, now) in [
        (Some("ada"), 10, 8),
        (Some("ben"), 10, 1),
        (Some("cleo"), 10, 10),
        (None, 10, 5),
    ] {
        for (created, count) in [("2025-11-07", before), ("2026-02-07", now)] {
            for _ in 0..count {
                let open = Outcome::Open;
                let deal = Deal::new(deals.len(), day(created), open, Currency::USD).unwrap();
                deals.push(match rep {
                    Some(rep) => deal.with_owner(rep).unwrap(),
                    None => deal,
                });
            }
        }
    }
    let book = Book::new(Currency::USD).with_deals(deals).unwrap();
    let created = find("opportunities_created").unwrap();
    let zero = |_: &Inputs<'_>| Ok(0_u64);
    let stale = Kpi::own(
        "stale",
        "stale",
        Family::Own("test"),
        Unit::Count,
        Better::Down,
        |inputs| {
            let is_now = inputs.tally().scope() == scope("2026-Q1");
            let deals = inputs.deals()?.totals().created()?.count;
            Ok(if is_now && deals > 9 { 3_u64 } else { 0 })
        },
    );
    let never = Kpi::own(
        "never",
        "never",
        Family::Own("test"),
        Unit::Count,
        Better::Up,
        zero,
    );
    let plan = ReportPlan::new(q1())
        .with_dimension(Dimension::Rep)
        .with_kpis([created, &stale.unwrap(), &never.unwrap()]);
    let report = Report::of(&book, &plan).unwrap();
    let found = report.worsened(&Watch::previous());
    assert_eq!(
        lines(&found),
        [
            "cleo: stale 3, was 0: worse; 10% or more",
            "ben: opportunities created 1 (n 1), was 10 (n 10): 90.0% worse; 10% or more",
            "(none): opportunities created 5 (n 5), was 10 (n 10): 50.0% worse; 10% or more",
            "ada: opportunities created 8 (n 8), was 10 (n 10): 20.0% worse; 10% or more",
        ]
    );
    assert_eq!(found[2].group, None);
}

/// So many won and so many lost in the quarter before and in this one.
fn decided(before: (usize, usize), now: (usize, usize)) -> Book {
    let mut deals = Vec::new();
    for (on, (won, lost)) in [("2025-11-20", before), ("2026-02-20", now)] {
        let on = day(on);
        for place in 0..won + lost {
            let outcome = if place < won {
                Outcome::Won { on }
            } else {
                Outcome::Lost { on }
            };
            let deal = Deal::new(deals.len(), day("2025-10-07"), outcome, Currency::USD);
            deals.push(deal.and_then(|deal| deal.with_amount(100)).unwrap());
        }
    }
    Book::new(Currency::USD).with_deals(deals).unwrap()
}

fn got_worse(book: &Book, names: &[&str]) -> Vec<String> {
    let kpis: Vec<&Kpi> = names.iter().map(|name| find(name).unwrap()).collect();
    let report = Report::of(book, &ReportPlan::new(q1()).with_kpis(kpis)).unwrap();
    let found = report.worsened(&Watch::previous());
    found
        .iter()
        .map(|worse| worse.kpi.name().to_owned())
        .collect()
}

/// The same wins and losses, said in other words, are no other news; and an interval says how sure one is of a rate.
#[test]
fn what_restates_the_win_rate_is_news_where_the_win_rate_is() {
    let restated = ["win_rate", "win_rate_interval", "win_loss_ratio"];
    let by_chance = decided((20, 20), (17, 23));
    assert_eq!(got_worse(&by_chance, &restated), [""; 0]);
    // What it is worth has no such test.
    assert_eq!(
        got_worse(&by_chance, &["win_rate_by_value"]),
        ["win_rate_by_value"]
    );
    let proven = decided((60, 40), (40, 60));
    assert_eq!(
        got_worse(&proven, &restated),
        ["win_loss_ratio", "win_rate"]
    );
    let kpis = [find("win_loss_ratio").unwrap()];
    let report = Report::of(&proven, &ReportPlan::new(q1()).with_kpis(kpis)).unwrap();
    assert_eq!(
        lines(&report.worsened(&Watch::previous())),
        [
            "win-loss ratio 0.67× (n 100), was 1.50× (n 100): 55.6% worse; by 6.1 to 32.8 points at 95% confidence"
        ]
    );
}

#[test]
fn an_interval_of_ones_own_is_no_news_either() {
    let range = |low: u64, high: u64| {
        let [low, high] =
            [low, high].map(|part| Rate::from_fraction(Decimal::new(part as i64, 1)).unwrap());
        (
            Some(Value::Interval(Interval::new(low, high).unwrap())),
            500,
        )
    };
    let [now, before] = [range(1, 2), range(7, 8)];
    let own = told("range", Unit::Interval, Better::Up, [now, before, now]);
    assert!(worsened(&own, &Watch::previous()).is_empty());
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn the_win_loss_ratio_is_listed_only_where_the_win_rate_is(
        before in (0_usize..80, 0_usize..80),
        now in (0_usize..80, 0_usize..80),
    ) {
        let found = got_worse(&decided(before, now), &["win_rate", "win_loss_ratio"]);
        let has = |name: &str| found.iter().any(|found| found == name);
        // Without a loss there are no wins for each.
        let is_known = before.1 > 0 && now.1 > 0;
        prop_assert_eq!(has("win_loss_ratio"), has("win_rate") && is_known, "{:?}", found);
    }
}

#[test]
fn reservations_are_kept() {
    let won = |id: &str, on: &str| {
        let won = Outcome::Won { on: day(on) };
        Deal::new(id, None::<NaiveDate>, won, Currency::USD).unwrap()
    };
    let open = |id: &str, created: &str| {
        Deal::new(id, day(created), Outcome::Open, Currency::USD).unwrap()
    };
    let deals = [
        won("D-1", "2026-02-02"),
        won("D-2", "2025-11-11"),
        open("D-3", "2025-11-11"),
        open("D-4", "2025-11-12"),
        open("D-5", "2026-01-12"),
    ];
    let book = Book::new(Currency::USD).with_deals(deals).unwrap();
    let plan = ReportPlan::new(q1()).with_kpis([find("opportunities_created").unwrap()]);
    let found = Report::of(&book, &plan).unwrap();
    let found = found.worsened(&Watch::previous());
    assert_eq!(
        lines(&found),
        [
            "opportunities created 1 (n 1), was 2 (n 2): 50.0% worse; 10% or more; of some deals the creation is not known: creations and ages are without them, and they are open from their first known day, or always"
        ]
    );
    assert!(!found[0].now.caveats.is_empty() && !found[0].before.caveats.is_empty());
}

#[test]
fn its_json_is_what_it_rests_on() {
    let sure = Watch::previous().with_confidence(Confidence::Ninety);
    let found = worsened(&rates(Better::Down, (30, 40), (10, 40)), &sure);
    let Evidence::Interval { worse_by, .. } = found[0].evidence else {
        panic!("{found:?}");
    };
    assert_eq!(
        serde_json::to_value(&found).unwrap(),
        serde_json::json!([{
            "group": null, "kpi": "share", "title": "share",
            "now": {"value": {"unit": "rate", "value": "0.75"}, "sample": 40, "small_sample": false},
            "before": {"value": {"unit": "rate", "value": "0.25"}, "sample": 40, "small_sample": false},
            "share": "2",
            "evidence": {"interval": {"worse_by": worse_by, "confidence": "ninety"}},
        }])
    );
}

fn float(rate: Rate) -> f64 {
    rate.approx_f64()
}

/// Wilson's score interval as textbooks print it.
fn wilson(p: f64, n: f64, z: f64) -> (f64, f64) {
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let (centre, width) = (p + z * z / (2.0 * n), 1.0 + z * z / n);
    ((centre - spread) / width, (centre + spread) / width)
}

fn parts() -> impl Strategy<Value = (u64, u64)> {
    let wholes = prop_oneof![1_u64..30, 30_u64..500, 500_u64..1_000_000];
    wholes.prop_flat_map(|whole| {
        (
            prop_oneof![1 => Just(0), 1 => Just(whole), 8 => 0..=whole],
            Just(whole),
        )
    })
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn rates_are_judged_by_newcombes_interval(
        now in parts(),
        before in parts(),
        is_up in any::<bool>(),
        (confidence, z) in select(vec![
            (Confidence::Ninety, 1.644_853_626_951_472_7),
            (Confidence::NinetyFive, 1.959_963_984_540_054),
            (Confidence::NinetyNine, 2.575_829_303_548_900_4),
        ]),
    ) {
        let better = if is_up { Better::Up } else { Better::Down };
        let found = worsened(&rates(better, now, before), &Watch::previous().with_confidence(confidence));
        let (upper, lower) = if is_up { (before, now) } else { (now, before) };
        let ratio = |(part, whole): (u64, u64)| part as f64 / whole as f64;
        let (p, q) = (ratio(upper), ratio(lower));
        let ((pl, pu), (ql, qu)) = (wilson(p, upper.1 as f64, z), wilson(q, lower.1 as f64, z));
        let low = p - q - ((p - pl).powi(2) + (qu - q).powi(2)).sqrt();
        let high = p - q + ((pu - p).powi(2) + (q - ql).powi(2)).sqrt();
        match found.as_slice() {
            [] => prop_assert!(low < 1e-9 || now.1 < 30 || before.1 < 30, "{low}"),
            [one] => {
                prop_assert!(now.1 >= 30 && before.1 >= 30);
                let Evidence::Interval { worse_by, .. } = one.evidence else {
                    return Err(TestCaseError::fail("a rate is judged by its interval"));
                };
                let off = |found: &Rate, truth: f64| (float(*found) - truth).abs();
                prop_assert!(off(worse_by.low(), low) < 1e-9, "{worse_by} {low}");
                prop_assert!(off(worse_by.high(), high.min(1.0)) < 1e-9, "{worse_by} {high}");
                let by = p - q;
                prop_assert!(float(*worse_by.low()) <= by + 1e-9 && float(*worse_by.high()) >= by - 1e-9);
            }
            more => prop_assert!(false, "{more:?}"),
        }
    }
}

proptest! {
    #![proptest_config(config(40))]

    /// Nothing is invented: each is a line of the report, went the wrong way, and nothing else is missing.
    #[test]
    fn what_got_worse_is_in_the_report(
        business in sparse_businesses(),
        dimension in select(vec![None, Some(Dimension::Rep)]),
        least_sample in 0_u64..4,
    ) {
        let mut plan = ReportPlan::new(business.scope()).with_least_sample(least_sample);
        if let Some(dimension) = dimension {
            plan = plan.with_dimension(dimension);
        }
        let Ok(report) = Report::of(&business.book(), &plan) else { return Ok(()) };
        let found = report.worsened(&Watch::previous());
        let mut expected = 0;
        for section in report.sections() {
            for line in section.lines() {
                // Wins for each loss are the win rate in other words.
                let is_of_records = line.kpi().is_share_of_records() || line.kpi().name() == "win_loss_ratio";
                let Some(before) = line.previous() else { continue };
                let (Ok(now), Ok(then)) = (&line.now().value, &before.value) else { continue };
                let rise = now.magnitude() > then.magnitude();
                let fall = now.magnitude() < then.magnitude();
                let worse = found.iter().filter(|worse| worse.group.as_deref() == section.group() && worse.kpi == *line.kpi());
                let worse: Vec<&Worsened> = worse.collect();
                expected += worse.len();
                prop_assert!(worse.len() <= 1);
                let is_wrong_way = match line.kpi().better() {
                    Better::Up => fall,
                    Better::Down => rise,
                    _ => false,
                };
                if let [one] = worse.as_slice() {
                    prop_assert!(is_wrong_way, "{one}");
                    prop_assert_eq!((&one.now, &one.before), (line.now(), before));
                    let is_sound = |reading: &sales_metrics::report::Reading| reading.sample.is_some() && !reading.is_small;
                    prop_assert!(!line.kpi().is_estimate() || (is_sound(&one.now) && is_sound(&one.before)));
                    match one.evidence {
                        Evidence::Samples { .. } => prop_assert!(!is_of_records),
                        Evidence::Threshold { .. } => prop_assert!(!line.kpi().is_estimate()),
                        _ => prop_assert!(is_of_records),
                    }
                }
            }
        }
        prop_assert_eq!(found.len(), expected);
        let shares = found.iter().map(|worse| worse.share);
        let shares: Vec<Option<Percent>> = shares.collect();
        prop_assert!(shares.windows(2).all(|pair| pair[0].is_none() || (pair[1].is_some() && pair[0] >= pair[1])));
    }
}

/// What an interval of a difference is made of is of public kinds.
#[test]
fn it_is_an_interval_of_rates() {
    let found = worsened(&rates(Better::Up, (0, 40), (40, 40)), &Watch::previous());
    let Evidence::Interval { worse_by, .. } = found[0].evidence else {
        panic!("{found:?}");
    };
    let worse_by: Interval<Rate> = worse_by;
    // All of forty, and none of forty: no more than all is lost.
    assert_eq!(*worse_by.high(), Rate::ONE);
}

/// So a rate of money or hours that is taken for a share of records is found, and so is a sample of other records.
pub(crate) fn expect_whole_shares(inputs: &Inputs<'_>) -> Result<(), TestCaseError> {
    for kpi in catalog().iter().filter(|kpi| kpi.is_share_of_records()) {
        if let (Ok(Value::Rate(rate)), Some(sample)) = (kpi.evaluate(inputs), kpi.sample(inputs)) {
            let records = rate.fraction() * Decimal::from(sample);
            let off = (records - records.round()).abs();
            prop_assert!(
                off < dec("0.00000000000000000001"),
                "{}: {rate} of {sample}",
                kpi.name()
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn a_share_of_records_is_a_whole_number_of_them(business in businesses()) {
        let tally = BookTally::of(&business.book(), business.scope()).unwrap();
        let parameters = Parameters::new().with_response_limit(Length::hours(1)).with_lead_age_limit(3);
        expect_whole_shares(&Inputs::new(&tally).with_parameters(&parameters))?;
    }
}
