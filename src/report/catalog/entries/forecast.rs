use super::{entry, of};
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{forecast, won};

const FAMILY: Family = Family::Forecast;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(weighted_forecast "weighted forecast": Money Up Leading; Deals; Sum(forecast);
        "What will the period bring, by the probabilities of the deals due?";
        "Σ amount of the won deals + Σ (amount × probability) of the open deals due in the period that have both";
        inputs => of(inputs.deals(), kpi::weighted_forecast)),
    entry!(run_rate_forecast "run-rate forecast": Money Up Leading; Deals; Mean(won);
        "What will the period bring, if it goes on as it began?";
        "Σ amount of the won deals / elapsed days × days of the period";
        inputs => of(inputs.deals(), kpi::run_rate_forecast)),
];
