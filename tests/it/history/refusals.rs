//! The errors and reasons of histories, to the letter; `errors.rs` knows them as its own.

use sales_metrics::report::{self, Inputs, Parameters};
use sales_metrics::{
    Book, BookTally, CalibrationTally, Currency, DealChange, DealState, DealStatus, Error,
    FunnelTally, History, MovementTally, Rate, Scope, StagesEntered, Undefined, kpi,
};

use super::cases::STAGES;
use crate::support::{day, scope};

fn may() -> Scope {
    scope("2026-05")
}

fn state(on: &str, status: DealStatus) -> DealState {
    DealState::new("D-1", day(on), status, Currency::USD).unwrap()
}

/// One deal from March on, expected in May where it is worth something.
fn history(amount: Option<i64>) -> History {
    let state = state("2026-03-02", DealStatus::Open);
    let mut state = state.with_stage("Proposal/Quote").unwrap();
    if let Some(amount) = amount {
        state = state.with_amount(amount).unwrap();
        state = state.with_expected_close(day("2026-05-20")).unwrap();
    }
    let history = History::new(Currency::USD);
    history.with_states([state]).unwrap()
}

fn funnel() -> FunnelTally {
    FunnelTally::of(&history(None), may().with_stages(STAGES).unwrap()).unwrap()
}

fn moved(history: &History) -> MovementTally {
    MovementTally::of(history, may()).unwrap()
}

fn unknown_change() -> Error {
    let change = DealChange::of_amount("D-9", day("2026-03-05"), Some(1), Some(2)).unwrap();
    History::new(Currency::USD)
        .with_changes([change])
        .unwrap_err()
}

fn calibration(from: Rate) -> CalibrationTally {
    CalibrationTally::new(may(), &[from]).unwrap()
}

pub(crate) fn errors() -> Vec<(Error, &'static str)> {
    let none: [&str; 0] = [];
    let many = (0..101).map(|n| n.to_string());
    let q1 = scope("2026-Q1");
    vec![
        (
            may().with_stages(none).unwrap_err(),
            "stages: 0 were given; give from 1 to 100, from the first to the last",
        ),
        (
            may().with_stages(many).unwrap_err(),
            "stages: 101 were given; give from 1 to 100, from the first to the last",
        ),
        (
            may().with_stages(["Lead", "Won", "Lead"]).unwrap_err(),
            "stages: \"Lead\" stands twice; give each once, from the first to the last",
        ),
        (
            Book::new(Currency::USD)
                .with_stages(["Lead", "Lead"])
                .unwrap_err(),
            "stages: \"Lead\" stands twice; give each once, from the first to the last",
        ),
        (
            funnel().stage("Proposal").unwrap_err(),
            "\"Proposal\" is no stage of the funnel; its stages are Qualification, Needs Analysis, Proposal/Quote, Negotiation",
        ),
        (
            DealChange::of_owner("D-1", day("2026-03-05"), Some("ada"), Some("")).unwrap_err(),
            "deal D-1: owner \"\" is empty",
        ),
        (
            DealChange::of_amount("D-1", day("2026-03-05"), Some(10_i64.pow(15)), None)
                .unwrap_err(),
            "deal D-1: amount is 1000000000000000, but cannot exceed 100000000000000 (10^14)",
        ),
        (
            unknown_change(),
            "deal D-9: there is no record of it to undo a change of; add the deals before their changes, and leave out the changes of deals that are gone",
        ),
        (
            History::new(Currency::USD)
                .with_stages_entered([StagesEntered::new("D-9").unwrap()])
                .unwrap_err(),
            "deal D-9: there is no record of it that says how it closed; add the deals before the stages that they entered, and leave out the stages of deals that are gone",
        ),
        (
            StagesEntered::new("D-1")
                .and_then(|entered| entered.with_stage("", day("2026-05-04")))
                .unwrap_err(),
            "deal D-1: stage \"\" is empty",
        ),
        (
            CalibrationTally::new(may(), &[]).unwrap_err(),
            "the lower edges of bands must rise, and there must be one; give each once, the lowest first",
        ),
        (
            CalibrationTally::new(may(), &[Rate::HALF, Rate::HALF]).unwrap_err(),
            "the lower edges of bands must rise, and there must be one; give each once, the lowest first",
        ),
        (
            calibration(Rate::ZERO)
                .merge(&calibration(Rate::HALF))
                .unwrap_err(),
            "the tallies have different bands; tally both by one list of bands",
        ),
        (
            kpi::stage_conversion_rate(&funnel(), "Negotiation", "Qualification").unwrap_err(),
            "\"Qualification\" does not lie beyond \"Negotiation\"; give the earlier stage first",
        ),
        (
            kpi::stage_conversion_rate(&funnel(), "Negotiation", "Negotiation").unwrap_err(),
            "\"Negotiation\" does not lie beyond \"Negotiation\"; give the earlier stage first",
        ),
        (
            MovementTally::new(may())
                .merge(&MovementTally::new(may().due_in(q1.period())))
                .unwrap_err(),
            "the movements of deals due in 2026-05-01/2026-06-01 cannot be merged with those of deals due in 2026-01-01/2026-04-01; tally both in the same scope",
        ),
        (
            FunnelTally::new(may().with_stages(STAGES).unwrap())
                .merge(&FunnelTally::new(may().with_stages(["Lead"]).unwrap()))
                .unwrap_err(),
            "the tallies have different stages; tally both by one list of stages",
        ),
        (
            state("2026-05-04", DealStatus::Open)
                .with_close(day("2026-05-04"))
                .unwrap_err(),
            "deal D-1: it is open, but has a close date",
        ),
        (
            MovementTally::of(&History::new(Currency::EUR), may()).unwrap_err(),
            "the history is in EUR, but USD was asked for; convert it first, by exchange::ExchangeRates, or leave it out",
        ),
    ]
}

fn said_by(name: &str, tally: &BookTally) -> Undefined {
    let parameters = Parameters::new();
    let inputs = Inputs::new(tally).with_parameters(&parameters);
    let refused = report::find(name).unwrap().evaluate(&inputs);
    refused.unwrap_err().undefined().unwrap()
}

fn book(stages: &[&str]) -> BookTally {
    let book = Book::new(Currency::USD);
    let mut book = book
        .with_states([state("2026-03-02", DealStatus::Open)])
        .unwrap();
    if !stages.is_empty() {
        book = book.with_stages(stages.iter().copied()).unwrap();
    }
    BookTally::of(&book, may()).unwrap()
}

pub(crate) fn reasons() -> Vec<(Undefined, &'static str, &'static str)> {
    let undefined = |error: Error| error.undefined().unwrap();
    vec![
        (
            kpi::funnel(
                &FunnelTally::of(&history(Some(1)), may().with_stages(STAGES).unwrap()).unwrap(),
            )
            .unwrap_err(),
            "no deal reached the stage",
            "stage_not_reached",
        ),
        (
            undefined(kpi::stage_leakage(&funnel(), "Negotiation").unwrap_err()),
            "no deal left the stage",
            "stage_not_left",
        ),
        (
            kpi::slippage_rate(&MovementTally::of(&history(Some(1)), scope("2026-06")).unwrap())
                .unwrap_err(),
            "no deal was expected to close in the period",
            "no_deals_expected",
        ),
        (
            kpi::opening_pipeline_conversion(&moved(&history(Some(0)))).unwrap_err(),
            "the deals expected to close in the period are worth 0",
            "zero_expected_amount",
        ),
        (
            undefined(kpi::stage_probability(&funnel(), "Qualification", 0).unwrap_err()),
            "fewer deals that had reached the stage were won or lost than asked for; take a longer period, or ask for fewer (FunnelTally::stage counts them)",
            "too_few_decided",
        ),
        (
            said_by("slippage_rate", &BookTally::new(may())),
            "no states of deals were given",
            "no_states_given",
        ),
        (
            said_by("stage_leakage", &book(&[])),
            "no order of stages was given; say it with Book::with_stages",
            "no_stages_given",
        ),
        (
            said_by("stage_leakage", &book(&STAGES)),
            "no stage was given",
            "no_stage",
        ),
        (
            kpi::pipeline_waterfall(&moved(&history(None))).unwrap_err(),
            NEEDS_HISTORY,
            "needs_history",
        ),
        (
            kpi::push_count(&moved(&history(None))).unwrap_err(),
            NEEDS_HISTORY,
            "needs_history",
        ),
        (
            history(None).deals_on(day("2026-03-01")).unwrap_err(),
            NEEDS_HISTORY,
            "needs_history",
        ),
    ]
}

pub(crate) const NEEDS_HISTORY: &str = "needs history: neither today's records nor a history that reaches back to it say what deals were worth on that evening; tally History::deals_on(that day), or take hindsight_pipeline_value for what the records say now";
