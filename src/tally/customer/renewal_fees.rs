use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::record::Amount;
use crate::value::number::Exact;
use crate::value::{ContractId, sorted};

/// Yearly fees by contract id, written down in the order in which they came and matched when they are read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Wire>", into = "Vec<Wire>")]
pub(super) struct Fees(Vec<Fee>);

type Fee = (ContractId, Option<Amount>);
type Wire = (ContractId, Option<Exact>);

impl Fees {
    #[inline]
    pub(in crate::tally) fn push(&mut self, id: &ContractId, fee: Option<Amount>) {
        self.0.push((id.clone(), fee));
    }

    pub(in crate::tally) fn merge(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    pub(in crate::tally) fn iter(&self) -> impl Iterator<Item = (&ContractId, Option<Amount>)> {
        self.0.iter().map(|(id, fee)| (id, *fee))
    }

    /// How many were written down.
    pub(in crate::tally) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether so many records can have left them.
    pub(super) fn are_of(&self, records: u64) -> bool {
        u64::try_from(self.len()).is_ok_and(|fees| fees <= records)
    }

    fn sorted(&self) -> Vec<&Fee> {
        sorted(self.0.iter().collect(), Ord::cmp)
    }
}

/// The order in which they came leaves no trace.
impl PartialEq for Fees {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.sorted() == other.sorted()
    }
}

impl Eq for Fees {}

impl From<Fees> for Vec<Wire> {
    fn from(Fees(fees): Fees) -> Self {
        let wire = |(id, fee): Fee| (id, fee.map(|fee| Exact(fee.decimal())));
        let fees = sorted(fees, Ord::cmp);
        fees.into_iter().map(wire).collect()
    }
}

impl TryFrom<Vec<Wire>> for Fees {
    type Error = Error;

    fn try_from(wire: Vec<Wire>) -> Result<Self, Error> {
        let fee = |(id, fee): Wire| -> Result<Fee, Error> {
            let amount = |Exact(value): Exact| {
                Amount::new(value).map_err(|error| error.about("recurring fee a year").of(&id))
            };
            let fee = fee.map(amount).transpose()?;
            Ok((id, fee))
        };
        wire.into_iter()
            .map(fee)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}
