use core::borrow::Borrow;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::{Activity, Deal, MeetingStatus};
use crate::tally::deal::DealTally;
use crate::tally::deal::contains::contains;
use crate::tally::engine::Fill;
use crate::tally::priced::{MAX_RECORDS, Priced, are_by_day, expect_room};
use crate::tally::rules::{WHOLE, expect_all};
use crate::tally::store::{Join, Ledger};
use crate::value::DealId;

/// A [`DealTally`], and the open deals by how long nobody has done anything about them: deals joined to the activities that name them.
///
/// [`tally`](Self::tally) is the part of a fixed size, which the other KPIs take.
///
/// ```
/// use sales_metrics::{Activity, ActivityKind, Currency, Deal, Outcome, Period, QuietTally, Scope, date, instant, kpi};
///
/// let open = |id| Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(1_000);
/// let at = instant("2026-03-20T10:00:00+01:00")?;
/// let calls = [Activity::new("A-1", ActivityKind::Call, at)?.with_deal("D-1")?];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = QuietTally::of([open("D-1")?, open("D-2")?], &calls, q1)?;
/// assert_eq!(kpi::stale_pipeline(&deals, 30)?.count(), 1);
/// assert_eq!(kpi::open_deals(deals.tally())?, 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct QuietTally {
    tally: DealTally,
    /// How many activities name a deal, of whatever day.
    naming: u64,
    /// The open deals by the largest number of days for which they are stale; those of the evening's own day are not among them.
    quiet: Ledger<u32, Priced>,
}

/// The last day on which something was done about a deal.
#[derive(Clone)]
struct LastDay(Day);

impl Join for LastDay {
    fn join(&mut self, other: &Self) {
        self.0 = self.0.max(other.0);
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    tally: DealTally,
    naming: u64,
    quiet: Vec<(u32, Priced)>,
}

impl TryFrom<Wire> for QuietTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        expect_all(&[(are_by_day(&wire.quiet), OF_TALLY)])?;
        Self {
            tally: wire.tally,
            naming: wire.naming,
            quiet: Ledger::of(wire.quiet),
        }
        .checked()
    }
}

impl From<QuietTally> for Wire {
    fn from(quiet: QuietTally) -> Self {
        Self {
            tally: quiet.tally,
            naming: quiet.naming,
            quiet: quiet.quiet.sorted().into_iter().collect(),
        }
    }
}

contains!(QuietTally);

impl QuietTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            tally: DealTally::new(scope),
            naming: 0,
            quiet: Ledger::new(),
        }
    }

    /// The tally of these deals, and of what was done about them up to the [`evening`](Scope::evening). A meeting that was put off is nothing
    /// that was done; the one that stands for it is. Activities that name another deal show that deals are named at all, and no more: give
    /// each to one part alone, or to a group that stands alone. Those that name none play no part.
    ///
    /// # Errors
    /// As [`DealTally::of`]; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge) for more than 10¹⁰ activities.
    pub fn of<D, A>(deals: D, activities: A, scope: Scope) -> Result<Self, Error>
    where
        D: IntoIterator,
        D::Item: Borrow<Deal>,
        A: IntoIterator,
        A::Item: Borrow<Activity>,
    {
        let mut quiet = Self::new(scope);
        let mut last = Ledger::new();
        for activity in activities {
            quiet.note(activity.borrow(), &mut last)?;
        }
        for deal in deals {
            quiet.add(deal.borrow(), &last)?;
        }
        Ok(quiet)
    }

    fn note(
        &mut self,
        activity: &Activity,
        last: &mut Ledger<DealId, LastDay>,
    ) -> Result<(), Error> {
        let Some(deal) = activity.deal() else {
            return Ok(());
        };
        expect_room(self.naming, 1)?;
        self.naming += 1;
        let facts = activity.facts();
        let is_put_off = facts.status == Some(MeetingStatus::Rescheduled);
        if !is_put_off && facts.on <= self.scope().evening_day() {
            last.put(deal, LastDay(facts.on));
        }
        Ok(())
    }

    fn add(&mut self, deal: &Deal, last: &Ledger<DealId, LastDay>) -> Result<(), Error> {
        let scope = self.scope();
        Fill::add(&mut self.tally, deal, &scope)?;
        let age = deal.standing(scope).open_days();
        // It must be older than the days that are asked for, and the last activity as many days back.
        let Some(most) = age.and_then(|age| age.checked_sub(1)) else {
            return Ok(());
        };
        let since = last.get(deal.id()).map(|last| last.0);
        let since = since.and_then(|day| scope.evening_day().days_since(day));
        let one = Priced::of(deal.facts().amount());
        self.quiet
            .put(&since.map_or(most, |since| since.min(most)), one);
        Ok(())
    }

    /// Adds the tally of other deals, and of the activities that name them, in the same scope.
    ///
    /// # Errors
    /// As [`DealTally::merge`]; the tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        expect_room(self.naming, other.naming)?;
        self.tally.merge(&other.tally)?;
        self.naming += other.naming;
        self.quiet.merge(&other.quiet);
        Ok(())
    }

    /// How many activities name a deal, whichever and whenever.
    #[must_use]
    pub fn naming_a_deal(&self) -> u64 {
        self.naming
    }

    /// The open deals that were created more than so many days before the evening, and about which nothing was done in the so many days up to
    /// it. Those of unknown creation are not among them.
    #[must_use]
    pub fn quiet_for(&self, days: u32) -> Priced {
        let mut sum = Priced::default();
        for (most, deals) in self.quiet.iter() {
            if days <= *most {
                sum = sum.plus(*deals);
            }
        }
        sum
    }

    /// Checks that the quiet deals are some of those that the tally counts as open.
    fn checked(self) -> Result<Self, Error> {
        let totals = self.tally.totals();
        let agree = self.quiet_for(0).is_part_of(totals.open) && self.naming <= MAX_RECORDS;
        expect_all(&[(totals.is_whole(), WHOLE), (agree, OF_TALLY)])?;
        Ok(self)
    }
}

const OF_TALLY: &str = "quiet deals are some of those that their tally counts as open";
