//! What the quotas add up to, and how the reps are spread between nothing and all of theirs.

use serde::Serialize;

use super::pipeline::expect_positive;
use super::reckon;
use super::team::{attained, judged, percentile, share_at_quota};
use crate::error::{Error, Undefined};
use crate::tally::TeamTally;
use crate::tally::error::TallyProblem;
use crate::value::{Money, Multiple, Percent, Rate, sorted};

/// What all quotas of the period add up to.
///
/// # Formula
/// ```text
/// Σ quotas
/// a quota = its amount × Σ over the days of its period (0, or the ramp's share of that day) / days of its period
/// ```
/// Quotas are added up as exact fractions.
///
/// # Counts
/// The quotas of money of all reps of the roster, for the days on which they work and by the shares of their ramp, as
/// [`quota_attainment`](super::quota_attainment) has them: of the whole period, whatever the as-of day. Who is hired later in it counts from
/// that day on, and who leaves, up to the last.
///
/// # Unit
/// [`Money`] of the period, 0 or more; higher is better, as far as it can be won.
///
/// # Errors
/// - [`Undefined::NoQuota`] where no rep has a quota of money in the period.
/// - [`Undefined::OutOfRange`] where the figure passes what a decimal holds.
///
/// # Examples
/// One rep for the whole quarter, and one who starts in the middle of it:
/// ```
/// use sales_metrics::{Currency, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let q1 = Period::quarter(2026, 1)?;
/// let ben = Rep::new("ben")?.with_hired(date(2026, 2, 15)?)?;
/// let quotas = [Quota::of_money("ada", q1, 100_000, Currency::USD)?, Quota::of_money("ben", q1, 100_000, Currency::USD)?];
/// let roster = Roster::new([Rep::new("ada")?, ben], quotas)?;
/// let team = TeamTally::new(Scope::new(q1, Currency::USD).with_roster(&roster)?);
/// assert_eq!(kpi::quota_capacity(&team)?.to_string(), "150000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: heads times quota counts a new rep as a full one. In a ramp of 0 %, 25 % and 50 %, hired on January 1, a rep brings a quarter
/// of 100,000 to the first quarter, and not all of it.
/// ```
/// # use sales_metrics::{Currency, Period, Quota, Ramp, Rate, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let q1 = Period::quarter(2026, 1)?;
/// let ramp = Ramp::new([Rate::ZERO, Rate::from_percent(25)?, Rate::HALF])?;
/// let ada = Rep::new("ada")?.with_hired(date(2026, 1, 1)?)?.with_ramp(ramp);
/// let roster = Roster::new([ada], [Quota::of_money("ada", q1, 100_000, Currency::USD)?])?;
/// let team = TeamTally::new(Scope::new(q1, Currency::USD).with_roster(&roster)?);
/// assert_eq!(kpi::quota_capacity(&team)?.to_string(), "25000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`quota_coverage`]: whether it suffices for a target
/// - [`quota_attainment`](super::quota_attainment): how much of it was won
///
/// # Source
/// A usual figure of planning a team; this crate's definition.
pub fn quota_capacity(team: &TeamTally) -> Result<Money, Undefined> {
    let amount = team.quotas()?.decimal(4).ok_or(Undefined::OutOfRange)?;
    Ok(reckon::money(team.scope(), amount))
}

/// How many times the quotas cover the company's target.
///
/// # Formula
/// ```text
/// Σ quotas / target
/// ```
///
/// # Counts
/// Quotas as [`quota_capacity`]; the target is the caller's, for the same period.
///
/// # Unit
/// [`Multiple`], 0 or more. Below 1 the target is missed even if all reach their quotas; some 1.2 leaves room for those who don't.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the target is in another currency.
/// - [`Undefined::TargetNotPositive`] where the target is 0 or less.
/// - [`Undefined::NoQuota`] where no rep has a quota of money in the period.
/// - [`Undefined::OutOfRange`] where the figure passes what a decimal holds.
///
/// # Examples
/// Quotas of 240,000 for a target of 200,000:
/// ```
/// use sales_metrics::{Currency, Money, Period, Quota, Rep, Roster, Scope, TeamTally, kpi};
///
/// let q1 = Period::quarter(2026, 1)?;
/// let quotas = [Quota::of_money("ada", q1, 120_000, Currency::USD)?, Quota::of_money("ben", q1, 120_000, Currency::USD)?];
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?], quotas)?;
/// let team = TeamTally::new(Scope::new(q1, Currency::USD).with_roster(&roster)?);
/// assert_eq!(kpi::quota_coverage(&team, Money::new(200_000, Currency::USD))?.to_string(), "1.2×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the same two reps cover less where one of them is hired for the last third alone.
/// ```
/// # use sales_metrics::{Currency, Money, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let q1 = Period::quarter(2026, 1)?;
/// # let quotas = [Quota::of_money("ada", q1, 120_000, Currency::USD)?, Quota::of_money("ben", q1, 120_000, Currency::USD)?];
/// let ben = Rep::new("ben")?.with_hired(date(2026, 3, 2)?)?;
/// let roster = Roster::new([Rep::new("ada")?, ben], quotas)?;
/// let team = TeamTally::new(Scope::new(q1, Currency::USD).with_roster(&roster)?);
/// assert_eq!(kpi::quota_coverage(&team, Money::new(200_000, Currency::USD))?.to_string(), "0.8×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`quota_capacity`]: the quotas themselves
/// - [`pipeline_coverage`](super::pipeline_coverage): whether the open deals suffice for the target
///
/// # Source
/// A usual figure of planning a team; this crate's definition.
pub fn quota_coverage(team: &TeamTally, target: Money) -> Result<Multiple, Error> {
    expect_positive("the target", team.scope(), target)?;
    let capacity = quota_capacity(team)?.amount();
    Ok(Multiple::new(reckon::quotient(capacity, target.amount())?))
}

/// How many of the reps who are past their ramp reached their quota.
///
/// # Formula
/// ```text
/// reps past their ramp whose amount won toward the quota is the quota or more / such reps who have worked by the as-of day, with a quota above 0 left
/// ```
///
/// # Counts
/// Reps as [`reps_at_quota_rate`](super::reps_at_quota_rate), of whom the [`Ramp`](crate::Ramp) is over on the period's first day, or who have
/// none. A ramp without a hire date has no effect, and is none.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// - As [`reps_at_quota_rate`](super::reps_at_quota_rate) where no rep at all has a quota, or all of them add up to 0.
/// - [`Undefined::NoRampedReps`] where none of these reps has a quota above 0 left and has worked.
/// - [`Undefined::NothingPriced`] where all of them won deals toward it and none of these has an amount.
///
/// # Examples
/// One of two who are past their ramp; a third one is new:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Ramp, Rate, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let q1 = Period::quarter(2026, 1)?;
/// let won = Outcome::Won { on: date(2026, 2, 20)? };
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_owner("ada")?.with_amount(100_000)?;
/// let cleo = Rep::new("cleo")?.with_hired(date(2025, 12, 1)?)?.with_ramp(Ramp::new([Rate::HALF, Rate::HALF])?);
/// let quotas = ["ada", "ben", "cleo"].map(|rep| Quota::of_money(rep, q1, 100_000, Currency::USD));
/// let quotas = quotas.into_iter().collect::<Result<Vec<_>, _>>()?;
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?, cleo], quotas)?;
/// let team = TeamTally::of([&deal], Scope::new(q1, Currency::USD).with_roster(&roster)?)?;
/// assert_eq!(kpi::ramped_reps_at_quota_rate(&team)?.to_string(), "50%");
/// assert_eq!(kpi::ramping_reps_at_quota_rate(&team)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a rep whose ramp ends in the period is new in all of it. The day after the ramp, and not a year of service, makes a ramped rep.
/// ```
/// # use sales_metrics::{Currency, Period, Quota, Ramp, Rate, Rep, Roster, Scope, TeamTally, Undefined, date, kpi};
/// # let q1 = Period::quarter(2026, 1)?;
/// let team = |hired| -> Result<TeamTally, sales_metrics::Error> {
///     let ada = Rep::new("ada")?.with_hired(hired)?.with_ramp(Ramp::new([Rate::HALF; 3])?);
///     let roster = Roster::new([ada], [Quota::of_money("ada", q1, 100_000, Currency::USD)?])?;
///     Ok(TeamTally::new(Scope::new(q1, Currency::USD).with_roster(&roster)?))
/// };
/// assert_eq!(kpi::ramped_reps_at_quota_rate(&team(date(2025, 10, 2)?)?), Err(Undefined::NoRampedReps));
/// assert_eq!(kpi::ramped_reps_at_quota_rate(&team(date(2025, 10, 1)?)?)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`ramping_reps_at_quota_rate`]: of the others
/// - [`reps_at_quota_rate`](super::reps_at_quota_rate): of all
///
/// # Source
/// A usual figure of boards, which ask for it without new reps; this crate's definition.
pub fn ramped_reps_at_quota_rate(team: &TeamTally) -> Result<Rate, Undefined> {
    let none = Undefined::NoRampedReps;
    share_at_quota(judged(team, |rep| team.is_ramped(rep), none)?)
}

/// How many of the reps who are still in their ramp reached what is asked of them.
///
/// # Formula
/// ```text
/// reps in their ramp whose amount won toward the quota is the quota or more / such reps who have worked by the as-of day, with a quota above 0 left
/// ```
///
/// # Counts
/// Reps as [`reps_at_quota_rate`](super::reps_at_quota_rate), of whom the [`Ramp`](crate::Ramp) is not over on the period's first day, those hired
/// later in it among them. Their quota is what is left of it after the ramp.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// - As [`reps_at_quota_rate`](super::reps_at_quota_rate) where no rep at all has a quota, or all of them add up to 0.
/// - [`Undefined::NoRampingReps`] where none of these reps has a quota above 0 left and has worked.
/// - [`Undefined::NothingPriced`] where all of them won deals toward it and none of these has an amount.
///
/// # Examples
/// 50,000 are asked of a rep whose whole quota is 100,000:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Ramp, Rate, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let q1 = Period::quarter(2026, 1)?;
/// let won = Outcome::Won { on: date(2026, 2, 20)? };
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_owner("ada")?.with_amount(50_000)?;
/// let ada = Rep::new("ada")?.with_hired(date(2026, 1, 1)?)?.with_ramp(Ramp::new([Rate::HALF; 3])?);
/// let roster = Roster::new([ada], [Quota::of_money("ada", q1, 100_000, Currency::USD)?])?;
/// let team = TeamTally::of([&deal], Scope::new(q1, Currency::USD).with_roster(&roster)?)?;
/// assert_eq!(kpi::ramping_reps_at_quota_rate(&team)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: of whom nothing is asked yet, nothing was reached. In a ramp that begins with three months of 0 %, a rep is in no rate of the
/// first of them.
/// ```
/// # use sales_metrics::{Currency, Period, Quota, Ramp, Rate, Rep, Roster, Scope, TeamTally, Undefined, date, kpi};
/// # let q1 = Period::quarter(2026, 1)?;
/// let ben = Rep::new("ben")?.with_hired(date(2026, 1, 1)?)?.with_ramp(Ramp::new([Rate::ZERO; 3])?);
/// let quotas = ["ada", "ben"].map(|rep| Quota::of_money(rep, q1, 100_000, Currency::USD));
/// let roster = Roster::new([Rep::new("ada")?, ben], quotas.into_iter().collect::<Result<Vec<_>, _>>()?)?;
/// let team = TeamTally::new(Scope::new(q1, Currency::USD).with_roster(&roster)?);
/// assert_eq!(kpi::ramping_reps_at_quota_rate(&team), Err(Undefined::NoRampingReps));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`ramped_reps_at_quota_rate`]: of the others
/// - [`ramp_time`](super::ramp_time): how long it takes until the whole quota is won
///
/// # Source
/// A usual figure of those who train new reps; this crate's definition.
pub fn ramping_reps_at_quota_rate(team: &TeamTally) -> Result<Rate, Undefined> {
    let none = Undefined::NoRampingReps;
    share_at_quota(judged(team, |rep| !team.is_ramped(rep), none)?)
}

/// How many reps won how much of their quota, by bands.
///
/// # Formula
/// ```text
/// for each band: reps of whom amount won toward the quota / quota lies in it, and their share of all of them
/// the bands: below the first edge, from each edge to below the next, from the last edge on
/// ```
/// Compared as exact fractions, so that the reps from 100 % on are those of [`reps_at_quota_rate`](super::reps_at_quota_rate).
///
/// # Counts
/// Reps as [`reps_at_quota_rate`](super::reps_at_quota_rate).
///
/// # Unit
/// A table: an [`AttainmentBand`] for each band, the lowest first. Their reps add up to all of them.
///
/// # Errors
/// - [`ErrorKind::BandsOutOfOrder`](crate::ErrorKind::BandsOutOfOrder) where there is no edge, or the edges do not rise.
/// - As [`reps_at_quota_rate`](super::reps_at_quota_rate).
///
/// # Examples
/// Below 50 %, to 80 %, to 100 %, and at quota:
/// ```
/// use sales_metrics::{Currency, Deal, Error, Outcome, Percent, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let (q1, won) = (Period::quarter(2026, 1)?, Outcome::Won { on: date(2026, 2, 20)? });
/// let (mut deals, mut reps, mut quotas) = (Vec::new(), Vec::new(), Vec::new());
/// for (id, amount) in [("ada", 49_999), ("ben", 50_000), ("cleo", 99_999), ("dora", 180_000)] {
///     deals.push(Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_owner(id)?.with_amount(amount)?);
///     reps.push(Rep::new(id)?);
///     quotas.push(Quota::of_money(id, q1, 100_000, Currency::USD)?);
/// }
/// let team = TeamTally::of(&deals, Scope::new(q1, Currency::USD).with_roster(&Roster::new(reps, quotas)?)?)?;
/// let edges = [Percent::from_percent(50)?, Percent::from_percent(80)?, Percent::from_percent(100)?];
/// let reps: Vec<u64> = kpi::attainment_distribution(&team, &edges)?.iter().map(|band| band.reps).collect();
/// assert_eq!(reps, [1, 1, 1, 1]);
/// # Ok::<(), Error>(())
/// ```
/// Surprise: a team at 95 % of its quotas may be one rep with all of it and others with next to nothing.
/// ```
/// # use sales_metrics::{Currency, Deal, Error, Outcome, Percent, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let (q1, won) = (Period::quarter(2026, 1)?, Outcome::Won { on: date(2026, 2, 20)? });
/// # let (mut deals, mut reps, mut quotas) = (Vec::new(), Vec::new(), Vec::new());
/// for (id, amount) in [("ada", 360_000), ("ben", 10_000), ("cleo", 10_000), ("dora", 0)] {
///     // As above.
/// #   deals.push(Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_owner(id)?.with_amount(amount)?);
/// #   reps.push(Rep::new(id)?);
/// #   quotas.push(Quota::of_money(id, q1, 100_000, Currency::USD)?);
/// }
/// # let team = TeamTally::of(&deals, Scope::new(q1, Currency::USD).with_roster(&Roster::new(reps, quotas)?)?)?;
/// assert_eq!(kpi::quota_attainment(&team)?.to_string(), "95%");
/// let bands = kpi::attainment_distribution(&team, &[Percent::from_percent(50)?, Percent::from_percent(100)?])?;
/// assert_eq!((bands[0].reps, bands[1].reps, bands[2].reps), (3, 0, 1));
/// assert_eq!(bands[0].share.to_string(), "75%");
/// # Ok::<(), Error>(())
/// ```
///
/// # See also
/// - [`attainment_percentile`]: the rep in the middle
/// - [`reps_at_quota_rate`](super::reps_at_quota_rate): those from 100 % on
///
/// # Source
/// A usual table of quota attainment; this crate's definition.
pub fn attainment_distribution(
    team: &TeamTally,
    bands: &[Percent],
) -> Result<Vec<AttainmentBand>, Error> {
    let rises = |(edge, next): (&Percent, &Percent)| edge < next;
    if bands.is_empty() || !bands.iter().zip(bands.iter().skip(1)).all(rises) {
        return Err(TallyProblem::BandsOutOfOrder.into());
    }
    let reps = judged(team, |_| true, Undefined::NoQuota)?;
    let edges = bands.iter().copied();
    let (mut found, mut all) = (Vec::new(), 0_u64);
    for from in core::iter::once(None).chain(edges.map(Some)) {
        let to = bands.get(found.len()).copied();
        let is_in = |won, quota: crate::value::Fraction| {
            let reaches = |edge: Percent| quota.times_is_at_most(edge.fraction(), won);
            from.is_none_or(reaches) && !to.is_some_and(reaches)
        };
        let reps = reps.iter().filter(|(won, quota)| is_in(*won, *quota));
        let reps = u64::try_from(reps.count()).unwrap_or(u64::MAX);
        all += reps;
        found.push((from, to, reps));
    }
    let mut table = Vec::new();
    for (from, to, reps) in found {
        let share = reckon::rate(reps, all, Undefined::NoQuota)?;
        table.push(AttainmentBand {
            from,
            to,
            reps,
            share,
        });
    }
    Ok(table)
}

/// A band of attainments, and the reps in it: what [`attainment_distribution`] returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct AttainmentBand {
    /// Its lower edge, which belongs to it; none for the lowest band.
    pub from: Option<Percent>,
    /// Its upper edge, which does not; none for the highest band.
    pub to: Option<Percent>,
    /// How many reps are in it.
    pub reps: u64,
    /// Their share of all reps in the table.
    pub share: Rate,
}

/// How much of their quota a rep won who stands at a given place among all, such as in the middle.
///
/// # Formula
/// ```text
/// percentile p of amount won toward the quota / quota, over the reps who have worked by the as-of day, with a quota above 0 left:
/// the value at position p × (n − 1) of the sorted ones, interpolated linearly between the two nearest
/// ```
///
/// # Counts
/// Reps as [`reps_at_quota_rate`](super::reps_at_quota_rate), each with the attainment of their own ([`RepResult::attainment`](crate::tally::RepResult::attainment)).
///
/// # Unit
/// [`Percent`], 0 % or more, and it can pass 100 %; higher is better. 50 % asks for the median.
///
/// # Errors
/// As [`reps_at_quota_rate`](super::reps_at_quota_rate).
///
/// # Examples
/// Three reps at 40 %, 80 % and 150 %:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rate, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let (q1, won) = (Period::quarter(2026, 1)?, Outcome::Won { on: date(2026, 2, 20)? });
/// let (mut deals, mut reps, mut quotas) = (Vec::new(), Vec::new(), Vec::new());
/// for (id, amount) in [("ada", 40_000), ("ben", 80_000), ("cleo", 150_000)] {
///     deals.push(Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_owner(id)?.with_amount(amount)?);
///     reps.push(Rep::new(id)?);
///     quotas.push(Quota::of_money(id, q1, 100_000, Currency::USD)?);
/// }
/// let team = TeamTally::of(&deals, Scope::new(q1, Currency::USD).with_roster(&Roster::new(reps, quotas)?)?)?;
/// assert_eq!(kpi::attainment_percentile(&team, Rate::HALF)?.to_string(), "80%");
/// assert_eq!(kpi::attainment_percentile(&team, Rate::from_percent(25)?)?.to_string(), "60%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the median rep is not the team. One rep with a large quota, who wins all of it, lifts the team and not the middle.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rate, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let (q1, won) = (Period::quarter(2026, 1)?, Outcome::Won { on: date(2026, 2, 20)? });
/// # let (mut deals, mut reps, mut quotas) = (Vec::new(), Vec::new(), Vec::new());
/// for (id, amount, quota) in [("ada", 40_000, 100_000), ("ben", 60_000, 100_000), ("cleo", 800_000, 800_000)] {
///     // As above, each with a quota of their own.
/// #   deals.push(Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_owner(id)?.with_amount(amount)?);
/// #   reps.push(Rep::new(id)?);
/// #   quotas.push(Quota::of_money(id, q1, quota, Currency::USD)?);
/// }
/// # let team = TeamTally::of(&deals, Scope::new(q1, Currency::USD).with_roster(&Roster::new(reps, quotas)?)?)?;
/// assert_eq!(kpi::quota_attainment(&team)?.to_string(), "90%");
/// assert_eq!(kpi::attainment_percentile(&team, Rate::HALF)?.to_string(), "60%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`attainment_distribution`]: all reps, by bands
/// - [`quota_attainment`](super::quota_attainment): of all reps together
///
/// # Source
/// A usual figure of quota attainment; this crate's definition.
pub fn attainment_percentile(team: &TeamTally, p: Rate) -> Result<Percent, Undefined> {
    let mut each = Vec::new();
    for (won, quota) in judged(team, |_| true, Undefined::NoQuota)? {
        each.push(attained(won, quota)?.fraction());
    }
    let each = sorted(each, Ord::cmp);
    Percent::from_fraction(percentile(&each, p, Undefined::NoQuota)?)
}
