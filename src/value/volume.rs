use core::fmt::{self, Write as _};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::error::ValueProblem;
use super::{Money, number};
use crate::error::{Error, Undefined};

/// How many records, how much money they hold, and how many of them have no amount.
///
/// Its text holds all three: `12 · 5000 USD · 2 unpriced`. KPIs return it; [`Priced::volume`](crate::tally::Priced::volume) makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire")]
pub struct Volume {
    count: u64,
    /// Invariant: at most `count`.
    unpriced: u64,
    /// Invariant: 0 where nothing is priced.
    total: Money,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    count: u64,
    unpriced: u64,
    total: Money,
}

impl TryFrom<Wire> for Volume {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let inconsistent = |rule| Err(ValueProblem::InconsistentVolume { rule }.into());
        if wire.unpriced > wire.count {
            return inconsistent("a volume's unpriced records are at most its count");
        }
        if wire.unpriced == wire.count && !wire.total.amount().is_zero() {
            return inconsistent("a volume without a priced record has a total of 0");
        }
        Ok(Self {
            count: wire.count,
            unpriced: wire.unpriced,
            total: wire.total,
        })
    }
}

impl Volume {
    /// For counts and sums that fit together.
    pub(crate) fn of_priced(count: u64, unpriced: u64, total: Money) -> Self {
        Self {
            count,
            unpriced,
            total,
        }
    }

    /// How many records.
    #[must_use]
    pub fn count(self) -> u64 {
        self.count
    }

    /// How many of them have no amount.
    #[must_use]
    pub fn unpriced(self) -> u64 {
        self.unpriced
    }

    /// The sum of the amounts that there are, known or not whether it means anything: see [`amount`](Self::amount).
    pub(crate) fn total(self) -> Money {
        self.total
    }

    /// The bare number: the sum of the amounts that there are, 0 where there is none. Where nobody knows what the records are
    /// worth, [`amount`](Self::amount) says so.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        self.total.amount()
    }

    /// What the others add up to: 0 where there is no record at all.
    ///
    /// # Errors
    /// [`Undefined::NothingPriced`] where there are records and none has an amount.
    pub fn amount(self) -> Result<Money, Undefined> {
        if self.count > 0 && self.unpriced == self.count {
            return Err(Undefined::NothingPriced);
        }
        Ok(self.total)
    }
}

impl fmt::Display for Volume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = number::Style::of(f);
        let amount = self
            .amount()
            .map_or_else(|_| "–".to_owned(), |money| style.text(money));
        let mut text = format!("{} · {amount}", self.count);
        if self.unpriced > 0 {
            write!(text, " · {} unpriced", self.unpriced)?;
        }
        number::pad(&text, f)
    }
}
