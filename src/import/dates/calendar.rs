use chrono::FixedOffset;

use super::months::Months;
use super::written::strict_zone;
use crate::period::Place;

/// What all patterns of a mapping have in common.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Calendar {
    pub(in crate::import) clocks: Clocks,
    pub(in crate::import) months: Months,
    pub(in crate::import) years: Years,
}

/// On whose clock the times of a file are, where they are told: nothing of it where nothing was declared.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Clocks {
    /// Where they are brought.
    pub(in crate::import) place: Option<Place>,
    /// Where those are that are written without an offset, if that is not the place.
    pub(in crate::import) offset: Option<FixedOffset>,
}

/// The hundred years of which the last two digits are written, by the first of them.
#[derive(Clone, Copy, Debug)]
pub(in crate::import) struct Years(u32);

impl Default for Years {
    fn default() -> Self {
        Self(1970)
    }
}

impl Years {
    /// None where they are not all among the supported ones, 1900 to 2999.
    pub(in crate::import) fn from(first: u32) -> Option<Self> {
        (1900..=2900).contains(&first).then_some(Self(first))
    }

    /// The one year of them that ends so.
    pub(super) fn year(self, two_digits: u32) -> Option<u32> {
        let first = two_digits.checked_add(100)?;
        let behind = first.checked_sub(self.0 % 100)? % 100;
        self.0.checked_add(behind)
    }
}

/// `+01:00`, as a mapping declares it.
pub(in crate::import) fn offset(mut text: &[u8]) -> Option<FixedOffset> {
    let seconds = strict_zone(&mut text)?;
    FixedOffset::east_opt(seconds).filter(|_| text.is_empty())
}
