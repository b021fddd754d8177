use core::fmt;

use serde::{Deserialize, Serialize};

use super::{ActivityId, ContractId, DealId, LeadId, RepId, SpendId};
use crate::period::Period;

/// Names any record: what a finding is about, or what could not be converted.
///
/// Its text is `deal D-7`, its JSON `{"deal":"D-7"}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// A quota: whose, and of which period.
    Quota(RepId, Period),
    /// A contract.
    Contract(ContractId),
    /// An expense.
    Spend(SpendId),
    /// The hours of a rep in a period.
    WorkTime(RepId, Period),
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
            Self::Rep(id) | Self::Quota(id, _) | Self::WorkTime(id, _) => id.as_str(),
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
            Self::Quota(rep, period) => format!("quota of {rep} for {period}"),
            Self::Contract(id) => format!("contract {id}"),
            Self::Spend(id) => format!("spend {id}"),
            Self::WorkTime(rep, period) => format!("work time of {rep} in {period}"),
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
