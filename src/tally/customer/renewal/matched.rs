//! Contracts that came up, and contracts that renew another, in a single pass or one by one.

use core::slice;

use super::parts::{Came, List, Merged, Old, Successor, Successors, in_order};
use super::standing::RenewalStanding;
use super::tied::Tied;
use super::totals::RenewalTotals;
use super::view::View;
use crate::tally::store::{Ledger, Turn};
use crate::value::{ContractId, Currency, Entries};

/// They are tied to each other once a further contract comes in, which after a single pass none does.
#[derive(Clone, Debug)]
pub(super) enum Matched {
    Loose(Loose),
    Tied(Tied),
}

/// As a pass leaves them.
#[derive(Clone, Debug)]
pub(super) struct Loose {
    came: Ledger<ContractId, Came>,
    renewals: List,
    merged: Ledger<ContractId, Merged>,
}

impl Matched {
    pub(super) fn new() -> Self {
        Self::of(Ledger::new(), List::new(), Ledger::new())
    }

    pub(super) fn of(
        came: Ledger<ContractId, Came>,
        renewals: List,
        merged: Ledger<ContractId, Merged>,
    ) -> Self {
        Self::Loose(Loose {
            came,
            renewals,
            merged,
        })
    }

    /// Counts all of them, of which none is counted yet.
    pub(super) fn count_all(&self, totals: &mut RenewalTotals) {
        match self {
            Self::Loose(loose) if loose.merged.len() == 0 => loose.count_all(totals),
            Self::Loose(loose) => loose.tied().count_all(totals),
            Self::Tied(tied) => tied.count_all(totals),
        }
    }

    fn tied(&mut self) -> &mut Tied {
        if let Self::Loose(loose) = self {
            *self = Self::Tied(loose.tied());
        }
        match self {
            Self::Tied(tied) => tied,
            Self::Loose(_) => self.tied(),
        }
    }

    pub(super) fn put(&mut self, id: &ContractId, old: Old, totals: &mut RenewalTotals) {
        self.tied().put(id, old.into(), totals);
    }

    /// A contract that renews these.
    pub(super) fn put_renewal(
        &mut self,
        renewed: &[ContractId],
        successor: &Successor,
        totals: &mut RenewalTotals,
    ) {
        self.tied().put_renewal(renewed, renewed, successor, totals);
    }

    pub(super) fn merge(&mut self, other: &Self, totals: &mut RenewalTotals) {
        let tied = self.tied();
        for (id, came) in other.came().iter() {
            tied.put(id, *came, totals);
        }
        for (renewed, successor) in other.renewals() {
            let several = other.merged().get(&successor.id);
            let several = several.map_or(&[][..], |Merged(all)| all);
            tied.put_renewal(&[renewed], several, &successor, totals);
        }
    }

    /// By their ids, those that came up or were terminated early.
    pub(super) fn standings(&self, currency: Currency) -> Vec<(ContractId, RenewalStanding)> {
        let found;
        let tied = match self {
            Self::Tied(tied) => tied,
            Self::Loose(loose) => {
                found = loose.tied();
                &found
            }
        };
        let mut standings = Vec::new();
        for (id, standing) in tied.standings(currency) {
            standings.push((id.clone(), standing));
        }
        standings
    }

    pub(super) fn came(&self) -> Entries<ContractId, Came> {
        let mut all = Vec::new();
        match self {
            Self::Loose(loose) => {
                for (id, came) in loose.came.iter() {
                    all.push((id.clone(), *came));
                }
            }
            Self::Tied(tied) => {
                for (id, came) in tied.came() {
                    all.push((id.clone(), *came));
                }
            }
        }
        Entries::of(all)
    }

    /// In their order, each once.
    pub(super) fn renewals(&self) -> List {
        in_order(match self {
            Self::Loose(loose) => loose.renewals.clone(),
            Self::Tied(tied) => tied.renewals(),
        })
    }

    pub(super) fn merged(&self) -> &Ledger<ContractId, Merged> {
        match self {
            Self::Loose(loose) => &loose.merged,
            Self::Tied(tied) => tied.merged(),
        }
    }
}

/// However they are kept.
impl PartialEq for Matched {
    fn eq(&self, other: &Self) -> bool {
        self.came() == other.came()
            && self.renewals() == other.renewals()
            && self.merged() == other.merged()
    }
}

impl Eq for Matched {}

impl Loose {
    fn tied(&self) -> Tied {
        Tied::of(&self.came, &self.renewals, self.merged.clone())
    }

    /// Where none renews several, each contract stands alone. Those that renew it are found by two lists of places: where the first of
    /// them stands, and after each the next one.
    fn count_all(&self, totals: &mut RenewalTotals) {
        let mut firsts = vec![NONE; self.came.entries().count()];
        let mut nexts = vec![NONE; self.renewals.len()];
        for (place, (renewed, _)) in self.renewals.iter().enumerate() {
            let first = self
                .came
                .find(renewed)
                .and_then(|came| firsts.get_mut(came));
            if let (Some(first), Some(next)) = (first, nexts.get_mut(place)) {
                *next = core::mem::replace(first, place);
            }
        }
        for (came, first) in self.came.entries().zip(firsts) {
            let only = nexts.get(first) == Some(&NONE);
            let successor = self.renewals.get(first).map(|(_, successor)| successor);
            match successor {
                Some(successor) if !only => {
                    let mut all = Successors::of(successor);
                    let mut place = first;
                    while let Some((_, successor)) = self.renewals.get(place) {
                        all.add(successor);
                        place = nexts.get(place).copied().unwrap_or(NONE);
                    }
                    count(came, all.list(), totals);
                }
                Some(successor) => count(came, slice::from_ref(successor), totals),
                None => count(came, &[], totals),
            }
        }
    }
}

/// No place.
const NONE: usize = usize::MAX;

#[inline]
fn count(came: &Came, renewed_by: &[Successor], totals: &mut RenewalTotals) {
    View { came, renewed_by }.count_alone(Turn::In, totals);
}
