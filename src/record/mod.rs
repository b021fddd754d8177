//! What a CRM holds. Every invariant is checked when a record is built, so that whatever receives one can rely on it.

mod activity;
mod contract;
mod deal;
mod lead;
pub(crate) mod part;
mod spend;
mod team;
mod work_time;

pub(crate) use activity::ActivityFacts;
pub use activity::{Activity, ActivityKind, Disposition, MeetingStatus};
pub use contract::Contract;
pub(crate) use contract::Terms;
pub(crate) use deal::Facts;
pub use deal::{Deal, DealStanding, DealStatus, DealStock, Outcome};
#[cfg(feature = "csv")]
pub(crate) use deal::{Particulars, checked_day, expect_lost};
pub(crate) use lead::LeadFacts;
pub use lead::{Lead, LeadStanding, Origin};
#[cfg(feature = "csv")]
pub(crate) use part::dimensions::{PRODUCT, REGION, SOURCE};
pub(crate) use part::{Amount, Dimensions, LONGEST_MICROS, Share};
pub(crate) use spend::Outlay;
pub use spend::{Spend, SpendCategory};
pub(crate) use team::Goal;
pub use team::{Quota, Ramp, Rep, Roster};
pub(crate) use work_time::WorkFacts;
pub use work_time::WorkTime;
