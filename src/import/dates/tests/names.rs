//! Months and days of the week by their names.

use super::*;
use crate::import::dates::Months;

pub(super) fn german() -> Calendar {
    let months = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let short = |name: &str| name.chars().take(3).collect::<String>();
    let both = |name: &str| match name {
        "Mai" => Texts::from("Mai"),
        "Januar" => Texts::from(["Januar", "Jan", "Jän", "Jänner"]),
        name => Texts::from(vec![name.to_owned(), short(name)]),
    };
    Calendar {
        months: Months::of(&months.map(both)).unwrap(),
        ..calendar()
    }
}

#[test]
fn months_are_written_in_full_and_short() {
    assert_reads(
        &dates("MMMM D, YYYY"),
        &[
            ("April 15, 2021", "2021-04-15"),
            ("APR 15, 2021", "2021-04-15"),
            ("apr. 15, 2021", "2021-04-15"),
            ("May 1, 2021", "2021-05-01"),
        ],
    );
    assert_reads(
        &dates("D MMMM, YYYY"),
        &[
            ("5 Sept, 2021", "2021-09-05"),
            ("5 Sep., 2021", "2021-09-05"),
        ],
    );
    assert_reads(&dates("D.MMMM.YYYY"), &[("5.Sep.2021", "2021-09-05")]);
    assert_refuses(
        &dates("MMMM D, YYYY"),
        &[
            "Aprile 15, 2021",
            "Ap 15, 2021",
            "Mär 15, 2021",
            "4 15, 2021",
            "April.. 15, 2021",
            "April 15 2021",
        ],
    );
    assert_refuses(&dates("MMM D, YYYY"), &["April 15, 2021", "Apr. 15, 2021"]);
}

#[test]
fn months_have_the_names_that_the_mapping_gives() {
    let german = |pattern: &str| Dates::new(&pattern.into(), &german()).unwrap();
    assert_reads(
        &german("DD. MMMM YYYY"),
        &[
            ("03. Mär 2024", "2024-03-03"),
            ("03. Mär. 2024", "2024-03-03"),
            ("03. MÄRZ 2024", "2024-03-03"),
            ("01. Jänner 2024", "2024-01-01"),
            ("31. Dezember 2024", "2024-12-31"),
        ],
    );
    assert_reads(
        &german("DD. MMM YYYY"),
        &[
            ("03. Mär 2024", "2024-03-03"),
            ("01. mai 2024", "2024-05-01"),
        ],
    );
    assert_refuses(
        &german("DD. MMMM YYYY"),
        &[
            "03. Mar 2024",
            "03. March 2024",
            "03. M 2024",
            "03. MÄRZEN 2024",
        ],
    );
    let mut months = vec![Texts::from("x"); 11];
    assert_eq!(Months::of(&months).unwrap_err(), "months are 12, not 11");
    months.push("X".into());
    assert_eq!(
        Months::of(&months).unwrap_err(),
        "the month's name \"x\" stands twice"
    );
    months[1] = " y".into();
    assert_eq!(
        Months::of(&months).unwrap_err(),
        "the month's name \" y\" is empty, or begins or ends with white space"
    );
    months[0] = Vec::<String>::new().into();
    assert_eq!(Months::of(&months).unwrap_err(), "month 1 has no name");
}

#[test]
fn a_day_of_the_week_is_that_of_the_date() {
    let mail = dates("WWW, D MMM YYYY hh:mm:ss z");
    assert_reads(
        &mail,
        &[
            ("Thu, 26 Nov 2026 10:00:00 +0100", "2026-11-26T09:00:00Z"),
            ("THURSDAY, 26 Nov 2026 10:00:00 GMT", "2026-11-26T10:00:00Z"),
        ],
    );
    assert_refuses(
        &mail,
        &[
            "Fri, 26 Nov 2026 10:00:00 +0100",
            "Thurs, 26 Nov 2026 10:00:00 Z",
            ", 26 Nov 2026 10:00:00 Z",
        ],
    );
}
