//! What grows with the records: entries by key, and every value that was seen.

mod day_counts;
mod index;
mod ledger;
mod pages;
mod quick_hash;
mod sample;

pub(super) use day_counts::DayCounts;
pub(super) use ledger::{Join, Ledger, Turn};
pub(super) use pages::Pages;
pub(super) use quick_hash::QuickHash;
pub(super) use sample::Sample;
