use core::fmt;

use crate::period::{Day, Scope};
use crate::record::{DealStatus, Facts};

/// How a deal counts in a scope: the one rule, by which every tally counts.
///
/// What happened (created, won, lost, disqualified) counts where its date lies in the period and not after the as-of day.
/// What is (open or not) is read on the evening of the period's last day, or of the as-of day where that is earlier.
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
/// assert_eq!(standing.to_string(), "created in the period; open on the evening, closed since");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and none excludes another"
)]
pub struct DealStanding {
    created: bool,
    /// Counted as closed: in the period, up to the as-of day.
    closed: Option<DealStatus>,
    /// How it has ended by today's records.
    ending: Option<DealStatus>,
    /// Days from its creation to the evening; none where it is created later, or nobody knows when.
    age: Option<u32>,
    exists: bool,
    /// Won at a negative amount, by close date.
    credit: bool,
    closed_by_then: bool,
    closed_by_as_of: bool,
    expected: bool,
    overdue: bool,
}

/// Where a deal stands on the [`evening`](Scope::evening).
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
        let (as_of, evening) = (scope.as_of_number(), scope.evening_day());
        let ending = facts.ending.map(|ending| ending.status);
        let on = facts.ending.map_or(Day::NEVER, |ending| ending.on);
        let expected = facts.expected_close.unwrap_or(Day::NEVER);
        let closed = (start <= on) & (on < end);
        let created = facts.created_or_never();
        let standing = Self {
            created: (start <= created) & (created < end),
            closed: if closed { ending } else { None },
            ending,
            age: evening.days_since(created),
            exists: facts.since() <= evening,
            credit: false,
            closed_by_then: on <= evening,
            closed_by_as_of: on <= as_of,
            expected: (start <= expected) & (expected < period_end),
            overdue: (expected < start) & (start <= evening),
        };
        if facts.is_negative() {
            return standing.of_negative(facts);
        }
        standing
    }

    /// Of a deal whose amount is below 0: a credit, where it was won, counts as nothing else.
    // Only here is it asked how the deal ended: asked of every deal, that is one more branch that is as good as random.
    #[cold]
    fn of_negative(self, facts: &Facts) -> Self {
        if !facts.is_credit() {
            return self;
        }
        Self {
            created: false,
            closed: None,
            exists: false,
            credit: self.closed.is_some(),
            ..self
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

    /// A credit of the period, up to the as-of day: won at a negative amount, which was given back to a customer. It counts as nothing
    /// else: neither created nor open, no win and no decision.
    #[must_use]
    #[inline]
    pub fn is_credit(self) -> bool {
        self.credit
    }

    /// Won on or before the as-of day, in the period or not: what [`cohort_win_rate`](crate::kpi::cohort_win_rate) asks.
    #[must_use]
    #[inline]
    pub fn is_won_by_as_of(self) -> bool {
        self.closed_by_as_of && self.ending == Some(DealStatus::Won)
    }

    /// Created in the period, and not closed by the as-of day: it may still be won.
    #[must_use]
    #[inline]
    pub fn is_pending(self) -> bool {
        self.created && !self.closed_by_as_of
    }

    /// Open on the evening.
    #[must_use]
    #[inline]
    pub fn is_open(self) -> bool {
        self.exists && !self.closed_by_then
    }

    /// Open on the evening, and expected to close in the period.
    #[must_use]
    #[inline]
    pub fn is_expected(self) -> bool {
        self.expected && self.is_open()
    }

    /// Open on the evening, and expected to close before the period, which has begun.
    #[must_use]
    #[inline]
    pub fn is_overdue(self) -> bool {
        self.overdue && self.is_open()
    }

    /// How many days old it is on the evening, if it is open then and its creation is known.
    #[must_use]
    #[inline]
    pub fn open_days(self) -> Option<u32> {
        self.age.filter(|_| self.is_open())
    }

    /// Where it stands on the evening.
    #[must_use]
    #[inline]
    pub fn stock(self) -> DealStock {
        match (self.closed_by_then, self.exists, self.ending) {
            (true, _, _) => DealStock::Closed,
            (false, false, _) => DealStock::NotYet,
            (false, true, Some(_)) => DealStock::OpenThen,
            (false, true, None) => DealStock::Open,
        }
    }

    /// How it closed in the period, if it did.
    #[inline]
    pub(crate) fn closed(self) -> Option<DealStatus> {
        self.closed
    }

    /// Open on the evening, and closed since.
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
            _ if self.credit => "a credit of it",
            (Some(DealStatus::Won), _) => "won in it",
            (Some(DealStatus::Lost), _) => "lost in it",
            (Some(DealStatus::Disqualified), _) => "disqualified in it",
            (_, DealStock::NotYet) => "does not exist on the evening",
            (_, DealStock::Open) => "open on the evening",
            (_, DealStock::OpenThen) => "open on the evening, closed since",
            (_, DealStock::Closed) => "closed by the evening, outside of the period",
        };
        f.pad(&format!("{created}; {now}"))
    }
}
