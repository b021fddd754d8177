//! What to do to reach a target, and whether it is being reached: a plan backwards from what is to be won, and goals.
//!
//! A [`Plan`] goes from revenue back to wins, opportunities, leads and activities, and says what each comes to per month, week, working day and
//! rep, how many opportunities must be open at a time, and whether the activities fit into the working day. Its inputs are given by hand or read
//! off tallies, each with its sample; what is not given is missing in what depends on it, and nowhere else.
//!
//! A [`Goal`] is a KPI, a target and a period. It is judged by how far it got and how much of the period is over.
//!
//! # Examples
//! 5,000,000 at 100,000 a deal and a win rate of 25 %:
//! ```
//! use sales_metrics::plan::Plan;
//! use sales_metrics::{Currency, Days, Money, Per, Period, Rate};
//!
//! let plan = Plan::of_revenue(Money::new(5_000_000, Currency::USD), Period::year(2026)?)
//!     .with_average_deal(Money::new(100_000, Currency::USD))
//!     .with_win_rate(Rate::from_percent(25)?)
//!     .with_days_open(Days::from(90));
//! let wins = plan.wins()?;
//! assert_eq!((wins.count(), format!("{:.2}", wins.per(Per::Month)?)), (50, "4.17".to_owned()));
//! assert_eq!(plan.opportunities()?.count(), 200);
//! assert_eq!(format!("{:.1}", plan.open_at_a_time()?), "49.3");
//! # Ok::<(), sales_metrics::Error>(())
//! ```
//! The guide that sets this example makes 2 wins a month of it, 14 chances, and 200 opportunities at any time. But 50 wins a year are 4.17 a
//! month; at 25 % one win takes 4 opportunities, so that a month takes 16.67; and 200 is how many are needed in the whole year. Of these, each
//! open for 90 days, 49.3 are open at a time.
//!
//! What if every third were won?
//! ```
//! # use sales_metrics::plan::Plan;
//! # use sales_metrics::{Currency, Days, Money, Per, Period, Rate};
//! # let plan = Plan::of_revenue(Money::new(5_000_000, Currency::USD), Period::year(2026)?)
//! #     .with_average_deal(Money::new(100_000, Currency::USD))
//! #     .with_win_rate(Rate::from_percent(25)?);
//! let better = plan.clone().with_win_rate(Rate::from_percent(33)?);
//! assert_eq!((plan.opportunities()?.count(), better.opportunities()?.count()), (200, 152));
//! println!("{}", plan.beside(&better));
//! # Ok::<(), sales_metrics::Error>(())
//! ```

mod backwards;
mod capacity;
mod error;
mod given;
mod goal;
mod input;
mod need;
mod progress;
mod reach;
mod split;
mod targets;
mod text;
mod wire;

pub use capacity::Load;
pub use given::Plan;
pub use goal::Goal;
pub use input::Input;
pub use need::Need;
pub use progress::{GoalState, Progress};
pub use text::{Beside, Line};
