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
    clippy::too_many_lines,
    clippy::needless_pass_by_value,
    reason = "a test that panics has done its work"
)]

mod audit;
mod docs;
