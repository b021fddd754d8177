//! Whether the pipeline holds what is asked for, and how much of it still moves.

use rust_decimal::Decimal;

use super::pipeline::{
    covered, due, expect_no_hindsight, expect_positive, expect_target, remaining,
};
use super::{pipeline_created, reckon, weighted_forecast};
use crate::error::{Error, Undefined};
use crate::tally::{CreatedTally, DealTally, ForecastTally, FunnelScope, QuietTally, SpreadTally};
use crate::value::{Money, Multiple, Percent, Rate, Volume};

/// How much more pipeline has to be created and closed in the period for the target to be met.
///
/// # Formula
/// ```text
/// (target − weighted forecast) / win rate by value
/// ```
///
/// # Counts
/// Won deals and those due in the period, as [`weighted_forecast`]. The win rate is the caller's, of past periods: as a rule
/// [`win_rate_by_value`](super::win_rate_by_value) of the last year, since it is money that is to be won.
///
/// # Unit
/// [`Money`], above 0; lower is better.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the target is in another currency.
/// - [`Undefined::TargetNotPositive`] where the target is 0 or less.
/// - [`Undefined::ZeroWinRate`] where the win rate is 0: no pipeline would be enough.
/// - [`Undefined::ForecastReachesTarget`] where no more is needed.
/// - [`Undefined::NeedsHistory`], [`Undefined::NothingWeighable`] and [`Undefined::NothingPriced`] as [`weighted_forecast`].
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 400,000 won and 100,000 to be expected of the deals due, of a target of 1,000,000, at a win rate of 25 %:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Money, Period, Scope, date, kpi};
/// use sales_metrics::tally::{DealTotals, Priced, Weighed};
///
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let open = Priced::all(10, Decimal::from(200_000).try_into()?);
/// let totals = DealTotals::given()
///     .won(Priced::all(40, Decimal::from(400_000).try_into()?))
///     .open(open)
///     .open_then(0)
///     .expected(open)
///     .overdue(Priced::none(0))
///     .due_weighed(Weighed::of(10, Decimal::from(100_000).try_into()?));
/// let deals = DealTally::from_totals(running, totals)?;
/// let needed = kpi::pipeline_needed(&deals, Money::new(1_000_000, Currency::USD), "25%".parse()?)?;
/// assert_eq!(needed.to_string(), "2000000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the rule of thumb "three times the target" asks for 3,000,000 here, whatever is won and due by now, and whatever the win rate is.
/// Where the forecast reaches the target, nothing more is needed, and that is a reason, not 0 or less.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Money, Period, Scope, Undefined, date, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced, Weighed};
/// # let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let totals = DealTotals::given()
///     .won(Priced::all(40, Decimal::from(400_000).try_into()?))
///     .open(Priced::none(0))
///     .open_then(0)
///     .expected(Priced::none(0))
///     .overdue(Priced::none(0))
///     .due_weighed(Weighed::default());
/// let deals = DealTally::from_totals(running, totals)?;
/// let needed = kpi::pipeline_needed(&deals, Money::new(400_000, Currency::USD), "25%".parse()?);
/// assert_eq!(needed, Err(Undefined::ForecastReachesTarget.into()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`remaining_pipeline_coverage`](super::remaining_pipeline_coverage): what there is, against what is left of the target
/// - [`pipeline_generation_rate`]: whether it is created as planned
/// - [`Plan`](crate::plan::Plan): back from a target to the deals, leads and calls that it takes
///
/// # Source
/// This crate's definition.
pub fn pipeline_needed(deals: &DealTally, target: Money, win_rate: Rate) -> Result<Money, Error> {
    expect_target(deals, target)?;
    if win_rate == Rate::ZERO {
        return Err(Undefined::ZeroWinRate.into());
    }
    let forecast = weighted_forecast(deals)?.amount();
    let remaining = reckon::difference(target.amount(), forecast)?;
    if remaining <= Decimal::ZERO {
        return Err(Undefined::ForecastReachesTarget.into());
    }
    let needed = reckon::quotient(remaining, win_rate.fraction())?;
    Ok(reckon::money(deals.scope(), needed))
}

/// How much pipeline was created, against what was planned.
///
/// # Formula
/// ```text
/// Σ amount of the deals created in the period / plan
/// ```
///
/// # Counts
/// Deals by creation date, up to the as-of day, as [`pipeline_created`]. The plan is that of the whole period.
///
/// # Unit
/// [`Percent`] of the plan, 0 % or more, and it can pass 100 %; higher is better.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the plan is in another currency.
/// - [`Undefined::TargetNotPositive`] where the plan is 0 or less.
/// - [`Undefined::NothingPriced`] where deals were created and none has an amount.
/// - [`Undefined::OutOfRange`] where the plan is so small that the result passes what a decimal holds.
///
/// # Examples
/// 600,000 created of 800,000 planned:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Money, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let created = Priced::all(60, Decimal::from(600_000).try_into()?);
/// let deals = DealTally::from_totals(q1, DealTotals::given().created(created))?;
/// let plan = Money::new(800_000, Currency::USD);
/// assert_eq!(kpi::pipeline_generation_rate(&deals, plan)?.to_string(), "75%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: half of the plan on the way is no half of the work. Deals that nobody has priced yet are in no sum, so that of a young pipeline the
/// rate is too low; how many they are stands beside it.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Money, Period, Scope, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let created = Priced::some(60, 20, Decimal::from(400_000).try_into()?);
/// let deals = DealTally::from_totals(q1, DealTotals::given().created(created))?;
/// assert_eq!(kpi::pipeline_generation_rate(&deals, Money::new(800_000, Currency::USD))?.to_string(), "50%");
/// assert_eq!(deals.totals().created()?.unpriced(), 40);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_created`]: the amount alone
/// - [`Goal`](crate::plan::Goal): whether it is on its way, by the days that are over
///
/// # Source
/// This crate's definition.
pub fn pipeline_generation_rate(deals: &DealTally, plan: Money) -> Result<Percent, Error> {
    expect_positive("the plan", deals.scope(), plan)?;
    let created = pipeline_created(deals)?;
    Ok(reckon::percent(created.amount(), plan.amount())?)
}

/// How many times the deals due in the period that have come to a stage cover what is left of the target.
///
/// # Formula
/// ```text
/// Σ amount of the open deals due in the period that are in the stage or a later one / (target − Σ amount of the won deals)
/// ```
///
/// # Counts
/// Open deals as [`pipeline_coverage`](super::pipeline_coverage), those of them that are in the stage `from` or in one that stands behind it in
/// the order of [`Scope::with_stages`](crate::Scope::with_stages). Those whose record names no stage, or one that is not in the order, are left
/// out; [`ForecastTally::due`] has them. Won deals by close date, up to the as-of day.
///
/// # Unit
/// [`Multiple`] of what is left, 0 or more, never above [`remaining_pipeline_coverage`](super::remaining_pipeline_coverage); higher is better.
///
/// # Errors
/// - [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage) where the order has no such stage;
///   [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where it is of another scope.
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the target is in another currency.
/// - [`Undefined::TargetNotPositive`] where the target is 0 or less; [`Undefined::TargetMet`] where as much has been won, or more.
/// - [`Undefined::PeriodOver`], [`Undefined::NeedsHistory`] and [`Undefined::OutOfRange`] as
///   [`remaining_pipeline_coverage`](super::remaining_pipeline_coverage).
/// - [`Undefined::NoKnownStage`] where deals are due and none of them is in a stage of the order.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount, or the same of the deals due that have come to the stage.
///
/// # Examples
/// 30,000 due, of which 20,000 are in a proposal or beyond, for a target of 10,000:
/// ```
/// use sales_metrics::{Currency, Deal, ForecastTally, Money, Outcome, Period, Scope, date, kpi};
///
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let due = |id, stage| {
///     Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
///         .with_amount(10_000)?
///         .with_expected_close(date(2026, 3, 20)?)?
///         .with_stage(stage)
/// };
/// let deals = [due("D-1", "Qualification")?, due("D-2", "Proposal")?, due("D-3", "Negotiation")?];
/// let (forecast, target) = (ForecastTally::of(&deals, running)?, Money::new(10_000, Currency::USD));
/// let stages = running.with_stages(["Qualification", "Proposal", "Negotiation"])?;
/// assert_eq!(kpi::stage_coverage(&forecast, &stages, "Proposal", target)?.to_string(), "2×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: of a coverage of 3× most may never have been looked at. From the last stage on, it is 1× here.
/// ```
/// # use sales_metrics::{Currency, Deal, ForecastTally, Money, Outcome, Period, Scope, date, kpi};
/// # let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// # let due = |id, stage| {
/// #     Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
/// #         .with_amount(10_000)?
/// #         .with_expected_close(date(2026, 3, 20)?)?
/// #         .with_stage(stage)
/// # };
/// # let deals = [due("D-1", "Qualification")?, due("D-2", "Proposal")?, due("D-3", "Negotiation")?];
/// # let (forecast, target) = (ForecastTally::of(&deals, running)?, Money::new(10_000, Currency::USD));
/// # let stages = running.with_stages(["Qualification", "Proposal", "Negotiation"])?;
/// assert_eq!(kpi::remaining_pipeline_coverage(forecast.tally(), target)?.to_string(), "3×");
/// assert_eq!(kpi::stage_coverage(&forecast, &stages, "Negotiation", target)?.to_string(), "1×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`remaining_pipeline_coverage`](super::remaining_pipeline_coverage): of all deals due, in whatever stage
/// - [`stage_probability`](super::stage_probability): how often what came to a stage was won
/// - [`weighted_forecast`]: each deal by its probability
///
/// # Source
/// This crate's definition.
pub fn stage_coverage(
    forecast: &ForecastTally,
    stages: &FunnelScope,
    from: &str,
    target: Money,
) -> Result<Multiple, Error> {
    let deals = forecast.tally();
    deals
        .scope()
        .expect_of("the order of stages", stages.scope())?;
    let place = stages.place(from)?;
    expect_target(deals, target)?;
    let due = due(deals)?;
    let reached = stages.stages().get(place..).unwrap_or_default();
    let covered = covered(deals, forecast.due_at(reached), remaining(deals, target)?)?;
    if due.count > 0 && forecast.due_at(stages.stages()).count == 0 {
        return Err(Undefined::NoKnownStage.into());
    }
    Ok(covered)
}

/// What should have closed by now, and is still open.
///
/// # Formula
/// ```text
/// number and Σ amount of the open deals expected to close before the evening's day
/// ```
///
/// # Counts
/// Deals open on the [`evening`](crate::Scope::evening) whose expected close is before that day, in the period or before it. One expected on
/// that very day is late from the next day on. `totals().without_expected_close()` says how many open deals have no such date.
///
/// # Unit
/// [`Volume`]: how many deals, what they are worth, and how many have no amount; lower is better.
///
/// # Errors
/// [`Undefined::NeedsHistory`] as [`pipeline_value`](super::pipeline_value): when deals were expected on a past evening is not in today's
/// records. [`Volume::amount`] says [`Undefined::NothingPriced`] where none of the deals has an amount.
///
/// # Examples
/// Three open deals, two of them expected by now:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SpreadTally, date, kpi};
///
/// let open = |id, expected| -> Result<Deal, sales_metrics::Error> {
///     Deal::new(id, date(2025, 11, 3)?, Outcome::Open, Currency::USD)?.with_amount(1_000)?.with_expected_close(expected)
/// };
/// let deals = [
///     open("D-1", date(2025, 12, 20)?)?,
///     open("D-2", date(2026, 1, 10)?)?,
///     open("D-3", date(2026, 3, 31)?)?,
/// ];
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// assert_eq!(kpi::overdue_pipeline(&SpreadTally::of(&deals, running)?)?.to_string(), "2 · 2000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the coverage of the quarter counts one of them as expected in it, though its day is long over. Only the one from before the
/// quarter stands apart there.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SpreadTally, date, kpi};
/// # let open = |id, expected| -> Result<Deal, sales_metrics::Error> {
/// #     Deal::new(id, date(2025, 11, 3)?, Outcome::Open, Currency::USD)?.with_amount(1_000)?.with_expected_close(expected)
/// # };
/// # let deals = [
/// #     open("D-1", date(2025, 12, 20)?)?,
/// #     open("D-2", date(2026, 1, 10)?)?,
/// #     open("D-3", date(2026, 3, 31)?)?,
/// # ];
/// # let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let deals = SpreadTally::of(&deals, running)?;
/// assert_eq!((deals.totals().expected()?.count, deals.totals().overdue()?.count), (2, 1));
/// assert_eq!(kpi::overdue_pipeline(&deals)?.count(), 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_coverage`](super::pipeline_coverage): which counts them as due
/// - [`slippage_rate`](super::slippage_rate): what did not close in the period in which it was expected, by a history
/// - [`deals_older_than`](super::deals_older_than): by their age
///
/// # Source
/// This crate's definition.
pub fn overdue_pipeline(deals: &SpreadTally) -> Result<Volume, Undefined> {
    expect_no_hindsight(deals.tally())?;
    Ok(reckon::volume(deals.scope(), deals.past_due()))
}

/// What lies idle: open deals that are no longer new, and about which nobody has done anything of late.
///
/// # Formula
/// ```text
/// number and Σ amount of the open deals with evening − creation > days and no activity in the days up to the evening
/// ```
///
/// # Counts
/// Deals open on the [`evening`](crate::Scope::evening) whose creation is known. Activities are those that name the deal, of any kind and by
/// anybody, by their day; the evening's day is the last of the days. A meeting that was put off is none; what is planned for later is none yet.
///
/// # Unit
/// [`Volume`]: how many deals, what they are worth, and how many have no amount; lower is better.
///
/// # Errors
/// - [`Undefined::NoActivityNamesADeal`] where no activity names a deal: then nobody knows what was done about which.
/// - [`Undefined::NeedsHistory`] as [`pipeline_value`](super::pipeline_value): what deals were worth on a past evening is not in today's
///   records.
///
/// [`Volume::amount`] says [`Undefined::NothingPriced`] where none of the deals has an amount.
///
/// # Examples
/// Two deals of January at the end of March, one of them called on 20 March:
/// ```
/// use sales_metrics::{Activity, ActivityKind, Currency, Deal, Outcome, Period, QuietTally, Scope, date, instant, kpi};
///
/// let open = |id| Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(1_000);
/// let at = instant("2026-03-20T10:00:00+01:00")?;
/// let calls = [Activity::new("A-1", ActivityKind::Call, at)?.with_deal("D-1")?];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = QuietTally::of([open("D-1")?, open("D-2")?], &calls, q1)?;
/// assert_eq!(kpi::stale_pipeline(&deals, 30)?.to_string(), "1 · 1000 USD");
/// assert_eq!(kpi::stale_pipeline(&deals, 11)?.to_string(), "2 · 2000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: where activities name no deal, as in many exports, this is not the whole pipeline. Nobody knows what it is.
/// ```
/// # use sales_metrics::{Activity, ActivityKind, Currency, Deal, Outcome, Period, QuietTally, Scope, Undefined, date, instant, kpi};
/// # let open = |id| Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(1_000);
/// # let at = instant("2026-03-20T10:00:00+01:00")?;
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let calls = [Activity::new("A-1", ActivityKind::Call, at)?];
/// let deals = QuietTally::of([open("D-1")?, open("D-2")?], &calls, q1)?;
/// assert_eq!(kpi::stale_pipeline(&deals, 30), Err(Undefined::NoActivityNamesADeal));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`deals_older_than`](super::deals_older_than): by their age alone
/// - [`overdue_pipeline`]: what should have closed by now
///
/// # Source
/// This crate's definition.
pub fn stale_pipeline(deals: &QuietTally, days: u32) -> Result<Volume, Undefined> {
    if deals.naming_a_deal() == 0 {
        return Err(Undefined::NoActivityNamesADeal);
    }
    expect_no_hindsight(deals.tally())?;
    Ok(reckon::volume(deals.scope(), deals.quiet_for(days)))
}

/// How much pipeline a rep creates.
///
/// # Formula
/// ```text
/// Σ amount of the deals created by the reps in the period / active reps
/// ```
///
/// # Counts
/// Deals by creation date, up to the as-of day, of owners who were employed on that day; of those that reps share, each rep's part.
/// Active reps are those of the roster who were employed on at least one day of the period, up to the as-of day. What was created by
/// nobody in the roster is in [`unassigned`](crate::tally::CreatedTotals::unassigned).
///
/// # Unit
/// [`Money`], 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::NoActiveReps`] where no rep worked in the period.
/// - [`Undefined::NothingPriced`] where reps created deals and none has an amount.
///
/// # Examples
/// Two reps, of whom one created a deal of 9,000 and one of 3,000:
/// ```
/// use sales_metrics::{CreatedTally, Currency, Deal, Outcome, Period, Rep, Roster, Scope, date, kpi};
///
/// let created = |id, owner, amount| {
///     Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_owner(owner)?.with_amount(amount)
/// };
/// let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?], [])?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_roster(&roster)?;
/// let deals = CreatedTally::of([created("D-1", "ada", 9_000)?, created("D-2", "ben", 3_000)?], q1)?;
/// assert_eq!(kpi::pipeline_created_per_rep(&deals)?.to_string(), "6000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what a queue or a former rep has in its name is nobody's here. Divided by the reps, all of the pipeline created would be 15,000 each.
/// ```
/// # use sales_metrics::{CreatedTally, Currency, Deal, DealTally, Outcome, Period, Rep, Roster, Scope, date, kpi};
/// # let created = |id, owner, amount| {
/// #     Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_owner(owner)?.with_amount(amount)
/// # };
/// # let roster = Roster::new([Rep::new("ada")?, Rep::new("ben")?], [])?;
/// # let scope = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let q1 = scope.with_roster(&roster)?;
/// let deals = [created("D-1", "ada", 9_000)?, created("D-2", "ben", 3_000)?, created("D-3", "inbound-queue", 18_000)?];
/// assert_eq!(kpi::pipeline_created(&DealTally::of(&deals, scope)?)?.to_string(), "30000 USD");
/// let team = CreatedTally::of(&deals, q1)?;
/// assert_eq!(kpi::pipeline_created_per_rep(&team)?.to_string(), "6000 USD");
/// assert_eq!(team.totals().unassigned.count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_created`]: of the whole business
/// - [`rep_productivity`](super::rep_productivity): what a rep wins
///
/// # Source
/// This crate's definition.
pub fn pipeline_created_per_rep(team: &CreatedTally) -> Result<Money, Undefined> {
    let reps = team.active_reps();
    if reps == 0 {
        return Err(Undefined::NoActiveReps);
    }
    let created = reckon::amount(team.scope(), team.totals().by_reps)?;
    let each = reckon::quotient(created.amount(), reps)?;
    Ok(reckon::money(team.scope(), each))
}
