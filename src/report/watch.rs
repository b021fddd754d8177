use rust_decimal::Decimal;

use super::worsened::Evidence;
use super::{Better, Kpi, Reading, Unit, Value};
use crate::value::{Confidence, Percent, Rate, proven_excess};

/// With what a report is compared to find what [got worse](super::Report::worsened), and what is taken seriously.
///
/// Only KPIs that have a better way are looked at, where both readings have a value, in one currency; no intervals, which say how sure
/// another figure is and don't get worse by themselves. One got worse where it went the other way, and
/// - of a [share of the records](Kpi::is_share_of_records) of its sample, where both samples are known and neither is
///   [small](Reading::is_small), and the interval of the difference does not hold 0: Newcombe's hybrid score interval of two independent
///   shares, made of Wilson's interval of each, at the [confidence](Self::with_confidence). The win-loss ratio is the win rate in other
///   words, and is judged by that share;
/// - of any other [estimate](Kpi::is_estimate), a mean, a median, a multiple, a share of money or hours, where the samples are likewise, and
///   it is worse by the [threshold](Self::with_threshold) at least;
/// - of what is as much as it is, a sum or a count, where it is worse by the threshold at least.
///
/// The threshold is a share of what was before; what was 0 is passed by anything worse. Of what has several parts the one counts by which it
/// is ranked ([`Value::magnitude`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Watch {
    pub(super) is_year_before: bool,
    confidence: Confidence,
    threshold: Percent,
}

impl Watch {
    /// The report's period beside the previous one, at 95 %, with a threshold of 10 %.
    #[must_use]
    pub fn previous() -> Self {
        Self {
            is_year_before: false,
            confidence: Confidence::NinetyFive,
            threshold: Percent::TEN,
        }
    }

    /// The same beside the one a year before.
    #[must_use]
    pub fn year_before() -> Self {
        Self {
            is_year_before: true,
            ..Self::previous()
        }
    }

    /// How sure one wants to be of a share of records: 95 % unless it is said otherwise.
    #[must_use]
    pub fn with_confidence(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    /// By how much of what was before all else must be worse: 10 % unless it is said otherwise. At 0 % or below, anything worse will do.
    #[must_use]
    pub fn with_threshold(self, threshold: Percent) -> Self {
        Self { threshold, ..self }
    }

    /// Why it is taken seriously that a KPI got worse; none where it is not, or did not.
    pub(super) fn evidence(&self, kpi: &Kpi, now: &Reading, before: &Reading) -> Option<Evidence> {
        let worse = worse_by(kpi, now, before)?;
        if worse <= Decimal::ZERO || kpi.unit() == Unit::Interval {
            return None;
        }
        let is_sound = |reading: &Reading| reading.sample.is_some() && !reading.is_small;
        if kpi.is_estimate() && !(is_sound(now) && is_sound(before)) {
            return None;
        }
        if let (Some(now), Some(before)) = (share(kpi, now), share(kpi, before)) {
            return self.proven(kpi, now, before);
        }
        let least = magnitude(before)?.abs();
        if worse < least.checked_mul(self.threshold.fraction())? {
            return None;
        }
        let threshold = self.threshold;
        Some(if kpi.is_estimate() {
            Evidence::Samples { threshold }
        } else {
            Evidence::Threshold { threshold }
        })
    }

    fn proven(&self, kpi: &Kpi, now: (Rate, u64), before: (Rate, u64)) -> Option<Evidence> {
        let (upper, lower) = match kpi.better() {
            Better::Down => (now, before),
            Better::Up | Better::Neither => (before, now),
        };
        let worse_by = proven_excess(upper, lower, self.confidence)?;
        let confidence = self.confidence;
        Some(Evidence::Interval {
            worse_by,
            confidence,
        })
    }
}

/// A share of records, and how many they are.
fn share(kpi: &Kpi, reading: &Reading) -> Option<(Rate, u64)> {
    let share = kpi.share_of_records(reading.value.as_ref().ok()?)?;
    Some((share, reading.sample?))
}

fn magnitude(reading: &Reading) -> Option<Decimal> {
    reading.value.as_ref().ok()?.known_magnitude()
}

/// How far a KPI went the way that is not better; below 0 where it went the other one.
pub(super) fn worse_by(kpi: &Kpi, now: &Reading, before: &Reading) -> Option<Decimal> {
    let currency = |reading: &Reading| reading.value.as_ref().ok().and_then(Value::currency);
    if currency(now) != currency(before) {
        return None;
    }
    let (now, before) = (magnitude(now)?, magnitude(before)?);
    match kpi.better() {
        Better::Up => before.checked_sub(now),
        Better::Down => now.checked_sub(before),
        Better::Neither => None,
    }
}

/// That as a share of what was before; none of 0.
pub(super) fn share_worse(kpi: &Kpi, now: &Reading, before: &Reading) -> Option<Decimal> {
    worse_by(kpi, now, before)?.checked_div(magnitude(before)?.abs())
}
