//! How a file writes things, checked before one is opened.

use chrono::FixedOffset;

use super::ImportError;
use super::dates::{self, Clocks, Dates};
use super::numbers::Numbers;
use crate::period::Place;

/// What a mapping says of it.
pub struct Format<'a> {
    pub(super) dates: &'a str,
    /// How instants are written, of records that have some.
    pub(super) instants: Option<&'a str>,
    pub(super) place: Option<&'a Place>,
    pub(super) offset: Option<&'a str>,
    pub(super) decimal_mark: char,
    pub(super) grouping_mark: Option<char>,
    pub(super) delimiter: char,
}

/// How dates, instants and numbers are read.
pub struct Formats {
    pub(super) dates: Dates,
    /// As dates, of records that have none.
    pub(super) instants: Dates,
    pub(super) numbers: Numbers,
}

impl Formats {
    pub(super) fn new(format: &Format<'_>) -> Result<Self, ImportError> {
        let clocks = clocks(format)?;
        let formats = Self {
            dates: dates(format.dates, &clocks)?,
            instants: dates(format.instants.unwrap_or(format.dates), &clocks)?,
            numbers: numbers(format.decimal_mark, format.grouping_mark)?,
        };
        if format.instants.is_some() {
            expect_instants(&formats.instants, &clocks)?;
        }
        let is_local = formats.dates.is_local() || formats.instants.is_local();
        if clocks.offset.is_some() && !is_local {
            return invalid(
                "the offset is that of times without one, but no format has hh and mm without z; leave it out",
            );
        }
        Ok(formats)
    }
}

fn clocks(format: &Format<'_>) -> Result<Clocks, ImportError> {
    if format.offset.is_some() && format.place.is_none() {
        return invalid(
            "the offset is that of a clock which is not the place's; name the place, too, or write the offset as the place",
        );
    }
    Ok(Clocks {
        place: format.place.cloned(),
        offset: format.offset.map(declared).transpose()?,
    })
}

/// Instants say when in the day, and on whose clock: in their pattern, or the place is known.
fn expect_instants(instants: &Dates, clocks: &Clocks) -> Result<(), ImportError> {
    let pattern = instants.pattern();
    if !instants.has_time() {
        return invalid(format!(
            "the format \"{pattern}\" lacks hh and mm, but an instant needs them; give it as instants, or as dates"
        ));
    }
    if instants.is_local() && clocks.place.is_none() {
        return invalid(format!(
            "the format \"{pattern}\" lacks z, the offset; write on whose clock the times are as place, such as \"+01:00\""
        ));
    }
    Ok(())
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

fn dates(pattern: &str, clocks: &Clocks) -> Result<Dates, ImportError> {
    Dates::new(pattern, clocks.clone()).map_or_else(
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
