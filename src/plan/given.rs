//! What a plan is given.

use serde::{Deserialize, Serialize};

use super::Input;
use super::wire::Wire;
use crate::period::{Period, WorkCalendar};
use crate::record::ActivityKind;
use crate::value::{Average, Days, Length, Money, Rate};

/// A plan from its end: what is to be won in a period, and what it takes.
///
/// | of | it takes | rounded |
/// | --- | --- | --- |
/// | revenue | wins: revenue / average deal | up |
/// | wins | opportunities: wins / win rate | up |
/// | opportunities | leads: opportunities / lead conversion | up |
/// | leads and opportunities | activities: leads × activities per lead + opportunities × activities per opportunity | each product up |
/// | opportunities | open at a time: opportunities / days of the period × days open | not |
///
/// Each is rounded once, as a whole for the whole plan; what a [`Need`](super::Need) is per month, week, day or rep is not rounded. What only
/// the 21st digit adds is not rounded up: a win rate of a third, of which a decimal holds 28 digits, takes no opportunity more for that.
///
/// Each input is a value that can be replaced: a copy with another win rate is the what-if, [beside](Self::beside) the plan it came from. In
/// which order they are given plays no part. What is not given is [`Undefined::InputNotGiven`](crate::Undefined::InputNotGiven) where it is needed.
///
/// It is data: its JSON is written and read. An input that was read off records and has no value is left out of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub struct Plan {
    pub(super) period: Period,
    pub(super) aim: Aim,
    pub(super) average_deal: Input<Money>,
    pub(super) win_rate: Input<Rate>,
    pub(super) lead_conversion: Input<Rate>,
    pub(super) days_open: Input<Days>,
    pub(super) per_lead: Input<Average>,
    pub(super) per_opportunity: Input<Average>,
    pub(super) activity_kind: ActivityKind,
    pub(super) reps: Option<u32>,
    pub(super) calendar: Option<WorkCalendar>,
    pub(super) working_time: Option<Length>,
    pub(super) time_per_activity: Option<Length>,
}

/// What is to be won.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Aim {
    Revenue(Money),
    Wins(u64),
}

/// The inputs' names, as texts have them.
pub(super) const AVERAGE_DEAL: &str = "average deal";
pub(super) const WIN_RATE: &str = "win rate";
pub(super) const LEAD_CONVERSION: &str = "lead conversion";
pub(super) const DAYS_OPEN: &str = "days open";
pub(super) const PER_LEAD: &str = "activities per lead";
pub(super) const PER_OPPORTUNITY: &str = "activities per opportunity";
pub(super) const REPS: &str = "number of reps";
pub(super) const WORKING_TIME: &str = "working time";
pub(super) const TIME_PER_ACTIVITY: &str = "time per activity";

impl Plan {
    /// So much is to be won in a period: bookings, as [`total_revenue`](crate::kpi::total_revenue).
    #[must_use]
    pub fn of_revenue(revenue: Money, period: Period) -> Self {
        Self::new(Aim::Revenue(revenue), period)
    }

    /// So many deals are to be won in a period.
    #[must_use]
    pub fn of_wins(wins: u64, period: Period) -> Self {
        Self::new(Aim::Wins(wins), period)
    }

    fn new(aim: Aim, period: Period) -> Self {
        Self {
            period,
            aim,
            average_deal: Input::missing(AVERAGE_DEAL),
            win_rate: Input::missing(WIN_RATE),
            lead_conversion: Input::missing(LEAD_CONVERSION),
            days_open: Input::missing(DAYS_OPEN),
            per_lead: Input::missing(PER_LEAD),
            per_opportunity: Input::missing(PER_OPPORTUNITY),
            activity_kind: ActivityKind::Call,
            reps: None,
            calendar: None,
            working_time: None,
            time_per_activity: None,
        }
    }

    /// Another target: so much is to be won.
    #[must_use]
    pub fn with_revenue(self, revenue: Money) -> Self {
        let aim = Aim::Revenue(revenue);
        Self { aim, ..self }
    }

    /// Another target: so many deals are to be won.
    #[must_use]
    pub fn with_wins(self, wins: u64) -> Self {
        let aim = Aim::Wins(wins);
        Self { aim, ..self }
    }

    /// What a deal brings on average: an amount, or [`Input::average_deal`].
    #[must_use]
    pub fn with_average_deal(self, average_deal: impl Into<Input<Money>>) -> Self {
        let average_deal = average_deal.into();
        Self {
            average_deal,
            ..self
        }
    }

    /// Which share of the opportunities is won: a rate, or [`Input::win_rate`].
    #[must_use]
    pub fn with_win_rate(self, win_rate: impl Into<Input<Rate>>) -> Self {
        let win_rate = win_rate.into();
        Self { win_rate, ..self }
    }

    /// Which share of the leads becomes an opportunity: a rate, or [`Input::lead_conversion`]. Of a business that finds a part of its
    /// opportunities without leads it is the leads that all of them would take.
    #[must_use]
    pub fn with_lead_conversion(self, lead_conversion: impl Into<Input<Rate>>) -> Self {
        let lead_conversion = lead_conversion.into();
        Self {
            lead_conversion,
            ..self
        }
    }

    /// How long an opportunity is open on average, won or not: a number of days, or [`Input::days_open`].
    #[must_use]
    pub fn with_days_open(self, days_open: impl Into<Input<Days>>) -> Self {
        let days_open = days_open.into();
        Self { days_open, ..self }
    }

    /// How many activities a lead takes: a number, or [`Input::activities_per_lead`].
    #[must_use]
    pub fn with_activities_per_lead(self, per_lead: impl Into<Input<Average>>) -> Self {
        let per_lead = per_lead.into();
        Self { per_lead, ..self }
    }

    /// How many activities an opportunity takes: a number, or [`Input::activities_per_opportunity`].
    #[must_use]
    pub fn with_activities_per_opportunity(
        self,
        per_opportunity: impl Into<Input<Average>>,
    ) -> Self {
        let per_opportunity = per_opportunity.into();
        Self {
            per_opportunity,
            ..self
        }
    }

    /// Which kind the activities are of, for [`goals`](Self::goals): calls unless it is said otherwise.
    #[must_use]
    pub fn with_activity_kind(self, activity_kind: ActivityKind) -> Self {
        Self {
            activity_kind,
            ..self
        }
    }

    /// How many reps share the plan. By unequal parts they do so in [`quotas`](Self::quotas).
    #[must_use]
    pub fn with_reps(self, reps: u32) -> Self {
        let reps = Some(reps);
        Self { reps, ..self }
    }

    /// Which days are working days. Without it there are no figures per day: nobody makes calls on 365 days a year.
    #[must_use]
    pub fn with_calendar(self, calendar: WorkCalendar) -> Self {
        let calendar = Some(calendar);
        Self { calendar, ..self }
    }

    /// How long a rep can be at it on a working day.
    #[must_use]
    pub fn with_working_time(self, working_time: Length) -> Self {
        let working_time = Some(working_time);
        Self {
            working_time,
            ..self
        }
    }

    /// How long an activity takes, with what is spent on preparing it and writing it up.
    #[must_use]
    pub fn with_time_per_activity(self, time_per_activity: Length) -> Self {
        let time_per_activity = Some(time_per_activity);
        Self {
            time_per_activity,
            ..self
        }
    }

    /// What a deal brings on average.
    #[must_use]
    pub fn average_deal(&self) -> Input<Money> {
        self.average_deal
    }

    /// Which share of the opportunities is won.
    #[must_use]
    pub fn win_rate(&self) -> Input<Rate> {
        self.win_rate
    }

    /// Which share of the leads becomes an opportunity.
    #[must_use]
    pub fn lead_conversion(&self) -> Input<Rate> {
        self.lead_conversion
    }

    /// How long an opportunity is open on average.
    #[must_use]
    pub fn days_open(&self) -> Input<Days> {
        self.days_open
    }

    /// How many activities a lead takes.
    #[must_use]
    pub fn activities_per_lead(&self) -> Input<Average> {
        self.per_lead
    }

    /// How many activities an opportunity takes.
    #[must_use]
    pub fn activities_per_opportunity(&self) -> Input<Average> {
        self.per_opportunity
    }

    /// For which time it is.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }
}
