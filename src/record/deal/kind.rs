//! The words of a deal that mean the same in every CRM.

use serde::{Deserialize, Serialize};

/// What a deal is to the business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DealKind {
    /// New business: the first that is sold to an account.
    New,
    /// More for an account that is a customer: an upsell, a cross-sell.
    Expansion,
    /// What an account has already, for longer.
    Renewal,
}

/// How sure the rep is of it, in the words of a forecast call. What is closed has no category: its outcome says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ForecastCategory {
    /// It will be won, the rep is sure.
    Commit,
    /// It will be won if all goes well.
    BestCase,
    /// It is worked on.
    Pipeline,
    /// It is left out of the forecast.
    Omitted,
}
