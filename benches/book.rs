//! A report over a whole business: 1 M deals, 1 M activities and 200 k leads, on one thread, and the memory that it takes.
//!
//! Every measurement asserts its answer. How the figures are read: `benches/README.md`.
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

use std::hint::black_box;

use common::*;
use criterion::{Criterion, criterion_group, criterion_main};
use sales_metrics::report::{Report, ReportPlan};
use sales_metrics::*;

fn business(share: usize) -> Book {
    let (reps, quotas) = reps_and_quotas();
    Book::new(Currency::USD)
        .with_deals(deals(MILLION / share))
        .unwrap()
        .with_leads(leads(200_000 / share))
        .unwrap()
        .with_activities(activities(MILLION / share))
        .unwrap()
        .with_reps(reps)
        .unwrap()
        .with_quotas(quotas)
        .unwrap()
        .with_contracts(contracts(60_000 / share))
        .unwrap()
        .with_spend(expenses(10_000 / share))
        .unwrap()
}

/// The memory of this process in MB, where the system tells: what it has (`VmRSS`), or the most that it has had (`VmHWM`).
fn memory(which: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(which))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// Forgets how much memory it took to make the records.
fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").ok();
}

fn defined(report: &Report) -> usize {
    let lines = report.sections().iter().flat_map(|section| section.lines());
    lines.filter(|line| line.now().value.is_ok()).count()
}

fn book(c: &mut Criterion) {
    let testing = std::env::args().any(|argument| argument == "--test");
    let book = business(if testing { 100 } else { 1 });
    let quarter = Scope::new(Period::quarter(2025, 4).unwrap(), Currency::USD);
    let plan = ReportPlan::new(quarter);
    forget_peak();
    let records = memory("VmRSS");
    let kpis = defined(&Report::of(&book, &plan).unwrap());
    assert!(kpis >= 80, "{kpis} KPIs have a value");
    if let (Some(records), Some(peak)) = (records, memory("VmHWM")) {
        println!("memory: {records} MB of records, at most {peak} MB while they are reported on");
    }

    let mut group = c.benchmark_group("1 M deals, 1 M activities, 200 k leads");
    group.sample_size(10);
    group.bench_function("DealTally alone", |b| {
        b.iter(|| DealTally::of(black_box(book.deals()), quarter).unwrap())
    });
    group.bench_function("every tally", |b| {
        b.iter(|| BookTally::of(black_box(&book), quarter).unwrap())
    });
    group.bench_function("every KPI of a filled tally", |b| {
        let tally = BookTally::of(&book, quarter).unwrap();
        b.iter(|| {
            let inputs = report::Inputs::new(black_box(&tally));
            let values = report::catalog().iter().map(|kpi| kpi.evaluate(&inputs));
            values.filter(Result::is_ok).count()
        })
    });
    group.bench_function("report beside two other periods", |b| {
        b.iter(|| assert_eq!(defined(&Report::of(black_box(&book), &plan).unwrap()), kpis))
    });
    let by_rep = ReportPlan::new(quarter).with_dimension(Dimension::Rep);
    group.bench_function("report by 500 reps", |b| {
        b.iter(|| {
            let report = Report::of(black_box(&book), &by_rep).unwrap();
            assert!(report.sections().len() >= 500);
        })
    });
    group.finish();
}

criterion_group!(benches, book);
criterion_main!(benches);
