//! A deal in JSON: flat, absent fields left out, read through the same checks as the constructor.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Day;
use crate::record::part::Entries;
use crate::record::{Deal, DealStatus, Facts};
use crate::value::number::Exact;
use crate::value::{AccountId, Currency, DealId, Label, Rate, RepId};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DealWire {
    id: DealId,
    currency: Currency,
    created: Day,
    status: DealStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss_reason: Option<Label>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<RepId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<AccountId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list_price: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_contact: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_close: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<Label>,
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    dimensions: Entries,
}

impl TryFrom<DealWire> for Deal {
    type Error = Error;

    fn try_from(wire: DealWire) -> Result<Self, Error> {
        let ending = wire.status.ending(&wire.id, wire.closed)?;
        let mut deal = Self::of_facts(wire.id, Facts::new(wire.created, ending, wire.currency));
        if let Some(owner) = wire.owner {
            deal = deal.with_owner(owner)?;
        }
        if let Some(account) = wire.account {
            deal = deal.with_account(account)?;
        }
        if let Some(Exact(amount)) = wire.amount {
            deal = deal.with_amount(amount)?;
        }
        if let Some(Exact(cost)) = wire.cost {
            deal = deal.with_cost(cost)?;
        }
        if let Some(Exact(list_price)) = wire.list_price {
            deal = deal.with_list_price(list_price)?;
        }
        if let Some(probability) = wire.probability {
            deal = deal.with_probability(probability)?;
        }
        if let Some(first_contact) = wire.first_contact {
            deal = deal.with_first_contact(first_contact.date())?;
        }
        if let Some(expected_close) = wire.expected_close {
            deal = deal.with_expected_close(expected_close.date())?;
        }
        if let Some(stage) = wire.stage {
            deal = deal.with_stage(stage)?;
        }
        if let Some(reason) = wire.loss_reason {
            deal = deal.with_loss_reason(reason)?;
        }
        if !wire.dimensions.is_empty() {
            deal.particulars_mut().dimensions = wire.dimensions;
        }
        Ok(deal)
    }
}

impl From<Deal> for DealWire {
    fn from(deal: Deal) -> Self {
        let facts = *deal.facts();
        let particulars = deal.particulars.as_deref().cloned().unwrap_or_default();
        Self {
            id: deal.id().clone(),
            currency: facts.currency,
            created: facts.created,
            status: deal.status(),
            closed: facts.ending.map(|ending| ending.on),
            loss_reason: particulars.loss_reason,
            owner: deal.owner().cloned(),
            account: deal.account().cloned(),
            amount: facts.amount.map(|amount| Exact(amount.decimal())),
            cost: facts.cost.map(|cost| Exact(cost.decimal())),
            list_price: facts.list_price.map(|price| Exact(price.decimal())),
            probability: deal.probability(),
            first_contact: facts.first_contact,
            expected_close: facts.expected_close,
            stage: particulars.stage,
            dimensions: particulars.dimensions,
        }
    }
}
