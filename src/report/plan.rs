use super::{Kpi, Needs, Parameters, catalog};
use crate::book::{Book, Dimension, Grouped, Grouping};
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

    /// These KPIs alone, in this order: [`starter_set`](super::starter_set), or a choice of one's own. (The text of a report puts
    /// those of one family together.)
    #[must_use]
    pub fn with_kpis(self, kpis: impl IntoIterator<Item = &'static Kpi>) -> Self {
        Self {
            kpis: Some(kpis.into_iter().collect()),
            ..self
        }
    }

    /// By rep, team, region, …: a section for each. Without a choice of KPIs, those are shown whose records are told apart by it.
    #[must_use]
    pub fn with_dimension(self, dimension: Dimension) -> Self {
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

    /// Whether the book has the records, or this plan what was given. By group, records must be told apart by it, and nothing that
    /// is of the whole business holds.
    fn has(&self, needs: Needs, book: &Book) -> bool {
        let is_whole = self.by.is_none();
        match needs {
            Needs::Deals => self.tells(book, book.deals()),
            Needs::Purchases => is_whole && !book.deals().is_empty(),
            Needs::Leads => self.tells(book, book.leads()),
            Needs::Activities | Needs::CallTime => self.tells(book, book.activities()),
            Needs::WorkTime => self.tells(book, book.work_time()),
            Needs::Reps => self.tells(book, book.reps()),
            Needs::Quotas => self.tells(book, book.reps()) && !book.quotas().is_empty(),
            Needs::Contracts => self.tells(book, book.contracts()),
            Needs::Spend => self.tells(book, book.spend()),
            Needs::History => is_whole,
            Needs::Target => is_whole && self.parameters.target().is_ok(),
            Needs::NetBurn => is_whole && self.parameters.net_burn().is_ok(),
            Needs::OperatingMargin => is_whole && self.parameters.operating_margin().is_ok(),
            Needs::Contract => is_whole && self.parameters.contract().is_ok(),
            Needs::Calendar => book.calendar().is_some(),
            Needs::Channel => self.parameters.channel().is_ok(),
            Needs::Lifetime => self.parameters.lifetime().is_ok(),
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
    fn tells(&self, book: &Book, records: &[impl Grouped]) -> bool {
        match &self.by {
            None => !records.is_empty(),
            Some(dimension) => Grouping::new(book, dimension).tells(records),
        }
    }
}
