use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::segment::{Segment, mark};
use crate::error::Error;
use crate::record::{Deal, Lead, Origin};
use crate::value::DealId;

/// Which leads wait for which deals, so that each record is looked at once, in however many batches they come.
#[derive(Clone, Debug, Default)]
pub(super) struct Joins {
    /// The first deal of each id, among the first `indexed` deals.
    deals: HashMap<DealId, usize>,
    indexed: usize,
    /// The leads that name a deal which is not there yet.
    waiting: HashMap<DealId, Vec<usize>>,
    /// The deals that have no origin of their own, and have that of a lead.
    lent: HashSet<DealId>,
    /// Whether the records are others than those that it was made of.
    is_stale: bool,
}

impl Joins {
    /// Of records some of which are gone: it is made anew once more of them come. Which origins are lent no record tells.
    pub(super) fn stale(&self) -> Self {
        Self {
            is_stale: true,
            lent: self.lent.clone(),
            ..Self::default()
        }
    }

    pub(super) fn refresh(&mut self, deals: &[Deal], leads: &[Lead]) {
        if !self.is_stale {
            return;
        }
        *self = Self {
            lent: core::mem::take(&mut self.lent),
            ..Self::default()
        };
        for (position, lead) in leads.iter().enumerate() {
            let Some(id) = lead.deal() else { continue };
            self.index(deals);
            if !self.deals.contains_key(id) {
                self.wait(id, position);
            }
        }
    }

    fn wait(&mut self, id: &DealId, position: usize) {
        self.waiting.entry(id.clone()).or_default().push(position);
    }

    /// Gives the leads that wait for a new deal its outcome, and says whether the deal took an origin of theirs.
    pub(super) fn tell(
        &mut self,
        deal: &mut Deal,
        leads: &mut Arc<Vec<Lead>>,
        segments: &[Segment],
    ) -> Result<bool, Error> {
        // Most deals come while nobody waits: to find that out, no id need be hashed.
        if self.waiting.is_empty() {
            return Ok(false);
        }
        let Some(positions) = self.waiting.remove(deal.id()) else {
            return Ok(false);
        };
        let mut is_lent = false;
        let leads = Arc::make_mut(leads);
        for position in positions {
            if let Some(lead) = leads.get_mut(position) {
                if let Some(origin) = self.lend(deal, lead) {
                    is_lent = true;
                    *deal = deal.clone().with_origin(origin);
                }
                *lead = lead.clone().with_outcome_of(deal)?;
                mark(segments, lead)?;
            }
        }
        Ok(is_lent)
    }

    /// The origin that a deal takes from a lead: of several leads the first of all origins holds, so that their order leaves no trace.
    fn lend(&mut self, deal: &Deal, lead: &Lead) -> Option<Origin> {
        let is_own = deal.origin().is_some() && !self.lent.contains(deal.id());
        let lent = lead.origin().filter(|_| !is_own)?;
        self.lent.insert(deal.id().clone());
        deal.origin()
            .is_none_or(|known| lent < known)
            .then_some(lent)
    }

    /// A new lead, with the outcome of its deal if that is there already; and the place of that deal, and the origin that it takes from the
    /// lead.
    pub(super) fn join(
        &mut self,
        lead: Lead,
        position: usize,
        deals: &[Deal],
    ) -> Result<(Lead, Option<(usize, Origin)>), Error> {
        let Some(id) = lead.deal() else {
            return Ok((lead, None));
        };
        self.index(deals);
        let place = self.deals.get(id).copied();
        if let Some((place, deal)) = place.and_then(|place| Some((place, deals.get(place)?))) {
            let lent = self.lend(deal, &lead).map(|origin| (place, origin));
            return Ok((lead.with_outcome_of(deal)?, lent));
        }
        self.wait(id, position);
        Ok((lead, None))
    }

    /// Only once a lead asks for one: most books have more deals than leads that name them.
    fn index(&mut self, deals: &[Deal]) {
        for (position, deal) in deals.iter().enumerate().skip(self.indexed) {
            self.deals.entry(deal.id().clone()).or_insert(position);
        }
        self.indexed = deals.len();
    }
}
