//! Dates that are numbers.

use super::*;

#[test]
fn serial_days_of_spreadsheets() {
    let serial = dates("serial");
    assert_reads(
        &serial,
        &[
            ("45383", "2024-04-01"),
            ("45383.65625", "2024-04-01T15:45:00Z"),
            ("45383.0", "2024-04-01T00:00:00Z"),
            // A third of a day, as a binary number has it.
            ("45383.3333333333", "2024-04-01T08:00:00Z"),
            ("45382.9999999999", "2024-04-01T00:00:00Z"),
            ("1", "1900-01-01"),
            ("59", "1900-02-28"),
            ("61", "1900-03-01"),
        ],
    );
    assert_refuses(
        &serial,
        &[
            "",
            "0",
            "60",
            "60.5",
            "-1",
            "45,383",
            "45383.",
            ".5",
            "4.5e4",
            "45383.5x",
            "2024-04-01",
            "99999999999999",
        ],
    );
    assert_reads(
        &dates("serial1904"),
        &[
            ("0", "1904-01-01"),
            ("60", "1904-03-01"),
            ("43921", "2024-04-01"),
            ("43921.5", "2024-04-01T12:00:00Z"),
        ],
    );
    assert!(serial.is_local());
}

#[test]
fn seconds_of_computers_are_in_utc() {
    let seconds = dates("unix");
    assert_reads(
        &seconds,
        &[
            ("0", "1970-01-01T00:00:00Z"),
            ("1735689600", "2025-01-01T00:00:00Z"),
            ("1735689600.5", "2025-01-01T00:00:00.5Z"),
            ("-1", "1969-12-31T23:59:59Z"),
        ],
    );
    let millis = dates("unix_ms");
    assert_reads(&millis, &[("1735689600123", "2025-01-01T00:00:00.123Z")]);
    for dates in [&seconds, &millis] {
        assert!(!dates.is_local());
        assert_refuses(
            dates,
            &[
                "",
                "-",
                "--1",
                "+1",
                "1e9",
                "2025-01-01",
                "1.",
                "99999999999999",
            ],
        );
    }
}
