//! Cells as programs write them, and those that no declared format fits.

mod counted;
mod formats;
mod laws;
mod names;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{Calendar, Clocks, Dates, Years};
use crate::import::Problem;
use crate::import::texts::Texts;
use crate::period::Place;
use crate::period::When;

fn utc() -> Clocks {
    Clocks {
        place: FixedOffset::east_opt(0).map(Place::fixed),
        offset: None,
    }
}

fn calendar() -> Calendar {
    Calendar {
        clocks: utc(),
        ..Calendar::default()
    }
}

fn dates(patterns: impl Into<Texts>) -> Dates {
    Dates::new(&patterns.into(), &calendar()).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A day, or an instant.
fn moment(text: &str) -> When {
    match text.len() {
        10 => When::Day(day(text)),
        _ => When::Instant(DateTime::parse_from_rfc3339(text).unwrap()),
    }
}

fn assert_reads(dates: &Dates, cases: &[(&str, &str)]) {
    for (cell, expected) in cases {
        let read = dates.read_when(cell.as_bytes());
        assert_eq!(read, Ok(moment(expected)), "{cell} by {}", dates.patterns());
        let date = dates.read(cell.as_bytes()).unwrap();
        assert_eq!(date, day(&expected[..10]), "{cell}");
    }
}

fn assert_refuses(dates: &Dates, cells: &[&str]) {
    for cell in cells {
        let format = dates.patterns();
        assert_eq!(dates.read(cell.as_bytes()), None, "{cell} by {format}");
        let refused = Err(Problem::NoDate { format });
        assert_eq!(dates.read_when(cell.as_bytes()), refused, "{cell}");
    }
}

#[test]
fn timestamps_and_dates_stand_in_one_file() {
    let salesforce = dates(["YYYY-MM-DDThh:mm:ss.fz", "YYYY-MM-DD"]);
    assert_reads(
        &salesforce,
        &[
            ("2026-01-07T09:30:00.000Z", "2026-01-07T09:30:00Z"),
            ("2026-01-07T09:30:00.000+0000", "2026-01-07T09:30:00Z"),
            ("2026-02-20", "2026-02-20"),
        ],
    );
    let problem = salesforce.read_when(b"7 Jan").unwrap_err();
    assert_eq!(
        problem.to_string(),
        "is no date in the format YYYY-MM-DDThh:mm:ss.fz or YYYY-MM-DD"
    );
    assert_eq!(
        dates(["YYYY-MM-DD", "D/M/YYYY", "serial"]).patterns(),
        "YYYY-MM-DD, D/M/YYYY or serial"
    );
}

#[test]
fn a_year_of_two_digits_and_an_hour_of_one() {
    let stripe = dates("M/D/YY h:mm");
    assert_reads(
        &stripe,
        &[
            ("12/25/25 8:05", "2025-12-25T08:05:00Z"),
            ("12/25/25 20:18", "2025-12-25T20:18:00Z"),
            ("1/2/70 08:05", "1970-01-02T08:05:00Z"),
            ("1/2/69 0:00", "2069-01-02T00:00:00Z"),
        ],
    );
    assert_refuses(
        &stripe,
        &[
            "12/25/2025 8:05",
            "12/25/5 8:05",
            "25/12/25 8:05",
            "12/25/25 24:00",
            "12/25/25 8:5",
            "12/25/25",
        ],
    );
    assert_reads(
        &dates("M/D/YYYY h:mm"),
        &[("1/18/2021 0:00", "2021-01-18T00:00:00Z")],
    );
    assert_refuses(&dates("M/D/YYYY hh:mm"), &["1/18/2021 0:00"]);
}

#[test]
fn two_digits_are_of_the_hundred_years_that_are_declared() {
    for (first, two_digits, year) in [
        (1970, "70", "1970"),
        (1970, "69", "2069"),
        (1930, "29", "2029"),
        (1930, "30", "1930"),
        (2000, "00", "2000"),
        (2000, "99", "2099"),
        (1999, "98", "2098"),
        (1900, "99", "1999"),
        (2900, "00", "2900"),
    ] {
        let calendar = Calendar {
            years: Years::from(first).unwrap(),
            ..calendar()
        };
        let dates = Dates::new(&"YY-MM-DD".into(), &calendar).unwrap();
        let read = dates.read(format!("{two_digits}-01-31").as_bytes());
        assert_eq!(read, Some(day(&format!("{year}-01-31"))), "{first}");
    }
    assert!(Years::from(1899).is_none());
    assert!(Years::from(2901).is_none());
}

#[test]
fn clocks_of_twelve_hours() {
    let dates = dates("M/D/YYYY h:mm ap");
    assert_reads(
        &dates,
        &[
            ("1/18/2021 12:00 AM", "2021-01-18T00:00:00Z"),
            ("1/18/2021 1:05 am", "2021-01-18T01:05:00Z"),
            ("1/18/2021 11:59 a.m.", "2021-01-18T11:59:00Z"),
            ("1/18/2021 12:00 p.m.", "2021-01-18T12:00:00Z"),
            ("1/18/2021 05:30\u{202f}PM", "2021-01-18T17:30:00Z"),
            ("1/18/2021 11:59 P.M.", "2021-01-18T23:59:00Z"),
        ],
    );
    assert_refuses(
        &dates,
        &[
            "1/18/2021 0:30 AM",
            "1/18/2021 13:30 PM",
            "1/18/2021 1:30",
            "1/18/2021 1:30PM",
            "1/18/2021 1:30 p",
            "1/18/2021 1:30 p.m",
            "1/18/2021 1:30 pm.",
            "1/18/2021 1:30 xm",
        ],
    );
}

/// Two columns are read as one text, with a space between.
#[test]
fn a_date_and_a_time_of_two_columns() {
    let due = dates("YYYY-MM-DD[ hh:mm]");
    for (date, time, expected) in [
        ("2026-01-05", "10:30", "2026-01-05T10:30:00Z"),
        ("2026-01-05", "", "2026-01-05"),
    ] {
        let cell = format!("{date} {time}");
        assert_reads(&due, &[(cell.trim(), expected)]);
    }
}

#[test]
fn timestamps_of_customer_systems() {
    for (pattern, cell, expected) in [
        (
            "YYYY-MM-DD hh:mm",
            "2026-01-07 09:30",
            "2026-01-07T09:30:00Z",
        ),
        (
            "YYYY-MM-DD hh:mm:ss[.f]",
            "2026-01-07 09:30:00.125",
            "2026-01-07T09:30:00.125Z",
        ),
        (
            "YYYY-MM-DD hh:mm:ss[.f]",
            "2026-01-07 09:30:00",
            "2026-01-07T09:30:00Z",
        ),
        (
            "DD MMM, YYYY hh:mm:ss",
            "07 Jan, 2026 09:30:00",
            "2026-01-07T09:30:00Z",
        ),
        (
            "YYYY-MM-DDThh:mm:ssz",
            "2026-01-07T09:30:00+03:00",
            "2026-01-07T06:30:00Z",
        ),
        (
            "YYYY-MM-DD hh:mm:ss z",
            "2026-01-07 09:30:00 UTC",
            "2026-01-07T09:30:00Z",
        ),
        (
            "YYYY-MM-DD hh:mm:ss.fz",
            "2026-01-07 09:30:00.1+00",
            "2026-01-07T09:30:00.1Z",
        ),
        (
            "MMMM D, YYYY 'at' h:mm ap",
            "January 7, 2026 at 9:30 PM",
            "2026-01-07T21:30:00Z",
        ),
        (
            "D 'de' MMMM 'de' YYYY",
            "7 de January de 2026",
            "2026-01-07",
        ),
        ("YYYY'年'M'月'D'日'", "2026年1月7日", "2026-01-07"),
    ] {
        assert_reads(&dates(pattern), &[(cell, expected)]);
    }
}

#[test]
fn offsets_of_hours_alone_and_names_of_utc() {
    let dates = dates("YYYY-MM-DD hh:mmz");
    assert_refuses(
        &dates,
        &[
            "2026-01-07 09:30+1",
            "2026-01-07 09:30+24",
            "2026-01-07 09:30+01:",
            "2026-01-07 09:30+010",
            "2026-01-07 09:30UT",
            "2026-01-07 09:30utc",
            "2026-01-07 09:30EST",
        ],
    );
}
