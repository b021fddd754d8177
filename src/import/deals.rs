use super::deal_row::Layout;
use super::field::Words;
use super::finder::{Finder, check_texts, repeated};
use super::format::{Format, Formats, invalid};
use super::mapping::{Columns, mapping};
use super::{CurrencyColumn, ImportError, OutcomeColumn};
use crate::record::{Deal, DealStatus, PRODUCT, REGION, SOURCE};
use crate::value::sorted;

mapping! {
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
    /// use sales_metrics::DealStatus;
    /// use sales_metrics::import::{Column, DealColumns, OutcomeColumn};
    ///
    /// let outcome = OutcomeColumn::new("Phase").with_won(["gewonnen"]).with_lost(["verloren"]).with_open(["Angebot"]);
    /// let columns = DealColumns::new("Nr", "Angelegt", outcome, Currency::EUR)
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
            created: String,
            outcome: OutcomeColumn,
            currency: CurrencyColumn,
        }
        columns {
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
        others {}
    }
    grouped by dimensions
}

impl DealColumns {
    /// The columns that every deal needs; contradictions are found when a [`DealReader`](super::DealReader) is made of it.
    pub fn new(
        id: impl Into<String>,
        created: impl Into<String>,
        outcome: OutcomeColumn,
        currency: impl Into<CurrencyColumn>,
    ) -> Self {
        Self(Wire::of(
            id.into(),
            created.into(),
            outcome,
            currency.into(),
        ))
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
        let own = [
            (SOURCE, wire.source.as_ref()),
            (PRODUCT, wire.product.as_ref()),
            (REGION, wire.region.as_ref()),
        ];
        Ok(Layout {
            id: finder.required(&wire.id),
            created: finder.required(&wire.created),
            outcome: finder.required(wire.outcome.name()),
            words: wire.words()?,
            currency: finder.currency(&wire.currency),
            closed: finder.given(wire.closed.as_ref()),
            owner: finder.given(wire.owner.as_ref()),
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
