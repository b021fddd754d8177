use serde::{Deserialize, Serialize};

/// At whose wish a rep left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Departure {
    /// The rep's own: a resignation, a retirement.
    Voluntary,
    /// The employer's: a dismissal, the end of a limited contract.
    Involuntary,
}
