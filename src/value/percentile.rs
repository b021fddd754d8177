use rust_decimal::Decimal;

use super::Rate;

/// The percentile `p` of `count` values in order, interpolated linearly between the two nearest at position p × (n − 1); none of
/// no values.
pub(crate) fn percentile(
    count: u64,
    at: &dyn Fn(u64) -> Option<Decimal>,
    p: Rate,
) -> Option<Decimal> {
    let last = count.checked_sub(1)?;
    let position = p.fraction().checked_mul(last.into())?;
    let below = u64::try_from(position.trunc()).ok()?;
    let value = |position: u64| at(position.min(last));
    let low = value(below)?;
    let step = value(below.saturating_add(1))?.checked_sub(low)?;
    low.checked_add(position.fract().checked_mul(step)?)
}
