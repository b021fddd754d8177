use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Deal, Record, Roster};
use crate::tally::engine::{Fill, verbs};
use crate::tally::priced::{MAX_RECORDS, Priced, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::team::{TeamScope, TeamTally, share_out};

/// The deals created in one scope by the reps of a roster: what is created per rep is read from it.
///
/// A deal is its owner's, by the day of its creation, where the owner was employed on that day; of a deal that reps share, each has a part of
/// the amount, as in a [`TeamTally`]. What is nobody's is [`unassigned`](CreatedTotals::unassigned). It has the verbs of a tally.
///
/// ```
/// use sales_metrics::{CreatedTally, Currency, Deal, Outcome, Period, Rep, Roster, Scope, date, kpi};
///
/// let created = |id, owner| Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_owner(owner)?.with_amount(9_000);
/// let deals = [created("D-1", "ada")?, created("D-2", "ben")?, created("D-3", "inbound-queue")?];
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?], [])?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_roster(&roster)?;
/// let team = CreatedTally::of(&deals, q1)?;
/// assert_eq!(kpi::pipeline_created_per_rep(&team)?.to_string(), "9000 USD");
/// assert_eq!(team.totals().unassigned.count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct CreatedTally {
    view: TeamScope,
    totals: CreatedTotals,
}

/// The counts and sums of a [`CreatedTally`]. The amounts of both parts add up to what was created; a deal of which both have a part
/// is in both counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreatedTotals {
    /// All deals that were looked at, whether they count or not.
    pub records: u64,
    /// Created by reps, on days of their employment: the deals of which a rep has a part, and what the parts of reps add up to.
    pub by_reps: Priced,
    /// Created by nobody in the roster: without an owner, of one who is not in it, or who was not employed on that day; and of the deals that
    /// reps share, the parts of such.
    pub unassigned: Priced,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    roster: Roster,
    totals: CreatedTotals,
}

impl TryFrom<Wire> for CreatedTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let totals = wire.totals;
        let most = totals.by_reps.count.max(totals.unassigned.count);
        let rules = [
            (
                most <= totals.records && totals.records <= MAX_RECORDS,
                "records are all deals looked at, and at most 10^10",
            ),
            (
                totals.by_reps.is_sound() && totals.unassigned.is_sound(),
                "priced deals are at most the count, and their amounts at most 10^14 each",
            ),
        ];
        expect_all(&rules)?;
        Ok(Self {
            view: wire.scope.with_roster(&wire.roster)?,
            totals,
        })
    }
}

impl From<CreatedTally> for Wire {
    fn from(tally: CreatedTally) -> Self {
        Self {
            scope: tally.scope(),
            roster: tally.roster().clone(),
            totals: tally.totals,
        }
    }
}

impl CreatedTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: TeamScope) -> Self {
        Self {
            view: scope,
            totals: CreatedTotals::default(),
        }
    }

    /// Counts one more deal.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    pub fn record(&mut self, deal: &Deal) -> Result<(), Error> {
        let view = self.view.clone();
        self.add(deal, &view)
    }

    /// Adds the tally of other deals in the same scope, with the same roster.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::RosterMismatch`](crate::ErrorKind::RosterMismatch) for another
    /// roster; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.view.expect_same(&other.view)?;
        let (ours, theirs) = (&mut self.totals, other.totals);
        expect_room(ours.records, theirs.records)?;
        ours.records += theirs.records;
        ours.by_reps = ours.by_reps.plus(theirs.by_reps);
        ours.unassigned = ours.unassigned.plus(theirs.unassigned);
        Ok(())
    }

    /// What it looks at, but for the roster.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.view.scope()
    }

    /// The reps whose deals it counts.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        self.view.roster()
    }

    /// How many reps worked on at least one day of the period, up to the as-of day.
    #[must_use]
    pub fn active_reps(&self) -> u64 {
        TeamTally::new(self.view.clone()).active_reps()
    }

    /// Its counts and sums.
    #[must_use]
    pub fn totals(&self) -> CreatedTotals {
        self.totals
    }

    /// Gives each part of a deal that was created in the scope to the reps or to nobody.
    fn give(&mut self, deal: &Deal) {
        let Some(on) = deal.facts().created() else {
            return;
        };
        let (mut theirs, mut rest) = (Priced::default(), Priced::default());
        share_out(deal, on, &self.view, &mut |seller, part| {
            let sum = if seller.is_some() {
                &mut theirs
            } else {
                &mut rest
            };
            sum.add(part.amount);
        });
        let totals = &mut self.totals;
        totals.by_reps = totals.by_reps.plus(as_one(theirs));
        totals.unassigned = totals.unassigned.plus(as_one(rest));
    }
}

/// Parts of one deal together, all of them with an amount or none.
fn as_one(parts: Priced) -> Priced {
    Priced {
        count: parts.count.min(1),
        priced: parts.priced.min(1),
        amount: parts.amount,
    }
}

verbs!(CreatedTally of Deal, reads Everything, TeamScope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a deal in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Deal> for CreatedTally {
    type View = TeamScope;
    type Tally = Self;

    fn empty(view: &TeamScope) -> Self {
        Self::new(view.clone())
    }

    #[inline]
    fn add(&mut self, deal: &Deal, view: &TeamScope) -> Result<(), Error> {
        deal.expect_currency(view.scope().currency())?;
        expect_room(self.totals.records, 1)?;
        self.totals.records += 1;
        if deal.standing(view.scope()).is_created() {
            self.give(deal);
        }
        Ok(())
    }

    fn done(self, _: &TeamScope) -> Self {
        self
    }
}
