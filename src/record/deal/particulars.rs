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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use crate::period::date;
    use crate::record::{Deal, Outcome};
    use crate::value::Currency;

    #[test]
    fn deals_that_agree_share_them() {
        let mut known = HashSet::new();
        let [first, second, other] = ["north", "north", "south"].map(|region| {
            let created = date(2026, 1, 7).unwrap();
            let deal = Deal::new("D-1", created, Outcome::Open, Currency::USD);
            let mut deal = deal.and_then(|deal| deal.with_region(region)).unwrap();
            deal.share_particulars(&mut known);
            deal.particulars.unwrap()
        });
        assert!(Arc::ptr_eq(&first, &second) && !Arc::ptr_eq(&first, &other));
    }
}
