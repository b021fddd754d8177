//! What names a record, and the words that records are told apart by.

mod into_id;
mod record_id;
mod short_text;

pub use into_id::IntoId;
pub(crate) use into_id::checked;
pub use record_id::RecordId;

use core::borrow::Borrow;
use core::fmt;
use core::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::{Error, shorten};
use into_id::sealed::{Checked, Taken};
use short_text::Text;

/// Longer than any id of a real system.
const MAX_BYTES: usize = 255;

/// The one rule for ids and labels; the answer is what is wrong.
fn problem(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("is empty");
    }
    if text.len() > MAX_BYTES {
        return Some("is longer than 255 bytes");
    }
    if is_plain(text.as_bytes()) {
        return None;
    }
    if text.trim() != text {
        return Some("begins or ends with white space; trim it first");
    }
    if text.chars().any(char::is_control) {
        return Some("contains a control character");
    }
    None
}

/// Whether these are visible ASCII characters and nothing else, as in most ids: then only their number can be wrong.
pub(super) fn is_plain(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_graphic)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $text:ty) => {
        $(#[$doc])*
        ///
        /// Text of 1 to 255 bytes, without control characters and without white space at its ends. Cloning it is cheap.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($text);

        impl $name {
            /// Checks the text and keeps it.
            ///
            /// # Errors
            /// [`Error::InvalidId`] where it is empty, too long, or has white space at its ends or control characters.
            pub fn new(text: &str) -> Result<Self, Error> {
                match problem(text) {
                    None => Ok(Self(text.into())),
                    Some(problem) => Err(Error::InvalidId {
                        kind: $kind,
                        text: shorten(text),
                        problem,
                    }),
                }
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Checked for $name {
            fn checked(text: &str) -> Result<Self, Error> {
                Self::new(text)
            }
        }

        impl Taken<$name> for $name {
            fn taken(self) -> Result<$name, Error> {
                Ok(self)
            }
        }

        impl Taken<$name> for &$name {
            fn taken(self) -> Result<$name, Error> {
                Ok(self.clone())
            }
        }

        impl TryFrom<&str> for $name {
            type Error = Error;

            fn try_from(text: &str) -> Result<Self, Error> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Error;

            fn try_from(text: String) -> Result<Self, Error> {
                Self::new(&text)
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Self::new(text)
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

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::new(&text).map_err(de::Error::custom)
            }
        }
    };
}

id!(
    /// Names a deal.
    DealId,
    "deal id",
    Text
);

#[cfg(feature = "csv")]
impl DealId {
    /// A short, plain id, as most are; none says nothing.
    #[inline]
    pub(crate) fn quick(text: &[u8]) -> Option<Self> {
        Text::short(text).map(Self)
    }
}

id!(
    /// Names a lead.
    LeadId,
    "lead id",
    Text
);
id!(
    /// Names an activity: a call, an email, a meeting.
    ActivityId,
    "activity id",
    Text
);
id!(
    /// Names a contract.
    ContractId,
    "contract id",
    Text
);
id!(
    /// Names an expense.
    SpendId,
    "spend id",
    Text
);
id!(
    /// Names a sales rep.
    RepId,
    "rep id",
    Text
);
id!(
    /// Names an account: the customer, or who may become one.
    AccountId,
    "account id",
    Text
);
id!(
    /// A word that records are grouped by: a stage, source, product, region, team, or a dimension of one's own.
    Label,
    "label",
    Arc<str>
);
