//! What a million states of 250,000 deals cost: made a history, into a funnel of eight stages and the waterfalls by owner, as a snapshot of
//! a day; beside a pass of `DealTally` over a million deals.
//!
//! Every measurement asserts its answer. How the figures are read: `benches/README.md`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::pedantic,
    reason = "a benchmark, not the library"
)]

#[allow(dead_code, unreachable_pub, reason = "shared by the benchmarks")]
mod common;

use std::hint::black_box;

use common::*;
use criterion::{Criterion, criterion_group, criterion_main};
use sales_metrics::*;

fn history(c: &mut Criterion) {
    let mut group = c.benchmark_group("history");
    group.sample_size(10);
    let at = Scope::new(Period::quarter(2025, 4).unwrap(), Currency::USD);
    let million = deals(MILLION);
    group.bench_function("DealTally of a million deals", |b| {
        b.iter(|| {
            let tally = DealTally::of(black_box(&million), at).unwrap();
            assert_eq!(tally.totals().records(), Ok(MILLION as u64));
        });
    });
    let records = &million[..MILLION / 4];
    let states = states(records);
    let made = || {
        let history = History::new(Currency::USD).with_deals(records.to_vec());
        history.unwrap().with_states(black_box(&states)).unwrap()
    };
    group.bench_function("a million states made a history", |b| {
        b.iter(|| assert_eq!(made().states(), MILLION as u64));
    });
    let history = made();
    let stages = at.with_stages(STAGES).unwrap();
    let whole = MovementTally::of(&history, at).unwrap();
    group.bench_function("funnel of eight stages", |b| {
        b.iter(|| {
            let funnel = FunnelTally::of(black_box(&history), stages.clone()).unwrap();
            assert!(funnel.stage("Demo").unwrap().reached > 10_000);
        });
    });
    group.bench_function("waterfalls of a quarter by owner", |b| {
        b.iter(|| {
            let owners = MovementTally::by_owner(black_box(&history), at).unwrap();
            let mut closing = 0;
            for moved in owners.values() {
                closing += moved.totals().rolling.closing.count;
            }
            assert_eq!(closing, whole.totals().rolling.closing.count);
        });
    });
    group.bench_function("snapshot of a day, tallied", |b| {
        b.iter(|| {
            let then = black_box(&history).deals_on(at.evening()).unwrap();
            let tally = DealTally::of(then, at).unwrap();
            assert_eq!(
                tally.totals().open().unwrap(),
                whole.totals().rolling.closing
            );
        });
    });
    group.finish();
}

criterion_group!(benches, history);
criterion_main!(benches);
