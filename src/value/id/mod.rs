//! What names a record, and the words that records are told apart by.

mod doors;
mod ids;
mod into_id;
mod record_id;
mod short_text;
mod stretch;

#[cfg(feature = "csv")]
pub(crate) use doors::is_sound;
pub use ids::{AccountId, ActivityId, ContractId, DealId, Label, LeadId, RepId, SpendId};
pub use into_id::IntoId;
pub(crate) use into_id::{checked, own};
pub use record_id::RecordId;
