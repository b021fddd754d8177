use rust_decimal::Decimal;

use super::Rate;

/// The percentile `p` of `count` values in order, interpolated linearly between the two nearest at position p × (n − 1); none of
/// no values.
pub(crate) fn percentile<V: Into<Decimal>>(
    count: u64,
    at: impl Fn(u64) -> Option<V>,
    p: Rate,
) -> Option<Decimal> {
    let last = count.checked_sub(1)?;
    let position = p.fraction().checked_mul(last.into())?;
    let below = u64::try_from(position.trunc()).ok()?;
    let value = |position: u64| at(position.min(last)).map(Into::into);
    let low: Decimal = value(below)?;
    let step = value(below.saturating_add(1))?.checked_sub(low)?;
    low.checked_add(position.fract().checked_mul(step)?)
}
