use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rules::Rules;
use super::{Column, CurrencyColumn, ImportError, OutcomeColumn, dates, unique};

/// Which column of a file is what, and how the file writes dates and numbers. It is data: built here, or read from JSON.
///
/// Only what every deal has must be named: the id, the date of creation, the outcome and the currency. Columns that are
/// not named are not read. Names, words and texts are compared exactly, after white space at the ends of the
/// cell has been removed.
///
/// In JSON the keys are the names of the methods without their `with_`, and `id`, `created`, `outcome` and `currency`;
/// `dimensions` is an object. Absent keys have the defaults that the methods name. An example is in the documentation of
/// [`import`](crate::import).
///
/// ```
/// use sales_metrics::Currency;
/// use sales_metrics::import::{Column, DealColumns, OutcomeColumn, Status};
///
/// let outcome = OutcomeColumn::new("Phase").with_won(["gewonnen"]).with_lost(["verloren"]).with_open(["Angebot"]);
/// let columns = DealColumns::new("Nr", "Angelegt", outcome, Currency::EUR)
///     .with_closed("Abschluss")
///     .with_amount(Column::new("Wert").with_unknown_when(Status::Lost, ["0"]))
///     .with_probability_percent("Chance (%)")
///     .with_dates("DD.MM.YYYY")
///     .with_decimal_mark(',')
///     .with_grouping_mark('.')
///     .with_delimiter(';');
/// # let json = serde_json::to_string(&columns).unwrap();
/// # assert_eq!(serde_json::from_str::<DealColumns>(&json).unwrap(), columns);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Mapping", into = "Mapping")]
pub struct DealColumns(Mapping);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mapping {
    pub(super) id: String,
    pub(super) created: String,
    pub(super) outcome: OutcomeColumn,
    pub(super) currency: CurrencyColumn,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) closed: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) account: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) amount: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cost: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) list_price: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stage: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) probability: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) probability_percent: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) first_contact: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) expected_close: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) loss_reason: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) product: Option<Column>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<Column>,
    #[serde(
        default,
        deserialize_with = "unique::map",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub(super) dimensions: BTreeMap<String, Column>,
    #[serde(default = "iso")]
    pub(super) dates: String,
    #[serde(default = "point")]
    pub(super) decimal_mark: char,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) grouping_mark: Option<char>,
    #[serde(default = "comma")]
    pub(super) delimiter: char,
}

fn iso() -> String {
    dates::ISO.to_owned()
}

fn point() -> char {
    '.'
}

fn comma() -> char {
    ','
}

impl TryFrom<Mapping> for DealColumns {
    type Error = ImportError;

    fn try_from(mapping: Mapping) -> Result<Self, ImportError> {
        Rules::new(&mapping).map(|_| Self(mapping))
    }
}

impl From<DealColumns> for Mapping {
    fn from(columns: DealColumns) -> Self {
        columns.0
    }
}

macro_rules! columns {
    ($($(#[$doc:meta])* $with:ident $field:ident)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $with(mut self, column: impl Into<Column>) -> Self {
                self.0.$field = Some(column.into());
                self
            }
        )*
    };
}

impl DealColumns {
    /// The columns that every deal needs; contradictions are found when a [`DealReader`](super::DealReader) is made of it.
    pub fn new(
        id: impl Into<String>,
        created: impl Into<String>,
        outcome: OutcomeColumn,
        currency: impl Into<CurrencyColumn>,
    ) -> Self {
        Self(Mapping {
            id: id.into(),
            created: created.into(),
            outcome,
            currency: currency.into(),
            closed: None,
            owner: None,
            account: None,
            amount: None,
            cost: None,
            list_price: None,
            stage: None,
            probability: None,
            probability_percent: None,
            first_contact: None,
            expected_close: None,
            loss_reason: None,
            source: None,
            product: None,
            region: None,
            dimensions: BTreeMap::new(),
            dates: iso(),
            decimal_mark: point(),
            grouping_mark: None,
            delimiter: comma(),
        })
    }

    columns! {
        /// The date on which it was won, lost or disqualified: empty for open deals, and only for them.
        with_closed closed
        /// The rep who owns it.
        with_owner owner
        /// The account it is with.
        with_account account
        /// What it is worth.
        with_amount amount
        /// What it costs the seller to deliver.
        with_cost cost
        /// Its price before any discount.
        with_list_price list_price
        /// The stage of the pipeline; it may be the column of the outcome.
        with_stage stage
        /// How likely it is to be won, from 0 to 1.
        with_probability probability
        /// How likely it is to be won, from 0 to 100, with or without a `%` behind it.
        with_probability_percent probability_percent
        /// The day of the first contact.
        with_first_contact first_contact
        /// The day on which it is expected to close, or was.
        with_expected_close expected_close
        /// Why it was lost; of a deal that is not lost it must be empty, unknown or ignored.
        with_loss_reason loss_reason
        /// Where it came from.
        with_source source
        /// What is sold.
        with_product product
        /// Where it is sold.
        with_region region
    }

    /// Any further dimension: its name on the deals, and its column.
    #[must_use]
    pub fn with_dimension(mut self, name: impl Into<String>, column: impl Into<Column>) -> Self {
        self.0.dimensions.insert(name.into(), column.into());
        self
    }

    /// How the file writes dates; `YYYY-MM-DD` unless said otherwise.
    ///
    /// `YYYY`; `MM`, `M` (one digit or two) or `MMM` (Jan, Feb, … in any case); `DD` or `D`; and of a time, whose date
    /// counts and whose rest is checked: `hh` (0 to 23), `mm`, `ss`, `f` (digits of a fraction) and `z` (`Z` or an offset such as
    /// `+02:00`). `T`, `Z`, spaces and punctuation stand for themselves: `M/D/YYYY`, `YYYY-MM-DDThh:mm:ss.fz`.
    #[must_use]
    pub fn with_dates(mut self, pattern: impl Into<String>) -> Self {
        self.0.dates = pattern.into();
        self
    }

    /// The mark before the decimals of a number; `.` unless said otherwise.
    #[must_use]
    pub fn with_decimal_mark(mut self, mark: char) -> Self {
        self.0.decimal_mark = mark;
        self
    }

    /// The mark between groups of three digits; none unless said otherwise. Numbers without it are read, too.
    #[must_use]
    pub fn with_grouping_mark(mut self, mark: char) -> Self {
        self.0.grouping_mark = Some(mark);
        self
    }

    /// The mark between the fields of a row; `,` unless said otherwise.
    #[must_use]
    pub fn with_delimiter(mut self, mark: char) -> Self {
        self.0.delimiter = mark;
        self
    }

    pub(super) fn mapping(&self) -> &Mapping {
        &self.0
    }
}
