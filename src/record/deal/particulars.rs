//! The words that deals are grouped by, and the shares of their owners, kept apart so that a pass over deals does not drag them along.

use crate::record::deal::owners::OwnerShare;
use crate::record::deal::{DealKind, ForecastCategory};
use crate::record::lead::Origin;
use crate::record::part::Entries;
use crate::value::Label;

/// Deals that agree in all of it may share it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Particulars {
    pub(crate) stage: Option<Label>,
    pub(crate) loss_reason: Option<Label>,
    pub(crate) kind: Option<DealKind>,
    pub(crate) origin: Option<Origin>,
    pub(crate) forecast: Option<ForecastCategory>,
    /// Invariant: none or two and more, the owner first, as the facts say; each rep once, and the shares add up to the whole.
    pub(crate) owners: Box<[OwnerShare]>,
    pub(crate) dimensions: Entries,
}
