use super::deal_row::Layout;
use super::deal_words::Word;
use super::mapping::{Columns, Entry, Mapping, Meanings as _, invalid, mapping};
use super::row::Finder;
use super::{Column, CurrencyColumn, ImportError, OutcomeColumn, WordColumn};
use crate::record::{
    Deal, DealKind, DealStatus, ForecastCategory, Origin, PRODUCT, REGION, SOURCE,
};

mapping! {
    /// Which column of a file is what, and how the file writes dates and numbers. It is data: built here, or read from JSON.
    ///
    /// Only what every deal has must be named: the id, the outcome and the currency. Columns that are
    /// not named are not read. Names, words and texts are compared exactly, after white space at the ends of the
    /// cell has been removed.
    ///
    /// In JSON the keys are the names of the methods without their `with_`, and `id`, `created`, `outcome` and `currency`;
    /// `dimensions` is an object. Absent keys have the defaults that the methods name. An example is in the documentation of
    /// [`import`](crate::import).
    ///
    /// ```
    /// use sales_metrics::Currency;
    /// use sales_metrics::DealStatus;
    /// use sales_metrics::import::{Column, DealColumns, OutcomeColumn};
    ///
    /// let outcome = OutcomeColumn::new("Phase").with_won(["gewonnen"]).with_lost(["verloren"]).with_open(["Angebot"]);
    /// let columns = DealColumns::new("Nr", outcome, Currency::EUR)
    ///     .with_created("Angelegt")
    ///     .with_closed("Abschluss")
    ///     .with_amount(Column::new("Wert").with_unknown_when(DealStatus::Lost, ["0"]))
    ///     .with_probability_percent("Chance (%)")
    ///     .with_dates("DD.MM.YYYY")
    ///     .with_decimal_mark(',')
    ///     .with_grouping_mark('.')
    ///     .with_delimiter(';');
    /// # let json = serde_json::to_string(&columns).unwrap();
    /// # assert_eq!(serde_json::from_str::<DealColumns>(&json).unwrap(), columns);
    /// ```
    DealColumns {
        required {
            id: What::Column,
            outcome: What::Outcome,
            currency: What::Currency,
        }
        columns {
            /// The date on which it was created; empty where nobody knows it.
            with_created created
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
        others {
            owners: What::Pairs(&["rep", "share_percent"]),
            owner_separator: What::Mark,
            kind: What::Words(DealKind::NAMES),
            origin: What::Words(Origin::NAMES),
            forecast_category: What::Words(ForecastCategory::NAMES),
        }
    }
    classes: DealStatus::NAMES;
    grouped by dimensions
}

impl DealColumns {
    /// The columns that every deal needs; contradictions are found when a [`DealReader`](super::DealReader) is made of it.
    pub fn new(
        id: impl Into<Column>,
        outcome: OutcomeColumn,
        currency: impl Into<CurrencyColumn>,
    ) -> Self {
        let mut columns = Self(Mapping::default());
        columns.0.set_column("id", id);
        columns.0.set("outcome", outcome.into());
        columns.0.set("currency", currency.into().into());
        columns
    }

    /// A rep who may share the deal, and the share from 0 to 100, with or without a `%` behind it; instead of `owner`. Call it for
    /// the owner first, then again for each further rep. A rep who stands alone needs no share.
    #[must_use]
    pub fn with_owner_share(
        mut self,
        rep: impl Into<Column>,
        share_percent: impl Into<Column>,
    ) -> Self {
        let owner = (rep.into(), share_percent.into());
        self.0.push_pair("owners", owner);
        self
    }

    /// The mark between reps who share a deal, in the cell of its owner: the first owns it. They share alike, to the millionth; what cannot be
    /// shared out is the owner's. A cell holds one rep unless it is declared.
    #[must_use]
    pub fn with_owner_separator(mut self, mark: char) -> Self {
        self.0.set("owner_separator", Entry::Mark(mark));
        self
    }

    /// What it is to the business: new, more, or a renewal.
    #[must_use]
    pub fn with_kind(mut self, words: WordColumn<DealKind>) -> Self {
        self.0.set("kind", words.into());
        self
    }

    /// Who found it: marketing, sales or a partner.
    #[must_use]
    pub fn with_origin(mut self, words: WordColumn<Origin>) -> Self {
        self.0.set("origin", words.into());
        self
    }

    /// How sure the rep is of it. A word for what is closed is declared as unknown.
    #[must_use]
    pub fn with_forecast_category(mut self, words: WordColumn<ForecastCategory>) -> Self {
        self.0.set("forecast_category", words.into());
        self
    }
}

impl Columns for DealColumns {
    type Record = Deal;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let mapping = finder.mapping;
        mapping.expect_one_of("probability", "probability_percent")?;
        if mapping.has("owner") && mapping.has("owners") {
            return invalid("name owner, or owners with their shares, not both");
        }
        let owner_separator = mapping.separator_of_ids("owner_separator", "reps")?;
        if owner_separator.is_some() && !mapping.has("owner") {
            return invalid("owner_separator parts the reps of owner; name that column, too");
        }
        let (id, created) = (finder.field("id"), finder.field("created"));
        let outcome = finder.words::<DealStatus>("outcome");
        if outcome.may_mean(|status| status != DealStatus::Open) && !mapping.has("closed") {
            return invalid("closed deals need a close date; name its column as closed");
        }
        let mut layout = Layout {
            id,
            created,
            outcome,
            currency: finder.currency("currency"),
            closed: finder.field("closed"),
            owner: finder.field("owner"),
            owner_separator,
            owners: finder.pairs("owners"),
            account: finder.field("account"),
            amount: finder.field("amount"),
            cost: finder.field("cost"),
            list_price: finder.field("list_price"),
            probability: finder.field("probability"),
            probability_percent: finder.field("probability_percent"),
            first_contact: finder.field("first_contact"),
            expected_close: finder.field("expected_close"),
            loss_reason: finder.field("loss_reason"),
            words: words(finder),
            has_origin: false,
            has_plain_texts: false,
        };
        let is_origin = |word: &Word| matches!(word, Word::Origin(_));
        layout.has_origin = layout.words.iter().any(is_origin);
        layout.has_plain_texts = finder.makes_none() && layout.is_plain();
        Ok(layout)
    }
}

fn words(finder: &mut Finder<'_>) -> Vec<Word> {
    let mut words = vec![
        Word::Stage(finder.field("stage")),
        Word::LossReason(finder.field("loss_reason")),
        Word::Kind(finder.words("kind")),
        Word::Origin(finder.words("origin")),
        Word::Forecast(finder.words("forecast_category")),
    ];
    for (name, field) in finder.dimensions(&[SOURCE, PRODUCT, REGION]) {
        words.push(Word::Dimension(name, field));
    }
    words.retain(|word| !word.is_absent());
    words
}
