use core::fmt;

use crate::period::{Day, Scope};
use crate::record::LeadFacts;
use crate::record::lead::handover::Handover;

/// How a lead counts in a scope: the one rule, by which every tally counts.
///
/// A lead belongs to the period in which it arrived, up to the as-of day. What became of it (touched, qualified, converted,
/// won, given up) counts if it happened on or before the as-of day, in the period or after it. What happened in the period (contacted,
/// newly qualified, accepted) counts whenever it arrived. What was accepted and given back is what the later of the two days says; of one day,
/// accepted. Converted or given up on a day that nobody knows, it is so from whatever day one looks. Whether it is open is read on the [`evening`](Scope::evening). The days of its arrival
/// and of its first touch are those at their own offsets.
///
/// ```
/// use sales_metrics::{Currency, Lead, Period, Scope, date, instant};
///
/// let lead = Lead::new("L-7", instant("2026-02-03T09:00:00+01:00")?)?
///     .with_qualified(date(2026, 2, 5)?)?
///     .with_conversion("D-7", date(2026, 4, 9)?)?;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let standing = lead.standing(q1);
/// assert!(standing.is_arrived() && standing.is_qualified() && !standing.is_converted());
/// assert_eq!(standing.to_string(), "arrived in the period; qualified; open on the evening");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and none excludes another"
)]
pub struct LeadStanding {
    arrived: bool,
    /// Days from its arrival to the evening; none where it arrives later.
    age: Option<u32>,
    touched: bool,
    untouched_then: bool,
    contacted: bool,
    qualified: bool,
    newly_qualified: bool,
    passed: Passed,
    converted: bool,
    converted_undated: bool,
    won: bool,
    disqualified: bool,
    disqualified_undated: bool,
    closed_then: bool,
}

/// Which milestones between marketing and sales it has passed: of most leads nobody says any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and none excludes another"
)]
struct Passed {
    marketing_qualified: bool,
    newly_marketing_qualified: bool,
    sales_qualified: bool,
    newly_accepted: bool,
    accepted: bool,
    rejected: bool,
}

impl Passed {
    fn of(facts: &LeadFacts, handover: Option<&Handover>, scope: &Scope) -> Self {
        let by_then = |on: &Day| *on <= scope.as_of_number();
        let in_period = |on: Day| scope.counts(on);
        let accepted = handover.and_then(|said| said.accepted.filter(by_then));
        let rejected = handover.and_then(|said| said.rejected.filter(by_then));
        Self {
            marketing_qualified: facts.marketing_qualified.is_some_and(|on| by_then(&on)),
            newly_marketing_qualified: facts.marketing_qualified.is_some_and(in_period),
            sales_qualified: facts.sales_qualified.is_some_and(|on| by_then(&on)),
            newly_accepted: accepted.is_some_and(in_period),
            // None is before any day.
            accepted: accepted.is_some() && accepted >= rejected,
            rejected: rejected > accepted,
        }
    }
}

impl LeadStanding {
    /// But for milestones between marketing and sales. A tally asks this for every lead: an absent date compares as later than all, so that nothing but
    /// comparisons is left.
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "no branch: which way it goes is as good as random"
    )]
    #[inline]
    pub(crate) fn of(facts: &LeadFacts, scope: &Scope) -> Self {
        let (start, end) = scope.window();
        let (as_of, evening) = (scope.as_of_number(), scope.evening_day());
        let touched_on = facts.touched_on.unwrap_or(Day::NEVER);
        let by_then = |on: Option<Day>| on.unwrap_or(Day::NEVER) <= as_of;
        let converted_on = facts.converted.unwrap_or(Day::NEVER);
        let given_up_on = facts.disqualified.unwrap_or(Day::NEVER);
        let qualified_on = facts.qualified.unwrap_or(Day::NEVER);
        let converted = converted_on <= as_of;
        Self {
            arrived: (start <= facts.arrived_on) & (facts.arrived_on < end),
            age: evening.days_since(facts.arrived_on),
            touched: touched_on <= as_of,
            untouched_then: touched_on > evening,
            contacted: (start <= touched_on) & (touched_on < end),
            qualified: qualified_on <= as_of,
            newly_qualified: (start <= qualified_on) & (qualified_on < end),
            passed: Passed::default(),
            converted,
            converted_undated: converted_on == Day::FIRST,
            won: converted & by_then(facts.won),
            disqualified: given_up_on <= as_of,
            disqualified_undated: given_up_on == Day::FIRST,
            closed_then: converted_on.min(given_up_on) <= evening,
        }
    }

    /// The same with these.
    pub(super) fn with_milestones(
        self,
        facts: &LeadFacts,
        handover: Option<&Handover>,
        scope: &Scope,
    ) -> Self {
        let passed = Passed::of(facts, handover, scope);
        Self { passed, ..self }
    }

    /// Arrived in the period, up to the as-of day.
    #[must_use]
    #[inline]
    pub fn is_arrived(self) -> bool {
        self.arrived
    }

    /// Touched by a human on or before the as-of day.
    #[must_use]
    #[inline]
    pub fn is_touched(self) -> bool {
        self.touched
    }

    /// Touched for the first time in the period, up to the as-of day, whenever it arrived.
    #[must_use]
    #[inline]
    pub fn is_contacted(self) -> bool {
        self.contacted
    }

    /// Qualified on or before the as-of day.
    #[must_use]
    #[inline]
    pub fn is_qualified(self) -> bool {
        self.qualified
    }

    /// Qualified in the period, up to the as-of day, whenever it arrived.
    #[must_use]
    #[inline]
    pub fn is_newly_qualified(self) -> bool {
        self.newly_qualified
    }

    /// Qualified by marketing on or before the as-of day: an MQL.
    #[must_use]
    #[inline]
    pub fn is_marketing_qualified(self) -> bool {
        self.passed.marketing_qualified
    }

    /// Qualified by marketing in the period, up to the as-of day, whenever it arrived.
    #[must_use]
    #[inline]
    pub fn is_newly_marketing_qualified(self) -> bool {
        self.passed.newly_marketing_qualified
    }

    /// Accepted by sales on or before the as-of day, and not given back since: an SAL.
    #[must_use]
    #[inline]
    pub fn is_accepted(self) -> bool {
        self.passed.accepted
    }

    /// Given back by sales on or before the as-of day, and not accepted since.
    #[must_use]
    #[inline]
    pub fn is_rejected(self) -> bool {
        self.passed.rejected
    }

    /// Accepted by sales in the period, up to the as-of day, whenever it arrived, and whether it was given back or not.
    #[must_use]
    #[inline]
    pub fn is_newly_accepted(self) -> bool {
        self.passed.newly_accepted
    }

    /// Qualified by sales on or before the as-of day: an SQL.
    #[must_use]
    #[inline]
    pub fn is_sales_qualified(self) -> bool {
        self.passed.sales_qualified
    }

    /// An opportunity on or before the as-of day, or on one that nobody knows.
    #[must_use]
    #[inline]
    pub fn is_converted(self) -> bool {
        self.converted
    }

    /// An opportunity, since a day that nobody knows.
    #[must_use]
    #[inline]
    pub fn is_converted_undated(self) -> bool {
        self.converted_undated
    }

    /// An opportunity, and that one won, on or before the as-of day.
    #[must_use]
    #[inline]
    pub fn is_won(self) -> bool {
        self.won
    }

    /// Given up on or before the as-of day, or on one that nobody knows.
    #[must_use]
    #[inline]
    pub fn is_disqualified(self) -> bool {
        self.disqualified
    }

    /// Given up, on a day that nobody knows.
    #[must_use]
    #[inline]
    pub fn is_disqualified_undated(self) -> bool {
        self.disqualified_undated
    }

    /// Arrived in the period, and on the as-of day neither an opportunity nor given up: it may still become one.
    #[must_use]
    #[inline]
    pub fn is_pending(self) -> bool {
        self.arrived && !(self.converted || self.disqualified)
    }

    /// Here on the evening, and neither an opportunity nor given up.
    #[must_use]
    #[inline]
    pub fn is_open(self) -> bool {
        self.open_days().is_some()
    }

    /// Open on the evening, and not touched by a human by then.
    #[must_use]
    #[inline]
    pub fn is_open_untouched(self) -> bool {
        self.untouched_then && self.is_open()
    }

    /// How many days ago it arrived, seen from the evening, if it is open then.
    #[must_use]
    #[inline]
    pub fn open_days(self) -> Option<u32> {
        self.age.filter(|_| !self.closed_then)
    }

    /// Where it stands on the evening.
    fn stock(self) -> &'static str {
        if self.is_open() {
            "open on the evening"
        } else if self.closed_then {
            "closed by the evening"
        } else {
            "not here on the evening"
        }
    }
}

impl fmt::Display for LeadStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arrived = if self.arrived {
            "arrived in the period"
        } else {
            "did not arrive in the period"
        };
        let happened = [
            (self.touched, "touched"),
            (self.passed.marketing_qualified, "marketing-qualified"),
            (self.passed.accepted, "accepted"),
            (self.passed.rejected, "given back"),
            (self.qualified, "qualified"),
            (self.converted, "converted"),
            (self.won, "won"),
            (self.disqualified, "given up"),
        ];
        let words: Vec<&str> = happened
            .iter()
            .filter_map(|(holds, word)| holds.then_some(*word))
            .collect();
        let history = if words.is_empty() {
            "untouched".to_owned()
        } else {
            words.join(", ")
        };
        f.pad(&format!("{arrived}; {history}; {}", self.stock()))
    }
}
