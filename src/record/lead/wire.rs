//! A lead in JSON: flat, absent fields left out, read through the same checks as the constructor.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Stamp};
use crate::record::error::RecordProblem;
use crate::record::{Dimensions, Lead, Origin};
use crate::value::{DealId, LeadId, RepId};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeadWire {
    id: LeadId,
    arrived: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned: Option<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_touch: Option<Stamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attempts: Vec<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    marketing_qualified: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejected: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sales_qualified: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    qualified: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deal: Option<DealId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    converted: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    won: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disqualified: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fit: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interest: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<RepId>,
    #[serde(default, skip_serializing_if = "Dimensions::is_empty")]
    dimensions: Dimensions,
}

impl TryFrom<LeadWire> for Lead {
    type Error = Error;

    fn try_from(wire: LeadWire) -> Result<Self, Error> {
        let conversion = conversion(&wire)?;
        let mut lead = Self::arrived_at(wire.id.clone(), wire.arrived);
        if let Some(at) = wire.first_touch {
            lead.facts.touch(at);
        }
        for at in &wire.attempts {
            lead.attempt(*at);
        }
        lead = qualified(lead, &wire)?;
        lead.facts.disqualified = wire.disqualified;
        lead.facts.origin = wire.origin;
        if let Some((deal, on)) = conversion {
            lead = lead.converted_to(deal, on)?;
        }
        if let Some(won) = wire.won {
            lead = lead.with_won(won.date())?;
        }
        if let Some(points) = wire.fit {
            lead = lead.with_fit(points)?;
        }
        if let Some(points) = wire.interest {
            lead = lead.with_interest(points)?;
        }
        if let Some(owner) = wire.owner {
            lead = lead.with_owner(owner)?;
        }
        lead.dimensions = wire.dimensions;
        Ok(lead)
    }
}

/// The lead, from marketing to sales.
fn qualified(mut lead: Lead, wire: &LeadWire) -> Result<Lead, Error> {
    if let Some(at) = wire.assigned {
        lead = lead.with_assigned(at.when())?;
    }
    if let Some(on) = wire.marketing_qualified {
        lead = lead.with_marketing_qualified(on.date())?;
    }
    if let Some(on) = wire.accepted {
        lead = lead.with_accepted(on.date())?;
    }
    if let Some(on) = wire.rejected {
        lead = lead.with_rejected(on.date())?;
    }
    if let Some(on) = wire.sales_qualified {
        lead = lead.with_sales_qualified(on.date())?;
    }
    lead.qualify(wire.qualified);
    Ok(lead)
}

/// The deal and the day on which the lead became it: both or neither.
fn conversion(wire: &LeadWire) -> Result<Option<(DealId, Day)>, Error> {
    let (field, problem) = match (&wire.deal, wire.converted) {
        (Some(deal), Some(on)) => return Ok(Some((deal.clone(), on))),
        (None, None) => return Ok(None),
        (Some(_), None) => ("converted", "it became a deal, but has no conversion date"),
        (None, Some(_)) => ("deal", "it has a conversion date, but became no deal"),
    };
    let problem = RecordProblem::Contradiction { field, problem };
    Err(Error::from(problem).of(&wire.id))
}

impl From<Lead> for LeadWire {
    fn from(lead: Lead) -> Self {
        let facts = lead.facts;
        let qualified = lead.plainly_qualified();
        let handover = lead.handover().cloned().unwrap_or_default();
        Self {
            arrived: facts.arrived,
            assigned: handover.assigned,
            first_touch: facts.touched,
            marketing_qualified: facts.marketing_qualified,
            accepted: handover.accepted,
            rejected: handover.rejected,
            sales_qualified: facts.sales_qualified,
            qualified,
            converted: facts.converted,
            won: facts.won,
            disqualified: facts.disqualified,
            origin: facts.origin,
            fit: lead.facts.fit,
            interest: lead.facts.interest,
            owner: lead.owner,
            dimensions: lead.dimensions,
            id: lead.id,
            attempts: lead.attempts,
            deal: lead.deal,
        }
    }
}
