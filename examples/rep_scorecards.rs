//! How the reps and the teams did in a quarter: points and attainment, whose next deals are likely to be won, and which lines need a word.
//!
//! `cargo run --release --example rep_scorecards` looks at the last quarter of 2025 in the sample that ships with the crate;
//! `cargo run --release --example rep_scorecards -- BUSINESS.json FOLDER DAY` at the quarter of a day in another business, as of that day.

#[path = "common/business.rs"]
mod business;

use std::error::Error;
use std::process::ExitCode;

use business::{asked, told};
use sales_metrics::report::{
    Better, Family, Kpi, Needs, Records, Report, ReportPlan, Unit, Watch, find,
};
use sales_metrics::scorecard::{CloseRates, Score, Scorecard};
use sales_metrics::{
    ActivityKind, Book, Confidence, Days, Dimension, NaiveDate, Percent, Period, Rate, Scope, day,
};

/// The record of all others weighs as much as so many deals of a rep's own.
const WEIGHT: u32 = 10;

/// A team is to do what so many reps are to do.
const REPS_OF_A_TEAM: u64 = 2;

/// A figure of fewer records is no line to speak about.
const LEAST_SAMPLE: u64 = 5;

fn main() -> ExitCode {
    told(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let usage = "rep_scorecards [BUSINESS.json FOLDER DAY]";
    let (book, [on]) = asked(usage, ["2025-12-31"])?;
    look(&book, day(&on)?)
}

fn look(book: &Book, on: NaiveDate) -> Result<(), Box<dyn Error>> {
    let scope = Scope::new(Period::quarter_of(on)?, book.currency()).as_of(on)?;
    let plan = ReportPlan::new(scope).with_least_sample(LEAST_SAMPLE);
    let of_reps = plan.clone().with_dimension(Dimension::Rep);
    let of_teams = plan.with_dimension(Dimension::Team);

    let of_one = card(1)?;
    let reps = of_one.score(book, &of_reps)?;
    print!("{reps}");
    lead("attainment", &reps.by_attainment());
    lead("points", &reps.by_points());
    println!();
    print!("{}", card(REPS_OF_A_TEAM)?.score(book, &of_teams)?);

    println!();
    let rates = CloseRates::of(book, scope, &Dimension::Rep, WEIGHT, Confidence::NinetyFive)?;
    print!("{rates}");

    println!("\nA WORD ABOUT");
    let report = Report::of(book, &of_reps.with_kpis(of_one.kpis()))?;
    for line in report.worsened(&Watch::previous()) {
        println!("  {line}");
    }
    Ok(())
}

/// What so many reps are to do and to reach in a quarter.
fn card(reps: u64) -> Result<Scorecard, sales_metrics::Error> {
    Scorecard::new()
        .with_activity(
            &done("calls", ActivityKind::Call)?,
            1,
            reps.saturating_mul(15),
        )?
        .with_activity(
            &done("meetings", ActivityKind::Meeting)?,
            5,
            reps.saturating_mul(6),
        )?
        .with_activity(find("opportunities_created")?, 15, reps.saturating_mul(6))?
        .with_objective(find("win_rate")?, 30, Rate::from_percent(40)?)?
        .with_objective(find("quota_attainment")?, 50, Percent::from_percent(100)?)?
        .with_objective(find("sales_cycle_length")?, 20, Days::new(90)?)
}

/// A KPI of one's own: how many activities of a kind there were.
fn done(name: &str, kind: ActivityKind) -> Result<Kpi, sales_metrics::Error> {
    let (family, unit) = (Family::Activity, Unit::Count);
    let own = Kpi::own(name, name, family, unit, Better::Up, move |inputs| {
        Ok(inputs.activities()?.totals().of(kind)?.count)
    })?;
    Ok(own.with_needs([Needs::Records(Records::Activities)]))
}

/// Who stands first.
fn lead(by: &str, ranking: &[(Option<usize>, &Score)]) {
    let first = ranking.iter().filter(|(rank, _)| *rank == Some(1));
    let names: Vec<&str> = first
        .map(|(_, score)| score.group.as_deref().unwrap_or("nobody"))
        .collect();
    println!("\nthe most {by}: {}", names.join(", "));
}
