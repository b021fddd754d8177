//! This crate's side of `benches/rivals.py`, which starts it and tells it what to run when.
//!
//! It writes the deals to a file, prints its answers as JSON, then runs one job for each line of its input, such as `by 2`:
//! by owner, with two threads. It answers each with the nanoseconds that the job took.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::pedantic,
    reason = "a benchmark, not the library"
)]

#[allow(dead_code, unreachable_pub, reason = "shared by the benchmarks")]
mod common;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs::File;
use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::thread;
use std::time::Instant;

use common::{MILLION, OWNERS, deals, year};
use sales_metrics::*;
use serde_json::{Value, json};

/// Open deals older than this are counted.
const OLD: u32 = 90;

type ByOwner<'a> = BTreeMap<Option<&'a RepId>, DealTally>;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--to");
    let Some(path) = arguments.nth(1) else {
        println!("the other half of this benchmark is benches/rivals.py: start that");
        return Ok(());
    };
    let deals = deals(MILLION);
    write(&deals, &path)?;
    println!("{}", answers(&deals));
    for line in io::stdin().lines() {
        println!("{}", nanoseconds(&deals, &line?));
    }
    Ok(())
}

fn write(deals: &[Deal], path: &str) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(
        file,
        "owner,account,created,status,closed,expected,amount,probability"
    )?;
    for deal in deals {
        let columns = [
            text(deal.owner().map(RepId::as_str)),
            text(deal.account().map(AccountId::as_str)),
            deal.created().unwrap().to_string(),
            status(deal).to_owned(),
            text(deal.closed()),
            text(deal.expected_close()),
            text(deal.amount().map(Money::amount)),
            text(deal.probability().map(Rate::fraction)),
        ];
        writeln!(file, "{}", columns.join(","))?;
    }
    file.flush()
}

/// What is absent is an empty field.
fn text(value: Option<impl Display>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn status(deal: &Deal) -> &'static str {
    match deal.outcome() {
        Outcome::Open => "open",
        Outcome::Won { .. } => "won",
        Outcome::Lost { .. } => "lost",
        Outcome::Disqualified { .. } => "disqualified",
    }
}

fn answers(deals: &[Deal]) -> Value {
    let groups = by(deals);
    assert_eq!(groups.len() as u64, OWNERS);
    let detail = detail(deals);
    assert_eq!(&one(deals), detail.tally());
    assert_eq!(one(deals), one_in_two(deals));
    assert_eq!(groups, by_in_two(deals));
    assert_eq!(detail, detail_in_two(deals));
    let totals = |(owner, tally): (Option<&RepId>, DealTally)| (text(owner), json!(tally.totals()));
    json!({
        "one": detail.tally().totals(),
        "by": groups.into_iter().map(totals).collect::<BTreeMap<_, _>>(),
        "detail": {
            "median_cycle": kpi::median_sales_cycle(&detail).unwrap().decimal().to_string(),
            "median_size": kpi::median_deal_size(&detail).unwrap().amount().to_string(),
            "accounts": detail.accounts(),
            "account_amount": detail.account_amount().decimal().to_string(),
            "old": kpi::deals_older_than(&detail, OLD),
        },
        "scope": year(),
        "old": OLD,
    })
}

fn nanoseconds(deals: &[Deal], job: &str) -> u128 {
    let deals = black_box(deals);
    match job {
        "one 1" => timed(|| one(deals)),
        "one 2" => timed(|| one_in_two(deals)),
        "by 1" => timed(|| by(deals)),
        "by 2" => timed(|| by_in_two(deals)),
        "detail 1" => timed(|| detail(deals)),
        "detail 2" => timed(|| detail_in_two(deals)),
        other => unreachable!("no such job: {other:?}"),
    }
}

/// The time until the answer stands; dropping it is not counted.
fn timed<T>(run: impl FnOnce() -> T) -> u128 {
    let start = Instant::now();
    let answer = black_box(run());
    let taken = start.elapsed().as_nanos();
    drop(answer);
    taken
}

fn one(deals: &[Deal]) -> DealTally {
    DealTally::of(deals, year()).unwrap()
}

fn by(deals: &[Deal]) -> ByOwner<'_> {
    DealTally::by(deals, year(), Deal::owner).unwrap()
}

fn detail(deals: &[Deal]) -> DealDetail {
    DealDetail::of(deals, year()).unwrap()
}

/// Two threads, each with half of the deals.
fn halves<'a, T: Send>(deals: &'a [Deal], run: impl Fn(&'a [Deal]) -> T + Sync) -> (T, T) {
    let (left, right) = deals.split_at(deals.len() / 2);
    thread::scope(|scope| {
        let other = scope.spawn(|| run(right));
        (run(left), other.join().unwrap())
    })
}

fn one_in_two(deals: &[Deal]) -> DealTally {
    let (mut whole, other) = halves(deals, one);
    whole.merge(&other).unwrap();
    whole
}

fn by_in_two(deals: &[Deal]) -> ByOwner<'_> {
    let (mut whole, other) = halves(deals, by);
    for (owner, tally) in other {
        let group = whole.entry(owner).or_insert_with(|| DealTally::new(year()));
        group.merge(&tally).unwrap();
    }
    whole
}

fn detail_in_two(deals: &[Deal]) -> DealDetail {
    let (mut whole, other) = halves(deals, detail);
    whole.merge(&other).unwrap();
    whole
}
