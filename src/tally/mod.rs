//! What a tally is.
//!
//! A tally holds the exact counts and sums of the records of one [`Scope`](crate::Scope): one period, one currency, seen
//! from one day. It is filled in one pass, by [`Deal::standing`](crate::Deal::standing), the one rule of who counts; every
//! KPI is then a division away. Its verbs:
//!
//! | verb | what it does |
//! | --- | --- |
//! | `new(scope)` | nothing yet: the identity of `merge` |
//! | `of(records, scope)` | one pass, one tally |
//! | `by(records, scope, key)` | one pass, a tally for each rep, region, account, … |
//! | `series(records, scopes)` | one pass, a tally for each scope, which may overlap: the months and their quarter |
//! | `grid(records, scopes, key)` | one pass, a tally for each group and each scope: a [`Grid`]; of a stream as well ([`of_rows`] where its rows may fail) |
//! | `record(record)` | one more record, from a stream |
//! | `merge(other)` | the tally of other records in the same scope: of another thread, region or machine |
//! | `from_totals(scope, totals)` | counts and sums that a database has made already: [`sql`] |
//!
//! An `Err` from `record` or `merge` leaves the tally as it was. `totals()` are its counts and sums: always those of all that
//! came in, and free to ask for.
//!
//! ```
//! use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, RepId, Scope, date};
//!
//! let deals = [Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_owner("ada")?];
//! let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
//! let by_owner = DealTally::by(&deals, q1, Deal::owner)?;
//! assert_eq!(by_owner[&Some(&RepId::new("ada")?)].totals().open()?.count, 1);
//! # Ok::<(), sales_metrics::Error>(())
//! ```
//!
//! # Which tally counts what
//! | tally | of | what is read from it |
//! | --- | --- | --- |
//! | [`DealTally`] | deals | revenue, conversion, cycles, pipeline |
//! | [`DealDetail`] | deals | medians, percentiles, ages, revenue per account; it contains a `DealTally` |
//! | [`SpreadTally`] | deals | over which accounts, days, finders and list prices the money is spread, and what is past due; it contains a `DealTally` |
//! | [`MovementTally`] | a [`History`](crate::History) of deals | both waterfalls, what slipped and what was pushed |
//! | [`FunnelTally`] | a history of deals | how far deals got, stage by stage, and how long they stayed |
//! | [`CalibrationTally`] | a history of deals | whether deals were won as often as their probabilities said |
//! | [`SurvivalTally`] | deals | how long deals take of which some are still open |
//! | [`ForecastTally`] | deals | each deal due in the period, and the distribution of what they will bring; it contains a `DealTally` |
//! | [`LossTally`] | deals | what deals were lost for; it contains a `DealTally` |
//! | [`QuietTally`] | deals, activities | open deals about which nothing was done of late; it contains a `DealTally` |
//! | [`CreatedTally`] | deals | what the reps of a roster created |
//! | [`TeamTally`] | deals, activities | quotas, productivity, turnover: wins, and what was done, joined to the reps of a [`Roster`](crate::Roster) |
//! | [`PurchaseTally`] | deals of all time | who bought for the first time and who bought again, and through which channel |
//! | [`RampTally`] | deals | what reps won since their hire, month by month |
//! | [`LeadTally`] | leads | how many came, were qualified, became deals and customers |
//! | [`LeadDetail`] | leads | response times, attempts, open leads of each rep; it contains a `LeadTally` |
//! | [`MilestoneTally`] | leads | how long leads take from one milestone to another, and how many are on the way |
//! | [`ResponseTally`] | leads | how soon leads are met, by limits, and what becomes of each |
//! | [`ActivityTally`] | activities | calls, emails, messages, meetings and their outcomes |
//! | [`WorkTally`] | working time | hours worked and sold |
//! | [`CustomerTally`] | contracts | recurring revenue on two evenings and how it moved, churn |
//! | [`RenewalTally`] | contracts | which contracts came up for renewal, and what renews them |
//! | [`CommitmentTally`] | contracts | what is signed and given notice of by an evening, and what comes up after it; what was signed in the period |
//! | [`CohortTally`] | contracts | customers by the month in which they came, and what is left of them |
//! | [`SpendTally`] | expenses | what was spent on sales and marketing, by channel |
//!
//! All but the details, the forecast, and the tallies of what is spread, of losses, of quiet deals, of survival, of what was created, of ramps, of milestones, of
//! responses, of commitments and of cohorts can be made of ready-made totals. What these leave out is not counted, and not
//! 0: a KPI that needs it is [`Undefined::NotCounted`](crate::Undefined::NotCounted) with its name. Some tallies take more than a
//! scope: a `TeamTally`, a `CreatedTally` and a `RampTally` take [`Scope::with_roster`](crate::Scope::with_roster), a `LeadDetail` takes a scope or
//! [`Scope::in_working_time`](crate::Scope::in_working_time), and a `ResponseTally` [`LeadScope::with_limits`](crate::LeadScope::with_limits). Every value that a detail has seen can be read from it, as a
//! [`Distribution`].
//!
//! # Adding up
//! Tallies of disjoint records in the same scope merge to exactly the tally of all of them, in any order and any split; a counter that
//! one of them was not given, the sum does not hold. Who is a customer, and what was renewed, does not add up from totals: tallies of
//! customers, purchases and renewals that are made of them are not merged. Over
//! time, flows add: the months' `won` are the quarter's. Stock does not, nor do distinct accounts, percentiles and
//! cohorts: ask for the quarter as well as for its months ([`DealTally::series`]).
//!
//! # Why no sum overflows
//! A tally takes at most 10¹⁰ records. Every count is at most that. Every amount is at most 10¹⁴ in units of 10⁻⁴, so a
//! sum of amounts is at most 10²⁸ units, which fits in the 96 bits of a `Decimal`. Every stretch of time is at most 401,766 days (the years 1900 to 2999), so a
//! sum of days is below 10¹⁶. Only amounts times probabilities, in units of 10⁻¹⁰, could pass 96 bits; their sum is
//! checked at every step. A stretch of time in microseconds is below 10¹⁷, so that a sum of response times is below 10²⁷.
//! The sums of durations and of working time are checked at every step, too: they are kept in 64 bits of microseconds,
//! which is 584,000 years. So is that of quotas, which are added up as exact fractions.
//!
//! Where another record changes what an account, a contract or a first win comes to, that is taken out of the totals as it was and
//! put in as it is. What is taken out was put in before, as it stands, so that nothing falls below 0.

pub(crate) mod activity;
pub(crate) mod customer;
pub(crate) mod deal;
mod distribution;
mod engine;
pub(crate) mod error;
mod given;
pub(crate) mod lead;
mod priced;
mod rules;
pub(crate) mod spend;
#[doc = include_str!("sql.md")]
pub mod sql {}
mod store;
pub(crate) mod team;

pub(crate) use activity::{ActivityTally, WorkTally};
pub use activity::{ActivityTotals, CallOutcomes, Logged, MeetingOutcomes, WorkTotals};
pub(crate) use customer::purchased_on;
pub use customer::{
    AccountStanding, CohortTotals, CommitmentTotals, ContractOutcome, CustomerTotals, Movements,
    PurchaseTotals, RenewalStanding, RenewalTotals,
};
pub(crate) use customer::{
    ArrMovements, CohortTally, CommitmentTally, CustomerTally, MrrMovements, PurchaseTally,
    RenewalTally,
};
pub use deal::{
    BandTotals, Cycle, DealTotals, DueDeal, MovementTotals, Paired, PipelineWaterfall,
    PriceChanges, Reach, Repriced, StageTotals, StepTotals, SurvivalDay, SurvivalTotals, Waterfall,
    Weighed,
};
pub(crate) use deal::{
    CalibrationTally, DealDetail, DealTally, ForecastTally, FunnelScope, FunnelTally, LossTally,
    MovementTally, QuietTally, SpreadTally, Step, SurvivalTally, checked_stages,
};
pub use distribution::Distribution;
pub use engine::{Grid, Pour, Tally, of_rows};
#[cfg(feature = "csv")]
pub(crate) use engine::{Reads, Take};
pub use given::Given;
pub(crate) use lead::{LeadDetail, LeadScope, LeadTally, MilestoneTally, ResponseTally, Wait};
pub use lead::{LeadTotals, ResponseGroup, ResponseTotals, WayTotals};
pub use priced::Priced;
pub(crate) use spend::SpendTally;
pub use spend::{SpendTotals, Spent};
pub(crate) use team::{CreatedTally, RampTally, TeamScope, TeamTally};
pub use team::{
    CreatedTotals, RampTotals, RepActivities, RepResult, RepWins, Staffing, TeamTotals,
};

pub use crate::record::{
    ActivityStanding, ContractStanding, DealStanding, DealStock, DealSurvival, LeadStanding,
    SpendStanding, WorkTimeStanding,
};
pub use crate::value::{AmountSum, WeightedSum};
