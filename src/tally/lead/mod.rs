mod attempts;
mod detail;
mod milestones;
mod responses;
mod scope;
mod totals;
mod wait;
mod waits;

pub use detail::LeadDetail;
pub use milestones::{MilestoneTally, WayTotals};
pub use responses::{ResponseGroup, ResponseScope, ResponseTally, ResponseTotals};
pub use scope::LeadScope;
pub use totals::LeadTotals;
pub(crate) use wait::Wait;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::Lead;
use crate::tally::engine::fixed;

/// The exact counts of the leads of one scope: what every lead KPI of a fixed size is read from.
///
/// What a tally is and how it adds up: [`tally`](crate::tally). The scope's currency plays no part in it.
///
/// ```
/// use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, instant, kpi};
///
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_qualified(date(2026, 1, 8)?)?,
///     Lead::new("L-2", instant("2026-02-11T15:30:00Z")?)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let tally = LeadTally::of(&leads, q1)?;
/// assert_eq!(kpi::qualification_rate(&tally)?.to_string(), "50%");
/// assert_eq!(tally.totals().open()?, 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct LeadTally {
    scope: Scope,
    /// Invariant: what [`LeadTotals::checked`] demands.
    totals: LeadTotals,
}

impl LeadTally {
    /// The tally of ready-made totals: a database's counts.
    ///
    /// What is left out is not counted, and not 0. These do for:
    ///
    /// | counters | KPIs |
    /// | --- | --- |
    /// | `arrived`, `qualified` | [`qualification_rate`](crate::kpi::qualification_rate) |
    /// | `newly_qualified` | [`qualified_leads`](crate::kpi::qualified_leads), [`lead_velocity_rate`](crate::kpi::lead_velocity_rate) |
    /// | `arrived`, `converted` | [`lead_conversion_rate`](crate::kpi::lead_conversion_rate) |
    /// | `arrived`, `won` | [`lead_to_customer_rate`](crate::kpi::lead_to_customer_rate) |
    /// | `arrived` | [`close_rate`](crate::kpi::close_rate), [`cost_per_lead`](crate::kpi::cost_per_lead), [`full_cost_per_lead`](crate::kpi::full_cost_per_lead) |
    /// | `arrived`, `marketing`, `sales`, `partner` | [`marketing_sourced_rate`](crate::kpi::marketing_sourced_rate), [`sales_sourced_rate`](crate::kpi::sales_sourced_rate) |
    /// | `contacted`, `contacted_converted` | [`prospect_to_opportunity_rate`](crate::kpi::prospect_to_opportunity_rate) |
    /// | `arrived`, `marketing_qualified` | [`lead_to_mql_rate`](crate::kpi::lead_to_mql_rate) |
    /// | `marketing_accepted`, `marketing_rejected` | [`sales_acceptance_rate`](crate::kpi::sales_acceptance_rate) |
    /// | `newly_accepted`, `accepted_qualified` | [`sal_to_sql_rate`](crate::kpi::sal_to_sql_rate) |
    ///
    /// ```
    /// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
    /// use sales_metrics::tally::LeadTotals;
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let totals = LeadTotals::given().records(1_000).arrived(1_000).converted(200);
    /// assert_eq!(kpi::lead_conversion_rate(&LeadTally::from_totals(q1, totals)?)?.to_string(), "20%");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no leads can have such totals: more qualified leads than arrived ones, say.
    pub fn from_totals(scope: Scope, totals: impl Into<LeadTotals>) -> Result<Self, Error> {
        Ok(Self {
            scope,
            totals: totals.into().checked()?,
        })
    }
}

fixed!(LeadTally of Lead, reads Everything, LeadTotals, "[`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).", |totals, lead, scope| totals.add(lead, scope));
