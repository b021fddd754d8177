use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::input::positive;
use super::need::Span;
use super::wire::Wire;
use super::{Input, Load, Need, reach};
use crate::error::{Error, Undefined};
use crate::kpi;
use crate::period::{Period, WorkCalendar};
use crate::record::ActivityKind;
use crate::value::money::expect_currency;
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
/// Each is rounded once, as a whole for the whole plan; what a [`Need`] is per month, week, day or rep is not rounded. A figure with more than
/// 20 digits, such as a win rate of a third, was rounded to what a decimal holds, and takes no opportunity more for that.
///
/// Each input is a value that can be replaced: a copy with another win rate is the what-if, [beside](Self::beside) the plan it came from. In
/// which order they are given plays no part. What is not given is [`Undefined::InputNotGiven`] where it is needed.
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
    /// So much is to be won in a period: bookings, as [`total_revenue`](kpi::total_revenue).
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

    /// What is to be won; where the plan is of wins, what they bring: wins × average deal.
    ///
    /// # Errors
    /// [`Undefined::TargetNotPositive`] where the target is 0 or less; of wins, [`Undefined::InputNotGiven`],
    /// [`Undefined::InputNotPositive`] or what else is the matter with the average deal.
    pub fn revenue(&self) -> Result<Money, Undefined> {
        match self.aim {
            Aim::Revenue(revenue) if revenue.amount() > Decimal::ZERO => Ok(revenue),
            Aim::Revenue(_) | Aim::Wins(0) => Err(Undefined::TargetNotPositive),
            Aim::Wins(wins) => {
                let each = self.average_deal.value()?;
                let number = positive(AVERAGE_DEAL, Ok(each.amount()))?;
                let sum = number.checked_mul(reach::within(wins)?.into());
                let sum = sum.ok_or(Undefined::OutOfRange)?;
                Ok(Money::new(sum.normalize(), each.currency()))
            }
        }
    }

    /// How many deals are to be won: ⌈revenue / average deal⌉. With these the revenue is reached, and with one less it is not.
    ///
    /// # Errors
    /// [`Undefined::TargetNotPositive`] where the target is 0 or less; [`Undefined::InputNotGiven`], [`Undefined::InputNotPositive`] or what
    /// else is the matter with the average deal; [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where it is in another
    /// currency than the revenue; [`Undefined::OutOfRange`] above 10¹⁰.
    pub fn wins(&self) -> Result<Need, Error> {
        let wins = match self.aim {
            Aim::Wins(0) => return Err(Undefined::TargetNotPositive.into()),
            Aim::Wins(wins) => reach::within(wins)?,
            Aim::Revenue(_) => {
                let revenue = self.revenue()?;
                let each = self.average_deal.value()?;
                expect_currency("the average deal", revenue.currency(), each.currency())?;
                let each = positive(AVERAGE_DEAL, Ok(each.amount()))?;
                reach::fewest(revenue.amount(), each)?
            }
        };
        Ok(self.need(wins))
    }

    /// How many opportunities that takes: ⌈wins / win rate⌉. They are to be created about [as long](Self::with_days_open) before their wins
    /// as they are open: for wins of the whole period some of them before it begins.
    ///
    /// # Errors
    /// As [`wins`](Self::wins), of the win rate too.
    pub fn opportunities(&self) -> Result<Need, Error> {
        let rate = positive(WIN_RATE, self.win_rate.value().map(Rate::fraction));
        self.taken_by(self.wins()?, rate?)
    }

    /// How many leads that takes: ⌈opportunities / lead conversion⌉.
    ///
    /// # Errors
    /// As [`opportunities`](Self::opportunities), of the lead conversion too.
    pub fn leads(&self) -> Result<Need, Error> {
        let rate = self.lead_conversion.value().map(Rate::fraction);
        let rate = positive(LEAD_CONVERSION, rate);
        self.taken_by(self.opportunities()?, rate?)
    }

    /// How many activities that takes: ⌈leads × activities per lead⌉ + ⌈opportunities × activities per opportunity⌉. Where only one of these
    /// was given, of that alone.
    ///
    /// # Errors
    /// As [`leads`](Self::leads) where they are given per lead, else as [`opportunities`](Self::opportunities);
    /// [`Undefined::InputNotGiven`] where they are given for neither; [`Undefined::InputNotPositive`] where they are not above 0, or what
    /// else is the matter with them.
    pub fn activities(&self) -> Result<Need, Error> {
        let is_absent =
            |input: Input<Average>, name| input.value() == Err(Undefined::InputNotGiven(name));
        let (no_leads, no_opportunities) = (
            is_absent(self.per_lead, PER_LEAD),
            is_absent(self.per_opportunity, PER_OPPORTUNITY),
        );
        let mut sum = 0;
        if !no_leads || no_opportunities {
            let each = self.per_lead.value().map(Average::decimal);
            let each = positive(PER_LEAD, each)?;
            sum += reach::all(self.leads()?.count(), each)?;
        }
        if !no_opportunities {
            let each = self.per_opportunity.value().map(Average::decimal);
            let each = positive(PER_OPPORTUNITY, each)?;
            sum += reach::all(self.opportunities()?.count(), each)?;
        }
        Ok(self.need(reach::within(sum)?))
    }

    /// How many opportunities are open at a time, on average, if they come in evenly: Little's law, opportunities / days of the period × days
    /// open. Not rounded.
    ///
    /// Surprise: it is not the opportunities of a year, of which most come later or are closed by then.
    ///
    /// # Errors
    /// As [`opportunities`](Self::opportunities), of the days open too.
    pub fn open_at_a_time(&self) -> Result<Average, Error> {
        let days = self.days_open.value()?.decimal();
        let count = Decimal::from(self.opportunities()?.count());
        let open = count
            .checked_mul(days)
            .and_then(|sum| sum.checked_div(self.span().days().into()));
        Ok(Average::new(open.ok_or(Undefined::OutOfRange)?))
    }

    /// Whether the activities fit into the working day of the reps.
    ///
    /// # Errors
    /// As [`activities`](Self::activities); [`Undefined::InputNotGiven`] where the number of reps, the working time or the time per activity
    /// was not given; [`Undefined::InputNotPositive`] where there is no rep; [`Undefined::CallTimeNotPositive`] where an activity takes no
    /// time; [`Undefined::NoCalendar`] without a calendar; [`Undefined::NoWorkingDays`] where the period has no working day.
    pub fn load(&self) -> Result<Load, Error> {
        let activities = self.activities()?.count();
        let days = self.span().working_days()?;
        let not_given = |name| Undefined::InputNotGiven(name);
        let working = self.working_time.ok_or(not_given(WORKING_TIME))?;
        let each = self.time_per_activity;
        let each = each.ok_or(not_given(TIME_PER_ACTIVITY))?;
        let capacity = kpi::call_capacity(working, each)?;
        Ok(Load::new(activities, days, self.heads()?, capacity))
    }

    /// The inputs that rest on fewer records than that: what they are called, and on how many.
    #[must_use]
    pub fn small_inputs(&self, least: u64) -> Vec<(&'static str, u64)> {
        let mut small = Vec::new();
        for line in self.inputs() {
            let few = line.sample.filter(|sample| *sample < least);
            small.extend(few.filter(|_| line.value.is_ok()).map(|n| (line.name, n)));
        }
        small
    }

    /// How many of them it takes to come to a need, if this share of them does.
    fn taken_by(&self, need: Need, share: Decimal) -> Result<Need, Error> {
        let count = reach::fewest(need.count().into(), share)?;
        Ok(self.need(count))
    }

    fn need(&self, count: u64) -> Need {
        Need::new(count, self.span(), self.heads())
    }

    fn heads(&self) -> Result<u64, Undefined> {
        match self.reps {
            None => Err(Undefined::InputNotGiven(REPS)),
            Some(0) => Err(Undefined::InputNotPositive(REPS)),
            Some(reps) => Ok(reps.into()),
        }
    }

    fn span(&self) -> Span {
        Span::of(self.period, self.calendar.as_ref())
    }
}
