use super::entry;
use crate::kpi;
use crate::report::catalog::samples::Sample::Mean;
use crate::report::catalog::samples::{
    contracts_at_start, customers_at_start, due_contracts, due_priced,
};
use crate::report::{Family, Kpi};

const FAMILY: Family = Family::Retention;

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(churn_rate: Rate Down Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::churn_rate(inputs.customers()?)?),
    entry!(net_customer_change: Percent Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::net_customer_change(inputs.customers()?)?),
    entry!(retention_rate: Rate Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::retention_rate(inputs.customers()?)?),
    entry!(non_renewal_rate: Rate Down Lagging; Contracts; Mean(due_contracts);
        inputs => kpi::non_renewal_rate(inputs.renewals()?)?),
    entry!(renewal_rate: Percent Up Lagging; Contracts; Mean(due_priced);
        inputs => kpi::renewal_rate(inputs.renewals()?)?),
    entry!(early_termination_rate: Rate Down Lagging; Contracts; Mean(contracts_at_start);
        inputs => kpi::early_termination_rate(inputs.customers()?)?),
];
