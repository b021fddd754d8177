use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::record::{DealStatus, History, Keeps, Share, Timeline};
use crate::tally::error::{TallyProblem, no_room};
use crate::tally::priced::MAX_RECORDS;
use crate::tally::rules::expect_all;
use crate::value::Rate;
use crate::value::money::expect_currency;

/// Whether deals were won as often as their probabilities said: those open on a past evening, by what their probability was then, and what
/// had become of them by the as-of day. It is read off a [`History`].
///
/// ```
/// use sales_metrics::{CalibrationTally, Currency, DealState, DealStatus, History, Period, Rate, Scope, date, day, kpi};
///
/// let state = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     state("D-1", "2026-01-07", DealStatus::Open)?.with_probability("80%".parse()?)?,
///     state("D-1", "2026-04-20", DealStatus::Won)?,
///     state("D-2", "2026-01-09", DealStatus::Open)?.with_probability("60%".parse()?)?,
///     state("D-2", "2026-05-02", DealStatus::Lost)?,
/// ];
/// let history = History::new(Currency::USD).with_states(states)?;
///
/// // Open on the last evening of March, and decided by the end of June.
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 6, 30)?)?;
/// let tally = CalibrationTally::of(&history, q1, &[Rate::ZERO, Rate::HALF])?;
/// let bands = kpi::win_calibration(&tally)?;
/// assert_eq!((bands[1].decided, bands[1].won), (2, 1));
/// assert_eq!(bands[1].expected.to_string(), "1.4");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct CalibrationTally {
    scope: Scope,
    /// Invariant: their lower edges rise.
    bands: Vec<BandTotals>,
    without_probability: u64,
    keeps: Keeps,
}

/// What became of the deals whose probability was in a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BandTotals {
    /// Its lower edge, which belongs to it; it ends where the next one begins.
    pub from: Rate,
    /// Won or lost by the as-of day.
    pub decided: u64,
    /// Of the decided ones, those won.
    pub won: u64,
    /// Of the decided ones, the sum of their probabilities, in millionths.
    pub millionths: u64,
    /// Still open on the as-of day.
    pub pending: u64,
    /// Disqualified by the as-of day: they are not decided.
    pub disqualified: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    bands: Vec<BandTotals>,
    without_probability: u64,
    keeps: Keeps,
}

impl TryFrom<Wire> for CalibrationTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let tally = Self {
            scope: wire.scope,
            bands: wire.bands,
            without_probability: wire.without_probability,
            keeps: wire.keeps,
        };
        tally.checked()
    }
}

impl From<CalibrationTally> for Wire {
    fn from(tally: CalibrationTally) -> Self {
        Self {
            scope: tally.scope,
            bands: tally.bands,
            without_probability: tally.without_probability,
            keeps: tally.keeps,
        }
    }
}

impl CalibrationTally {
    /// A tally of no deals yet, by these lower edges of bands. What is below the first is in none.
    ///
    /// # Errors
    /// [`ErrorKind::BandsOutOfOrder`](crate::ErrorKind::BandsOutOfOrder) where they do not rise.
    pub fn new(scope: Scope, bands: &[Rate]) -> Result<Self, Error> {
        let mut all = Vec::new();
        for from in bands {
            all.push(BandTotals {
                from: *from,
                decided: 0,
                won: 0,
                millionths: 0,
                pending: 0,
                disqualified: 0,
            });
        }
        expect_rising(&all)?;
        Ok(Self {
            scope,
            bands: all,
            without_probability: 0,
            keeps: Keeps::default(),
        })
    }

    /// The deals of a history that were open on the evening, by what their probability was then, and what had become of them by the as-of
    /// day.
    ///
    /// # Errors
    /// As [`new`](Self::new); [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a history in another currency than the scope.
    pub fn of(history: &History, scope: Scope, bands: &[Rate]) -> Result<Self, Error> {
        expect_currency("the history", scope.currency(), history.currency())?;
        let mut tally = Self::new(scope, bands)?;
        for timeline in history.timelines() {
            tally.add(&timeline);
        }
        tally.keeps = history.keeps();
        Ok(tally)
    }

    fn add(&mut self, timeline: &Timeline<'_>) {
        let (evening, as_of) = (self.scope.evening_day(), self.scope.as_of_number());
        if !timeline.is_open_on(evening) {
            return;
        }
        let Some(probability) = timeline.probability_on(evening) else {
            self.without_probability += 1;
            return;
        };
        let rate = probability.rate();
        let at = self.bands.partition_point(|band| band.from <= rate);
        let band = at.checked_sub(1).and_then(|at| self.bands.get_mut(at));
        let Some(band) = band else { return };
        match timeline.ending_on(as_of).map(|ending| ending.status) {
            Some(status @ (DealStatus::Won | DealStatus::Lost)) => {
                band.decided += 1;
                band.won += u64::from(status == DealStatus::Won);
                band.millionths += probability.millionths();
            }
            Some(DealStatus::Disqualified) => band.disqualified += 1,
            Some(DealStatus::Open) | None => band.pending += 1,
        }
    }

    /// Adds the tally of other deals in the same scope, by the same bands.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope or other bands;
    /// [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.scope.expect_same(other.scope)?;
        let edges = |tally: &Self| tally.bands.iter().map(|band| band.from).collect::<Vec<_>>();
        if edges(self) != edges(other) {
            return Err(TallyProblem::BandsDiffer.into());
        }
        let mut sum = self.clone();
        for (band, more) in sum.bands.iter_mut().zip(&other.bands) {
            band.decided += more.decided;
            band.won += more.won;
            band.millionths += more.millionths;
            band.pending += more.pending;
            band.disqualified += more.disqualified;
        }
        sum.without_probability += other.without_probability;
        sum.keeps = sum.keeps.plus(other.keeps);
        *self = sum.checked().map_err(no_room)?;
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// What became of the deals of each band.
    #[must_use]
    pub fn bands(&self) -> &[BandTotals] {
        &self.bands
    }

    /// How many deals were open on the evening without a probability.
    #[must_use]
    pub fn without_probability(&self) -> u64 {
        self.without_probability
    }

    /// That the evening is not before the history.
    pub(crate) fn expect_history(&self) -> Result<(), Undefined> {
        self.keeps.expect_evening(self.scope.evening_day())
    }

    fn checked(self) -> Result<Self, Error> {
        expect_rising(&self.bands)?;
        let is_sound = |band: &BandTotals| {
            let most = band.decided.max(band.pending).max(band.disqualified);
            most <= MAX_RECORDS
                && band.won <= band.decided
                && band.millionths <= band.decided.saturating_mul(Share::WHOLE)
        };
        expect_all(&[(
            self.bands.iter().all(is_sound) && self.without_probability <= MAX_RECORDS,
            "won deals are a part of the decided ones, each of a probability of at most 100%",
        )])?;
        Ok(self)
    }
}

fn expect_rising(bands: &[BandTotals]) -> Result<(), Error> {
    let rises = |(band, next): (&BandTotals, &BandTotals)| band.from < next.from;
    if !bands.is_empty() && bands.iter().zip(bands.iter().skip(1)).all(rises) {
        return Ok(());
    }
    Err(TallyProblem::BandsOutOfOrder.into())
}
