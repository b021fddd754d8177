//! Where times are told, and where they are brought.

use chrono::NaiveDateTime;
use proptest::prelude::*;
use sales_metrics::import::{
    ActivityColumns, Columns, ContractColumns, LeadColumns, Reader, WordColumn,
};
use sales_metrics::{ActivityKind, DateTime, FixedOffset, Outcome, Place};

use super::*;
use crate::place::{berlin, offset, zones};
use crate::support::{config, day};

type Instant = DateTime<FixedOffset>;

fn one<C: Columns>(file: &str, columns: &C) -> Result<C::Record, String> {
    let mut rows = Reader::new(file.as_bytes(), columns).unwrap();
    let first = rows.next().unwrap();
    assert!(rows.next().is_none());
    first.map_err(|error| error.to_string())
}

fn place(text: &str) -> Place {
    text.parse().unwrap()
}

fn leads() -> LeadColumns {
    LeadColumns::new("id", "in")
}

/// What is read of a cell, as it is written.
fn arrival(cell: &str, columns: &LeadColumns) -> Result<String, String> {
    one(&format!("id,in\nL-1,{cell}\n"), columns).map(|lead| lead.arrived().to_string())
}

/// The rep closed it on the last evening of the quarter, which was the next one in UTC.
#[test]
fn a_close_is_dated_where_the_business_is() {
    let file = "id,created,stage,closed\nD-1,2023-01-10T05:00:00Z,Won,2023-04-01T01:09:44Z\n";
    let outcome = OutcomeColumn::new("stage").with_won(["Won"]);
    let columns = DealColumns::new("id", outcome, Currency::USD)
        .with_created("created")
        .with_closed("closed");
    let dates = |columns: &DealColumns| {
        let deal = one(file, columns).unwrap();
        (deal.created().unwrap().to_string(), deal.outcome())
    };
    for pattern in ["YYYY-MM-DDThh:mm:ssz", "YYYY-MM-DDThh:mm:ssZ"] {
        let columns = columns.clone().with_dates(pattern);
        let on = day("2023-04-01");
        assert_eq!(
            dates(&columns),
            ("2023-01-10".to_owned(), Outcome::Won { on })
        );
        let on = day("2023-03-31");
        let there = columns.with_place(place("-07:00"));
        assert_eq!(
            dates(&there),
            ("2023-01-09".to_owned(), Outcome::Won { on })
        );
    }
}

/// Every column of instants and of dates; one that has no time of day is a date there anyhow.
#[test]
fn every_column_is_brought_to_the_place() {
    let columns = leads()
        .with_assigned("to")
        .with_first_touch("touch")
        .with_attempt("try")
        .with_qualified("qual")
        .with_disqualified("out")
        .with_dates("YYYY-MM-DD hh:mmz")
        .with_place(place("-05:00"));
    let file = "id,in,to,touch,try,qual,out\n\
        L-1,2026-04-01 01:00Z,2026-04-01 02:00Z,2026-04-01 03:00+01:00,2026-04-02 04:00Z,2026-04-03 00:30Z,2026-04-04 23:00-05:00\n";
    let lead = one(file, &columns).unwrap();
    assert_eq!(lead.arrived().to_string(), "2026-03-31T20:00:00-05:00");
    assert_eq!(
        lead.assigned().unwrap().to_string(),
        "2026-03-31T21:00:00-05:00"
    );
    assert_eq!(
        lead.first_touch().unwrap().to_string(),
        "2026-03-31T21:00:00-05:00"
    );
    assert_eq!(
        lead.attempts().next().unwrap().to_string(),
        "2026-04-01T23:00:00-05:00"
    );
    assert_eq!(lead.qualified(), Some(day("2026-04-02")));
    assert_eq!(lead.disqualified(), Some(day("2026-04-04")));
    let apart = columns
        .with_instants("YYYY-MM-DD hh:mmz")
        .with_dates("YYYY-MM-DD");
    let file = "id,in,to,touch,try,qual,out\nL-1,2026-04-01 01:00Z,,,,2026-04-03,\n";
    assert_eq!(
        one(file, &apart).unwrap().qualified(),
        Some(day("2026-04-03"))
    );

    let kind = WordColumn::fixed(ActivityKind::Meeting);
    let columns = ActivityColumns::new("id", kind, "at").with_booked("booked");
    let columns = columns
        .with_dates("YYYY-MM-DDThh:mmZ")
        .with_place(place("+09:00"));
    let file = "id,at,booked\nA-1,2026-03-31T20:00Z,2026-03-30T15:00Z\n";
    let demo = one(file, &columns).unwrap();
    assert_eq!(demo.at().to_string(), "2026-04-01T05:00:00+09:00");
    assert_eq!(demo.booked(), Some(day("2026-03-31")));

    let columns = ContractColumns::new("id", "account", "from", Currency::EUR)
        .with_last_day("to")
        .with_dates("YYYY-MM-DDThh:mm:ssz")
        .with_place(place("-05:00"));
    let file = "id,account,from,to\nC-1,A,2026-01-01T03:00:00Z,2026-12-31T12:00:00Z\n";
    let contract = one(file, &columns).unwrap();
    assert_eq!(contract.start(), day("2025-12-31"));
    assert_eq!(contract.last_day(), Some(day("2026-12-31")));
}

/// As those of a warehouse: in UTC, and they don't say so.
#[test]
fn times_without_an_offset_are_told_there_or_at_the_offset() {
    let columns = leads()
        .with_qualified("qual")
        .with_dates("YYYY-MM-DD hh:mm:ss");
    let there = columns.clone().with_place(berlin().place());
    let in_utc = there.clone().with_offset("Z");
    let file = "id,in,qual\nL-1,2026-07-01 23:30:00,2026-07-02 22:15:00\n";
    let read = |columns: &LeadColumns| {
        let lead = one(file, columns).unwrap();
        (
            lead.arrived().to_string(),
            lead.qualified().unwrap().to_string(),
        )
    };
    let as_told = (
        "2026-07-01T23:30:00+02:00".to_owned(),
        "2026-07-02".to_owned(),
    );
    assert_eq!(read(&there), as_told);
    let brought = (
        "2026-07-02T01:30:00+02:00".to_owned(),
        "2026-07-03".to_owned(),
    );
    assert_eq!(read(&in_utc), brought);
}

/// What is declared is of the times that say nothing, and of no others.
#[test]
fn a_written_offset_holds_beside_a_declared_one() {
    let columns = leads().with_qualified("qual");
    let columns = columns.with_place(place("-05:00")).with_offset("Z");
    let (bare, with_offset) = ("YYYY-MM-DD hh:mm", "YYYY-MM-DD hh:mmz");
    let read = |instants: &str, dates: &str, cells: &str| {
        let columns = columns.clone().with_instants(instants).with_dates(dates);
        let lead = one(&format!("id,in,qual\nL-1,{cells}\n"), &columns).unwrap();
        assert_eq!(lead.qualified(), Some(day("2026-07-02")));
        lead.arrived().to_string()
    };
    let cells = "2026-07-02 01:00+02:00,2026-07-03 03:00";
    let arrived = read(with_offset, bare, cells);
    assert_eq!(arrived, "2026-07-01T18:00:00-05:00");
    let cells = "2026-07-02 01:00,2026-07-03 08:00+09:00";
    let arrived = read(bare, with_offset, cells);
    assert_eq!(arrived, "2026-07-01T20:00:00-05:00");
}

#[test]
fn an_hour_that_comes_twice_and_one_that_never_comes() {
    let there = leads()
        .with_dates("YYYY-MM-DD hh:mm")
        .with_place(berlin().place());
    let arrival = |cell| arrival(cell, &there);
    for (cell, instant) in [
        ("2026-03-29 01:59", "2026-03-29T01:59:00+01:00"),
        ("2026-03-29 03:00", "2026-03-29T03:00:00+02:00"),
        ("2026-10-25 01:59", "2026-10-25T01:59:00+02:00"),
        ("2026-10-25 02:00", "2026-10-25T02:00:00+02:00"),
        ("2026-10-25 02:59", "2026-10-25T02:59:00+02:00"),
        ("2026-10-25 03:00", "2026-10-25T03:00:00+01:00"),
    ] {
        assert_eq!(arrival(cell).as_deref(), Ok(instant));
    }
    let skipped = "line 2, column \"in\": \"2026-03-29 02:30\" is skipped by the clock of the place, which is put forward then; \
                   check the place, or declare the offset";
    assert_eq!(arrival("2026-03-29 02:30"), Err(skipped.to_owned()));
    assert!(arrival("2026-03-29 02:00").is_err());
}

/// What the clock skips as it is put forward it shows when it is put back a minute later.
#[test]
fn a_time_that_is_shown_later_is_not_skipped() {
    let json = r#"[{"offset": "Z"}, {"from": "2026-03-08T07:00:00Z", "offset": "+02:00"}, {"from": "2026-03-08T07:01:00Z", "offset": "+01:00"}]"#;
    let there: Place = serde_json::from_str(json).unwrap();
    let told = |time: &str| {
        let local = day("2026-03-08").and_time(time.parse().unwrap());
        there.instant_of(local).map(|at| at.to_rfc3339())
    };
    let at = |text: &str| Some(text.to_owned());
    assert_eq!(told("06:59:59"), at("2026-03-08T06:59:59+00:00"));
    assert_eq!(told("07:30:00"), None);
    assert_eq!(told("08:00:59"), None);
    assert_eq!(told("08:01:00"), at("2026-03-08T08:01:00+01:00"));
    assert_eq!(told("09:00:30"), at("2026-03-08T09:00:30+02:00"));
    assert_eq!(told("09:01:00"), at("2026-03-08T09:01:00+01:00"));
}

fn within_reach() -> impl Strategy<Value = Instant> + Clone {
    (1_695_000_000..1_740_000_000_i64)
        .prop_map(|second| DateTime::from_timestamp(second, 0).unwrap().fixed_offset())
}

fn text(local: NaiveDateTime) -> String {
    local.format("%Y-%m-%d %H:%M:%S").to_string()
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_place_tells_every_time_that_it_shows(zone in zones(), at in within_reach()) {
        let place = zone.place();
        let there = place.at(at);
        let told = place.instant_of(there.naive_local()).unwrap();
        prop_assert_eq!(told.naive_local(), there.naive_local());
        // Of a time that it shows twice, or more often, the first.
        prop_assert!(told <= at);
        let again = (told.timestamp()..at.timestamp()).find(|second| {
            zone.there(DateTime::from_timestamp(*second, 0).unwrap().fixed_offset()).naive_local() == there.naive_local()
        });
        prop_assert_eq!(again.unwrap_or(at.timestamp()), told.timestamp());
    }

    #[test]
    fn no_time_that_a_place_tells_is_skipped(zone in zones(), at in within_reach()) {
        let local = at.naive_local();
        let shown = zone.changes.iter().map(|(_, east)| *east).chain([zone.first]).filter(|east| {
            zone.east(at.timestamp() - i64::from(*east)) == *east
        });
        let first = shown.map(|east| at.timestamp() - i64::from(east)).min();
        prop_assert_eq!(zone.place().instant_of(local).map(|told| told.timestamp()), first);
    }

    #[test]
    fn a_file_is_brought_to_its_place(zone in zones(), at in within_reach(), east in crate::place::easts()) {
        let there = zone.place().at(at);
        let written = at.with_timezone(&offset(east));
        let columns = leads().with_qualified("qual").with_dates("YYYY-MM-DDThh:mm:ssz").with_place(zone.place());
        let cell = written.to_rfc3339();
        let lead = one(&format!("id,in,qual\nL-1,{cell},{cell}\n"), &columns).unwrap();
        prop_assert_eq!(lead.arrived().to_string(), there.to_rfc3339());
        prop_assert_eq!(lead.qualified(), Some(there.date_naive()));
        let bare = leads().with_dates("YYYY-MM-DD hh:mm:ss").with_place(zone.place());
        let told = zone.place().instant_of(there.naive_local()).unwrap();
        prop_assert_eq!(arrival(&text(there.naive_local()), &bare), Ok(told.to_rfc3339()));
        let at_offset = bare.with_offset(written.offset().to_string());
        prop_assert_eq!(arrival(&text(written.naive_local()), &at_offset), Ok(there.to_rfc3339()));
    }
}

#[test]
fn a_place_is_data() {
    let json = r#"{"id": "id", "arrived": "in", "dates": "YYYY-MM-DDThh:mmz",
        "place": [{"offset": "-05:00"}, {"from": "2026-03-08T07:00:00Z", "offset": "-04:00"}]}"#;
    let columns: LeadColumns = serde_json::from_str(json).unwrap();
    assert_eq!(
        arrival("2026-03-08T06:59Z", &columns).as_deref(),
        Ok("2026-03-08T01:59:00-05:00")
    );
    assert_eq!(
        arrival("2026-03-08T07:00Z", &columns).as_deref(),
        Ok("2026-03-08T03:00:00-04:00")
    );
    let again = serde_json::to_string(&columns).unwrap();
    assert_eq!(
        serde_json::from_str::<LeadColumns>(&again).unwrap(),
        columns
    );
    let error = serde_json::from_str::<LeadColumns>(&json.replace("-05:00", "EST")).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("\"EST\" is no offset; write it as +01:00, or as Z; a time zone has several, which Place::in_zone lists"),
        "{error}"
    );
    // The date there is in the supported years, or the row is refused.
    let edge = leads()
        .with_dates("YYYY-MM-DDThh:mmz")
        .with_place(place("-05:00"));
    let error = arrival("1900-01-01T04:59Z", &edge).unwrap_err();
    assert_eq!(
        error,
        "line 2, column \"in\": \"1900-01-01T04:59Z\": lead L-1: arrived: 1899-12-31 is outside of the supported years 1900 to 2999"
    );
}
