//! Every KPI of activities and of working time a second time: from the plain data, over exact fractions.

use std::collections::BTreeMap;

use chrono::Days;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::{
    ActivityKind, ActivityTally, DealTally, Decimal, Disposition, Length, MeetingStatus, Outcome,
    Scope, Undefined, WorkTally, kpi,
};

use super::{KINDS, Raw, RawWork, build, build_work, many_raw, many_works};
use crate::support::{self, Q, config, day, exact, q, scopes, tiny};

type Answer = Result<Q, Undefined>;
type Answers = BTreeMap<String, Answer>;

#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) activities: Vec<Raw>,
    pub(super) works: Vec<RawWork>,
    pub(super) deals: Vec<support::Raw>,
    pub(super) scope: Scope,
    /// Of the call capacity, in microseconds.
    pub(super) working: u64,
    pub(super) per_call: u64,
}

pub(super) fn cases() -> impl Strategy<Value = Case> {
    let hour = 3_600_000_000_u64;
    let micros = || {
        prop_oneof![
            select(vec![0, 1, 600_000_000, 8 * hour, u64::MAX]),
            0..=10 * hour,
        ]
    };
    let deals = proptest::collection::vec(support::deals_up_to(1_000_000), 0..=8);
    (
        many_raw(),
        many_works(),
        deals,
        scopes(),
        micros(),
        micros(),
    )
        .prop_map(
            |(activities, works, deals, scope, working, per_call)| Case {
                activities,
                works,
                deals,
                scope,
                working,
                per_call,
            },
        )
}

/// Everything as the crate has it, lengths in microseconds.
pub(super) fn figures(case: &Case) -> Answers {
    let activities = ActivityTally::of(build(&case.activities), case.scope).unwrap();
    let work = WorkTally::of(build_work(&case.works), case.scope).unwrap();
    let deals = DealTally::of(support::build(&case.deals), case.scope).unwrap();
    let rate = |rate: Result<sales_metrics::Rate, Undefined>| rate.map(|r| exact(r.fraction()));
    let mean = |a: Result<sales_metrics::Average, Undefined>| a.map(|a| exact(a.decimal()));
    let percent = |p: Result<sales_metrics::Percent, Undefined>| p.map(|p| exact(p.fraction()));
    let length = |l: Result<Length, Undefined>| l.map(|l| q(l.to_micros(), 1));
    let reason = |error: sales_metrics::Error| {
        error
            .undefined()
            .unwrap_or_else(|| panic!("good input was refused: {error}"))
    };
    let to_win = kpi::call_to_win_rate(&deals, &activities).map_err(reason);
    let per_deal = kpi::meetings_per_opportunity(&activities, &deals).map_err(reason);
    let micros = Length::micros;
    let capacity = kpi::call_capacity(micros(case.working), micros(case.per_call));
    let mut all: Answers = [
        (
            "average_call_duration",
            length(kpi::average_call_duration(&activities)),
        ),
        (
            "positive_call_rate",
            rate(kpi::positive_call_rate(&activities)),
        ),
        ("callback_rate", percent(kpi::callback_rate(&activities))),
        (
            "meeting_booked_rate",
            percent(kpi::meeting_booked_rate(&activities)),
        ),
        ("connect_rate", rate(kpi::connect_rate(&activities))),
        (
            "meetings_booked",
            kpi::meetings_booked(&activities).map(|count| q(count, 1)),
        ),
        (
            "calls_per_meeting",
            mean(kpi::calls_per_meeting(&activities)),
        ),
        (
            "emails_per_meeting",
            mean(kpi::emails_per_meeting(&activities)),
        ),
        ("meetings_per_opportunity", mean(per_deal)),
        ("call_to_win_rate", percent(to_win)),
        ("email_reply_rate", rate(kpi::email_reply_rate(&activities))),
        (
            "call_capacity",
            capacity.map(|calls| exact(Decimal::from(calls))),
        ),
        ("no_show_rate", rate(kpi::no_show_rate(&activities))),
        ("show_rate", rate(kpi::show_rate(&activities))),
        ("selling_time", length(kpi::selling_time(&work))),
        ("selling_time_rate", rate(kpi::selling_time_rate(&work))),
    ]
    .map(|(name, answer)| (name.to_owned(), answer))
    .into();
    for kind in KINDS {
        let share = rate(kpi::time_allocation(&activities, kind));
        all.insert(format!("time_allocation.{kind:?}"), share);
    }
    all
}

fn ratio(part: usize, whole: usize, reason: Undefined) -> Answer {
    if whole == 0 {
        Err(reason)
    } else {
        Ok(q(part, whole))
    }
}

fn sum(lengths: impl Iterator<Item = u64>) -> Q {
    lengths.fold(q(0, 1), |sum, length| sum + q(length, 1))
}

fn is_counted(scope: Scope, on: chrono::NaiveDate) -> bool {
    let period = scope.period();
    period.start() <= on && on < period.end() && on <= scope.as_of_day()
}

/// The other side was reached.
fn reached(raw: &Raw) -> bool {
    use Disposition::{Missed, Negative, Neutral, Positive, Voicemail};
    match raw.disposition {
        Some(Positive | Neutral | Negative) => true,
        Some(Voicemail | Missed) | None => false,
        Some(other) => panic!("a new one: {other:?}"),
    }
}

/// Half away from zero, to a whole number.
fn rounded(value: &Q) -> Q {
    (value + q(1, 2)).floor()
}

fn of_calls(calls: &[&Raw], all: &mut Answers) -> usize {
    let with = |disposition| {
        calls
            .iter()
            .filter(|c| c.disposition == Some(disposition))
            .count()
    };
    let connected = calls.iter().filter(|call| reached(call)).count();
    let unreached = with(Disposition::Voicemail) + with(Disposition::Missed);
    let callbacks = calls.iter().filter(|call| call.callback).count();
    let timed: Vec<u64> = calls.iter().filter_map(|call| call.duration).collect();
    let average = match (calls.len(), timed.len()) {
        (0, _) => Err(Undefined::NoCalls),
        (_, 0) => Err(Undefined::NoTimedCalls),
        (_, n) => Ok(rounded(&(sum(timed.into_iter()) / q(n, 1)))),
    };
    all.insert("average_call_duration".to_owned(), average);
    let positive = ratio(
        with(Disposition::Positive),
        connected,
        Undefined::NoConnectedCalls,
    );
    all.insert("positive_call_rate".to_owned(), positive);
    let back = ratio(callbacks, unreached, Undefined::NothingToCallBack);
    all.insert("callback_rate".to_owned(), back);
    // A callback came in, whatever else it says.
    let out = calls.iter().filter(|call| !call.inbound && !call.callback);
    let known: Vec<_> = out.filter(|call| call.disposition.is_some()).collect();
    let reached_out = known.iter().filter(|call| reached(call)).count();
    let none = Undefined::NoKnownCallsOut;
    let connect = ratio(reached_out, known.len(), none);
    all.insert("connect_rate".to_owned(), connect);
    connected
}

/// Meetings that stand, by the day on which they were booked, where that is known.
fn booked(case: &Case) -> usize {
    let stands = |raw: &&Raw| {
        raw.kind == ActivityKind::Meeting && raw.status != Some(MeetingStatus::Rescheduled)
    };
    let days = case.activities.iter().filter(stands).map(|raw| {
        let early = raw.booked.map(|days| raw.date - Days::new(days));
        early.map_or(raw.date, |early| early.max(day("1900-01-01")))
    });
    days.filter(|on| is_counted(case.scope, *on)).count()
}

/// What the meetings booked took, and what came of them.
fn of_booking(case: &Case, [calls, connected, emails]: [usize; 3], all: &mut Answers) {
    let booked = booked(case);
    let created = case.deals.iter().filter(|deal| {
        let is_credit = deal.is_negative && matches!(deal.outcome, Outcome::Won { .. });
        !deal.is_undated && !is_credit && is_counted(case.scope, deal.created)
    });
    let none = Undefined::NoMeetingsBooked;
    let answers = [
        ("meetings_booked", Ok(q(booked, 1))),
        (
            "meeting_booked_rate",
            ratio(booked, connected, Undefined::NoConnectedCalls),
        ),
        ("calls_per_meeting", ratio(calls, booked, none)),
        ("emails_per_meeting", ratio(emails, booked, none)),
        (
            "meetings_per_opportunity",
            ratio(booked, created.count(), Undefined::NoDealsCreated),
        ),
    ];
    all.extend(answers.map(|(name, answer)| (name.to_owned(), answer)));
}

fn of_meetings(meetings: &[&Raw], all: &mut Answers) {
    let status = |raw: &Raw| raw.status.unwrap_or(MeetingStatus::Booked);
    let with = |wanted| meetings.iter().filter(|m| status(m) == wanted).count();
    let (held, missed) = (with(MeetingStatus::Held), with(MeetingStatus::NoShow));
    let none = Undefined::NoMeetingsDue;
    all.insert(
        "no_show_rate".to_owned(),
        ratio(missed, held + missed, none),
    );
    all.insert("show_rate".to_owned(), ratio(held, held + missed, none));
}

fn of_time(counted: &[&Raw], all: &mut Answers) {
    let timed: Vec<&&Raw> = counted
        .iter()
        .filter(|raw| raw.duration.is_some())
        .collect();
    let whole = sum(timed.iter().filter_map(|raw| raw.duration));
    for kind in KINDS {
        let of_kind = timed.iter().filter(|raw| raw.kind == kind);
        let part = sum(of_kind.filter_map(|raw| raw.duration));
        let share = if timed.is_empty() {
            Err(Undefined::NoTimedActivities)
        } else if whole == q(0, 1) {
            Err(Undefined::ZeroDuration)
        } else {
            Ok(part / &whole)
        };
        all.insert(format!("time_allocation.{kind:?}"), share);
    }
}

fn of_work(case: &Case, all: &mut Answers) {
    let counted = || {
        case.works
            .iter()
            .filter(|work| is_counted(case.scope, work.on))
    };
    let known: Vec<_> = counted()
        .filter_map(|work| Some((work.working, work.selling?)))
        .collect();
    let (working, selling) = (
        sum(known.iter().map(|k| k.0)),
        sum(known.iter().map(|k| k.1)),
    );
    let known = match (counted().count(), known.len()) {
        (0, _) => Err(Undefined::NoWorkingTime),
        (_, 0) => Err(Undefined::SellingTimeUnknown),
        _ => Ok(()),
    };
    all.insert("selling_time".to_owned(), known.map(|()| selling.clone()));
    let share = known.and_then(|()| {
        if working == q(0, 1) {
            Err(Undefined::ZeroWorkingTime)
        } else {
            Ok(selling / working)
        }
    });
    all.insert("selling_time_rate".to_owned(), share);
}

fn capacity(case: &Case) -> Answer {
    if case.per_call == 0 {
        return Err(Undefined::CallTimeNotPositive);
    }
    Ok(q(case.working, case.per_call).floor())
}

pub(super) fn answers(case: &Case) -> Answers {
    let mut all = Answers::new();
    let counted: Vec<&Raw> = case
        .activities
        .iter()
        .filter(|raw| is_counted(case.scope, raw.date))
        .collect();
    let of = |kind| -> Vec<&Raw> {
        counted
            .iter()
            .copied()
            .filter(|raw| raw.kind == kind)
            .collect()
    };
    let (calls, emails) = (of(ActivityKind::Call), of(ActivityKind::Email));
    let connected = of_calls(&calls, &mut all);
    of_booking(case, [calls.len(), connected, emails.len()], &mut all);
    of_meetings(&of(ActivityKind::Meeting), &mut all);
    of_time(&counted, &mut all);
    of_work(case, &mut all);
    let won = case
        .deals
        .iter()
        .filter(|deal| matches!(deal.outcome, Outcome::Won { on } if is_counted(case.scope, on)));
    all.insert(
        "call_to_win_rate".to_owned(),
        ratio(won.count(), calls.len(), Undefined::NoCalls),
    );
    let answered = emails.iter().filter(|email| reached(email)).count();
    all.insert(
        "email_reply_rate".to_owned(),
        ratio(answered, emails.len(), Undefined::NoEmails),
    );
    all.insert("call_capacity".to_owned(), capacity(case));
    all
}

proptest! {
    #![proptest_config(config(640))]

    #[test]
    fn every_kpi_is_what_the_plain_data_say(case in cases()) {
        let expected = answers(&case);
        let found = figures(&case);
        prop_assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (name, found) in &found {
            match (found, &expected[name]) {
                (Ok(found), Ok(expected)) => {
                    let whole = ["average_call_duration", "call_capacity", "selling_time"];
                    let off = if found > expected { found - expected } else { expected - found };
                    // One division: 28 significant digits and at most 28 decimals. What is whole is exact.
                    let allowed = if whole.contains(&name.as_str()) { q(0, 1) } else { expected * tiny(27) + tiny(28) };
                    prop_assert!(off <= allowed, "{}: {} and not {}", name, found, expected);
                }
                (found, expected) => prop_assert_eq!(found, expected, "{}", name),
            }
        }
    }
}

/// The names of what is computed a second time here, for some case.
pub(crate) fn recomputed(runner: &mut TestRunner) -> Vec<String> {
    let case = cases().new_tree(runner).unwrap().current();
    answers(&case).into_keys().collect()
}

/// The cases reach every KPI and every reason; else the comparison above would say little.
#[test]
fn cases_reach_every_answer() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut reasons = std::collections::BTreeSet::new();
    for _ in 0..1_500 {
        let case = cases().new_tree(&mut runner).unwrap().current();
        for (name, answer) in answers(&case) {
            let (good, none) = seen.entry(name).or_default();
            match answer {
                Ok(_) => *good += 1,
                Err(reason) => {
                    *none += 1;
                    reasons.insert(reason);
                }
            }
        }
    }
    for (name, (good, none)) in &seen {
        assert!(
            *good > 100 && (*none > 50 || name == "meetings_booked"),
            "{name}: {good} answers, {none} reasons"
        );
    }
    assert_eq!(reasons.len(), 15, "{reasons:?}");
}
