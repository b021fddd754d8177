use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, days_between};
use crate::record::Share;
use crate::value::Rate;

/// How much of a quota is expected of a new rep in the first, second, … month; after the last of them, all of it.
///
/// Months are counted from the hire date: those of a rep hired on March 15 begin on the 15th. Where a month has no such day, its
/// last day begins the next. Cloning it is cheap.
///
/// ```
/// use sales_metrics::{Ramp, Rate, Rep, date};
///
/// let ramp = Ramp::new([Rate::ZERO, Rate::from_percent(25)?, Rate::HALF])?;
/// let ada = Rep::new("ada")?.with_hired(date(2026, 3, 15)?)?.with_ramp(ramp);
/// assert_eq!(ada.ramp().map(|ramp| ramp.shares().count()), Some(3));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Rate>", into = "Vec<Rate>")]
pub struct Ramp(Arc<[Share]>);

impl Ramp {
    /// A ramp of these shares, a month each.
    ///
    /// # Errors
    /// [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals) where the fraction of a share has more than 6.
    pub fn new(shares: impl IntoIterator<Item = Rate>) -> Result<Self, Error> {
        let month = |(number, rate): (u32, Rate)| {
            Share::new(rate)
                .map_err(|error| error.about(format!("month {number} of the ramp: share")))
        };
        let shares = (1..).zip(shares).map(month);
        Ok(Self(shares.collect::<Result<_, Error>>()?))
    }

    /// Its shares, a month each.
    pub fn shares(&self) -> impl Iterator<Item = Rate> {
        self.0.iter().map(|share| share.rate())
    }

    /// The first day of a month after the hire. Each is reckoned from the hire date: stepping from month to month would turn January 31
    /// into the 28th for good.
    pub(crate) fn begin(hired: Day, month: i32) -> Day {
        hired.plus_months(month).unwrap_or(Day::NEVER)
    }

    /// Whether a rep hired on a day has all of its months behind them on another.
    pub(super) fn is_over_on(&self, hired: Day, day: Day) -> bool {
        let months = i32::try_from(self.0.len()).unwrap_or(i32::MAX);
        months == 0 || Self::begin(hired, months) <= day
    }

    /// How much less than all is expected of a rep hired on a day, from one day up to, and not including, another: what is missing on
    /// each day, in millionths, added up.
    pub(super) fn spared_millionths(&self, hired: Day, from: Day, to: Day) -> u64 {
        let months = (0..).zip(self.0.iter());
        months.fold(0, |sum, (month, share)| {
            let (start, end) = (
                Self::begin(hired, month),
                Self::begin(hired, month.saturating_add(1)),
            );
            let days = days_between(start.max(from), end.min(to));
            sum + days * Share::WHOLE.saturating_sub(share.millionths())
        })
    }
}

impl TryFrom<Vec<Rate>> for Ramp {
    type Error = Error;

    fn try_from(shares: Vec<Rate>) -> Result<Self, Error> {
        Self::new(shares)
    }
}

impl From<Ramp> for Vec<Rate> {
    fn from(ramp: Ramp) -> Self {
        ramp.shares().collect()
    }
}
