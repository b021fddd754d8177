use core::borrow::Borrow;
use core::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::short_text::Text;

/// What an id is; how one is made stands in `doors`, since making it can fail.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $text:ty) => {
        $(#[$doc])*
        ///
        /// Text of 1 to 255 bytes, without control characters and without white space at its ends. Cloning it is cheap.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(
            /// Invariant: what the door demands.
            pub(super) $text,
        );

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

id!(
    /// Names a deal.
    DealId,
    Text
);

#[cfg(feature = "csv")]
macro_rules! quick {
    ($($name:ident)*) => {
        $(
            impl $name {
                /// A short, plain id, as most are; none says nothing.
                #[inline]
                pub(crate) fn quick(text: &[u8]) -> Option<Self> {
                    Text::short(text).map(Self)
                }
            }
        )*
    };
}
#[cfg(feature = "csv")]
quick! { DealId RepId AccountId }

id!(
    /// Names a lead.
    LeadId,
    Text
);
id!(
    /// Names an activity: a call, an email, a meeting.
    ActivityId,
    Text
);
id!(
    /// Names a contract.
    ContractId,
    Text
);
id!(
    /// Names an expense.
    SpendId,
    Text
);
id!(
    /// Names a sales rep.
    RepId,
    Text
);
id!(
    /// Names an account: the customer, or who may become one.
    AccountId,
    Text
);
id!(
    /// A word that records are grouped by: a stage, source, product, region, team, or a dimension of one's own.
    Label,
    Arc<str>
);
