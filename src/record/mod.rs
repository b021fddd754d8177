//! What a CRM holds. Every invariant is checked when a record is built, so that whatever receives one can rely on it.

mod activity;
mod activity_facts;
mod activity_wire;
mod contract;
mod deal;
mod dimensions;
mod facts;
mod id;
mod lead;
mod lead_facts;
mod lead_standing;
mod lead_wire;
mod length;
mod particulars;
mod quota;
mod ramp;
mod rep;
mod roster;
mod spend;
mod standing;
mod terms;
mod text;
mod wire;
mod work_time;

pub use activity::Activity;
pub(crate) use activity_facts::ActivityFacts;
pub use activity_facts::{ActivityKind, Disposition, MeetingStatus};
pub use contract::Contract;
pub use deal::{Deal, Outcome};
#[cfg(feature = "csv")]
pub(crate) use deal::{PRODUCT, REGION, SOURCE, checked_day, expect_lost};
pub(crate) use dimensions::Dimensions;
#[cfg(not(feature = "csv"))]
pub(crate) use facts::Status;
#[cfg(feature = "csv")]
pub use facts::Status;
pub(crate) use facts::{Amount, Ending, Facts, Kind, Likelihood, Share};
pub use id::{AccountId, ActivityId, ContractId, DealId, Label, LeadId, RepId, SpendId};
pub use lead::Lead;
pub(crate) use lead_facts::LeadFacts;
pub use lead_facts::Origin;
pub use lead_standing::LeadStanding;
#[cfg(feature = "csv")]
pub(crate) use particulars::Particulars;
pub use quota::Quota;
pub use ramp::Ramp;
pub use rep::Rep;
pub use roster::Roster;
pub(crate) use spend::Outlay;
pub use spend::{Spend, SpendCategory};
pub use standing::{Standing, Stock};
pub(crate) use terms::Terms;
pub(crate) use work_time::WorkFacts;
pub use work_time::WorkTime;
