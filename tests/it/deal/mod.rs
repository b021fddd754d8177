//! Deals: their tallies and what is read from them.

pub(crate) mod forecast;
mod golden;
mod hostile;
pub(crate) mod oracle;
mod properties;
mod records;
pub(crate) mod survival;
