//! From the target back: what each stage takes.

use rust_decimal::Decimal;

use super::given::{
    AVERAGE_DEAL, Aim, LEAD_CONVERSION, PER_LEAD, PER_OPPORTUNITY, REPS, TIME_PER_ACTIVITY,
    WIN_RATE, WORKING_TIME,
};
use super::input::positive;
use super::need::Span;
use super::{Input, Load, Need, Plan, reach};
use crate::error::{Error, Undefined};
use crate::kpi;
use crate::value::money::expect_currency;
use crate::value::{Average, Money, Rate};

impl Plan {
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
            let few = line.sample.filter(|_| line.is_small(least));
            small.extend(few.map(|sample| (line.name, sample)));
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
