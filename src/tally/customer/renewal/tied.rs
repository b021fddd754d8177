//! Contracts tied to those that renew them, one by one, as further ones come in.

use super::parts::{Came, List, Merged, Renewing, Successor, Successors, run_together};
use super::standing::RenewalStanding;
use super::totals::RenewalTotals;
use super::view::{ALL, Counts, Money, ON_TIME, View, plus};
use crate::tally::store::{Join, Ledger, Pages, Turn};
use crate::value::{ContractId, Currency};

#[derive(Clone, Debug)]
pub(super) struct Tied {
    entries: Ledger<ContractId, Entry>,
    /// All contracts that renew another, by that one, whether it came up or not.
    renewals: Ledger<ContractId, Successors>,
    /// The contracts that renew several, with all of these: they make one group of them.
    merged: Ledger<ContractId, Merged>,
}

#[derive(Clone, Debug)]
struct Entry {
    came: Came,
    renewed_by: Successors,
}

impl Join for Entry {
    fn join(&mut self, other: &Self) {
        self.came.join(&other.came);
        self.renewed_by.join(&other.renewed_by);
    }
}

impl Entry {
    fn view(&self) -> View<'_> {
        View::of(&self.came, self.renewed_by.list())
    }
}

impl Tied {
    pub(super) fn of(
        came: &Ledger<ContractId, Came>,
        list: &Pages<Renewing>,
        merged: Ledger<ContractId, Merged>,
    ) -> Self {
        let mut tied = Self {
            entries: Ledger::new(),
            renewals: Ledger::with_room_for(list.len()),
            merged,
        };
        for (renewed, successor) in list.iter() {
            tied.renewals.put(renewed, Successors::of(successor));
        }
        for (id, came) in came.iter() {
            tied.put_entry(id, *came);
        }
        tied
    }

    pub(super) fn came(&self) -> impl Iterator<Item = (&ContractId, &Came)> {
        self.entries.iter().map(|(id, entry)| (id, &entry.came))
    }

    pub(super) fn renewals(&self) -> List {
        let mut list = List::new();
        for (renewed, successors) in self.renewals.iter() {
            for successor in successors.list() {
                list.push((renewed.clone(), successor.clone()));
            }
        }
        list
    }

    pub(super) fn merged(&self) -> &Ledger<ContractId, Merged> {
        &self.merged
    }

    /// Counts all of them, of which none is counted yet.
    pub(super) fn count_all(&self, totals: &mut RenewalTotals) {
        for (id, _) in self.entries.iter() {
            let group = self.group(id, ALL);
            if group.iter().min() == Some(&id) {
                self.count(&group, Turn::In, totals);
            }
        }
    }

    /// A contract that came up, or does if it was renewed early enough. What renews it may have come before.
    pub(super) fn put(&mut self, id: &ContractId, came: Came, totals: &mut RenewalTotals) {
        let mut touched = vec![id.clone()];
        if let Some(renewed_by) = self.renewals.get(id) {
            self.touch(renewed_by, &mut touched);
        }
        self.count_groups(&touched, Turn::Out, totals);
        self.put_entry(id, came);
        self.count_groups(&touched, Turn::In, totals);
    }

    fn put_entry(&mut self, id: &ContractId, came: Came) {
        let renewed_by = self.renewals.get(id).cloned().unwrap_or_default();
        self.entries.put(id, Entry { came, renewed_by });
    }

    /// A contract that renews these, which are all that it renews, or some of `several`.
    pub(super) fn put_renewal(
        &mut self,
        renewed: &[ContractId],
        several: &[ContractId],
        successor: &Successor,
        totals: &mut RenewalTotals,
    ) {
        let mut touched = [renewed, several].concat();
        if let Some(Merged(all)) = self.merged.get(&successor.id) {
            touched.extend_from_slice(all);
        }
        for entry in renewed.iter().filter_map(|id| self.entries.get(id)) {
            self.touch(&entry.renewed_by, &mut touched);
        }
        self.count_groups(&touched, Turn::Out, totals);
        if several.len() > 1 {
            self.merged.put(&successor.id, Merged(several.to_vec()));
        }
        for id in renewed {
            self.renewals.put(id, Successors::of(successor));
            if let Some(entry) = self.entries.get_mut(id) {
                entry.renewed_by.add(successor);
            }
        }
        self.count_groups(&touched, Turn::In, totals);
    }

    /// By their ids, those that came up or were terminated early.
    pub(super) fn standings(&self, currency: Currency) -> Vec<(&ContractId, RenewalStanding)> {
        let mut standings = Vec::new();
        for (id, entry) in self.entries.in_order() {
            let view = entry.view();
            let Some(outcome) = view.outcome() else {
                continue;
            };
            let group = self.group(id, ALL);
            let Money { before, mut after } = self.money(&group, ALL);
            let is_known = before.is_some() && after.is_some();
            // The new fee counts once.
            if group.iter().min() != Some(&id) {
                after = after.map(|_| 0);
            }
            after = after.filter(|_| view.is_due());
            let standing = RenewalStanding::new(outcome, view.fee(), after, is_known, currency);
            standings.push((id, standing));
        }
        standings
    }

    /// The contracts whose groups change with one that these renew.
    fn touch(&self, renewed_by: &Successors, touched: &mut Vec<ContractId>) {
        for successor in renewed_by.list() {
            if let Some(Merged(all)) = self.merged.get(&successor.id) {
                touched.extend_from_slice(all);
            }
        }
    }

    fn view(&self, id: &ContractId) -> Option<View<'_>> {
        self.entries.get(id).map(Entry::view)
    }

    /// The contracts that came up and hang together with this one by contracts that renew several; this one alone where it did not
    /// come up.
    fn group<'a>(&'a self, id: &'a ContractId, counts: Counts) -> Vec<&'a ContractId> {
        let mut group = Vec::new();
        let mut found = vec![id];
        while let Some(id) = found.pop() {
            group.push(id);
            let Some(view) = self.view(id).filter(|view| view.is_due()) else {
                continue;
            };
            for successor in view.successors(counts) {
                for other in self.beside(id, successor, counts) {
                    if !group.contains(&other) && !found.contains(&other) {
                        found.push(other);
                    }
                }
            }
        }
        group
    }

    /// The contracts that one renews beside this one, as far as they came up.
    fn beside(
        &self,
        id: &ContractId,
        successor: &Successor,
        counts: Counts,
    ) -> impl Iterator<Item = &ContractId> {
        let all = match self.merged.get(&successor.id) {
            // Another record of its id may name the others.
            Some(Merged(all)) if all.contains(id) => all.as_slice(),
            _ => &[],
        };
        all.iter().filter(move |other| {
            let is_renewed = |view: View<'_>| {
                let mut successors = view.successors(counts);
                view.is_due() && successors.any(|one| one.id == successor.id)
            };
            self.view(other).is_some_and(is_renewed)
        })
    }

    /// Counts the groups of these contracts, each once, or takes out what they were counted for.
    fn count_groups(&self, ids: &[ContractId], turn: Turn, totals: &mut RenewalTotals) {
        let mut counted: Vec<&ContractId> = Vec::new();
        for id in ids {
            if !counted.contains(&id) && self.entries.get(id).is_some() {
                let group = self.group(id, ALL);
                self.count(&group, turn, totals);
                counted.extend(group);
            }
        }
    }

    /// Counts a group in the totals, or takes out what it was counted for.
    fn count(&self, group: &[&ContractId], turn: Turn, totals: &mut RenewalTotals) {
        if let [id] = group {
            if let Some(view) = self.view(id) {
                view.count_alone(turn, totals);
            }
            return;
        }
        for view in self.members(group) {
            view.count(turn, totals);
        }
        let money = self.money(group, ALL);
        let members = number(group);
        money.count(members, turn, &mut totals.due, &mut totals.renewed_amount);
        if self.members(group).any(|view| view.is_renewed(ALL)) {
            money.count_before(turn, totals);
        }
        let mut left = group.to_vec();
        // What hangs together by a late renewal does not by those on time.
        while let Some(first) = left.first() {
            let part = self.group(first, ON_TIME);
            let (due, renewed) = (&mut totals.due_on_time, &mut totals.on_time_amount);
            let money = self.money(&part, ON_TIME);
            money.count(number(&part), turn, due, renewed);
            left.retain(|id| !part.contains(id));
        }
    }

    /// What a group comes to.
    fn money(&self, group: &[&ContractId], counts: Counts) -> Money {
        let mut renewed_by = Successors::default();
        let (mut before, mut of_itself) = (Some(0), Some(0));
        for view in self.members(group) {
            before = plus(before, view.fee());
            of_itself = plus(of_itself, view.of_itself(counts));
            for successor in view.successors(counts) {
                renewed_by.add(successor);
            }
        }
        Money {
            before,
            after: plus(of_itself, run_together(renewed_by.list().iter())),
        }
    }

    fn members<'a>(&'a self, group: &'a [&'a ContractId]) -> impl Iterator<Item = View<'a>> {
        group.iter().filter_map(|id| self.view(id))
    }
}

fn number(group: &[&ContractId]) -> u64 {
    u64::try_from(group.len()).unwrap_or(u64::MAX)
}
