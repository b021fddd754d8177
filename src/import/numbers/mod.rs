//! How a file writes numbers: declared, and read strictly.

mod affixes;
mod digits;
mod groups;
mod number_format;
#[cfg(test)]
mod tests;

use rust_decimal::{Decimal, RoundingStrategy};

use self::affixes::Affixes;
use self::groups::Groups;
use super::head::Head;
use crate::value::number;

pub use self::number_format::{Grouping, Negatives, NumberFormat};

/// A declared way of writing numbers.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    /// The decimal mark as a byte, if it is one: for the quick way.
    mark: Option<u8>,
    decimal_mark: char,
    groups: Groups,
    affixes: Affixes,
    minor_units: bool,
    rounded_to: Option<u32>,
}

/// An amount of money, and whether digits of it were rounded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) value: Decimal,
    pub(super) is_rounded: bool,
}

/// A number that can be in a cell is shorter, with its grouping.
const LONGEST: usize = 80;

impl Numbers {
    /// What is wrong where the format contradicts itself.
    pub(super) fn new(format: &NumberFormat) -> Result<Self, String> {
        let decimal_mark = format.decimal_mark();
        let groups = Groups::new(format)?;
        let unfit = |mark: char| mark.is_alphanumeric() || affixes::is_sign(mark);
        for mark in [Some(decimal_mark), format.grouping_mark()]
            .into_iter()
            .flatten()
        {
            if unfit(mark) {
                return Err(format!(
                    "{mark:?} cannot be the decimal or the grouping mark"
                ));
            }
        }
        if groups.is_mark(decimal_mark) {
            return Err(format!(
                "{decimal_mark:?} is both the decimal and the grouping mark"
            ));
        }
        let rounded_to = format.decimals();
        if let Some(decimals) = rounded_to.filter(|decimals| *decimals > Decimal::MAX_SCALE) {
            return Err(format!(
                "rounded_to is {decimals}, but at most {} decimals are kept",
                Decimal::MAX_SCALE
            ));
        }
        let minor_units = format.is_minor();
        // What is more than digits takes the other way.
        let is_plain = !minor_units && rounded_to.is_none();
        let mark = u8::try_from(decimal_mark).ok().filter(u8::is_ascii);
        Ok(Self {
            mark: mark.filter(|_| is_plain),
            decimal_mark,
            groups,
            affixes: Affixes::new(format)?,
            minor_units,
            rounded_to,
        })
    }

    /// Whether amounts of money are in minor units.
    pub(super) fn is_minor(&self) -> bool {
        self.minor_units
    }

    /// Whether the mark can be a part of a number.
    pub(super) fn may_hold(&self, mark: char) -> bool {
        let is_known = mark == self.decimal_mark || self.groups.is_mark(mark);
        mark.is_ascii_digit() || is_known || affixes::is_sign(mark) || self.affixes.hold(mark)
    }

    /// A number in this format.
    pub(super) fn example(&self) -> String {
        let whole = self.groups.example();
        if self.minor_units {
            return whole;
        }
        format!("{whole}{}56", self.decimal_mark)
    }

    /// The quick way, for digits with at most `places` decimals: the number in units of 10⁻ᴾ. None says nothing.
    #[inline]
    pub(super) fn units(&self, text: Head, places: usize) -> Option<u64> {
        digits::units(text, self.mark?, places)
    }

    /// Any number in this format, to its last digit.
    pub(super) fn decimal(&self, text: &str) -> Option<Decimal> {
        let bare = self.affixes.without(text)?;
        if bare.digits.len() > LONGEST {
            return None;
        }
        let sign = if bare.is_negative { "-" } else { "" };
        let (whole, fraction) = match bare.digits.split_once(self.decimal_mark) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (bare.digits, None),
        };
        let whole = self.groups.joined(whole)?;
        let plain = match fraction {
            Some(fraction) => format!("{sign}{whole}.{fraction}"),
            None => format!("{sign}{whole}"),
        };
        let number = number::parse(&plain).ok()?;
        match bare.times {
            1 => Some(number),
            times => multiplied(number, times),
        }
    }

    /// A number as an amount of money whose currency has so many decimals: out of its minor unit, and rounded, where that is declared.
    pub(super) fn amount(&self, number: Decimal, decimals: u32) -> Option<Figure> {
        let mut exact = number;
        if self.minor_units {
            exact = exact.normalize();
            // There is nothing smaller than the smallest unit.
            (exact.scale() == 0).then_some(())?;
            exact.set_scale(decimals).ok()?;
        }
        let value = match self.rounded_to {
            Some(kept) => {
                exact.round_dp_with_strategy(kept, RoundingStrategy::MidpointAwayFromZero)
            }
            None => exact,
        };
        Some(Figure {
            value: number::positive_zero(value),
            is_rounded: value != exact,
        })
    }
}

/// With all its digits, or not at all.
fn multiplied(number: Decimal, times: u64) -> Option<Decimal> {
    let number = number.normalize();
    let digits = number.mantissa().checked_mul(times.into())?;
    let product = Decimal::try_from_i128_with_scale(digits, number.scale());
    product.ok().map(|product| product.normalize())
}
