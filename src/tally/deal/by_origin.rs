//! Deals by who found them.

use serde::{Deserialize, Serialize};

use crate::record::{Amount, Origin};
use crate::tally::priced::Priced;

/// Those of which it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByOrigin {
    marketing: Priced,
    sales: Priced,
    partner: Priced,
}

impl ByOrigin {
    pub(super) fn add(&mut self, origin: Origin, amount: Option<Amount>) {
        let found = match origin {
            Origin::Marketing => &mut self.marketing,
            Origin::Sales => &mut self.sales,
            Origin::Partner => &mut self.partner,
        };
        found.add(amount);
    }

    pub(super) fn of(&self, origin: Origin) -> Priced {
        match origin {
            Origin::Marketing => self.marketing,
            Origin::Sales => self.sales,
            Origin::Partner => self.partner,
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.marketing = self.marketing.plus(other.marketing);
        self.sales = self.sales.plus(other.sales);
        self.partner = self.partner.plus(other.partner);
    }

    /// Whether all of them can be among these.
    pub(super) fn is_part_of(&self, whole: Priced) -> bool {
        let mut left = whole;
        for part in [self.marketing, self.sales, self.partner] {
            if !part.is_sound() || !part.is_part_of(left) {
                return false;
            }
            left = left.less(part);
        }
        true
    }
}
