//! Places: offsets by date, held against a time zone that is asked each time.

use chrono::{Datelike as _, MappedLocalTime, NaiveDateTime, TimeZone};
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::{
    DateTime, ErrorKind, FixedOffset, NaiveDate, Place, TimeDelta, Weekday, date, instant,
};

use crate::support::{complaint, config};

type Instant = DateTime<FixedOffset>;

pub(crate) fn offset(seconds: i32) -> FixedOffset {
    FixedOffset::east_opt(seconds).unwrap()
}

/// A time zone as a list of what happened: seconds since 1970, and seconds east of UTC from then on.
#[derive(Clone, Debug)]
pub(crate) struct Zone {
    pub(crate) first: i32,
    pub(crate) changes: Vec<(i64, i32)>,
}

impl Zone {
    /// The long way: through all of them.
    pub(crate) fn east(&self, second: i64) -> i32 {
        let mut east = self.first;
        for (from, then) in &self.changes {
            if *from <= second {
                east = *then;
            }
        }
        east
    }

    pub(crate) fn there(&self, at: Instant) -> Instant {
        at.with_timezone(&offset(self.east(at.timestamp())))
    }

    pub(crate) fn place(&self) -> Place {
        let changes = self.changes.iter().map(|(from, east)| {
            let at = DateTime::from_timestamp(*from, 0).unwrap().fixed_offset();
            (at, offset(*east))
        });
        Place::changing(offset(self.first), changes).unwrap()
    }
}

/// What a place asks a zone, and nothing else.
impl TimeZone for Zone {
    type Offset = Here;

    fn from_offset(_: &Here) -> Self {
        unimplemented!()
    }

    fn offset_from_local_date(&self, _: &NaiveDate) -> MappedLocalTime<Here> {
        unimplemented!()
    }

    fn offset_from_local_datetime(&self, _: &NaiveDateTime) -> MappedLocalTime<Here> {
        unimplemented!()
    }

    fn offset_from_utc_date(&self, _: &NaiveDate) -> Here {
        unimplemented!()
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> Here {
        Here(self.east(utc.and_utc().timestamp()))
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Here(i32);

impl chrono::Offset for Here {
    fn fix(&self) -> FixedOffset {
        offset(self.0)
    }
}

/// Central European time from 1996 to 2037, by its rule.
pub(crate) fn berlin() -> Zone {
    let last_sunday = |year, month| {
        let last = date(year, month, 31).unwrap();
        let back = i64::from(last.weekday().num_days_from_sunday());
        let sunday = last - TimeDelta::days(back);
        assert_eq!(sunday.weekday(), Weekday::Sun);
        sunday.and_hms_opt(1, 0, 0).unwrap().and_utc().timestamp()
    };
    let years = 1996..=2037;
    Zone {
        first: 3_600,
        changes: years
            .flat_map(|year| {
                [
                    (last_sunday(year, 3), 7_200),
                    (last_sunday(year, 10), 3_600),
                ]
            })
            .collect(),
    }
}

/// Whole minutes, some of them far away.
pub(crate) fn easts() -> impl Strategy<Value = i32> + Clone {
    prop_oneof![
        select(vec![
            0, 3_600, 7_200, -18_000, -14_400, 20_700, 50_400, -43_200, 86_340, -86_340
        ]),
        (-900..=900).prop_map(|minutes: i32| minutes * 60),
    ]
}

/// Changes from 2023 to 2025 at whole minutes, now and then within hours, and one of long ago.
pub(crate) fn zones() -> impl Strategy<Value = Zone> + Clone {
    let gap = prop_oneof![1 => 1_i64..3_000, 3 => 2_000_i64..130_000];
    let changes = proptest::collection::vec((gap, easts()), 0..=6);
    (easts(), any::<bool>(), changes).prop_map(|(first, old, list)| {
        let mut at = date(2023, 11, 20)
            .unwrap()
            .and_hms_opt(0, 0, 0)
            .unwrap()
            .and_utc()
            .timestamp();
        let mut changes = Vec::new();
        if old {
            changes.push((-2_000_000_000, 3_600));
        }
        for (gap, east) in list {
            at += gap * 60;
            changes.push((at, east));
        }
        Zone { first, changes }
    })
}

/// Any second of the years that there are, and those about the changes.
fn seconds(zone: &Zone) -> impl Strategy<Value = i64> + use<> {
    let mut near = vec![-2_208_900_000, 32_503_600_000, 0];
    near.extend(zone.changes.iter().map(|(from, _)| *from));
    prop_oneof![
        (select(near), -2_i64..=2).prop_map(|(at, by)| at + by),
        -2_208_900_000..32_503_600_000_i64,
        1_690_000_000..1_730_000_000_i64,
    ]
}

fn utc(second: i64) -> Instant {
    DateTime::from_timestamp(second, 0).unwrap().fixed_offset()
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn a_place_says_what_its_zone_says((zone, at) in zones().prop_flat_map(|zone| {
        let at = seconds(&zone);
        (Just(zone), at)
    })) {
        let there = zone.place().at(utc(at));
        prop_assert_eq!(there, utc(at));
        prop_assert_eq!(there.naive_local(), zone.there(utc(at)).naive_local());
    }

    #[test]
    fn places_survive_the_wire(zone in zones()) {
        let place = zone.place();
        let text = serde_json::to_string(&place).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Place>(&text).unwrap(), &place);
    }
}

proptest! {
    // A zone is asked for each of 400,000 days.
    #![proptest_config(config(8))]

    #[test]
    fn every_change_of_a_zone_is_found(zone in zones()) {
        // Two changes within a day that undo each other may not be.
        let undone = zone.changes.windows(2).any(|pair| pair[1].0 - pair[0].0 < 90_000);
        prop_assume!(!undone);
        prop_assert_eq!(Place::in_zone(&zone), zone.place());
    }
}

#[test]
fn a_zone_of_rules_becomes_a_place() {
    let place = Place::in_zone(&berlin());
    assert_eq!(place, berlin().place());
    let at = |text| place.at(instant(text).unwrap()).to_rfc3339();
    assert_eq!(at("2026-03-29T00:59:59Z"), "2026-03-29T01:59:59+01:00");
    assert_eq!(at("2026-03-29T01:00:00Z"), "2026-03-29T03:00:00+02:00");
    assert_eq!(at("2026-10-25T00:59:59Z"), "2026-10-25T02:59:59+02:00");
    assert_eq!(at("2026-10-25T01:00:00Z"), "2026-10-25T02:00:00+01:00");
    // Whatever was written, it is the same instant.
    assert_eq!(at("2026-07-01T09:00:00-07:00"), "2026-07-01T18:00:00+02:00");
}

/// As those of instants are: an offset is kept to the minute.
#[test]
fn seconds_of_an_offset_are_cut() {
    let amsterdam = Zone {
        first: 1_172,
        changes: vec![(-1_025_740_772, 1_200)],
    };
    let minutes = |place: Place, text| place.at(instant(text).unwrap()).offset().local_minus_utc();
    assert_eq!(
        minutes(Place::in_zone(&amsterdam), "1920-01-01T00:00:00Z"),
        19 * 60
    );
    assert_eq!(
        minutes(Place::in_zone(&amsterdam), "1938-01-01T00:00:00Z"),
        20 * 60
    );
    assert_eq!(
        minutes(Place::fixed(offset(-59)), "1938-01-01T00:00:00Z"),
        0
    );
    assert_eq!(Place::fixed(offset(3_661)), "+01:01".parse().unwrap());
}

/// What changes nothing is no change: places are equal where they say the same.
#[test]
fn a_change_to_the_same_offset_is_none() {
    let same = [(utc(0), offset(3_600)), (utc(9), offset(3_659))];
    let place = Place::changing(offset(3_600), same).unwrap();
    assert_eq!(place, Place::fixed(offset(3_600)));
    assert_eq!(serde_json::to_string(&place).unwrap(), "\"+01:00\"");
}

#[test]
fn json_is_pinned_and_checked() {
    let read = |text: &str| serde_json::from_str::<Place>(text);
    for (text, pinned) in [
        ("\"-05:00\"", "\"-05:00\""),
        ("\"Z\"", "\"+00:00\""),
        ("\"UTC\"", "\"+00:00\""),
        ("\"-00:30\"", "\"-00:30\""),
        (r#"[{"offset":"+05:45"}]"#, "\"+05:45\""),
        (
            r#"[{"offset":"-05:00"},{"from":"2026-03-08T02:00:00-05:00","offset":"-04:00"}]"#,
            r#"[{"offset":"-05:00"},{"from":"2026-03-08T07:00:00+00:00","offset":"-04:00"}]"#,
        ),
    ] {
        assert_eq!(serde_json::to_string(&read(text).unwrap()).unwrap(), pinned);
    }
    let lists = |rest: &str| format!(r#"[{{"offset":"-05:00"}},{rest}]"#);
    let later = r#"{"from":"2026-03-08T07:00:00Z","offset":"-04:00"}"#;
    let refused = [
        (
            "\"EST\"".to_owned(),
            "\"EST\" is no offset; write it as +01:00, or as Z; a time zone has several, which Place::in_zone lists",
        ),
        ("\"\"".to_owned(), "\"\" is no offset"),
        ("\"+1:00\"".to_owned(), "\"+1:00\" is no offset"),
        ("\"+0100\"".to_owned(), "is no offset"),
        ("\"01:00\"".to_owned(), "is no offset"),
        ("\"+24:00\"".to_owned(), "is no offset"),
        ("\"+01:60\"".to_owned(), "is no offset"),
        ("\"+01:0\u{661}\"".to_owned(), "is no offset"),
        (format!("\"{}\"", "9".repeat(99)), "…\" is no offset"),
        (
            "5".to_owned(),
            "expected an offset, as \"-05:00\", or a list of {\"from\", \"offset\"}",
        ),
        (
            "[]".to_owned(),
            "a place needs an offset at least; write it as \"+01:00\"",
        ),
        (
            format!("[{later}]"),
            "the first offset of a place holds from the beginning; leave out its from",
        ),
        (
            lists(r#"{"offset":"-04:00"}"#),
            "the offset -04:00 lacks the instant from which it holds; give it as from",
        ),
        (
            lists(&format!("{later},{later}")),
            "the offset of the place changes at 2026-03-08T07:00:00+00:00, which is not after its change at \
             2026-03-08T07:00:00+00:00; list its offsets from the earliest to the latest, each once",
        ),
        (
            lists(r#"{"from":"2026-03-08","offset":"-04:00"}"#),
            "is no instant",
        ),
        (
            lists(r#"{"from":"1826-03-08T00:00:00Z","offset":"-04:00"}"#),
            "supported years",
        ),
        (
            lists(r#"{"since":"2026-03-08T07:00:00Z","offset":"-04:00"}"#),
            "unknown field `since`",
        ),
    ];
    for (text, because) in refused {
        let error = read(&text).expect_err(&text).to_string();
        assert!(error.contains(because), "{error}");
    }
}

#[test]
fn what_is_out_of_order_is_refused() {
    let (a, b) = (utc(86_400), utc(0));
    let changes = [(a, offset(3_600)), (b, offset(0))];
    assert_eq!(
        complaint(Place::changing(offset(0), changes)),
        (
            ErrorKind::InvalidPlace,
            "the offset of the place changes at 1970-01-01T00:00:00+00:00, which is not after its change at \
             1970-01-02T00:00:00+00:00; list its offsets from the earliest to the latest, each once"
                .to_owned()
        )
    );
    let long_ago = instant("1899-12-31T23:59:59Z").unwrap();
    assert_eq!(
        complaint(Place::changing(offset(0), [(long_ago, offset(3_600))])),
        (
            ErrorKind::DateOutOfRange,
            "change of a place's offset: 1899-12-31 is outside of the supported years 1900 to 2999"
                .to_owned()
        )
    );
    assert_eq!(
        complaint("Europe/Berlin".parse::<Place>()),
        (
            ErrorKind::InvalidPlace,
            "\"Europe/Berlin\" is no offset; write it as +01:00, or as Z; a time zone has several, which Place::in_zone lists".to_owned()
        )
    );
}
