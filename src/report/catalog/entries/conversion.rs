use super::{entry, of};
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{
    arrived, closed, closed_cycles, contact_cycles, created, decided, decided_priced, won_cycles,
};

const FAMILY: Family = Family::Conversion;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(win_rate "win rate": Rate Up Lagging; Deals; Mean(decided);
        "What share of the decided deals do we win?";
        "won / (won + lost)";
        inputs => of(inputs.deals(), kpi::win_rate)),
    entry!(broad_win_rate "broad win rate": Rate Up Lagging; Deals; Mean(closed);
        "What share of all closed deals do we win, disqualified ones included?";
        "won / (won + lost + disqualified)";
        inputs => of(inputs.deals(), kpi::broad_win_rate)),
    entry!(win_rate_by_value "win rate by value": Rate Up Lagging; Deals; Uneven(decided_priced);
        "What share of the decided money do we win?";
        "Σ amount of the won deals / Σ amount of the won and lost deals";
        inputs => of(inputs.deals(), kpi::win_rate_by_value)),
    entry!(win_rate_interval "win rate interval": Interval Up Lagging; Deals Confidence; Mean(decided);
        "How far can a win rate of so few deals be trusted?";
        "(2w + z² ± z × √(z² + 4wl / n)) / (2 × (n + z²)), w won, l lost, n = w + l\n\
         z = 1.645, 1.960 or 2.576 for 90, 95 or 99 %, held to 20 decimals";
        inputs => kpi::win_rate_interval(inputs.deals()?, inputs.parameters().confidence())),
    entry!(win_loss_ratio "win-loss ratio": Multiple Up Lagging; Deals; Odds(decided);
        "How many deals do we win for each one we lose?";
        "won / lost";
        inputs => of(inputs.deals(), kpi::win_loss_ratio)),
    entry!(cohort_win_rate "cohort win rate": Rate Up Lagging; Deals; Mean(created);
        "What share of the period's new deals have we won by now?";
        "deals created in the period and won by the as-of day / deals created in the period";
        inputs => of(inputs.deals(), kpi::cohort_win_rate)),
    entry!(opportunity_conversion_rate "opportunity conversion rate": Percent Up Lagging; Deals; Mean(created);
        "How many deals did we win against how many came in?";
        "deals won in the period / deals created in the period";
        inputs => of(inputs.deals(), kpi::opportunity_conversion_rate)),
    entry!(lead_conversion_rate "lead conversion rate": Rate Up Leading; Leads; Mean(arrived);
        "What share of the period's leads became an opportunity?";
        "leads that arrived in the period and became an opportunity by the as-of day / leads that arrived in the period";
        inputs => of(inputs.leads(), kpi::lead_conversion_rate)),
    entry!(lead_to_customer_rate "lead-to-customer rate": Rate Up Lagging; Leads; Mean(arrived);
        "What share of the period's leads became a customer?";
        "leads that arrived in the period and whose opportunity was won by the as-of day / leads that arrived in the period";
        inputs => of(inputs.leads(), kpi::lead_to_customer_rate)),
    entry!(close_rate "close rate": Percent Up Lagging; Deals Leads; Mean(arrived);
        "How many deals did we win against how many leads came in?";
        "deals won in the period / leads that arrived in the period";
        inputs => kpi::close_rate(inputs.deals()?, inputs.leads()?)),
    entry!(qualification_rate "qualification rate": Rate Up Leading; Leads; Mean(arrived);
        "What share of the leads is worth a rep's time?";
        "leads that arrived in the period and were qualified by the as-of day / leads that arrived in the period";
        inputs => of(inputs.leads(), kpi::qualification_rate)),
    entry!(sales_cycle_length "sales cycle length": Days Down Lagging; Deals; Mean(won_cycles);
        "How long does it take to win a deal, from its creation?";
        "Σ (close − creation) in days / won deals created on or before their close";
        inputs => of(inputs.deals(), kpi::sales_cycle_length)),
    entry!(first_contact_cycle_length "first-contact cycle length": Days Down Lagging; Deals; Mean(contact_cycles);
        "How long does it take to win a deal, from the first contact?";
        "Σ (close − first contact) in days / won deals that have a first contact";
        inputs => of(inputs.deals(), kpi::first_contact_cycle_length)),
    entry!(median_sales_cycle "median sales cycle": Days Down Lagging; Deals; Mean(won_cycles);
        "How long did the won deal in the middle take?";
        "percentile 50 of (close − creation) in days";
        inputs => of(inputs.detail(), kpi::median_sales_cycle)),
    entry!(sales_cycle_percentile "sales cycle percentile": Days Down Lagging; Deals Percentile; Mean(won_cycles);
        "Within how many days is a given share of the wins won?";
        "percentile p of (close − creation) in days: the value at position p × (n − 1) of the n sorted cycles, interpolated\n\
         linearly between the two nearest";
        inputs => kpi::sales_cycle_percentile(inputs.detail()?, inputs.parameters().percentile())),
    entry!(closed_cycle_length "closed cycle length": Days Down Lagging; Deals; Mean(closed_cycles);
        "How long does it take until a deal is decided, either way?";
        "Σ (close − creation) in days / won and lost deals created on or before their close";
        inputs => of(inputs.deals(), kpi::closed_cycle_length)),
];
