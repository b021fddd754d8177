//! The catalog's entries: one line or two for each KPI, and nothing else.

use super::Better::{Down, Neither, Up};
use super::Family::{Conversion, Pipeline, Revenue};
use super::Timing::{Lagging, Leading};
use super::{Better, Family, Inputs, Kpi, Needs, Timing, Unit, Value};
use crate::error::Error;
use crate::kpi;

type Evaluate = fn(&Inputs<'_>) -> Result<Value, Error>;

const fn entry(
    name: &'static str,
    (family, unit, better, timing): (Family, Unit, Better, Timing),
    needs: Needs,
    evaluate: Evaluate,
) -> Kpi {
    Kpi {
        name,
        family,
        unit,
        better,
        timing,
        needs,
        evaluate,
    }
}

/// An entry whose KPI takes the tally alone.
macro_rules! of_tally {
    ($name:ident, $family:ident, $unit:ident, $better:ident, $timing:ident) => {
        entry(
            stringify!($name),
            ($family, Unit::$unit, $better, $timing),
            Needs::Deals,
            |inputs| Ok(kpi::$name(inputs.tally())?.into()),
        )
    };
}

/// In the order of the families, and within one in that of its documentation.
pub(super) static ENTRIES: &[Kpi] = &[
    of_tally!(total_revenue, Revenue, Money, Up, Lagging),
    of_tally!(revenue_per_day, Revenue, MoneyPer, Up, Lagging),
    entry(
        "revenue_growth",
        (Revenue, Unit::Percent, Up, Lagging),
        Needs::Previous,
        |inputs| Ok(kpi::revenue_growth(inputs.tally(), inputs.previous()?)?.into()),
    ),
    of_tally!(average_deal_size, Revenue, Money, Up, Lagging),
    entry(
        "median_deal_size",
        (Revenue, Unit::Money, Up, Lagging),
        Needs::Deals,
        |inputs| Ok(kpi::median_deal_size(inputs.deals())?.into()),
    ),
    entry(
        "smoothed_deal_size",
        (Revenue, Unit::Money, Up, Lagging),
        Needs::Previous,
        |inputs| {
            let series = [inputs.previous()?.clone(), inputs.tally().clone()];
            Ok(kpi::smoothed_deal_size(&series)?.into())
        },
    ),
    of_tally!(gross_profit, Revenue, Money, Up, Lagging),
    of_tally!(average_deal_profit, Revenue, Money, Up, Lagging),
    of_tally!(profit_margin, Revenue, Percent, Up, Lagging),
    entry(
        "average_revenue_per_account",
        (Revenue, Unit::Money, Up, Lagging),
        Needs::Deals,
        |inputs| Ok(kpi::average_revenue_per_account(inputs.deals())?.into()),
    ),
    of_tally!(discount_rate, Revenue, Percent, Down, Lagging),
    of_tally!(win_rate, Conversion, Rate, Up, Lagging),
    of_tally!(broad_win_rate, Conversion, Rate, Up, Lagging),
    of_tally!(win_rate_by_value, Conversion, Rate, Up, Lagging),
    entry(
        "win_rate_interval",
        (Conversion, Unit::Interval, Up, Lagging),
        Needs::Confidence,
        |inputs| Ok(kpi::win_rate_interval(inputs.tally(), inputs.confidence())?.into()),
    ),
    of_tally!(win_loss_ratio, Conversion, Multiple, Up, Lagging),
    of_tally!(cohort_win_rate, Conversion, Rate, Up, Lagging),
    of_tally!(
        opportunity_conversion_rate,
        Conversion,
        Percent,
        Up,
        Lagging
    ),
    of_tally!(sales_cycle_length, Conversion, Days, Down, Lagging),
    of_tally!(first_contact_cycle_length, Conversion, Days, Down, Lagging),
    entry(
        "median_sales_cycle",
        (Conversion, Unit::Days, Down, Lagging),
        Needs::Deals,
        |inputs| Ok(kpi::median_sales_cycle(inputs.deals())?.into()),
    ),
    entry(
        "sales_cycle_percentile",
        (Conversion, Unit::Days, Down, Lagging),
        Needs::Percentile,
        |inputs| Ok(kpi::sales_cycle_percentile(inputs.deals(), inputs.percentile())?.into()),
    ),
    of_tally!(closed_cycle_length, Conversion, Days, Down, Lagging),
    of_tally!(pipeline_value, Pipeline, Money, Up, Leading),
    entry(
        "hindsight_pipeline_value",
        (Pipeline, Unit::Volume, Neither, Leading),
        Needs::Deals,
        |inputs| Ok(kpi::hindsight_pipeline_value(inputs.tally()).into()),
    ),
    entry(
        "open_deals",
        (Pipeline, Unit::Count, Up, Leading),
        Needs::Deals,
        |inputs| Ok(kpi::open_deals(inputs.tally()).into()),
    ),
    of_tally!(pipeline_created, Pipeline, Money, Up, Leading),
    entry(
        "opportunities_created",
        (Pipeline, Unit::Count, Up, Leading),
        Needs::Deals,
        |inputs| Ok(kpi::opportunities_created(inputs.tally()).into()),
    ),
    entry(
        "pipeline_inflow",
        (Pipeline, Unit::Volume, Up, Leading),
        Needs::Deals,
        |inputs| Ok(kpi::pipeline_inflow(inputs.tally()).into()),
    ),
    entry(
        "pipeline_outflow",
        (Pipeline, Unit::Volume, Neither, Lagging),
        Needs::Deals,
        |inputs| Ok(kpi::pipeline_outflow(inputs.tally()).into()),
    ),
    of_tally!(weighted_pipeline, Pipeline, Money, Up, Leading),
    of_tally!(pipeline_velocity, Pipeline, MoneyPer, Up, Leading),
    entry(
        "pipeline_coverage",
        (Pipeline, Unit::Multiple, Up, Leading),
        Needs::Target,
        |inputs| Ok(kpi::pipeline_coverage(inputs.tally(), inputs.target()?)?.into()),
    ),
    entry(
        "remaining_pipeline_coverage",
        (Pipeline, Unit::Multiple, Up, Leading),
        Needs::Target,
        |inputs| Ok(kpi::remaining_pipeline_coverage(inputs.tally(), inputs.target()?)?.into()),
    ),
    of_tally!(average_deal_age, Pipeline, Days, Down, Leading),
    entry(
        "deals_older_than",
        (Pipeline, Unit::Count, Down, Leading),
        Needs::AgeLimit,
        |inputs| Ok(kpi::deals_older_than(inputs.deals(), inputs.age_limit()).into()),
    ),
];
