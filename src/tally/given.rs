//! How ready-made totals are given, and which counters they hold.

use crate::error::Undefined;

/// Totals that are being given: a method for each counter, of its name. What is left out is not counted, and not 0.
///
/// It is made by `given()` of the totals, and goes where they are asked for.
///
/// ```
/// use sales_metrics::{Currency, DealTally, Period, Scope, Undefined, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = DealTally::from_totals(q1, DealTotals::given().won(Priced::none(25)))?;
/// assert_eq!(deals.totals().won()?.count, 25);
/// assert_eq!(deals.totals().lost(), Err(Undefined::NotCounted("lost")));
/// assert_eq!(kpi::win_rate(&deals), Err(Undefined::NotCounted("lost")));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Given<T>(pub(in crate::tally) T);

/// The counters that totals don't hold: a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::tally) struct Missing(u32);

impl Missing {
    /// All counters of these bits.
    pub(in crate::tally) const fn of(bits: u32) -> Self {
        Self(bits)
    }

    pub(in crate::tally) fn is_none(self) -> bool {
        self.0 == 0
    }

    pub(in crate::tally) fn has(self, bit: u32) -> bool {
        self.0 & bit != 0
    }

    pub(in crate::tally) fn without(self, bit: u32) -> Self {
        Self(self.0 & !bit)
    }

    /// Of the sum of two: it holds what both hold.
    pub(in crate::tally) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(in crate::tally) fn expect(self, bit: u32, name: &'static str) -> Result<(), Undefined> {
        if self.has(bit) {
            return Err(Undefined::NotCounted(name));
        }
        Ok(())
    }
}

/// A struct of counters that may grow, and of which some may be missing. Outside of its family it is made by `given()` and a method
/// of the builder for each counter, and read by a method for each, which says what is missing. In JSON, what is missing is absent.
///
/// ```text
/// given! {
///     pub struct ActivityTotals {
///         records: u64,
///         pub(super) call_outcomes: CallOutcomes [given], // totals themselves: taken as they are being given
///         won: Entries<RepId, RepWins> [each of (RepId, RepWins), by added_up], // given as pairs, and read by the family alone
///     }
/// }
/// given! {
///     pub struct CallOutcomes in "call_outcomes." {} // what is missing is told by this name and its own
/// }
/// ```
///
/// Invariant: a counter that is missing has the value of its type's default, so that equal totals have equal fields.
macro_rules! given {
    (
        $(#[$about:meta])*
        pub struct $totals:ident $counters:tt
    ) => {
        given!(@all "", $(#[$about])* $totals $counters);
    };

    (
        $(#[$about:meta])*
        pub struct $totals:ident in $within:literal $counters:tt
    ) => {
        given!(@all $within, $(#[$about])* $totals $counters);
    };

    (
        @all $within:literal,
        $(#[$about:meta])*
        $totals:ident {
            $($(#[$doc:meta])* $vis:vis $field:ident: $type:ty $([$how:ident $(of $each:ty, by $sum:path)?])?,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Default, PartialEq, Eq, Hash)]
        pub struct $totals {
            $($(#[$doc])* $vis $field: $type,)*
            pub(in crate::tally) missing: $crate::tally::given::Missing,
        }

        impl $totals {
            /// Ready-made ones, of which nothing is said yet: each method that is named as a counter says one. What is left out is
            /// not counted, and not 0.
            pub fn given() -> $crate::tally::Given<Self> {
                Self::nothing()
            }
        }

        // A scope for names that each of these structs has.
        const _: () = {
            use $crate::error::Undefined;
            use $crate::tally::given::{Given, Missing, given};

            struct Bits {
                $($field: u32,)*
            }

            #[expect(unused_assignments, reason = "no counter follows the last one")]
            const BITS: Bits = {
                let mut next = 1;
                Bits {
                    $($field: {
                        let bit = next;
                        assert!(bit != 0, "more counters than bits");
                        next <<= 1;
                        bit
                    },)*
                }
            };

            struct Names {
                $($field: &'static str,)*
            }

            const NAMES: Names = Names {
                $($field: concat!($within, stringify!($field)),)*
            };

            #[allow(clippy::new_ret_no_self, reason = "a counter has the word of the field: new customers")]
            impl $totals {
                $(given!(@read $($how)?, $(#[$doc])* $field: $type);)*

                fn nothing() -> Given<Self> {
                    Given(Self {
                        missing: Missing::of(0 $(| BITS.$field)*),
                        ..Self::default()
                    })
                }

                /// Whether every counter is held, in the totals among them, too.
                #[allow(dead_code, reason = "of some totals it is not asked")]
                pub(in $crate::tally) fn is_whole(&self) -> bool {
                    self.missing.is_none() $($(&& given!(@whole $how, self.$field))?)*
                }

                /// The reason of the first counter that is missing.
                #[allow(dead_code, reason = "of some totals it is not asked")]
                pub(in $crate::tally) fn expect_whole(&self) -> Result<(), Undefined> {
                    $(self.missing.expect(BITS.$field, NAMES.$field)?;)*
                    Ok(())
                }

                /// The sum of two, where something may have been added to what is missing.
                #[allow(dead_code, reason = "some totals are never added up in part")]
                pub(in $crate::tally) fn settled(self) -> Self {
                    if self.is_whole() { self } else { self.cleared() }
                }

                #[allow(dead_code, reason = "some totals are never added up in part")]
                #[cold]
                fn cleared(mut self) -> Self {
                    $(
                        if self.missing.has(BITS.$field) {
                            self.$field = <$type>::default();
                        }
                    )*
                    self
                }
            }

            impl Given<$totals> {
                $(given!(@give $($how $(of $each, by $sum)?)?, $(#[$doc])* $field: $type);)*
            }

            impl From<Given<$totals>> for $totals {
                fn from(Given(totals): Given<$totals>) -> Self {
                    totals
                }
            }

            /// What it holds.
            impl core::fmt::Debug for $totals {
                fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                    let mut shown = f.debug_struct(stringify!($totals));
                    $(
                        if !self.missing.has(BITS.$field) {
                            shown.field(stringify!($field), &self.$field);
                        }
                    )*
                    shown.finish()
                }
            }

            #[derive(serde::Serialize, serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            struct Wire {
                $(#[serde(skip_serializing_if = "Option::is_none")] $field: Option<$type>,)*
            }

            impl serde::Serialize for $totals {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let held = |bit| !self.missing.has(bit);
                    let wire = Wire {
                        $($field: held(BITS.$field).then(|| self.$field.clone()),)*
                    };
                    wire.serialize(serializer)
                }
            }

            impl<'de> serde::Deserialize<'de> for $totals {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let wire = Wire::deserialize(deserializer)?;
                    let mut totals = Self::default();
                    $(
                        match wire.$field {
                            Some(counter) => totals.$field = counter,
                            None => totals.missing = totals.missing.or(Missing::of(BITS.$field)),
                        }
                    )*
                    Ok(totals)
                }
            }
        };
    };

    (@whole given, $totals:expr) => {
        $totals.is_whole()
    };

    // Each of many is made whole or not by itself.
    (@whole each, $counter:expr) => {
        true
    };

    (@read each, $(#[$doc:meta])* $field:ident: $type:ty) => {
        pub(in $crate::tally) fn $field(&self) -> Result<&$type, Undefined> {
            self.missing.expect(BITS.$field, NAMES.$field)?;
            Ok(&self.$field)
        }
    };

    (@read $($how:ident)?, $(#[$doc:meta])* $field:ident: $type:ty) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// [`Undefined::NotCounted`](crate::Undefined::NotCounted) where it was not given.
        pub fn $field(&self) -> Result<$type, Undefined> {
            self.missing.expect(BITS.$field, NAMES.$field)?;
            Ok(self.$field)
        }
    };

    (@give given, $(#[$doc:meta])* $field:ident: $type:ty) => {
        $(#[$doc])*
        pub fn $field(mut self, $field: impl Into<$type>) -> Self {
            self.0.$field = $field.into();
            self.0.missing = self.0.missing.without(BITS.$field);
            self
        }
    };

    (@give each of $each:ty, by $sum:path, $(#[$doc:meta])* $field:ident: $type:ty) => {
        $(#[$doc])*
        pub fn $field(mut self, $field: impl IntoIterator<Item = $each>) -> Self {
            self.0.$field = $sum($field.into_iter().collect());
            self.0.missing = self.0.missing.without(BITS.$field);
            self
        }
    };

    (@give $($how:ident)?, $(#[$doc:meta])* $field:ident: $type:ty) => {
        $(#[$doc])*
        pub fn $field(mut self, $field: $type) -> Self {
            self.0.$field = $field;
            self.0.missing = self.0.missing.without(BITS.$field);
            self
        }
    };
}
pub(in crate::tally) use given;
