//! What grows with the records: entries by key, and every value that was seen.

mod day_counts;
mod ledger;
mod pages;
mod sample;
mod sorted;

pub(super) use crate::value::QuickHash;
pub(super) use day_counts::DayCounts;
pub(super) use ledger::{Join, Ledger, Turn};
pub(super) use pages::Pages;
pub(super) use sample::Sample;
pub(super) use sorted::Sorted;
