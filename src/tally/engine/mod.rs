//! How a tally is filled: once for all of them.

mod fill;
mod fixed;

pub(super) use fill::{Fill, groups, one, series, verbs};
pub(super) use fixed::fixed;
