//! What in a mapping could be declared, so that what was refused is read.

use super::Problem;
use super::row::folded;
use crate::error::{Error, ErrorKind};
use crate::record::OPEN_WITH_CLOSE;

/// Signs of currencies, which often stand beside an amount.
const SIGNS: [char; 14] = [
    '$', '€', '£', '¥', '₹', '₩', '₽', '₺', '₫', '₴', '₦', '₪', '฿', '₱',
];
/// How many digits the milliseconds since 1970 have.
const MILLIS: core::ops::RangeInclusive<usize> = 12..=14;

/// Behind the text of a problem of a cell; nothing where nobody can tell.
#[cold]
pub(super) fn of_cell(value: &str, problem: &Problem) -> String {
    match problem {
        Problem::UnknownWord { words } => like(value, words).map_or_else(String::new, |word| {
            format!("; with fold it is read as \"{word}\"")
        }),
        Problem::NoNumber { .. } => affix(value).map_or_else(String::new, |affix| {
            format!("; \"{affix}\" has to be declared among the affixes")
        }),
        Problem::Refused(error) if error.kind() == ErrorKind::DateOutOfRange => {
            let digits = value.strip_prefix('-').unwrap_or(value);
            let is_millis = digits.bytes().all(|byte| byte.is_ascii_digit());
            if is_millis && MILLIS.contains(&digits.len()) {
                return "; milliseconds are unix_ms".to_owned();
            }
            String::new()
        }
        Problem::Refused(error) => of_record(error).to_owned(),
        _ => String::new(),
    }
}

fn of_record(error: &Error) -> &'static str {
    match (error.kind(), error.field()) {
        (
            ErrorKind::TooManyDecimals,
            Some("amount" | "cost" | "list price" | "one-time fee" | "recurring fee"),
        ) => ", or declare rounded_to",
        (ErrorKind::LossReasonWithoutLoss, _) => {
            "; where it may say something else, declare ignored_when"
        }
        (ErrorKind::Contradiction, Some("close")) if error.problem() == OPEN_WITH_CLOSE => {
            "; where it may say something else, declare ignored_when"
        }
        _ => "",
    }
}

/// Behind the text of a header that lacks columns.
#[cold]
pub(super) fn of_header(missing: &[String], header: &[String], delimiter: Option<char>) -> String {
    if let Some(mark) = delimiter {
        return format!("; if {mark:?} parts its columns, declare it as the delimiter");
    }
    let mut missing = missing.iter();
    if missing.any(|name| like(name, header).is_some()) {
        return "; with fold they are compared without regard to capitals and spaces".to_owned();
    }
    let named = header.iter().filter(|name| !name.is_empty());
    if named.count() < 2 {
        return "; if lines stand above it, declare how many as title_lines".to_owned();
    }
    String::new()
}

/// That one of the names which differs in capitals and spaces alone.
fn like<'a>(text: &str, names: &'a [String]) -> Option<&'a str> {
    let plain = folded(text);
    let mut names = names.iter();
    let like = names.find(|name| !plain.is_empty() && folded(name) == plain);
    like.map(String::as_str)
}

/// The sign or the code of a currency at one of the ends of a number.
fn affix(value: &str) -> Option<&str> {
    let is_of_number = |letter: char| letter.is_ascii_digit() || ".,-+('".contains(letter);
    let value = value.trim_start_matches(['-', '+', '(']);
    let start = value.find(is_of_number)?;
    let (before, rest) = value.split_at_checked(start)?;
    let end = rest.rfind(|letter: char| letter.is_ascii_digit() || ".-)".contains(letter))?;
    let behind = rest.get(end.checked_add(1)?..)?;
    let is_affix = |text: &&str| {
        let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        is_code || text.contains(SIGNS) && text.chars().count() < 4
    };
    let mut ends = [before.trim(), behind.trim()].into_iter();
    ends.find(is_affix)
}
