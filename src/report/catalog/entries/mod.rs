//! The catalog's entries: a few lines for each KPI, and nothing else.

mod acquisition;
mod activity;
mod conversion;
mod forecast;
mod funnel;
mod lead;
mod movement;
mod pipeline;
mod recurring;
mod retention;
mod revenue;
mod team;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::kpi::{Kpi, Text};
use crate::error::{Error, Undefined};
use crate::kpi;
use crate::period::Scope;
use crate::report::{Inputs, Value};
use crate::value::{Money, Per};

/// In the order of the families, and within one in that of its documentation.
pub(super) static ENTRIES: LazyLock<Vec<Kpi>> = LazyLock::new(|| {
    let parts = [
        revenue::ENTRIES,
        conversion::ENTRIES,
        pipeline::ENTRIES,
        movement::ENTRIES,
        funnel::ENTRIES,
        forecast::ENTRIES,
        lead::ENTRIES,
        acquisition::ENTRIES,
        retention::ENTRIES,
        recurring::ENTRIES,
        team::ENTRIES,
        activity::ENTRIES,
    ];
    let mut entries = Vec::new();
    for part in parts {
        for entry in part {
            entries.push(Kpi::of_catalog(entry));
        }
    }
    entries
});

/// What an entry needs, each by one word.
#[allow(
    clippy::enum_glob_use,
    reason = "an entry need not say whether a word is of records, of a period or of a parameter"
)]
mod words {
    pub(in crate::report) use crate::report::{Earlier::*, Parameter::*, Records::*};
}

/// `name "label" "abbreviation": unit better timing; needs; sample; question; formula; inputs => answer`, in a file whose `FAMILY` it is
/// of. The formula is that of its function's documentation.
macro_rules! entry {
    (
        $name:ident $label:literal $($abbreviation:literal)?: $unit:ident $better:ident $timing:ident; $($needs:ident)*;
        $sample:ident $(($size:ident))?; $question:literal; $formula:literal; $inputs:ident => $answer:expr
    ) => {
        $crate::report::catalog::kpi::Definition {
            name: ::std::borrow::Cow::Borrowed(stringify!($name)),
            label: ::std::borrow::Cow::Borrowed($label),
            abbreviation: $crate::report::catalog::entries::abbreviation(&[$($abbreviation)?]),
            question: Some(::std::borrow::Cow::Borrowed($question)),
            formula: Some(::std::borrow::Cow::Borrowed($formula)),
            family: FAMILY,
            unit: $crate::report::Unit::$unit,
            better: $crate::report::Better::$better,
            timing: $crate::report::Timing::$timing,
            needs: ::std::borrow::Cow::Borrowed(
                &[$($crate::report::catalog::entries::words::$needs.needs()),*],
            ),
            least_sample: None,
            sample: $crate::report::catalog::samples::Sample::$sample
                $(($crate::report::catalog::kpi::Read::Entry($size)))?,
            evaluate: $crate::report::catalog::kpi::Read::Entry({
                // A function, since a closure that is made a pointer costs another one to call it.
                fn evaluate(
                    $inputs: &$crate::report::Inputs<'_>,
                ) -> Result<$crate::report::Value, $crate::error::Error> {
                    // In the types of the KPI's own function, so that the conversion is no part of it.
                    let answer = || $answer;
                    $crate::report::catalog::entries::said(answer())
                }
                evaluate
            }),
        }
    };
}
use entry;

const fn abbreviation(given: &[&'static str]) -> Option<Text> {
    match given {
        [abbreviation] => Some(Cow::Borrowed(abbreviation)),
        _ => None,
    }
}

/// One copy for each pair of types, instead of one for each KPI.
fn said<T: Into<Value>, E: Into<Error>>(answer: Result<T, E>) -> Result<Value, Error> {
    match answer {
        Ok(value) => Ok(value.into()),
        Err(error) => Err(error.into()),
    }
}

/// A KPI of one tally, and a reason of its own beside that of the tally. One copy for each tally and type, instead of one for each KPI.
fn of<I, T, E: From<Undefined>>(
    tally: Result<&I, E>,
    kpi: fn(&I) -> Result<T, Undefined>,
) -> Result<T, E> {
    match tally {
        Ok(tally) => kpi(tally).map_err(E::from),
        Err(error) => Err(error),
    }
}

/// The unit of time that a whole period is.
fn unit_of_time(scope: Scope) -> Option<Per> {
    match scope
        .period()
        .whole_months()
        .filter(|_| scope.is_complete())?
    {
        1 => Some(Per::Month),
        3 => Some(Per::Quarter),
        6 => Some(Per::HalfYear),
        12 => Some(Per::Year),
        _ => None,
    }
}

fn acquisition_cost(inputs: &Inputs<'_>) -> Result<Money, Error> {
    kpi::customer_acquisition_cost(inputs.spend()?, inputs.purchases()?)
}

/// What a customer leaves over a lifetime, by this period's churn.
fn lifetime_value(inputs: &Inputs<'_>) -> Result<Money, Error> {
    let customers = inputs.customers()?;
    let per = unit_of_time(customers.scope()).ok_or(Undefined::NoUnitOfTime)?;
    kpi::margin_lifetime_value(
        kpi::recurring_revenue_per_account(customers)?,
        inputs.gross_margin()?,
        kpi::churn_rate(customers)?,
        per,
    )
}
