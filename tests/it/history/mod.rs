//! The history of deals: what they were, how they moved, how far they got.

mod cases;
mod figures;
mod golden;
mod oracle;
