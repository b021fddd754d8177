//! The crate's figures against those of the oracle.

use proptest::prelude::*;
use sales_metrics::tally::Reach;
use sales_metrics::{Deal, DealStatus, FunnelTally, MovementTally, Outcome, Scope, kpi};

use super::cases::{self, RawDeal, STAGES};
use super::oracle;
use crate::support::{config, dec};

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn movements_are_those_of_the_oracle(deals in cases::deals(), scope in cases::scopes(), target in cases::scopes()) {
        let history = cases::history(&deals);
        for scope in [scope.into(), scope.due_in(target.period())] {
            let moved = MovementTally::of(&history, scope).unwrap();
            oracle::expect_movements(moved.totals(), &deals, scope);
        }
    }

    #[test]
    fn movements_by_owner_and_by_stage_are_those_of_the_oracle(deals in cases::deals(), scope in cases::scopes()) {
        let history = cases::history(&deals);
        let (lines, _) = oracle::lines(&deals);
        let view = scope.due_in(scope.period());
        let by_owner = MovementTally::by_owner(&history, scope).unwrap();
        for owner in [None, Some("Ann"), Some("Bob")] {
            let found = by_owner.iter().find(|(known, _)| known.as_ref().map(|rep| rep.as_str()) == owner);
            let found = found.map(|(_, tally)| *tally.totals()).unwrap_or_default();
            oracle::expect_waterfall(found.rolling, &oracle::waterfall(&lines, scope, |snap| snap.owner == owner));
            oracle::expect_waterfall(found.due, &oracle::waterfall(&lines, scope, |snap| snap.owner == owner && oracle::is_due(view, snap)));
        }
        let by_stage = MovementTally::by_stage(&history, scope).unwrap();
        for stage in STAGES.into_iter().map(Some).chain([None, Some("Verbal")]) {
            let found = by_stage.iter().find(|(known, _)| known.as_ref().map(|label| label.as_str()) == stage);
            let found = found.map(|(_, tally)| *tally.totals()).unwrap_or_default();
            oracle::expect_waterfall(found.rolling, &oracle::waterfall(&lines, scope, |snap| snap.stage == stage));
            oracle::expect_waterfall(found.due, &oracle::waterfall(&lines, scope, |snap| snap.stage == stage && oracle::is_due(view, snap)));
        }
    }

    #[test]
    fn deals_on_a_day_are_those_of_the_oracle(deals in cases::deals(), on in cases::days()) {
        let history = cases::history(&deals);
        let Ok(found) = history.deals_on(on) else {
            let first = deals.iter().flat_map(|deal| &deal.states).map(|state| state.on).min();
            prop_assert!(first.is_none_or(|first| on < first));
            return Ok(());
        };
        let mut found: Vec<Deal> = found.into_iter().map(|deal| std::borrow::Borrow::<Deal>::borrow(&deal).clone()).collect();
        found.sort_by(|a, b| a.id().cmp(b.id()));
        expect_deals(&found, &deals, on);
    }

    #[test]
    fn the_funnel_is_that_of_the_oracle(deals in cases::deals(), scope in cases::scopes()) {
        let history = cases::history(&deals);
        let tally = FunnelTally::of(&history, scope.with_stages(STAGES).unwrap()).unwrap();
        expect_funnel(&tally, &deals, scope);
    }
}

fn expect_deals(found: &[Deal], deals: &[RawDeal], on: chrono::NaiveDate) {
    let (lines, _) = oracle::lines(deals);
    let mut expected = Vec::new();
    for line in &lines {
        let Some(snap) = line.on(on) else { continue };
        let outcome = match snap.status {
            DealStatus::Open => Outcome::Open,
            DealStatus::Won => Outcome::Won {
                on: snap.closed.min(on),
            },
            DealStatus::Lost => Outcome::Lost {
                on: snap.closed.min(on),
            },
            DealStatus::Disqualified => Outcome::Disqualified {
                on: snap.closed.min(on),
            },
        };
        expected.push((line.id.clone(), outcome, snap.expected, snap.owner));
    }
    let found: Vec<_> = found
        .iter()
        .filter(|deal| {
            lines.iter().any(|line| {
                line.id == deal.id().as_str() && !line.snaps.is_empty() && line.on(on).is_some()
            })
        })
        .map(|deal| {
            (
                deal.id().as_str().to_owned(),
                deal.outcome(),
                deal.expected_close(),
                deal.owner().map(|rep| rep.as_str()),
            )
        })
        .collect();
    assert_eq!(
        found,
        expected
            .iter()
            .map(|(id, outcome, expected, owner)| (id.clone(), *outcome, *expected, *owner))
            .collect::<Vec<_>>()
    );
}

fn expect_funnel(tally: &FunnelTally, deals: &[RawDeal], scope: Scope) {
    let (lines, deleted) = oracle::lines(deals);
    let expected = oracle::funnel(&lines, scope, &STAGES);
    for (at, stage) in STAGES.iter().enumerate() {
        let found = tally.stage(stage).unwrap();
        let own = &expected.stages[at];
        assert_eq!(
            (found.reached, found.ended, found.leaked, found.open),
            (own.reached, own.ended, own.leaked, own.open),
            "{stage}: reached, ended, leaked, open"
        );
        assert_eq!(
            (found.decided, found.won),
            (own.decided, own.won),
            "{stage}: decided, won"
        );
        let days: Vec<_> = tally
            .days_in(stage)
            .unwrap()
            .iter()
            .map(|days| days.to_string())
            .collect();
        let expected_days: Vec<_> = own
            .days
            .iter()
            .map(|days| {
                sales_metrics::Days::new(dec(&days.to_string()))
                    .unwrap()
                    .to_string()
            })
            .collect();
        assert_eq!(days, expected_days, "{stage}: days");
        for to in at + 1..=STAGES.len() {
            let reach = STAGES.get(to).map_or(Reach::Won, |to| Reach::Stage(to));
            let step = tally.step(stage, reach).unwrap();
            let (reached, pending) = own.beyond.get(&to).copied().unwrap_or_default();
            assert_eq!(
                (step.reached, step.converted, step.pending),
                (own.reached, reached, pending),
                "{stage} to {reach:?}"
            );
        }
    }
    assert_eq!(tally.deleted(), deleted);
    assert_eq!(tally.out_of_order(), expected.out_of_order);
    if let Ok(funnel) = kpi::funnel(tally) {
        for (step, own) in funnel.steps().iter().zip(&expected.steps) {
            let reached = step.reached;
            let found = (reached.count(), reached.count() - reached.unpriced());
            assert_eq!(found, (own.reached.count, own.reached.priced));
            assert_eq!(
                (step.pending, step.timed),
                (own.pending, own.days.len() as u64)
            );
        }
    }
}
