use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::record::Amount;
use crate::tally::priced::Priced;
use crate::tally::store::{Join, Ledger};
use crate::value::number::Exact;
use crate::value::{ContractId, sorted};

/// None where it is not known.
pub(super) type Fee = Option<Amount>;

/// The yearly fees of some contracts, nearly always of none or of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Fees {
    #[default]
    None,
    One(Fee),
    /// Invariant: two or more, the lowest first, so that their order leaves no trace.
    Many(Box<Many>),
}

/// In a box of its own: there may be as many fees as contracts, so they are small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Many(Vec<Fee>);

/// Fees with the ids of contracts, written down in the order in which they came.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Wire>", into = "Vec<Wire>")]
pub(super) struct FeeList(Vec<(ContractId, Fee)>);

type Wire = (ContractId, Option<Exact>);

/// The fees of contracts that renew another, by the other's id. They are found by it once one is looked for, which a single pass
/// never does.
#[derive(Clone, Debug)]
pub(super) enum Renewals {
    Listed(FeeList),
    Found(Ledger<ContractId, Fees>),
}

impl Fees {
    pub(super) fn list(&self) -> &[Fee] {
        match self {
            Self::None => &[],
            Self::One(fee) => core::slice::from_ref(fee),
            Self::Many(many) => &many.0,
        }
    }

    #[inline]
    pub(super) fn priced(&self) -> Priced {
        let mut priced = Priced::default();
        for fee in self.list() {
            priced.add(*fee);
        }
        priced
    }

    #[inline]
    pub(super) fn push(&mut self, fee: Fee) {
        match self {
            Self::None => *self = Self::One(fee),
            _ => self.join_many(&Self::One(fee)),
        }
    }

    #[cold]
    fn join_many(&mut self, other: &Self) {
        let mut fees = [self.list(), other.list()].concat();
        fees.sort_unstable();
        *self = Self::Many(Box::new(Many(fees)));
    }
}

impl Join for Fees {
    #[inline]
    fn join(&mut self, other: &Self) {
        match (&*self, other) {
            (_, Self::None) => {}
            (Self::None, _) => *self = other.clone(),
            _ => self.join_many(other),
        }
    }
}

impl FeeList {
    #[inline]
    pub(super) fn push(&mut self, id: &ContractId, fee: Fee) {
        self.0.push((id.clone(), fee));
    }

    pub(super) fn push_all(&mut self, id: &ContractId, fees: &Fees) {
        for fee in fees.list() {
            self.push(id, *fee);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(ContractId, Fee)> {
        self.0.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// The order in which they came leaves no trace.
impl PartialEq for FeeList {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |list: &Self| {
            let mut fees = list.0.clone();
            fees.sort_unstable();
            fees
        };
        self.len() == other.len() && sorted(self) == sorted(other)
    }
}

impl Eq for FeeList {}

impl From<FeeList> for Vec<Wire> {
    fn from(FeeList(fees): FeeList) -> Self {
        let fees = sorted(fees, Ord::cmp);
        let wire = |(id, fee): (ContractId, Fee)| (id, fee.map(|fee| Exact(fee.decimal())));
        fees.into_iter().map(wire).collect()
    }
}

impl TryFrom<Vec<Wire>> for FeeList {
    type Error = Error;

    fn try_from(wire: Vec<Wire>) -> Result<Self, Error> {
        let fee = |(id, fee): Wire| -> Result<(ContractId, Fee), Error> {
            let fee = fee_of_wire(&id, fee)?;
            Ok((id, fee))
        };
        wire.into_iter()
            .map(fee)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// What a contract pays, or the one that renews it.
pub(super) fn fee_of_wire(id: &ContractId, fee: Option<Exact>) -> Result<Fee, Error> {
    let amount = |Exact(value): Exact| {
        Amount::new(value).map_err(|error| error.about("recurring fee a year").of(id))
    };
    fee.map(amount).transpose()
}

impl Renewals {
    pub(super) fn push(&mut self, id: &ContractId, fee: Fee) {
        match self {
            Self::Listed(list) => list.push(id, fee),
            Self::Found(fees) => fees.put(id, Fees::One(fee)),
        }
    }

    /// Those of a contract.
    pub(super) fn of(&mut self, id: &ContractId) -> Fees {
        match self {
            Self::Listed(list) if list.len() == 0 => Fees::None,
            Self::Listed(list) => {
                let mut fees = Ledger::with_room_for(list.len());
                for (id, fee) in list.iter() {
                    fees.put(id, Fees::One(*fee));
                }
                *self = Self::Found(fees);
                self.of(id)
            }
            Self::Found(fees) => fees.get(id).cloned().unwrap_or_default(),
        }
    }

    pub(super) fn list(&self) -> FeeList {
        let mut all = FeeList::default();
        match self {
            Self::Listed(list) => all = list.clone(),
            Self::Found(fees) => fees.iter().for_each(|(id, fees)| all.push_all(id, fees)),
        }
        all
    }
}

/// However they are found.
impl PartialEq for Renewals {
    fn eq(&self, other: &Self) -> bool {
        self.list() == other.list()
    }
}

impl Eq for Renewals {}
