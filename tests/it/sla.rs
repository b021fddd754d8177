//! Which leads kept what was promised: each lead as a detail of it alone counts it, and clause by clause by hand.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::sla::{Clause, Kept, Sla, SupplyState};
use sales_metrics::{
    Currency, Lead, LeadDetail, LeadId, LeadScope, Length, NaiveTime, Origin, Period, Scope,
    Undefined, Weekday, WorkCalendar, kpi,
};

use crate::lead::{RawLead, at, build, calendar, many_raw_leads};
use crate::support::{config, day, scope, scopes};

fn ids(leads: &[LeadId]) -> Vec<&str> {
    leads.iter().map(AsRef::as_ref).collect()
}

/// Met, breached, pending, unjudged.
fn places(clause: &Clause) -> [Vec<&str>; 4] {
    [
        clause.met(),
        clause.breached(),
        clause.pending(),
        clause.unjudged(),
    ]
    .map(ids)
}

fn all() -> Sla {
    Sla::new()
        .with_supply(2)
        .with_handover(Length::hours(1))
        .with_follow_up(Length::minutes(30))
        .with_tries(2)
}

fn week() -> WorkCalendar {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let days = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    WorkCalendar::new(days, hour(9), hour(17)).unwrap()
}

fn lead(id: &str, arrived: &str) -> Lead {
    Lead::new(id, at(arrived)).unwrap()
}

#[test]
fn who_was_followed_up_in_time() {
    let arrived = "2026-03-10T10:00:00+01:00";
    let touched = |id: &str, touch: &str| lead(id, arrived).with_first_touch(at(touch)).unwrap();
    let leads = [
        touched("in time", "2026-03-10T10:30:00+01:00"),
        touched("too late", "2026-03-10T10:30:01+01:00"),
        lead("never", arrived),
        touched("before", "2026-03-10T09:59:00+01:00"),
        lead("without a time", arrived)
            .with_first_touch(day("2026-03-10"))
            .unwrap(),
        lead("given up at once", arrived)
            .with_disqualified(day("2026-03-09"))
            .unwrap(),
        lead("given up late", arrived)
            .with_disqualified(day("2026-03-11"))
            .unwrap(),
        lead("of another month", "2026-04-01T10:00:00+02:00"),
    ];
    let kept = all().judge(&leads, scope("2026-03"));
    let follow_up = kept.follow_up.unwrap();
    assert_eq!(
        places(&follow_up),
        [
            vec!["in time"],
            vec!["too late", "never", "given up late"],
            vec![],
            vec!["before", "without a time", "given up at once"],
        ]
    );
    assert_eq!(
        (kept.arrived, follow_up.due(), follow_up.early()),
        (7, 4, 0)
    );
    assert_eq!(follow_up.rate().unwrap().to_string(), "25%");
    // Ten minutes later nobody is late yet, and who was quick has time still.
    let view = LeadScope::from(scope("2026-03"))
        .as_of_instant(at("2026-03-10T10:10:00+01:00"))
        .unwrap();
    let soon = touched("quick", "2026-03-10T10:04:00+01:00");
    let kept = all().judge(leads[1..3].iter().chain([&soon]), view);
    let follow_up = kept.follow_up.unwrap();
    assert_eq!(
        places(&follow_up),
        [vec!["quick"], vec![], vec!["too late", "never"], vec![]]
    );
    assert_eq!((follow_up.due(), follow_up.early()), (3, 1));
    assert_eq!(follow_up.rate(), Err(Undefined::NoDueLeads));
}

/// Friday evening to Monday morning is no time, where the business is closed.
#[test]
fn hand_over_counts_working_time_at_the_place_of_the_business() {
    let friday = "2026-03-06T16:30:00+01:00";
    let handed = |id: &str, at_text: &str| lead(id, friday).with_assigned(at(at_text)).unwrap();
    let leads = [
        handed("on monday", "2026-03-09T09:30:00+01:00"),
        handed("a minute late", "2026-03-09T09:31:00+01:00"),
        handed("of a lead of another day", "2026-04-02T09:31:00+02:00"),
        lead("never", friday),
    ];
    let march = scope("2026-03");
    let working = all().judge(&leads, march.in_working_time(&week()));
    let late = vec!["a minute late", "of a lead of another day", "never"];
    assert_eq!(
        places(&working.handover.unwrap()),
        [vec!["on monday"], late, vec![], vec![]]
    );
    let by_the_clock = all().judge(&leads, march);
    assert_eq!(by_the_clock.handover.unwrap().breached().len(), 4);
    // What is handed over after the instant at which one looks is not seen.
    let view = march
        .in_working_time(&week())
        .as_of_instant(at("2026-03-09T09:20:00+01:00"))
        .unwrap();
    let kept = all().judge(&leads, view);
    assert_eq!(kept.handover.unwrap().pending().len(), 4);
}

#[test]
fn tries_of_the_first_week() {
    let arrived = "2026-03-10T10:00:00+01:00";
    let called = |id: &str, times: &[&str]| {
        times.iter().fold(lead(id, arrived), |lead, time| {
            lead.with_attempt(at(time)).unwrap()
        })
    };
    let (first, second, late) = (
        "2026-03-10T11:00:00+01:00",
        "2026-03-17T09:59:59+01:00",
        "2026-03-17T10:00:00+01:00",
    );
    let leads = [
        called("twice", &[first, second]),
        called("late", &[first, late]),
        called("at once", &[first, first]),
        called("never", &[]),
    ];
    let kept = all().judge(&leads, scope("2026-03"));
    let tries = kept.tries.unwrap();
    assert_eq!(
        places(&tries),
        [
            vec!["twice", "at once"],
            vec!["late", "never"],
            vec![],
            vec![]
        ]
    );
    let running = scope("2026-03").as_of(day("2026-03-15")).unwrap();
    let tries = all().judge(&leads, running).tries.unwrap();
    assert_eq!(
        places(&tries),
        [
            vec!["at once"],
            vec![],
            vec!["twice", "late", "never"],
            vec![]
        ]
    );
    assert_eq!(
        (tries.early(), tries.rate()),
        (1, Err(Undefined::NoDueLeads))
    );
}

#[test]
fn marketing_supplies_so_many_a_month() {
    let of = |id: &str, on: &str, origin: Option<Origin>| {
        let lead = lead(id, &format!("{on}T10:00:00+01:00"));
        origin.map_or(lead.clone(), |origin| lead.with_origin(origin))
    };
    let marketing = Some(Origin::Marketing);
    let leads = [
        of("L-1", "2026-01-05", marketing),
        of("L-2", "2026-01-31", marketing),
        of("L-3", "2026-02-01", marketing),
        of("L-4", "2026-02-02", Some(Origin::Sales)),
        of("L-5", "2026-02-03", None),
        of("L-6", "2026-03-01", marketing),
    ];
    let running = scope("2026-Q1").as_of(day("2026-03-15")).unwrap();
    let kept = all().judge(&leads, running);
    let states: Vec<_> = kept
        .supply
        .iter()
        .map(|month| (month.month.to_string(), month.state(), month.supplied.len()))
        .collect();
    let month = |text: &str| text.parse::<Period>().unwrap().to_string();
    assert_eq!(
        states,
        [
            (month("2026-01"), SupplyState::Met, 2),
            (month("2026-02"), SupplyState::Breached, 1),
            (month("2026-03"), SupplyState::Pending, 1),
        ]
    );
    assert_eq!(ids(&kept.supply[1].of_unknown_origin), ["L-5"]);
    // A part of a month is not judged.
    let part = all().judge(&leads, scope("2026-02-01/2026-02-15"));
    assert_eq!(part.supply[0].state(), SupplyState::Pending);
    // At noon of its last day a month runs still; it is over at midnight, and for whoever looks from its evening.
    let of_february = |view: LeadScope| all().judge(&leads, view).supply[0].state();
    let february = LeadScope::from(scope("2026-02"));
    for (instant, state) in [
        ("2026-02-28T12:00:00+01:00", SupplyState::Pending),
        ("2026-02-28T23:59:59+01:00", SupplyState::Pending),
        ("2026-03-01T00:00:00+01:00", SupplyState::Breached),
    ] {
        let view = february.clone().as_of_instant(at(instant)).unwrap();
        assert_eq!(of_february(view), state, "{instant}");
    }
    assert_eq!(of_february(february), SupplyState::Breached);
    // Month by month it is the same; by rep there is no supply.
    let months = all().judge_months(&leads, running);
    let again: Vec<_> = months
        .iter()
        .flat_map(|(_, kept)| kept.supply.clone())
        .collect();
    assert_eq!(again, kept.supply);
    let by_rep = all().judge_by(&leads, running, Lead::owner);
    assert!(
        by_rep
            .values()
            .all(|kept| kept.supply.is_empty() && kept.follow_up.is_some())
    );
}

#[test]
fn it_is_data() {
    let text = r#"{"leads_a_month":2,"handover_within":3600000000,"follow_up_within":1800000000,"tries_in_first_week":2}"#;
    assert_eq!(serde_json::to_string(&all()).unwrap(), text);
    assert_eq!(serde_json::from_str::<Sla>(text).unwrap(), all());
    assert_eq!(serde_json::from_str::<Sla>("{}").unwrap(), Sla::new());
    assert!(serde_json::from_str::<Sla>(r#"{"handover":3600000000}"#).is_err());
    let leads = [lead("L-1", "2026-03-10T10:00:00+01:00")];
    let kept = Sla::new()
        .with_follow_up(Length::minutes(30))
        .judge(&leads, scope("2026-03"));
    assert_eq!(
        serde_json::to_string(&kept).unwrap(),
        r#"{"arrived":1,"follow_up":{"met":[],"breached":["L-1"],"pending":[],"unjudged":[],"early":0}}"#
    );
}

/// In which of the four places a lead stands, and whether it is early, as a detail of this lead alone has it.
fn expected_place(lead: &Lead, view: &LeadScope, within: Length) -> (usize, bool) {
    let detail = LeadDetail::of([lead], view.clone()).unwrap();
    let in_time = detail.responses().count_up_to(within) == 1;
    let has_time = detail.pending(within) == 1;
    if in_time {
        return (0, has_time);
    }
    let late = detail.due(within) == 1;
    match (late, has_time) {
        (true, _) => (1, false),
        (false, true) => (2, false),
        (false, false) => (3, false),
    }
}

fn expect_places(
    clause: &Clause,
    leads: &[(Lead, Lead)],
    view: &LeadScope,
    within: Length,
) -> Result<(), TestCaseError> {
    let mut expected: [Vec<&str>; 4] = Default::default();
    let mut early = 0;
    for (lead, asked) in leads {
        if view.standing(lead).is_arrived() {
            let (place, is_early) = expected_place(asked, view, within);
            expected[place].push(lead.id().as_str());
            early += u64::from(is_early);
        }
    }
    prop_assert_eq!(places(clause), expected);
    prop_assert_eq!(clause.early(), early);
    Ok(())
}

fn views() -> impl Strategy<Value = LeadScope> {
    (scopes(), 0..3_u8, any::<u32>()).prop_map(|(scope, how, second)| match how {
        0 => scope.into(),
        1 => scope.in_working_time(&calendar()),
        _ => {
            let second = second % 86_400;
            let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap();
            let instant = scope.as_of_day().and_time(time).and_utc().fixed_offset();
            scope
                .in_working_time(&calendar())
                .as_of_instant(instant)
                .unwrap()
        }
    })
}

fn limits() -> impl Strategy<Value = Length> {
    select(vec![
        Length::micros(0),
        Length::minutes(5),
        Length::hours(7),
        Length::hours(24 * 7),
    ])
}

/// A lead, and one that was touched when this one was handed over, or not at all.
fn with_handover(raw: &RawLead, id: &str) -> (Lead, Lead) {
    let (lead, mut other) = (raw.lead(id), raw.clone());
    let handed_over = raw.attempts.last().copied();
    (other.first_touch, other.attempts) = (handed_over, Vec::new());
    let lead = match handed_over {
        Some(at) => lead.with_assigned(at).unwrap(),
        None => lead,
    };
    (lead, other.lead(id))
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn every_lead_is_where_a_detail_of_it_counts_it(
        raw in many_raw_leads(), view in views(), handover in limits(), follow_up in limits(), least in 0..4_u32,
    ) {
        let sla = Sla::new().with_supply(3).with_handover(handover).with_follow_up(follow_up).with_tries(least);
        let numbered = raw.iter().enumerate();
        let pairs: Vec<(Lead, Lead)> = numbered.map(|(n, raw)| with_handover(raw, &format!("L-{n}"))).collect();
        let leads: Vec<Lead> = pairs.iter().map(|(lead, _)| lead.clone()).collect();
        let kept = sla.judge(&leads, view.clone());
        let detail = LeadDetail::of(&leads, view.clone()).unwrap();
        prop_assert_eq!(kept.arrived, detail.totals().arrived().unwrap());

        let same: Vec<(Lead, Lead)> = leads.iter().map(|lead| (lead.clone(), lead.clone())).collect();
        let clause = kept.follow_up.clone().unwrap();
        expect_places(&clause, &same, &view, follow_up)?;
        // The very rate that the KPI has.
        prop_assert_eq!(clause.met().len() as u64 - clause.early(), detail.touched_within(follow_up));
        let compliance = kpi::response_compliance(&detail, follow_up);
        prop_assert_eq!(clause.rate(), compliance.map_err(|_| Undefined::NoDueLeads));
        expect_places(&kept.handover.clone().unwrap(), &pairs, &view, handover)?;

        let mut tries: [Vec<&str>; 4] = Default::default();
        for (lead, raw) in leads.iter().zip(&raw) {
            if !view.standing(lead).is_arrived() {
                continue;
            }
            let over = LeadDetail::of([lead], view.clone()).unwrap();
            let over = (0..=7_u32).rev().find(|days| over.as_old_as(*days) == 1).unwrap();
            let days = raw.attempts.iter().map(|attempt| (*attempt - raw.arrived).num_microseconds().unwrap().div_euclid(86_400_000_000));
            let tried = days.filter(|day| (0..i64::from(over)).contains(day)).count();
            let place = match (tried >= least as usize, over == 7) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            };
            tries[place].push(lead.id().as_str());
        }
        let clause = kept.tries.clone().unwrap();
        prop_assert_eq!(places(&clause), tries);

        // Every lead that arrived is in one place of every clause; what is due is in the first three.
        for clause in [kept.handover.as_ref(), kept.follow_up.as_ref(), kept.tries.as_ref()].into_iter().flatten() {
            let [met, breached, pending, unjudged] = places(clause).map(|leads| leads.len() as u64);
            prop_assert_eq!(met + breached + pending, clause.due());
            prop_assert_eq!(clause.due() + unjudged, kept.arrived);
            prop_assert!(clause.early() <= met);
        }
    }

    /// The parts hold what the whole holds: by rep, and by month, each as if it stood alone.
    #[test]
    fn reps_and_months_are_parts_of_the_whole(raw in many_raw_leads(), view in views()) {
        let leads = build(&raw);
        let whole = all().judge(&leads, view.clone());
        let by_rep = all().judge_by(&leads, view.clone(), |lead| lead.owner().map(ToString::to_string));
        let mut alone: BTreeMap<Option<String>, Vec<Lead>> = BTreeMap::new();
        for lead in &leads {
            alone.entry(lead.owner().map(ToString::to_string)).or_default().push(lead.clone());
        }
        for (rep, leads) in alone {
            let mut expected: Kept = all().judge(&leads, view.clone());
            expected.supply = Vec::new();
            prop_assert_eq!(&by_rep[&rep], &expected);
        }
        let sum: u64 = by_rep.values().map(|kept| kept.arrived).sum();
        prop_assert_eq!(sum, whole.arrived);
        if view.scope().period().days() < 800 {
            let months = all().judge_months(&leads, view.clone());
            let sum: u64 = months.iter().map(|(_, kept)| kept.arrived).sum();
            prop_assert_eq!(sum, whole.arrived);
            for (month, kept) in months {
                let scope = Scope::new(month, Currency::USD).as_of(view.scope().as_of_day()).unwrap();
                let alone = match view.calendar() {
                    Some(calendar) => scope.in_working_time(calendar),
                    None => scope.into(),
                };
                let alone = match view.instant() {
                    Some(instant) => alone.as_of_instant(instant).unwrap(),
                    None => alone,
                };
                prop_assert_eq!(kept, all().judge(&leads, alone));
            }
        }
    }
}
