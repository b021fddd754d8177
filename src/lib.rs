//! Sales KPIs from CRM records.
pub mod audit;
pub mod error;
pub mod kpi;
mod period;
mod record;
pub mod report;
pub mod tally;
mod value;

pub use chrono::{self, NaiveDate};
pub use error::{Error, Undefined};
pub use period::{FiscalCalendar, FiscalYearLabel, Period, Scope, date};
pub use record::{AccountId, Deal, DealId, Label, Outcome, Rep, RepId, Standing, Stock};
pub use rust_decimal::{self, Decimal};
pub use tally::{Cycle, DealDetail, DealTally, DealTotals, Paired, Priced, Weighed};
pub use value::{
    Confidence, Currency, Days, Interval, Money, MoneyPer, Multiple, Per, Percent, Rate, Sum,
    Volume,
};
