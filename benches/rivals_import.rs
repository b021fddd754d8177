//! This crate's side of `rivals_import.py`: from a CSV file to figures, a line of JSON for each line that it is asked.

#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::pedantic,
    reason = "a benchmark that fails should stop"
)]

use std::fs::File;
use std::io::{BufRead as _, stdin};
use std::time::Instant;

use sales_metrics::import::{DealColumns, OutcomeColumn, pour};
use sales_metrics::{Currency, DealTally, Period, Scope};
use serde_json::json;

fn columns(job: &str) -> DealColumns {
    let outcome = OutcomeColumn::new("outcome")
        .with_won(["won"])
        .with_lost(["lost"])
        .with_open(["open"]);
    let five = DealColumns::new("id", outcome, Currency::USD)
        .with_created("created")
        .with_closed("closed")
        .with_amount("amount");
    match job {
        "five" => five,
        "thirteen" => five
            .with_owner("owner")
            .with_account("account")
            .with_product("product")
            .with_source("source")
            .with_region("region")
            .with_cost("cost")
            .with_stage("stage")
            .with_probability("probability"),
        job => panic!("no such job: {job}"),
    }
}

fn answer(path: &str, job: &str) -> String {
    let scope = Scope::new(Period::quarter(2023, 2).unwrap(), Currency::USD);
    let columns = columns(job);
    let start = Instant::now();
    let mut deals = DealTally::new(scope);
    let poured = pour(File::open(path).unwrap(), &columns, &mut deals).unwrap();
    let ms = start.elapsed().as_secs_f64() * 1e3;
    assert_eq!((poured.rejected.len(), poured.left_out.len()), (0, 0));
    let totals = deals.totals();
    let (won, lost, open) = (
        totals.won().unwrap(),
        totals.lost().unwrap(),
        totals.open().unwrap(),
    );
    // The engines are asked for what is open in the file: without what has closed since the period.
    let open = open.count - totals.open_then().unwrap();
    let cost = totals.costed().unwrap().other;
    json!({
        "ms": ms,
        "won": [won.count, won.amount.decimal().to_string(), totals.won_cycle().unwrap().days],
        "lost": [lost.count, lost.amount.decimal().to_string(), totals.lost_cycle().unwrap().days],
        "open": open,
        "cost": cost.decimal().to_string(),
    })
    .to_string()
}

fn main() {
    let path = std::env::args().nth(1).unwrap();
    for job in stdin().lock().lines() {
        println!("{}", answer(&path, &job.unwrap()));
    }
}
