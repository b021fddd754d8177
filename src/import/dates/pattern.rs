use crate::import::pattern::{self, Part};

/// The longest of one letter first.
const SYMBOLS: [(&str, Part); 17] = [
    ("YYYY", Part::Year),
    ("YY", Part::TwoDigitYear),
    ("MMMM", Part::MonthName),
    ("MMM", Part::MonthByThree),
    ("MM", Part::Month),
    ("M", Part::ShortMonth),
    ("DD", Part::Day),
    ("D", Part::ShortDay),
    ("WWW", Part::Weekday),
    ("hh", Part::Hour),
    ("h", Part::ShortHour),
    ("ap", Part::Half),
    ("mm", Part::Minute),
    ("ss", Part::Second),
    ("f", Part::Fraction),
    ("z", Part::Zone),
    ("Z", Part::Utc),
];

/// What may be said once, and by which symbols; the first three must be.
const ONCE: [(&str, &[Part]); 10] = [
    ("year (YYYY or YY)", &[Part::Year, Part::TwoDigitYear]),
    (
        "month (MM, M, MMM or MMMM)",
        &[
            Part::Month,
            Part::ShortMonth,
            Part::MonthByThree,
            Part::MonthName,
        ],
    ),
    ("day (DD or D)", &[Part::Day, Part::ShortDay]),
    ("day of the week (WWW)", &[Part::Weekday]),
    ("hour (hh or h)", &[Part::Hour, Part::ShortHour]),
    ("half of the day (ap)", &[Part::Half]),
    ("minute (mm)", &[Part::Minute]),
    ("second (ss)", &[Part::Second]),
    ("fraction (f)", &[Part::Fraction]),
    ("offset (z or Z)", &[Part::Zone, Part::Utc]),
];

/// All that a date in this pattern may be, the fullest first.
pub(super) fn choices(pattern: &str) -> Result<Vec<Vec<Part>>, String> {
    let choices = pattern::choices(pattern, &SYMBOLS)?;
    for choice in &choices {
        check(choice)?;
    }
    Ok(choices)
}

/// Whether it says all that a date needs, and nothing twice.
fn check(parts: &[Part]) -> Result<(), String> {
    let count = |wanted: &[Part]| parts.iter().filter(|part| wanted.contains(part)).count();
    let mut missing = Vec::new();
    for (at, (name, symbols)) in ONCE.iter().enumerate() {
        match count(symbols) {
            0 if at < 3 => missing.push(format!("the {name}")),
            0 | 1 => {}
            _ => return Err(format!("says the {name} more than once")),
        }
    }
    let has = |wanted: &[Part]| count(wanted) > 0;
    let has_hour = has(&[Part::Hour, Part::ShortHour]);
    if has(&[Part::Half]) && !has_hour {
        return Err("has am or pm (ap) without an hour (h or hh)".to_owned());
    }
    if missing.is_empty() {
        return Ok(());
    }
    let hint = if has(&[Part::Minute]) && !has_hour {
        "; mm is minutes, MM is months"
    } else {
        ""
    };
    Err(format!("lacks {}{hint}", missing.join(" and ")))
}

/// How many bytes a text in this pattern has at least.
pub(super) fn least(parts: &[Part]) -> usize {
    let mut bytes = 0_usize;
    for part in parts {
        bytes = bytes.saturating_add(match part {
            Part::Year => 4,
            Part::TwoDigitYear
            | Part::Month
            | Part::Day
            | Part::Hour
            | Part::Half
            | Part::Minute
            | Part::Second => 2,
            _ => 1,
        });
    }
    bytes
}
