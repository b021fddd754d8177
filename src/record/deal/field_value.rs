use core::mem::discriminant;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::state::DealState;
use crate::error::Error;
use crate::period::Day;
use crate::record::part::{Amount, Share};
use crate::record::{DealStatus, ForecastCategory};
use crate::value::{Label, Rate, RepId};

/// A field of a deal that changes, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FieldValue {
    Status(DealStatus),
    Stage(Option<Label>),
    Owner(Option<RepId>),
    /// How large, and whether below 0.
    Amount(Option<(Amount, bool)>),
    ExpectedClose(Option<Day>),
    Probability(Option<Share>),
    Category(Option<ForecastCategory>),
}

/// An error names the field, and not yet the deal.
impl FieldValue {
    pub(crate) fn amount(amount: Option<Decimal>) -> Result<Self, Error> {
        let amount = amount.map(Amount::signed).transpose();
        let amount = amount.map_err(|error| error.about("amount"))?;
        Ok(Self::Amount(amount))
    }

    pub(crate) fn expected_close(on: Option<NaiveDate>) -> Result<Self, Error> {
        let on = on.map(Day::new).transpose();
        let on = on.map_err(|error| error.about("expected close"))?;
        Ok(Self::ExpectedClose(on))
    }

    pub(crate) fn probability(rate: Option<Rate>) -> Result<Self, Error> {
        let share = rate.map(Share::new).transpose();
        let share = share.map_err(|error| error.about("probability"))?;
        Ok(Self::Probability(share))
    }
}

impl FieldValue {
    /// Whether it is what the same field says.
    pub(super) fn is_of_field(&self, other: &Self) -> bool {
        discriminant(self) == discriminant(other)
    }

    /// What the field says of a deal of which nothing was said.
    pub(super) fn nothing(&self) -> Self {
        match self {
            Self::Status(_) => Self::Status(DealStatus::Open),
            Self::Stage(_) => Self::Stage(None),
            Self::Owner(_) => Self::Owner(None),
            Self::Amount(_) => Self::Amount(None),
            Self::ExpectedClose(_) => Self::ExpectedClose(None),
            Self::Probability(_) => Self::Probability(None),
            Self::Category(_) => Self::Category(None),
        }
    }

    /// The state of a deal in which the field says this.
    pub(super) fn set(&self, state: &mut DealState) {
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

pub(super) fn set_amount(state: &mut DealState, amount: Option<(Amount, bool)>) {
    state.facts.size = amount.map(|(size, _)| size);
    state.facts.is_negative = amount.is_some_and(|(_, is_negative)| is_negative);
}
