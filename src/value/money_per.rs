use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Currency, Money, number};
use crate::error::Error;

/// The unit of time in a [`MoneyPer`].
///
/// A year has 365 days, 52 weeks, 12 months, 4 quarters and 2 halves: by these numbers what is due per unit is brought to a year, as most
/// billing systems do, whatever the calendar holds. So 100 a week are 5,200 a year, and 433.33 a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Per {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// Half a year.
    HalfYear,
    /// A year.
    Year,
}

impl Per {
    /// All of them, the shortest first.
    pub const ALL: &'static [Self] = &[
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::HalfYear,
        Self::Year,
    ];

    /// `day`, `week`, `month`, `quarter`, `half-year` or `year`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half-year",
            Self::Year => "year",
        }
    }

    /// How often it comes in a year.
    pub(crate) fn times_a_year(self) -> u64 {
        match self {
            Self::Day => 365,
            Self::Week => 52,
            Self::Month => 12,
            Self::Quarter => 4,
            Self::HalfYear => 2,
            Self::Year => 1,
        }
    }
}

/// Money per unit of time. Two of different units or currencies are neither equal, smaller nor larger.
///
/// ```
/// use sales_metrics::{Currency, Money, MoneyPer, Per};
///
/// let velocity = MoneyPer::new(Money::new(20_000, Currency::USD), Per::Day);
/// assert_eq!(format!("{velocity:#.2}"), "20,000.00 USD/day");
/// assert_eq!("20000 USD/day".parse::<MoneyPer>()?, velocity);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyPer {
    #[serde(with = "number::exact")]
    amount: Decimal,
    currency: Currency,
    per: Per,
}

impl MoneyPer {
    /// So much money per unit of time.
    #[must_use]
    pub fn new(money: Money, per: Per) -> Self {
        Self {
            amount: money.amount(),
            currency: money.currency(),
            per,
        }
    }

    /// The money in one unit of time.
    #[must_use]
    pub fn money(self) -> Money {
        Money::new(self.amount, self.currency)
    }

    /// The bare amount in one unit of time.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// The bare number: the [`amount`](Self::amount).
    #[must_use]
    pub fn decimal(self) -> Decimal {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The unit of time.
    #[must_use]
    pub fn per(self) -> Per {
        self.per
    }

    /// The amount as the nearest binary fraction: for plotting, not for reckoning.
    #[must_use]
    pub fn approx_f64(self) -> f64 {
        self.money().approx_f64()
    }
}

impl PartialOrd for MoneyPer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self.per == other.per {
            self.money().partial_cmp(&other.money())
        } else {
            None
        }
    }
}

impl fmt::Display for MoneyPer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = format!(" {}/{}", self.currency(), self.per.name());
        number::show(self.amount(), &unit, f)
    }
}

impl FromStr for MoneyPer {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let missing = || number::missing_unit(text, "/day");
        let (money, unit) = text.split_once('/').ok_or_else(missing)?;
        let mut all = Per::ALL.iter();
        let per = all.find(|per| per.name() == unit).ok_or_else(missing)?;
        Ok(Self::new(money.parse()?, *per))
    }
}
