use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::state_wire::StateWire;
use crate::error::Error;
use crate::period::{Day, Stamp, When};
use crate::record::part::{Amount, Share};
use crate::record::{DealStatus, ForecastCategory, Record};
use crate::value::id::{checked, own};
use crate::value::{Currency, DealId, IntoId, Label, Money, Rate, RecordId, RepId};

/// How a deal stood from an instant on: the *whole* of it, until its next state. A row of Salesforce's opportunity history is one.
///
/// What a state does not say was not so: one without an amount is that of a deal without one. What no state of a whole
/// [`History`](crate::History) says, its source does not keep: see there.
///
/// ```
/// use sales_metrics::{Currency, DealState, DealStatus, date, instant};
///
/// let state = DealState::new("D-1", instant("2026-01-12T09:00:00+01:00")?, DealStatus::Open, Currency::EUR)?
///     .with_stage("Negotiation")?
///     .with_amount(12_000)?
///     .with_expected_close(date(2026, 3, 31)?)?;
/// assert_eq!(state.at().date(), date(2026, 1, 12)?);
///
/// let error = state.with_close(date(2026, 3, 2)?).unwrap_err();
/// assert_eq!(error.to_string(), "deal D-1: it is open, but has a close date");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "StateWire", into = "StateWire")]
pub struct DealState {
    pub(super) deal: DealId,
    pub(super) owner: Option<RepId>,
    pub(super) stage: Option<Label>,
    pub(super) facts: StateFacts,
    pub(super) currency: Currency,
}

/// The part of a state without texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct StateFacts {
    pub(super) at: Stamp,
    pub(super) run: u32,
    pub(super) size: Option<Amount>,
    pub(super) is_negative: bool,
    pub(super) status: DealStatus,
    pub(super) category: Option<ForecastCategory>,
    pub(super) is_deleted: bool,
    pub(super) expected_close: Option<Day>,
    /// Invariant: none where it is open.
    pub(super) closed: Option<Day>,
    pub(super) probability: Option<Share>,
}

impl DealState {
    /// The state of a deal from an instant on, or from a day on of which nobody knows the hour; and the currency of the deal.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId); [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn new(
        deal: impl IntoId<DealId>,
        at: impl Into<When>,
        status: DealStatus,
        currency: Currency,
    ) -> Result<Self, Error> {
        let deal: DealId = own(deal)?;
        let at = Stamp::new(at.into()).map_err(|error| error.about("state").of(&deal))?;
        Ok(Self::of(deal, at, status, currency))
    }

    pub(super) fn of(deal: DealId, at: Stamp, status: DealStatus, currency: Currency) -> Self {
        Self {
            deal,
            owner: None,
            stage: None,
            facts: StateFacts {
                at,
                run: 0,
                size: None,
                is_negative: false,
                status,
                category: None,
                is_deleted: false,
                expected_close: None,
                closed: None,
                probability: None,
            },
            currency,
        }
    }

    /// Its place among the states of one instant, the lowest first: each of them counts. Without one it is 0.
    #[must_use]
    pub fn with_run(mut self, run: u32) -> Self {
        self.facts.run = run;
        self
    }

    /// The stage of the pipeline that the deal was in.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_stage(mut self, stage: impl IntoId<Label>) -> Result<Self, Error> {
        self.stage = Some(self.in_field("stage", checked(stage))?);
        Ok(self)
    }

    /// The rep who owned it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_owner(mut self, owner: impl IntoId<RepId>) -> Result<Self, Error> {
        self.owner = Some(self.in_field("owner", checked(owner))?);
        Ok(self)
    }

    /// What it was worth. A negative amount counts as none, unless the deal was won with it: then it is a
    /// [credit](crate::kpi::credits), which is no part of any pipeline.
    ///
    /// # Errors
    /// [`ErrorKind::AmountTooLarge`](crate::ErrorKind::AmountTooLarge), [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals).
    pub fn with_amount(mut self, amount: impl Into<Decimal>) -> Result<Self, Error> {
        let (size, is_negative) = self.in_field("amount", Amount::signed(amount.into()))?;
        (self.facts.size, self.facts.is_negative) = (Some(size), is_negative);
        Ok(self)
    }

    /// The day on which it was expected to close.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_expected_close(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.facts.expected_close = Some(self.in_field("expected close", Day::new(on))?);
        Ok(self)
    }

    /// How likely it was to be won.
    ///
    /// # Errors
    /// [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals) where the fraction has more than 6.
    pub fn with_probability(mut self, probability: Rate) -> Result<Self, Error> {
        self.facts.probability = Some(self.in_field("probability", Share::new(probability))?);
        Ok(self)
    }

    /// How sure the rep was of it.
    #[must_use]
    pub fn with_forecast_category(mut self, category: ForecastCategory) -> Self {
        self.facts.category = Some(category);
        self
    }

    /// The close date that a closed state carries. Without it, a deal closes on the day of the state that closes it.
    ///
    /// It is not the expected close, which some systems leave in their lost states under the name of a close date (`CloseDate`): that is
    /// [`with_expected_close`](Self::with_expected_close). It decides what counts by close date; one after the evening that one looks at counts as that evening. Movements
    /// and visits to stages go by the day of the state.
    ///
    /// # Errors
    /// [`ErrorKind::Contradiction`](crate::ErrorKind::Contradiction) where it is open; [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_close(mut self, on: NaiveDate) -> Result<Self, Error> {
        let on = self.in_field("close", Day::new(on))?;
        self.in_field("close", self.facts.status.ending(Some(on)))?;
        self.facts.closed = Some(on);
        Ok(self)
    }

    /// The deal was deleted. One whose last state says so is left out of every figure, and counted.
    #[must_use]
    pub fn with_deletion(mut self) -> Self {
        self.facts.is_deleted = true;
        self
    }

    /// The deal.
    #[must_use]
    pub fn deal(&self) -> &DealId {
        &self.deal
    }

    /// From when on it stood so.
    #[must_use]
    pub fn at(&self) -> When {
        self.facts.at.when()
    }

    /// Its place among the states of one instant.
    #[must_use]
    pub fn run(&self) -> u32 {
        self.facts.run
    }

    /// Whether it was open, or how it was closed.
    #[must_use]
    pub fn status(&self) -> DealStatus {
        self.facts.status
    }

    /// The stage it was in.
    #[must_use]
    pub fn stage(&self) -> Option<&Label> {
        self.stage.as_ref()
    }

    /// The rep who owned it.
    #[must_use]
    pub fn owner(&self) -> Option<&RepId> {
        self.owner.as_ref()
    }

    /// What it was worth.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        let StateFacts {
            size, is_negative, ..
        } = self.facts;
        size.map(|size| Money::new(size.with_sign(is_negative), self.currency))
    }

    /// The day on which it was expected to close.
    #[must_use]
    pub fn expected_close(&self) -> Option<NaiveDate> {
        self.facts.expected_close.map(Day::date)
    }

    /// How likely it was to be won.
    #[must_use]
    pub fn probability(&self) -> Option<Rate> {
        self.facts.probability.map(Share::rate)
    }

    /// How sure the rep was of it.
    #[must_use]
    pub fn forecast_category(&self) -> Option<ForecastCategory> {
        self.facts.category
    }

    /// The close date that it carries.
    #[must_use]
    pub fn close(&self) -> Option<NaiveDate> {
        self.facts.closed.map(Day::date)
    }

    /// Whether the deal was deleted.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.facts.is_deleted
    }

    /// The currency of the deal.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }
}

impl Record for DealState {
    fn record_id(&self) -> RecordId {
        (&self.deal).into()
    }

    fn currency(&self) -> Option<Currency> {
        Some(self.currency)
    }
}
