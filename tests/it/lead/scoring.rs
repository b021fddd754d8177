//! Scores of leads: which rules gave what, and what follows from it.

use proptest::prelude::*;
use sales_metrics::scoring::LeadScoring;
use sales_metrics::scoring::{Aspect, LeadScore};
use sales_metrics::{ErrorKind, Lead, Origin};

use super::at;
use crate::support::{complaint, config};

fn lead() -> Lead {
    Lead::new("L-1", at("2026-03-06T18:30:00Z")).unwrap()
}

/// Three fitting rules, of which the second takes points away.
fn scoring() -> LeadScoring {
    LeadScoring::new(50)
        .with_weight(Aspect::Behaviour, 3)
        .with_rule(Aspect::Fit, "found by marketing", 30, |lead| {
            lead.origin() == Some(Origin::Marketing)
        })
        .and_then(|s| s.with_rule(Aspect::Fit, "owned", -5, |lead| lead.owner().is_some()))
        .and_then(|s| {
            s.with_rule(Aspect::Behaviour, "tried", 10, |lead| {
                lead.attempts().len() > 0
            })
        })
        .and_then(|s| s.with_grid([0, 20], [10, 60], [["a", "b"], ["c", "d"]]))
        .unwrap()
}

/// Of every aspect.
fn points(score: &LeadScore) -> Vec<Option<i64>> {
    let aspects = Aspect::ALL.iter();
    aspects.map(|aspect| score.points(*aspect)).collect()
}

#[test]
fn the_rules_that_held_are_listed_in_their_order() {
    let lead = lead()
        .with_origin(Origin::Marketing)
        .with_attempt(at("2026-03-07T09:00:00Z"))
        .and_then(|lead| lead.with_owner("ada"))
        .unwrap();
    let score = scoring().score(&lead);
    let rules: Vec<_> = score
        .rules()
        .map(|(name, aspect, points)| (name.as_str(), aspect, points))
        .collect();
    let expected = [
        ("found by marketing", Aspect::Fit, 30),
        ("owned", Aspect::Fit, -5),
        ("tried", Aspect::Behaviour, 10),
    ];
    assert_eq!(rules, expected);
    assert_eq!(points(&score), [Some(25), None, Some(10)]);
    assert_eq!((score.total(), score.is_hot()), (55, true));
}

/// A lead without interest points has not shown an interest of 0.
#[test]
fn what_is_not_known_has_no_points_and_no_action() {
    let score = scoring().score(&lead());
    assert_eq!(points(&score), [Some(0), None, Some(0)]);
    assert_eq!((score.total(), score.action()), (0, None));
    let score = LeadScoring::new(0).score(&lead().with_interest(0).unwrap());
    assert_eq!(points(&score), [None, Some(0), None]);
}

#[test]
fn hot_is_above_the_threshold_not_at_it() {
    let hot = |points| {
        LeadScoring::new(50)
            .score(&lead().with_fit(points).unwrap())
            .is_hot()
    };
    assert!(!hot(50) && hot(51));
}

#[test]
fn bands_begin_at_their_points() {
    let action = |fit, interest| {
        let lead = lead()
            .with_fit(fit)
            .and_then(|lead| lead.with_interest(interest))
            .unwrap();
        scoring().score(&lead).action().map(ToString::to_string)
    };
    let cases = [
        ((0, 9), None),
        ((0, 10), Some("a")),
        ((19, 59), Some("a")),
        ((19, 60), Some("b")),
        ((20, 59), Some("c")),
        ((100, 100), Some("d")),
    ];
    for ((fit, interest), expected) in cases {
        assert_eq!(
            action(fit, interest).as_deref(),
            expected,
            "{fit} {interest}"
        );
    }
}

#[test]
fn recorded_points_and_rules_add_up() {
    let lead = lead().with_origin(Origin::Marketing).with_fit(80).unwrap();
    let score = scoring().score(&lead);
    assert_eq!((score.points(Aspect::Fit), score.total()), (Some(110), 110));
    assert_eq!(score.rules().count(), 1);
}

#[test]
fn a_name_given_again_replaces_its_rule() {
    let twice = scoring()
        .with_rule(Aspect::Interest, "found by marketing", 7, |_| true)
        .unwrap();
    let score = twice.score(&lead());
    let rules: Vec<_> = score
        .rules()
        .map(|(name, of, n)| (name.as_str(), of, n))
        .collect();
    assert_eq!(rules, [("found by marketing", Aspect::Interest, 7)]);
    assert_eq!(score.points(Aspect::Fit), Some(0));
    assert_eq!(score.points(Aspect::Interest), Some(7));
}

#[test]
fn grids_and_names_that_are_wrong() {
    let grid =
        |fit, interest| LeadScoring::new(0).with_grid(fit, interest, [["a", "b"], ["c", "d"]]);
    let rising = |axis| format!("the {axis} bands of a grid must each begin above the one before");
    assert_eq!(
        complaint(grid([0, 0], [0, 1])),
        (ErrorKind::BandsOutOfOrder, rising("fit"))
    );
    assert_eq!(
        complaint(grid([0, 1], [2, 1])),
        (ErrorKind::BandsOutOfOrder, rising("interest"))
    );
    assert!(LeadScoring::new(0).with_grid([0], [0], [[" "]]).is_err());
    assert!(
        LeadScoring::new(0)
            .with_rule(Aspect::Fit, "", 1, |_| true)
            .is_err()
    );
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn the_total_is_the_weighted_sum(
        rules in proptest::collection::vec((0..3_usize, any::<i16>(), any::<bool>()), 0..8),
        weights in any::<[u16; 3]>(), fit in proptest::option::of(0..=100_u8), hot_above in any::<i32>(),
    ) {
        let mut scoring = LeadScoring::new(hot_above.into());
        let mut expected = i64::from(fit.unwrap_or(0)) * i64::from(weights[0]);
        for (aspect, weight) in Aspect::ALL.iter().copied().zip(weights) {
            scoring = scoring.with_weight(aspect, weight);
        }
        for (number, (at, points, holds)) in rules.into_iter().enumerate() {
            let name = format!("rule {number}");
            scoring = scoring.with_rule(Aspect::ALL[at], name, points, move |_| holds).unwrap();
            expected += i64::from(points) * i64::from(weights[at]) * i64::from(holds);
        }
        let lead = match fit {
            Some(points) => lead().with_fit(points).unwrap(),
            None => lead(),
        };
        let score = scoring.score(&lead);
        prop_assert_eq!(score.total(), expected);
        prop_assert_eq!(score.is_hot(), expected > i64::from(hot_above));
    }
}
