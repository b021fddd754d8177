//! Activities, working time and their tallies in JSON: pinned, and checked when they are read.

use core::fmt::Debug;

use ::serde::Serialize;
use ::serde::de::DeserializeOwned;
use proptest::prelude::*;
use sales_metrics::{
    Activity, ActivityKind, ActivityTally, Disposition, MeetingStatus, TimeDelta, Undefined,
    WorkTally, WorkTime,
};

use super::{DISPOSITIONS, KINDS, STATUSES, activities, at, works};
use crate::support::{config, day, scope};

fn pinned<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, text: &str) {
    assert_eq!(serde_json::to_string(value).unwrap(), text);
    assert_eq!(&serde_json::from_str::<T>(text).unwrap(), value);
    let tree: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value);
}

fn refused<T: DeserializeOwned + Debug>(text: &str, because: &str) {
    let error = serde_json::from_str::<T>(text).expect_err(text).to_string();
    assert!(error.contains(because), "{text}: {error}");
}

#[test]
fn activities_are_flat() {
    let plain = Activity::new("A-1", ActivityKind::Email, at("2026-03-09T09:10:00Z")).unwrap();
    pinned(
        &plain,
        r#"{"id":"A-1","kind":"email","at":"2026-03-09T09:10:00+00:00"}"#,
    );
    let call = Activity::new("A-2", ActivityKind::Call, at("2026-03-09T09:10:00.5+01:00"))
        .and_then(|call| call.with_rep("ada")?.with_duration(TimeDelta::minutes(12)))
        .and_then(|call| call.with_disposition(Disposition::Positive).with_callback())
        .and_then(|call| call.with_lead("L-1")?.with_deal("D-1"))
        .unwrap();
    let text = concat!(
        r#"{"id":"A-2","kind":"call","at":"2026-03-09T09:10:00.500+01:00","rep":"ada","duration_micros":720000000,"#,
        r#""disposition":"positive","callback":true,"lead":"L-1","deal":"D-1"}"#,
    );
    pinned(&call, text);
    let meeting = Activity::new(
        "A-3",
        ActivityKind::Meeting,
        at("2026-03-09T09:10:00+01:00"),
    )
    .and_then(|meeting| meeting.with_meeting_status(MeetingStatus::NoShow))
    .unwrap();
    let text = r#"{"id":"A-3","kind":"meeting","at":"2026-03-09T09:10:00+01:00","meeting_status":"no_show"}"#;
    pinned(&meeting, text);
    let agreed = meeting.with_booked(day("2026-03-02")).unwrap();
    pinned(&agreed, &text.replace('}', r#","booked":"2026-03-02"}"#));
    let inbound = Activity::new("A-4", ActivityKind::Call, at("2026-03-09T09:10:00+01:00"))
        .and_then(Activity::with_inbound)
        .unwrap();
    let rang = r#"{"id":"A-4","kind":"call","at":"2026-03-09T09:10:00+01:00","inbound":true}"#;
    pinned(&inbound, rang);
    // Whoever calls back calls us: it need not be said twice, and may be.
    let again = inbound
        .clone()
        .with_callback()
        .and_then(Activity::with_inbound);
    assert!(again.unwrap().is_callback(), "a callback stays one");
    let callback = inbound.with_callback().unwrap();
    pinned(&callback, &rang.replace("inbound", "callback"));
    let both = rang.replace('}', r#","callback":true}"#);
    assert_eq!(serde_json::from_str::<Activity>(&both).unwrap(), callback);
    // A meeting is booked unless said otherwise.
    let booked = text.replace(r#","meeting_status":"no_show""#, "");
    let booked: Activity = serde_json::from_str(&booked).unwrap();
    assert_eq!(booked.meeting_status(), Some(MeetingStatus::Booked));
}

#[test]
fn words_are_in_snake_case() {
    let words = |values: &[serde_json::Value]| -> Vec<String> {
        values
            .iter()
            .map(|value| value.as_str().unwrap().to_owned())
            .collect()
    };
    let kinds = KINDS.map(|kind| serde_json::to_value(kind).unwrap());
    assert_eq!(
        words(&kinds),
        ["call", "email", "message", "meeting", "other"]
    );
    let dispositions = DISPOSITIONS.map(|d| serde_json::to_value(d).unwrap());
    assert_eq!(
        words(&dispositions),
        ["positive", "neutral", "negative", "voicemail", "missed"]
    );
    let statuses = STATUSES.map(|status| serde_json::to_value(status).unwrap());
    assert_eq!(
        words(&statuses),
        ["booked", "held", "no_show", "cancelled", "rescheduled"]
    );
}

#[test]
fn invariants_of_activities_hold_when_read() {
    let with = |kind: &str, more: &str| {
        format!(r#"{{"id":"A-1","kind":"{kind}","at":"2026-03-09T09:10:00+01:00"{more}}}"#)
    };
    assert!(serde_json::from_str::<Activity>(&with("call", "")).is_ok());
    let cases = [
        (with("fax", ""), "unknown variant"),
        (
            with("email", r#","callback":true"#),
            "activity A-1: it is a callback, but no call",
        ),
        (
            with("message", r#","inbound":true"#),
            "activity A-1: it came in, but is no call",
        ),
        (with("meeting", r#","booked":"2026-3-2""#), "is no date"),
        (
            with("meeting", r#","booked":"3026-03-02""#),
            "supported years",
        ),
        (
            with("call", r#","meeting_status":"held""#),
            "activity A-1: a meeting status was given",
        ),
        (with("call", r#","duration_micros":-1"#), "invalid value"),
        (with("call", r#","duration_micros":1.5"#), "invalid type"),
        (
            with("call", r#","duration_micros":18446744073709551615"#),
            "activity A-1: duration is",
        ),
        (with("call", r#","disposition":"good""#), "unknown variant"),
        (with("call", r#","rep":" ada""#), "rep id"),
        (with("call", r#","minutes":5"#), "unknown field"),
        (with("call", "").replace("A-1", ""), "activity id"),
        (
            with("call", "").replace("+01:00", ""),
            "is neither a date nor an instant",
        ),
        (with("call", "").replace("2026", "3026"), "supported years"),
        (r#"{"id":"A-1","kind":"call"}"#.to_owned(), "missing field"),
    ];
    for (text, because) in cases {
        refused::<Activity>(&text, because);
    }
}

#[test]
fn working_time_is_flat_and_checked() {
    let week = WorkTime::new("ada", day("2026-03-06"), TimeDelta::hours(40)).unwrap();
    let text = r#"{"rep":"ada","on":"2026-03-06","working_micros":144000000000}"#;
    pinned(&week, text);
    let sold = week.with_selling(TimeDelta::hours(30)).unwrap();
    let selling = |micros: &str| text.replace('}', &format!(r#","selling_micros":{micros}}}"#));
    pinned(&sold, &selling("108000000000"));
    refused::<WorkTime>(
        &selling("144000000001"),
        "rep ada on 2026-03-06: selling for",
    );
    refused::<WorkTime>(&selling("18446744073709551615"), "selling time is");
    refused::<WorkTime>(&selling("-1"), "invalid value");
    refused::<WorkTime>(&text.replace("working_micros", "working"), "unknown field");
    refused::<WorkTime>(&text.replace("2026", "26"), "is no date");
}

#[test]
fn tallies_are_pinned_and_checked() {
    let call = Activity::new("A-1", ActivityKind::Call, at("2026-03-09T09:10:00Z"))
        .and_then(|call| call.with_duration(TimeDelta::seconds(1)))
        .map(|call| call.with_disposition(Disposition::Neutral))
        .unwrap();
    let tally = ActivityTally::of([call], scope("2026-03")).unwrap();
    let zero = r#"{"count":0,"timed":0,"micros":0}"#;
    let text = format!(
        concat!(
            r#"{{"scope":{{"period":"2026-03-01/2026-04-01","currency":"USD","as_of":"2026-03-31"}},"#,
            r#""totals":{{"records":1,"calls":{{"count":1,"timed":1,"micros":1000000}},"emails":{zero},"#,
            r#""messages":{zero},"meetings":{zero},"others":{zero},"#,
            r#""call_outcomes":{{"connected":1,"positive":0,"voicemail":0,"missed":0,"callbacks":0,"outbound_known":1,"outbound_connected":1}},"#,
            r#""emails_answered":0,"#,
            r#""meeting_outcomes":{{"booked":0,"held":0,"no_show":0,"cancelled":0,"rescheduled":0}},"meetings_booked":0}}}}"#,
        ),
        zero = zero,
    );
    pinned(&tally, &text);
    refused::<ActivityTally>(
        &text.replace("\"records\":1", "\"records\":0"),
        "records are all",
    );
    refused::<ActivityTally>(&text.replace("\"timed\"", "\"known\""), "unknown field");
    let short =
        text.split(r#""totals":"#).next().unwrap().to_owned() + r#""totals":{"records":4}}"#;
    let read: ActivityTally = serde_json::from_str(&short).unwrap();
    assert_eq!(read.totals().records(), Ok(4));
    assert_eq!(read.totals().calls(), Err(Undefined::NotCounted("calls")));

    let week = WorkTime::new("ada", day("2026-03-06"), TimeDelta::microseconds(9)).unwrap();
    let tally = WorkTally::of([week], scope("2026-03")).unwrap();
    let text = concat!(
        r#"{"scope":{"period":"2026-03-01/2026-04-01","currency":"USD","as_of":"2026-03-31"},"#,
        r#""totals":{"records":1,"with_selling":0,"without_selling":1,"working_micros":9,"#,
        r#""known_working_micros":0,"selling_micros":0}}"#,
    );
    pinned(&tally, text);
    refused::<WorkTally>(
        &text.replace("\"selling_micros\":0", "\"selling_micros\":1"),
        "a part of",
    );
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn records_survive_the_wire(raw in activities(), work in works()) {
        let activity = raw.activity("A-1");
        let text = serde_json::to_string(&activity).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Activity>(&text).unwrap(), &activity);
        let work = work.work();
        let text = serde_json::to_string(&work).unwrap();
        prop_assert_eq!(&serde_json::from_str::<WorkTime>(&text).unwrap(), &work);
    }
}
