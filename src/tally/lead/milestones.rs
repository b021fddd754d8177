use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::{Lead, Milestone};
use crate::tally::Distribution;
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::impossible;
use crate::tally::priced::{MAX_RECORDS, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::store::DayCounts;
use crate::value::Days;

/// How many days leads took from one milestone to another, for each two of them: of the leads that reached the later one in the period, up to
/// the as-of day, whenever they arrived.
///
/// It has the verbs of a tally. Who is still on the way stands apart: [`WayTotals::waiting`](crate::tally::WayTotals::waiting).
///
/// ```
/// use sales_metrics::{Currency, Lead, Milestone, MilestoneTally, Period, Scope, date, day, kpi};
///
/// let leads = [
///     Lead::new("L-1", day("2026-01-05")?)?.with_accepted(date(2026, 1, 9)?)?,
///     Lead::new("L-2", day("2026-01-05")?)?.with_accepted(date(2026, 1, 15)?)?,
///     Lead::new("L-3", day("2026-01-05")?)?,
/// ];
/// let q1 = MilestoneTally::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// let (from, to) = (Milestone::Arrived, Milestone::Accepted);
/// assert_eq!(kpi::average_milestone_days(&q1, from, to)?.to_string(), "7 days");
/// assert_eq!(q1.way(from, to).waiting, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct MilestoneTally {
    scope: Scope,
    records: u64,
    /// Of each two milestones, in the order of [`ways`]. Invariant: of so many leads as there are days.
    totals: [WayTotals; WAYS],
    /// In the same order.
    days: [DayCounts; WAYS],
}

/// Of the leads on the way from one milestone to a later one: what a [`MilestoneTally`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WayTotals {
    /// The earlier milestone.
    pub from: Milestone,
    /// The later one.
    pub to: Milestone,
    /// Leads that reached the later one in the period, up to the as-of day, and the earlier one on that day or before it.
    pub arrived: u64,
    /// Leads that reached the later one in the period, and of which nobody knows that they had reached the earlier one: they have no day of it,
    /// or a later one. They are in no figure.
    pub without_start: u64,
    /// Leads that had reached the earlier one by the as-of day, whenever that was, and neither the later one nor one that comes after it, and
    /// that nobody has given up; nor, on the way to acceptance, has sales given them back. A lead does not know that its deal was lost: on the way
    /// to a win, it still is.
    pub waiting: u64,
}

impl WayTotals {
    fn none((from, to): (Milestone, Milestone)) -> Self {
        Self {
            from,
            to,
            arrived: 0,
            without_start: 0,
            waiting: 0,
        }
    }
}

const WAYS: usize = 15;

/// Each milestone but the first with each that comes before it: the one order of all ways.
fn ways() -> [(Milestone, Milestone); WAYS] {
    use Milestone::{Accepted, Arrived, Converted, MarketingQualified, SalesQualified, Won};
    [
        (Arrived, MarketingQualified),
        (Arrived, Accepted),
        (MarketingQualified, Accepted),
        (Arrived, SalesQualified),
        (MarketingQualified, SalesQualified),
        (Accepted, SalesQualified),
        (Arrived, Converted),
        (MarketingQualified, Converted),
        (Accepted, Converted),
        (SalesQualified, Converted),
        (Arrived, Won),
        (MarketingQualified, Won),
        (Accepted, Won),
        (SalesQualified, Won),
        (Converted, Won),
    ]
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    records: u64,
    totals: Vec<WayTotals>,
    days: Vec<Vec<(u64, u64)>>,
}

impl TryFrom<Wire> for MilestoneTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let mut tally = Self::new(wire.scope);
        tally.records = wire.records;
        let said = wire.totals.iter().map(|way| (way.from, way.to));
        let are_all = said.eq(ways()) && wire.days.len() == WAYS;
        expect_all(&[(
            are_all,
            "a milestone tally has each way once, in their order",
        )])?;
        for (way, said) in tally.totals.iter_mut().zip(wire.totals) {
            *way = said;
        }
        for (days, said) in tally.days.iter_mut().zip(wire.days) {
            *days = DayCounts::of_pairs(&said).ok_or_else(|| impossible(DAYS))?;
        }
        tally.checked()
    }
}

impl From<MilestoneTally> for Wire {
    fn from(tally: MilestoneTally) -> Self {
        Self {
            scope: tally.scope,
            records: tally.records,
            totals: tally.totals.to_vec(),
            days: tally.days.iter().map(DayCounts::pairs).collect(),
        }
    }
}

const DAYS: &str = "days of a way are in order, each once, at most 401766, and at least one lead's";

impl MilestoneTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            records: 0,
            totals: ways().map(WayTotals::none),
            days: Default::default(),
        }
    }

    /// Counts one more lead.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    pub fn record(&mut self, lead: &Lead) -> Result<(), Error> {
        let scope = self.scope;
        self.add(lead, &scope)
    }

    /// Adds the tally of other leads in the same scope.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope;
    /// [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        expect_room(self.records, other.records)?;
        self.records += other.records;
        for (way, more) in self.totals.iter_mut().zip(&other.totals) {
            way.arrived += more.arrived;
            way.without_start += more.without_start;
            way.waiting += more.waiting;
        }
        for (days, more) in self.days.iter_mut().zip(&other.days) {
            days.merge(more);
        }
        Ok(())
    }

    /// What it looks at. Its currency plays no part.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// All leads that were looked at, whether they count or not.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.records
    }

    /// How many leads there are on each way, that from the first milestone to the second one first.
    #[must_use]
    pub fn totals(&self) -> &[WayTotals] {
        &self.totals
    }

    /// The same from one milestone to another: of none, where the second does not come after the first.
    #[must_use]
    pub fn way(&self, from: Milestone, to: Milestone) -> WayTotals {
        let mut each = self.totals.iter();
        let found = each.find(|way| (way.from, way.to) == (from, to));
        found.copied().unwrap_or(WayTotals::none((from, to)))
    }

    /// From one milestone to another, of the leads that reached the second in the period and the first on that day or before it. None where the
    /// second does not come after the first.
    #[must_use]
    pub fn days(&self, from: Milestone, to: Milestone) -> Distribution<'_, Days> {
        static NONE: DayCounts = DayCounts::NONE;
        let mut each = self.totals.iter().zip(&self.days);
        let found = each.find(|(way, _)| (way.from, way.to) == (from, to));
        let days = found.map_or(&NONE, |(_, days)| days);
        Distribution::of_days(days, self.scope.currency())
    }

    /// Checks that some set of leads can have these counts.
    fn checked(self) -> Result<Self, Error> {
        let is_sound = |(way, days): (&WayTotals, &DayCounts)| {
            let reached = way.arrived.saturating_add(way.without_start);
            days.checked_count() == Some(way.arrived)
                && reached.saturating_add(way.waiting) <= self.records
        };
        expect_all(&[
            (self.records <= MAX_RECORDS, "records are at most 10^10"),
            (
                self.totals.iter().zip(&self.days).all(is_sound),
                "records are all leads looked at: at least those of every way, and of each that arrived there are days",
            ),
        ])?;
        Ok(self)
    }
}

verbs!(MilestoneTally of Lead, reads Everything, Scope, "[`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Lead> for MilestoneTally {
    type View = Scope;
    type Tally = Self;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    fn add(&mut self, lead: &Lead, scope: &Scope) -> Result<(), Error> {
        expect_room(self.records, 1)?;
        self.records += 1;
        let as_of = scope.as_of_number();
        let seen = lead.milestone_days().map(|on| on.filter(|on| *on <= as_of));
        let standing = lead.standing(*scope);
        let on = |milestone| {
            let mut each = Milestone::EACH.into_iter().zip(seen);
            each.find_map(|(each, on)| on.filter(|_| each == milestone))
        };
        let is_beyond = |milestone| {
            let mut each = Milestone::EACH.into_iter().zip(seen);
            each.any(|(each, on)| each > milestone && on.is_some())
        };
        for (way, days) in self.totals.iter_mut().zip(&mut self.days) {
            let start = on(way.from).and_then(Day::known);
            match on(way.to) {
                Some(end) if scope.counts(end) => {
                    match start.and_then(|start| end.days_since(start)) {
                        Some(took) => {
                            way.arrived += 1;
                            days.push(took);
                        }
                        None => way.without_start += 1,
                    }
                }
                Some(_) => {}
                None => {
                    let is_given_back = way.to == Milestone::Accepted && standing.is_rejected();
                    let is_out = standing.is_disqualified() || is_given_back;
                    let may_come = start.is_some() && !is_out && !is_beyond(way.to);
                    way.waiting += u64::from(may_come);
                }
            }
        }
        Ok(())
    }

    fn done(self, _: &Scope) -> Self {
        self
    }
}
