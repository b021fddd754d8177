//! One account as a customer: whether it is one on either evening, and how much more it pays on the second.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::{Amount, ContractStanding, Terms};
use crate::tally::customer::{CustomerTotals, Movements};
use crate::tally::error::impossible;
use crate::tally::store::{Join, Turn};
use crate::value::AmountSum;
use crate::value::number::Exact;

/// A scope, and the days on whose eves the opening and the closing are.
#[derive(Clone, Copy)]
pub(in crate::tally) struct Eves {
    pub(in crate::tally) scope: Scope,
    opening: Day,
    closing: Day,
}

impl From<Scope> for Eves {
    #[inline]
    fn from(scope: Scope) -> Self {
        let (opening, closing) = scope.evenings();
        Self {
            scope,
            opening,
            closing,
        }
    }
}

/// The contracts of one account. There may be as many of these as contracts, so they are small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Customer {
    first_start: Day,
    at_start: Presence,
    at_end: Presence,
    change: Change,
}

/// Whether an account is a customer on an evening, and whether a recurring fee of it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Presence {
    Absent,
    Unpriced,
    Priced,
}

/// The recurring fees a year at the end less those at the start, in units of an amount. The account's presence on the two evenings
/// says which movement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Exact", into = "Exact")]
// An i128 begins at a multiple of 16 bytes; an account would then take 64 for 46.
#[repr(Rust, packed(8))]
struct Change(i128);

impl TryFrom<Exact> for Change {
    type Error = Error;

    fn try_from(Exact(value): Exact) -> Result<Self, Error> {
        let sum = AmountSum::try_from(value.abs());
        let units = sum.map_err(|_| {
            impossible("an account's change is a sum of amounts, of at most 4 decimals")
        })?;
        let units = i128::try_from(units.units()).unwrap_or(i128::MAX);
        let is_less = value.is_sign_negative();
        Ok(if is_less {
            Self::from_to(units, 0)
        } else {
            Self::from_to(0, units)
        })
    }
}

impl Change {
    /// Sums of at most 10¹⁰ amounts of both signs are far from the bounds.
    #[inline]
    fn from_to(before: i128, now: i128) -> Self {
        Self(now.saturating_sub(before))
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl From<Change> for Exact {
    fn from(Change(units): Change) -> Self {
        let value = Decimal::try_from_i128_with_scale(units, Amount::PLACES);
        Self(value.unwrap_or_default().normalize())
    }
}

impl Customer {
    #[inline]
    pub(in crate::tally) fn of(terms: &Terms, standing: ContractStanding) -> Self {
        let (before, now) = (standing.is_active_at_start(), standing.is_active_at_end());
        let fee = terms.yearly();
        let units = i128::from(fee.map_or(0, Amount::units));
        let paid = |is_held: bool| if is_held { units } else { 0 };
        Self {
            first_start: terms.start,
            at_start: Presence::of(before, fee),
            at_end: Presence::of(now, fee),
            change: Change::from_to(paid(before), paid(now)),
        }
    }

    /// Counts it in the totals, or takes out what it was counted for.
    #[inline]
    pub(super) fn count(&self, turn: Turn, totals: &mut CustomerTotals, eves: &Eves) {
        let (before, now) = (self.at_start.is_customer(), self.at_end.is_customer());
        let is_first = self.first_start >= eves.opening;
        let count = |counter: &mut u64, is_one: bool| turn.count(counter, u64::from(is_one));
        count(&mut totals.at_start, before);
        count(&mut totals.at_end, now);
        count(
            &mut totals.priced_at_start,
            self.at_start == Presence::Priced,
        );
        count(&mut totals.priced_at_end, self.at_end == Presence::Priced);
        count(&mut totals.retained, before && now);
        count(&mut totals.lost, before && !now);
        count(&mut totals.new, !before && now && is_first);
        count(&mut totals.reactivated, !before && now && !is_first);
        let starts = eves.scope.counts(self.first_start);
        count(&mut totals.first_contracts, starts);
        self.move_revenue(turn, &mut totals.recurring, is_first);
    }

    #[inline]
    fn move_revenue(&self, turn: Turn, moved: &mut Movements, is_first: bool) {
        let Change(change) = self.change;
        let movement = match (self.at_start.is_customer(), self.at_end.is_customer()) {
            (true, true) if change > 0 => &mut moved.expansion,
            (true, true) => &mut moved.contraction,
            (true, false) => &mut moved.churn,
            // Whether a customer has come back is asked first: more of nothing is no expansion.
            (false, true) if is_first => &mut moved.new,
            (false, true) => &mut moved.reactivation,
            (false, false) => return,
        };
        turn.add(movement, change.unsigned_abs());
    }

    /// Checks that some set of contracts can leave this.
    pub(in crate::tally) fn is_sound(&self, eves: &Eves) -> bool {
        let since =
            |presence: Presence, eve: Day| !presence.is_customer() || self.first_start < eve;
        let Change(change) = self.change;
        since(self.at_start, eves.opening)
            && since(self.at_end, eves.closing)
            && (self.at_start == Presence::Priced || change >= 0)
            && (self.at_end == Presence::Priced || change <= 0)
            && (eves.opening < eves.closing || (self.at_start == self.at_end && change == 0))
    }
}

impl Join for Customer {
    #[inline]
    fn join(&mut self, other: &Self) {
        self.first_start = self.first_start.min(other.first_start);
        self.at_start = self.at_start.max(other.at_start);
        self.at_end = self.at_end.max(other.at_end);
        self.change = self.change.plus(other.change);
    }
}

impl Presence {
    #[inline]
    fn of(is_active: bool, fee: Option<Amount>) -> Self {
        match (is_active, fee) {
            (false, _) => Self::Absent,
            (true, None) => Self::Unpriced,
            (true, Some(_)) => Self::Priced,
        }
    }

    fn is_customer(self) -> bool {
        self != Self::Absent
    }
}
