//! Sales KPIs from CRM records: exact, in one pass, one documented function per KPI.
//!
//! Records ([`Deal`], [`Lead`], [`Activity`], [`Contract`], …) flow into a tally ([`DealTally`], [`LeadTally`], …) of a [`Scope`]: a period,
//! a currency, and the day from which one looks. Every KPI in [`kpi`] is read off a tally. A [`Book`] holds all records of a business,
//! and a [`report::Report`] shows every KPI of it.
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
//! # Where to look
//! - [`kpi`]: the index of every KPI, by the question it answers
//! - [`tally`]: what a tally is, its verbs, and how tallies add up
//! - [`Scope`], [`Period`], [`FiscalCalendar`], [`WorkCalendar`]: what one looks at
//! - [`scoring`]: points for leads, and what to do with them
//! - [`report`]: every KPI as data, tables and rankings
//! - [`audit`]: what is odd in the records, and the deals at risk
//! - [`exchange`]: several currencies brought into one
//! - [`Undefined`]: the input is good, and there is no answer; [`Error`]: the input is bad, told apart by its [`ErrorKind`]
#![cfg_attr(
    feature = "csv",
    doc = "- [`import`]: any CSV export to records, by a column mapping"
)]
//!
//! # Scope of this crate
//! It counts and divides; it stores nothing, asks no clock and opens no file. Amounts go in as whole numbers or
//! [`Decimal`]s, never as binary fractions.
//!
//! # Features
//! - `csv`: the module `import`, on the `csv` crate

pub mod audit;
mod book;
mod error;
pub mod exchange;
#[cfg(feature = "csv")]
pub mod import;
pub mod kpi;
mod period;
mod record;
pub mod report;
pub mod scoring;
pub mod tally;
mod value;

pub use book::{Book, BookTally, Dimension, DimensionName};
pub use chrono::{self, DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Weekday};
pub use error::{Error, ErrorKind, Undefined};
pub use period::{FiscalCalendar, FiscalYearLabel, Period, Scope, WorkCalendar, date, instant};
pub use record::{
    Activity, ActivityKind, Contract, Deal, DealKind, DealStatus, Departure, Disposition,
    ForecastCategory, Lead, MeetingStatus, Origin, Outcome, Quota, Ramp, Rep, Roster, Spend,
    SpendCategory, WorkTime,
};
pub use rust_decimal::{self, Decimal};
pub use tally::activity::{ActivityTally, WorkTally};
pub use tally::customer::{CustomerTally, MrrMovements, PurchaseTally, RenewalTally};
pub use tally::deal::{DealDetail, DealTally};
pub use tally::lead::{LeadDetail, LeadScope, LeadTally};
pub use tally::spend::SpendTally;
pub use tally::team::{TeamScope, TeamTally};
pub use value::{
    AccountId, ActivityId, Average, Confidence, ContractId, Currency, Days, DealId, Interval,
    IntoId, Label, LeadId, Length, Money, MoneyPer, Months, Multiple, Per, Percent, Rate, RecordId,
    RepId, SpendId, Volume, decimal,
};

/// The README's programs are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
