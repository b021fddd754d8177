use core::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{ActivityId, ContractId, DealId, LeadId, RepId, SpendId};
use super::stretch::Stretch;

/// Names any record: what a finding is about, or what could not be converted.
///
/// Its text is `deal D-7`, its JSON `{"deal":"D-7"}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
#[non_exhaustive]
pub enum RecordId {
    /// A deal.
    Deal(DealId),
    /// A lead.
    Lead(LeadId),
    /// An activity.
    Activity(ActivityId),
    /// A rep.
    Rep(RepId),
    /// A quota.
    Quota {
        /// Whose it is.
        rep: RepId,
        /// The first day of its period.
        start: NaiveDate,
        /// The day after the last.
        end: NaiveDate,
    },
    /// A contract.
    Contract(ContractId),
    /// An expense.
    Spend(SpendId),
    /// Hours of work.
    WorkTime {
        /// Whose they are.
        rep: RepId,
        /// The first day that they are of.
        start: NaiveDate,
        /// The day after the last.
        end: NaiveDate,
    },
}

/// The JSON: `{"quota":["ada","2026-01-01/2026-04-01"]}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wire {
    Deal(DealId),
    Lead(LeadId),
    Activity(ActivityId),
    Rep(RepId),
    Quota(RepId, Stretch),
    Contract(ContractId),
    Spend(SpendId),
    WorkTime(RepId, Stretch),
}

impl From<Wire> for RecordId {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::Deal(id) => Self::Deal(id),
            Wire::Lead(id) => Self::Lead(id),
            Wire::Activity(id) => Self::Activity(id),
            Wire::Rep(id) => Self::Rep(id),
            Wire::Quota(rep, Stretch { start, end }) => Self::Quota { rep, start, end },
            Wire::Contract(id) => Self::Contract(id),
            Wire::Spend(id) => Self::Spend(id),
            Wire::WorkTime(rep, Stretch { start, end }) => Self::WorkTime { rep, start, end },
        }
    }
}

impl From<RecordId> for Wire {
    fn from(record: RecordId) -> Self {
        match record {
            RecordId::Deal(id) => Self::Deal(id),
            RecordId::Lead(id) => Self::Lead(id),
            RecordId::Activity(id) => Self::Activity(id),
            RecordId::Rep(id) => Self::Rep(id),
            RecordId::Quota { rep, start, end } => Self::Quota(rep, Stretch { start, end }),
            RecordId::Contract(id) => Self::Contract(id),
            RecordId::Spend(id) => Self::Spend(id),
            RecordId::WorkTime { rep, start, end } => Self::WorkTime(rep, Stretch { start, end }),
        }
    }
}

impl RecordId {
    /// Its id alone: that of the rep for a quota or hours.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Deal(id) => id.as_str(),
            Self::Lead(id) => id.as_str(),
            Self::Activity(id) => id.as_str(),
            Self::Contract(id) => id.as_str(),
            Self::Spend(id) => id.as_str(),
            Self::Rep(id) | Self::Quota { rep: id, .. } | Self::WorkTime { rep: id, .. } => {
                id.as_str()
            }
        }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Deal(id) => format!("deal {id}"),
            Self::Lead(id) => format!("lead {id}"),
            Self::Activity(id) => format!("activity {id}"),
            Self::Rep(id) => format!("rep {id}"),
            Self::Quota { rep, start, end } => format!("quota of {rep} for {start}/{end}"),
            Self::Contract(id) => format!("contract {id}"),
            Self::Spend(id) => format!("spend {id}"),
            Self::WorkTime { rep, start, end } => format!("work time of {rep} in {start}/{end}"),
        };
        f.pad(&text)
    }
}

macro_rules! from {
    ($($variant:ident($id:ty),)*) => {
        $(
            impl From<&$id> for RecordId {
                fn from(id: &$id) -> Self {
                    Self::$variant(id.clone())
                }
            }
        )*
    };
}

from! {
    Deal(DealId),
    Lead(LeadId),
    Activity(ActivityId),
    Rep(RepId),
    Contract(ContractId),
    Spend(SpendId),
}
