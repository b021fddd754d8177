//! Amounts of several currencies brought into one, before anything is added up.
//!
//! Each amount is converted at the rate of its own record's date and rounded to the minor unit of the target, half away from
//! zero, as it would be booked; [`ExchangeRates::convert_at`] takes the rates of one day for all, for what is compared over time. What has no rate comes back by name: it is not taken at 1, and
//! not dropped unseen. But it is in no figure then, not even in a count: add the rate, or tell its readers what is left out.
//!
//! ```
//! use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, decimal, kpi};
//! use sales_metrics::exchange::ExchangeRates;
//!
//! let won = |on| Outcome::Won { on };
//! let deals = [
//!     Deal::new("D-1", date(2026, 1, 7)?, won(date(2026, 2, 20)?), Currency::USD)?.with_amount(1_000)?,
//!     Deal::new("D-2", date(2026, 1, 9)?, won(date(2026, 3, 1)?), Currency::EUR)?.with_amount(1_000)?,
//!     Deal::new("D-3", date(2026, 1, 9)?, won(date(2026, 3, 1)?), Currency::GBP)?.with_amount(1_000)?,
//! ];
//! // A euro is worth so many dollars from the given day on.
//! let rates = ExchangeRates::new(Currency::USD)
//!     .with_rate(Currency::EUR, date(2026, 1, 1)?, decimal("1.0912")?)?
//!     .with_rate(Currency::EUR, date(2026, 2, 27)?, decimal("1.1034")?)?;
//!
//! let converted = rates.convert(&deals, date(2026, 3, 31)?)?;
//! let q1 = DealTally::of(&converted.records, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
//! assert_eq!(format!("{:.2}", kpi::total_revenue(&q1)?), "2103.40 USD");
//! assert_eq!(converted.without_rate[0].to_string(), "deal D-3: no rate from GBP to USD on 2026-03-01");
//! # Ok::<(), sales_metrics::Error>(())
//! ```

mod conversion;
mod convertible;
mod error;
mod rates;

pub use convertible::Convertible;
pub use rates::{Converted, ExchangeRates, NoRate};
