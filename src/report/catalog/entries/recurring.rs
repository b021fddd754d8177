use super::{entry, of};
use crate::error::Error;
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    committed_contracts, contracts_at_end, customers_at_start, heads, priced_customers,
    renewed_contracts, signed_of_known_value, signed_with_term, won,
};

const FAMILY: Family = Family::Recurring;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(arr "annual recurring revenue" "ARR": MoneyPer Up Lagging; Contracts; Sum(contracts_at_end);
        "What do customers pay a year?";
        "Σ recurring fee a year of the active contracts";
        inputs => of(inputs.customers(), kpi::arr)),
    entry!(mrr "monthly recurring revenue" "MRR": MoneyPer Up Lagging; Contracts; Sum(contracts_at_end);
        "What do customers pay a month?";
        "Σ recurring fee a year of the active contracts / 12";
        inputs => of(inputs.customers(), kpi::mrr)),
    entry!(recurring_revenue_per_account "recurring revenue per account": MoneyPer Up Lagging; Contracts; Mean(priced_customers);
        "What does a customer pay a year on average?";
        "Σ recurring fee a year of the customers of known fee / customers of known fee";
        inputs => of(inputs.customers(), kpi::recurring_revenue_per_account)),
    entry!(mrr_movements "MRR movements": Movements Up Lagging; Contracts; Sum(customers_at_start);
        "Where did recurring revenue come from, and where did it go?";
        "opening + new + reactivation + expansion − contraction − churn + fees that became known − fees that became unknown = closing";
        inputs => of(inputs.customers(), kpi::mrr_movements)),
    entry!(gross_revenue_retention "gross revenue retention" "GRR": Rate Up Lagging; Contracts; Uneven(customers_at_start);
        "How much of the recurring revenue is still there?";
        "Σ smaller of the two, at the end and at the start / Σ at the start, over the customers at the start whose fees are known";
        inputs => of(inputs.customers(), kpi::gross_revenue_retention)),
    entry!(net_revenue_retention "net revenue retention" "NRR": Percent Up Lagging; Contracts; Mean(customers_at_start);
        "How much of the recurring revenue is there, with what customers pay more?";
        "Σ at the end / Σ at the start, over the customers at the start whose fees are known";
        inputs => of(inputs.customers(), kpi::net_revenue_retention)),
    entry!(net_negative_churn "net negative churn": Flag Up Lagging; Contracts; Mean(customers_at_start);
        "Do customers who stay add more than is lost?";
        "net revenue retention > 100 %, that is expansion > contraction + churn";
        inputs => of(inputs.customers(), kpi::net_negative_churn)),
    entry!(quick_ratio "quick ratio": Multiple Up Lagging; Contracts; Mean(customers_at_start);
        "How much recurring revenue is gained for each unit lost?";
        "(new + reactivation + expansion) / (contraction + churn)";
        inputs => of(inputs.customers(), kpi::quick_ratio)),
    entry!(magic_number "magic number": Multiple Up Lagging; Contracts Spend Previous; Mean(contracts_at_end);
        "How much yearly recurring revenue does a quarter's spend add?";
        "net new ARR of the quarter / spend on sales and marketing of the quarter before";
        inputs => kpi::magic_number(inputs.customers()?, inputs.previous()?.spend()?)),
    entry!(bookings_magic_number "bookings magic number": Multiple Up Lagging; Deals Spend Previous; Mean(won);
        "How much more is sold in a year for a quarter's spend?";
        "(bookings of the quarter − bookings of the quarter before) × 4 / spend on sales and marketing of the quarter before";
        inputs => {
            let previous = inputs.previous()?;
            kpi::bookings_magic_number(inputs.deals()?, previous.deals()?, previous.spend()?)
        }
    ),
    entry!(rule_of_40 "rule of 40": Percent Up Lagging; Deals YearBefore OperatingMargin; Mean(won);
        "Do growth and margin add up to 40 %?";
        "growth % + operating margin %";
        inputs => {
            let growth = kpi::revenue_growth(inputs.deals()?, inputs.year_before()?.deals()?);
            growth.and_then(|growth| Ok(kpi::rule_of_40(growth, *inputs.operating_margin()?)?))
        }
    ),
    entry!(burn_multiple "burn multiple": Multiple Down Lagging; Contracts NetBurn; Mean(contracts_at_end);
        "What is burnt for each unit of new recurring revenue?";
        "net burn / (ARR at the end − ARR at the start)";
        inputs => kpi::burn_multiple(*inputs.net_burn()?, inputs.customers()?)),
    entry!(net_new_arr "net new ARR": MoneyPer Up Lagging; Contracts; Flow(contracts_at_end);
        "How much more do customers pay a year than at the start?";
        "ARR at the end − ARR at the start";
        inputs => of(inputs.customers(), kpi::net_new_arr)),
    entry!(arr_growth "ARR growth": Percent Up Lagging; Contracts YearBefore; Mean(contracts_at_end);
        "How much more do customers pay than a year before?";
        "(ARR − ARR a year before) / ARR a year before";
        inputs => kpi::arr_growth(inputs.customers()?, inputs.year_before()?.customers()?)),
    entry!(gross_revenue_churn_rate "gross revenue churn rate": Rate Down Lagging; Contracts; Uneven(customers_at_start);
        "What share of the recurring revenue was lost?";
        "(contraction + churn) / Σ at the start, over the customers at the start whose fees are known";
        inputs => of(inputs.customers(), kpi::gross_revenue_churn_rate)),
    entry!(net_revenue_churn_rate "net revenue churn rate": Percent Down Lagging; Contracts; Mean(customers_at_start);
        "How much of the recurring revenue was lost, less what customers pay more?";
        "(contraction + churn − expansion) / Σ at the start, over the customers at the start whose fees are known";
        inputs => of(inputs.customers(), kpi::net_revenue_churn_rate)),
    entry!(expansion_rate "expansion rate": Percent Up Lagging; Contracts; Mean(customers_at_start);
        "How much more do the customers of the start pay?";
        "expansion / Σ at the start, over the customers at the start whose fees are known";
        inputs => of(inputs.customers(), kpi::expansion_rate)),
    entry!(customer_concentration_index "customer concentration index" "HHI": Rate Down Lagging; Contracts; Uneven(priced_customers);
        "How much does the recurring revenue hang on few customers?";
        "Σ (recurring fee a year of a customer / Σ recurring fee a year of all customers, of known fee)²";
        inputs => of(inputs.customers(), kpi::customer_concentration_index)),
    entry!(total_contract_value "total contract value" "TCV": Money Up Lagging; Contracts; Flow(signed_of_known_value);
        "What do the contracts signed bring in over their terms?";
        "Σ total value = Σ (recurring fee over the term + one-time fees)";
        inputs => of(inputs.commitments(), kpi::total_contract_value)),
    entry!(average_contract_term "average contract term": Months Neither Lagging; Contracts; Mean(signed_with_term);
        "For how long were the contracts signed agreed on?";
        "Σ months of the terms / contracts signed that have an agreed end";
        inputs => of(inputs.commitments(), kpi::average_contract_term)),
    entry!(multi_year_rate "multi-year rate": Rate Up Lagging; Contracts; Mean(signed_with_term);
        "What share of the contracts signed is for two years or more?";
        "contracts signed with a term of 24 months or more / contracts signed that have an agreed end";
        inputs => of(inputs.commitments(), kpi::multi_year_rate)),
    entry!(committed_arr "committed ARR" "CARR": MoneyPer Up Leading; Contracts; Sum(committed_contracts);
        "What would customers pay a year if all that is signed were live?";
        "Σ recurring fee a year of the contracts in force, less those under notice and those renewed by one in force or signed,\n\
         and of those signed that begin later";
        inputs => of(inputs.commitments(), kpi::committed_arr)),
    entry!(renewal_uplift "renewal uplift": Percent Up Lagging; Contracts; Mean(renewed_contracts);
        "How much more do renewals pay than what they renew?";
        "Σ recurring fee a year of the renewals / Σ recurring fee a year of the contracts that were renewed − 1";
        inputs => of(inputs.renewals(), kpi::renewal_uplift)),
    entry!(arr_per_rep "ARR per rep": MoneyPer Up Lagging; Contracts Reps; Mean(heads);
        "What do customers pay a year for each rep?";
        "ARR / heads";
        inputs => inputs.customers().map_err(Error::from).and_then(|customers| kpi::arr_per_rep(customers, inputs.reps()?))),
];
