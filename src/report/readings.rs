use super::columns::Column;
use super::{Kpi, Reading, ReportPlan};
use crate::book::Book;
use crate::error::Error;

/// What KPIs say of a group, or of the whole.
pub(crate) struct Readings {
    pub(crate) group: Option<String>,
    /// In the order of the KPIs.
    pub(crate) readings: Vec<Reading>,
}

/// What these KPIs say of each group of a plan in its own period: what a report on it would show of them.
pub(crate) fn readings(
    book: &Book,
    plan: &ReportPlan,
    kpis: &[Kpi],
) -> Result<Vec<Readings>, Error> {
    let column = Column::of(book, plan, kpis)?;
    let mut all = Vec::new();
    for (group, inputs) in column.groups() {
        let inputs = inputs?;
        let mut readings = Vec::new();
        for kpi in kpis {
            readings.push(Reading::of(kpi, &inputs, plan.least_sample));
        }
        let group = group.map(ToOwned::to_owned);
        all.push(Readings { group, readings });
    }
    Ok(all)
}
