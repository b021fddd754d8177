//! How long the distribution of a period's outcome takes: P10, P50 and P90, and the chance to reach a target.
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

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use sales_metrics::*;

/// Numbers that look like chance and are the same on every machine.
struct Mix(u64);

impl Mix {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// Deals that are due, of these amounts in units of 10⁻⁴ and of any probability.
fn due(count: usize, amount: impl Fn(&mut Mix) -> u64) -> ForecastTally {
    let mut mix = Mix(7);
    let running = Scope::new(Period::quarter(2026, 1).unwrap(), Currency::USD)
        .as_of(date(2026, 2, 14).unwrap())
        .unwrap();
    let mut forecast = ForecastTally::new(running);
    for n in 0..count {
        let share = |units, places| Decimal::try_from_i128_with_scale(units, places).unwrap();
        let amount = share(amount(&mut mix).into(), 4);
        let probability = share((1 + mix.below(999_999)).into(), 6);
        let deal = Deal::new(
            format!("D-{n}"),
            date(2026, 1, 7).unwrap(),
            Outcome::Open,
            Currency::USD,
        )
        .and_then(|deal| deal.with_amount(amount))
        .and_then(|deal| deal.with_probability(Rate::from_fraction(probability)?))
        .and_then(|deal| deal.with_expected_close(date(2026, 3, 20)?));
        forecast.record(&deal.unwrap()).unwrap();
    }
    forecast
}

/// P10, P50 and P90, and the chance to reach P90.
fn outlook(forecast: &ForecastTally) -> ([Interval<Money>; 3], Interval<Rate>) {
    let outcome = kpi::outcome_distribution(forecast).unwrap();
    let quantiles =
        [10, 50, 90].map(|percent| outcome.quantile(Rate::from_percent(percent).unwrap()));
    let chance = outcome.chance_of(*quantiles[2].high()).unwrap();
    (quantiles, chance)
}

/// What quantiles are, and whether they are told exactly.
fn expect(forecast: &ForecastTally, is_exact: bool) {
    let outcome = kpi::outcome_distribution(forecast).unwrap();
    let all = *outcome.quantile(Rate::ONE).high();
    let cent = Money::from_minor(1, Currency::USD);
    for percent in [10, 50, 90] {
        let level = Rate::from_percent(percent).unwrap();
        let quantile = outcome.quantile(level);
        assert_eq!(quantile.exact().is_some(), is_exact);
        let width = quantile.high().amount() - quantile.low().amount();
        assert!(width * Decimal::ONE_THOUSAND <= all.amount(), "{quantile}");
        // Less comes with less than the level, and so much is not passed with the level or more.
        let reached = outcome.chance_of(*quantile.low()).unwrap();
        assert!(*reached.high() >= level.complement(), "{reached}");
        let passed = outcome
            .chance_of(quantile.high().checked_add(cent).unwrap())
            .unwrap();
        assert!(*passed.low() <= level.complement(), "{passed}");
    }
}

fn distribution(c: &mut Criterion) {
    let mut group = c.benchmark_group("the outcome of");
    group.sample_size(10);
    let any = |mix: &mut Mix| 1 + mix.below(10_000_000_000);
    // In all about 50,000 cells of 1,000.
    let coarse = |mix: &mut Mix| 10_000_000 * (1 + mix.below(199));
    for (name, forecast, is_exact) in [
        ("40 deals of any amounts", due(40, any), true),
        ("500 deals and 50,000 cells", due(500, coarse), true),
        ("1,000 deals of any amounts", due(1_000, any), false),
    ] {
        expect(&forecast, is_exact);
        group.bench_function(name, |b| b.iter(|| outlook(black_box(&forecast))));
    }
    group.finish();
}

criterion_group!(benches, distribution);
criterion_main!(benches);
