use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::field_value::FieldValue;
use crate::error::Error;
use crate::period::{Stamp, When};
use crate::record::{DealStatus, ForecastCategory};
use crate::value::id::{checked, own};
use crate::value::{DealId, IntoId, Label, Rate, RepId};

/// One field of a deal that changed at an instant: what it said before, and what it says since. A row of a field history, as CRMs export
/// them, is one; `import::ChangeColumns` (feature `csv`) reads them.
///
/// [`History::with_changes`](crate::History::with_changes) begins with today's record and undoes them, so that each becomes the whole state
/// of the deal. Where its stage says how a deal stands, one change is of both: [`with_status`](Self::with_status). A source may have new values
/// alone: [`without_from`](Self::without_from).
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
    turn: Turn,
    /// That of the status, where the other one says it, too. Invariant: the other one is of another field.
    status: Option<Turn>,
}

/// What a field says, and what it said before.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Turn {
    /// Invariant: of the same field as `to`. None where the source does not say it.
    pub(crate) from: Option<FieldValue>,
    pub(crate) to: FieldValue,
}

impl DealChange {
    /// `value` makes one of what is said before and since, or says what is wrong with it.
    fn new<V>(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        [from, to]: [V; 2],
        value: impl Fn(V) -> Result<FieldValue, Error>,
    ) -> Result<Self, Error> {
        let deal: DealId = own(deal)?;
        let side = |given| value(given).map_err(|error| error.of(&deal));
        let (from, to) = (side(from)?, side(to)?);
        let from = Some(from);
        Self::of(deal, at.into(), Turn { from, to })
    }

    pub(crate) fn of(deal: DealId, at: When, turn: Turn) -> Result<Self, Error> {
        let at = Stamp::new(at).map_err(|error| error.about("change").of(&deal))?;
        Ok(Self {
            deal,
            at,
            run: 0,
            turn,
            status: None,
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
        Self::new(deal, at, [from, to], |status| {
            Ok(FieldValue::Status(status))
        })
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
        Self::new(deal, at, [from, to], |stage: Option<L>| {
            let stage = stage.map(checked).transpose();
            let stage = stage.map_err(|error| error.about("stage"))?;
            Ok(FieldValue::Stage(stage))
        })
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
        Self::new(deal, at, [from, to], |owner: Option<R>| {
            let owner = owner.map(checked).transpose();
            let owner = owner.map_err(|error| error.about("owner"))?;
            Ok(FieldValue::Owner(owner))
        })
    }

    /// It became worth more or less, or got its first amount, or lost it; in the currency of its record.
    ///
    /// # Errors
    /// As [`of_status`](Self::of_status), and as [`DealState::with_amount`](crate::DealState::with_amount).
    pub fn of_amount<A: Into<Decimal>>(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        from: Option<A>,
        to: Option<A>,
    ) -> Result<Self, Error> {
        Self::new(deal, at, [from, to], |amount: Option<A>| {
            FieldValue::amount(amount.map(Into::into))
        })
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
        Self::new(deal, at, [from, to], FieldValue::expected_close)
    }

    /// It became more or less likely.
    ///
    /// # Errors
    /// As [`of_status`](Self::of_status), and as [`DealState::with_probability`](crate::DealState::with_probability).
    pub fn of_probability(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        from: Option<Rate>,
        to: Option<Rate>,
    ) -> Result<Self, Error> {
        Self::new(deal, at, [from, to], FieldValue::probability)
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
        Self::new(deal, at, [from, to], |category| {
            Ok(FieldValue::Category(category))
        })
    }

    /// The change says how the deal stood, too: its stage became `Closed Won`, say.
    ///
    /// ```
    /// use sales_metrics::{DealChange, DealStatus, day};
    ///
    /// let won = DealChange::of_stage("D-1", day("2026-04-09")?, Some("Proposal"), Some("Closed Won"))?
    ///     .with_status(DealStatus::Open, DealStatus::Won);
    /// # let _ = won;
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn with_status(self, from: DealStatus, to: DealStatus) -> Self {
        let from = Some(FieldValue::Status(from));
        let to = FieldValue::Status(to);
        self.with_turn_of_status(Turn { from, to })
    }

    pub(crate) fn with_turn_of_status(mut self, turn: Turn) -> Self {
        if self.turn.to.is_of_field(&turn.to) {
            self.turn = turn;
        } else {
            self.status = Some(turn);
        }
        self
    }

    /// Its source does not say what was there before: that is what the deal's last change of the same field says, or else nothing; a deal was open
    /// before the first change of its status. Where nothing is said of what was before its first change of all, a deal began with what that one says.
    #[must_use]
    pub fn without_from(mut self) -> Self {
        self.turn.from = None;
        if let Some(status) = &mut self.status {
            status.from = None;
        }
        self
    }

    /// Its place among the changes of one instant, the lowest first; without one it is 0. Those of one place are one change of several fields. A further
    /// one of the same field begins the next change, in the order in which they are given.
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

    pub(super) fn stamp(&self) -> Stamp {
        self.at
    }

    pub(super) fn place(&self) -> (i64, u32) {
        (self.at.order(), self.run)
    }

    /// All fields that it is of.
    pub(super) fn turns(&self) -> impl Iterator<Item = &Turn> {
        core::iter::once(&self.turn).chain(&self.status)
    }
}
