//! What reps do and reach, weighed so that it can be compared.

mod benchmark;
mod card;
mod close_rate;
mod close_rates;
mod error;
mod metric;
mod score;
mod show;

pub use card::Scorecard;
pub use close_rate::ExpectedCloseRate;
pub use close_rates::{CloseRatePlace, CloseRates};
pub use metric::Metric;
pub use score::{MetricScore, PartScore, Score, Scores, Total};
