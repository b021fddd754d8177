//! A deal in JSON: flat, absent fields left out, read through the same checks as the constructor.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Day;
use crate::record::error::RecordProblem;
use crate::record::part::Entries;
use crate::record::{Deal, DealKind, DealStatus, Facts, ForecastCategory, Origin, Record};
use crate::value::number::Exact;
use crate::value::{AccountId, Currency, DealId, Label, Rate, RepId};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DealWire {
    id: DealId,
    currency: Currency,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<Day>,
    status: DealStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss_reason: Option<Label>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<RepId>,
    /// Instead of the owner, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    owners: Vec<OwnerWire>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<DealKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forecast_category: Option<ForecastCategory>,
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    dimensions: Entries,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnerWire {
    rep: RepId,
    share: Rate,
}

impl TryFrom<DealWire> for Deal {
    type Error = Error;

    fn try_from(wire: DealWire) -> Result<Self, Error> {
        let ending = wire.status.ending(wire.closed);
        let ending = ending.map_err(|error| error.of(&wire.id))?;
        let mut deal = Self::of_facts(wire.id, Facts::new(wire.created, ending, wire.currency));
        deal = owned(deal, wire.owner, wire.owners)?;
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
        if let Some(kind) = wire.kind {
            deal = deal.with_kind(kind);
        }
        if let Some(origin) = wire.origin {
            deal = deal.with_origin(origin);
        }
        if let Some(category) = wire.forecast_category {
            deal = deal.with_forecast_category(category);
        }
        if !wire.dimensions.is_empty() {
            deal.particulars_mut().dimensions = wire.dimensions;
        }
        Ok(deal)
    }
}

/// By one rep, or by several.
fn owned(deal: Deal, owner: Option<RepId>, owners: Vec<OwnerWire>) -> Result<Deal, Error> {
    match (owner, owners.is_empty()) {
        (None, true) => Ok(deal),
        (Some(owner), true) => deal.with_owner(owner),
        (None, false) => {
            let owners = owners.into_iter();
            deal.with_owners(owners.map(|OwnerWire { rep, share }| (rep, share)))
        }
        (Some(_), false) => {
            let field = "owners";
            let problem = "it has one owner, and owners with shares; give the one or the others";
            deal.in_field(
                field,
                Err(RecordProblem::Contradiction { field, problem }.into()),
            )
        }
    }
}

impl From<Deal> for DealWire {
    fn from(deal: Deal) -> Self {
        let facts = *deal.facts();
        let mut owners = Vec::new();
        if facts.shared {
            for (rep, share) in deal.owners() {
                let rep = rep.clone();
                owners.push(OwnerWire { rep, share });
            }
        }
        let particulars = deal.particulars.as_deref().cloned().unwrap_or_default();
        Self {
            id: deal.id().clone(),
            currency: facts.currency,
            created: facts.created(),
            status: deal.status(),
            closed: facts.ending.map(|ending| ending.on),
            loss_reason: particulars.loss_reason,
            owner: deal.owner().filter(|_| !facts.shared).cloned(),
            owners,
            account: deal.account().cloned(),
            amount: facts.signed_amount().map(Exact),
            cost: facts.cost.map(|cost| Exact(cost.decimal())),
            list_price: facts.list_price.map(|price| Exact(price.decimal())),
            probability: deal.probability(),
            first_contact: facts.first_contact,
            expected_close: facts.expected_close,
            stage: particulars.stage,
            kind: particulars.kind,
            origin: particulars.origin,
            forecast_category: particulars.forecast,
            dimensions: particulars.dimensions,
        }
    }
}
