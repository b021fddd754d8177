use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Weekday};

use crate::error::{Error, ErrorKind, Joint, Problem};

/// What is wrong with a day, an instant, a period, or a scope. Periods and scopes are texts here, since they name this.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PeriodProblem {
    #[error("{date} is outside of the supported years 1900 to 2999")]
    DateOutOfRange { date: NaiveDate },
    #[error("\"{text}\" is no date; write it as 2026-03-31")]
    InvalidDate { text: String },
    #[error("\"{text}\" is no instant; write it with its offset, as 2026-03-31T17:45:00+02:00")]
    InvalidInstant { text: String },
    #[error(
        "\"{text}\" is neither a date nor an instant; write it as 2026-03-31, or with its offset, as 2026-03-31T17:45:00+02:00"
    )]
    InvalidWhen { text: String },
    #[error(
        "\"{text}\" is no offset; write it as +01:00, or as Z; a time zone has several, which Place::in_zone lists"
    )]
    InvalidOffset { text: String },
    #[error(
        "the offset of the place changes at {}, which is not after its change at {}; list its offsets from the earliest to the latest, each once",
        .after.to_rfc3339(),
        .before.to_rfc3339()
    )]
    UnorderedPlace {
        before: DateTime<FixedOffset>,
        after: DateTime<FixedOffset>,
    },
    #[error("a place needs an offset at least; write it as \"+01:00\"")]
    NoOffset,
    #[error("the first offset of a place holds from the beginning; leave out its from")]
    PlaceBegins,
    #[error("the offset {offset} lacks the instant from which it holds; give it as from")]
    OffsetWithoutStart { offset: String },
    #[error("a working calendar needs hours on one day of the week at least")]
    EmptyWeek,
    #[error(
        "working hours on {weekday} from {from} to {from} hold no time; a whole day is from 00:00 to 00:00"
    )]
    EmptyHours { weekday: Weekday, from: NaiveTime },
    #[error(
        "working hours on {weekday} from {} to {} overlap those on {next_weekday} from {} to {}; give each hour once",
        .times.0, .times.1, .next_times.0, .next_times.1
    )]
    OverlappingHours {
        weekday: Weekday,
        times: (NaiveTime, NaiveTime),
        next_weekday: Weekday,
        next_times: (NaiveTime, NaiveTime),
    },
    #[error(
        "\"{text}\" is no period; write 2026, 2026-H1 or H1 2026, 2026-Q1 or Q1 2026, 2026-03 or Mar 2026, 2026-W07, 2026-03-31 or 2026-01-01/2026-04-01 (the second day excluded)"
    )]
    InvalidPeriod { text: String },
    #[error(
        "\"{text}\" is no period of the fiscal calendar; write FY2026, FY2026-Q1 or Q1 FY2026, or FY2026-P03"
    )]
    InvalidFiscalPeriod { text: String },
    #[error("a period from {start} up to, not including, {end} has no day in it")]
    EmptyPeriod { start: NaiveDate, end: NaiveDate },
    #[error("there is no {unit} {number}; expected {expected}")]
    NoSuchPeriod {
        unit: &'static str,
        number: i64,
        expected: &'static str,
    },
    #[error(
        "{period} is no year, quarter or month of the fiscal calendar; take one from its year, quarter or month"
    )]
    NotOfCalendar { period: String },
    /// Before, after, a year before: what one stepped to from the period.
    #[error("the period {relation} {period} is outside of the supported years 1900 to 2999")]
    PeriodOutOfRange {
        relation: &'static str,
        period: String,
    },
    #[error(
        "the tally of {what} is of {found}, but {expected} was asked for; tally it in that scope"
    )]
    ScopesDiffer {
        what: &'static str,
        expected: String,
        found: String,
    },
    #[error("a tally of {found} cannot be merged into one of {expected}; tally both in one scope")]
    CannotMerge { expected: String, found: String },
}

impl Problem for PeriodProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::DateOutOfRange { .. } => ErrorKind::DateOutOfRange,
            Self::InvalidDate { .. } => ErrorKind::InvalidDate,
            Self::InvalidInstant { .. } | Self::InvalidWhen { .. } => ErrorKind::InvalidInstant,
            Self::InvalidOffset { .. }
            | Self::UnorderedPlace { .. }
            | Self::NoOffset
            | Self::PlaceBegins
            | Self::OffsetWithoutStart { .. } => ErrorKind::InvalidPlace,
            Self::EmptyWeek => ErrorKind::EmptyWeek,
            Self::EmptyHours { .. } => ErrorKind::EmptyHours,
            Self::OverlappingHours { .. } => ErrorKind::OverlappingHours,
            Self::InvalidPeriod { .. } | Self::InvalidFiscalPeriod { .. } => {
                ErrorKind::InvalidPeriod
            }
            Self::EmptyPeriod { .. } => ErrorKind::EmptyPeriod,
            Self::NoSuchPeriod { .. } | Self::NotOfCalendar { .. } => ErrorKind::NoSuchPeriod,
            Self::PeriodOutOfRange { .. } => ErrorKind::PeriodOutOfRange,
            Self::ScopesDiffer { .. } | Self::CannotMerge { .. } => ErrorKind::ScopeMismatch,
        }
    }

    fn joint(&self) -> Joint {
        match self {
            Self::DateOutOfRange { .. } => Joint::Colon,
            _ => Joint::Apart,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::ScopesDiffer { what, .. } => Some(what),
            _ => None,
        }
    }
}

impl From<PeriodProblem> for Error {
    fn from(problem: PeriodProblem) -> Self {
        Self::new(problem)
    }
}
