//! What every tally that contains a [`DealTally`](crate::DealTally) says of it.

macro_rules! contains {
    ($tally:ty) => {
        impl $tally {
            /// What it looks at.
            #[must_use]
            pub fn scope(&self) -> $crate::period::Scope {
                self.tally.scope()
            }

            /// The part of a fixed size.
            #[must_use]
            pub fn tally(&self) -> &$crate::tally::DealTally {
                &self.tally
            }

            /// The counts and sums of that part.
            #[must_use]
            pub fn totals(&self) -> &$crate::tally::DealTotals {
                self.tally.totals()
            }
        }
    };
}
pub(super) use contains;
