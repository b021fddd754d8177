//! The sum of independent amounts, of which each comes with a probability or does not.
//!
//! No random number, no binary fraction: amounts are whole numbers, probabilities millionths, so that the probability of a sum is a whole
//! number over a power of ten.
//!
//! - The amounts are divided into two halves (`half`), each with all of its sums, equal ones as one: 20 amounts have 2²⁰ sums at most, and
//!   any number of amounts has no more than the cells up to their sum, if all are whole numbers of a cell.
//! - The probability that a sum is not passed is then one walk along both (`halves`): each sum of the one half with those of the other that
//!   leave room for it.
//! - Probabilities are in fixed point, rounded down (`fixed`). All together they are 1, so what they lack of it is how far any of them can
//!   be off. A quantile is certain where it is reached by the least that a probability can be, and not by the most before it (`search`).
//! - What this leaves open, such as a probability that is the level itself, or a sum so unlikely that its probability is rounded to 0, is
//!   decided by whole numbers (`exact`) between two proven bounds. Where they would take too much, the bounds are the answer.
//! - Where there are too many sums, each amount is rounded to the nearest cell. What was rounded up and down in all is how far a sum can be
//!   off, and an answer is then a proven bracket.

mod exact;
mod fixed;
mod half;
mod halves;
mod search;
#[cfg(test)]
mod tests;

use core::cell::Cell;
use core::cmp::Ordering;
use core::fmt;

use exact::{Exact, Limits};
pub(crate) use fixed::PLACES;
use fixed::{ONE, decimal};
use half::Chance;
use halves::Halves;
use search::Level;

/// The distribution of the sum of independent amounts.
pub(crate) struct IndependentSum {
    halves: Halves,
    /// What a cell is in units.
    cell: u128,
    /// All amounts together, in units.
    total: u128,
    /// By how much the amounts together were rounded up, and down.
    rounded_up: u128,
    rounded_down: u128,
    /// How far whole numbers go.
    limits: Limits,
}

/// From the one to the other; both are the same where it is exact.
pub(crate) type Bounds = (u128, u128);

/// Into how many cells the sum of all is divided where it cannot be exact. What is rounded is then at most half a cell an amount, and a
/// bracket so wide, but where a probability is as good as the level and whole numbers can't decide: it then holds the next sum, too.
const CELLS: u128 = 1 << 20;
/// Of how many amounts; of more of them the cells are as much fewer.
const AMOUNTS: u128 = 1 << 10;

impl IndependentSum {
    /// Of amounts above 0, each with its probability in millionths above 0 and below 1, in any order.
    pub(crate) fn of(amounts: &[(u64, u64)]) -> Self {
        let unit = u128::from(common_divisor(amounts));
        let mut cells = cells_for(amounts.len());
        let mut sum = Self::in_cells(amounts, unit);
        loop {
            if let Some(sum) = sum {
                return sum;
            }
            sum = Self::in_cells(amounts, total(amounts).div_ceil(cells));
            cells = (cells / 2).max(1);
        }
    }

    /// With amounts rounded to the nearest cell; none where they have too many sums.
    fn in_cells(amounts: &[(u64, u64)], cell: u128) -> Option<Self> {
        let total = total(amounts);
        let (mut chances, mut rounded_up, mut rounded_down) = (Vec::new(), 0, 0);
        for (amount, millionths) in amounts {
            let amount = u128::from(*amount);
            let cells = (amount + cell / 2).checked_div(cell)?;
            rounded_up += (cells * cell).saturating_sub(amount);
            rounded_down += amount.saturating_sub(cells * cell);
            if cells > 0 {
                let (cells, millionths) = (u64::try_from(cells).ok()?, *millionths);
                chances.push(Chance { cells, millionths });
            }
        }
        // In one order, whatever theirs: the same digits. Small ones first have fewer sums for longer.
        chances.sort_unstable();
        Some(Self {
            halves: Halves::of(&chances)?,
            cell,
            total,
            rounded_up,
            rounded_down,
            limits: Limits::USUAL,
        })
    }

    /// Without one of its amounts, for half of the work that it takes anew. None where it is not among them, and where amounts are rounded:
    /// without one, they may not have to be.
    pub(crate) fn without(&self, amount: u64, millionths: u64) -> Option<Self> {
        let cells = u128::from(amount).checked_div(self.cell)?;
        let cells = u64::try_from(cells).ok().filter(|_| self.is_exact())?;
        Some(Self {
            halves: self.halves.without(Chance { cells, millionths })?,
            total: self.total.saturating_sub(amount.into()),
            ..*self
        })
    }

    /// Whether no amount is rounded.
    fn is_exact(&self) -> bool {
        self.rounded_up == 0 && self.rounded_down == 0
    }

    /// In units, the smallest sum that is not passed with a probability of `part / whole` or more.
    pub(crate) fn quantile(&self, part: u128, whole: u128) -> Bounds {
        if part == 0 {
            return (0, 0);
        }
        if part >= whole {
            return (self.total, self.total);
        }
        let level = Level::new(part, whole);
        let (low, high) = self.cells(level);
        let units = |cells: u64| u128::from(cells) * self.cell;
        let high = units(high) + self.rounded_down;
        (
            units(low).saturating_sub(self.rounded_up),
            high.min(self.total),
        )
    }

    /// The same in cells.
    fn cells(&self, level: Level) -> (u64, u64) {
        let is_open = Cell::new(false);
        let low = self.halves.quantile(level, &|| {
            is_open.set(true);
            true
        });
        if !is_open.get() {
            return (low, low);
        }
        // Sums between them may be too unlikely for fixed point, which does not have them: only whole numbers have all.
        let high = self.halves.quantile(level, &|| false);
        match Exact::of(&self.halves.deals, self.limits) {
            Some(exact) if low < high => {
                let sum = exact.quantile(level.part, level.whole, low, high);
                (sum, sum)
            }
            _ => (low, high),
        }
    }

    /// The probability of a sum of so many units or more, in units of 10⁻²⁸: rounded to the nearest where it is exact, and outward
    /// where it is not.
    pub(crate) fn chance_of(&self, units: u128) -> Bounds {
        if units == 0 {
            return (ONE, ONE);
        }
        if units > self.total {
            return (0, 0);
        }
        if let Some(exact) = self.exact_below(units) {
            return (ONE - exact, ONE - exact);
        }
        let [low, _] = self.below(units.saturating_sub(self.rounded_down));
        let [_, high] = self.below(units.saturating_add(self.rounded_up));
        (ONE - (decimal(high).0 + 1).min(ONE), ONE - decimal(low).0)
    }

    /// The probability of less than so many units, in units of 10⁻²⁸, if it can be told to half of one.
    fn exact_below(&self, units: u128) -> Option<u128> {
        if !self.is_exact() {
            return None;
        }
        let [low, high] = self.below(units).map(nearest);
        if low == high {
            return Some(low);
        }
        let exact = Exact::of(&self.halves.deals, self.limits)?;
        let numerator = exact.not_above(self.cells_below(units)?);
        let (mut low, mut high) = (low, high);
        while low < high {
            let middle = low + (high - low) / 2;
            // One that lies between two is rounded up here, and so its complement down: both are as near.
            match exact.compare(&numerator, 2 * middle + 1, 2 * ONE) {
                Ordering::Less => high = middle,
                _ => low = middle + 1,
            }
        }
        Some(low)
    }

    /// The same in fixed point, at least and at most.
    fn below(&self, units: u128) -> [u128; 2] {
        let Some(sum) = self.cells_below(units) else {
            return [0, 0];
        };
        let least = self.halves.not_above(sum).probability;
        [least, least.saturating_add(self.halves.gap)]
    }

    /// The most cells that are less than so many units.
    fn cells_below(&self, units: u128) -> Option<u64> {
        let cells = units.checked_sub(1)?.checked_div(self.cell)?;
        Some(u64::try_from(cells).unwrap_or(u64::MAX))
    }
}

/// Of so many amounts.
fn cells_for(amounts: usize) -> u128 {
    let count = u128::from(halves::count(amounts));
    let cells = (CELLS * AMOUNTS).checked_div(count.max(AMOUNTS));
    cells.unwrap_or(1).max(1)
}

/// A probability in units of 10⁻²⁸, half of one rounded up.
fn nearest(fixed: u128) -> u128 {
    let (digits, rest) = decimal(fixed);
    digits + (rest >> 127)
}

/// Its sums are too many to be shown.
impl fmt::Debug for IndependentSum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("IndependentSum");
        shown.field("total", &self.total).finish_non_exhaustive()
    }
}

fn total(amounts: &[(u64, u64)]) -> u128 {
    let mut total = 0;
    for (amount, _) in amounts {
        total += u128::from(*amount);
    }
    total
}

/// The greatest cell of which all amounts are whole numbers.
fn common_divisor(amounts: &[(u64, u64)]) -> u64 {
    let amounts = amounts.iter().map(|(amount, _)| *amount);
    amounts.fold(0, exact::common_divisor).max(1)
}
