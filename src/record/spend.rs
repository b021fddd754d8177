use core::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::part::dimensions::SOURCE;
use super::{Amount, Dimensioned, Dimensions, Record};
use crate::error::Error;
use crate::period::{Day, Scope};
use crate::value::id::{checked, own};
use crate::value::number::Exact;
use crate::value::{Currency, IntoId, Label, Money, RecordId, SpendId};

/// An expense: when, how much, for what, and in which channel.
///
/// Its amount is at most 10¹⁴, with at most 4 decimals. One below 0 is a refund: what came back of what was spent.
///
/// ```
/// use sales_metrics::{Currency, Spend, SpendCategory, date};
///
/// let spend = Spend::new("S-1", date(2026, 2, 3)?, 1_200, Currency::USD, SpendCategory::Marketing)?.with_source("webinar")?;
/// assert_eq!(spend.amount().to_string(), "1200 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Spend {
    outlay: Outlay,
    id: SpendId,
    source: Option<Label>,
    dimensions: Dimensions,
}

/// The part of a [`Spend`] that decides how it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Outlay {
    pub(crate) on: Day,
    /// Of a refund, what came back.
    pub(crate) amount: Amount,
    pub(crate) is_refund: bool,
    pub(crate) category: SpendCategory,
    pub(crate) currency: Currency,
}

impl Outlay {
    fn signed(&self) -> Decimal {
        self.amount.with_sign(self.is_refund)
    }
}

/// What an expense was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SpendCategory {
    /// Sales: pay, commissions, travel, tools.
    Sales,
    /// Marketing: advertisements, events, content.
    Marketing,
    /// Anything else; no KPI of acquisition counts it.
    Other,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    id: SpendId,
    on: Day,
    amount: Exact,
    currency: Currency,
    category: SpendCategory,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Label>,
    #[serde(default, skip_serializing_if = "Dimensions::is_empty")]
    dimensions: Dimensions,
}

impl TryFrom<Wire> for Spend {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let Exact(amount) = wire.amount;
        let on = wire.on.date();
        let mut spend = Self::new(wire.id, on, amount, wire.currency, wire.category)?;
        spend.source = wire.source;
        for (name, value) in wire.dimensions.iter() {
            spend = spend.with_dimension(name, value)?;
        }
        Ok(spend)
    }
}

impl From<Spend> for Wire {
    fn from(spend: Spend) -> Self {
        Self {
            dimensions: spend.dimensions,
            on: spend.outlay.on,
            amount: Exact(spend.outlay.signed()),
            currency: spend.outlay.currency,
            category: spend.outlay.category,
            id: spend.id,
            source: spend.source,
        }
    }
}

impl Spend {
    /// An expense of a day.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId); [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999;
    /// [`ErrorKind::AmountTooLarge`](crate::ErrorKind::AmountTooLarge), [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals).
    pub fn new(
        id: impl IntoId<SpendId>,
        on: NaiveDate,
        amount: impl Into<Decimal>,
        currency: Currency,
        category: SpendCategory,
    ) -> Result<Self, Error> {
        let id: SpendId = own(id)?;
        let on = Day::new(on).map_err(|error| error.about("date").of(&id))?;
        let amount = Amount::signed(amount.into());
        let (amount, is_refund) = amount.map_err(|error| error.about("amount").of(&id))?;
        let outlay = Outlay {
            on,
            amount,
            is_refund,
            category,
            currency,
        };
        Ok(Self {
            outlay,
            id,
            source: None,
            dimensions: Dimensions::default(),
        })
    }

    /// The channel it was spent on: what deals name as their source.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_source(mut self, source: impl IntoId<Label>) -> Result<Self, Error> {
        self.source = Some(self.in_field("source", checked(source))?);
        Ok(self)
    }

    /// A dimension to group by, such as a region or a product; set again, the last value holds. `source` is the channel.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_dimension(
        mut self,
        name: impl IntoId<Label>,
        value: impl IntoId<Label>,
    ) -> Result<Self, Error> {
        let (name, value) = self.checked_dimension(name, value)?;
        self.set_dimension(name, value);
        Ok(self)
    }

    /// How it counts in a scope. The scope's currency plays no part in it.
    #[must_use]
    #[inline]
    pub fn standing(&self, scope: Scope) -> SpendStanding {
        SpendStanding::of(&self.outlay, &scope)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &SpendId {
        &self.id
    }

    /// The day of the expense.
    #[must_use]
    pub fn on(&self) -> NaiveDate {
        self.outlay.on.date()
    }

    /// How much was spent; below 0 where it came back.
    #[must_use]
    pub fn amount(&self) -> Money {
        Money::new(self.outlay.signed(), self.currency())
    }

    /// Its currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.outlay.currency
    }

    /// What it was for.
    #[must_use]
    pub fn category(&self) -> SpendCategory {
        self.outlay.category
    }

    /// The channel it was spent on.
    #[must_use]
    pub fn source(&self) -> Option<&Label> {
        self.source.as_ref()
    }

    /// Any dimension by its name; `source` is the channel.
    #[must_use]
    pub fn dimension(&self, name: &str) -> Option<&Label> {
        if name == SOURCE {
            return self.source();
        }
        self.dimensions.get(name)
    }

    /// All its dimensions and their values, by name.
    pub fn dimensions(&self) -> impl Iterator<Item = (&Label, &Label)> {
        self.dimensions.iter()
    }

    /// The same in another currency, each amount changed as `change` says.
    pub(crate) fn with_money_in(
        &self,
        currency: Currency,
        change: impl Fn(Amount) -> Result<Amount, Error>,
    ) -> Result<Self, Error> {
        let outlay = Outlay {
            currency,
            amount: self.in_field("amount", change(self.outlay.amount))?,
            ..self.outlay
        };
        Ok(Self {
            outlay,
            ..self.clone()
        })
    }

    pub(crate) fn outlay(&self) -> &Outlay {
        &self.outlay
    }
}

impl Dimensioned for Spend {
    fn set_dimension(&mut self, name: Label, value: Label) {
        if name.as_str() == SOURCE {
            self.source = Some(value);
        } else {
            self.dimensions.set(name, value);
        }
    }

    fn remove_dimension(&mut self, name: &Label) {
        if name.as_str() == SOURCE {
            self.source = None;
        } else {
            self.dimensions.remove(name);
        }
    }
}

impl Record for Spend {
    fn record_id(&self) -> RecordId {
        (&self.id).into()
    }

    #[inline]
    fn currency(&self) -> Option<Currency> {
        Some(self.outlay.currency)
    }
}

/// How an expense counts in a scope: the one rule, by which every tally counts.
///
/// An expense counts where its date lies in the period and not after the as-of day.
///
/// ```
/// use sales_metrics::{Currency, Period, Scope, Spend, SpendCategory, date};
///
/// let spend = Spend::new("S-1", date(2026, 2, 3)?, 1_200, Currency::USD, SpendCategory::Marketing)?;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert!(spend.standing(q1).is_counted());
/// assert_eq!(spend.standing(q1).to_string(), "dated in the period");
/// assert!(!spend.standing(q1.as_of(date(2026, 2, 2)?)?).is_counted());
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SpendStanding {
    counted: bool,
}

impl SpendStanding {
    #[inline]
    pub(crate) fn of(outlay: &Outlay, scope: &Scope) -> Self {
        Self {
            counted: scope.counts(outlay.on),
        }
    }

    /// Dated in the period, up to the as-of day.
    #[must_use]
    #[inline]
    pub fn is_counted(self) -> bool {
        self.counted
    }
}

impl fmt::Display for SpendStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(if self.counted {
            "dated in the period"
        } else {
            "not dated in the period, up to the as-of day"
        })
    }
}
