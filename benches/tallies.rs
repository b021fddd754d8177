//! What one record costs in the tally of each kind: one pass, nanoseconds a record, beside those of `DealTally`.
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
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use sales_metrics::*;

/// One pass over these records, whose number is the tally's answer.
fn pass<R, T>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    records: &[R],
    tally: impl Fn(&[R]) -> T,
    count: impl Fn(&T) -> u64,
) {
    group.throughput(Throughput::Elements(records.len() as u64));
    group.bench_function(name, |b| {
        b.iter(|| assert_eq!(count(&tally(black_box(records))), records.len() as u64))
    });
}

fn calendar() -> WorkCalendar {
    let days = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    WorkCalendar::new(days, time(9), time(17)).unwrap()
}

fn tallies(c: &mut Criterion) {
    let mut group = c.benchmark_group("a record of");
    group.sample_size(20);
    let at = year();
    let records = deals(MILLION);
    let (reps, quotas) = reps_and_quotas();
    let team = at.with_roster(&Roster::new(reps, quotas).unwrap()).unwrap();
    pass(
        &mut group,
        "DealTally",
        &records,
        |r| DealTally::of(r, at).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    pass(
        &mut group,
        "DealDetail",
        &records,
        |r| DealDetail::of(r, at).unwrap(),
        |t| t.tally().totals().records().unwrap(),
    );
    pass(
        &mut group,
        "SpreadTally",
        &records,
        |r| SpreadTally::of(r, at).unwrap(),
        |t| t.tally().totals().records().unwrap(),
    );
    pass(
        &mut group,
        "SurvivalTally",
        &records,
        |r| SurvivalTally::of(r, at).unwrap(),
        |t| t.totals().records,
    );
    pass(
        &mut group,
        "TeamTally",
        &records,
        |r| TeamTally::of(r, team.clone()).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    pass(
        &mut group,
        "PurchaseTally",
        &records,
        |r| PurchaseTally::of(r, at).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    drop(records);
    let records = leads(200_000);
    pass(
        &mut group,
        "LeadTally",
        &records,
        |r| LeadTally::of(r, at).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    pass(
        &mut group,
        "LeadDetail",
        &records,
        |r| LeadDetail::of(r, at).unwrap(),
        |t| t.tally().totals().records().unwrap(),
    );
    let working = at.in_working_time(&calendar());
    pass(
        &mut group,
        "LeadDetail in working time",
        &records,
        |r| LeadDetail::of(r, working.clone()).unwrap(),
        |t| t.tally().totals().records().unwrap(),
    );
    drop(records);
    let records = activities(MILLION);
    pass(
        &mut group,
        "ActivityTally",
        &records,
        |r| ActivityTally::of(r, at).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    drop(records);
    let records = contracts(200_000);
    pass(
        &mut group,
        "CustomerTally",
        &records,
        |r| CustomerTally::of(r, at).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    pass(
        &mut group,
        "RenewalTally",
        &records,
        |r| RenewalTally::of(r, at).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    let records = in_random_order(records);
    pass(
        &mut group,
        "CustomerTally in random order",
        &records,
        |r| CustomerTally::of(r, at).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    pass(
        &mut group,
        "RenewalTally in random order",
        &records,
        |r| RenewalTally::of(r, at).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    drop(records);
    let records = expenses(200_000);
    pass(
        &mut group,
        "SpendTally",
        &records,
        |r| SpendTally::of(r, at).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    let records = work_time(200_000);
    pass(
        &mut group,
        "WorkTally",
        &records,
        |r| WorkTally::of(r, at).unwrap(),
        |t| t.totals().records().unwrap(),
    );
    group.finish();
}

/// What is reckoned once the deals are tallied: of all that were created in two years, seen from the last day of these.
fn survival(c: &mut Criterion) {
    let two_years = Period::between(date(2025, 1, 1).unwrap(), date(2027, 1, 1).unwrap()).unwrap();
    let mut group = c.benchmark_group("of a million deals");
    for (name, scope) in [
        ("one year", year()),
        ("two years", Scope::new(two_years, Currency::USD)),
    ] {
        let tally = SurvivalTally::of(deals(MILLION), scope).unwrap();
        group.bench_function(format!("corrected_median_cycle, {name}"), |b| {
            b.iter(|| {
                let median = kpi::corrected_median_cycle(black_box(&tally)).unwrap();
                assert!((50..90).contains(&u32::try_from(median.decimal().trunc()).unwrap()))
            })
        });
        group.bench_function(format!("win_probability_within, {name}"), |b| {
            b.iter(|| {
                let won = kpi::win_probability_within(black_box(&tally), 90).unwrap();
                assert!("30%".parse::<Rate>().unwrap() < won && won < "40%".parse().unwrap())
            })
        });
    }
    group.finish();
}

criterion_group!(benches, tallies, survival);
criterion_main!(benches);
