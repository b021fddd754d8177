//! What all tallies have in common that consist of a scope and of totals of a fixed size.

/// All of such a tally but its fields, its ready-made totals, and their documentation.
///
/// `fixed!(DealTally of Deal, reads Facts, DealTotals, "what can go wrong", count)`, where `count(totals, record, scope)` counts a record and changes
/// nothing where it fails.
macro_rules! fixed {
    ($tally:ident of $record:ident, reads $reads:ident, $totals:ident, $errors:literal, $count:expr) => {
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Wire {
            scope: $crate::period::Scope,
            totals: $totals,
        }

        impl TryFrom<Wire> for $tally {
            type Error = $crate::Error;

            fn try_from(wire: Wire) -> Result<Self, $crate::Error> {
                Self::from_totals(wire.scope, wire.totals)
            }
        }

        impl From<$tally> for Wire {
            fn from(tally: $tally) -> Self {
                Self {
                    scope: tally.scope,
                    totals: tally.totals,
                }
            }
        }

        impl $tally {
            /// A tally of nothing yet.
            #[must_use]
            pub fn new(scope: $crate::period::Scope) -> Self {
                Self {
                    scope,
                    totals: $totals::default(),
                }
            }

            /// Counts one more record.
            ///
            /// # Errors
            /// As [`of`](Self::of); the tally is then as it was.
            #[inline]
            pub fn record(&mut self, record: &$record) -> Result<(), $crate::Error> {
                let scope = self.scope;
                if self.totals.is_whole() {
                    return $crate::tally::engine::Fill::add(self, record, &scope);
                }
                let mut one = Self::new(scope);
                $crate::tally::engine::Fill::add(&mut one, record, &scope)?;
                self.merge(&one)
            }

            /// Adds the tally of other records in the same scope. What one of them does not count, the sum does not either.
            ///
            /// # Errors
            /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) for another scope;
            /// [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge). The tally is then as it was.
            pub fn merge(&mut self, other: &Self) -> Result<(), $crate::Error> {
                self.scope.expect_same(other.scope)?;
                let sum = self.totals.plus(other.totals)?.settled();
                // Two sound totals can have no sum for the most records alone.
                self.totals = sum.checked().map_err($crate::tally::error::no_room)?;
                Ok(())
            }

            /// What it looks at.
            #[must_use]
            pub fn scope(&self) -> $crate::period::Scope {
                self.scope
            }

            /// Its counts and sums.
            #[must_use]
            pub fn totals(&self) -> &$totals {
                &self.totals
            }
        }

        $crate::tally::engine::verbs!($tally of $record, reads $reads, $crate::period::Scope, $errors);

        impl $crate::tally::engine::Fill<$record> for $tally {
            type View = $crate::period::Scope;
            type Tally = Self;

            fn empty(scope: &$crate::period::Scope) -> Self {
                Self::new(*scope)
            }

            #[inline]
            fn add(
                &mut self,
                record: &$record,
                scope: &$crate::period::Scope,
            ) -> Result<(), $crate::Error> {
                let count: fn(&mut $totals, &$record, &$crate::period::Scope) -> _ = $count;
                count(&mut self.totals, record, scope)
            }

            fn done(self, _: &$crate::period::Scope) -> Self {
                self
            }
        }
    };
}
pub(in crate::tally) use fixed;
