//! What is open, what flows in and out, and how fast.

use rust_decimal::Decimal;

use super::reckon::WorkingDays;
use super::{average_deal_size, reckon, sales_cycle_length, total_revenue, win_rate};
use crate::error::{Error, Undefined};
use crate::period::{Scope, WorkCalendar};
use crate::tally::{DealDetail, DealTally, Priced};
use crate::value::money::expect_currency;
use crate::value::{Days, Money, MoneyPer, Multiple, Percent, Volume};

/// What the open deals are worth together.
///
/// # Formula
/// ```text
/// Σ amount of the open deals
/// ```
///
/// # Counts
/// Deals open on the [`evening`](crate::Scope::evening), whenever they were created. Those without an amount add nothing and are
/// counted in `totals().open()?.unpriced()`.
///
/// # Unit
/// [`Money`], 0 or more; higher is better. 0 where no deal is open or all are worth 0, never where none has an amount.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where a deal that was open on the evening has closed since, or one looks from a later day than the
///   evening and deals were open on it: what they were worth then is not in today's records.
/// - [`Undefined::NothingPriced`] where deals are open and none has an amount.
///
/// # Examples
/// Three open deals, one without an amount:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(10_000)?,
///     Deal::new("D-2", date(2025, 9, 3)?, Outcome::Open, Currency::USD)?.with_amount(20_000)?,
///     Deal::new("D-3", date(2026, 3, 9)?, Outcome::Open, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::pipeline_value(&deals)?.to_string(), "30000 USD");
/// assert_eq!(deals.totals().open()?.unpriced(), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: last quarter's pipeline can't be read from today's records. The amount of a deal that has closed may have been set when it
/// was won, and that of any deal may have changed since.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, Undefined, date, kpi};
/// let won_since = Outcome::Won { on: date(2026, 4, 9)? };
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(10_000)?,
///     Deal::new("D-2", date(2026, 2, 3)?, won_since, Currency::USD)?.with_amount(20_000)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(kpi::pipeline_value(&DealTally::of(&deals, q1)?), Err(Undefined::NeedsHistory));
///
/// let seen_later = DealTally::of(&deals, q1.as_of(date(2026, 4, 30)?)?)?;
/// assert_eq!(kpi::pipeline_value(&seen_later), Err(Undefined::NeedsHistory));
///
/// let q2 = Scope::new(Period::quarter(2026, 2)?, Currency::USD).as_of(date(2026, 4, 30)?)?;
/// assert_eq!(kpi::pipeline_value(&DealTally::of(&deals, q2)?)?.to_string(), "10000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`hindsight_pipeline_value`]: answers also for the past, from what today's records say
/// - [`weighted_pipeline`]: each deal by its probability
/// - [`pipeline_created`]: what came in during the period, open or not
/// - [`pipeline_coverage`]: of the deals expected in the period, against a target
///
/// # Source
/// This crate's definition.
pub fn pipeline_value(deals: &DealTally) -> Result<Money, Undefined> {
    open_amount(deals, deals.totals().open()?)
}

/// What open deals are worth, as long as today's records say what they were worth on the evening.
pub(super) fn open_amount(deals: &DealTally, group: Priced) -> Result<Money, Undefined> {
    expect_no_hindsight(deals)?;
    reckon::amount(deals.scope(), group)
}

pub(super) fn expect_no_hindsight(deals: &DealTally) -> Result<(), Undefined> {
    let totals = deals.totals();
    let closed_since = totals.open_then()? > 0;
    if closed_since || (deals.scope().looks_back() && totals.open()?.count > 0) {
        return Err(Undefined::NeedsHistory);
    }
    Ok(())
}

/// What the deals open on a past day are worth by today's records.
///
/// # Formula
/// ```text
/// Σ amount, by today's records, of the deals open on the evening
/// ```
///
/// # Counts
/// Deals open on the [`evening`](crate::Scope::evening), whenever they were created. `totals().open_then()` says how many of them
/// have closed since. Seen from the evening itself, where that is 0, there is no hindsight, and this is [`pipeline_value`].
///
/// # Unit
/// [`Volume`]: how many deals, what they are worth, and how many have no amount; higher is better.
///
/// # Errors
/// Of what a tally has counted, none: the count always exists. [`Volume::amount`] says [`Undefined::NothingPriced`] where none of the
/// deals has an amount.
///
/// # Examples
/// One deal still open, one won since:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let won_since = Outcome::Won { on: date(2026, 4, 9)? };
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(10_000)?,
///     Deal::new("D-2", date(2026, 2, 3)?, won_since, Currency::USD)?.with_amount(20_000)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::hindsight_pipeline_value(&deals)?.to_string(), "2 · 30000 USD");
/// assert_eq!(deals.totals().open_then()?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: all of the amount can be hindsight. Of the 1,330 deals open at the end of 2017-Q1 in a CRM export, 617
/// were later won and 363 lost, these at 0; the 350 still open have no amount. What looks like the pipeline's value is
/// its later revenue.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, Undefined, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2017, 1)?, Currency::USD);
/// let open = Priced::some(1_330, 617 + 363, Decimal::from(1_559_305).try_into()?);
/// let totals = DealTotals::given().records(8_800).open(open).open_then(617 + 363);
/// let deals = DealTally::from_totals(q1, totals)?;
/// assert_eq!(kpi::hindsight_pipeline_value(&deals)?.to_string(), "1330 · 1559305 USD · 350 unpriced");
/// assert_eq!(kpi::pipeline_value(&deals), Err(Undefined::NeedsHistory));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_value`]: refuses to answer from hindsight
/// - [`open_deals`]: the count alone, which is sound for the past as well
///
/// # Source
/// This crate's definition.
pub fn hindsight_pipeline_value(deals: &DealTally) -> Result<Volume, Undefined> {
    Ok(reckon::volume(deals.scope(), deals.totals().open()?))
}

/// How many deals are open.
///
/// # Formula
/// ```text
/// number of open deals
/// ```
///
/// # Counts
/// Deals open on the [`evening`](crate::Scope::evening), whenever they were created; those that have closed since were open then.
///
/// # Unit
/// A count, 0 or more; higher is better as long as they are worked on: see [`average_deal_age`].
///
/// # Errors
/// Of what a tally has counted, none: 0 is an answer.
///
/// # Examples
/// Two open deals, one of them from the year before:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let deals = [
///     Deal::new("D-1", date(2025, 9, 3)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-2", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-3", date(2026, 1, 7)?, Outcome::Lost { on: date(2026, 3, 31)? }, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::open_deals(&deals)?, 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that today's records call won was open at the quarter's end, if it closed after it.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// let deal = Deal::new("D-1", date(2026, 2, 3)?, Outcome::Won { on: date(2026, 4, 9)? }, Currency::USD)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(kpi::open_deals(&DealTally::of([&deal], q1)?)?, 1);
///
/// let q2 = Scope::new(Period::quarter(2026, 2)?, Currency::USD);
/// assert_eq!(kpi::open_deals(&DealTally::of([&deal], q2.as_of(date(2026, 4, 9)?)?)?)?, 0);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_value`]: what they are worth
/// - [`opportunities_created`]: what came in during the period, open or not
/// - [`deals_older_than`]: those among them that have waited long
///
/// # Source
/// This crate's definition.
pub fn open_deals(deals: &DealTally) -> Result<u64, Undefined> {
    Ok(deals.totals().open()?.count)
}

/// What the deals created in the period are worth together.
///
/// # Formula
/// ```text
/// Σ amount of the deals created in the period
/// ```
///
/// # Counts
/// Deals by creation date, up to the as-of day, whatever became of them. Those without an amount add nothing and are
/// counted in `totals().created()?.unpriced()`. The amounts are those of today's records.
///
/// # Unit
/// [`Money`], 0 or more; higher is better. 0 where no deal was created or all are worth 0, never where none has an amount.
///
/// # Errors
/// [`Undefined::NothingPriced`] where deals were created and none has an amount.
///
/// # Examples
/// Two deals created in the quarter, and an older one:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(10_000)?,
///     Deal::new("D-2", date(2026, 2, 3)?, Outcome::Open, Currency::USD)?.with_amount(20_000)?,
///     Deal::new("D-3", date(2025, 9, 3)?, Outcome::Open, Currency::USD)?.with_amount(50_000)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::pipeline_created(&deals)?.to_string(), "30000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: what was created and lost in the same quarter was created all the same.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// let lost = Outcome::Lost { on: date(2026, 3, 2)? };
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(10_000)?,
///     Deal::new("D-2", date(2026, 2, 3)?, lost, Currency::USD)?.with_amount(20_000)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::pipeline_created(&deals)?.to_string(), "30000 USD");
/// assert_eq!(kpi::pipeline_value(&deals)?.to_string(), "10000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_inflow`]: the same with its count, and an answer also where no deal has an amount
/// - [`opportunities_created`]: the count alone
/// - [`pipeline_value`]: what is open, whenever it was created
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
pub fn pipeline_created(deals: &DealTally) -> Result<Money, Undefined> {
    reckon::amount(deals.scope(), deals.totals().created()?)
}

/// How many deals were created in the period.
///
/// # Formula
/// ```text
/// number of deals created in the period
/// ```
///
/// # Counts
/// Deals by creation date, up to the as-of day, whatever became of them.
///
/// # Unit
/// A count, 0 or more; higher is better.
///
/// # Errors
/// Of what a tally has counted, none: 0 is an answer.
///
/// # Examples
/// Two deals created in the quarter, one of them closed by now, and an older one:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?,
///     Deal::new("D-2", date(2026, 3, 31)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-3", date(2025, 9, 3)?, Outcome::Open, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::opportunities_created(&deals)?, 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: seen from a day in mid-quarter, what was created after it is not there yet, though the records hold it.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-2", date(2026, 3, 2)?, Outcome::Open, Currency::USD)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(kpi::opportunities_created(&DealTally::of(&deals, q1.as_of(date(2026, 2, 14)?)?)?)?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_created`]: what they are worth
/// - [`open_deals`]: what is open, whenever it was created
/// - [`opportunity_conversion_rate`](super::opportunity_conversion_rate): wins against this count
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
pub fn opportunities_created(deals: &DealTally) -> Result<u64, Undefined> {
    Ok(deals.totals().created()?.count)
}

/// What came into the pipeline: how many deals, and what they are worth.
///
/// # Formula
/// ```text
/// number and Σ amount of the deals created in the period
/// ```
///
/// # Counts
/// Deals by creation date, up to the as-of day, whatever became of them. The amounts are those of today's records.
///
/// # Unit
/// [`Volume`]; higher is better. Growth needs an inflow above [`pipeline_outflow`].
///
/// # Errors
/// Of what a tally has counted, none: the count always exists. [`Volume::amount`] says [`Undefined::NothingPriced`] where none of the
/// deals has an amount.
///
/// # Examples
/// Three deals created, one without an amount:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(10_000)?,
///     Deal::new("D-2", date(2026, 2, 3)?, Outcome::Open, Currency::USD)?.with_amount(20_000)?,
///     Deal::new("D-3", date(2026, 3, 9)?, Outcome::Open, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::pipeline_inflow(&deals)?.to_string(), "3 · 30000 USD · 1 unpriced");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: new deals that nobody has priced yet are an inflow of two deals and of no known amount. It prints as a
/// dash, not as 0.
/// ```
/// # use sales_metrics::{Currency, DealTally, Period, Scope, Undefined, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let created = Priced::none(2);
/// let deals = DealTally::from_totals(q1, DealTotals::given().records(2).created(created))?;
/// let inflow = kpi::pipeline_inflow(&deals)?;
/// assert_eq!((inflow.count(), inflow.amount()), (2, Err(Undefined::NothingPriced)));
/// assert_eq!(inflow.to_string(), "2 · – · 2 unpriced");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_outflow`]: what left it
/// - [`pipeline_created`]: the amount alone
/// - [`opportunities_created`]: the count alone
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022), under pipeline efficiency.
pub fn pipeline_inflow(deals: &DealTally) -> Result<Volume, Undefined> {
    Ok(reckon::volume(deals.scope(), deals.totals().created()?))
}

/// What left the pipeline, won or not: how many deals, and what they are worth.
///
/// # Formula
/// ```text
/// number and Σ amount of the deals won, lost and disqualified in the period
/// ```
///
/// # Counts
/// Deals won, lost and disqualified, by close date, up to the as-of day.
///
/// # Unit
/// [`Volume`]. By itself neither direction is better, since wins leave the pipeline too.
///
/// # Errors
/// Of what a tally has counted, none: the count always exists. [`Volume::amount`] says [`Undefined::NothingPriced`] where none of the
/// deals has an amount.
///
/// # Examples
/// One deal won, one lost and one disqualified:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let on = date(2026, 2, 20)?;
/// let deals = [
///     Deal::new("D-1", date(2025, 9, 3)?, Outcome::Won { on }, Currency::USD)?.with_amount(10_000)?,
///     Deal::new("D-2", date(2025, 9, 3)?, Outcome::Lost { on }, Currency::USD)?.with_amount(5_000)?,
///     Deal::new("D-3", date(2026, 1, 7)?, Outcome::Disqualified { on }, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::pipeline_outflow(&deals)?.to_string(), "3 · 15000 USD · 1 unpriced");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that came and went within the quarter is in both flows, though no quarter's end ever saw it open.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Lost { on: date(2026, 3, 2)? }, Currency::USD)?;
/// let deals = DealTally::of([deal], q1)?;
/// assert_eq!(kpi::pipeline_inflow(&deals)?.count(), 1);
/// assert_eq!(kpi::pipeline_outflow(&deals)?.count(), 1);
/// assert_eq!(kpi::open_deals(&deals)?, 0);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_inflow`]: what came in
/// - [`total_revenue`]: the won part of it
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022), under pipeline efficiency.
pub fn pipeline_outflow(deals: &DealTally) -> Result<Volume, Undefined> {
    let totals = deals.totals();
    let decided = totals.won()?.plus(totals.lost()?);
    let closed = decided.plus(totals.disqualified()?);
    Ok(reckon::volume(deals.scope(), closed))
}

/// What the open deals will bring, each weighted by how likely it is to be won.
///
/// # Formula
/// ```text
/// Σ (amount × probability) of the open deals that have both
/// ```
///
/// # Counts
/// Deals open on the [`evening`](crate::Scope::evening) that have an amount and a probability. The others add nothing: a missing
/// probability is neither 100 % nor 0 %. `totals().open()?.count` less `totals().weighed()?.count` says how many these are.
///
/// # Unit
/// [`Money`], 0 or more, never above [`pipeline_value`]; higher is better. Exact: nothing is divided.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] as [`pipeline_value`]: the probabilities of a past evening are not in today's records.
/// - [`Undefined::NothingWeighable`] where deals are open and none has both an amount and a probability.
///
/// # Examples
/// 100 at 99 % and 100 at 0 %:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let open = |id, amount, probability: &str| {
///     Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
///         .with_amount(amount)?
///         .with_probability(probability.parse()?)
/// };
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = DealTally::of([open("D-1", 100, "99%")?, open("D-2", 100, "0%")?], q1)?;
/// assert_eq!(kpi::weighted_pipeline(&deals)?.to_string(), "99 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is not the pipeline times the mean probability, 1,100 × 50 % = 550, and a deal without a probability is
/// not taken for certain.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let open = |id, amount, probability: &str| {
/// #     Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
/// #         .with_amount(amount)?
/// #         .with_probability(probability.parse()?)
/// # };
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let mut deals = DealTally::of([open("D-1", 1_000, "10%")?, open("D-2", 100, "90%")?], q1)?;
/// assert_eq!(kpi::weighted_pipeline(&deals)?.to_string(), "190 USD");
///
/// deals.record(&Deal::new("D-3", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_amount(5_000)?)?;
/// assert_eq!(kpi::weighted_pipeline(&deals)?.to_string(), "190 USD");
/// assert_eq!(deals.totals().open()?.count - deals.totals().weighed()?.count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_value`]: every deal at its full amount
/// - [`weighted_forecast`](super::weighted_forecast): what is won and the deals due in the period alone
/// - [`pipeline_coverage`]: unweighted, against a target
///
/// # Source
/// This crate's definition.
pub fn weighted_pipeline(deals: &DealTally) -> Result<Money, Undefined> {
    let totals = deals.totals();
    let weighed = totals.weighed()?;
    expect_no_hindsight(deals)?;
    if weighed.count == 0 && totals.open()?.count > 0 {
        return Err(Undefined::NothingWeighable);
    }
    Ok(reckon::money(deals.scope(), weighed.amount.decimal()))
}

/// What the pipeline yields a day, if it goes on as it did.
///
/// # Formula
/// ```text
/// open deals × win rate × average deal size / sales cycle length
/// ```
/// Each factor is itself a quotient, divided at 28 significant digits; these are multiplied as they are, and the last
/// digits of the result carry what the divisions left off. By Little's law, a steady pipeline yields just this revenue
/// a day.
///
/// # Counts
/// Open deals on the [`evening`](crate::Scope::evening); the three rates of the deals won and lost in the period, by close date:
/// [`win_rate`], [`average_deal_size`] and [`sales_cycle_length`]. The count of open deals is sound for a past day too.
///
/// # Unit
/// [`MoneyPer`] day, 0 or more; higher is better.
///
/// # Errors
/// - [`Undefined::NoDecidedDeals`] where no deal was won or lost.
/// - [`Undefined::NoWonDeals`] where deals were lost and none was won.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
/// - [`Undefined::NoSoundCycle`] where deals were won, and of none is the creation known and on or before its close.
/// - [`Undefined::ZeroCycle`] where all with sound dates were won on the day of their creation.
/// - [`Undefined::OutOfRange`] where the result passes what a decimal holds.
///
/// # Examples
/// 200 open deals, a win rate of 25 %, 10,000 a deal and 25 days to win one:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// use sales_metrics::tally::{Cycle, DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = DealTotals::given()
///     .records(300)
///     .open(Priced::none(200))
///     .won(Priced::all(25, Decimal::from(250_000).try_into()?))
///     .lost(Priced::none(75))
///     .won_cycle(Cycle::of(25, 625));
/// let deals = DealTally::from_totals(q1, totals)?;
/// assert_eq!(kpi::pipeline_velocity(&deals)?.to_string(), "20000 USD/day");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: Bouncer prints "200" for these figures, which is the first factor alone. Velocity is money a day.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Per, Period, Scope, kpi};
/// # use sales_metrics::tally::{Cycle, DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let totals = DealTotals::given()
/// #     .records(300)
/// #     .open(Priced::none(200))
/// #     .won(Priced::all(25, Decimal::from(250_000).try_into()?))
/// #     .lost(Priced::none(75))
/// #     .won_cycle(Cycle::of(25, 625));
/// # let deals = DealTally::from_totals(q1, totals)?;
/// assert_eq!(kpi::open_deals(&deals)?, 200);
/// let velocity = kpi::pipeline_velocity(&deals)?;
/// assert_eq!((velocity.amount(), velocity.per()), (Decimal::from(20_000), Per::Day));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// And a third of three deals is not quite one, since a third is cut at 28 digits; a usual precision rounds it right:
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// # use sales_metrics::tally::{Cycle, DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let totals = DealTotals::given()
/// #     .records(6)
/// #     .open(Priced::none(3))
/// #     .won(Priced::all(1, Decimal::from(10).try_into()?))
/// #     .lost(Priced::none(2))
/// #     .won_cycle(Cycle::of(1, 1));
/// let velocity = kpi::pipeline_velocity(&DealTally::from_totals(q1, totals)?)?;
/// assert_eq!(velocity.to_string(), "9.999999999999999999999999999 USD/day");
/// assert_eq!(format!("{velocity:.2}"), "10.00 USD/day");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`revenue_per_day`](super::revenue_per_day): what the period did bring a day, to hold against this
/// - [`weighted_pipeline`]: what the open deals bring altogether, whenever
///
/// # Source
/// Bouncer, *B2B sales metrics*, for the formula; Little, *A proof for the queuing formula L = λW* (1961), for what it
/// means.
#[doc(alias = "sales velocity")]
pub fn pipeline_velocity(deals: &DealTally) -> Result<MoneyPer, Undefined> {
    // What was not counted comes before what there is none of.
    deals.totals().won_cycle()?;
    let open = open_deals(deals)?;
    let wins = win_rate(deals)?.fraction();
    let size = average_deal_size(deals)?.amount();
    let cycle = sales_cycle_length(deals)?.decimal();
    if cycle.is_zero() {
        return Err(Undefined::ZeroCycle);
    }
    let expected_wins = reckon::product(wins, open)?;
    let per_cycle = reckon::product(expected_wins, size)?;
    Ok(reckon::money_per_day(
        deals.scope(),
        reckon::quotient(per_cycle, cycle)?,
    ))
}

/// How many times the deals due in the period cover the target.
///
/// # Formula
/// ```text
/// Σ amount of the open deals due in the period / target
/// ```
///
/// # Counts
/// Deals open on the evening of the as-of day that are expected to close in the period (`totals().expected()`), its whole length, before
/// the as-of day or after it; and, once it has begun, those expected before it, which are overdue (`totals().overdue()`). Seen from before
/// the period, what is expected earlier is another period's. Both know how many are unpriced; `totals().without_expected_close()` says
/// how many open deals have no such date.
///
/// # Unit
/// [`Multiple`] of the target, 0 or more; higher is better. 1× suffices only if every deal is won.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the target is in another currency.
/// - [`Undefined::TargetNotPositive`] where the target is 0 or less.
/// - [`Undefined::PeriodOver`] from the period's last day on: nothing is due in it any more.
/// - [`Undefined::NeedsHistory`] where a deal that was open on the as-of day, due in the period or not, has closed since: the day on
///   which it was expected to close may have been moved with hindsight, too.
/// - [`Undefined::NothingPriced`] where deals are due and none has an amount.
/// - [`Undefined::OutOfRange`] where the target is so small that the result passes what a decimal holds.
///
/// # Examples
/// 3,000,000 due, for a target of 1,000,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Money, Period, Scope, date, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 1, 15)?)?;
/// let open = Priced::all(30, Decimal::from(3_000_000).try_into()?);
/// let totals = DealTotals::given().open(open).open_then(0).expected(open).overdue(Priced::none(0));
/// let deals = DealTally::from_totals(running, totals)?;
/// let target = Money::new(1_000_000, Currency::USD);
/// assert_eq!(kpi::pipeline_coverage(&deals, target)?.to_string(), "3×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// What should have closed before the quarter is due in it, as long as it is open; seen from before, it was another quarter's:
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Money, Outcome, Period, Scope, date, kpi};
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let open = |id, expected| -> Result<Deal, sales_metrics::Error> {
///     Deal::new(id, date(2025, 11, 3)?, Outcome::Open, Currency::USD)?.with_amount(1_000)?.with_expected_close(expected)
/// };
/// let deals = [
///     open("D-1", date(2025, 12, 20)?)?,
///     open("D-2", date(2026, 1, 10)?)?,
///     open("D-3", date(2026, 3, 31)?)?,
/// ];
/// let coverage = |as_of| kpi::pipeline_coverage(&DealTally::of(&deals, q1.as_of(as_of)?)?, Money::new(1_000, Currency::USD));
/// assert_eq!(coverage(date(2026, 3, 30)?)?.to_string(), "3×");
/// assert_eq!(coverage(date(2025, 11, 15)?)?.to_string(), "2×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the whole pipeline does not cover this quarter's target. Half of this one is expected later, or at no
/// known date.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Money, Outcome, Period, Scope, date, kpi};
/// # let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 1, 15)?)?;
/// # let open = |id| Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD);
/// let deals = [
///     open("D-1")?.with_amount(20_000)?.with_expected_close(date(2026, 3, 20)?)?,
///     open("D-2")?.with_amount(15_000)?.with_expected_close(date(2026, 4, 2)?)?,
///     open("D-3")?.with_amount(5_000)?,
/// ];
/// let deals = DealTally::of(&deals, running)?;
/// assert_eq!(kpi::pipeline_value(&deals)?.to_string(), "40000 USD");
/// assert_eq!(kpi::pipeline_coverage(&deals, Money::new(10_000, Currency::USD))?.to_string(), "2×");
/// assert_eq!(deals.totals().without_expected_close()?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`remaining_pipeline_coverage`]: against what is left of the target
/// - [`pipeline_value`]: all open deals, whenever expected
///
/// # Source
/// Bouncer, *B2B sales metrics*.
pub fn pipeline_coverage(deals: &DealTally, target: Money) -> Result<Multiple, Error> {
    expect_target(deals, target)?;
    covered(deals, due(deals)?, target.amount())
}

/// How many times the deals due in the period cover what is left of the target.
///
/// # Formula
/// ```text
/// Σ amount of the open deals due in the period / (target − Σ amount of the won deals)
/// ```
///
/// # Counts
/// Open deals as [`pipeline_coverage`]; won deals by close date, up to the as-of day, as [`total_revenue`].
///
/// # Unit
/// [`Multiple`] of what is left, 0 or more; higher is better.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the target is in another currency.
/// - [`Undefined::TargetNotPositive`] where the target is 0 or less.
/// - [`Undefined::TargetMet`] where as much has been won, or more.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount, or the same of the deals due.
/// - [`Undefined::PeriodOver`] from the period's last day on: nothing is due in it any more.
/// - [`Undefined::NeedsHistory`] where a deal that was open on the as-of day, due in the period or not, has closed since: the day on
///   which it was expected to close may have been moved with hindsight, too.
/// - [`Undefined::OutOfRange`] where so little is left that the result passes what a decimal holds.
///
/// # Examples
/// 3,000,000 due, 400,000 of a target of 1,000,000 won:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Money, Period, Scope, date, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let open = Priced::all(30, Decimal::from(3_000_000).try_into()?);
/// let won = Priced::all(40, Decimal::from(400_000).try_into()?);
/// let totals = DealTotals::given().won(won).open(open).open_then(0).expected(open).overdue(Priced::none(0));
/// let deals = DealTally::from_totals(running, totals)?;
/// let target = Money::new(1_000_000, Currency::USD);
/// assert_eq!(kpi::remaining_pipeline_coverage(&deals, target)?.to_string(), "5×");
/// assert_eq!(kpi::pipeline_coverage(&deals, target)?.to_string(), "3×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a target that is met has no coverage, neither an endless nor a negative one. The reason is good news.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Error, Money, Period, Scope, Undefined, date, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let won = Priced::all(40, Decimal::from(400_000).try_into()?);
/// let totals = DealTotals::given().won(won).open_then(0).expected(Priced::none(0)).overdue(Priced::none(0));
/// let deals = DealTally::from_totals(running, totals)?;
/// let coverage = kpi::remaining_pipeline_coverage(&deals, Money::new(400_000, Currency::USD));
/// assert_eq!(coverage, Err(Undefined::TargetMet.into()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_coverage`]: against the whole target
///
/// # Source
/// This crate's definition.
pub fn remaining_pipeline_coverage(deals: &DealTally, target: Money) -> Result<Multiple, Error> {
    expect_target(deals, target)?;
    let due = due(deals)?;
    covered(deals, due, remaining(deals, target)?)
}

/// What is left of a target.
pub(super) fn remaining(deals: &DealTally, target: Money) -> Result<Decimal, Undefined> {
    let remaining = reckon::difference(target.amount(), total_revenue(deals)?.amount())?;
    if remaining <= Decimal::ZERO {
        return Err(Undefined::TargetMet);
    }
    Ok(remaining)
}

pub(super) fn expect_target(deals: &DealTally, target: Money) -> Result<(), Error> {
    expect_positive("the target", deals.scope(), target)
}

/// The same of what else is asked for.
pub(super) fn expect_positive(
    what: &'static str,
    scope: Scope,
    target: Money,
) -> Result<(), Error> {
    expect_currency(what, scope.currency(), target.currency())?;
    if target.amount() <= Decimal::ZERO {
        return Err(Undefined::TargetNotPositive.into());
    }
    Ok(())
}

/// The deals due. What was not counted comes before what there is none of.
pub(super) fn due(deals: &DealTally) -> Result<Priced, Undefined> {
    deals.totals().open_then()?;
    let due = deals.totals().expected()?.plus(deals.totals().overdue()?);
    if deals.scope().is_complete() {
        return Err(Undefined::PeriodOver);
    }
    Ok(due)
}

pub(super) fn covered(
    deals: &DealTally,
    due: Priced,
    remaining: Decimal,
) -> Result<Multiple, Error> {
    let amount = open_amount(deals, due)?.amount();
    Ok(Multiple::new(reckon::quotient(amount, remaining)?))
}

/// How far we are with the target, against how far we should be by now.
///
/// # Formula
/// ```text
/// Σ amount of the won deals / (target × working days over / working days of the period)
/// ```
/// At 100 % the target is met if it goes on like this.
///
/// # Counts
/// Won deals by close date, up to the as-of day, as [`total_revenue`]; of the period's working days those up to the as-of day, that day
/// among them, are over.
///
/// # Unit
/// [`Percent`] of what is due by now, 0 % or more; higher is better.
///
/// # Errors
/// - [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the target is in another currency.
/// - [`Undefined::TargetNotPositive`] where the target is 0 or less.
/// - [`Undefined::NothingPriced`] where deals were won and none has an amount.
/// - [`Undefined::NothingElapsed`] where the period has not begun on the as-of day.
/// - [`Undefined::NoWorkingDays`] where no working day of it is over.
/// - [`Undefined::OutOfRange`] where the target is so small, or so large, that the result passes what a decimal holds.
///
/// # Examples
/// 200,000 of a target of 1,000,000 after 16 of 64 working days:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Money, NaiveTime, Period, Scope, Weekday, WorkCalendar, date, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
/// let calendar = WorkCalendar::new(week, hour(9), hour(17))?;
/// let running = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 1, 22)?)?;
/// let totals = DealTotals::given().won(Priced::all(20, Decimal::from(200_000).try_into()?));
/// let deals = DealTally::from_totals(running, totals)?;
/// let target = Money::new(1_000_000, Currency::USD);
/// assert_eq!(kpi::pace(&deals, target, &calendar)?.to_string(), "80%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the same fifth of the target is more than six times what is due on the second working day. How far the target is reached says
/// nothing without the time that has passed.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Money, NaiveTime, Period, Scope, Weekday, WorkCalendar, date, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// # let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
/// # let calendar = WorkCalendar::new(week, hour(9), hour(17))?;
/// # let totals = DealTotals::given().won(Priced::all(20, Decimal::from(200_000).try_into()?));
/// let first_friday = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 1, 2)?)?;
/// let deals = DealTally::from_totals(first_friday, totals)?;
/// assert_eq!(kpi::pace(&deals, Money::new(1_000_000, Currency::USD), &calendar)?.to_string(), "640%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`remaining_pipeline_coverage`]: whether the pipeline holds what is left of the target
/// - [`Goal`](crate::plan::Goal): the same for any KPI that adds up, and what is needed a day from here
/// - [`run_rate_forecast`](super::run_rate_forecast): what the period brings if it goes on like this, by calendar days
///
/// # Source
/// This crate's definition.
pub fn pace(deals: &DealTally, target: Money, calendar: &WorkCalendar) -> Result<Percent, Error> {
    expect_target(deals, target)?;
    let won = total_revenue(deals)?.amount();
    let days = WorkingDays::of(deals.scope(), calendar)?;
    Ok(days.pace(won, target.amount())?)
}

/// How long the open deals have been open, on average.
///
/// # Formula
/// ```text
/// Σ (evening − creation) in days / open deals of known creation
/// ```
///
/// # Counts
/// Deals open on the [`evening`](crate::Scope::evening), whenever they were created; those that have closed since were open then. Those of which nobody knows when they were created
/// are left out; `totals().open_without_creation()` counts them.
///
/// # Unit
/// [`Days`], 0 or more; lower is better.
///
/// # Errors
/// - [`Undefined::NoOpenDeals`] where no deal is open.
/// - [`Undefined::NoCreation`] where of none of them the creation is known.
///
/// # Examples
/// Deals open for 89 and for 30 days at the end of the quarter:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 1)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-2", date(2026, 3, 1)?, Outcome::Open, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::average_deal_age(&deals)?.to_string(), "59.5 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the age is that of the quarter's last evening, from whatever later day one looks. A deal won since was open then, and
/// young.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 1)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-2", date(2026, 3, 30)?, Outcome::Won { on: date(2026, 5, 5)? }, Currency::USD)?,
/// ];
/// assert_eq!(kpi::average_deal_age(&DealTally::of(&deals, q1)?)?.to_string(), "45 days");
/// let seen_later = DealTally::of(&deals, q1.as_of(date(2026, 5, 10)?)?)?;
/// assert_eq!(kpi::average_deal_age(&seen_later)?.to_string(), "45 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`sales_cycle_length`]: of the deals won; the age of an open deal is only a part of its cycle
/// - [`deals_older_than`]: how many are too old, which a mean hides
///
/// # Source
/// This crate's definition.
pub fn average_deal_age(deals: &DealTally) -> Result<Days, Undefined> {
    let totals = deals.totals();
    let (days, open) = (totals.open_days()?, totals.open()?.count);
    let aged = open.saturating_sub(totals.open_without_creation()?);
    reckon::mean_days(days, aged, || match open {
        0 => Undefined::NoOpenDeals,
        _ => Undefined::NoCreation,
    })
}

/// How many open deals have been open for more than so many days.
///
/// # Formula
/// ```text
/// number of open deals with evening − creation > days
/// ```
///
/// # Counts
/// Deals open on the [`evening`](crate::Scope::evening), whenever they were created; those that have closed since were open then.
///
/// # Unit
/// A count, 0 or more, never above [`open_deals`]; lower is better.
///
/// # Errors
/// Of what a tally has counted, none: 0 is an answer.
///
/// # Examples
/// Deals of 89 and of 30 days at the end of the quarter:
/// ```
/// use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
///
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 1)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-2", date(2026, 3, 1)?, Outcome::Open, Currency::USD)?,
/// ];
/// let deals = DealDetail::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::deals_older_than(&deals, 60), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal of exactly 30 days is not older than 30.
/// ```
/// # use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deal = Deal::new("D-1", date(2026, 3, 1)?, Outcome::Open, Currency::USD)?;
/// let deals = DealDetail::of([deal], q1)?;
/// assert_eq!(kpi::deals_older_than(&deals, 30), 0);
/// assert_eq!(kpi::deals_older_than(&deals, 29), 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`average_deal_age`]: the mean of the ages
/// - [`open_deals`]: of any age
/// - [`sales_cycle_percentile`](super::sales_cycle_percentile): what a usual age is
///
/// # Source
/// This crate's definition.
#[must_use]
pub fn deals_older_than(deals: &DealDetail, days: u32) -> u64 {
    deals.ages().count_above(days.into())
}
