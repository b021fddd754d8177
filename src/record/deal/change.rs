use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::state::DealState;
use crate::error::Error;
use crate::period::{Day, Stamp, When};
use crate::record::part::{Amount, Share};
use crate::record::{Deal, DealStatus, ForecastCategory, Record};
use crate::value::id::{checked, own};
use crate::value::{DealId, IntoId, Label, Rate, RepId};

/// One field of a deal that changed at an instant: what it said before, and what it says since. A row of a field history, as CRMs export
/// them, is one.
///
/// [`History::with_changes`](crate::History::with_changes) begins with today's record and undoes them, so that each becomes the whole state
/// of the deal. A source that has new values alone gives with each the one before it.
///
/// ```
/// use sales_metrics::{Currency, Deal, DealChange, DealStatus, DealTally, History, Outcome, Period, Scope, date, day, kpi};
///
/// let today = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 4, 9)? }, Currency::USD)?
///     .with_stage("Closed")?
///     .with_amount(900)?;
/// let changes = [
///     DealChange::of_stage("D-1", day("2026-02-02")?, Some("Discovery"), Some("Proposal"))?,
///     DealChange::of_amount("D-1", day("2026-03-05")?, Some(1_000), Some(900))?,
///     DealChange::of_status("D-1", day("2026-04-09")?, DealStatus::Open, DealStatus::Won)?,
///     DealChange::of_stage("D-1", day("2026-04-09")?, Some("Proposal"), Some("Closed"))?,
/// ];
/// let history = History::new(Currency::USD).with_deals([today])?.with_changes(changes)?;
///
/// let february = Scope::new(Period::month(2026, 2)?, Currency::USD);
/// let then = DealTally::of(history.deals_on(february.evening())?, february)?;
/// assert_eq!(kpi::pipeline_value(&then)?.to_string(), "1000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DealChange {
    deal: DealId,
    at: Stamp,
    run: u32,
    /// Invariant: of the same field as `to`.
    from: Value,
    to: Value,
}

/// A field, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Value {
    Status(DealStatus),
    Stage(Option<Label>),
    Owner(Option<RepId>),
    /// How large, and whether below 0.
    Amount(Option<(Amount, bool)>),
    ExpectedClose(Option<Day>),
    Probability(Option<Share>),
    Category(Option<ForecastCategory>),
}

impl Value {
    /// The state of a deal in which the field says this.
    fn set(&self, state: &mut DealState) {
        match self {
            Self::Status(status) => state.facts.status = *status,
            Self::Stage(label) => state.stage.clone_from(label),
            Self::Owner(owner) => state.owner.clone_from(owner),
            Self::Amount(amount) => set_amount(state, *amount),
            Self::ExpectedClose(on) => state.facts.expected_close = *on,
            Self::Probability(share) => state.facts.probability = *share,
            Self::Category(category) => state.facts.category = *category,
        }
    }
}

impl DealChange {
    /// `value` makes one of what is said before and since, or says what is wrong with the field.
    fn new<V>(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        [from, to]: [V; 2],
        field: &'static str,
        value: impl Fn(V) -> Result<Value, Error>,
    ) -> Result<Self, Error> {
        let deal: DealId = own(deal)?;
        let at = Stamp::new(at.into()).map_err(|error| error.about("change").of(&deal))?;
        let side = |given| value(given).map_err(|error| error.about(field).of(&deal));
        let (from, to) = (side(from)?, side(to)?);
        Ok(Self {
            deal,
            at,
            run: 0,
            from,
            to,
        })
    }

    /// It was closed, reopened, or closed in another way.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId); [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn of_status(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        from: DealStatus,
        to: DealStatus,
    ) -> Result<Self, Error> {
        let status = |status| Ok(Value::Status(status));
        Self::new(deal, at, [from, to], "status", status)
    }

    /// It went to another stage.
    ///
    /// # Errors
    /// As [`of_status`](Self::of_status).
    pub fn of_stage<L: IntoId<Label>>(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        from: Option<L>,
        to: Option<L>,
    ) -> Result<Self, Error> {
        let stage = |stage: Option<L>| stage.map(checked).transpose().map(Value::Stage);
        Self::new(deal, at, [from, to], "stage", stage)
    }

    /// Another rep took it over.
    ///
    /// # Errors
    /// As [`of_status`](Self::of_status).
    pub fn of_owner<R: IntoId<RepId>>(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        from: Option<R>,
        to: Option<R>,
    ) -> Result<Self, Error> {
        let owner = |owner: Option<R>| owner.map(checked).transpose().map(Value::Owner);
        Self::new(deal, at, [from, to], "owner", owner)
    }

    /// It became worth more or less, or got its first amount, or lost it.
    ///
    /// # Errors
    /// As [`of_status`](Self::of_status), and as [`DealState::with_amount`].
    pub fn of_amount<A: Into<Decimal>>(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        from: Option<A>,
        to: Option<A>,
    ) -> Result<Self, Error> {
        let amount = |amount: Option<A>| {
            let amount = amount.map(|amount| Amount::signed(amount.into()));
            amount.transpose().map(Value::Amount)
        };
        Self::new(deal, at, [from, to], "amount", amount)
    }

    /// It was put off, or brought forward.
    ///
    /// # Errors
    /// As [`of_status`](Self::of_status).
    pub fn of_expected_close(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<Self, Error> {
        let day = |on: Option<NaiveDate>| on.map(Day::new).transpose().map(Value::ExpectedClose);
        Self::new(deal, at, [from, to], "expected close", day)
    }

    /// It became more or less likely.
    ///
    /// # Errors
    /// As [`of_status`](Self::of_status), and as [`DealState::with_probability`].
    pub fn of_probability(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        from: Option<Rate>,
        to: Option<Rate>,
    ) -> Result<Self, Error> {
        let share = |rate: Option<Rate>| rate.map(Share::new).transpose().map(Value::Probability);
        Self::new(deal, at, [from, to], "probability", share)
    }

    /// The rep became more or less sure of it.
    ///
    /// # Errors
    /// As [`of_status`](Self::of_status).
    pub fn of_forecast_category(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        from: Option<ForecastCategory>,
        to: Option<ForecastCategory>,
    ) -> Result<Self, Error> {
        let category = |category| Ok(Value::Category(category));
        Self::new(deal, at, [from, to], "forecast category", category)
    }

    /// Its place among the changes of one instant, the lowest first. Those of one place are one change of several fields; without a place it
    /// is 0.
    #[must_use]
    pub fn with_run(mut self, run: u32) -> Self {
        self.run = run;
        self
    }

    /// The deal.
    #[must_use]
    pub fn deal(&self) -> &DealId {
        &self.deal
    }

    /// When it changed.
    #[must_use]
    pub fn at(&self) -> When {
        self.at.when()
    }

    /// Its place among the changes of one instant.
    #[must_use]
    pub fn run(&self) -> u32 {
        self.run
    }

    pub(super) fn place(&self) -> (i64, u32) {
        (self.at.order(), self.run)
    }
}

fn set_amount(state: &mut DealState, amount: Option<(Amount, bool)>) {
    state.facts.size = amount.map(|(size, _)| size);
    state.facts.is_negative = amount.is_some_and(|(_, is_negative)| is_negative);
}

/// The states of a deal: today's record, with its changes undone one after another. They come in time.
pub(super) fn undone(deal: &Deal, changes: &[&DealChange]) -> Vec<DealState> {
    let mut now = today(deal);
    let (ended, closed) = (now.facts.status, now.facts.closed);
    let mut is_in_force = true;
    let mut undone = Vec::new();
    let mut rest = changes;
    while let Some(last) = rest.last() {
        let first = rest.partition_point(|change| change.place() < last.place());
        let (earlier, together) = rest.split_at(first);
        let mut state = now;
        for change in together {
            change.to.set(&mut state);
        }
        (state.facts.at, state.facts.run) = (last.at, last.run.saturating_add(1));
        // Today's close date is that of the last closing.
        is_in_force &= state.facts.status == ended;
        state.facts.closed = closed.filter(|_| is_in_force);
        undone.push(state.clone());
        now = state;
        for change in together {
            change.from.set(&mut now);
        }
        rest = earlier;
    }
    is_in_force &= now.facts.status == ended;
    now.facts.closed = closed.filter(|_| is_in_force);
    // Before the first change, on whichever day that was: since its creation, or else just before that change.
    if let Some(first) = undone.last().map(|state| state.facts.at) {
        let created = deal.facts().created().filter(|day| *day < first.day());
        now.facts.at = created.map_or(first, Stamp::of_day);
        now.facts.run = 0;
        undone.push(now);
    }
    undone.reverse();
    undone
}

/// As today's record says.
fn today(deal: &Deal) -> DealState {
    let facts = deal.facts();
    let amount = facts.sized_amount();
    let mut state = DealState::of(
        deal.id().clone(),
        Stamp::of_day(facts.since()),
        deal.status(),
        deal.currency(),
    );
    (state.owner, state.stage) = (deal.owner().cloned(), deal.stage().cloned());
    set_amount(&mut state, amount);
    state.facts.category = deal.forecast_category();
    state.facts.expected_close = facts.expected_close;
    state.facts.probability = facts.probability;
    state.facts.closed = facts.ending.map(|ending| ending.on);
    state
}

impl DealState {
    /// The states of a deal whose record has a date for each stage that it entered (`date entered …`): in the order of the stages, each with
    /// its first entry, or none. Its close is that of the record.
    ///
    /// Such a source keeps no amounts and no expected closes, so that a history of it answers stages and lengths of time alone.
    ///
    /// ```
    /// use sales_metrics::{Currency, Deal, DealState, FunnelTally, History, Outcome, Period, Scope, date, kpi};
    ///
    /// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 3, 2)? }, Currency::USD)?;
    /// let entered = [("Discovery", Some(date(2026, 1, 7)?)), ("Proposal", None), ("Negotiation", Some(date(2026, 2, 11)?))];
    /// let states = DealState::of_stages(&deal, entered)?;
    /// let history = History::new(Currency::USD).with_deals([deal])?.with_states(states)?;
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Discovery", "Proposal", "Negotiation"])?;
    /// let funnel = FunnelTally::of(&history, q1)?;
    /// assert_eq!(kpi::average_time_in_stage(&funnel, "Discovery")?.to_string(), "35 days");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId); [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn of_stages<L: IntoId<Label>, W: Into<When>>(
        deal: &Deal,
        entered: impl IntoIterator<Item = (L, Option<W>)>,
    ) -> Result<Vec<Self>, Error> {
        let mut states = Vec::new();
        for ((label, at), run) in entered.into_iter().zip(0..) {
            let label = deal.in_field("stage", checked(label))?;
            let Some(at) = at else { continue };
            let at = deal.in_field("stage", Stamp::new(at.into()))?;
            let mut state = Self::of(deal.id().clone(), at, DealStatus::Open, deal.currency());
            (state.stage, state.facts.run) = (Some(label), run);
            states.push(state);
        }
        if let Some(ending) = deal.facts().ending {
            let at = Stamp::of_day(ending.on);
            let mut state = Self::of(deal.id().clone(), at, ending.status, deal.currency());
            state.facts.run = u32::MAX;
            states.push(state);
        }
        Ok(states)
    }
}
