//! The catalog's entries: a few lines for each KPI, and nothing else.

mod acquisition;
mod activity;
mod conversion;
mod lead;
mod pipeline;
mod recurring;
mod retention;
mod revenue;
mod team;

use std::sync::LazyLock;

use crate::error::{Error, Undefined};
use crate::kpi;
use crate::period::Scope;
use crate::report::{Inputs, Kpi};
use crate::value::{Money, Per};

/// In the order of the families, and within one in that of its documentation.
pub(super) static ENTRIES: LazyLock<Vec<Kpi>> = LazyLock::new(|| {
    let parts = [
        revenue::ENTRIES,
        conversion::ENTRIES,
        pipeline::ENTRIES,
        lead::ENTRIES,
        acquisition::ENTRIES,
        retention::ENTRIES,
        recurring::ENTRIES,
        team::ENTRIES,
        activity::ENTRIES,
    ];
    parts.concat()
});

/// What an entry needs, each by one word.
#[allow(
    clippy::enum_glob_use,
    reason = "an entry need not say whether a word is of records, of a period or of a parameter"
)]
mod words {
    pub(in crate::report) use crate::report::{Earlier::*, Parameter::*, Records::*};
}

/// `name: unit better timing; needs; sample; inputs => value`, in a file whose `FAMILY` it is of.
macro_rules! entry {
    (
        $name:ident: $unit:ident $better:ident $timing:ident; $($needs:ident)*;
        $sample:expr; $inputs:ident => $value:expr
    ) => {
        $crate::report::Kpi {
            name: stringify!($name),
            family: FAMILY,
            unit: $crate::report::Unit::$unit,
            better: $crate::report::Better::$better,
            timing: $crate::report::Timing::$timing,
            needs: &[$($crate::report::catalog::entries::words::$needs.needs()),*],
            sample: $sample,
            evaluate: |$inputs| Ok($crate::report::Value::from($value)),
        }
    };
}
use entry;

/// The unit of time that a whole period is.
fn unit_of_time(scope: Scope) -> Option<Per> {
    match scope
        .period()
        .whole_months()
        .filter(|_| scope.is_complete())?
    {
        1 => Some(Per::Month),
        3 => Some(Per::Quarter),
        12 => Some(Per::Year),
        _ => None,
    }
}

/// What a customer leaves over a lifetime, by this period's churn.
fn lifetime_value(inputs: &Inputs<'_>) -> Result<Money, Error> {
    let customers = inputs.customers()?;
    let per = unit_of_time(customers.scope()).ok_or(Undefined::NoUnitOfTime)?;
    kpi::margin_lifetime_value(
        kpi::recurring_revenue_per_account(customers)?,
        kpi::profit_margin(inputs.deals()?)?,
        kpi::churn_rate(customers)?,
        per,
    )
}
