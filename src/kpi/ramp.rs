//! What new reps win, month by month after their hire.

use rust_decimal::Decimal;
use serde::Serialize;

use super::reckon;
use super::team::percentile;
use crate::error::Undefined;
use crate::tally::RampTally;
use crate::value::{Days, Money, Rate, Volume, sorted};

/// How long it takes a new rep to win the first deal.
///
/// # Formula
/// ```text
/// median, over the reps who have won, of: day of the first win − hire date
/// ```
///
/// # Counts
/// Reps hired in the period, up to the as-of day, followed up to it. A win, with an amount or without, counts on a day of the rep's
/// employment; of a deal that reps share, each has one. Who has won nothing yet is in no figure, and stands apart:
/// [`RampTally::without_win`].
///
/// # Unit
/// [`Days`] of the calendar, 0 or more; lower is better.
///
/// # Errors
/// - [`Undefined::NobodyHired`] where no rep was hired in the period.
/// - [`Undefined::NobodyHasWon`] where none of those who were has won.
///
/// # Examples
/// Two new reps, of whom one won after 30 days:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, RampTally, Rep, Roster, Scope, date, kpi};
///
/// let won = Outcome::Won { on: date(2026, 2, 4)? };
/// let deal = Deal::new("D-1", date(2026, 1, 10)?, won, Currency::USD)?.with_owner("ada")?;
/// let hired = |id| Rep::new(id)?.with_hired(date(2026, 1, 5)?);
/// let roster = Roster::new([hired("ada")?, hired("ben")?], [])?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_roster(&roster)?;
/// let reps = RampTally::of([&deal], q1)?;
/// assert_eq!(kpi::time_to_first_win(&reps)?.to_string(), "30 days");
/// assert_eq!((reps.reps_hired(), reps.without_win()), (2, 1));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that was handed over to a new rep after its close is no win of theirs. On the day it was won, they were not there.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, RampTally, Rep, Roster, Scope, Undefined, date, kpi};
/// # let roster = Roster::new([Rep::new("ada")?.with_hired(date(2026, 1, 5)?)?], [])?;
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_roster(&roster)?;
/// let won = Outcome::Won { on: date(2026, 1, 2)? };
/// let deal = Deal::new("D-1", date(2025, 11, 10)?, won, Currency::USD)?.with_owner("ada")?;
/// assert_eq!(kpi::time_to_first_win(&RampTally::of([&deal], q1)?), Err(Undefined::NobodyHasWon));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`ramp_curve`]: what they win month by month
/// - [`ramp_time`](super::ramp_time): until they win a whole quota
///
/// # Source
/// A usual figure of those who train new reps; this crate's definition.
pub fn time_to_first_win(reps: &RampTally) -> Result<Days, Undefined> {
    if reps.reps_hired() == 0 {
        return Err(Undefined::NobodyHired);
    }
    let days = reps.first_wins().into_iter().map(Decimal::from);
    let days = sorted(days.collect(), Ord::cmp);
    reckon::days(percentile(&days, Rate::HALF, Undefined::NobodyHasWon)?)
}

/// What a new rep wins in the first month, the second, and so on.
///
/// # Formula
/// ```text
/// for each month since the hire: Σ amount won in it / reps who have worked through all of it by the as-of day
/// ```
///
/// # Counts
/// Reps hired in the period, up to the as-of day, followed up to it; their wins as in [`time_to_first_win`]. Months are counted from the hire
/// date, as those of a [`Ramp`](crate::Ramp). In each month stand those alone who have finished it, with what they won in it: who left
/// before its end, or is still in it, is not among them.
///
/// # Unit
/// A table: a [`RampMonth`] for each month that anybody has finished, the first one first.
///
/// # Errors
/// [`Undefined::NobodyHired`] where no rep was hired in the period.
///
/// # Examples
/// Ada has finished two months, Ben one:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, RampTally, Rep, Roster, Scope, date, kpi};
///
/// let deal = |id, owner, on, amount: u32| {
///     let deal = Deal::new(id, date(2026, 1, 5)?, Outcome::Won { on }, Currency::USD)?;
///     deal.with_owner(owner)?.with_amount(amount)
/// };
/// let deals = [
///     deal("D-1", "ada", date(2026, 1, 20)?, 1_000)?,
///     deal("D-2", "ada", date(2026, 2, 20)?, 9_000)?,
///     deal("D-3", "ben", date(2026, 2, 20)?, 3_000)?,
/// ];
/// let ada = Rep::new("ada")?.with_hired(date(2026, 1, 5)?)?;
/// let ben = Rep::new("ben")?.with_hired(date(2026, 2, 10)?)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_roster(&Roster::new([ada, ben], [])?)?;
/// let curve = kpi::ramp_curve(&RampTally::of(&deals, q1)?)?;
/// let months: Vec<_> = curve.iter().map(|month| (month.reps, month.mean.map(|mean| mean.to_string()))).collect();
/// assert_eq!(months, [(2, Some("2000 USD".to_owned())), (1, Some("9000 USD".to_owned()))]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the month that is not over has no point on the curve. Nine days of it would look like a rep who forgets how to sell.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, RampTally, Rep, Roster, Scope, date, kpi};
/// let won = Outcome::Won { on: date(2026, 2, 6)? };
/// let deal = Deal::new("D-1", date(2026, 1, 5)?, won, Currency::USD)?.with_owner("ada")?.with_amount(1_000)?;
/// let ada = Rep::new("ada")?.with_hired(date(2026, 1, 5)?)?;
/// let today = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 13)?)?;
/// let curve = kpi::ramp_curve(&RampTally::of([&deal], today.with_roster(&Roster::new([ada], [])?)?)?)?;
/// assert_eq!(curve.len(), 1);
/// assert_eq!(curve[0].mean.map(|mean| mean.to_string()), Some("0 USD".to_owned()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`time_to_first_win`]: until the first win
/// - [`ramp_time`](super::ramp_time), [`ramping_reps`](super::ramping_reps): against the quota
///
/// # Source
/// A usual curve of those who plan a team; this crate's definition.
pub fn ramp_curve(reps: &RampTally) -> Result<Vec<RampMonth>, Undefined> {
    if reps.reps_hired() == 0 {
        return Err(Undefined::NobodyHired);
    }
    let mut curve = Vec::new();
    for month in 0_u32.. {
        let (finished, won) = reps.month(month);
        if finished == 0 {
            break;
        }
        let scope = reps.scope();
        let mean = match reckon::amount(scope, won) {
            Ok(_) => Some(reckon::mean_money(scope, won.amount, finished)?),
            Err(_) => None,
        };
        curve.push(RampMonth {
            month: month.saturating_add(1),
            reps: finished,
            won: reckon::volume(scope, won),
            mean,
        });
    }
    Ok(curve)
}

/// A month since the hire: what [`ramp_curve`] returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RampMonth {
    /// The first month is 1.
    pub month: u32,
    /// How many reps have worked through all of it.
    pub reps: u64,
    /// What they won in it: a shared deal comes once for each of them.
    pub won: Volume,
    /// The same for each of them on average; none where they won deals and none has an amount.
    pub mean: Option<Money>,
}
