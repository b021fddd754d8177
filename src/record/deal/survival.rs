use crate::period::Scope;
use crate::record::{DealStanding, Facts};

/// How long a deal created in the period was open, as far as one sees from the as-of day, and how that ended: the one rule of what is told
/// of times of which some are not over yet.
///
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, date};
/// use sales_metrics::tally::DealSurvival;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let lost = Outcome::Lost { on: date(2026, 4, 9)? };
/// let deal = Deal::new("D-7", date(2026, 3, 1)?, lost, Currency::USD)?;
/// assert_eq!(deal.survival(q1), DealSurvival::Open { days: 30 });
/// let later = q1.as_of(date(2026, 6, 30)?)?;
/// assert_eq!(deal.survival(later), DealSurvival::ClosedOtherwise { days: 39 });
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DealSurvival {
    /// It was not created in the period, up to the as-of day.
    NotCreated,
    /// Nobody knows when it was created.
    WithoutCreation,
    /// It is a credit, which counts as nothing else.
    Credit,
    /// It closed before it was created.
    ClosedBeforeCreation,
    /// It was won by the as-of day.
    Won {
        /// From its creation to its close.
        days: u32,
    },
    /// It was lost or disqualified by the as-of day.
    ClosedOtherwise {
        /// From its creation to its close.
        days: u32,
    },
    /// It is open on the as-of day, whatever came of it later: it takes longer than this, and nobody knows how much.
    Open {
        /// From its creation to the as-of day.
        days: u32,
    },
}

impl DealSurvival {
    #[inline]
    pub(crate) fn of(facts: &Facts, scope: &Scope) -> Self {
        let Some(created) = facts.created() else {
            return Self::WithoutCreation;
        };
        if !scope.counts(created) {
            return Self::NotCreated;
        }
        if facts.is_credit() {
            return Self::Credit;
        }
        let standing = DealStanding::of(facts, scope);
        if standing.is_pending() {
            let days = scope.as_of_number().days_since(created).unwrap_or_default();
            return Self::Open { days };
        }
        match facts.cycle_days() {
            None => Self::ClosedBeforeCreation,
            Some(days) if standing.is_won_by_as_of() => Self::Won { days },
            Some(days) => Self::ClosedOtherwise { days },
        }
    }
}
