//! What is kept of the records that have passed.

use core::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Finding, FindingKind};
use crate::record::Record;
use crate::value::{Currency, Label, Money, RecordId, sorted};

#[derive(Default)]
pub(super) struct Passed {
    records: Vec<(RecordId, Option<Currency>)>,
    /// With the position of the record.
    findings: Vec<(usize, FindingKind)>,
    /// By their field: where each way of writing a word stands.
    words: BTreeMap<String, HashMap<String, Vec<usize>>>,
}

impl Passed {
    /// One more record; the answer is its position.
    pub(super) fn pass(&mut self, record: &impl Record) -> usize {
        let position = self.records.len();
        self.records.push((record.record_id(), record.currency()));
        position
    }

    /// What is odd about the last record by itself. A slice, so that this is one function for them all.
    pub(super) fn note(&mut self, kinds: &mut [Option<FindingKind>]) {
        let position = self.records.len().saturating_sub(1);
        for kind in kinds {
            if let Some(kind) = kind.take() {
                self.findings.push((position, kind));
            }
        }
    }

    /// A word that the last record names: an owner, an account, a value to group by. Most were named before, and cost nothing but a place.
    pub(super) fn name(&mut self, field: &str, word: Option<&str>) {
        let Some(word) = word else { return };
        let position = self.records.len().saturating_sub(1);
        if !self.words.contains_key(field) {
            self.words.insert(field.to_owned(), HashMap::new());
        }
        let Some(words) = self.words.get_mut(field) else {
            return;
        };
        match words.get_mut(word) {
            Some(places) => places.push(position),
            None => {
                words.insert(word.to_owned(), vec![position]);
            }
        }
    }

    /// What the last record is grouped by.
    pub(super) fn dimensions<'r>(&mut self, values: impl Iterator<Item = (&'r Label, &'r Label)>) {
        for (name, value) in values {
            self.name(name.as_str(), Some(value.as_str()));
        }
    }

    /// An amount of the last record, which may be finer than its currency.
    pub(super) fn price(&mut self, field: &str, money: Option<Money>) {
        let is_fine =
            |money: &Money| money.amount().normalize().scale() > money.currency().minor_units();
        if money.as_ref().is_some_and(is_fine) {
            let field = field.to_owned();
            self.note(&mut [Some(FindingKind::MoreDecimalsThanCurrency { field })]);
        }
    }

    /// Finds the records that write a word otherwise than most do.
    fn find_other_spellings(&mut self, usual: &Usual) {
        for (field, words) in &self.words {
            let Some(usual) = usual.get(list(field)) else {
                continue;
            };
            for (found, places) in words {
                let Some(usual) = usual.get(found) else {
                    continue;
                };
                for position in places {
                    let kind = FindingKind::OtherSpelling {
                        field: field.clone(),
                        usual: usual.clone(),
                        found: found.clone(),
                    };
                    self.findings.push((*position, kind));
                }
            }
        }
    }

    /// What only other records show about the one at a position.
    pub(super) fn found(&mut self, position: usize, kind: FindingKind) {
        self.findings.push((position, kind));
    }

    /// Finds the records whose id an earlier one has.
    pub(super) fn find_duplicates(&mut self) {
        let mut seen = HashSet::with_capacity(self.records.len());
        for (position, (record, _)) in self.records.iter().enumerate() {
            if !seen.insert(record) {
                self.findings.push((position, FindingKind::DuplicateId));
            }
        }
    }

    /// Finds the records that are not in the currency of most.
    pub(super) fn find_other_currencies(&mut self) {
        let currencies = self.records.iter().filter_map(|(_, currency)| *currency);
        let Some(usual) = usual_currency(currencies) else {
            return;
        };
        for (position, (_, currency)) in self.records.iter().enumerate() {
            if let Some(found) = currency.filter(|found| *found != usual) {
                let kind = FindingKind::OtherCurrency { usual, found };
                self.findings.push((position, kind));
            }
        }
    }

    /// Of each of them in the order of the records, and of one record in the order of the kinds. Their words are compared with each other.
    pub(super) fn findings(mut all: Vec<Self>) -> Vec<Finding> {
        let usual = usual_spellings(&all);
        for passed in &mut all {
            passed.find_other_spellings(&usual);
        }
        all.into_iter().flat_map(Self::own_findings).collect()
    }

    fn own_findings(self) -> Vec<Finding> {
        let findings = sorted(self.findings, Ord::cmp);
        let records = self.records;
        let finding = |(position, kind): (usize, FindingKind)| {
            let (record, _) = records.get(position)?;
            let record = record.clone();
            Some(Finding { record, kind })
        };
        findings.into_iter().filter_map(finding).collect()
    }
}

/// By their list: how most write each word that is written in several ways, but for the usual one.
type Usual = HashMap<String, HashMap<String, String>>;

/// The list of words in which those of a field are compared: people are the same, whatever records call them.
fn list(field: &str) -> &str {
    match field {
        "id" | "manager" | "owner" | "rep" => "rep",
        other => other,
    }
}

fn usual_spellings(all: &[Passed]) -> Usual {
    let mut lists: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
    for (field, words) in all.iter().flat_map(|passed| &passed.words) {
        let counts = lists.entry(list(field)).or_default();
        for (word, places) in words {
            let count = counts.entry(word.as_str()).or_default();
            *count = count.saturating_add(places.len());
        }
    }
    let lists = lists.into_iter();
    lists
        .map(|(list, counts)| (list.to_owned(), usual_words(&counts)))
        .collect()
}

/// Of several spellings that lead, the first by its text, so that the order of the records does not matter.
fn usual_words(counts: &HashMap<&str, usize>) -> HashMap<String, String> {
    let mut alike: HashMap<String, Vec<(Reverse<usize>, &str)>> = HashMap::new();
    for (word, count) in counts {
        let spellings = alike.entry(plain(word)).or_default();
        spellings.push((Reverse(*count), word));
    }
    let mut usual = HashMap::new();
    for spellings in alike.into_values() {
        let Some((_, most)) = spellings.iter().min() else {
            continue;
        };
        for (_, word) in spellings.iter().filter(|(_, word)| word != most) {
            usual.insert((*word).to_owned(), (*most).to_owned());
        }
    }
    usual
}

/// How a word reads without capitals and spaces.
fn plain(word: &str) -> String {
    word.split_whitespace().map(str::to_lowercase).collect()
}

/// The currency of most records; of several, the first by its code, so that the order of the records does not matter.
fn usual_currency(currencies: impl Iterator<Item = Currency>) -> Option<Currency> {
    let mut counts: HashMap<Currency, u64> = HashMap::new();
    for currency in currencies {
        *counts.entry(currency).or_default() += 1;
    }
    counts
        .into_iter()
        .min_by_key(|(currency, count)| (Reverse(*count), currency.code()))
        .map(|(currency, _)| currency)
}
