//! Goals: where each stands, by the days walked one by one; and which KPIs add up over time.

use chrono::{Datelike as _, NaiveDate, Weekday};
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::plan::{Goal, GoalState, Plan, Progress};
use sales_metrics::report::{self, Better, Family, Inputs, Kpi, Unit, Value, find};
use sales_metrics::{
    Book, BookTally, Currency, Deal, DealTally, Decimal, Error, ErrorKind, Money, MoneyPer,
    Outcome, Per, Rate, Scope, Spend, Undefined, kpi,
};

use crate::business::businesses;
use crate::lead::calendar;
use crate::support::{complaint, config, day, dec, exact, period, q, scope, usd};

fn won(number: usize, on: NaiveDate, amount: i64) -> Deal {
    Deal::new(
        format!("D-{number}"),
        day("2023-06-01"),
        Outcome::Won { on },
        Currency::USD,
    )
    .and_then(|deal| deal.with_amount(amount))
    .unwrap()
}

fn book(wins: &[(&str, i64)]) -> Book {
    let deals: Vec<Deal> = wins
        .iter()
        .enumerate()
        .map(|(number, (on, amount))| won(number, day(on), *amount))
        .collect();
    let book = Book::new(Currency::USD).with_deals(deals).unwrap();
    book.with_calendar(calendar())
}

fn of_revenue(target: &str) -> Goal {
    Goal::new(
        find("total_revenue").unwrap(),
        usd(target),
        period("2024-Q1"),
    )
    .unwrap()
}

fn reason<T: core::fmt::Debug>(result: Result<T, Error>) -> Option<Undefined> {
    result.unwrap_err().undefined()
}

fn pending(progress: &Progress) -> Option<Undefined> {
    assert_eq!(progress.state(), GoalState::Pending);
    progress.reason().unwrap().undefined()
}

/// Mondays to Saturdays but for one holiday: 77 working days in the quarter, 26 of them in January 2024... walked.
fn worked(from: &str, until: &str) -> i64 {
    let days = day(from).iter_days().take_while(|on| *on <= day(until));
    let works = |on: &NaiveDate| on.weekday() != Weekday::Sun && *on != day("2024-02-29");
    days.filter(works).count() as i64
}

#[test]
fn more_is_better() {
    let book = book(&[("2024-01-15", 300), ("2024-03-20", 500)]);
    let at = |target: &str, on: &str| of_revenue(target).judge_book(&book, day(on)).unwrap();
    assert_eq!(
        pending(&at("600", "2023-12-31")),
        Some(Undefined::NothingElapsed)
    );
    assert_eq!(at("600", "2024-01-01").state(), GoalState::Behind);
    assert_eq!(at("600", "2024-01-15").state(), GoalState::OnTrack);
    assert_eq!(at("600", "2024-03-19").state(), GoalState::Behind);
    assert_eq!(at("600", "2024-03-20").state(), GoalState::Reached);
    assert_eq!(at("900", "2024-03-30").state(), GoalState::Behind);
    assert_eq!(at("900", "2024-03-31").state(), GoalState::Missed);
    assert_eq!(at("800", "2024-06-30").state(), GoalState::Reached);

    let progress = at("600", "2024-02-29");
    let (over, all) = (
        worked("2024-01-01", "2024-02-29"),
        worked("2024-01-01", "2024-03-31"),
    );
    assert_eq!(progress.progress().unwrap().to_string(), "50%");
    let pace = exact(progress.pace().unwrap().fraction());
    assert_eq!(
        pace,
        exact((dec("300") * Decimal::from(all)) / (dec("600") * Decimal::from(over)))
    );
    assert_eq!(i64::from(progress.working_days_left().unwrap()), all - over);
    let needed = progress.needed_a_day().unwrap();
    assert_eq!(
        needed,
        Value::Money(Money::new(
            (dec("300") / Decimal::from(all - over)).normalize(),
            Currency::USD
        ))
    );
    let times = progress.needed_pace().unwrap();
    assert_eq!(
        exact(times.decimal()),
        exact((dec("300") * Decimal::from(over)) / (dec("300") * Decimal::from(all - over)))
    );
    // It is the pace of the KPI.
    let tally = DealTally::of(
        book.deals(),
        scope("2024-Q1").as_of(day("2024-02-29")).unwrap(),
    );
    assert_eq!(
        Ok(progress.pace().unwrap()),
        kpi::pace(&tally.unwrap(), usd("600"), &calendar())
    );

    let nothing = at("600", "2024-01-10");
    assert_eq!(
        reason(nothing.needed_pace()),
        Some(Undefined::ActualNotPositive)
    );
    assert!(nothing.needed_a_day().is_ok());
    assert_eq!(
        reason(at("600", "2024-03-20").needed_a_day()),
        Some(Undefined::TargetMet)
    );
    assert_eq!(
        reason(at("900", "2024-03-31").needed_a_day()),
        Some(Undefined::PeriodOver)
    );
    // The last day of the quarter is a Sunday.
    assert_eq!(
        reason(at("900", "2024-03-30").needed_a_day()),
        Some(Undefined::NoWorkingDays)
    );
}

/// A budget: at most so much.
#[test]
fn less_is_better() {
    let book = book(&[("2024-01-15", 300), ("2024-03-20", 500)]);
    let revenue = find("total_revenue").unwrap();
    let at = |target: &str, on: &str| {
        let goal = Goal::at_most(revenue, usd(target), period("2024-Q1")).unwrap();
        assert!(goal.is_at_most());
        goal.judge_book(&book, day(on)).unwrap()
    };
    assert_eq!(at("600", "2024-01-10").state(), GoalState::OnTrack);
    assert_eq!(at("600", "2024-01-16").state(), GoalState::Behind);
    assert_eq!(at("600", "2024-03-19").state(), GoalState::OnTrack);
    assert_eq!(at("600", "2024-03-20").state(), GoalState::Missed);
    assert_eq!(at("800", "2024-03-31").state(), GoalState::Reached);
    assert_eq!(at("799", "2024-03-31").state(), GoalState::Missed);
    let text = at("600", "2024-03-19").to_string();
    assert_eq!(
        text,
        "\
total revenue: at most 600.00 USD in 2024-Q1
  by 2024-03-19: 300.00 USD, 50.0% of it, pace 57.5%: on track
  from here: at most 30.00 USD a working day, 6.70× as much as so far
"
    );
}

/// A rate is held against the target itself, and decided when the period is over.
#[test]
fn a_rate_has_no_pace() {
    let lost = |number: usize, on: &str| {
        let outcome = Outcome::Lost { on: day(on) };
        Deal::new(
            format!("L-{number}"),
            day("2023-06-01"),
            outcome,
            Currency::USD,
        )
        .unwrap()
    };
    let deals = vec![
        won(1, day("2024-01-15"), 1),
        lost(1, "2024-02-01"),
        lost(2, "2024-03-30"),
    ];
    let book = Book::new(Currency::USD).with_deals(deals).unwrap();
    let goal = Goal::new(find("win_rate").unwrap(), Rate::HALF, period("2024-Q1")).unwrap();
    let at = |on: &str| goal.judge_book(&book, day(on)).unwrap();
    assert_eq!(pending(&at("2024-01-14")), Some(Undefined::NoDecidedDeals));
    assert_eq!(at("2024-01-15").state(), GoalState::OnTrack);
    assert_eq!(at("2024-02-01").state(), GoalState::OnTrack);
    assert_eq!(at("2024-03-30").state(), GoalState::Behind);
    assert_eq!(at("2024-03-31").state(), GoalState::Missed);
    let progress = at("2024-02-01");
    assert_eq!(progress.progress().unwrap().to_string(), "100%");
    assert_eq!(reason(progress.pace()), Some(Undefined::NoFlow));
    assert_eq!(reason(progress.needed_a_day()), Some(Undefined::NoFlow));
    assert!(progress.reading().is_small && progress.reading().sample == Some(2));
    assert_eq!(
        progress.to_string(),
        "\
win rate: at least 50.0% in 2024-Q1
  by 2024-02-01: 50.0% (a sample of 2 proves little), 100.0% of it: on track
"
    );
    // The period is over, and nobody can say.
    let nothing = goal
        .judge_book(&Book::new(Currency::USD), day("2024-03-31"))
        .unwrap();
    assert!(nothing.reason().is_some() && nothing.state() == GoalState::Pending);
    // Where less is better, a cycle at its limit is good.
    let cycle = find("sales_cycle_length").unwrap();
    let goal = Goal::new(cycle, sales_metrics::Days::from(228), period("2024-Q1")).unwrap();
    assert!(goal.is_at_most());
    assert_eq!(
        goal.judge_book(&book, day("2024-03-31")).unwrap().state(),
        GoalState::Reached
    );
}

/// A value that holds with a reservation says so below its goal.
#[test]
fn a_goal_shows_the_reservations_of_its_value() {
    let win = |number, on| won(number, day(on), 100).with_account(format!("A-{number}"));
    let category = sales_metrics::SpendCategory::Marketing;
    let expense = Spend::new("S-1", day("2024-01-31"), 3_000, Currency::USD, category).unwrap();
    let before = Deal::new(
        "D-0",
        day("2022-06-01"),
        Outcome::Won {
            on: day("2022-12-31"),
        },
        Currency::USD,
    );
    let before = before.and_then(|deal| deal.with_account("A-0")).unwrap();
    let book = Book::new(Currency::USD)
        .with_deals([before, win(1, "2024-02-03").unwrap()])
        .and_then(|book| book.with_spend([expense]))
        .unwrap();
    let cac = find("customer_acquisition_cost").unwrap();
    let goal = Goal::new(cac, usd("5000"), period("2024-Q1")).unwrap();
    assert_eq!(
        goal.judge_book(&book, day("2024-03-31"))
            .unwrap()
            .to_string(),
        "\
customer acquisition cost: at most 5,000.00 USD in 2024-Q1
  by 2024-03-31: 3,000.00 USD (a sample of 1 proves little), 60.0% of it: reached
  note: no expense on sales is recorded: of marketing alone
"
    );
}

/// A volume is held against its money, and shows how many deals it is of.
#[test]
fn a_goal_of_a_volume_prints() {
    let kpi = find("pipeline_outflow").unwrap();
    let goal = Goal::at_least(kpi, usd("600"), period("2024-Q1"));
    let progress = goal
        .unwrap()
        .judge_book(&book(&[("2024-01-15", 300)]), day("2024-03-31"));
    assert_eq!(
        progress.unwrap().to_string(),
        "\
pipeline outflow: at least 600.00 USD in 2024-Q1
  by 2024-03-31: 1 · 300.00 USD, 50.0% of it, pace 50.0%: missed
"
    );
}

#[test]
fn what_cannot_be_judged_yet_says_so() {
    let without = Book::new(Currency::USD)
        .with_deals([won(1, day("2024-01-15"), 300)])
        .unwrap();
    let goal = of_revenue("600");
    let progress = goal.judge_book(&without, day("2024-02-01")).unwrap();
    assert_eq!(pending(&progress), Some(Undefined::NoCalendar));
    let json = serde_json::to_value(&progress).unwrap();
    assert_eq!(
        (json["undefined"].as_str(), json["reason"].as_str()),
        (Some("no_calendar"), Some("no working calendar was given"))
    );
    assert_eq!(progress.progress().unwrap().to_string(), "50%");
    assert_eq!(reason(progress.pace()), Some(Undefined::NoCalendar));
    assert_eq!(progress.working_days_left(), Err(Undefined::NoCalendar));
    assert_eq!(
        progress.to_string(),
        "\
total revenue: at least 600.00 USD in 2024-Q1
  by 2024-02-01: 300.00 USD, 50.0% of it: pending, no working calendar was given
"
    );
    // It is reached, or missed, without one.
    assert_eq!(
        of_revenue("300")
            .judge_book(&without, day("2024-02-01"))
            .unwrap()
            .state(),
        GoalState::Reached
    );
    assert_eq!(
        goal.judge_book(&without, day("2024-03-31"))
            .unwrap()
            .state(),
        GoalState::Missed
    );
    // No working day over: the period begins on a Sunday.
    let sunday = Goal::new(find("total_revenue").unwrap(), usd("1"), period("2024-09")).unwrap();
    let progress = sunday
        .judge_book(&book(&[("2024-01-15", 300)]), day("2024-09-01"))
        .unwrap();
    assert_eq!(pending(&progress), Some(Undefined::NoWorkingDays));
    assert_eq!(progress.working_days_left(), Ok(25));
    // Nothing has an amount.
    let unpriced = Deal::new(
        "D",
        day("2024-01-01"),
        Outcome::Won {
            on: day("2024-01-15"),
        },
        Currency::USD,
    )
    .unwrap();
    let unpriced = Book::new(Currency::USD).with_deals([unpriced]).unwrap();
    let progress = goal.judge_book(&unpriced, day("2024-02-01")).unwrap();
    assert_eq!(pending(&progress), Some(Undefined::NothingPriced));
    assert_eq!(reason(progress.progress()), Some(Undefined::NothingPriced));
    let volume = Goal::new(
        find("pipeline_inflow").unwrap(),
        usd("5"),
        period("2024-Q1"),
    )
    .unwrap();
    assert_eq!(
        pending(&volume.judge_book(&unpriced, day("2024-02-01")).unwrap()),
        Some(Undefined::NothingPriced)
    );
    let none = Goal::at_most(find("credits").unwrap(), usd("0"), period("2024-Q1")).unwrap();
    let none = none.judge_book(&without, day("2024-03-31")).unwrap();
    assert_eq!(none.state(), GoalState::Reached);
    assert_eq!(reason(none.progress()), Some(Undefined::TargetNotPositive));
    let json = serde_json::to_value(&none).unwrap();
    assert_eq!(
        (json["kpi"].as_str(), json["state"].as_str()),
        (Some("credits"), Some("reached"))
    );
    assert_eq!(json["at_most"]["value"]["amount"], "0");
    assert_eq!(
        (json["as_of"].as_str(), json.get("pace")),
        (Some("2024-03-31"), None)
    );
}

pub(crate) fn errors() -> Vec<(Error, &'static str)> {
    let year = period("2026");
    let plan = Plan::of_wins(5, year);
    let neither = find("leads_per_rep").unwrap();
    let target = sales_metrics::Average::new(5);
    let whole = find("win_rate_interval").unwrap();
    vec![
        (
            plan.quotas([("ada", 1)], [(period("2026-H1"), 1)])
                .unwrap_err(),
            "the periods must make up 2026-01-01/2027-01-01, one after the other; from 2026-07-01 on they do not",
        ),
        (
            plan.quotas([("ada", 0)], [(year, 1)]).unwrap_err(),
            "the weights of the reps add up to 0; give one of them a weight above 0",
        ),
        (
            Goal::new(neither, target, year).unwrap_err(),
            "of leads per rep neither more nor less is better by itself; say Goal::at_least or Goal::at_most",
        ),
        (
            Goal::new(whole, Rate::HALF, year).unwrap_err(),
            "win rate interval is no single number; set a goal for one of its parts",
        ),
    ]
}

#[test]
fn a_goal_that_cannot_be_is_refused() {
    let q1 = period("2024-Q1");
    let new = |name: &str, target: Value| Goal::new(find(name).unwrap(), target, q1);
    let text = |kind, text: &str| (kind, text.to_owned());
    assert_eq!(
        complaint(new("total_revenue", Value::Count(5))),
        text(
            ErrorKind::UnitMismatch,
            "target is in Count, but one for total revenue is in Money; let them agree",
        )
    );
    assert_eq!(
        complaint(new("pipeline_inflow", Value::Count(5))),
        text(
            ErrorKind::UnitMismatch,
            "target is in Count, but one for pipeline inflow is in Money; let them agree",
        )
    );
    assert_eq!(
        complaint(new("win_rate_interval", Value::Rate(Rate::HALF))),
        text(
            ErrorKind::UnitMismatch,
            "win rate interval is no single number; set a goal for one of its parts",
        )
    );
    assert_eq!(
        complaint(new(
            "leads_per_rep",
            Value::Number(sales_metrics::Average::new(5))
        )),
        text(
            ErrorKind::NoDirection,
            "of leads per rep neither more nor less is better by itself; say Goal::at_least or Goal::at_most",
        )
    );
    let euros = Goal::new(
        find("total_revenue").unwrap(),
        Money::new(1, Currency::EUR),
        q1,
    )
    .unwrap();
    let refused = euros.judge_book(&Book::new(Currency::USD), day("2024-02-01"));
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::CurrencyMismatch);
    let yearly = MoneyPer::new(usd("5"), Per::Month);
    let mrr = Goal::new(find("revenue_per_day").unwrap(), yearly, q1).unwrap();
    assert_eq!(
        complaint(mrr.judge_book(&book(&[("2024-01-15", 3)]), day("2024-02-01"))),
        text(
            ErrorKind::UnitMismatch,
            "target is per month, but the KPI is per day; let them agree",
        )
    );
    let tally = BookTally::of(&book(&[]), scope("2024-Q2")).unwrap();
    let refused = of_revenue("5").judge(&Inputs::new(&tally));
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::ScopeMismatch);
}

/// A KPI of one's own is held against its target; it has a pace where it says that it adds up.
#[test]
fn a_goal_of_ones_own() {
    let large = |name: &str| {
        Kpi::own(
            name,
            "large wins",
            Family::Revenue,
            Unit::Count,
            Better::Up,
            |inputs| Ok(inputs.deals()?.totals().won()?.count),
        )
        .unwrap()
    };
    let book = book(&[("2024-01-15", 300)]);
    let goal = |kpi: &Kpi| Goal::new(kpi, 4_u64, period("2024-Q1")).unwrap();
    let plain = goal(&large("plain"))
        .judge_book(&book, day("2024-01-31"))
        .unwrap();
    assert_eq!(reason(plain.pace()), Some(Undefined::NoFlow));
    let flow = large("flow").as_flow();
    assert!(flow.is_flow() && !large("plain").is_flow());
    // How many records it is of says nothing against it, unless it is an estimate.
    let counted = |inputs: &Inputs<'_>| Ok(inputs.deals()?.totals().won()?.count);
    let sum = flow.clone().with_sum_sample(counted);
    assert!(sum.is_flow() && !large("plain").with_sum_sample(counted).is_flow());
    assert!(large("plain").with_sum_sample(counted).as_flow().is_flow());
    let estimate = flow.clone().with_estimate_sample(counted);
    assert!(estimate.is_estimate() && !estimate.is_flow());
    let tally = BookTally::of(&book, scope("2024-Q1")).unwrap();
    let inputs = Inputs::new(&tally);
    assert_eq!((sum.sample(&inputs), flow.sample(&inputs)), (Some(1), None));
    let progress = goal(&flow).judge_book(&book, day("2024-01-31")).unwrap();
    assert_eq!(progress.progress().unwrap().to_string(), "25%");
    assert!(progress.pace().is_ok() && matches!(progress.needed_a_day(), Ok(Value::Number(_))));
    // One of the catalog under another label is what it was.
    assert!(
        find("total_revenue")
            .unwrap()
            .clone()
            .with_label("Umsatz")
            .unwrap()
            .is_flow()
    );
}

/// The goals of a plan are judged as any others.
#[test]
fn the_goals_of_a_plan() {
    let plan = Plan::of_revenue(usd("600"), period("2024-Q1"))
        .with_average_deal(usd("100"))
        .with_win_rate(Rate::HALF)
        .with_lead_conversion(Rate::HALF)
        .with_activities_per_lead(sales_metrics::Average::new(2));
    let book = book(&[("2024-01-15", 300), ("2024-02-20", 500)]);
    let goals = plan.goals([(plan.period(), 1)]).unwrap();
    let said: Vec<(String, String, GoalState)> = goals
        .iter()
        .map(|goal| {
            let progress = goal.judge_book(&book, day("2024-03-31")).unwrap();
            (
                goal.kpi().name().to_owned(),
                goal.target().to_string(),
                progress.state(),
            )
        })
        .collect();
    let expected = [
        ("total_revenue", "600 USD", GoalState::Reached),
        ("deals_won", "6", GoalState::Missed),
        ("opportunities_created", "12", GoalState::Missed),
        ("leads_arrived", "24", GoalState::Pending),
        ("activities_done", "48", GoalState::Pending),
    ];
    assert_eq!(
        said,
        expected.map(|(name, target, state)| (name.to_owned(), target.to_owned(), state))
    );
}

proptest! {
    #![proptest_config(config(96))]

    /// Where a goal of revenue stands, by the working days walked one by one.
    #[test]
    fn a_goal_is_judged_by_the_days_that_are_over(
        wins in prop::collection::vec((0_u64..400, 0_i64..1_000), 1..6), target in 1_i64..3_000, as_of in 0_u64..400,
        is_at_most: bool, period_of in select(vec!["2024-Q1", "2024-02", "2024-03-03", "2024"]),
    ) {
        let first = day("2023-12-20");
        let on = |days: u64| first + chrono::Days::new(days);
        let period = period(period_of);
        let deals = wins.iter().enumerate().map(|(number, (days, amount))| won(number, on(*days), *amount));
        let book = Book::new(Currency::USD).with_deals(deals).unwrap().with_calendar(calendar());
        let kpi = find("total_revenue").unwrap();
        let money = Money::new(target, Currency::USD);
        let goal = if is_at_most { Goal::at_most(kpi, money, period) } else { Goal::at_least(kpi, money, period) };
        let as_of = on(as_of);
        let progress = goal.unwrap().judge_book(&book, as_of).unwrap();

        let counted = wins.iter().filter(|(days, _)| period.contains(on(*days)) && on(*days) <= as_of);
        let actual: i64 = counted.map(|(_, amount)| amount).sum();
        let is_worked = |on: &NaiveDate| on.weekday() != Weekday::Sun && *on != day("2024-02-29");
        let all = period.start().iter_days().take_while(|on| *on < period.end()).filter(is_worked).count() as i64;
        let over = period.start().iter_days().take_while(|on| *on < period.end() && *on <= as_of).filter(is_worked).count() as i64;
        let is_over = as_of >= period.last_day();
        let met = if is_at_most { actual <= target } else { actual >= target };
        let due = if is_at_most { actual * all <= target * over } else { actual * all >= target * over };
        let expected = match (as_of < period.start(), is_over) {
            (true, _) => GoalState::Pending,
            (_, true) if met => GoalState::Reached,
            (_, true) => GoalState::Missed,
            _ if met && !is_at_most => GoalState::Reached,
            _ if !met && is_at_most => GoalState::Missed,
            _ if over == 0 => GoalState::Pending,
            _ if due => GoalState::OnTrack,
            _ => GoalState::Behind,
        };
        prop_assert_eq!(progress.state(), expected);
        prop_assert_eq!(exact(progress.progress().unwrap().fraction()), exact(Decimal::from(actual) / Decimal::from(target)));
        if over > 0 {
            let pace = q(actual, 1) * q(all, 1) / (q(target, 1) * q(over, 1));
            let error = exact(progress.pace().unwrap().fraction()) - pace;
            prop_assert!(error < crate::support::tiny(20) && -error < crate::support::tiny(20));
        } else {
            prop_assert!(progress.pace().is_err());
        }
        // By inputs it is the same.
        let scope = Scope::new(period, Currency::USD).as_of(as_of).unwrap();
        let tally = BookTally::of(&book, scope).unwrap();
        prop_assert_eq!(&progress.goal().judge(&Inputs::new(&tally)).unwrap(), &progress);
        let text = progress.to_string();
        prop_assert!(text.contains(progress.state().name()), "{}", text);
        prop_assert!(serde_json::to_value(&progress).is_ok());
    }

    /// What is called a flow adds up: its months are its period.
    #[test]
    fn flows_add_up(business in businesses()) {
        let book = business.book();
        let whole = business.scope();
        let months: Vec<Scope> = whole.months().collect();
        let of = |scope: Scope, kpi: &Kpi| {
            let tally = BookTally::of(&book, scope).unwrap();
            kpi.evaluate(&Inputs::new(&tally))
        };
        for kpi in report::catalog().iter().filter(|kpi| kpi.is_flow()) {
            let Ok(all) = of(whole, kpi) else { continue };
            let mut sum = Decimal::ZERO;
            let mut is_known = true;
            for month in &months {
                match of(*month, kpi) {
                    Ok(value) => sum += value.magnitude(),
                    Err(_) => is_known = false,
                }
            }
            if is_known {
                prop_assert_eq!(sum, all.magnitude(), "{}", kpi.name());
            }
        }
    }
}

/// What is no rate and no mean is a flow, unless it stands here: it is of an evening, a forecast, a level, or of no records.
#[test]
fn which_kpis_are_no_flows() {
    let others = [
        "annual_contract_value",
        "pipeline_value",
        "hindsight_pipeline_value",
        "open_deals",
        "weighted_pipeline",
        "deals_older_than",
        "overdue_pipeline",
        "pipeline_waterfall",
        "due_pipeline_waterfall",
        "weighted_forecast",
        "overloaded_reps",
        "arr",
        "mrr",
        "mrr_movements",
        "committed_arr",
        "quota_capacity",
        "below_quota_streak",
        "ramping_reps",
        "call_capacity",
    ];
    let is_neither = |kpi: &&Kpi| !kpi.is_flow() && !kpi.is_estimate();
    let found = report::catalog().iter().filter(is_neither);
    assert_eq!(found.map(Kpi::name).collect::<Vec<_>>(), others);
    assert!(
        !report::catalog()
            .iter()
            .any(|kpi| kpi.is_flow() && kpi.is_estimate())
    );
}
