//! What a CRM holds. Every invariant is checked when a record is built, so that whatever receives one can rely on it.

mod deal;
mod facts;
mod id;
mod particulars;
mod rep;
mod standing;
mod wire;

pub use deal::{Deal, Outcome};
pub(crate) use facts::{Amount, Ending, Facts, Kind, Likelihood};
pub use id::{AccountId, DealId, Label, RepId};
pub use rep::Rep;
pub use standing::{Standing, Stock};
