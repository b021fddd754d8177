//! The next year planned backwards from its target: what it takes by month, week, day and rep, whether it fits, and how the goals stand.
//!
//! `cargo run --release --example plan_the_year` plans 2026 on the records of 2025 in the sample that ships with the crate, and looks at the
//! goals of the last quarter as they stood on 28 November; `cargo run --release --example plan_the_year -- BUSINESS.json FOLDER YEAR TARGET DAY` does so for another
//! business, as of that day.

#[path = "common/business.rs"]
mod business;

use std::error::Error;
use std::process::ExitCode;

use business::{asked, told};
use sales_metrics::plan::{Goal, Input, Plan};
use sales_metrics::report::find;
use sales_metrics::{
    ActivityKind, ActivityTally, Book, DealTally, Decimal, LeadTally, Length, Money, NaiveDate,
    Period, Rate, RepId, Scope, day, decimal,
};

fn main() -> ExitCode {
    told(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let usage = "plan_the_year [BUSINESS.json FOLDER YEAR TARGET DAY]";
    let (book, [year, target, on]) = asked(usage, ["2026", "1000000", "2025-11-28"])?;
    let plan = plan(&book, year.parse()?, decimal(&target)?)?;

    println!("THE PLAN\n{plan}");
    show_what_if(&plan)?;
    show_quotas(&plan, &book)?;
    show_goals(&book, day(&on)?)
}

/// What last year says of deals and leads, and what is known of the team.
fn plan(book: &Book, year: Period, target: Decimal) -> Result<Plan, Box<dyn Error>> {
    let last_year = Scope::new(year.year_before()?, book.currency());
    let deals = DealTally::of(book.deals(), last_year)?;
    let leads = LeadTally::of(book.leads(), last_year)?;
    let activities = ActivityTally::of(book.activities(), last_year)?;
    let calls = Input::activities_per_lead(&activities, ActivityKind::Call, &leads);
    let mut plan = Plan::of_revenue(Money::new(target, book.currency()), year)
        .with_average_deal(Input::average_deal(&deals))
        .with_win_rate(Input::win_rate(&deals))
        .with_days_open(Input::days_open(&deals))
        .with_lead_conversion(Input::lead_conversion(&leads))
        .with_activities_per_lead(calls)
        .with_reps(u32::try_from(team(book, year).len())?)
        .with_working_time(Length::hours(8))
        .with_time_per_activity(Length::minutes(10));
    if let Some(calendar) = book.calendar() {
        plan = plan.with_calendar(calendar.clone());
    }
    Ok(plan)
}

/// Who is there when the year begins.
fn team(book: &Book, year: Period) -> Vec<RepId> {
    let is_there = |on: NaiveDate| move |left: NaiveDate| left >= on;
    let mut team = Vec::new();
    for rep in book.reps() {
        if rep.left().is_none_or(is_there(year.start())) {
            team.push(rep.id().clone());
        }
    }
    team
}

/// The same plan, with a win rate that is a fifth better.
fn show_what_if(plan: &Plan) -> Result<(), Box<dyn Error>> {
    let Ok(rate) = plan.win_rate().value() else {
        return Ok(());
    };
    let better = rate.fraction().checked_mul(decimal("1.2")?);
    let better = Rate::from_fraction(better.unwrap_or_default().min(Decimal::ONE))?;
    println!("WHAT IF WE WON {better:.1} INSTEAD OF {rate:.1}?");
    println!("{}", plan.beside(&plan.clone().with_win_rate(better)));
    if let Ok(load) = plan.load() {
        println!("calls fill {:.1} of the working day", load.utilization()?);
    }
    Ok(())
}

/// The quotas of each rep by quarter: the last one is the strongest. They add up to the target, to the cent.
fn show_quotas(plan: &Plan, book: &Book) -> Result<(), Box<dyn Error>> {
    let team = team(book, plan.period());
    let quotas = plan.quotas(team.iter().map(|rep| (rep.clone(), 1)), seasons(plan)?)?;
    println!("\nQUOTAS");
    for rep in &team {
        print!("  {rep:<8}");
        for quota in quotas.iter().filter(|quota| quota.rep() == rep) {
            if let Some(amount) = quota.amount() {
                print!("  {amount:>#16.2}");
            }
        }
        println!();
    }
    Ok(())
}

fn seasons(plan: &Plan) -> Result<Vec<(Period, u32)>, Box<dyn Error>> {
    let mut quarters = Vec::new();
    for (month, weight) in plan.period().months().step_by(3).zip([4, 5, 5, 6]) {
        quarters.push((Period::quarter_of(month.start())?, weight));
    }
    Ok(quarters)
}

/// How the quarter of a day stands: against its quotas, and against three goals of other kinds.
fn show_goals(book: &Book, on: NaiveDate) -> Result<(), Box<dyn Error>> {
    let quarter = Period::quarter_of(on)?;
    let mut quotas = Money::zero(book.currency());
    for quota in book.quotas() {
        if let (true, Some(amount)) = (quota.period() == quarter, quota.amount()) {
            quotas = quotas.checked_add(amount)?;
        }
    }
    println!("\nGOALS");
    let goals = [
        Goal::new(find("total_revenue")?, quotas, quarter)?,
        Goal::new(find("opportunities_created")?, 30_u64, quarter)?,
        Goal::new(find("win_rate")?, Rate::from_percent(40)?, quarter)?,
        // Less is better.
        Goal::new(find("median_response_time")?, Length::hours(2), quarter)?,
    ];
    for goal in goals {
        print!("{}", goal.judge_book(book, on)?);
    }
    Ok(())
}
