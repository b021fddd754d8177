use super::{acquisition_cost, entry, lifetime_value, of};
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    accounts_of_spread, active_reps, created_of_known_origin, customers_at_start, first_contracts,
    former_customers, new_customers, new_customers_of_channel, new_payers, priced,
    priced_customers, purchases_of_accounts, won_of_known_origin,
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
    entry!(cac_payback "CAC payback": Months Down Lagging; Spend Contracts GrossMargin; Mean(new_payers);
        "When have the new customers paid back what it cost to win them?";
        "(spend on sales + spend on marketing) / (new recurring revenue a month × gross margin)";
        inputs => {
            let (spend, customers) = (inputs.spend()?, inputs.customers()?);
            kpi::cac_payback(spend, customers, inputs.gross_margin()?)
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
    entry!(margin_lifetime_value "margin lifetime value" "LTV": Money Up Lagging; Contracts GrossMargin; Mean(customers_at_start);
        "What does a customer leave after costs, where a steady share leaves?";
        "revenue per customer × gross margin / churn, both per the same unit of time";
        inputs => lifetime_value(inputs)),
    entry!(ltv_to_cac "LTV to CAC" "LTV:CAC": Multiple Up Lagging; Contracts GrossMargin Spend Purchases; Mean(new_customers);
        "How many times does a customer pay back its cost?";
        "lifetime value / acquisition cost";
        inputs => kpi::ltv_to_cac(lifetime_value(inputs)?, acquisition_cost(inputs)?)),
    entry!(sales_cost_ratio "sales cost ratio": Percent Down Lagging; Spend Deals; Mean(priced);
        "What does sales cost against what is sold?";
        "spend on sales / bookings, that is Σ amount of the won deals";
        inputs => kpi::sales_cost_ratio(inputs.spend()?, inputs.deals()?)),
    entry!(marketing_cost_ratio "marketing cost ratio": Percent Down Lagging; Spend Deals; Mean(priced);
        "What does marketing cost against what is sold?";
        "spend on marketing / bookings, that is Σ amount of the won deals";
        inputs => kpi::marketing_cost_ratio(inputs.spend()?, inputs.deals()?)),
    entry!(new_cac_ratio "new CAC ratio": Multiple Down Lagging; Spend Contracts; Mean(new_payers);
        "What is spent for each unit of yearly recurring revenue of new customers?";
        "(spend on sales + spend on marketing) / yearly recurring revenue of new customers";
        inputs => kpi::new_cac_ratio(inputs.spend()?, inputs.customers()?)),
    entry!(blended_cac_ratio "blended CAC ratio": Multiple Down Lagging; Spend Contracts; Mean(priced_customers);
        "What is spent for each unit of yearly recurring revenue that is gained?";
        "(spend on sales + spend on marketing) / (yearly recurring revenue of new customers + expansion)";
        inputs => kpi::blended_cac_ratio(inputs.spend()?, inputs.customers()?)),
    entry!(channel_cac_payback "channel CAC payback": Months Down Lagging; Spend Purchases Contracts Channel GrossMargin; Mean(new_customers_of_channel);
        "When have the new customers of one channel paid back what the channel cost?";
        "(spend on sales + spend on marketing) of the channel / (recurring revenue a month of its new customers × gross margin)";
        inputs => {
            let (spend, purchases, customers) = (inputs.spend()?, inputs.purchases()?, inputs.customers()?);
            let (channel, margin) = (inputs.channel()?, inputs.gross_margin()?);
            kpi::channel_cac_payback(spend, purchases, customers, channel, margin)
        }
    ),
    entry!(marketing_sourced_pipeline_rate "marketing-sourced pipeline rate": Rate Neither Leading; Deals; Uneven(created_of_known_origin);
        "What share of the pipeline that came in was found by marketing?";
        "Σ amount of the created deals that marketing found / Σ amount of the created deals of known origin";
        inputs => of(inputs.spread(), kpi::marketing_sourced_pipeline_rate)),
    entry!(marketing_sourced_revenue_rate "marketing-sourced revenue rate": Rate Neither Lagging; Deals; Uneven(won_of_known_origin);
        "What share of the bookings was found by marketing?";
        "Σ amount of the won deals that marketing found / Σ amount of the won deals of known origin";
        inputs => of(inputs.spread(), kpi::marketing_sourced_revenue_rate)),
    entry!(repeat_revenue_rate "repeat revenue rate": Rate Neither Lagging; Purchases; Uneven(purchases_of_accounts);
        "What share of the bookings comes from accounts that buy again?";
        "Σ won after the day of the account's first win ever / Σ won that names an account";
        inputs => of(inputs.purchases(), kpi::repeat_revenue_rate)),
    entry!(win_back_rate "win-back rate": Rate Up Lagging; Contracts; Mean(former_customers);
        "What share of the former customers came back?";
        "former customers who are customers again at the end / former customers at the start";
        inputs => of(inputs.customers(), kpi::win_back_rate)),
    entry!(revenue_concentration "revenue concentration": Rate Down Lagging; Deals Largest; Uneven(accounts_of_spread);
        "What share of the bookings comes from the few largest accounts?";
        "Σ won of the n largest accounts / Σ won that names an account";
        inputs => kpi::revenue_concentration(inputs.spread()?, inputs.parameters().largest())),
    entry!(deal_concentration "deal concentration": Rate Down Lagging; Deals Largest; Uneven(priced);
        "What share of the bookings comes from the few largest deals?";
        "Σ amount of the n largest won deals / Σ amount of the won deals";
        inputs => kpi::deal_concentration(inputs.detail()?, inputs.parameters().largest())),
    entry!(rep_concentration "rep concentration": Rate Down Lagging; Deals Reps Largest; Uneven(active_reps);
    "What share of what the reps win is won by the few best of them?";
    "Σ won by the n reps who won most / Σ won by all reps";
    inputs => {
        let reps = inputs.reps()?;
        Ok::<_, crate::error::Error>(kpi::rep_concentration(reps, inputs.parameters().largest())?)
    }),
];
