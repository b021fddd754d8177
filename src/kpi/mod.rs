//! Every KPI, one documented function each: this page is the index.
//!
//! # How a KPI is called
//! Deals are tallied first, in one pass over the records; a KPI is then read off the tally, and so are all the others,
//! without another pass. Most take a [`DealTally`](crate::DealTally); medians, percentiles and figures per account take
//! a [`DealDetail`](crate::DealDetail), whose [`tally`](crate::DealDetail::tally) is for the rest; over which accounts, days, finders and
//! list prices the money is spread, and what is past due, is read off a [`SpreadTally`](crate::SpreadTally). Leads, activities, hours
//! of work, contracts, first purchases, expenses and the team have tallies of their own, with the same verbs:
//! [`tally`](crate::tally) lists them. KPIs of two kinds of records take both tallies, which must be of one scope.
//! A [`BookTally`](crate::BookTally) fills all of them at once, and a [`Report`](crate::report::Report) reads every KPI off it.
//!
//! ```
//! use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, Undefined, date, kpi};
//!
//! let deals = [
//!     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(12_500)?,
//!     Deal::new("D-2", date(2026, 1, 9)?, Outcome::Won { on: date(2026, 3, 1)? }, Currency::USD)?.with_amount(8_000)?,
//!     Deal::new("D-3", date(2026, 2, 2)?, Outcome::Lost { on: date(2026, 3, 9)? }, Currency::USD)?,
//! ];
//! let q1 = DealDetail::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
//! assert_eq!(format!("{:.1}", kpi::win_rate(q1.tally())?), "66.7%");
//! assert_eq!(format!("{:.2}", kpi::median_deal_size(&q1)?), "10250.00 USD");
//! assert_eq!(kpi::average_deal_age(q1.tally()), Err(Undefined::NoOpenDeals));
//! # Ok::<(), sales_metrics::Error>(())
//! ```
//!
//! Plain counts are no KPIs: deals won, leads arrived, calls, new customers stand in the `totals()` of their tally.
//!
//! Where there is no answer, a KPI returns the reason, an [`Undefined`](crate::Undefined): never 0 for "nobody knows",
//! never a division by 0. A missing amount or probability is not 0; how many are missing stands in
//! [`DealTally::totals`](crate::DealTally::totals). KPIs that join two sources (two periods, a target) also say what
//! does not fit together, as an [`Error`](crate::Error). Of a tally that was made of totals, every KPI needs the counters that it
//! reads: it is [`Undefined::NotCounted`](crate::Undefined::NotCounted) with the name of the first that was not given, which comes
//! before every other reason for which that counter is needed.
//!
//! A length of time by the clock is a [`Length`](crate::Length), which prints as `28m 20s`; a mean count is an
//! [`Average`](crate::Average), which is rounded as every other value is.
//!
//! Nothing is rounded before it is printed: sums are exact, one division has 28 significant digits, and the precision
//! asked of `Display` rounds, half away from zero.
//!
//! What ends in `_rate` is a [`Rate`](crate::Rate), a share of a whole from 0 % to 100 %, but for fourteen that set one thing against
//! another and are a [`Percent`](crate::Percent). These may pass 100 %: [`opportunity_conversion_rate`], [`close_rate`],
//! [`callback_rate`], [`meeting_booked_rate`], [`call_to_win_rate`], [`turnover_rate`], [`annualized_turnover_rate`],
//! [`renewal_rate`], [`on_time_renewal_rate`], [`expansion_rate`], [`pipeline_generation_rate`], and [`lead_velocity_rate`], which may be below 0 % as
//! well; [`discount_rate`] and [`net_revenue_churn_rate`] may be below 0 % alone.
//!
//! Two meanings have two names, and no flag changes a formula; every function's *See also* says which sibling differs
//! how.
//!
//! # Revenue
//! | question | function |
//! | --- | --- |
//! | What did we win in the period? | [`total_revenue`] |
//! | What did we give back? | [`credits`] |
//! | What is left of what we won, less what we gave back? | [`net_revenue`] |
//! | What did a day of the period bring in? | [`revenue_per_day`] |
//! | How much more did we win than in the period before? | [`revenue_growth`] |
//! | What is a won deal worth on average? | [`average_deal_size`] |
//! | What is the won deal in the middle worth? | [`median_deal_size`] |
//! | What is a won deal worth over the last few periods? | [`smoothed_deal_size`] |
//! | What is left of the won deals after their costs? | [`gross_profit`] |
//! | What does a won deal leave after its cost? | [`average_deal_profit`] |
//! | What share of the sales is left after costs? | [`profit_margin`] |
//! | What did a customer spend on average (ARPA)? | [`average_revenue_per_account`] |
//! | How far below the list price did we sell? | [`discount_rate`] |
//! | What does a contract bring in a year (ACV)? | [`annual_contract_value`] |
//! | What does a new contract signed in the period bring in a year? | [`average_contract_value`] |
//!
//! # Conversion
//! | question | function |
//! | --- | --- |
//! | What share of the decided deals do we win? | [`win_rate`] |
//! | What share of all closed deals do we win, disqualified ones included? | [`broad_win_rate`] |
//! | What share of the decided money do we win? | [`win_rate_by_value`] |
//! | How far can a win rate of so few deals be trusted? | [`win_rate_interval`] |
//! | How many deals do we win for each one we lose? | [`win_loss_ratio`] |
//! | What share of the period's new deals have we won by now? | [`cohort_win_rate`] |
//! | How many deals did we win against how many came in? | [`opportunity_conversion_rate`] |
//! | What share of the period's leads became an opportunity? | [`lead_conversion_rate`] |
//! | What share of the period's leads became a customer? | [`lead_to_customer_rate`] |
//! | How many deals did we win against how many leads came in? | [`close_rate`] |
//! | What share of the leads is worth a rep's time? | [`qualification_rate`] |
//! | How long does it take to win a deal, from its creation? | [`sales_cycle_length`] |
//! | How long does it take to win a deal, from the first contact? | [`first_contact_cycle_length`] |
//! | How long did the won deal in the middle take? | [`median_sales_cycle`] |
//! | Within how many days is a given share of the wins won? | [`sales_cycle_percentile`] |
//! | How long does it take until a deal is decided, either way? | [`closed_cycle_length`] |
//!
//! # Pipeline
//! | question | function |
//! | --- | --- |
//! | What are the open deals worth? | [`pipeline_value`] |
//! | What are the deals open on a past day worth by today's records? | [`hindsight_pipeline_value`] |
//! | How many deals are open? | [`open_deals`] |
//! | What are the deals worth that were created in the period? | [`pipeline_created`] |
//! | How many deals were created? | [`opportunities_created`] |
//! | What came into the pipeline, in number and money? | [`pipeline_inflow`] |
//! | What left the pipeline, won or not? | [`pipeline_outflow`] |
//! | What will the open deals bring, by their probabilities? | [`weighted_pipeline`] |
//! | What does the pipeline yield a day? | [`pipeline_velocity`] |
//! | How many times do the expected deals cover the target? | [`pipeline_coverage`] |
//! | How many times do the expected deals cover what is left of the target? | [`remaining_pipeline_coverage`] |
//! | How far are we with the target, against what is due by now? | [`pace`] |
//! | How long have the open deals been open? | [`average_deal_age`] |
//! | How many deals have been open for too long? | [`deals_older_than`] |
//! | What is an open deal worth on average? | [`average_open_deal_size`] |
//! | What is a lost deal worth on average? | [`average_lost_deal_size`] |
//! | Below what size is a given share of the won deals? | [`deal_size_percentile`] |
//! | What share of the deals was sold below the list price? | [`discounted_deal_rate`] |
//! | Below what discount is a given share of the deals? | [`discount_percentile`] |
//! | How much of the bookings comes in the last days (linearity)? | [`late_revenue_rate`] |
//! | How long does it take to lose a deal? | [`time_to_loss`] |
//! | What are deals lost for? | [`loss_reasons`] |
//! | What share do we win, but for losses for some reasons? | [`win_rate_without`] |
//! | How many times do the deals that have come to a stage cover what is left of the target? | [`stage_coverage`] |
//! | How much more pipeline does the target take? | [`pipeline_needed`] |
//! | How much of the planned pipeline was created? | [`pipeline_generation_rate`] |
//! | How much pipeline does a rep create? | [`pipeline_created_per_rep`] |
//! | What should have closed by now, and is still open? | [`overdue_pipeline`] |
//! | What is open, no longer new, and left alone? | [`stale_pipeline`] |
//!
//! # Movement
//! These are read off a [`History`](crate::History) of deals, by a [`MovementTally`](crate::MovementTally).
//!
//! | question | function |
//! | --- | --- |
//! | What became of the open deals? | [`pipeline_waterfall`] |
//! | What became of the deals that were expected to close? | [`due_pipeline_waterfall`] |
//! | What share of the expected deals will close later? | [`slippage_rate`] |
//! | How often was the expected close of a deal put off? | [`push_count`] |
//! | By how many days were deals put off, on balance? | [`net_push_days`] |
//! | What share of the money that was expected was won? | [`opening_pipeline_conversion`] |
//!
//! # Funnel
//! These are read off a [`History`](crate::History) of deals, by a [`FunnelTally`](crate::FunnelTally) or a [`CalibrationTally`](crate::CalibrationTally).
//!
//! | question | function |
//! | --- | --- |
//! | What share of the deals gets from one stage to the next? | [`stage_conversion_rate`] |
//! | How far did the deals get that came in in the period, and how long did the steps take? | [`funnel`] |
//! | What share of the deals in a stage is lost in it? | [`stage_leakage`] |
//! | How long do deals stay in a stage? | [`average_time_in_stage`] |
//! | How long does the deal in the middle stay in a stage? | [`median_time_in_stage`] |
//! | Within how many days has a given share of the deals left a stage? | [`time_in_stage_percentile`] |
//! | How likely is a deal won that has got to a stage? | [`stage_probability`] |
//! | Were deals won as often as their probabilities said? | [`win_calibration`] |
//!
//! These take a [`SurvivalTally`](crate::SurvivalTally) of deals, in which those still open count for as long as they were seen.
//!
//! | question | function |
//! | --- | --- |
//! | How long do deals take, those still open among them? | [`corrected_median_cycle`] |
//! | How likely is a new deal won within so many days? | [`win_probability_within`] |
//!
//! # Forecast
//! | question | function |
//! | --- | --- |
//! | How near did a forecast come? | [`forecast_accuracy`] |
//! | Are forecasts too high or too low? | [`forecast_bias`] |
//! | How much of what came was forecast? | [`forecast_ratio`] |
//! | How far are forecasts off, in either direction (WAPE)? | [`wape`] |
//! | How far are forecasts off, beside one that says what came last (MASE)? | [`mase`] |
//! | What will the period bring, by the probabilities of the deals due? | [`weighted_forecast`] |
//! | What will the period bring, by what the reps say? | [`category_forecast`] |
//! | What will the period bring, if it goes on as it began? | [`run_rate_forecast`] |
//! | What will the period bring with which probability? | [`outcome_distribution`] |
//!
//! # Leads
//! | question | function |
//! | --- | --- |
//! | How many leads were qualified? | [`qualified_leads`] |
//! | How does the number of qualified leads grow (LVR)? | [`lead_velocity_rate`] |
//! | How long does a lead wait for us? | [`average_response_time`] |
//! | How long did the lead in the middle wait for us? | [`median_response_time`] |
//! | Within what time is a given share of the leads met? | [`response_time_percentile`] |
//! | What share of the leads was met in time? | [`response_compliance`] |
//! | How soon are the leads met, and what becomes of each? | [`response_time_distribution`] |
//! | What share of the leads has anybody talked to at all? | [`touched_lead_rate`] |
//! | How often do we try to reach a lead in its first days? | [`contact_persistence`] |
//! | How many reps have more leads than they can follow? | [`overloaded_reps`] |
//! | What share of the open leads has been left lying? | [`neglected_lead_rate`] |
//! | What share of the leads did marketing find? | [`marketing_sourced_rate`] |
//! | What share of the leads did sales find? | [`sales_sourced_rate`] |
//! | How many open leads does a rep have? | [`leads_per_rep`] |
//! | What does marketing cost for each lead (CPL)? | [`cost_per_lead`] |
//! | What do sales and marketing cost for each lead? | [`full_cost_per_lead`] |
//! | What share of the contacted prospects became an opportunity? | [`prospect_to_opportunity_rate`] |
//! | How long do leads take from one milestone to another? | [`average_milestone_days`] |
//! | How long does the lead in the middle take from one milestone to another? | [`median_milestone_days`] |
//! | What share of the leads does marketing qualify? | [`lead_to_mql_rate`] |
//! | What share of the leads from marketing does sales accept? | [`sales_acceptance_rate`] |
//! | What share of the accepted leads does sales qualify? | [`sal_to_sql_rate`] |
//!
//! # Activity
//! | question | function |
//! | --- | --- |
//! | How long does a call take? | [`average_call_duration`] |
//! | What share of those reached by phone takes it well? | [`positive_call_rate`] |
//! | How many of those not reached by phone call back? | [`callback_rate`] |
//! | How many meetings do the conversations by phone lead to? | [`meeting_booked_rate`] |
//! | What share of the calls out reaches somebody? | [`connect_rate`] |
//! | How many meetings were booked? | [`meetings_booked`] |
//! | How many calls does it take to book a meeting? | [`calls_per_meeting`] |
//! | How many emails does it take to book a meeting? | [`emails_per_meeting`] |
//! | How many meetings does it take to create an opportunity? | [`meetings_per_opportunity`] |
//! | How many wins are there for the calls made? | [`call_to_win_rate`] |
//! | What share of the emails is answered? | [`email_reply_rate`] |
//! | How many calls fit into a day? | [`call_capacity`] |
//! | What share of the meetings did the other side not come to? | [`no_show_rate`] |
//! | What share of the meetings took place? | [`show_rate`] |
//! | What share of the time goes into calls, emails or meetings? | [`time_allocation`] |
//! | How much time went into selling? | [`selling_time`] |
//! | What share of the working time is selling? | [`selling_time_rate`] |
//! | How many calls or emails does a rep do on a working day? | [`activities_per_rep_per_day`] |
//!
//! # Team
//! These take a [`TeamTally`](crate::TeamTally): the won deals joined to the reps of a roster and their quotas.
//!
//! | question | function |
//! | --- | --- |
//! | How much of their quotas did the reps win? | [`quota_attainment`] |
//! | How many of the deals that they were asked to win did the reps win? | [`deal_quota_attainment`] |
//! | What share of the reps reached quota? | [`reps_at_quota_rate`] |
//! | What share of the reps who are past their ramp reached quota? | [`ramped_reps_at_quota_rate`] |
//! | What share of the new reps reached the quota of their ramp? | [`ramping_reps_at_quota_rate`] |
//! | How many reps are how far from their quota? | [`attainment_distribution`] |
//! | How much of the quota did the rep in the middle, or at either end, win? | [`attainment_percentile`] |
//! | What do all quotas of the period add up to? | [`quota_capacity`] |
//! | How many times do the quotas cover the target? | [`quota_coverage`] |
//! | For how many periods in a row has the team been below quota? | [`below_quota_streak`] |
//! | What does a rep bring in on average? | [`rep_productivity`] |
//! | What would a full-time rep bring in, who is there all the time? | [`full_time_rep_productivity`] |
//! | What does the rep in the middle, or at either end, bring in? | [`rep_productivity_percentile`] |
//! | How many of the reps left? | [`turnover_rate`] |
//! | How many of the reps would leave in a year, if they went on leaving so? | [`annualized_turnover_rate`] |
//! | How long does it take a new rep to win a full quota? | [`ramp_time`] |
//! | How long does it take a new rep to win the first deal? | [`time_to_first_win`] |
//! | What does a new rep win, month by month? | [`ramp_curve`] |
//! | How many new reps have not won a full quota yet? | [`ramping_reps`] |
//! | How many activities does a rep do? | [`touchpoints_per_rep`] |
//! | What does a unit of money spent on sales bring in? | [`sales_efficiency`] |
//! | What does sales spend on a new customer? | [`cost_per_converted_customer`] |
//!
//! # Acquisition
//! | question | function |
//! | --- | --- |
//! | What does it cost to win a customer (CAC)? | [`customer_acquisition_cost`] |
//! | What does it cost until an account signs its first contract? | [`cost_per_new_contract`] |
//! | What does it cost to win a customer through one channel (CPA)? | [`cost_per_acquisition`] |
//! | When have the new customers paid back what it cost to win them? | [`cac_payback`] |
//! | What does a customer bring in over its lifetime (CLV)? | [`customer_lifetime_value`] |
//! | What does a customer leave after costs, where a steady share leaves (LTV)? | [`margin_lifetime_value`] |
//! | How many times does a customer pay back its cost (LTV:CAC)? | [`ltv_to_cac`] |
//! | What does sales cost against what is sold? | [`sales_cost_ratio`] |
//! | What does marketing cost against what is sold? | [`marketing_cost_ratio`] |
//! | What is spent for each unit of yearly recurring revenue of new customers? | [`new_cac_ratio`] |
//! | What is spent for each unit of yearly recurring revenue that is gained? | [`blended_cac_ratio`] |
//! | What does it cost to find a lead through one channel? | [`channel_cost_per_lead`] |
//! | When have the new customers of one channel paid back what the channel cost? | [`channel_cac_payback`] |
//! | What does a channel earn for each unit of money spent on it, beyond that unit? | [`marketing_return`] |
//! | What share of the pipeline that came in was found by marketing? | [`marketing_sourced_pipeline_rate`] |
//! | What share of the bookings was found by marketing? | [`marketing_sourced_revenue_rate`] |
//! | What share of the bookings comes from accounts that buy again? | [`repeat_revenue_rate`] |
//! | What share of the former customers came back? | [`win_back_rate`] |
//! | What share of the bookings comes from the few largest accounts? | [`revenue_concentration`] |
//! | What share of the bookings comes from the few largest deals? | [`deal_concentration`] |
//! | What share of what the reps win is won by the few best of them? | [`rep_concentration`] |
//!
//! # Retention
//! | question | function |
//! | --- | --- |
//! | What share of the customers did we lose? | [`churn_rate`] |
//! | How far did the number of customers rise or fall? | [`net_customer_change`] |
//! | What share of the customers stayed? | [`retention_rate`] |
//! | What share of the contracts that came up was not renewed? | [`non_renewal_rate`] |
//! | How much of the money that came up for renewal goes on? | [`renewal_rate`] |
//! | How much of the money that came up for renewal was renewed in time? | [`on_time_renewal_rate`] |
//! | What share of the contracts was ended before its term? | [`early_termination_rate`] |
//!
//! # Recurring revenue
//! | question | function |
//! | --- | --- |
//! | What do customers pay a year (ARR)? | [`arr`] |
//! | What do customers pay a month (MRR)? | [`mrr`] |
//! | What does a customer pay a year on average? | [`recurring_revenue_per_account`] |
//! | Where did recurring revenue come from, and where did it go? | [`mrr_movements`] |
//! | How much of the recurring revenue is still there (GRR)? | [`gross_revenue_retention`] |
//! | How much of the recurring revenue is there, with what customers pay more (NRR)? | [`net_revenue_retention`] |
//! | Do customers who stay add more than is lost? | [`net_negative_churn`] |
//! | How much recurring revenue is gained for each unit lost? | [`quick_ratio`] |
//! | How much yearly recurring revenue does a quarter's spend add? | [`magic_number`] |
//! | How much more is sold in a year for a quarter's spend? | [`bookings_magic_number`] |
//! | Where did recurring revenue a year come from, and where did it go? | [`arr_movements`] |
//! | How much more do customers pay a year than at the start? | [`net_new_arr`] |
//! | How much more do customers pay than a year before? | [`arr_growth`] |
//! | What share of the recurring revenue was lost? | [`gross_revenue_churn_rate`] |
//! | How much of the recurring revenue was lost, less what customers pay more? | [`net_revenue_churn_rate`] |
//! | How much more do the customers of the start pay? | [`expansion_rate`] |
//! | What share of the recurring revenue do the largest customers hold? | [`customer_concentration`] |
//! | How much does the recurring revenue hang on few customers (HHI)? | [`customer_concentration_index`] |
//! | What do the contracts signed bring in over their terms (TCV)? | [`total_contract_value`] |
//! | For how long were the contracts signed agreed on? | [`average_contract_term`] |
//! | What share of the contracts signed is for two years or more? | [`multi_year_rate`] |
//! | What would customers pay a year if all that is signed were live (CARR)? | [`committed_arr`] |
//! | What comes up for renewal in the next days? | [`available_to_renew`] |
//! | What is left of the customers of each month? | [`retention_cohorts`] |
//! | How much more do renewals pay than what they renew? | [`renewal_uplift`] |
//! | What do customers pay a year for each full-time equivalent of the firm? | [`arr_per_fte`] |
//! | What do customers pay a year for each rep? | [`arr_per_rep`] |
//! | Do growth and margin add up to 40 %? | [`rule_of_40`] |
//! | What is burnt for each unit of new recurring revenue? | [`burn_multiple`] |

mod acquisition;
mod activity;
mod annual;
mod attainment;
mod booking;
pub(crate) mod categories;
mod channel;
mod cohorts;
mod contracts;
mod conversion;
mod coverage;
mod deal_size;
mod error;
mod forecast;
mod funnel;
mod handover;
mod lead;
mod losses;
mod movement;
pub(crate) mod outcome;
mod pipeline;
mod ramp;
pub(crate) mod reckon;
mod recurring;
mod reliance;
mod retention;
mod revenue;
mod survival;
mod team;

pub use acquisition::*;
pub use activity::*;
pub use annual::*;
pub use attainment::*;
pub use booking::*;
pub use channel::*;
pub use cohorts::*;
pub use contracts::*;
pub use conversion::*;
pub use coverage::*;
pub use deal_size::*;
pub use forecast::*;
pub use funnel::*;
pub use handover::*;
pub use lead::*;
pub use losses::*;
pub use movement::*;
pub use pipeline::*;
pub use ramp::*;
pub use recurring::*;
pub use reliance::*;
pub use retention::*;
pub use revenue::*;
pub use team::*;
