//! What reps do and reach, weighed so that it can be compared.

mod close_rate;

pub use close_rate::ExpectedCloseRate;
