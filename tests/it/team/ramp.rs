//! What new reps win, month by month: from the plain data, its laws, and its refusals.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::{
    Currency, ErrorKind, Outcome, RampTally, Roster, Scope, TeamScope, Undefined, kpi,
};

use super::oracle::{interpolated, parts, works};
use super::{RawRep, TeamCase, months_after, owner, series_cases, team_cases, with_team};
use crate::laws::laws;
use crate::support::{
    Q, Raw, broken, build, complaint, config, day, exact, in_euros, kind_of, many_deals, q, scope,
    scopes, tiny, too_many_records,
};

laws!(ramp_tally: RampTally {
    records: many_deals(), view: with_team => TeamScope, key: owner,
});

/// The names of what is computed a second time here.
pub(crate) fn recomputed() -> [String; 2] {
    ["ramp_curve", "time_to_first_win"].map(str::to_owned)
}

/// The parts of deals that a rep won by the as-of day, on days of employment.
fn wins(case: &TeamCase, rep: &RawRep) -> Vec<(NaiveDate, Option<Q>)> {
    let mut all = Vec::new();
    for deal in &case.deals {
        let Outcome::Won { on } = deal.outcome else {
            continue;
        };
        if on > case.scope.as_of_day() || !works(rep, on) || deal.is_negative {
            continue;
        }
        let theirs = parts(on, deal)
            .into_iter()
            .filter(|part| part.rep == Some(rep.id));
        all.extend(theirs.map(|part| (on, part.amount)));
    }
    all
}

fn hired(case: &TeamCase) -> Vec<(&RawRep, NaiveDate)> {
    let (period, as_of) = (case.scope.period(), case.scope.as_of_day());
    let reps = case.reps.iter();
    let hired = reps.filter_map(|rep| Some((rep, rep.hired?)));
    hired
        .filter(|(_, on)| period.contains(*on) && *on <= as_of)
        .collect()
}

/// Days until the first win, of those who have won.
fn first_wins(case: &TeamCase) -> Vec<Q> {
    let mut all = Vec::new();
    for (rep, hired) in hired(case) {
        let first = wins(case, rep).into_iter().map(|(on, _)| on).min();
        all.extend(first.map(|on| q((on - hired).num_days(), 1)));
    }
    all.sort();
    all
}

/// Of each month that somebody has finished: how many did, how many deals and how many of them priced, and their amount.
fn curve(case: &TeamCase) -> Vec<(u64, u64, u64, Q)> {
    let mut rows = Vec::new();
    for month in 0.. {
        let (mut reps, mut row) = (0, (0, 0, q(0, 1)));
        for (rep, hired) in hired(case) {
            let (start, end) = (months_after(hired, month), months_after(hired, month + 1));
            let last = end.pred_opt().unwrap();
            if last > case.scope.as_of_day() || rep.left.is_some_and(|left| left < last) {
                continue;
            }
            reps += 1;
            for (_, amount) in wins(case, rep)
                .iter()
                .filter(|(on, _)| start <= *on && *on < end)
            {
                row.0 += 1;
                row.1 += u64::from(amount.is_some());
                row.2 += amount.clone().unwrap_or(q(0, 1));
            }
        }
        if reps == 0 {
            return rows;
        }
        rows.push((reps, row.0, row.1, row.2));
    }
    rows
}

/// All reps are hired early in the period, and followed for some time.
fn hiring() -> impl Strategy<Value = TeamCase> {
    let starts = proptest::collection::vec(0_u64..60, 4);
    (series_cases(), starts, 0_u64..400).prop_map(|(mut case, starts, later)| {
        let start = case.scope.period().start();
        for (rep, days) in case.reps.iter_mut().zip(starts) {
            let hired = start + Days::new(days);
            rep.hired = Some(hired);
            rep.left = rep.left.filter(|left| *left >= hired);
        }
        let as_of = case.scope.as_of_day().max(start) + Days::new(later);
        let as_of = as_of.min(day("2999-12-31"));
        case.scope = case.scope.as_of(as_of).unwrap();
        case
    })
}

fn tally(case: &TeamCase) -> RampTally {
    let view = case.scope.with_roster(&case.roster()).unwrap();
    RampTally::of(build(&case.deals), view).unwrap()
}

fn expect_truth(case: &TeamCase) -> Result<(), TestCaseError> {
    let found = tally(case);
    prop_assert_eq!(found.records(), case.deals.len() as u64);
    let (all, first) = (hired(case).len() as u64, first_wins(case));
    prop_assert_eq!(found.reps_hired(), all);
    prop_assert_eq!(found.without_win(), all - first.len() as u64);
    let median = interpolated(&first, 500_000, Undefined::NobodyHasWon);
    let none = if all == 0 {
        Err(Undefined::NobodyHired)
    } else {
        Ok(())
    };
    let days = kpi::time_to_first_win(&found).map(|days| exact(days.decimal()));
    prop_assert_eq!(days, none.and(median));
    let rows = match kpi::ramp_curve(&found) {
        Ok(rows) => rows,
        Err(reason) => {
            prop_assert_eq!(Err(reason), none);
            return Ok(());
        }
    };
    let expected = curve(case);
    prop_assert_eq!(rows.len(), expected.len());
    for (at, (row, (reps, count, priced, amount))) in rows.iter().zip(expected).enumerate() {
        prop_assert_eq!((row.month as usize, row.reps), (at + 1, reps));
        prop_assert_eq!(
            (row.won.count(), row.won.unpriced()),
            (count, count - priced)
        );
        prop_assert_eq!(row.mean.is_none(), count > 0 && priced == 0);
        if let Some(mean) = row.mean {
            let truth = amount / q(reps, 1);
            let mean = exact(mean.amount());
            let off = if mean > truth {
                &mean - &truth
            } else {
                &truth - &mean
            };
            prop_assert!(off <= tiny(26) * (truth + q(1, 1)));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(320))]

    #[test]
    fn new_reps_win_what_the_plain_data_say(case in team_cases()) {
        expect_truth(&case)?;
    }

    #[test]
    fn new_reps_of_a_few_months_win_what_the_plain_data_say(case in hiring()) {
        expect_truth(&case)?;
    }

    /// Quotas play no part.
    #[test]
    fn a_roster_without_quotas_says_the_same(case in team_cases()) {
        let roster = case.roster().without_quotas();
        let bare = RampTally::of(build(&case.deals), case.scope.with_roster(&roster).unwrap()).unwrap();
        let found = tally(&case);
        prop_assert_eq!(kpi::ramp_curve(&bare), kpi::ramp_curve(&found));
        prop_assert_eq!(kpi::time_to_first_win(&bare), kpi::time_to_first_win(&found));
        prop_assert_eq!(bare.totals(), found.totals());
    }

    #[test]
    fn a_foreign_deal_and_another_roster_change_nothing(records in many_deals(), scope in scopes()) {
        let mut found = RampTally::of(&records, with_team(scope)).unwrap();
        let before = found.clone();
        let won = Outcome::Won { on: day("2024-02-29") };
        let foreign = Raw::new("2024-01-31", won).deal("F-1", Currency::EUR);
        prop_assert_eq!(complaint(found.record(&foreign)), in_euros("deal F-1"));
        let other = Roster::new([RawRep::new("ada").rep()], []).unwrap();
        let other = RampTally::new(scope.with_roster(&other).unwrap());
        prop_assert_eq!(kind_of(&found.merge(&other)), Some(ErrorKind::RosterMismatch));
        prop_assert_eq!(&found, &before);
    }
}

/// Ben, hired on 31 January, who won in his second month.
fn one_win() -> RampTally {
    let mut deal = Raw::new(
        "2024-01-31",
        Outcome::Won {
            on: day("2024-02-29"),
        },
    );
    (deal.owner, deal.amount) = (Some("ben"), Some(70_000));
    let ben = RawRep {
        hired: Some(day("2024-01-31")),
        ..RawRep::new("ben")
    };
    let roster = Roster::new([RawRep::new("ada").rep(), ben.rep()], []).unwrap();
    let q1 = scope("2024-Q1").as_of(day("2024-06-30")).unwrap();
    RampTally::of(build(&[deal]), q1.with_roster(&roster).unwrap()).unwrap()
}

/// The months are those of a ramp: one that begins on a 31st has its second from the last day of February on.
#[test]
fn months_begin_where_those_of_a_ramp_do() {
    let tally = one_win();
    let [ada, ben] = tally.totals() else {
        panic!("two reps")
    };
    assert_eq!((ada.first_win(), ada.months()), (None, &[][..]));
    assert_eq!(ben.first_win(), Some(day("2024-02-29")));
    let wins = ben.months().iter().map(|won| won.count);
    assert_eq!(wins.collect::<Vec<_>>(), [0, 1]);
    assert_eq!(
        kpi::time_to_first_win(&tally).unwrap().to_string(),
        "29 days"
    );
    // 31 May is the first day of the fifth month, of which June 30 is the first of the sixth.
    assert_eq!(kpi::ramp_curve(&tally).unwrap().len(), 5);
}

#[test]
fn json_says_what_it_counted_and_takes_nothing_else() {
    let text = serde_json::to_string(&one_win()).unwrap();
    let none = r#"{"count":0,"priced":0,"amount":"0"}"#;
    assert!(
        text.contains(&format!(
            r#""records":1,"totals":[{{"months":[]}},{{"first_win":"2024-02-29","months":[{none},"#
        )),
        "{text}"
    );
    let refused = |old: &str, new: &str, rule: &str| {
        assert!(text.contains(old), "{old}");
        let error = serde_json::from_str::<RampTally>(&text.replacen(old, new, 1)).unwrap_err();
        let (_, rule) = broken(rule);
        assert!(error.to_string().contains(&rule), "{new}: {error}");
    };
    let rule = "reps hired in the period have their wins on days of employment, from the month of the first one to that of the last one";
    refused(
        "\"first_win\":\"2024-02-29\"",
        "\"first_win\":\"2024-02-28\"",
        rule,
    );
    refused(
        "\"first_win\":\"2024-02-29\"",
        "\"first_win\":\"2024-01-30\"",
        rule,
    );
    refused("\"first_win\":\"2024-02-29\",", "", rule);
    refused("{\"months\":[]},", "", rule);
    refused(
        "{\"months\":[]}",
        "{\"first_win\":\"2024-02-29\",\"months\":[{\"count\":1,\"priced\":0,\"amount\":\"0\"}]}",
        rule,
    );
    refused("\"count\":1,\"priced\":1", "\"count\":2,\"priced\":1", rule);
    refused(
        "\"priced\":1,\"amount\":\"",
        "\"priced\":1,\"amount\":\"100000000000001",
        "what reps won is at most 10^14 a deal",
    );
    refused(
        "\"records\":1",
        "\"records\":10000000001",
        "records are at most 10^10",
    );
    let unknown = text.replacen('{', r#"{"typo":1,"#, 1);
    assert!(serde_json::from_str::<RampTally>(&unknown).is_err());
}

#[test]
fn ten_billion_records_and_no_more() {
    let one = one_win();
    let text = serde_json::to_string(&one).unwrap();
    let full = text.replacen("\"records\":1", "\"records\":10000000000", 1);
    let mut full: RampTally = serde_json::from_str(&full).unwrap();
    let before = full.clone();
    let deal = build(&[Raw::new("2024-02-01", Outcome::Open)]).remove(0);
    assert_eq!(complaint(full.record(&deal)), too_many_records());
    assert_eq!(complaint(full.merge(&one)), too_many_records());
    let other = RampTally::new(
        Scope::new(scope("2024-Q2").period(), Currency::USD)
            .with_roster(one.roster())
            .unwrap(),
    );
    assert_eq!(complaint(full.merge(&other)).0, ErrorKind::ScopeMismatch);
    assert_eq!(full, before);
}

/// Without this, an oracle and a crate that both find nobody would agree.
#[test]
fn generated_reps_are_hired_and_win() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for at in 0..600 {
        let case = if at % 2 == 0 {
            team_cases().new_tree(&mut runner).unwrap().current()
        } else {
            hiring().new_tree(&mut runner).unwrap().current()
        };
        let (first, rows) = (first_wins(&case), curve(&case));
        for (what, is_so) in [
            ("nobody hired", hired(&case).is_empty()),
            (
                "nobody has won",
                !hired(&case).is_empty() && first.is_empty(),
            ),
            ("two have won", first.len() > 1),
            ("three months", rows.len() > 2),
            ("a later win", rows.iter().skip(1).any(|row| row.1 > 0)),
            (
                "one without an amount",
                rows.iter().any(|row| row.1 > row.2),
            ),
        ] {
            *seen.entry(what).or_default() += u32::from(is_so);
        }
    }
    assert!(seen.values().all(|times| *times > 8), "{seen:?}");
}
