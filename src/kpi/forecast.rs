//! What a period will bring, and how well it was told beforehand.

use rust_decimal::Decimal;

use super::categories::CategoryForecast;
use super::outcome::OutcomeDistribution;
use super::pipeline::{expect_no_hindsight, open_amount};
use super::{reckon, total_revenue};
use crate::error::{Error, Undefined};
use crate::tally::{DealTally, ForecastTally};
use crate::value::money::expect_currency;
use crate::value::{Currency, Money, Multiple, Percent};

/// How near a forecast came to what was really won.
///
/// # Formula
/// ```text
/// 1 − abs(actual − forecast) / actual
/// ```
///
/// # Counts
/// What is given: the forecast, as it was made, and what came of it.
///
/// # Unit
/// [`Percent`], 100 % at most, and negative where the miss passes the actual; higher is better. It does not say in which direction it
/// missed: [`forecast_ratio`] does.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where they are in two currencies.
/// - [`Undefined::ActualNotPositive`] where the actual is 0 or less.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 900,000 were forecast, and 1,000,000 came:
/// ```
/// use sales_metrics::{Currency, Money, kpi};
///
/// let usd = |amount| Money::new(amount, Currency::USD);
/// assert_eq!(kpi::forecast_accuracy(usd(900_000), usd(1_000_000))?.to_string(), "90%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a forecast of two and a half times what came is not 250 % accurate, nor 0 %. And the error that it made, 10 % above, is
/// another number than its accuracy: Bouncer's sentence describes the one, its formula gives the other.
/// ```
/// # use sales_metrics::{Currency, Money, kpi};
/// # let usd = |amount| Money::new(amount, Currency::USD);
/// assert_eq!(kpi::forecast_accuracy(usd(2_500_000), usd(1_000_000))?.to_string(), "-50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`forecast_ratio`]: with the direction
/// - [`wape`]: of many periods together
///
/// # Source
/// Bouncer, *B2B sales metrics*.
pub fn forecast_accuracy(forecast: Money, actual: Money) -> Result<Percent, Error> {
    let miss = miss(forecast, actual)?.abs();
    let actual = positive(actual.amount())?;
    Ok(reckon::percent(reckon::difference(actual, miss)?, actual)?)
}

/// By how much forecasts were too high or too low, all periods together.
///
/// # Formula
/// ```text
/// Σ (forecast − actual) / Σ actual
/// ```
///
/// # Counts
/// What is given: of each period the forecast, as it was made, and what came of it.
///
/// # Unit
/// [`Percent`], negative where less was forecast than came; 0 % is best. What is too high in one period makes up for what is too low in
/// another: [`wape`] adds both.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where two of the amounts are in two currencies.
/// - [`Undefined::ActualNotPositive`] where the actuals add up to 0 or less, as those of no period do.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 900,000 were forecast, and 1,000,000 came:
/// ```
/// use sales_metrics::{Currency, Money, kpi};
///
/// let usd = |amount| Money::new(amount, Currency::USD);
/// assert_eq!(kpi::forecast_bias(&[(usd(900_000), usd(1_000_000))])?.to_string(), "-10%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: without bias is not without error.
/// ```
/// # use sales_metrics::{Currency, Money, kpi};
/// # let usd = |amount| Money::new(amount, Currency::USD);
/// let periods = [(usd(500), usd(1_000)), (usd(1_500), usd(1_000))];
/// assert_eq!(kpi::forecast_bias(&periods)?.to_string(), "0%");
/// assert_eq!(kpi::wape(&periods)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`wape`]: how far off, in either direction
///
/// # Source
/// This crate's definition.
pub fn forecast_bias(periods: &[(Money, Money)]) -> Result<Percent, Error> {
    let (mut missed, mut actuals) = (Decimal::ZERO, Decimal::ZERO);
    for (forecast, actual) in in_one_currency(periods)? {
        missed = sum(missed, miss(forecast, actual)?)?;
        actuals = sum(actuals, actual.amount())?;
    }
    Ok(reckon::percent(missed, positive(actuals)?)?)
}

/// How much of what was really won had been forecast.
///
/// # Formula
/// ```text
/// forecast / actual
/// ```
///
/// # Counts
/// What is given: the forecast, as it was made, and what came of it.
///
/// # Unit
/// [`Percent`]; 100 % is best, above it too much was forecast.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where they are in two currencies.
/// - [`Undefined::ActualNotPositive`] where the actual is 0 or less.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 900,000 were forecast, and 1,000,000 came:
/// ```
/// use sales_metrics::{Currency, Money, kpi};
///
/// let usd = |amount| Money::new(amount, Currency::USD);
/// assert_eq!(kpi::forecast_ratio(usd(900_000), usd(1_000_000))?.to_string(), "90%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is an accuracy only as long as too little was forecast.
/// ```
/// # use sales_metrics::{Currency, Money, kpi};
/// # let usd = |amount| Money::new(amount, Currency::USD);
/// assert_eq!(kpi::forecast_ratio(usd(1_100_000), usd(1_000_000))?.to_string(), "110%");
/// assert_eq!(kpi::forecast_accuracy(usd(1_100_000), usd(1_000_000))?.to_string(), "90%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`forecast_accuracy`]: how near, in either direction
///
/// # Source
/// This crate's definition.
pub fn forecast_ratio(forecast: Money, actual: Money) -> Result<Percent, Error> {
    miss(forecast, actual)?;
    Ok(reckon::percent(
        forecast.amount(),
        positive(actual.amount())?,
    )?)
}

/// How far forecasts were off, all periods together: the weighted absolute percentage error.
///
/// # Formula
/// ```text
/// Σ abs(actual − forecast) / Σ abs(actual)
/// ```
///
/// # Counts
/// What is given: of each period the forecast, as it was made, and what came of it. A period of an actual of 0 is kept.
///
/// # Unit
/// [`Percent`], 0 or more, and beyond 100 % where the misses pass the actuals; lower is better.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where two of the amounts are in two currencies.
/// - [`Undefined::ActualNotPositive`] where all actuals are 0, or no period is given.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// Two periods, one too low and one too high:
/// ```
/// use sales_metrics::{Currency, Money, kpi};
///
/// let usd = |amount| Money::new(amount, Currency::USD);
/// let periods = [(usd(900), usd(1_000)), (usd(1_300), usd(1_000))];
/// assert_eq!(kpi::wape(&periods)?.to_string(), "20%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a month in which nothing came counts, though no percentage error can be told of it alone. A mean of the months' percentages
/// would leave it out, or be endless.
/// ```
/// # use sales_metrics::{Currency, Money, kpi};
/// # let usd = |amount| Money::new(amount, Currency::USD);
/// let periods = [(usd(1_000), usd(1_000)), (usd(500), usd(0))];
/// assert_eq!(kpi::wape(&periods)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`forecast_bias`]: with the direction
/// - [`mase`]: against what is easily told
///
/// # Source
/// Kolassa and Schütz, *Advantages of the MAD/Mean ratio over the MAPE* (2007).
#[doc(alias = "WAPE")]
pub fn wape(periods: &[(Money, Money)]) -> Result<Percent, Error> {
    let (mut missed, mut actuals) = (Decimal::ZERO, Decimal::ZERO);
    for (forecast, actual) in in_one_currency(periods)? {
        missed = sum(missed, miss(forecast, actual)?.abs())?;
        actuals = sum(actuals, actual.amount().abs())?;
    }
    Ok(reckon::percent(missed, positive(actuals)?)?)
}

/// How far forecasts were off, beside one that says what came last: the mean absolute scaled error.
///
/// # Formula
/// ```text
/// mean abs(actual − forecast) / mean abs(actual − previous actual) of the history
/// ```
///
/// # Counts
/// What is given: the actuals of some periods before, in their order; and of each period that was forecast the forecast and what came of
/// it.
///
/// # Unit
/// [`Multiple`], 0 or more; lower is better. From 1× on, whoever had said "as much as last time" would have been as near.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where two of the amounts are in two currencies.
/// - [`Undefined::NothingForecast`] where no period is given.
/// - [`Undefined::HistoryNeverMoved`] where all actuals of the history are the same, or there are fewer than two.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// The history moved by 2 and by 1; the forecast was 3 off:
/// ```
/// use sales_metrics::{Currency, Money, kpi};
///
/// let usd = |amount| Money::new(amount, Currency::USD);
/// let history = [usd(10), usd(12), usd(11)];
/// assert_eq!(kpi::mase(&history, &[(usd(13), usd(10))])?.to_string(), "2×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a miss of 1 % can be a bad forecast, where things hardly move.
/// ```
/// # use sales_metrics::{Currency, Money, kpi};
/// # let usd = |amount| Money::new(amount, Currency::USD);
/// let history = [usd(1_000), usd(1_002), usd(1_000)];
/// let periods = [(usd(1_010), usd(1_000))];
/// assert_eq!(kpi::wape(&periods)?.to_string(), "1%");
/// assert_eq!(kpi::mase(&history, &periods)?.to_string(), "5×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`wape`]: against what came, whatever was before
///
/// # Source
/// Hyndman and Koehler, *Another look at measures of forecast accuracy* (2006).
#[doc(alias = "MASE")]
pub fn mase(history: &[Money], periods: &[(Money, Money)]) -> Result<Multiple, Error> {
    let (mut missed, mut count) = (Decimal::ZERO, 0_u64);
    for (forecast, actual) in in_one_currency(periods)? {
        missed = sum(missed, miss(forecast, actual)?.abs())?;
        count += 1;
    }
    let Some((first, _)) = periods.first() else {
        return Err(Undefined::NothingForecast.into());
    };
    let (mut moved, mut steps) = (Decimal::ZERO, 0_u64);
    let mut last: Option<Decimal> = None;
    for actual in history {
        expect_in("an actual of the history", first.currency(), *actual)?;
        if let Some(last) = last {
            moved = sum(moved, reckon::difference(actual.amount(), last)?.abs())?;
            steps += 1;
        }
        last = Some(actual.amount());
    }
    if moved.is_zero() {
        return Err(Undefined::HistoryNeverMoved.into());
    }
    // Both means in one division.
    let (part, whole) = (
        reckon::product(missed, steps)?,
        reckon::product(moved, count)?,
    );
    Ok(Multiple::new(reckon::quotient(part, whole)?))
}

/// What the period will bring: what is won, and each deal due weighted by how likely it is to be won.
///
/// # Formula
/// ```text
/// Σ amount of the won deals + Σ (amount × probability) of the open deals due in the period that have both
/// ```
///
/// # Counts
/// Won deals by close date, up to the as-of day, as [`total_revenue`]; the deals due as [`pipeline_coverage`](super::pipeline_coverage):
/// open on the evening of the as-of day and expected to close in the period or, once it has begun, before it. Deals due that lack an amount
/// or a probability add nothing: `totals().expected()` and `totals().overdue()` less `totals().due_weighed()` says how many these are.
/// Once the period is over, it is what was won.
///
/// # Unit
/// [`Money`], 0 or more; higher is better. Exact: nothing is divided.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] as [`weighted_pipeline`](super::weighted_pipeline), as long as the period runs: where a deal that was
///   open on the as-of day has closed since.
/// - [`Undefined::NothingWeighable`] where deals are due and none has both an amount and a probability.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
/// - [`Undefined::OutOfRange`] where the sum has more digits than a decimal holds.
///
/// # Examples
/// 1,000 won, and 4,000 due at 25 %:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 2)? }, Currency::USD)?.with_amount(1_000)?,
///     Deal::new("D-2", date(2026, 1, 9)?, Outcome::Open, Currency::USD)?
///         .with_amount(4_000)?
///         .with_probability("25%".parse()?)?
///         .with_expected_close(date(2026, 3, 20)?)?,
/// ];
/// assert_eq!(kpi::weighted_forecast(&DealTally::of(&deals, running)?)?.to_string(), "2000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is not what is won and the whole weighted pipeline. What is expected later, or nobody knows when, is another period's.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// # let open = |id| Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(1_000)?.with_probability("50%".parse()?);
/// let deals = [
///     open("D-1")?.with_expected_close(date(2026, 3, 20)?)?,
///     open("D-2")?.with_expected_close(date(2026, 4, 2)?)?,
///     open("D-3")?,
/// ];
/// let deals = DealTally::of(&deals, running)?;
/// assert_eq!(kpi::weighted_pipeline(&deals)?.to_string(), "1500 USD");
/// assert_eq!(kpi::weighted_forecast(&deals)?.to_string(), "500 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`outcome_distribution`]: of which this is the mean; how likely is how much
/// - [`category_forecast`]: by what the reps say, not weighted
/// - [`run_rate_forecast`]: by what was won so far alone
///
/// # Source
/// This crate's definition.
#[doc(alias = "forecast")]
pub fn weighted_forecast(deals: &DealTally) -> Result<Money, Undefined> {
    if deals.scope().is_complete() {
        return total_revenue(deals);
    }
    let totals = deals.totals();
    // What was not counted comes before what there is none of.
    totals.won()?;
    let due = totals.expected()?.plus(totals.overdue()?);
    let weighed = totals.due_weighed()?;
    expect_no_hindsight(deals)?;
    if weighed.count == 0 && due.count > 0 {
        return Err(Undefined::NothingWeighable);
    }
    let due = reckon::money(deals.scope(), weighed.amount.decimal());
    let forecast = total_revenue(deals)?.checked_add(due);
    forecast.map_err(|_| Undefined::OutOfRange)
}

/// What the reps say that the period will bring: the deals due by their forecast categories, each at its full amount.
///
/// # Formula
/// ```text
/// closed, + commit, + best case, + pipeline: Σ amount of the won deals, and of the open deals due in the period of each category
/// ```
///
/// # Counts
/// Won deals by close date, up to the as-of day; the deals due as [`weighted_forecast`]. What the rep omits, and deals of no category,
/// stand by themselves and are in no sum. Once the period is over, only the won deals are left.
///
/// # Unit
/// [`CategoryForecast`]: of each category by itself, and of each with what is surer, a [`Volume`](crate::Volume).
///
/// # Errors
/// As long as the period runs:
/// - [`Undefined::NeedsHistory`] where a deal that was open on the as-of day has closed since.
/// - [`Undefined::NothingPriced`] where deals are due and none has an amount.
///
/// # Examples
/// 1,000 won, 2,000 committed, 4,000 in the best case:
/// ```
/// use sales_metrics::{Currency, Deal, ForecastCategory, ForecastTally, Outcome, Period, Scope, date, kpi};
///
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let deal = |id, outcome, amount| {
///     let deal = Deal::new(id, date(2026, 1, 7)?, outcome, Currency::USD)?.with_amount(amount)?;
///     deal.with_expected_close(date(2026, 3, 20)?)
/// };
/// let deals = [
///     deal("D-1", Outcome::Won { on: date(2026, 2, 2)? }, 1_000)?,
///     deal("D-2", Outcome::Open, 2_000)?.with_forecast_category(ForecastCategory::Commit),
///     deal("D-3", Outcome::Open, 4_000)?.with_forecast_category(ForecastCategory::BestCase),
/// ];
/// let forecast = kpi::category_forecast(&ForecastTally::of(&deals, running)?)?;
/// assert_eq!(forecast.commit().to_string(), "1 · 2000 USD");
/// assert_eq!(forecast.up_to_commit().to_string(), "2 · 3000 USD");
/// assert_eq!(forecast.up_to_best_case().to_string(), "3 · 7000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal without a category is in no sum, not even in the last.
/// ```
/// # use sales_metrics::{Currency, Deal, ForecastTally, Outcome, Period, Scope, date, kpi};
/// # let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
///     .with_amount(9_000)?
///     .with_expected_close(date(2026, 3, 20)?)?;
/// let forecast = kpi::category_forecast(&ForecastTally::of([deal], running)?)?;
/// assert_eq!(forecast.uncategorized().to_string(), "1 · 9000 USD");
/// assert_eq!(forecast.up_to_pipeline().to_string(), "0 · 0 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`weighted_forecast`]: by probabilities, in one sum
///
/// # Source
/// This crate's definition.
pub fn category_forecast(forecast: &ForecastTally) -> Result<CategoryForecast, Undefined> {
    let totals = forecast.totals();
    let closed = totals.won()?;
    if !forecast.scope().is_complete() {
        let due = totals.expected()?.plus(totals.overdue()?);
        open_amount(forecast.tally(), due)?;
    }
    Ok(CategoryForecast::of(forecast, closed))
}

/// What the period will bring, if it goes on as it began.
///
/// # Formula
/// ```text
/// Σ amount of the won deals / elapsed days × days of the period
/// ```
///
/// # Counts
/// Won deals by close date, up to the as-of day, as [`total_revenue`]; calendar days of the period, up to and with the as-of day, and all of
/// them.
///
/// # Unit
/// [`Money`], 0 or more; higher is better. One division.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the period has not begun.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
///
/// # Examples
/// 1,000 won in the first 45 of 90 days:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let won = Outcome::Won { on: date(2026, 2, 2)? };
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(1_000)?;
/// assert_eq!(kpi::run_rate_forecast(&DealTally::of([deal], running)?)?.to_string(), "2000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: one large deal on the first day makes a forecast of ninety of them. It knows nothing of the pipeline.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// let first_day = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 1, 1)?)?;
/// let won = Outcome::Won { on: date(2026, 1, 1)? };
/// let deal = Deal::new("D-1", date(2025, 11, 3)?, won, Currency::USD)?.with_amount(1_000)?;
/// assert_eq!(kpi::run_rate_forecast(&DealTally::of([deal], first_day)?)?.to_string(), "90000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`revenue_per_day`](super::revenue_per_day): what a day brought so far
/// - [`weighted_forecast`]: by the deals that are due
///
/// # Source
/// This crate's definition.
pub fn run_rate_forecast(deals: &DealTally) -> Result<Money, Undefined> {
    let won = total_revenue(deals)?.amount();
    let scope = deals.scope();
    let elapsed = scope.elapsed_days();
    if elapsed == 0 {
        return Err(Undefined::NothingElapsed);
    }
    let of_all_days = reckon::product(won, scope.period().days())?;
    Ok(reckon::money(
        scope,
        reckon::quotient(of_all_days, elapsed)?,
    ))
}

/// What the period will bring with which probability: what is won, and the deals due, each won or not.
///
/// # Formula
/// ```text
/// Σ amount of the won deals + the sum of the independent amounts of the open deals due in the period, each with its probability
/// ```
///
/// # Counts
/// Seen from a day in the period; a quarter that has not begun is seen from the evening before it: `Scope::new(q3, currency).as_of(evening)?`. Without that it is seen from its last day, when nothing is
/// due any more.
///
/// Won deals by close date, up to the as-of day; of the deals due as [`weighted_forecast`] those that have an amount and a probability. The
/// others are listed by [`left_out`](OutcomeDistribution::left_out), and nothing is assumed of them. Once the period is over, it is what
/// was won.
///
/// # Unit
/// [`OutcomeDistribution`]: any quantile, the chance to reach a target, and both with a deal taken out or won. Exact, or a proven bracket.
///
/// # Errors
/// As [`weighted_forecast`]:
/// - [`Undefined::NeedsHistory`] where a deal that was open on the as-of day has closed since.
/// - [`Undefined::NothingWeighable`] where deals are due and none has both an amount and a probability.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
///
/// # Examples
/// Three deals of 100, each as likely to be won as not:
/// ```
/// use sales_metrics::{Currency, Deal, ForecastTally, Money, Outcome, Period, Rate, Scope, date, kpi};
///
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let due = |id| {
///     Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
///         .with_amount(100)?
///         .with_probability(Rate::HALF)?
///         .with_expected_close(date(2026, 3, 20)?)
/// };
/// let forecast = ForecastTally::of([due("D-1")?, due("D-2")?, due("D-3")?], running)?;
/// let outcome = kpi::outcome_distribution(&forecast)?;
/// assert_eq!(outcome.chance_of(Money::new(300, Currency::USD))?.to_string(), "12.5%");
/// assert_eq!(outcome.mean()?.to_string(), "150 USD");
///
/// // At most 100 come with 1/8 + 3/8, which is exactly a half.
/// assert_eq!(outcome.quantile(Rate::HALF).to_string(), "100 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the mean may be a sum that never comes. Of one large deal, all comes or nothing.
/// ```
/// # use sales_metrics::{Currency, Deal, ForecastTally, Money, Outcome, Period, Rate, Scope, date, kpi};
/// # let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
///     .with_amount(1_000)?
///     .with_probability("40%".parse()?)?
///     .with_expected_close(date(2026, 3, 20)?)?;
/// let outcome = kpi::outcome_distribution(&ForecastTally::of([deal], running)?)?;
/// assert_eq!(outcome.mean()?.to_string(), "400 USD");
/// assert_eq!(outcome.quantile(Rate::HALF).to_string(), "0 USD");
/// assert_eq!(outcome.chance_of(Money::new(400, Currency::USD))?.to_string(), "40%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`weighted_forecast`]: its mean, in one pass and without each deal
///
/// # Source
/// This crate's definition.
pub fn outcome_distribution(forecast: &ForecastTally) -> Result<OutcomeDistribution, Undefined> {
    weighted_forecast(forecast.tally())?;
    OutcomeDistribution::of(forecast)
}

/// The forecast less what came, in one currency.
fn miss(forecast: Money, actual: Money) -> Result<Decimal, Error> {
    expect_in("the actual", forecast.currency(), actual)?;
    Ok(reckon::difference(forecast.amount(), actual.amount())?)
}

/// Forecasts and actuals that are all in the currency of the first.
fn in_one_currency(
    periods: &[(Money, Money)],
) -> Result<impl Iterator<Item = (Money, Money)>, Error> {
    if let Some((first, _)) = periods.first() {
        for (forecast, _) in periods {
            expect_in("a forecast of the series", first.currency(), *forecast)?;
        }
    }
    Ok(periods.iter().copied())
}

fn expect_in(what: &'static str, currency: Currency, money: Money) -> Result<(), Error> {
    expect_currency(what, currency, money.currency())
}

fn positive(actual: Decimal) -> Result<Decimal, Undefined> {
    if actual <= Decimal::ZERO {
        return Err(Undefined::ActualNotPositive);
    }
    Ok(actual)
}

fn sum(a: Decimal, b: Decimal) -> Result<Decimal, Undefined> {
    a.checked_add(b).ok_or(Undefined::OutOfRange)
}
