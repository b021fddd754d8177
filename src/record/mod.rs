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
pub use activity::{Activity, ActivityKind, ActivityStanding, Disposition, MeetingStatus};
pub(crate) use contract::Terms;
pub use contract::{Contract, ContractStanding};
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
pub use spend::{Spend, SpendCategory, SpendStanding};
pub(crate) use team::Goal;
pub use team::{Quota, Ramp, Rep, Roster};
pub(crate) use work_time::WorkFacts;
pub use work_time::{WorkTime, WorkTimeStanding};

use crate::error::Error;
use crate::value::{Currency, RecordId};

/// What all records have in common.
pub trait Record {
    /// Which one it is.
    fn record_id(&self) -> RecordId;

    /// The currency of its amounts; none where it has no amount of money.
    fn currency(&self) -> Option<Currency>;

    /// The one check that a record is in the currency of what it is to be counted in; one without money has none.
    #[inline]
    fn expect_currency(&self, expected: Currency) -> Result<(), Error> {
        match self.currency() {
            Some(found) if found != expected => Err(mismatch(&self.record_id(), expected, found)),
            _ => Ok(()),
        }
    }
}

#[cold]
fn mismatch(record: &RecordId, expected: Currency, found: Currency) -> Error {
    Error::CurrencyMismatch {
        what: record.to_string(),
        expected,
        found,
    }
}
