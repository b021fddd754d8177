use super::Needs;
use crate::error::{Error, Undefined};
use crate::tally::{DealDetail, DealTally};
use crate::value::money::expect_currency;
use crate::value::{Confidence, Money, Rate};

/// What KPIs are evaluated from: the deals of a scope, and whatever some KPIs need besides.
///
/// What is not given makes the KPIs that need it undefined, and no other.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    deals: &'a DealDetail,
    previous: Option<&'a DealDetail>,
    target: Option<Money>,
    confidence: Confidence,
    percentile: Rate,
    age_limit: u32,
}

impl<'a> Inputs<'a> {
    /// The deals of a scope.
    #[must_use]
    pub fn new(deals: &'a DealDetail) -> Self {
        Self {
            deals,
            previous: None,
            target: None,
            confidence: Confidence::NinetyFive,
            percentile: Rate::NINE_TENTHS,
            age_limit: 90,
        }
    }

    /// The deals of the previous period, as [`Scope::previous`](crate::Scope::previous) gives it.
    ///
    /// # Errors
    /// [`Error::CurrencyMismatch`].
    pub fn with_previous(self, previous: &'a DealDetail) -> Result<Self, Error> {
        let (ours, theirs) = (self.deals.scope().currency(), previous.scope().currency());
        expect_currency("the previous period", ours, theirs)?;
        Ok(Self {
            previous: Some(previous),
            ..self
        })
    }

    /// What is to be won in the period.
    ///
    /// # Errors
    /// [`Error::CurrencyMismatch`].
    pub fn with_target(self, target: Money) -> Result<Self, Error> {
        expect_currency(
            "the target",
            self.deals.scope().currency(),
            target.currency(),
        )?;
        Ok(Self {
            target: Some(target),
            ..self
        })
    }

    /// How sure an interval is to be.
    #[must_use]
    pub fn with_confidence(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    /// Which percentile of the sales cycle.
    #[must_use]
    pub fn with_percentile(self, percentile: Rate) -> Self {
        Self { percentile, ..self }
    }

    /// From how many days on an open deal is old.
    #[must_use]
    pub fn with_age_limit(self, days: u32) -> Self {
        Self {
            age_limit: days,
            ..self
        }
    }

    /// The deals.
    #[must_use]
    pub fn deals(&self) -> &'a DealDetail {
        self.deals
    }

    /// The part of the deals' tally that has a fixed size.
    #[must_use]
    pub fn tally(&self) -> &'a DealTally {
        self.deals.tally()
    }

    pub(super) fn previous(&self) -> Result<&'a DealTally, Undefined> {
        self.previous
            .map(DealDetail::tally)
            .ok_or(Undefined::NoPreviousPeriod)
    }

    pub(super) fn target(&self) -> Result<Money, Undefined> {
        self.target.ok_or(Undefined::NoTarget)
    }

    pub(super) fn confidence(&self) -> Confidence {
        self.confidence
    }

    pub(super) fn percentile(&self) -> Rate {
        self.percentile
    }

    pub(super) fn age_limit(&self) -> u32 {
        self.age_limit
    }

    /// The parameter of a KPI, for its title.
    pub(super) fn parameter(&self, needs: Needs) -> Option<String> {
        match needs {
            Needs::Deals | Needs::Previous | Needs::Target => None,
            Needs::Confidence => Some(self.confidence.level().to_string()),
            Needs::Percentile => Some(self.percentile.to_string()),
            Needs::AgeLimit => Some(format!("{} days", self.age_limit)),
        }
    }
}
