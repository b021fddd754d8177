mod created;
mod quota_days;
mod ramp;
mod scope;
mod totals;

pub use created::{CreatedTally, CreatedTotals};
pub use ramp::{RampTally, RampTotals};
pub use scope::TeamScope;
pub use totals::{RepActivities, RepWins, TeamTotals};

use core::borrow::Borrow;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::period::{Day, Period, Scope};
use crate::record::{Activity, ActivityKind, Deal, Record, Rep, Roster};
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::TallyProblem;
use crate::tally::priced::{Priced, expect_room};
use crate::tally::team::scope::{Expected, Target};
use crate::tally::team::totals::Part;
use crate::value::{Fraction, RepId};

/// The won deals of one scope by the reps of a roster: what every KPI of reps and quotas is read from.
///
/// A deal is its owner's, by the close date, where the owner was employed on that day; else it is [`unassigned`](Self::unassigned). Of a
/// deal that reps share, each has a part of the amount: the share, rounded down to the minor unit of the currency, and the owner what is
/// left over. So every amount won stands in one of three places: [toward the quotas](Self::won_toward_quotas),
/// [outside of them](Self::won_outside_quotas), or unassigned; together they are the [`total_revenue`](crate::kpi::total_revenue).
///
/// What the reps did comes in by [`with_activities`](Self::with_activities). What a tally is and how it adds up: [`tally`](crate::tally).
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

/// How many reps there were, came and left. Who leaves works on the last day, and is gone on its evening.
///
/// `at_start + joined − left = at_end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Staffing {
    /// On the evening before the period's first day, or on that of the as-of day if that is earlier.
    pub at_start: u64,
    /// Hired in the period, up to the as-of day.
    pub joined: u64,
    /// Whose last day of work lies in the period, up to the as-of day.
    pub left: u64,
    /// On the evening of the period's last day, or of the as-of day if that is earlier: the [`heads`](TeamTally::heads).
    pub at_end: u64,
}

/// What a rep won, and what was expected. [`TeamTally::reps`] gives one for each rep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepResult<'a> {
    rep: &'a Rep,
    wins: Result<RepWins, Undefined>,
    activities: Result<RepActivities, Undefined>,
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
            totals: TeamTotals::of_no_deals(),
        }
    }

    /// The tally of ready-made totals: a database's counts and sums, grouped by owner, of wins on days of employment. What is left out is
    /// not counted, and not 0: of the wins of a rep the productivity needs [`all`](crate::tally::RepWins::all), the attainment of
    /// quotas what counts toward them, and what is per rep of the activities [`RepActivities`].
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
        if !totals.holds_deals() {
            let one = Self::of([deal], view.clone())?;
            return totals.merge(&one.totals);
        }
        totals.records += 1;
        give(deal, view, &mut |seller, part| match seller {
            Some((place, target)) => {
                if let Some(rep) = view.roster().reps().get(place) {
                    let mut one = RepWins::default();
                    one.add(part, target);
                    totals.add_wins(rep.id(), one);
                }
            }
            None => totals.add_unassigned(part),
        });
        Ok(())
    }

    /// The same with what its reps did: the activities of the scope that are theirs, on days of employment. They are added to those that
    /// it has.
    ///
    /// ```
    /// use sales_metrics::{Activity, ActivityKind, Currency, Period, Rep, Roster, Scope, TeamTally, instant, kpi};
    ///
    /// let at = instant("2026-01-07T10:00:00+01:00")?;
    /// let activities = [
    ///     Activity::new("A-1", ActivityKind::Call, at)?.with_rep("ada")?,
    ///     Activity::new("A-2", ActivityKind::Email, at)?.with_rep("marketing-bot")?,
    /// ];
    /// let roster = Roster::new([Rep::new("ada")?], [])?;
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_roster(&roster)?;
    /// let team = TeamTally::new(q1).with_activities(&activities)?;
    /// assert_eq!(kpi::touchpoints_per_rep(&team)?.to_string(), "1");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).
    pub fn with_activities<I>(self, activities: I) -> Result<Self, Error>
    where
        I: IntoIterator,
        I::Item: Borrow<Activity>,
    {
        let mut done = vec![RepActivities::default(); self.roster().reps().len()];
        for activity in activities {
            self.view.count(activity.borrow(), &mut done);
        }
        let reps = self.roster().reps().iter().map(|rep| rep.id().clone());
        let did_something = |(_, done): &(RepId, RepActivities)| *done != RepActivities::default();
        let done = reps.zip(done).filter(did_something).collect();
        Ok(Self {
            totals: self.totals.with_activities(done)?,
            view: self.view,
        })
    }

    /// Adds the tally of other deals in the same scope, with the same roster or another part of it: what [`filter`](Self::filter) took
    /// apart merges back, each rep and quota counted once.
    ///
    /// Who is in one of the two rosters alone is taken over; who is in both must be the same in both, quotas included. Where one lacks
    /// reps of the other, it must have nothing [`unassigned`](Self::unassigned) but of its own reps on days on which they were not
    /// employed: that may be theirs. What one of them does not count, the sum does not either.
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
        let Some(rep) = theirs.reps().iter().find(unknown) else {
            return Ok(());
        };
        match self.unassigned()?.count {
            count if count > self.totals.unassigned_known => {
                let rep = rep.id().clone();
                Err(TallyProblem::WinsOfNobody { rep }.into())
            }
            _ => Ok(()),
        }
    }

    /// The same, of some of the reps alone: a team's own tally, as of a roster of theirs and the deals that they won. What others won is
    /// left out, and so is whatever counts for nobody: nothing is [`unassigned`](Self::unassigned) in it, and its records are the deals that
    /// they won, as far as these were given and nobody shares one with them. Tallies of parts of a roster [`merge`](Self::merge) to that of all the parts.
    ///
    /// ```
    /// use sales_metrics::{Activity, ActivityKind, Currency, Period, Rep, Roster, Scope, TeamTally, instant, kpi};
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let roster = Roster::new([Rep::new("ada")?.with_team("north")?, Rep::new("ben")?.with_team("south")?], [])?;
    /// let at = instant("2026-01-07T10:00:00+01:00")?;
    /// let calls = [
    ///     Activity::new("A-1", ActivityKind::Call, at)?.with_rep("ada")?,
    ///     Activity::new("A-2", ActivityKind::Call, at)?.with_rep("ada")?,
    ///     Activity::new("A-3", ActivityKind::Call, at)?.with_rep("ben")?,
    /// ];
    /// let team = TeamTally::new(q1.with_roster(&roster)?).with_activities(&calls)?;
    /// let north = team.filter(|rep| rep.team().is_some_and(|team| team.as_str() == "north"));
    /// assert_eq!(kpi::touchpoints_per_rep(&north)?.to_string(), "2");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn filter(&self, mut keep: impl FnMut(&Rep) -> bool) -> Self {
        self.part(&mut keep)
    }

    /// The same, once for whatever is asked of a rep.
    fn part(&self, keep: &mut dyn FnMut(&Rep) -> bool) -> Self {
        let view = self.view.part(keep);
        let totals = self.totals.of_reps(&view);
        Self { view, totals }
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

    /// The won deals of nobody in the roster: without an owner, of one who is not in it, or who was not employed on that day; and of a
    /// deal that reps share, the parts of those who are not.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where they were not given.
    pub fn unassigned(&self) -> Result<Priced, Undefined> {
        self.totals.unassigned()
    }

    /// What the reps won toward their quotas of money; a deal that they share comes once for each of them.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where it was not given.
    pub fn won_toward_quotas(&self) -> Result<Priced, Undefined> {
        let mut sum = Priced::default();
        for (_, wins) in self.totals.won()?.iter() {
            sum = sum.plus(wins.toward_quota()?);
        }
        Ok(sum)
    }

    /// What the reps won outside of any quota of money above 0.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where it was not given.
    pub fn won_outside_quotas(&self) -> Result<Priced, Undefined> {
        Ok(self.won()?.less(self.won_toward_quotas()?))
    }

    /// What each rep of the roster won, and what was expected, by their ids.
    pub fn reps(&self) -> impl Iterator<Item = RepResult<'_>> {
        let scope = self.scope();
        // Both are in the order of the ids.
        let mut won = self.totals.won.iter().peekable();
        let none = self.totals.won().map(|_| RepWins::default());
        let mut done = self.totals.activities.iter().peekable();
        let idle = self.totals.activities().map(|_| RepActivities::default());
        let known = self.roster().reps().iter().zip(self.view.targets());
        known.map(move |(rep, target)| RepResult {
            rep,
            wins: won
                .next_if(|(winner, _)| *winner == rep.id())
                .map_or(none, |(_, wins)| Ok(*wins)),
            activities: done
                .next_if(|(who, _)| *who == rep.id())
                .map_or(idle, |(_, done)| Ok(*done)),
            expected: target.expected,
            scope,
        })
    }

    /// What was expected of all reps, as exact units of 10⁻⁴; none where nobody has a quota of money, or it has more digits than are kept.
    pub(crate) fn quotas(&self) -> Result<Fraction, Undefined> {
        let targets = self.view.targets().iter();
        let amounts = targets.filter_map(|target| target.expected.amount);
        Self::sum_of_quotas(amounts, Undefined::NoQuota)
    }

    /// The exact sum of some quotas; a reason where there is none of them.
    pub(crate) fn sum_of_quotas(
        quotas: impl IntoIterator<Item = Fraction>,
        none: Undefined,
    ) -> Result<Fraction, Undefined> {
        let mut sum = None;
        for quota in quotas {
            let all: Fraction = sum.unwrap_or(Fraction::ZERO);
            sum = Some(all.checked_add(quota).ok_or(Undefined::OutOfRange)?);
        }
        sum.ok_or(none)
    }

    /// The same of those who were at work on any day of the period.
    pub(crate) fn reps_at_work(&self) -> impl Iterator<Item = RepResult<'_>> {
        self.reps().filter(|rep| self.active_days(rep.rep()) > 0)
    }

    /// How many reps worked on at least one day of the period, up to the as-of day.
    #[must_use]
    pub fn active_reps(&self) -> u64 {
        self.count_reps(|rep| self.active_days(rep) > 0)
    }

    /// How many reps there are on the [`evening`](Scope::evening): who left on that day is gone.
    #[must_use]
    pub fn heads(&self) -> u64 {
        self.count_reps(|rep| self.is_head(rep))
    }

    /// Whether a rep is there on the evening.
    pub(crate) fn is_head(&self, rep: &Rep) -> bool {
        let (_, end) = self.scope().evenings();
        is_there_before(rep, end)
    }

    /// Whether a rep is past the ramp on the period's first day, or has none.
    pub(crate) fn is_ramped(&self, rep: &Rep) -> bool {
        let (start, _) = self.scope().period().bounds();
        rep.is_ramped_on(start)
    }

    /// How many reps there were, came and left.
    #[must_use]
    pub fn staffing(&self) -> Staffing {
        let (start, end) = self.scope().evenings();
        let mut staffing = Staffing::default();
        for rep in self.roster().reps() {
            let (hired, gone) = rep.employment();
            staffing.at_start += u64::from(is_there_before(rep, start));
            staffing.joined += u64::from(self.scope().counts(hired));
            staffing.left += u64::from(start < gone && gone <= end);
            staffing.at_end += u64::from(is_there_before(rep, end));
        }
        staffing
    }

    /// How many days a rep worked in the period, up to the as-of day.
    pub(crate) fn active_days(&self, rep: &Rep) -> u64 {
        self.employment(rep).map_or(0, |days| days.days().into())
    }

    /// These days; none where there is none.
    pub(crate) fn employment(&self, rep: &Rep) -> Option<Period> {
        let ((start, end), (hired, gone)) = (self.scope().window(), rep.employment());
        Period::of_days(start.max(hired), end.min(gone))
    }

    /// For each rep the days of work times the full-time share in millionths, added up.
    pub(crate) fn full_time_millionths(&self) -> u128 {
        self.roster().reps().iter().fold(0, |sum, rep| {
            sum + u128::from(self.active_days(rep)) * u128::from(rep.full_time_millionths())
        })
    }

    /// What all reps did of a kind.
    pub(crate) fn done(&self, kind: ActivityKind) -> Result<u64, Undefined> {
        let mut sum = 0;
        for (_, done) in self.totals.activities()?.iter() {
            sum += done.of(kind)?;
        }
        Ok(sum)
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
}

/// Whether a rep is there on the evening before a day: who left on that evening is gone.
fn is_there_before(rep: &Rep, day: Day) -> bool {
    let (hired, gone) = rep.employment();
    hired < day && day < gone
}

impl<'a> RepResult<'a> {
    /// Who.
    #[must_use]
    pub fn rep(&self) -> &'a Rep {
        self.rep
    }

    /// The deals that the rep won on days of employment, whether they count toward a quota or not; of those shared with others, the
    /// rep's part of the amount.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where they were not given.
    pub fn won(&self) -> Result<Priced, Undefined> {
        self.wins?.all()
    }

    /// How many of these deals the rep owns: those that other reps own and share are not among them.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where they, or the shared ones, were not given.
    pub fn deals_won(&self) -> Result<u64, Undefined> {
        self.wins?.owned()
    }

    /// What the rep did of a kind on days of employment. A meeting that was put off is not counted, and the one that stands for it is.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where they were not given.
    pub fn activities(&self, kind: ActivityKind) -> Result<u64, Undefined> {
        self.activities?.of(kind)
    }

    /// Of the deals won, those that count toward the quota of money: those that closed in the period of such a quota, of which more than 0 is
    /// left for the days of work and after the ramp.
    ///
    /// # Errors
    /// As [`won`](Self::won).
    pub fn won_toward_quota(&self) -> Result<Priced, Undefined> {
        self.wins?.toward_quota()
    }

    /// How many of the deals that the rep owns count toward the quota of deals: those that closed in the period of such a quota above 0.
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

verbs!(TeamTally by Filling, of Deal, reads Everything, TeamScope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a deal in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

/// The same by the places of the reps in the roster, which are sooner found than their ids in an order.
struct Filling {
    records: u64,
    won: Vec<RepWins>,
    /// What is nobody's.
    rest: TeamTotals,
}

/// A rep by the place in the roster, and what is expected of them.
type Seller<'a> = Option<(usize, &'a Target)>;

/// Gives each part of a deal that was won in a scope to the rep whose it is; all that is left over goes to nobody, as one part.
#[inline]
fn give<'a>(deal: &Deal, view: &'a TeamScope, to: &mut impl FnMut(Seller<'a>, Part)) {
    let facts = deal.facts();
    let Some(ending) = facts.ending else { return };
    if deal.standing(view.scope()).is_won() {
        share_out(deal, ending.on, view, to);
    }
}

/// The same of a deal by a day, be it that on which it was won or created, whether that lies in the scope or not.
#[inline]
fn share_out<'a>(deal: &Deal, on: Day, view: &'a TeamScope, to: &mut impl FnMut(Seller<'a>, Part)) {
    let facts = deal.facts();
    if facts.shared {
        return give_parts(deal, on, view, to);
    }
    let place = deal.owner().and_then(|owner| view.place_of(owner));
    let part = Part {
        amount: facts.amount(),
        on,
        is_owner: true,
        is_known: place.is_some(),
    };
    to(place.and_then(|place| view.seller(place, on)), part);
}

/// The same of a deal with several owners.
#[cold]
fn give_parts<'a>(deal: &Deal, on: Day, view: &'a TeamScope, to: &mut dyn FnMut(Seller<'a>, Part)) {
    let mut nobodys: Option<Part> = None;
    let mut is_owner = true;
    for (rep, amount) in deal.parts() {
        let place = view.place_of(rep);
        let part = Part {
            amount,
            on,
            is_owner,
            is_known: place.is_some(),
        };
        is_owner = false;
        let seller = place.and_then(|place| view.seller(place, on));
        match (seller, &mut nobodys) {
            (None, Some(nobodys)) => nobodys.join(part),
            (None, none) => *none = Some(part),
            (seller, _) => to(seller, part),
        }
    }
    if let Some(part) = nobodys {
        to(None, part);
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
            rest: TeamTotals::of_no_deals(),
        }
    }

    #[inline]
    fn add(&mut self, deal: &Deal, view: &TeamScope) -> Result<(), Error> {
        expect_countable(deal, view, self.records)?;
        self.records += 1;
        give(deal, view, &mut |seller, part| match seller {
            Some((place, target)) => {
                if let Some(wins) = self.won.get_mut(place) {
                    wins.add(part, target);
                }
            }
            None => self.rest.add_unassigned(part),
        });
        Ok(())
    }

    fn done(self, view: &TeamScope) -> TeamTally {
        let mut totals = self.rest;
        totals.records = self.records;
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
