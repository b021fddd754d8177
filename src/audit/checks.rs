//! What one deal shows by itself.

use chrono::NaiveDate;

use super::{Audit, FindingKind};
use crate::record::{Deal, Outcome};
use crate::value::Money;

impl Audit {
    pub(super) fn check(&self, deal: &Deal) -> impl Iterator<Item = FindingKind> {
        self.dates(deal)
            .into_iter()
            .chain([price(deal), self.owner(deal)])
            .chain(self.outlook(deal))
            .flatten()
    }

    fn dates(&self, deal: &Deal) -> [Option<FindingKind>; 4] {
        let (as_of, created, closed) = (self.as_of, deal.created(), deal.closed());
        let contact = deal.first_contact();
        [
            (created > as_of).then_some(FindingKind::CreatedAfterAsOf { created }),
            closed
                .filter(|closed| *closed < created)
                .map(|closed| FindingKind::ClosedBeforeCreated { created, closed }),
            closed
                .filter(|closed| *closed > as_of)
                .map(|closed| FindingKind::ClosedAfterAsOf { closed }),
            contact.zip(closed).and_then(contact_after_close),
        ]
    }

    /// What an open deal says of its future.
    fn outlook(&self, deal: &Deal) -> [Option<FindingKind>; 2] {
        if deal.outcome() != Outcome::Open {
            return [None, None];
        }
        let improbable = deal.probability().is_none();
        let close = match deal.expected_close() {
            None => Some(FindingKind::MissingExpectedClose),
            Some(expected) if expected < self.as_of => {
                Some(FindingKind::ExpectedCloseOverdue { expected })
            }
            Some(_) => None,
        };
        [improbable.then_some(FindingKind::MissingProbability), close]
    }

    fn owner(&self, deal: &Deal) -> Option<FindingKind> {
        let Some(rep) = deal.owner() else {
            return Some(FindingKind::MissingOwner);
        };
        let known = self.reps.as_ref()?;
        let Some(stays) = known.get(rep) else {
            return Some(FindingKind::UnknownRep { rep: rep.clone() });
        };
        let on = deal.closed().unwrap_or(self.as_of);
        let active = stays.iter().any(|stay| stay.is_active(on));
        (!active).then(|| FindingKind::OwnerNotActive {
            rep: rep.clone(),
            on,
        })
    }
}

fn contact_after_close((first_contact, closed): (NaiveDate, NaiveDate)) -> Option<FindingKind> {
    (first_contact > closed).then_some(FindingKind::FirstContactAfterClose {
        first_contact,
        closed,
    })
}

fn price(deal: &Deal) -> Option<FindingKind> {
    let zero = match deal.amount().map(Money::amount) {
        None => false,
        Some(amount) if amount.is_zero() => true,
        Some(_) => return None,
    };
    match (deal.outcome(), zero) {
        (Outcome::Won { .. }, false) => Some(FindingKind::WonWithoutAmount),
        (Outcome::Won { .. }, true) => Some(FindingKind::WonForZero),
        (Outcome::Lost { .. }, false) => Some(FindingKind::LostWithoutAmount),
        (Outcome::Lost { .. }, true) => Some(FindingKind::LostForZero),
        (Outcome::Open, false) => Some(FindingKind::OpenWithoutAmount),
        (Outcome::Open, true) => Some(FindingKind::OpenForZero),
        // It never was an opportunity, so nobody had to say what it would be worth.
        (Outcome::Disqualified { .. }, _) => None,
    }
}
