use core::cmp::Ordering;

use crate::record::{Amount, Facts};
use crate::value::sorted;

/// The won deals that have an amount and a list price above 0, in the order of their discounts: that in which they came leaves no trace.
///
/// It is sorted where it is read, and not in the pass: most who tally deals never ask for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    deals: Vec<ListedDeal>,
}

/// What a deal was sold for, and its list price, which is above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListedDeal {
    pub(super) sold: Amount,
    pub(super) list: Amount,
}

impl ListedDeal {
    /// By the discount, the least first: that of a surcharge is below 0.
    fn cmp(&self, other: &Self) -> Ordering {
        // Of sold / list against sold / list; a product of two amounts has 120 bits at most.
        let product = |a: Amount, b: Amount| u128::from(a.units()) * u128::from(b.units());
        let (ours, theirs) = (
            product(self.sold, other.list),
            product(other.sold, self.list),
        );
        theirs
            .cmp(&ours)
            .then_with(|| self.list.units().cmp(&other.list.units()))
    }
}

impl Listed {
    #[inline]
    pub(super) fn add(&mut self, facts: &Facts) {
        let listed = facts.list_price.filter(|list| list.units() > 0);
        if let (Some(sold), Some(list)) = (facts.amount(), listed) {
            self.deals.push(ListedDeal { sold, list });
        }
    }

    pub(super) fn push(&mut self, deal: ListedDeal) {
        self.deals.push(deal);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.deals.extend_from_slice(&other.deals);
    }

    pub(super) fn in_order(&self) -> Vec<ListedDeal> {
        sorted(self.deals.clone(), ListedDeal::cmp)
    }

    /// How many there are, and how many of them were sold below their list price.
    pub(super) fn counts(&self) -> (u64, u64) {
        let mut below = 0;
        for deal in &self.deals {
            below += u64::from(deal.sold.units() < deal.list.units());
        }
        (u64::try_from(self.deals.len()).unwrap_or(u64::MAX), below)
    }

    /// What they were sold for together, and their list prices, in units.
    pub(super) fn sums(&self) -> (u128, u128) {
        self.deals.iter().fold((0, 0), |(sold, list), deal| {
            (
                sold + u128::from(deal.sold.units()),
                list + u128::from(deal.list.units()),
            )
        })
    }

    pub(super) fn is_sound(&self) -> bool {
        self.deals.iter().all(|deal| deal.list.units() > 0)
    }
}

impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        self.deals.len() == other.deals.len() && self.in_order() == other.in_order()
    }
}

impl Eq for Listed {}
