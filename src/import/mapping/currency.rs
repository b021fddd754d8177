use core::fmt;

use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::Column;
use super::column_wire::{ColumnVisitor, InFull, read_spec};
use crate::value::Currency;

/// Where the currency of a record's amounts comes from.
///
/// A [`Currency`] by itself is the one of all records; a column has codes, in large letters or small, or whatever is read as a code
/// ([`Column::with_reading`]). Its JSON is `{"fixed": "USD"}`, `{"column": "ccy"}` or `{"column": "ccy", "read_as": {"€": "EUR"}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyColumn(CurrencySource);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) enum CurrencySource {
    Fixed(Currency),
    Column(Column),
}

impl CurrencyColumn {
    /// The column holds the code of each record's currency.
    pub fn new(column: impl Into<Column>) -> Self {
        Self(CurrencySource::Column(column.into()))
    }

    /// No column: all records of the file are in this one.
    #[must_use]
    pub fn fixed(currency: Currency) -> Self {
        Self(CurrencySource::Fixed(currency))
    }

    pub(in crate::import) fn source(&self) -> &CurrencySource {
        &self.0
    }
}

impl From<Currency> for CurrencyColumn {
    fn from(currency: Currency) -> Self {
        Self::fixed(currency)
    }
}

impl Serialize for CurrencyColumn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            CurrencySource::Fixed(currency) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("fixed", currency)?;
                map.end()
            }
            CurrencySource::Column(column) => match column.specs() {
                [only] => InFull(only).serialize(serializer),
                _ => column.serialize(serializer),
            },
        }
    }
}

impl<'de> Deserialize<'de> for CurrencyColumn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CurrencyVisitor)
    }
}

struct CurrencyVisitor;

impl<'de> Visitor<'de> for CurrencyVisitor {
    type Value = CurrencyColumn;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with \"fixed\" or \"column\"")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<CurrencyColumn, A::Error> {
        ColumnVisitor.visit_seq(list).map(CurrencyColumn::new)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<CurrencyColumn, A::Error> {
        let mut fixed = None;
        match (read_spec(map, Some(&mut fixed))?, fixed) {
            (Some(spec), None) => Ok(CurrencyColumn::new(Column::of(vec![spec]))),
            (None, Some(currency)) => Ok(CurrencyColumn::fixed(currency)),
            (Some(_), Some(_)) => Err(A::Error::custom("what is fixed has no column")),
            (None, None) => Err(A::Error::missing_field("column")),
        }
    }
}
