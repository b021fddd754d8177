//! KPIs as data: the [`catalog`], tables and rankings over any choice of it.
//!
//! Where [`kpi`](crate::kpi) has a function for each KPI, the catalog has an entry: its name, family, unit, whether up or
//! down is better, whether it leads or lags, and how to evaluate it. So a report, a ranking or an application needs no list
//! of KPIs of its own.
//!
//! ```
//! use sales_metrics::report::{self, Inputs, Table};
//! use sales_metrics::{BookTally, Currency, Deal, DealDetail, Outcome, Period, Scope, date};
//!
//! let deals = [
//!     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(12_500)?,
//!     Deal::new("D-2", date(2026, 1, 9)?, Outcome::Lost { on: date(2026, 3, 1)? }, Currency::USD)?,
//! ];
//! let q1 = BookTally::from(DealDetail::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?);
//! let inputs = Inputs::new(&q1);
//!
//! let win_rate = report::find("win_rate")?;
//! assert_eq!(format!("{:.1}", win_rate.evaluate(&inputs)?), "50.0%");
//!
//! let chosen = ["win_rate", "median_sales_cycle", "average_deal_age"].into_iter().map(report::find);
//! let table = Table::new(chosen.collect::<Result<Vec<_>, _>>()?).with_column("2026-Q1", inputs);
//! let lines: Vec<String> = table.to_string().lines().map(String::from).collect();
//! assert_eq!(lines, [
//!     "                            2026-Q1",
//!     "conversion",
//!     "  win rate                    50.0%",
//!     "  median sales cycle  days    44.00",
//!     "pipeline",
//!     "  average deal age              – ¹",
//!     "",
//!     "¹ no deal is open",
//! ]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod catalog;
mod columns;
mod error;
mod inputs;
mod leaderboard;
mod parameters;
mod plan;
#[expect(clippy::module_inception, reason = "the noun of this module")]
mod report;
mod table;
mod text;
mod value;

pub use catalog::{
    Better, Earlier, Family, Kpi, Needs, Parameter, Records, Timing, catalog, find, starter_set,
};
pub use inputs::Inputs;
pub use leaderboard::{Place, leaderboard};
pub use parameters::Parameters;
pub use plan::ReportPlan;
pub use report::{Line, Reading, Report, Section};
pub use table::Table;
pub use value::{Unit, Value};
