use serde::{Deserialize, Serialize};

use crate::period::Day;
use crate::record::Lead;

/// A step of a lead on its way to a customer, in the order in which they follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Milestone {
    /// It arrived.
    Arrived,
    /// Marketing qualified it: an MQL.
    MarketingQualified,
    /// Sales accepted it: an SAL.
    Accepted,
    /// Sales qualified it: an SQL.
    SalesQualified,
    /// It became an opportunity.
    Converted,
    /// The opportunity was won.
    Won,
}

impl Milestone {
    /// All of them, the first one first.
    pub const ALL: &'static [Self] = &Self::EACH;

    pub(crate) const EACH: [Self; 6] = [
        Self::Arrived,
        Self::MarketingQualified,
        Self::Accepted,
        Self::SalesQualified,
        Self::Converted,
        Self::Won,
    ];
}

impl Lead {
    /// The day of each milestone that it reached, in their order; [`Day::FIRST`] where nobody knows the day.
    pub(crate) fn milestone_days(&self) -> [Option<Day>; 6] {
        let facts = self.facts();
        [
            Some(facts.arrived_on),
            facts.marketing_qualified,
            self.accepted_on(),
            facts.sales_qualified,
            facts.converted,
            // A win counts as soon as the conversion does, too.
            facts.won.max(facts.won.and(facts.converted)),
        ]
    }
}
