//! Deals: their tallies and what is read from them.

mod coverage;
pub(crate) mod forecast;
mod golden;
mod hostile;
mod losses;
pub(crate) mod oracle;
mod properties;
mod quiet;
mod records;
pub(crate) mod survival;
