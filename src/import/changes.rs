use super::mapping::{Columns, Mapping, Meanings as _, instants, invalid, mapping};
use super::row::{Build, Cells, Field, Finder, Listed, Said, Trouble, WordField, missing, needed};
use super::states::run;
use super::{ChangedField, Column, ImportError, Problem, WordColumn, Words};
use crate::error::Error;
use crate::record::{DealChange, DealStatus, FieldValue, ForecastCategory, Turn};
use crate::value::DealId;

mapping! {
    /// Which column of a file of changes is what, and how the file writes instants and numbers: the history of deals, a row for each field that
    /// changed, with what it said before and since. It is data: built here, or read from JSON, as [`DealColumns`](super::DealColumns) is.
    ///
    /// [`History::with_changes`](crate::History::with_changes) undoes them, from the deals as they are today. Such a file tells of many fields: the
    /// rows of those that are not read are left out by declaration.
    ///
    /// ```
    /// use sales_metrics::import::{ChangeColumns, ChangedField, LeftOut, WordColumn, Words, read};
    /// use sales_metrics::{Currency, Deal, DealStatus, DealTally, History, Outcome, Period, Scope, date, kpi};
    ///
    /// let field = WordColumn::new("Field")
    ///     .with_words(ChangedField::Stage, ["StageName"])
    ///     .with_words(ChangedField::Amount, ["Amount"])
    ///     .with_words(ChangedField::ExpectedClose, ["CloseDate"]);
    /// let stages = Words::new()
    ///     .with_words(DealStatus::Won, ["Closed Won"])
    ///     .with_words(DealStatus::Lost, ["Closed Lost"])
    ///     .with_others(DealStatus::Open);
    /// let columns = ChangeColumns::new("OpportunityId", "CreatedDate", field, "OldValue", "NewValue")
    ///     .with_status_by_stage(stages)
    ///     .with_left_out(LeftOut::rows("no field", "Field", ["created"]));
    /// let file = "\
    /// OpportunityId,CreatedDate,Field,OldValue,NewValue
    /// D-1,2026-01-07,created,,
    /// D-1,2026-03-05,Amount,1000,900
    /// D-1,2026-04-09,StageName,Proposal,Closed Won
    /// ";
    /// let changes = read(file.as_bytes(), &columns)?.records;
    ///
    /// let today = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 4, 9)? }, Currency::USD)?.with_amount(900)?;
    /// let history = History::new(Currency::USD).with_deals([today])?.with_changes(changes)?;
    /// let february = Scope::new(Period::month(2026, 2)?, Currency::USD);
    /// let then = DealTally::of(history.deals_on(february.evening())?, february)?;
    /// assert_eq!(kpi::pipeline_value(&then)?.to_string(), "1000 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Changes of one deal and one instant are one change of several fields. One of the same field is another, in the order of the rows, the oldest first, unless a
    /// column has their running numbers.
    ///
    /// A file that does not say how deals stood, of amounts alone, say, leaves that to their records: each was open until its close date.
    ChangeColumns {
        required {
            deal: What::Column,
            at: What::Column,
            field: What::Words(ChangedField::NAMES),
            to: What::Column,
        }
        columns {
            /// Its place among the changes of one instant, a whole number, the lowest first.
            with_run run
        }
        others {
            from: What::Column,
            status: What::Listed(DealStatus::NAMES),
            status_by_stage: What::Listed(DealStatus::NAMES),
            forecast_category: What::Listed(ForecastCategory::NAMES),
            instants: What::Texts,
        }
    }
    classes: ChangedField::NAMES;
}

instants!(ChangeColumns);

impl ChangeColumns {
    /// The columns that every change needs: the id of the deal, the instant or day of the change, which field it is of, and what the field said before
    /// and since; empty where that is nothing.
    pub fn new(
        deal: impl Into<Column>,
        at: impl Into<Column>,
        field: WordColumn<ChangedField>,
        from: impl Into<Column>,
        to: impl Into<Column>,
    ) -> Self {
        let mut columns = Self::without_from(deal, at, field, to);
        columns.0.set_column("from", from);
        columns
    }

    /// The same of a file that has new values alone, of each field from the first one on: before it there was nothing, as of
    /// [`DealChange::without_from`].
    pub fn without_from(
        deal: impl Into<Column>,
        at: impl Into<Column>,
        field: WordColumn<ChangedField>,
        to: impl Into<Column>,
    ) -> Self {
        Self(Mapping::of(vec![
            ("deal", deal.into().into()),
            ("at", at.into().into()),
            ("field", field.into()),
            ("to", to.into().into()),
        ]))
    }

    /// What the words of a status mean, in the rows of that field.
    #[must_use]
    pub fn with_status(mut self, words: Words<DealStatus>) -> Self {
        self.0.set("status", words.into());
        self
    }

    /// Whether a deal in a stage is open, or how it has closed, where the stage says that: a change of the stage is then one of the status, too. An
    /// empty word says it of a deal that was in no stage.
    #[must_use]
    pub fn with_status_by_stage(mut self, stages: Words<DealStatus>) -> Self {
        self.0.set("status_by_stage", stages.into());
        self
    }

    /// What the words of a forecast category mean, in the rows of that field. A word for what is closed is declared as unknown.
    #[must_use]
    pub fn with_forecast_category(mut self, words: Words<ForecastCategory>) -> Self {
        self.0.set("forecast_category", words.into());
        self
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    deal: Field,
    at: Field,
    field: WordField<ChangedField>,
    from: Field,
    to: Field,
    run: Field,
    status: Option<Listed<DealStatus>>,
    status_by_stage: Option<Listed<DealStatus>>,
    forecast_category: Option<Listed<ForecastCategory>>,
}

impl Columns for ChangeColumns {
    type Record = DealChange;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let mapping = finder.mapping;
        mapping.expect_one_of("status", "status_by_stage")?;
        let layout = Layout {
            deal: finder.field("deal"),
            at: finder.instant("at"),
            field: finder.words("field"),
            from: finder.field("from"),
            to: finder.field("to"),
            run: finder.field("run"),
            status: finder.listed("status"),
            status_by_stage: finder.listed("status_by_stage"),
            forecast_category: finder.listed("forecast_category"),
        };
        layout.expect_words_for_fields()?;
        Ok(layout)
    }
}

impl Build for Layout {
    type Record = DealChange;

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<DealChange, Trouble> {
        let deal = needed(cells.text(&self.deal, DealId::new)?, &self.deal)?.value;
        let at = needed(cells.when(&self.at)?, &self.at)?;
        let field = cells.class(&self.field)?;
        let run = run(&self.run, cells)?;
        let turn = self.turn(field, &deal, cells)?;
        let status = match &self.status_by_stage {
            Some(stages) if field == ChangedField::Stage => self.turn_of_status(stages, cells)?,
            _ => None,
        };
        at.make(|at| {
            let mut change = DealChange::of(deal, at, turn)?;
            if let Some(run) = run {
                change = change.with_run(run);
            }
            Ok(match status {
                Some(status) => change.with_turn_of_status(status),
                None => change,
            })
        })
    }
}

impl Layout {
    /// Each field that is read has what it needs, and what is declared is of a field that is read.
    fn expect_words_for_fields(&self) -> Result<(), ImportError> {
        let is_read = |field| self.field.may_mean(|meaning| meaning == field);
        for (key, field, is_declared) in [
            ("status", ChangedField::Status, self.status.is_some()),
            (
                "forecast_category",
                ChangedField::ForecastCategory,
                self.forecast_category.is_some(),
            ),
        ] {
            if is_read(field) && !is_declared {
                return invalid(format!(
                    "a changed {key} is a word; say as {key} what its words mean"
                ));
            }
            if !is_read(field) && is_declared {
                return invalid(format!("{key} has words, but no word of field means it"));
            }
        }
        if self.status_by_stage.is_some() && !is_read(ChangedField::Stage) {
            return invalid("status_by_stage has words, but no word of field means stage");
        }
        let is_minor = self.from.is_minor() || self.to.is_minor();
        if is_minor && is_read(ChangedField::Amount) {
            return invalid(
                "changes name no currency, so that no amount of them can be in its minor unit; multiply what the file says first",
            );
        }
        Ok(())
    }

    fn turn<'a>(
        &'a self,
        field: ChangedField,
        deal: &DealId,
        cells: &mut Cells<'a>,
    ) -> Result<Turn, Trouble> {
        let from = if self.from.is_absent() {
            None
        } else {
            Some(self.value(field, &self.from, deal, cells)?)
        };
        let to = self.value(field, &self.to, deal, cells)?;
        Ok(Turn { from, to })
    }

    /// What one of the two cells says of the field.
    fn value<'a>(
        &'a self,
        field: ChangedField,
        side: &'a Field,
        deal: &DealId,
        cells: &mut Cells<'a>,
    ) -> Result<FieldValue, Trouble> {
        let made = |error: Error| error.of(deal);
        Ok(match field {
            ChangedField::Stage => FieldValue::Stage(cells.label(side)?.map(|stage| stage.value)),
            ChangedField::Owner => FieldValue::Owner(cells.rep(side)?.map(|owner| owner.value)),
            ChangedField::Status => FieldValue::Status(self.status(side, cells)?),
            ChangedField::ForecastCategory => FieldValue::Category(match &self.forecast_category {
                Some(words) => cells.listed(side, words)?,
                None => None,
            }),
            // They are in no minor unit, so that how many decimals the currency has is of no matter.
            ChangedField::Amount => value(cells.amount(side, 0)?, |amount| {
                FieldValue::amount(amount).map_err(made)
            })?,
            ChangedField::ExpectedClose => value(cells.date(side)?, |on| {
                FieldValue::expected_close(on).map_err(made)
            })?,
            ChangedField::Probability => value(cells.share(side)?, |rate| {
                FieldValue::probability(rate).map_err(made)
            })?,
            ChangedField::ProbabilityPercent => {
                let percent = cells.percent(side, |all| &mut all.probability)?;
                value(percent, |rate| FieldValue::probability(rate).map_err(made))?
            }
        })
    }

    /// A deal has one at any time.
    fn status<'a>(&'a self, side: &'a Field, cells: &Cells<'a>) -> Result<DealStatus, Trouble> {
        let status = match &self.status {
            Some(words) => cells.listed(side, words)?,
            None => None,
        };
        status.ok_or_else(|| missing(side))
    }

    /// What a change of the stage says of the status: both sides of it, or neither.
    fn turn_of_status<'a>(
        &'a self,
        stages: &Listed<DealStatus>,
        cells: &Cells<'a>,
    ) -> Result<Option<Turn>, Trouble> {
        let to = cells.listed(&self.to, stages)?.map(FieldValue::Status);
        if self.from.is_absent() {
            return Ok(to.map(|to| Turn { from: None, to }));
        }
        let from = cells.listed(&self.from, stages)?.map(FieldValue::Status);
        match (from, to) {
            (Some(from), Some(to)) => {
                let from = Some(from);
                Ok(Some(Turn { from, to }))
            }
            (None, None) => Ok(None),
            (None, Some(_)) => Err(untold(&self.from, &self.to)),
            (Some(_), None) => Err(untold(&self.to, &self.from)),
        }
    }
}

/// One stage says nothing of the status, and the other does.
#[cold]
fn untold(side: &Field, other: &Field) -> Trouble {
    let column = other.name().to_owned();
    Trouble::of_column(side.name(), b"", Problem::UntoldStatus { column })
}

/// What is made of what a cell says, or of nothing; an error is one of the cell.
fn value<V>(
    said: Option<Said<'_, V>>,
    make: impl Fn(Option<V>) -> Result<FieldValue, Error>,
) -> Result<FieldValue, Trouble> {
    match said {
        Some(said) => said.make(|value| make(Some(value))),
        None => make(None).map_err(Trouble::of_error),
    }
}
