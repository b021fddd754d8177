//! The history of deals: what they were, how they moved, how far they got.

mod answers;
mod calibration;
pub(crate) mod cases;
mod figures;
mod golden;
mod laws;
mod oracle;
mod readings;
mod refusals;

pub(crate) use answers::recomputed;
pub(crate) use calibration::recomputed as calibrated;
pub(crate) use refusals::{NEEDS_HISTORY, errors, reasons};
