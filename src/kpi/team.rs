//! Reps and their quotas.

use rust_decimal::Decimal;

use super::reckon;
use crate::error::{Error, Undefined};
use crate::period::{Scope, days_between};
use crate::record::{ActivityKind, Rep};
use crate::tally::error::TallyProblem;
use crate::tally::{DealTally, Priced, PurchaseTally, RepResult, SpendTally, TeamTally};
use crate::value::{Average, Days, Fraction, Money, Multiple, Percent, Rate, sorted};

/// How much of the reps' quotas was won.
///
/// # Formula
/// ```text
/// Σ amount won on days of employment that a quota above 0 covers / Σ quotas
/// a quota = its amount × Σ over the days of its period (0, or the ramp's share of that day) / days of its period
/// ```
/// Quotas are added up as exact fractions.
///
/// # Counts
/// Won deals whose close date, up to the as-of day, is a day of their owner's employment and lies in the period of one of the owner's
/// quotas of money, of which more than 0 is left ([`RepResult::won_toward_quota`]). A quota counts for the days on which the
/// rep works, from the hire date to the last day of work, and in the months of a [`Ramp`](crate::Ramp) for its share. It is
/// not cut to the full-time share, since it is set for the person, nor to the as-of day: what is won so far stands against the
/// whole quota. A deal that reps share counts for each by the part of the amount. Left out is what was won where nothing was
/// asked for: by reps without a quota for that day, or one of which 0 is left ([`TeamTally::won_outside_quotas`]), and by
/// whoever was no rep of the roster on that day ([`TeamTally::unassigned`]).
///
/// # Unit
/// [`Percent`], 0 % or more, and it can pass 100 %; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoQuota`] where no rep has a quota of money in the period.
/// - [`Undefined::ZeroQuota`] where the quotas add up to 0: quotas of 0, or of reps who did not work.
/// - [`Undefined::NothingPriced`] where deals were won toward the quotas and none has an amount.
/// - [`Undefined::OutOfRange`] where the figure passes what a decimal holds.
///
/// # Examples
/// Two reps with 100,000 each, who win 90,000 and 60,000:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let (q1, won) = (Period::quarter(2026, 1)?, Outcome::Won { on: date(2026, 2, 20)? });
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_owner("ada")?.with_amount(90_000)?,
///     Deal::new("D-2", date(2026, 1, 9)?, won, Currency::USD)?.with_owner("ben")?.with_amount(60_000)?,
/// ];
/// let quotas = [
///     Quota::of_money("ada", q1, 100_000, Currency::USD)?,
///     Quota::of_money("ben", q1, 100_000, Currency::USD)?,
/// ];
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?], quotas)?;
/// let team = TeamTally::of(&deals, Scope::new(q1, Currency::USD).with_roster(&roster)?)?;
/// assert_eq!(kpi::quota_attainment(&team)?.to_string(), "75%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// What is won in a month without a quota counts toward none. 100,000 a month, asked for in January and February alone:
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
/// let quotas = [
///     Quota::of_money("ada", Period::month(2026, 1)?, 100_000, Currency::USD)?,
///     Quota::of_money("ada", Period::month(2026, 2)?, 100_000, Currency::USD)?,
/// ];
/// let mut deals = Vec::new();
/// for month in [1, 2, 3] {
///     let deal = Deal::new("D", date(2026, 1, 7)?, Outcome::Won { on: date(2026, month, 20)? }, Currency::USD)?;
///     deals.push(deal.with_owner("ada")?.with_amount(100_000)?);
/// }
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let team = TeamTally::of(&deals, q1.with_roster(&Roster::new([Rep::new("ada")?], quotas)?)?)?;
/// assert_eq!(kpi::quota_attainment(&team)?.to_string(), "100%");
/// assert_eq!(kpi::rep_productivity(&team)?.to_string(), "300000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a rep hired for the last 45 of 90 days has half of the quota. 50,000 of 100,000 are all of it.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let (q1, won) = (Period::quarter(2026, 1)?, Outcome::Won { on: date(2026, 3, 20)? });
/// let deal = Deal::new("D-1", date(2026, 3, 1)?, won, Currency::USD)?.with_owner("ada")?.with_amount(50_000)?;
/// let ada = Rep::new("ada")?.with_hired(date(2026, 2, 15)?)?;
/// let roster = Roster::new([ada], [Quota::of_money("ada", q1, 100_000, Currency::USD)?])?;
/// let team = TeamTally::of([&deal], Scope::new(q1, Currency::USD).with_roster(&roster)?)?;
/// assert_eq!(kpi::quota_attainment(&team)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// And what was won before the hire is nobody's attainment, whoever owns the deal today. Hired on March 2 at 90,000, of which 30,000 are left:
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let (q1, won) = (Period::quarter(2026, 1)?, Outcome::Won { on: date(2026, 1, 10)? });
/// let deal = Deal::new("D-1", date(2026, 1, 2)?, won, Currency::USD)?.with_owner("ada")?.with_amount(30_000)?;
/// let ada = Rep::new("ada")?.with_hired(date(2026, 3, 2)?)?;
/// let roster = Roster::new([ada], [Quota::of_money("ada", q1, 90_000, Currency::USD)?])?;
/// let team = TeamTally::of([&deal], Scope::new(q1, Currency::USD).with_roster(&roster)?)?;
/// assert_eq!(kpi::quota_attainment(&team)?.to_string(), "0%");
/// assert_eq!(team.unassigned()?.count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`reps_at_quota_rate`]: how many reps reach theirs; one rep's surplus does not make up for another's gap
/// - [`deal_quota_attainment`]: of quotas in deals
/// - [`RepResult::attainment`]: of one rep
/// - [`pipeline_coverage`](super::pipeline_coverage): whether the open deals suffice for a target
///
/// # Source
/// Bouncer, *B2B sales metrics*, whose example counts reps: [`reps_at_quota_rate`].
pub fn quota_attainment(team: &TeamTally) -> Result<Percent, Undefined> {
    let (won, quota) = against_quota(team, RepResult::money, Undefined::NoQuota)?;
    amount_attained(team.scope(), won, quota)
}

/// How many of the deals that the reps were asked to win they won.
///
/// # Formula
/// ```text
/// deals won on days of employment that a quota above 0 covers / Σ quotas
/// a quota = its deals × Σ over the days of its period (0, or the ramp's share of that day) / days of its period
/// ```
/// Quotas are added up as exact fractions: 12 deals for half of the period are 6, 5 are 2.5.
///
/// # Counts
/// Won deals, with an amount or without, whose close date, up to the as-of day, is a day of their owner's employment and lies in the
/// period of one of the owner's quotas of deals, of which more than 0 is left ([`RepResult::won_toward_deal_quota`]). A
/// deal that reps share is its owner's. What part of a quota counts, and what is left out, is as for [`quota_attainment`].
///
/// # Unit
/// [`Percent`], 0 % or more, and it can pass 100 %; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoDealQuota`] where no rep has a quota of deals in the period.
/// - [`Undefined::ZeroQuota`] where the quotas add up to 0.
/// - [`Undefined::OutOfRange`] where the figure passes what a decimal holds.
///
/// # Examples
/// Three deals of four:
/// ```
/// use sales_metrics::{Currency, Period, Quota, Rep, RepId, Roster, Scope, TeamTally, kpi};
/// use sales_metrics::tally::{Priced, RepWins, TeamTotals};
///
/// let q1 = Period::quarter(2026, 1)?;
/// let roster = Roster::new([Rep::new("ada")?], [Quota::of_deals("ada", q1, 4)?])?;
/// let won = RepWins::all_toward_deal_quota(Priced::none(3));
/// let won = [(RepId::new("ada")?, won)];
/// let totals = TeamTotals::given().records(3).won(won);
/// let team = TeamTally::from_totals(Scope::new(q1, Currency::USD).with_roster(&roster)?, totals)?;
/// assert_eq!(kpi::deal_quota_attainment(&team)?.to_string(), "75%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: enough deals are not enough money. A rep may have a quota of each kind.
/// ```
/// # use sales_metrics::{Currency, Decimal, Period, Quota, Rep, RepId, Roster, Scope, TeamTally, kpi};
/// # use sales_metrics::tally::{Priced, RepWins, TeamTotals};
/// # let q1 = Period::quarter(2026, 1)?;
/// let quotas = [Quota::of_deals("ada", q1, 4)?, Quota::of_money("ada", q1, 100_000, Currency::USD)?];
/// let roster = Roster::new([Rep::new("ada")?], quotas)?;
/// let won = Priced::all(5, Decimal::from(40_000).try_into()?);
/// let wins = RepWins::given().all(won).toward_quota(won).toward_deal_quota(5);
/// let won = [(RepId::new("ada")?, wins.into())];
/// let totals = TeamTotals::given().records(5).won(won);
/// let team = TeamTally::from_totals(Scope::new(q1, Currency::USD).with_roster(&roster)?, totals)?;
/// assert_eq!(kpi::deal_quota_attainment(&team)?.to_string(), "125%");
/// assert_eq!(kpi::quota_attainment(&team)?.to_string(), "40%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`quota_attainment`]: of quotas in money
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
pub fn deal_quota_attainment(team: &TeamTally) -> Result<Percent, Undefined> {
    let (won, quota) = against_quota(team, RepResult::deals, Undefined::NoDealQuota)?;
    deals_attained(won, quota)
}

/// How many of the reps reached their quota.
///
/// # Formula
/// ```text
/// reps whose amount won toward the quota is the quota or more / reps who have worked by the as-of day, with a quota above 0 left
/// ```
///
/// # Counts
/// Reps who have worked on at least one day of the period, up to the as-of day, with a quota of money of which more than 0 is left; what
/// part of a quota counts, and which wins count toward it, is as for [`quota_attainment`]. A rep without such a win is below
/// quota; one whose wins all lack an amount is left out, since nobody knows.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoQuota`] where no rep has a quota of money in the period, or none of these has worked yet.
/// - [`Undefined::ZeroQuota`] where the quotas add up to 0.
/// - [`Undefined::NothingPriced`] where all reps with a quota above 0 won deals toward it and none of these has an amount.
///
/// # Examples
/// 15 of 20 reps:
/// ```
/// use sales_metrics::{Currency, Decimal, Error, Period, Quota, Rep, RepId, Roster, Scope, TeamTally, kpi};
/// use sales_metrics::tally::{Priced, RepWins, TeamTotals};
///
/// let q1 = Period::quarter(2026, 1)?;
/// let ids = (1..=20).map(|n| RepId::new(&format!("rep-{n}"))).collect::<Result<Vec<_>, _>>()?;
/// let reps = ids.iter().map(Rep::new).collect::<Result<Vec<_>, _>>()?;
/// let quotas = ids.iter().map(|rep| Quota::of_money(rep, q1, 50_000, Currency::USD));
/// let roster = Roster::new(reps, quotas.collect::<Result<Vec<_>, _>>()?)?;
/// let wins = RepWins::all_toward_quota(Priced::all(1, Decimal::from(50_000).try_into()?));
/// let won = ids.iter().take(15).map(|rep| (rep.clone(), wins));
/// let totals = TeamTotals::given().records(15).won(won);
/// let team = TeamTally::from_totals(Scope::new(q1, Currency::USD).with_roster(&roster)?, totals)?;
/// assert_eq!(kpi::reps_at_quota_rate(&team)?.to_string(), "75%");
/// # Ok::<(), Error>(())
/// ```
/// Surprise: a team can be at 150 % of its quotas while only one of two reps reached theirs.
/// ```
/// # use sales_metrics::{Currency, Decimal, Period, Quota, Rep, RepId, Roster, Scope, TeamTally, kpi};
/// # use sales_metrics::tally::{Priced, RepWins, TeamTotals};
/// # let q1 = Period::quarter(2026, 1)?;
/// let quotas = [Quota::of_money("ada", q1, 50_000, Currency::USD)?, Quota::of_money("ben", q1, 50_000, Currency::USD)?];
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?], quotas)?;
/// let won = [(RepId::new("ada")?, RepWins::all_toward_quota(Priced::all(3, Decimal::from(150_000).try_into()?)))];
/// let totals = TeamTotals::given().records(3).won(won);
/// let team = TeamTally::from_totals(Scope::new(q1, Currency::USD).with_roster(&roster)?, totals)?;
/// assert_eq!(kpi::quota_attainment(&team)?.to_string(), "150%");
/// assert_eq!(kpi::reps_at_quota_rate(&team)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`quota_attainment`]: how much money, whoever won it
/// - [`ramped_reps_at_quota_rate`](super::ramped_reps_at_quota_rate), [`ramping_reps_at_quota_rate`](super::ramping_reps_at_quota_rate): without the new ones, and of these
/// - [`attainment_distribution`](super::attainment_distribution): how far the others are from it
/// - [`RepResult::is_at_quota`]: of one rep
///
/// # Source
/// Bouncer, *B2B sales metrics*.
pub fn reps_at_quota_rate(team: &TeamTally) -> Result<Rate, Undefined> {
    share_at_quota(judged(team, |_| true, Undefined::NoQuota)?)
}

/// How many of the last finished periods in a row the team was below its quotas.
///
/// # Formula
/// ```text
/// finished periods, counted back from the last one, until one in which Σ amount won toward the quotas ≥ Σ quotas
/// ```
/// Compared as exact fractions, not as rounded percentages.
///
/// # Counts
/// As [`quota_attainment`], for each tally of a series that runs from the past to the present. Periods may leave gaps and
/// differ in length, but may not overlap; rosters may differ. A period that is not over on its as-of day is no part of it: it may get there yet.
/// Counting back also stops at a period in which no rep has a quota of money, such as those before quotas were set.
/// Periods before the one at which it stops play no part.
///
/// # Unit
/// A count of periods; lower is better. A trend rather than an accident begins at two or three.
///
/// # Errors
/// - [`ErrorKind::SeriesOutOfOrder`](crate::ErrorKind::SeriesOutOfOrder) where a period begins before the one ahead of it in the series has ended.
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the series has two currencies.
/// - [`Undefined::NoQuota`] where the series is empty, or nobody has a quota in the last of its periods that is over.
/// - [`Undefined::NothingOver`] where none of its periods is over.
/// - [`Undefined::ZeroQuota`] or [`Undefined::NothingPriced`] where the count comes to a period whose attainment is undefined
///   for that reason.
///
/// # Examples
/// 100,000 a month were asked for. January brought them, February and March did not:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let mut deals = Vec::new();
/// for (month, amount) in [(1, 100_000), (2, 99_000), (3, 50_000)] {
///     let won = Outcome::Won { on: date(2026, month, 20)? };
///     let deal = Deal::new("D", date(2026, 1, 7)?, won, Currency::USD)?;
///     deals.push(deal.with_owner("ada")?.with_amount(amount)?);
/// }
/// let quotas = q1.period().months().map(|month| Quota::of_money("ada", month, 100_000, Currency::USD));
/// let roster = Roster::new([Rep::new("ada")?], quotas.collect::<Result<Vec<_>, _>>()?)?;
/// let months = q1.months().map(|month| month.with_roster(&roster)).collect::<Result<Vec<_>, _>>()?;
/// let series = TeamTally::series(&deals, months)?;
/// assert_eq!(kpi::below_quota_streak(&series)?, 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a running month is not below quota yet, on whatever day one looks.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let months = [Period::month(2026, 1)?, Period::month(2026, 2)?];
/// # let won = Outcome::Won { on: date(2026, 1, 20)? };
/// # let deal = Deal::new("D", date(2026, 1, 7)?, won, Currency::USD)?.with_owner("ada")?.with_amount(100_000)?;
/// # let quotas = months.map(|month| Quota::of_money("ada", month, 100_000, Currency::USD));
/// # let roster = Roster::new([Rep::new("ada")?], quotas.into_iter().collect::<Result<Vec<_>, _>>()?)?;
/// let january = Scope::new(Period::month(2026, 1)?, Currency::USD).with_roster(&roster)?;
/// let february = Scope::new(Period::month(2026, 2)?, Currency::USD).as_of(date(2026, 2, 3)?)?.with_roster(&roster)?;
/// let series = TeamTally::series([&deal], [january, february])?;
/// assert_eq!(kpi::below_quota_streak(&series)?, 0);
/// assert!(kpi::below_quota_streak(&series[1..]).is_err());
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`quota_attainment`]: how far below, in one period
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022), looks for the trend. The formula is this crate's.
pub fn below_quota_streak(series: &[TeamTally]) -> Result<u64, Error> {
    reckon::expect_series(series.iter().map(TeamTally::scope))?;
    let is_over = |team: &&TeamTally| team.scope().is_complete();
    let mut finished = series.iter().rev().filter(is_over);
    let Some(latest) = finished.next() else {
        let reason = if series.is_empty() {
            Undefined::NoQuota
        } else {
            Undefined::NothingOver
        };
        return Err(reason.into());
    };
    if !is_below_quota(latest)? {
        return Ok(0);
    }
    let mut streak = 1;
    for team in finished {
        match is_below_quota(team) {
            Ok(true) => streak += 1,
            Ok(false) | Err(Undefined::NoQuota) => break,
            Err(reason) => return Err(reason.into()),
        }
    }
    Ok(streak)
}

/// What a rep brought in on average, each one counted as one.
///
/// # Formula
/// ```text
/// Σ amount won by the active reps / active reps
/// ```
///
/// # Counts
/// Active reps are those who worked on at least one day of the period, up to the as-of day, with a win or without
/// ([`TeamTally::active_reps`]). Won deals by close date, up to the as-of day, where that is a day of their owner's employment; of a
/// deal that reps share, the parts of the amount. What nobody of them won stands beside it: [`TeamTally::unassigned`].
///
/// # Unit
/// [`Money`] a rep, for the length of the period; 0 or more, higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoActiveReps`] where no rep worked.
/// - [`Undefined::NothingPriced`] where the reps won deals and none has an amount.
///
/// # Examples
/// 20 reps and 1,000,000:
/// ```
/// use sales_metrics::{Currency, Decimal, Period, Rep, RepId, Roster, Scope, TeamTally, kpi};
/// use sales_metrics::tally::{Priced, RepWins, TeamTotals};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let reps = (1..=20).map(|n| Rep::new(format!("rep-{n}"))).collect::<Result<Vec<_>, _>>()?;
/// let won = [(RepId::new("rep-1")?, RepWins::without_quota(Priced::all(40, Decimal::from(1_000_000).try_into()?)))];
/// let totals = TeamTotals::given().records(40).won(won);
/// let team = TeamTally::from_totals(q1.with_roster(&Roster::new(reps, [])?)?, totals)?;
/// assert_eq!(kpi::rep_productivity(&team)?.to_string(), "50000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a rep who was hired on the last day counts as one, as does one who works half of the week.
/// ```
/// # use sales_metrics::{Currency, Decimal, Period, Rep, RepId, Roster, Scope, TeamTally, date, kpi};
/// # use sales_metrics::tally::{Priced, RepWins, TeamTotals};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let reps = [Rep::new("ada")?, Rep::new("ben")?.with_hired(date(2026, 3, 31)?)?];
/// # let won = [(RepId::new("ada")?, RepWins::without_quota(Priced::all(4, Decimal::from(90_000).try_into()?)))];
/// # let totals = TeamTotals::given().records(4).won(won);
/// let team = TeamTally::from_totals(q1.with_roster(&Roster::new(reps, [])?)?, totals)?;
/// assert_eq!(kpi::rep_productivity(&team)?.to_string(), "45000 USD");
/// assert_eq!(format!("{:.0}", kpi::full_time_rep_productivity(&team)?), "89011 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// And a deal that closes after its owner has left is nobody's: 0 a rep, and never a mean above the best of them.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = Outcome::Won { on: date(2026, 1, 20)? };
/// let deal = Deal::new("D-1", date(2025, 11, 3)?, won, Currency::USD)?.with_owner("ada")?.with_amount(100_000)?;
/// let ada = Rep::new("ada")?.with_left(date(2025, 12, 31)?)?;
/// let team = TeamTally::of([&deal], q1.with_roster(&Roster::new([ada, Rep::new("ben")?], [])?)?)?;
/// assert_eq!(kpi::rep_productivity(&team)?.to_string(), "0 USD");
/// assert_eq!(team.unassigned()?.volume(Currency::USD)?.to_string(), "1 · 100000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`full_time_rep_productivity`]: by the time that the reps were there
/// - [`rep_productivity_percentile`]: the rep in the middle, or at either end
/// - [`total_revenue`](super::total_revenue): with what is unassigned
///
/// # Source
/// Bouncer, *B2B sales metrics*.
#[doc(alias = "revenue per rep")]
pub fn rep_productivity(team: &TeamTally) -> Result<Money, Undefined> {
    let won = team.won()?;
    expect_active_reps(team)?;
    let revenue = reckon::amount(team.scope(), won)?.amount();
    let mean = reckon::quotient(revenue, team.active_reps())?;
    Ok(reckon::money(team.scope(), mean))
}

/// What a full-time rep who is there on every day of the period that has elapsed brought in on average.
///
/// # Formula
/// ```text
/// Σ amount won by the active reps / full-time equivalents
/// full-time equivalents = Σ over the reps (full-time share × days of work) / days of the period up to the as-of day
/// ```
/// Reckoned as Σ amount × days of the period up to the as-of day / Σ (full-time share × days of work), with one division.
///
/// # Counts
/// As [`rep_productivity`]; a rep counts for the days of work in the period, up to the as-of day, and for the full-time
/// share ([`Rep::full_time_share`](crate::Rep::full_time_share)).
///
/// # Unit
/// [`Money`] a full-time rep, for the days of the period that have elapsed; 0 or more, higher is better. Never below
/// [`rep_productivity`].
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoActiveReps`] where no rep worked.
/// - [`Undefined::NothingPriced`] where the reps won deals and none has an amount.
/// - [`Undefined::OutOfRange`] where the figure passes what a decimal holds.
///
/// # Examples
/// One rep for all of the week and one for half of it, and 90,000:
/// ```
/// use sales_metrics::{Currency, Decimal, Period, Rate, Rep, RepId, Roster, Scope, TeamTally, kpi};
/// use sales_metrics::tally::{Priced, RepWins, TeamTotals};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let reps = [Rep::new("ada")?, Rep::new("ben")?.with_full_time_share(Rate::HALF)?];
/// let won = [(RepId::new("ada")?, RepWins::without_quota(Priced::all(4, Decimal::from(90_000).try_into()?)))];
/// let totals = TeamTotals::given().records(4).won(won);
/// let team = TeamTally::from_totals(q1.with_roster(&Roster::new(reps, [])?)?, totals)?;
/// assert_eq!(team.full_time_equivalents()?.to_string(), "1.5");
/// assert_eq!(kpi::full_time_rep_productivity(&team)?.to_string(), "60000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a rep who was there for a day weighs a day. 1,000 won on the only day of work are 90,000 for 90 days.
/// ```
/// # use sales_metrics::{Currency, Decimal, Period, Rep, RepId, Roster, Scope, TeamTally, date, kpi};
/// # use sales_metrics::tally::{Priced, RepWins, TeamTotals};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let ada = Rep::new("ada")?.with_hired(date(2026, 3, 31)?)?;
/// # let won = [(RepId::new("ada")?, RepWins::without_quota(Priced::all(1, Decimal::from(1_000).try_into()?)))];
/// # let totals = TeamTotals::given().records(1).won(won);
/// let team = TeamTally::from_totals(q1.with_roster(&Roster::new([ada], [])?)?, totals)?;
/// assert_eq!(kpi::full_time_rep_productivity(&team)?.to_string(), "90000 USD");
/// assert_eq!(kpi::rep_productivity(&team)?.to_string(), "1000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`rep_productivity`]: every rep counts as one
/// - [`TeamTally::full_time_equivalents`]: the divisor
///
/// # Source
/// This crate's definition.
pub fn full_time_rep_productivity(team: &TeamTally) -> Result<Money, Undefined> {
    let won = team.won()?;
    expect_active_reps(team)?;
    let revenue = reckon::amount(team.scope(), won)?.amount();
    let for_all_days = reckon::product(revenue, team.scope().elapsed_days())?;
    let mean = reckon::quotient(for_all_days, full_time_days(team)?)?;
    Ok(reckon::money(team.scope(), mean))
}

/// What the rep at a given place among all of them brought in: with 50 %, the one in the middle.
///
/// # Formula
/// ```text
/// percentile p of the amounts that the active reps won: the value at position p × (n − 1) of the sorted amounts,
/// interpolated linearly between the two nearest
/// ```
///
/// # Counts
/// Reps who worked on at least one day of the period, up to the as-of day, each with the amount won by close date on days of
/// employment. A rep without a win has 0; one whose wins all lack an amount is left out, since nobody knows.
///
/// # Unit
/// [`Money`] a rep, for the length of the period; 0 or more, higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoActiveReps`] where no rep worked.
/// - [`Undefined::NothingPriced`] where each rep won deals of which none has an amount.
///
/// # Examples
/// Reps who won 10,000, 20,000 and 90,000:
/// ```
/// use std::collections::BTreeMap;
///
/// use sales_metrics::{Currency, Decimal, Error, Period, Rate, Rep, RepId, Roster, Scope, TeamTally, kpi};
/// use sales_metrics::tally::{Priced, RepWins, TeamTotals};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let mut wins = BTreeMap::new();
/// for (rep, amount) in [("ada", 10_000), ("ben", 20_000), ("cleo", 90_000)] {
///     let won = Priced::all(1, Decimal::from(amount).try_into()?);
///     wins.insert(RepId::new(rep)?, RepWins::without_quota(won));
/// }
/// let reps = [Rep::new("ada")?, Rep::new("ben")?, Rep::new("cleo")?];
/// let totals = TeamTotals::given().records(3).won(wins);
/// let team = TeamTally::from_totals(q1.with_roster(&Roster::new(reps, [])?)?, totals)?;
/// assert_eq!(kpi::rep_productivity_percentile(&team, Rate::HALF)?.to_string(), "20000 USD");
/// assert_eq!(kpi::rep_productivity_percentile(&team, Rate::from_percent(75)?)?.to_string(), "55000 USD");
/// assert_eq!(kpi::rep_productivity(&team)?.to_string(), "40000 USD");
/// # Ok::<(), Error>(())
/// ```
/// Surprise: reps who won nothing are reps. With two of them beside one winner, the rep in the middle brought in 0.
/// ```
/// # use sales_metrics::{Currency, Decimal, Period, Rate, Rep, RepId, Roster, Scope, TeamTally, kpi};
/// # use sales_metrics::tally::{Priced, RepWins, TeamTotals};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let reps = [Rep::new("ada")?, Rep::new("ben")?, Rep::new("cleo")?];
/// let won = [(RepId::new("ada")?, RepWins::without_quota(Priced::all(1, Decimal::from(90_000).try_into()?)))];
/// let totals = TeamTotals::given().records(1).won(won);
/// let team = TeamTally::from_totals(q1.with_roster(&Roster::new(reps, [])?)?, totals)?;
/// assert_eq!(kpi::rep_productivity_percentile(&team, Rate::HALF)?.to_string(), "0 USD");
/// assert_eq!(kpi::rep_productivity(&team)?.to_string(), "30000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`rep_productivity`]: the mean, which one very good rep lifts
/// - [`median_deal_size`](super::median_deal_size): the middle of the deals, not of the reps
///
/// # Source
/// This crate's definition; the percentile is SQL's `PERCENTILE_CONT` and the spreadsheets' `PERCENTILE.INC`.
pub fn rep_productivity_percentile(team: &TeamTally, p: Rate) -> Result<Money, Undefined> {
    team.won()?;
    expect_active_reps(team)?;
    let mut amounts: Vec<Decimal> = Vec::new();
    for rep in team.reps_at_work() {
        let won = rep.won()?;
        if won.priced > 0 || won.count == 0 {
            amounts.push(won.amount.decimal());
        }
    }
    let amounts = sorted(amounts, Ord::cmp);
    let amount = percentile(&amounts, p, Undefined::NothingPriced)?;
    Ok(reckon::money(team.scope(), amount))
}

/// How many of the reps left in the period.
///
/// # Formula
/// ```text
/// leavers / ((head-count at the start + head-count at the end) / 2)
/// ```
/// Reckoned as leavers × 2 / (start + end), with one division.
///
/// # Counts
/// Leavers by their last day of work, in the period up to the as-of day. The head-count at the start is read on the morning of
/// the period's first day: those hired before it whose last day is not before it. That at the end is read on the evening of
/// the last day, or of the as-of day if that is earlier: those hired by then who have not left by then, and who leaves on
/// that day is gone. So start + joined − leavers = end ([`TeamTally::staffing`]).
///
/// # Unit
/// [`Percent`] of the period, 0 % or more, and it can pass 100 %; lower is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoHeadCount`] where nobody was there at the start, and nobody at the end.
///
/// # Examples
/// One of five leaves:
/// ```
/// use sales_metrics::{Currency, Period, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let mut reps = (1..=5).map(|n| Rep::new(format!("rep-{n}"))).collect::<Result<Vec<_>, _>>()?;
/// reps[0] = reps[0].clone().with_left(date(2026, 2, 13)?)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_roster(&Roster::new(reps, [])?)?;
/// let team = TeamTally::new(q1);
/// assert_eq!((team.staffing().at_start, team.staffing().at_end), (5, 4));
/// assert_eq!(format!("{:.1}", kpi::turnover_rate(&team)?), "22.2%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: who works on the last day of the period and leaves on it, leaves in it and is gone at its end. A rep whose
/// last day was the day before the period left before it.
/// ```
/// # use sales_metrics::{Currency, Period, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let ada = Rep::new("ada")?;
/// let ben = Rep::new("ben")?;
/// let in_it = Roster::new([ada.clone(), ben.clone().with_left(date(2026, 3, 31)?)?], [])?;
/// assert_eq!(format!("{:.1}", kpi::turnover_rate(&TeamTally::new(q1.with_roster(&in_it)?))?), "66.7%");
/// let before = Roster::new([ada, ben.with_left(date(2025, 12, 31)?)?], [])?;
/// assert_eq!(kpi::turnover_rate(&TeamTally::new(q1.with_roster(&before)?))?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`annualized_turnover_rate`]: the same as of a year, to compare with others
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022). The mean of the head-counts is this crate's choice.
#[doc(alias = "attrition")]
pub fn turnover_rate(team: &TeamTally) -> Result<Percent, Undefined> {
    let (twice_left, both_ends) = turnover(team)?;
    reckon::percent(twice_left, both_ends)
}

/// How many of the reps would leave in a year, if they went on leaving as in the period.
///
/// # Formula
/// ```text
/// of a complete period of whole months: turnover rate × 12 / its months
/// of any other: turnover rate × 365 / days of the period up to the as-of day
/// ```
/// Reckoned with one division. A whole year, leap year or not, is its own rate.
///
/// # Counts
/// As [`turnover_rate`]. Fewer than 28 days tell nothing of a year.
///
/// # Unit
/// [`Percent`] a year, 0 % or more, and it can pass 100 %; lower is better. Above 20 % is a warning. A few reps
/// make it jump: one of five leaving in a month is 267 % a year.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoHeadCount`] where nobody was there at the start, and nobody at the end.
/// - [`Undefined::TooShort`] where fewer than 28 days of it have passed.
///
/// # Examples
/// Two of twenty leave in a year:
/// ```
/// use sales_metrics::{Currency, Period, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let mut reps = (1..=20).map(|n| Rep::new(format!("rep-{n}"))).collect::<Result<Vec<_>, _>>()?;
/// for rep in &mut reps[..2] {
///     *rep = rep.clone().with_left(date(2026, 6, 30)?)?;
/// }
/// let year = Scope::new(Period::year(2026)?, Currency::USD).with_roster(&Roster::new(reps, [])?)?;
/// assert_eq!(format!("{:.1}", kpi::annualized_turnover_rate(&TeamTally::new(year))?), "10.5%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the same two leavers in one quarter are beyond the mark of 20 %.
/// ```
/// # use sales_metrics::{Currency, Period, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let mut reps = (1..=20).map(|n| Rep::new(format!("rep-{n}"))).collect::<Result<Vec<_>, _>>()?;
/// # for rep in &mut reps[..2] {
/// #     *rep = rep.clone().with_left(date(2026, 2, 13)?)?;
/// # }
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_roster(&Roster::new(reps, [])?)?;
/// let team = TeamTally::new(q1);
/// assert_eq!(format!("{:.1}", kpi::turnover_rate(&team)?), "10.5%");
/// assert_eq!(format!("{:.1}", kpi::annualized_turnover_rate(&team)?), "42.1%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`turnover_rate`]: of the period as it is
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022), whose warning it is. The formula is this crate's.
#[doc(alias = "attrition")]
pub fn annualized_turnover_rate(team: &TeamTally) -> Result<Percent, Undefined> {
    let (twice_left, both_ends) = turnover(team)?;
    let (year, elapsed) = year_by_elapsed(team.scope())?;
    reckon::percent(twice_left * year, both_ends * elapsed)
}

/// How long it takes a new rep to win a full quota: the rep in the middle of those who did.
///
/// # Formula
/// ```text
/// median, over the reps who reached it, of: last day of the first whole period of employment in which the rep won the full quota − hire date
/// ```
///
/// # Counts
/// Reps hired from the first day of the series up to its last, or to the last tally's as-of day. A period counts where it is over on its
/// as-of day and the rep worked on each of its days: in a part of one, one deal could reach what is left of a quota. Their wins are as
/// for [`quota_attainment`]; the quota is the full one, above 0, which a [`Ramp`](crate::Ramp) does not lower. Who has not
/// reached it yet is not in the median: [`ramping_reps`] counts them. All tallies are of one roster; their periods run
/// from the past to the present and may not overlap.
///
/// # Unit
/// [`Days`], 0 or more, as fine as the periods are short; lower is better.
///
/// # Errors
/// - [`ErrorKind::SeriesOutOfOrder`](crate::ErrorKind::SeriesOutOfOrder) where a period begins before the one ahead of it in the series has ended.
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the series has two currencies.
/// - [`ErrorKind::RosterMismatch`](crate::ErrorKind::RosterMismatch) where it has two rosters.
/// - [`Undefined::NobodyAtQuota`] where no rep hired in the series has reached the full quota.
///
/// # Examples
/// Hired on January 15, at quota for the first time in March:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let mut deals = Vec::new();
/// for (month, amount) in [(2, 40_000), (3, 60_000)] {
///     let won = Outcome::Won { on: date(2026, month, 20)? };
///     let deal = Deal::new("D", date(2026, 1, 20)?, won, Currency::USD)?;
///     deals.push(deal.with_owner("ada")?.with_amount(amount)?);
/// }
/// let quotas = q1.period().months().map(|month| Quota::of_money("ada", month, 50_000, Currency::USD));
/// let ada = Rep::new("ada")?.with_hired(date(2026, 1, 15)?)?;
/// let roster = Roster::new([ada], quotas.collect::<Result<Vec<_>, _>>()?)?;
/// let months = q1.months().map(|month| month.with_roster(&roster)).collect::<Result<Vec<_>, _>>()?;
/// let series = TeamTally::series(&deals, months)?;
/// assert_eq!(kpi::ramp_time(&series)?.to_string(), "75 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// It looks better than it is while some are not there yet. Of two reps, one is at quota in the first month; that the other
/// still is not shows only beside it:
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = Outcome::Won { on: date(2026, 1, 20)? };
/// # let deals = [Deal::new("D", date(2026, 1, 7)?, won, Currency::USD)?.with_owner("ada")?.with_amount(50_000)?];
/// # let mut quotas = Vec::new();
/// # for month in q1.period().months() {
/// #     quotas.push(Quota::of_money("ada", month, 50_000, Currency::USD)?);
/// #     quotas.push(Quota::of_money("ben", month, 50_000, Currency::USD)?);
/// # }
/// let hired = date(2026, 1, 1)?;
/// let reps = [Rep::new("ada")?.with_hired(hired)?, Rep::new("ben")?.with_hired(hired)?];
/// # let roster = Roster::new(reps, quotas)?;
/// # let months = q1.months().map(|month| month.with_roster(&roster)).collect::<Result<Vec<_>, _>>()?;
/// let series = TeamTally::series(&deals, months)?;
/// assert_eq!(kpi::ramp_time(&series)?.to_string(), "30 days");
/// assert_eq!(kpi::ramping_reps(&series)?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a quota that a ramp lowers is not reached sooner. Who wins half of it in the first month and all of it in the second has
/// ramped up in the second, though half was all that was asked for in the first.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Quota, Ramp, Rate, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let mut deals = Vec::new();
/// # for (month, amount) in [(1, 25_000), (2, 50_000)] {
/// #     let won = Outcome::Won { on: date(2026, month, 20)? };
/// #     let deal = Deal::new("D", date(2026, 1, 2)?, won, Currency::USD)?;
/// #     deals.push(deal.with_owner("ada")?.with_amount(amount)?);
/// # }
/// # let quotas = q1.period().months().map(|month| Quota::of_money("ada", month, 50_000, Currency::USD));
/// let ada = Rep::new("ada")?.with_hired(date(2026, 1, 1)?)?.with_ramp(Ramp::new([Rate::HALF])?);
/// # let roster = Roster::new([ada], quotas.collect::<Result<Vec<_>, _>>()?)?;
/// # let months = q1.months().map(|month| month.with_roster(&roster)).collect::<Result<Vec<_>, _>>()?;
/// let series = TeamTally::series(&deals, months)?;
/// assert_eq!(kpi::quota_attainment(&series[0])?.to_string(), "100%");
/// assert_eq!(kpi::ramp_time(&series)?.to_string(), "58 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`ramping_reps`]: those who are not in it
/// - [`Ramp`](crate::Ramp): what one expects, where this is what one finds
///
/// # Source
/// This crate's definition.
pub fn ramp_time(series: &[TeamTally]) -> Result<Days, Error> {
    let days = ramps(series)?.into_iter().flatten();
    let days: Vec<Decimal> = sorted(days.map(Decimal::from).collect(), Ord::cmp);
    let median = percentile(&days, Rate::HALF, Undefined::NobodyAtQuota)?;
    Ok(reckon::days(median)?)
}

/// How many of the reps hired in these periods have not won a full quota yet.
///
/// # Formula
/// ```text
/// reps hired in the series − those who won the full quota in one of its whole periods of employment
/// ```
///
/// # Counts
/// Reps hired from the first day of the series up to its last, or to the last tally's as-of day; as [`ramp_time`]. Reps who
/// left without having been there are among them, and so are reps without a quota.
///
/// # Unit
/// A count of reps; lower is better. 0 also where nobody was hired.
///
/// # Errors
/// - [`ErrorKind::SeriesOutOfOrder`](crate::ErrorKind::SeriesOutOfOrder) where a period begins before the one ahead of it in the series has ended.
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the series has two currencies.
/// - [`ErrorKind::RosterMismatch`](crate::ErrorKind::RosterMismatch) where it has two rosters.
///
/// # Examples
/// Two reps are hired, and one of them reaches quota:
/// ```
/// use sales_metrics::{Currency, Decimal, Period, Quota, Rep, RepId, Roster, Scope, TeamTally, date, kpi};
/// use sales_metrics::tally::{Priced, RepWins, TeamTotals};
///
/// let q1 = Period::quarter(2026, 1)?;
/// let hired = date(2026, 1, 1)?;
/// let reps = [Rep::new("ada")?.with_hired(hired)?, Rep::new("ben")?.with_hired(hired)?];
/// let quotas = [Quota::of_money("ada", q1, 50_000, Currency::USD)?, Quota::of_money("ben", q1, 50_000, Currency::USD)?];
/// let won = [(RepId::new("ada")?, RepWins::all_toward_quota(Priced::all(2, Decimal::from(60_000).try_into()?)))];
/// let totals = TeamTotals::given().records(2).won(won);
/// let scope = Scope::new(q1, Currency::USD).with_roster(&Roster::new(reps, quotas)?)?;
/// assert_eq!(kpi::ramping_reps(&[TeamTally::from_totals(scope, totals)?])?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a full quota once is enough. A rep who falls below it afterwards is not ramping any more; and a rep who was hired
/// before the series is not looked at, whatever is won.
/// ```
/// # use sales_metrics::{Currency, Period, Quota, Rep, Roster, Scope, TeamTally, date, kpi};
/// # let q1 = Period::quarter(2026, 1)?;
/// let ada = Rep::new("ada")?.with_hired(date(2025, 12, 31)?)?;
/// let roster = Roster::new([ada], [Quota::of_money("ada", q1, 50_000, Currency::USD)?])?;
/// let team = TeamTally::new(Scope::new(q1, Currency::USD).with_roster(&roster)?);
/// assert_eq!(kpi::ramping_reps(&[team])?, 0);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`ramp_time`]: how long the others took
///
/// # Source
/// This crate's definition.
pub fn ramping_reps(series: &[TeamTally]) -> Result<u64, Error> {
    let ramps = ramps(series)?;
    let still = ramps.iter().filter(|days| days.is_none());
    Ok(still.fold(0, |sum, _| sum + 1))
}

/// How many activities a rep did on average in the period.
///
/// # Formula
/// ```text
/// activities of the active reps / active reps
/// ```
///
/// # Counts
/// Activities of every kind, by the date of their instant, on days of their rep's employment, but for rescheduled meetings: the meeting
/// that was put in the place of one counts for it. Left out is what owners did who are no reps of the roster on that day: queues and
/// bots, too. Active reps are those who worked on at least one day of the period. All up to the as-of day.
///
/// The activities come into the tally by [`TeamTally::with_activities`]; those of one rep or one team are in what
/// [`TeamTally::filter`] makes of it.
///
/// # Unit
/// [`Average`], 0 or more; higher is better, as far as quality keeps up.
///
/// # Errors
/// - [`Undefined::NotCounted`] where no activities were put into the tally.
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoActiveReps`] where no rep worked in the period.
///
/// # Examples
/// Three activities of two reps:
/// ```
/// use sales_metrics::{Activity, ActivityKind, Currency, Period, Rep, Roster, Scope, TeamTally, instant, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let at = instant("2026-01-07T10:00:00+01:00")?;
/// let activities = [
///     Activity::new("A-1", ActivityKind::Call, at)?.with_rep("ada")?,
///     Activity::new("A-2", ActivityKind::Email, at)?.with_rep("ben")?,
///     Activity::new("A-3", ActivityKind::Email, at)?.with_rep("ben")?,
/// ];
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?], [])?;
/// let team = TeamTally::new(q1.with_roster(&roster)?).with_activities(&activities)?;
/// assert_eq!(kpi::touchpoints_per_rep(&team)?.to_string(), "1.5");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a rep who worked for one day of the period counts as one, like all the others; and what a bot sends is no rep's work.
/// ```
/// # use sales_metrics::{Activity, ActivityKind, Currency, Period, Rep, Roster, Scope, TeamTally, date, instant, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let at = instant("2026-01-07T10:00:00+01:00")?;
/// let activities = [
///     Activity::new("A-1", ActivityKind::Call, at)?.with_rep("ada")?,
///     Activity::new("A-2", ActivityKind::Email, at)?.with_rep("marketing-bot")?,
/// ];
/// let new = Rep::new("ben")?.with_hired(date(2026, 3, 31)?)?;
/// let team = TeamTally::new(q1.with_roster(&Roster::new([Rep::new("ada")?, new], [])?)?);
/// assert_eq!(kpi::touchpoints_per_rep(&team.with_activities(&activities)?)?.to_string(), "0.5");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`activities_per_rep_per_day`](crate::kpi::activities_per_rep_per_day): of one kind, and by working day
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn touchpoints_per_rep(team: &TeamTally) -> Result<Average, Undefined> {
    let mut all = 0;
    for kind in ActivityKind::ALL {
        all += team.done(*kind)?;
    }
    expect_active_reps(team)?;
    Ok(Average::new(reckon::quotient(all, team.active_reps())?))
}

/// How much was sold for each unit of money spent on sales.
///
/// # Formula
/// ```text
/// bookings, that is Σ amount of the won deals / sales spend
/// ```
///
/// # Counts
/// Bookings are won deals with an amount, by close date: a deal over three years counts for all of them. Spend on sales by its date, neither marketing nor other spend.
///
/// # Unit
/// [`Multiple`], 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::NoSpend`] where no expense on sales is recorded; [`Undefined::SpendNotPositive`] where they, less refunds, are 0 or less.
/// - [`Undefined::NothingPriced`] where deals were won and none of them has an amount.
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are not of one scope.
///
/// # Examples
/// 400,000 won with 100,000 spent:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, Spend, SpendCategory, SpendTally, date, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Priced::all(20, Decimal::from(400_000).try_into()?);
/// let deals = DealTally::from_totals(q1, DealTotals::given().records(20).won(won))?;
/// let spend = [Spend::new("S-1", date(2026, 1, 31)?, 100_000, Currency::USD, SpendCategory::Sales)?];
/// assert_eq!(kpi::sales_efficiency(&deals, &SpendTally::of(&spend, q1)?)?.to_string(), "4×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: where only marketing spent money, sales was not infinitely efficient.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, Spend, SpendCategory, SpendTally, Undefined, date, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = Priced::all(20, Decimal::from(400_000).try_into()?);
/// # let deals = DealTally::from_totals(q1, DealTotals::given().records(20).won(won))?;
/// let spend = [Spend::new("S-1", date(2026, 1, 31)?, 100_000, Currency::USD, SpendCategory::Marketing)?];
/// let efficiency = kpi::sales_efficiency(&deals, &SpendTally::of(&spend, q1)?);
/// assert_eq!(efficiency, Err(Undefined::NoSpend.into()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`magic_number`](crate::kpi::magic_number): what more recurring revenue the spend of the quarter before brought
/// - [`customer_acquisition_cost`](crate::kpi::customer_acquisition_cost): what a customer costs
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn sales_efficiency(deals: &DealTally, spend: &SpendTally) -> Result<Multiple, Error> {
    deals.scope().expect_of("the spend", spend.scope())?;
    let (sales, won) = (spend.totals().sales()?, deals.totals().won()?);
    let sales = reckon::divisor(sales)?;
    let revenue = reckon::amount(deals.scope(), won)?.amount();
    Ok(Multiple::new(reckon::quotient(revenue, sales)?))
}

/// What sales spends on a new customer.
///
/// # Formula
/// ```text
/// sales spend / new customers
/// ```
///
/// # Counts
/// Spend on sales by its date, neither marketing nor other spend; accounts whose first win ever lies in the period.
///
/// # Unit
/// [`Money`], 0 or more; lower is better.
///
/// # Errors
/// - [`Undefined::NoNewCustomers`] where no account was won for the first time.
/// - [`Undefined::NoSpend`] where no expense on sales is recorded; [`Undefined::SpendNotPositive`] where more came back than was spent.
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the tallies are not of one scope.
///
/// # Examples
/// 9,000 spent on sales and one new customer:
/// ```
/// use sales_metrics::{
///     Currency, Deal, Outcome, Period, PurchaseTally, Scope, Spend, SpendCategory, SpendTally, date, kpi,
/// };
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Outcome::Won { on: date(2026, 2, 20)? };
/// let deals = [Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_account("Initech")?];
/// let spend = [
///     Spend::new("S-1", date(2026, 1, 31)?, 9_000, Currency::USD, SpendCategory::Sales)?,
///     Spend::new("S-2", date(2026, 1, 31)?, 5_000, Currency::USD, SpendCategory::Marketing)?,
/// ];
/// let (spend, purchases) = (SpendTally::of(&spend, q1)?, PurchaseTally::of(&deals, q1)?);
/// assert_eq!(kpi::cost_per_converted_customer(&spend, &purchases)?.to_string(), "9000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: marketing's share is left out, so it is below the acquisition cost.
/// ```
/// # use sales_metrics::{
/// #     Currency, Deal, Outcome, Period, PurchaseTally, Scope, Spend, SpendCategory, SpendTally, date, kpi,
/// # };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = Outcome::Won { on: date(2026, 2, 20)? };
/// # let deals = [Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_account("Initech")?];
/// # let spend = [
/// #     Spend::new("S-1", date(2026, 1, 31)?, 9_000, Currency::USD, SpendCategory::Sales)?,
/// #     Spend::new("S-2", date(2026, 1, 31)?, 5_000, Currency::USD, SpendCategory::Marketing)?,
/// # ];
/// # let (spend, purchases) = (SpendTally::of(&spend, q1)?, PurchaseTally::of(&deals, q1)?);
/// assert_eq!(kpi::customer_acquisition_cost(&spend, &purchases)?.to_string(), "14000 USD");
/// assert!(kpi::cost_per_converted_customer(&spend, &purchases)? < kpi::customer_acquisition_cost(&spend, &purchases)?);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`customer_acquisition_cost`](crate::kpi::customer_acquisition_cost): marketing's share included
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn cost_per_converted_customer(
    spend: &SpendTally,
    purchases: &PurchaseTally,
) -> Result<Money, Error> {
    spend
        .scope()
        .expect_of("the purchases", purchases.scope())?;
    let (sales, customers) = (spend.totals().sales()?, purchases.totals().new_customers()?);
    if customers == 0 {
        return Err(Undefined::NoNewCustomers.into());
    }
    Ok(reckon::mean_cost(spend.scope(), sales, customers)?)
}

/// On how many reps a [`ramp_time`] rests.
pub(crate) fn ramped_reps(series: &[TeamTally]) -> Result<u64, Error> {
    let ramped = ramps(series)?.into_iter().flatten().count();
    Ok(u64::try_from(ramped).unwrap_or(u64::MAX))
}

/// For each rep hired in the series the days from the hire to the end of the first whole period at the full quota, if there is one.
fn ramps(series: &[TeamTally]) -> Result<Vec<Option<u64>>, Error> {
    reckon::expect_series(series.iter().map(TeamTally::scope))?;
    let (Some(first), Some(last)) = (series.first(), series.last()) else {
        return Ok(Vec::new());
    };
    if series.iter().any(|team| team.roster() != first.roster()) {
        return Err(TallyProblem::RosterMismatch.into());
    }
    let ((start, _), (_, end)) = (first.scope().window(), last.scope().window());
    let mut ramps = vec![None; first.roster().reps().len()];
    for team in series {
        let (_, evening) = team.scope().window();
        for (ramp, result) in ramps.iter_mut().zip(team.reps()) {
            if ramp.is_none() && is_ramped(team, &result)? {
                let (hired, _) = result.rep().employment();
                *ramp = Some(days_between(hired, evening).saturating_sub(1));
            }
        }
    }
    let hired = |day| start <= day && day < end;
    let reps = first.roster().reps().iter();
    let found = reps.zip(ramps).filter(|(rep, _)| hired(rep.employment().0));
    Ok(found.map(|(_, ramp)| ramp).collect())
}

/// Whether a rep was there throughout a period that is over, and is known to have won the full quota in it.
fn is_ramped(team: &TeamTally, rep: &RepResult<'_>) -> Result<bool, Undefined> {
    let won = rep.won_toward_quota()?;
    let full = rep.expected().full_amount;
    let days = u64::from(team.scope().period().days());
    let is_whole = team.scope().is_complete() && team.active_days(rep.rep()) == days;
    Ok(is_whole && full > 0 && won.priced > 0 && won.amount.units() >= full)
}

/// What a rep won toward a quota, and what was expected.
type Against = (Result<Priced, Undefined>, Fraction);

/// What the reps won toward their quotas, and what was expected of them all: above 0.
fn against_quota<'a>(
    team: &'a TeamTally,
    of: impl Fn(&RepResult<'a>) -> Option<Against>,
    none: Undefined,
) -> Result<(Priced, Fraction), Undefined> {
    expect_begun(team.scope())?;
    let (mut won, mut quotas) = (Priced::default(), Vec::new());
    for (each, quota) in team.reps().filter_map(|rep| of(&rep)) {
        won = won.plus(each?);
        quotas.push(quota);
    }
    above_zero(won, TeamTally::sum_of_quotas(quotas, none)?)
}

/// What a rep won toward the quota of money, in units of 10⁻⁴, and the quota: known, and above 0.
pub(super) type Judged = (u128, Fraction);

/// The reps who have worked by the as-of day and of whom it is known how much of a quota above 0 they won; the reason where there is none.
pub(super) fn judged(
    team: &TeamTally,
    mut asked: impl FnMut(&Rep) -> bool,
    nobody: Undefined,
) -> Result<Vec<Judged>, Undefined> {
    // Whose wins were not counted is asked about here.
    against_quota(team, RepResult::money, Undefined::NoQuota)?;
    let (mut all, mut none) = (Vec::new(), nobody);
    for rep in team.reps_at_work().filter(|rep| asked(rep.rep())) {
        match rep.judged() {
            Ok(one) => all.push(one),
            Err(Undefined::NothingPriced) => none = Undefined::NothingPriced,
            Err(_) => {}
        }
    }
    if all.is_empty() {
        return Err(none);
    }
    Ok(all)
}

/// How many of them reached the quota.
pub(super) fn share_at_quota(reps: Vec<Judged>) -> Result<Rate, Undefined> {
    let (mut all, mut there) = (0_u64, 0_u64);
    for (won, quota) in reps {
        all += 1;
        there += u64::from(is_reached(won, quota));
    }
    reckon::rate(there, all, Undefined::NoQuota)
}

/// Whether as much was won as the quota is, or more, compared exactly.
fn is_reached(won: u128, quota: Fraction) -> bool {
    quota.is_at_most(won)
}

/// Whether less was won than the quotas.
fn is_below_quota(team: &TeamTally) -> Result<bool, Undefined> {
    let (won, quota) = against_quota(team, RepResult::money, Undefined::NoQuota)?;
    reckon::amount(team.scope(), won)?;
    Ok(!is_reached(won.amount.units(), quota))
}

/// The one check that a period has begun by the as-of day.
fn expect_begun(scope: Scope) -> Result<(), Undefined> {
    if scope.elapsed_days() == 0 {
        return Err(Undefined::NothingElapsed);
    }
    Ok(())
}

fn amount_attained(scope: Scope, won: Priced, quota: Fraction) -> Result<Percent, Undefined> {
    reckon::amount(scope, won)?;
    attained(won.amount.units(), quota)
}

fn deals_attained(won: Priced, quota: Fraction) -> Result<Percent, Undefined> {
    attained(won.count.into(), quota)
}

pub(super) fn attained(won: u128, quota: Fraction) -> Result<Percent, Undefined> {
    Percent::from_fraction(quota.divide(won).ok_or(Undefined::OutOfRange)?)
}

fn expect_active_reps(team: &TeamTally) -> Result<(), Undefined> {
    expect_begun(team.scope())?;
    if team.active_reps() == 0 {
        return Err(Undefined::NoActiveReps);
    }
    Ok(())
}

/// Twice the leavers, and the head-counts of both ends together: their quotient is leavers by the mean head-count.
fn turnover(team: &TeamTally) -> Result<(u64, u64), Undefined> {
    expect_begun(team.scope())?;
    let staffing = team.staffing();
    let both_ends = staffing.at_start + staffing.at_end;
    if both_ends == 0 {
        return Err(Undefined::NoHeadCount);
    }
    Ok((staffing.left * 2, both_ends))
}

/// How many days must have passed before they are taken for a part of a year: the shortest month.
const LEAST_OF_A_YEAR: u32 = 28;

/// A year and what has elapsed, both in months where these are whole, else in days.
fn year_by_elapsed(scope: Scope) -> Result<(u64, u64), Undefined> {
    let months = scope.period().whole_months().map(u64::try_from);
    match months {
        _ if scope.elapsed_days() < LEAST_OF_A_YEAR => Err(Undefined::TooShort),
        Some(Ok(months)) if scope.is_complete() => Ok((12, months)),
        _ => Ok((365, scope.elapsed_days().into())),
    }
}

/// Σ over the reps of full-time share × days of work.
fn full_time_days(team: &TeamTally) -> Result<Decimal, Undefined> {
    let millionths = i128::try_from(team.full_time_millionths()).ok();
    let days = millionths.and_then(|sum| Decimal::try_from_i128_with_scale(sum, 6).ok());
    days.ok_or(Undefined::OutOfRange)
}

pub(super) fn percentile(
    sorted: &[Decimal],
    p: Rate,
    none: Undefined,
) -> Result<Decimal, Undefined> {
    let count = u64::try_from(sorted.len()).unwrap_or(u64::MAX);
    let at = |position: u64| sorted.get(usize::try_from(position).ok()?).copied();
    crate::value::percentile(count, &at, p).ok_or(none)
}

impl TeamTally {
    /// How many full-time reps the reps were: Σ full-time share × days of work / days of the period up to the as-of day.
    ///
    /// # Errors
    /// [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
    pub fn full_time_equivalents(&self) -> Result<Average, Undefined> {
        expect_begun(self.scope())?;
        let mean = reckon::quotient(full_time_days(self)?, self.scope().elapsed_days())?;
        Ok(Average::new(mean))
    }
}

impl RepResult<'_> {
    /// Whether the rep has a quota in the period, of money or of deals.
    #[must_use]
    pub fn has_quota(&self) -> bool {
        self.expected().amount.is_some() || self.expected().deals.is_some()
    }

    /// What was expected of the rep: the quotas of money in the period, for the days of work and by the shares of the ramp.
    ///
    /// # Errors
    /// [`Undefined::NoQuota`] where there is none.
    pub fn quota(&self) -> Result<Money, Undefined> {
        let quota = self.expected().amount.ok_or(Undefined::NoQuota)?;
        let amount = quota.decimal(4).ok_or(Undefined::OutOfRange)?;
        Ok(reckon::money(self.scope(), amount))
    }

    /// How many deals were expected of the rep; a part of one, where the quota counts in part.
    ///
    /// # Errors
    /// [`Undefined::NoDealQuota`] where the rep has no quota of deals.
    pub fn deal_quota(&self) -> Result<Average, Undefined> {
        let quota = self.expected().deals.ok_or(Undefined::NoDealQuota)?;
        let quota = quota.decimal(0).ok_or(Undefined::OutOfRange)?;
        Ok(Average::new(quota))
    }

    /// How much of the quota the rep won, in the periods of the quotas; [`quota_attainment`] of one.
    ///
    /// # Errors
    /// As [`quota_attainment`].
    pub fn attainment(&self) -> Result<Percent, Undefined> {
        let (won, quota) = self.judged()?;
        attained(won, quota)
    }

    /// How many of the deals asked for the rep won, in the periods of the quotas; [`deal_quota_attainment`] of one.
    ///
    /// # Errors
    /// As [`deal_quota_attainment`].
    pub fn deal_attainment(&self) -> Result<Percent, Undefined> {
        let (won, quota) = self.against(self.deals(), Undefined::NoDealQuota)?;
        deals_attained(won, quota)
    }

    /// Whether the rep won as much toward the quota as it is or more, compared exactly.
    ///
    /// # Errors
    /// As [`quota_attainment`].
    pub fn is_at_quota(&self) -> Result<bool, Undefined> {
        let (won, quota) = self.judged()?;
        Ok(is_reached(won, quota))
    }

    /// What the rep won toward the quota of money, where that is known, and the quota.
    fn judged(&self) -> Result<Judged, Undefined> {
        let (won, quota) = self.against(self.money(), Undefined::NoQuota)?;
        reckon::amount(self.scope(), won)?;
        Ok((won.amount.units(), quota))
    }

    /// What counts toward the quota of money, and the quota, if there is one.
    fn money(&self) -> Option<Against> {
        Some((self.won_toward_quota(), self.expected().amount?))
    }

    /// What counts toward the quota of deals, and the quota, if there is one.
    fn deals(&self) -> Option<Against> {
        let won = self.won_toward_deal_quota().map(Priced::none);
        Some((won, self.expected().deals?))
    }

    fn against(
        &self,
        quota: Option<Against>,
        none: Undefined,
    ) -> Result<(Priced, Fraction), Undefined> {
        expect_begun(self.scope())?;
        let (won, quota) = quota.ok_or(none)?;
        above_zero(won?, quota)
    }
}

fn above_zero(won: Priced, quota: Fraction) -> Result<(Priced, Fraction), Undefined> {
    if quota.is_zero() {
        return Err(Undefined::ZeroQuota);
    }
    Ok((won, quota))
}
