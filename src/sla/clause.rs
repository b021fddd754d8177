use serde::Serialize;

use crate::error::Undefined;
use crate::tally::Wait;
use crate::value::{LeadId, Length, Rate};

/// Which leads met a clause, breached it, or are pending: their time is not up yet, and what was done does not meet it yet. The leads that are
/// due are these three; the rest cannot be judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Clause {
    met: Vec<LeadId>,
    breached: Vec<LeadId>,
    pending: Vec<LeadId>,
    unjudged: Vec<LeadId>,
    /// Of those that met it, those whose time is not up yet. Invariant: no more than met it.
    early: u64,
}

impl Clause {
    /// Done in time, in the order in which the leads came.
    #[must_use]
    pub fn met(&self) -> &[LeadId] {
        &self.met
    }

    /// Their time is up, and it was done too late or not at all. A lead that was given up by then without it is no breach where it was
    /// given up in time.
    #[must_use]
    pub fn breached(&self) -> &[LeadId] {
        &self.breached
    }

    /// There is time still, and it is to be done. Of tries it may be done already: those of a day of 24 hours count once that is over, so a
    /// lead that was tried often enough today stands here until then.
    #[must_use]
    pub fn pending(&self) -> &[LeadId] {
        &self.pending
    }

    /// Nobody can tell: given up before the time was up; done before the arrival; arrived, or done, on a day without a time.
    #[must_use]
    pub fn unjudged(&self) -> &[LeadId] {
        &self.unjudged
    }

    /// Of those that met it, how many have time still.
    #[must_use]
    pub fn early(&self) -> u64 {
        self.early
    }

    /// The leads that are due: those that met it, breached it or are pending.
    #[must_use]
    pub fn due(&self) -> u64 {
        let due = [&self.met, &self.breached, &self.pending];
        due.iter().fold(0, |sum, leads| sum + count(leads))
    }

    /// What share met it of those whose time is up: who was quick, while there is time for others still, is no part of it yet.
    ///
    /// # Errors
    /// [`Undefined::NoDueLeads`] where the time of none is up.
    pub fn rate(&self) -> Result<Rate, Undefined> {
        let met = count(&self.met).saturating_sub(self.early);
        let whole = met + count(&self.breached);
        Rate::of_whole(met, whole, Undefined::NoDueLeads)
    }

    pub(super) fn add_wait(&mut self, lead: &LeadId, wait: Wait, within: Length) {
        let limit = within.to_micros();
        let list = match wait {
            Wait::Done { after, had } if after <= limit => {
                self.early += u64::from(had < limit);
                &mut self.met
            }
            Wait::Waiting { had } if had < limit => &mut self.pending,
            Wait::GivenUp { had } if had < limit => &mut self.unjudged,
            Wait::Done { .. } | Wait::Waiting { .. } | Wait::GivenUp { .. } => &mut self.breached,
            Wait::DoneBefore | Wait::WithoutTime { .. } => &mut self.unjudged,
        };
        list.push(lead.clone());
    }

    pub(super) fn add_tried(&mut self, lead: &LeadId, is_met: bool, is_over: bool) {
        self.early += u64::from(is_met && !is_over);
        let list = match (is_met, is_over) {
            (true, _) => &mut self.met,
            (false, true) => &mut self.breached,
            (false, false) => &mut self.pending,
        };
        list.push(lead.clone());
    }
}

fn count(leads: &[LeadId]) -> u64 {
    u64::try_from(leads.len()).unwrap_or(u64::MAX)
}
