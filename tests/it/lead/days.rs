//! Leads of which some days are known and the hours are not.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use sales_metrics::audit::{Audit, FindingKind};
use sales_metrics::{
    Activity, ActivityKind, ActivityTally, Book, Currency, Lead, LeadDetail, LeadScope, LeadTally,
    Length, Scope, Undefined, When, kpi,
};

use super::{RawLead, at, at_noon, in_working_time, is_supported, many_raw_leads, owner};
use crate::laws::laws;
use crate::support::{config, day, exact, q, scope, scopes};

/// A lead, and which of its arrival, its first touch and its attempts have lost their hour: a bit each.
type Marked = (RawLead, u16);

/// All on one clock, so that days and instants are in one order.
fn marked() -> impl Strategy<Value = Vec<Marked>> + Clone {
    many_raw_leads().prop_flat_map(|leads| {
        let count = leads.len();
        (Just(leads), proptest::collection::vec(any::<u16>(), count)).prop_map(|(leads, marks)| {
            let there = leads.into_iter().map(|mut lead| {
                let place = *lead.arrived.offset();
                let moved =
                    |at: &super::Instant| Some(at.with_timezone(&place)).filter(is_supported);
                lead.first_touch = lead.first_touch.and_then(|at| moved(&at));
                lead.attempts = lead.attempts.iter().filter_map(moved).collect();
                lead
            });
            there.zip(marks).collect()
        })
    })
}

/// The arrival, the touch and the attempts, as far as they are known.
fn stamps((raw, marks): &Marked) -> (When, Option<When>, Vec<When>) {
    let known = |place: usize, at: super::Instant| match marks >> (place % 16) & 1 {
        0 => When::Instant(at),
        _ => When::Day(at.date_naive()),
    };
    let attempts = raw.attempts.iter().enumerate();
    (
        known(0, raw.arrived),
        raw.first_touch.map(|at| known(1, at)),
        attempts.map(|(n, at)| known(n + 2, *at)).collect(),
    )
}

fn lead(id: usize, marked: &Marked) -> Lead {
    let (arrived, touched, attempts) = stamps(marked);
    let rest = RawLead {
        first_touch: None,
        attempts: Vec::new(),
        ..marked.0.clone()
    };
    let mut json = serde_json::to_value(rest.lead(&format!("L-{id}"))).unwrap();
    json["arrived"] = serde_json::to_value(arrived).unwrap();
    let mut lead: Lead = serde_json::from_value(json).unwrap();
    // Of some nobody knows the day on which they were converted or given up, unless they have one.
    match marked.0.owner {
        Some("ada") => lead = lead.with_undated_conversion(),
        Some("ben") => lead = lead.with_undated_disqualification(),
        _ => {}
    }
    let lead = lead.with(touched, Lead::with_first_touch).unwrap();
    let tried = |lead: Lead, attempt: &When| lead.with_attempt(*attempt).unwrap();
    attempts.iter().fold(lead, tried)
}

fn build(all: &[Marked]) -> Vec<Lead> {
    let numbered = all.iter().enumerate();
    numbered.map(|(n, marked)| lead(n, marked)).collect()
}

pub(super) fn leads() -> impl Strategy<Value = Vec<Lead>> + Clone {
    marked().prop_map(|all| build(&all))
}

/// The first touch; a day without a time may have been the first of that day.
fn first(marked: &Marked) -> Option<When> {
    let (_, touched, attempts) = stamps(marked);
    let all = touched.into_iter().chain(attempts);
    all.min_by_key(|at| (at.date(), at.instant()))
}

#[derive(PartialEq)]
enum Wait {
    Known,
    Unknown,
    /// Touched before it arrived.
    Early,
}

/// What is known of how long a lead waited, whose touches are seen up to a day.
fn wait(marked: &Marked, as_of: NaiveDate) -> Wait {
    let (arrived, ..) = stamps(marked);
    let touched = first(marked).filter(|at| at.date() <= as_of);
    match (arrived, touched) {
        (When::Instant(arrived), Some(When::Instant(touched))) if touched < arrived => Wait::Early,
        (When::Instant(_), None | Some(When::Instant(_))) => Wait::Known,
        (_, Some(touched)) if touched.date() < arrived.date() => Wait::Early,
        _ => Wait::Unknown,
    }
}

/// Whole days from one to the other.
fn days_between(from: When, to: When) -> i64 {
    match (from.instant(), to.instant()) {
        (Some(from), Some(to)) => (to - from)
            .num_microseconds()
            .unwrap()
            .div_euclid(86_400_000_000),
        _ => (to.date() - from.date()).num_days(),
    }
}

laws!(lead_tally_of_days: LeadTally {
    records: leads(), view: core::convert::identity => Scope, key: owner,
});
laws!(lead_detail_of_days: LeadDetail {
    records: leads(), view: in_working_time => LeadScope, key: owner,
});
laws!(lead_detail_of_days_at_an_instant: LeadDetail {
    records: leads(), view: at_noon => LeadScope, key: owner,
});

proptest! {
    #![proptest_config(config(192))]

    /// Whether the hours are known or not.
    #[test]
    fn days_alone_count_as_the_days_of_instants(all in marked(), scope in scopes()) {
        let timed: Vec<Marked> = all.iter().map(|(raw, _)| (raw.clone(), 0)).collect();
        let counted = |all: &[Marked]| *LeadTally::of(build(all), scope).unwrap().totals();
        prop_assert_eq!(counted(&all), counted(&timed));
    }

    /// Of the leads whose hours are known, nothing changes; of no other is there a wait.
    #[test]
    fn leads_without_a_time_are_in_no_wait(
        all in marked(), scope in scopes(), in_hours in any::<bool>(), within in 0..40_000_u64,
    ) {
        let view = if in_hours { in_working_time(scope) } else { scope.into() };
        let detail = LeadDetail::of(build(&all), view.clone()).unwrap();
        let arrived: Vec<&Marked> = all.iter().filter(|(raw, _)| {
            let on = raw.arrived.date_naive();
            scope.period().contains(on) && on <= scope.as_of_day()
        }).collect();
        let count = |kind: Wait| arrived.iter().filter(|lead| wait(lead, scope.as_of_day()) == kind).count() as u64;
        prop_assert_eq!(detail.without_time(), count(Wait::Unknown));
        prop_assert_eq!(detail.touched_before_arrival(), count(Wait::Early));
        let known = all.iter().filter(|lead| wait(lead, scope.as_of_day()) == Wait::Known);
        let known: Vec<Marked> = known.cloned().collect();
        let known = LeadDetail::of(build(&known), view).unwrap();
        let waits = |detail: &LeadDetail| {
            let within = Length::minutes(within);
            (
                [detail.due(within), detail.pending(within), detail.overdue(within)],
                [detail.given_up_before(within), detail.touched_within(within)],
                detail.responses().iter().collect::<Vec<_>>(),
            )
        };
        prop_assert_eq!(waits(&detail), waits(&known));
        let all = waits(&detail).0[0] + waits(&detail).0[1] + waits(&detail).1[0];
        prop_assert_eq!(
            all + detail.without_time() + detail.touched_before_arrival(),
            detail.totals().arrived().unwrap()
        );
    }

    /// Of 24 hours where both hours are known, and else of the calendar.
    #[test]
    fn attempts_of_days_persist(all in marked(), scope in scopes(), days in 0..12_u32) {
        let detail = LeadDetail::of(build(&all), scope).unwrap();
        let first_to_come = scope.as_of_day().succ_opt().unwrap();
        let (mut leads, mut tried) = (0, 0);
        for marked in &all {
            let (arrived, _, attempts) = stamps(marked);
            let end = match arrived {
                When::Day(_) => When::Day(first_to_come),
                When::Instant(at) => {
                    let midnight = first_to_come.and_time(chrono::NaiveTime::MIN);
                    When::Instant(midnight.and_local_timezone(*at.offset()).unwrap())
                }
            };
            let counts = scope.period().contains(arrived.date()) && arrived.date() <= scope.as_of_day();
            if counts && days_between(arrived, end) >= i64::from(days) {
                leads += 1;
                let in_time = |at: &&When| (0..i64::from(days)).contains(&days_between(arrived, **at));
                tried += attempts.iter().filter(in_time).count();
            }
        }
        prop_assert_eq!(detail.as_old_as(days), leads);
        let persistence = kpi::contact_persistence(&detail, days).map(|mean| exact(mean.decimal()));
        match leads {
            0 => prop_assert!(persistence.is_err()),
            leads => {
                let distance = persistence.unwrap() - q(tried, leads);
                prop_assert!(distance.pow(2) <= q(1, 10_u64.pow(18)));
            }
        }
    }

    /// What is written is read back, and is what was given.
    #[test]
    fn stamps_are_kept(all in marked()) {
        for (n, marked) in all.iter().enumerate() {
            let lead = lead(n, marked);
            let (arrived, _, attempts) = stamps(marked);
            prop_assert_eq!(lead.arrived(), arrived);
            prop_assert_eq!(lead.first_touch(), first(marked));
            let count = |all: Vec<When>| all.into_iter().fold(BTreeMap::new(), |mut count, at| {
                *count.entry(at.to_string()).or_insert(0) += 1;
                count
            });
            prop_assert!(lead.attempts().map(|at| at.date()).is_sorted());
            prop_assert_eq!(count(lead.attempts().collect()), count(attempts));
            let json = serde_json::to_string(&lead).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Lead>(&json).unwrap(), &lead);
        }
    }
}

fn q1() -> Scope {
    scope("2026-Q1")
}

#[test]
fn a_day_is_never_its_midnight() {
    let lead = Lead::new("L-1", day("2026-03-06")).unwrap();
    assert_eq!(lead.arrived(), When::Day(day("2026-03-06")));
    assert_eq!(lead.arrived().instant(), None);
    let json = r#"{"id":"L-1","arrived":"2026-03-06"}"#;
    assert_eq!(serde_json::to_string(&lead).unwrap(), json);
    assert_eq!(serde_json::from_str::<Lead>(json).unwrap(), lead);
    let midnight = Lead::new("L-1", at("2026-03-06T00:00:00Z")).unwrap();
    assert_ne!(midnight, lead);

    let leads = LeadDetail::of([lead], q1()).unwrap();
    let minute = Length::minutes(1);
    assert_eq!((leads.due(minute), leads.without_time()), (0, 1));
    let compliance = kpi::response_compliance(&leads, minute);
    assert_eq!(compliance, Err(Undefined::NoTimeOfDay));
    assert_eq!(leads.totals().open_untouched(), Ok(1));
}

/// Of a day without a time and an instant of that day nobody knows which was first.
#[test]
fn the_first_touch_of_a_day_may_have_been_its_first() {
    let lead = Lead::new("L-1", at("2026-03-06T18:30:00+01:00")).unwrap();
    let tried = lead
        .with_attempt(at("2026-03-09T09:00:00+01:00"))
        .and_then(|lead| lead.with_first_touch(day("2026-03-09")))
        .unwrap();
    assert_eq!(tried.first_touch(), Some(When::Day(day("2026-03-09"))));
    let later = tried.clone().with_first_touch(day("2026-03-10")).unwrap();
    assert_eq!(later, tried);
    let friday = tried.with_attempt(at("2026-03-06T19:00:00+01:00")).unwrap();
    assert_eq!(
        friday.first_touch(),
        Some(at("2026-03-06T19:00:00+01:00").into())
    );
    let leads = LeadDetail::of([friday], q1()).unwrap();
    assert_eq!(kpi::median_response_time(&leads), Ok(Length::minutes(30)));
}

/// A day alone counts with all of the day on which one looks.
#[test]
fn today_is_seen_at_noon() {
    let noon = LeadScope::from(q1()).as_of_instant(at("2026-03-09T12:00:00+01:00"));
    let noon = noon.unwrap();
    let lead = |arrived: &str| {
        let lead = Lead::new("L-1", day(arrived)).unwrap();
        lead.with_first_touch(day("2026-03-10")).unwrap()
    };
    let seen = |arrived: &str| {
        let standing = noon.standing(&lead(arrived));
        (standing.is_arrived(), standing.is_touched())
    };
    assert_eq!(
        ["2026-03-09", "2026-03-10"].map(seen),
        [(true, false), (false, false)]
    );
}

#[test]
fn a_day_is_one_of_the_business() {
    let book = Book::new(Currency::USD)
        .with_leads([Lead::new("L-1", day("2026-03-31")).unwrap()])
        .and_then(|book| {
            let call = Activity::new("A-1", ActivityKind::Call, day("2026-03-31"));
            book.with_activities([call.unwrap()])
        })
        .and_then(|book| book.with_place("-05:00".parse().unwrap()))
        .unwrap();
    let last = When::Day(day("2026-03-31"));
    assert_eq!(book.leads()[0].arrived(), last);
    assert_eq!(book.activities()[0].at(), last);
}

#[test]
fn activities_of_a_day_count_on_it() {
    let call = |on| Activity::new("A-1", ActivityKind::Call, day(on)).unwrap();
    let calls = ["2026-03-31", "2026-04-01"].map(call);
    let counted = ActivityTally::of(&calls, q1()).unwrap();
    assert_eq!(counted.totals().calls().map(|calls| calls.count), Ok(1));
    let json = r#"{"id":"A-1","kind":"call","at":"2026-03-31"}"#;
    assert_eq!(serde_json::to_string(&calls[0]).unwrap(), json);
    assert_eq!(serde_json::from_str::<Activity>(json).unwrap(), calls[0]);
}

#[test]
fn a_touch_of_the_day_of_arrival_is_no_finding() {
    let audit = Audit::new(day("2026-03-31")).unwrap();
    let findings = |arrived: When, touched: When| {
        let lead = Lead::new("L-1", arrived).and_then(|lead| lead.with_first_touch(touched));
        let lead = lead.unwrap().with_owner("ada").unwrap();
        let lead = lead.with_origin(sales_metrics::Origin::Sales);
        let findings = audit.leads([lead]);
        let others = findings
            .iter()
            .filter(|found| found.kind != FindingKind::MissingTime);
        others.map(ToString::to_string).collect::<Vec<_>>()
    };
    let [friday, saturday] = ["2026-03-06", "2026-03-07"].map(|on| When::Day(day(on)));
    let noon = When::from(at("2026-03-06T12:00:00+01:00"));
    for (arrived, touched) in [
        (friday, friday),
        (noon, friday),
        (friday, noon),
        (noon, saturday),
    ] {
        assert_eq!(findings(arrived, touched), [""; 0]);
    }
    assert_eq!(
        findings(saturday, noon),
        ["lead L-1: first touched at 2026-03-06T12:00:00+01:00, before it arrived on 2026-03-07"]
    );
}

#[test]
fn when_is_a_day_or_an_instant() {
    for text in [
        "2026-03-31",
        "2026-03-31T17:45:00+02:00",
        "2026-03-31T17:45:00.250+00:00",
    ] {
        let when: When = text.parse().unwrap();
        assert_eq!(
            (when.to_string(), when.date()),
            (text.to_owned(), day("2026-03-31"))
        );
    }
    let complaint = "is neither a date nor an instant; write it as 2026-03-31, or with its offset, as 2026-03-31T17:45:00+02:00";
    for text in ["", "2026-02-29", "2026-03-31T17:45", "31.03.2026"] {
        let error = text.parse::<When>().unwrap_err();
        assert_eq!(error.to_string(), format!("\"{text}\" {complaint}"));
        assert_eq!(error.kind(), sales_metrics::ErrorKind::InvalidInstant);
    }
    let error = "1899-12-31".parse::<When>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "when: 1899-12-31 is outside of the supported years 1900 to 2999"
    );
    let error = Lead::new("L-1", day("2999-12-31").succ_opt().unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "lead L-1: arrived: 3000-01-01 is outside of the supported years 1900 to 2999"
    );
}
