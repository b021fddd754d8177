use serde::{Deserialize, Serialize};

/// Which field of a deal changed, in a row of a file of [changes](super::super::ChangeColumns).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangedField {
    /// The stage of the pipeline.
    Stage,
    /// Whether it was open, or how it had closed.
    Status,
    /// The rep who owned it.
    Owner,
    /// What it was worth.
    Amount,
    /// The day on which it was expected to close.
    ExpectedClose,
    /// How likely it was to be won, from 0 to 1.
    Probability,
    /// How likely it was to be won, from 0 to 100, with or without a `%` behind it.
    ProbabilityPercent,
    /// How sure the rep was of it.
    ForecastCategory,
}
