//! The words that deals are grouped by and no tally reads, kept apart so that a pass over deals does not drag them along.

use crate::record::part::Entries;
use crate::value::Label;

/// Deals that agree in all of it may share it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Particulars {
    pub(crate) stage: Option<Label>,
    pub(crate) loss_reason: Option<Label>,
    pub(crate) dimensions: Entries,
}
