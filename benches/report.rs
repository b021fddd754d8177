//! What one KPI costs, what all of them cost, and what a pass for each of them would cost.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::pedantic,
    reason = "a benchmark, not the library"
)]

#[allow(dead_code, unreachable_pub, reason = "shared by the benchmarks")]
mod common;

use std::hint::black_box;

use common::{MILLION, deals, year};
use criterion::{Criterion, criterion_group, criterion_main};
use sales_metrics::report::{Inputs, Kpi, catalog};
use sales_metrics::{BookTally, Deal, DealDetail, DealTally, kpi};

/// How many KPIs have a value.
fn all_kpis(tally: &BookTally) -> usize {
    let inputs = Inputs::new(black_box(tally));
    catalog()
        .iter()
        .filter(|kpi| kpi.evaluate(&inputs).is_ok())
        .count()
}

fn pass_and_all(records: &[Deal]) -> usize {
    all_kpis(&DealDetail::of(records, year()).unwrap().into())
}

fn pass_for_each(records: &[Deal]) -> usize {
    let of_one = |kpi: &&Kpi| {
        let detail = DealDetail::of(black_box(records), year()).unwrap();
        kpi.evaluate(&Inputs::new(&detail.into())).is_ok()
    };
    catalog().iter().filter(of_one).count()
}

fn report(c: &mut Criterion) {
    let records = deals(MILLION);
    let tally = DealDetail::of(&records, year()).unwrap().into();
    let defined = all_kpis(&tally);
    assert!(defined >= 20, "{defined} KPIs have a value");
    assert_eq!(
        pass_and_all(&records[..1000]),
        pass_for_each(&records[..1000])
    );

    let mut group = c.benchmark_group("KPIs of 1 M deals");
    group.sample_size(10);
    group.bench_function("one KPI", |b| {
        b.iter(|| {
            let tally = DealTally::of(black_box(&records), year()).unwrap();
            kpi::win_rate(&tally).unwrap()
        });
    });
    group.bench_function("one KPI of every value", |b| {
        b.iter(|| {
            let detail = DealDetail::of(black_box(&records), year()).unwrap();
            kpi::median_deal_size(&detail).unwrap()
        });
    });
    group.bench_function("all KPIs", |b| {
        b.iter(|| assert_eq!(pass_and_all(&records), defined))
    });
    group.bench_function("all KPIs, a pass for each", |b| {
        b.iter(|| assert_eq!(pass_for_each(&records), defined));
    });
    group.bench_function("all KPIs of a filled tally", |b| {
        b.iter(|| assert_eq!(all_kpis(&tally), defined))
    });
    group.finish();
}

criterion_group!(benches, report);
criterion_main!(benches);
