use core::fmt;
use std::collections::HashMap;
use std::sync::Arc;

use crate::error::Error;
use crate::period::{Day, Period, Scope};
use crate::record::{Activity, ActivityStanding, Goal, Quota, Record, Rep, Roster, Share};
use crate::tally::error::{TallyProblem, too_large};
use crate::tally::store::QuickHash;
use crate::tally::team::quota_days::QuotaDays;
use crate::tally::team::totals::RepActivities;
use crate::value::{Fraction, RepId};

/// What a [`TeamTally`](crate::TeamTally) looks at: a scope, and the roster of the reps whose wins it counts.
///
/// Made by [`Scope::with_roster`]. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct TeamScope {
    scope: Scope,
    team: Arc<Team>,
}

/// A roster in a scope, and all that it says before a deal is counted.
struct Team {
    roster: Roster,
    /// A rep's place among those of the roster.
    places: HashMap<RepId, usize, QuickHash>,
    /// What is expected of each rep of the roster.
    targets: Vec<Target>,
}

/// On which days a rep is one, what is expected, and for which of these days.
#[derive(Clone, Debug)]
pub(in crate::tally) struct Target {
    /// Of all time: from the first day up to, and not including, the second.
    employment: (Day, Day),
    pub(in crate::tally) expected: Expected,
    /// Those of employment that are in a quota of money of which more than 0 is left.
    pub(super) days: QuotaDays,
    /// The same of the quotas of deals.
    pub(super) deal_days: QuotaDays,
}

/// What a rep's quotas in the period come to, for the days on which the rep worked; none where there is no quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Expected {
    /// In units of 10⁻⁴.
    pub(crate) amount: Option<Fraction>,
    pub(crate) deals: Option<Fraction>,
    /// The quotas of money as they were set, whatever the days of work and the ramp, in units of 10⁻⁴.
    pub(crate) full_amount: u128,
}

impl Scope {
    /// This scope with the reps of a roster and their quotas: what a [`TeamTally`](crate::TeamTally) takes.
    ///
    /// Quotas that lie wholly outside of the period play no part.
    ///
    /// ```
    /// use sales_metrics::{Currency, Period, Quota, Rep, Roster, Scope};
    ///
    /// let q1 = Period::quarter(2026, 1)?;
    /// let roster = Roster::new([Rep::new("ada")?], [Quota::of_money("ada", q1, 250_000, Currency::USD)?])?;
    /// assert!(Scope::new(q1, Currency::USD).with_roster(&roster).is_ok());
    ///
    /// let january = Scope::new(Period::month(2026, 1)?, Currency::USD);
    /// assert_eq!(
    ///     january.with_roster(&roster).unwrap_err().to_string(),
    ///     "quota of ada for 2026-01-01/2026-04-01 straddles the edge of 2026-01-01/2026-02-01; look at a period that holds \
    ///      all of it, set a quota for each part, or take Roster::without_quotas() for what needs none"
    /// );
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::QuotaStraddles`](crate::ErrorKind::QuotaStraddles) for a quota that is partly in the period; [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for one of money in
    /// another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).
    pub fn with_roster(self, roster: &Roster) -> Result<TeamScope, Error> {
        let mut targets = Vec::with_capacity(roster.reps().len());
        for rep in roster.reps() {
            targets.push(Target::of(rep, roster.quotas_of(rep), self)?);
        }
        Ok(TeamScope::new(self, roster.clone(), targets))
    }
}

impl TeamScope {
    /// With what is expected of each rep of the roster.
    fn new(scope: Scope, roster: Roster, targets: Vec<Target>) -> Self {
        let mut places = HashMap::with_capacity_and_hasher(roster.reps().len(), QuickHash::new());
        for (place, rep) in roster.reps().iter().enumerate() {
            places.insert(rep.id().clone(), place);
        }
        let team = Arc::new(Team {
            roster,
            places,
            targets,
        });
        Self { scope, team }
    }

    /// The scope.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The roster.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        &self.team.roster
    }

    /// The one check that two tallies look at the same, by the same reps.
    pub(super) fn expect_same(&self, found: &Self) -> Result<(), Error> {
        self.scope.expect_same(found.scope)?;
        if self.roster() != found.roster() {
            return Err(TallyProblem::RosterMismatch.into());
        }
        Ok(())
    }

    /// This scope with some of the reps alone, of whom the same is expected.
    pub(super) fn part(&self, keep: &mut dyn FnMut(&Rep) -> bool) -> Self {
        let roster = self.roster().part(keep);
        let mut targets = Vec::with_capacity(roster.reps().len());
        for rep in roster.reps() {
            let target = self
                .place_of(rep.id())
                .and_then(|place| self.targets().get(place));
            targets.extend(target.cloned());
        }
        Self::new(self.scope, roster, targets)
    }

    /// This scope with the reps of both rosters and their quotas; who is in both must be the same in both.
    pub(super) fn with_reps_of(&self, other: &Roster) -> Result<Self, Error> {
        let ours = self.roster();
        let mut reps = ours.reps().to_vec();
        let mut quotas = ours.quotas().to_vec();
        for rep in other.reps() {
            let theirs = other.quotas_of(rep);
            match ours.rep(rep.id().as_str()) {
                Some(known) if known != rep || ours.quotas_of(known) != theirs => {
                    let rep = rep.id().clone();
                    return Err(TallyProblem::RepsDiffer { rep }.into());
                }
                Some(_) => {}
                None => {
                    reps.push(rep.clone());
                    quotas.extend_from_slice(theirs);
                }
            }
        }
        self.scope.with_roster(&Roster::new(reps, quotas)?)
    }

    /// The place of a rep among those of the roster.
    #[inline]
    pub(super) fn place_of(&self, rep: &RepId) -> Option<usize> {
        self.team.places.get(rep).copied()
    }

    /// The rep at a place, where that is one on that day.
    #[inline]
    pub(super) fn seller(&self, place: usize, on: Day) -> Option<(usize, &Target)> {
        let target = self.targets().get(place)?;
        target.employs(on).then_some((place, target))
    }

    /// Counts an activity for its rep, where it is one on that day.
    pub(super) fn count(&self, activity: &Activity, done: &mut [RepActivities]) {
        let facts = activity.facts();
        if !ActivityStanding::of(activity, &self.scope).is_counted() {
            return;
        }
        let place = activity.rep().and_then(|rep| self.place_of(rep));
        let seller = place.and_then(|place| self.seller(place, facts.on));
        if let Some(done) = seller.and_then(|(place, _)| done.get_mut(place)) {
            done.add(facts);
        }
    }

    /// By the places of the reps.
    #[inline]
    pub(super) fn targets(&self) -> &[Target] {
        &self.team.targets
    }
}

impl Target {
    /// The quotas are in the order of a roster's.
    fn of(rep: &Rep, quotas: &[Quota], scope: Scope) -> Result<Self, Error> {
        let mut target = Self {
            employment: rep.employment(),
            expected: Expected::default(),
            days: QuotaDays::default(),
            deal_days: QuotaDays::default(),
        };
        for quota in quotas {
            if is_within(quota, scope.period())? {
                quota.expect_currency(scope.currency())?;
                target.expect(rep, quota)?;
            }
        }
        Ok(target)
    }

    /// Takes down one more quota.
    fn expect(&mut self, rep: &Rep, quota: &Quota) -> Result<(), Error> {
        let expected = &mut self.expected;
        let (sum, days, goal) = match quota.goal() {
            Goal::Money { amount, .. } => {
                expected.full_amount += u128::from(amount.units());
                (&mut expected.amount, &mut self.days, amount.units())
            }
            Goal::Deals(deals) => (&mut expected.deals, &mut self.deal_days, deals),
        };
        let part = expected_of(goal, rep, quota.period())?;
        if !part.is_zero() {
            days.push(within(quota.period().bounds(), self.employment));
        }
        let all = sum.unwrap_or(Fraction::ZERO).checked_add(part);
        *sum = Some(all.ok_or_else(too_large_a_quota)?);
        Ok(())
    }

    /// Whether the rep works on that day.
    #[inline]
    fn employs(&self, on: Day) -> bool {
        let (hired, gone) = self.employment;
        hired <= on && on < gone
    }

    /// The days of these on which the rep works.
    pub(super) fn employed_within(&self, window: (Day, Day)) -> (Day, Day) {
        within(window, self.employment)
    }
}

/// The days that are in both.
fn within((start, end): (Day, Day), (from, to): (Day, Day)) -> (Day, Day) {
    let start = start.max(from);
    (start, end.min(to).max(start))
}

/// Whether a quota lies in a period, rather than outside of it.
fn is_within(quota: &Quota, period: Period) -> Result<bool, Error> {
    let ((start, end), (first, last)) = (period.bounds(), quota.period().bounds());
    if last <= start || end <= first {
        return Ok(false);
    }
    if start <= first && last <= end {
        return Ok(true);
    }
    let problem = TallyProblem::QuotaStraddles { period };
    quota.in_field("period", Err(problem.into()))
}

/// What is expected of a rep of a goal: its part for the days of work, by the shares of the ramp.
fn expected_of(goal: u64, rep: &Rep, period: Period) -> Result<Fraction, Error> {
    let numerator = u128::from(goal) * u128::from(rep.expected_millionths(period));
    let denominator = u128::from(period.days()) * u128::from(Share::WHOLE);
    Fraction::quotient(numerator, denominator).ok_or_else(too_large_a_quota)
}

#[cold]
fn too_large_a_quota() -> Error {
    too_large("the quota of a rep")
}

impl PartialEq for TeamScope {
    fn eq(&self, other: &Self) -> bool {
        self.scope == other.scope && self.roster() == other.roster()
    }
}

impl Eq for TeamScope {}

/// The rest follows from the roster.
impl fmt::Debug for Team {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.roster, f)
    }
}
