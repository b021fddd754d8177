//! One account as a customer: whether it is one on either evening, and what it pays on each.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::{Amount, ContractStanding, Terms};
use crate::tally::customer::{AccountStanding, CustomerTotals, Movements};
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

/// The contracts of one account that make it a customer. There may be as many of these as contracts, so they are small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Customer {
    first_start: Day,
    at_start: Presence,
    at_end: Presence,
    /// What is known of its fees a year at the start.
    before: Paid,
    /// The same at the end.
    now: Paid,
}

/// Whether an account is a customer on an evening, and whether all its fees are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Presence {
    Absent,
    Known,
    Unknown,
}

/// A sum of amounts, in units: the high 32 bits and the low 64 of its 96.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Exact", into = "Exact")]
// A u128 begins at a multiple of 16 bytes; an account would then take 80 for 54.
#[repr(Rust, packed(4))]
pub(super) struct Paid(u32, u64);

impl Paid {
    #[inline]
    pub(super) fn of(fee: Option<Amount>) -> Self {
        Self(0, fee.map_or(0, Amount::units))
    }

    #[inline]
    pub(super) fn units(self) -> u128 {
        let Self(high, low) = self;
        (u128::from(high) << 64) | u128::from(low)
    }

    /// Sums of at most 10¹⁰ amounts are far from the bounds.
    #[inline]
    pub(super) fn plus(self, other: Self) -> Self {
        let (low, carried) = self.1.overflowing_add(other.1);
        let high = self.0.wrapping_add(other.0);
        Self(high.wrapping_add(u32::from(carried)), low)
    }

    fn sum(self) -> AmountSum {
        AmountSum::ZERO
            .checked_add(self.units())
            .unwrap_or_default()
    }
}

impl TryFrom<Exact> for Paid {
    type Error = Error;

    fn try_from(Exact(value): Exact) -> Result<Self, Error> {
        let units = AmountSum::try_from(value)?.units();
        let low = u64::try_from(units & u128::from(u64::MAX)).unwrap_or_default();
        Ok(Self(u32::try_from(units >> 64).unwrap_or_default(), low))
    }
}

impl From<Paid> for Exact {
    fn from(paid: Paid) -> Self {
        Self(paid.sum().decimal())
    }
}

impl Customer {
    /// Of a contract that makes a customer.
    #[inline]
    pub(in crate::tally) fn of(terms: &Terms, standing: ContractStanding) -> Self {
        let (before, now) = (standing.is_active_at_start(), standing.is_active_at_end());
        let fee = standing.pays().yearly();
        let paid = |is_held: bool| Paid::of(fee.filter(|_| is_held));
        Self {
            first_start: terms.start,
            at_start: Presence::of(before, fee),
            at_end: Presence::of(now, fee),
            before: paid(before),
            now: paid(now),
        }
    }

    /// What becomes of it: the one rule by which it is counted and listed.
    #[inline]
    pub(super) fn standing(&self, eves: &Eves) -> AccountStanding {
        AccountStanding {
            at_start: self.at_start,
            at_end: self.at_end,
            is_first: self.first_start >= eves.opening,
            starts: eves.scope.counts(self.first_start),
            before: self.before.units(),
            now: self.now.units(),
            currency: eves.scope.currency(),
        }
    }

    /// Counts it in the totals, or takes out what it was counted for.
    #[inline]
    pub(super) fn count(&self, turn: Turn, totals: &mut CustomerTotals, eves: &Eves) {
        let standing = self.standing(eves);
        let count = |counter: &mut u64, is_one: bool| turn.count(counter, u64::from(is_one));
        count(&mut totals.at_start, standing.is_customer_at_start());
        count(&mut totals.at_end, standing.is_customer_at_end());
        count(
            &mut totals.priced_at_start,
            standing.at_start == Presence::Known,
        );
        count(
            &mut totals.priced_at_end,
            standing.at_end == Presence::Known,
        );
        count(&mut totals.retained, standing.is_retained());
        count(&mut totals.lost, standing.is_lost());
        count(&mut totals.new, standing.is_new());
        count(&mut totals.reactivated, standing.is_reactivated());
        count(&mut totals.former, standing.is_former());
        count(&mut totals.first_contracts, standing.has_first_contract());
        if standing.at_end == Presence::Known {
            turn.add(&mut totals.paid_at_end, standing.now);
        }
        move_revenue(&standing, turn, &mut totals.recurring);
    }

    /// What it pays a year at the end; none where it is no customer then, or not every fee is known.
    pub(super) fn known_fee_at_end(&self) -> Option<AmountSum> {
        (self.at_end == Presence::Known).then(|| self.now.sum())
    }

    /// Checks that some set of contracts can leave this.
    pub(in crate::tally) fn is_sound(&self, eves: &Eves) -> bool {
        let since =
            |presence: Presence, eve: Day| presence == Presence::Absent || self.first_start < eve;
        let pays = |presence: Presence, paid: Paid| match presence {
            Presence::Absent => paid.units() == 0,
            Presence::Known => paid.units() > 0,
            Presence::Unknown => true,
        };
        let (start, end) = ((self.at_start, self.before), (self.at_end, self.now));
        since(self.at_start, eves.opening)
            && since(self.at_end, eves.closing)
            && pays(start.0, start.1)
            && pays(end.0, end.1)
            && (eves.opening < eves.closing || start == end)
    }
}

#[inline]
fn move_revenue(standing: &AccountStanding, turn: Turn, moved: &mut Movements) {
    let (before, now) = (standing.before, standing.now);
    if !standing.has_known_fees() {
        let movement = if before < now {
            &mut moved.became_known
        } else {
            &mut moved.became_unknown
        };
        return turn.add(movement, before.abs_diff(now));
    }
    turn.add(&mut moved.comparable, before);
    let movement = match (standing.at_start, standing.at_end) {
        (Presence::Absent, Presence::Absent) => return,
        // Whether a customer has come back is asked first: more of nothing is no expansion.
        (Presence::Absent, _) if standing.is_first => &mut moved.new,
        (Presence::Absent, _) => &mut moved.reactivation,
        (_, Presence::Absent) => &mut moved.churn,
        _ if before < now => &mut moved.expansion,
        _ => &mut moved.contraction,
    };
    turn.add(movement, before.abs_diff(now));
}

impl Join for Customer {
    #[inline]
    fn join(&mut self, other: &Self) {
        self.first_start = self.first_start.min(other.first_start);
        self.at_start = self.at_start.max(other.at_start);
        self.at_end = self.at_end.max(other.at_end);
        self.before = self.before.plus(other.before);
        self.now = self.now.plus(other.now);
    }
}

impl Presence {
    #[inline]
    fn of(is_active: bool, fee: Option<Amount>) -> Self {
        match (is_active, fee) {
            (false, _) => Self::Absent,
            (true, None) => Self::Unknown,
            (true, Some(_)) => Self::Known,
        }
    }
}
