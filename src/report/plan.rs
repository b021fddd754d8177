use core::borrow::Borrow;

use super::{Earlier, Kpi, LEAST_SAMPLE, Needs, Parameter, Parameters, Records, catalog};
use crate::book::{Book, Dimension, Grouped, Grouping};
use crate::period::{FiscalCalendar, Scope};

/// What a [`Report`](super::Report) is to show.
#[derive(Clone, Debug)]
pub struct ReportPlan {
    pub(crate) scope: Scope,
    kpis: Option<Vec<Kpi>>,
    own: Vec<Kpi>,
    pub(crate) by: Option<Dimension>,
    pub(crate) parameters: Parameters,
    pub(crate) least_sample: u64,
    pub(crate) fiscal: Option<FiscalCalendar>,
    /// Whether a running period stands beside the ends of the earlier ones.
    to_end: bool,
}

/// The same KPIs: each is a reference.
pub(super) fn copies<K: Borrow<Kpi>>(kpis: &[K]) -> Vec<Kpi> {
    kpis.iter().map(|kpi| kpi.borrow().clone()).collect()
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
            least_sample: LEAST_SAMPLE,
            fiscal: None,
            to_end: false,
        }
    }

    /// These KPIs alone, in this order: [`starter_set`](super::starter_set), or a choice of one's own. (The text of a report puts
    /// those of one family together.) Of two that have one name the later takes the place of the earlier.
    ///
    /// It takes a list, an array or a slice, so that a KPI that was not found cannot be left out without a word:
    ///
    /// ```
    /// # use sales_metrics::report::{ReportPlan, find};
    /// # use sales_metrics::{Currency, Error, Period, Scope};
    /// # let plan = ReportPlan::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
    /// let plan = plan.with_kpis([find("NRR")?, find("GRR")?]);
    /// # Ok::<(), Error>(())
    /// ```
    /// ```compile_fail,E0277
    /// # use sales_metrics::report::{ReportPlan, find};
    /// # use sales_metrics::{Currency, Error, Period, Scope};
    /// # let plan = ReportPlan::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
    /// let plan = plan.with_kpis(find("NRR"));
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn with_kpis<K: Borrow<Kpi>>(self, kpis: impl AsRef<[K]>) -> Self {
        Self {
            kpis: Some(copies(kpis.as_ref())),
            ..self
        }
    }

    /// These, too: your own, behind the [choice](Self::with_kpis), or without one behind the catalog's, where the book has what they need.
    /// One that has the name of another takes its place: one of the catalog under a label of your own, or the later of two of your own.
    ///
    /// ```
    /// # use sales_metrics::report::{Better, Family, Kpi, ReportPlan, Unit, starter_set};
    /// # use sales_metrics::{Currency, Error, Period, Scope};
    /// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let own = Kpi::own("sevens", "sevens", Family::Revenue, Unit::Count, Better::Up, |_| Ok(7_u64))?;
    /// let plan = ReportPlan::new(q1).with_kpis(starter_set()).with_own_kpis([own]);
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn with_own_kpis<K: Borrow<Kpi>>(self, kpis: impl AsRef<[K]>) -> Self {
        Self {
            own: copies(kpis.as_ref()),
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

    /// A running period beside the earlier ones as many days before their ends, and not as many after their beginnings: for a business of
    /// which the most comes in on the last days.
    ///
    /// ```
    /// # use sales_metrics::report::{Report, ReportPlan, find};
    /// # use sales_metrics::{Book, Currency, Error, Period, Scope, date};
    /// # let book = Book::new(Currency::USD);
    /// // Three days before the end of March.
    /// let march = Scope::new(Period::month(2026, 3)?, Currency::USD).as_of(date(2026, 3, 28)?)?;
    /// let plan = ReportPlan::new(march).with_kpis([find("revenue_growth")?]).aligned_to_end();
    /// let previous = Report::of(&book, &plan)?.previous().expect("there is a February");
    /// assert_eq!(previous.as_of_day(), date(2026, 2, 25)?);
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn aligned_to_end(self) -> Self {
        Self {
            to_end: true,
            ..self
        }
    }

    /// The previous period, seen as the plan says.
    pub(super) fn previous(&self, scope: Scope) -> Option<Scope> {
        self.seen_from(scope, scope.previous_by(self.fiscal).ok()?)
    }

    /// The same of the one a year before.
    pub(super) fn year_before(&self, scope: Scope) -> Option<Scope> {
        self.seen_from(scope, scope.year_before_by(self.fiscal).ok()?)
    }

    fn seen_from(&self, now: Scope, earlier: Scope) -> Option<Scope> {
        if self.to_end {
            return earlier.with_days_left_of(now).ok();
        }
        Some(earlier)
    }

    pub(super) fn kpis(&self, book: &Book) -> Vec<Kpi> {
        let chosen = self.kpis.as_deref();
        let mut kpis: Vec<Kpi> = Vec::new();
        for all in [chosen.unwrap_or_else(|| catalog()), &self.own] {
            for kpi in all {
                match kpis.iter_mut().find(|known| *known == kpi) {
                    Some(known) => *known = kpi.clone(),
                    None => kpis.push(kpi.clone()),
                }
            }
        }
        if chosen.is_none() {
            kpis.retain(|kpi| kpi.needs().iter().all(|needs| self.has(*needs, book)));
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
            // What is not given is read off the deals.
            Needs::Parameter(parameter @ Parameter::GrossMargin) => {
                let is_given = self.parameters.text(parameter).is_some();
                is_given || self.has_records(Records::Deals, book)
            }
            Needs::Parameter(parameter) => {
                let holds = is_whole || !parameter.is_for_the_period();
                holds && self.parameters.text(parameter).is_some()
            }
        }
    }

    fn has_records(&self, records: Records, book: &Book) -> bool {
        match records {
            Records::Deals => self.tells(book, book.deals()),
            Records::States => book.history().is_some() && self.tells(book, book.deals()),
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
            Some(dimension) => Grouping::new(book, dimension, self.scope)
                .told(records)
                .is_some(),
        }
    }
}
