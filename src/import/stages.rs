use super::mapping::{Columns, Entry, Mapping, StageDate, instants, invalid, mapping};
use super::row::{Build, Cells, Field, Finder, Trouble, needed, with};
use super::{Column, ImportError};
use crate::record::StagesEntered;
use crate::value::{DealId, Label};

mapping! {
    /// Which columns of a file of deals say when each entered which stage, and how the file writes that: the history of deals, a column for each stage. It
    /// is data: built here, or read from JSON, as [`DealColumns`](super::DealColumns) is.
    ///
    /// Such columns mostly stand in the file of the deals themselves, which is then read twice.
    ///
    /// ```
    /// use sales_metrics::import::{DealColumns, OutcomeColumn, StageColumns, read};
    /// use sales_metrics::{Currency, FunnelTally, History, Period, Scope, kpi};
    ///
    /// let file = "\
    /// Deal ID,Status,Close Date,Date entered Discovery,Date entered Proposal
    /// D-1,won,2026-03-02,2026-01-07,2026-02-11
    /// D-2,open,,2026-01-19,
    /// ";
    /// let status = OutcomeColumn::new("Status").with_won(["won"]).with_open(["open"]);
    /// let deals = DealColumns::new("Deal ID", status, Currency::USD).with_closed("Close Date");
    /// let stages = [("Discovery", "Date entered Discovery"), ("Proposal", "Date entered Proposal")];
    /// let columns = StageColumns::new("Deal ID", stages);
    ///
    /// let history = History::new(Currency::USD)
    ///     .with_deals(read(file.as_bytes(), &deals)?.records)?
    ///     .with_stages_entered(read(file.as_bytes(), &columns)?.records)?;
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Discovery", "Proposal"])?;
    /// assert_eq!(kpi::average_time_in_stage(&FunnelTally::of(&history, q1)?, "Discovery")?.to_string(), "35 days");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    StageColumns {
        required {
            deal: What::Column,
            stages: What::Stages,
        }
        columns {}
        others {
            instants: What::Texts,
        }
    }
}

instants!(StageColumns);

impl StageColumns {
    /// The column of the deal's id; and the stages in their order, each with the column of the instant or the day on which the deal first entered it,
    /// which is empty where it never did.
    pub fn new<S: Into<String>, C: Into<Column>>(
        deal: impl Into<Column>,
        stages: impl IntoIterator<Item = (S, C)>,
    ) -> Self {
        let mut dates = Vec::new();
        for (stage, entered) in stages {
            let (stage, entered) = (stage.into(), entered.into());
            dates.push(StageDate { stage, entered });
        }
        Self(Mapping::of(vec![
            ("deal", deal.into().into()),
            ("stages", Entry::Stages(dates)),
        ]))
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    deal: Field,
    stages: Vec<(Label, Field)>,
}

impl Columns for StageColumns {
    type Record = StagesEntered;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        if finder.mapping.stages("stages").is_empty() {
            return invalid("stages has no stage; name each with its column, in their order");
        }
        Ok(Layout {
            deal: finder.field("deal"),
            stages: finder.stages("stages"),
        })
    }
}

impl Build for Layout {
    type Record = StagesEntered;

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<StagesEntered, Trouble> {
        let deal = needed(cells.text(&self.deal, DealId::new)?, &self.deal)?;
        let mut entered = deal.make(StagesEntered::new)?;
        for (stage, field) in &self.stages {
            let at = cells.when(field)?;
            entered = with(entered, at, |entered, at| entered.with_stage(stage, at))?;
        }
        Ok(entered)
    }
}
