//! What is matched: contracts that came up, and contracts that renew another.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::{Amount, Contract, ContractStanding, Terms};
use crate::tally::store::Join;
use crate::value::number::Exact;
use crate::value::{ContractId, sorted};

/// A recurring fee a year; none where it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Option<Exact>", into = "Option<Exact>")]
pub(in crate::tally::customer) struct Fee(pub(in crate::tally::customer) Option<Amount>);

impl Fee {
    /// In units of an amount.
    #[inline]
    pub(super) fn units(self) -> Option<u128> {
        self.0.map(|fee| u128::from(fee.units()))
    }
}

impl From<Fee> for Option<Exact> {
    fn from(Fee(fee): Fee) -> Self {
        fee.map(|amount| Exact(amount.decimal()))
    }
}

impl TryFrom<Option<Exact>> for Fee {
    type Error = Error;

    fn try_from(value: Option<Exact>) -> Result<Self, Error> {
        let amount = |Exact(value): Exact| {
            Amount::new(value).map_err(|error| error.about("recurring fee a year"))
        };
        value.map(amount).transpose().map(Self)
    }
}

/// How a contract came to its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ending {
    /// Ended before its term, on the eve of the period: what ended it tells whether early.
    CutBefore,
    /// Ended before its term, on a day of the period: it came up where its own renewal ended it.
    CutShort,
    /// With its term, in the period.
    RunOut,
    /// The same, and it went on of itself.
    WentOn,
}

/// A contract that came up, or does if another one renews it early enough. Of several of one id, the last in this order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Old {
    pub(super) ending: Ending,
    pub(super) last: Day,
    pub(super) fee: Fee,
}

/// The records of one contract that came up, or does if another one renews it early enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Came {
    pub(super) old: Old,
    /// How many of them were active at the start, and ended by the end before their term.
    pub(super) cut: u64,
}

impl Came {
    #[inline]
    pub(super) fn of(terms: &Terms, standing: ContractStanding) -> Option<Self> {
        let (ending, last) = if standing.is_due() {
            let went_on = terms.has_renewed_itself();
            let ending = if went_on {
                Ending::WentOn
            } else {
                Ending::RunOut
            };
            (ending, terms.end)
        } else if terms.terminated.is_none() {
            return None;
        } else if standing.breaks_off() {
            (Ending::CutShort, terms.terminated)
        } else if standing.is_cut_short() {
            (Ending::CutBefore, terms.terminated)
        } else {
            return None;
        };
        let fee = Fee(standing.pays().yearly());
        last.map(|last| Self {
            old: Old { ending, last, fee },
            cut: u64::from(standing.is_cut_short()),
        })
    }
}

impl Join for Came {
    #[inline]
    fn join(&mut self, other: &Self) {
        self.old = self.old.max(other.old);
        self.cut += other.cut;
    }
}

impl Old {
    pub(super) fn is_cut(&self) -> bool {
        matches!(self.ending, Ending::CutBefore | Ending::CutShort)
    }
}

/// A contract that renews another, by its terms. Of several of one id, the last in this order stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Successor {
    pub(super) id: ContractId,
    start: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<Day>,
    pub(super) fee: Fee,
}

impl Successor {
    /// None where the contract renews nothing by the as-of day: it names no other, has not begun on the day after it, was not signed, or
    /// ended on its first day.
    #[inline]
    pub(super) fn of(
        contract: &Contract,
        standing: ContractStanding,
        scope: &Scope,
    ) -> Option<Self> {
        if !contract.renews() {
            return None;
        }
        let (terms, as_of) = (contract.terms(), scope.as_of_number());
        let last = terms.last();
        let counts = terms.start <= as_of.following()
            && terms.signed.is_none_or(|signed| signed <= as_of)
            && last != Some(terms.start);
        counts.then(|| Self {
            id: contract.id().clone(),
            start: terms.start,
            last,
            signed: terms.signed,
            fee: Fee(standing.pays().yearly()),
        })
    }

    /// Whether a tally of that scope can have it.
    pub(super) fn is_sound(&self, scope: &Scope) -> bool {
        let as_of = scope.as_of_number();
        self.start <= as_of.following()
            && self.signed.is_none_or(|signed| signed <= as_of)
            && self.last.is_none_or(|last| self.start < last)
    }

    /// Whether it had begun by the day after a contract's last, and so took its place.
    pub(super) fn replaces(&self, old: &Old) -> bool {
        self.start <= old.last.following()
    }

    /// Whether it was signed by a contract's last day, where that is known, else had begun by the day after.
    pub(super) fn is_on_time(&self, old: &Old) -> bool {
        match self.signed {
            Some(signed) => signed <= old.last,
            None => self.replaces(old),
        }
    }
}

/// The contracts that renew one, each once, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Successors(Vec<Successor>);

impl Successors {
    pub(super) fn of(successor: &Successor) -> Self {
        Self(vec![successor.clone()])
    }

    pub(super) fn list(&self) -> &[Successor] {
        &self.0
    }

    #[inline]
    pub(super) fn add(&mut self, successor: &Successor) {
        let found = self.0.binary_search_by(|known| known.id.cmp(&successor.id));
        match found {
            Err(place) => self.0.insert(place, successor.clone()),
            Ok(place) => {
                if let Some(known) = self.0.get_mut(place).filter(|known| **known < *successor) {
                    *known = successor.clone();
                }
            }
        }
    }
}

/// The recurring money of those that run together on the day on which the last of them begins; none where it is not known.
pub(super) fn run_together<'a>(
    successors: impl Iterator<Item = &'a Successor> + Clone,
) -> Option<u128> {
    let day = successors.clone().map(|successor| successor.start).max();
    let mut sum = 0;
    for successor in successors {
        if successor.last.is_none_or(|last| day <= Some(last)) {
            sum += successor.fee.units()?;
        }
    }
    Some(sum)
}

impl Join for Successors {
    fn join(&mut self, other: &Self) {
        for successor in &other.0 {
            self.add(successor);
        }
    }
}

/// The contracts that one renews, where they are several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Merged(pub(super) Vec<ContractId>);

impl Join for Merged {
    fn join(&mut self, other: &Self) {
        for id in &other.0 {
            if let Err(place) = self.0.binary_search(id) {
                self.0.insert(place, id.clone());
            }
        }
    }
}

/// A contract that renews another, behind the id of that one.
pub(super) type Renewing = (ContractId, Successor);

pub(super) type List = Vec<Renewing>;

/// In their order, each once: of one id, the last stands.
pub(super) fn in_order(list: List) -> List {
    let mut all = sorted(list, |a, b| b.cmp(a));
    all.dedup_by(|a, b| (&a.0, &a.1.id) == (&b.0, &b.1.id));
    all.reverse();
    all
}
