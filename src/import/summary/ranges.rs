//! What the records of a kind hold: how many of them know a date or an amount, and from which to which.

use chrono::NaiveDate;
use serde::Serialize;

use super::wire;
use crate::value::{Currency, Money, Rate};

/// The records of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct KindSummary {
    /// `deals`, `leads`, `activities`, `reps`, `quotas`, `contracts`, `expenses`, `work times`, `states`, `changes` or `stages entered`.
    pub kind: &'static str,
    /// How many there are.
    pub records: u64,
    /// Every date that they may have, whether any record has it or none does.
    pub dates: Vec<DateRange>,
    /// The amounts that there are, by field and currency.
    pub amounts: Vec<AmountRange>,
    /// The rates that there are, by field.
    pub rates: Vec<RateRange>,
    /// The currencies of the records, and how many are in each. A quota of deals is in none.
    #[serde(serialize_with = "wire::as_map")]
    pub currencies: Vec<(Currency, u64)>,
}

/// From which day to which a date goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DateRange {
    /// The date, by its key in the mapping: `created`. A period has a `start` and a `last_day`.
    pub field: &'static str,
    /// How many records know it.
    pub known: u64,
    /// The first day; of an instant its date.
    #[serde(serialize_with = "wire::as_text")]
    pub first: Option<NaiveDate>,
    /// The last day.
    #[serde(serialize_with = "wire::as_text")]
    pub last: Option<NaiveDate>,
}

/// From which amount to which the amounts of one currency go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AmountRange {
    /// The amount, by its key in the mapping: `list_price`. Recurring fees, which may be due at unlike times, are compared by what they
    /// come to in a year: `yearly`.
    pub field: &'static str,
    /// How many records of the currency know it.
    pub known: u64,
    /// The least.
    pub least: Money,
    /// The most.
    pub most: Money,
}

/// From which rate to which the rates of a field go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RateRange {
    /// The rate: `probability`, or `full_time_share`, that of reps who are not full-time.
    pub field: &'static str,
    /// How many records know it.
    pub known: u64,
    /// The least.
    pub least: Rate,
    /// The most.
    pub most: Rate,
}

/// At which place the summary of this kind stands; it is put there where there is none.
pub(super) fn place(kinds: &mut Vec<KindSummary>, name: &'static str) -> usize {
    let at = kinds.partition_point(|known| known.kind < name);
    if kinds.get(at).is_none_or(|known| known.kind != name) {
        let new = KindSummary {
            kind: name,
            records: 0,
            dates: Vec::new(),
            amounts: Vec::new(),
            rates: Vec::new(),
            currencies: Vec::new(),
        };
        kinds.insert(at, new);
    }
    at
}

impl KindSummary {
    /// A date of a record. The records of a kind tell all their dates, those that they do not know, too, and in the same order.
    pub(super) fn date(&mut self, field: &'static str, day: Option<NaiveDate>) {
        let known = u64::from(day.is_some());
        self.dates_of(field, known, day, day);
    }

    /// The first and the last day of a record that may have several.
    pub(super) fn dates_of(
        &mut self,
        field: &'static str,
        known: u64,
        first: Option<NaiveDate>,
        last: Option<NaiveDate>,
    ) {
        let mut dates = self.dates.iter_mut();
        let Some(range) = dates.find(|range| range.field == field) else {
            self.dates.push(DateRange {
                field,
                known,
                first,
                last,
            });
            return;
        };
        range.known = range.known.saturating_add(known);
        range.first = match (range.first, first) {
            (Some(old), Some(new)) => Some(old.min(new)),
            (old, new) => old.or(new),
        };
        // No day is before any day.
        range.last = range.last.max(last);
    }

    /// An amount of a record, where it knows it.
    pub(super) fn amount(&mut self, field: &'static str, amount: Option<Money>) {
        if let Some(amount) = amount {
            self.amounts_of(field, 1, amount, amount);
        }
    }

    fn amounts_of(&mut self, field: &'static str, known: u64, least: Money, most: Money) {
        let key = (field, least.currency());
        let of = |range: &AmountRange| (range.field, range.least.currency());
        let at = self.amounts.partition_point(|range| of(range) < key);
        match self.amounts.get_mut(at).filter(|range| of(range) == key) {
            None => self.amounts.insert(
                at,
                AmountRange {
                    field,
                    known,
                    least,
                    most,
                },
            ),
            Some(range) => {
                range.known = range.known.saturating_add(known);
                if least < range.least {
                    range.least = least;
                }
                if most > range.most {
                    range.most = most;
                }
            }
        }
    }

    /// A rate of a record, where it knows it.
    pub(super) fn rate(&mut self, field: &'static str, rate: Option<Rate>) {
        if let Some(rate) = rate {
            self.rates_of(&RateRange {
                field,
                known: 1,
                least: rate,
                most: rate,
            });
        }
    }

    fn rates_of(&mut self, new: &RateRange) {
        let mut rates = self.rates.iter_mut();
        let Some(range) = rates.find(|range| range.field == new.field) else {
            self.rates.push(new.clone());
            return;
        };
        range.known = range.known.saturating_add(new.known);
        range.least = range.least.min(new.least);
        range.most = range.most.max(new.most);
    }

    /// The currency of a record.
    pub(super) fn currency(&mut self, currency: Currency) {
        self.currencies_of(currency, 1);
    }

    fn currencies_of(&mut self, currency: Currency, records: u64) {
        let at = self
            .currencies
            .partition_point(|(known, _)| *known < currency);
        match self.currencies.get_mut(at) {
            Some((known, count)) if *known == currency => *count = count.saturating_add(records),
            _ => self.currencies.insert(at, (currency, records)),
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.records = self.records.saturating_add(other.records);
        for range in &other.dates {
            self.dates_of(range.field, range.known, range.first, range.last);
        }
        for range in &other.amounts {
            self.amounts_of(range.field, range.known, range.least, range.most);
        }
        for range in &other.rates {
            self.rates_of(range);
        }
        for (currency, records) in &other.currencies {
            self.currencies_of(*currency, *records);
        }
    }
}
