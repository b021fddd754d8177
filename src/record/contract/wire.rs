//! A contract in JSON: flat, absent fields left out, read through the same checks as the constructor.

use core::ops::Not;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Day;
use crate::record::Contract;
use crate::record::contract::particulars::Particulars;
use crate::record::contract::renewed::Renewed;
use crate::record::contract::terms::Recurring;
use crate::record::part::Entries;
use crate::value::number::Exact;
use crate::value::{AccountId, ContractId, Currency, Per, RepId};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContractWire {
    id: ContractId,
    account: AccountId,
    currency: Currency,
    start: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_day: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    terminated: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recurring: Option<Fee>,
    #[serde(skip_serializing_if = "Option::is_none")]
    one_time: Option<Exact>,
    #[serde(default, skip_serializing_if = "Renewed::is_none")]
    renewal_of: Renewed,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<Day>,
    #[serde(default, skip_serializing_if = "Not::not")]
    trial: bool,
    #[serde(default, skip_serializing_if = "Not::not")]
    auto_renewal: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<RepId>,
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    dimensions: Entries,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fee {
    amount: Exact,
    per: Per,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    every: u16,
}

fn one() -> u16 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
fn is_one(every: &u16) -> bool {
    *every == 1
}

impl TryFrom<ContractWire> for Contract {
    type Error = Error;

    fn try_from(wire: ContractWire) -> Result<Self, Error> {
        let mut contract = Self::new(wire.id, wire.account, wire.start.date(), wire.currency)?;
        // One that renews itself may end later than was agreed.
        contract.terms.auto_renewal = wire.auto_renewal;
        if let Some(last_day) = wire.last_day {
            contract = contract.with_last_day(last_day.date())?;
        }
        if let Some(terminated) = wire.terminated {
            contract = contract.with_terminated(terminated.date())?;
        }
        if let Some(fee) = wire.recurring {
            contract = contract.with_recurring_every(fee.amount.0, fee.every, fee.per)?;
        }
        if let Some(Exact(one_time)) = wire.one_time {
            contract = contract.with_one_time(one_time)?;
        }
        for renewed in wire.renewal_of.list() {
            contract = contract.with_renewal_of(renewed)?;
        }
        contract.terms.signed = wire.signed;
        contract.terms.notice = wire.notice;
        contract.terms.trial = wire.trial;
        contract.particulars = Particulars::new(wire.owner, wire.dimensions);
        Ok(contract)
    }
}

impl From<Contract> for ContractWire {
    fn from(contract: Contract) -> Self {
        let terms = contract.terms;
        let (owner, dimensions) = contract.particulars.into_parts();
        let fee = |fee: Recurring| Fee {
            amount: Exact(fee.fee().decimal()),
            per: fee.per(),
            every: fee.every(),
        };
        Self {
            owner,
            dimensions,
            currency: terms.currency,
            start: terms.start,
            last_day: terms.end,
            terminated: terms.terminated,
            recurring: terms.recurring.map(fee),
            one_time: terms.one_time.map(|amount| Exact(amount.decimal())),
            signed: terms.signed,
            notice: terms.notice,
            trial: terms.trial,
            auto_renewal: terms.auto_renewal,
            id: contract.id,
            account: contract.account,
            renewal_of: contract.renewal_of,
        }
    }
}
