use std::sync::Arc;

use super::percents::Percents;
use super::recent::Recent;
use super::row::Cell;
use crate::record::Particulars;
use crate::value::{AccountId, Currency, Label, RepId};

/// What was read of the rows before, by the bytes of the cells.
pub(in crate::import) struct Seen {
    pub(in crate::import) owners: Recent<RepId>,
    pub(in crate::import) accounts: Recent<AccountId>,
    pub(in crate::import) labels: Recent<Label>,
    pub(in crate::import) particulars: Recent<Option<Arc<Particulars>>>,
    pub(in crate::import) currency: Option<Currency>,
    /// How many amounts lost digits by the rounding that is declared.
    pub(in crate::import) rounded: u64,
    pub(in crate::import) percents: Percents,
    /// Room for the cells of one row's particulars.
    pub(in crate::import) key: Vec<u8>,
}

impl Seen {
    pub(in crate::import) fn new() -> Self {
        Self {
            owners: Recent::new(),
            accounts: Recent::new(),
            labels: Recent::new(),
            particulars: Recent::new(),
            currency: None,
            rounded: 0,
            percents: Percents::new(),
            key: Vec::new(),
        }
    }

    /// One more cell of the particulars.
    #[inline]
    pub(in crate::import) fn key_of(&mut self, cell: Option<Cell<'_>>) {
        self.key_of_text(cell.map_or(&[], |cell| cell.text));
    }

    #[inline]
    pub(super) fn key_of_text(&mut self, text: &[u8]) {
        self.key.extend_from_slice(text);
        // No UTF-8 has this byte in it, and nothing else is kept.
        self.key.push(0xff);
    }
}
