use core::fmt;

use serde::Serialize;

/// Why a KPI has no value. Never 0, never NaN: a reason.
///
/// Its text is lower case and stands by itself (`no deal was won`), and is what `Debug` shows, too, since that is what a `main` prints;
/// its JSON, which is written and not read, is its name (`"no_won_deals"`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Undefined {
    /// No deal was won in the period.
    #[error("no deal was won")]
    NoWonDeals,
    /// No deal was lost in the period.
    #[error("no deal was lost")]
    NoLostDeals,
    /// No deal was won or lost in the period.
    #[error("no deal was won or lost")]
    NoDecidedDeals,
    /// None of the others' deals was won or lost, with whose win rate a rep's is weighed.
    #[error("none of the others' deals was won or lost")]
    NobodyElseDecided,
    /// A scorecard, or a part of it, has no metric for it: none at all, or none that gives points.
    #[error("there is no metric for it")]
    NoMetrics,
    /// None of the metrics of a scorecard, or of a part of it, has a value.
    #[error("none of its metrics has a value")]
    NoMetricValues,
    /// No deal was won, lost or disqualified in the period.
    #[error("no deal was closed")]
    NoClosedDeals,
    /// No deal was created in the period.
    #[error("no deal was created")]
    NoDealsCreated,
    /// Deals were created or won, and of none of them is it known who found it.
    #[error("no deal's origin is known")]
    NoDealOrigin,
    /// The amounts of the created deals add up to 0.
    #[error("the amounts of the created deals add up to 0")]
    ZeroCreatedAmount,
    /// No deal is open on the [`evening`](crate::Scope::evening).
    #[error("no deal is open")]
    NoOpenDeals,
    /// Deals are open, and of none is the creation known.
    #[error("of none of the open deals is the creation known")]
    NoCreation,
    /// Deals count here, and not one of them has an amount: their total is unknown, not 0.
    #[error("none of the deals has an amount")]
    NothingPriced,
    /// Deals count here, and not one of them has both an amount and a probability.
    #[error(
        "none of the open deals has both an amount and a probability; kpi::stage_probability learns one from a history"
    )]
    NothingWeighable,
    /// Deals were won, and not one of them has both an amount and a cost.
    #[error("none of the won deals has both an amount and a cost")]
    NothingCosted,
    /// Deals were won, and not one of them has both an amount and a list price.
    #[error("none of the won deals has both an amount and a list price")]
    NothingListed,
    /// The list prices of the won deals add up to 0.
    #[error("the list prices add up to 0")]
    ZeroListPrice,
    /// The bookings that would be divided by are 0.
    #[error("the bookings are 0")]
    ZeroRevenue,
    /// The amounts of the won and lost deals add up to 0.
    #[error("the amounts of the won and lost deals add up to 0")]
    ZeroDecidedAmount,
    /// The earlier bookings, which growth is measured against, are 0.
    #[error("the previous period's bookings are 0")]
    ZeroPreviousRevenue,
    /// No priced won deal names an account.
    #[error("no won deal with an amount names an account")]
    NoAccounts,
    /// Of no deal that closed are the dates known and in order.
    #[error("of no closed deal is the creation known and on or before its close")]
    NoSoundCycle,
    /// So many deals are still open that nobody knows how long half of them take.
    #[error("at least half of the deals were always left; look from a later day")]
    HalfStillLeft,
    /// Some of the deals are still open, and none was created so many days ago that is open, or closed so many days after its creation.
    #[error(
        "some of the deals are still open, and none was seen for that many days; look from a later day, or ask for fewer days"
    )]
    NotSeenThatLong,
    /// No won deal has a first contact on or before its close.
    #[error("no won deal has a first contact on or before its close")]
    NoFirstContact,
    /// The mean sales cycle is 0 days, and a velocity would divide by it.
    #[error("the sales cycle is 0 days")]
    ZeroCycle,
    /// No lead arrived in the period.
    #[error("no lead arrived")]
    NoLeads,
    /// Leads arrived, and nobody touched one of them.
    #[error("no lead was touched")]
    NoTouchedLeads,
    /// Leads arrived and were touched, all of them before they arrived.
    #[error("no lead was touched on or after its arrival")]
    NoSoundResponse,
    /// Leads arrived, and of none it is known how long it waited: they arrived or were touched on days without a time.
    #[error("of no lead it is known at which times of day it arrived and was touched")]
    NoTimeOfDay,
    /// Leads arrived, none of them has a response time, and none has waited for too long yet.
    #[error("of no lead is it known that its time for a response is up")]
    NoDueLeads,
    /// Leads arrived, and none of them so many days before the end of the as-of day.
    #[error("no lead arrived that many days ago")]
    NoLeadsThatOld,
    /// No lead is open on the [`evening`](crate::Scope::evening).
    #[error("no lead is open")]
    NoOpenLeads,
    /// Leads arrived, and nobody knows of one whether marketing or sales found it.
    #[error("no lead's origin is known")]
    NoKnownOrigin,
    /// No lead was touched for the first time in the period.
    #[error("no lead was contacted")]
    NoContactedLeads,
    /// Sales has accepted or given back none of the leads that marketing qualified in the period.
    #[error("no lead that marketing qualified was accepted or given back")]
    NoHandoversDecided,
    /// Sales accepted no lead in the period.
    #[error("no lead was accepted")]
    NoAcceptedLeads,
    /// No lead reached the one milestone in the period that had reached the other by then.
    #[error("no lead went from the one milestone to the other")]
    NobodyOnThatWay,
    /// The earlier number of qualified leads, which growth is measured against, is 0.
    #[error("no lead of the previous period was qualified")]
    ZeroPreviousLeads,
    /// No call was made in the period.
    #[error("no call was made")]
    NoCalls,
    /// Calls were made, and not one of them has a duration.
    #[error("none of the calls has a duration")]
    NoTimedCalls,
    /// No call of the period reached the other side.
    #[error("no call was connected")]
    NoConnectedCalls,
    /// No call of the period was one that could be answered by a callback.
    #[error("no call went to voicemail or was missed")]
    NothingToCallBack,
    /// No email was sent in the period.
    #[error("no email was sent")]
    NoEmails,
    /// No call out of the period says whether it reached somebody.
    #[error("of no call out is the outcome known")]
    NoKnownCallsOut,
    /// No meeting was booked in the period.
    #[error("no meeting was booked")]
    NoMeetingsBooked,
    /// No meeting scheduled in the period was held, and none was missed.
    #[error("no meeting was held or missed")]
    NoMeetingsDue,
    /// No activity of the period has a duration.
    #[error("no activity has a duration")]
    NoTimedActivities,
    /// The durations of the activities add up to 0.
    #[error("the durations add up to 0")]
    ZeroDuration,
    /// The time a call takes must be above 0.
    #[error("the time a call takes is not above 0")]
    CallTimeNotPositive,
    /// No working time is logged in the period.
    #[error("no working time is logged")]
    NoWorkingTime,
    /// Working time is logged, and none of it says how much of it was selling.
    #[error("none of the working time says how much of it was selling")]
    SellingTimeUnknown,
    /// The working time adds up to 0.
    #[error("the working time is 0")]
    ZeroWorkingTime,
    /// Deals were open on a past evening: what today's records say of their value then is hindsight.
    ///
    /// So it is where one of them has closed since (`totals().open_then()` counts these, and
    /// [`DealStock::OpenThen`](crate::tally::DealStock::OpenThen) lists them), and where one looks from a day later than the
    /// [`evening`](crate::Scope::evening). A scope [`as_of`](crate::Scope::as_of) the day of the records, in a running period, has a value;
    /// [`History::deals_on`](crate::History::deals_on) gives the deals as they were then;
    /// [`hindsight_pipeline_value`](crate::kpi::hindsight_pipeline_value) takes today's records as they are.
    ///
    /// With a history, it is so where that does not reach back to an evening that is asked for, or does not keep what is asked.
    #[error(
        "needs history: neither today's records nor a history that reaches back to it say what deals were worth on that evening; tally History::deals_on(that day), or take hindsight_pipeline_value for what the records say now"
    )]
    NeedsHistory,
    /// No deal reached a stage for the first time in the period.
    #[error("no deal reached the stage")]
    StageNotReached,
    /// No visit to a stage ended in the period.
    #[error("no deal left the stage")]
    StageNotLeft,
    /// Of the deals open before the period, none was expected to close in it.
    #[error("no deal was expected to close in the period")]
    NoDealsExpected,
    /// What was expected to close in the period adds up to 0.
    #[error("the deals expected to close in the period are worth 0")]
    ZeroExpectedAmount,
    /// Fewer deals were won or lost than asked for.
    #[error(
        "fewer deals that had reached the stage were won or lost than asked for; take a longer period, or ask for fewer (FunnelTally::stage counts them)"
    )]
    TooFewDecided,
    /// The last day of the period has come: nothing is due in it any more.
    #[error("the period is over; look from a day in it, or from before it")]
    PeriodOver,
    /// The day from which one looks is before the period.
    #[error("the period has not begun")]
    NothingElapsed,
    /// None of the periods is over on its as-of day, and a running one is not judged.
    #[error("no period is over yet")]
    NothingOver,
    /// What a year would bring is not told from fewer than 28 days.
    #[error("less than 28 days have passed, which tells nothing of a year")]
    TooShort,
    /// A target must be above 0.
    #[error("the target is not above 0")]
    TargetNotPositive,
    /// The target is met already; nothing remains to be covered.
    #[error("the target is already met")]
    TargetMet,
    /// What is won and what the deals due will bring reaches the target: no more pipeline is needed.
    #[error("the forecast reaches the target")]
    ForecastReachesTarget,
    /// Activities are needed that say which deals they are about, and none does.
    #[error("no activity names a deal")]
    NoActivityNamesADeal,
    /// At a win rate of 0, no pipeline is enough.
    #[error("the win rate is 0")]
    ZeroWinRate,
    /// What really came must be above 0, for a forecast to be held against it.
    #[error("the actual is not above 0")]
    ActualNotPositive,
    /// No forecast was given, to be held against what really came.
    #[error("no forecast was given")]
    NothingForecast,
    /// From one period of the history to the next nothing changed, or there are not two of them: so nothing says how hard it is to forecast.
    #[error("the history never moved")]
    HistoryNeverMoved,
    /// No rep has a quota of money in the period.
    #[error("no rep has a quota of money")]
    NoQuota,
    /// No rep has a quota of deals in the period.
    #[error("no rep has a quota of deals")]
    NoDealQuota,
    /// No rep who has worked, and whose ramp is over or who has none, has a quota above 0 in the period.
    #[error("no rep whose ramp is over has a quota")]
    NoRampedReps,
    /// No rep who has worked, and whose ramp is not over, has a quota above 0 in the period.
    #[error("no rep whose ramp goes on has a quota")]
    NoRampingReps,
    /// The quotas, as far as they are expected, add up to 0.
    #[error("the quotas add up to 0")]
    ZeroQuota,
    /// No rep worked on any day of the period.
    #[error("no rep worked in the period")]
    NoActiveReps,
    /// No rep of the roster is employed on the [`evening`](crate::Scope::evening), and goes on.
    #[error("no rep works on the evening")]
    NoRepsOnTheDay,
    /// The full-time equivalents of the firm must be above 0.
    #[error("the full-time equivalents are not above 0")]
    StaffNotPositive,
    /// No rep was there when the period began, and none when it ended.
    #[error("no rep was there at the start or at the end of the period")]
    NoHeadCount,
    /// No rep who was hired in the periods has reached quota in one of them.
    #[error("no rep hired in these periods has reached quota yet")]
    NobodyAtQuota,
    /// No rep was hired in the period.
    #[error("no rep was hired")]
    NobodyHired,
    /// Reps were hired in the period, and none of them has won a deal.
    #[error("no rep hired in the period has won yet")]
    NobodyHasWon,
    /// No target was given.
    #[error("no target was given")]
    NoTarget,
    /// The period has no working day up to the as-of day.
    #[error("no day is a working day")]
    NoWorkingDays,
    /// No account is a customer at the end of the period.
    #[error("no account is a customer at the end")]
    NoCustomersAtEnd,
    /// A churn per unit of time was asked of a period that is none.
    #[error("the period is no whole month, quarter, half-year or year, or is not over yet")]
    NoUnitOfTime,
    /// Without the states of deals in time there is no funnel, and nothing has moved.
    #[error("no states of deals were given")]
    NoStatesGiven,
    /// States of deals were given, and nobody said in which order the stages stand.
    #[error("no order of stages was given; say it with Book::with_stages")]
    NoStagesGiven,
    /// Deals are due, and none of them names a stage of the order.
    #[error("no deal due is in a stage of the order; check how the stages are spelled")]
    NoKnownStage,
    /// A stage was asked of, and none was given.
    #[error("no stage was given")]
    NoStage,
    /// No deals were given.
    #[error("no deals were given")]
    NoDealsGiven,
    /// No deals were given, by which accounts buy for the first time.
    #[error("no purchases were given; they need the deals of all time")]
    NoPurchasesGiven,
    /// No leads were given.
    #[error("no leads were given")]
    NoLeadsGiven,
    /// A [`DealDetail`](crate::DealDetail) is needed, and its part of a fixed size was given alone.
    #[error("this needs a DealDetail; a DealTally was given")]
    NeedsDealDetail,
    /// A [`LeadDetail`](crate::LeadDetail) is needed, and its part of a fixed size was given alone.
    #[error("this needs a LeadDetail; a LeadTally was given")]
    NeedsLeadDetail,
    /// A [`SurvivalTally`](crate::SurvivalTally) is needed, and another tally of deals was given alone.
    #[error("this needs a SurvivalTally; a DealTally or DealDetail was given")]
    NeedsSurvivalTally,
    /// A [`SpreadTally`](crate::SpreadTally) is needed, and another tally of deals was given alone.
    #[error("this needs a SpreadTally; a DealTally or DealDetail was given")]
    NeedsSpreadTally,
    /// A [`CustomerTally`](crate::CustomerTally) is needed, and that of the renewals was given alone.
    #[error("this needs a CustomerTally; a RenewalTally was given")]
    NeedsCustomerTally,
    /// A [`RenewalTally`](crate::RenewalTally) is needed, and that of the customers was given alone.
    #[error("this needs a RenewalTally; a CustomerTally was given")]
    NeedsRenewalTally,
    /// A [`CommitmentTally`](crate::CommitmentTally) is needed, and that of the customers was given alone.
    #[error("this needs a CommitmentTally; a CustomerTally was given")]
    NeedsCommitmentTally,
    /// No activities were given.
    #[error("no activities were given")]
    NoActivitiesGiven,
    /// No hours of work were given.
    #[error("no hours of work were given")]
    NoWorkTimeGiven,
    /// No reps were given.
    #[error("no reps were given")]
    NoTeamGiven,
    /// No contracts were given.
    #[error("no contracts were given")]
    NoContractsGiven,
    /// No expenses were given.
    #[error("no spend was given")]
    NoSpendGiven,
    /// In a group: none of these were given, or they are not told apart by its dimension.
    #[error("no {0} were given, or they are not told apart by group")]
    NotToldApart(#[serde(skip)] &'static str),
    /// No earlier periods of the team were given.
    #[error("no earlier periods of the team were given")]
    NoHistory,
    /// No working hours and holidays were given.
    #[error("no working calendar was given")]
    NoCalendar,
    /// No channel was given.
    #[error("no channel was given")]
    NoChannel,
    /// No customer lifetime was given.
    #[error("no customer lifetime was given")]
    NoLifetime,
    /// No net burn was given.
    #[error("no net burn was given")]
    NoNetBurn,
    /// No contract was given.
    #[error("no contract was given")]
    NoContract,
    /// No operating margin was given.
    #[error("no operating margin was given")]
    NoOperatingMargin,
    /// A target, a margin, a burn or a contract was given, but not for this column or group of a report.
    #[error("what it needs was given for the report's own period of the whole business alone")]
    OnlyForThePeriod,
    /// The same period a year before was not given.
    #[error("the year before was not given")]
    NoYearBefore,
    /// No previous period was given.
    #[error("no previous period was given")]
    NoPreviousPeriod,
    /// No account's first win ever is in the period.
    #[error("no account became a customer")]
    NoNewCustomers,
    /// No account's first win ever is in the period and names the channel as its source.
    #[error("no account became a customer through the channel")]
    NoNewCustomersOfChannel,
    /// No account's first contract as a customer starts in the period.
    #[error("no account's first contract starts in the period")]
    NoNewContracts,
    /// Revenue times margin is 0 or below: a cost is never paid back by it.
    #[error("the revenue or the margin is not above 0")]
    GrossProfitNotPositive,
    /// The cost of acquisition that would be divided by is no cost.
    #[error("the acquisition cost is not above 0")]
    CostNotPositive,
    /// The churn that would be divided by is 0.
    #[error("the churn is 0")]
    ZeroChurn,
    /// There was no customer on the evening before the period.
    #[error("there was no customer at the start")]
    NoCustomersAtStart,
    /// No contract of a customer was active on the evening before the period.
    #[error("no contract was active at the start")]
    NoContractsAtStart,
    /// No contract came up for renewal in the period.
    #[error("no contract came up for renewal")]
    NoContractsDue,
    /// There are contracts, and no recurring fee of them is known.
    #[error("no recurring fee is known")]
    NoRecurringFee,
    /// No contract that renews no other was signed in the period.
    #[error("no new contract was signed")]
    NoContractsSigned,
    /// No contract of a customer was signed in the period, be it new or a renewal.
    #[error("no contract was signed")]
    NothingSigned,
    /// Contracts were signed, and the total value of none of them is known: they have no agreed end or no recurring fee, or it is not exact.
    #[error("of none of the signed contracts the total value is known")]
    NoTotalValue,
    /// Contracts were signed, and none of them has an agreed end.
    #[error("none of the signed contracts has an agreed end")]
    NoTerm,
    /// No contract that came up in the period was renewed by the as-of day.
    #[error("no contract was renewed")]
    NothingRenewed,
    /// The recurring revenue on the evening before the period, which what is left is measured against, is 0: nobody paid, or what those
    /// who did pay is not known on both evenings.
    #[error("the recurring revenue at the start is 0, or is not known at both ends")]
    ZeroOpeningRevenue,
    /// No customer left or paid less.
    #[error("no recurring revenue was lost")]
    NoRecurringLoss,
    /// No new customer pays a recurring fee that is known, and no old one pays more.
    #[error("no recurring revenue was gained")]
    NoRecurringGain,
    /// No new customer pays a recurring fee that is known.
    #[error("no new customer pays a recurring fee")]
    NoNewRecurring,
    /// No account that was a customer once was none on the evening before the period.
    #[error("no former customer could be won back")]
    NoFormerCustomers,
    /// The recurring revenue at the end is not above that at the start.
    #[error("the recurring revenue did not grow")]
    NoRecurringGrowth,
    /// The period holds no expense of any category that the figure needs: that is not a spend of 0.
    #[error("no such expense is recorded in the period")]
    NoSpend,
    /// What was spent, less what came back, is no cost: below 0, or 0 where it would be divided by.
    #[error("the spend, less refunds, is not above 0")]
    SpendNotPositive,
    /// The totals that were given lack this counter.
    ///
    /// What a tally counts from records has all of them; what is made by `from_totals` has those that were
    /// [given](crate::tally::Given), and the sum of two what both have.
    /// A counter inside of another one has the names of both: `recurring.new`, `call_outcomes.connected`, `won.all`.
    #[error("not counted: {0}; give it along with the other totals")]
    NotCounted(
        // Its name alone is written, as of the others.
        #[serde(skip)] &'static str,
    ),
    /// A pace was asked of a KPI that does not add up over time: a rate, a mean, what is counted on an evening.
    #[error("the KPI does not add up over time, and so it has no pace")]
    NoFlow,
    /// A [plan](crate::plan::Plan) lacks this input, and it is never guessed.
    #[error("the plan has no {0}; give it, or read it off records")]
    InputNotGiven(#[serde(skip)] &'static str),
    /// With an input of 0, nothing is enough.
    #[error("the plan's {0} is not above 0")]
    InputNotPositive(#[serde(skip)] &'static str),
    /// The result has more digits than a decimal holds.
    #[error("the result is beyond what a decimal number holds")]
    OutOfRange,
    /// The reason of a KPI of your own, in your words: as the others, in lower case and without a full stop.
    #[error("{0}")]
    Own(#[serde(skip)] &'static str),
}

impl Undefined {
    /// The same in a group, where what was not given may have been given for the whole.
    pub(crate) fn in_group(self) -> Self {
        Self::NotToldApart(match self {
            Self::NoDealsGiven => "deals",
            Self::NoStatesGiven => "states of deals",
            Self::NoPurchasesGiven => "purchases",
            Self::NoLeadsGiven => "leads",
            Self::NoActivitiesGiven => "activities",
            Self::NoWorkTimeGiven => "hours of work",
            Self::NoTeamGiven => "reps",
            Self::NoContractsGiven => "contracts",
            Self::NoSpendGiven => "expenses",
            other => return other,
        })
    }
}

/// Its text.
impl fmt::Debug for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
