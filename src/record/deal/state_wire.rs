//! A state in JSON: flat, absent fields left out, read through the same checks as the constructor.

use serde::{Deserialize, Serialize};

use super::state::{DealState, StateFacts};
use crate::error::Error;
use crate::period::{Day, Stamp};
use crate::record::part::Share;
use crate::record::{DealStatus, ForecastCategory, Record};
use crate::value::number::Exact;
use crate::value::{Currency, DealId, Label, Rate, RepId};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StateWire {
    deal: DealId,
    currency: Currency,
    at: Stamp,
    #[serde(default, skip_serializing_if = "is_zero")]
    run: u32,
    status: DealStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<Label>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<RepId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_close: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forecast_category: Option<ForecastCategory>,
    #[serde(default, skip_serializing_if = "is_false")]
    deleted: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_zero(run: &u32) -> bool {
    *run == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_false(mark: &bool) -> bool {
    !*mark
}

impl TryFrom<StateWire> for DealState {
    type Error = Error;

    fn try_from(wire: StateWire) -> Result<Self, Error> {
        let at = wire.at.when();
        let mut state = Self::new(wire.deal, at, wire.status, wire.currency)?.with_run(wire.run);
        (state.stage, state.owner) = (wire.stage, wire.owner);
        state.facts.category = wire.forecast_category;
        state.facts.expected_close = wire.expected_close;
        state.facts.is_deleted = wire.deleted;
        if let Some(closed) = wire.closed {
            state = state.with_close(closed.date())?;
        }
        if let Some(Exact(amount)) = wire.amount {
            state = state.with_amount(amount)?;
        }
        if let Some(probability) = wire.probability {
            let share = state.in_field("probability", Share::new(probability))?;
            state.facts.probability = Some(share);
        }
        Ok(state)
    }
}

impl From<DealState> for StateWire {
    fn from(state: DealState) -> Self {
        let StateFacts {
            at,
            run,
            status,
            category,
            is_deleted,
            expected_close,
            closed,
            size,
            is_negative,
            probability,
        } = state.facts;
        Self {
            deal: state.deal,
            currency: state.currency,
            at,
            run,
            status,
            closed,
            stage: state.stage,
            owner: state.owner,
            amount: size.map(|size| Exact(size.with_sign(is_negative))),
            expected_close,
            probability: probability.map(Share::rate),
            forecast_category: category,
            deleted: is_deleted,
        }
    }
}
