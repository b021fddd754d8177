//! What a record may lack, from an `Option`: written once for all of them.

use crate::error::Error;
use crate::record::{Activity, Contract, Deal, Lead, Rep, Spend, WorkTime};

/// What a `with_…` returns: the record, or the record unless something is wrong.
///
/// The trait is there to be read in a signature, not to be implemented or called: it is sealed.
pub trait Built<T>: sealed::Built<T> {}

impl<T, B: sealed::Built<T>> Built<T> for B {}

mod sealed {
    use crate::error::Error;

    pub trait Built<T> {
        fn built(self) -> Result<T, Error>;
    }

    impl<T> Built<T> for T {
        fn built(self) -> Result<T, Error> {
            Ok(self)
        }
    }

    impl<T> Built<T> for Result<T, Error> {
        fn built(self) -> Result<T, Error> {
            self
        }
    }
}

macro_rules! optional {
    ($($(#[$doc:meta])* $record:ident;)*) => {
        $(
            impl $record {
                /// With a value, if there is one: what a row of a database may lack.
                ///
                $(#[$doc])*
                ///
                /// # Errors
                /// Those of `add`.
                pub fn with<V, B: Built<Self>>(
                    self,
                    value: Option<V>,
                    add: impl FnOnce(Self, V) -> B,
                ) -> Result<Self, Error> {
                    match value {
                        Some(value) => add(self, value).built(),
                        None => Ok(self),
                    }
                }
            }
        )*
    };
}

optional! {
    /// ```
    /// use sales_metrics::{Currency, Deal, Outcome, date};
    ///
    /// struct Row {
    ///     id: i64,
    ///     owner: Option<String>,
    ///     amount: Option<i64>,
    ///     segment: Option<&'static str>,
    /// }
    ///
    /// let row = Row { id: 7, owner: Some("ada".to_owned()), amount: None, segment: Some("retail") };
    /// let deal = Deal::new(row.id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
    ///     .with(row.owner, Deal::with_owner)?
    ///     .with(row.amount, Deal::with_amount)?
    ///     .with(row.segment, |deal, segment| deal.with_dimension("segment", segment))?;
    /// assert_eq!(deal.owner().map(|rep| rep.as_str()), Some("ada"));
    /// assert_eq!(deal.amount(), None);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    Deal;
    /// What is two columns of a row is two together: `lead.with(row.deal.zip(row.converted), |lead, (deal, on)| lead.with_conversion(deal, on))?`.
    /// [`Deal::with`] has an example.
    Lead;
    /// [`Deal::with`] has an example.
    Contract;
    /// [`Deal::with`] has an example.
    Spend;
    /// [`Deal::with`] has an example.
    Activity;
    /// [`Deal::with`] has an example.
    WorkTime;
    /// [`Deal::with`] has an example.
    Rep;
}
