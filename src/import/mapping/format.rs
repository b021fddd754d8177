//! How a file writes things, as a mapping says it.

use serde::de::MapAccess;
use serde::ser::SerializeMap;

use super::header::once;
use super::{LeftOut, figures};
use crate::import::{Encoding, ImportError, NumberFormat, Texts};
use crate::period::Place;

/// What is not said is as most files have it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(in crate::import) struct FileFormat {
    pub(in crate::import) dates: Option<Texts>,
    pub(in crate::import) months: Option<Vec<Texts>>,
    pub(in crate::import) years_from: Option<u32>,
    pub(in crate::import) numbers: NumberFormat,
    pub(in crate::import) delimiter: Option<char>,
    pub(in crate::import) encoding: Option<Encoding>,
    /// Lines above the header.
    pub(in crate::import) title_lines: Option<u64>,
    pub(in crate::import) place: Option<Place>,
    pub(in crate::import) offset: Option<String>,
    /// Headers and words are compared without regard to case and to how many spaces there are.
    pub(in crate::import) fold: Option<bool>,
    pub(in crate::import) left_out: Option<Vec<LeftOut>>,
}

impl FileFormat {
    pub(super) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
    ) -> Result<bool, A::Error> {
        match key {
            "dates" => once("dates", &mut self.dates, map)?,
            "months" => once("months", &mut self.months, map)?,
            "years_from" => once("years_from", &mut self.years_from, map)?,
            "delimiter" => once("delimiter", &mut self.delimiter, map)?,
            "encoding" => once("encoding", &mut self.encoding, map)?,
            "title_lines" => once("title_lines", &mut self.title_lines, map)?,
            "place" => once("place", &mut self.place, map)?,
            "offset" => once("offset", &mut self.offset, map)?,
            "fold" => once("fold", &mut self.fold, map)?,
            "left_out" => once("left_out", &mut self.left_out, map)?,
            _ => return figures::read(&mut self.numbers, key, map),
        }
        Ok(true)
    }

    pub(super) fn write<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error> {
        if let Some(dates) = &self.dates {
            map.serialize_entry("dates", dates)?;
        }
        if let Some(months) = &self.months {
            map.serialize_entry("months", months)?;
        }
        if let Some(first) = self.years_from {
            map.serialize_entry("years_from", &first)?;
        }
        figures::write(&self.numbers, map)?;
        if let Some(mark) = self.delimiter {
            map.serialize_entry("delimiter", &mark)?;
        }
        if let Some(encoding) = self.encoding {
            map.serialize_entry("encoding", &encoding)?;
        }
        if let Some(lines) = self.title_lines {
            map.serialize_entry("title_lines", &lines)?;
        }
        if let Some(place) = &self.place {
            map.serialize_entry("place", place)?;
        }
        if let Some(offset) = &self.offset {
            map.serialize_entry("offset", offset)?;
        }
        if let Some(fold) = self.fold {
            map.serialize_entry("fold", &fold)?;
        }
        match &self.left_out {
            Some(left_out) => map.serialize_entry("left_out", left_out),
            None => Ok(()),
        }
    }

    /// The mark between the cells of a row.
    pub(in crate::import) fn delimiter(&self) -> Result<u8, ImportError> {
        let mark = self.delimiter_mark();
        let allowed =
            mark.is_ascii() && !mark.is_ascii_alphanumeric() && !"\"\r\n\0".contains(mark);
        match u8::try_from(mark) {
            Ok(mark) if allowed => Ok(mark),
            _ => invalid(format!(
                "the delimiter is {mark:?}, but must be one ASCII mark, such as ',', ';' or a tab"
            )),
        }
    }

    pub(in crate::import) fn delimiter_mark(&self) -> char {
        self.delimiter.unwrap_or(',')
    }

    pub(in crate::import) fn folds(&self) -> bool {
        self.fold.unwrap_or(false)
    }
}

pub(in crate::import) fn invalid<T>(text: impl Into<String>) -> Result<T, ImportError> {
    Err(problem(text.into()))
}

pub(in crate::import) fn problem(problem: String) -> ImportError {
    ImportError::InvalidColumns { problem }
}
