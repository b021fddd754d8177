use std::sync::Arc;

use super::recent::Recent;
use crate::period::Day;
use crate::record::Particulars;
use crate::value::{AccountId, Currency, Label, RepId};

/// What was read of the rows before, by the bytes of the cells.
#[allow(
    unreachable_pub,
    reason = "a hidden part of `Columns`, which older compilers don't see as reached"
)]
pub struct Seen {
    pub(super) days: Recent<Day>,
    pub(super) owners: Recent<RepId>,
    pub(super) accounts: Recent<AccountId>,
    pub(super) labels: Recent<Label>,
    pub(super) particulars: Recent<Option<Arc<Particulars>>>,
    pub(super) currency: Option<Currency>,
    /// Room for the cells of one row's particulars.
    pub(super) key: Vec<u8>,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self {
            days: Recent::new(),
            owners: Recent::new(),
            accounts: Recent::new(),
            labels: Recent::new(),
            particulars: Recent::new(),
            currency: None,
            key: Vec::new(),
        }
    }

    /// One more cell of the particulars.
    #[inline]
    pub(super) fn key(&mut self, cell: &[u8]) {
        self.key.extend_from_slice(cell);
        // No UTF-8 has this byte in it, and nothing else is kept.
        self.key.push(0xff);
    }
}
