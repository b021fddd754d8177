//! The worked examples of the catalogue, and the wrong answers that are popular.

use sales_metrics::{
    Activity, ActivityKind, ActivityTally, Currency, DealTally, Disposition, ErrorKind, Length,
    MeetingStatus, Outcome, Scope, TimeDelta, Undefined, WorkTally, WorkTime, kpi,
};

use super::{DISPOSITIONS, Raw, STATUSES, at, build};
use crate::support::{self, complaint, day, kind_of, scope};

fn march() -> Scope {
    scope("2026-03")
}

/// So many calls on one day, each of a disposition.
fn calls(number: usize, disposition: Disposition) -> Vec<Raw> {
    let mut raw = Raw::new(ActivityKind::Call, "2026-03-09");
    raw.disposition = Some(disposition);
    vec![raw; number]
}

fn meetings(number: usize, status: MeetingStatus) -> Vec<Raw> {
    let mut raw = Raw::new(ActivityKind::Meeting, "2026-03-16");
    raw.status = Some(status);
    vec![raw; number]
}

fn lasting(micros: &[u64]) -> Vec<Raw> {
    let call = |micros: &u64| Raw {
        duration: Some(*micros),
        ..Raw::new(ActivityKind::Call, "2026-03-09")
    };
    micros.iter().map(call).collect()
}

fn tally(raw: &[Vec<Raw>]) -> ActivityTally {
    ActivityTally::of(build(&raw.concat()), march()).unwrap()
}

fn week(working: u64, selling: u64) -> WorkTime {
    let hours = Length::hours;
    let week = WorkTime::new("ada", day("2026-03-06"), hours(working)).unwrap();
    week.with_selling(hours(selling)).unwrap()
}

#[test]
fn eight_hours_at_ten_minutes_are_48_calls_and_not_50() {
    let capacity = kpi::call_capacity(Length::hours(8), Length::minutes(10));
    assert_eq!(capacity, Ok(48));
}

#[test]
fn thirty_hours_of_forty_are_75_percent() {
    let work = WorkTally::of([week(40, 30)], march()).unwrap();
    assert_eq!(kpi::selling_time_rate(&work).unwrap().to_string(), "75%");
    assert_eq!(kpi::selling_time(&work), Ok(Length::hours(30)));
}

#[test]
fn call_capacity_counts_whole_calls() {
    let minutes = Length::minutes;
    let micros = |off: i64| Length::micros(600_000_000_u64.checked_add_signed(off).unwrap());
    let longest = Length::micros(u64::MAX);
    let cases = [
        (minutes(0), minutes(10), Ok(0)),
        (minutes(9), minutes(10), Ok(0)),
        (minutes(10), minutes(10), Ok(1)),
        (micros(-1), minutes(10), Ok(0)),
        (minutes(20), micros(1), Ok(1)),
        (minutes(20), micros(-1), Ok(2)),
        (minutes(1), minutes(0), Err(Undefined::CallTimeNotPositive)),
        (minutes(0), minutes(0), Err(Undefined::CallTimeNotPositive)),
        (longest, Length::micros(1), Ok(u64::MAX)),
        (longest, longest, Ok(1)),
        (longest, Length::micros(1_000), Ok(u64::MAX / 1_000)),
    ];
    for (working, per_call, expected) in cases {
        assert_eq!(
            kpi::call_capacity(working, per_call),
            expected,
            "{working} / {per_call}"
        );
    }
}

/// The mistake: dividing by every call, as if an unknown duration were 0.
#[test]
fn an_unknown_duration_taken_as_zero() {
    let untimed = vec![Raw::new(ActivityKind::Call, "2026-03-09"); 10];
    let calls = tally(&[lasting(&[240_000_000, 360_000_000]), untimed]);
    assert_eq!(kpi::average_call_duration(&calls), Ok(Length::minutes(5)));
    assert_eq!(calls.totals().calls().unwrap().untimed(), 10);
}

/// The mistake: leaving out calls that were measured to last no time.
#[test]
fn a_duration_of_zero_taken_as_unknown() {
    let calls = tally(&[lasting(&[0, 240_000_000])]);
    assert_eq!(kpi::average_call_duration(&calls), Ok(Length::minutes(2)));
}

#[test]
fn a_mean_is_rounded_half_away_from_zero() {
    let cases: [(&[u64], u64); 6] = [
        (&[0, 1], 1),
        (&[1, 2], 2),
        (&[0, 0, 1], 0),
        (&[0, 1, 1], 1),
        (&[2, 3, 2, 2], 2),
        (&[i64::MAX as u64, i64::MAX as u64], i64::MAX as u64),
    ];
    for (micros, mean) in cases {
        let average = kpi::average_call_duration(&tally(&[lasting(micros)]));
        assert_eq!(average, Ok(Length::micros(mean)), "{micros:?}");
    }
}

/// The mistake: all dials in the denominator, reached or not.
#[test]
fn unreached_calls_in_the_rate_of_positive_ones() {
    use Disposition::{Missed, Negative, Neutral, Positive, Voicemail};
    let unknown = vec![Raw::new(ActivityKind::Call, "2026-03-09"); 10];
    let all = tally(&[
        calls(3, Positive),
        calls(2, Neutral),
        calls(1, Negative),
        calls(20, Voicemail),
        calls(10, Missed),
        unknown,
    ]);
    assert_eq!(kpi::positive_call_rate(&all).unwrap().to_string(), "50%");
    assert_eq!(all.totals().calls().unwrap().count, 46);
}

/// The mistake: the mean of the reps' rates.
#[test]
fn the_mean_of_two_rates() {
    let ada = calls(1, Disposition::Positive);
    let ben = calls(9, Disposition::Negative);
    let rate = |raw: Vec<Raw>| kpi::positive_call_rate(&tally(&[raw])).unwrap().to_string();
    assert_eq!(
        (rate(ada.clone()), rate(ben.clone())),
        ("100%".into(), "0%".into())
    );
    assert_eq!(rate([ada, ben].concat()), "10%");
}

/// The same of selling time: 30 of 40 hours and 0 of 10 are 60 %, not the mean 37.5 %.
#[test]
fn the_mean_of_two_shares_of_selling_time() {
    let work = WorkTally::of([week(40, 30), week(10, 0)], march()).unwrap();
    assert_eq!(kpi::selling_time_rate(&work).unwrap().to_string(), "60%");
}

/// The mistake: working time of which nobody knows how much was selling in the denominator.
#[test]
fn unknown_selling_time_taken_as_none() {
    let unknown = WorkTime::new("ben", day("2026-03-06"), TimeDelta::hours(40)).unwrap();
    let work = WorkTally::of([week(40, 30), unknown], march()).unwrap();
    assert_eq!(kpi::selling_time_rate(&work).unwrap().to_string(), "75%");
    assert_eq!(kpi::selling_time(&work), Ok(Length::hours(30)));
    let totals = work.totals();
    assert_eq!(
        (
            totals.with_selling().unwrap(),
            totals.without_selling().unwrap()
        ),
        (1, 1)
    );
    assert_eq!(totals.working_micros().unwrap(), 80 * 3_600_000_000);
    assert_eq!(totals.known_working_micros().unwrap(), 40 * 3_600_000_000);
}

/// Nobody worked, and nobody sold: 0 hours, and no share of them.
#[test]
fn no_work_is_no_rate() {
    let work = WorkTally::of([week(0, 0)], march()).unwrap();
    assert_eq!(kpi::selling_time(&work), Ok(Length::ZERO));
    assert_eq!(
        kpi::selling_time_rate(&work),
        Err(Undefined::ZeroWorkingTime)
    );
}

#[test]
fn more_selling_than_working_is_refused() {
    let week = week(40, 40);
    let refused = week.with_selling(TimeDelta::hours(40) + TimeDelta::microseconds(1));
    assert!(
        kind_of(&refused) == Some(ErrorKind::SellingBeyondWorking),
        "{refused:?}"
    );
}

/// The longest that two records can hold is told to the microsecond.
#[test]
fn endless_selling_time() {
    let longest = TimeDelta::microseconds(i64::MAX);
    let work = WorkTime::new("ada", day("2026-03-06"), longest)
        .and_then(|work| work.with_selling(longest))
        .unwrap();
    let once = WorkTally::of([&work], march()).unwrap();
    assert_eq!(kpi::selling_time(&once).map(TimeDelta::from), Ok(longest));
    let twice = WorkTally::of([&work, &work], march()).unwrap();
    assert_eq!(kpi::selling_time(&twice), Ok(Length::micros(u64::MAX - 1)));
    assert_eq!(kpi::selling_time_rate(&twice).unwrap().to_string(), "100%");
}

/// The mistake: cancelled and rescheduled meetings as no-shows, or as due.
#[test]
fn a_cancelled_meeting_as_a_no_show() {
    use MeetingStatus::{Booked, Cancelled, Held, NoShow, Rescheduled};
    let all = tally(&[
        meetings(12, Held),
        meetings(3, NoShow),
        meetings(4, Cancelled),
        meetings(5, Rescheduled),
        meetings(6, Booked),
    ]);
    assert_eq!(kpi::no_show_rate(&all).unwrap().to_string(), "20%");
    assert_eq!(kpi::show_rate(&all).unwrap().to_string(), "80%");
    assert_eq!(all.totals().meetings().unwrap().count, 30);
}

/// The mistake: counting a meeting anew each time it is put off.
#[test]
fn a_rescheduled_meeting_counted_twice() {
    use MeetingStatus::{Booked, Cancelled, Held, NoShow, Rescheduled};
    let all = |rescheduled| {
        let apart = [Held, NoShow, Cancelled, Booked]
            .map(|status| meetings(1, status))
            .concat();
        let all = [
            calls(8, Disposition::Neutral),
            apart,
            meetings(rescheduled, Rescheduled),
        ];
        kpi::meeting_booked_rate(&tally(&all)).unwrap().to_string()
    };
    assert_eq!(all(0), "50%");
    assert_eq!(all(7), "50%");
}

/// Meetings can come about without calls.
#[test]
fn more_meetings_than_conversations() {
    let all = tally(&[
        calls(2, Disposition::Positive),
        meetings(3, MeetingStatus::Held),
    ]);
    assert_eq!(kpi::meeting_booked_rate(&all).unwrap().to_string(), "150%");
}

#[test]
fn callbacks_are_held_against_voicemails_and_missed_calls() {
    let mut back = calls(3, Disposition::Positive);
    for call in &mut back {
        call.callback = true;
    }
    let all = tally(&[
        back,
        calls(15, Disposition::Voicemail),
        calls(45, Disposition::Missed),
        calls(100, Disposition::Negative),
    ]);
    assert_eq!(kpi::callback_rate(&all).unwrap().to_string(), "5%");
    // A callback is a call as any other besides.
    assert_eq!(all.totals().calls().unwrap().count, 163);
    assert_eq!(
        all.totals().call_outcomes().unwrap().connected().unwrap(),
        103
    );
}

#[test]
fn a_disposition_of_an_email_is_an_answer() {
    let all: Vec<Raw> = DISPOSITIONS
        .into_iter()
        .map(Some)
        .chain([None])
        .map(|disposition| Raw {
            disposition,
            ..Raw::new(ActivityKind::Email, "2026-03-09")
        })
        .collect();
    assert_eq!(
        kpi::email_reply_rate(&tally(&[all])).unwrap().to_string(),
        "50%"
    );
}

/// The mistake: connected calls only, or the wins of another period.
#[test]
fn wins_are_held_against_all_calls() {
    let won = Outcome::Won {
        on: day("2026-03-31"),
    };
    let deals = support::build(&vec![support::Raw::new("2026-01-07", won); 2]);
    let deals = DealTally::of(deals, march()).unwrap();
    let dialled = [
        calls(2, Disposition::Positive),
        calls(198, Disposition::Missed),
    ];
    let dialled = tally(&dialled);
    assert_eq!(
        kpi::call_to_win_rate(&deals, &dialled).unwrap().to_string(),
        "1%"
    );
    let other = ActivityTally::new(scope("2026-Q1"));
    let text = format!(
        "the tally of the activities is of {}, but {} was asked for; tally it in that scope",
        scope("2026-Q1"),
        march()
    );
    let refused = complaint(kpi::call_to_win_rate(&deals, &other));
    assert_eq!(refused, (ErrorKind::ScopeMismatch, text));
    // Activities have no money, so their currency plays no part.
    let euros = Scope::new(march().period(), Currency::EUR);
    assert_eq!(
        kpi::call_to_win_rate(&deals, &ActivityTally::new(euros)),
        Err(Undefined::NoCalls.into())
    );
}

/// The mistake: the date in UTC. It is the evening of the 31st where the call is made.
#[test]
fn the_date_in_utc() {
    let late = at("2026-03-31T23:30:00-05:00");
    let early = at("2026-04-01T00:30:00+09:00");
    let call = |at| Activity::new("A-1", ActivityKind::Call, at).unwrap();
    assert!(
        call(late).standing(march()).is_counted()
            && !call(late).standing(scope("2026-04")).is_counted()
    );
    assert!(
        call(early).standing(scope("2026-04")).is_counted()
            && !call(early).standing(march()).is_counted()
    );
    let all = ActivityTally::of([call(late), call(early)], march()).unwrap();
    assert_eq!(
        (
            all.totals().records().unwrap(),
            all.totals().calls().unwrap().count
        ),
        (2, 1)
    );
}

/// A meeting of next week is not yet one of this month's.
#[test]
fn a_meeting_after_the_as_of_day() {
    let running = march().as_of(day("2026-03-15")).unwrap();
    let raw = meetings(1, MeetingStatus::Booked);
    let meeting = &build(&raw)[0];
    assert!(!meeting.standing(running).is_counted() && meeting.standing(march()).is_counted());
    let then = running.as_of(day("2026-03-16")).unwrap();
    assert!(meeting.standing(then).is_counted());
}

/// The mistake: shares of what was not timed.
#[test]
fn untimed_activities_take_no_share_of_the_time() {
    let mut meeting = meetings(1, MeetingStatus::Held);
    meeting[0].duration = Some(300_000_000);
    let all = tally(&[
        lasting(&[900_000_000]),
        meeting,
        meetings(9, MeetingStatus::Held),
    ]);
    let share = |kind| kpi::time_allocation(&all, kind).unwrap().to_string();
    assert_eq!(share(ActivityKind::Call), "75%");
    assert_eq!(share(ActivityKind::Meeting), "25%");
    assert_eq!(share(ActivityKind::Other), "0%");
    assert_eq!(all.totals().of(ActivityKind::Meeting).unwrap().untimed(), 9);
}

/// Only a call came in or is a callback, only a meeting has a status, and every meeting has one.
#[test]
fn each_kind_has_its_own() {
    for kind in super::KINDS {
        let activity = || Activity::new("A-1", kind, at("2026-03-09T12:00:00Z")).unwrap();
        assert_eq!(
            activity().with_callback().is_ok(),
            kind == ActivityKind::Call
        );
        assert_eq!(
            activity().with_inbound().is_ok(),
            kind == ActivityKind::Call
        );
        let booked = activity().with_booked(day("2026-03-02")).unwrap();
        assert_eq!(booked.booked(), Some(day("2026-03-02")));
        let booked = (kind == ActivityKind::Meeting).then_some(MeetingStatus::Booked);
        assert_eq!(activity().meeting_status(), booked);
        for status in STATUSES {
            let with = activity().with_meeting_status(status);
            assert_eq!(with.is_ok(), kind == ActivityKind::Meeting);
            assert_eq!(
                with.ok().and_then(|a| a.meeting_status()),
                booked.map(|_| status)
            );
        }
    }
}

#[test]
fn lengths_are_whole_microseconds_from_0_on() {
    let call = || Activity::new("A-1", ActivityKind::Call, at("2026-03-09T12:00:00Z")).unwrap();
    let good = [0, 1, i64::MAX].map(TimeDelta::microseconds);
    for length in good {
        let duration = call().with_duration(length).unwrap().duration().unwrap();
        assert_eq!(TimeDelta::from(duration), length);
        assert_eq!(call().with_duration(duration), call().with_duration(length));
    }
    let longest = TimeDelta::microseconds(i64::MAX);
    let bad = [
        TimeDelta::microseconds(-1),
        TimeDelta::nanoseconds(-1),
        TimeDelta::nanoseconds(1_500),
        longest + TimeDelta::microseconds(1),
        TimeDelta::MAX,
        TimeDelta::MIN,
    ];
    for length in bad {
        let text = format!(
            "activity A-1: duration is {length}, but must be a whole number of microseconds, 0 or more"
        );
        let refused = complaint(call().with_duration(length));
        assert_eq!(refused, (ErrorKind::InvalidLength, text));
        let work = WorkTime::new("ada", day("2026-03-06"), length);
        assert!(kind_of(&work) == Some(ErrorKind::InvalidLength));
    }
}

#[test]
fn what_goes_in_comes_out() {
    let call = Activity::new(
        "A-1",
        ActivityKind::Call,
        at("2026-03-09T09:10:00.1234567+01:00"),
    )
    .and_then(|call| call.with_rep("ada")?.with_lead("L-1")?.with_deal("D-1"))
    .and_then(|call| call.with_disposition(Disposition::Missed).with_callback())
    .unwrap();
    assert_eq!(call.id().as_str(), "A-1");
    assert_eq!(call.kind(), ActivityKind::Call);
    assert_eq!(call.at().to_string(), "2026-03-09T09:10:00.123456+01:00");
    assert_eq!(call.rep().unwrap().as_str(), "ada");
    assert_eq!(call.lead().unwrap().as_str(), "L-1");
    assert_eq!(call.deal().unwrap().as_str(), "D-1");
    assert_eq!(call.disposition(), Some(Disposition::Missed));
    assert!(call.is_callback() && call.is_inbound() && call.duration().is_none());
    let work = week(40, 30);
    assert_eq!((work.rep().as_str(), work.on()), ("ada", day("2026-03-06")));
    assert_eq!(work.working(), Length::hours(40));
    assert_eq!(work.selling(), Some(Length::hours(30)));
}
