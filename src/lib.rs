//! Sales KPIs from CRM records: exact, in one pass, one documented function per KPI.
//!
//! A CRM holds deals, leads, activities, contracts. This crate counts them, by rules that are written down, and divides: win rate, sales
//! cycle, churn, quota attainment and the rest of a sales dashboard, each with its formula, what it counts, and why it has no value where
//! it has none.
//!
//! ```
//! use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
//!
//! let records = [
//!     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(12_500)?,
//!     Deal::new("D-2", date(2026, 1, 9)?, Outcome::Lost { on: date(2026, 3, 1)? }, Currency::USD)?.with_amount(9_000)?,
//!     Deal::new("D-3", date(2026, 3, 2)?, Outcome::Open, Currency::USD)?.with_amount(20_000)?,
//! ];
//! let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
//! let deals = DealTally::of(&records, q1)?;
//!
//! assert_eq!(format!("{:.1}", kpi::win_rate(&deals)?), "50.0%");
//! assert_eq!(format!("{:.2}", kpi::average_deal_size(&deals)?), "12500.00 USD");
//! assert_eq!(format!("{:#.2}", kpi::pipeline_value(&deals)?), "20,000.00 USD");
//! # Ok::<(), sales_metrics::Error>(())
//! ```
//!
//! # How records get in
//! - one by one: a constructor takes what every record has, `with_…` what it may lack; [`with`](Deal::with) takes an `Option`, as of
//!   a row of a database, and [`day`], [`instant`], [`decimal`] and [`Money::from_minor`] read what stands in one
//! - from JSON: every record is a `serde` type, checked when it is read
#![cfg_attr(
    feature = "csv",
    doc = "- from CSV: [`import`] reads any export by a column mapping"
)]
//! - from a stream, none of which is kept: [`DealTally::of`] and [`DealTally::grid`] take any iterator, through [`tally::of_rows`] one
//!   whose rows may fail, [`DealTally::record`] one record
//! - not at all: [`DealTally::from_totals`] takes what a database has counted
//!
//! # The nouns
//! - records: [`Deal`], [`Lead`], [`Activity`], [`Contract`], [`Spend`]; [`Rep`] and [`Quota`], in a [`Roster`]; [`WorkTime`]
//! - [`Scope`]: what one looks at: a [`Period`], a [`Currency`], and the day from which one looks; [`FiscalCalendar`], [`WorkCalendar`]
//! - [`Place`]: where the business is, on whose clock days and hours are read
//! - a [`tally`], such as [`DealTally`]: the exact counts and sums of records in a scope, filled in one pass; tallies add up
//! - a KPI: a function of [`kpi`], read off a tally; its index goes by the question that it answers
//! - [`Book`]: all records of a business, and [`BookTally`]: all their tallies; [`Segment`]: a dimension that is derived from its records
//! - [`report`]: every KPI as data, tables and rankings
//! - [`audit`]: what is odd in the records, and the deals at risk
//! - [`exchange`]: several currencies brought into one
//! - [`plan`]: what it takes to reach a target, quotas and goals, and how far they are reached
//! - [`scorecard`]: what reps do and reach, in points and against benchmarks; how likely a rep wins, weighed with the team's record
//! - [`scoring`]: points for leads, and what to do with them
//! - [`sla`]: what marketing and sales promised each other, and which leads kept it
//! - [`workload`]: who has how much in hand, and whose turn it is
//! - [`Undefined`]: the input is good, and there is no answer; [`Error`]: the input is bad, told apart by its [`ErrorKind`]
//!
//! # Scope of this crate
//! It counts and divides; it stores nothing, asks no clock and opens no file. Amounts go in as whole numbers or
//! [`Decimal`]s, never as binary fractions.
//!
//! # Features
//! - `csv`: the module `import`, with the crate `memchr`

pub mod audit;
mod book;
mod error;
pub mod exchange;
#[cfg(feature = "csv")]
pub mod import;
pub mod kpi;
mod period;
pub mod plan;
mod record;
pub mod report;
pub mod scorecard;
pub mod scoring;
pub mod sla;
pub mod tally;
mod value;
pub mod workload;

pub use book::{Book, BookTally, Dimension, DimensionName, Segment};
pub use chrono::{self, DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Weekday};
pub use error::{Error, ErrorKind, Undefined};
pub use kpi::{categories::CategoryForecast, outcome::OutcomeDistribution};
pub use period::{
    FiscalCalendar, FiscalYearEnd, FiscalYearLabel, Period, Place, QuarterWeeks, Scope, When,
    WorkCalendar, date, day, instant,
};
pub use record::{
    Activity, ActivityKind, Built, Contract, Deal, DealChange, DealKind, DealState, DealStatus,
    DealsThen, Departure, Disposition, ForecastCategory, History, Lead, MeetingStatus, Milestone,
    Origin, Outcome, Quota, Ramp, Rep, Roster, Spend, SpendCategory, StagesEntered, WorkTime,
};
pub use rust_decimal::{self, Decimal};
pub use tally::activity::{ActivityTally, WorkTally};
pub use tally::customer::{
    ArrMovements, CohortTally, CommitmentTally, CustomerTally, MrrMovements, PurchaseTally,
    RenewalTally,
};
pub use tally::deal::{
    CalibrationTally, DealDetail, DealTally, ForecastTally, FunnelScope, FunnelTally, LossTally,
    MovementScope, MovementTally, QuietTally, SpreadTally, SurvivalTally,
};
pub use tally::lead::{
    LeadDetail, LeadScope, LeadTally, MilestoneTally, ResponseScope, ResponseTally,
};
pub use tally::spend::SpendTally;
pub use tally::team::{CreatedTally, RampTally, TeamScope, TeamTally};
pub use value::{
    AccountId, ActivityId, Average, Confidence, ContractId, Currency, Days, DealId, Interval,
    IntoId, Label, LeadId, Length, Money, MoneyPer, Months, Multiple, Per, Percent, Rate, RecordId,
    RepId, SpendId, Volume, decimal,
};

/// The README's programs are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
