//! Contracts that came up, and contracts that renew another, in a single pass or one by one.

use core::slice;

use super::parts::{Came, List, Merged, Renewing, Successor, Successors, in_order};
use super::standing::RenewalStanding;
use super::tied::Tied;
use super::totals::RenewalTotals;
use super::view::View;
use crate::tally::store::{Ledger, Pages, Turn};
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
    /// As they came.
    renewals: Pages<Renewing>,
    merged: Ledger<ContractId, Merged>,
}

impl Matched {
    pub(super) fn new() -> Self {
        Self::of(Ledger::new(), Pages::new(), Ledger::new())
    }

    pub(super) fn of(
        came: Ledger<ContractId, Came>,
        renewals: Pages<Renewing>,
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

    pub(super) fn put(&mut self, id: &ContractId, came: Came, totals: &mut RenewalTotals) {
        self.tied().put(id, came, totals);
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
            Self::Loose(loose) => loose.renewals.iter().cloned().collect(),
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

    /// Where none renews several, each contract stands alone, nearly always with a single one that renews it: it is counted as soon as
    /// that one is found. Those with further ones are counted again.
    fn count_all(&self, totals: &mut RenewalTotals) {
        let mut are_found = vec![false; self.came.entries().len()];
        let mut again: Ledger<ContractId, Successors> = Ledger::new();
        for page in self.renewals.pages() {
            let places = self.came.places(page.iter().map(|(renewed, _)| renewed));
            for ((renewed, successor), place) in page.iter().zip(places) {
                let Some((place, came)) = place.zip(self.came.at(place)) else {
                    continue;
                };
                match are_found.get_mut(place) {
                    Some(is_found @ false) => {
                        *is_found = true;
                        View::of(came, slice::from_ref(successor)).count_alone(Turn::In, totals);
                    }
                    _ => again.put(renewed, Successors::default()),
                }
            }
        }
        for (came, is_found) in self.came.entries().zip(are_found) {
            if !is_found {
                View::of(came, &[]).count_alone(Turn::In, totals);
            }
        }
        if again.len() > 0 {
            self.count_again(again, totals);
        }
    }

    /// Counts contracts with all that renew them, of which only the first counts so far.
    fn count_again(&self, mut again: Ledger<ContractId, Successors>, totals: &mut RenewalTotals) {
        for (renewed, successor) in self.renewals.iter() {
            let (Some(all), Some(came)) = (again.get_mut(renewed), self.came.get(renewed)) else {
                continue;
            };
            if all.list().is_empty() {
                View::of(came, slice::from_ref(successor)).count_alone(Turn::Out, totals);
            }
            all.add(successor);
        }
        for (renewed, all) in again.iter() {
            if let Some(came) = self.came.get(renewed) {
                View::of(came, all.list()).count_alone(Turn::In, totals);
            }
        }
    }
}
