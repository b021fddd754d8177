use crate::period::{Day, Stamp};

/// What a few leads say of how marketing handed them over, and no tally reads: in a box of its own, so that the others pay 8 bytes for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Handover {
    pub(super) assigned: Option<Stamp>,
    /// The plain day of qualification, where that of sales stands in the facts instead.
    pub(super) qualified: Option<Day>,
    pub(super) accepted: Option<Day>,
    pub(super) rejected: Option<Day>,
}
