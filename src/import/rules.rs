//! What a mapping says of every file, checked before one is opened.

use std::collections::BTreeMap;

use super::columns::Mapping;
use super::dates::Dates;
use super::numbers::Numbers;
use super::{Column, CurrencyColumn, ImportError, Status};
use crate::record::{Label, PRODUCT, REGION, SOURCE};

pub(super) struct Rules {
    pub(super) delimiter: u8,
    pub(super) dates: Dates,
    pub(super) numbers: Numbers,
    /// Sorted by word.
    pub(super) words: Vec<(String, Status)>,
    /// In the order of their names.
    pub(super) dimensions: Vec<(Label, Column)>,
}

impl Rules {
    pub(super) fn new(mapping: &Mapping) -> Result<Self, ImportError> {
        check_names(mapping)?;
        if mapping.probability.is_some() && mapping.probability_percent.is_some() {
            return invalid("name probability or probability_percent, not both");
        }
        Ok(Self {
            delimiter: delimiter(mapping.delimiter)?,
            dates: dates(&mapping.dates)?,
            numbers: numbers(mapping.decimal_mark, mapping.grouping_mark)?,
            words: words(mapping)?,
            dimensions: dimensions(mapping)?,
        })
    }
}

fn invalid<T>(problem: impl Into<String>) -> Result<T, ImportError> {
    Err(ImportError::InvalidColumns {
        problem: problem.into(),
    })
}

/// White space at its ends would keep a name or a text from ever being found.
fn check_names(mapping: &Mapping) -> Result<(), ImportError> {
    let names = mapping.names();
    if names.iter().any(|name| name.is_empty()) {
        return invalid("a column has an empty name");
    }
    let unknown = mapping.columns().into_iter().flat_map(Column::unknown);
    let words = mapping.outcome.words();
    let texts = unknown.map(|(_, text)| text);
    let mut all = names
        .into_iter()
        .chain(texts)
        .chain(words.map(|(word, _)| word));
    match all.find(|text| text.trim() != *text) {
        Some(text) => invalid(format!(
            "\"{text}\" begins or ends with white space, but cells are compared without"
        )),
        None => Ok(()),
    }
}

fn delimiter(mark: char) -> Result<u8, ImportError> {
    let allowed = mark.is_ascii() && !mark.is_ascii_alphanumeric() && !"\"\r\n\0".contains(mark);
    match u8::try_from(mark) {
        Ok(mark) if allowed => Ok(mark),
        _ => invalid(format!(
            "the delimiter is {mark:?}, but must be one ASCII mark, such as ',', ';' or a tab"
        )),
    }
}

fn dates(pattern: &str) -> Result<Dates, ImportError> {
    Dates::new(pattern).map_or_else(
        || {
            invalid(format!(
                "the date format \"{pattern}\" must have one YYYY, one of MM, M, MMM, one of DD, D, and beside them only \
                 hh, mm, ss, f, z, T, Z, spaces and punctuation"
            ))
        },
        Ok,
    )
}

fn numbers(decimal: char, grouping: Option<char>) -> Result<Numbers, ImportError> {
    let unfit = |mark: &char| mark.is_alphanumeric() || *mark == '-';
    if let Some(mark) = [Some(decimal), grouping]
        .iter()
        .flatten()
        .find(|mark| unfit(mark))
    {
        return invalid(format!(
            "{mark:?} cannot be the decimal or the grouping mark"
        ));
    }
    if grouping == Some(decimal) {
        return invalid(format!(
            "{decimal:?} is both the decimal and the grouping mark"
        ));
    }
    Ok(Numbers::new(decimal, grouping))
}

fn words(mapping: &Mapping) -> Result<Vec<(String, Status)>, ImportError> {
    let mut words: BTreeMap<&str, Status> = BTreeMap::new();
    for (word, status) in mapping.outcome.words() {
        if words.insert(word, status).is_some() {
            return invalid(format!("the word \"{word}\" stands for two outcomes"));
        }
    }
    if words.is_empty() {
        return invalid(
            "the outcome has no words; declare which mean won, lost, disqualified and open",
        );
    }
    let closes = words.values().any(|status| *status != Status::Open);
    if closes && mapping.closed.is_none() {
        return invalid("closed deals need a close date; name its column as closed");
    }
    let owned = words
        .into_iter()
        .map(|(word, status)| (word.to_owned(), status));
    Ok(owned.collect())
}

fn dimensions(mapping: &Mapping) -> Result<Vec<(Label, Column)>, ImportError> {
    let mut dimensions = BTreeMap::new();
    for (name, column) in mapping.dimensions() {
        let label = Label::new(name).or_else(|error| invalid(format!("a dimension's {error}")))?;
        if dimensions.insert(label, column.clone()).is_some() {
            return invalid(format!("the dimension \"{name}\" has two columns"));
        }
    }
    Ok(dimensions.into_iter().collect())
}

impl Mapping {
    /// The columns that become dimensions, by the dimension's name.
    fn dimensions(&self) -> impl Iterator<Item = (&str, &Column)> {
        let own = [
            (SOURCE, &self.source),
            (PRODUCT, &self.product),
            (REGION, &self.region),
        ];
        let own = own
            .into_iter()
            .filter_map(|(name, column)| Some((name, column.as_ref()?)));
        let further = self.dimensions.iter();
        own.chain(further.map(|(name, column)| (name.as_str(), column)))
    }

    /// All columns that may be without a value.
    fn columns(&self) -> Vec<&Column> {
        let optional = [
            &self.closed,
            &self.owner,
            &self.account,
            &self.amount,
            &self.cost,
            &self.list_price,
            &self.stage,
            &self.probability,
            &self.probability_percent,
            &self.first_contact,
            &self.expected_close,
            &self.loss_reason,
        ];
        let dimensions = self.dimensions().map(|(_, column)| column);
        optional.into_iter().flatten().chain(dimensions).collect()
    }

    /// The headers of all columns; one may occur several times.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names = vec![self.id.as_str(), &self.created, self.outcome.name()];
        if let CurrencyColumn::Column(name) = &self.currency {
            names.push(name);
        }
        names.extend(self.columns().into_iter().map(Column::name));
        names
    }
}
