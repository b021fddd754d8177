use serde::Serialize;

use crate::period::{Day, Period};
use crate::record::{Lead, Origin};
use crate::tally::LeadScope;
use crate::value::LeadId;

/// What marketing supplied in one month of the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MonthOfSupply {
    /// The month, or the part of one that the period ends with.
    pub month: Period,
    /// How many leads were promised.
    pub promised: u64,
    /// Those that arrived in it, up to the as-of day, and that marketing found.
    pub supplied: Vec<LeadId>,
    /// Those of which nobody knows who found them: they are not counted.
    pub of_unknown_origin: Vec<LeadId>,
    /// Whether the month is over when one looks, and whole.
    #[serde(skip)]
    is_over: bool,
}

/// Whether a promise of so many leads was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplyState {
    /// As many came as were promised.
    Met,
    /// The month is over, and fewer came.
    Breached,
    /// The month is not over yet, or the period holds only a part of it, and fewer came so far.
    Pending,
}

impl MonthOfSupply {
    /// Whether as many came as were promised.
    #[must_use]
    pub fn state(&self) -> SupplyState {
        let supplied = u64::try_from(self.supplied.len()).unwrap_or(u64::MAX);
        if supplied >= self.promised {
            SupplyState::Met
        } else if self.is_over {
            SupplyState::Breached
        } else {
            SupplyState::Pending
        }
    }

    /// Takes a lead that arrived on a day, if that is in this month.
    pub(super) fn add(&mut self, lead: &Lead, on: Day) {
        let (start, end) = self.month.bounds();
        if on < start || end <= on {
            return;
        }
        match lead.origin() {
            Some(Origin::Marketing) => self.supplied.push(lead.id().clone()),
            Some(_) => {}
            None => self.of_unknown_origin.push(lead.id().clone()),
        }
    }
}

/// Each month of the period, with no lead yet.
pub(super) fn months(view: &LeadScope, promised: u64) -> Vec<MonthOfSupply> {
    let mut months = Vec::new();
    for month in view.scope().period().months() {
        let (_, end) = month.bounds();
        months.push(MonthOfSupply {
            month,
            promised,
            supplied: Vec::new(),
            of_unknown_origin: Vec::new(),
            is_over: month.whole_months() == Some(1) && end <= view.first_day_to_come(),
        });
    }
    months
}
