use rust_decimal::{Decimal, RoundingStrategy};

use crate::error::Undefined;
use crate::tally::store::{DayCounts, Sorted};
use crate::value::{AmountSum, Currency, Days, Length, Money, Rate, percentile};

/// All values of one kind that a detail has seen, in their order: the cycles of the won deals, the response times of the leads.
///
/// Medians and percentiles of the crate are read from it, and whatever else one may ask of every value.
///
/// ```
/// use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
///
/// let mut detail = DealDetail::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (id, day, amount) in [("D-1", 11, 900), ("D-2", 31, 100), ("D-3", 21, 200)] {
///     let won = Outcome::Won { on: date(2026, 2, 10)? };
///     detail.record(&Deal::new(id, date(2026, 1, day)?, won, Currency::USD)?.with_amount(amount)?)?;
/// }
/// let sizes = detail.sizes();
/// assert_eq!((sizes.count(), sizes.total()?.to_string()), (3, "1200 USD".to_owned()));
/// assert_eq!(sizes.median(), kpi::median_deal_size(&detail).ok());
///
/// let cycles: Vec<String> = detail.cycles().iter().map(|days| days.to_string()).collect();
/// assert_eq!(cycles, ["10 days", "20 days", "30 days"]);
/// assert_eq!(detail.cycles().count_above(20.into()), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Distribution<'a, V> {
    values: Values<'a>,
    /// Of amounts; it plays no part in lengths of time.
    currency: Currency,
    /// The value of so many units; a part of a unit comes of interpolating.
    read: fn(Decimal, Currency) -> Option<V>,
    /// How many whole units a value has, below 0 where it is; none where it cannot be compared.
    floor: fn(V, Currency) -> Option<i128>,
}

#[derive(Clone, Debug)]
enum Values<'a> {
    Each(Sorted<'a>),
    Counted(&'a DayCounts),
}

impl<'a> Distribution<'a, Days> {
    pub(in crate::tally) fn of_days(days: &'a DayCounts, currency: Currency) -> Self {
        Self {
            values: Values::Counted(days),
            currency,
            read: |days, _| Days::new(days).ok(),
            floor: |days, _| Some(floor(days.decimal(), 0)),
        }
    }
}

impl<'a> Distribution<'a, Money> {
    /// Of amounts in the units of a record.
    pub(in crate::tally) fn of_amounts(amounts: Sorted<'a>, currency: Currency) -> Self {
        Self {
            values: Values::Each(amounts),
            currency,
            read: |units, currency| {
                let amount = units.checked_div(AmountSum::UNITS_PER_ONE.into())?;
                Some(Money::new(amount.normalize(), currency))
            },
            floor: |money, currency| {
                let alike = money.currency() == currency;
                alike.then(|| floor(money.amount(), AmountSum::PLACES))
            },
        }
    }
}

impl<'a> Distribution<'a, Length> {
    /// Of microseconds.
    pub(in crate::tally) fn of_micros(micros: Sorted<'a>, currency: Currency) -> Self {
        Self {
            values: Values::Each(micros),
            currency,
            read: |micros, _| {
                let half_up = RoundingStrategy::MidpointAwayFromZero;
                let micros = micros.round_dp_with_strategy(0, half_up);
                u64::try_from(micros).ok().map(Length::micros)
            },
            floor: |length, _| Some(length.to_micros().into()),
        }
    }
}

impl Values<'_> {
    fn count(&self) -> u64 {
        match self {
            Self::Each(values) => values.count(),
            Self::Counted(days) => days.count(),
        }
    }

    fn total(&self) -> u128 {
        match self {
            Self::Each(values) => values.total(),
            Self::Counted(days) => days.total(),
        }
    }

    /// The one at a position in their order, from 0 on.
    fn at(&self, position: u64) -> Option<u64> {
        match self {
            Self::Each(values) => values.at(position),
            Self::Counted(days) => days.at(position),
        }
    }

    fn percentile(&self, p: Rate) -> Option<Decimal> {
        let at = |position| self.at(position).map(Decimal::from);
        percentile(self.count(), &at, p)
    }

    fn count_up_to(&self, limit: i128) -> u64 {
        let Ok(limit) = u128::try_from(limit) else {
            return 0;
        };
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        match self {
            Self::Each(values) => values.count_where(|value| value <= limit),
            Self::Counted(days) => days.count().saturating_sub(days.count_above(limit)),
        }
    }
}

impl<V> Distribution<'_, V> {
    /// How many values there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.values.count()
    }

    /// What they add up to: 0 where there are none.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] where one value cannot be that much.
    pub fn total(&self) -> Result<V, Undefined> {
        let units = i128::try_from(self.values.total()).ok();
        units
            .and_then(|units| Decimal::try_from_i128_with_scale(units, 0).ok())
            .and_then(|units| (self.read)(units, self.currency))
            .ok_or(Undefined::OutOfRange)
    }

    /// The value below or at which a share `p` of them lies, interpolated linearly between the two nearest at position
    /// p × (n − 1): SQL's `PERCENTILE_CONT`, the spreadsheets' `PERCENTILE.INC`. None where there are none.
    #[must_use]
    pub fn percentile(&self, p: Rate) -> Option<V> {
        (self.read)(self.values.percentile(p)?, self.currency)
    }

    /// The value in the middle, the percentile at 50 %. None where there are none.
    #[must_use]
    pub fn median(&self) -> Option<V> {
        self.percentile(Rate::HALF)
    }

    /// How many values are that much or less; of an amount in another currency, none.
    #[must_use]
    pub fn count_up_to(&self, limit: V) -> u64 {
        let limit = (self.floor)(limit, self.currency);
        limit.map_or(0, |limit| self.values.count_up_to(limit))
    }

    /// How many values are more than that; of an amount in another currency, none.
    #[must_use]
    pub fn count_above(&self, limit: V) -> u64 {
        let limit = (self.floor)(limit, self.currency);
        let up_to = limit.map(|limit| self.values.count_up_to(limit));
        up_to.map_or(0, |up_to| self.count().saturating_sub(up_to))
    }

    /// Every value, the smallest first.
    pub fn iter(&self) -> impl Iterator<Item = V> {
        let (each, counted) = match &self.values {
            Values::Each(values) => (Some(values.iter()), None),
            Values::Counted(days) => (None, Some(days.iter())),
        };
        let units = each.into_iter().flatten();
        let units = units.chain(counted.into_iter().flatten());
        units.filter_map(|units| (self.read)(units.into(), self.currency))
    }

    /// As [`total`](Self::total), in units.
    pub(crate) fn total_units(&self) -> u128 {
        self.values.total()
    }
}

/// A number in whole units of 10⁻ᴾ, and some number below 0 where it is.
fn floor(number: Decimal, places: u32) -> i128 {
    if number.is_sign_negative() {
        return -1;
    }
    let cut = number.trunc_with_scale(places);
    let missing = places.saturating_sub(cut.scale());
    cut.mantissa()
        .saturating_mul(10_i128.saturating_pow(missing))
}
