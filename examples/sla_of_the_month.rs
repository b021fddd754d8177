//! What marketing and sales promised each other, and which leads of a month kept it: by clause, and by rep.
//!
//! `cargo run --release --example sla_of_the_month` looks at December 2025 in the sample that ships with the crate, as of its last day;
//! `cargo run --release --example sla_of_the_month -- BUSINESS.json FOLDER DAY` at the month of a day in another business, as of that day.

#[path = "common/business.rs"]
mod business;

use std::error::Error;
use std::process::ExitCode;

use business::{asked, told};
use sales_metrics::sla::{Clause, Sla, SupplyState};
use sales_metrics::{Book, Lead, LeadScope, Length, NaiveDate, Period, Scope, day};

/// So many leads of a clause are shown by name.
const SHOWN: usize = 5;

fn main() -> ExitCode {
    told(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let usage = "sla_of_the_month [BUSINESS.json FOLDER DAY]";
    let (book, [on]) = asked(usage, ["2025-12-31"])?;
    judge(&book, day(&on)?)
}

fn judge(book: &Book, on: NaiveDate) -> Result<(), Box<dyn Error>> {
    let promised = Sla::new()
        .with_supply(5)
        .with_handover(Length::hours(4))
        .with_follow_up(Length::minutes(30))
        .with_tries(3);
    let scope = Scope::new(Period::month_of(on)?, book.currency()).as_of(on)?;
    // Nobody is late over night, where the working hours are known.
    let view: LeadScope = match book.calendar() {
        Some(calendar) => scope.in_working_time(calendar),
        None => scope.into(),
    };

    let kept = promised.judge(book.leads(), view.clone());
    println!(
        "{} AS OF {on}: {} leads arrived",
        scope.period(),
        kept.arrived
    );
    for month in &kept.supply {
        let state = match month.state() {
            SupplyState::Met => "as promised",
            SupplyState::Breached => "fewer than promised",
            SupplyState::Pending => "not over yet",
        };
        println!(
            "  marketing found {} of {}: {state}",
            month.supplied.len(),
            month.promised
        );
    }
    show("handed over within 4 hours", kept.handover.as_ref());
    show("followed up within 30 minutes", kept.follow_up.as_ref());
    show("tried three times in the first week", kept.tries.as_ref());

    println!("\nFOLLOWED UP IN TIME, BY REP");
    for (rep, kept) in promised.judge_by(book.leads(), view, Lead::owner) {
        let rep = rep.map_or("nobody", |rep| rep.as_str());
        let Some(clause) = kept.follow_up.filter(|clause| clause.due() > 0) else {
            continue;
        };
        let rate = clause
            .rate()
            .map_or("–".to_owned(), |rate| format!("{rate:.0}"));
        println!("  {rep:<12} {rate:>5} of {}", clause.due());
    }
    Ok(())
}

/// How many kept a promise, and the first of those that did not.
fn show(promise: &str, clause: Option<&Clause>) {
    let Some(clause) = clause else { return };
    let (met, late, pending) = (
        clause.met().len(),
        clause.breached(),
        clause.pending().len(),
    );
    println!(
        "  {promise}: {met} met, {} breached, {pending} pending",
        late.len()
    );
    for lead in late.iter().take(SHOWN) {
        println!("    lead {lead}");
    }
    if late.len() > SHOWN {
        println!("    and {} more", late.len().saturating_sub(SHOWN));
    }
}
