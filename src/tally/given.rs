//! How ready-made totals are given.

/// A struct of counters that may grow: outside of the crate it is made by `given()` and a method for each counter, of its name.
///
/// ```text
/// DealTotals::given().records(400).won(Priced::some(25, 24, amount))
/// ```
macro_rules! given {
    (
        $(#[$about:meta])*
        pub struct $totals:ident {
            $($(#[$doc:meta])* pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$about])*
        #[non_exhaustive]
        pub struct $totals {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $totals {
            /// Ready-made ones, of which nothing is said yet: each method that is named as a counter is says one.
            #[must_use]
            pub fn given() -> Self {
                Self::default()
            }

            $(
                $(#[$doc])*
                #[must_use]
                pub fn $field(mut self, $field: $type) -> Self {
                    self.$field = $field;
                    self
                }
            )*
        }
    };
}
pub(in crate::tally) use given;
