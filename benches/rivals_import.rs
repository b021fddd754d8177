//! This crate's side of `benches/rivals_import.py`, which starts it: for each line of its input, `five` or `thirteen`, it pours the file
//! into a tally with so many columns mapped, and says in JSON what that took and what came out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::pedantic,
    reason = "a benchmark, not the library"
)]

use std::fs::File;
use std::io;
use std::time::Instant;

use sales_metrics::import::{DealColumns, OutcomeColumn, pour};
use sales_metrics::{Currency, DealTally, Decimal, Period, Scope};
use serde_json::json;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--of");
    let Some(path) = arguments.nth(1) else {
        println!("the other half of this benchmark is benches/rivals_import.py: start that");
        return Ok(());
    };
    for job in io::stdin().lines() {
        println!("{}", answer(&path, &job?));
    }
    Ok(())
}

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
    let q2 = Scope::new(Period::quarter(2023, 2).unwrap(), Currency::USD);
    let columns = columns(job);
    let start = Instant::now();
    let mut deals = DealTally::new(q2);
    let poured = pour(File::open(path).unwrap(), &columns, &mut deals).unwrap();
    let ms = start.elapsed().as_secs_f64() * 1e3;
    assert_eq!(poured.rejected, []);
    let totals = deals.totals();
    let (won, lost) = (totals.won().unwrap(), totals.lost().unwrap());
    let days = [totals.won_cycle().unwrap(), totals.lost_cycle().unwrap()].map(|cycle| cycle.days);
    // The engines are asked for what is open in the file: without what has closed since the period.
    let open = totals.open().unwrap().count - totals.open_then().unwrap();
    let figures = [
        won.count.into(),
        won.amount.decimal(),
        days[0].into(),
        lost.count.into(),
        lost.amount.decimal(),
        days[1].into(),
        open.into(),
        totals.costed().unwrap().other.decimal(),
    ];
    let figures = figures.map(|figure: Decimal| figure.normalize().to_string());
    json!({ "ms": ms, "figures": figures }).to_string()
}
