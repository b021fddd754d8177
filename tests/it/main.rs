//! What the crate promises, put to the test.
#![allow(
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::cast_lossless,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::large_types_passed_by_value,
    clippy::redundant_closure_for_method_calls,
    clippy::too_many_lines,
    clippy::needless_pass_by_value,
    reason = "a test that panics has done its work"
)]

mod activity;
mod api;
mod audit;
mod book;
mod book_parts;
mod book_tallies;
mod business;
mod calendar;
mod catalog;
mod coaching;
mod customer;
mod deal;
mod docs;
mod doors;
mod errors;
mod exchange;
mod figures;
mod goal;
mod gross_margin;
mod history;
mod house;
mod import;
mod joined;
mod laws;
mod layouts;
mod lead;
mod leaderboard;
mod own_kpis;
mod partial;
mod period;
mod place;
mod plan;
mod readings;
mod report;
mod scorecard;
mod segments;
mod serde;
mod sla;
mod support;
mod team;
mod unrecorded;
mod values;
mod working_hours;
