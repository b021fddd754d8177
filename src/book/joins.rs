use std::collections::HashMap;

use crate::error::Error;
use crate::record::{Deal, Lead};
use crate::value::DealId;

/// Which leads wait for which deals, so that each record is looked at once, in however many batches they come.
#[derive(Clone, Debug, Default)]
pub(super) struct Joins {
    /// The first deal of each id, among the first `indexed` deals.
    deals: HashMap<DealId, usize>,
    indexed: usize,
    /// The leads that name a deal which is not there yet.
    waiting: HashMap<DealId, Vec<usize>>,
}

impl Joins {
    /// Gives the leads that wait for a new deal its outcome.
    pub(super) fn tell(&mut self, deal: &Deal, leads: &mut [Lead]) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        for position in self.waiting.remove(deal.id()).unwrap_or_default() {
            if let Some(lead) = leads.get_mut(position) {
                *lead = lead.clone().with_outcome_of(deal)?;
            }
        }
        Ok(())
    }

    /// A new lead, with the outcome of its deal if that is there already.
    pub(super) fn join(
        &mut self,
        lead: Lead,
        position: usize,
        deals: &[Deal],
    ) -> Result<Lead, Error> {
        let Some(id) = lead.deal() else {
            return Ok(lead);
        };
        self.index(deals);
        let deal = self.deals.get(id).and_then(|position| deals.get(*position));
        if let Some(deal) = deal {
            return lead.with_outcome_of(deal);
        }
        self.waiting.entry(id.clone()).or_default().push(position);
        Ok(lead)
    }

    /// Only once a lead asks for one: most books have more deals than leads that name them.
    fn index(&mut self, deals: &[Deal]) {
        for (position, deal) in deals.iter().enumerate().skip(self.indexed) {
            self.deals.entry(deal.id().clone()).or_insert(position);
        }
        self.indexed = deals.len();
    }
}
