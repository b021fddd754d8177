mod change;
mod facts;
mod field_value;
mod history;
mod kind;
mod owners;
mod particulars;
mod stages_entered;
mod standing;
mod state;
mod state_wire;
mod survival;
mod undone;
mod wire;

pub use change::DealChange;
#[cfg(feature = "csv")]
pub(crate) use change::Turn;
pub use facts::DealStatus;
#[cfg(feature = "csv")]
pub(crate) use facts::OPEN_WITH_CLOSE;
pub(crate) use facts::{Ending, Facts};
#[cfg(feature = "csv")]
pub(crate) use field_value::FieldValue;
pub(crate) use history::{At, Change, Keeps, LeftOut, Number, Timeline};
pub use history::{DealsThen, History};
pub use kind::{DealKind, ForecastCategory};
pub(crate) use owners::{OwnerShare, checked_owners};
pub(crate) use particulars::Particulars;
pub use stages_entered::StagesEntered;
pub use standing::{DealStanding, DealStock};
pub use state::DealState;
pub use survival::DealSurvival;

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::deal::wire::DealWire;
use crate::record::error::RecordProblem;
use crate::record::part::dimensions::{PRODUCT, REGION, SOURCE};
use crate::record::part::{Amount, Share};
use crate::record::{Dimensioned, Lead, Origin, Record};
use crate::value::id::{checked, own};
use crate::value::{AccountId, Currency, DealId, IntoId, Label, Money, Rate, RecordId, RepId};

/// An opportunity: open, or closed in one of three ways.
///
/// The constructor takes what every deal has; `with_…` adds what an export may lack. Amounts are at most 10¹⁴, with at most
/// 4 decimals, probabilities have at most 6. Whole numbers and `Decimal`s are taken as amounts ([`decimal`](crate::decimal) makes one of `"12.50"`); binary
/// fractions are not.
///
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, date};
///
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?
///     .with_owner("ada")?
///     .with_account("Initech")?
///     .with_amount(12_500)?
///     .with_dimension("segment", "mid-market")?;
/// assert_eq!(deal.amount().map(|money| money.to_string()).as_deref(), Some("12500 USD"));
///
/// let error = deal.with_cost(-1).unwrap_err();
/// assert_eq!(error.to_string(), "deal D-1: cost is -1, but cannot be negative");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "DealWire", into = "DealWire")]
// In this order: the facts, which every pass reads, stand last but one, behind the texts that few passes read.
#[repr(C)]
pub struct Deal {
    id: DealId,
    owner: Option<RepId>,
    account: Option<AccountId>,
    facts: Facts,
    /// None where there are none.
    pub(super) particulars: Option<Arc<Particulars>>,
}

/// How a deal stands today. These four are all, and none will be added: whoever matches on them has thought of every deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Still open.
    Open,
    /// Won.
    Won {
        /// The close date.
        on: NaiveDate,
    },
    /// Lost.
    Lost {
        /// The close date.
        on: NaiveDate,
    },
    /// Closed since it never was an opportunity: neither won nor lost.
    Disqualified {
        /// The close date.
        on: NaiveDate,
    },
}

impl Deal {
    /// A deal created on a date, how it stands today, and its currency.
    ///
    /// The creation is `None` where nobody knows it: such a deal exists from its first known day, counts as won, lost and open as the
    /// others, and is in no cohort, age or cycle.
    ///
    /// ```
    /// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, Undefined, date, kpi};
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let deal = Deal::new("D-1", None, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(12_500)?;
    /// let deals = DealTally::of([deal], q1)?;
    /// assert_eq!(kpi::win_rate(&deals)?.to_string(), "100%");
    /// assert_eq!(kpi::opportunities_created(&deals)?, 0);
    /// assert_eq!(kpi::sales_cycle_length(&deals), Err(Undefined::NoSoundCycle));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId); [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn new(
        id: impl IntoId<DealId>,
        created: impl Into<Option<NaiveDate>>,
        outcome: Outcome,
        currency: Currency,
    ) -> Result<Self, Error> {
        let id = own(id)?;
        let created = created.into().map(Day::new).transpose();
        let created = created.map_err(|error| error.about("created").of(&id))?;
        let ending = ending(outcome).map_err(|error| error.about("close").of(&id))?;
        Ok(Self::of_facts(id, Facts::new(created, ending, currency)))
    }

    pub(super) fn of_facts(id: DealId, facts: Facts) -> Self {
        Self::of_parts(id, facts, None, None, None)
    }

    /// A deal whose parts were checked, each at its own door. A loss reason among the particulars needs [`expect_lost`].
    pub(crate) fn of_parts(
        id: DealId,
        facts: Facts,
        owner: Option<RepId>,
        account: Option<AccountId>,
        particulars: Option<Arc<Particulars>>,
    ) -> Self {
        Self {
            id,
            owner,
            account,
            facts,
            particulars,
        }
    }

    /// To make it another one, for whoever reads nothing of it but its facts.
    #[cfg(feature = "csv")]
    #[inline]
    pub(crate) fn facts_mut(&mut self) -> &mut Facts {
        &mut self.facts
    }

    /// The rep who owns it, and alone.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_owner(mut self, owner: impl IntoId<RepId>) -> Result<Self, Error> {
        let owner = self.in_field("owner", checked(owner))?;
        self.own([].into(), owner);
        Ok(self)
    }

    /// The reps who share it, each with the share; the first owns it. The shares add up to 100 %.
    ///
    /// ```
    /// use sales_metrics::{Currency, Deal, Outcome, Rate, date};
    ///
    /// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
    ///     .with_owners([("ada", Rate::from_percent(70)?), ("ben", Rate::from_percent(30)?)])?;
    /// assert_eq!(deal.owner().map(|rep| rep.as_str()), Some("ada"));
    ///
    /// let error = deal.with_owners([("ada", Rate::HALF)]).unwrap_err();
    /// assert_eq!(error.to_string(), "deal D-1: the shares of its owners add up to 0.5, but must add up to 1 (100%)");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::SharesNotWhole`](crate::ErrorKind::SharesNotWhole), also where there is none; [`ErrorKind::Contradiction`](crate::ErrorKind::Contradiction) where a rep has two; [`ErrorKind::ZeroShare`](crate::ErrorKind::ZeroShare),
    /// [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals) where the fraction has more than 6; [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_owners<R: IntoId<RepId>>(
        mut self,
        owners: impl IntoIterator<Item = (R, Rate)>,
    ) -> Result<Self, Error> {
        let mut shares = Vec::new();
        for (owner, share) in owners {
            let owner = self.in_field("owners", checked(owner))?;
            let share = self.in_field("owners", Share::above_zero(share))?;
            shares.push((owner, share));
        }
        let shares = self.in_field("owners", checked_owners(shares))?;
        if let Some((owner, _)) = shares.first() {
            let owner = owner.clone();
            self.own(shares, owner);
        }
        Ok(self)
    }

    /// Several owners stand among the particulars, the first or the one in the deal itself.
    fn own(&mut self, shares: Box<[OwnerShare]>, owner: RepId) {
        self.owner = Some(owner);
        let was_shared = self.facts.shared;
        self.facts.shared = shares.len() > 1;
        if self.facts.shared {
            self.particulars_mut().owners = shares;
        } else if was_shared {
            self.particulars_mut().owners = [].into();
            let is_empty = |particulars: &Arc<Particulars>| **particulars == Particulars::default();
            self.particulars = self.particulars.take().filter(|own| !is_empty(own));
        }
    }

    /// Another owner, alone, or nobody.
    fn hand_over(&mut self, owner: Option<RepId>) {
        match owner {
            Some(owner) => self.own([].into(), owner),
            None => {
                if let Some(last) = self.owner.take() {
                    self.own([].into(), last);
                    self.owner = None;
                }
            }
        }
    }

    /// The one rule that only what is lost has a reason for it, where how it ended has changed.
    fn drop_reason_unless_lost(&mut self) {
        if self.loss_reason().is_some() && expect_lost(self.facts.ending).is_err() {
            self.particulars_mut().loss_reason = None;
        }
    }

    /// The account it is with.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_account(mut self, account: impl IntoId<AccountId>) -> Result<Self, Error> {
        self.account = Some(self.in_field("account", checked(account))?);
        Ok(self)
    }

    /// What it is worth: the price for which it is, was or would be sold.
    ///
    /// A won deal of a negative amount is a credit: money given back to a customer on the close date. It counts in
    /// [`credits`](crate::kpi::credits) and [`net_revenue`](crate::kpi::net_revenue), and nowhere else. A deal that is not won counts as one
    /// without an amount where that is below 0, and an audit finds it.
    ///
    /// # Errors
    /// [`ErrorKind::AmountTooLarge`](crate::ErrorKind::AmountTooLarge), [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals).
    pub fn with_amount(mut self, amount: impl Into<Decimal>) -> Result<Self, Error> {
        let amount = self.in_field("amount", Amount::signed(amount.into()))?;
        self.facts.set_amount(amount);
        Ok(self)
    }

    /// What it costs the seller to deliver.
    ///
    /// # Errors
    /// [`ErrorKind::NegativeAmount`](crate::ErrorKind::NegativeAmount), and as [`with_amount`](Self::with_amount).
    pub fn with_cost(mut self, cost: impl Into<Decimal>) -> Result<Self, Error> {
        self.facts.cost = Some(self.in_field("cost", Amount::new(cost.into()))?);
        Ok(self)
    }

    /// Its price before any discount.
    ///
    /// # Errors
    /// As [`with_cost`](Self::with_cost).
    pub fn with_list_price(mut self, list_price: impl Into<Decimal>) -> Result<Self, Error> {
        self.facts.list_price = Some(self.in_field("list price", Amount::new(list_price.into()))?);
        Ok(self)
    }

    /// How likely it is to be won.
    ///
    /// # Errors
    /// [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals) where the fraction has more than 6.
    pub fn with_probability(mut self, probability: Rate) -> Result<Self, Error> {
        self.facts.probability = Some(self.in_field("probability", Share::new(probability))?);
        Ok(self)
    }

    /// The day of the first contact.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_first_contact(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.facts.first_contact = Some(self.in_field("first contact", Day::new(on))?);
        Ok(self)
    }

    /// The day on which it is expected to close, or was.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_expected_close(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.facts.expected_close = Some(self.in_field("expected close", Day::new(on))?);
        Ok(self)
    }

    /// The stage of the pipeline that it is in, or was.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_stage(mut self, stage: impl IntoId<Label>) -> Result<Self, Error> {
        let stage = self.in_field("stage", checked(stage))?;
        self.particulars_mut().stage = Some(stage);
        Ok(self)
    }

    /// Why it was lost.
    ///
    /// # Errors
    /// [`ErrorKind::LossReasonWithoutLoss`](crate::ErrorKind::LossReasonWithoutLoss) unless it is lost; [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_loss_reason(mut self, reason: impl IntoId<Label>) -> Result<Self, Error> {
        self.in_field("loss reason", expect_lost(self.facts.ending))?;
        let reason = self.in_field("loss reason", checked(reason))?;
        self.particulars_mut().loss_reason = Some(reason);
        Ok(self)
    }

    /// What it is to the business: new, more, or a renewal.
    #[must_use]
    pub fn with_kind(mut self, kind: DealKind) -> Self {
        self.particulars_mut().kind = Some(kind);
        self
    }

    /// Who found it: marketing, sales or a partner.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.particulars_mut().origin = Some(origin);
        self
    }

    /// Its lead's origin, where it has none itself: who found the lead found the deal. A [`Book`](crate::Book) says it to every deal that a
    /// lead of the book became; of several leads, the first of all origins holds: marketing, sales, partner.
    ///
    /// ```
    /// use sales_metrics::{Currency, Deal, Lead, Origin, Outcome, date, day};
    ///
    /// let lead = Lead::new("L-1", day("2026-03-06")?)?.with_origin(Origin::Marketing);
    /// let deal = Deal::new("D-1", date(2026, 3, 12)?, Outcome::Open, Currency::USD)?;
    /// assert_eq!(deal.clone().with_origin_of(&lead).origin(), Some(Origin::Marketing));
    /// let own = deal.with_origin(Origin::Partner).with_origin_of(&lead);
    /// assert_eq!(own.origin(), Some(Origin::Partner));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn with_origin_of(self, lead: &Lead) -> Self {
        match (self.origin(), lead.origin()) {
            (None, Some(origin)) => self.with_origin(origin),
            _ => self,
        }
    }

    /// How sure the rep is of it, or was.
    #[must_use]
    pub fn with_forecast_category(mut self, category: ForecastCategory) -> Self {
        self.particulars_mut().forecast = Some(category);
        self
    }

    /// Where it came from: the dimension `source`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_source(self, source: impl IntoId<Label>) -> Result<Self, Error> {
        self.with_dimension(SOURCE, source)
    }

    /// What is sold: the dimension `product`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_product(self, product: impl IntoId<Label>) -> Result<Self, Error> {
        self.with_dimension(PRODUCT, product)
    }

    /// Where it is sold: the dimension `region`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_region(self, region: impl IntoId<Label>) -> Result<Self, Error> {
        self.with_dimension(REGION, region)
    }

    /// Any further dimension to group by, such as a segment or a territory; set again, the last value holds.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_dimension(
        mut self,
        name: impl IntoId<Label>,
        value: impl IntoId<Label>,
    ) -> Result<Self, Error> {
        let (name, value) = self.checked_dimension(name, value)?;
        self.set_dimension(name, value);
        Ok(self)
    }

    /// Takes those it agrees with, if there are some among them.
    pub(crate) fn share_particulars(&mut self, known: &mut HashSet<Arc<Particulars>>) {
        let Some(own) = &mut self.particulars else {
            return;
        };
        match known.get(own) {
            Some(same) => *own = Arc::clone(same),
            None => {
                known.insert(Arc::clone(own));
            }
        }
    }

    /// How it counts in a scope. The scope's currency plays no part in it.
    #[must_use]
    #[inline]
    pub fn standing(&self, scope: Scope) -> DealStanding {
        DealStanding::of(&self.facts, &scope)
    }

    /// How long it was open, if it was created in a scope's period, and how that ended. The scope's currency plays no part in it.
    #[must_use]
    pub fn survival(&self, scope: Scope) -> DealSurvival {
        DealSurvival::of(&self.facts, &scope)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &DealId {
        &self.id
    }

    /// Its currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.facts.currency
    }

    /// The day it was created, where that is known.
    #[must_use]
    pub fn created(&self) -> Option<NaiveDate> {
        self.facts.created().map(Day::date)
    }

    /// How it stands today.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let Some(Ending { status, on }) = self.facts.ending else {
            return Outcome::Open;
        };
        let on = on.date();
        match status {
            DealStatus::Open => Outcome::Open,
            DealStatus::Won => Outcome::Won { on },
            DealStatus::Lost => Outcome::Lost { on },
            DealStatus::Disqualified => Outcome::Disqualified { on },
        }
    }

    /// How it stands today, without the date.
    #[must_use]
    pub fn status(&self) -> DealStatus {
        let ending = self.facts.ending;
        ending.map_or(DealStatus::Open, |ending| ending.status)
    }

    /// The day it closed, if it has.
    #[must_use]
    pub fn closed(&self) -> Option<NaiveDate> {
        self.facts.ending.map(|ending| ending.on.date())
    }

    /// The rep who owns it: of several, the first.
    #[must_use]
    pub fn owner(&self) -> Option<&RepId> {
        self.owner.as_ref()
    }

    /// All its owners with their shares, which add up to 100 %; none where it has no owner.
    pub fn owners(&self) -> impl Iterator<Item = (&RepId, Rate)> {
        let alone = self.owner.as_ref().filter(|_| !self.facts.shared);
        let shares = self.particulars.iter().flat_map(|own| own.owners.iter());
        let shares = shares.map(|(rep, share)| (rep, share.rate()));
        alone.map(|rep| (rep, Rate::ONE)).into_iter().chain(shares)
    }

    /// The account it is with.
    #[must_use]
    pub fn account(&self) -> Option<&AccountId> {
        self.account.as_ref()
    }

    /// What it is worth; below 0 where that was given back.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        let amount = self.facts.signed_amount();
        amount.map(|amount| Money::new(amount, self.facts.currency))
    }

    /// What it costs the seller to deliver.
    #[must_use]
    pub fn cost(&self) -> Option<Money> {
        self.money(self.facts.cost)
    }

    /// Its price before any discount.
    #[must_use]
    pub fn list_price(&self) -> Option<Money> {
        self.money(self.facts.list_price)
    }

    /// How likely it is to be won.
    #[must_use]
    pub fn probability(&self) -> Option<Rate> {
        self.facts.probability.map(Share::rate)
    }

    /// The day of the first contact.
    #[must_use]
    pub fn first_contact(&self) -> Option<NaiveDate> {
        self.facts.first_contact.map(Day::date)
    }

    /// The day on which it is expected to close, or was.
    #[must_use]
    pub fn expected_close(&self) -> Option<NaiveDate> {
        self.facts.expected_close.map(Day::date)
    }

    /// The stage of the pipeline that it is in, or was.
    #[must_use]
    pub fn stage(&self) -> Option<&Label> {
        self.particulars.as_ref()?.stage.as_ref()
    }

    /// Why it was lost.
    #[must_use]
    pub fn loss_reason(&self) -> Option<&Label> {
        self.particulars.as_ref()?.loss_reason.as_ref()
    }

    /// What it is to the business.
    #[must_use]
    pub fn kind(&self) -> Option<DealKind> {
        self.particulars.as_ref()?.kind
    }

    /// Who found it; none where that is not known.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        self.particulars.as_ref()?.origin
    }

    /// How sure the rep is of it, or was.
    #[must_use]
    pub fn forecast_category(&self) -> Option<ForecastCategory> {
        self.particulars.as_ref()?.forecast
    }

    /// Where it came from.
    #[must_use]
    pub fn source(&self) -> Option<&Label> {
        self.dimension(SOURCE)
    }

    /// What is sold.
    #[must_use]
    pub fn product(&self) -> Option<&Label> {
        self.dimension(PRODUCT)
    }

    /// Where it is sold.
    #[must_use]
    pub fn region(&self) -> Option<&Label> {
        self.dimension(REGION)
    }

    /// Any dimension by its name.
    #[must_use]
    pub fn dimension(&self, name: &str) -> Option<&Label> {
        self.particulars.as_ref()?.dimensions.get(name)
    }

    /// All its dimensions and their values, by name.
    pub fn dimensions(&self) -> impl Iterator<Item = (&Label, &Label)> {
        let particulars = self.particulars.iter();
        particulars.flat_map(|particulars| particulars.dimensions.iter())
    }

    /// The same deal in another currency, each amount changed as `change` says.
    pub(crate) fn with_money_in(
        &self,
        currency: Currency,
        change: impl Fn(Amount) -> Result<Amount, Error>,
    ) -> Result<Self, Error> {
        let changed = |amount: Option<Amount>, field| {
            let changed = amount.map(|amount| self.in_field(field, change(amount)));
            changed.transpose()
        };
        let mut facts = self.facts;
        facts.currency = currency;
        facts.cost = changed(facts.cost, "cost")?;
        facts.list_price = changed(facts.list_price, "list price")?;
        facts.resize(|amount| self.in_field("amount", change(amount)))?;
        Ok(Self {
            facts,
            ..self.clone()
        })
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Those of this deal alone.
    fn particulars_mut(&mut self) -> &mut Particulars {
        Arc::make_mut(self.particulars.get_or_insert_default())
    }

    fn money(&self, amount: Option<Amount>) -> Option<Money> {
        amount.map(|amount| Money::new(amount.decimal(), self.facts.currency))
    }
}

impl Dimensioned for Deal {
    fn set_dimension(&mut self, name: Label, value: Label) {
        self.particulars_mut().dimensions.set(name, value);
    }

    fn remove_dimension(&mut self, name: &Label) {
        if self.dimension(name.as_str()).is_some() {
            self.particulars_mut().dimensions.remove(name);
            self.particulars
                .take_if(|words| **words == Particulars::default());
        }
    }
}

impl Record for Deal {
    fn record_id(&self) -> RecordId {
        (&self.id).into()
    }

    #[inline]
    fn currency(&self) -> Option<Currency> {
        Some(self.facts.currency)
    }
}

fn ending(outcome: Outcome) -> Result<Option<Ending>, Error> {
    let (status, on) = match outcome {
        Outcome::Open => return Ok(None),
        Outcome::Won { on } => (DealStatus::Won, on),
        Outcome::Lost { on } => (DealStatus::Lost, on),
        Outcome::Disqualified { on } => (DealStatus::Disqualified, on),
    };
    let on = Day::new(on)?;
    Ok(Some(Ending { status, on }))
}

/// The one rule that only what is lost has a reason for it.
pub(crate) fn expect_lost(ending: Option<Ending>) -> Result<(), Error> {
    match ending {
        Some(Ending {
            status: DealStatus::Lost,
            ..
        }) => Ok(()),
        _ => Err(RecordProblem::LossReasonWithoutLoss.into()),
    }
}
