//! What a tally needs of one activity, and nothing else.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::period::Day;
use crate::record::part::Lasted;

/// What kind of activity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ActivityKind {
    /// A call, out or in.
    Call,
    /// An email that was sent.
    Email,
    /// A message by another way, such as a text message or a social network.
    Message,
    /// A meeting, from when it is scheduled on.
    Meeting,
    /// Anything else.
    Other,
}

impl ActivityKind {
    /// All of them.
    pub const ALL: &'static [Self] = &Self::EACH;

    pub(crate) const EACH: [Self; 5] = [
        Self::Call,
        Self::Email,
        Self::Message,
        Self::Meeting,
        Self::Other,
    ];
}

impl fmt::Display for ActivityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Call => "call",
            Self::Email => "email",
            Self::Message => "message",
            Self::Meeting => "meeting",
            Self::Other => "other",
        })
    }
}

/// Whether the other side was reached, and how it took it. Of a call that came in, whether it was answered, and how it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Disposition {
    /// Reached, and willing to go on.
    Positive,
    /// Reached, neither for nor against.
    Neutral,
    /// Reached, and not willing.
    Negative,
    /// Not reached; a message was left: by us or, of a call that came in, for us.
    Voicemail,
    /// Not reached; of a call that came in, nobody here took it.
    Missed,
}

impl Disposition {
    /// Whether the other side was reached: a call connected, an email was answered.
    #[must_use]
    #[inline]
    pub fn is_reached(self) -> bool {
        matches!(self, Self::Positive | Self::Neutral | Self::Negative)
    }
}

/// What became of a meeting.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MeetingStatus {
    /// It is scheduled, and nobody has said yet what became of it.
    #[default]
    Booked,
    /// It took place.
    Held,
    /// The other side did not come.
    NoShow,
    /// It was called off.
    Cancelled,
    /// It was put off; another meeting stands for it.
    Rescheduled,
}

/// Which way it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Direction {
    Out,
    In,
    /// It came in, and answers a voicemail or a missed call.
    Callback,
}

/// The part of an [`Activity`](crate::record::Activity) that decides how it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ActivityFacts {
    /// The date of its instant, at its own place.
    pub(crate) on: Day,
    pub(crate) kind: ActivityKind,
    /// Invariant: some for a meeting, none for all else.
    pub(crate) status: Option<MeetingStatus>,
    pub(crate) disposition: Option<Disposition>,
    /// Invariant: out for all but calls.
    pub(crate) direction: Direction,
    pub(crate) lasted: Option<Lasted>,
}

const _: () = assert!(
    size_of::<ActivityFacts>() == 16,
    "a pass reads them of millions"
);

impl ActivityFacts {
    pub(in crate::record) fn new(on: Day, kind: ActivityKind) -> Self {
        Self {
            on,
            kind,
            status: (kind == ActivityKind::Meeting).then(MeetingStatus::default),
            disposition: None,
            direction: Direction::Out,
            lasted: None,
        }
    }

    #[inline]
    pub(crate) fn is_inbound(&self) -> bool {
        self.direction != Direction::Out
    }

    #[inline]
    pub(crate) fn is_callback(&self) -> bool {
        self.direction == Direction::Callback
    }

    #[inline]
    pub(crate) fn micros(&self) -> Option<u64> {
        self.lasted.map(Lasted::micros)
    }

    #[inline]
    pub(crate) fn is_reached(&self) -> bool {
        self.disposition.is_some_and(Disposition::is_reached)
    }
}
