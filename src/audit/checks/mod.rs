//! What each kind of record shows, by itself and beside the others.

mod activities;
mod contracts;
mod deals;
mod leads;
mod quotas;
mod reps;
mod spend;
mod states;
mod work_time;

use chrono::NaiveDate;

use super::{Audit, FindingKind};
use crate::period::Stamp;
use crate::value::{DealId, RepId};

impl Audit {
    /// Whether a rep is missing from those that are known.
    fn unknown_rep(&self, rep: &RepId) -> Option<FindingKind> {
        let known = self.reps.as_ref()?;
        (!known.contains_key(rep)).then(|| FindingKind::UnknownRep { rep: rep.clone() })
    }

    /// Whether a rep is known, and not at work on a day.
    fn is_away(&self, rep: &RepId, on: NaiveDate) -> bool {
        let stays = self.reps.as_ref().and_then(|known| known.get(rep));
        stays.is_some_and(|stays| !stays.iter().any(|stay| stay.is_active(on)))
    }

    /// What is odd about the owner of a record that closed on a day, or is open on the as-of day.
    fn owner(&self, rep: &RepId, on: NaiveDate) -> Option<FindingKind> {
        let away = || FindingKind::OwnerNotActive {
            rep: rep.clone(),
            on,
        };
        let unknown = self.unknown_rep(rep);
        unknown.or_else(|| self.is_away(rep, on).then(away))
    }

    /// The first of some instants, if one is written in UTC and read on the clock there for want of a place. A day alone is on no clock.
    fn in_utc(&self, stamps: &[Option<Stamp>]) -> Option<FindingKind> {
        let mut known = stamps.iter().flatten().filter(|_| self.has_no_place);
        let at = known
            .find_map(|at| at.moment().filter(|at| at.is_utc()))?
            .instant();
        Some(FindingKind::WrittenInUtc { at })
    }

    /// Whether a deal is missing from those that are known.
    fn unknown_deal(&self, deal: &DealId) -> Option<FindingKind> {
        let known = self.deals.as_ref()?;
        (!known.contains_key(deal)).then(|| FindingKind::UnknownDeal { deal: deal.clone() })
    }
}
