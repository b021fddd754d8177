use super::{Kpi, Needs, Parameters, catalog};
use crate::book::{Book, Dimension};
use crate::period::Scope;

/// What a [`Report`](super::Report) is to show.
#[derive(Clone, Debug)]
pub struct ReportPlan {
    pub(super) scope: Scope,
    kpis: Option<Vec<&'static Kpi>>,
    pub(super) by: Option<Dimension>,
    pub(super) parameters: Parameters,
    pub(super) least_sample: u64,
}

impl ReportPlan {
    /// Every KPI that a book has the records and the parameters for, of the whole business.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            kpis: None,
            by: None,
            parameters: Parameters::new(),
            least_sample: 30,
        }
    }

    /// These KPIs alone, in this order: [`starter_set`](super::starter_set), or a choice of one's own.
    #[must_use]
    pub fn with_kpis(self, kpis: impl IntoIterator<Item = &'static Kpi>) -> Self {
        Self {
            kpis: Some(kpis.into_iter().collect()),
            ..self
        }
    }

    /// By rep, team, region, …: a section for each.
    #[must_use]
    pub fn by(self, dimension: Dimension) -> Self {
        Self {
            by: Some(dimension),
            ..self
        }
    }

    /// Other parameters than the usual ones.
    #[must_use]
    pub fn with_parameters(self, parameters: Parameters) -> Self {
        Self { parameters, ..self }
    }

    /// How many records a rate or a mean should rest on: 30 unless it is said otherwise. With fewer it is flagged.
    #[must_use]
    pub fn with_least_sample(self, least_sample: u64) -> Self {
        Self {
            least_sample,
            ..self
        }
    }

    pub(super) fn kpis(&self, book: &Book) -> Vec<&'static Kpi> {
        if let Some(kpis) = &self.kpis {
            return kpis.clone();
        }
        let has_all = |kpi: &&Kpi| kpi.needs().iter().all(|needs| self.has(*needs, book));
        catalog().iter().filter(has_all).collect()
    }

    fn has(&self, needs: Needs, book: &Book) -> bool {
        match needs {
            Needs::Deals | Needs::Purchases => !book.deals().is_empty(),
            Needs::Leads => !book.leads().is_empty(),
            Needs::Activities | Needs::CallTime => !book.activities().is_empty(),
            Needs::WorkTime => !book.work_time().is_empty(),
            Needs::Reps => !book.reps().is_empty(),
            Needs::Quotas => !book.quotas().is_empty(),
            Needs::Contracts => !book.contracts().is_empty(),
            Needs::Spend => !book.spend().is_empty(),
            Needs::History => self.by.is_none(),
            Needs::Target => self.parameters.target().is_ok(),
            Needs::Calendar => self.parameters.calendar().is_ok(),
            Needs::Channel => self.parameters.channel().is_ok(),
            Needs::Lifetime => self.parameters.lifetime().is_ok(),
            Needs::NetBurn => self.parameters.net_burn().is_ok(),
            Needs::Contract => self.parameters.contract().is_ok(),
            Needs::Previous
            | Needs::YearBefore
            | Needs::Confidence
            | Needs::Percentile
            | Needs::AgeLimit
            | Needs::ResponseLimit
            | Needs::AttemptDays
            | Needs::LeadCap
            | Needs::LeadAgeLimit
            | Needs::ActivityKind => true,
        }
    }
}
