//! How soon leads are met, by limits, and what becomes of each: from the plain data, its laws, and its refusals.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::{
    ErrorKind, Lead, LeadDetail, LeadScope, Length, ResponseScope, ResponseTally, Scope, Undefined,
    kpi,
};

use super::oracle::{cases, view};
use super::{RawLead, build, days, in_working_time, many_leads, owner};
use crate::laws::laws;
use crate::support::{
    Q, broken, complaint, config, day, exact, kind_of, q, scope, scopes, tiny, too_many_records,
};

const MINUTE: u64 = 60_000_000;
const LIMITS: [u64; 3] = [5 * MINUTE, 1_440 * MINUTE, 3 * 1_440 * MINUTE];

fn with_limits(view: impl Into<LeadScope>) -> ResponseScope {
    view.into().with_limits(LIMITS.map(Length::micros)).unwrap()
}

fn by_the_clock(scope: Scope) -> ResponseScope {
    with_limits(scope)
}

fn by_the_calendar(scope: Scope) -> ResponseScope {
    with_limits(in_working_time(scope))
}

laws!(response_tally: ResponseTally {
    records: many_leads(), view: by_the_clock => ResponseScope, key: owner,
});
laws!(response_tally_in_working_time: ResponseTally {
    records: many_leads(), view: by_the_calendar => ResponseScope, key: owner,
});

fn is_near(a: &Q, b: &Q) -> bool {
    let off = if a > b { a - b } else { b - a };
    off <= tiny(26)
}

/// The names of what is computed a second time here.
pub(crate) fn recomputed() -> [String; 1] {
    ["response_time_distribution".to_owned()]
}

proptest! {
    #![proptest_config(config(384))]

    #[test]
    fn every_band_is_what_the_plain_data_say(case in cases()) {
        let leads = build(&case.leads);
        let tally = ResponseTally::of(&leads, with_limits(view(&case))).unwrap();
        let expected = case.bands(&LIMITS);
        prop_assert_eq!(tally.totals().arrived, expected.arrived as u64);
        prop_assert_eq!(tally.totals().pending, expected.pending as u64);
        let all: usize = expected.groups.iter().map(|group| group.0).sum();
        prop_assert_eq!(tally.totals().left_out(), (expected.arrived - expected.pending - all) as u64);
        let found = kpi::response_time_distribution(&tally);
        if all == 0 {
            let none = if expected.arrived == 0 { Undefined::NoLeads } else { Undefined::NoDueLeads };
            prop_assert_eq!(found, Err(none));
            return Ok(());
        }
        let found = found.unwrap();
        prop_assert_eq!(found.len(), LIMITS.len() + 2);
        for (at, (band, (leads, converted))) in found.iter().zip(expected.groups).enumerate() {
            prop_assert_eq!(band.within.map(Length::to_micros), LIMITS.get(at).copied());
            prop_assert_eq!(band.is_touched, at < LIMITS.len() + 1);
            prop_assert_eq!((band.leads, band.converted), (leads as u64, converted as u64));
            prop_assert!(is_near(&exact(band.share.fraction()), &q(leads, all)));
            let conversion = band.conversion.map(|rate| exact(rate.fraction()));
            prop_assert_eq!(conversion.is_some(), leads > 0);
            if let Some(conversion) = conversion {
                prop_assert!(is_near(&conversion, &q(converted, leads)));
            }
        }
    }

    /// Of the greatest limit alone it is what the detail says.
    #[test]
    fn the_last_limit_is_the_compliance(case in cases()) {
        let leads = build(&case.leads);
        let last = Length::micros(case.within);
        let tally = ResponseTally::of(&leads, view(&case).with_limits([last]).unwrap()).unwrap();
        let detail = LeadDetail::of(&leads, view(&case)).unwrap();
        prop_assert_eq!(tally.totals().within[0].leads, detail.touched_within(last));
        prop_assert_eq!(tally.totals().pending, detail.pending(last));
        prop_assert_eq!(tally.totals().due(), detail.due(last));
        prop_assert_eq!(tally.totals().untouched.leads, detail.overdue(last));
    }

    /// Whether their hours are known or not, they are left out for the same reasons, and there is an answer where the neighbour has one.
    #[test]
    fn what_is_left_out_is_what_the_detail_leaves_out(leads in days::leads(), scope in scopes(), minutes in 1..40_000_u64) {
        let last = Length::minutes(minutes);
        let tally = ResponseTally::of(&leads, LeadScope::from(scope).with_limits([last]).unwrap()).unwrap();
        let detail = LeadDetail::of(&leads, scope).unwrap();
        let totals = tally.totals();
        prop_assert_eq!(totals.without_time, detail.without_time());
        prop_assert_eq!(totals.touched_before_arrival, detail.touched_before_arrival());
        prop_assert_eq!(totals.given_up_before(), detail.given_up_before(last));
        let compliance = kpi::response_compliance(&detail, last).err();
        prop_assert_eq!(kpi::response_time_distribution(&tally).err(), compliance);
    }

    #[test]
    fn another_view_is_not_merged(leads in many_leads(), scope in scopes()) {
        let mut tally = ResponseTally::of(&leads, by_the_clock(scope)).unwrap();
        let before = tally.clone();
        let fewer = LeadScope::from(scope).with_limits([Length::minutes(5)]).unwrap();
        let noon = format!("{}T12:00:00Z", scope.as_of_day());
        let noon = LeadScope::from(scope).as_of_instant(super::at(&noon)).unwrap();
        for (other, kind) in [
            (fewer, ErrorKind::ScopeMismatch),
            (by_the_calendar(scope), ErrorKind::CalendarMismatch),
            (with_limits(noon), ErrorKind::ScopeMismatch),
        ] {
            let other = ResponseTally::of(&leads, other).unwrap();
            prop_assert_eq!(kind_of(&tally.merge(&other)), Some(kind));
            prop_assert_eq!(&tally, &before);
        }
    }
}

/// Of leads that all lack a time of day it is not known that none is due.
#[test]
fn of_days_alone_nobody_knows_whether_they_are_due() {
    let reason = |leads: Vec<Lead>| {
        let tally = ResponseTally::of(&leads, by_the_clock(scope("2026-Q1"))).unwrap();
        kpi::response_time_distribution(&tally).unwrap_err()
    };
    let on_a_day = Lead::new("L-1", day("2026-01-05")).unwrap();
    let early = RawLead {
        first_touch: Some(super::at("2026-01-04T12:00:00Z")),
        ..RawLead::new("2026-01-05T12:00:00Z")
    };
    let early = early.lead("L-2");
    assert_eq!(reason(vec![on_a_day.clone()]), Undefined::NoTimeOfDay);
    assert_eq!(
        reason(vec![on_a_day.clone(), early.clone()]),
        Undefined::NoTimeOfDay
    );
    assert_eq!(reason(vec![early]), Undefined::NoDueLeads);
    let today = RawLead::new("2026-03-31T12:00:00Z").lead("L-3");
    assert_eq!(reason(vec![on_a_day, today]), Undefined::NoDueLeads);
    assert_eq!(reason(vec![]), Undefined::NoLeads);
}

#[test]
fn limits_rise() {
    let with = |limits: &[u64]| {
        let limits = limits.iter().copied().map(Length::micros);
        complaint(LeadScope::from(scope("2026-Q1")).with_limits(limits))
    };
    let text = "the limits must rise, and there must be one; give each once, the shortest first";
    for limits in [&[][..], &[1, 1], &[2, 1], &[0, 5, 4]] {
        assert_eq!(with(limits), (ErrorKind::BandsOutOfOrder, text.to_owned()));
    }
    let limits = by_the_clock(scope("2026-Q1"));
    assert_eq!(
        limits.limits().map(Length::to_micros).collect::<Vec<_>>(),
        LIMITS
    );
    assert_eq!(limits.leads().scope(), scope("2026-Q1"));
}

#[test]
fn json_says_what_it_counted_and_takes_nothing_else() {
    let mut touched = RawLead::new("2026-01-05T12:00:00Z");
    touched.first_touch = Some(super::at("2026-01-05T12:05:00Z"));
    touched.converted = Some(day("2026-01-09"));
    let ignored = RawLead::new("2026-01-05T12:00:00Z");
    let leads = build(&[touched, ignored]);
    let tally = ResponseTally::of(leads, by_the_clock(scope("2026-Q1"))).unwrap();
    let text = serde_json::to_string(&tally).unwrap();
    let counts = concat!(
        r#""totals":{"records":2,"arrived":2,"within":[{"leads":1,"converted":1},{"leads":0,"converted":0},{"leads":0,"converted":0}],"#,
        r#""later":{"leads":0,"converted":0},"untouched":{"leads":1,"converted":0},"pending":0,"touched_before_arrival":0,"without_time":0}}"#,
    );
    assert!(text.ends_with(counts), "{text}");
    let refused = |old: &str, new: &str, rule: &str| {
        assert!(text.contains(old), "{old}");
        let error = serde_json::from_str::<ResponseTally>(&text.replacen(old, new, 1)).unwrap_err();
        let (_, rule) = broken(rule);
        assert!(error.to_string().contains(&rule), "{new}: {error}");
    };
    let parts = "converted leads are a part of each group";
    refused(
        r#""leads":1,"converted":0"#,
        r#""leads":1,"converted":2"#,
        parts,
    );
    refused(
        r#""later":{"leads":0,"converted":0}"#,
        r#""later":{"leads":0,"converted":1}"#,
        parts,
    );
    refused(
        r#"[{"leads":1,"converted":1},"#,
        "[",
        "there is a group within each limit",
    );
    let records = "records are all leads looked at: at least those that arrived, and these at least those of each group, the pending ones and those left out";
    refused("\"records\":2", "\"records\":1", records);
    refused("\"arrived\":2", "\"arrived\":1", records);
    refused("\"pending\":0", "\"pending\":1", records);
    refused("\"pending\":0", "\"pending\":18446744073709551615", records);
    refused("\"without_time\":0", "\"without_time\":1", records);
    refused(
        "\"touched_before_arrival\":0",
        "\"touched_before_arrival\":1",
        records,
    );
    refused(
        "\"records\":2",
        "\"records\":10000000001",
        "records are at most 10^10",
    );
    let elsewhere = text.replacen('{', r#"{"as_of_instant":"2026-03-09T12:00:00+00:00","#, 1);
    let error = serde_json::from_str::<ResponseTally>(&elsewhere).unwrap_err();
    let (_, rule) = broken("the as-of instant lies on the as-of day");
    assert!(error.to_string().contains(&rule), "{error}");
    let unknown = text.replacen('{', r#"{"typo":1,"#, 1);
    assert!(serde_json::from_str::<ResponseTally>(&unknown).is_err());
    let falling = text.replacen("[300000000,", "[900000000000,", 1);
    assert!(serde_json::from_str::<ResponseTally>(&falling).is_err());
}

#[test]
fn ten_billion_records_and_no_more() {
    let lead = RawLead::new("2026-01-05T12:00:00Z").lead("L-1");
    let one = ResponseTally::of([&lead], by_the_clock(scope("2026-Q1"))).unwrap();
    let text = serde_json::to_string(&one).unwrap();
    let full = text.replacen("\"records\":1", "\"records\":10000000000", 1);
    let mut full: ResponseTally = serde_json::from_str(&full).unwrap();
    let before = full.clone();
    assert_eq!(complaint(full.record(&lead)), too_many_records());
    assert_eq!(complaint(full.merge(&one)), too_many_records());
    assert_eq!(full, before);
}

/// Without this, an oracle and a crate that both find nobody would agree.
#[test]
fn generated_leads_are_in_every_band() {
    let mut runner = TestRunner::deterministic();
    let mut seen = [(0, 0); LIMITS.len() + 2];
    let mut pending = 0;
    for _ in 0..800 {
        let case = cases().new_tree(&mut runner).unwrap().current();
        let found = case.bands(&LIMITS);
        pending += found.pending;
        for (seen, group) in seen.iter_mut().zip(found.groups) {
            *seen = (seen.0 + group.0, seen.1 + group.1);
        }
    }
    assert!(pending > 20, "{pending}");
    assert!(
        seen.iter()
            .all(|(leads, converted)| *leads > 20 && *converted > 5),
        "{seen:?}"
    );
}
