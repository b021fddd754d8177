//! What holds for the figures whatever the records are.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use sales_metrics::tally::{ActivityTotals, Logged, WorkTotals};
use sales_metrics::{ActivityTally, Currency, Scope, WorkTally};

use super::oracle::{cases, figures};
use super::{KINDS, Raw, RawWork, activities, build, build_work, many_raw, many_works, works};
use crate::support::{config, q, scope, scopes, tiny};

/// Everything that was counted, as a list of numbers.
fn numbers(totals: &ActivityTotals) -> Vec<u64> {
    let of = |logged: Logged| [logged.count, logged.timed, logged.micros];
    let calls = totals.call_outcomes().unwrap();
    let meetings = totals.meeting_outcomes().unwrap();
    let mut all: Vec<u64> = KINDS
        .into_iter()
        .flat_map(|kind| of(totals.of(kind).unwrap()))
        .collect();
    all.extend([
        calls.connected().unwrap(),
        calls.positive().unwrap(),
        calls.voicemail().unwrap(),
        calls.missed().unwrap(),
        calls.callbacks().unwrap(),
        calls.outbound_known().unwrap(),
        calls.outbound_connected().unwrap(),
        totals.meetings_booked().unwrap(),
    ]);
    all.extend([
        meetings.booked().unwrap(),
        meetings.held().unwrap(),
        meetings.no_show().unwrap(),
    ]);
    all.extend([
        meetings.cancelled().unwrap(),
        meetings.rescheduled().unwrap(),
        totals.emails_answered().unwrap(),
    ]);
    all
}

fn work_numbers(totals: &WorkTotals) -> Vec<u64> {
    vec![
        totals.with_selling().unwrap(),
        totals.without_selling().unwrap(),
        totals.working_micros().unwrap(),
        totals.known_working_micros().unwrap(),
        totals.selling_micros().unwrap(),
    ]
}

fn sum(lists: impl Iterator<Item = Vec<u64>>) -> Vec<u64> {
    lists
        .reduce(|a, b| a.iter().zip(&b).map(|(a, b)| a + b).collect())
        .unwrap()
}

/// Days that do not count in a scope.
fn outside(scope: Scope, far: u64) -> Vec<NaiveDate> {
    let far = Days::new(far);
    let period = scope.period();
    let days = [
        period.start().pred_opt(),
        period.start().checked_sub_days(far),
        Some(period.end()),
        period.end().checked_add_days(far),
        scope.as_of_day().succ_opt(),
        scope.as_of_day().checked_add_days(far),
    ];
    let counts = |day: &NaiveDate| period.contains(*day) && *day <= scope.as_of_day();
    let supported = |day: &NaiveDate| sales_metrics::Period::day(*day).is_ok();
    days.into_iter()
        .flatten()
        .filter(|day| !counts(day))
        .filter(supported)
        .collect()
}

proptest! {
    #![proptest_config(config(320))]

    #[test]
    fn figures_stay_within_their_bounds(case in cases()) {
        for (name, figure) in figures(&case) {
            let Ok(value) = figure else { continue };
            prop_assert!(value >= q(0, 1), "{}", name);
            let may_pass = [
                "callback_rate", "meeting_booked_rate", "call_to_win_rate", "average_call_duration",
                "call_capacity", "selling_time", "meetings_booked", "calls_per_meeting", "emails_per_meeting",
                "meetings_per_opportunity",
            ];
            if !may_pass.contains(&name.as_str()) {
                prop_assert!(value <= q(1, 1), "{}", name);
            }
        }
    }

    #[test]
    fn parts_add_up_to_the_whole(case in cases()) {
        let all = figures(&case);
        let is_one = |parts: Vec<&str>| {
            let parts: Result<Vec<_>, _> = parts.into_iter().map(|name| all[name].clone()).collect();
            parts.is_err() || {
                let sum = parts.unwrap().into_iter().fold(q(0, 1), |sum, part| sum + part);
                let off = if sum > q(1, 1) { sum - q(1, 1) } else { q(1, 1) - sum };
                off <= tiny(26)
            }
        };
        prop_assert!(is_one(vec!["show_rate", "no_show_rate"]));
        let kinds = KINDS.map(|kind| format!("time_allocation.{kind:?}"));
        prop_assert!(is_one(kinds.iter().map(String::as_str).collect()));
    }

    #[test]
    fn a_record_that_does_not_count_changes_no_kpi(
        case in cases(), activity in activities(), work in works(), far in 1_u64..400,
    ) {
        let before = figures(&case);
        for date in outside(case.scope, far) {
            let mut more = case.clone();
            more.activities.push(Raw { date, booked: None, ..activity.clone() });
            more.works.push(RawWork { on: date, ..work.clone() });
            prop_assert_eq!(&figures(&more), &before, "{}", date);
        }
    }

    #[test]
    fn flows_of_months_and_weeks_add_up(raw in many_raw(), works in many_works(), scope in scopes()) {
        let (activities, works) = (build(&raw), build_work(&works));
        let whole = ActivityTally::of(&activities, scope).unwrap();
        let work = WorkTally::of(&works, scope).unwrap();
        let months: Vec<Scope> = scope.months().take(60).collect();
        let weeks: Vec<Scope> = scope.weeks().take(60).collect();
        for pieces in [months, weeks].into_iter().filter(|pieces| pieces.len() < 60) {
            let series = ActivityTally::series(&activities, pieces.clone()).unwrap();
            let added = sum(series.iter().map(|piece| numbers(piece.totals())));
            prop_assert_eq!(added, numbers(whole.totals()));
            let series = WorkTally::series(&works, pieces).unwrap();
            let added = sum(series.iter().map(|piece| work_numbers(piece.totals())));
            prop_assert_eq!(added, work_numbers(work.totals()));
        }
    }

    /// The records behind a number can be listed: they are as many as the number says.
    #[test]
    fn what_counts_is_what_tallies_count(raw in many_raw(), works in many_works(), scope in scopes()) {
        let (activities, works) = (build(&raw), build_work(&works));
        let totals = *ActivityTally::of(&activities, scope).unwrap().totals();
        prop_assert_eq!(totals.records().unwrap(), activities.len() as u64);
        for kind in KINDS {
            let counted = activities.iter().filter(|a| a.kind() == kind && a.standing(scope).is_counted());
            prop_assert_eq!(totals.of(kind).unwrap().count, counted.clone().count() as u64);
            let timed = counted.clone().filter(|a| a.duration().is_some()).count() as u64;
            prop_assert_eq!(totals.of(kind).unwrap().timed, timed);
            prop_assert_eq!(totals.of(kind).unwrap().untimed(), counted.count() as u64 - timed);
        }
        let booked = activities.iter().filter(|a| a.standing(scope).is_booked());
        prop_assert_eq!(totals.meetings_booked().unwrap(), booked.count() as u64);
        let counted: Vec<_> = works.iter().filter(|work| work.standing(scope).is_counted()).collect();
        let known = counted.iter().filter(|work| work.selling().is_some()).count() as u64;
        let totals = *WorkTally::of(&works, scope).unwrap().totals();
        prop_assert_eq!(totals.records().unwrap(), works.len() as u64);
        prop_assert_eq!(totals.with_selling().unwrap(), known);
        prop_assert_eq!(totals.without_selling().unwrap(), counted.len() as u64 - known);
    }

    #[test]
    fn the_currency_plays_no_part(raw in many_raw(), works in many_works(), scope in scopes()) {
        let euros = Scope::new(scope.period(), Currency::EUR).as_of(scope.as_of_day()).unwrap();
        let activities = build(&raw);
        let [usd, eur] = [scope, euros].map(|s| *ActivityTally::of(&activities, s).unwrap().totals());
        prop_assert_eq!(usd, eur);
        let works = build_work(&works);
        let [usd, eur] = [scope, euros].map(|s| *WorkTally::of(&works, s).unwrap().totals());
        prop_assert_eq!(usd, eur);
    }

    /// What records add up to is accepted as ready-made totals.
    #[test]
    fn totals_of_records_are_totals(raw in many_raw(), works in many_works(), scope in scopes()) {
        let tally = ActivityTally::of(build(&raw), scope).unwrap();
        prop_assert_eq!(&ActivityTally::from_totals(scope, *tally.totals()).unwrap(), &tally);
        let tally = WorkTally::of(build_work(&works), scope).unwrap();
        prop_assert_eq!(&WorkTally::from_totals(scope, *tally.totals()).unwrap(), &tally);
    }
}

/// The days beside each bound: only those inside count.
#[test]
fn bounds_of_a_period_are_half_open() {
    let february = scope("2024-02");
    let late = february.as_of("2024-06-30".parse().unwrap()).unwrap();
    let early = february.as_of("2024-02-28".parse().unwrap()).unwrap();
    let cases = [
        ("2024-01-31", false, false),
        ("2024-02-01", true, true),
        ("2024-02-28", true, true),
        ("2024-02-29", true, false),
        ("2024-03-01", false, false),
    ];
    for (date, inside, by_then) in cases {
        for kind in KINDS {
            let activity = Raw::new(kind, date).activity("A-1");
            assert_eq!(activity.standing(february).is_counted(), inside, "{date}");
            assert_eq!(activity.standing(late).is_counted(), inside, "{date}");
            assert_eq!(activity.standing(early).is_counted(), by_then, "{date}");
        }
        let work = RawWork {
            rep: "ada",
            on: date.parse().unwrap(),
            working: 1,
            selling: None,
        };
        assert_eq!(
            work.work().standing(february).is_counted(),
            inside,
            "{date}"
        );
        assert_eq!(work.work().standing(early).is_counted(), by_then, "{date}");
    }
}
