use super::{Earlier, Kpi, Needs, Parameter, Parameters, Records, catalog};
use crate::book::{Book, Dimension, Grouped, Grouping};
use crate::period::{FiscalCalendar, Scope};

/// What a [`Report`](super::Report) is to show.
#[derive(Clone, Debug)]
pub struct ReportPlan {
    pub(super) scope: Scope,
    kpis: Option<Vec<Kpi>>,
    own: Vec<Kpi>,
    pub(super) by: Option<Dimension>,
    pub(super) parameters: Parameters,
    pub(super) least_sample: u64,
    pub(super) fiscal: Option<FiscalCalendar>,
}

impl ReportPlan {
    /// Every KPI that a book has the records and the parameters for, of the whole business.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            kpis: None,
            own: Vec::new(),
            by: None,
            parameters: Parameters::new(),
            least_sample: 30,
            fiscal: None,
        }
    }

    /// These KPIs alone, in this order: [`starter_set`](super::starter_set), or a choice of one's own. (The text of a report puts
    /// those of one family together.)
    #[must_use]
    pub fn with_kpis(self, kpis: impl IntoIterator<Item = impl Into<Kpi>>) -> Self {
        Self {
            kpis: Some(kpis.into_iter().map(Into::into).collect()),
            ..self
        }
    }

    /// These, too: your own, behind the [choice](Self::with_kpis), or without one behind the catalog's, where the book has what they need.
    ///
    /// ```
    /// # use sales_metrics::report::{Better, Family, Kpi, ReportPlan, Unit, starter_set};
    /// # use sales_metrics::{Currency, Error, Period, Scope};
    /// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// # let own = Kpi::own("sevens", "sevens", Family::Revenue, Unit::Count, Better::Up, |_| Ok(7_u64))?;
    /// let plan = ReportPlan::new(q1).with_kpis(starter_set()).with_own_kpis([own]);
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn with_own_kpis(self, kpis: impl IntoIterator<Item = impl Into<Kpi>>) -> Self {
        Self {
            own: kpis.into_iter().map(Into::into).collect(),
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

    /// How many records a rate or a mean should rest on: 30 unless it is said otherwise, here or by the KPI itself
    /// ([`Kpi::with_least_sample`]). With fewer it is flagged.
    #[must_use]
    pub fn with_least_sample(self, least_sample: u64) -> Self {
        Self {
            least_sample,
            ..self
        }
    }

    /// Years, quarters and months of a fiscal calendar: one of them stands beside the previous one and the one a year before of that
    /// calendar, and each column is headed by its name, `FY2026-Q4`.
    #[must_use]
    pub fn with_fiscal_calendar(self, calendar: FiscalCalendar) -> Self {
        Self {
            fiscal: Some(calendar),
            ..self
        }
    }

    pub(super) fn kpis(&self, book: &Book) -> Vec<Kpi> {
        if let Some(kpis) = &self.kpis {
            return [kpis.as_slice(), &self.own].concat();
        }
        let mut kpis = Vec::new();
        for all in [catalog(), &self.own] {
            for kpi in all {
                if kpi.needs().iter().all(|needs| self.has(*needs, book)) {
                    kpis.push(kpi.clone());
                }
            }
        }
        kpis
    }

    /// Whether the book has the records, or this plan what was given. By group, records must be told apart by it, and nothing that
    /// is of the whole business holds.
    fn has(&self, needs: Needs, book: &Book) -> bool {
        let is_whole = self.by.is_none();
        match needs {
            Needs::Records(records) => self.has_records(records, book),
            Needs::Earlier(Earlier::Previous | Earlier::YearBefore) => true,
            Needs::Earlier(Earlier::History) => is_whole,
            // How many calls there could be is of interest where there are some.
            Needs::Parameter(Parameter::CallTime) => self.tells(book, book.activities()),
            Needs::Parameter(parameter) => {
                let holds = is_whole || !parameter.is_for_the_period();
                holds && self.parameters.text(parameter).is_some()
            }
        }
    }

    fn has_records(&self, records: Records, book: &Book) -> bool {
        match records {
            Records::Deals => self.tells(book, book.deals()),
            Records::Purchases => self.by.is_none() && !book.deals().is_empty(),
            Records::Leads => self.tells(book, book.leads()),
            Records::Activities => self.tells(book, book.activities()),
            Records::WorkTime => self.tells(book, book.work_time()),
            Records::Reps => self.tells(book, book.reps()),
            Records::Quotas => self.tells(book, book.reps()) && !book.quotas().is_empty(),
            Records::Contracts => self.tells(book, book.contracts()),
            Records::Spend => self.tells(book, book.spend()),
            Records::Calendar => book.calendar().is_some(),
        }
    }

    fn tells(&self, book: &Book, records: &[impl Grouped]) -> bool {
        match &self.by {
            None => !records.is_empty(),
            Some(dimension) => Grouping::new(book, dimension).tells(records),
        }
    }
}
