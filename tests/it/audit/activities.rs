//! Every finding of an activity by the least activity that shows it.

use super::{audit, bare, rep, texts};
use sales_metrics::{
    Activity, ActivityKind, Deal, Disposition, Lead, MeetingStatus, Outcome, TimeDelta, instant,
};

fn of(kind: ActivityKind, at: &str) -> Activity {
    Activity::new("A-1", kind, instant(at).unwrap())
        .and_then(|activity| activity.with_rep("ada"))
        .unwrap()
}

fn email(at: &str) -> Activity {
    of(ActivityKind::Email, at)
}

fn call() -> Activity {
    of(ActivityKind::Call, "2026-03-09T09:10:00+01:00")
}

fn meeting(at: &str, status: MeetingStatus) -> Activity {
    of(ActivityKind::Meeting, at)
        .with_meeting_status(status)
        .unwrap()
}

fn lines(activities: &[Activity]) -> Vec<String> {
    texts(&audit().activities(activities))
}

#[test]
fn the_future_is_for_meetings_that_are_not_over() {
    // At its place it is still the 31st.
    assert_eq!(lines(&[email("2026-03-31T23:59:00-11:00")]), [""; 0]);
    let late = "2026-04-01T00:00:00+13:00";
    let dated = "activity A-1: dated 2026-04-01, after the as-of day";
    assert_eq!(lines(&[email(late)]), [dated]);
    for status in [MeetingStatus::Held, MeetingStatus::NoShow] {
        assert_eq!(lines(&[meeting(late, status)]), [dated]);
    }
    for status in [
        MeetingStatus::Booked,
        MeetingStatus::Cancelled,
        MeetingStatus::Rescheduled,
    ] {
        assert_eq!(lines(&[meeting(late, status)]), [""; 0]);
    }
}

#[test]
fn a_meeting_that_nobody_looked_after() {
    let on = |at, status| lines(&[meeting(at, status)]);
    let (week, longer) = ("2026-03-24T00:00:00Z", "2026-03-23T23:59:00Z");
    assert_eq!(on(week, MeetingStatus::Booked), [""; 0]);
    assert_eq!(
        on(longer, MeetingStatus::Booked),
        ["activity A-1: still booked, though it was on 2026-03-23"]
    );
    assert_eq!(on(longer, MeetingStatus::Rescheduled), [""; 0]);
    assert_eq!(on("2999-12-31T00:00:00Z", MeetingStatus::Booked), [""; 0]);
}

#[test]
fn what_a_call_does_not_say() {
    assert_eq!(
        lines(&[call()]),
        ["activity A-1: a call, but it has no disposition"]
    );
    for reached in [
        Disposition::Positive,
        Disposition::Neutral,
        Disposition::Negative,
    ] {
        assert_eq!(
            lines(&[call().with_disposition(reached)]),
            ["activity A-1: a connected call, but it has no duration"]
        );
    }
    for not_reached in [Disposition::Voicemail, Disposition::Missed] {
        assert_eq!(lines(&[call().with_disposition(not_reached)]), [""; 0]);
    }
    let timed = call()
        .with_disposition(Disposition::Neutral)
        .with_duration(TimeDelta::zero());
    assert_eq!(lines(&[timed.unwrap()]), [""; 0]);
    let answered = email("2026-03-09T09:10:00Z").with_disposition(Disposition::Positive);
    assert_eq!(lines(&[answered]), [""; 0]);
}

#[test]
fn the_rep_is_missing_or_unknown_or_away() {
    let at = instant("2026-03-09T23:10:00-05:00").unwrap();
    let nobody = Activity::new("A-2", ActivityKind::Other, at).unwrap();
    let of_ada = nobody.clone().with_rep("ada").unwrap();
    let missing = "activity A-2: it has no rep";
    assert_eq!(lines(&[nobody.clone(), of_ada.clone()])[0], missing);

    let found = |reps: &[_]| texts(&audit().with_reps(reps).activities([&of_ada]));
    assert_eq!(
        found(&[]),
        ["activity A-2: its rep ada is not among the known reps"]
    );
    assert_eq!(
        found(&[rep("ada", "2026-03-10", "2026-03-31")]),
        ["activity A-2: its rep ada was not active on 2026-03-09"]
    );
    assert_eq!(found(&[rep("ada", "2026-03-09", "2026-03-09")]), [""; 0]);
    assert_eq!(
        texts(
            &audit()
                .with_reps([] as [sales_metrics::Rep; 0])
                .activities([nobody])
        ),
        [missing]
    );
}

#[test]
fn what_it_is_about_is_missing() {
    let about = email("2026-03-09T09:10:00Z")
        .with_lead("L-1")
        .and_then(|email| email.with_deal("D-1"))
        .unwrap();
    let lead = Lead::new("L-1", instant("2026-03-09T09:10:00Z").unwrap()).unwrap();
    let deal = bare("D-1", Outcome::Open);
    let (lead_missing, deal_missing) = (
        "activity A-1: its lead L-1 is not among the known leads",
        "activity A-1: its deal D-1 is not among the known deals",
    );
    assert_eq!(audit().activities([&about]), []);
    let empty = audit()
        .with_leads([] as [Lead; 0])
        .with_deals([] as [Deal; 0]);
    assert_eq!(
        texts(&empty.activities([&about])),
        [lead_missing, deal_missing]
    );
    let of_lead = empty.clone().with_leads([&lead]);
    assert_eq!(texts(&of_lead.activities([&about])), [deal_missing]);
    let of_deal = empty.with_deals([deal]);
    assert_eq!(texts(&of_deal.activities([&about])), [lead_missing]);
    assert_eq!(of_deal.with_leads([lead]).activities([about]), []);
}

#[test]
fn an_id_is_found_once_for_each_further_activity() {
    let again = "activity A-1: an earlier record has the same id";
    let emails = ["2026-03-09T09:10:00Z"; 3].map(email);
    assert_eq!(lines(&emails), [again, again]);
}
