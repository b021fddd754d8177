//! The names of a mapping, looked up in the header of one file and checked on the way.

use csv::ByteRecord;

use super::column::CurrencySource;
use super::field::{CurrencyField, Field, LengthField, WordField, Words};
use super::format::{invalid, problem};
use super::lengths::Unit;
use super::numbers::Numbers;
use super::{Column, CurrencyColumn, ImportError, WordColumn};
use crate::value::{Entries, Label, sorted};

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
    /// The first thing that is wrong with the mapping itself; what stands for it in a layout is never read.
    wrong: Option<ImportError>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(header: Option<&'a Header>, numbers: Numbers, has_statuses: bool) -> Self {
        Self {
            header,
            numbers,
            has_statuses,
            missing: Vec::new(),
            repeated: Vec::new(),
            wrong: None,
        }
    }

    /// A column that every record needs.
    pub(super) fn required(&mut self, name: &str) -> Field {
        self.column(&Column::new(name))
    }

    /// A column that a mapping may leave out.
    pub(super) fn given(&mut self, column: Option<&Column>) -> Option<Field> {
        column.map(|column| self.column(column))
    }

    /// The same, where one that is left out is as one of empty cells.
    pub(super) fn optional(&mut self, column: Option<&Column>) -> Field {
        self.given(column).unwrap_or_else(Field::absent)
    }

    pub(super) fn column(&mut self, column: &Column) -> Field {
        if let Err(error) = self.expect_sound(column) {
            self.refuse(error);
            return Field::absent();
        }
        let at = self.position(column.name());
        Field::new(at, column, self.numbers)
    }

    fn expect_sound(&self, column: &Column) -> Result<(), ImportError> {
        if column.needs_status() && !self.has_statuses {
            return invalid(format!(
                "column \"{}\": unknown_when and ignored_when are for the statuses of deals; say what is unknown as unknown",
                column.name()
            ));
        }
        if column.name().is_empty() {
            return invalid("a column has an empty name");
        }
        let mut texts: Vec<&str> = Vec::new();
        for (_, text) in column.unknown() {
            texts.push(text);
        }
        texts.push(column.name());
        check_texts(&texts)
    }

    pub(super) fn currency(&mut self, column: &CurrencyColumn) -> CurrencyField {
        match column.source() {
            CurrencySource::Fixed(currency) => CurrencyField::Fixed(*currency),
            CurrencySource::Column(name) => CurrencyField::Column(self.required(name)),
        }
    }

    pub(super) fn words<T: Ord + Copy>(&mut self, column: &WordColumn<T>) -> WordField<T> {
        let (words, meanings) = column.words();
        if let (Some(fixed), None, true) = (column.fixed_value(), column.name(), words.is_empty()) {
            return WordField::Fixed(*fixed);
        }
        let has_meaning = meanings.first().is_some_and(Option::is_some);
        let is_fixed = column.fixed_value().is_some();
        let field = self.of_words(is_fixed, column.name(), &words, has_meaning);
        WordField::Column(field, Words::new(&words, meanings))
    }

    pub(super) fn optional_words<T: Ord + Copy>(
        &mut self,
        column: Option<&WordColumn<T>>,
    ) -> WordField<T> {
        match column {
            Some(column) => self.words(column),
            None => WordField::Column(Field::absent(), Words::new(&[], Vec::new())),
        }
    }

    /// The column of words that stand each once, and of which one at least has a meaning.
    fn of_words(
        &mut self,
        is_fixed: bool,
        name: Option<&str>,
        words: &[&str],
        has_meaning: bool,
    ) -> Field {
        let checked = match name {
            _ if is_fixed => invalid("what is fixed has no column, and no words"),
            None => invalid("words need their column, or say what is fixed"),
            Some(name) => check_words(name, words, has_meaning).map(|()| name),
        };
        match checked {
            Ok(name) => self.required(name),
            Err(error) => {
                self.refuse(error);
                Field::absent()
            }
        }
    }

    /// The one column of a length that is named, of those of its units: seconds, minutes, hours.
    pub(super) fn length(&mut self, name: &str, columns: [Option<&Column>; 3]) -> LengthField {
        let mut named = Unit::ALL
            .into_iter()
            .zip(columns)
            .filter_map(|(unit, column)| Some((unit, column?)));
        let (unit, column) = match (named.next(), named.next()) {
            (Some((unit, column)), None) => (unit, Some(column)),
            (None, _) => (Unit::Seconds, None),
            _ => {
                self.refuse(problem(format!(
                    "name one of {name}_seconds, {name}_minutes and {name}_hours, not several"
                )));
                (Unit::Seconds, None)
            }
        };
        let field = self.optional(column);
        LengthField { field, unit }
    }

    /// Those with a column of their own and the further ones, in the order of their names; each name once.
    pub(super) fn dimensions(
        &mut self,
        own: &[(&str, Option<&Column>)],
        further: &Entries<String, Column>,
    ) -> Vec<(Label, Field)> {
        let mut columns = own.to_vec();
        for (name, column) in further.iter() {
            columns.push((name, Some(column)));
        }
        let mut dimensions: Vec<(Label, Field)> = Vec::new();
        for (name, column) in columns {
            let Some(column) = column else { continue };
            let label = match Label::new(name) {
                Ok(label) => label,
                Err(error) => {
                    self.refuse(problem(format!("a dimension's {error}")));
                    continue;
                }
            };
            let field = self.column(column);
            if dimensions.iter().any(|(known, _)| *known == label) {
                self.refuse(problem(format!("the dimension \"{name}\" has two columns")));
            }
            dimensions.push((label, field));
        }
        sorted(dimensions, |(a, _), (b, _)| a.cmp(b))
    }

    /// What was wrong before a layout came to its end, or to an error of its own.
    pub(super) fn wrong(&mut self) -> Option<ImportError> {
        self.wrong.take()
    }

    fn refuse(&mut self, error: ImportError) {
        self.wrong.get_or_insert(error);
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
fn check_words(name: &str, words: &[&str], has_meaning: bool) -> Result<(), ImportError> {
    if let Some(word) = repeated(words) {
        return invalid(format!(
            "the word \"{word}\" of column \"{name}\" stands twice"
        ));
    }
    if !has_meaning {
        return invalid(format!(
            "column \"{name}\" has no words; declare what they mean"
        ));
    }
    check_texts(&sorted(words.to_vec(), Ord::cmp))
}

/// The first word that has stood before.
pub(super) fn repeated<'a>(words: &[&'a str]) -> Option<&'a str> {
    let mut places = (0..).zip(words);
    let again = places.find(|(place, word)| words.iter().take(*place).any(|known| known == *word));
    again.map(|(_, word)| *word)
}

/// White space at its ends would keep a name or a text from ever being found.
pub(super) fn check_texts(texts: &[&str]) -> Result<(), ImportError> {
    match texts.iter().find(|text| text.trim() != **text) {
        Some(text) => invalid(format!(
            "\"{text}\" begins or ends with white space, but cells are compared without"
        )),
        None => Ok(()),
    }
}
