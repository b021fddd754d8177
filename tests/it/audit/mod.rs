//! The audit: every finding by the least record that shows it, and laws that hold for all records.

mod activities;
mod at_risk;
mod book;
mod contracts;
mod deals;
mod history;
mod kinds;
mod laws;
mod leads;
mod team;

use sales_metrics::audit::{Audit, Finding};
use sales_metrics::chrono::NaiveDate;
use sales_metrics::{Currency, Deal, Outcome, Rate, Rep};

use crate::support::day;

/// The day of the export in all these tests.
fn today() -> NaiveDate {
    day("2026-03-31")
}

fn won(on: &str) -> Outcome {
    Outcome::Won { on: day(on) }
}

fn lost(on: &str) -> Outcome {
    Outcome::Lost { on: day(on) }
}

/// A deal created on 2026-01-10.
fn bare(id: &str, outcome: Outcome) -> Deal {
    Deal::new(id, day("2026-01-10"), outcome, Currency::EUR).unwrap()
}

/// A deal with nothing odd about it, as long as its outcome has nothing.
fn clean(id: &str, outcome: Outcome) -> Deal {
    bare(id, outcome)
        .with_owner("ada")
        .and_then(|deal| deal.with_amount(900))
        .and_then(|deal| deal.with_probability(Rate::HALF))
        .and_then(|deal| deal.with_expected_close(today()))
        .and_then(|deal| deal.with_first_contact(day("2026-01-02")))
        .unwrap()
}

fn audit() -> Audit {
    Audit::new(today()).unwrap()
}

fn texts(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(Finding::to_string).collect()
}

/// A rep who works from one day to another.
fn rep(id: &str, hired: &str, left: &str) -> Rep {
    Rep::new(id)
        .and_then(|rep| rep.with_hired(day(hired)))
        .and_then(|rep| rep.with_left(day(left)))
        .unwrap()
}
