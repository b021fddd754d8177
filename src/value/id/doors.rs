//! The doors of ids: the one rule for all of them, and the ways in.

use core::str::FromStr;

use serde::{Deserialize, Deserializer, de};

use super::into_id::sealed::{Checked, Taken};
use super::{AccountId, ActivityId, ContractId, DealId, Label, LeadId, RepId, SpendId};
use crate::error::{Error, shorten};
use crate::value::error::ValueProblem;

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

/// Whether an id or a label can be made of it.
#[cfg(feature = "csv")]
#[inline]
pub(crate) fn is_sound(text: &[u8]) -> bool {
    // Without branches, since most texts are of such characters to their end.
    let ascii = |plain, byte: &u8| plain & matches!(byte, b' '..=b'~');
    if let ([first, .., last], true) = (text, text.len() <= MAX_BYTES) {
        if first.is_ascii_graphic() && last.is_ascii_graphic() && text.iter().fold(true, ascii) {
            return true;
        }
    }
    core::str::from_utf8(text).is_ok_and(|text| problem(text).is_none())
}

macro_rules! door {
    ($($name:ident, $kind:literal;)*) => {
        $(
            impl $name {
                /// Checks the text and keeps it.
                ///
                /// # Errors
                /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId) where it is empty, too long, or has white space at its ends or
                /// control characters.
                pub fn new(text: &str) -> Result<Self, Error> {
                    match problem(text) {
                        None => Ok(Self(text.into())),
                        Some(problem) => Err(invalid($kind, text, problem)),
                    }
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

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let text = String::deserialize(deserializer)?;
                    Self::new(&text).map_err(de::Error::custom)
                }
            }
        )*
    };
}

door! {
    DealId, "deal id";
    LeadId, "lead id";
    ActivityId, "activity id";
    ContractId, "contract id";
    SpendId, "spend id";
    RepId, "rep id";
    AccountId, "account id";
    Label, "label";
}

#[cold]
fn invalid(kind: &'static str, text: &str, problem: &'static str) -> Error {
    let text = shorten(text);
    let problem = ValueProblem::InvalidId {
        kind,
        text,
        problem,
    };
    problem.into()
}
