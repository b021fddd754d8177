//! What a CRM holds. Every invariant is checked when a record is built, so that whatever receives one can rely on it.

mod contract;
mod deal;
mod dimensions;
mod facts;
mod id;
mod particulars;
mod rep;
mod spend;
mod standing;
mod terms;
mod text;
mod wire;

pub use contract::Contract;
pub use deal::{Deal, Outcome};
#[cfg(feature = "csv")]
pub(crate) use deal::{PRODUCT, REGION, SOURCE, checked_day, expect_lost};
pub(crate) use dimensions::Dimensions;
#[cfg(not(feature = "csv"))]
pub(crate) use facts::Status;
#[cfg(feature = "csv")]
pub use facts::Status;
pub(crate) use facts::{Amount, Ending, Facts, Kind, Likelihood};
pub use id::{AccountId, ActivityId, ContractId, DealId, Label, LeadId, RepId, SpendId};
#[cfg(feature = "csv")]
pub(crate) use particulars::Particulars;
pub use rep::Rep;
pub(crate) use spend::Outlay;
pub use spend::{Spend, SpendCategory};
pub use standing::{Standing, Stock};
pub(crate) use terms::Terms;
