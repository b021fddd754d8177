use serde::{Deserialize, Serialize};

use super::fill::{Fill, verbs};
use super::lead_totals::LeadTotals;
use crate::error::Error;
use crate::period::Scope;
use crate::record::Lead;

/// The exact counts of the leads of one scope: what every lead KPI of a fixed size is read from.
///
/// What a tally is and how it adds up: [`tally`](crate::tally). The scope's currency plays no part in it.
///
/// ```
/// use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, instant, kpi};
///
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_qualified(date(2026, 1, 8)?)?,
///     Lead::new("L-2", instant("2026-02-11T15:30:00Z")?)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let tally = LeadTally::of(&leads, q1)?;
/// assert_eq!(kpi::qualification_rate(&tally)?.to_string(), "50%");
/// assert_eq!(tally.totals().open, 2);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct LeadTally {
    scope: Scope,
    /// Invariant: what [`LeadTotals::checked`] demands.
    totals: LeadTotals,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    scope: Scope,
    totals: LeadTotals,
}

impl TryFrom<Wire> for LeadTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        Self::from_totals(wire.scope, wire.totals)
    }
}

impl From<LeadTally> for Wire {
    fn from(tally: LeadTally) -> Self {
        Self {
            scope: tally.scope,
            totals: tally.totals,
        }
    }
}

impl LeadTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            totals: LeadTotals::default(),
        }
    }

    /// The tally of ready-made totals: a database's counts.
    ///
    /// ```
    /// use sales_metrics::{Currency, LeadTally, LeadTotals, Period, Scope, kpi};
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let totals = LeadTotals { records: 1_000, arrived: 1_000, converted: 200, ..LeadTotals::default() };
    /// assert_eq!(kpi::lead_conversion_rate(&LeadTally::from_totals(q1, totals)?)?.to_string(), "20%");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::InconsistentTotals`] where no leads can have such totals: more qualified leads than arrived ones, say.
    pub fn from_totals(scope: Scope, totals: LeadTotals) -> Result<Self, Error> {
        Ok(Self {
            scope,
            totals: totals.checked()?,
        })
    }

    /// Counts one more lead.
    ///
    /// # Errors
    /// As [`of`](Self::of); the tally is then as it was.
    #[inline]
    pub fn record(&mut self, lead: &Lead) -> Result<(), Error> {
        let scope = self.scope;
        self.add(lead, &scope)
    }

    /// Adds the tally of other leads in the same scope.
    ///
    /// # Errors
    /// [`Error::ScopeMismatch`] for another scope; [`Error::TotalTooLarge`]. The tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.scope != other.scope {
            return Err(Error::ScopeMismatch {
                expected: self.scope,
                found: other.scope,
            });
        }
        self.totals = self.totals.plus(other.totals)?;
        Ok(())
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Its counts.
    #[must_use]
    pub fn totals(&self) -> &LeadTotals {
        &self.totals
    }
}

verbs!(LeadTally of Lead, Scope, "[`Error::TotalTooLarge`].");

impl Fill<Lead> for LeadTally {
    type View = Scope;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    #[inline]
    fn add(&mut self, lead: &Lead, scope: &Scope) -> Result<(), Error> {
        self.totals.add(lead.facts(), scope)
    }
}
