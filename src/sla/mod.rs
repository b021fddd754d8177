//! What marketing and sales promised each other (a service level agreement), and which leads kept it.

mod clause;
mod supply;

pub use clause::Clause;
pub use supply::{MonthOfSupply, SupplyState};

use core::borrow::Borrow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::period::Period;
use crate::record::Lead;
use crate::tally::LeadScope;
use crate::value::Length;

/// Four promises, of which each may be left out: marketing supplies so many leads a month; each lead is handed over within a time, followed
/// up within a time, and tried so many times in its first week.
///
/// It is data: its JSON is written and read, a [`Length`] in microseconds. Times count as in a [`LeadDetail`](crate::LeadDetail): in a [`Scope`](crate::Scope) by the clock, in
/// [`Scope::in_working_time`](crate::Scope::in_working_time) in working hours, from the arrival of a lead on, whose instants stand on the clock of the business
/// ([`Book::with_place`](crate::Book::with_place)).
///
/// ```
/// use sales_metrics::sla::Sla;
/// use sales_metrics::{Currency, Lead, Length, Period, Scope, instant};
///
/// let sla = Sla::new().with_handover(Length::hours(1)).with_follow_up(Length::minutes(30));
/// let text = r#"{"handover_within":3600000000,"follow_up_within":1800000000}"#;
/// assert_eq!(serde_json::from_str::<Sla>(text).ok(), Some(sla));
///
/// let leads = [
///     Lead::new("L-1", instant("2026-03-09T09:00:00+01:00")?)?.with_first_touch(instant("2026-03-09T09:20:00+01:00")?)?,
///     Lead::new("L-2", instant("2026-03-09T10:00:00+01:00")?)?,
/// ];
/// let march = Scope::new(Period::month(2026, 3)?, Currency::USD);
/// let kept = sla.judge(&leads, march);
/// let follow_up = kept.follow_up.unwrap_or_default();
/// assert_eq!(follow_up.met(), [leads[0].id().clone()]);
/// assert_eq!(follow_up.breached(), [leads[1].id().clone()]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sla {
    #[serde(skip_serializing_if = "Option::is_none")]
    leads_a_month: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    handover_within: Option<Length>,
    #[serde(skip_serializing_if = "Option::is_none")]
    follow_up_within: Option<Length>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tries_in_first_week: Option<u32>,
}

/// Days of a lead's first week.
const WEEK: u32 = 7;

impl Sla {
    /// Without a promise yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            leads_a_month: None,
            handover_within: None,
            follow_up_within: None,
            tries_in_first_week: None,
        }
    }

    /// Marketing supplies at least so many leads a month: those whose [origin](Lead::origin) it is.
    #[must_use]
    pub const fn with_supply(self, leads_a_month: u64) -> Self {
        Self {
            leads_a_month: Some(leads_a_month),
            ..self
        }
    }

    /// Each lead is [handed over](Lead::with_assigned) to a rep within that time of its arrival.
    #[must_use]
    pub const fn with_handover(self, within: Length) -> Self {
        Self {
            handover_within: Some(within),
            ..self
        }
    }

    /// Each lead is [touched](Lead::with_first_touch) by a human within that time of its arrival.
    #[must_use]
    pub const fn with_follow_up(self, within: Length) -> Self {
        Self {
            follow_up_within: Some(within),
            ..self
        }
    }

    /// Each lead is [tried](Lead::with_attempt) at least so many times in its first seven days of 24 hours. A try counts once its day is over:
    /// until then a lead that was tried often enough is [pending](Clause::pending).
    #[must_use]
    pub const fn with_tries(self, in_first_week: u32) -> Self {
        Self {
            tries_in_first_week: Some(in_first_week),
            ..self
        }
    }

    /// Who kept what of the leads that arrived in the period.
    #[must_use]
    pub fn judge<I>(&self, leads: I, view: impl Into<LeadScope>) -> Kept
    where
        I: IntoIterator,
        I::Item: Borrow<Lead>,
    {
        let view = view.into();
        let mut kept = self.nothing(&view);
        for lead in leads {
            self.add(&mut kept, lead.borrow(), &view);
        }
        kept
    }

    /// The same for each rep, or whatever else the key tells apart, without marketing's supply, which is that of all.
    #[must_use]
    pub fn judge_by<'a, K, I>(
        &self,
        leads: I,
        view: impl Into<LeadScope>,
        mut key: impl FnMut(&'a Lead) -> K,
    ) -> BTreeMap<K, Kept>
    where
        K: Ord,
        I: IntoIterator<Item = &'a Lead>,
    {
        let view = view.into();
        let alone = Self {
            leads_a_month: None,
            ..*self
        };
        let mut groups = BTreeMap::new();
        for lead in leads {
            let kept = groups
                .entry(key(lead))
                .or_insert_with(|| alone.nothing(&view));
            alone.add(kept, lead, &view);
        }
        groups
    }

    /// The same for each month of the period, seen as the period is.
    #[must_use]
    pub fn judge_months<I>(&self, leads: I, view: impl Into<LeadScope>) -> Vec<(Period, Kept)>
    where
        I: IntoIterator,
        I::Item: Borrow<Lead>,
    {
        let view = view.into();
        let mut months = Vec::new();
        for month in view.scope().period().months() {
            let of_month = view.of_period(month);
            let kept = self.nothing(&of_month);
            months.push((month, of_month, kept));
        }
        for lead in leads {
            for (_, of_month, kept) in &mut months {
                self.add(kept, lead.borrow(), of_month);
            }
        }
        let kept = |(month, _, kept)| (month, kept);
        months.into_iter().map(kept).collect()
    }

    fn nothing(&self, view: &LeadScope) -> Kept {
        let supply = self.leads_a_month;
        Kept {
            arrived: 0,
            supply: supply
                .map(|least| supply::months(view, least))
                .unwrap_or_default(),
            handover: self.handover_within.map(|_| Clause::default()),
            follow_up: self.follow_up_within.map(|_| Clause::default()),
            tries: self.tries_in_first_week.map(|_| Clause::default()),
        }
    }

    fn add(&self, kept: &mut Kept, lead: &Lead, view: &LeadScope) {
        let Some(seen) = view.arrived(lead) else {
            return;
        };
        kept.arrived += 1;
        let id = lead.id();
        for month in &mut kept.supply {
            month.add(lead, seen.on);
        }
        if let Some((clause, within)) = kept.handover.as_mut().zip(self.handover_within) {
            clause.add_wait(id, seen.handover, within);
        }
        if let Some((clause, within)) = kept.follow_up.as_mut().zip(self.follow_up_within) {
            clause.add_wait(id, seen.touch, within);
        }
        if let Some((clause, least)) = kept.tries.as_mut().zip(self.tries_in_first_week) {
            let end = seen.days_over.min(WEEK);
            let mut tried = 0_u32;
            lead.each_attempt_day(|day| tried = tried.saturating_add(u32::from(day < end)));
            clause.add_tried(id, tried >= least, seen.days_over >= WEEK);
        }
    }
}

/// Which leads kept an [`Sla`], clause by clause; what it does not promise is left out.
///
/// Its JSON is written, not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Kept {
    /// Leads that arrived in the period, up to the as-of day: every clause but the supply has each of them in one place.
    pub arrived: u64,
    /// Marketing's leads, month by month.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supply: Vec<MonthOfSupply>,
    /// Handed over in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handover: Option<Clause>,
    /// Followed up in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<Clause>,
    /// Tried often enough in the first week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries: Option<Clause>,
}
