//! Activities and working time: as plain data, how they become records, and the laws of their tallies.

use chrono::{Days, NaiveDate};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::{
    Activity, ActivityKind, ActivityTally, DateTime, Disposition, FixedOffset, Length,
    MeetingStatus, NaiveTime, Scope, WorkTally, WorkTime,
};

use crate::laws::laws;
use crate::support::{config, dates, day, scopes};

mod golden;
mod oracle;
mod properties;
mod totals;
mod wire;

pub(crate) use oracle::recomputed;

pub(crate) const KINDS: [ActivityKind; 5] = [
    ActivityKind::Call,
    ActivityKind::Email,
    ActivityKind::Message,
    ActivityKind::Meeting,
    ActivityKind::Other,
];

pub(crate) const DISPOSITIONS: [Disposition; 5] = [
    Disposition::Positive,
    Disposition::Neutral,
    Disposition::Negative,
    Disposition::Voicemail,
    Disposition::Missed,
];

pub(crate) const STATUSES: [MeetingStatus; 5] = [
    MeetingStatus::Booked,
    MeetingStatus::Held,
    MeetingStatus::NoShow,
    MeetingStatus::Cancelled,
    MeetingStatus::Rescheduled,
];

/// An activity as an export might hold it: the date and the time on the clock of its place, and how far east that is.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub(crate) kind: ActivityKind,
    pub(crate) date: NaiveDate,
    pub(crate) time: NaiveTime,
    pub(crate) east: i32,
    /// In microseconds.
    pub(crate) duration: Option<u64>,
    pub(crate) disposition: Option<Disposition>,
    /// Of calls only.
    pub(crate) inbound: bool,
    /// Of calls only.
    pub(crate) callback: bool,
    /// Of meetings only.
    pub(crate) status: Option<MeetingStatus>,
    /// Days before its own.
    pub(crate) booked: Option<u64>,
    pub(crate) rep: Option<&'static str>,
}

/// Working time as an export might hold it, in microseconds.
#[derive(Clone, Debug)]
pub(crate) struct RawWork {
    pub(crate) rep: &'static str,
    pub(crate) on: NaiveDate,
    pub(crate) working: u64,
    pub(crate) selling: Option<u64>,
}

pub(crate) fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

pub(crate) fn micros(micros: u64) -> Length {
    Length::micros(micros)
}

impl Raw {
    /// At noon in UTC, and nothing known of it.
    pub(crate) fn new(kind: ActivityKind, date: &str) -> Self {
        Self {
            kind,
            date: date.parse().unwrap(),
            time: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
            east: 0,
            duration: None,
            disposition: None,
            inbound: false,
            callback: false,
            status: None,
            booked: None,
            rep: None,
        }
    }

    pub(crate) fn activity(&self, id: &str) -> Activity {
        let place = FixedOffset::east_opt(self.east).unwrap();
        let at = self.date.and_time(self.time).and_local_timezone(place);
        let mut activity = Activity::new(id, self.kind, at.unwrap()).unwrap();
        if let Some(duration) = self.duration {
            activity = activity.with_duration(micros(duration)).unwrap();
        }
        if let Some(disposition) = self.disposition {
            activity = activity.with_disposition(disposition);
        }
        if self.inbound {
            activity = activity.with_inbound().unwrap();
        }
        if self.callback {
            activity = activity.with_callback().unwrap();
        }
        if let Some(status) = self.status {
            activity = activity.with_meeting_status(status).unwrap();
        }
        if let Some(days) = self.booked {
            let early = (self.date - Days::new(days)).max(day("1900-01-01"));
            activity = activity.with_booked(early).unwrap();
        }
        if let Some(rep) = self.rep {
            activity = activity.with_rep(rep).unwrap();
        }
        activity
    }
}

impl RawWork {
    pub(crate) fn work(&self) -> WorkTime {
        let work = WorkTime::new(self.rep, self.on, micros(self.working)).unwrap();
        match self.selling {
            Some(selling) => work.with_selling(micros(selling)).unwrap(),
            None => work,
        }
    }
}

pub(crate) fn build(raw: &[Raw]) -> Vec<Activity> {
    let numbered = raw.iter().enumerate();
    numbered
        .map(|(n, raw)| raw.activity(&format!("A-{n}")))
        .collect()
}

pub(crate) fn build_work(raw: &[RawWork]) -> Vec<WorkTime> {
    raw.iter().map(RawWork::work).collect()
}

/// Whole minutes, odd ones, 0, the smallest, and some that take years; few enough of the longest for a tally to hold.
fn lengths() -> impl Strategy<Value = u64> + Clone {
    prop_oneof![
        4 => (0_u64..=240).prop_map(|minutes| minutes * 60_000_000),
        2 => 0..=10_000_000_000_u64,
        2 => select(vec![0, 1, 999_999, 1_000_000, 100_000_000_000_000_000]),
    ]
}

fn times() -> impl Strategy<Value = NaiveTime> + Clone {
    let edges = ["00:00:00", "12:00:00", "23:59:59.999999"];
    prop_oneof![
        select(edges.to_vec()).prop_map(|text| text.parse().unwrap()),
        (0_u32..86_400)
            .prop_map(|s| NaiveTime::from_num_seconds_from_midnight_opt(s, 1_000).unwrap()),
    ]
}

pub(crate) fn activities() -> impl Strategy<Value = Raw> + Clone {
    let offsets = select(vec![0, 3_600, -18_000, 19_800, 50_400, -43_200]);
    (
        (select(KINDS.to_vec()), dates(), times(), offsets),
        weighted(0.7, lengths()),
        weighted(0.8, select(DISPOSITIONS.to_vec())),
        (
            (proptest::bool::weighted(0.3), proptest::bool::weighted(0.3)),
            weighted(0.9, select(STATUSES.to_vec())),
            weighted(0.5, 0..30_u64),
        ),
        weighted(0.8, select(vec!["ada", "ben", "cleo"])),
    )
        .prop_map(
            |(
                (kind, date, time, east),
                duration,
                disposition,
                ((inbound, callback), status, booked),
                rep,
            )| Raw {
                kind,
                date,
                time,
                east,
                duration,
                disposition,
                inbound: inbound && kind == ActivityKind::Call,
                callback: callback && kind == ActivityKind::Call,
                status: status.filter(|_| kind == ActivityKind::Meeting),
                booked,
                rep,
            },
        )
}

pub(crate) fn works() -> impl Strategy<Value = RawWork> + Clone {
    let reps = select(vec!["ada", "ben", "cleo"]);
    let shares = proptest::option::weighted(0.7, prop_oneof![0..=100_u64, Just(100)]);
    (reps, dates(), lengths(), shares).prop_map(|(rep, on, working, share)| RawWork {
        rep,
        on,
        working,
        selling: share.map(|percent| working / 100 * percent),
    })
}

pub(crate) fn many_raw() -> impl Strategy<Value = Vec<Raw>> + Clone {
    prop_oneof![
        1 => proptest::collection::vec(activities(), 0..=3),
        3 => proptest::collection::vec(activities(), 0..=20),
    ]
}

pub(crate) fn many_works() -> impl Strategy<Value = Vec<RawWork>> + Clone {
    proptest::collection::vec(works(), 0..=10)
}

pub(crate) fn many_activities() -> impl Strategy<Value = Vec<Activity>> + Clone {
    many_raw().prop_map(|raw| build(&raw))
}

pub(crate) fn many_work_times() -> impl Strategy<Value = Vec<WorkTime>> + Clone {
    many_works().prop_map(|raw| build_work(&raw))
}

fn rep(activity: &Activity) -> Option<&str> {
    activity.rep().map(AsRef::as_ref)
}

fn worker(work: &WorkTime) -> &str {
    work.rep().as_str()
}

laws!(activity_tally: ActivityTally {
    records: many_activities(), view: core::convert::identity => Scope, key: rep,
});
laws!(work_tally: WorkTally {
    records: many_work_times(), view: core::convert::identity => Scope, key: worker,
});
