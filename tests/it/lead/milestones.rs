//! How long leads take from one milestone to another: from the plain data, its laws, and the wrong answers that are often given.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::{Currency, ErrorKind, Lead, Milestone, MilestoneTally, Scope, Undefined, kpi};

use super::{RawLead, build, many_leads, many_raw_leads, owner};
use crate::laws::laws;
use crate::support::{
    Q, broken, complaint, config, day, exact, expect_values, q, scope, scopes, tiny,
    too_many_records,
};

/// The day of each milestone, in their order.
fn days(lead: &RawLead) -> [Option<NaiveDate>; 6] {
    [
        Some(lead.arrived.date_naive()),
        lead.marketing_qualified,
        lead.accepted,
        lead.qualified.filter(|_| lead.by_sales),
        lead.converted,
        // A win counts as soon as the conversion does, too.
        lead.won
            .zip(lead.converted)
            .map(|(won, converted)| won.max(converted)),
    ]
}

/// Of the leads that reached the later one in the period: the days that they took, and how many had not been at the earlier one. And how many
/// are on the way.
#[derive(Debug, Default, PartialEq, Eq)]
struct Naive {
    took: Vec<Q>,
    without_start: u64,
    waiting: u64,
}

fn naive(leads: &[RawLead], scope: Scope, from: usize, to: usize) -> Naive {
    let mut found = Naive::default();
    let as_of = scope.as_of_day();
    for lead in leads {
        let seen = days(lead).map(|on| on.filter(|on| *on <= as_of));
        let (start, end) = (seen[from], seen[to]);
        if let Some(end) = end.filter(|end| scope.period().contains(*end)) {
            match start.filter(|start| *start <= end) {
                Some(start) => found.took.push(q((end - start).num_days(), 1)),
                None => found.without_start += 1,
            }
        }
        let is_given_up = lead.disqualified.is_some_and(|on| on <= as_of);
        let seen_on = |on: Option<NaiveDate>| on.filter(|on| *on <= as_of);
        let (accepted, rejected) = (seen_on(lead.accepted), seen_on(lead.rejected));
        let is_given_back = to == 2 && accepted.is_none() && rejected.is_some();
        let is_on_the_way = start.is_some() && seen[to..].iter().all(Option::is_none);
        found.waiting += u64::from(is_on_the_way && !is_given_up && !is_given_back);
    }
    found
}

fn mean(took: &[Q]) -> Option<Q> {
    let sum = took.iter().fold(q(0, 1), |sum, days| sum + days);
    (!took.is_empty()).then(|| sum / q(took.len(), 1))
}

fn median(took: &[Q]) -> Option<Q> {
    let mut sorted = took.to_vec();
    sorted.sort();
    let last = sorted.len().checked_sub(1)?;
    Some((&sorted[last / 2] + &sorted[last.div_ceil(2)]) / q(2, 1))
}

/// The names of what is computed a second time here.
pub(crate) fn recomputed() -> [String; 2] {
    ["average_milestone_days", "median_milestone_days"].map(str::to_owned)
}

fn identity(scope: Scope) -> Scope {
    scope
}

laws!(milestone_tally: MilestoneTally {
    records: many_leads(), view: identity => Scope, key: owner,
});

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn every_way_is_what_the_plain_data_say(leads in many_raw_leads(), scope in scopes()) {
        let tally = MilestoneTally::of(build(&leads), scope).unwrap();
        prop_assert_eq!(tally.records(), leads.len() as u64);
        for (from, one) in Milestone::ALL.iter().enumerate() {
            for (to, other) in Milestone::ALL.iter().enumerate() {
                let expected = if from < to { naive(&leads, scope, from, to) } else { Naive::default() };
                let way = tally.way(*one, *other);
                prop_assert_eq!(way.arrived, expected.took.len() as u64);
                let counts = (way.without_start, way.waiting);
                prop_assert_eq!(counts, (expected.without_start, expected.waiting), "{:?} {:?}", one, other);
                let found = tally.days(*one, *other);
                if !expected.took.is_empty() {
                    expect_values(&found, &expected.took, |days| exact(days.decimal()), 7.into());
                }
                let none = Undefined::NobodyOnThatWay;
                let average = kpi::average_milestone_days(&tally, *one, *other).map(|days| exact(days.decimal()));
                match (average, mean(&expected.took)) {
                    (Ok(found), Some(mean)) => {
                        let off = if found > mean { &found - &mean } else { &mean - &found };
                        prop_assert!(off <= tiny(20), "{} and not {}", found, mean);
                    }
                    (found, mean) => prop_assert_eq!(found, mean.ok_or(none)),
                }
                let middle = kpi::median_milestone_days(&tally, *one, *other).map(|days| exact(days.decimal()));
                prop_assert_eq!(middle, median(&expected.took).ok_or(none));
            }
        }
    }

    /// Flows of days: the months' leads are the quarter's. Who waits is counted on the as-of day.
    #[test]
    fn leads_of_months_add_up(leads in many_leads(), scope in scopes()) {
        let months: Vec<Scope> = scope.months().take(60).collect();
        prop_assume!(months.len() < 60);
        let whole = MilestoneTally::of(&leads, scope).unwrap();
        let series = MilestoneTally::series(&leads, months).unwrap();
        for (from, to) in [(Milestone::Arrived, Milestone::Won), (Milestone::Accepted, Milestone::SalesQualified)] {
            let timed: u64 = series.iter().map(|month| month.days(from, to).count()).sum();
            prop_assert_eq!(timed, whole.days(from, to).count());
        }
    }
}

/// The mistake: a lead of which nobody knows the day of its conversion was converted before all others.
#[test]
fn an_unknown_day_is_no_day() {
    let lead = Lead::new("L-1", day("2026-01-05")).unwrap();
    let tally = MilestoneTally::of([lead.with_undated_conversion()], scope("2026-Q1")).unwrap();
    for way in tally.totals() {
        assert_eq!((way.arrived, way.without_start), (0, 0), "{way:?}");
        // It is beyond all but the win, of which it has no day to start from.
        assert_eq!(
            way.waiting,
            u64::from((way.from, way.to) == (Milestone::Arrived, Milestone::Won)),
            "{way:?}"
        );
    }
}

#[test]
fn json_says_what_it_counted_and_takes_nothing_else() {
    let mut lead = RawLead::new("2026-01-05T12:00:00Z");
    lead.marketing_qualified = Some(day("2026-01-08"));
    let tally = MilestoneTally::of(build(&[lead]), scope("2026-Q1")).unwrap();
    let text = serde_json::to_string(&tally).unwrap();
    let first = r#""records":1,"totals":[{"from":"arrived","to":"marketing_qualified","arrived":1,"without_start":0,"waiting":0}"#;
    assert!(
        text.contains(first) && text.contains(r#""days":[[[3,1]],[],"#),
        "{text}"
    );
    let refused = |old: &str, new: &str, rule: &str| {
        assert!(text.contains(old), "{old}");
        let error =
            serde_json::from_str::<MilestoneTally>(&text.replacen(old, new, 1)).unwrap_err();
        let (_, rule) = broken(rule);
        assert!(error.to_string().contains(&rule), "{new}: {error}");
    };
    let in_order = "days of a way are in order, each once, at most 401766, and at least one lead's";
    refused("[[3,1]]", "[[3,0]]", in_order);
    refused("[[3,1]]", "[[401767,1]]", in_order);
    let records = "records are all leads looked at: at least those of every way, and of each that arrived there are days";
    refused("[[3,1]]", "[[3,2]]", records);
    refused("[[3,1]]", "[[3,18446744073709551615],[4,3]]", records);
    refused("\"records\":1", "\"records\":0", records);
    refused(
        "\"records\":1",
        "\"records\":10000000001",
        "records are at most 10^10",
    );
    let ways = "a milestone tally has each way once, in their order";
    refused("\"to\":\"marketing_qualified\"", "\"to\":\"won\"", ways);
    let unknown = text.replacen('{', r#"{"typo":1,"#, 1);
    assert!(serde_json::from_str::<MilestoneTally>(&unknown).is_err());
}

#[test]
fn ten_billion_records_and_no_more() {
    let lead = RawLead::new("2026-01-05T12:00:00Z").lead("L-1");
    let one = MilestoneTally::of([&lead], scope("2026-Q1")).unwrap();
    let text = serde_json::to_string(&one).unwrap();
    let full = text.replacen("\"records\":1", "\"records\":10000000000", 1);
    let mut full: MilestoneTally = serde_json::from_str(&full).unwrap();
    let before = full.clone();
    assert_eq!(complaint(full.record(&lead)), too_many_records());
    assert_eq!(complaint(full.merge(&one)), too_many_records());
    let other = MilestoneTally::new(Scope::new(scope("2026-Q1").period(), Currency::EUR));
    assert_eq!(complaint(full.merge(&other)).0, ErrorKind::ScopeMismatch);
    assert_eq!(full, before);
}

/// Without this, an oracle and a crate that both find nobody would agree.
#[test]
fn generated_leads_go_every_way() {
    let mut runner = TestRunner::deterministic();
    let (mut went, mut wait, mut lack) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for _ in 0..1_200 {
        let (leads, scope) = (many_raw_leads(), scopes())
            .new_tree(&mut runner)
            .unwrap()
            .current();
        for to in 1..6 {
            for from in 0..to {
                let found = naive(&leads, scope, from, to);
                if !found.took.is_empty() {
                    went.insert((from, to));
                }
                if found.waiting > 0 {
                    wait.insert((from, to));
                }
                if found.without_start > 0 {
                    lack.insert((from, to));
                }
            }
        }
    }
    // Whoever is won was converted by then.
    assert_eq!((went.len(), wait.len(), lack.len()), (15, 15, 14));
    assert!(!lack.contains(&(4, 5)));
}
