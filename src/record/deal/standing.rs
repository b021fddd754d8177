use core::fmt;

use crate::period::{Day, Scope};
use crate::record::{DealStatus, Facts};

/// How a deal counts in a scope: the one rule, by which every tally counts.
///
/// What happened (created, won, lost, disqualified) counts where its date lies in the period and not after the as-of day.
/// What is (open or not) is read on the evening of the as-of day.
///
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, date};
/// use sales_metrics::tally::DealStock;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deal = Deal::new("D-7", date(2026, 2, 3)?, Outcome::Won { on: date(2026, 4, 9)? }, Currency::USD)?;
///
/// let standing = deal.standing(q1);
/// assert!(standing.is_created() && !standing.is_won());
/// assert_eq!(standing.stock(), DealStock::OpenThen);
/// assert_eq!(standing.to_string(), "created in the period; open on the as-of day, closed since");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DealStanding {
    created: bool,
    /// Counted as closed: in the period, up to the as-of day.
    closed: Option<DealStatus>,
    /// How it has ended by today's records.
    ending: Option<DealStatus>,
    /// Days from its creation to the as-of day; none where it is created later.
    age: Option<u32>,
    closed_by_then: bool,
    expected: bool,
}

/// Where a deal stands on the evening of the as-of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DealStock {
    /// It does not exist yet.
    NotYet,
    /// It is open, and still is by today's records.
    Open,
    /// It was open then and has closed since: what today's record says of its amount, stage or probability is hindsight.
    OpenThen,
    /// It is closed.
    Closed,
}

impl DealStanding {
    /// A tally asks this for every deal: an absent date compares as later than all, so that nothing but comparisons is left.
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "no branch: which way it goes is as good as random"
    )]
    #[inline]
    pub(crate) fn of(facts: &Facts, scope: &Scope) -> Self {
        let (start, end) = scope.window();
        let (_, period_end) = scope.period().bounds();
        let as_of = scope.as_of_number();
        let ending = facts.ending.map(|ending| ending.status);
        let on = facts.ending.map_or(Day::NEVER, |ending| ending.on);
        let expected = facts.expected_close.unwrap_or(Day::NEVER);
        let closed = (start <= on) & (on < end);
        Self {
            created: (start <= facts.created) & (facts.created < end),
            closed: if closed { ending } else { None },
            ending,
            age: as_of.days_since(facts.created),
            closed_by_then: on <= as_of,
            expected: (start <= expected) & (expected < period_end),
        }
    }

    /// Created in the period, up to the as-of day.
    #[must_use]
    #[inline]
    pub fn is_created(self) -> bool {
        self.created
    }

    /// Won in the period, up to the as-of day.
    #[must_use]
    #[inline]
    pub fn is_won(self) -> bool {
        self.closed == Some(DealStatus::Won)
    }

    /// Lost in the period, up to the as-of day.
    #[must_use]
    #[inline]
    pub fn is_lost(self) -> bool {
        self.closed == Some(DealStatus::Lost)
    }

    /// Disqualified in the period, up to the as-of day.
    #[must_use]
    #[inline]
    pub fn is_disqualified(self) -> bool {
        self.closed == Some(DealStatus::Disqualified)
    }

    /// Won on or before the as-of day, in the period or not: what [`cohort_win_rate`](crate::kpi::cohort_win_rate) asks.
    #[must_use]
    #[inline]
    pub fn is_won_by_as_of(self) -> bool {
        self.closed_by_then && (self.ending == Some(DealStatus::Won))
    }

    /// Open on the evening of the as-of day.
    #[must_use]
    #[inline]
    pub fn is_open(self) -> bool {
        self.age.is_some() && !self.closed_by_then
    }

    /// Open on the evening of the as-of day, and expected to close in the period.
    #[must_use]
    #[inline]
    pub fn is_expected(self) -> bool {
        self.expected && self.is_open()
    }

    /// How many days old it is on the as-of day, if it is open then.
    #[must_use]
    #[inline]
    pub fn open_days(self) -> Option<u32> {
        self.age.filter(|_| !self.closed_by_then)
    }

    /// Where it stands on the evening of the as-of day.
    #[must_use]
    #[inline]
    pub fn stock(self) -> DealStock {
        match (self.closed_by_then, self.age, self.ending) {
            (true, _, _) => DealStock::Closed,
            (false, None, _) => DealStock::NotYet,
            (false, Some(_), Some(_)) => DealStock::OpenThen,
            (false, Some(_), None) => DealStock::Open,
        }
    }

    /// How it closed in the period, if it did.
    #[inline]
    pub(crate) fn closed(self) -> Option<DealStatus> {
        self.closed
    }

    /// Open on the as-of day, and closed since.
    #[inline]
    pub(crate) fn is_open_then(self) -> bool {
        self.is_open() && self.ending.is_some()
    }
}

impl fmt::Display for DealStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let created = if self.created {
            "created in the period"
        } else {
            "not created in the period"
        };
        let now = match (self.closed, self.stock()) {
            (Some(DealStatus::Won), _) => "won in it",
            (Some(DealStatus::Lost), _) => "lost in it",
            (Some(DealStatus::Disqualified), _) => "disqualified in it",
            (_, DealStock::NotYet) => "does not exist on the as-of day",
            (_, DealStock::Open) => "open on the as-of day",
            (_, DealStock::OpenThen) => "open on the as-of day, closed since",
            (_, DealStock::Closed) => "closed by the as-of day, outside of the period",
        };
        f.pad(&format!("{created}; {now}"))
    }
}
