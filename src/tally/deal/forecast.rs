use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Amount, Deal, ForecastCategory, Share};
use crate::tally::Priced;
use crate::tally::deal::contains::contains;
use crate::tally::deal::{DealTally, Weighed};
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::impossible;
use crate::tally::rules::{WHOLE, expect_all};
use crate::value::number::Exact;
use crate::value::{Currency, DealId, Label, Money, Rate, sorted};

/// A [`DealTally`], and each of the open deals that are due in the period: what a forecast is made of.
///
/// Due are those that are expected to close in the period and, once it has begun, the overdue ones, expected before it. It has the verbs of
/// a tally; [`tally`](Self::tally) is the part of a fixed size, which the other KPIs take.
///
/// ```
/// use sales_metrics::{Currency, Deal, ForecastTally, Outcome, Period, Rate, Scope, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let due = |id, amount| {
///     Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
///         .with_amount(amount)?
///         .with_expected_close(date(2026, 3, 20)?)
/// };
/// let deals = [due("D-1", 5_000)?.with_probability(Rate::HALF)?, due("D-2", 9_000)?];
/// let forecast = ForecastTally::of(&deals, q1)?;
/// assert_eq!(forecast.tally().totals().expected()?.count, 2);
///
/// // What nobody said is not assumed.
/// let without: Vec<String> = forecast.due().iter().filter(|deal| !deal.is_weighed()).map(|deal| deal.id().to_string()).collect();
/// assert_eq!(without, ["D-2"]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct ForecastTally {
    tally: DealTally,
    /// Invariant: those that the tally counts as expected or overdue.
    due: Due,
}

/// A deal that is open and due in the period, and what it adds to a forecast.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DueDeal {
    id: DealId,
    currency: Currency,
    amount: Option<Amount>,
    probability: Option<Share>,
    category: Option<ForecastCategory>,
    stage: Option<Label>,
}

impl DueDeal {
    fn of(deal: &Deal) -> Self {
        Self {
            id: deal.id().clone(),
            currency: deal.currency(),
            amount: deal.facts().amount(),
            probability: deal.facts().probability,
            category: deal.forecast_category(),
            stage: deal.stage().cloned(),
        }
    }

    /// Its name in the CRM.
    #[must_use]
    pub fn id(&self) -> &DealId {
        &self.id
    }

    /// What it is worth; none where that is not known, or below 0.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        let amount = self.amount?.decimal();
        Some(Money::new(amount, self.currency))
    }

    /// How likely it is to be won, where somebody said.
    #[must_use]
    pub fn probability(&self) -> Option<Rate> {
        self.probability.map(Share::rate)
    }

    /// How sure the rep is of it, where they said.
    #[must_use]
    pub fn category(&self) -> Option<ForecastCategory> {
        self.category
    }

    /// In which stage of the pipeline it is, where its record says so.
    #[must_use]
    pub fn stage(&self) -> Option<&Label> {
        self.stage.as_ref()
    }

    /// Whether it has both an amount and a probability.
    #[must_use]
    pub fn is_weighed(&self) -> bool {
        self.weight().is_some()
    }

    /// Its amount in units of 10⁻⁴ and its probability in millionths, where it has both.
    pub(crate) fn weight(&self) -> Option<(u64, u64)> {
        Some((self.amount?.units(), self.probability?.millionths()))
    }

    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        let rest = |deal: &Self| {
            (
                deal.amount,
                deal.probability.map(Share::millionths),
                deal.category,
            )
        };
        let by_id = self.id.cmp(&other.id);
        by_id
            .then_with(|| rest(self).cmp(&rest(other)))
            .then_with(|| self.stage.cmp(&other.stage))
    }
}

/// Deals in the order of their ids: that in which they came leaves no trace.
#[derive(Clone, Debug, Default)]
struct Due {
    deals: Vec<DueDeal>,
    /// Whether they may be out of order.
    unsorted: bool,
}

impl Due {
    fn push(&mut self, deal: DueDeal) {
        self.deals.push(deal);
        self.unsorted = true;
    }

    fn settle(&mut self) {
        if self.unsorted {
            self.deals = sorted(core::mem::take(&mut self.deals), DueDeal::cmp);
            self.unsorted = false;
        }
    }

    fn in_order(&self) -> Cow<'_, [DueDeal]> {
        if !self.unsorted {
            return Cow::Borrowed(&self.deals);
        }
        let mut copy = self.clone();
        copy.settle();
        Cow::Owned(copy.deals)
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.in_order() == other.in_order()
    }
}

impl Eq for Due {}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    tally: DealTally,
    due: Vec<DueWire>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DueWire {
    id: DealId,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forecast_category: Option<ForecastCategory>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<Label>,
}

impl TryFrom<Wire> for ForecastTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let currency = wire.tally.scope().currency();
        let mut due = Due::default();
        for deal in wire.due {
            let amount = deal.amount.map(|Exact(amount)| Amount::new(amount));
            let probability = deal.probability.map(Share::new);
            due.push(DueDeal {
                id: deal.id,
                currency,
                amount: amount.transpose()?,
                probability: probability.transpose()?,
                category: deal.forecast_category,
                stage: deal.stage,
            });
        }
        due.settle();
        let tally = wire.tally;
        Self { tally, due }.checked()
    }
}

impl From<ForecastTally> for Wire {
    fn from(forecast: ForecastTally) -> Self {
        let mut due = Vec::new();
        for deal in forecast.due() {
            due.push(DueWire {
                amount: deal.amount.map(|amount| Exact(amount.decimal())),
                probability: deal.probability(),
                forecast_category: deal.category,
                stage: deal.stage,
                id: deal.id,
            });
        }
        Self {
            tally: forecast.tally,
            due,
        }
    }
}

contains!(ForecastTally);

impl ForecastTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            tally: DealTally::new(scope),
            due: Due::default(),
        }
    }

    /// Counts one more deal.
    ///
    /// # Errors
    /// As [`DealTally::of`]; the tally is then as it was.
    pub fn record(&mut self, deal: &Deal) -> Result<(), Error> {
        let scope = self.scope();
        self.add(deal, &scope)
    }

    /// Adds the tally of other deals in the same scope.
    ///
    /// # Errors
    /// As [`DealTally::merge`]; the tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.tally.merge(&other.tally)?;
        self.due.deals.extend_from_slice(&other.due.deals);
        self.due.unsorted = true;
        self.due.settle();
        Ok(())
    }

    /// Each deal that is open and due in the period, in the order of their ids.
    #[must_use]
    pub fn due(&self) -> Vec<DueDeal> {
        self.due.in_order().into_owned()
    }

    /// Of the deals due, those of one category, or of none.
    #[must_use]
    pub fn due_in(&self, category: Option<ForecastCategory>) -> Priced {
        self.due_where(|deal| deal.category == category)
    }

    /// Of the deals due, those that are in one of these stages.
    #[must_use]
    pub fn due_at(&self, stages: &[Label]) -> Priced {
        let is_one = |stage: &Label| stages.contains(stage);
        self.due_where(|deal| deal.stage.as_ref().is_some_and(is_one))
    }

    fn due_where(&self, counts: impl Fn(&DueDeal) -> bool) -> Priced {
        let mut found = Priced::default();
        for deal in &self.due.deals {
            if counts(deal) {
                found.add(deal.amount);
            }
        }
        found
    }

    /// Checks that the deals are those that the tally counts as due.
    fn checked(self) -> Result<Self, Error> {
        let totals = self.tally.totals();
        let (mut all, mut weighed) = (Priced::default(), Weighed::default());
        for deal in &self.due.deals {
            all.add(deal.amount);
            if let Some((units, millionths)) = deal.weight() {
                weighed.count += 1;
                let weight = u128::from(units) * u128::from(millionths);
                let sum = weighed.amount.checked_add(weight);
                weighed.amount = sum.ok_or_else(|| impossible(OF_TALLY))?;
            }
        }
        let expected = totals.expected.plus(totals.overdue);
        let agree = all == expected && weighed == totals.due_weighed;
        expect_all(&[(totals.is_whole(), WHOLE), (agree, OF_TALLY)])?;
        Ok(self)
    }
}

const OF_TALLY: &str = "the deals due are those that its tally counts as expected and overdue";

verbs!(ForecastTally of Deal, reads Everything, Scope, "As [`DealTally::of`].");

impl Fill<Deal> for ForecastTally {
    type View = Scope;
    type Tally = Self;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    #[inline]
    fn add(&mut self, deal: &Deal, scope: &Scope) -> Result<(), Error> {
        self.tally.add(deal, scope)?;
        let standing = deal.standing(*scope);
        if standing.is_expected() || standing.is_overdue() {
            self.due.push(DueDeal::of(deal));
        }
        Ok(())
    }

    fn done(mut self, _: &Scope) -> Self {
        self.due.settle();
        self
    }
}
