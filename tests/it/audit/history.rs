//! What is odd about the states of deals.

use sales_metrics::{Book, Currency, Deal, DealState, DealStatus, Outcome};

use super::{audit, bare};
use crate::support::day;

fn state(deal: &str, on: &str, status: DealStatus) -> DealState {
    DealState::new(deal, day(on), status, Currency::EUR).unwrap()
}

fn staged(deal: &str, on: &str, stage: &str) -> DealState {
    state(deal, on, DealStatus::Open).with_stage(stage).unwrap()
}

fn book(deals: Vec<Deal>, states: Vec<DealState>) -> Book {
    let book = Book::new(Currency::EUR).with_deals(deals).unwrap();
    book.with_states(states).unwrap()
}

/// What is found of the states alone, without the names of the deals.
fn found(deals: Vec<Deal>, states: Vec<DealState>) -> Vec<String> {
    let book = book(deals, states);
    let findings = audit().history(book.history().unwrap());
    findings
        .iter()
        .map(|finding| finding.kind.to_string())
        .collect()
}

/// A record of each kind of oddity.
pub(super) fn odd() -> Book {
    let deals = vec![bare("D-1", Outcome::Open), bare("D-2", Outcome::Open)];
    let states = vec![
        staged("D-1", "2026-01-05", "Verbal"),
        state("D-2", "2026-01-10", DealStatus::Open),
        state("D-2", "2026-01-10", DealStatus::Lost),
        state("D-9", "2026-01-12", DealStatus::Open),
    ];
    book(deals, states).with_stages(["Proposal"]).unwrap()
}

#[test]
fn states_that_fit_their_record_are_no_finding() {
    let deal = bare(
        "D-1",
        Outcome::Won {
            on: day("2026-02-01"),
        },
    );
    let states = vec![
        staged("D-1", "2026-01-10", "Proposal"),
        state("D-1", "2026-02-01", DealStatus::Won),
    ];
    assert_eq!(found(vec![deal], states), [""; 0]);
}

#[test]
fn each_oddity_is_found_and_the_book_finds_them_too() {
    let odd = odd();
    let findings = audit().book(&odd);
    let mut texts: Vec<String> = findings.iter().map(ToString::to_string).collect();
    texts.retain(|text| text.contains("state") || text.contains("stage"));
    assert_eq!(
        texts,
        [
            "deal D-1: a state of 2026-01-05 is before its creation",
            "deal D-1: its last state has another stage than its record",
            "deal D-1: it was in \"Verbal\", which is no stage of the pipeline",
            "deal D-2: its last state has another status than its record",
            "deal D-2: two states of 2026-01-10 are of one instant and one place, and differ",
            "deal D-9: it has states, but no record",
        ]
    );
}

#[test]
fn what_the_history_does_not_keep_is_not_compared() {
    let deal = bare("D-1", Outcome::Open)
        .with_amount(5)
        .unwrap()
        .with_owner("ada")
        .unwrap();
    let states = vec![state("D-1", "2026-01-10", DealStatus::Open)];
    assert_eq!(found(vec![deal.clone()], states), [""; 0]);
    let priced = state("D-1", "2026-01-10", DealStatus::Open)
        .with_amount(4)
        .unwrap();
    assert_eq!(
        found(vec![deal.clone()], vec![priced]),
        ["its last state has another amount than its record"]
    );
    let owned = state("D-1", "2026-01-10", DealStatus::Open)
        .with_owner("ben")
        .unwrap();
    assert_eq!(
        found(vec![deal.clone()], vec![owned]),
        ["its last state has another owner than its record"]
    );
    let expected = state("D-1", "2026-01-10", DealStatus::Open);
    let expected = expected.with_expected_close(day("2026-06-30")).unwrap();
    assert_eq!(
        found(vec![deal], vec![expected]),
        ["its last state has another expected close than its record"]
    );
}

#[test]
fn a_state_after_the_as_of_day_is_named() {
    let states = vec![
        state("D-1", "2026-01-10", DealStatus::Open),
        state("D-1", "2026-04-02", DealStatus::Open),
    ];
    assert_eq!(
        found(vec![bare("D-1", Outcome::Open)], states),
        ["dated 2026-04-02, after the as-of day"]
    );
}
