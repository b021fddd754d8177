use super::{entry, lifetime_value};
use crate::kpi;
use crate::report::Kpi;
use crate::report::samples::Sample::{Mean, Sum};
use crate::report::samples::{
    contracts_at_end, contracts_at_start, customers_at_start, due_contracts, due_priced,
    first_contracts, new_customers, new_customers_of_channel, priced_customers, won,
};

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(customer_acquisition_cost: Customer Money Down Lagging; Spend Purchases; Mean(new_customers);
        inputs => kpi::customer_acquisition_cost(inputs.spend()?, inputs.purchases()?)?),
    entry!(cost_per_new_contract: Customer Money Down Lagging; Spend Contracts; Mean(first_contracts);
        inputs => kpi::cost_per_new_contract(inputs.spend()?, inputs.customers()?)?),
    entry!(cost_per_acquisition: Customer Money Down Lagging; Spend Purchases Channel; Mean(new_customers_of_channel);
        inputs => kpi::cost_per_acquisition(inputs.spend()?, inputs.purchases()?, inputs.parameters().channel()?)?),
    entry!(cac_payback: Customer Months Down Lagging; Spend Purchases Contracts Deals; Mean(new_customers);
        inputs => kpi::cac_payback(
            kpi::customer_acquisition_cost(inputs.spend()?, inputs.purchases()?)?,
            kpi::recurring_revenue_per_account(inputs.customers()?)?,
            kpi::profit_margin(inputs.deals()?)?,
        )?),
    entry!(customer_lifetime_value: Customer Money Up Lagging; Contracts Lifetime; Mean(priced_customers);
        inputs => kpi::customer_lifetime_value(
            kpi::recurring_revenue_per_account(inputs.customers()?)?,
            inputs.parameters().lifetime()?,
        )?),
    entry!(margin_lifetime_value: Customer Money Up Lagging; Contracts Deals; Mean(customers_at_start);
        inputs => lifetime_value(inputs)?),
    entry!(ltv_to_cac: Customer Multiple Up Lagging; Contracts Deals Spend Purchases; Mean(new_customers);
        inputs => kpi::ltv_to_cac(
            lifetime_value(inputs)?,
            kpi::customer_acquisition_cost(inputs.spend()?, inputs.purchases()?)?,
        )?),
    entry!(churn_rate: Customer Rate Down Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::churn_rate(inputs.customers()?)?),
    entry!(net_customer_change: Customer Percent Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::net_customer_change(inputs.customers()?)?),
    entry!(retention_rate: Customer Rate Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::retention_rate(inputs.customers()?)?),
    entry!(non_renewal_rate: Customer Rate Down Lagging; Contracts; Mean(due_contracts);
        inputs => kpi::non_renewal_rate(inputs.renewals()?)?),
    entry!(renewal_rate: Customer Percent Up Lagging; Contracts; Mean(due_priced);
        inputs => kpi::renewal_rate(inputs.renewals()?)?),
    entry!(early_termination_rate: Customer Rate Down Lagging; Contracts; Mean(contracts_at_start);
        inputs => kpi::early_termination_rate(inputs.customers()?)?),
    entry!(arr: Customer MoneyPer Up Lagging; Contracts; Sum(contracts_at_end);
        inputs => kpi::arr(inputs.customers()?)),
    entry!(mrr: Customer MoneyPer Up Lagging; Contracts; Sum(contracts_at_end);
        inputs => kpi::mrr(inputs.customers()?)),
    entry!(recurring_revenue_per_account: Customer MoneyPer Up Lagging; Contracts; Mean(priced_customers);
        inputs => kpi::recurring_revenue_per_account(inputs.customers()?)?),
    entry!(mrr_movements: Customer Movements Up Lagging; Contracts; Sum(customers_at_start);
        inputs => kpi::mrr_movements(inputs.customers()?)),
    entry!(gross_revenue_retention: Customer Rate Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::gross_revenue_retention(inputs.customers()?)?),
    entry!(net_revenue_retention: Customer Percent Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::net_revenue_retention(inputs.customers()?)?),
    entry!(net_negative_churn: Customer Flag Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::net_negative_churn(inputs.customers()?)?),
    entry!(quick_ratio: Customer Multiple Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::quick_ratio(inputs.customers()?)?),
    entry!(magic_number: Customer Multiple Up Lagging; Deals Spend Previous; Sum(won);
    inputs => {
        let previous = inputs.previous()?;
        kpi::magic_number(inputs.deals()?, previous.deals()?, previous.spend()?)?
    }),
    entry!(rule_of_40: Customer Percent Up Lagging; Deals YearBefore OperatingMargin; Sum(won);
        inputs => kpi::rule_of_40(
            kpi::revenue_growth(inputs.deals()?, inputs.year_before()?.deals()?)?,
            inputs.operating_margin()?,
        )?),
    entry!(burn_multiple: Customer Multiple Down Lagging; Contracts NetBurn; Sum(contracts_at_end);
        inputs => kpi::burn_multiple(inputs.net_burn()?, inputs.customers()?)?),
];
