use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::record::Amount;
use crate::tally::error::{RECORDS, impossible, too_large};
use crate::tally::store::Join;
use crate::value::{AmountSum, Currency, Money, Volume};

/// More records than any business has, and few enough that no sum overflows: see the documentation of this module.
pub(super) const MAX_RECORDS: u64 = 10_000_000_000;

/// Days from the first supported date to the last.
pub(super) const MAX_DAYS: u64 = 401_766;

/// Deals or contracts that count somewhere: how many, how many of them have an amount, and what these add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Priced {
    /// How many.
    pub count: u64,
    /// How many of them have an amount.
    pub priced: u64,
    /// The sum of their amounts.
    pub amount: AmountSum,
}

impl Priced {
    /// So many, all of them with an amount, adding up to `amount`.
    #[must_use]
    pub fn all(count: u64, amount: AmountSum) -> Self {
        Self::some(count, count, amount)
    }

    /// So many, some of them with an amount: how many of all, and what these add up to.
    #[must_use]
    pub fn some(count: u64, priced: u64, amount: AmountSum) -> Self {
        Self {
            count,
            priced,
            amount,
        }
    }

    /// So many, none of them with an amount.
    #[must_use]
    pub fn none(count: u64) -> Self {
        Self::some(count, 0, AmountSum::ZERO)
    }

    /// More than any group of so many records.
    pub(super) fn most(records: u64) -> Self {
        let mut most = Self::none(records);
        most.priced = records;
        most.amount
            .add(u128::from(records) * u128::from(Amount::MAX_UNITS));
        most
    }

    /// How many of them have no amount.
    #[must_use]
    pub fn unpriced(self) -> u64 {
        self.count.saturating_sub(self.priced)
    }

    /// How many, how much in a currency, and how many without an amount.
    ///
    /// ```
    /// use sales_metrics::{Currency, Decimal};
    /// use sales_metrics::tally::Priced;
    ///
    /// let open = Priced::some(12, 10, Decimal::from(5_000).try_into()?);
    /// assert_eq!(open.volume(Currency::USD)?.to_string(), "12 · 5000 USD · 2 unpriced");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where more have an amount than there are, or where these add up to more than they can.
    pub fn volume(self, currency: Currency) -> Result<Volume, Error> {
        if self.is_sound() {
            return Ok(self.sound_volume(currency));
        }
        Err(impossible(
            "records with an amount are a part of all, and their amounts at most 10^14 each",
        ))
    }

    /// Of what a tally has checked.
    pub(crate) fn sound_volume(self, currency: Currency) -> Volume {
        let total = Money::new(self.amount.decimal(), currency);
        Volume::of_priced(self.count, self.unpriced(), total)
    }

    /// Those of one record.
    #[inline]
    pub(super) fn of(amount: Option<Amount>) -> Self {
        let mut one = Self::default();
        one.add(amount);
        one
    }

    #[inline]
    pub(super) fn add(&mut self, amount: Option<Amount>) {
        self.count += 1;
        self.priced += u64::from(amount.is_some());
        self.amount.add(u128::from(amount.map_or(0, Amount::units)));
    }

    pub(crate) fn plus(mut self, other: Self) -> Self {
        self.count += other.count;
        self.priced += other.priced;
        self.amount.add(other.amount.units());
        self
    }

    /// The rest, without a part of it.
    pub(super) fn less(self, part: Self) -> Self {
        let mut amount = self.amount;
        amount.take(part.amount.units().min(amount.units()));
        Self {
            count: self.count.saturating_sub(part.count),
            priced: self.priced.saturating_sub(part.priced),
            amount,
        }
    }

    pub(super) fn is_sound(self) -> bool {
        self.priced <= self.count && fits(self.amount, self.priced)
    }

    pub(super) fn is_part_of(self, whole: Self) -> bool {
        self.count <= whole.count
            && self.priced <= whole.priced
            && self.unpriced() <= whole.unpriced()
            && self.amount <= whole.amount
    }
}

impl Join for Priced {
    #[inline]
    fn join(&mut self, other: &Self) {
        *self = self.plus(*other);
    }
}

/// Whether it is a list by days in their order, each of which has some records.
pub(super) fn are_by_day(list: &[(u32, Priced)]) -> bool {
    let rises = |((day, _), (next, _)): (&(u32, Priced), &(u32, Priced))| day < next;
    let is_sound =
        |(_, some): &(u32, Priced)| some.is_sound() && (1..=MAX_RECORDS).contains(&some.count);
    list.iter().zip(list.iter().skip(1)).all(rises) && list.iter().all(is_sound)
}

/// Whether so many amounts can add up to this.
pub(super) fn fits(sum: AmountSum, count: u64) -> bool {
    sum.units() <= u128::from(count) * u128::from(Amount::MAX_UNITS)
}

/// Refuses more records than a tally takes: the one check behind every sum that cannot overflow.
#[inline]
pub(super) fn expect_room(records: u64, more: u64) -> Result<(), Error> {
    if records + more <= MAX_RECORDS {
        return Ok(());
    }
    Err(too_large(RECORDS))
}
