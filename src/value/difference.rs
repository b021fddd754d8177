use rust_decimal::{Decimal, MathematicalOps as _};

use super::{Confidence, Interval, Rate};

/// By how much one share is above another, if that can be told: Newcombe's hybrid score interval of the difference of two independent
/// shares, which is made of Wilson's interval of each; none where it holds 0. Each share has the number of records that it is of.
///
/// Whether it holds 0 is told by squares, and no root of a sum is taken for it.
pub(crate) fn proven_excess(
    upper: (Rate, u64),
    lower: (Rate, u64),
    confidence: Confidence,
) -> Option<Interval<Rate>> {
    let (p, q) = (upper.0.fraction(), lower.0.fraction());
    let excess = p.checked_sub(q)?;
    let (of_p, of_q) = (wilson(upper, confidence)?, wilson(lower, confidence)?);
    let down = squares(p, *of_p.low(), q, *of_q.high())?;
    let is_proven = excess > Decimal::ZERO && excess.checked_mul(excess)? > down;
    if !is_proven {
        return None;
    }
    let up = squares(p, *of_p.high(), q, *of_q.low())?;
    let least = excess.checked_sub(down.sqrt()?)?.max(Decimal::ZERO);
    let most = excess.checked_add(up.sqrt()?)?.min(Decimal::ONE);
    let rate = |end: Decimal| Rate::from_fraction(end).ok();
    Interval::new(rate(least)?, rate(most)?).ok()
}

fn wilson((share, records): (Rate, u64), confidence: Confidence) -> Option<Interval<Rate>> {
    let records = Decimal::from(records);
    if records.is_zero() {
        return None;
    }
    let part = share.fraction().checked_mul(records)?;
    // What the digits of a decimal round away does not leave less than nothing.
    let rest = records.checked_sub(part)?.max(Decimal::ZERO);
    Interval::wilson(part, rest, confidence)
}

/// (p − its bound)² + (q − its bound)².
fn squares(p: Decimal, p_bound: Rate, q: Decimal, q_bound: Rate) -> Option<Decimal> {
    let p = p.checked_sub(p_bound.fraction())?;
    let q = q.checked_sub(q_bound.fraction())?;
    p.checked_mul(p)?.checked_add(q.checked_mul(q)?)
}
