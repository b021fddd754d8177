//! What was won, and what it was worth.

use rust_decimal::Decimal;

use super::reckon;
use crate::error::{Error, Undefined};
use crate::record::Contract;
use crate::tally::{CustomerTally, DealDetail, DealTally, Paired, Priced};
use crate::value::{AmountSum, Money, MoneyPer, Per, Percent, Volume};

/// The bookings of the period: what the deals won in it are worth together, which is neither recognised revenue nor what was billed.
///
/// # Formula
/// ```text
/// Σ amount of the won deals
/// ```
///
/// # Counts
/// Won deals, by close date. Those without an amount add nothing and are counted in `totals().won()?.unpriced()`.
///
/// # Unit
/// [`Money`], 0 or more; higher is better. 0 where no deal was won or all are worth 0, never where none has an amount.
///
/// # Errors
/// [`Undefined::NothingPriced`] where deals were won and none has an amount.
///
/// # Examples
/// A hundred deals of 10,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let year = Scope::new(Period::year(2026)?, Currency::EUR);
/// let won = Priced::all(100, Decimal::from(1_000_000).try_into()?);
/// let deals = DealTally::from_totals(year, DealTotals::given().records(100).won(won))?;
/// assert_eq!(kpi::total_revenue(&deals)?.to_string(), "1000000 EUR");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: wins without an amount are not worth 0, they are worth an unknown sum.
/// ```
/// # use sales_metrics::{Currency, DealTally, Period, Scope, Undefined, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let year = Scope::new(Period::year(2026)?, Currency::EUR);
/// let won = Priced::none(3);
/// let deals = DealTally::from_totals(year, DealTotals::given().records(3).won(won))?;
/// assert_eq!(kpi::total_revenue(&deals), Err(Undefined::NothingPriced));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`net_revenue`], [`credits`]: less what was given back, which is no part of this
/// - [`revenue_per_day`]: the same, per day, so that periods of unlike length compare
/// - [`pipeline_inflow`](super::pipeline_inflow): what came in, not what was won
///
/// # Source
/// Bouncer, *B2B sales metrics*.
#[doc(alias = "bookings")]
pub fn total_revenue(deals: &DealTally) -> Result<Money, Undefined> {
    reckon::amount(deals.scope(), deals.totals().won()?)
}

/// What was given back to customers.
///
/// # Formula
/// ```text
/// number and Σ of what was given back
/// ```
///
/// # Counts
/// Won deals of a negative amount, by close date, up to the as-of day. They count here and in [`net_revenue`], and lower no other figure.
/// Refunds of expenses are no part of it.
///
/// # Unit
/// [`Volume`], as a positive sum; lower is better.
///
/// # Errors
/// Of what a tally has counted, none: the count always exists.
///
/// # Examples
/// 100 won, and 20 given back:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let won = |id, amount| Deal::new(id, date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(amount);
/// let deals = [won("D-1", 100)?, won("D-2", -20)?];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::credits(&deals)?.to_string(), "1 · 20 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a credit is no win. It makes no deal size smaller, and no win rate better.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let won = |id, amount| Deal::new(id, date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(amount);
/// let lost = Deal::new("D-3", date(2026, 1, 7)?, Outcome::Lost { on: date(2026, 2, 20)? }, Currency::USD)?;
/// let deals = [won("D-1", 100)?, won("D-2", -20)?, lost];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::average_deal_size(&deals)?.to_string(), "100 USD");
/// assert_eq!(kpi::win_rate(&deals)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`net_revenue`]: what is left of what was won
///
/// # Source
/// This crate's definition.
pub fn credits(deals: &DealTally) -> Result<Volume, Undefined> {
    Ok(reckon::volume(deals.scope(), deals.totals().credits()?))
}

/// What was won, less what was given back.
///
/// # Formula
/// ```text
/// Σ amount of the won deals − Σ of what was given back
/// ```
///
/// # Counts
/// As [`total_revenue`] and [`credits`]: both by close date, up to the as-of day. A credit lowers the period in which it was given, not
/// that of the sale.
///
/// # Unit
/// [`Money`], below 0 where more was given back than won; higher is better.
///
/// # Errors
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 100 won, and 20 given back:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let won = |id, amount| Deal::new(id, date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(amount);
/// let deals = [won("D-1", 100)?, won("D-2", -20)?];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_revenue(&deals)?.to_string(), "80 USD");
/// assert_eq!(kpi::total_revenue(&deals)?.to_string(), "100 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: where nothing was won, what was given back leaves less than nothing.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// let credit = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(-20)?;
/// let deals = DealTally::of([credit], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::net_revenue(&deals)?.to_string(), "-20 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`total_revenue`]: without what was given back
/// - [`credits`]: what was given back
///
/// # Source
/// This crate's definition.
pub fn net_revenue(deals: &DealTally) -> Result<Money, Undefined> {
    let given_back = deals.totals().credits()?.amount.decimal();
    let won = total_revenue(deals)?.amount();
    Ok(reckon::money(
        deals.scope(),
        reckon::difference(won, given_back)?,
    ))
}

/// What a day of the period brought in, on average.
///
/// # Formula
/// ```text
/// Σ amount of the won deals / days of the period, up to and including the as-of day
/// ```
///
/// # Counts
/// Won deals, by close date. All days of the calendar, weekends too:
/// [`Scope::elapsed_days`](crate::Scope::elapsed_days).
///
/// # Unit
/// [`MoneyPer`] day, 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::NothingElapsed`] where the as-of day is before the period.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
///
/// # Examples
/// A first quarter of 90 days that brought in 900,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Priced::all(90, Decimal::from(900_000).try_into()?);
/// let deals = DealTally::from_totals(q1, DealTotals::given().records(90).won(won))?;
/// assert_eq!(kpi::revenue_per_day(&deals)?.to_string(), "10000 USD/day");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a running quarter is divided by its days so far, 45 of 90 here, and so is not taken for a weak one.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, date, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let won = Priced::all(45, Decimal::from(450_000).try_into()?);
/// # let totals = DealTotals::given().records(45).won(won);
/// let running = DealTally::from_totals(q1.as_of(date(2026, 2, 14)?)?, totals)?;
/// assert_eq!(kpi::total_revenue(&running)?.to_string(), "450000 USD");
/// assert_eq!(kpi::revenue_per_day(&running)?.to_string(), "10000 USD/day");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`total_revenue`]: the same, not divided by the days
/// - [`pipeline_velocity`](super::pipeline_velocity): the revenue a day that the pipeline promises, to hold against
///   this one
///
/// # Source
/// This crate's definition.
pub fn revenue_per_day(deals: &DealTally) -> Result<MoneyPer, Undefined> {
    let days = deals.scope().elapsed_days();
    if days == 0 {
        return Err(Undefined::NothingElapsed);
    }
    let revenue = total_revenue(deals)?.amount();
    Ok(reckon::money_per_day(
        deals.scope(),
        reckon::quotient(revenue, days)?,
    ))
}

/// How much more was won than in the period before.
///
/// # Formula
/// ```text
/// (bookings now − bookings before) / bookings before
/// ```
///
/// # Counts
/// Won deals, by close date, of two tallies of like length: both are whole periods of as many months, or of as many days where they do not
/// span whole months, or of the same step of a fiscal year of weeks, of which one may have a week more; or as many days of such periods have
/// passed, or are left. A month of 28 days is compared with one of 31, one of 4 weeks with one of 5.
/// [`Scope::previous`](crate::Scope::previous) and [`Scope::year_before`](crate::Scope::year_before) make the earlier scope: of a running
/// quarter, they look at the same number of days, or at all of them where the earlier period has fewer.
/// [`Scope::with_days_left_of`](crate::Scope::with_days_left_of) looks at it from as many days before its end instead.
///
/// # Unit
/// [`Percent`], −100 % or more, without an upper end; higher is better. 0 % is no growth.
///
/// # Errors
/// - [`ErrorKind::SeriesOutOfOrder`](crate::ErrorKind::SeriesOutOfOrder) where the previous period does not begin before the current one.
/// - [`ErrorKind::PeriodsNotAlike`](crate::ErrorKind::PeriodsNotAlike) where the two scopes cannot be compared.
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where they are in two currencies.
/// - [`Undefined::ZeroPreviousRevenue`] where the earlier revenue is 0: growth from nothing has no percentage.
/// - [`Undefined::NothingPriced`] where deals were won in one of them and none of these has an amount.
/// - [`Undefined::OutOfRange`] where the percentage passes what a decimal holds.
///
/// # Examples
/// From 800,000 to 1,000,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = |amount: i64| {
///     let won = Priced::all(50, Decimal::from(amount).try_into()?);
///     Ok::<_, sales_metrics::Error>(DealTotals::given().records(50).won(won))
/// };
/// let now = DealTally::from_totals(q1, won(1_000_000)?)?;
/// let before = DealTally::from_totals(q1.previous()?, won(800_000)?)?;
/// assert_eq!(format!("{:+}", kpi::revenue_growth(&now, &before)?), "+25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: half a quarter against a whole one is no decline, it is no comparison. `Scope::previous()` of the running
/// scope looks at the same 45 days.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, ErrorKind, Outcome, Period, Scope, date, kpi};
/// let deals = [
///     Deal::new("D-1", date(2025, 9, 1)?, Outcome::Won { on: date(2025, 10, 20)? }, Currency::USD)?.with_amount(4_000)?,
///     Deal::new("D-2", date(2025, 9, 1)?, Outcome::Won { on: date(2025, 12, 20)? }, Currency::USD)?.with_amount(6_000)?,
///     Deal::new("D-3", date(2025, 9, 1)?, Outcome::Won { on: date(2026, 1, 20)? }, Currency::USD)?.with_amount(5_000)?,
/// ];
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let now = DealTally::of(&deals, running)?;
///
/// let whole = DealTally::of(&deals, Scope::new(Period::quarter(2025, 4)?, Currency::USD))?;
/// assert_eq!(kpi::revenue_growth(&now, &whole).unwrap_err().kind(), ErrorKind::PeriodsNotAlike);
///
/// let as_many_days = DealTally::of(&deals, running.previous()?)?;
/// assert_eq!(kpi::revenue_growth(&now, &as_many_days)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`total_revenue`]: the figure that grows
/// - [`revenue_per_day`]: lets periods of unlike length be compared
///
/// # Source
/// Bouncer, *B2B sales metrics*.
pub fn revenue_growth(current: &DealTally, previous: &DealTally) -> Result<Percent, Error> {
    reckon::expect_alike(current.scope(), previous.scope())?;
    // What was not counted comes before what there is none of.
    current.totals().won()?;
    let base = total_revenue(previous)?.amount();
    if base.is_zero() {
        return Err(Undefined::ZeroPreviousRevenue.into());
    }
    let gain = reckon::difference(total_revenue(current)?.amount(), base)?;
    Ok(reckon::percent(gain, base)?)
}

/// What a won deal is worth on average.
///
/// # Formula
/// ```text
/// Σ amount of the won deals / won deals that have an amount
/// ```
///
/// # Counts
/// Won deals with an amount, by close date. Those without are not averaged; `totals().won()?.unpriced()` counts them. [`credits`] are no wins.
///
/// # Unit
/// [`Money`], 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
///
/// # Examples
/// Fifty deals worth 500,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Priced::all(50, Decimal::from(500_000).try_into()?);
/// let deals = DealTally::from_totals(q1, DealTotals::given().records(50).won(won))?;
/// assert_eq!(kpi::average_deal_size(&deals)?.to_string(), "10000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a win without an amount does not pull the average down. 24,000 over these three would be 8,000.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Priced::some(3, 2, Decimal::from(24_000).try_into()?);
/// let deals = DealTally::from_totals(q1, DealTotals::given().records(3).won(won))?;
/// assert_eq!(kpi::average_deal_size(&deals)?.to_string(), "12000 USD");
/// assert_eq!(deals.totals().won()?.unpriced(), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`median_deal_size`]: the deal in the middle, which one very large deal does not move
/// - [`smoothed_deal_size`]: the same over several periods
/// - [`average_revenue_per_account`]: per customer, not per deal
/// - [`average_deal_profit`]: what is left of it
///
/// # Source
/// Bouncer, *B2B sales metrics*; LeadFuze, *6 steps to a sales metrics strategy* (2022).
#[doc(alias = "ASP")]
#[doc(alias = "average selling price")]
pub fn average_deal_size(deals: &DealTally) -> Result<Money, Undefined> {
    let won = deals.totals().won()?;
    if won.priced == 0 {
        return Err(reckon::no_priced_win(deals));
    }
    reckon::mean_money(deals.scope(), won.amount, won.priced)
}

/// What the deal in the middle is worth: half of the won deals are larger, half are smaller.
///
/// # Formula
/// ```text
/// percentile 50 of the amounts of the won deals: the value at position (n − 1) / 2 of the sorted amounts, interpolated
/// linearly between the two nearest
/// ```
///
/// # Counts
/// Won deals with an amount, by close date; as [`average_deal_size`].
///
/// # Unit
/// [`Money`], 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
///
/// # Examples
/// Deals of 1, 2 and 9:
/// ```
/// use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
///
/// let mut deals = DealDetail::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (id, amount) in [("D-1", 1), ("D-2", 2), ("D-3", 9)] {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     deals.record(&Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(amount)?)?;
/// }
/// assert_eq!(kpi::median_deal_size(&deals)?.to_string(), "2 USD");
/// assert_eq!(kpi::average_deal_size(deals.tally())?.to_string(), "4 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the median of an even number of deals may be an amount that none of them has.
/// ```
/// # use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
/// # let mut deals = DealDetail::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (id, amount) in [("D-1", 1), ("D-2", 2), ("D-3", 4), ("D-4", 9)] {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     deals.record(&Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_amount(amount)?)?;
/// }
/// assert_eq!(kpi::median_deal_size(&deals)?.to_string(), "3 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_deal_size`]: the mean, which times the number of deals gives the revenue; a median does not
/// - [`median_sales_cycle`](super::median_sales_cycle): the middle of the durations
///
/// # Source
/// This crate's definition; the percentile is SQL's `PERCENTILE_CONT` and the spreadsheets' `PERCENTILE.INC`.
pub fn median_deal_size(deals: &DealDetail) -> Result<Money, Undefined> {
    let none = reckon::no_priced_win(deals.tally());
    deals.sizes().median().ok_or(none)
}

/// What a won deal is worth on average over the last few periods, so that one unusual month does not show.
///
/// # Formula
/// ```text
/// Σ amount of the won deals of all periods / won deals of all periods that have an amount
/// ```
///
/// # Counts
/// Won deals with an amount, by close date, of each tally of a series that runs from the past to the present. Periods
/// may leave gaps and differ in length, but may not overlap.
///
/// # Unit
/// [`Money`], 0 or more; higher is better.
///
/// # Errors
/// - [`ErrorKind::SeriesOutOfOrder`](crate::ErrorKind::SeriesOutOfOrder) where a period begins before the one ahead of it in the series has ended.
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the series has two currencies.
/// - [`Undefined::NoWonDeals`] where no deal was won in any period, or the series is empty.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
/// - [`Undefined::OutOfRange`] where the series holds more money than a decimal does.
///
/// # Examples
/// The three months of a quarter, tallied in one pass:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 1, 20)? }, Currency::USD)?.with_amount(10_000)?,
///     Deal::new("D-2", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(20_000)?,
///     Deal::new("D-3", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 3, 20)? }, Currency::USD)?.with_amount(60_000)?,
/// ];
/// let months = Period::quarter(2026, 1)?.months().map(|month| Scope::new(month, Currency::USD));
/// let series = DealTally::series(&deals, months)?;
/// assert_eq!(kpi::smoothed_deal_size(&series)?.to_string(), "30000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is not the mean of the monthly averages. Nine deals of 10,000 and then one of 110,000 average 20,000 a
/// deal; the months' averages, 10,000 and 110,000, would say 60,000.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let month = |number, count, amount: i64| {
/// #     let scope = Scope::new(Period::month(2026, number)?, Currency::USD);
/// #     let won = Priced::all(count, Decimal::from(amount).try_into()?);
/// #     DealTally::from_totals(scope, DealTotals::given().records(count).won(won))
/// # };
/// let (january, february) = (month(1, 9, 90_000)?, month(2, 1, 110_000)?);
/// assert_eq!(kpi::average_deal_size(&january)?.to_string(), "10000 USD");
/// assert_eq!(kpi::average_deal_size(&february)?.to_string(), "110000 USD");
/// assert_eq!(kpi::smoothed_deal_size(&[january, february])?.to_string(), "20000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_deal_size`]: one period alone
/// - [`median_deal_size`]: withstands an unusual deal, rather than an unusual month
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022), advises to smooth. The formula is this crate's.
pub fn smoothed_deal_size(series: &[DealTally]) -> Result<Money, Error> {
    let (first, later) = series.split_first().ok_or(Undefined::NoWonDeals)?;
    reckon::expect_series(series.iter().map(DealTally::scope))?;
    let mut whole = first.totals().won()?;
    for tally in later {
        whole = together(whole, tally.totals().won()?)?;
    }
    if whole.count == 0 {
        return Err(Undefined::NoWonDeals.into());
    }
    if whole.priced == 0 {
        return Err(Undefined::NothingPriced.into());
    }
    Ok(reckon::mean_money(
        first.scope(),
        whole.amount,
        whole.priced,
    )?)
}

/// One tally's sum always fits; that of a long series may not.
fn together(a: Priced, b: Priced) -> Result<Priced, Undefined> {
    let amount = a.amount.checked_add(b.amount.units());
    Ok(Priced {
        amount: amount.ok_or(Undefined::OutOfRange)?,
        ..a.plus(b)
    })
}

/// What is left of the won deals' amounts after their costs.
///
/// # Formula
/// ```text
/// Σ amount − Σ cost, of the won deals that have both
/// ```
///
/// # Counts
/// Won deals with an amount and a cost, by close date. Those that lack either add nothing; `totals().won()?.count` less
/// `totals().costed()?.count` counts them.
///
/// # Unit
/// [`Money`], negative for a loss; higher is better. 0 also where no deal was won.
///
/// # Errors
/// [`Undefined::NothingCosted`] where deals were won and none has both an amount and a cost.
///
/// # Examples
/// Fifty deals sold for 500,000 at a cost of 300,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Paired, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let (sold, cost) = (Decimal::from(500_000).try_into()?, Decimal::from(300_000).try_into()?);
/// let totals = DealTotals::given().records(50).won(Priced::all(50, sold)).costed(Paired::of(50, sold, cost));
/// let deals = DealTally::from_totals(q1, totals)?;
/// assert_eq!(kpi::gross_profit(&deals)?.to_string(), "200000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal whose cost nobody has entered is not all profit. It is left out, not added with a cost of 0.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let won = Outcome::Won { on: date(2026, 2, 20)? };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let costed = Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(1_000)?.with_cost(600)?;
/// let uncosted = Deal::new("D-2", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(5_000)?;
/// let deals = DealTally::of([costed, uncosted], q1)?;
/// assert_eq!(kpi::gross_profit(&deals)?.to_string(), "400 USD");
/// assert_eq!(deals.totals().won()?.count - deals.totals().costed()?.count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`profit_margin`]: the same as a share of the amounts
/// - [`average_deal_profit`]: the same per deal
/// - [`total_revenue`]: before costs, and with the deals that have none
///
/// # Source
/// This crate's definition.
pub fn gross_profit(deals: &DealTally) -> Result<Money, Undefined> {
    let totals = deals.totals();
    let costed = totals.costed()?;
    if costed.count == 0 && totals.won()?.count > 0 {
        return Err(Undefined::NothingCosted);
    }
    Ok(reckon::money(deals.scope(), profit(costed)?))
}

/// What a won deal leaves after its cost, on average.
///
/// # Formula
/// ```text
/// (Σ amount − Σ cost) / deals, of the won deals that have both
/// ```
///
/// # Counts
/// Won deals with an amount and a cost, by close date.
///
/// # Unit
/// [`Money`] a deal, negative for a loss; higher is better.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NothingCosted`] where deals were won and none has both an amount and a cost.
///
/// # Examples
/// Fifty deals sold for 500,000 at a cost of 300,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Paired, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let (sold, cost) = (Decimal::from(500_000).try_into()?, Decimal::from(300_000).try_into()?);
/// let totals = DealTotals::given().records(50).won(Priced::all(50, sold)).costed(Paired::of(50, sold, cost));
/// let deals = DealTally::from_totals(q1, totals)?;
/// assert_eq!(kpi::average_deal_profit(&deals)?.to_string(), "4000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: LeadFuze calls this figure a margin and drops its minus sign. It is money, not a percentage, and a loss
/// stays a loss.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let won = Outcome::Won { on: date(2026, 2, 20)? };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(1_000)?.with_cost(1_500)?;
/// let deals = DealTally::of([deal], q1)?;
/// assert_eq!(kpi::average_deal_profit(&deals)?.to_string(), "-500 USD");
/// assert_eq!(kpi::profit_margin(&deals)?.to_string(), "-50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`profit_margin`]: the margin proper, a percentage
/// - [`gross_profit`]: all deals together
/// - [`average_deal_size`]: before costs
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022), under the name of an average profit margin.
pub fn average_deal_profit(deals: &DealTally) -> Result<Money, Undefined> {
    let costed = deals.totals().costed()?;
    if costed.count == 0 {
        return Err(reckon::none_won_or(deals, Undefined::NothingCosted));
    }
    let mean = reckon::quotient(profit(costed)?, costed.count)?;
    Ok(reckon::money(deals.scope(), mean))
}

/// How much of every unit of money sold is left after costs.
///
/// # Formula
/// ```text
/// (Σ amount − Σ cost) / Σ amount, of the won deals that have both
/// ```
///
/// # Counts
/// Won deals with an amount and a cost, by close date.
///
/// # Unit
/// [`Percent`], 100 % at most, negative for a loss and then without a lower end; higher is better.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NothingCosted`] where deals were won and none has both an amount and a cost.
/// - [`Undefined::ZeroRevenue`] where the amounts of those that have both add up to 0.
/// - [`Undefined::OutOfRange`] where the loss passes what a decimal holds.
///
/// # Examples
/// Fifty deals sold for 500,000 at a cost of 300,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Paired, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let (sold, cost) = (Decimal::from(500_000).try_into()?, Decimal::from(300_000).try_into()?);
/// let totals = DealTotals::given().records(50).won(Priced::all(50, sold)).costed(Paired::of(50, sold, cost));
/// let deals = DealTally::from_totals(q1, totals)?;
/// assert_eq!(kpi::profit_margin(&deals)?.to_string(), "40%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is not the mean of the deals' margins. A small deal at 90 % and one nine times its size at 10 % make 18
/// %, not 50 %.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let won = Outcome::Won { on: date(2026, 2, 20)? };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let small = Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(100)?.with_cost(10)?;
/// let large = Deal::new("D-2", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(900)?.with_cost(810)?;
/// assert_eq!(kpi::profit_margin(&DealTally::of([small, large], q1)?)?.to_string(), "18%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`gross_profit`]: the numerator, in money
/// - [`average_deal_profit`]: the money that a deal leaves
/// - [`discount_rate`]: what was given away against the list price, whatever the cost
///
/// # Source
/// This crate's definition.
#[doc(alias = "gross margin")]
pub fn profit_margin(deals: &DealTally) -> Result<Percent, Undefined> {
    let costed = deals.totals().costed()?;
    if costed.count == 0 {
        return Err(reckon::none_won_or(deals, Undefined::NothingCosted));
    }
    if costed.amount == AmountSum::ZERO {
        return Err(Undefined::ZeroRevenue);
    }
    reckon::percent(profit(costed)?, costed.amount.decimal())
}

fn profit(costed: Paired) -> Result<Decimal, Undefined> {
    reckon::difference(costed.amount.decimal(), costed.other.decimal())
}

/// What a customer who bought in the period spent on average (ARPA).
///
/// # Formula
/// ```text
/// Σ amount of the won deals that name an account / distinct accounts among them
/// ```
///
/// # Counts
/// Won deals with an amount and an account, by close date. A deal without an account is in neither part, nor is an
/// account whose won deals all lack an amount.
///
/// # Unit
/// [`Money`] an account, for the length of the period; 0 or more, higher is better.
///
/// # Errors
/// [`Undefined::NoAccounts`] where no won deal has both an amount and an account.
///
/// # Examples
/// Six deals of 5,000 with four accounts:
/// ```
/// use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
///
/// let mut deals = DealDetail::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (id, account) in [("D-1", "A"), ("D-2", "A"), ("D-3", "B"), ("D-4", "B"), ("D-5", "C"), ("D-6", "D")] {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     let deal = Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?;
///     deals.record(&deal.with_amount(5_000)?.with_account(account)?)?;
/// }
/// assert_eq!(kpi::average_revenue_per_account(&deals)?.to_string(), "7500 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is not revenue by accounts where records are incomplete. Here only account A has a priced win; the
/// revenue of 16,000 over two named accounts would say 8,000.
/// ```
/// # use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
/// # let won = Outcome::Won { on: date(2026, 2, 20)? };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(6_000)?.with_account("A")?,
///     Deal::new("D-2", date(2026, 1, 7)?, won, Currency::USD)?.with_account("B")?,
///     Deal::new("D-3", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(10_000)?,
/// ];
/// let deals = DealDetail::of(&deals, q1)?;
/// assert_eq!(kpi::total_revenue(deals.tally())?.to_string(), "16000 USD");
/// assert_eq!(kpi::average_revenue_per_account(&deals)?.to_string(), "6000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_deal_size`]: per deal; an account may have several
/// - [`total_revenue`]: of all deals, with an account or without
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
#[doc(alias = "ARPA")]
#[doc(alias = "ARPU")]
pub fn average_revenue_per_account(deals: &DealDetail) -> Result<Money, Undefined> {
    if deals.accounts() == 0 {
        return Err(Undefined::NoAccounts);
    }
    reckon::mean_money(
        deals.tally().scope(),
        deals.account_amount(),
        deals.accounts(),
    )
}

/// How far below the list price we sold.
///
/// # Formula
/// ```text
/// (Σ list price − Σ amount) / Σ list price, of the won deals that have both
/// ```
///
/// # Counts
/// Won deals with an amount and a list price, by close date. `totals().listed()?.count` says how many these are.
///
/// # Unit
/// [`Percent`], 100 % at most, negative for a surcharge and then without a lower end; lower is better.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NothingListed`] where deals were won and none has both an amount and a list price.
/// - [`Undefined::ZeroListPrice`] where the list prices add up to 0.
/// - [`Undefined::OutOfRange`] where the surcharge passes what a decimal holds.
///
/// # Examples
/// A list price of 1,200, sold for 900:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Outcome::Won { on: date(2026, 2, 20)? };
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(900)?.with_list_price(1_200)?;
/// assert_eq!(kpi::discount_rate(&DealTally::of([deal], q1)?)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a rate of 0 % does not mean that nobody gave a discount. Surcharges make up for discounts in the sum.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let won = Outcome::Won { on: date(2026, 2, 20)? };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let cheaper = Deal::new("D-1", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(900)?.with_list_price(1_000)?;
/// let dearer = Deal::new("D-2", date(2026, 1, 7)?, won, Currency::USD)?.with_amount(1_100)?.with_list_price(1_000)?;
/// assert_eq!(kpi::discount_rate(&DealTally::of([&dearer], q1)?)?.to_string(), "-10%");
/// assert_eq!(kpi::discount_rate(&DealTally::of([&cheaper, &dearer], q1)?)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`profit_margin`]: what is left after costs, whatever the list price
/// - [`average_deal_size`]: what a deal was sold for
///
/// # Source
/// This crate's definition.
pub fn discount_rate(deals: &DealTally) -> Result<Percent, Undefined> {
    let listed = deals.totals().listed()?;
    if listed.count == 0 {
        return Err(reckon::none_won_or(deals, Undefined::NothingListed));
    }
    if listed.other == AmountSum::ZERO {
        return Err(Undefined::ZeroListPrice);
    }
    let list = listed.other.decimal();
    reckon::percent(reckon::difference(list, listed.amount.decimal())?, list)
}

/// What a contract brings in a year, one-time fees left out (ACV).
///
/// # Formula
/// ```text
/// recurring fee a year, that is (total contract value − one-time fees) / contract years
/// ```
///
/// # Counts
/// One contract, with an agreed end or without. Its total value is the recurring fee over the whole agreed term and the one-time fees, so
/// what is left is the recurring fee of a year: twelve times a fee a month, four times one a quarter.
///
/// # Unit
/// [`MoneyPer`] year, 0 or more; higher is better.
///
/// # Errors
/// [`Undefined::NoRecurringFee`] where it has no recurring fee.
///
/// # Examples
/// 300,000 over three years, paid in quarters, and 5,000 to set it up:
/// ```
/// use sales_metrics::{Contract, Currency, Per, date, kpi};
///
/// let contract = Contract::new("C-1", "Initech", date(2026, 1, 1)?, Currency::USD)?
///     .with_last_day(date(2028, 12, 31)?)?
///     .with_recurring(25_000, Per::Quarter)?
///     .with_one_time(5_000)?;
/// assert_eq!(contract.total_value().map(|money| money.to_string()).as_deref(), Some("305000 USD"));
/// assert_eq!(kpi::annual_contract_value(&contract)?.to_string(), "100000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it stays the same all the time. LeadFuze divides by the years that remain, which would make a contract dearer
/// the nearer it comes to its end; and ended early, it is still worth 100,000 a year.
/// ```
/// # use sales_metrics::{Contract, Currency, Per, date, kpi};
/// # let contract = Contract::new("C-1", "Initech", date(2026, 1, 1)?, Currency::USD)?
/// #     .with_last_day(date(2028, 12, 31)?)?
/// #     .with_recurring(25_000, Per::Quarter)?;
/// let ended = contract.with_terminated(date(2026, 12, 31)?)?;
/// assert_eq!(kpi::annual_contract_value(&ended)?.to_string(), "100000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_contract_value`]: of all new contracts signed in a period
/// - [`arr`](super::arr): of all contracts active on a day
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022), by its formula.
#[doc(alias = "ACV")]
pub fn annual_contract_value(contract: &Contract) -> Result<MoneyPer, Undefined> {
    contract.yearly().ok_or(Undefined::NoRecurringFee)
}

/// What a new contract signed in the period brings in a year, on average.
///
/// # Formula
/// ```text
/// Σ recurring fee a year / contracts, of those signed in the period that have a fee above 0, renew no other and are no trial
/// ```
///
/// # Counts
/// Contracts by the day of signing, where that is known, else by their first day; with an agreed end or without. Those that renew another
/// are no new ones. `totals().signed()?.unpriced()` counts those of which no fee is known.
///
/// # Unit
/// [`MoneyPer`] year and contract, 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::NoContractsSigned`] where no such contract was signed in the period.
/// - [`Undefined::NoRecurringFee`] where some were, and the fee of none of them is known.
///
/// # Examples
/// 100,000 and 50,000 a year:
/// ```
/// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
///
/// let contract = |id, account| Contract::new(id, account, date(2026, 1, 1)?, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech")?.with_last_day(date(2028, 12, 31)?)?.with_recurring(100_000, Per::Year)?,
///     contract("C-2", "Acme")?.with_recurring(12_500, Per::Quarter)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::average_contract_value(&customers)?.to_string(), "75000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a renewal is no new contract, however large. And a contract counts when it is signed, not when it begins.
/// ```
/// # use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
/// # let contract = |id, account, start| Contract::new(id, account, start, Currency::USD);
/// let contracts = [
///     contract("C-1", "Initech", date(2026, 4, 1)?)?.with_signed(date(2026, 3, 20)?)?.with_recurring(1_000, Per::Year)?,
///     contract("C-2", "Acme", date(2026, 1, 1)?)?.with_renewal_of("C-0")?.with_recurring(9_000, Per::Year)?,
/// ];
/// let customers = CustomerTally::of(&contracts, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::average_contract_value(&customers)?.to_string(), "1000 USD/year");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`annual_contract_value`]: one contract
/// - [`average_deal_size`]: what was sold, whatever its term
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
#[doc(alias = "average ACV")]
pub fn average_contract_value(customers: &CustomerTally) -> Result<MoneyPer, Undefined> {
    let signed = customers.totals().signed()?;
    if signed.count == 0 {
        return Err(Undefined::NoContractsSigned);
    }
    if signed.priced == 0 {
        return Err(Undefined::NoRecurringFee);
    }
    let mean = reckon::mean_money(customers.scope(), signed.amount, signed.priced)?;
    Ok(MoneyPer::new(mean, Per::Year))
}

#[cfg(test)]
mod tests {
    use super::smoothed_deal_size;
    use crate::tally::{DealTotals, Priced};
    use crate::{Currency, DealTally, Decimal, Error, Period, Scope, Undefined};

    /// As many of the largest amounts as a tally takes.
    fn fullest(year: i32) -> Result<DealTally, Error> {
        let (deals, most) = (10_000_000_000, 100_000_000_000_000_u64);
        let sum = Decimal::from(deals).checked_mul(most.into());
        let won = Priced::all(deals, sum.ok_or(Undefined::OutOfRange)?.try_into()?);
        let totals = DealTotals::given().records(deals).won(won);
        DealTally::from_totals(Scope::new(Period::year(year)?, Currency::USD), totals)
    }

    #[test]
    fn a_series_beyond_a_decimal_has_no_mean_rather_than_a_wrong_one() {
        let series: Vec<DealTally> = (2001..=2008).map(|year| fullest(year).unwrap()).collect();
        let mean = smoothed_deal_size(&series[..7]).unwrap();
        assert_eq!(mean.to_string(), "100000000000000 USD");
        let beyond = smoothed_deal_size(&series);
        assert_eq!(beyond, Err(Undefined::OutOfRange.into()));
    }
}
