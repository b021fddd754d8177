use super::row::trimmed;
use super::word_list::WordList;
use crate::import::source::Row as RawRow;

/// Which rows are left out, and how many were.
#[derive(Default)]
pub(in crate::import) struct LeftOutRows {
    pub(super) rules: Vec<Rule>,
    /// By the reasons, in the order of the mapping.
    pub(in crate::import) counts: Vec<(String, u64)>,
}

pub(super) struct Rule {
    pub(super) at: usize,
    pub(super) words: WordList,
    /// The words are those of the rows that stay.
    pub(super) is_except: bool,
    /// At which place among the counts its reason is.
    pub(super) reason: usize,
}

impl LeftOutRows {
    pub(super) fn add(&mut self, at: usize, words: WordList, is_except: bool, reason: &str) {
        let known = self.counts.iter().position(|(known, _)| known == reason);
        let reason = known.unwrap_or_else(|| {
            self.counts.push((reason.to_owned(), 0));
            self.counts.len().saturating_sub(1)
        });
        self.rules.push(Rule {
            at,
            words,
            is_except,
            reason,
        });
    }

    /// Whether the row is one of them; then it is counted.
    #[inline]
    pub(in crate::import) fn takes(&mut self, row: &RawRow<'_>) -> bool {
        !self.rules.is_empty() && self.takes_by_rule(row)
    }

    fn takes_by_rule(&mut self, row: &RawRow<'_>) -> bool {
        let fits = |rule: &&Rule| {
            let cell = row.cell(rule.at);
            let cell = trimmed(cell).unwrap_or(cell);
            // A row that breaks off before the column says nothing there.
            rule.at < row.len() && rule.words.place(cell).is_some() != rule.is_except
        };
        let Some(rule) = self.rules.iter().find(fits) else {
            return false;
        };
        if let Some((_, count)) = self.counts.get_mut(rule.reason) {
            *count = count.saturating_add(1);
        }
        true
    }
}
