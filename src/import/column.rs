use core::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::each::Each;
use super::unique;
use crate::record::DealStatus;
use crate::value::{Currency, Entries};

/// A column of the file, and what in it means that the value is unknown.
///
/// A name by itself is a column: `"close_value".into()`. An empty cell is always an unknown value.
///
/// ```
/// use sales_metrics::DealStatus;
/// use sales_metrics::import::{Column};
///
/// // This export writes 0 as the amount of every lost deal, and "n/a" where nobody knows.
/// let amount = Column::new("close_value").with_unknown(["n/a"]).with_unknown_when(DealStatus::Lost, ["0"]);
/// // This one has one column for the close date of closed deals and the expected close of open ones.
/// let closed = Column::new("CloseDate").with_ignored_when([DealStatus::Open]);
/// # let _ = (amount, closed);
/// ```
///
/// Its JSON is the name, or
/// `{"column": "close_value", "unknown": ["n/a"], "unknown_when": {"lost": ["0"]}, "ignored_when": ["open"]}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column(Details);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Details {
    column: String,
    #[serde(default, skip_serializing_if = "Each::is_empty")]
    unknown: Each<String>,
    #[serde(
        default,
        deserialize_with = "unique::map",
        skip_serializing_if = "Entries::is_empty"
    )]
    unknown_when: Entries<DealStatus, Each<String>>,
    #[serde(default, skip_serializing_if = "Each::is_empty")]
    ignored_when: Each<DealStatus>,
}

impl Column {
    /// The column with this header.
    pub fn new(name: impl Into<String>) -> Self {
        Self(Details {
            column: name.into(),
            unknown: Each::default(),
            unknown_when: Entries::default(),
            ignored_when: Each::default(),
        })
    }

    /// Texts that mean that the value is unknown. In a column of numbers, every spelling of a number means it: 0 and 0.00.
    #[must_use]
    pub fn with_unknown<T: Into<String>>(mut self, texts: impl IntoIterator<Item = T>) -> Self {
        self.0.unknown.extend(texts.into_iter().map(Into::into));
        self
    }

    /// Texts that mean it for deals of one status, and something else for others. Only deals have one.
    #[must_use]
    pub fn with_unknown_when<T: Into<String>>(
        mut self,
        status: DealStatus,
        texts: impl IntoIterator<Item = T>,
    ) -> Self {
        let texts = texts.into_iter().map(Into::into);
        match self.0.unknown_when.get_mut(&status) {
            Some(unknown) => unknown.extend(texts),
            None => self
                .0
                .unknown_when
                .set(status, texts.collect::<Vec<String>>().into()),
        }
        self
    }

    /// For deals of these statuses the column says something else, and is not read. Only deals have one.
    #[must_use]
    pub fn with_ignored_when(mut self, statuses: impl IntoIterator<Item = DealStatus>) -> Self {
        self.0.ignored_when.extend(statuses);
        self
    }

    pub(super) fn name(&self) -> &str {
        &self.0.column
    }

    /// The texts that mean unknown, each for one status or (`None`) for all.
    pub(super) fn unknown(&self) -> Vec<(Option<DealStatus>, &str)> {
        let mut all = Vec::new();
        for text in &self.0.unknown {
            all.push((None, text.as_str()));
        }
        for (status, texts) in self.0.unknown_when.iter() {
            for text in texts {
                all.push((Some(*status), text.as_str()));
            }
        }
        all
    }

    pub(super) fn ignored(&self) -> impl Iterator<Item = DealStatus> {
        self.0.ignored_when.iter().copied()
    }

    /// Whether what it says depends on the status of a deal.
    pub(super) fn needs_status(&self) -> bool {
        !self.0.unknown_when.is_empty() || !self.0.ignored_when.is_empty()
    }
}

impl From<&str> for Column {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for Column {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if *self == Self::new(self.name()) {
            serializer.serialize_str(self.name())
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ColumnVisitor)
    }
}

/// Spelled out, since an untagged enum would not say what is wrong.
struct ColumnVisitor;

impl<'de> Visitor<'de> for ColumnVisitor {
    type Value = Column;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a column, or an object with \"column\" and what is unknown in it")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Column, E> {
        Ok(Column::new(name))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Column, A::Error> {
        Details::deserialize(MapAccessDeserializer::new(map)).map(Column)
    }
}

/// Where the currency of a record's amounts comes from.
///
/// A [`Currency`] by itself is the one of all records. Its JSON is `{"fixed": "USD"}` or `{"column": "ccy"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CurrencyColumn(CurrencySource);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CurrencySource {
    Fixed(Currency),
    Column(String),
}

impl CurrencyColumn {
    /// The column with this header holds the code of each record's currency.
    pub fn new(name: impl Into<String>) -> Self {
        Self(CurrencySource::Column(name.into()))
    }

    /// No column: all records of the file are in this one.
    #[must_use]
    pub fn fixed(currency: Currency) -> Self {
        Self(CurrencySource::Fixed(currency))
    }

    pub(super) fn source(&self) -> &CurrencySource {
        &self.0
    }
}

impl From<Currency> for CurrencyColumn {
    fn from(currency: Currency) -> Self {
        Self::fixed(currency)
    }
}
