use super::mapping::{Columns, Mapping, Meanings as _, instants, mapping};
use super::row::{
    Build, Cells, CurrencyField, Field, Finder, Trouble, WordField, if_yes, needed, with,
};
use super::{Answer, Column, CurrencyColumn, ImportError, OutcomeColumn, WordColumn};
use crate::record::{DealState, DealStatus, ForecastCategory};
use crate::value::DealId;

mapping! {
    /// Which column of a file of states is what, and how the file writes instants and numbers: the history of deals, a row for each
    /// time at which something changed, with the whole of the deal as it then was. It is data: built here, or read from JSON, as
    /// [`DealColumns`](super::DealColumns) is.
    ///
    /// States of one instant count in the order of their rows, unless a column has their running numbers.
    ///
    /// ```
    /// use sales_metrics::import::{OutcomeColumn, StateColumns, read};
    /// use sales_metrics::{Currency, DealStatus, History, date};
    ///
    /// let stages = OutcomeColumn::new("StageName").with_won(["Closed Won"]).with_lost(["Closed Lost"]).with_others(DealStatus::Open);
    /// let columns = StateColumns::new("OpportunityId", "CreatedDate", stages, Currency::USD)
    ///     .with_stage("StageName")
    ///     .with_amount("Amount")
    ///     .with_expected_close("CloseDate");
    /// let file = "\
    /// OpportunityId,CreatedDate,StageName,Amount,CloseDate
    /// D-1,2026-01-07,Qualification,1000,2026-03-31
    /// D-1,2026-02-20,Closed Won,900,2026-02-20
    /// ";
    /// let history = History::new(Currency::USD).with_states(read(file.as_bytes(), &columns)?.records)?;
    /// assert_eq!(history.states(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    StateColumns {
        required {
            deal: What::Column,
            at: What::Column,
            outcome: What::Outcome,
            currency: What::Currency,
        }
        columns {
            /// Its place among the states of one instant, a whole number, the lowest first; without it, that of its row.
            with_run run
            /// The stage that the deal was in; it may be the column of the outcome.
            with_stage stage
            /// The rep who owned it.
            with_owner owner
            /// What it was worth.
            with_amount amount
            /// The day on which it was expected to close.
            with_expected_close expected_close
            /// The close date of a closed state, which is not its expected close, whatever the file calls it; without it, a deal closes on the day of the state that closes it. It must be empty, unknown
            /// or ignored where it is open.
            with_closed closed
            /// How likely it was to be won, from 0 to 1.
            with_probability probability
            /// How likely it was to be won, from 0 to 100, with or without a `%` behind it.
            with_probability_percent probability_percent
        }
        others {
            forecast_category: What::Words(ForecastCategory::NAMES),
            deleted: What::Words(Answer::NAMES),
            instants: What::Texts,
        }
    }
    classes: DealStatus::NAMES;
}

instants!(StateColumns);

impl StateColumns {
    /// The columns that every state needs: the id of the deal, the instant or day from which on it stood so, whether it was open or how it
    /// had closed, and its currency.
    pub fn new(
        deal: impl Into<Column>,
        at: impl Into<Column>,
        outcome: OutcomeColumn,
        currency: impl Into<CurrencyColumn>,
    ) -> Self {
        let mut columns = Self(Mapping::default());
        columns.0.set_column("deal", deal);
        columns.0.set_column("at", at);
        columns.0.set("outcome", outcome.into());
        columns.0.set("currency", currency.into().into());
        columns
    }

    /// How sure the rep was of it. A word for what is closed is declared as unknown.
    #[must_use]
    pub fn with_forecast_category(mut self, words: WordColumn<ForecastCategory>) -> Self {
        self.0.set("forecast_category", words.into());
        self
    }

    /// Whether the deal was deleted.
    #[must_use]
    pub fn with_deleted(mut self, words: WordColumn<Answer>) -> Self {
        self.0.set("deleted", words.into());
        self
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    deal: Field,
    at: Field,
    outcome: WordField<DealStatus>,
    currency: CurrencyField,
    run: Field,
    stage: Field,
    owner: Field,
    amount: Field,
    expected_close: Field,
    closed: Field,
    probability: Field,
    probability_percent: Field,
    forecast_category: WordField<ForecastCategory>,
    deleted: WordField<Answer>,
}

impl Columns for StateColumns {
    type Record = DealState;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let mapping = finder.mapping;
        mapping.expect_one_of("probability", "probability_percent")?;
        Ok(Layout {
            deal: finder.field("deal"),
            at: finder.instant("at"),
            outcome: finder.words("outcome"),
            currency: finder.currency("currency"),
            run: finder.field("run"),
            stage: finder.field("stage"),
            owner: finder.field("owner"),
            amount: finder.field("amount"),
            expected_close: finder.field("expected_close"),
            closed: finder.field("closed"),
            probability: finder.field("probability"),
            probability_percent: finder.field("probability_percent"),
            forecast_category: finder.words("forecast_category"),
            deleted: finder.words("deleted"),
        })
    }
}

impl Build for Layout {
    type Record = DealState;

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<DealState, Trouble> {
        let mut state = self.state(cells)?;
        state = state.with_run(self.run(cells)?);
        state = with(state, cells.label(&self.stage)?, DealState::with_stage)?;
        state = with(state, cells.rep(&self.owner)?, DealState::with_owner)?;
        let amount = cells.money(&self.amount, state.currency())?;
        state = with(state, amount, DealState::with_amount)?;
        let expected = cells.date(&self.expected_close)?;
        state = with(state, expected, DealState::with_expected_close)?;
        let closed = cells.date(&self.closed)?;
        state = with(state, closed, DealState::with_close)?;
        let probability = cells.share(&self.probability)?;
        state = with(state, probability, DealState::with_probability)?;
        let percent = cells.percent(&self.probability_percent, |all| &mut all.probability)?;
        state = with(state, percent, DealState::with_probability)?;
        if let Some(category) = cells.word(&self.forecast_category)? {
            state = state.with_forecast_category(category.value);
        }
        let deleted = cells.word(&self.deleted)?;
        with(
            state,
            deleted,
            if_yes(|state: DealState| Ok(state.with_deletion())),
        )
    }
}

impl Layout {
    fn state<'a>(&'a self, cells: &mut Cells<'a>) -> Result<DealState, Trouble> {
        let deal = needed(cells.text(&self.deal, DealId::new)?, &self.deal)?.value;
        let status = cells.class(&self.outcome)?;
        let currency = cells.currency(&self.currency)?;
        let at = needed(cells.when(&self.at)?, &self.at)?;
        at.make(|at| DealState::new(deal, at, status, currency))
    }

    fn run<'a>(&'a self, cells: &mut Cells<'a>) -> Result<u32, Trouble> {
        let run = run(&self.run, cells)?;
        Ok(run.unwrap_or_else(|| u32::try_from(cells.row.raw.line()).unwrap_or(u32::MAX)))
    }
}

/// A running number.
pub(super) fn run<'a>(field: &'a Field, cells: &Cells<'a>) -> Result<Option<u32>, Trouble> {
    let run = cells.count(field, u32::MAX.into())?;
    Ok(run.map(|run| u32::try_from(run.value).unwrap_or(u32::MAX)))
}
