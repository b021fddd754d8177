use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::record::{Amount, DealStanding, DealStatus, Facts, Share};
use crate::tally::error::too_large;
use crate::tally::given::given;
use crate::tally::priced::{MAX_DAYS, MAX_RECORDS, Priced, expect_room, fits};
use crate::tally::rules::expect_all;
use crate::value::{AmountSum, WeightedSum};

/// Won deals that have an amount and another price to hold against it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Paired {
    /// How many deals have both.
    pub count: u64,
    /// The sum of their amounts.
    pub amount: AmountSum,
    /// The sum of their costs or list prices.
    pub other: AmountSum,
}

/// Closed deals and how long they took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cycle {
    /// How many deals have sound dates.
    pub count: u64,
    /// The sum of their days from start to close.
    pub days: u64,
    /// How many closed before they started; their days are not in the sum.
    pub unsound: u64,
}

/// Open deals that have both an amount and a probability.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Weighed {
    /// How many deals have both.
    pub count: u64,
    /// The sum of amount times probability.
    pub amount: WeightedSum,
}

given! {
    /// Everything a [`DealTally`](crate::DealTally) counts: what one reads from it, and the form in which ready-made totals go in.
    ///
    /// In the period means: dated in it, and not after the as-of day. Open means: on the [`evening`](crate::Scope::evening).
    #[derive(Copy)]
    pub struct DealTotals {
        /// All deals that were looked at, whether they count or not.
        pub(super) records: u64,
        /// Created in the period.
        pub(super) created: Priced,
        /// Those of which nobody knows when they were created, of all records.
        pub(super) without_creation: u64,
        /// Of the created ones, those won on or before the as-of day.
        pub(super) cohort_won: u64,
        /// Of the created ones, those not closed by the as-of day.
        pub(super) cohort_open: u64,
        /// Won in the period.
        pub(super) won: Priced,
        /// Given back to customers in the period: won at a negative amount, here a positive sum. They are in no other counter but
        /// `records` and `without_creation`.
        pub(super) credits: Priced,
        /// Lost in the period.
        pub(super) lost: Priced,
        /// Disqualified in the period.
        pub(super) disqualified: Priced,
        /// Of the won ones, those with an amount and a cost.
        pub(super) costed: Paired,
        /// Of the won ones, those with an amount and a list price.
        pub(super) listed: Paired,
        /// Of the won ones, from creation to close.
        pub(super) won_cycle: Cycle,
        /// Of the lost ones, from creation to close.
        pub(super) lost_cycle: Cycle,
        /// Of the won ones that have a first contact, from there to close.
        pub(super) contact_cycle: Cycle,
        /// Open.
        pub(super) open: Priced,
        /// Of the open ones, those that have closed since.
        pub(super) open_then: u64,
        /// Of the open ones, the days since their creation, where that is known.
        pub(super) open_days: u64,
        /// Of the open ones, those of which nobody knows when they were created.
        pub(super) open_without_creation: u64,
        /// Of the open ones, those expected to close in the period.
        pub(super) expected: Priced,
        /// Of the open ones, those expected to close before the period, once it has begun.
        pub(super) overdue: Priced,
        /// Of the open ones, those without an expected close.
        pub(super) without_expected_close: u64,
        /// Of the open ones, those with an amount and a probability.
        pub(super) weighed: Weighed,
        /// Of the expected and the overdue ones, those with an amount and a probability.
        pub(super) due_weighed: Weighed,
    }
}

impl Paired {
    /// So many deals with both, what their amounts add up to, and their costs or list prices.
    #[must_use]
    pub fn of(count: u64, amount: AmountSum, other: AmountSum) -> Self {
        Self {
            count,
            amount,
            other,
        }
    }

    #[inline]
    pub(in crate::tally) fn add(&mut self, amount: Option<Amount>, other: Option<Amount>) {
        if let (Some(amount), Some(other)) = (amount, other) {
            self.count += 1;
            self.amount.add(u128::from(amount.units()));
            self.other.add(u128::from(other.units()));
        }
    }

    fn plus(mut self, other: Self) -> Self {
        self.count += other.count;
        self.amount.add(other.amount.units());
        self.other.add(other.other.units());
        self
    }

    fn is_part_of(self, won: Priced) -> bool {
        self.count <= won.priced
            && self.amount <= won.amount
            && fits(self.amount, self.count)
            && fits(self.other, self.count)
    }
}

impl Cycle {
    /// So many deals with sound dates, and what their days add up to.
    #[must_use]
    pub fn of(count: u64, days: u64) -> Self {
        Self {
            count,
            days,
            unsound: 0,
        }
    }

    /// The same, with so many more that closed before they started.
    #[must_use]
    pub fn with_unsound(mut self, unsound: u64) -> Self {
        self.unsound = unsound;
        self
    }

    #[inline]
    pub(in crate::tally) fn add(&mut self, days: Option<u32>) {
        self.count += u64::from(days.is_some());
        self.unsound += u64::from(days.is_none());
        self.days += u64::from(days.unwrap_or_default());
    }

    pub(crate) fn plus(mut self, other: Self) -> Self {
        self.count += other.count;
        self.days += other.days;
        self.unsound += other.unsound;
        self
    }

    fn is_part_of(self, closed: Priced) -> bool {
        self.count.saturating_add(self.unsound) <= closed.count
            && self.days <= self.count.saturating_mul(MAX_DAYS)
    }
}

impl Weighed {
    /// So many deals with both, and what amount times probability adds up to.
    #[must_use]
    pub fn of(count: u64, amount: WeightedSum) -> Self {
        Self { count, amount }
    }

    /// These and one more open deal, if it has both an amount and a probability.
    // Without a branch on what it has: which way that goes is as good as random.
    #[inline]
    fn with(self, amount: Option<Amount>, probability: Option<Share>) -> Result<Self, Error> {
        let units = amount.map_or(0, Amount::units);
        let millionths = probability.map_or(0, Share::millionths);
        Ok(Self {
            count: self.count + u64::from(amount.is_some() & probability.is_some()),
            amount: weighed_sum(self.amount, u128::from(units) * u128::from(millionths))?,
        })
    }
}

impl Weighed {
    fn plus(self, other: Self) -> Result<Self, Error> {
        Ok(Self {
            count: self.count + other.count,
            amount: weighed_sum(self.amount, other.amount.units())?,
        })
    }

    /// Whether it can be a part of both together.
    fn is_part_of(self, [one, other]: [Priced; 2]) -> bool {
        let amounts = one.amount.units().saturating_add(other.amount.units());
        let most = u128::from(self.count).saturating_mul(u128::from(Amount::MAX_UNITS));
        self.count <= one.priced.saturating_add(other.priced)
            && self.amount.units() <= most.min(amounts).saturating_mul(Share::WHOLE.into())
    }
}

impl DealTotals {
    /// Counts a deal. Nothing has changed where it fails.
    #[inline]
    pub(in crate::tally) fn add(&mut self, facts: &Facts, scope: &Scope) -> Result<(), Error> {
        let standing = DealStanding::of(facts, scope);
        let amount = facts.amount();
        expect_room(self.records, 1)?;
        if standing.is_open() {
            self.add_open(standing, amount, facts)?;
        }
        self.records += 1;
        self.without_creation += u64::from(facts.created().is_none());
        if standing.is_credit() {
            self.credits.add(facts.credit());
        }
        if standing.is_created() {
            self.created.add(amount);
            self.cohort_won += u64::from(standing.is_won_by_as_of());
            self.cohort_open += u64::from(standing.is_pending());
        }
        match standing.closed() {
            Some(DealStatus::Won) => self.add_won(amount, facts),
            Some(DealStatus::Lost) => {
                self.lost.add(amount);
                if facts.created().is_some() {
                    self.lost_cycle.add(facts.cycle_days());
                }
            }
            Some(DealStatus::Disqualified) => self.disqualified.add(amount),
            Some(DealStatus::Open) | None => {}
        }
        Ok(())
    }

    #[inline]
    fn add_won(&mut self, amount: Option<Amount>, facts: &Facts) {
        self.won.add(amount);
        self.costed.add(amount, facts.cost);
        self.listed.add(amount, facts.list_price);
        if facts.created().is_some() {
            self.won_cycle.add(facts.cycle_days());
        }
        if let Some(first_contact) = facts.first_contact {
            self.contact_cycle.add(facts.days_to_close(first_contact));
        }
    }

    /// Nothing has changed where it fails.
    #[inline]
    fn add_open(
        &mut self,
        standing: DealStanding,
        amount: Option<Amount>,
        facts: &Facts,
    ) -> Result<(), Error> {
        let weighed = self.weighed.with(amount, facts.probability)?;
        if standing.is_expected() || standing.is_overdue() {
            self.due_weighed = self.due_weighed.with(amount, facts.probability)?;
            let due = if standing.is_expected() {
                &mut self.expected
            } else {
                &mut self.overdue
            };
            due.add(amount);
        }
        self.weighed = weighed;
        self.open.add(amount);
        self.open_then += u64::from(standing.is_open_then());
        let days = standing.open_days();
        self.open_days += u64::from(days.unwrap_or_default());
        self.open_without_creation += u64::from(days.is_none());
        self.without_expected_close += u64::from(facts.expected_close.is_none());
        Ok(())
    }

    /// The sums of both, which must be totals of different deals: not settled yet, nor checked.
    pub(in crate::tally) fn plus(self, other: Self) -> Result<Self, Error> {
        Ok(Self {
            missing: self.missing.or(other.missing),
            records: self.records + other.records,
            created: self.created.plus(other.created),
            without_creation: self.without_creation + other.without_creation,
            cohort_won: self.cohort_won + other.cohort_won,
            cohort_open: self.cohort_open + other.cohort_open,
            won: self.won.plus(other.won),
            credits: self.credits.plus(other.credits),
            lost: self.lost.plus(other.lost),
            disqualified: self.disqualified.plus(other.disqualified),
            costed: self.costed.plus(other.costed),
            listed: self.listed.plus(other.listed),
            won_cycle: self.won_cycle.plus(other.won_cycle),
            lost_cycle: self.lost_cycle.plus(other.lost_cycle),
            contact_cycle: self.contact_cycle.plus(other.contact_cycle),
            open: self.open.plus(other.open),
            open_then: self.open_then + other.open_then,
            open_days: self.open_days + other.open_days,
            open_without_creation: self.open_without_creation + other.open_without_creation,
            expected: self.expected.plus(other.expected),
            overdue: self.overdue.plus(other.overdue),
            without_expected_close: self.without_expected_close + other.without_expected_close,
            weighed: self.weighed.plus(other.weighed)?,
            due_weighed: self.due_weighed.plus(other.due_weighed)?,
        })
    }

    /// Checks that some set of deals can have these totals, as far as those that are given show it: a whole that is missing is as
    /// large as it may be, and a part of it that is missing is 0.
    pub(in crate::tally) fn checked(self) -> Result<Self, Error> {
        let records = self.records().unwrap_or(MAX_RECORDS);
        let whole = |group: Result<Priced, Undefined>| group.unwrap_or(Priced::most(records));
        let [created, won, lost, open] =
            [self.created(), self.won(), self.lost(), self.open()].map(whole);
        let groups = [
            self.created,
            self.won,
            self.credits,
            self.lost,
            self.disqualified,
            self.open,
        ];
        let closed = [
            self.won,
            self.credits,
            self.lost,
            self.disqualified,
            self.open,
        ];
        let at_once = closed
            .iter()
            .fold(0_u64, |sum, group| sum.saturating_add(group.count));
        let due = match (self.expected(), self.overdue()) {
            (Ok(expected), Ok(overdue)) => [expected, overdue],
            _ => [open, Priced::none(0)],
        };
        let rules = [
            (records <= MAX_RECORDS, "records are at most 10^10"),
            (
                groups.iter().all(|group| group.is_sound()),
                "priced deals are at most the count, and their amounts at most 10^14 each",
            ),
            (
                at_once <= records
                    && self.created.count.saturating_add(self.without_creation) <= records,
                "records are all deals looked at: at least created + without_creation, and at least won + credits + lost + disqualified + open",
            ),
            (
                self.credits.unpriced() == 0,
                "credits are deals of an amount",
            ),
            (
                self.cohort_won.saturating_add(self.cohort_open) <= created.count,
                "cohort_won and cohort_open are parts of created",
            ),
            (
                self.costed.is_part_of(won) && self.listed.is_part_of(won),
                "costed and listed deals are parts of the priced won ones",
            ),
            (
                self.won_cycle.is_part_of(won)
                    && self.lost_cycle.is_part_of(lost)
                    && self.contact_cycle.is_part_of(won),
                "cycles are of deals won or lost, at most 401766 days each",
            ),
            (
                [self.expected, self.overdue].iter().all(|due| {
                    due.is_sound()
                        && due.count <= records
                        && (self.open().is_err() || due.is_part_of(open))
                }),
                "expected and overdue deals are parts of the open ones",
            ),
            (
                self.expected
                    .count
                    .saturating_add(self.overdue.count)
                    .saturating_add(self.without_expected_close)
                    <= open.count,
                "deals expected, overdue and without an expected close are parts of the open ones",
            ),
            (
                self.open_then <= open.count && self.cohort_open <= open.count,
                "open_then and cohort_open are parts of open",
            ),
            (
                self.open_without_creation <= open.count
                    && self.open_days <= open.count.saturating_mul(MAX_DAYS),
                "open deals are at most 401766 days old each, and those without a creation a part of them",
            ),
            (
                self.weighed.is_part_of([open, Priced::none(0)]),
                "weighed deals are a part of the priced open ones, and weigh at most their amounts",
            ),
            (
                self.due_weighed.is_part_of(due),
                "weighed deals that are due are a part of the priced ones expected and overdue, and weigh at most their amounts",
            ),
            (
                self.weighed().is_err()
                    || (self.due_weighed.count <= self.weighed.count
                        && self.due_weighed.amount <= self.weighed.amount),
                "weighed deals that are due are a part of the weighed ones",
            ),
        ];
        expect_all(&rules)?;
        Ok(self)
    }
}

#[inline]
fn weighed_sum(sum: WeightedSum, units: u128) -> Result<WeightedSum, Error> {
    sum.checked_add(units)
        .ok_or_else(|| too_large("the sum of amount times probability"))
}
