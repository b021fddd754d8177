//! What holds for every KPI of leads, and for how leads stand.

use chrono::Datelike;
use proptest::prelude::*;
use sales_metrics::tally::LeadStanding;
use sales_metrics::tally::LeadTotals;
use sales_metrics::{Lead, LeadDetail, LeadTally, Length, Rate, Scope, TeamTally, When, kpi};

use super::oracle::{answers, cases, figures};
use super::{
    RawLead, at, build, calendar, in_working_time, instants, many_leads, many_raw_leads, raw_leads,
};
use crate::support::{config, day, q, scopes};

/// Counts that happen on a day, and so add up over time.
fn flows(totals: &LeadTotals) -> [u64; 8] {
    [
        totals.newly_qualified().unwrap(),
        totals.partner().unwrap(),
        totals.arrived().unwrap(),
        totals.marketing().unwrap(),
        totals.sales().unwrap(),
        totals.contacted().unwrap(),
        totals.newly_marketing_qualified().unwrap(),
        totals.newly_accepted().unwrap(),
    ]
}

/// A lead of years ago that is closed, or one that comes after the as-of day.
fn bystanders(raw: RawLead, scope: Scope) -> Vec<RawLead> {
    let mut found = Vec::new();
    let start = scope.period().start().min(scope.as_of_day());
    // In the previous one as well it must not count, for the growth rate.
    if start.year() > 1_970 && scope.period().days() < 400 {
        let gone = RawLead {
            arrived: at("1950-06-01T12:00:00Z"),
            first_touch: Some(at("1950-06-02T12:00:00Z")),
            disqualified: Some(day("1950-07-01")),
            ..raw.clone()
        };
        found.push(RawLead {
            attempts: Vec::new(),
            qualified: None,
            marketing_qualified: None,
            accepted: None,
            ..gone
        });
    }
    if scope.as_of_day().year() < 2_900 && scope.period().end().year() < 2_900 {
        let to_come = RawLead {
            arrived: at("2950-06-01T12:00:00Z"),
            first_touch: None,
            ..raw
        };
        found.push(RawLead {
            attempts: Vec::new(),
            qualified: None,
            marketing_qualified: None,
            accepted: None,
            ..to_come
        });
    }
    found
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn figures_stay_within_their_bounds(case in cases()) {
        for (name, value) in figures(&case) {
            let Ok(value) = value else { continue };
            let (zero, one) = (q(0, 1), q(1, 1));
            match name {
                "lead_velocity_rate" => prop_assert!(value >= -one),
                "close_rate" => prop_assert!(value >= zero),
                name if name.ends_with("_rate") || name == "response_compliance" => {
                    prop_assert!(zero <= value && value <= one, "{}", name);
                }
                name => prop_assert!(value >= zero, "{}", name),
            }
        }
    }

    #[test]
    fn undefined_exactly_when_the_row_says(case in cases()) {
        let expected = answers(&case);
        for (name, found) in figures(&case) {
            prop_assert_eq!(found.err(), expected[name].clone().err(), "{}", name);
        }
    }

    #[test]
    fn a_lead_that_does_not_count_changes_no_kpi(case in cases(), bystander in raw_leads()) {
        let before = figures(&case);
        for lead in bystanders(bystander, case.scope) {
            let mut more = case.clone();
            more.leads.push(lead);
            prop_assert_eq!(figures(&more), before.clone());
        }
    }

    #[test]
    fn flows_of_months_and_weeks_add_up(leads in many_leads(), scope in scopes()) {
        let whole = flows(LeadTally::of(&leads, scope).unwrap().totals());
        let pieces = [scope.months().take(60).collect::<Vec<_>>(), scope.weeks().take(60).collect()];
        for scopes in pieces.into_iter().filter(|scopes| scopes.len() < 60) {
            let mut sum = [0; 8];
            for piece in LeadTally::series(&leads, scopes).unwrap() {
                sum.iter_mut().zip(flows(piece.totals())).for_each(|(sum, part)| *sum += part);
            }
            prop_assert_eq!(sum, whole);
        }
    }

    /// The leads behind a number can be listed: they are as many as the number says.
    #[test]
    fn standings_are_what_tallies_count(leads in many_leads(), scope in scopes()) {
        let count = |counts: fn(LeadStanding) -> bool| {
            leads.iter().filter(|lead| counts(lead.standing(scope))).count() as u64
        };
        let totals = *LeadTally::of(&leads, scope).unwrap().totals();
        let given = LeadTotals::given().marketing(totals.marketing().unwrap()).sales(totals.sales().unwrap()).partner(totals.partner().unwrap()).newly_qualified(count(|s| s.is_newly_qualified()));
        let expected = given.records(leads.len() as u64).arrived(count(|s| s.is_arrived())).qualified(count(|s| s.is_arrived() && s.is_qualified())).converted(count(|s| s.is_arrived() && s.is_converted())).converted_undated(count(|s| s.is_arrived() && s.is_converted_undated())).disqualified_undated(count(|s| s.is_arrived() && s.is_disqualified_undated())).won(count(|s| s.is_arrived() && s.is_won())).disqualified(count(|s| s.is_arrived() && s.is_disqualified())).touched(count(|s| s.is_arrived() && s.is_touched())).cohort_open(count(|s| s.is_pending())).open(count(|s| s.is_open())).open_untouched(count(|s| s.is_open_untouched())).contacted(count(|s| s.is_contacted())).contacted_converted(count(|s| s.is_contacted() && s.is_converted()));
        let expected = expected.marketing_qualified(count(|s| s.is_arrived() && s.is_marketing_qualified()))
            .newly_marketing_qualified(count(|s| s.is_newly_marketing_qualified()))
            .marketing_accepted(count(|s| s.is_newly_marketing_qualified() && s.is_accepted()))
            .marketing_rejected(count(|s| s.is_newly_marketing_qualified() && s.is_rejected()))
            .newly_accepted(count(|s| s.is_newly_accepted()))
            .accepted_qualified(count(|s| s.is_newly_accepted() && s.is_sales_qualified()));
        prop_assert_eq!(totals, LeadTotals::from(expected));
    }

    #[test]
    fn a_standing_does_not_contradict_itself(raw in raw_leads(), scope in scopes()) {
        let standing = raw.lead("L-1").standing(scope);
        prop_assert!(!standing.is_won() || standing.is_converted());
        prop_assert!(!standing.is_contacted() || standing.is_touched());
        prop_assert!(!standing.is_newly_marketing_qualified() || standing.is_marketing_qualified());
        prop_assert!(!standing.is_sales_qualified() || standing.is_qualified());
        prop_assert!(!(standing.is_accepted() && standing.is_rejected()));
        prop_assert!(!standing.is_newly_accepted() || standing.is_accepted() || standing.is_rejected());
        // What is closed by the as-of day may have been open on the evening, but not the other way round.
        let closed = standing.is_converted() || standing.is_disqualified();
        prop_assert_eq!(standing.is_pending(), standing.is_arrived() && !closed);
        prop_assert!(!standing.is_pending() || standing.is_open());
        prop_assert!(scope.evening() != scope.as_of_day() || !(standing.is_open() && closed));
        prop_assert_eq!(standing.is_open(), standing.open_days().is_some());
        prop_assert!(!standing.is_open_untouched() || standing.is_open());
        let text = standing.to_string();
        prop_assert_eq!(text.starts_with("arrived"), standing.is_arrived());
        prop_assert_eq!(text.ends_with("; open on the evening"), standing.is_open());
        prop_assert_eq!(text.contains("untouched"), !standing.is_touched() && !standing.is_qualified()
            && !standing.is_converted() && !standing.is_disqualified() && !standing.is_marketing_qualified()
            && !standing.is_accepted() && !standing.is_rejected());
    }

    #[test]
    fn who_has_more_time_meets_more_in_time(
        leads in many_leads(), scope in scopes(), within in 0_u64..10_000_000_000_000, more in 0_u64..10_000_000_000_000,
    ) {
        let detail = LeadDetail::of(&leads, scope).unwrap();
        let (short, long) = (Length::micros(within), Length::micros(within + more));
        prop_assert!(detail.pending(short) <= detail.pending(long));
        prop_assert!(detail.due(short) >= detail.due(long));
        // Of the leads that have had the longer time, too.
        if detail.due(short) > detail.due(long) {
            return Ok(());
        }
        if let (Ok(short), Ok(long)) =
            (kpi::response_compliance(&detail, short), kpi::response_compliance(&detail, long))
        {
            prop_assert!(short <= long);
        }
    }

    #[test]
    fn working_time_is_a_part_of_all_time(leads in many_leads(), scope in scopes()) {
        let all = LeadDetail::of(&leads, scope).unwrap();
        let working = LeadDetail::of(&leads, in_working_time(scope)).unwrap();
        prop_assert_eq!(working.calendar(), Some(&calendar()));
        for p in [Rate::ZERO, Rate::HALF, Rate::ONE] {
            let (all, working) =
                (kpi::response_time_percentile(&all, p), kpi::response_time_percentile(&working, p));
            match (working, all) {
                (Ok(working), Ok(all)) => prop_assert!(working <= all),
                (working, all) => prop_assert_eq!(working, all),
            }
        }
        prop_assert_eq!(kpi::contact_persistence(&working, 7), kpi::contact_persistence(&all, 7));
    }

    #[test]
    fn responses_lie_between_the_quickest_and_the_slowest(leads in many_leads(), scope in scopes()) {
        let detail = LeadDetail::of(&leads, scope).unwrap();
        if let Ok(mean) = kpi::average_response_time(&detail) {
            let at = |p| kpi::response_time_percentile(&detail, p).unwrap();
            prop_assert!(at(Rate::ZERO) <= mean && mean <= at(Rate::ONE));
            prop_assert_eq!(kpi::median_response_time(&detail), Ok(at(Rate::HALF)));
        }
    }

    #[test]
    fn marketing_sales_and_partners_make_the_whole(leads in many_leads(), scope in scopes()) {
        let tally = LeadTally::of(&leads, scope).unwrap();
        if let (Ok(marketing), Ok(sales)) = (kpi::marketing_sourced_rate(&tally), kpi::sales_sourced_rate(&tally)) {
            let totals = tally.totals();
            let partner = sales_metrics::Decimal::from(totals.partner().unwrap()) / sales_metrics::Decimal::from(totals.known_origin().unwrap());
            let distance = marketing.fraction() + sales.fraction() + partner - sales_metrics::Decimal::ONE;
            prop_assert!(distance.abs() <= "0.000000000000000000000000001".parse().unwrap());
        }
    }

    #[test]
    fn older_leads_are_fewer(raw in many_raw_leads(), scope in scopes(), age in 0_u32..100) {
        let detail = LeadDetail::of(build(&raw), scope).unwrap();
        if let Ok(rate) = kpi::neglected_lead_rate(&detail, age) {
            prop_assert!(kpi::neglected_lead_rate(&detail, age + 1).unwrap() <= rate);
        }
        let team = TeamTally::new(crate::team::with_team(scope));
        let overloaded = |cap: u32| kpi::overloaded_reps(&detail, &team, cap.into()).unwrap();
        prop_assert!(overloaded(age + 1) <= overloaded(age));
    }

    /// In whatever order they are given.
    #[test]
    fn attempts_are_sorted_and_the_first_touch_is_the_earliest(
        arrived in instants(), (given, shuffled) in proptest::collection::vec(instants(), 0..6)
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let lead = |attempts: &[super::Instant]| {
            let lead = Lead::new("L-1", arrived).unwrap();
            attempts.iter().fold(lead, |lead, attempt| lead.with_attempt(*attempt).unwrap())
        };
        let lead_of = lead(&given);
        prop_assert_eq!(&lead_of, &lead(&shuffled));
        let mut sorted = given;
        sorted.sort();
        let sorted: Vec<When> = sorted.into_iter().map(When::from).collect();
        prop_assert_eq!(lead_of.attempts().collect::<Vec<_>>(), sorted.clone());
        prop_assert_eq!(lead_of.first_touch(), sorted.first().copied());
    }
}

/// The days beside each bound of a period: only those inside count.
#[test]
fn bounds_of_a_period_are_half_open() {
    let february = crate::support::scope("2024-02");
    let late = february.as_of(day("2024-06-30")).unwrap();
    let cases = [
        ("2024-01-31T23:59:59.999999+02:00", false),
        ("2024-02-01T00:00:00+02:00", true),
        ("2024-02-29T23:59:59.999999+02:00", true),
        ("2024-03-01T00:00:00+02:00", false),
    ];
    for (text, inside) in cases {
        let standing = RawLead::new(text).lead("L").standing(late);
        assert_eq!(standing.is_arrived(), inside, "{text}");
        let mut contacted = RawLead::new("2020-01-01T00:00:00+02:00");
        contacted.first_touch = Some(at(text));
        assert_eq!(
            contacted.lead("L").standing(late).is_contacted(),
            inside,
            "{text}"
        );
    }
}

/// On the evening of the as-of day, wherever each is written.
#[test]
fn the_as_of_day_is_an_evening() {
    let scope = crate::support::scope("2024-Q1")
        .as_of(day("2024-02-29"))
        .unwrap();
    let standing = |change: fn(&mut RawLead, &str), on: &str| {
        let mut raw = RawLead::new("2024-01-01T00:00:00-05:00");
        change(&mut raw, on);
        raw.lead("L").standing(scope)
    };
    for (on, by_then) in [("2024-02-29", true), ("2024-03-01", false)] {
        let converted = standing(|raw, on| raw.converted = Some(day(on)), on);
        assert_eq!(
            (converted.is_converted(), converted.is_open()),
            (by_then, !by_then)
        );
        let given_up = standing(|raw, on| raw.disqualified = Some(day(on)), on);
        assert_eq!(
            (given_up.is_disqualified(), given_up.is_open()),
            (by_then, !by_then)
        );
        let qualified = standing(|raw, on| raw.qualified = Some(day(on)), on);
        assert_eq!(
            (qualified.is_qualified(), qualified.is_open()),
            (by_then, true)
        );
    }
    // Its date is the one by which it is written, as in a place whose clocks have changed since the arrival.
    for (touch, by_then) in [
        ("2024-02-29T23:59:59.999999-05:00", true),
        ("2024-03-01T00:00:00-05:00", false),
        ("2024-02-29T23:59:59.999999-04:00", true),
        ("2024-03-01T00:00:00-04:00", false),
        ("2024-03-01T04:59:59Z", false),
    ] {
        let touched = standing(|raw, on| raw.first_touch = Some(at(on)), touch);
        assert_eq!(touched.is_touched(), by_then, "{touch}");
    }
    let arrived = |text| RawLead::new(text).lead("L").standing(scope).open_days();
    assert_eq!(arrived("2024-02-29T23:59:59-05:00"), Some(0));
    assert_eq!(arrived("2024-03-01T00:00:00-05:00"), None);
    // Won counts once it is converted, whatever the dates say.
    let odd = standing(
        |raw, on| (raw.converted, raw.won) = (Some(day("2024-03-01")), Some(day(on))),
        "2024-02-01",
    );
    assert!(!odd.is_won());
}

#[test]
fn how_a_lead_stands_in_words() {
    let scope = crate::support::scope("2024-Q1");
    let mut raw = RawLead::new("2024-01-01T00:00:00Z");
    let text = |raw: &RawLead| raw.lead("L").standing(scope).to_string();
    assert_eq!(
        text(&raw),
        "arrived in the period; untouched; open on the evening"
    );
    raw.first_touch = Some(at("2024-01-02T00:00:00Z"));
    (raw.qualified, raw.converted) = (Some(day("2024-01-03")), Some(day("2024-01-04")));
    (raw.won, raw.disqualified) = (Some(day("2024-01-05")), Some(day("2024-01-06")));
    let all = "arrived in the period; touched, qualified, converted, won, given up; closed by the evening";
    assert_eq!(text(&raw), all);
    let later = RawLead::new("2024-04-01T00:00:00Z");
    assert_eq!(
        text(&later),
        "did not arrive in the period; untouched; not here on the evening"
    );
}
