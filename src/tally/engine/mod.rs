//! How a tally is filled: once for all of them.

mod fill;
mod fixed;
mod grid;
mod pour;
mod rows;

pub(super) use fill::{Fill, grid, groups, one, series, verbs};
pub(super) use fixed::fixed;
pub(super) use grid::Cell;
pub use grid::{Grid, Tally};
pub use pour::Pour;
#[cfg(feature = "csv")]
pub(crate) use pour::{Reads, Take};
#[cfg(not(feature = "csv"))]
pub(super) use pour::{Reads, Take};
pub use rows::of_rows;
