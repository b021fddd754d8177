use super::{entry, of};
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    accounts, costed, credited, listed, priced, priced_of_both, signed_contracts, won,
};

const FAMILY: Family = Family::Revenue;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(total_revenue "total revenue": Money Up Lagging; Deals; Flow(won);
        "What did we win in the period?";
        "Σ amount of the won deals";
        inputs => of(inputs.deals(), kpi::total_revenue)),
    entry!(credits "credits": Volume Down Lagging; Deals; Flow(credited);
        "What did we give back?";
        "number and Σ of what was given back";
        inputs => of(inputs.deals(), kpi::credits)),
    entry!(net_revenue "net revenue": Money Up Lagging; Deals; Flow(won);
        "What is left of what we won, less what we gave back?";
        "Σ amount of the won deals − Σ of what was given back";
        inputs => of(inputs.deals(), kpi::net_revenue)),
    entry!(revenue_per_day "revenue per day": MoneyPer Up Lagging; Deals; Mean(won);
        "What did a day of the period bring in?";
        "Σ amount of the won deals / days of the period, up to and including the as-of day";
        inputs => of(inputs.deals(), kpi::revenue_per_day)),
    entry!(revenue_growth "revenue growth": Percent Up Lagging; Deals Previous; Mean(won);
        "How much more did we win than in the period before?";
        "(bookings now − bookings before) / bookings before";
        inputs => kpi::revenue_growth(inputs.deals()?, inputs.previous()?.deals()?)),
    entry!(average_deal_size "average deal size": Money Up Lagging; Deals; Mean(priced);
        "What is a won deal worth on average?";
        "Σ amount of the won deals / won deals that have an amount";
        inputs => of(inputs.deals(), kpi::average_deal_size)),
    entry!(median_deal_size "median deal size": Money Up Lagging; Deals; Mean(priced);
        "What is the won deal in the middle worth?";
        "percentile 50 of the amounts of the won deals: the value at position (n − 1) / 2 of the sorted amounts, interpolated\n\
         linearly between the two nearest";
        inputs => of(inputs.detail(), kpi::median_deal_size)),
    entry!(smoothed_deal_size "smoothed deal size": Money Up Lagging; Deals Previous; Mean(priced_of_both);
        "What is a won deal worth over the last few periods?";
        "Σ amount of the won deals of all periods / won deals of all periods that have an amount";
        inputs => kpi::smoothed_deal_size(&[inputs.previous()?.deals()?.clone(), inputs.deals()?.clone()])),
    entry!(gross_profit "gross profit": Money Up Lagging; Deals; Flow(costed);
        "What is left of the won deals after their costs?";
        "Σ amount − Σ cost, of the won deals that have both";
        inputs => of(inputs.deals(), kpi::gross_profit)),
    entry!(average_deal_profit "average deal profit": Money Up Lagging; Deals; Mean(costed);
        "What does a won deal leave after its cost?";
        "(Σ amount − Σ cost) / deals, of the won deals that have both";
        inputs => of(inputs.deals(), kpi::average_deal_profit)),
    entry!(profit_margin "profit margin": Percent Up Lagging; Deals; Mean(costed);
        "What share of the sales is left after costs?";
        "(Σ amount − Σ cost) / Σ amount, of the won deals that have both";
        inputs => of(inputs.deals(), kpi::profit_margin)),
    entry!(average_revenue_per_account "average revenue per account" "ARPA": Money Up Lagging; Deals; Mean(accounts);
        "What did a customer spend on average?";
        "Σ amount of the won deals that name an account / distinct accounts among them";
        inputs => of(inputs.detail(), kpi::average_revenue_per_account)),
    entry!(discount_rate "discount rate": Percent Down Lagging; Deals; Mean(listed);
        "How far below the list price did we sell?";
        "(Σ list price − Σ amount) / Σ list price, of the won deals that have both";
        inputs => of(inputs.deals(), kpi::discount_rate)),
    entry!(annual_contract_value "annual contract value" "ACV": MoneyPer Up Lagging; Contract; No;
        "What does a contract bring in a year?";
        "recurring fee a year, that is (total contract value − one-time fees) / contract years";
        inputs => of(inputs.contract(), kpi::annual_contract_value)),
    entry!(average_contract_value "average contract value": MoneyPer Up Lagging; Contracts; Mean(signed_contracts);
        "What does a new contract signed in the period bring in a year?";
        "Σ recurring fee a year / contracts, of those signed in the period that have a fee above 0, renew no other and are no trial";
        inputs => of(inputs.customers(), kpi::average_contract_value)),
];
