//! What stands beside a value that holds with a reservation.

use core::fmt;

use serde::Serialize;

use super::unrecorded::unrecorded;
use super::{Earlier, Inputs, Kpi, Needs, Parameter, Records, Unrecorded};
use crate::book::BookTally;
use crate::period::Scope;

/// A reservation with which a value holds: its text stands below a report's rows, its JSON is its name (`"short_history"`,
/// `{"unrecorded": "lead_owner"}`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Caveat {
    /// Expenses on marketing are recorded in the period and none on sales: the spend is that on marketing alone.
    NoSalesSpend,
    /// Expenses on sales are recorded in the period and none on marketing: the spend is that on sales alone.
    NoMarketingSpend,
    /// The first win that is recorded is less than a year before the period: who bought before it seems new.
    ShortHistory,
    /// It is of creations or of what is open, and of some deals the creation is not known: they are in no figure of creations or ages, and open
    /// from the first day that is known of them, or else on every evening.
    Undated,
    /// It compares money of two days, and the records were converted each at the rate of its own date: what the rates did is in it.
    OwnRates,
    /// It is a length of time in the working hours of the leads' calendar alone: an evening and a weekend are none of it.
    WorkingHours,
    /// No record of the book, whatever its day, says what it counts: it is 0 or all, and perhaps that was never recorded.
    Unrecorded(Unrecorded),
}

/// KPIs of the spend on sales and marketing together.
const OF_BOTH: [&str; 11] = [
    "blended_cac_ratio",
    "bookings_magic_number",
    "cac_payback",
    "channel_cac_payback",
    "cost_per_acquisition",
    "cost_per_new_contract",
    "customer_acquisition_cost",
    "full_cost_per_lead",
    "ltv_to_cac",
    "magic_number",
    "new_cac_ratio",
];

/// KPIs of which a part, or all, goes by the creation of deals.
const OF_CREATIONS: [&str; 7] = [
    "cohort_win_rate",
    "marketing_sourced_pipeline_rate",
    "meetings_per_opportunity",
    "opportunities_created",
    "opportunity_conversion_rate",
    "pipeline_created",
    "pipeline_inflow",
];

/// KPIs of the deals that are open on an evening, as they were then; one that is created at no known day may be open too early.
const OF_OPEN: [&str; 6] = [
    "average_open_deal_size",
    "deals_older_than",
    "open_deals",
    "pipeline_value",
    "pipeline_velocity",
    "weighted_pipeline",
];

/// KPIs that compare two evenings, or what was won with what was asked for.
const OF_TWO_DAYS: [&str; 26] = [
    "arr_growth",
    "attainment_percentile",
    "below_quota_streak",
    "blended_cac_ratio",
    "burn_multiple",
    "expansion_rate",
    "gross_revenue_churn_rate",
    "gross_revenue_retention",
    "magic_number",
    "mrr_movements",
    "net_negative_churn",
    "net_new_arr",
    "net_revenue_churn_rate",
    "net_revenue_retention",
    "on_time_renewal_rate",
    "pace",
    "pipeline_coverage",
    "quick_ratio",
    "quota_attainment",
    "ramp_time",
    "ramped_reps_at_quota_rate",
    "ramping_reps_at_quota_rate",
    "remaining_pipeline_coverage",
    "renewal_rate",
    "renewal_uplift",
    "reps_at_quota_rate",
];

/// KPIs of how long leads wait, by the clock or by a calendar.
const OF_WAITS: [&str; 4] = [
    "average_response_time",
    "median_response_time",
    "response_compliance",
    "response_time_percentile",
];

impl Caveat {
    /// Those of a value of this KPI.
    pub(super) fn of(kpi: &Kpi, inputs: &Inputs<'_>) -> Vec<Self> {
        let needs = kpi.needs();
        let mut caveats = Vec::new();
        if OF_BOTH.contains(&kpi.name()) {
            caveats.extend(Self::of_spend(needs, inputs));
        }
        if needs.contains(&Records::Purchases.needs()) {
            caveats.extend(is_short(inputs.tally()).then_some(Self::ShortHistory));
        }
        if undated(kpi, inputs).is_some_and(|deals| deals > 0) {
            caveats.push(Self::Undated);
        }
        if inputs.has_own_rates() && OF_TWO_DAYS.contains(&kpi.name()) {
            caveats.push(Self::OwnRates);
        }
        if OF_WAITS.contains(&kpi.name()) && is_by_calendar(inputs) {
            caveats.push(Self::WorkingHours);
        }
        let unrecorded = unrecorded(kpi, inputs).into_iter();
        caveats.extend(unrecorded.map(Self::Unrecorded));
        caveats
    }

    /// Where one of the two categories is recorded and the other is not.
    fn of_spend(needs: &[Needs], inputs: &Inputs<'_>) -> Option<Self> {
        let earlier = needs.contains(&Earlier::Previous.needs());
        let totals = if earlier {
            *inputs.previous().ok()?.spend().ok()?.totals()
        } else if needs.contains(&Parameter::Channel.needs()) {
            inputs.spend().ok()?.channel(inputs.channel().ok()?).ok()?
        } else {
            *inputs.spend().ok()?.totals()
        };
        let (sales, marketing) = (totals.sales().ok()?, totals.marketing().ok()?);
        match (sales.is_unrecorded(), marketing.is_unrecorded()) {
            (true, false) => Some(Self::NoSalesSpend),
            (false, true) => Some(Self::NoMarketingSpend),
            _ => None,
        }
    }
}

/// Of how many deals that it is about the creation is not known.
fn undated(kpi: &Kpi, inputs: &Inputs<'_>) -> Option<u64> {
    let name = kpi.name();
    let deals = if OF_OPEN.contains(&name) {
        inputs.stock_tally().ok()?.totals().open_without_creation()
    } else if name == "hindsight_pipeline_value" {
        inputs.deals().ok()?.totals().open_without_creation()
    } else if OF_CREATIONS.contains(&name) {
        inputs.deals().ok()?.totals().without_creation()
    } else {
        return None;
    };
    deals.ok()
}

/// Whether leads wait in working hours alone, which is for the calendar to say by which they were tallied.
fn is_by_calendar(inputs: &Inputs<'_>) -> bool {
    let leads = inputs.lead_detail();
    leads.is_ok_and(|leads| leads.calendar().is_some())
}

/// Whether the history does not reach back to a year before the period.
fn is_short(tally: &BookTally) -> bool {
    let a_year_before = |scope: Scope| {
        let start = scope.period().start();
        start.checked_sub_months(chrono::Months::new(12))
    };
    let first = tally.first_purchase();
    first
        .zip(a_year_before(tally.scope()))
        .is_some_and(|(first, limit)| first > limit)
}

impl fmt::Display for Caveat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Unrecorded(what) => return what.fmt(f),
            Self::NoSalesSpend => "no expense on sales is recorded: of marketing alone",
            Self::NoMarketingSpend => "no expense on marketing is recorded: of sales alone",
            Self::Undated => {
                "of some deals the creation is not known: creations and ages are without them, and they are open from their first known day, or always"
            }
            Self::OwnRates => {
                "converted at each record's own date: what the exchange rates did is in it"
            }
            Self::WorkingHours => "counted in working hours, by the calendar",
            Self::ShortHistory => {
                "the first recorded win is less than a year before the period: earlier customers seem new"
            }
        })
    }
}
