//! What a CRM holds. Every invariant is checked when a record is built, so that whatever receives one can rely on it.

mod deal;
mod facts;
mod id;
mod particulars;
mod rep;
mod standing;
mod text;
mod wire;

pub use deal::{Deal, Outcome};
#[cfg(feature = "csv")]
pub(crate) use deal::{PRODUCT, REGION, SOURCE, checked_day, expect_lost};
#[cfg(not(feature = "csv"))]
pub(crate) use facts::Status;
#[cfg(feature = "csv")]
pub use facts::Status;
pub(crate) use facts::{Amount, Ending, Facts, Kind, Likelihood};
pub use id::{AccountId, DealId, Label, RepId};
#[cfg(feature = "csv")]
pub(crate) use particulars::Particulars;
pub use rep::Rep;
pub use standing::{Standing, Stock};
