/// A length of time in a unit of the calendar: a number that may be fractional and is never negative.
macro_rules! span {
    ($(#[$doc:meta])* $span:ident, $one:literal, $many:literal, $negative:ident { $field:ident }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $span(rust_decimal::Decimal);

        impl $span {
            /// So many.
            ///
            /// # Errors
            #[doc = concat!("[`ErrorKind::", stringify!($negative), "`](crate::ErrorKind::", stringify!($negative), ") below 0.")]
            pub fn new(count: impl Into<rust_decimal::Decimal>) -> Result<Self, $crate::Error> {
                let count = $crate::value::number::positive_zero(count.into());
                if count < rust_decimal::Decimal::ZERO {
                    let $field = count;
                    return Err($crate::value::error::ValueProblem::$negative { $field }.into());
                }
                Ok(Self(count.normalize()))
            }

            /// The bare number.
            #[must_use]
            pub fn decimal(self) -> rust_decimal::Decimal {
                self.0
            }

            /// The number as the nearest binary fraction: for plotting, not for reckoning.
            #[must_use]
            pub fn approx_f64(self) -> f64 {
                rust_decimal::prelude::ToPrimitive::to_f64(&self.0).unwrap_or(f64::NAN)
            }
        }

        /// So many whole ones.
        impl From<u32> for $span {
            fn from(count: u32) -> Self {
                Self(count.into())
            }
        }

        impl core::fmt::Display for $span {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let one = f.precision().is_none() && self.0 == rust_decimal::Decimal::ONE;
                $crate::value::number::show(self.0, if one { $one } else { $many }, f)
            }
        }

        fn read(text: &str) -> Result<$span, $crate::Error> {
            $crate::value::number::parse_with_unit(text, &[$many, $one]).and_then($span::new)
        }

        $crate::value::number::text_and_wire!($span, read, $span::decimal, $span::new);
    };
}
pub(super) use span;

span! {
    /// A length of time in days, possibly fractional, never negative.
    ///
    /// Its text is `65.6 days`, its JSON the number as a string (`"65.6"`).
    ///
    /// ```
    /// use sales_metrics::Days;
    ///
    /// let cycle: Days = "65.625 days".parse()?;
    /// assert_eq!(format!("{cycle:.1}"), "65.6 days");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    Days, " day", " days", NegativeDays { days }
}
