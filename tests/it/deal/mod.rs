//! Deals: their tallies and what is read from them.

pub(crate) mod coverage;
pub(crate) mod forecast;
mod golden;
mod hostile;
pub(crate) mod losses;
pub(crate) mod oracle;
mod properties;
pub(crate) mod quiet;
mod records;
pub(crate) mod survival;
