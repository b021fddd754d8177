use core::fmt;

use rust_decimal::Decimal;

use crate::record::Amount;
use crate::value::{Currency, Money, MoneyPer, Per};

/// What became of a contract that came up for renewal, or was ended before its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContractOutcome {
    /// It came up, and was renewed by its last day: by a contract that was signed by then or, without a day of signing, began no later
    /// than the day after; or of itself.
    RenewedOnTime,
    /// It came up, and was renewed later, by the as-of day.
    RenewedLate,
    /// It came up, and was not renewed by the as-of day.
    NotRenewed,
    /// It was ended before its term, and not by its own renewal.
    TerminatedEarly,
}

/// How a contract counts among the renewals of a scope: by the rule by which its tally counts.
///
/// [`RenewalTally::contracts`](crate::RenewalTally::contracts) lists them, with an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RenewalStanding {
    outcome: ContractOutcome,
    /// In units of an amount, as the next.
    before: Option<u128>,
    after: Option<u128>,
    is_known: bool,
    currency: Currency,
}

impl RenewalStanding {
    pub(super) fn new(
        outcome: ContractOutcome,
        before: Option<u128>,
        after: Option<u128>,
        is_known: bool,
        currency: Currency,
    ) -> Self {
        Self {
            outcome,
            before,
            after,
            is_known,
            currency,
        }
    }

    /// What became of it.
    #[must_use]
    pub fn outcome(self) -> ContractOutcome {
        self.outcome
    }

    /// Whether it came up for renewal.
    #[must_use]
    pub fn is_due(self) -> bool {
        self.outcome != ContractOutcome::TerminatedEarly
    }

    /// Whether it was renewed, on time or late.
    #[must_use]
    pub fn is_renewed(self) -> bool {
        use ContractOutcome::{RenewedLate, RenewedOnTime};
        matches!(self.outcome, RenewedOnTime | RenewedLate)
    }

    /// Whether the fees on both sides are known, so that it counts in rates of money.
    #[must_use]
    pub fn is_priced(self) -> bool {
        self.is_due() && self.is_known
    }

    /// Its recurring fee a year; none where it is not known.
    #[must_use]
    pub fn fee(self) -> Option<MoneyPer> {
        self.a_year(self.before)
    }

    /// What goes on of it, a year; none where that is not known. Where one contract renews several, the new fee stands at the one with
    /// the lowest id, and 0 at the others.
    #[must_use]
    pub fn renewed_fee(self) -> Option<MoneyPer> {
        self.a_year(self.after)
    }

    fn a_year(self, units: Option<u128>) -> Option<MoneyPer> {
        let units = i128::try_from(units?).ok()?;
        let amount = Decimal::try_from_i128_with_scale(units, Amount::PLACES).ok()?;
        let money = Money::new(amount.normalize(), self.currency);
        Some(MoneyPer::new(money, Per::Year))
    }
}

impl fmt::Display for ContractOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::RenewedOnTime => "renewed on time",
            Self::RenewedLate => "renewed late",
            Self::NotRenewed => "not renewed",
            Self::TerminatedEarly => "terminated early",
        })
    }
}

/// Its outcome.
impl fmt::Display for RenewalStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.outcome.fmt(f)
    }
}
