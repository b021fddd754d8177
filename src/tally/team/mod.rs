mod quota_days;
mod scope;
mod totals;

pub use scope::TeamScope;
pub use totals::{RepWins, TeamTotals};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::period::{Day, Scope, days_between};
use crate::record::{Amount, Deal, Record, Rep, Roster};
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::TallyProblem;
use crate::tally::priced::{Priced, expect_room};
use crate::tally::team::scope::{Expected, Target};
use crate::value::RepId;

/// The won deals of one scope by the reps of a roster: what every KPI of reps and quotas is read from.
///
/// A deal is its owner's, by the close date. What a tally is and how it adds up: [`tally`](crate::tally).
///
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let (q1, won) = (Period::quarter(2026, 1)?, Outcome::Won { on: date(2026, 2, 20)? });
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_owner("ada")?.with_amount(90_000)?,
///     Deal::new("D-2", date(2026, 1, 9)?, won, Currency::USD)?.with_owner("ben")?.with_amount(60_000)?,
///     Deal::new("D-3", date(2026, 1, 9)?, won, Currency::USD)?.with_amount(5_000)?,
/// ];
/// let roster = Roster::new(
///     [Rep::new("ada")?, Rep::new("ben")?],
///     [Quota::of_money("ada", q1, 100_000, Currency::USD)?, Quota::of_money("ben", q1, 50_000, Currency::USD)?],
/// )?;
/// let team = TeamTally::of(&deals, Scope::new(q1, Currency::USD).with_roster(&roster)?)?;
/// assert_eq!(kpi::quota_attainment(&team)?.to_string(), "100%");
/// assert_eq!(kpi::reps_at_quota_rate(&team)?.to_string(), "50%");
/// assert_eq!(team.unassigned()?.count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct TeamTally {
    view: TeamScope,
    /// Invariant: what [`TeamTotals::check`] demands, with those reps alone who have won.
    totals: TeamTotals,
}

/// How many reps there were, came and left. Hired by a day means: on it or before; a rep who leaves is there on the last day of work.
///
/// `at_start + joined − left = at_end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Staffing {
    /// On the morning of the period's first day, before anybody is hired.
    pub at_start: u64,
    /// Hired in the period, up to the as-of day.
    pub joined: u64,
    /// Whose last day of work lies in the period, up to the as-of day.
    pub left: u64,
    /// On the evening of the period's last day, or of the as-of day if that is earlier: who left on it is gone.
    pub at_end: u64,
}

/// What a rep won, and what was expected. [`TeamTally::reps`] gives one for each rep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepResult<'a> {
    rep: &'a Rep,
    wins: Result<RepWins, Undefined>,
    expected: Expected,
    scope: Scope,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    roster: Roster,
    totals: TeamTotals,
}

impl TryFrom<Wire> for TeamTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        Self::from_totals(wire.scope.with_roster(&wire.roster)?, wire.totals)
    }
}

impl From<TeamTally> for Wire {
    fn from(tally: TeamTally) -> Self {
        Self {
            scope: tally.scope(),
            roster: tally.roster().clone(),
            totals: tally.totals,
        }
    }
}

impl TeamTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: TeamScope) -> Self {
        Self {
            view: scope,
            totals: TeamTotals::default(),
        }
    }

    /// The tally of ready-made totals: a database's counts and sums, grouped by owner. What is left out is not counted, and not 0: of the
    /// wins of a rep the productivity needs [`all`](crate::tally::RepWins::all), the attainment of quotas what counts toward them.
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no deals can have such totals, or a rep is not in the roster.
    pub fn from_totals(scope: TeamScope, totals: impl Into<TeamTotals>) -> Result<Self, Error> {
        let mut tally = Self {
            totals: totals.into(),
            view: scope,
        };
        tally.totals.check(&tally.view)?;
        tally.totals.forget_idle();
        Ok(tally)
    }

    /// Counts one more deal.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    #[inline]
    pub fn record(&mut self, deal: &Deal) -> Result<(), Error> {
        let Self { view, totals } = self;
        expect_countable(deal, view, totals.records)?;
        if !totals.is_whole() {
            let one = Self::of([deal], view.clone())?;
            return totals.merge(&one.totals);
        }
        totals.records += 1;
        let Some(win) = Win::of(deal, view) else {
            return Ok(());
        };
        match win.by {
            Some((rep, _, target)) => {
                let mut one = RepWins::default();
                one.add(win.amount, win.on, target);
                totals.add_wins(rep, one);
            }
            None => totals.unassigned.add(win.amount),
        }
        Ok(())
    }

    /// Adds the tally of other deals in the same scope, with the same roster or another part of it: what [`filter`](Self::filter) took
    /// apart merges back, each rep and quota counted once.
    ///
    /// Who is in one of the two rosters alone is taken over; who is in both must be the same in both, quotas included. Where one lacks
    /// reps of the other, it must have nothing [`unassigned`](Self::unassigned): that may be theirs. What one of them does not count, the sum does not either.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope; [`ErrorKind::RosterMismatch`](crate::ErrorKind::RosterMismatch) for rosters that
    /// are no parts of one; [`Undefined::NotCounted`] where the rosters differ and the unassigned deals were not given;
    /// [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope().expect_same(other.scope())?;
        if self.roster() == other.roster() {
            return self.totals.merge(&other.totals);
        }
        self.expect_none_of_theirs(other.roster())?;
        other.expect_none_of_theirs(self.roster())?;
        let view = self.view.with_reps_of(other.roster())?;
        self.totals.merge(&other.totals)?;
        self.view = view;
        Ok(())
    }

    /// Refuses a roster with further reps where deals were won that may be theirs.
    fn expect_none_of_theirs(&self, theirs: &Roster) -> Result<(), Error> {
        let unknown = |rep: &&Rep| self.view.place_of(rep.id()).is_none();
        match theirs.reps().iter().find(unknown) {
            Some(rep) if self.unassigned()?.count > 0 => {
                let rep = rep.id().clone();
                Err(TallyProblem::WinsOfNobody { rep }.into())
            }
            _ => Ok(()),
        }
    }

    /// The same, of some of the reps alone: a team's own tally, as of a roster of theirs and the deals that they won. What others won is
    /// left out, and so is whatever counts for nobody: nothing is [`unassigned`](Self::unassigned) in it, and its records are the deals that
    /// they won, as far as these were given. Tallies of parts of a roster [`merge`](Self::merge) to that of all the parts.
    ///
    /// A KPI that holds another tally against it, such as [`touchpoints_per_rep`](crate::kpi::touchpoints_per_rep), needs one of
    /// the same people, which scopes cannot show: tally the activities or leads of all with `by`, keyed by the rep or the
    /// rep's team, and take theirs.
    ///
    /// ```
    /// use sales_metrics::{
    ///     Activity, ActivityKind, ActivityTally, Currency, Period, Rep, Roster, Scope, TeamTally, instant, kpi,
    /// };
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let roster = Roster::new([Rep::new("ada")?.with_team("north")?, Rep::new("ben")?.with_team("south")?], [])?;
    /// let at = instant("2026-01-07T10:00:00+01:00")?;
    /// let calls = [
    ///     Activity::new("A-1", ActivityKind::Call, at)?.with_rep("ada")?,
    ///     Activity::new("A-2", ActivityKind::Call, at)?.with_rep("ada")?,
    ///     Activity::new("A-3", ActivityKind::Call, at)?.with_rep("ben")?,
    /// ];
    /// let team_of = |call: &Activity| roster.rep(call.rep()?.as_str())?.team().cloned();
    /// let by_team = ActivityTally::by(&calls, q1, team_of)?;
    /// let team = TeamTally::new(q1.with_roster(&roster)?);
    /// for (name, calls) in &by_team {
    ///     let theirs = team.filter(|rep| rep.team() == name.as_ref())?;
    ///     let each = kpi::touchpoints_per_rep(calls, &theirs)?;
    ///     assert_eq!(each.to_string(), if theirs.roster().rep("ada").is_some() { "2" } else { "1" });
    /// }
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// None of its own: those of [`Scope::with_roster`], which the whole roster has passed.
    pub fn filter(&self, mut keep: impl FnMut(&Rep) -> bool) -> Result<Self, Error> {
        self.part(&mut keep)
    }

    /// The same, once for whatever is asked of a rep.
    fn part(&self, keep: &mut dyn FnMut(&Rep) -> bool) -> Result<Self, Error> {
        let roster = self.roster().part(keep);
        let view = self.scope().with_roster(&roster)?;
        let totals = self.totals.of_reps(&view);
        Ok(Self { view, totals })
    }

    /// What it looks at, but for the roster.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.view.scope()
    }

    /// The reps whose wins it counts, and their quotas.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        self.view.roster()
    }

    /// Its counts and sums.
    #[must_use]
    pub fn totals(&self) -> &TeamTotals {
        &self.totals
    }

    /// The won deals without an owner, or of an owner who is not in the roster.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where they were not given.
    pub fn unassigned(&self) -> Result<Priced, Undefined> {
        self.totals.unassigned()
    }

    /// What each rep of the roster won, and what was expected, by their ids.
    pub fn reps(&self) -> impl Iterator<Item = RepResult<'_>> {
        let scope = self.scope();
        // Both are in the order of the ids.
        let mut won = self.totals.won.iter().peekable();
        let none = self.totals.won().map(|_| RepWins::default());
        let known = self.roster().reps().iter().zip(self.view.targets());
        known.map(move |(rep, target)| RepResult {
            rep,
            wins: won
                .next_if(|(winner, _)| *winner == rep.id())
                .map_or(none, |(_, wins)| Ok(*wins)),
            expected: target.expected,
            scope,
        })
    }

    /// How many reps worked on at least one day of the period, up to the as-of day.
    #[must_use]
    pub fn head_count(&self) -> u64 {
        self.count_reps(|rep| self.active_days(rep) > 0)
    }

    /// How many reps work on the as-of day.
    #[must_use]
    pub fn active_reps(&self) -> u64 {
        let day = self.scope().as_of_day();
        self.count_reps(|rep| rep.is_active(day))
    }

    /// How many reps there were, came and left.
    #[must_use]
    pub fn staffing(&self) -> Staffing {
        let (start, end) = self.window();
        let mut staffing = Staffing::default();
        for rep in self.roster().reps() {
            let (hired, gone) = rep.employment();
            let there = |day: Day| hired < day && day < gone;
            staffing.at_start += u64::from(there(start));
            staffing.joined += u64::from(self.scope().counts(hired));
            staffing.left += u64::from(start < gone && gone <= end);
            staffing.at_end += u64::from(there(end));
        }
        staffing
    }

    /// The days on which a rep worked in the period, up to the as-of day.
    pub(crate) fn active_days(&self, rep: &Rep) -> u64 {
        let ((start, end), (hired, gone)) = (self.window(), rep.employment());
        days_between(start.max(hired), end.min(gone))
    }

    /// For each rep the days of work times the full-time share in millionths, added up.
    pub(crate) fn full_time_millionths(&self) -> u128 {
        self.roster().reps().iter().fold(0, |sum, rep| {
            sum + u128::from(self.active_days(rep)) * u128::from(rep.full_time_millionths())
        })
    }

    /// The won deals of all reps of the roster.
    pub(crate) fn won(&self) -> Result<Priced, Undefined> {
        let mut sum = Priced::default();
        for (_, wins) in self.totals.won()?.iter() {
            sum = sum.plus(wins.all()?);
        }
        Ok(sum)
    }

    fn count_reps(&self, counts: impl Fn(&Rep) -> bool) -> u64 {
        let reps = self.roster().reps().iter();
        reps.fold(0, |sum, rep| sum + u64::from(counts(rep)))
    }

    /// The scope's window; where it holds no day, both its ends are the period's first.
    fn window(&self) -> (Day, Day) {
        let (start, end) = self.scope().window();
        (start, end.max(start))
    }
}

impl<'a> RepResult<'a> {
    /// Who.
    #[must_use]
    pub fn rep(&self) -> &'a Rep {
        self.rep
    }

    /// The deals that the rep won, whether they count toward a quota or not.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where they were not given.
    pub fn won(&self) -> Result<Priced, Undefined> {
        self.wins?.all()
    }

    /// Of these, the deals that count toward the quota of money: those that closed in the period of such a quota.
    ///
    /// # Errors
    /// As [`won`](Self::won).
    pub fn won_toward_quota(&self) -> Result<Priced, Undefined> {
        self.wins?.toward_quota()
    }

    /// How many of the deals won count toward the quota of deals: those that closed in the period of such a quota.
    ///
    /// # Errors
    /// As [`won`](Self::won).
    pub fn won_toward_deal_quota(&self) -> Result<u64, Undefined> {
        self.wins?.toward_deal_quota()
    }

    pub(crate) fn scope(&self) -> Scope {
        self.scope
    }

    pub(crate) fn expected(&self) -> Expected {
        self.expected
    }
}

verbs!(TeamTally by Filling, of Deal, TeamScope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a deal in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

/// The same by the places of the reps in the roster, which are sooner found than their ids in an order.
struct Filling {
    records: u64,
    won: Vec<RepWins>,
    unassigned: Priced,
}

/// A deal that was won in a scope.
struct Win<'a> {
    /// The owner, where the roster has them: who, at which place, and what is expected of them.
    by: Option<(&'a RepId, usize, &'a Target)>,
    amount: Option<Amount>,
    on: Day,
}

impl<'a> Win<'a> {
    #[inline]
    fn of(deal: &'a Deal, view: &'a TeamScope) -> Option<Self> {
        if !deal.standing(view.scope()).is_won() {
            return None;
        }
        let by = |owner: &'a RepId| {
            let place = view.place_of(owner)?;
            Some((owner, place, view.targets().get(place)?))
        };
        let facts = deal.facts();
        Some(Self {
            by: deal.owner().and_then(by),
            amount: facts.amount(),
            on: facts.ending?.on,
        })
    }
}

/// Refuses another currency, and more deals than a tally takes.
#[inline]
fn expect_countable(deal: &Deal, view: &TeamScope, records: u64) -> Result<(), Error> {
    deal.expect_currency(view.scope().currency())?;
    expect_room(records, 1)
}

impl Fill<Deal> for Filling {
    type View = TeamScope;
    type Tally = TeamTally;

    fn empty(view: &TeamScope) -> Self {
        Self {
            records: 0,
            won: vec![RepWins::default(); view.roster().reps().len()],
            unassigned: Priced::default(),
        }
    }

    #[inline]
    fn add(&mut self, deal: &Deal, view: &TeamScope) -> Result<(), Error> {
        expect_countable(deal, view, self.records)?;
        self.records += 1;
        let Some(win) = Win::of(deal, view) else {
            return Ok(());
        };
        match win.by {
            Some((_, place, target)) => {
                if let Some(wins) = self.won.get_mut(place) {
                    wins.add(win.amount, win.on, target);
                }
            }
            None => self.unassigned.add(win.amount),
        }
        Ok(())
    }

    fn done(self, view: &TeamScope) -> TeamTally {
        let mut totals = TeamTotals {
            records: self.records,
            unassigned: self.unassigned,
            ..TeamTotals::default()
        };
        for (rep, wins) in view.roster().reps().iter().zip(self.won) {
            if wins.all.count > 0 {
                totals.won.set(rep.id().clone(), wins);
            }
        }
        TeamTally {
            view: view.clone(),
            totals,
        }
    }
}
