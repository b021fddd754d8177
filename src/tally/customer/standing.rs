use core::fmt;

use rust_decimal::Decimal;

use crate::record::Amount;
use crate::tally::customer::account::Presence;
use crate::value::{Currency, Money, MoneyPer, Per};

/// How an account counts among the customers of a scope: the one rule, by which its tally counts.
///
/// A customer is an account with a contract in force that [makes one](crate::tally::ContractStanding::makes_customer). What it pays is
/// known on an evening where the fees of all these contracts are; where there is none, it is known to be nothing.
///
/// [`CustomerTally::accounts`](crate::CustomerTally::accounts) lists them, with an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountStanding {
    pub(super) at_start: Presence,
    pub(super) at_end: Presence,
    /// Its first contract starts after the opening.
    pub(super) is_first: bool,
    /// Its first contract starts in the period, up to the as-of day.
    pub(super) starts: bool,
    /// Known fees a year at the start, in units of an amount.
    pub(super) before: u128,
    /// The same at the end.
    pub(super) now: u128,
    pub(super) currency: Currency,
}

impl AccountStanding {
    /// A customer on the evening before the period.
    #[must_use]
    #[inline]
    pub fn is_customer_at_start(self) -> bool {
        self.at_start != Presence::Absent
    }

    /// A customer on the evening of the period's last day, or of the as-of day where that is earlier.
    #[must_use]
    #[inline]
    pub fn is_customer_at_end(self) -> bool {
        self.at_end != Presence::Absent
    }

    /// A customer at the end whose first contract ever started after the opening.
    #[must_use]
    #[inline]
    pub fn is_new(self) -> bool {
        !self.is_customer_at_start() && self.is_customer_at_end() && self.is_first
    }

    /// A customer at the end who was none at the start, but before.
    #[must_use]
    #[inline]
    pub fn is_reactivated(self) -> bool {
        !self.is_customer_at_start() && self.is_customer_at_end() && !self.is_first
    }

    /// A customer once, and none at the start: it may come back.
    #[must_use]
    #[inline]
    pub fn is_former(self) -> bool {
        !self.is_customer_at_start() && !self.is_first
    }

    /// A customer at the start and at the end.
    #[must_use]
    #[inline]
    pub fn is_retained(self) -> bool {
        self.is_customer_at_start() && self.is_customer_at_end()
    }

    /// A customer at the start and no longer at the end.
    #[must_use]
    #[inline]
    pub fn is_lost(self) -> bool {
        self.is_customer_at_start() && !self.is_customer_at_end()
    }

    /// Retained, and it pays more than at the start.
    #[must_use]
    #[inline]
    pub fn is_expanded(self) -> bool {
        self.is_retained() && self.has_known_fees() && self.before < self.now
    }

    /// Retained, and it pays less than at the start.
    #[must_use]
    #[inline]
    pub fn is_contracted(self) -> bool {
        self.is_retained() && self.has_known_fees() && self.now < self.before
    }

    /// What it pays is known on both evenings. Whoever is no customer pays nothing, which is known.
    #[must_use]
    #[inline]
    pub fn has_known_fees(self) -> bool {
        self.at_start != Presence::Unknown && self.at_end != Presence::Unknown
    }

    /// Its first contract ever starts in the period, up to the as-of day, whether it is a customer at the end or not.
    #[must_use]
    #[inline]
    pub fn has_first_contract(self) -> bool {
        self.starts
    }

    /// Its recurring fees a year at the start, as far as they are known.
    #[must_use]
    pub fn paid_at_start(self) -> MoneyPer {
        self.a_year(i128::try_from(self.before).unwrap_or(i128::MAX))
    }

    /// Its recurring fees a year at the end, as far as they are known.
    #[must_use]
    pub fn paid_at_end(self) -> MoneyPer {
        self.a_year(i128::try_from(self.now).unwrap_or(i128::MAX))
    }

    /// What it pays a year at the end, less what it paid at the start: the money of its movement, whichever that is.
    #[must_use]
    pub fn change(self) -> MoneyPer {
        let signed = |units| i128::try_from(units).unwrap_or(i128::MAX);
        self.a_year(signed(self.now).saturating_sub(signed(self.before)))
    }

    fn a_year(self, units: i128) -> MoneyPer {
        let amount = Decimal::try_from_i128_with_scale(units, Amount::PLACES);
        let amount = amount.unwrap_or_default().normalize();
        MoneyPer::new(Money::new(amount, self.currency), Per::Year)
    }
}

/// What became of it, in a word, and whether its fees are known.
impl fmt::Display for AccountStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [
            (self.is_new(), "new"),
            (self.is_reactivated(), "reactivated"),
            (self.is_lost(), "lost"),
            (self.is_expanded(), "expanded"),
            (self.is_contracted(), "contracted"),
            (self.is_retained(), "retained"),
        ];
        let word = words.iter().find(|(holds, _)| *holds);
        let word = word.map_or("no customer on either evening", |(_, word)| word);
        let unknown = if self.has_known_fees() {
            ""
        } else {
            "; not all of its fees are known"
        };
        f.pad(&format!("{word}{unknown}"))
    }
}
