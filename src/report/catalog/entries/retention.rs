use super::{entry, of};
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    contracts_at_start, customers_at_start, due_contracts, due_on_time, due_priced,
};

const FAMILY: Family = Family::Retention;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(churn_rate "churn rate": Rate Down Lagging; Contracts; Mean(customers_at_start);
        "What share of the customers did we lose?";
        "customers at the start who are no longer customers at the end / customers at the start";
        inputs => of(inputs.customers(), kpi::churn_rate)),
    entry!(net_customer_change "net customer change": Percent Up Lagging; Contracts; Mean(customers_at_start);
        "How far did the number of customers rise or fall?";
        "(customers at the end − customers at the start) / customers at the start";
        inputs => of(inputs.customers(), kpi::net_customer_change)),
    entry!(retention_rate "retention rate": Rate Up Lagging; Contracts; Mean(customers_at_start);
        "What share of the customers stayed?";
        "customers at the start and at the end / customers at the start";
        inputs => of(inputs.customers(), kpi::retention_rate)),
    entry!(non_renewal_rate "non-renewal rate": Rate Down Lagging; Contracts; Mean(due_contracts);
        "What share of the contracts that came up was not renewed?";
        "contracts that came up and were not renewed by as-of / contracts that came up for renewal";
        inputs => of(inputs.renewals(), kpi::non_renewal_rate)),
    entry!(renewal_rate "renewal rate": Percent Up Lagging; Contracts; Mean(due_priced);
        "How much of the money that came up for renewal goes on?";
        "Σ recurring fee a year of the renewals / Σ recurring fee a year of the contracts that came up";
        inputs => of(inputs.renewals(), kpi::renewal_rate)),
    entry!(on_time_renewal_rate "on-time renewal rate": Percent Up Lagging; Contracts; Mean(due_on_time);
        "How much of the money that came up for renewal was renewed in time?";
        "Σ recurring fee a year of the renewals on time / Σ recurring fee a year of the contracts that came up";
        inputs => of(inputs.renewals(), kpi::on_time_renewal_rate)),
    entry!(early_termination_rate "early termination rate": Rate Down Lagging; Contracts; Mean(contracts_at_start);
        "What share of the contracts was ended before its term?";
        "contracts active at the start that ended before their agreed end and not by their own renewal / contracts active at the start";
        inputs => of(inputs.renewals(), kpi::early_termination_rate)),
];
