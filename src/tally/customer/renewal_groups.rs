//! Contracts that renew several others at once: nobody knows which part of the fee stands for which, so that what is renewed together
//! is held against what renews it as one.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::tally::customer::renewal::RenewalTotals;
use crate::tally::customer::renewal_fees::{Fee, fee_of_wire};
use crate::tally::priced::Priced;
use crate::tally::store::{Join, Ledger, Turn};
use crate::value::ContractId;
use crate::value::number::Exact;

/// What some contracts that came up, and those that renew them, come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) own: Priced,
    /// How many of those that came up have no fee.
    pub(super) without_fee: u64,
    pub(super) renewed_by: Priced,
}

/// Contracts that are renewed together: by one contract, or by several of which each renews some that another one does.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    ids: Vec<ContractId>,
    /// So many of the ids, from the first on, are known to be of the group at this place.
    placed: usize,
    place: Option<usize>,
    pub(super) sums: Sums,
}

#[derive(Clone, Debug)]
pub(super) struct Groups {
    places: Ledger<ContractId, Place>,
    groups: Vec<Group>,
}

/// Where the group of a contract stands.
#[derive(Clone, Debug)]
struct Place(usize);

/// Contracts that renew several others: the ids of these and the fee, written down in the order in which they came.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Wire>", into = "Vec<Wire>")]
pub(super) struct Several(Vec<(Vec<ContractId>, Fee)>);

type Wire = (Vec<ContractId>, Option<Exact>);

impl Sums {
    /// Counts them in the totals, or takes out what they were counted for. A renewal without a fee leaves unknown what was renewed:
    /// such contracts are counted, and their money is in neither sum. So it is with contracts of which one has no fee.
    #[inline]
    pub(super) fn count(&self, turn: Turn, totals: &mut RenewalTotals) {
        let Self {
            own, renewed_by, ..
        } = self;
        turn.count(&mut totals.due.count, own.count);
        if renewed_by.count > 0 {
            turn.count(&mut totals.renewed, own.count);
        }
        if renewed_by.unpriced() == 0 && own.priced > 0 && self.without_fee == 0 {
            turn.count(&mut totals.due.priced, own.priced);
            turn.add(&mut totals.due.amount, own.amount.units());
            turn.add(&mut totals.renewed_amount, renewed_by.amount.units());
        }
    }

    /// Adds others, or takes them out.
    pub(super) fn add(&mut self, turn: Turn, other: &Self) {
        for (sum, more) in [
            (&mut self.own, &other.own),
            (&mut self.renewed_by, &other.renewed_by),
        ] {
            turn.count(&mut sum.count, more.count);
            turn.count(&mut sum.priced, more.priced);
            turn.add(&mut sum.amount, more.amount.units());
        }
        turn.count(&mut self.without_fee, other.without_fee);
    }
}

impl Group {
    pub(super) fn push(&mut self, id: &ContractId) {
        self.ids.push(id.clone());
    }

    /// The ids of the smaller one move.
    pub(super) fn join(&mut self, mut other: Self) {
        other.sums.add(Turn::In, &self.sums);
        self.sums = other.sums;
        if other.placed > self.placed {
            core::mem::swap(self, &mut other);
        }
        self.ids.append(&mut other.ids);
    }
}

/// A contract is in one group.
impl Join for Place {
    fn join(&mut self, other: &Self) {
        self.0 = self.0.max(other.0);
    }
}

impl Groups {
    pub(super) fn new() -> Self {
        Self {
            places: Ledger::new(),
            groups: Vec::new(),
        }
    }

    #[inline]
    pub(super) fn of(&mut self, id: &ContractId) -> Option<&mut Group> {
        if self.groups.is_empty() {
            return None;
        }
        let Place(place) = self.places.get(id)?;
        self.groups.get_mut(*place)
    }

    pub(super) fn put(&mut self, mut group: Group) {
        let place = group.place.unwrap_or(self.groups.len());
        for id in group.ids.iter().skip(group.placed) {
            match self.places.get_mut(id) {
                Some(known) => *known = Place(place),
                None => self.places.put(id, Place(place)),
            }
        }
        (group.place, group.placed) = (Some(place), group.ids.len());
        match self.groups.get_mut(place) {
            Some(left) => *left = group,
            None => self.groups.push(group),
        }
    }
}

impl Several {
    pub(super) fn push(&mut self, ids: &[ContractId], fee: Fee) {
        self.0.push((ids.to_vec(), fee));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(Vec<ContractId>, Fee)> {
        self.0.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn sorted(mut self) -> Self {
        self.0.sort_unstable();
        self
    }
}

/// The order in which they came leaves no trace.
impl PartialEq for Several {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.clone().sorted().0 == other.clone().sorted().0
    }
}

impl Eq for Several {}

impl From<Several> for Vec<Wire> {
    fn from(several: Several) -> Self {
        let Several(fees) = several.sorted();
        let wire = |(ids, fee): (Vec<ContractId>, Fee)| (ids, fee.map(|fee| Exact(fee.decimal())));
        fees.into_iter().map(wire).collect()
    }
}

impl TryFrom<Vec<Wire>> for Several {
    type Error = Error;

    fn try_from(wire: Vec<Wire>) -> Result<Self, Error> {
        let mut several = Self::default();
        for (mut ids, fee) in wire {
            ids.sort_unstable();
            ids.dedup();
            let fee = match ids.first() {
                Some(id) => fee_of_wire(id, fee)?,
                None => continue,
            };
            several.0.push((ids, fee));
        }
        Ok(several)
    }
}
