use super::{entry, of};
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    aged, closed, created, due, listed_above_zero, lost_cycles, lost_priced, open, open_by_records,
    open_of_spread, open_priced, priced, weighed, won, won_cycles_then,
};

const FAMILY: Family = Family::Pipeline;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(pipeline_value "pipeline value": Money Up Leading; Deals; Sum(open);
        "What are the open deals worth?";
        "Σ amount of the open deals";
        inputs => of(inputs.stock_tally(), kpi::pipeline_value)),
    entry!(hindsight_pipeline_value "hindsight pipeline value": Volume Neither Leading; Deals; Sum(open_by_records);
        "What are the deals open on a past day worth by today's records?";
        "Σ amount, by today's records, of the deals open on the evening";
        inputs => of(inputs.deals(), kpi::hindsight_pipeline_value)),
    entry!(open_deals "open deals": Count Up Leading; Deals; Sum(open);
        "How many deals are open?";
        "number of open deals";
        inputs => of(inputs.stock_tally(), kpi::open_deals)),
    entry!(pipeline_created "pipeline created": Money Up Leading; Deals; Flow(created);
        "What are the deals worth that were created in the period?";
        "Σ amount of the deals created in the period";
        inputs => of(inputs.deals(), kpi::pipeline_created)),
    entry!(opportunities_created "opportunities created": Count Up Leading; Deals; Flow(created);
        "How many deals were created?";
        "number of deals created in the period";
        inputs => of(inputs.deals(), kpi::opportunities_created)),
    entry!(pipeline_inflow "pipeline inflow": Volume Up Leading; Deals; Flow(created);
        "What came into the pipeline, in number and money?";
        "number and Σ amount of the deals created in the period";
        inputs => of(inputs.deals(), kpi::pipeline_inflow)),
    entry!(pipeline_outflow "pipeline outflow": Volume Neither Lagging; Deals; Flow(closed);
        "What left the pipeline, won or not?";
        "number and Σ amount of the deals won, lost and disqualified in the period";
        inputs => of(inputs.deals(), kpi::pipeline_outflow)),
    entry!(weighted_pipeline "weighted pipeline": Money Up Leading; Deals; Sum(weighed);
        "What will the open deals bring, by their probabilities?";
        "Σ (amount × probability) of the open deals that have both";
        inputs => of(inputs.stock_tally(), kpi::weighted_pipeline)),
    entry!(pipeline_velocity "pipeline velocity": MoneyPer Up Leading; Deals; Mean(won_cycles_then);
        "What does the pipeline yield a day?";
        "open deals × win rate × average deal size / sales cycle length";
        inputs => of(inputs.stock_tally(), kpi::pipeline_velocity)),
    entry!(pipeline_coverage "pipeline coverage": Multiple Up Leading; Deals Target; Mean(due);
        "How many times do the expected deals cover the target?";
        "Σ amount of the open deals due in the period / target";
        inputs => kpi::pipeline_coverage(inputs.stock_tally()?, *inputs.target()?)),
    entry!(remaining_pipeline_coverage "remaining pipeline coverage": Multiple Up Leading; Deals Target; Mean(due);
        "How many times do the expected deals cover what is left of the target?";
        "Σ amount of the open deals due in the period / (target − Σ amount of the won deals)";
        inputs => kpi::remaining_pipeline_coverage(inputs.stock_tally()?, *inputs.target()?)),
    entry!(pace "pace": Percent Up Leading; Deals Target Calendar; Mean(won);
        "How far are we with the target, against what is due by now?";
        "Σ amount of the won deals / (target × working days over / working days of the period)";
        inputs => kpi::pace(inputs.deals()?, *inputs.target()?, inputs.calendar()?)),
    entry!(average_deal_age "average deal age": Days Down Leading; Deals; Mean(aged);
        "How long have the open deals been open?";
        "Σ (evening − creation) in days / open deals of known creation";
        inputs => of(inputs.stock_tally(), kpi::average_deal_age)),
    entry!(deals_older_than "deals older than": Count Down Leading; Deals AgeLimit; Sum(open);
        "How many deals have been open for too long?";
        "number of open deals with evening − creation > days";
        inputs => inputs.stock().map(|deals| kpi::deals_older_than(deals, inputs.parameters().age_limit()))),
    entry!(average_open_deal_size "average open deal size": Money Neither Leading; Deals; Mean(open_priced);
        "What is an open deal worth on average?";
        "Σ amount of the open deals / open deals that have one";
        inputs => of(inputs.stock_tally(), kpi::average_open_deal_size)),
    entry!(average_lost_deal_size "average lost deal size": Money Neither Lagging; Deals; Mean(lost_priced);
        "What is a lost deal worth on average?";
        "Σ amount of the lost deals / lost deals that have one";
        inputs => of(inputs.deals(), kpi::average_lost_deal_size)),
    entry!(deal_size_percentile "deal size percentile": Money Neither Lagging; Deals Percentile; Mean(priced);
        "Below what size is a given share of the won deals?";
        "percentile p of the amounts: the value at position p × (n − 1) of the n sorted amounts, interpolated linearly between\n\
         the two nearest";
        inputs => kpi::deal_size_percentile(inputs.detail()?, inputs.parameters().percentile())),
    entry!(discounted_deal_rate "discounted deal rate": Rate Down Lagging; Deals; Mean(listed_above_zero);
        "What share of the deals was sold below the list price?";
        "won deals sold below their list price / won deals with an amount and a list price above 0";
        inputs => of(inputs.spread(), kpi::discounted_deal_rate)),
    entry!(discount_percentile "discount percentile": Percent Down Lagging; Deals Percentile; Mean(listed_above_zero);
        "Below what discount is a given share of the deals?";
        "percentile p of (1 − sold / list): the value at position p × (n − 1) of the n sorted discounts, interpolated linearly\n\
         between the two nearest";
        inputs => kpi::discount_percentile(inputs.spread()?, inputs.parameters().percentile())),
    entry!(overdue_pipeline "overdue pipeline": Volume Down Leading; Deals; Sum(open_of_spread);
        "What should have closed by now, and is still open?";
        "number and Σ amount of the open deals expected to close before the evening's day";
        inputs => of(inputs.stock_spread(), kpi::overdue_pipeline)),
    entry!(time_to_loss "time to loss": Days Down Lagging; Deals; Mean(lost_cycles);
        "How long does it take to lose a deal?";
        "Σ (close − creation) in days / lost deals created on or before their close";
        inputs => of(inputs.deals(), kpi::time_to_loss)),
];
