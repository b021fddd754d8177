//! Decimal text, in and out: strict reading, honest rounding. Everything that reads or prints a number goes through here.

use core::fmt::{self, Write as _};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Error, shorten};
use crate::value::error::ValueProblem;

/// Longer than any number a `Decimal` can hold; what is longer is refused before it is parsed.
const MAX_LENGTH: usize = 40;

/// An exact number from text, such as `"12.50"`: the way to write a fraction of money in code.
///
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, date, decimal};
///
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::EUR)?.with_amount(decimal("1234.50")?)?;
/// assert_eq!(deal.amount().map(|money| money.to_string()).as_deref(), Some("1234.5 EUR"));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::InvalidNumber`](crate::ErrorKind::InvalidNumber) for anything but digits with at most one `-` before and one `.` between, and for more digits
/// than a decimal holds.
pub fn decimal(text: &str) -> Result<Decimal, Error> {
    parse(text)
}

/// Reads `-12`, `12.50`, `0.5`; no sign but `-`, no exponent, no separators, no spaces, no digit lost.
pub(crate) fn parse(text: &str) -> Result<Decimal, Error> {
    if text.len() > MAX_LENGTH || !is_plain(text) {
        return Err(invalid(text));
    }
    Decimal::from_str_exact(text)
        .map(positive_zero)
        .map_err(|_| invalid(text))
}

/// A number with marks between its thousands is refused like any other: what one reader takes for thousands are decimals to another.
#[cold]
fn invalid(text: &str) -> Error {
    let plain = text.replace(',', "");
    if text.len() <= MAX_LENGTH && plain != text && is_plain(&plain) && grouped(&plain) == text {
        let text = shorten(text);
        return ValueProblem::GroupedNumber { text, plain }.into();
    }
    let text = shorten(text);
    ValueProblem::InvalidNumber { text }.into()
}

fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

/// There is no "-0": it would print, hash and read as something else than 0.
pub(crate) fn positive_zero(mut value: Decimal) -> Decimal {
    if value.is_zero() {
        value.set_sign_positive(true);
    }
    value
}

/// `value` × 100, by moving the point where it can, so that no digit is lost. `None` beyond `Decimal`.
pub(crate) fn times_hundred(mut value: Decimal) -> Option<Decimal> {
    match value.scale().checked_sub(2) {
        Some(scale) => value.set_scale(scale).ok().map(|()| value),
        None => value.checked_mul(Decimal::ONE_HUNDRED),
    }
}

/// Prints a number and what follows it, obeying precision, width, alignment, `+` and (for `#`) grouping the digits.
pub(crate) fn show(value: Decimal, unit: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut text = match f.precision() {
        Some(places) => rounded(value, places),
        None => positive_zero(value.normalize()).to_string(),
    };
    if f.alternate() {
        text = grouped(&text);
    }
    if f.sign_plus() && !text.starts_with('-') {
        text.insert(0, '+');
    }
    text.push_str(unit);
    pad(&text, f)
}

/// A bare number that prints by the rules of this module.
pub(crate) struct Shown(pub(crate) Decimal);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.0, "", f)
    }
}

/// How the parts of a text are to print: as the whole was asked to.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    places: Option<usize>,
    grouped: bool,
}

impl Style {
    pub(crate) fn of(f: &fmt::Formatter<'_>) -> Self {
        Self {
            places: f.precision(),
            grouped: f.alternate(),
        }
    }

    pub(crate) fn text(self, part: impl fmt::Display) -> String {
        match (self.places, self.grouped) {
            (Some(places), true) => format!("{part:#.places$}"),
            (Some(places), false) => format!("{part:.places$}"),
            (None, true) => format!("{part:#}"),
            (None, false) => part.to_string(),
        }
    }
}

/// Prints a count: a whole number, whatever the precision.
pub(crate) fn show_count(count: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let text = count.to_string();
    let text = if f.alternate() { grouped(&text) } else { text };
    pad(&text, f)
}

/// Half away from zero, with exactly that many places.
fn rounded(value: Decimal, places: usize) -> String {
    let kept = u32::try_from(places).map_or(Decimal::MAX_SCALE, |p| p.min(Decimal::MAX_SCALE));
    let value = value.round_dp_with_strategy(kept, RoundingStrategy::MidpointAwayFromZero);
    let mut text = positive_zero(value).to_string();
    let present = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    if present == 0 && places > 0 {
        text.push('.');
    }
    text.extend(core::iter::repeat_n('0', places.saturating_sub(present)));
    text
}

/// `1134672.5` as `1,134,672.5`.
fn grouped(text: &str) -> String {
    let whole = text.find('.').unwrap_or(text.len());
    let mut out = String::with_capacity(text.len().saturating_mul(2));
    for (at, character) in text.char_indices() {
        let left = whole.saturating_sub(at);
        let after_digit = out.ends_with(|c: char| c.is_ascii_digit());
        if at < whole && left % 3 == 0 && after_digit {
            out.push(',');
        }
        out.push(character);
    }
    out
}

/// Numbers stand on the right unless the caller says otherwise. (`Formatter::pad` would cut at the precision.)
pub(crate) fn pad(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let missing = f.width().unwrap_or(0).saturating_sub(text.chars().count());
    let before = match f.align() {
        Some(fmt::Alignment::Left) => 0,
        Some(fmt::Alignment::Center) => missing / 2,
        Some(fmt::Alignment::Right) | None => missing,
    };
    let fill = f.fill();
    for _ in 0..before {
        f.write_char(fill)?;
    }
    f.write_str(text)?;
    for _ in before..missing {
        f.write_char(fill)?;
    }
    Ok(())
}

/// A decimal on the wire: a string. Integers are read too; floats are refused, since their digits are already lost.
///
/// Spelled out because `rust_decimal`'s own way goes through `f64` and can be changed by other crates' features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exact(pub(crate) Decimal);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(ExactVisitor)
        } else {
            deserializer.deserialize_str(ExactVisitor)
        }
    }
}

struct ExactVisitor;

impl Visitor<'_> for ExactVisitor {
    type Value = Exact;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number in quotes, such as \"12.50\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Exact, E> {
        parse(text).map(Exact).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Exact, E> {
        Ok(Exact(Decimal::from(value)))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Exact, E> {
        Ok(Exact(Decimal::from(value)))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Exact, E> {
        Err(E::custom(format_args!(
            "the number {value} is not exact; put it in quotes, as in \"12.50\""
        )))
    }
}

/// A `Decimal` as a field, on the wire as [`Exact`].
pub(crate) mod exact {
    use super::{Decimal, Deserialize as _, Deserializer, Exact, Serialize as _, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        value: &Decimal,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Exact(*value).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Decimal, D::Error> {
        Exact::deserialize(deserializer).map(|exact| exact.0)
    }
}

/// The two halves of a newtype over `Decimal` whose text form is a number and a unit: reading it and its JSON.
macro_rules! text_and_wire {
    ($type:ident, $read:expr, $wire:expr, $from_wire:expr) => {
        impl core::str::FromStr for $type {
            type Err = $crate::Error;

            fn from_str(text: &str) -> Result<Self, $crate::Error> {
                $read(text)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::value::number::Exact($wire(*self)).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let exact = $crate::value::number::Exact::deserialize(deserializer)?;
                $from_wire(exact.0).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use text_and_wire;

/// Reads a number that must be followed by one of these units, of which errors name the first. Its space may be left out.
pub(crate) fn parse_with_unit(text: &str, units: &[&str]) -> Result<Decimal, Error> {
    let number = units
        .iter()
        .find_map(|unit| text.strip_suffix(unit.trim_start()));
    if let Some(number) = number {
        return parse(number.strip_suffix(' ').unwrap_or(number));
    }
    let unit = units.first().copied().unwrap_or_default();
    Err(missing_unit(text, unit))
}

#[cold]
pub(crate) fn missing_unit(text: &str, unit: &str) -> Error {
    let (text, unit) = (shorten(text), unit.to_owned());
    ValueProblem::MissingUnit { text, unit }.into()
}

/// Reads a percentage as its fraction, by moving the point, so that no digit is lost.
pub(crate) fn parse_percent(text: &str) -> Result<Decimal, Error> {
    let mut value = parse_with_unit(text, &["%"])?.normalize();
    let scale = value.scale().saturating_add(2);
    value.set_scale(scale).map_err(|_| invalid(text))?;
    Ok(value)
}
