use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::Error;
use crate::value::Label;

/// By what the records of a [`Book`](super::Book) are told apart.
///
/// Its text is `rep`, `team`, or the name of a dimension of the records, such as `source`, `region`, `product` or `territory`.
///
/// ```
/// use sales_metrics::Dimension;
///
/// assert_eq!("team".parse::<Dimension>()?, Dimension::Team);
/// assert_eq!(Dimension::named("region")?.to_string(), "region");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Dimension {
    /// By the rep who owns a deal or a lead, or did what was done.
    Rep,
    /// By that rep's team.
    Team,
    /// By a dimension of deals, leads, contracts and expenses; `source` is the channel of a lead and of an expense. Made by
    /// [`named`](Self::named).
    Named(DimensionName),
}

/// The name of a [`Dimension`] of the records. [`Dimension::named`] alone makes one, so that it is never `rep` or `team`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DimensionName(Label);

impl DimensionName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Dimension {
    /// The dimension of a name; a record without it is in the group of none. `rep` and `team` are [`Dimension::Rep`] and
    /// [`Dimension::Team`], as in its text and its JSON.
    ///
    /// # Errors
    /// [`Error::InvalidId`].
    pub fn named(name: &str) -> Result<Self, Error> {
        match name {
            "rep" => Ok(Self::Rep),
            "team" => Ok(Self::Team),
            name => Ok(Self::Named(DimensionName(Label::new(name)?))),
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Rep => "rep",
            Self::Team => "team",
            Self::Named(name) => name.as_str(),
        })
    }
}

impl FromStr for Dimension {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::named(text)
    }
}

impl Serialize for Dimension {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Dimension {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
