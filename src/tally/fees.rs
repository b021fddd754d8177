use std::collections::BTreeMap;

use super::ledger::{Join, Ledger};
use super::totals::Priced;
use crate::record::{Amount, ContractId};

/// Yearly fees by contract id, written down in the order in which they came and joined when they are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Fees {
    single: Vec<(ContractId, Option<Amount>)>,
    /// Those that were joined already.
    joined: Vec<(ContractId, Priced)>,
}

impl Join for Priced {
    fn join(&mut self, other: &Self) {
        *self = self.plus(*other);
    }
}

impl Fees {
    #[inline]
    pub(super) fn push(&mut self, id: &ContractId, fee: Option<Amount>) {
        self.single.push((id.clone(), fee));
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.single.extend_from_slice(&other.single);
        self.joined.extend_from_slice(&other.joined);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&ContractId, Priced)> {
        let single = self.single.iter().map(|(id, fee)| {
            let mut one = Priced::default();
            one.add(*fee);
            (id, one)
        });
        single.chain(self.joined.iter().map(|(id, fees)| (id, *fees)))
    }

    /// How many were written down.
    pub(super) fn len(&self) -> usize {
        self.single.len().saturating_add(self.joined.len())
    }

    /// How many contracts they are of.
    pub(super) fn count(&self) -> u64 {
        self.iter()
            .fold(0, |sum, (_, fees)| sum.saturating_add(fees.count))
    }

    pub(super) fn joined(&self) -> BTreeMap<ContractId, Priced> {
        self.by_contract().sorted()
    }

    fn by_contract(&self) -> Ledger<ContractId, Priced> {
        let mut ledger = Ledger::with_room_for(self.len());
        for (id, fees) in self.iter() {
            ledger.put(id, fees);
        }
        ledger
    }
}

impl From<BTreeMap<ContractId, Priced>> for Fees {
    fn from(joined: BTreeMap<ContractId, Priced>) -> Self {
        Self {
            single: Vec::new(),
            joined: joined.into_iter().collect(),
        }
    }
}

/// The order in which they came leaves no trace.
impl PartialEq for Fees {
    fn eq(&self, other: &Self) -> bool {
        self.by_contract() == other.by_contract()
    }
}

impl Eq for Fees {}
