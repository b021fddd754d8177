//! A tally of renewals in JSON: what is matched, or the totals that were given.

use serde::{Deserialize, Serialize};

use super::matched::Matched;
use super::parts::{Came, Ending, Fee, List, Merged, Old};
use super::{RenewalTally, RenewalTotals};
use crate::error::Error;
use crate::period::{Day, Scope};
use crate::tally::customer::EITHER;
use crate::tally::error::impossible;
use crate::tally::priced::MAX_RECORDS;
use crate::tally::rules::expect_all;
use crate::tally::store::Ledger;
use crate::value::{ContractId, Entries};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wire {
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<Counted>,
    /// Instead, where it is made of totals.
    #[serde(skip_serializing_if = "Option::is_none")]
    totals: Option<RenewalTotals>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    records: u64,
    at_start: u64,
    /// The contracts that came up for renewal, or do if they were renewed early enough.
    due: Entries<ContractId, Due>,
    /// The contracts that renew another, behind the other's id.
    renewals: List,
    /// The contracts that renew several, and all of these.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    merged: Entries<ContractId, Merged>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Due {
    ending: Ending,
    last: Day,
    fee: Fee,
    /// How many records of it were active at the start, and ended by the end before their term.
    cut: u64,
}

impl TryFrom<Wire> for RenewalTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let scope = wire.scope;
        match (wire.counted, wire.totals) {
            (Some(counted), None) => counted.tally(scope),
            (None, Some(totals)) => Self::from_totals(scope, totals),
            _ => Err(impossible(EITHER)),
        }
    }
}

impl Counted {
    fn tally(self, scope: Scope) -> Result<RenewalTally, Error> {
        let mut came = Ledger::new();
        let (mut cut, mut in_time) = (0_u64, true);
        for (id, due) in self.due {
            cut = cut.saturating_add(due.cut);
            in_time &= scope.counts(due.last) == (due.ending != Ending::CutBefore);
            let Due {
                ending,
                last,
                fee,
                cut,
            } = due;
            let old = Old { ending, last, fee };
            came.put(&id, Came { old, cut });
        }
        let mut merged = Ledger::new();
        let mut renewing = count(self.renewals.len());
        for (id, Merged(all)) in self.merged {
            renewing = renewing.saturating_sub(count(all.len()).saturating_sub(1));
            for renewed in all {
                merged.put(&id, Merged(vec![renewed]));
            }
        }
        let due = came.len();
        expect_all(&[
            (self.records <= MAX_RECORDS, "records are at most 10^10"),
            (
                due <= self.records && self.at_start <= self.records && cut <= self.at_start,
                "records are all contracts looked at: at least those that came up, those at the start, and those that renew another",
            ),
            (
                in_time,
                "of the contracts that come up, none is due before the period",
            ),
            (
                self.renewals
                    .iter()
                    .all(|(renewed, one)| one.is_sound(&scope) && one.id != *renewed),
                "what renews a contract has begun on the day after the as-of day, and did not end on its first day",
            ),
            (
                renewing <= self.records,
                "records are all contracts looked at: at least those that came up, those at the start, and those that renew another",
            ),
        ])?;
        let matched = Matched::of(came, self.renewals.into(), merged);
        Ok(RenewalTally::counted(
            scope,
            self.records,
            self.at_start,
            matched,
        ))
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

impl From<RenewalTally> for Wire {
    fn from(tally: RenewalTally) -> Self {
        let (scope, totals) = (tally.scope, tally.totals);
        let Some(matched) = tally.matched else {
            return Self {
                scope,
                counted: None,
                totals: Some(totals),
            };
        };
        let mut due = Vec::new();
        for (id, came) in matched.came() {
            let Came { old, cut } = came;
            let Old { ending, last, fee } = old;
            due.push((
                id,
                Due {
                    ending,
                    last,
                    fee,
                    cut,
                },
            ));
        }
        let counted = Counted {
            records: totals.records,
            at_start: totals.contracts_at_start,
            due: Entries::of(due),
            renewals: matched.renewals(),
            merged: matched.merged().clone().sorted(),
        };
        Self {
            scope,
            counted: Some(counted),
            totals: None,
        }
    }
}
