//! Where deals get stuck, and how long they take: read off the history of deals.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{reckon, survival};
use crate::error::{Error, Undefined};
use crate::tally::{
    CalibrationTally, Distribution, FunnelTally, Reach, Step, StepTotals, SurvivalTally,
};
use crate::value::{Average, Days, Label, Rate, Volume};

/// Of the deals that got to a stage in the period, the share that got to a later one.
///
/// # Formula
/// ```text
/// deals that reached the later stage by the as-of day / deals that first reached the earlier stage in the period
/// ```
///
/// # Counts
/// Deals that were first in the earlier stage, or beyond it, in the period, up to the as-of day; followed up to the as-of day, however late. A stage that
/// is skipped is passed, and a move back undoes nothing; so a stage that no state names ([`History::stages`](crate::History::stages) lists those that do) is one that every deal skips, and
/// has the rate of the next. Won is beyond the last stage ([`Reach::Won`]). Those still open and short of the later stage are pending:
/// [`FunnelTally::step`] counts them, and the rate grows until there are none.
///
/// # Unit
/// [`Rate`], 0–100 %; higher is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where no state names a stage, or the history begins after the evening.
/// - [`Undefined::StageNotReached`] where no deal first reached the earlier stage in the period.
/// - [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage), which lists the stages that there are.
/// - [`ErrorKind::InvalidStages`](crate::ErrorKind::InvalidStages) where the second does not lie beyond the first.
///
/// # Examples
/// Two deals qualified, one went on:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, day, kpi};
///
/// let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?,
///     open("D-1", "2026-01-20", "Proposal")?,
///     open("D-2", "2026-02-03", "Qualification")?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::stage_conversion_rate(&funnel, "Qualification", "Proposal")?.to_string(), "50%");
/// assert_eq!(funnel.step("Qualification", "Proposal")?.pending, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that is created in the second stage, or won at once, has reached the first one, too.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, Undefined, day, kpi};
/// # use sales_metrics::tally::Reach;
/// # let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// # let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Proposal")?,
///     closed("D-1", "2026-01-30", DealStatus::Lost)?,
///     closed("D-2", "2026-02-03", DealStatus::Won)?,
/// ];
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// # let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::stage_conversion_rate(&funnel, "Qualification", "Proposal")?.to_string(), "100%");
/// assert_eq!(kpi::stage_conversion_rate(&funnel, "Proposal", Reach::Won)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`funnel`]: all steps of one cohort
/// - [`stage_leakage`]: those that were lost in a stage
/// - [`stage_probability`]: of the decided deals alone
/// - [`win_rate`](super::win_rate): of all decided deals
///
/// # Source
/// This crate's definition.
pub fn stage_conversion_rate<'a>(
    funnel: &FunnelTally,
    from: &str,
    to: impl Into<Reach<'a>>,
) -> Result<Rate, Error> {
    let step = funnel.step(from, to)?;
    funnel.expect_stages()?;
    Ok(conversion(step)?)
}

/// How far the deals got that came into the first stage in the period, step by step, and how long the steps took.
///
/// # Formula
/// ```text
/// for each stage, and for the win: deals of the cohort that reached it / those that reached the step before, and / the whole cohort
/// ```
///
/// # Counts
/// One cohort: the deals that were first in the first stage, or beyond it, in the period. Each is followed up to the as-of day. Money is the amount in the state that
/// reached the step. Days are those between reaching two steps, over the deals that were in both: one that skipped a stage is in the rates, not in the days.
///
/// # Unit
/// [`Funnel`]: a row a stage, and the win. Rates 0–100 %, falling from step to step.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where no state names a stage or an amount, or the history begins after the evening.
/// - [`Undefined::StageNotReached`] where no deal came into the first stage in the period.
///
/// # Examples
/// Of two deals one is proposed, and won:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, day, kpi};
///
/// let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?.with_amount(900)?,
///     open("D-1", "2026-01-20", "Proposal")?.with_amount(900)?,
///     closed("D-1", "2026-02-12", DealStatus::Won)?.with_amount(800)?,
///     open("D-2", "2026-02-03", "Qualification")?.with_amount(500)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// let table = kpi::funnel(&funnel)?;
/// let proposal = &table.steps()[1];
/// assert_eq!((proposal.reached.to_string(), proposal.pending), ("1 · 900 USD".to_owned(), 1));
/// assert_eq!(proposal.of_previous.map(|rate| rate.to_string()).as_deref(), Some("50%"));
/// assert_eq!(proposal.median_days.map(|days| days.to_string()).as_deref(), Some("13 days"));
///
/// let win = &table.steps()[2];
/// assert_eq!((win.stage.is_none(), win.reached.to_string()), (true, "1 · 800 USD".to_owned()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the deals of a step are those that came in in the period, so a win of this quarter of a deal of the last one is not among them.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, Undefined, day, kpi};
/// # let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// # let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-0", "2025-12-15", "Qualification")?.with_amount(700)?,
///     closed("D-0", "2026-01-09", DealStatus::Won)?.with_amount(700)?,
///     open("D-1", "2026-01-07", "Qualification")?.with_amount(900)?,
/// ];
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// # let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::funnel(&funnel)?.steps()[2].reached.count(), 0);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`stage_conversion_rate`]: of any stage's own cohort
/// - [`average_time_in_stage`]: the days of all who left a stage
///
/// # Source
/// This crate's definition.
pub fn funnel(funnel: &FunnelTally) -> Result<Funnel, Undefined> {
    funnel.expect_stages()?;
    funnel.expect_amounts()?;
    let mut steps = Vec::new();
    let mut first = None;
    let mut before = None;
    let stages = funnel.scope().stages().iter().map(Some).chain([None]);
    for (stage, (step, days)) in stages.zip(funnel.cohort()) {
        let count = step.reached.count;
        steps.push(funnel_step(funnel, stage, step, &days, before.zip(first))?);
        first = first.or(Some(count));
        before = Some(count);
    }
    match first {
        Some(0) | None => Err(Undefined::StageNotReached),
        Some(_) => Ok(Funnel { steps }),
    }
}

/// A cohort on its way through the stages: what [`funnel`] returns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Funnel {
    steps: Vec<FunnelStep>,
}

impl Funnel {
    /// From the first stage to the win.
    #[must_use]
    pub fn steps(&self) -> &[FunnelStep] {
        &self.steps
    }
}

/// A step of a [`Funnel`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FunnelStep {
    /// The stage; none for the win.
    pub stage: Option<Label>,
    /// Deals that reached it, and their money in the state that did.
    pub reached: Volume,
    /// Of those that reached the step before; none for the first, and where nobody did.
    pub of_previous: Option<Rate>,
    /// Of the whole cohort; none for the first.
    pub of_first: Option<Rate>,
    /// Open, and between the step before and this one.
    pub pending: u64,
    /// Of how many deals the days are known: those that were in the step before and in this one.
    pub timed: u64,
    /// Days from the step before to this one, of the deal in the middle.
    pub median_days: Option<Days>,
    /// Within how many days nine of ten of them came from the step before to this one.
    pub ninetieth_days: Option<Days>,
}

fn funnel_step(
    funnel: &FunnelTally,
    stage: Option<&Label>,
    step: &Step,
    days: &Distribution<'_, Days>,
    before: Option<(u64, u64)>,
) -> Result<FunnelStep, Undefined> {
    let count = step.reached.count;
    let share = |whole: u64| match whole {
        0 => Ok(None),
        whole => reckon::rate(count, whole, Undefined::StageNotReached).map(Some),
    };
    let (of_previous, of_first) = match before {
        Some((previous, first)) => (share(previous)?, share(first)?),
        None => (None, None),
    };
    Ok(FunnelStep {
        stage: stage.cloned(),
        reached: reckon::volume(funnel.scope().scope(), step.reached),
        of_previous,
        of_first,
        pending: step.pending,
        timed: days.count(),
        median_days: days.median(),
        ninetieth_days: days.percentile(Rate::NINE_TENTHS),
    })
}

/// Of the visits to a stage that ended in the period, the share that ended by the deal's being lost.
///
/// # Formula
/// ```text
/// visits to the stage that ended by the deal's being lost or disqualified / visits to it that ended
/// ```
///
/// # Counts
/// Visits that ended in the period, up to the as-of day, by moving on, moving back or closing. What became of the deal later plays no part: one that was lost and
/// reopened has leaked, and its return is another visit.
///
/// # Unit
/// [`Rate`], 0–100 %; lower is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where no state names a stage, or the history begins after the evening.
/// - [`Undefined::StageNotLeft`] where no visit ended.
/// - [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage), which lists the stages that there are.
///
/// # Examples
/// Two deals leave qualification, one of them lost:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, day, kpi};
///
/// let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?,
///     open("D-1", "2026-01-20", "Proposal")?,
///     open("D-2", "2026-02-03", "Qualification")?,
///     closed("D-2", "2026-02-20", DealStatus::Lost)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::stage_leakage(&funnel, "Qualification")?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the deal that is won in the end leaked as well, when it was lost first.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, Undefined, day, kpi};
/// # let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// # let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?,
///     closed("D-1", "2026-01-20", DealStatus::Lost)?,
///     open("D-1", "2026-02-02", "Qualification")?,
///     closed("D-1", "2026-02-20", DealStatus::Won)?,
/// ];
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// # let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::stage_leakage(&funnel, "Qualification")?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`stage_conversion_rate`]: who went on, of those who came
/// - [`average_time_in_stage`]: how long they stayed
///
/// # Source
/// This crate's definition.
pub fn stage_leakage(funnel: &FunnelTally, stage: &str) -> Result<Rate, Error> {
    let stage = funnel.stage(stage)?;
    funnel.expect_stages()?;
    Ok(reckon::rate(
        stage.leaked,
        stage.ended,
        Undefined::StageNotLeft,
    )?)
}

/// How long deals stay in a stage on average.
///
/// # Formula
/// ```text
/// Σ days in the stage / deals that left it last in the period
/// ```
///
/// # Counts
/// Deals that are not in the stage on the evening and left it last in the period, each with the days of all its visits up to the evening together. A visit lasts from
/// the day of entry to that of leaving or closing. Visits that are open on the evening stand apart, in [`FunnelTally::stage`]; [`FunnelTally::days_in`] has every deal's days, and
/// how many deals there are.
///
/// # Unit
/// [`Days`], 0 or more; lower is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where no state names a stage, or the history begins after the evening.
/// - [`Undefined::StageNotLeft`] where no deal left it last in the period.
/// - [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage), which lists the stages that there are.
///
/// # Examples
/// Two deals stay 13 and 17 days:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, day, kpi};
///
/// let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?,
///     open("D-1", "2026-01-20", "Proposal")?,
///     open("D-2", "2026-02-03", "Qualification")?,
///     closed("D-2", "2026-02-20", DealStatus::Lost)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::average_time_in_stage(&funnel, "Qualification")?.to_string(), "15 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that comes back is one deal, with the days of both visits, and counts when it has left for good.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, Undefined, day, kpi};
/// # let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// # let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?,
///     open("D-1", "2026-01-20", "Proposal")?,
///     open("D-1", "2026-02-03", "Qualification")?,
///     closed("D-1", "2026-02-20", DealStatus::Lost)?,
/// ];
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// # let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::average_time_in_stage(&funnel, "Qualification")?.to_string(), "30 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`median_time_in_stage`]: the deal in the middle
/// - [`sales_cycle_length`](super::sales_cycle_length): from creation to the win
///
/// # Source
/// This crate's definition.
pub fn average_time_in_stage(funnel: &FunnelTally, stage: &str) -> Result<Days, Error> {
    let days = time_in_stage(funnel, stage)?;
    let sum = days.total()?.decimal();
    Ok(reckon::days(reckon::quotient(sum, days.count())?)?)
}

/// How long the deal in the middle stays in a stage.
///
/// # Formula
/// ```text
/// percentile 50 of the days in the stage of the deals that left it last in the period
/// ```
///
/// # Counts
/// Deals that are not in the stage on the evening and left it last in the period, each with the days of all its visits up to the evening together. A visit lasts from
/// the day of entry to that of leaving or closing. Visits that are open on the evening stand apart, in [`FunnelTally::stage`]; [`FunnelTally::days_in`] has every deal's days, and
/// how many deals there are.
///
/// # Unit
/// [`Days`], 0 or more; lower is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where no state names a stage, or the history begins after the evening.
/// - [`Undefined::StageNotLeft`] where no deal left it last in the period.
/// - [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage), which lists the stages that there are.
///
/// # Examples
/// Two deals stay 13 and 17 days:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, day, kpi};
///
/// let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?,
///     open("D-1", "2026-01-20", "Proposal")?,
///     open("D-2", "2026-02-03", "Qualification")?,
///     closed("D-2", "2026-02-20", DealStatus::Lost)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::median_time_in_stage(&funnel, "Qualification")?.to_string(), "15 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that comes back is one deal, with the days of both visits, and counts when it has left for good.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, Undefined, day, kpi};
/// # let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// # let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?,
///     open("D-1", "2026-01-20", "Proposal")?,
///     open("D-1", "2026-02-03", "Qualification")?,
///     closed("D-1", "2026-02-20", DealStatus::Lost)?,
/// ];
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// # let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::median_time_in_stage(&funnel, "Qualification")?.to_string(), "30 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`time_in_stage_percentile`]: any other percentile
/// - [`average_time_in_stage`]: the mean, which few very long stays raise
///
/// # Source
/// This crate's definition.
pub fn median_time_in_stage(funnel: &FunnelTally, stage: &str) -> Result<Days, Error> {
    time_in_stage_percentile(funnel, stage, Rate::HALF)
}

/// Within how many days a given share of the deals has left a stage.
///
/// # Formula
/// ```text
/// percentile p of the days in the stage of the deals that left it last in the period, interpolated linearly at position p × (n − 1)
/// ```
///
/// # Counts
/// Deals that are not in the stage on the evening and left it last in the period, each with the days of all its visits up to the evening together. A visit lasts from
/// the day of entry to that of leaving or closing. Visits that are open on the evening stand apart, in [`FunnelTally::stage`]; [`FunnelTally::days_in`] has every deal's days, and
/// how many deals there are.
///
/// # Unit
/// [`Days`], 0 or more; lower is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where no state names a stage, or the history begins after the evening.
/// - [`Undefined::StageNotLeft`] where no deal left it last in the period.
/// - [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage), which lists the stages that there are.
///
/// # Examples
/// Two deals stay 13 and 17 days:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, day, kpi};
///
/// let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?,
///     open("D-1", "2026-01-20", "Proposal")?,
///     open("D-2", "2026-02-03", "Qualification")?,
///     closed("D-2", "2026-02-20", DealStatus::Lost)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::time_in_stage_percentile(&funnel, "Qualification", "75%".parse()?)?.to_string(), "16 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal that comes back is one deal, with the days of both visits, and counts when it has left for good.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, Undefined, day, kpi};
/// # let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// # let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?,
///     open("D-1", "2026-01-20", "Proposal")?,
///     open("D-1", "2026-02-03", "Qualification")?,
///     closed("D-1", "2026-02-20", DealStatus::Lost)?,
/// ];
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// # let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::time_in_stage_percentile(&funnel, "Qualification", "75%".parse()?)?.to_string(), "30 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`median_time_in_stage`]: at 50 %
/// - [`average_time_in_stage`]: the mean
///
/// # Source
/// This crate's definition.
pub fn time_in_stage_percentile(funnel: &FunnelTally, stage: &str, p: Rate) -> Result<Days, Error> {
    let days = time_in_stage(funnel, stage)?;
    Ok(days.percentile(p).ok_or(Undefined::StageNotLeft)?)
}

/// How likely a deal is won that has got to a stage, by the deals decided in the period.
///
/// # Formula
/// ```text
/// won deals that had reached the stage / won and lost deals that had reached it
/// ```
///
/// # Counts
/// Deals won or lost in the period by close date, as they stand on the as-of day: one that was lost and is open again is not decided. A won deal has reached every stage. It is of
/// all that got there, those that went on among them: of one that has stood there for long it promises too much.
/// [`FunnelTally::stage`] has both numbers.
///
/// # Unit
/// [`Rate`], 0–100 %; higher is better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where no state names a stage, or the history begins after the evening.
/// - [`Undefined::TooFewDecided`] where fewer than `least` were decided: what so few say of the next one is chance. 30 is usual.
/// - [`ErrorKind::UnknownStage`](crate::ErrorKind::UnknownStage), which lists the stages that there are.
///
/// # Examples
/// Of three decided deals, two had been proposed:
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, day, kpi};
///
/// let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     open("D-1", "2026-01-07", "Qualification")?,
///     open("D-1", "2026-01-20", "Proposal")?,
///     closed("D-1", "2026-02-12", DealStatus::Won)?,
///     open("D-2", "2026-01-09", "Proposal")?,
///     closed("D-2", "2026-02-20", DealStatus::Lost)?,
///     open("D-3", "2026-01-09", "Qualification")?,
///     closed("D-3", "2026-02-20", DealStatus::Lost)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// assert_eq!(kpi::stage_probability(&funnel, "Proposal", 2)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: two deals are not enough to go by.
/// ```
/// # use sales_metrics::{Currency, DealState, DealStatus, FunnelTally, History, Period, Scope, Undefined, day, kpi};
/// # let open = |deal: &str, on: &str, stage: &str| DealState::new(deal, day(on)?, DealStatus::Open, Currency::USD)?.with_stage(stage);
/// # let closed = |deal: &str, on: &str, status| DealState::new(deal, day(on)?, status, Currency::USD);
/// let states = [
///     closed("D-1", "2026-02-12", DealStatus::Won)?,
///     closed("D-2", "2026-02-20", DealStatus::Won)?,
/// ];
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// # let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// # let states = [open("D-3", "2026-01-01", "Proposal")?, closed("D-1", "2026-02-12", DealStatus::Won)?];
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Qualification", "Proposal"])?;
/// # let funnel = FunnelTally::of(&History::new(Currency::USD).with_states(states)?, q1)?;
/// let error = kpi::stage_probability(&funnel, "Proposal", 30).unwrap_err();
/// assert_eq!(error.undefined(), Some(Undefined::TooFewDecided));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`stage_conversion_rate`]: of the deals that got there, decided or not
/// - [`outcome_distribution`](super::outcome_distribution): what open deals will bring, each given such a probability by
///   [`Deal::with_probability`](crate::Deal::with_probability), [`rounded`](Rate::rounded) to six decimals
/// - [`win_rate`](super::win_rate): of all decided deals
///
/// # Source
/// This crate's definition.
pub fn stage_probability(funnel: &FunnelTally, stage: &str, least: u64) -> Result<Rate, Error> {
    let stage = funnel.stage(stage)?;
    funnel.expect_stages()?;
    if stage.decided < least.max(1) {
        return Err(Undefined::TooFewDecided.into());
    }
    Ok(reckon::rate(
        stage.won,
        stage.decided,
        Undefined::TooFewDecided,
    )?)
}

/// Whether deals were won as often as their probabilities said, band by band.
///
/// # Formula
/// ```text
/// for each band: won / decided, beside Σ probability as it stood then / decided
/// ```
///
/// # Counts
/// Deals open on the [`evening`](crate::Scope::evening), by what their probability was then, the lower edge of a band included; decided are those won or lost by
/// the as-of day. Those still open are pending, and those disqualified stand apart. Deals without a probability are in no band
/// ([`CalibrationTally::without_probability`]).
///
/// # Unit
/// A list of [`CalibrationBand`]: counts, and rates of 0–100 %; the nearer the two rates of a band, the better.
///
/// # Errors
/// - [`Undefined::NeedsHistory`] where the history begins after the evening.
/// - [`Undefined::NoDecidedDeals`] where none of the deals was won or lost by the as-of day.
///
/// # Examples
/// Of two deals at 80 and 60 %, one is won:
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
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 6, 30)?)?;
/// let bands = kpi::win_calibration(&CalibrationTally::of(&history, q1, &[Rate::ZERO, Rate::HALF])?)?;
/// assert_eq!((bands[1].promised, bands[1].kept), (Some("70%".parse()?), Some(Rate::HALF)));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: by today's records everything looks well calibrated, since won deals stand at 100 % and lost ones at 0. Seen from the last evening of the
/// history nothing is decided yet.
/// ```
/// # use sales_metrics::{CalibrationTally, Currency, DealState, DealStatus, History, Period, Rate, Scope, Undefined, day, kpi};
/// # let open = DealState::new("D-1", day("2026-01-07")?, DealStatus::Open, Currency::USD)?.with_probability("80%".parse()?)?;
/// # let history = History::new(Currency::USD).with_states([open])?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let tally = CalibrationTally::of(&history, q1, &[Rate::ZERO])?;
/// assert_eq!(kpi::win_calibration(&tally), Err(Undefined::NoDecidedDeals));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`stage_probability`]: what to expect of a stage
/// - [`weighted_forecast`](super::weighted_forecast): what such probabilities are used for
///
/// # Source
/// This crate's definition.
pub fn win_calibration(deals: &CalibrationTally) -> Result<Vec<CalibrationBand>, Undefined> {
    deals.expect_history()?;
    let mut bands = Vec::new();
    for band in deals.bands() {
        let expected = millionths(band.millionths)?;
        let share = |part: Decimal| match band.decided {
            0 => Ok(None),
            decided => reckon::rate(part, decided, Undefined::NoDecidedDeals).map(Some),
        };
        bands.push(CalibrationBand {
            from: band.from,
            decided: band.decided,
            won: band.won,
            expected: Average::new(expected),
            promised: share(expected)?,
            kept: share(band.won.into())?,
            pending: band.pending,
            disqualified: band.disqualified,
        });
    }
    if bands.iter().all(|band| band.decided == 0) {
        return Err(Undefined::NoDecidedDeals);
    }
    Ok(bands)
}

/// A band of probabilities, and what became of its deals: what [`win_calibration`] returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CalibrationBand {
    /// Its lower edge, which belongs to it.
    pub from: Rate,
    /// Deals won or lost by the as-of day.
    pub decided: u64,
    /// Of these, those won.
    pub won: u64,
    /// Of the decided ones, how many wins their probabilities come to.
    pub expected: Average,
    /// The mean probability of the decided ones; none where there is none.
    pub promised: Option<Rate>,
    /// The share of the decided ones that was won.
    pub kept: Option<Rate>,
    /// Still open on the as-of day.
    pub pending: u64,
    /// Disqualified by the as-of day.
    pub disqualified: u64,
}

/// A sum of probabilities.
fn millionths(sum: u64) -> Result<Decimal, Undefined> {
    reckon::quotient(sum, 1_000_000_u64)
}

fn conversion(step: StepTotals) -> Result<Rate, Undefined> {
    reckon::rate(step.converted, step.reached, Undefined::StageNotReached)
}

/// The days that deals spent in a stage, of which there are some.
fn time_in_stage<'a>(
    funnel: &'a FunnelTally,
    stage: &str,
) -> Result<Distribution<'a, Days>, Error> {
    let days = funnel.days_in(stage)?;
    funnel.expect_stages()?;
    if days.count() == 0 {
        return Err(Undefined::StageNotLeft.into());
    }
    Ok(days)
}

/// How long the deal in the middle takes until it is closed, won or not, those that are still open among them.
///
/// A median of closed deals is too short while others are open: it is that of the quick ones. Here an open deal counts as one that takes
/// longer than it has been seen, which is all that is known of it.
///
/// # Formula
/// ```text
/// Kaplan–Meier: left(t) = Π (1 − closed(s) / at risk(s)) over the days s ≤ t after creation;
/// the first t with left(t) < 1/2, or the middle of the time for which exactly half are left
/// ```
///
/// # Counts
/// Deals created in the period, up to the as-of day. As they looked on a past day they are those of [`History::deals_on`](crate::History::deals_on): today's records know the last close alone of a deal
/// that was reopened. Those closed by the as-of day took until their close, however they closed; the others
/// are open on it, and were seen for so long (they are *censored*). All closes of a day count at once, and who was seen until that day is at
/// risk on it. Left out and counted in [`totals`](SurvivalTally::totals): deals closed before their creation, those without one, credits.
///
/// # Unit
/// [`Days`], 0 or more, halves possible; shorter is better.
///
/// # Errors
/// - [`Undefined::NoDealsCreated`] where no deal was created.
/// - [`Undefined::NoSoundCycle`] where deals were created, and all of them closed before.
/// - [`Undefined::HalfStillLeft`] where there were never fewer than half left: most are open, or were seen for too short a time.
///
/// # Examples
/// Nothing is open, and it is the plain median:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SurvivalTally, date, kpi};
///
/// let (created, q1) = (date(2026, 1, 1)?, Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let deals = [
///     Deal::new("D-1", created, Outcome::Won { on: date(2026, 1, 11)? }, Currency::USD)?,
///     Deal::new("D-2", created, Outcome::Lost { on: date(2026, 1, 21)? }, Currency::USD)?,
/// ];
/// assert_eq!(kpi::corrected_median_cycle(&SurvivalTally::of(&deals, q1)?)?.to_string(), "15 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: two deals that are still open, and of which no close is known, make it twice as long. Among the closed ones alone, or with the
/// open ones taken as closed today, it would stay short.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, SurvivalTally, date, kpi};
/// # let (created, q1) = (date(2026, 1, 1)?, Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let deals = [
///     Deal::new("D-1", created, Outcome::Won { on: date(2026, 1, 11)? }, Currency::USD)?,
///     Deal::new("D-2", created, Outcome::Lost { on: date(2026, 1, 21)? }, Currency::USD)?,
///     Deal::new("D-3", created, Outcome::Lost { on: date(2026, 1, 31)? }, Currency::USD)?,
///     Deal::new("D-4", date(2026, 3, 10)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-5", created, Outcome::Open, Currency::USD)?,
/// ];
/// assert_eq!(kpi::corrected_median_cycle(&SurvivalTally::of(&deals, q1)?)?.to_string(), "30 days");
/// assert_eq!(kpi::closed_cycle_length(&DealTally::of(&deals, q1)?)?.to_string(), "20 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`closed_cycle_length`](super::closed_cycle_length): the mean of those won and lost in the period, whenever created
/// - [`median_sales_cycle`](super::median_sales_cycle): of the deals won in the period alone
/// - [`win_probability_within`]: how many of the same deals are won by when
///
/// # Source
/// E. L. Kaplan and P. Meier, *Nonparametric estimation from incomplete observations* (1958).
#[doc(alias = "Kaplan-Meier")]
#[doc(alias = "survival")]
pub fn corrected_median_cycle(deals: &SurvivalTally) -> Result<Days, Undefined> {
    expect_followed(deals)?;
    let (from, to) = survival::half_left(deals).ok_or(Undefined::HalfStillLeft)?;
    reckon::days(reckon::quotient(u64::from(from) + u64::from(to), 2_u64)?)
}

/// How likely a new deal is won within so many days of its creation, by what became of those created in the period.
///
/// # Formula
/// ```text
/// Σ left(t − 1) × won(t) / at risk(t) over the days t ≤ N after creation, left as for corrected_median_cycle
/// ```
///
/// # Counts
/// As [`corrected_median_cycle`]: deals created in the period, up to the as-of day; those open on it were seen for so long. The day of the creation
/// is day 0, and counts. Every other close ends a deal's chance to be won (it is a *competing risk*). Where nothing is open, it is the share of the
/// deals that was won within that time.
///
/// # Unit
/// [`Rate`], 0–100 %; higher is better. All its digits are right.
///
/// # Errors
/// - [`Undefined::NoDealsCreated`] where no deal was created.
/// - [`Undefined::NoSoundCycle`] where deals were created, and all of them closed before.
/// - [`Undefined::NotSeenThatLong`] where some are left, and none was seen for so many days.
///
/// # Examples
/// Six deals of 1 to 6 days:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SurvivalTally, Undefined, date, kpi};
///
/// let day = |day| date(2026, 3, day);
/// let (won, lost) = (Outcome::Won { on: day(31)? }, Outcome::Lost { on: day(31)? });
/// let outcomes = [Outcome::Open, won, won, lost, lost, Outcome::Open];
/// let mut deals = SurvivalTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (outcome, days) in outcomes.into_iter().zip(1..) {
///     deals.record(&Deal::new(format!("D-{days}"), day(31 - days)?, outcome, Currency::USD)?)?;
/// }
/// assert_eq!(kpi::win_probability_within(&deals, 6)?.to_string(), "40%");
/// assert_eq!(kpi::win_probability_within(&deals, 7), Err(Undefined::NotSeenThatLong));
/// assert_eq!(kpi::corrected_median_cycle(&deals)?.to_string(), "4 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a lost deal can't be won any more. Whoever takes it for one that is only watched no longer (1 − Kaplan–Meier of the wins)
/// promises that every deal of these is won in the end.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SurvivalTally, date, kpi};
/// # let (created, q1) = (date(2026, 1, 1)?, Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let deals = [
///     Deal::new("D-1", created, Outcome::Lost { on: date(2026, 1, 11)? }, Currency::USD)?,
///     Deal::new("D-2", created, Outcome::Won { on: date(2026, 1, 21)? }, Currency::USD)?,
/// ];
/// let deals = SurvivalTally::of(&deals, q1)?;
/// assert_eq!(kpi::win_probability_within(&deals, 90)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`cohort_win_rate`](super::cohort_win_rate): the share won so far, which rises while deals are open
/// - [`win_rate`](super::win_rate): of those decided in the period, whenever created
/// - [`corrected_median_cycle`]: how long the same deals take
///
/// # Source
/// J. D. Kalbfleisch and R. L. Prentice, *The statistical analysis of failure time data* (1980), where it is the cumulative incidence.
#[doc(alias = "cumulative incidence")]
#[doc(alias = "survival")]
pub fn win_probability_within(deals: &SurvivalTally, days: u32) -> Result<Rate, Undefined> {
    expect_followed(deals)?;
    let share = survival::won_within(deals, days).ok_or(Undefined::NotSeenThatLong)?;
    Rate::from_fraction(share).map_err(|_| Undefined::OutOfRange)
}

fn expect_followed(deals: &SurvivalTally) -> Result<(), Undefined> {
    let totals = deals.totals();
    match (totals.followed(), totals.closed_before_creation) {
        (0, 0) => Err(Undefined::NoDealsCreated),
        (0, _) => Err(Undefined::NoSoundCycle),
        _ => Ok(()),
    }
}
