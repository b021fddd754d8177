use super::{Moment, Scope};

/// A scope, and by which clock response and waiting times of leads are counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LeadScope {
    scope: Scope,
}

impl LeadScope {
    /// The scope.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Microseconds from a moment to a later one; none where that one is earlier.
    #[inline]
    pub(crate) fn micros_between(&self, from: Moment, until: Moment) -> Option<u64> {
        until.micros_since(from)
    }
}

impl From<Scope> for LeadScope {
    fn from(scope: Scope) -> Self {
        Self { scope }
    }
}
