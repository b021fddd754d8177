//! How a tally is filled: once for all of them.

mod fill;
mod fixed;
mod grid;
mod rows;

pub(super) use fill::{Fill, grid, groups, one, series, verbs};
pub(super) use fixed::fixed;
pub(super) use grid::Cell;
pub use grid::{Grid, Tally};
pub use rows::of_rows;
