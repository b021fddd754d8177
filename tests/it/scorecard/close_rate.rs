//! A rep's win rate, weighed with the team's: by the catalogue, over exact fractions.

use proptest::prelude::*;
use sales_metrics::scorecard::ExpectedCloseRate;
use sales_metrics::{Confidence, DealTally, ErrorKind, Undefined, kpi};

use crate::support::{Q, broken, complaint, config, decided, exact, q, scope, tiny};

fn tally((won, lost): (u64, u64)) -> DealTally {
    DealTally::from_totals(scope("2026-Q1"), decided(won, lost)).unwrap()
}

fn expected(
    rep: (u64, u64),
    team: (u64, u64),
    weight: u32,
) -> Result<ExpectedCloseRate, sales_metrics::Error> {
    ExpectedCloseRate::of(&tally(rep), &tally(team), weight)
}

fn reason(rep: (u64, u64), team: (u64, u64), weight: u32) -> Option<Undefined> {
    expected(rep, team, weight).unwrap_err().undefined()
}

/// To 60 decimals.
fn square_root(value: &Q) -> Q {
    let shift = num_bigint::BigInt::from(10).pow(60);
    let shifted = value * Q::from(&shift * &shift);
    Q::new(shifted.to_integer().sqrt(), shift)
}

fn near(found: sales_metrics::Rate, truth: &Q, digits: u32) -> bool {
    let off = exact(found.fraction()) - truth;
    -tiny(digits) <= off && off <= tiny(digits)
}

#[test]
fn three_of_three_do_not_outrank_sixty_of_a_hundred() {
    // The others of the one won 63 of 203, those of the other 120 of 300.
    let team = (123, 180);
    for weight in [5, 20, 100] {
        let sixty = expected((60, 40), team, weight).unwrap();
        let three = expected((3, 0), team, weight).unwrap();
        let plain = |rep| kpi::win_rate(&tally(rep)).unwrap();
        assert!(plain((3, 0)) > plain((60, 40)), "the wrong answer");
        let low = |rate: &ExpectedCloseRate| *rate.interval(Confidence::NinetyFive).unwrap().low();
        assert!(low(&sixty) > low(&three), "{weight}");
        assert_eq!(sixty.rate() > three.rate(), weight >= 20, "{weight}");
    }
}

#[test]
fn a_rep_who_has_decided_nothing_is_expected_to_do_as_the_others() {
    let new = expected((0, 0), (40, 60), 10).unwrap();
    assert_eq!(
        (new.rate(), new.rate()),
        (new.of_others(), "40%".parse().unwrap())
    );
    assert_eq!((new.decided(), new.weight()), (0, 10));
    // The team's record, not half of each: wrong is (W + k/2) / (W + L + k).
    assert_eq!(new.to_string(), "40%");
    assert_eq!(
        format!("{:.1}", new.interval(Confidence::NinetyFive).unwrap()),
        "16.8%–68.7%"
    );
}

#[test]
fn the_rep_is_no_part_of_the_others() {
    // Of the whole team it would be 50 %.
    let found = expected((40, 0), (50, 50), 10).unwrap();
    assert_eq!(format!("{:.4}", found.of_others()), "16.6667%");
    assert_eq!(format!("{found:.4}"), "83.3333%");
}

#[test]
fn why_there_is_none() {
    assert_eq!(
        reason((3, 1), (3, 1), 10),
        Some(Undefined::NobodyElseDecided)
    );
    assert_eq!(reason((0, 0), (3, 1), 0), Some(Undefined::NoDecidedDeals));
    let alone = expected((3, 1), (3, 1), 0).unwrap();
    assert_eq!(
        (alone.to_string(), alone.of_others().to_string()),
        ("75%".to_owned(), "0%".to_owned())
    );
    let part = broken("a rep's won and lost deals are a part of the team's");
    assert_eq!(complaint(expected((4, 0), (3, 1), 10)), part);
    assert_eq!(complaint(expected((3, 2), (3, 1), 10)), part);
    let other = DealTally::from_totals(scope("2026-Q2"), decided(1, 1)).unwrap();
    assert_eq!(
        complaint(ExpectedCloseRate::of(&other, &tally((3, 1)), 10)).0,
        ErrorKind::ScopeMismatch
    );
    assert_eq!(
        expected((0, 0), (0, 0), 1).unwrap_err().to_string(),
        "none of the others' deals was won or lost"
    );
}

#[test]
fn it_is_written_with_what_it_is_made_of() {
    let json = serde_json::to_string(&expected((3, 0), (43, 60), 20).unwrap()).unwrap();
    assert_eq!(
        json,
        r#"{"rate":"0.4782608695652173913043478261","won":3,"lost":0,"of_others":"0.4","weight":20}"#
    );
}

fn counts() -> impl Strategy<Value = u64> {
    prop_oneof![0..5_u64, 0..1_000_u64, Just(1_000_000_000)]
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn it_agrees_with_the_formula(
        won in counts(), lost in counts(), others_won in counts(), others_lost in counts(), weight in prop_oneof![0..4_u32, 0..500_u32, Just(u32::MAX)],
    ) {
        let found = expected((won, lost), (won + others_won, lost + others_lost), weight);
        let others = others_won + others_lost;
        if (weight > 0 && others == 0) || (weight == 0 && won + lost == 0) {
            prop_assert!(found.unwrap_err().undefined().is_some());
            return Ok(());
        }
        let found = found.unwrap();
        let r = if others == 0 { q(0, 1) } else { q(others_won, others) };
        let (k, n) = (q(weight, 1), q(won + lost, 1));
        let (part, whole) = (q(won, 1) + &k * &r, &n + &k);
        let truth = &part / &whole;
        prop_assert!(near(found.rate(), &truth, 27));
        // Between the rep's own rate and that of the others.
        if won + lost > 0 && others > 0 {
            let own = q(won, won + lost);
            prop_assert!(truth >= own.clone().min(r.clone()) && truth <= own.max(r));
        }
        // Wilson's score interval as textbooks print it.
        let z = q(1_959_963_984_540_054_235_i64, 1_000_000_000_000_000_000_i64);
        let z2_n = &z * &z / &whole;
        let variance = &truth * (q(1, 1) - &truth) / &whole + &z2_n / (q(4, 1) * &whole);
        let spread = &z * square_root(&variance);
        let (centre, width) = (&truth + &z2_n / q(2, 1), q(1, 1) + &z2_n);
        let interval = found.interval(Confidence::NinetyFive).unwrap();
        prop_assert!(near(*interval.low(), &((&centre - &spread) / &width), 14));
        prop_assert!(near(*interval.high(), &((&centre + &spread) / &width), 14));
        prop_assert!(interval.contains(&found.rate()));
    }
}
