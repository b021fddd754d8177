use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::error::BookProblem;
use super::grouping::Grouped;
use super::{AllRecords, Book};
use crate::error::{Error, shorten};
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
    /// By the rep who owns a deal, a lead or a contract, or did what was done. A deal that reps share is whole with the first of them; attainment and
    /// productivity take each one's part.
    Rep,
    /// By that rep's team: a deal or a lead by the one in which its owner was on the day it closed, and while it is open by that of the
    /// [`evening`](crate::Scope::evening), what was done by that of its day. A rep, with all that the rep won, and a contract are of the
    /// team of the evening.
    Team,
    /// By a dimension of deals, leads, contracts, expenses and reps, or by a [`Segment`](crate::Segment); `source` is the channel of a lead and of an
    /// expense. What names a rep, and is of a kind of which no record has the dimension, goes by that of its rep. Made by [`named`](Self::named).
    Named(DimensionName),
}

/// The name of a [`Dimension`] of the records. [`Dimension::named`] alone makes one, so that it is never `rep` or `team`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DimensionName(pub(super) Label);

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
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn named(name: &str) -> Result<Self, Error> {
        match name {
            "rep" => Ok(Self::Rep),
            "team" => Ok(Self::Team),
            name => Ok(Self::Named(DimensionName(Label::new(name)?))),
        }
    }

    /// That no record of a book has it.
    #[cold]
    pub(super) fn unknown_to(&self, book: &Book) -> Error {
        let problem = BookProblem::UnknownDimension {
            name: shorten(&self.to_string()),
            known: book.dimensions(),
        };
        problem.into()
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

impl Book {
    /// By what its records can be told apart: by rep where a record names one, by team where a rep is in one, and by the dimensions that
    /// its records name, in the order of their names. It is found in one pass over all records.
    ///
    /// ```
    /// use sales_metrics::{Book, Currency, Deal, Outcome, date};
    ///
    /// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?;
    /// let deal = deal.with_owner("ada")?.with_source("web")?.with_dimension("segment", "retail")?;
    /// let names: Vec<String> = Book::new(Currency::USD).with_deals([deal])?.dimensions().iter().map(ToString::to_string).collect();
    /// assert_eq!(names, ["rep", "segment", "source"]);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn dimensions(&self) -> Vec<Dimension> {
        let AllRecords {
            deals,
            leads,
            activities,
            reps,
            quotas: _,
            work_time,
            contracts,
            spend,
        } = self.records();
        let mut seen = Seen::default();
        seen.look_at(deals);
        seen.look_at(leads);
        seen.look_at(activities);
        seen.look_at(reps);
        seen.look_at(work_time);
        seen.look_at(contracts);
        seen.look_at(spend);
        let mut dimensions = Vec::new();
        if seen.has_rep {
            dimensions.push(Dimension::Rep);
        }
        if reps.iter().any(|rep| rep.team().is_some()) {
            dimensions.push(Dimension::Team);
        }
        for name in seen.names {
            // What is called `rep` or `team` on a record is neither, and no dimension tells apart by it.
            if let Ok(dimension @ Dimension::Named(_)) = Dimension::named(name) {
                dimensions.push(dimension);
            }
        }
        dimensions
    }
}

/// What the records that one has looked at name.
#[derive(Default)]
struct Seen<'a> {
    has_rep: bool,
    /// Of dimensions, in order, each once.
    names: Vec<&'a str>,
}

impl<'a> Seen<'a> {
    fn look_at(&mut self, records: &'a [impl Grouped]) {
        for record in records {
            self.has_rep |= record.whose().is_some();
            record.each_dimension(&mut |name| self.see(name));
        }
    }

    fn see(&mut self, name: &'a str) {
        if let Err(at) = self.names.binary_search(&name) {
            self.names.insert(at, name);
        }
    }
}
