//! [`Error`]: the input is bad. [`Undefined`]: the input is good, and there is no answer.
//!
//! This is the ground floor. It knows the ids of records and nothing else of the crate: each layer keeps its problems, with their
//! values, in an enum of its own, and what is called by a record is told whose problem it is on its way up.

mod kind;
mod undefined;
mod wire;

pub use kind::ErrorKind;
pub use undefined::Undefined;
pub(crate) use wire::write_result;

use core::fmt;
use std::borrow::Cow;
use std::sync::Arc;

use crate::value::id::RecordId;

/// Input that is wrong.
///
/// Its text is lower case, names the record and the field, has the values that are wrong, and says what would be right. It is what
/// `Debug` shows, too, since that is what a `main` prints. Match on its [`kind`](Self::kind).
///
/// ```
/// use sales_metrics::{Currency, Deal, ErrorKind, Outcome, RecordId, date};
///
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?;
/// let id = RecordId::from(deal.id());
/// let error = deal.with_list_price(-1).unwrap_err();
/// assert_eq!(error.to_string(), "deal D-1: list price is -1, but cannot be negative");
/// assert_eq!(error.kind(), ErrorKind::NegativeAmount);
/// assert_eq!((error.record(), error.field()), (Some(&id), Some("list price")));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone)]
pub struct Error(
    /// Behind a pointer, so that a pass over records does not drag it along.
    Box<Inner>,
);

#[derive(Clone)]
struct Inner {
    record: Option<RecordId>,
    field: Option<Cow<'static, str>>,
    cause: Cause,
}

#[derive(Clone)]
enum Cause {
    Undefined(Undefined),
    Problem(Arc<dyn Problem>),
}

/// What is wrong, as a layer knows it. Its text is without the record and the field that the error names.
pub(crate) trait Problem: fmt::Display + Send + Sync + 'static {
    fn kind(&self) -> ErrorKind;

    /// How it goes on from the name of what it is about.
    fn joint(&self) -> Joint {
        Joint::Colon
    }

    /// The field, where its own text names it.
    fn field(&self) -> Option<&'static str> {
        None
    }

    /// What it is about where no record is named; the field says less.
    fn subject(&self) -> Option<&'static str> {
        None
    }
}

/// What stands between the name of what a problem is about and its text.
#[derive(Clone, Copy)]
pub(crate) enum Joint {
    /// `created: 1899-12-31 is outside of …`
    Colon,
    /// `amount is -1, but …`
    Space,
    /// Neither of them: the text stands by itself.
    Apart,
}

impl Error {
    pub(crate) fn new(problem: impl Problem) -> Self {
        Self::of_cause(Cause::Problem(Arc::new(problem)))
    }

    fn of_cause(cause: Cause) -> Self {
        Self(Box::new(Inner {
            record: None,
            field: None,
            cause,
        }))
    }

    /// The same of this field, unless it names one.
    #[cold]
    #[must_use]
    pub(crate) fn about(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        if self.field().is_none() {
            self.0.field = Some(field.into());
        }
        self
    }

    /// The same of this record.
    #[cold]
    #[must_use]
    pub(crate) fn of(mut self, record: impl Into<RecordId>) -> Self {
        self.0.record = Some(record.into());
        self
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &self.0.cause {
            Cause::Undefined(_) => ErrorKind::Undefined,
            Cause::Problem(problem) => problem.kind(),
        }
    }

    /// What is wrong, without the record and the field.
    #[cfg(feature = "csv")]
    pub(crate) fn problem(&self) -> String {
        match &self.0.cause {
            Cause::Undefined(reason) => reason.to_string(),
            Cause::Problem(problem) => problem.to_string(),
        }
    }

    /// The record that it is about, if it is about one; none where that record's own id is what is wrong.
    #[must_use]
    pub fn record(&self) -> Option<&RecordId> {
        self.0.record.as_ref()
    }

    /// The field that it is about, in the words of the text: `list price`; of a dimension its name, such as `source`; of a record's own id
    /// `id`. Where it is about no record, the argument: `the target`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match (&self.0.field, &self.0.cause) {
            (Some(field), _) => Some(field),
            (None, Cause::Problem(problem)) => problem.field(),
            (None, Cause::Undefined(_)) => None,
        }
    }

    /// Why there is no answer, where the input is good.
    #[must_use]
    pub fn undefined(&self) -> Option<Undefined> {
        match self.0.cause {
            Cause::Undefined(reason) => Some(reason),
            Cause::Problem(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            record,
            field,
            cause,
        } = &*self.0;
        let problem = match cause {
            Cause::Undefined(reason) => return fmt::Display::fmt(reason, f),
            Cause::Problem(problem) => problem,
        };
        let joint = match problem.joint() {
            Joint::Colon => ": ",
            Joint::Space => " ",
            Joint::Apart => return fmt::Display::fmt(problem, f),
        };
        match (record.as_ref().map(named), problem.subject(), field) {
            (Some(record), _, Some(field)) => write!(f, "{record}: {field}{joint}{problem}"),
            (Some(record), _, None) => write!(f, "{record}{joint}{problem}"),
            (None, Some(subject), _) => write!(f, "{subject}{joint}{problem}"),
            (None, None, Some(field)) => write!(f, "{field}{joint}{problem}"),
            (None, None, None) => fmt::Display::fmt(problem, f),
        }
    }
}

/// A record as an error names it. Hours are of one day, which says more than the stretch from it to the next.
fn named(record: &RecordId) -> String {
    match record {
        RecordId::WorkTime { rep, start, .. } => format!("rep {rep} on {start}"),
        record => record.to_string(),
    }
}

/// Its text.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Error {}

/// They say the same of the same.
impl PartialEq for Error {
    fn eq(&self, other: &Self) -> bool {
        self.kind() == other.kind()
            && self.record() == other.record()
            && self.field() == other.field()
            && self.to_string() == other.to_string()
    }
}

impl Eq for Error {}

impl From<Undefined> for Error {
    fn from(reason: Undefined) -> Self {
        Self::of_cause(Cause::Undefined(reason))
    }
}

/// Input as an error may quote it: at most 40 characters, no control characters.
pub(crate) fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut characters = text.chars();
    let mut short = String::new();
    for character in characters.by_ref().take(LONGEST) {
        match character {
            '\t' => short.push_str("\\t"),
            '\n' => short.push_str("\\n"),
            '\r' => short.push_str("\\r"),
            c if c.is_control() => short.push('\u{fffd}'),
            c => short.push(c),
        }
    }
    if characters.next().is_some() {
        short.push('…');
    }
    short
}
