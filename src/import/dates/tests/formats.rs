//! What a format may be, and several of them.

use super::*;

#[test]
fn what_stands_in_brackets_may_lack() {
    let dates = dates("YYYY-MM-DD[ hh:mm[:ss[.f]]][z]");
    assert_reads(
        &dates,
        &[
            ("2026-01-07", "2026-01-07"),
            ("2026-01-07 09:30", "2026-01-07T09:30:00Z"),
            ("2026-01-07 09:30:15", "2026-01-07T09:30:15Z"),
            ("2026-01-07 09:30:15.25", "2026-01-07T09:30:15.25Z"),
            ("2026-01-07 09:30+02:00", "2026-01-07T07:30:00Z"),
            ("2026-01-07 09:30:15.25-02", "2026-01-07T11:30:15.25Z"),
            ("2026-01-07Z", "2026-01-07"),
        ],
    );
    assert_refuses(
        &dates,
        &[
            "2026-01-07 ",
            "2026-01-07 09",
            "2026-01-07 09:30:",
            "2026-01-07 09:30:15.",
            "2026-01-07 09:30.5",
            "2026-01-07[ 09:30",
            "2026-01-07 09:30 Z",
        ],
    );
    // Which of a date and a time a record needs, the day alone says.
    assert!(matches!(dates.read_when(b"2026-01-07"), Ok(When::Day(_))));
    assert!(matches!(
        dates.read_when(b"2026-01-07 09:30"),
        Ok(When::Instant(_))
    ));
    assert!(dates.is_local());
    assert!(!self::dates("YYYY-MM-DD[Thh:mm[:ss]z]").is_local());
    assert!(self::dates("YYYY-MM-DD[Thh:mm[z]]").is_local());
    assert!(!self::dates("YYYY-MM-DD[ hh]").has_time());
}

#[test]
fn the_first_format_that_fits_holds() {
    assert_reads(
        &dates(["D/M/YYYY", "M/D/YYYY"]),
        &[("2/1/2026", "2026-01-02"), ("1/31/2026", "2026-01-31")],
    );
}

#[test]
fn a_format_that_is_none_says_why() {
    let missing = |what: &str| format!("lacks the {what}");
    let (year, month, day) = (
        "year (YYYY or YY)",
        "month (MM, M, MMM or MMMM)",
        "day (DD or D)",
    );
    for (pattern, problem) in [
        ("", missing(&format!("{year} and the {month} and the {day}"))),
        ("YYYY-MM", missing(day)),
        ("MM-DD", missing(year)),
        ("YYYY-[MM-]DD", missing(month)),
        ("YYYY-mm-DD", missing(month) + "; mm is minutes, MM is months"),
        ("YYYY-MM-DD D", format!("says the {day} more than once")),
        ("YYYY-MM-DD hh:mm ap h", "says the hour (hh or h) more than once".into()),
        ("YYYY-MM-DD ap", "has am or pm (ap) without an hour (h or hh)".into()),
        ("yyyy-MM-dd", "has \"yyyy\", which is written YYYY here".into()),
        ("YYYY-MM-dd", "has \"dd\", which is written DD here".into()),
        ("YYYY-MM-DD HH:mm", "has \"HH\", which is written hh here".into()),
        ("M/D/YYYY h:mm A", "has \"A\", which is written ap here".into()),
        ("M/D/YYYY h:mm tt", "has \"tt\", which is written ap here".into()),
        ("YYYY-MM-DD hh:mm:ss.SSS", "has \"SSS\", which is written f here".into()),
        ("TT.MM.JJJJ", "has \"JJJJ\", which is written YYYY here".into()),
        ("%Y-%m-%d", "is written YYYY-MM-DD here".into()),
        ("%d/%m/%y %H:%M", "is written DD/MM/YY hh:mm here".into()),
        ("%F %T", "is written YYYY-MM-DD hh:mm:ss here".into()),
        ("YYYY-MM-DD]", "closes a bracket that it does not open".into()),
        ("[YYYY-MM-DD", "opens a bracket that it does not close".into()),
        ("YYYY-MM-DD 'x", "opens an apostrophe that it does not close".into()),
        (
            "YYYY-MM-DD[.][.][.][.][.][.][.]",
            "has too many brackets; give it as several formats".into(),
        ),
        (
            "YYYY年MM月DD日",
            "has \"年\", which is none of YYYY, YY, MMMM, MMM, MM, M, DD, D, WWW, hh, h, ap, mm, ss, f, z, Z; \
             what stands for itself stands in apostrophes"
                .into(),
        ),
    ] {
        let error = Dates::new(&pattern.into(), &calendar()).unwrap_err();
        assert_eq!(error, format!("the date format \"{pattern}\" {problem}"));
    }
    let none = Dates::new(&Vec::<String>::new().into(), &calendar()).unwrap_err();
    assert_eq!(none, "the list of date formats is empty");
    let twice = Dates::new(&["YYYY-MM-DD", "YYYY-MM-DD"].into(), &calendar()).unwrap_err();
    assert_eq!(twice, "the date format \"YYYY-MM-DD\" stands twice");
}
