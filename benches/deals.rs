//! One pass for all deal KPIs, beside the plainest loops one could write by hand.
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
use std::sync::LazyLock;

use common::{MILLION, OWNERS, deals, year};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use sales_metrics::*;

static DEALS: LazyLock<Vec<Deal>> = LazyLock::new(|| deals(MILLION));

/// What a developer would keep in a loop of one's own.
#[derive(Default, Debug, PartialEq)]
struct ByHand {
    created: u64,
    won: u64,
    lost: u64,
    disqualified: u64,
    open: u64,
    priced_won: u64,
    won_cents: i64,
    lost_cents: i64,
    created_cents: i64,
    open_cents: i64,
    expected_cents: i64,
    cycle_days: i64,
    open_days: i64,
    weighed: i128,
}

/// The records as a developer in a hurry would lay them out, without a library: no text, money in cents.
struct Plain {
    created: NaiveDate,
    closed: Option<NaiveDate>,
    expected: Option<NaiveDate>,
    status: u8,
    cents: Option<i64>,
    millionths: Option<i64>,
}

fn cents(money: Money) -> i64 {
    (money.amount() * Decimal::ONE_HUNDRED).try_into().unwrap()
}

fn plain(deals: &[Deal]) -> Vec<Plain> {
    deals
        .iter()
        .map(|deal| Plain {
            created: deal.created().unwrap(),
            closed: deal.closed(),
            expected: deal.expected_close(),
            status: match deal.outcome() {
                Outcome::Open => 0,
                Outcome::Won { .. } => 1,
                Outcome::Lost { .. } => 2,
                Outcome::Disqualified { .. } => 3,
            },
            cents: deal.amount().map(cents),
            millionths: deal.probability().map(|rate| {
                (rate.fraction() * Decimal::from(1_000_000))
                    .try_into()
                    .unwrap()
            }),
        })
        .collect()
}

/// The plainest loop: one pass over plain structs.
fn loop_over_plain(deals: &[Plain], start: NaiveDate, end: NaiveDate) -> ByHand {
    let mut sums = ByHand::default();
    let as_of = end.pred_opt().unwrap();
    for deal in deals {
        let cents = deal.cents.unwrap_or(0);
        if start <= deal.created && deal.created < end {
            sums.created += 1;
            sums.created_cents += cents;
        }
        let closed = deal.closed.filter(|on| start <= *on && *on < end);
        if let Some(on) = closed {
            match deal.status {
                1 => {
                    sums.won += 1;
                    sums.won_cents += cents;
                    sums.priced_won += u64::from(deal.cents.is_some());
                    sums.cycle_days += (on - deal.created).num_days();
                }
                2 => {
                    sums.lost += 1;
                    sums.lost_cents += cents;
                }
                _ => sums.disqualified += 1,
            }
        }
        if deal.created <= as_of && deal.closed.is_none_or(|on| on > as_of) {
            sums.open += 1;
            sums.open_cents += cents;
            sums.open_days += (as_of - deal.created).num_days();
            sums.weighed += i128::from(cents) * i128::from(deal.millionths.unwrap_or(0));
            if deal.expected.is_some_and(|on| start <= on && on < end) {
                sums.expected_cents += cents;
            }
        }
    }
    sums
}

/// The same loop over the library's own records, by their public methods.
fn loop_over_deals(
    deals: &[Deal],
    start: NaiveDate,
    end: NaiveDate,
) -> (u64, u64, u64, Decimal, i64) {
    let as_of = end.pred_opt().unwrap();
    let (mut won, mut lost, mut open, mut revenue, mut days) = (0, 0, 0, Decimal::ZERO, 0);
    for deal in deals {
        match deal.outcome() {
            Outcome::Won { on } if start <= on && on < end => {
                won += 1;
                revenue += deal.amount().map_or(Decimal::ZERO, Money::amount);
                days += (on - deal.created().unwrap()).num_days();
            }
            Outcome::Lost { on } if start <= on && on < end => lost += 1,
            _ => {}
        }
        if deal.created().unwrap() <= as_of && deal.closed().is_none_or(|on| on > as_of) {
            open += 1;
        }
    }
    (won, lost, open, revenue, days)
}

fn dollars(cents: i64) -> Decimal {
    Decimal::try_new(cents, 2).unwrap()
}

fn assert_same(tally: &DealTally, hand: &ByHand) {
    let totals = tally.totals();
    assert_eq!(
        (
            hand.won,
            hand.lost,
            hand.open,
            hand.created,
            hand.disqualified
        ),
        (
            totals.won().unwrap().count,
            totals.lost().unwrap().count,
            totals.open().unwrap().count,
            totals.created().unwrap().count,
            totals.disqualified().unwrap().count
        )
    );
    assert_eq!(
        dollars(hand.won_cents),
        totals.won().unwrap().amount.decimal()
    );
    assert_eq!(
        dollars(hand.open_cents),
        totals.open().unwrap().amount.decimal()
    );
    assert_eq!(
        dollars(hand.expected_cents),
        totals.expected().unwrap().amount.decimal()
    );
    assert_eq!(
        Decimal::try_from_i128_with_scale(hand.weighed, 8).unwrap(),
        totals.weighed().unwrap().amount.decimal()
    );
    assert_eq!(hand.cycle_days, totals.won_cycle().unwrap().days as i64);
    assert_eq!(hand.open_days, totals.open_days().unwrap() as i64);
}

fn one_pass(c: &mut Criterion) {
    let mut group = c.benchmark_group("one pass over 1 M deals");
    group.sample_size(20);
    let (start, end) = (year().period().start(), year().period().end());
    let records = plain(&DEALS);
    let tally = DealTally::of(&*DEALS, year()).unwrap();
    assert_same(&tally, &loop_over_plain(&records, start, end));
    let (won, lost, open, revenue, days) = loop_over_deals(&DEALS, start, end);
    let totals = tally.totals();
    assert_eq!(
        (won, lost, open),
        (
            totals.won().unwrap().count,
            totals.lost().unwrap().count,
            totals.open().unwrap().count
        )
    );
    assert_eq!(
        (revenue, days),
        (
            totals.won().unwrap().amount.decimal(),
            totals.won_cycle().unwrap().days as i64
        )
    );

    group.bench_function("tally", |b| {
        b.iter(|| DealTally::of(black_box(&*DEALS), year()).unwrap())
    });
    group.bench_function("by hand, plain structs", |b| {
        b.iter(|| loop_over_plain(black_box(&records), start, end));
    });
    group.bench_function("by hand, same records", |b| {
        b.iter(|| loop_over_deals(black_box(&DEALS), start, end));
    });
    group.bench_function("detail", |b| {
        b.iter(|| DealDetail::of(black_box(&*DEALS), year()).unwrap())
    });
    group.bench_function("tally by 500 owners", |b| {
        b.iter(|| {
            let groups = DealTally::by(black_box(&*DEALS), year(), Deal::owner).unwrap();
            assert_eq!(groups.len() as u64, OWNERS);
            groups
        });
    });
    let months = || {
        year()
            .period()
            .months()
            .map(|month| Scope::new(month, year().currency()))
    };
    group.bench_function("series of 12 months", |b| {
        b.iter(|| DealTally::series(black_box(&*DEALS), months()).unwrap())
    });
    group.bench_function("grid of 500 owners and 12 months", |b| {
        b.iter(|| {
            let owner = |deal: &Deal| deal.owner().cloned();
            let grid = DealTally::grid(black_box(&*DEALS), months(), owner).unwrap();
            assert_eq!(grid.groups().count() as u64, OWNERS);
            grid
        });
    });
    group.finish();
}

fn linear(c: &mut Criterion) {
    let mut group = c.benchmark_group("deals");
    group.sample_size(10);
    for count in [MILLION / 10, MILLION, 10 * MILLION] {
        let deals = deals(count);
        group.throughput(criterion::Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::new("tally", count), &deals, |b, deals| {
            b.iter(|| {
                let tally = DealTally::of(black_box(deals), year()).unwrap();
                assert_eq!(tally.totals().records().unwrap(), count as u64);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, one_pass, linear);
criterion_main!(benches);
