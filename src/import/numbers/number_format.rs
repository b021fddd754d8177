use serde::{Deserialize, Serialize};

use crate::import::mapping::Each;
use crate::value::Entries;

/// How a file, or one of its columns, writes numbers: nothing but digits, a minus sign and a decimal point, unless it is declared.
///
/// ```
/// use sales_metrics::import::{Negatives, NumberFormat};
///
/// // 1.355,90 €
/// let german = NumberFormat::new().with_decimal_mark(',').with_grouping_mark('.').with_affix("€");
/// // ($1,234.00), $12.5K
/// let accounting = NumberFormat::new()
///     .with_grouping_mark(',')
///     .with_affix("$")
///     .with_negatives([Negatives::Parentheses])
///     .with_multiplier("K", 1_000);
/// # let _ = (german, accounting);
/// ```
///
/// In JSON, what it declares are keys of a mapping, or of a column: `{"column": "Wert", "decimal_mark": ",", "affixes": ["€"]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberFormat {
    pub(in crate::import) decimal_mark: Option<char>,
    pub(in crate::import) grouping_mark: Option<char>,
    pub(in crate::import) grouping: Option<Grouping>,
    pub(in crate::import) affixes: Each<String>,
    pub(in crate::import) negatives: Each<Negatives>,
    pub(in crate::import) multipliers: Entries<String, u64>,
    pub(in crate::import) minor_units: Option<bool>,
    pub(in crate::import) rounded_to: Option<u32>,
}

/// How many digits stand in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// Three: 1,234,567.
    Thousands,
    /// Three at the end, and two in each group before: 12,34,567.
    Indian,
}

/// How numbers below 0 are written, beside a minus sign in front of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Negatives {
    /// (1,234.00)
    Parentheses,
    /// 1,234.00-
    TrailingMinus,
}

impl NumberFormat {
    /// Digits, a minus sign, and a point before the decimals.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The mark before the decimals; `.` unless said otherwise.
    #[must_use]
    pub fn with_decimal_mark(mut self, mark: char) -> Self {
        self.decimal_mark = Some(mark);
        self
    }

    /// The mark between groups of digits; none unless said otherwise. Numbers without it are read, too. A space is any kind of space,
    /// and an apostrophe (`'`) the curved one as well.
    #[must_use]
    pub fn with_grouping_mark(mut self, mark: char) -> Self {
        self.grouping_mark = Some(mark);
        self
    }

    /// How many digits stand in a group; three unless said otherwise.
    #[must_use]
    pub fn with_grouping(mut self, grouping: Grouping) -> Self {
        self.grouping = Some(grouping);
        self
    }

    /// A sign or a word that may stand before a number or behind it, as `$` and `USD`, with spaces between or without; call it again
    /// for each further one.
    #[must_use]
    pub fn with_affix(mut self, affix: impl Into<String>) -> Self {
        self.affixes.add(affix.into());
        self
    }

    /// How numbers below 0 may be written, beside a minus sign in front of them.
    #[must_use]
    pub fn with_negatives(mut self, negatives: impl IntoIterator<Item = Negatives>) -> Self {
        self.negatives.extend(negatives);
        self
    }

    /// A sign or a word behind a number that multiplies it, as `K` by 1,000; call it again for each further one.
    #[must_use]
    pub fn with_multiplier(mut self, sign: impl Into<String>, by: u64) -> Self {
        self.multipliers.set(sign.into(), by);
        self
    }

    /// Amounts of money are whole numbers of the currency's minor unit, as 1250 for 12.50 USD.
    #[must_use]
    pub fn in_minor_units(mut self) -> Self {
        self.minor_units = Some(true);
        self
    }

    /// Amounts of money are rounded to so many decimals, half away from 0; they are not, unless said otherwise.
    #[must_use]
    pub fn rounded_to(mut self, decimals: u32) -> Self {
        self.rounded_to = Some(decimals);
        self
    }
}

/// What holds where nothing was declared.
impl NumberFormat {
    pub(super) fn decimal_mark(&self) -> char {
        self.decimal_mark.unwrap_or('.')
    }

    pub(super) fn grouping_mark(&self) -> Option<char> {
        self.grouping_mark
    }

    pub(super) fn grouping(&self) -> Option<Grouping> {
        self.grouping
    }

    pub(super) fn affixes(&self) -> impl Iterator<Item = &String> {
        self.affixes.iter()
    }

    pub(super) fn negatives(&self) -> Vec<Negatives> {
        self.negatives.iter().copied().collect()
    }

    pub(super) fn multipliers(&self) -> impl Iterator<Item = (&String, &u64)> {
        self.multipliers.iter()
    }

    pub(super) fn is_minor(&self) -> bool {
        self.minor_units == Some(true)
    }

    pub(super) fn decimals(&self) -> Option<u32> {
        self.rounded_to
    }
}

impl NumberFormat {
    /// What a column declares, and for the rest what its file does.
    pub(in crate::import) fn within(&self, file: &Self) -> Self {
        let Self {
            affixes,
            negatives,
            multipliers,
            ..
        } = self;
        Self {
            decimal_mark: self.decimal_mark.or(file.decimal_mark),
            grouping_mark: self.grouping_mark.or(file.grouping_mark),
            grouping: self.grouping.or(file.grouping),
            affixes: if affixes.is_empty() {
                &file.affixes
            } else {
                affixes
            }
            .clone(),
            negatives: if negatives.is_empty() {
                &file.negatives
            } else {
                negatives
            }
            .clone(),
            multipliers: if multipliers.is_empty() {
                &file.multipliers
            } else {
                multipliers
            }
            .clone(),
            minor_units: self.minor_units.or(file.minor_units),
            rounded_to: self.rounded_to.or(file.rounded_to),
        }
    }
}
