use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Period;
use crate::record::{Amount, Record};
use crate::value::id::checked;
use crate::value::number::Exact;
use crate::value::{Currency, IntoId, Money, RecordId, RepId};

/// What a rep is asked to win in a period: an amount of money, or a number of deals.
///
/// It is set for the rep as a person: whoever works half of the week has the quota that is written here, not half of it. A
/// quota of 0 is one; no quota is none.
///
/// ```
/// use sales_metrics::{Currency, Period, Quota};
///
/// let quota = Quota::of_money("ada", Period::quarter(2026, 1)?, 250_000, Currency::USD)?;
/// assert_eq!(quota.amount().map(|money| money.to_string()).as_deref(), Some("250000 USD"));
///
/// let error = Quota::of_money("ada", Period::quarter(2026, 1)?, -1, Currency::USD).unwrap_err();
/// assert_eq!(error.to_string(), "quota of ada for 2026-01-01/2026-04-01: amount is -1, but cannot be negative");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Quota {
    rep: RepId,
    period: Period,
    goal: Goal,
}

/// What is to be won.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Goal {
    Money {
        amount: Amount,
        currency: Currency,
    },
    /// Invariant: at most [`MOST_DEALS`].
    Deals(u64),
}

/// As many as a tally takes.
const MOST_DEALS: u64 = 10_000_000_000;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    rep: RepId,
    period: Period,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<Currency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deals: Option<u64>,
}

impl TryFrom<Wire> for Quota {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let (rep, period) = (wire.rep, wire.period);
        let problem = match (wire.amount, wire.currency, wire.deals) {
            (Some(Exact(amount)), Some(currency), None) => {
                return Self::of_money(rep, period, amount, currency);
            }
            (None, None, Some(deals)) => return Self::of_deals(rep, period, deals),
            (None, None, None) => "it has neither an amount nor deals",
            (Some(_), None, None) => "it has an amount, but no currency",
            (None, Some(_), None) => "it has a currency, but no amount",
            (_, _, Some(_)) => "it is of deals, but has an amount or a currency too",
        };
        Err(Error::QuotaMismatch {
            quota: named(&rep, period).to_string(),
            problem,
        })
    }
}

impl From<Quota> for Wire {
    fn from(quota: Quota) -> Self {
        let (amount, currency, deals) = match quota.goal {
            Goal::Money { amount, currency } => {
                (Some(Exact(amount.decimal())), Some(currency), None)
            }
            Goal::Deals(deals) => (None, None, Some(deals)),
        };
        Self {
            rep: quota.rep,
            period: quota.period,
            amount,
            currency,
            deals,
        }
    }
}

impl Quota {
    /// The same in another currency, each amount changed as `change` says; it is given the name of the field.
    pub(crate) fn with_money_in(
        &self,
        currency: Currency,
        change: impl Fn(Amount, &'static str) -> Result<Amount, Error>,
    ) -> Result<Self, Error> {
        let goal = match self.goal {
            Goal::Money { amount, .. } => Goal::Money {
                amount: change(amount, "amount")?,
                currency,
            },
            Goal::Deals(deals) => Goal::Deals(deals),
        };
        Ok(Self {
            goal,
            ..self.clone()
        })
    }

    /// An amount to be won, from 0 to 10¹⁴ with at most 4 decimals.
    ///
    /// # Errors
    /// [`Error::InvalidId`], [`Error::NegativeAmount`], [`Error::AmountTooLarge`], [`Error::TooManyDecimals`].
    pub fn of_money(
        rep: impl IntoId<RepId>,
        period: Period,
        amount: impl Into<Decimal>,
        currency: Currency,
    ) -> Result<Self, Error> {
        let rep = checked(rep)?;
        let amount = Amount::new(amount.into(), || named(&rep, period).to_string(), "amount")?;
        Ok(Self {
            rep,
            period,
            goal: Goal::Money { amount, currency },
        })
    }

    /// A number of deals to be won, at most 10¹⁰.
    ///
    /// # Errors
    /// [`Error::InvalidId`], [`Error::CountTooLarge`].
    pub fn of_deals(rep: impl IntoId<RepId>, period: Period, deals: u64) -> Result<Self, Error> {
        let rep = checked(rep)?;
        if deals > MOST_DEALS {
            return Err(Error::CountTooLarge {
                record: named(&rep, period).to_string(),
                field: "deals",
                count: deals,
                most: MOST_DEALS,
            });
        }
        Ok(Self {
            rep,
            period,
            goal: Goal::Deals(deals),
        })
    }

    /// Whose it is.
    #[must_use]
    pub fn rep(&self) -> &RepId {
        &self.rep
    }

    /// For which period.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// The amount to be won; none where deals are.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        match self.goal {
            Goal::Money { amount, currency } => Some(Money::new(amount.decimal(), currency)),
            Goal::Deals(_) => None,
        }
    }

    /// The number of deals to be won; none where money is.
    #[must_use]
    pub fn deals(&self) -> Option<u64> {
        match self.goal {
            Goal::Money { .. } => None,
            Goal::Deals(deals) => Some(deals),
        }
    }

    pub(crate) fn goal(&self) -> Goal {
        self.goal
    }

    /// What orders the quotas of a roster: those of one rep and one kind stand together, the earlier first.
    pub(in crate::record) fn place(&self) -> (&RepId, bool, Period) {
        let of_deals = matches!(self.goal, Goal::Deals(_));
        (&self.rep, of_deals, self.period)
    }
}

impl Record for Quota {
    fn record_id(&self) -> RecordId {
        named(&self.rep, self.period)
    }

    #[inline]
    fn currency(&self) -> Option<Currency> {
        self.amount().map(Money::currency)
    }
}

fn named(rep: &RepId, period: Period) -> RecordId {
    RecordId::Quota(rep.clone(), period)
}
