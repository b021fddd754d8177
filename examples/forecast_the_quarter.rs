//! What the quarter will bring, as it looks on a day in it: what is won, what the deals due will bring with which probability, the chance to
//! reach a target, and the deals that decide it.
//!
//! `cargo run --release --example forecast_the_quarter` looks at the sample that ships with the crate, on 15 November 2025, at a target of 270,000;
//! `cargo run --release --example forecast_the_quarter -- BUSINESS.json FOLDER DAY TARGET` at another business, whose manifest names its
//! history. Where nobody gave the deals a probability, it is learnt from the deals decided before that day, stage by stage.

#[path = "common/business.rs"]
mod business;

use std::error::Error;
use std::process::ExitCode;

use business::{asked, told};
use sales_metrics::{
    Book, Deal, ForecastTally, FunnelTally, History, Money, NaiveDate, Period, Rate, Scope, day,
    decimal, kpi,
};

/// So many decided deals are enough to learn a probability from.
const LEAST: u64 = 30;

fn main() -> ExitCode {
    told(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let usage = "forecast_the_quarter [BUSINESS.json FOLDER DAY TARGET]";
    let (book, [on, target]) = asked(usage, ["2025-11-15", "270000"])?;
    let history = book.history().ok_or("the manifest names no states")?;
    let target = Money::new(decimal(&target)?, book.currency());
    forecast(&book, history, day(&on)?, target)
}

fn forecast(
    book: &Book,
    history: &History,
    on: NaiveDate,
    target: Money,
) -> Result<(), Box<dyn Error>> {
    let quarter = Scope::new(Period::quarter_of(on)?, book.currency()).as_of(on)?;
    let mut deals: Vec<Deal> = history.deals_on(on)?.into_iter().collect();
    if deals.iter().all(|deal| deal.probability().is_none()) {
        deals = with_learnt_probabilities(book, history, on, deals)?;
    }
    let tally = ForecastTally::of(&deals, quarter)?;

    println!("{} ON {on}", quarter.period().label());
    let categories = kpi::category_forecast(&tally)?;
    println!("  won                {:#}", categories.closed());
    println!(
        "  commit             {:#}, with what is won {:#}",
        categories.commit(),
        categories.up_to_commit()
    );
    println!(
        "  best case          {:#}, with those above {:#}",
        categories.best_case(),
        categories.up_to_best_case()
    );
    println!(
        "  pipeline           {:#}, with those above {:#}",
        categories.pipeline(),
        categories.up_to_pipeline()
    );
    println!(
        "  weighted           {:#.2}",
        kpi::weighted_forecast(tally.tally())?
    );
    println!(
        "  run rate           {:#.2}",
        kpi::run_rate_forecast(tally.tally())?
    );

    let outcome = kpi::outcome_distribution(&tally)?;
    println!(
        "\nWHAT {} DEALS DUE WILL BRING, WITH WHAT IS WON",
        outcome.deals().count()
    );
    for (name, level) in [("P10", 10), ("P50", 50), ("P90", 90)] {
        let sum = outcome.quantile(Rate::from_percent(level)?);
        println!("  {name:<18} {sum:#.0}");
    }
    println!("  {:.1} to reach {target:#}", outcome.chance_of(target)?);
    println!(
        "  {} deals lack an amount or a probability, and are in none of it",
        outcome.left_out().len()
    );

    println!("\nDEALS THAT DECIDE IT: the chance without, and with each won");
    let mut due: Vec<_> = outcome.deals().collect();
    due.sort_by_key(|(_, amount, _)| std::cmp::Reverse(amount.amount()));
    for (id, amount, probability) in due.into_iter().take(5) {
        let (Some(lost), Some(won)) = (outcome.without(id), outcome.if_won(id)) else {
            continue;
        };
        println!(
            "  {id:<22} {amount:#} at {probability:.0}: {:.1}, {:.1}",
            lost.chance_of(target)?,
            won.chance_of(target)?
        );
    }
    Ok(())
}

/// Each open deal with the share that was won of those that had got to its stage, among the deals decided before the evening.
fn with_learnt_probabilities(
    book: &Book,
    history: &History,
    on: NaiveDate,
    deals: Vec<Deal>,
) -> Result<Vec<Deal>, Box<dyn Error>> {
    let first = history.first_day().ok_or("the history is empty")?;
    let before = Period::between(first, on)?;
    let scope = Scope::new(before, book.currency()).with_stages(book.stages())?;
    let funnel = FunnelTally::of(history, scope)?;
    println!("LEARNT FROM THE DEALS DECIDED BEFORE {on}");
    let mut learnt = Vec::new();
    for stage in book.stages() {
        let counts = funnel.stage(stage.as_str())?;
        let probability = kpi::stage_probability(&funnel, stage.as_str(), LEAST)?;
        println!(
            "  {stage:<20} {probability:.1}  {} of {}",
            counts.won, counts.decided
        );
        // A deal keeps six decimals.
        learnt.push((stage, probability.rounded(6)));
    }
    println!();
    let likely = |deal: Deal| {
        let stage = deal.stage().filter(|_| deal.closed().is_none()).cloned();
        let known = learnt
            .iter()
            .find(|(known, _)| Some(*known) == stage.as_ref());
        deal.with(known.map(|(_, rate)| *rate), Deal::with_probability)
    };
    Ok(deals.into_iter().map(likely).collect::<Result<_, _>>()?)
}
