//! The states of deals from files: what a row becomes, and what it is refused for.

use sales_metrics::import::{Answer, OutcomeColumn, StateColumns, Summary, WordColumn};
use sales_metrics::{DealState, DealStatus, ForecastCategory, Rate};

use super::*;
use crate::support::day;

fn columns() -> StateColumns {
    let outcome = OutcomeColumn::new("stage")
        .with_won(["Won"])
        .with_lost(["Lost"])
        .with_others(DealStatus::Open);
    let category = WordColumn::new("forecast")
        .with_words(ForecastCategory::Commit, ["Commit"])
        .with_unknown(["Closed"]);
    let deleted = WordColumn::new("gone").with_words(Answer::Yes, ["x"]);
    StateColumns::new("deal", "at", outcome, Currency::EUR)
        .with_stage("stage")
        .with_owner("owner")
        .with_amount("amount")
        .with_expected_close("due")
        .with_closed("closed")
        .with_probability_percent("chance")
        .with_forecast_category(category)
        .with_deleted(deleted)
}

const HEADER: &str = "deal,at,stage,owner,amount,due,closed,chance,forecast,gone\n";

#[test]
fn a_row_is_the_whole_state_and_its_line_the_running_number() {
    let file = format!(
        "{HEADER}D-1,2026-01-07,Offer,ada,12.5,2026-03-31,,40%,Commit,\nD-1,2026-02-02,Won,ada,11,,2026-02-01,,Closed,x\n"
    );
    let found = read(file.as_bytes(), &columns()).unwrap();
    assert_eq!(found.rejected, []);
    let summary = Summary::of(&found).to_string();
    assert!(summary.contains("\n  probability     1  40%"), "{summary}");
    let first = DealState::new("D-1", day("2026-01-07"), DealStatus::Open, Currency::EUR)
        .and_then(|state| state.with_run(2).with_stage("Offer"))
        .and_then(|state| state.with_owner("ada"))
        .and_then(|state| state.with_amount("12.5".parse::<sales_metrics::Decimal>().unwrap()))
        .and_then(|state| state.with_expected_close(day("2026-03-31")))
        .and_then(|state| state.with_probability(Rate::from_percent(40)?))
        .map(|state| state.with_forecast_category(ForecastCategory::Commit));
    let second = DealState::new("D-1", day("2026-02-02"), DealStatus::Won, Currency::EUR)
        .and_then(|state| state.with_run(3).with_stage("Won"))
        .and_then(|state| state.with_owner("ada"))
        .and_then(|state| state.with_amount(11))
        .and_then(|state| state.with_close(day("2026-02-01")))
        .map(DealState::with_deletion);
    assert_eq!(found.records, [first.unwrap(), second.unwrap()]);
}

#[test]
fn a_column_of_running_numbers_stands_before_the_lines() {
    let outcome = || OutcomeColumn::new("s").with_others(DealStatus::Open);
    let columns = StateColumns::new("d", "at", outcome(), Currency::EUR).with_run("n");
    let found = read(
        "d,at,s,n\nD-1,2026-01-07,o,9\nD-1,2026-01-07,o,\n".as_bytes(),
        &columns,
    );
    let runs: Vec<u32> = found.unwrap().records.iter().map(DealState::run).collect();
    assert_eq!(runs, [9, 3]);
}

#[test]
fn each_refusal_names_its_cell() {
    for (row, text) in [
        (
            "D-1,2026-01-07,Offer,,,,2026-02-01,,,",
            "line 2, column \"closed\": \"2026-02-01\": deal D-1: it is open, but has a close date; where it may say something else, declare ignored_when",
        ),
        (
            "D-1,,Offer,,,,,,,",
            "line 2, column \"at\": the cell is empty, but every row needs it",
        ),
        (
            "D-1,2026-01-07,Offer,,,,,,Maybe,",
            "line 2, column \"forecast\": \"Maybe\" is not declared; the words are \"Closed\", \"Commit\"",
        ),
        (
            "D-1,2026-01-07,Offer,,1e3,,,,,",
            "line 2, column \"amount\": \"1e3\" is no number in the format 1234.56",
        ),
    ] {
        let file = format!("{HEADER}{row}\n");
        let found = read(file.as_bytes(), &columns()).unwrap();
        assert_eq!(found.records, []);
        assert_eq!(found.rejected[0].to_string(), text);
    }
    let two = columns().with_probability("chance");
    let error = read(HEADER.as_bytes(), &two).unwrap_err();
    assert_eq!(
        error.to_string(),
        "columns: name probability or probability_percent, not both"
    );
}
