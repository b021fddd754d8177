use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Period, Scope};
use crate::tally::error::TallyProblem;

/// What one looks at where a pipeline moves: a [`Scope`], whose period holds the movements, and the period in which the deals are due
/// whose movements are told apart.
///
/// A scope alone looks at what is due in its own period.
///
/// ```
/// use sales_metrics::{Currency, Period, Scope};
///
/// // What happened in the second quarter to the pipeline of the third.
/// let q2 = Scope::new(Period::quarter(2026, 2)?, Currency::USD);
/// let moved = q2.due_in(Period::quarter(2026, 3)?);
/// assert_eq!(moved.to_string(), "2026-04-01/2026-07-01 in USD as of 2026-06-30, due in 2026-07-01/2026-10-01");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovementScope {
    scope: Scope,
    target: Period,
}

impl Scope {
    /// The movements of this scope's period, those of the deals told apart that are due in a target period.
    #[must_use]
    pub fn due_in(self, target: Period) -> MovementScope {
        MovementScope {
            scope: self,
            target,
        }
    }
}

impl MovementScope {
    /// The scope whose period holds the movements.
    #[must_use]
    pub fn scope(self) -> Scope {
        self.scope
    }

    /// The period in which the deals are due.
    #[must_use]
    pub fn target(self) -> Period {
        self.target
    }

    /// The one check that two tallies can be merged.
    pub(super) fn expect_same(self, found: Self) -> Result<(), Error> {
        self.scope.expect_same(found.scope)?;
        if self == found {
            return Ok(());
        }
        let (expected, found) = (self.target, found.target);
        Err(TallyProblem::TargetsDiffer { expected, found }.into())
    }

    /// Whether a deal that is expected to close on a day is due in the target period.
    #[inline]
    pub(super) fn is_due(self, expected: Option<Day>) -> bool {
        let (start, end) = self.target.bounds();
        expected.is_some_and(|day| start <= day && day < end)
    }
}

impl From<Scope> for MovementScope {
    fn from(scope: Scope) -> Self {
        scope.due_in(scope.period())
    }
}

impl fmt::Display for MovementScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}, due in {}", self.scope, self.target))
    }
}
