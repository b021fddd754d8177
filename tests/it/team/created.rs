//! What reps create: the laws of the tally, and a second way from the catalogue's words.

use sales_metrics::{CreatedTally, Undefined, kpi};

use super::*;
use crate::support::{Q, exact, many_odd, q};

fn heavy() -> impl Strategy<Value = Vec<Deal>> + Clone {
    many_odd().prop_map(|raw| build(&raw))
}

laws!(created_tally: CreatedTally {
    records: heavy(), view: with_team => TeamScope, key: owner,
});

/// The names of what is recomputed here.
pub(crate) fn recomputed() -> [String; 1] {
    ["pipeline_created_per_rep"].map(str::to_owned)
}

/// In units of 10⁻⁴: the minor unit of a dollar is a hundred of them.
fn parts(deal: &Raw) -> Vec<(&'static str, u64)> {
    let (Some(owner), units) = (deal.owner, deal.amount.unwrap_or_default()) else {
        return Vec::new();
    };
    let Some((partner, share)) = deal.partner else {
        return vec![(owner, units)];
    };
    let theirs = u128::from(units) * u128::from(share) / 1_000_000;
    let theirs = u64::try_from(theirs / 100 * 100).unwrap();
    vec![(owner, units - theirs), (partner, theirs)]
}

/// By the team of [`with_team`].
fn is_rep(name: &str, on: NaiveDate) -> bool {
    match name {
        "ada" => true,
        "ben" => day("2024-02-10") <= on && on <= day("2024-03-30"),
        _ => false,
    }
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn created_per_rep_agrees_with_the_oracle(raw in many_odd(), scope in scopes()) {
        let team = CreatedTally::of(build(&raw), with_team(scope)).unwrap();
        let (start, end, as_of) = (scope.period().start(), scope.period().end(), scope.as_of_day());
        let happened = |on: NaiveDate| start <= on && on < end && on <= as_of;
        let (mut units, mut of_reps, mut priced, mut created) = (0_u128, 0_u64, 0_u64, 0_u128);
        let mut rest = (0_u64, 0_u64);
        for deal in &raw {
            let credit = deal.is_negative && matches!(deal.outcome, Outcome::Won { .. });
            if deal.is_undated || credit || !happened(deal.created) {
                continue;
            }
            let is_priced = deal.amount.is_some() && !deal.is_negative;
            let theirs = parts(deal);
            let is_of_nobody = theirs.is_empty() || theirs.iter().any(|(name, _)| !is_rep(name, deal.created));
            rest = (rest.0 + u64::from(is_of_nobody), rest.1 + u64::from(is_of_nobody && is_priced));
            let theirs: Vec<u64> = theirs.iter().filter(|(name, _)| is_rep(name, deal.created)).map(|(_, part)| *part).collect();
            of_reps += u64::from(!theirs.is_empty());
            priced += u64::from(!theirs.is_empty() && is_priced);
            if is_priced {
                units += theirs.iter().map(|part| u128::from(*part)).sum::<u128>();
                created += u128::from(deal.amount.unwrap());
            }
        }
        prop_assert_eq!((team.totals().by_reps.count, team.totals().by_reps.priced), (of_reps, priced));
        prop_assert_eq!((team.totals().unassigned.count, team.totals().unassigned.priced), rest);
        let sum = exact(team.totals().by_reps.amount.decimal()) + exact(team.totals().unassigned.amount.decimal());
        prop_assert_eq!(sum, q(created, 10_000));

        let mut days = start.iter_days().take_while(|on| happened(*on));
        let begun = start <= as_of;
        let reps = u64::from(begun) + u64::from(days.any(|on| is_rep("ben", on)));
        prop_assert_eq!(team.active_reps(), reps);
        let expected: Result<Q, Undefined> = match (reps, of_reps, priced) {
            (0, ..) => Err(Undefined::NoActiveReps),
            (_, 1.., 0) => Err(Undefined::NothingPriced),
            _ => Ok(q(units, 10_000) / q(reps, 1)),
        };
        let found = kpi::pipeline_created_per_rep(&team).map(|money| exact(money.amount()));
        match (found, expected) {
            (Ok(found), Ok(expected)) => {
                let off = found - &expected;
                prop_assert!(off.clone() * off <= (expected * crate::support::tiny(26) + crate::support::tiny(27)).pow(2));
            }
            (found, expected) => prop_assert_eq!(found.err(), expected.err()),
        }
    }
}

#[test]
fn of_another_roster_or_in_another_currency() {
    let scope = scope("2024-Q1");
    let mut team = CreatedTally::new(with_team(scope));
    let nobody = scope.with_roster(&Roster::new([], []).unwrap()).unwrap();
    let refused = kind_of(&team.merge(&CreatedTally::new(nobody)));
    assert_eq!(refused, Some(ErrorKind::RosterMismatch));
    let foreign = Raw::new("2024-01-31", Outcome::Open).deal("F-1", Currency::EUR);
    let before = team.clone();
    assert_eq!(complaint(team.record(&foreign)), in_euros("deal F-1"));
    assert_eq!(team, before);
}

#[test]
fn what_no_deals_can_have_is_refused() {
    let team = CreatedTally::new(with_team(scope("2024-Q1")));
    let text = serde_json::to_string(&team).unwrap();
    let none = r#""totals":{"records":0,"by_reps":{"count":0,"priced":0,"amount":"0"}"#;
    for (other, rule) in [
        (
            r#""totals":{"records":0,"by_reps":{"count":1,"priced":0,"amount":"0"}"#,
            "records are all deals looked at, and at most 10^10",
        ),
        (
            r#""totals":{"records":10000000001,"by_reps":{"count":0,"priced":0,"amount":"0"}"#,
            "records are all deals looked at, and at most 10^10",
        ),
        (
            r#""totals":{"records":1,"by_reps":{"count":1,"priced":0,"amount":"1"}"#,
            "priced deals are at most the count, and their amounts at most 10^14 each",
        ),
    ] {
        let changed = text.replacen(none, other, 1);
        assert_ne!(changed, text);
        let refused = serde_json::from_str::<CreatedTally>(&changed).unwrap_err();
        assert!(refused.to_string().contains(rule), "{other}: {refused}");
    }
}
