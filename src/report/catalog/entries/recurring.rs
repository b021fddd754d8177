use super::entry;
use crate::kpi;
use crate::report::catalog::samples::Sample::{Mean, Sum};
use crate::report::catalog::samples::{
    contracts_at_end, customers_at_start, priced_customers, won,
};
use crate::report::{Family, Kpi};

const FAMILY: Family = Family::Recurring;

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(arr: MoneyPer Up Lagging; Contracts; Sum(contracts_at_end);
        inputs => kpi::arr(inputs.customers()?)?),
    entry!(mrr: MoneyPer Up Lagging; Contracts; Sum(contracts_at_end);
        inputs => kpi::mrr(inputs.customers()?)?),
    entry!(recurring_revenue_per_account: MoneyPer Up Lagging; Contracts; Mean(priced_customers);
        inputs => kpi::recurring_revenue_per_account(inputs.customers()?)?),
    entry!(mrr_movements: Movements Up Lagging; Contracts; Sum(customers_at_start);
        inputs => kpi::mrr_movements(inputs.customers()?)?),
    entry!(gross_revenue_retention: Rate Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::gross_revenue_retention(inputs.customers()?)?),
    entry!(net_revenue_retention: Percent Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::net_revenue_retention(inputs.customers()?)?),
    entry!(net_negative_churn: Flag Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::net_negative_churn(inputs.customers()?)?),
    entry!(quick_ratio: Multiple Up Lagging; Contracts; Mean(customers_at_start);
        inputs => kpi::quick_ratio(inputs.customers()?)?),
    entry!(magic_number: Multiple Up Lagging; Deals Spend Previous; Sum(won);
    inputs => {
        let previous = inputs.previous()?;
        kpi::magic_number(inputs.deals()?, previous.deals()?, previous.spend()?)?
    }),
    entry!(rule_of_40: Percent Up Lagging; Deals YearBefore OperatingMargin; Sum(won);
        inputs => kpi::rule_of_40(
            kpi::revenue_growth(inputs.deals()?, inputs.year_before()?.deals()?)?,
            *inputs.operating_margin()?,
        )?),
    entry!(burn_multiple: Multiple Down Lagging; Contracts NetBurn; Sum(contracts_at_end);
        inputs => kpi::burn_multiple(*inputs.net_burn()?, inputs.customers()?)?),
];
