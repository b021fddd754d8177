//! A lead in JSON: flat, absent fields left out, read through the same checks as the constructor.

use core::fmt;

use serde::de::{self, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Error;
use crate::period::{Day, Stamp};
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
    converted: Option<Happened>,
    #[serde(skip_serializing_if = "Option::is_none")]
    won: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disqualified: Option<Happened>,
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
        let mut lead = Self::arrived_at(wire.id.clone(), wire.arrived);
        if let Some(at) = wire.first_touch {
            lead.facts.touch(at);
        }
        for at in &wire.attempts {
            lead.attempt(*at);
        }
        lead = qualified(lead, &wire)?;
        lead.facts.disqualified = wire.disqualified.map(|Happened(on)| on);
        lead.facts.converted = wire.converted.map(|Happened(on)| on);
        lead.facts.origin = wire.origin;
        if let Some(deal) = wire.deal {
            lead = lead.with_deal(deal)?;
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

/// What happened on a day, or on one that nobody knows: a date, or `true`.
#[derive(Clone, Copy)]
struct Happened(Day);

impl Serialize for Happened {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.known() {
            Some(on) => on.serialize(serializer),
            None => serializer.serialize_bool(true),
        }
    }
}

impl<'de> Deserialize<'de> for Happened {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateOrTrue)
    }
}

struct DateOrTrue;

impl Visitor<'_> for DateOrTrue {
    type Value = Happened;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date, or true where it is not known")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Happened, E> {
        text.parse().map(Happened).map_err(E::custom)
    }

    fn visit_bool<E: de::Error>(self, happened: bool) -> Result<Happened, E> {
        if happened {
            return Ok(Happened(Day::FIRST));
        }
        Err(E::invalid_value(Unexpected::Bool(false), &self))
    }
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
            converted: facts.converted.map(Happened),
            won: facts.won,
            disqualified: facts.disqualified.map(Happened),
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
