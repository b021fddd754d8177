use serde::{Deserialize, Serialize};

use super::deal_row::Layout;
use super::field::{OwnerField, Words};
use super::finder::{Finder, check_texts, repeated};
use super::format::{Format, Formats, invalid};
use super::mapping::{Columns, mapping};
use super::{Column, CurrencyColumn, ImportError, OutcomeColumn, WordColumn};
use crate::record::{
    Deal, DealKind, DealStatus, ForecastCategory, Origin, PRODUCT, REGION, SOURCE,
};
use crate::value::sorted;

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
            id: String,
            outcome: OutcomeColumn,
            currency: CurrencyColumn,
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
            #[serde(skip_serializing_if = "Vec::is_empty")]
            owners: Vec<OwnerColumns>,
            #[serde(skip_serializing_if = "Option::is_none")]
            kind: Option<WordColumn<DealKind>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            origin: Option<WordColumn<Origin>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            forecast_category: Option<WordColumn<ForecastCategory>>,
        }
    }
    grouped by dimensions
}

/// A rep who may share a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnerColumns {
    rep: Column,
    share_percent: Column,
}

impl DealColumns {
    /// The columns that every deal needs; contradictions are found when a [`DealReader`](super::DealReader) is made of it.
    pub fn new(
        id: impl Into<String>,
        outcome: OutcomeColumn,
        currency: impl Into<CurrencyColumn>,
    ) -> Self {
        Self(Wire::of(id.into(), outcome, currency.into()))
    }

    /// A rep who may share the deal, and the share from 0 to 100, with or without a `%` behind it; instead of `owner`. Call it for
    /// the owner first, then again for each further rep. A rep who stands alone needs no share.
    #[must_use]
    pub fn with_owner_share(
        mut self,
        rep: impl Into<Column>,
        share_percent: impl Into<Column>,
    ) -> Self {
        let (rep, share_percent) = (rep.into(), share_percent.into());
        self.0.owners.push(OwnerColumns { rep, share_percent });
        self
    }

    /// What it is to the business: new, more, or a renewal.
    #[must_use]
    pub fn with_kind(mut self, words: WordColumn<DealKind>) -> Self {
        self.0.kind = Some(words);
        self
    }

    /// Who found it: marketing, sales or a partner.
    #[must_use]
    pub fn with_origin(mut self, words: WordColumn<Origin>) -> Self {
        self.0.origin = Some(words);
        self
    }

    /// How sure the rep is of it. A word for what is closed is declared as unknown.
    #[must_use]
    pub fn with_forecast_category(mut self, words: WordColumn<ForecastCategory>) -> Self {
        self.0.forecast_category = Some(words);
        self
    }
}

impl Columns for DealColumns {
    type Record = Deal;
    type Layout = Layout;
    const HAS_STATUSES: bool = true;

    fn format(&self) -> Format<'_> {
        self.0.format()
    }

    fn layout(&self, formats: Formats, finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let wire = &self.0;
        if wire.probability.is_some() && wire.probability_percent.is_some() {
            return invalid("name probability or probability_percent, not both");
        }
        if wire.owner.is_some() && !wire.owners.is_empty() {
            return invalid("name owner, or owners with their shares, not both");
        }
        let mut owners = Vec::new();
        for OwnerColumns { rep, share_percent } in &wire.owners {
            let (rep, percent) = (finder.column(rep), finder.column(share_percent));
            owners.push(OwnerField { rep, percent });
        }
        let own = [
            (SOURCE, wire.source.as_ref()),
            (PRODUCT, wire.product.as_ref()),
            (REGION, wire.region.as_ref()),
        ];
        Ok(Layout {
            id: finder.required(&wire.id),
            created: finder.given(wire.created.as_ref()),
            outcome: finder.required(wire.outcome.name()),
            words: wire.words()?,
            currency: finder.currency(&wire.currency),
            closed: finder.given(wire.closed.as_ref()),
            owner: finder.given(wire.owner.as_ref()),
            owners,
            kind: finder.optional_words(wire.kind.as_ref()),
            origin: finder.optional_words(wire.origin.as_ref()),
            forecast: finder.optional_words(wire.forecast_category.as_ref()),
            account: finder.given(wire.account.as_ref()),
            amount: finder.given(wire.amount.as_ref()),
            cost: finder.given(wire.cost.as_ref()),
            list_price: finder.given(wire.list_price.as_ref()),
            stage: finder.given(wire.stage.as_ref()),
            probability: finder.given(wire.probability.as_ref()),
            probability_percent: finder.given(wire.probability_percent.as_ref()),
            first_contact: finder.given(wire.first_contact.as_ref()),
            expected_close: finder.given(wire.expected_close.as_ref()),
            loss_reason: finder.given(wire.loss_reason.as_ref()),
            dimensions: finder.dimensions(&own, wire.further()),
            formats,
        })
    }
}

impl Wire {
    fn words(&self) -> Result<Words<DealStatus>, ImportError> {
        let (words, meanings) = self.outcome.words();
        if let Some(word) = repeated(&words) {
            return invalid(format!("the word \"{word}\" stands for two outcomes"));
        }
        if words.is_empty() {
            return invalid(
                "the outcome has no words; declare which mean won, lost, disqualified and open",
            );
        }
        check_texts(&sorted(words.clone(), Ord::cmp))?;
        let closes = meanings.iter().any(|status| *status != DealStatus::Open);
        if closes && self.closed.is_none() {
            return invalid("closed deals need a close date; name its column as closed");
        }
        Ok(Words::new(&words, meanings))
    }
}
