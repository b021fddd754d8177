use rust_decimal::Decimal;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::error::{Undefined, write_result};
use crate::kpi;
use crate::kpi::reckon;
use crate::record::ActivityKind;
use crate::tally::{ActivityTally, DealTally, LeadTally};
use crate::value::{Average, Days, Money, Rate};

/// A figure that a plan rests on: given by hand, or read off records with the number of records behind it.
///
/// One that has no value is no 0: it says why, and so does whatever is reckoned from it.
///
/// ```
/// use sales_metrics::plan::Input;
/// use sales_metrics::tally::{DealTotals, Priced};
/// use sales_metrics::{Currency, DealTally, Period, Rate, Scope, Undefined};
///
/// let last_year = Scope::new(Period::year(2025)?, Currency::USD);
/// let totals = DealTotals::given().won(Priced::none(5)).lost(Priced::none(15));
/// let win_rate = Input::win_rate(&DealTally::from_totals(last_year, totals)?);
/// assert_eq!((win_rate.value()?.to_string().as_str(), win_rate.sample()), ("25%", Some(20)));
/// assert!(win_rate.is_small(30));
///
/// assert_eq!(Input::win_rate(&DealTally::new(last_year)).value(), Err(Undefined::NoDecidedDeals));
/// assert_eq!(Input::from(Rate::HALF).sample(), None);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// In JSON: `{"value":"0.25","sample":20}`; without a value `undefined` (the reason's name) and `reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Input<T> {
    value: Result<T, Undefined>,
    sample: Option<u64>,
}

/// Given by hand.
impl<T> From<T> for Input<T> {
    fn from(value: T) -> Self {
        Self {
            value: Ok(value),
            sample: None,
        }
    }
}

impl<T: Copy> Input<T> {
    /// What was read off so many records, by any function: a [`broad_win_rate`](kpi::broad_win_rate), say.
    pub fn read(value: Result<T, Undefined>, sample: u64) -> Self {
        Self {
            value,
            sample: Some(sample),
        }
    }

    pub(super) fn missing(name: &'static str) -> Self {
        Self {
            value: Err(Undefined::InputNotGiven(name)),
            sample: None,
        }
    }

    fn counted(value: Result<T, Undefined>, sample: Result<u64, Undefined>) -> Self {
        Self {
            value,
            sample: sample.ok(),
        }
    }

    pub(super) fn with_sample(self, sample: Option<u64>) -> Self {
        Self { sample, ..self }
    }

    /// The figure.
    ///
    /// # Errors
    /// Why there is none.
    pub fn value(self) -> Result<T, Undefined> {
        self.value
    }

    /// On how many records it rests; none where it was given by hand, or they were not counted.
    #[must_use]
    pub fn sample(self) -> Option<u64> {
        self.sample
    }

    /// Whether it rests on fewer records than that. What was given by hand does not.
    #[must_use]
    pub fn is_small(self, least: u64) -> bool {
        self.value.is_ok() && self.sample.is_some_and(|sample| sample < least)
    }
}

impl Input<Rate> {
    /// The [`win_rate`](kpi::win_rate) of some deals: won of those won or lost.
    #[must_use]
    pub fn win_rate(deals: &DealTally) -> Self {
        let totals = deals.totals();
        let decided = || Ok(totals.won()?.count + totals.lost()?.count);
        Self::counted(kpi::win_rate(deals), decided())
    }

    /// The [`lead_conversion_rate`](kpi::lead_conversion_rate) of some leads: how many of those that arrived became an opportunity.
    #[must_use]
    pub fn lead_conversion(leads: &LeadTally) -> Self {
        Self::counted(kpi::lead_conversion_rate(leads), leads.totals().arrived())
    }
}

impl Input<Money> {
    /// The [`average_deal_size`](kpi::average_deal_size) of some deals.
    #[must_use]
    pub fn average_deal(deals: &DealTally) -> Self {
        let priced = deals.totals().won().map(|won| won.priced);
        Self::counted(kpi::average_deal_size(deals), priced)
    }
}

impl Input<Days> {
    /// How long an opportunity is open: the [`closed_cycle_length`](kpi::closed_cycle_length) of some deals, won or lost. Lost ones take up a
    /// place in the pipeline, too, so the [`sales_cycle_length`](kpi::sales_cycle_length), which is of the won ones alone, is not it.
    #[must_use]
    pub fn days_open(deals: &DealTally) -> Self {
        let totals = deals.totals();
        let closed = || Ok(totals.won_cycle()?.count + totals.lost_cycle()?.count);
        Self::counted(kpi::closed_cycle_length(deals), closed())
    }
}

impl Input<Average> {
    /// How many activities of a kind were done for each lead that arrived: all of that kind, whatever they were for. Its sample is the leads.
    #[must_use]
    pub fn activities_per_lead(
        activities: &ActivityTally,
        kind: ActivityKind,
        leads: &LeadTally,
    ) -> Self {
        let leads = leads.totals().arrived();
        Self::mean(activities, kind, leads, Undefined::NoLeads)
    }

    /// How many activities of a kind were done for each opportunity that was created: all of that kind, whatever they were for. Its sample is
    /// the opportunities.
    #[must_use]
    pub fn activities_per_opportunity(
        activities: &ActivityTally,
        kind: ActivityKind,
        deals: &DealTally,
    ) -> Self {
        let created = deals.totals().created().map(|created| created.count);
        Self::mean(activities, kind, created, Undefined::NoDealsCreated)
    }

    fn mean(
        activities: &ActivityTally,
        kind: ActivityKind,
        each: Result<u64, Undefined>,
        none: Undefined,
    ) -> Self {
        let mean = || reckon::mean(activities.totals().distinct(kind)?, each?, none);
        Self::counted(mean(), each)
    }
}

/// What a figure is as a number, to be reckoned with.
pub(super) fn positive(
    name: &'static str,
    number: Result<Decimal, Undefined>,
) -> Result<Decimal, Undefined> {
    match number? {
        number if number > Decimal::ZERO => Ok(number),
        _ => Err(Undefined::InputNotPositive(name)),
    }
}

impl<T: Serialize> Serialize for Input<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        write_result(&mut map, "value", &self.value)?;
        if let Some(sample) = self.sample {
            map.serialize_entry("sample", &sample)?;
        }
        map.end()
    }
}
