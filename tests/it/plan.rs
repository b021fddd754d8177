//! Plans backwards: the guide's example with its popular wrong answers, each stage recomputed over exact fractions, and what a plan yields.

use chrono::NaiveTime;
use num_bigint::BigInt;
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::plan::{Goal, Input, Need, Plan};
use sales_metrics::report::{Inputs, Unit, Value, find};
use sales_metrics::tally::{ActivityTotals, DealTotals, LeadTotals, Logged, Priced};
use sales_metrics::{
    ActivityKind, ActivityTally, Average, BookTally, Currency, Days, DealTally, Decimal, Error,
    ErrorKind, LeadTally, Length, Money, Per, Period, Quota, Rate, Roster, Undefined, Weekday,
    WorkCalendar, kpi,
};

use crate::support::{Q, complaint, config, dec, decided, exact, period, q, scope, tiny, usd};

fn guide() -> Plan {
    Plan::of_revenue(usd("5000000"), period("2026"))
        .with_average_deal(usd("100000"))
        .with_win_rate(Rate::from_percent(25).unwrap())
        .with_days_open(Days::from(90))
}

fn weekdays() -> WorkCalendar {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let week = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    WorkCalendar::new(week, hour(9), hour(17)).unwrap()
}

fn count(need: Result<Need, Error>) -> u64 {
    need.unwrap().count()
}

fn reason<T: core::fmt::Debug>(result: Result<T, Error>) -> Undefined {
    result.unwrap_err().undefined().unwrap()
}

pub(crate) fn reasons() -> Vec<(Undefined, &'static str, &'static str)> {
    let zero = guide().with_win_rate(Rate::ZERO);
    let rate = Goal::new(find("win_rate").unwrap(), Rate::HALF, period("2026"));
    let deals = DealTally::from_totals(scope("2026"), decided(1, 1)).unwrap();
    let tally = BookTally::from(deals);
    let progress = rate
        .and_then(|goal| goal.judge(&Inputs::new(&tally)))
        .unwrap();
    vec![
        (
            reason(guide().leads()),
            "the plan has no lead conversion; give it, or read it off records",
            "input_not_given",
        ),
        (
            reason(zero.opportunities()),
            "the plan's win rate is not above 0",
            "input_not_positive",
        ),
        (
            reason(progress.pace()),
            "the KPI does not add up over time, and so it has no pace",
            "no_flow",
        ),
    ]
}

/// 50 wins, 4.17 a month, 200 opportunities a year, 49.3 open at a time; and not 2 a month, 14 chances and 200 at any time.
#[test]
fn five_million_at_a_hundred_thousand() {
    let plan = guide();
    let wins = plan.wins().unwrap();
    assert_eq!(wins.count(), 50);
    let a_month = wins.per(Per::Month).unwrap();
    assert_eq!(exact(a_month.decimal()), exact(dec("50") / dec("12")));
    assert_eq!(format!("{a_month:.2}"), "4.17");
    let opportunities = plan.opportunities().unwrap();
    assert_eq!(opportunities.count(), 200);
    let chances = opportunities.per(Per::Month).unwrap();
    assert_eq!(format!("{chances:.2}"), "16.67");
    let open = plan.open_at_a_time().unwrap();
    assert_eq!(exact(open.decimal()), exact(dec("18000") / dec("365")));
    assert_eq!(format!("{open:.1}"), "49.3");
    assert_eq!(plan.revenue(), Ok(usd("5000000")));
}

/// A third has 28 digits, and 50 / 0.333… is a little more than 150.
#[test]
fn a_quotient_costs_no_opportunity_more() {
    let deals = DealTally::from_totals(scope("2025"), decided(1, 2)).unwrap();
    let plan = Plan::of_wins(50, period("2026"));
    let read = plan.clone().with_win_rate(Input::win_rate(&deals));
    let by_hand = plan.with_win_rate(kpi::win_rate(&deals).unwrap());
    assert_eq!(count(read.opportunities()), 150);
    assert_eq!(count(by_hand.opportunities()), 150);
    // 3 deals of 1,000 in all bring 1,000 again.
    let won = Priced::all(3, dec("1000").try_into().unwrap());
    let deals = DealTally::from_totals(scope("2025"), DealTotals::given().won(won)).unwrap();
    let plan = Plan::of_revenue(usd("1000"), period("2026"))
        .with_average_deal(Input::average_deal(&deals));
    assert_eq!(count(plan.wins()), 3);
    assert_eq!(count(plan.with_revenue(usd("1000.01")).wins()), 4);
}

#[test]
fn a_need_per_unit_of_time_and_rep() {
    let plan = Plan::of_wins(730, period("2026"))
        .with_reps(4)
        .with_calendar(weekdays());
    let wins = plan.wins().unwrap();
    let per = |unit| wins.per(unit).unwrap().to_string();
    assert_eq!(per(Per::Year), "730");
    assert_eq!(per(Per::HalfYear), "365");
    assert_eq!(per(Per::Quarter), "182.5");
    assert_eq!(format!("{:.3}", wins.per(Per::Month).unwrap()), "60.833");
    assert_eq!(per(Per::Week), "14");
    // 261 working days.
    assert_eq!(format!("{:.4}", wins.per(Per::Day).unwrap()), "2.7969");
    assert_eq!(wins.per_rep().unwrap().to_string(), "182.5");
    assert_eq!(
        format!("{:.4}", wins.per_rep_and(Per::Day).unwrap()),
        "0.6992"
    );
    // A quarter is no year; a fiscal year of weeks has no months but twelfths of 365 days.
    let quarter = Plan::of_wins(10, period("2026-Q1")).wins().unwrap();
    assert_eq!(quarter.per(Per::Year).unwrap().to_string(), "40");
    let weeks = Period::between(
        crate::support::day("2026-02-02"),
        crate::support::day("2027-02-01"),
    );
    let weeks = Plan::of_wins(364, weeks.unwrap()).wins().unwrap();
    assert_eq!(weeks.per(Per::Week).unwrap().to_string(), "7");
    assert_eq!(
        exact(weeks.per(Per::Month).unwrap().decimal()),
        exact(dec("365") / dec("12"))
    );
    assert_eq!(weeks.per(Per::Year).unwrap().to_string(), "365");
    // What was not said is not guessed.
    assert_eq!(weeks.per(Per::Day), Err(Undefined::NoCalendar));
    let reps = Undefined::InputNotGiven("number of reps");
    assert_eq!(weeks.per_rep(), Err(reps));
    let nobody = Plan::of_wins(1, period("2026")).with_reps(0);
    let nobody = nobody.wins().unwrap().per_rep();
    assert_eq!(nobody, Err(Undefined::InputNotPositive("number of reps")));
    let sunday = Plan::of_wins(1, period("2026-03-01")).with_calendar(weekdays());
    let sunday = sunday.wins().unwrap().per(Per::Day);
    assert_eq!(sunday, Err(Undefined::NoWorkingDays));
}

/// Eight hours at ten minutes hold 48 calls, and not the 50 of the guide.
#[test]
fn fifty_calls_do_not_fit_into_a_day() {
    let plan = |calls: u64| {
        Plan::of_wins(calls * 5, period("2026-W07"))
            .with_win_rate(Rate::ONE)
            .with_activities_per_opportunity(Average::new(1))
            .with_reps(1)
            .with_calendar(weekdays())
            .with_working_time(Length::hours(8))
            .with_time_per_activity(Length::minutes(10))
    };
    for (calls, fits) in [(48, true), (49, false), (50, false)] {
        let load = plan(calls).load().unwrap();
        let a_day = load.a_day_per_rep().unwrap();
        assert_eq!((a_day, load.capacity()), (Average::new(calls), 48));
        assert_eq!(load.fits(), fits, "{calls}");
        assert_eq!(load.reps_needed(), Ok(if fits { 1 } else { 2 }));
        assert_eq!(
            load.utilization().unwrap().fraction(),
            Decimal::from(calls) / dec("48")
        );
    }
    let none = plan(1).with_working_time(Length::minutes(9)).load();
    let none = none.unwrap();
    let no_room = Undefined::InputNotPositive("room in a rep's day");
    assert_eq!((none.fits(), none.reps_needed()), (false, Err(no_room)));
    assert_eq!(none.utilization(), Err(no_room));
    assert_eq!(
        no_room.to_string(),
        "the plan's room in a rep's day is not above 0"
    );
    let endless = plan(1).with_time_per_activity(Length::ZERO).load();
    assert_eq!(reason(endless), Undefined::CallTimeNotPositive);
    let large = plan(1)
        .with_working_time(Length::micros(u64::MAX))
        .with_time_per_activity(Length::micros(1))
        .with_reps(u32::MAX);
    assert!(large.load().unwrap().fits());
}

#[test]
fn inputs_are_read_off_tallies_with_their_samples() {
    let last = scope("2025");
    let cycle = sales_metrics::tally::Cycle::of;
    let deals = DealTotals::given()
        .won(Priced::some(5, 4, dec("1000").try_into().unwrap()))
        .lost(Priced::none(15))
        .created(Priced::none(40))
        .won_cycle(cycle(5, 300))
        .lost_cycle(cycle(15, 900));
    let deals = DealTally::from_totals(last, deals).unwrap();
    let leads = LeadTotals::given().records(80).arrived(80).converted(20);
    let leads = LeadTally::from_totals(last, leads).unwrap();
    let calls = ActivityTotals::given().calls(Logged::none(200));
    let calls = ActivityTally::from_totals(last, calls).unwrap();
    let kind = ActivityKind::Call;

    let said = |value: Result<String, Undefined>, sample| (value.unwrap(), sample);
    macro_rules! read {
        ($input:expr) => {{
            let input = $input;
            said(input.value().map(|value| value.to_string()), input.sample())
        }};
    }
    let expected = |text: &str, sample| (text.to_owned(), Some(sample));
    assert_eq!(read!(Input::win_rate(&deals)), expected("25%", 20));
    assert_eq!(read!(Input::average_deal(&deals)), expected("250 USD", 4));
    // Of all that closed, not of the won alone.
    assert_eq!(read!(Input::days_open(&deals)), expected("60 days", 20));
    assert_eq!(read!(Input::lead_conversion(&leads)), expected("25%", 80));
    let per_lead = Input::activities_per_lead(&calls, kind, &leads);
    assert_eq!(read!(per_lead), expected("2.5", 80));
    let per_deal = Input::activities_per_opportunity(&calls, kind, &deals);
    assert_eq!(read!(per_deal), expected("5", 40));
    let broad = Input::read(kpi::broad_win_rate(&deals), 20);
    assert_eq!(broad.value(), Err(Undefined::NotCounted("disqualified")));

    let plan = Plan::of_wins(10, period("2026"))
        .with_win_rate(Input::win_rate(&deals))
        .with_average_deal(Input::average_deal(&deals))
        .with_lead_conversion(Input::lead_conversion(&leads))
        .with_activities_per_lead(per_lead)
        .with_activities_per_opportunity(Average::new(2));
    assert_eq!(count(plan.leads()), 160);
    assert_eq!(count(plan.activities()), 400 + 80);
    assert_eq!(plan.revenue(), Ok(usd("2500")));
    assert_eq!(
        plan.small_inputs(30),
        [("average deal", 4), ("win rate", 20)]
    );
    assert!(plan.small_inputs(4).is_empty());

    // What has no value is no 0, and says why.
    let nothing = DealTally::new(last);
    let nothing = plan.clone().with_win_rate(Input::win_rate(&nothing));
    assert_eq!(reason(nothing.opportunities()), Undefined::NoDecidedDeals);
    assert_eq!(reason(nothing.leads()), Undefined::NoDecidedDeals);
    assert!(nothing.wins().is_ok() && !nothing.small_inputs(30).contains(&("win rate", 0)));
    let no_leads = LeadTally::new(last);
    let none = Input::activities_per_lead(&calls, kind, &no_leads);
    assert_eq!(
        (none.value(), none.sample()),
        (Err(Undefined::NoLeads), Some(0))
    );
    assert_eq!(
        reason(plan.with_activities_per_lead(none).activities()),
        Undefined::NoLeads
    );
}

#[test]
fn what_is_not_given_is_named_and_not_guessed() {
    let empty = Plan::of_revenue(usd("100"), period("2026"));
    let lacks = |name| Undefined::InputNotGiven(name);
    assert_eq!(reason(empty.wins()), lacks("average deal"));
    let wins = Plan::of_wins(1, period("2026"));
    assert_eq!(wins.revenue(), Err(lacks("average deal")));
    assert_eq!(reason(wins.opportunities()), lacks("win rate"));
    assert_eq!(reason(wins.activities()), lacks("activities per lead"));
    let won = wins.with_win_rate(Rate::HALF);
    assert_eq!(reason(won.leads()), lacks("lead conversion"));
    assert_eq!(reason(won.open_at_a_time()), lacks("days open"));
    let by_deal = won.clone().with_activities_per_opportunity(Average::new(3));
    assert_eq!(count(by_deal.activities()), 6);
    let by_lead = won.with_activities_per_lead(Average::new(3));
    assert_eq!(reason(by_lead.activities()), lacks("lead conversion"));
    assert_eq!(reason(by_deal.load()), Undefined::NoCalendar);
    let by_deal = by_deal.with_calendar(weekdays());
    assert_eq!(reason(by_deal.load()), lacks("working time"));
    let by_deal = by_deal.with_working_time(Length::hours(8));
    assert_eq!(reason(by_deal.load()), lacks("time per activity"));
    let by_deal = by_deal.with_time_per_activity(Length::minutes(10));
    assert_eq!(reason(by_deal.load()), lacks("number of reps"));
    assert!(by_deal.with_reps(1).load().is_ok());
}

#[test]
fn no_input_breaks_a_plan() {
    let year = period("2026");
    for target in [usd("0"), usd("-1")] {
        let plan = Plan::of_revenue(target, year).with_average_deal(usd("1"));
        assert_eq!(reason(plan.wins()), Undefined::TargetNotPositive);
        let quotas = plan.quotas([("ada", 1)], [(year, 1)]);
        assert_eq!(reason(quotas), Undefined::TargetNotPositive);
    }
    let none = Plan::of_wins(0, year);
    assert_eq!(reason(none.wins()), Undefined::TargetNotPositive);
    let zero = |name| Undefined::InputNotPositive(name);
    let plan = guide().with_average_deal(usd("-5"));
    assert_eq!(reason(plan.wins()), zero("average deal"));
    let plan = guide().with_win_rate(Rate::ZERO);
    assert_eq!(reason(plan.opportunities()), zero("win rate"));
    let plan = guide().with_lead_conversion(Rate::ZERO);
    assert_eq!(reason(plan.leads()), zero("lead conversion"));
    let plan = guide().with_activities_per_opportunity(Average::new(-1));
    assert_eq!(
        reason(plan.activities()),
        zero("activities per opportunity")
    );
    let euros = guide().with_average_deal(Money::new(1, Currency::EUR));
    assert_eq!(
        euros.wins().unwrap_err().kind(),
        ErrorKind::CurrencyMismatch
    );
    assert_eq!(
        euros.goals([(year, 1)]).unwrap_err().kind(),
        ErrorKind::CurrencyMismatch
    );
    let large = Plan::of_wins(10_000_000_001, year);
    assert_eq!(reason(large.wins()), Undefined::OutOfRange);
    let huge = Plan::of_revenue(Money::new(Decimal::MAX, Currency::USD), year);
    let huge = huge.with_average_deal(usd("0.0000000000000000000000000001"));
    assert_eq!(reason(huge.wins()), Undefined::OutOfRange);
    let most = Plan::of_wins(10_000_000_000, year)
        .with_average_deal(Money::new(Decimal::MAX, Currency::USD));
    assert_eq!(most.revenue(), Err(Undefined::OutOfRange));
    let at_once = guide().with_days_open(Days::from(0));
    assert_eq!(at_once.open_at_a_time().unwrap().to_string(), "0");
    let _ = (huge.to_string(), most.to_string(), euros.to_string());
}

#[test]
fn quotas_that_cannot_be_are_refused() {
    let plan = guide();
    let year = plan.period();
    let whole = [(year, 1)];
    let half = [(period("2026-H1"), 1)];
    let twice = [(period("2026-H1"), 1), (period("2026-H1"), 1)];
    let beyond = [
        (period("2026-H1"), 1),
        (
            Period::between(
                crate::support::day("2026-07-01"),
                crate::support::day("2027-02-01"),
            )
            .unwrap(),
            1,
        ),
    ];
    let kind = ErrorKind::PeriodsNotWhole;
    let text = |on: &str| {
        format!(
            "the periods must make up 2026-01-01/2027-01-01, one after the other; from {on} on they do not"
        )
    };
    for (pieces, on) in [
        (&half[..], "2026-07-01"),
        (&twice, "2026-07-01"),
        (&beyond, "2026-07-01"),
        (&[], "2026-01-01"),
    ] {
        let refused = plan.quotas([("ada", 1)], pieces.iter().copied());
        assert_eq!(complaint(refused), (kind, text(on)));
        assert!(plan.goals(pieces.iter().copied()).is_err());
    }
    let refused = plan.quotas([("ada", 0)], whole);
    let text = "the weights of the reps add up to 0; give one of them a weight above 0";
    assert_eq!(complaint(refused), (ErrorKind::ZeroShare, text.to_owned()));
    let nobody: [(&str, u32); 0] = [];
    assert_eq!(
        plan.quotas(nobody, whole).unwrap_err().kind(),
        ErrorKind::ZeroShare
    );
    let refused = plan.quotas([("ada", 1)], [(year, 0)]).unwrap_err();
    assert_eq!(
        (refused.kind(), refused.field()),
        (ErrorKind::ZeroShare, Some("periods"))
    );
    let refused = plan.quotas([(" ", 1)], whole).unwrap_err();
    assert_eq!(
        (refused.kind(), refused.field()),
        (ErrorKind::InvalidId, Some("rep"))
    );
    let fine = plan.with_revenue(usd("0.001")).quotas([("ada", 1)], whole);
    assert_eq!(fine.unwrap_err().kind(), ErrorKind::TooManyDecimals);
}

#[test]
fn a_plan_of_wins_has_quotas_of_deals() {
    let plan = Plan::of_wins(50, period("2026"));
    let quotas = plan.quotas(
        [("ada", 3), ("ben", 1)],
        [(period("2026-H1"), 1), (period("2026-H2"), 1)],
    );
    let quotas = quotas.unwrap();
    let deals: Vec<Option<u64>> = quotas.iter().map(Quota::deals).collect();
    assert_eq!(deals, [Some(19), Some(19), Some(6), Some(6)]);
    let reps = ["ada", "ben"].map(|rep| sales_metrics::Rep::new(rep).unwrap());
    let roster = Roster::new(reps, quotas).unwrap();
    assert!(scope("2026").with_roster(&roster).is_ok());
}

#[test]
fn a_plan_prints() {
    let deals = DealTally::from_totals(scope("2025"), decided(3, 9)).unwrap();
    let plan = guide()
        .with_win_rate(Input::win_rate(&deals))
        .with_activities_per_opportunity(Average::new(10))
        .with_reps(2);
    let lines = |text: String| -> Vec<String> {
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    assert_eq!(
        lines(plan.to_string()),
        [
            "                                          2026     n",
            "  revenue                     5,000,000.00 USD",
            "  average deal                  100,000.00 USD",
            "  win rate                               25.0%  12 *",
            "  days open                         90.00 days",
            "  activities per opportunity             10.00",
            "  number of reps                             2",
            "",
            "                  in all  a month  a week  a day     a rep  a rep and day",
            "  wins                50     4.17   0.959    – ¹     25.00            – ¹",
            "  opportunities      200    16.67    3.84    – ¹    100.00            – ¹",
            "  leads              – ²",
            "  activities       2,000   166.67   38.36    – ¹  1,000.00            – ¹",
            "  open at a time   49.32",
            "",
            "* fewer than 30 records",
            "",
            "¹ no working calendar was given",
            "² the plan has no lead conversion; give it, or read it off records",
        ]
    );
    // Without a value there is no small sample of it.
    let nothing = Input::win_rate(&DealTally::new(scope("2025")));
    let text = plan.clone().with_win_rate(nothing).to_string();
    assert!(text.contains("– ¹  0") && !text.contains('*'), "{text}");
    let better = plan.clone().with_win_rate(Rate::HALF);
    let beside = plan.beside(&better);
    let text = lines(beside.to_string());
    assert_eq!(
        text[0],
        "                                          plan           what if"
    );
    assert!(
        text.contains(
            &"  opportunities                            200               100".to_owned()
        ),
        "{text:?}"
    );
    let json = serde_json::to_value(&beside).unwrap();
    let of = |name: &str| {
        json["lines"]
            .as_array()
            .unwrap()
            .iter()
            .find(|pair| pair[0]["name"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(
        of("wins")[0]["value"],
        serde_json::json!({"unit": "count", "value": 50})
    );
    assert_eq!(of("win rate")[0]["sample"], 12);
    assert_eq!(of("leads")[1]["undefined"], "input_not_given");
    assert_eq!(beside.lines().len(), plan.lines().len());
    assert!(plan.lines().iter().any(|line| {
        line.value
            .as_ref()
            .is_ok_and(|value| matches!(value.unit(), Unit::Count))
    }));
}

#[test]
fn a_plan_is_data() {
    let plan = guide()
        .with_reps(3)
        .with_win_rate(Input::read(Ok(Rate::HALF), 7));
    let json = serde_json::json!({
        "period": "2026-01-01/2027-01-01",
        "target": {"revenue": {"amount": "5000000", "currency": "USD"}},
        "average_deal": {"value": {"amount": "100000", "currency": "USD"}},
        "win_rate": {"value": "0.5", "sample": 7},
        "days_open": {"value": "90"},
        "reps": 3,
    });
    assert_eq!(serde_json::to_value(&plan).unwrap(), json);
    assert_eq!(serde_json::from_value::<Plan>(json).unwrap(), plan);
    let wins = r#"{"period":"2026","target":{"wins":7},"activity_kind":"email"}"#;
    let expected = Plan::of_wins(7, period("2026")).with_activity_kind(ActivityKind::Email);
    assert_eq!(serde_json::from_str::<Plan>(wins).unwrap(), expected);
    for wrong in [
        r#"{"period":"2026"}"#,
        r#"{"period":"2026","target":{"wins":7},"win_rate":{"value":0.5}}"#,
        r#"{"period":"2026","target":{"wins":7},"win_rate":{"value":"1.5"}}"#,
        r#"{"period":"2026","target":{"wins":7},"hope":1}"#,
    ] {
        assert!(serde_json::from_str::<Plan>(wrong).is_err(), "{wrong}");
    }
    // What has no value is left out.
    let nothing = DealTally::new(scope("2025"));
    let without = plan.clone().with_win_rate(Input::win_rate(&nothing));
    let read: Plan = serde_json::from_value(serde_json::to_value(without).unwrap()).unwrap();
    assert_eq!(
        reason(read.opportunities()),
        Undefined::InputNotGiven("win rate")
    );
    let input = serde_json::to_value(Input::win_rate(&nothing)).unwrap();
    assert_eq!(input["undefined"], "no_decided_deals");
}

// Recomputed over exact fractions.

fn ceil(value: &Q) -> Q {
    value.ceil()
}

fn whole(need: Result<Need, Error>) -> Q {
    q(need.unwrap().count(), 1)
}

/// A plan of which everything is given, as plain data.
#[derive(Clone, Debug)]
struct Raw {
    target: i64,
    average: i64,
    win_rate: i64,
    conversion: i64,
    days_open: i64,
    per_lead: i64,
    per_opportunity: i64,
    reps: u32,
    period: Period,
}

fn raw() -> impl Strategy<Value = Raw> {
    let periods = [
        "2026",
        "2024",
        "2026-Q1",
        "2026-02",
        "2026-W07",
        "2024-02-29",
        "2026-01-31/2026-05-04",
    ];
    (
        (
            1..1_000_000_000_000_i64,
            1_000..10_000_000_000_i64,
            100..=10_000_i64,
            100..=10_000_i64,
        ),
        (
            0..100_000_i64,
            1..5_000_i64,
            1..5_000_i64,
            1..50_u32,
            select(periods.map(period).to_vec()),
        ),
    )
        .prop_map(
            |(
                (target, average, win_rate, conversion),
                (days_open, per_lead, per_opportunity, reps, period),
            )| Raw {
                target,
                average,
                win_rate,
                conversion,
                days_open,
                per_lead,
                per_opportunity,
                reps,
                period,
            },
        )
}

type With = fn(Plan, &Raw) -> Plan;

const WITH: [With; 8] = [
    |plan, raw| plan.with_average_deal(Money::new(Decimal::new(raw.average, 4), Currency::USD)),
    |plan, raw| plan.with_win_rate(Rate::from_fraction(Decimal::new(raw.win_rate, 4)).unwrap()),
    |plan, raw| {
        plan.with_lead_conversion(Rate::from_fraction(Decimal::new(raw.conversion, 4)).unwrap())
    },
    |plan, raw| plan.with_days_open(Days::new(Decimal::new(raw.days_open, 2)).unwrap()),
    |plan, raw| plan.with_activities_per_lead(Average::new(Decimal::new(raw.per_lead, 3))),
    |plan, raw| {
        plan.with_activities_per_opportunity(Average::new(Decimal::new(raw.per_opportunity, 3)))
    },
    |plan, raw| plan.with_reps(raw.reps),
    |plan, _| plan.with_calendar(crate::lead::calendar()),
];

impl Raw {
    fn plan(&self) -> Plan {
        let target = Money::new(Decimal::new(self.target, 4), Currency::USD);
        let plan = Plan::of_revenue(target, self.period);
        WITH.iter().fold(plan, |plan, with| with(plan, self))
    }
}

proptest! {
    #![proptest_config(config(192))]

    /// Each stage reaches the one before it, and one less does not.
    #[test]
    fn every_stage_is_the_least_that_is_enough(raw in raw()) {
        let plan = raw.plan();
        let (target, average) = (q(raw.target, 10_000), q(raw.average, 10_000));
        let (win_rate, conversion) = (q(raw.win_rate, 10_000), q(raw.conversion, 10_000));
        let one = q(1, 1);
        let wins = whole(plan.wins());
        prop_assert!(&wins * &average >= target && (&wins - &one) * &average < target);
        let opportunities = whole(plan.opportunities());
        prop_assert!(&opportunities * &win_rate >= wins && (&opportunities - &one) * &win_rate < wins);
        let leads = whole(plan.leads());
        prop_assert!(&leads * &conversion >= opportunities && (&leads - &one) * &conversion < opportunities);
        let activities = ceil(&(&leads * q(raw.per_lead, 1_000))) + ceil(&(&opportunities * q(raw.per_opportunity, 1_000)));
        prop_assert_eq!(whole(plan.activities()), activities.clone());
        let open = exact(plan.open_at_a_time().unwrap().decimal());
        let expected = &opportunities * q(raw.days_open, 100) / q(raw.period.days(), 1);
        let error = (&open - &expected) / (&expected + &one);
        prop_assert!(error < tiny(24) && -error < tiny(24), "{} {}", open, expected);

        // Per working day, walked one by one.
        let worked = raw.period.start().iter_days().take(raw.period.days() as usize);
        let worked = worked.filter(|on| crate::lead::calendar().is_working_day(*on)).count();
        let a_day = plan.activities().unwrap().per_rep_and(Per::Day);
        if worked == 0 {
            prop_assert_eq!(a_day, Err(Undefined::NoWorkingDays));
        } else {
            let each = exact(a_day.unwrap().decimal());
            let expected = activities / q(worked, 1) / q(raw.reps, 1);
            let error = (&each - &expected) / (&expected + &one);
            prop_assert!(error < tiny(24) && -error < tiny(24));
        }
    }

    /// What is read off records is exact, though its rate has 28 digits.
    #[test]
    fn rates_of_records_are_exact(won in 1_u64..500, lost in 0_u64..2_000, wins in 1_u64..5_000, calls in 1_u64..9_000) {
        let deals = DealTally::from_totals(scope("2025"), decided(won, lost)).unwrap();
        let plan = Plan::of_wins(wins, period("2026")).with_win_rate(Input::win_rate(&deals));
        let expected = ceil(&q(BigInt::from(wins) * BigInt::from(won + lost), won));
        prop_assert_eq!(whole(plan.opportunities()), expected.clone());
        let each = Average::new(Decimal::from(calls) / Decimal::from(won + lost));
        let plan = plan.with_activities_per_opportunity(each);
        prop_assert_eq!(whole(plan.activities()), ceil(&(expected * q(calls, won + lost))));
    }

    /// An average of amounts is as exact.
    #[test]
    fn averages_of_records_are_exact(count in 1_u64..400, sum in 10_000_i64..1_000_000_000_000, target in 1_i64..10_000_000_000) {
        let won = Priced::all(count, Decimal::new(sum, 4).try_into().unwrap());
        let deals = DealTally::from_totals(scope("2025"), DealTotals::given().won(won)).unwrap();
        let plan = Plan::of_revenue(Money::new(Decimal::new(target, 2), Currency::USD), period("2026"))
            .with_average_deal(Input::average_deal(&deals));
        let expected = ceil(&(q(target, 100) * q(count, 1) / q(sum, 10_000)));
        prop_assert_eq!(whole(plan.wins()), expected);
    }

    #[test]
    fn a_better_rate_never_takes_more(raw in raw(), better in 100..=10_000_i64) {
        let (low, high) = (raw.win_rate.min(better), raw.win_rate.max(better));
        let with = |win_rate| Raw { win_rate, ..raw.clone() }.plan();
        prop_assert!(count(with(high).opportunities()) <= count(with(low).opportunities()));
        prop_assert!(count(with(high).activities()) <= count(with(low).activities()));
        prop_assert_eq!(count(with(high).wins()), count(with(low).wins()));
    }

    /// In which order the inputs are given leaves no trace; the last of one kind holds; a plan survives the wire.
    #[test]
    fn the_order_of_inputs_plays_no_part(raw in raw(), other in raw(), order in Just((0..WITH.len()).collect::<Vec<_>>()).prop_shuffle()) {
        let plan = raw.plan();
        let mut again = Raw { target: raw.target, period: raw.period, ..other }.plan();
        for at in order {
            again = WITH[at](again, &raw);
        }
        prop_assert_eq!(&again, &plan);
        let text = serde_json::to_string(&plan).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Plan>(&text).unwrap(), &plan);
    }

    /// No cent is lost, each part, and each rep's whole, is within a unit of its share, and goals add up as well.
    #[test]
    fn quotas_add_up_to_the_target(
        cents in 1_i64..1_000_000_000_000, weights in prop::collection::vec(0_u32..9, 1..6), seasons in prop::collection::vec(0_u32..9, 3..=3),
    ) {
        prop_assume!(weights.iter().any(|w| *w > 0) && seasons.iter().any(|w| *w > 0));
        let plan = Plan::of_revenue(Money::from_minor(cents, Currency::USD), period("2026-Q1"))
            .with_average_deal(usd("1000"))
            .with_win_rate(Rate::HALF);
        let months: Vec<(Period, u32)> = plan.period().months().zip(seasons.iter().copied()).collect();
        let reps = weights.iter().enumerate().map(|(rep, weight)| (format!("R-{rep}"), *weight));
        let quotas = plan.quotas(reps, months.iter().copied()).unwrap();
        prop_assert_eq!(quotas.len(), weights.len() * 3);
        let all: u32 = weights.iter().sum();
        let all_seasons: u32 = seasons.iter().sum();
        let mut sum = 0;
        for (of_rep, weight) in quotas.chunks(3).zip(&weights) {
            let mut part = 0;
            for (quota, season) in of_rep.iter().zip(&seasons) {
                let cents_of = quota.amount().unwrap().to_minor().unwrap();
                let share = q(cents, 1) * q(*weight, all) * q(*season, all_seasons);
                let off = q(cents_of, 1) - share;
                prop_assert!(off < q(1, 1) && off > q(-1, 1), "{}", off);
                part += cents_of;
            }
            let off = q(part, 1) - q(cents, 1) * q(*weight, all);
            prop_assert!(off < q(1, 1) && off > q(-1, 1));
            sum += part;
        }
        prop_assert_eq!(sum, cents);

        let goals = plan.goals(months).unwrap();
        prop_assert_eq!(goals.len(), 9);
        let mut sums: std::collections::BTreeMap<&str, Decimal> = std::collections::BTreeMap::new();
        for goal in &goals {
            *sums.entry(goal.kpi().name()).or_default() += goal.target().magnitude();
        }
        let counted = |need: Result<Need, Error>| Decimal::from(count(need));
        prop_assert_eq!(sums["total_revenue"], Decimal::new(cents, 2));
        prop_assert_eq!(sums["deals_won"], counted(plan.wins()));
        prop_assert_eq!(sums["opportunities_created"], counted(plan.opportunities()));
    }
}

/// Value is used by name in the goldens of a plan's lines.
#[test]
fn lines_have_their_units() {
    let lines = guide().lines();
    let unit = |name: &str| {
        let line = lines.iter().find(|line| line.name == name).unwrap();
        line.value.as_ref().ok().map(Value::unit)
    };
    assert_eq!(unit("revenue"), Some(Unit::Money));
    assert_eq!(unit("win rate"), Some(Unit::Rate));
    assert_eq!(unit("days open"), Some(Unit::Days));
    assert_eq!(unit("open at a time"), Some(Unit::Number));
    assert_eq!(unit("leads"), None);
}
