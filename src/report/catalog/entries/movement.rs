use super::{entry, of};
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::{expected_then, opened};

const FAMILY: Family = Family::Movement;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(pipeline_waterfall "pipeline waterfall": Waterfall Neither Lagging; States; Sum(opened);
        "What became of the open deals?";
        "opening + created + reopened + increased − decreased − won − lost − disqualified = closing";
        inputs => of(inputs.movements(), kpi::pipeline_waterfall)),
    entry!(due_pipeline_waterfall "due pipeline waterfall": Waterfall Neither Lagging; States; Sum(expected_then);
        "What became of the deals that were expected to close?";
        "opening + created + moved in + reopened + increased − decreased − moved out − won − lost − disqualified = closing";
        inputs => of(inputs.movements(), kpi::due_pipeline_waterfall)),
    entry!(slippage_rate "slippage rate": Rate Down Lagging; States; Mean(expected_then);
        "What share of the expected deals will close later?";
        "deals of the opening that are late on the evening / deals open on the evening before the period and then expected to close in it";
        inputs => of(inputs.movements(), kpi::slippage_rate)),
    entry!(push_count "push count": Count Down Leading; States; Flow(opened);
        "How often was the expected close of a deal put off?";
        "number of moves of the expected close of open deals to a later day";
        inputs => of(inputs.movements(), kpi::push_count)),
    entry!(net_push_days "net push days": DayChange Down Leading; States; Flow(opened);
        "By how many days were deals put off, on balance?";
        "Σ (new − old expected close) in days, over the moves of open deals";
        inputs => of(inputs.movements(), kpi::net_push_days)),
    entry!(opening_pipeline_conversion "opening pipeline conversion": Rate Up Lagging; States; Uneven(expected_then);
        "What share of the money that was expected was won?";
        "Σ opening amount of those won on the evening / Σ opening amount of the deals open on the evening before the period and then expected to close in it";
        inputs => of(inputs.movements(), kpi::opening_pipeline_conversion)),
];
