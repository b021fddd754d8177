use super::{acquisition_cost, entry, lifetime_value};
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    customers_at_start, first_contracts, new_customers, new_customers_of_channel, new_payers,
    priced_customers,
};

const FAMILY: Family = Family::Acquisition;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(customer_acquisition_cost "customer acquisition cost" "CAC": Money Down Lagging; Spend Purchases; Mean(new_customers);
        "What does it cost to win a customer?";
        "(spend on sales + spend on marketing) / new customers";
        inputs => acquisition_cost(inputs)),
    entry!(cost_per_new_contract "cost per new contract": Money Down Lagging; Spend Contracts; Mean(first_contracts);
        "What does it cost until an account signs its first contract?";
        "(spend on sales + spend on marketing) / accounts whose first paying contract starts in the period";
        inputs => kpi::cost_per_new_contract(inputs.spend()?, inputs.customers()?)),
    entry!(cost_per_acquisition "cost per acquisition" "CPA": Money Down Lagging; Spend Purchases Channel; Mean(new_customers_of_channel);
        "What does it cost to win a customer through one channel?";
        "(spend on sales + spend on marketing) of the channel / new customers through the channel";
        inputs => kpi::cost_per_acquisition(inputs.spend()?, inputs.purchases()?, inputs.channel()?)),
    entry!(cac_payback "CAC payback": Months Down Lagging; Spend Contracts Deals; Mean(new_payers);
        "When have the new customers paid back what it cost to win them?";
        "(spend on sales + spend on marketing) / (new recurring revenue a month × gross margin)";
        inputs => {
            let (spend, customers) = (inputs.spend()?, inputs.customers()?);
            kpi::cac_payback(spend, customers, kpi::profit_margin(inputs.deals()?)?)
        }
    ),
    entry!(customer_lifetime_value "customer lifetime value" "CLV": Money Up Lagging; Contracts Lifetime; Mean(priced_customers);
        "What does a customer bring in over its lifetime?";
        "revenue per customer and month × lifetime in months";
        inputs => kpi::customer_lifetime_value(
            kpi::recurring_revenue_per_account(inputs.customers()?)?,
            *inputs.lifetime()?,
        )
    ),
    entry!(margin_lifetime_value "margin lifetime value" "LTV": Money Up Lagging; Contracts Deals; Mean(customers_at_start);
        "What does a customer leave after costs, where a steady share leaves?";
        "revenue per customer × gross margin / churn, both per the same unit of time";
        inputs => lifetime_value(inputs)),
    entry!(ltv_to_cac "LTV to CAC" "LTV:CAC": Multiple Up Lagging; Contracts Deals Spend Purchases; Mean(new_customers);
        "How many times does a customer pay back its cost?";
        "lifetime value / acquisition cost";
        inputs => kpi::ltv_to_cac(lifetime_value(inputs)?, acquisition_cost(inputs)?)),
];
