//! Ready-made totals: what no records can have is refused, and what is too much changes nothing.

use sales_metrics::tally::{
    ActivityTotals, CallOutcomes, Given, Logged, MeetingOutcomes, WorkTotals,
};
use sales_metrics::{
    ActivityKind, ActivityTally, ErrorKind, Length, Scope, TimeDelta, WorkTally, WorkTime, kpi,
};

use super::{KINDS, Raw};
use crate::support::{broken, complaint, day, kind_of, scope, too_many_records};

const LONGEST: u64 = i64::MAX as u64;

fn march() -> Scope {
    scope("2026-03")
}

fn logged(count: u64, timed: u64, micros: u64) -> Logged {
    Logged::some(count, timed, micros)
}

/// One of each kind.
fn calls() -> Given<CallOutcomes> {
    CallOutcomes::given()
        .connected(1)
        .positive(1)
        .voicemail(0)
        .missed(0)
        .callbacks(1)
        .outbound_known(0)
        .outbound_connected(0)
}

fn met_as() -> Given<MeetingOutcomes> {
    MeetingOutcomes::given()
        .booked(0)
        .held(1)
        .no_show(0)
        .cancelled(0)
        .rescheduled(0)
}

fn sound() -> Given<ActivityTotals> {
    ActivityTotals::given()
        .records(5)
        .calls(logged(1, 1, LONGEST))
        .emails(logged(1, 0, 0))
        .messages(logged(1, 1, 1))
        .meetings(logged(1, 0, 0))
        .others(logged(1, 1, 0))
        .call_outcomes(calls())
        .emails_answered(1)
        .meeting_outcomes(met_as())
        .meetings_booked(5)
}

#[test]
fn sums_of_time_are_told_as_lengths_of_time() {
    let hour = 3_600_000_000;
    assert_eq!(logged(3, 2, 7 * hour).time(), Length::hours(7));
    assert_eq!(logged(0, 0, 0).time(), Length::ZERO);
    assert_eq!(logged(2, 2, u64::MAX).time(), Length::micros(u64::MAX));
    let totals = WorkTotals::from(
        WorkTotals::given()
            .working_micros(78 * hour)
            .known_working_micros(40 * hour)
            .selling_micros(30 * hour),
    );
    assert_eq!(totals.working_time(), Ok(Length::hours(78)));
    assert_eq!(totals.selling_time(), Ok(Length::hours(30)));
}

#[test]
fn every_rule_of_activity_totals_is_named() {
    let base = sound();
    assert!(ActivityTally::from_totals(march(), base).is_ok());
    let looked = "records are all activities looked at: at least those of every kind together";
    let timed = "timed activities are at most the count, and their durations at most 2^63 - 1 microseconds each";
    let called = "connected, voicemail and missed are parts of calls, as callbacks are; positive is a part of connected";
    let out = "outbound_known is a part of connected, voicemail and missed; outbound_connected a part of it";
    let met = "meeting outcomes add up to the count of meetings";
    let calls = calls();
    let met_as = met_as();
    let wrong = [
        (base.records(10_000_000_001), "records are at most 10^10"),
        (base.records(4), looked),
        (base.others(logged(2, 0, 0)), looked),
        (
            base.others(logged(u64::MAX, 0, 0))
                .messages(logged(u64::MAX, 0, 0)),
            looked,
        ),
        (base.calls(logged(1, 2, 0)), timed),
        (base.emails(logged(1, 0, 1)), timed),
        (base.messages(logged(1, 1, LONGEST + 1)), timed),
        (base.meetings(logged(1, 2, 0)), timed),
        (base.others(logged(1, 2, 0)), timed),
        (base.call_outcomes(calls.voicemail(1)), called),
        (base.call_outcomes(calls.missed(1)), called),
        (base.call_outcomes(calls.callbacks(2)), called),
        (base.call_outcomes(calls.positive(2)), called),
        (base.call_outcomes(calls.connected(0)), called),
        (base.call_outcomes(calls.missed(u64::MAX)), called),
        (base.call_outcomes(calls.outbound_known(1)), called),
        (
            base.call_outcomes(calls.callbacks(0).outbound_known(1)),
            out,
        ),
        (
            base.call_outcomes(calls.callbacks(0).outbound_connected(1)),
            out,
        ),
        (
            base.meetings_booked(6),
            "meetings_booked are among the records",
        ),
        (
            base.emails_answered(2),
            "emails_answered is a part of emails",
        ),
        (base.meeting_outcomes(MeetingOutcomes::default()), met),
        (base.meeting_outcomes(met_as.booked(1)), met),
        (base.meeting_outcomes(met_as.no_show(u64::MAX)), met),
    ];
    for (totals, rule) in wrong {
        assert_eq!(
            complaint(ActivityTally::from_totals(march(), totals)),
            broken(rule),
            "{totals:?}"
        );
    }
}

#[test]
fn every_rule_of_work_totals_is_named() {
    let base = WorkTotals::given()
        .records(2)
        .with_selling(1)
        .without_selling(1)
        .working_micros(100)
        .known_working_micros(60)
        .selling_micros(60);
    assert!(WorkTally::from_totals(march(), base).is_ok());
    let looked =
        "records are all that were looked at: at least those with and without selling time";
    let parts = "known_working_micros is a part of working_micros, and selling_micros a part of it";
    let fits = "working time is that of the records with and without selling time, at most 2^63 - 1 microseconds each";
    let wrong = [
        (base.records(10_000_000_001), "records are at most 10^10"),
        (base.records(1), looked),
        (
            base.without_selling(u64::MAX).with_selling(u64::MAX),
            looked,
        ),
        (base.known_working_micros(101), parts),
        (base.selling_micros(61), parts),
        (base.with_selling(0), fits),
        (base.without_selling(0), fits),
        (base.working_micros(61 + LONGEST), fits),
        (
            base.working_micros(u64::MAX)
                .known_working_micros(LONGEST + 1),
            fits,
        ),
    ];
    for (totals, rule) in wrong {
        assert_eq!(
            complaint(WorkTally::from_totals(march(), totals)),
            broken(rule),
            "{totals:?}"
        );
    }
}

/// Two of the longest fit, and two microseconds less than the bound of 2⁶⁴ beside them; a third does not, whatever it is.
#[test]
fn a_sum_of_time_that_is_too_much_changes_nothing() {
    for kind in KINDS {
        let long = Raw {
            duration: Some(LONGEST),
            ..Raw::new(kind, "2026-03-09")
        }
        .activity("A-1");
        let two = Raw {
            duration: Some(2),
            ..Raw::new(kind, "2026-03-09")
        }
        .activity("A-2");
        let mut tally = ActivityTally::of([&long, &long], march()).unwrap();
        let before = tally.clone();
        assert!(kind_of(&tally.record(&two)) == Some(ErrorKind::TotalTooLarge));
        assert_eq!(tally, before);
        let other = ActivityTally::of([&two], march()).unwrap();
        assert!(kind_of(&tally.merge(&other)) == Some(ErrorKind::TotalTooLarge));
        assert_eq!(tally, before);
        let mut other = ActivityTally::of([&long, &two], march()).unwrap();
        let small = other.clone();
        assert!(other.merge(&tally).is_err());
        assert_eq!(other, small);
        // Outside of the window its duration is not added.
        tally
            .record(
                &Raw {
                    duration: Some(2),
                    ..Raw::new(kind, "2026-04-09")
                }
                .activity("A-3"),
            )
            .unwrap();
        assert_eq!(tally.totals().of(kind).unwrap().micros, u64::MAX - 1);
    }
}

#[test]
fn working_time_that_is_too_much_changes_nothing() {
    let work = |micros: i64| {
        let length = TimeDelta::microseconds(micros);
        let work = WorkTime::new("ada", day("2026-03-06"), length).unwrap();
        work.with_selling(length).unwrap()
    };
    let mut tally = WorkTally::of([work(i64::MAX), work(i64::MAX), work(1)], march()).unwrap();
    assert_eq!(tally.totals().selling_micros().unwrap(), u64::MAX);
    let before = tally.clone();
    assert!(kind_of(&tally.record(&work(1))) == Some(ErrorKind::TotalTooLarge));
    let other = WorkTally::of([work(1)], march()).unwrap();
    assert!(kind_of(&tally.merge(&other)) == Some(ErrorKind::TotalTooLarge));
    assert_eq!(tally, before);
}

/// The last record that fits, and the one after it.
#[test]
fn a_tally_takes_ten_billion_records_and_no_more() {
    let totals = ActivityTotals::given().records(9_999_999_999);
    let mut tally = ActivityTally::from_totals(march(), totals).unwrap();
    let call = Raw::new(ActivityKind::Call, "2026-03-09").activity("A-1");
    tally.record(&call).unwrap();
    let before = tally.clone();
    assert_eq!(complaint(tally.record(&call)), too_many_records());
    let one = ActivityTally::of([&call], march()).unwrap();
    assert_eq!(complaint(tally.merge(&one)), too_many_records());
    assert_eq!(tally, before);

    let totals = WorkTotals::given().records(9_999_999_999);
    let mut tally = WorkTally::from_totals(march(), totals).unwrap();
    let work = WorkTime::new("ada", day("2026-03-06"), TimeDelta::hours(8)).unwrap();
    tally.record(&work).unwrap();
    let before = tally.clone();
    assert_eq!(complaint(tally.record(&work)), too_many_records());
    let one = WorkTally::of([&work], march()).unwrap();
    assert_eq!(complaint(tally.merge(&one)), too_many_records());
    assert_eq!(tally, before);
}

/// The largest totals are still read out exactly.
#[test]
fn the_largest_sums_of_time() {
    let most = logged(10, 10, u64::MAX);
    let totals = ActivityTotals::given()
        .records(50)
        .calls(most)
        .emails(most)
        .messages(most)
        .meetings(most)
        .others(most)
        .meeting_outcomes(MeetingOutcomes::given().held(10));
    let tally = ActivityTally::from_totals(march(), totals).unwrap();
    for kind in KINDS {
        assert_eq!(
            kpi::time_allocation(&tally, kind).unwrap().to_string(),
            "20%"
        );
    }
    let average = Length::micros(1_844_674_407_370_955_162);
    assert_eq!(kpi::average_call_duration(&tally), Ok(average));
    let text = serde_json::to_string(&tally).unwrap();
    assert_eq!(serde_json::from_str::<ActivityTally>(&text).unwrap(), tally);
    assert!(size_of::<ActivityTally>() < 512);
}
