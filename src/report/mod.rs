//! KPIs as data: the [`catalog`], tables and rankings over any choice of it.
//!
//! Where [`kpi`](crate::kpi) has a function for each KPI, the catalog has an entry: its name, its label, question, abbreviation and formula
//! for people, its family, unit, whether up or down is better, whether it leads or lags, and how to evaluate it. So a report, a ranking or
//! an application needs no list of KPIs of its own. A KPI of your own goes wherever these go.
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
//! # Ok::<(), sales_metrics::Error>(())
//! ```
//!
//! # A KPI of your own
//! It reads whatever the crate's own read off the [`Inputs`], and stands beside them in a report, a table or a ranking:
//!
//! ```
//! use sales_metrics::report::{Better, Family, Kpi, Leaderboard, Needs, Records, Report, ReportPlan, Unit, find};
//! use sales_metrics::{Book, Currency, Deal, Decimal, Dimension, Money, Outcome, Period, Rate, Scope, Undefined, date};
//!
//! let limit = Money::new(10_000, Currency::USD);
//! let large = Kpi::own("large_deal_rate", "large deals", Family::Revenue, Unit::Rate, Better::Up, move |inputs| {
//!     let sizes = inputs.detail()?.sizes();
//!     let share = Decimal::from(sizes.count_above(limit)).checked_div(sizes.count().into());
//!     Rate::from_fraction(share.ok_or(Undefined::Own("no win has an amount"))?)
//! })?
//! .with_needs([Needs::Records(Records::Deals)])
//! .with_estimate_sample(|inputs| Ok(inputs.detail()?.sizes().count()))
//! .with_least_sample(3);
//!
//! let won = |id: &str, rep: &str, amount: u32| {
//!     let won = Outcome::Won { on: date(2026, 2, 20)? };
//!     Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_owner(rep)?.with_amount(amount)
//! };
//! let deals = [won("D-1", "ada", 12_500)?, won("D-2", "ada", 9_000)?, won("D-3", "bob", 20_000)?];
//! let book = Book::new(Currency::USD).with_deals(deals)?;
//! let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
//!
//! let plan = ReportPlan::new(q1).with_kpis([find("total_revenue")?, &large]).with_dimension(Dimension::Rep);
//! let report = Report::of(&book, &plan)?;
//! let lines: Vec<String> = report.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
//! assert_eq!(lines, [
//!     "REP ada",
//!     "                                 2026-Q1  2025-Q4  2025-Q1  n",
//!     "revenue",
//!     "  total revenue  USD  lagging  21,500.00     0.00     0.00  2",
//!     "  large deals         lagging      50.0%      – ¹      – ¹  2 *",
//!     "REP bob",
//!     "                                 2026-Q1  2025-Q4  2025-Q1  n",
//!     "revenue",
//!     "  total revenue  USD  lagging  20,000.00     0.00     0.00  1",
//!     "  large deals         lagging     100.0%      – ¹      – ¹  1 *",
//!     "",
//!     "* large deals: fewer than 3 records",
//!     "",
//!     "¹ no win has an amount",
//! ]);
//!
//! let board = Leaderboard::of(&book, q1, &Dimension::Rep, &large)?;
//! assert_eq!(board.places()[0].group.as_deref(), Some("bob"));
//! # Ok::<(), sales_metrics::Error>(())
//! ```

mod catalog;
mod caveat;
mod columns;
mod error;
mod inputs;
mod leaderboard;
mod parameters;
mod plan;
mod rank;
mod reading;
mod readings;
#[expect(clippy::module_inception, reason = "the noun of this module")]
mod report;
mod table;
pub(crate) mod text;
mod unrecorded;
mod value;
mod watch;
mod worsened;

pub use crate::book::Unrecorded;
pub use catalog::{
    Better, Earlier, Family, Kpi, Needs, Parameter, Records, Timing, catalog, find, starter_set,
};
pub use caveat::Caveat;
pub use inputs::Inputs;
pub use leaderboard::{Leaderboard, Place};
pub use parameters::Parameters;
pub use plan::ReportPlan;
pub(crate) use rank::{Standing, ranked};
pub(crate) use reading::LEAST_SAMPLE;
pub use reading::Reading;
pub(crate) use readings::{Readings, readings};
pub use report::{Line, Report, Section};
pub use table::Table;
pub use value::{Unit, Value};
pub use watch::Watch;
pub use worsened::{Evidence, Worsened};
