//! The mapping, laid over the header of one file: names become positions, once.

use std::collections::BTreeMap;
use std::sync::Arc;

use csv::ByteRecord;
use rust_decimal::Decimal;

use super::columns::Mapping;
use super::dates::Dates;
use super::numbers::Numbers;
use super::recent::{Print, Recent};
use super::rules::Rules;
use super::{Column, CurrencyColumn, ImportError, Status};
use crate::period::Day;
use crate::record::{AccountId, Label, Particulars, RepId};
use crate::value::Currency;

/// Where everything is, and how it is written.
pub(super) struct Layout {
    /// How many fields every row has.
    pub(super) width: usize,
    pub(super) id: Field,
    pub(super) created: Field,
    pub(super) outcome: Field,
    pub(super) words: Vec<(Print, String, Status)>,
    pub(super) currency: CurrencyField,
    pub(super) closed: Option<Field>,
    pub(super) owner: Option<Field>,
    pub(super) account: Option<Field>,
    pub(super) amount: Option<Field>,
    pub(super) cost: Option<Field>,
    pub(super) list_price: Option<Field>,
    pub(super) stage: Option<Field>,
    pub(super) probability: Option<Field>,
    pub(super) probability_percent: Option<Field>,
    pub(super) first_contact: Option<Field>,
    pub(super) expected_close: Option<Field>,
    pub(super) loss_reason: Option<Field>,
    pub(super) dimensions: Vec<(Label, Field)>,
    pub(super) dates: Dates,
    pub(super) numbers: Numbers,
}

/// What was read of the rows before, by the bytes of the cells.
pub(super) struct Seen {
    pub(super) days: Recent<Day>,
    pub(super) owners: Recent<RepId>,
    pub(super) accounts: Recent<AccountId>,
    pub(super) labels: Recent<Label>,
    pub(super) particulars: Recent<Option<Arc<Particulars>>>,
    pub(super) currency: Option<Currency>,
    /// Room for the cells of one row's particulars.
    pub(super) key: Vec<u8>,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self {
            days: Recent::new(),
            owners: Recent::new(),
            accounts: Recent::new(),
            labels: Recent::new(),
            particulars: Recent::new(),
            currency: None,
            key: Vec::new(),
        }
    }
}

/// A column in its place.
pub(super) struct Field {
    pub(super) at: usize,
    pub(super) name: String,
    /// The statuses of deals for which the cell may say nothing although it is not empty, as bits.
    special: u8,
    unknown: Vec<Unknown>,
    ignored: Vec<Status>,
}

pub(super) enum CurrencyField {
    Fixed(Currency),
    Column(Field),
}

impl Field {
    fn new(at: usize, column: &Column, numbers: Numbers) -> Self {
        let unknown = column.unknown();
        let unknown: Vec<_> = unknown
            .map(|(status, text)| (status, text.to_owned(), numbers.decimal(text)))
            .collect();
        let ignored: Vec<_> = column.ignored().collect();
        Self {
            at,
            name: column.name().to_owned(),
            special: special(&unknown, &ignored),
            unknown,
            ignored,
        }
    }

    /// Whether the cell may say nothing of a deal of this status although it is not empty.
    #[inline]
    pub(super) fn is_special(&self, status: Status) -> bool {
        self.special & bit(status) != 0
    }

    /// Whether the cell means unknown for a deal of this status.
    pub(super) fn is_unknown(&self, status: Status, cell: &[u8]) -> bool {
        let means = |text: &String| text.as_bytes() == cell;
        self.unknown_for(status).any(|(_, text, _)| means(text))
    }

    /// Whether it is not read for deals of this status.
    pub(super) fn is_ignored(&self, status: Status) -> bool {
        self.ignored.contains(&status)
    }

    /// Whether a number, however it is written, means unknown.
    pub(super) fn is_unknown_number(&self, status: Status, number: Decimal) -> bool {
        let mut unknown = self.unknown_for(status);
        unknown.any(|(.., unknown)| *unknown == Some(number))
    }

    fn unknown_for(&self, status: Status) -> impl Iterator<Item = &Unknown> {
        let applies = move |when: &Option<Status>| when.is_none_or(|when| when == status);
        self.unknown.iter().filter(move |(when, ..)| applies(when))
    }
}

type Unknown = (Option<Status>, String, Option<Decimal>);

fn special(unknown: &[Unknown], ignored: &[Status]) -> u8 {
    let statuses = unknown.iter().map(|(status, ..)| *status);
    let statuses = statuses.chain(ignored.iter().map(|status| Some(*status)));
    statuses.fold(0, |bits, status| bits | status.map_or(u8::MAX, bit))
}

fn bit(status: Status) -> u8 {
    match status {
        Status::Open => 1,
        Status::Won => 2,
        Status::Lost => 4,
        Status::Disqualified => 8,
    }
}

impl Layout {
    pub(super) fn new(
        mapping: &Mapping,
        rules: Rules,
        header: &ByteRecord,
    ) -> Result<Self, ImportError> {
        let finder = Finder {
            positions: positions(mapping, header)?,
            numbers: rules.numbers,
        };
        let required = |name: &str| finder.field(&Column::new(name));
        let field = |column: &Option<Column>| column.as_ref().map(|column| finder.field(column));
        Ok(Self {
            width: header.len(),
            id: required(&mapping.id),
            created: required(&mapping.created),
            outcome: required(mapping.outcome.name()),
            words: rules
                .words
                .into_iter()
                .map(|(word, status)| (Print::of(word.as_bytes()), word, status))
                .collect(),
            currency: match &mapping.currency {
                CurrencyColumn::Fixed(currency) => CurrencyField::Fixed(*currency),
                CurrencyColumn::Column(name) => CurrencyField::Column(required(name)),
            },
            closed: field(&mapping.closed),
            owner: field(&mapping.owner),
            account: field(&mapping.account),
            amount: field(&mapping.amount),
            cost: field(&mapping.cost),
            list_price: field(&mapping.list_price),
            stage: field(&mapping.stage),
            probability: field(&mapping.probability),
            probability_percent: field(&mapping.probability_percent),
            first_contact: field(&mapping.first_contact),
            expected_close: field(&mapping.expected_close),
            loss_reason: field(&mapping.loss_reason),
            dimensions: rules
                .dimensions
                .iter()
                .map(|(name, column)| (name.clone(), finder.field(column)))
                .collect(),
            dates: rules.dates,
            numbers: rules.numbers,
        })
    }
}

struct Finder<'a> {
    positions: BTreeMap<&'a str, usize>,
    numbers: Numbers,
}

impl Finder<'_> {
    fn field(&self, column: &Column) -> Field {
        // Every name of the mapping has a position; a wrong one would be an absent cell, not a wrong value.
        let at = self.positions.get(column.name()).copied();
        Field::new(at.unwrap_or(usize::MAX), column, self.numbers)
    }
}

/// Where each name of the mapping stands in the header.
fn positions<'a>(
    mapping: &'a Mapping,
    header: &ByteRecord,
) -> Result<BTreeMap<&'a str, usize>, ImportError> {
    let header: Vec<String> = header
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect();
    let (mut positions, mut missing, mut columns) = (BTreeMap::new(), Vec::new(), Vec::new());
    for name in mapping.names() {
        if positions.contains_key(name) || missing.iter().any(|known| known == name) {
            continue;
        }
        let mut places = (0..).zip(&header).filter(|(_, found)| *found == name);
        match places.next() {
            Some((at, _)) => drop(positions.insert(name, at)),
            None => missing.push(name.to_owned()),
        }
        if places.next().is_some() {
            columns.push(name.to_owned());
        }
    }
    if !missing.is_empty() {
        return Err(ImportError::MissingColumns { missing, header });
    }
    if !columns.is_empty() {
        return Err(ImportError::RepeatedColumns { columns });
    }
    Ok(positions)
}
