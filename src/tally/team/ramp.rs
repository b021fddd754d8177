use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::{Amount, Deal, Ramp, Record as _, Rep, Roster};
use crate::tally::engine::{Fill, verbs};
use crate::tally::priced::{MAX_RECORDS, Priced, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::team::{TeamScope, share_out};

/// What reps won since their hire, month by month: of the reps hired in the period, up to the as-of day, whatever the day on which they won.
///
/// A deal counts for a rep as in a [`TeamTally`](crate::TeamTally): on days of employment, a shared one by its parts. Quotas play no part. It
/// has the verbs of a tally.
///
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, RampTally, Rep, Roster, Scope, date, kpi};
///
/// let won = Outcome::Won { on: date(2026, 4, 20)? };
/// let deal = Deal::new("D-1", date(2026, 2, 1)?, won, Currency::USD)?.with_owner("ada")?.with_amount(30_000)?;
/// let roster = Roster::new([Rep::new("ada")?.with_hired(date(2026, 2, 1)?)?], [])?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 6, 30)?)?;
/// let hired = RampTally::of([&deal], q1.with_roster(&roster)?)?;
/// assert_eq!(kpi::time_to_first_win(&hired)?.to_string(), "78 days");
/// assert_eq!(hired.totals()[0].months().len(), 3);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct RampTally {
    view: TeamScope,
    records: u64,
    /// By the places of the reps in the roster. Invariant: nothing of those who were not hired in the period.
    totals: Vec<RampTotals>,
}

/// What a rep won since the hire: what a [`RampTally`] counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RampTotals {
    #[serde(skip_serializing_if = "Option::is_none")]
    first_win: Option<Day>,
    /// Invariant: the last one has a win, so that what is equal looks so.
    months: Vec<Priced>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    roster: Roster,
    records: u64,
    totals: Vec<RampTotals>,
}

impl TryFrom<Wire> for RampTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let tally = Self {
            view: wire.scope.with_roster(&wire.roster)?,
            records: wire.records,
            totals: wire.totals,
        };
        tally.checked()
    }
}

impl From<RampTally> for Wire {
    fn from(tally: RampTally) -> Self {
        Self {
            scope: tally.view.scope(),
            roster: tally.view.roster().clone(),
            records: tally.records,
            totals: tally.totals,
        }
    }
}

impl RampTotals {
    /// The day of the first win.
    #[must_use]
    pub fn first_win(&self) -> Option<NaiveDate> {
        self.first_win.map(Day::date)
    }

    /// What was won in each month since the hire, up to the last one with a win.
    #[must_use]
    pub fn months(&self) -> &[Priced] {
        &self.months
    }

    fn add(&mut self, month: usize, on: Day, won: Priced) {
        self.first_win = Some(self.first_win.map_or(on, |first| first.min(on)));
        if month >= self.months.len() {
            self.months
                .resize(month.saturating_add(1), Priced::default());
        }
        if let Some(sum) = self.months.get_mut(month) {
            *sum = sum.plus(won);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.first_win = match (self.first_win, other.first_win) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
        let most = self.months.len().max(other.months.len());
        self.months.resize(most, Priced::default());
        for (sum, more) in self.months.iter_mut().zip(&other.months) {
            *sum = sum.plus(*more);
        }
    }
}

/// How many months after the hire a day is: the first month is 0. Months are those of a [`Ramp`](crate::Ramp).
fn month_of(hired: Day, on: Day) -> Option<i32> {
    let number = |day: Day| {
        let date = day.date();
        let month = i32::try_from(date.month0()).ok()?;
        date.year().checked_mul(12)?.checked_add(month)
    };
    let months = number(on)?.checked_sub(number(hired)?)?;
    // The day of the month may not have come yet.
    let is_later = Ramp::begin(hired, months) > on;
    months.checked_sub(i32::from(is_later))
}

impl RampTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: TeamScope) -> Self {
        Self {
            records: 0,
            totals: vec![RampTotals::default(); scope.roster().reps().len()],
            view: scope,
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
        expect_room(self.records, other.records)?;
        self.records += other.records;
        for (start, more) in self.totals.iter_mut().zip(&other.totals) {
            start.merge(more);
        }
        Ok(())
    }

    /// What it looks at, but for the roster.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.view.scope()
    }

    /// The reps whose wins it counts.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        self.view.roster()
    }

    /// All deals that were looked at, whether they count or not.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.records
    }

    /// What each rep of the roster won since the hire, in its order: nothing, where they were not hired in the period.
    #[must_use]
    pub fn totals(&self) -> &[RampTotals] {
        &self.totals
    }

    /// Those who were hired in the period, up to the as-of day.
    fn hired(&self) -> impl Iterator<Item = (&Rep, &RampTotals)> {
        let reps = self.roster().reps().iter().zip(&self.totals);
        reps.filter(|(rep, _)| is_hired(rep, self.scope()))
    }

    /// How many these are.
    #[must_use]
    pub fn reps_hired(&self) -> u64 {
        self.hired().fold(0, |sum, _| sum + 1)
    }

    /// How many of them have won nothing yet.
    #[must_use]
    pub fn without_win(&self) -> u64 {
        let hired = self.hired();
        hired.fold(0, |sum, (_, start)| {
            sum + u64::from(start.first_win.is_none())
        })
    }

    /// Of those who have won, the days from the hire to the first win.
    pub(crate) fn first_wins(&self) -> Vec<u32> {
        let mut days = Vec::new();
        for (rep, start) in self.hired() {
            let (hired, _) = rep.employment();
            days.extend(start.first_win.and_then(|on| on.days_since(hired)));
        }
        days
    }

    /// Of a month since the hire: how many reps have worked through all of it by the as-of day, and what they won in it.
    pub(crate) fn month(&self, month: u32) -> (u64, Priced) {
        let (mut reps, mut won) = (0, Priced::default());
        let next = i32::try_from(month.saturating_add(1)).unwrap_or(i32::MAX);
        let month = usize::try_from(month).unwrap_or(usize::MAX);
        for (rep, start) in self.hired() {
            let (hired, gone) = rep.employment();
            let to_come = gone.min(self.scope().as_of_number().following());
            if Ramp::begin(hired, next) <= to_come {
                reps += 1;
                won = won.plus(start.months.get(month).copied().unwrap_or_default());
            }
        }
        (reps, won)
    }

    /// Checks that some set of deals can have these sums.
    fn checked(self) -> Result<Self, Error> {
        let scope = self.scope();
        let reps = self.roster().reps();
        let is_sound = |(rep, start): (&Rep, &RampTotals)| {
            let (hired, gone) = rep.employment();
            let last = gone.min(scope.as_of_number().following());
            let first = start.first_win;
            let first_month = first.and_then(|on| usize::try_from(month_of(hired, on)?).ok());
            let won = start.months.iter().position(|won| won.count > 0);
            let is_late = |months: usize| {
                let months = i32::try_from(months).unwrap_or(i32::MAX);
                Ramp::begin(hired, months) >= last
            };
            (start.months.is_empty() || is_hired(rep, scope))
                && first.is_none_or(|on| hired <= on && on < last)
                && first_month == won
                && start.months.last().is_none_or(|won| won.count > 0)
                && !start.months.len().checked_sub(1).is_some_and(is_late)
                && start.months.iter().all(|won| won.is_sound())
                && of_all(start).is_some_and(|(wins, _)| wins <= self.records)
        };
        // The parts of a deal that reps share add up to it.
        let add = |sum: u128, start: &RampTotals| sum.checked_add(of_all(start)?.1);
        let amount = self.totals.iter().try_fold(0_u128, add);
        let most = u128::from(self.records) * u128::from(Amount::MAX_UNITS);
        expect_all(&[
            (self.records <= MAX_RECORDS, "records are at most 10^10"),
            (
                amount.is_some_and(|amount| amount <= most),
                "what reps won is at most 10^14 a deal",
            ),
            (
                self.totals.len() == reps.len() && reps.iter().zip(&self.totals).all(is_sound),
                "reps hired in the period have their wins on days of employment, from the month of the first one to that of the last one",
            ),
        ])?;
        Ok(self)
    }
}

/// How many wins a rep has in all months, and how many units they are worth; none where that cannot be held.
fn of_all(start: &RampTotals) -> Option<(u64, u128)> {
    let mut all = (0_u64, 0_u128);
    for won in &start.months {
        all = (
            all.0.checked_add(won.count)?,
            all.1.checked_add(won.amount.units())?,
        );
    }
    Some(all)
}

fn is_hired(rep: &Rep, scope: Scope) -> bool {
    rep.hired().is_some() && scope.counts(rep.employment().0)
}

verbs!(RampTally of Deal, reads Everything, TeamScope, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a deal in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).");

impl Fill<Deal> for RampTally {
    type View = TeamScope;
    type Tally = Self;

    fn empty(view: &TeamScope) -> Self {
        Self::new(view.clone())
    }

    fn add(&mut self, deal: &Deal, view: &TeamScope) -> Result<(), Error> {
        let scope = view.scope();
        deal.expect_currency(scope.currency())?;
        expect_room(self.records, 1)?;
        self.records += 1;
        let standing = deal.standing(scope);
        let Some(ending) = deal.facts().ending.filter(|_| standing.is_won_by_as_of()) else {
            return Ok(());
        };
        let on = ending.on;
        share_out(deal, on, view, &mut |seller, part| {
            let Some((place, _)) = seller else { return };
            let Some(rep) = view.roster().reps().get(place) else {
                return;
            };
            if !is_hired(rep, scope) {
                return;
            }
            let month =
                month_of(rep.employment().0, on).and_then(|month| usize::try_from(month).ok());
            if let (Some(month), Some(start)) = (month, self.totals.get_mut(place)) {
                let won = Priced::of(part.amount);
                start.add(month, on, won);
            }
        });
        Ok(())
    }

    fn done(self, _: &TeamScope) -> Self {
        self
    }
}
