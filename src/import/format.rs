//! How a file writes things, checked before one is opened.

use chrono::{DateTime, FixedOffset};

use super::ImportError;
use super::dates::{self, Dates};
use super::numbers::Numbers;

/// What a mapping says of it.
pub struct Format<'a> {
    pub(super) dates: &'a str,
    pub(super) decimal_mark: char,
    pub(super) grouping_mark: Option<char>,
    pub(super) delimiter: char,
}

/// How dates and numbers are read.
pub struct Formats {
    pub(super) dates: Dates,
    pub(super) numbers: Numbers,
}

impl Formats {
    pub(super) fn new(format: &Format<'_>) -> Result<Self, ImportError> {
        Ok(Self {
            dates: dates(format.dates)?,
            numbers: numbers(format.decimal_mark, format.grouping_mark)?,
        })
    }
}

pub(super) fn invalid<T>(text: impl Into<String>) -> Result<T, ImportError> {
    Err(problem(text.into()))
}

pub(super) fn problem(problem: String) -> ImportError {
    ImportError::InvalidColumns { problem }
}

pub(super) fn delimiter(mark: char) -> Result<u8, ImportError> {
    let allowed = mark.is_ascii() && !mark.is_ascii_alphanumeric() && !"\"\r\n\0".contains(mark);
    match u8::try_from(mark) {
        Ok(mark) if allowed => Ok(mark),
        _ => invalid(format!(
            "the delimiter is {mark:?}, but must be one ASCII mark, such as ',', ';' or a tab"
        )),
    }
}

fn dates(pattern: &str) -> Result<Dates, ImportError> {
    Dates::new(pattern).map_or_else(
        || {
            invalid(format!(
                "the date format \"{pattern}\" must have one YYYY, one of MM, M, MMM, one of DD, D, and beside them only \
                 hh, mm, ss, f, z, T, Z, spaces and punctuation"
            ))
        },
        Ok,
    )
}

fn numbers(decimal: char, grouping: Option<char>) -> Result<Numbers, ImportError> {
    let unfit = |mark: &char| mark.is_alphanumeric() || *mark == '-';
    if let Some(mark) = [Some(decimal), grouping]
        .iter()
        .flatten()
        .find(|mark| unfit(mark))
    {
        return invalid(format!(
            "{mark:?} cannot be the decimal or the grouping mark"
        ));
    }
    if grouping == Some(decimal) {
        return invalid(format!(
            "{decimal:?} is both the decimal and the grouping mark"
        ));
    }
    Ok(Numbers::new(decimal, grouping))
}

/// How instants are read.
pub(super) struct Instants {
    dates: Dates,
    offset: Option<FixedOffset>,
}

impl Instants {
    /// By a pattern that says when in the day; the offset is in it, or declared beside it.
    pub(super) fn new(pattern: &str, offset: Option<&str>) -> Result<Self, ImportError> {
        let dates = dates(pattern)?;
        if !dates.has_time() {
            return invalid(format!(
                "the format \"{pattern}\" lacks hh and mm, but an instant needs them; give it as instants, or as dates"
            ));
        }
        match (dates.has_zone(), offset) {
            (false, None) => invalid(format!(
                "the format \"{pattern}\" lacks z, the offset; write the offset of all instants as offset, such as \"+01:00\""
            )),
            (true, Some(_)) => invalid(format!(
                "the format \"{pattern}\" has z, the offset, so that there is no other offset"
            )),
            (_, offset) => Ok(Self {
                dates,
                offset: offset.map(declared).transpose()?,
            }),
        }
    }

    pub(super) fn pattern(&self) -> &str {
        self.dates.pattern()
    }

    pub(super) fn read(&self, text: &[u8]) -> Option<DateTime<FixedOffset>> {
        self.dates.read_instant(text, self.offset)
    }
}

fn declared(offset: &str) -> Result<FixedOffset, ImportError> {
    dates::offset(offset.as_bytes()).map_or_else(
        || {
            invalid(format!(
                "the offset \"{offset}\" must be written as +01:00, or as Z"
            ))
        },
        Ok,
    )
}
