//! How the pipeline moved, and what slipped: read off the history of deals.

use super::reckon;
use crate::error::Undefined;
use crate::tally::{MovementTally, PipelineWaterfall, Waterfall};
use crate::value::Rate;

/// What became of the open deals in the period: what came in, what went out, and what is open in the end; the rolling waterfall, of all of them.
///
/// # Formula
/// ```text
/// opening + created + reopened + increased − decreased − won − lost − disqualified = closing
/// ```
///
/// # Counts
/// Every change of the period, up to the as-of day, by the day of the state that brings it. One that does several things at once is booked as created, reopened at the old amount, moved,
/// worth more or less, closed at the new amount. Reopened, won and lost count events; increases and decreases are counted change by change, with how many deals they are of. Between owners or
/// stages ([`MovementTally::by_owner`]) coming and going are *moved in* and *moved out*. It holds to the cent, on any day.
///
/// # Unit
/// [`PipelineWaterfall`], each part 0 or more, with how many have no amount.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where the history begins after the evening before the period, or keeps no amounts.
///
/// # Examples
/// One deal is won for a little less, one is still open:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, date, day, kpi};
///
/// let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
///     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
///     state("D-2", "2026-04-09", DealStatus::Open, 200, "2026-05-25")?,
///     state("D-1", "2026-05-20", DealStatus::Won, 280, "2026-05-20")?,
///     state("D-2", "2026-05-18", DealStatus::Open, 200, "2026-07-15")?,
/// ];
/// let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// let waterfall = kpi::pipeline_waterfall(&moved)?;
/// assert_eq!(waterfall.opening().to_string(), "2 · 500 USD");
/// assert_eq!(waterfall.decreased().to_string(), "1 change of 1 deal · 20 USD");
/// assert_eq!(waterfall.won().to_string(), "1 · 280 USD");
/// assert_eq!(waterfall.closing().to_string(), "1 · 200 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: from lost to won is reopened and won, so that the loss that was booked stays one.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, Undefined, date, day, kpi};
/// # let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
/// #     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// # };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
///     state("D-1", "2026-05-11", DealStatus::Lost, 300, "2026-05-20")?,
///     state("D-1", "2026-05-18", DealStatus::Won, 250, "2026-05-20")?,
/// ];
/// # let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// let waterfall = kpi::pipeline_waterfall(&moved)?;
/// assert_eq!(waterfall.lost().to_string(), "1 · 300 USD");
/// assert_eq!(waterfall.reopened().to_string(), "1 · 300 USD");
/// assert_eq!(waterfall.won().to_string(), "1 · 250 USD");
/// assert_eq!(waterfall.closing().count(), 0);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`due_pipeline_waterfall`]: of the deals due in a period alone
/// - [`pipeline_inflow`](super::pipeline_inflow), [`pipeline_outflow`](super::pipeline_outflow): two of its parts by today's records
///
/// # Source
/// This crate's definition.
pub fn pipeline_waterfall(movements: &MovementTally) -> Result<PipelineWaterfall, Undefined> {
    movements.keeps()?.expect_amounts()?;
    Ok(waterfall(movements, &movements.totals().rolling))
}

/// What became of the deals that were expected to close in a period: what came in, what went out, what was put off, and what is left of them.
///
/// # Formula
/// ```text
/// opening + created + moved in + reopened + increased − decreased − moved out − won − lost − disqualified = closing
/// ```
///
/// # Counts
/// As [`pipeline_waterfall`], of the deals while they are expected to close in the target period: that of the scope, or another one ([`Scope::due_in`](crate::Scope::due_in)). What is overdue is no part of it until it is
/// moved into it. A state that closes a deal with another expected day moves it first.
///
/// # Unit
/// [`PipelineWaterfall`], each part 0 or more, with how many have no amount.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where the history begins after the evening before the period, or keeps no amounts or no expected closes.
///
/// # Examples
/// One deal due in May is won, one is put off to July:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, date, day, kpi};
///
/// let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
///     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
///     state("D-2", "2026-04-09", DealStatus::Open, 200, "2026-05-25")?,
///     state("D-1", "2026-05-20", DealStatus::Won, 280, "2026-05-20")?,
///     state("D-2", "2026-05-18", DealStatus::Open, 200, "2026-07-15")?,
/// ];
/// let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// let waterfall = kpi::due_pipeline_waterfall(&moved)?;
/// assert_eq!(waterfall.opening().to_string(), "2 · 500 USD");
/// assert_eq!(waterfall.moved_out().to_string(), "1 · 200 USD");
/// assert_eq!(waterfall.closing().count(), 0);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that was due in April, and is still open, is no part of May's until its day is moved.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, Undefined, date, day, kpi};
/// # let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
/// #     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// # };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-04-20")?,
///     state("D-1", "2026-05-11", DealStatus::Open, 300, "2026-05-29")?,
/// ];
/// # let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// let waterfall = kpi::due_pipeline_waterfall(&moved)?;
/// assert_eq!((waterfall.opening().count(), waterfall.moved_in().count()), (0, 1));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`pipeline_waterfall`]: of all open deals
/// - [`slippage_rate`]: how many of the opening did not close in time
/// - [`pipeline_coverage`](super::pipeline_coverage): what is due against a target
///
/// # Source
/// This crate's definition.
pub fn due_pipeline_waterfall(movements: &MovementTally) -> Result<PipelineWaterfall, Undefined> {
    let keeps = movements.keeps()?;
    keeps.expect_amounts()?;
    keeps.expect_expected_close()?;
    Ok(waterfall(movements, &movements.totals().due))
}

/// Of the deals that were expected to close in the period, the share that will close later.
///
/// # Formula
/// ```text
/// deals of the opening that are late on the evening / deals open on the evening before the period and then expected to close in it
/// ```
///
/// # Counts
/// Deals open on the evening before the period, and then expected to close in it. Late are those open on the evening and expected after the period's last day; once the period is over, all that are
/// still open. One that was lost did not slip. `totals().slipped` and `totals().expected` have both numbers.
///
/// # Unit
/// [`Rate`], 0–100 %; lower is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where the history begins after the evening before the period, or keeps no expected closes.
/// - [`Undefined::NoDealsExpected`] where none was expected.
///
/// # Examples
/// Of two deals due in May, one is put off to July:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, date, day, kpi};
///
/// let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
///     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
///     state("D-2", "2026-04-09", DealStatus::Open, 200, "2026-05-25")?,
///     state("D-1", "2026-05-20", DealStatus::Won, 280, "2026-05-20")?,
///     state("D-2", "2026-05-18", DealStatus::Open, 200, "2026-07-15")?,
/// ];
/// let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// assert_eq!(kpi::slippage_rate(&moved)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: once May is over, what was due in it and is open has slipped, whether anybody moved its day or not.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, Undefined, date, day, kpi};
/// # let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
/// #     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// # };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
/// ];
/// # let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// assert_eq!(kpi::slippage_rate(&moved)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`push_count`]: how often expected closes were put off
/// - [`due_pipeline_waterfall`]: what moved out, in money
///
/// # Source
/// This crate's definition.
pub fn slippage_rate(movements: &MovementTally) -> Result<Rate, Undefined> {
    movements.keeps()?.expect_expected_close()?;
    let totals = movements.totals();
    let expected = totals.expected.count;
    reckon::rate(totals.slipped, expected, Undefined::NoDealsExpected)
}

/// How often the expected close of an open deal was put off in the period.
///
/// # Formula
/// ```text
/// number of moves of the expected close of open deals to a later day
/// ```
///
/// # Counts
/// Moves in the period, up to the as-of day, by the day of the move, while the deal was open and stays so. Setting a first day or clearing it is no move, and neither is what comes with closing or reopening.
///
/// # Unit
/// A count; lower is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where the history begins after the evening before the period, or keeps no expected closes.
///
/// # Examples
/// One deal is put off once:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, date, day, kpi};
///
/// let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
///     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
///     state("D-2", "2026-04-09", DealStatus::Open, 200, "2026-05-25")?,
///     state("D-1", "2026-05-20", DealStatus::Won, 280, "2026-05-20")?,
///     state("D-2", "2026-05-18", DealStatus::Open, 200, "2026-07-15")?,
/// ];
/// let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// assert_eq!(kpi::push_count(&moved)?, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that is closed on another day than expected was not put off.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, Undefined, date, day, kpi};
/// # let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
/// #     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// # };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
///     state("D-1", "2026-05-28", DealStatus::Won, 300, "2026-05-28")?,
/// ];
/// # let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// assert_eq!(kpi::push_count(&moved)?, 0);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`net_push_days`]: by how many days, pulls taken off
/// - [`slippage_rate`]: how many of the expected deals are late
///
/// # Source
/// This crate's definition.
pub fn push_count(movements: &MovementTally) -> Result<u64, Undefined> {
    movements.keeps()?.expect_expected_close()?;
    Ok(movements.totals().pushes)
}

/// By how many days the expected closes of open deals were put off in the period, less those by which they were brought forward.
///
/// # Formula
/// ```text
/// Σ (new − old expected close) in days, over the moves of open deals
/// ```
///
/// # Counts
/// As [`push_count`], with the moves to earlier days.
///
/// # Unit
/// Whole days, negative where more was brought forward; lower is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where the history begins after the evening before the period, or keeps no expected closes.
///
/// # Examples
/// One deal is put off by 51 days:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, date, day, kpi};
///
/// let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
///     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
///     state("D-2", "2026-04-09", DealStatus::Open, 200, "2026-05-25")?,
///     state("D-1", "2026-05-20", DealStatus::Won, 280, "2026-05-20")?,
///     state("D-2", "2026-05-18", DealStatus::Open, 200, "2026-07-15")?,
/// ];
/// let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// assert_eq!(kpi::net_push_days(&moved)?, 51);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that is put off by a week and brought back is no push in days, and one push.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, Undefined, date, day, kpi};
/// # let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
/// #     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// # };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
///     state("D-1", "2026-05-11", DealStatus::Open, 300, "2026-05-27")?,
///     state("D-1", "2026-05-13", DealStatus::Open, 300, "2026-05-20")?,
/// ];
/// # let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// assert_eq!((kpi::push_count(&moved)?, kpi::net_push_days(&moved)?), (1, 0));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`push_count`]: how often
///
/// # Source
/// This crate's definition.
pub fn net_push_days(movements: &MovementTally) -> Result<i64, Undefined> {
    movements.keeps()?.expect_expected_close()?;
    Ok(movements.totals().push_days)
}

/// Of the money that was expected in the period on the evening before it, the share that is won.
///
/// # Formula
/// ```text
/// Σ opening amount of those won on the evening / Σ opening amount of the deals open on the evening before the period and then expected to close in it
/// ```
///
/// # Counts
/// Deals open on the evening before the period, and then expected to close in it, each at its amount of that evening, won on the evening or not. Deals that came in later are in neither.
///
/// # Unit
/// [`Rate`], 0–100 %; higher is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where the history begins after the evening before the period, or keeps no amounts or no expected closes.
/// - [`Undefined::NoDealsExpected`] where none was expected; [`Undefined::NothingPriced`] where none of them has an amount; [`Undefined::ZeroExpectedAmount`] where they are worth 0.
///
/// # Examples
/// Of 500 expected, the deal of 300 was won:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, date, day, kpi};
///
/// let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
///     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
///     state("D-2", "2026-04-09", DealStatus::Open, 200, "2026-05-25")?,
///     state("D-1", "2026-05-20", DealStatus::Won, 280, "2026-05-20")?,
///     state("D-2", "2026-05-18", DealStatus::Open, 200, "2026-07-15")?,
/// ];
/// let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// assert_eq!(kpi::opening_pipeline_conversion(&moved)?.to_string(), "60%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is reckoned at the opening amounts, so that a discount at the end does not lower it.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, History, MovementTally, Period, Scope, Undefined, date, day, kpi};
/// # let state = |deal: &str, on: &str, status, amount: i64, expected: &str| {
/// #     DealState::new(deal, day(on)?, status, Currency::USD)?.with_amount(amount)?.with_expected_close(day(expected)?)
/// # };
/// let states = [
///     state("D-1", "2026-04-07", DealStatus::Open, 300, "2026-05-20")?,
///     state("D-1", "2026-05-28", DealStatus::Won, 30, "2026-05-28")?,
/// ];
/// # let moved = MovementTally::of(&History::new(Currency::USD).with_states(states)?, Scope::new(Period::month(2026, 5)?, Currency::USD))?;
/// assert_eq!(kpi::opening_pipeline_conversion(&moved)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_rate_by_value`](super::win_rate_by_value): of what was decided
/// - [`slippage_rate`]: what is late of the same deals
///
/// # Source
/// This crate's definition.
pub fn opening_pipeline_conversion(movements: &MovementTally) -> Result<Rate, Undefined> {
    let keeps = movements.keeps()?;
    keeps.expect_amounts()?;
    keeps.expect_expected_close()?;
    let (expected, converted) = (movements.totals().expected, movements.totals().converted);
    if expected.count == 0 {
        return Err(Undefined::NoDealsExpected);
    }
    if expected.priced == 0 {
        return Err(Undefined::NothingPriced);
    }
    let (part, whole) = (converted.amount.decimal(), expected.amount.decimal());
    reckon::rate(part, whole, Undefined::ZeroExpectedAmount)
}

fn waterfall(movements: &MovementTally, parts: &Waterfall) -> PipelineWaterfall {
    PipelineWaterfall::of(parts, movements.scope().scope().currency())
}
