use super::state::DealState;
use crate::error::Error;
use crate::period::{Stamp, When};
use crate::record::{Deal, DealStatus};
use crate::value::id::{checked, own};
use crate::value::{DealId, IntoId, Label};

/// When a deal entered each stage, of a source that has a date for each (`Date entered Discovery`): the first entry into those that it was in, in
/// the order of the stages. `import::StageColumns` (feature `csv`) reads them.
///
/// [`History::with_stages_entered`](crate::History::with_stages_entered) makes states of them; how the deal closed is said by its record. Such a source
/// keeps no amounts and no expected closes, so that a history of it answers stages and lengths of time alone.
///
/// ```
/// use sales_metrics::{Currency, Deal, FunnelTally, History, Outcome, Period, Scope, StagesEntered, date, day, kpi};
///
/// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 3, 2)? }, Currency::USD)?;
/// let entered = StagesEntered::new("D-1")?
///     .with_stage("Discovery", day("2026-01-07")?)?
///     .with_stage("Negotiation", day("2026-02-11")?)?;
/// let history = History::new(Currency::USD).with_deals([deal])?.with_stages_entered([entered])?;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).with_stages(["Discovery", "Proposal", "Negotiation"])?;
/// let funnel = FunnelTally::of(&history, q1)?;
/// assert_eq!(kpi::average_time_in_stage(&funnel, "Discovery")?.to_string(), "35 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StagesEntered {
    deal: DealId,
    /// In the order of the stages.
    entered: Vec<(Label, Stamp)>,
}

impl StagesEntered {
    /// A deal that entered no stage yet.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn new(deal: impl IntoId<DealId>) -> Result<Self, Error> {
        let entered = Vec::new();
        let deal = own(deal)?;
        Ok(Self { deal, entered })
    }

    /// It entered the next stage that it was in, at an instant or on a day. Of two on one day, or at one instant, it left the first for the second.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId); [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn with_stage(
        mut self,
        stage: impl IntoId<Label>,
        at: impl Into<When>,
    ) -> Result<Self, Error> {
        let entry = checked(stage).and_then(|stage| Ok((stage, Stamp::new(at.into())?)));
        let entry = entry.map_err(|error| error.about("stage").of(&self.deal))?;
        self.entered.push(entry);
        Ok(self)
    }

    /// The deal.
    #[must_use]
    pub fn deal(&self) -> &DealId {
        &self.deal
    }

    /// The stages that it entered, and when.
    pub fn entered(&self) -> impl Iterator<Item = (&Label, When)> {
        self.entered.iter().map(|(stage, at)| (stage, at.when()))
    }

    /// The states that they amount to, of a deal with this record.
    pub(super) fn states(&self, deal: &Deal) -> Vec<DealState> {
        let mut states = Vec::new();
        for ((label, at), run) in self.entered.iter().zip(0..) {
            let mut state =
                DealState::of(deal.id().clone(), *at, DealStatus::Open, deal.currency());
            (state.stage, state.facts.run) = (Some(label.clone()), run);
            states.push(state);
        }
        if let Some(ending) = deal.facts().ending {
            let mut at = Stamp::of_day(ending.on);
            let entered = self.entered.iter().map(|(_, at)| *at);
            if let Some(last) = entered.max_by_key(|at| at.order()) {
                at = Stamp::of_day_behind(ending.on, last);
            }
            let mut state = DealState::of(deal.id().clone(), at, ending.status, deal.currency());
            (state.facts.closed, state.facts.run) = (Some(ending.on), u32::MAX);
            states.push(state);
        }
        states
    }
}
