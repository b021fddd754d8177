//! The pipeline as it was on a day in the past: what was open, how it had moved since the quarter began, by owner, what slipped, and
//! what has moved since.
//!
//! `cargo run --release --example pipeline_review` looks at the sample that ships with the crate, on 15 November 2025;
//! `cargo run --release --example pipeline_review -- BUSINESS.json FOLDER DAY` at another business, whose manifest names its history.

#[path = "common/business.rs"]
mod business;

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;

use business::{asked, told};
use sales_metrics::tally::PipelineWaterfall;
use sales_metrics::{
    Book, Deal, DealTally, FunnelTally, History, MovementTally, NaiveDate, Period, Scope, day, kpi,
};

fn main() -> ExitCode {
    told(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let usage = "pipeline_review [BUSINESS.json FOLDER DAY]";
    let (book, [on]) = asked(usage, ["2025-11-15"])?;
    let history = book.history().ok_or("the manifest names no states")?;
    review(&book, history, day(&on)?)
}

fn review(book: &Book, history: &History, on: NaiveDate) -> Result<(), Box<dyn Error>> {
    let quarter = Scope::new(Period::quarter_of(on)?, book.currency()).as_of(on)?;
    let label = quarter.period().label();

    println!("OPEN ON {on}");
    let then: Vec<Deal> = history.deals_on(on)?.into_iter().collect();
    for (stage, deals) in DealTally::by(&then, quarter, Deal::stage)? {
        if kpi::open_deals(&deals)? > 0 {
            let name = stage.map_or("no stage", |stage| stage.as_str());
            let volume = kpi::hindsight_pipeline_value(&deals)?;
            println!("  {name:<20} {volume:#}");
        }
    }
    let all = DealTally::of(&then, quarter)?;
    println!("  {:<20} {:#}", "all", kpi::pipeline_value(&all)?);

    println!("\nSINCE {label} BEGAN");
    let moved = MovementTally::of(history, quarter)?;
    show("all open deals", &kpi::pipeline_waterfall(&moved)?);
    show("due in the quarter", &kpi::due_pipeline_waterfall(&moved)?);
    println!(
        "  pushed {} times, by {} days on balance",
        kpi::push_count(&moved)?,
        kpi::net_push_days(&moved)?
    );

    println!("\nBY OWNER: opening, won, lost, closing");
    for (owner, moved) in MovementTally::by_owner(history, quarter)? {
        let name = owner.as_ref().map_or("nobody", |owner| owner.as_str());
        let all = kpi::pipeline_waterfall(&moved)?;
        println!(
            "  {name:<16} {:#} | {:#} | {:#} | {:#}",
            all.opening(),
            all.won(),
            all.lost(),
            all.closing()
        );
    }

    println!("\nSLIPPED: expected in {label} when it began, and later by now");
    match kpi::slippage_rate(&moved) {
        Ok(rate) => println!("  {rate:.1} of {} deals", moved.totals().expected.count),
        Err(reason) => println!("  – {reason}"),
    }
    for line in slipped(history, quarter, &then)? {
        println!("  {line}");
    }

    if !book.stages().is_empty() {
        println!("\nDEALS THAT CAME IN IN {label}, STEP BY STEP");
        let funnel = FunnelTally::of(history, quarter.with_stages(book.stages())?)?;
        for step in kpi::funnel(&funnel)?.steps() {
            let name = step.stage.as_ref().map_or("won", |stage| stage.as_str());
            let rate = step.of_previous.map_or(String::new(), |rate| {
                format!("{rate:.0} of the step before, {} pending", step.pending)
            });
            println!("  {name:<20} {:#}  {rate}", step.reached);
        }
    }

    let Some(last) = history.last_day().filter(|last| *last > on) else {
        return Ok(());
    };
    println!("\nWHAT HAS MOVED SINCE, UP TO {last}");
    let since = Period::between(on.succ_opt().unwrap_or(on), last.succ_opt().unwrap_or(last))?;
    let moved = MovementTally::of(history, Scope::new(since, book.currency()))?;
    show("all open deals", &kpi::pipeline_waterfall(&moved)?);
    Ok(())
}

/// The deals that were expected in the quarter on the evening before it, are open now, and are expected after it.
fn slipped(
    history: &History,
    quarter: Scope,
    then: &[Deal],
) -> Result<Vec<String>, Box<dyn Error>> {
    let eve = quarter
        .period()
        .start()
        .pred_opt()
        .ok_or("the first day there is")?;
    let now: BTreeMap<_, &Deal> = then.iter().map(|deal| (deal.id(), deal)).collect();
    let mut lines = Vec::new();
    for before in history.deals_on(eve)? {
        let expected = before
            .expected_close()
            .filter(|day| quarter.period().contains(*day));
        let after = now.get(before.id()).and_then(|deal| deal.expected_close());
        let is_open = |deal: &Deal| deal.closed().is_none();
        let both = is_open(&before) && now.get(before.id()).is_some_and(|deal| is_open(deal));
        if let (Some(expected), Some(after), true) = (expected, after, both) {
            if after >= quarter.period().end() {
                let amount = before
                    .amount()
                    .map_or("unpriced".to_owned(), |amount| format!("{amount:#}"));
                lines.push(format!(
                    "{} ({amount}): {expected} became {after}",
                    before.id()
                ));
            }
        }
    }
    Ok(lines)
}

fn show(name: &str, waterfall: &PipelineWaterfall) {
    println!("  {name}: {waterfall:#}");
}
