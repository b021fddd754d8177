//! The catalog's entries: a few lines for each KPI, and nothing else.

mod activities;
mod customers;
mod deals;
mod leads;
mod team;

use std::sync::LazyLock;

use super::{Inputs, Kpi};
use crate::error::Error;
use crate::kpi;
use crate::tally::CustomerTally;
use crate::value::{Money, MoneyPer, Per};

/// In the order of the families, and within one in that of its documentation.
pub(super) static ENTRIES: LazyLock<Vec<Kpi>> = LazyLock::new(|| {
    let parts = [
        deals::REVENUE,
        deals::CONVERSION,
        deals::PIPELINE,
        leads::ENTRIES,
        customers::ENTRIES,
        team::ENTRIES,
        activities::ENTRIES,
    ];
    parts.concat()
});

/// `name: family unit better timing; needs; sample; inputs => value`.
macro_rules! entry {
    (
        $name:ident: $family:ident $unit:ident $better:ident $timing:ident; $($needs:ident)*;
        $sample:expr; $inputs:ident => $value:expr
    ) => {
        $crate::report::Kpi {
            name: stringify!($name),
            family: $crate::report::Family::$family,
            unit: $crate::report::Unit::$unit,
            better: $crate::report::Better::$better,
            timing: $crate::report::Timing::$timing,
            needs: &[$($crate::report::Needs::$needs),*],
            sample: $sample,
            evaluate: |$inputs| Ok($crate::report::Value::from($value)),
        }
    };
}
use entry;

/// Yearly recurring revenue per customer at the end of the period.
fn revenue_per_account(contracts: &CustomerTally) -> Result<MoneyPer, Error> {
    let yearly = kpi::arr(contracts);
    let each = yearly
        .amount()
        .checked_div(contracts.totals().at_end.into())
        .ok_or(crate::error::Undefined::NoCustomersAtEnd)?;
    Ok(MoneyPer::new(
        Money::new(each, yearly.currency()),
        Per::Year,
    ))
}

/// What a customer leaves over a lifetime, by this period's churn.
fn lifetime_value(inputs: &Inputs<'_>) -> Result<Money, Error> {
    let contracts = inputs.contracts()?;
    let per = contracts.scope().unit_of_time()?;
    kpi::margin_lifetime_value(
        revenue_per_account(contracts)?,
        kpi::profit_margin(inputs.deals()?)?,
        kpi::churn_rate(contracts)?,
        per,
    )
}
