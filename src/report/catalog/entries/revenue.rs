use super::entry;
use crate::kpi;
use crate::report::catalog::samples::Sample::{Mean, No, Sum};
use crate::report::catalog::samples::{
    accounts, costed, listed, priced, priced_of_both, signed_contracts, won,
};
use crate::report::{Family, Kpi};

const FAMILY: Family = Family::Revenue;

pub(super) const ENTRIES: &[Kpi] = &[
    entry!(total_revenue: Money Up Lagging; Deals; Sum(won);
        inputs => kpi::total_revenue(inputs.deals()?)?),
    entry!(revenue_per_day: MoneyPer Up Lagging; Deals; Sum(won);
        inputs => kpi::revenue_per_day(inputs.deals()?)?),
    entry!(revenue_growth: Percent Up Lagging; Deals Previous; Sum(won);
        inputs => kpi::revenue_growth(inputs.deals()?, inputs.previous()?.deals()?)?),
    entry!(average_deal_size: Money Up Lagging; Deals; Mean(priced);
        inputs => kpi::average_deal_size(inputs.deals()?)?),
    entry!(median_deal_size: Money Up Lagging; Deals; Mean(priced);
        inputs => kpi::median_deal_size(inputs.detail()?)?),
    entry!(smoothed_deal_size: Money Up Lagging; Deals Previous; Mean(priced_of_both);
        inputs => kpi::smoothed_deal_size(&[inputs.previous()?.deals()?.clone(), inputs.deals()?.clone()])?),
    entry!(gross_profit: Money Up Lagging; Deals; Sum(costed);
        inputs => kpi::gross_profit(inputs.deals()?)?),
    entry!(average_deal_profit: Money Up Lagging; Deals; Mean(costed);
        inputs => kpi::average_deal_profit(inputs.deals()?)?),
    entry!(profit_margin: Percent Up Lagging; Deals; Mean(costed);
        inputs => kpi::profit_margin(inputs.deals()?)?),
    entry!(average_revenue_per_account: Money Up Lagging; Deals; Mean(accounts);
        inputs => kpi::average_revenue_per_account(inputs.detail()?)?),
    entry!(discount_rate: Percent Down Lagging; Deals; Mean(listed);
        inputs => kpi::discount_rate(inputs.deals()?)?),
    entry!(annual_contract_value: MoneyPer Up Lagging; Contract; No;
        inputs => kpi::annual_contract_value(inputs.contract()?)?),
    entry!(average_contract_value: MoneyPer Up Lagging; Contracts; Mean(signed_contracts);
        inputs => kpi::average_contract_value(inputs.customers()?)?),
];
