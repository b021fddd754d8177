//! The names of a mapping, looked up in the header of one file and checked on the way.

use csv::ByteRecord;

use super::field::{CurrencyField, Field, LengthField, WordField, Words};
use super::format::invalid;
use super::lengths::Unit;
use super::numbers::Numbers;
use super::{Column, CurrencyColumn, ImportError, WordColumn};
use crate::record::Label;
use crate::sorted::sorted;

/// The first row of a file.
pub(super) struct Header {
    pub(super) names: Vec<String>,
    /// The mark that parts its names, as the mapping says.
    pub(super) delimiter: char,
}

/// What it was asked for and could not find, it says at the end, all at once.
pub struct Finder<'a> {
    /// None where only the mapping is checked: then every name is found.
    header: Option<&'a Header>,
    numbers: Numbers,
    /// Whether the records are deals.
    has_statuses: bool,
    missing: Vec<String>,
    repeated: Vec<String>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(header: Option<&'a Header>, numbers: Numbers, has_statuses: bool) -> Self {
        Self {
            header,
            numbers,
            has_statuses,
            missing: Vec::new(),
            repeated: Vec::new(),
        }
    }

    /// A column that every record needs.
    pub(super) fn required(&mut self, name: &str) -> Result<Field, ImportError> {
        self.column(&Column::new(name))
    }

    /// A column that a mapping may leave out.
    pub(super) fn given(&mut self, column: Option<&Column>) -> Result<Option<Field>, ImportError> {
        column.map(|column| self.column(column)).transpose()
    }

    /// The same, where one that is left out is as one of empty cells.
    pub(super) fn optional(&mut self, column: Option<&Column>) -> Result<Field, ImportError> {
        let field = self.given(column)?;
        Ok(field.unwrap_or_else(Field::absent))
    }

    pub(super) fn column(&mut self, column: &Column) -> Result<Field, ImportError> {
        if column.needs_status() && !self.has_statuses {
            return invalid(format!(
                "column \"{}\": unknown_when and ignored_when are for the statuses of deals; say what is unknown as unknown",
                column.name()
            ));
        }
        if column.name().is_empty() {
            return invalid("a column has an empty name");
        }
        let unknown = column.unknown().map(|(_, text)| text);
        check_texts(unknown.chain([column.name()]))?;
        let at = self.position(column.name());
        Ok(Field::new(at, column, self.numbers))
    }

    pub(super) fn currency(
        &mut self,
        column: &CurrencyColumn,
    ) -> Result<CurrencyField, ImportError> {
        match column {
            CurrencyColumn::Fixed(currency) => Ok(CurrencyField::Fixed(*currency)),
            CurrencyColumn::Column(name) => self.required(name).map(CurrencyField::Column),
        }
    }

    pub(super) fn words<T: Ord + Copy>(
        &mut self,
        column: &WordColumn<T>,
    ) -> Result<WordField<T>, ImportError> {
        let words = column.words();
        let name = match (column.fixed(), column.name(), words.is_empty()) {
            (Some(fixed), None, true) => return Ok(WordField::Fixed(*fixed)),
            (Some(_), ..) => return invalid("what is fixed has no column, and no words"),
            (None, None, _) => return invalid("words need their column, or say what is fixed"),
            (None, Some(name), _) => name,
        };
        let texts = words.iter().map(|(word, _)| *word).collect();
        check_words(
            name,
            texts,
            words.iter().any(|(_, meaning)| meaning.is_some()),
        )?;
        let words = sorted(words, |(a, _), (b, _)| a.cmp(b));
        Ok(WordField::Column(self.required(name)?, Words::new(words)))
    }

    pub(super) fn optional_words<T: Ord + Copy>(
        &mut self,
        column: Option<&WordColumn<T>>,
    ) -> Result<WordField<T>, ImportError> {
        let absent = || Ok(WordField::Column(Field::absent(), Words::new(Vec::new())));
        column.map_or_else(absent, |column| self.words(column))
    }

    /// The one column of a length that is named, of those of its units: seconds, minutes, hours.
    pub(super) fn length(
        &mut self,
        name: &str,
        columns: [Option<&Column>; 3],
    ) -> Result<LengthField, ImportError> {
        let mut named = Unit::ALL
            .into_iter()
            .zip(columns)
            .filter_map(|(unit, column)| Some((unit, column?)));
        let (unit, column) = match (named.next(), named.next()) {
            (Some((unit, column)), None) => (unit, Some(column)),
            (None, _) => (Unit::Seconds, None),
            _ => {
                return invalid(format!(
                    "name one of {name}_seconds, {name}_minutes and {name}_hours, not several"
                ));
            }
        };
        let field = self.optional(column)?;
        Ok(LengthField { field, unit })
    }

    /// In the order of their names; each name once.
    pub(super) fn dimensions<'c>(
        &mut self,
        columns: impl IntoIterator<Item = (&'c str, &'c Column)>,
    ) -> Result<Vec<(Label, Field)>, ImportError> {
        let mut dimensions: Vec<(Label, Field)> = Vec::new();
        for (name, column) in columns {
            let label =
                Label::new(name).or_else(|error| invalid(format!("a dimension's {error}")))?;
            let field = self.column(column)?;
            if dimensions.iter().any(|(known, _)| *known == label) {
                return invalid(format!("the dimension \"{name}\" has two columns"));
            }
            dimensions.push((label, field));
        }
        Ok(sorted(dimensions, |(a, _), (b, _)| a.cmp(b)))
    }

    /// Whether all was found.
    pub(super) fn finish(self) -> Result<(), ImportError> {
        match self.header {
            Some(header) if !self.missing.is_empty() => Err(ImportError::MissingColumns {
                missing: self.missing,
                header: header.names.clone(),
                delimiter: header.other_delimiter(),
            }),
            _ if !self.repeated.is_empty() => Err(ImportError::RepeatedColumns {
                columns: self.repeated,
            }),
            _ => Ok(()),
        }
    }

    fn position(&mut self, name: &str) -> usize {
        let names = self.header.map_or(&[][..], |header| &header.names);
        let mut places = (0..).zip(names).filter(|(_, found)| *found == name);
        let (first, second) = (places.next(), places.next());
        if first.is_none() {
            note(&mut self.missing, name);
        }
        if second.is_some() {
            note(&mut self.repeated, name);
        }
        // What is missing is never read, since the finder refuses the file at the end.
        first.map_or(usize::MAX, |(at, _)| at)
    }
}

impl Header {
    pub(super) fn new(row: &ByteRecord, delimiter: char) -> Self {
        let name = |name| String::from_utf8_lossy(name).trim().to_owned();
        Self {
            names: row.iter().map(name).collect(),
            delimiter,
        }
    }

    /// Where the whole header is one name: the mark in it that seems to part the names.
    fn other_delimiter(&self) -> Option<char> {
        let [name] = self.names.as_slice() else {
            return None;
        };
        let count = |mark: &char| name.matches(*mark).count();
        let marks = [';', '\t', ',', '|'].into_iter();
        marks
            .rev()
            .filter(|mark| *mark != self.delimiter && count(mark) > 0)
            .max_by_key(count)
    }
}

fn note(names: &mut Vec<String>, name: &str) {
    if names.iter().all(|known| known != name) {
        names.push(name.to_owned());
    }
}

/// The words of a column: each stands once, and one at least has a meaning.
fn check_words(name: &str, words: Vec<&str>, has_meaning: bool) -> Result<(), ImportError> {
    if let Some(word) = repeated(&words) {
        return invalid(format!(
            "the word \"{word}\" of column \"{name}\" stands twice"
        ));
    }
    if !has_meaning {
        return invalid(format!(
            "column \"{name}\" has no words; declare what they mean"
        ));
    }
    check_texts(sorted(words, Ord::cmp))
}

/// The first word that has stood before.
pub(super) fn repeated<'a>(words: &[&'a str]) -> Option<&'a str> {
    let mut places = (0..).zip(words);
    let again = places.find(|(place, word)| words.iter().take(*place).any(|known| known == *word));
    again.map(|(_, word)| *word)
}

/// White space at its ends would keep a name or a text from ever being found.
pub(super) fn check_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<(), ImportError> {
    match texts.into_iter().find(|text| text.trim() != *text) {
        Some(text) => invalid(format!(
            "\"{text}\" begins or ends with white space, but cells are compared without"
        )),
        None => Ok(()),
    }
}
