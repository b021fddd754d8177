//! What a tally needs of one deal, and nothing else: small, copied freely, and free of text.

use core::num::{NonZeroU32, NonZeroU64};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::DealId;
use crate::error::Error;
use crate::period::Day;
use crate::value::{Currency, Rate};

/// The part of a [`Deal`](super::Deal) that decides how it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Facts {
    pub(crate) created: Day,
    pub(crate) ending: Option<Ending>,
    pub(crate) first_contact: Option<Day>,
    pub(crate) expected_close: Option<Day>,
    pub(crate) amount: Option<Amount>,
    pub(crate) cost: Option<Amount>,
    pub(crate) list_price: Option<Amount>,
    pub(crate) probability: Option<Likelihood>,
    pub(crate) currency: Currency,
}

impl Facts {
    pub(crate) fn new(created: Day, ending: Option<Ending>, currency: Currency) -> Self {
        Self {
            created,
            ending,
            first_contact: None,
            expected_close: None,
            amount: None,
            cost: None,
            list_price: None,
            probability: None,
            currency,
        }
    }

    /// Days from a start to the close; none where the close comes first, or has not come.
    #[inline]
    pub(crate) fn days_to_close(&self, start: Day) -> Option<u32> {
        self.ending.and_then(|ending| ending.on.days_since(start))
    }
}

/// How and when a deal closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ending {
    pub(crate) kind: Kind,
    pub(crate) on: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Won,
    Lost,
    Disqualified,
}

/// How a deal stands, without the date: the word that an export has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(
    not(feature = "csv"),
    expect(unreachable_pub, reason = "public as a part of `import`")
)]
pub enum Status {
    /// Still open.
    Open,
    /// Won.
    Won,
    /// Lost.
    Lost,
    /// Closed since it never was an opportunity: neither won nor lost.
    Disqualified,
}

impl Status {
    /// The one rule that what is closed has a close date and what is open has none.
    pub(crate) fn ending(
        self,
        deal: &DealId,
        closed: Option<Day>,
    ) -> Result<Option<Ending>, Error> {
        let mismatch = |problem| {
            Err(Error::OutcomeMismatch {
                deal: deal.clone(),
                problem,
            })
        };
        let kind = match (self, closed) {
            (Self::Open, None) => return Ok(None),
            (Self::Open, Some(_)) => return mismatch("it is open, but has a close date"),
            (Self::Won, _) => Kind::Won,
            (Self::Lost, _) => Kind::Lost,
            (Self::Disqualified, _) => Kind::Disqualified,
        };
        match closed {
            Some(on) => Ok(Some(Ending { kind, on })),
            None => mismatch("it is closed, but has no close date"),
        }
    }
}

/// An amount on a record, from 0 to 10¹⁴ in units of 10⁻⁴; one is added so that an absent one takes no room.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Amount(NonZeroU64);

impl Amount {
    pub(crate) const PLACES: u32 = 4;
    /// 10¹⁴ in units of 10⁻⁴.
    pub(crate) const MAX_UNITS: u64 = 1_000_000_000_000_000_000;

    /// `record` names in an error whose amount it is: `deal D-1`.
    pub(crate) fn new(
        value: Decimal,
        record: impl Fn() -> String,
        field: &'static str,
    ) -> Result<Self, Error> {
        if value < Decimal::ZERO {
            return Err(Error::NegativeAmount {
                record: record(),
                field,
                amount: value,
            });
        }
        if value > Decimal::from(Self::MAX_UNITS / 10_000) {
            return Err(Error::AmountTooLarge {
                record: record(),
                field,
                amount: value,
            });
        }
        units(value, Self::PLACES)
            .and_then(Self::of_units)
            .ok_or_else(|| Error::TooManyDecimals {
                record: record(),
                field,
                value,
                places: Self::PLACES,
            })
    }

    /// The amount of so many units of 10⁻⁴; none beyond 10¹⁴.
    pub(crate) fn of_units(units: u64) -> Option<Self> {
        let within = units <= Self::MAX_UNITS;
        within.then(|| NonZeroU64::MIN.checked_add(units).map(Self))?
    }

    #[inline]
    pub(crate) fn units(self) -> u64 {
        self.0.get() - 1
    }

    pub(crate) fn decimal(self) -> Decimal {
        Self::decimal_of(self.units())
    }

    /// So many units of 10⁻⁴, within the bounds of an amount or not.
    pub(crate) fn decimal_of(units: u64) -> Decimal {
        decimal(units, Self::PLACES)
    }
}

impl core::fmt::Debug for Amount {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(&self.decimal(), f)
    }
}

/// A probability in millionths; one is added so that an absent one takes no room.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Likelihood(NonZeroU32);

impl Likelihood {
    const PLACES: u32 = 6;
    const MAX_MILLIONTHS: u32 = 1_000_000;
    /// 100 % in millionths.
    pub(crate) const WHOLE: u64 = 1_000_000;

    pub(crate) fn new(rate: Rate, deal: &DealId) -> Result<Self, Error> {
        Self::checked(rate, || format!("deal {deal}"), "probability")
    }

    /// `record` names in an error whose share it is: `rep ada`.
    pub(crate) fn checked(
        rate: Rate,
        record: impl Fn() -> String,
        field: &'static str,
    ) -> Result<Self, Error> {
        units(rate.fraction(), Self::PLACES)
            .and_then(Self::of_millionths)
            .ok_or_else(|| Error::TooManyDecimals {
                record: record(),
                field,
                value: rate.fraction(),
                places: Self::PLACES,
            })
    }

    /// The probability of so many millionths; none beyond 1.
    pub(crate) fn of_millionths(millionths: u64) -> Option<Self> {
        let millionths = u32::try_from(millionths).ok()?;
        let within = millionths <= Self::MAX_MILLIONTHS;
        within.then(|| NonZeroU32::MIN.checked_add(millionths).map(Self))?
    }

    #[inline]
    pub(crate) fn millionths(self) -> u64 {
        u64::from(self.0.get()) - 1
    }

    pub(crate) fn rate(self) -> Rate {
        Rate::from_fraction(decimal(self.millionths(), Self::PLACES)).unwrap_or(Rate::ONE)
    }
}

/// The same number where nothing is likely: a part of a quota or of a full-time week, in millionths.
pub(crate) type Share = Likelihood;

impl core::fmt::Debug for Likelihood {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(&self.rate(), f)
    }
}

/// A value in units of 10⁻ᴾ, if it is a whole number of them.
fn units(value: Decimal, places: u32) -> Option<u64> {
    let value = value.normalize();
    let missing = places.checked_sub(value.scale())?;
    let mantissa = u64::try_from(value.mantissa()).ok()?;
    mantissa.checked_mul(10_u64.checked_pow(missing)?)
}

fn decimal(units: u64, places: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(i128::from(units), places)
        .unwrap_or_default()
        .normalize()
}
