//! What a CRM holds. Every invariant is checked when a record is built, so that whatever receives one can rely on it.

mod activity;
mod contract;
mod deal;
pub(crate) mod error;
mod lead;
mod optional;
pub(crate) mod part;
mod spend;
mod team;
mod work_time;

pub(crate) use activity::ActivityFacts;
pub use activity::{Activity, ActivityKind, ActivityStanding, Disposition, MeetingStatus};
pub use contract::{Contract, ContractStanding};
pub(crate) use contract::{Pays, Terms};
pub(crate) use deal::{At, Change, Ending, Facts, Keeps, LeftOut, Number, Particulars, Timeline};
pub use deal::{
    Deal, DealChange, DealKind, DealStanding, DealState, DealStatus, DealStock, DealSurvival,
    DealsThen, ForecastCategory, History, Outcome, StagesEntered,
};
#[cfg(feature = "csv")]
pub(crate) use deal::{FieldValue, OPEN_WITH_CLOSE, OwnerShare, Turn, checked_owners, expect_lost};
pub(crate) use lead::LeadFacts;
pub use lead::{Lead, LeadStanding, Milestone, Origin};
pub use optional::Built;
#[cfg(feature = "csv")]
pub(crate) use part::dimensions::{PRODUCT, REGION, SOURCE};
pub(crate) use part::{Amount, Dimensioned, Dimensions, LONGEST_MICROS, Share};
pub(crate) use spend::Outlay;
pub use spend::{Spend, SpendCategory, SpendStanding};
pub(crate) use team::Goal;
pub use team::{Departure, Quota, Ramp, Rep, Roster};
pub(crate) use work_time::WorkFacts;
pub use work_time::{WorkTime, WorkTimeStanding};

use crate::error::Error;
use crate::value::id::checked;
use crate::value::money::mismatch;
use crate::value::{Currency, IntoId, Label, RecordId};

/// What all records have in common.
pub trait Record {
    /// Which one it is.
    fn record_id(&self) -> RecordId;

    /// The currency of its amounts; none where it has no amount of money.
    fn currency(&self) -> Option<Currency>;

    /// What was checked for one of its fields, of which an error is.
    #[inline]
    fn in_field<T>(&self, field: &'static str, checked: Result<T, Error>) -> Result<T, Error> {
        checked.map_err(|error| error.about(field).of(self.record_id()))
    }

    /// The name and the value of a dimension; an error of the value is of the field of that name.
    fn checked_dimension(
        &self,
        name: impl IntoId<Label>,
        value: impl IntoId<Label>,
    ) -> Result<(Label, Label), Error> {
        let name: Label = self.in_field("dimension", checked(name))?;
        let of_value = |error: Error| error.about(name.as_str().to_owned()).of(self.record_id());
        let value = checked(value).map_err(of_value)?;
        Ok((name, value))
    }

    /// The one check that a record is in the currency of what it is to be counted in; one without money has none.
    #[inline]
    fn expect_currency(&self, expected: Currency) -> Result<(), Error> {
        match self.currency() {
            Some(found) if found != expected => {
                Err(mismatch(Some("currency"), expected, found).of(self.record_id()))
            }
            _ => Ok(()),
        }
    }
}
