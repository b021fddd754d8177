//! Each KPI of the funnel and of movements, as the oracle reckons it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sales_metrics::tally::{PipelineWaterfall, Reach};
use sales_metrics::{Days, Error, FunnelTally, MovementTally, Rate, Scope, Undefined, kpi};

use super::cases::{self, RawDeal, STAGES};
use super::oracle::{self, AtStage};
use crate::support::{Q, config, exact, q, tiny};

type Found = Result<Q, Error>;

/// What the crate says is what the oracle does, up to the one division; where the one has no answer, the other has none.
fn expect(name: &str, found: Found, expected: Option<Q>) {
    match (found, expected) {
        (Ok(found), Some(expected)) => {
            let off = if found > expected {
                &found - &expected
            } else {
                &expected - &found
            };
            assert!(off <= tiny(20), "{name}: {found}, not {expected}");
        }
        (Err(error), None) => assert!(error.undefined().is_some(), "{name}: {error}"),
        (found, expected) => panic!("{name}: {found:?}, not {expected:?}"),
    }
}

fn rate(found: Result<Rate, Error>) -> Found {
    found.map(|rate| exact(rate.fraction()))
}

fn days(found: Result<Days, Error>) -> Found {
    found.map(|days| exact(days.decimal()))
}

fn share(part: u64, whole: u64) -> Option<Q> {
    (whole > 0).then(|| q(part, whole))
}

/// At position p·(n − 1), between the two nearest.
fn percentile(sorted: &[i64], p: (i64, i64)) -> Option<Q> {
    let last = i64::try_from(sorted.len()).unwrap() - 1;
    let at = usize::try_from(p.0 * last / p.1)
        .ok()
        .filter(|_| last >= 0)?;
    let rest = q(p.0 * last % p.1, p.1);
    let next = sorted.get(at + 1).copied().unwrap_or(sorted[at]);
    Some(q(sorted[at], 1) + rest * q(next - sorted[at], 1))
}

/// The names of the KPIs that were compared, whether they have an answer or none.
fn compared(deals: &[RawDeal], scope: Scope) -> BTreeSet<String> {
    let history = cases::history(deals);
    let states = || deals.iter().flat_map(|deal| &deal.states);
    let (before, evening) = oracle::evenings(scope);
    let reaches = |day| states().any(|state| state.on <= day);
    let amounts = states().any(|state| state.amount.is_some());
    let expects = states().any(|state| state.expected.is_some());
    let (lines, _) = oracle::lines(deals);
    let mut names = BTreeSet::new();
    let mut compare = |name: &str, found: Found, expected: Option<Q>| {
        expect(name, found, expected);
        names.insert(name.to_owned());
    };

    let moved = MovementTally::of(&history, scope).unwrap();
    let opens = reaches(before);
    let due = oracle::expected(&lines, scope);
    let keeps = opens && expects;
    let slipped = share(due.slipped, due.expected.count).filter(|_| keeps);
    compare(
        "slippage_rate",
        rate(kpi::slippage_rate(&moved).map_err(Into::into)),
        slipped,
    );
    let (pushes, push_days) = oracle::pushes(&lines, scope);
    let whole = |found: Result<i64, Undefined>| found.map(|found| q(found, 1)).map_err(Error::from);
    let count = kpi::push_count(&moved).map(|count| i64::try_from(count).unwrap());
    compare("push_count", whole(count), keeps.then(|| q(pushes, 1)));
    compare(
        "net_push_days",
        whole(kpi::net_push_days(&moved)),
        keeps.then(|| q(push_days, 1)),
    );
    let converted =
        (due.expected.sum > 0 && keeps && amounts).then(|| q(due.converted.sum, due.expected.sum));
    let found = kpi::opening_pipeline_conversion(&moved).map_err(Into::into);
    compare("opening_pipeline_conversion", rate(found), converted);
    // Its parts are compared one by one elsewhere.
    let closing = |fall: PipelineWaterfall| exact(fall.parts().closing.amount.decimal());
    let sum = |inside: &dyn Fn(&oracle::Snap) -> bool| {
        q(oracle::waterfall(&lines, scope, inside).closing.sum, 10_000)
    };
    let found = kpi::pipeline_waterfall(&moved)
        .map(closing)
        .map_err(Into::into);
    compare(
        "pipeline_waterfall",
        found,
        (opens && amounts).then(|| sum(&|_| true)),
    );
    let view = scope.due_in(scope.period());
    let due = |snap: &oracle::Snap| oracle::is_due(view, snap);
    let found = kpi::due_pipeline_waterfall(&moved)
        .map(closing)
        .map_err(Into::into);
    compare(
        "due_pipeline_waterfall",
        found,
        (keeps && amounts).then(|| sum(&due)),
    );

    let funnel = FunnelTally::of(&history, scope.with_stages(STAGES).unwrap()).unwrap();
    let own = oracle::funnel(&lines, scope, &STAGES);
    let keeps = reaches(evening) && states().any(|state| state.stage.is_some());
    for (at, (stage, own)) in STAGES.iter().zip(&own.stages).enumerate() {
        let AtStage { days: stayed, .. } = own;
        let kept = |figure: Option<Q>| figure.filter(|_| keeps);
        for to in at + 1..=STAGES.len() {
            let reach = STAGES.get(to).map_or(Reach::Won, |to| Reach::Stage(to));
            let converted = own.beyond.get(&to).map_or(0, |(reached, _)| *reached);
            let found = kpi::stage_conversion_rate(&funnel, stage, reach);
            compare(
                "stage_conversion_rate",
                rate(found),
                kept(share(converted, own.reached)),
            );
        }
        let found = kpi::stage_leakage(&funnel, stage);
        compare(
            "stage_leakage",
            rate(found),
            kept(share(own.leaked, own.ended)),
        );
        let sum: i64 = stayed.iter().sum();
        let mean = (!stayed.is_empty()).then(|| q(sum, stayed.len()));
        compare(
            "average_time_in_stage",
            days(kpi::average_time_in_stage(&funnel, stage)),
            kept(mean),
        );
        let found = kpi::median_time_in_stage(&funnel, stage);
        compare(
            "median_time_in_stage",
            days(found),
            kept(percentile(stayed, (1, 2))),
        );
        let found = kpi::time_in_stage_percentile(&funnel, stage, "90%".parse().unwrap());
        compare(
            "time_in_stage_percentile",
            days(found),
            kept(percentile(stayed, (9, 10))),
        );
        for least in [0, 1, 2] {
            let chance = share(own.won, own.decided).filter(|_| own.decided >= least);
            let found = kpi::stage_probability(&funnel, stage, least);
            compare("stage_probability", rate(found), kept(chance));
        }
    }

    let cohort = own.steps[0].reached.count;
    let has_cohort = keeps && amounts && cohort > 0;
    let found = kpi::funnel(&funnel);
    compare(
        "funnel",
        found.clone().map(|_| q(0, 1)).map_err(Into::into),
        has_cohort.then(|| q(0, 1)),
    );
    let Ok(found) = found else { return names };
    let mut previous = None;
    for (step, own) in found.steps().iter().zip(&own.steps) {
        let count = own.reached.count;
        let unpriced = count - own.reached.priced;
        assert_eq!(
            (step.reached.count(), step.reached.unpriced()),
            (count, unpriced)
        );
        let total = step
            .reached
            .amount()
            .ok()
            .map(|money| exact(money.amount()));
        assert_eq!(
            total,
            (own.reached.priced > 0 || count == 0).then(|| q(own.reached.sum, 10_000))
        );
        assert_eq!(
            (step.pending, step.timed),
            (own.pending, own.days.len() as u64)
        );
        let compare = |found: Option<Q>, expected: Option<Q>| {
            expect(
                "funnel",
                found.ok_or(Undefined::StageNotReached.into()),
                expected,
            );
        };
        let fraction = |rate: Option<Rate>| rate.map(|rate| exact(rate.fraction()));
        compare(
            fraction(step.of_previous),
            previous.and_then(|before| share(count, before)),
        );
        compare(
            fraction(step.of_first),
            previous.and_then(|_| share(count, cohort)),
        );
        let length = |days: Option<Days>| days.map(|days| exact(days.decimal()));
        compare(length(step.median_days), percentile(&own.days, (1, 2)));
        compare(length(step.ninetieth_days), percentile(&own.days, (9, 10)));
        previous = Some(count);
    }
    names
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn every_kpi_is_that_of_the_oracle(deals in cases::deals(), scope in cases::scopes()) {
        compared(&deals, scope);
    }
}

/// Which KPIs are computed a second time here.
pub(crate) fn recomputed(runner: &mut TestRunner) -> Vec<String> {
    let cases = (cases::deals(), cases::scopes());
    let (deals, scope) = cases.new_tree(runner).unwrap().current();
    compared(&deals, scope).into_iter().collect()
}
