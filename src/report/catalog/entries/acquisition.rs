use super::{entry, lifetime_value};
use crate::kpi;
use crate::report::catalog::samples::Sample::Mean;
use crate::report::catalog::samples::{
    customers_at_start, first_contracts, new_customers, new_customers_of_channel, priced_customers,
};
use crate::report::{Family, Kpi};

const FAMILY: Family = Family::Acquisition;

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(customer_acquisition_cost: Money Down Lagging; Spend Purchases; Mean(new_customers);
        inputs => kpi::customer_acquisition_cost(inputs.spend()?, inputs.purchases()?)?),
    entry!(cost_per_new_contract: Money Down Lagging; Spend Contracts; Mean(first_contracts);
        inputs => kpi::cost_per_new_contract(inputs.spend()?, inputs.customers()?)?),
    entry!(cost_per_acquisition: Money Down Lagging; Spend Purchases Channel; Mean(new_customers_of_channel);
        inputs => kpi::cost_per_acquisition(inputs.spend()?, inputs.purchases()?, inputs.channel()?)?),
    entry!(cac_payback: Months Down Lagging; Spend Purchases Contracts Deals; Mean(new_customers);
        inputs => kpi::cac_payback(
            kpi::customer_acquisition_cost(inputs.spend()?, inputs.purchases()?)?,
            kpi::recurring_revenue_per_account(inputs.customers()?)?,
            kpi::profit_margin(inputs.deals()?)?,
        )?),
    entry!(customer_lifetime_value: Money Up Lagging; Contracts Lifetime; Mean(priced_customers);
        inputs => kpi::customer_lifetime_value(
            kpi::recurring_revenue_per_account(inputs.customers()?)?,
            *inputs.lifetime()?,
        )?),
    entry!(margin_lifetime_value: Money Up Lagging; Contracts Deals; Mean(customers_at_start);
        inputs => lifetime_value(inputs)?),
    entry!(ltv_to_cac: Multiple Up Lagging; Contracts Deals Spend Purchases; Mean(new_customers);
        inputs => kpi::ltv_to_cac(
            lifetime_value(inputs)?,
            kpi::customer_acquisition_cost(inputs.spend()?, inputs.purchases()?)?,
        )?),
];
