//! Whether the pipeline holds what is asked for, and how much of it still moves.

use rust_decimal::Decimal;

use super::pipeline::{expect_positive, expect_target};
use super::{pipeline_created, reckon, weighted_forecast};
use crate::error::{Error, Undefined};
use crate::tally::DealTally;
use crate::value::{Money, Percent, Rate};

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
    expect_positive("the plan", deals, plan)?;
    let created = pipeline_created(deals)?;
    Ok(reckon::percent(created.amount(), plan.amount())?)
}
