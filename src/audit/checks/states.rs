use crate::audit::{Audit, Finding, FindingKind};
use crate::period::Day;
use crate::record::{At, Deal, History, Timeline};
use crate::value::{Label, RecordId};

impl Audit {
    /// Everything odd about the states of a history, deal by deal: those of the records in their order, then those without one.
    ///
    /// ```
    /// use sales_metrics::audit::Audit;
    /// use sales_metrics::{Currency, DealState, DealStatus, History, date, day};
    ///
    /// let state = DealState::new("D-1", day("2026-01-07")?, DealStatus::Open, Currency::USD)?;
    /// let history = History::new(Currency::USD).with_states([state])?;
    /// let findings = Audit::new(date(2026, 3, 31)?)?.history(&history);
    /// assert_eq!(findings[0].to_string(), "deal D-1: it has states, but no record");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn history(&self, history: &History) -> Vec<Finding> {
        self.states(history, &[])
    }

    /// The same, with the stages of the pipeline, if they are known.
    pub(in crate::audit) fn states(&self, history: &History, order: &[Label]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for timeline in history.timelines() {
            let Some(deal) = timeline.id() else { continue };
            let record = RecordId::from(deal);
            for kind in self.of_timeline(history, &timeline, order) {
                let record = record.clone();
                findings.push(Finding { record, kind });
            }
        }
        findings
    }

    fn of_timeline(
        &self,
        history: &History,
        timeline: &Timeline<'_>,
        order: &[Label],
    ) -> Vec<FindingKind> {
        let mut kinds = Vec::new();
        let states = timeline.states();
        let after = states.iter().map(|state| state.day().date());
        let late = after.max().filter(|on| *on > self.as_of);
        kinds.extend(late.map(|on| FindingKind::DatedAfterAsOf { on }));
        match timeline.record() {
            None => kinds.push(FindingKind::MissingRecord),
            Some(deal) => {
                kinds.extend(before_creation(timeline, deal));
                kinds.extend(unlike(history, timeline, deal));
            }
        }
        let at_once = timeline.first_at_once();
        kinds.extend(at_once.map(|on| FindingKind::StatesAtOnce { on: on.date() }));
        kinds.extend(out_of_order(history, timeline, order));
        kinds
    }
}

fn before_creation(timeline: &Timeline<'_>, deal: &Deal) -> Option<FindingKind> {
    let first = timeline.states().first()?.day();
    let created = deal.facts().created()?;
    let on = first.date();
    (first < created).then_some(FindingKind::StateBeforeCreation { on })
}

/// In what the last state and the record differ, as far as the history keeps it.
fn unlike(history: &History, timeline: &Timeline<'_>, deal: &Deal) -> Option<FindingKind> {
    let last = timeline.last()?;
    let facts = deal.facts();
    let keeps = history.keeps();
    let is_open = facts.ending.is_none();
    let differs = |field: &str, keeps: bool, differs: bool| {
        (keeps && differs).then(|| FindingKind::UnlikeItsRecord {
            field: field.to_owned(),
        })
    };
    let (owner, stage) = (history.owner(last.owner), history.stage(last.stage));
    differs("status", true, last.status != deal.status())
        .or_else(|| {
            let amount = facts.amount();
            differs(
                "amount",
                keeps.expect_amounts().is_ok(),
                last.amount != amount,
            )
        })
        .or_else(|| differs("owner", keeps.owners(), owner != deal.owner()))
        .or_else(|| {
            let keeps = keeps.expect_stages().is_ok() && is_open;
            differs("stage", keeps, stage != deal.stage())
        })
        .or_else(|| {
            let keeps = keeps.expect_expected_close().is_ok() && is_open;
            differs(
                "expected close",
                keeps,
                last.expected != facts.expected_close,
            )
        })
}

/// The first stage of an open state that is not in the order.
fn out_of_order(
    history: &History,
    timeline: &Timeline<'_>,
    order: &[Label],
) -> Option<FindingKind> {
    let mut found = None;
    timeline.stages(|_: Day, at: At| {
        let stage = history.stage(at.stage).filter(|_| at.is_open());
        let unknown = stage.filter(|stage| !order.is_empty() && !order.contains(stage));
        if found.is_none() {
            found = unknown.cloned();
        }
    });
    found.map(|stage| FindingKind::StageOutOfOrder { stage })
}
