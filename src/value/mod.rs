//! The values that KPIs return. They know nothing of records, tallies or KPIs.
//!
//! Every value is exact, compares and hashes by its number (`1.50` equals `1.5`), prints rounded half away from zero when
//! a precision is asked for (`{:.2}`) and in full when not, and travels through JSON as a string so that no digit is lost.
//! `{:#.2}` groups the digits for reports: `1,134,672.00 USD`.

mod average;
mod currency;
pub(crate) mod dates;
mod days;
mod difference;
mod distance;
mod entries;
pub(crate) mod error;
mod fraction;
pub(crate) mod id;
pub(crate) mod independent;
mod index;
mod interval;
pub(crate) mod length;
pub(crate) mod money;
mod money_per;
mod months;
mod multiple;
pub(crate) mod number;
mod percent;
mod percentile;
mod quick_hash;
mod rate;
mod shared;
mod sorted;
mod sum;
mod volume;
mod whole;

pub use average::Average;
pub use currency::Currency;
pub use days::Days;
pub(crate) use difference::proven_excess;
pub(crate) use distance::Nearest;
pub(crate) use entries::Entries;
pub(crate) use fraction::Fraction;
pub use id::{
    AccountId, ActivityId, ContractId, DealId, IntoId, Label, LeadId, RecordId, RepId, SpendId,
};
pub(crate) use index::Index;
pub use interval::{Confidence, Interval};
pub use length::Length;
pub use money::Money;
pub use money_per::{MoneyPer, Per};
pub use months::Months;
pub use multiple::Multiple;
pub use number::decimal;
pub use percent::Percent;
pub(crate) use percentile::percentile;
pub(crate) use quick_hash::QuickHash;
pub use rate::Rate;
pub(crate) use shared::kept;
pub(crate) use sorted::sorted;
pub use sum::{AmountSum, WeightedSum};
pub use volume::Volume;
pub(crate) use whole::Whole;
#[cfg(feature = "csv")]
pub(crate) use whole::halves;
