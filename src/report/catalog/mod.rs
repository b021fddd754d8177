use std::sync::LazyLock;

use serde::{Deserialize, Serialize, Serializer};

mod apart;
mod entries;
mod kpi;
mod needs;
mod own;
mod samples;
mod search;

pub use kpi::Kpi;
pub use needs::{Earlier, Needs, Parameter, Records};
pub use search::find;

use entries::ENTRIES;
use search::named;

/// The subject of a KPI: the module of [`kpi`](crate::kpi) that its function is in, or one of your own.
///
/// Its JSON is its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Family {
    /// What was won, and what it was worth.
    Revenue,
    /// Who wins, how often, and how long it takes.
    Conversion,
    /// What is open, and what flows in and out.
    Pipeline,
    /// How the pipeline moved, and what slipped.
    Movement,
    /// Where deals get stuck, and how long they take.
    Funnel,
    /// What a period will bring.
    Forecast,
    /// Who comes in, and how soon and how often they are talked to.
    Lead,
    /// What a new customer costs, and brings in.
    Acquisition,
    /// How many customers and contracts stay.
    Retention,
    /// What recurs, how it moves, and whether growth is worth its price.
    Recurring,
    /// Who sells how much of what was expected.
    Team,
    /// Calls, emails, meetings, and what comes of them.
    Activity,
    /// A subject of your own, by its name. A report puts it behind the others.
    Own(&'static str),
}

/// Which way a KPI should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Better {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither by itself.
    Neither,
}

/// Whether a KPI tells what will come or what has been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Timing {
    /// It moves before revenue does, and can still be acted on.
    Leading,
    /// It tells what has been.
    Lagging,
}

/// Every KPI that a report can have, in the order of the families and of the documentation.
///
/// Some functions of [`kpi`](crate::kpi) are not among them: they take what no report gives (limits, a number of days, a plan), say more than
/// one number (a funnel, cohorts, reasons), or read a tally of their own ([`QuietTally`](crate::QuietTally), say). [`find`] tells of
/// each of these that it is called by itself.
#[must_use]
pub fn catalog() -> &'static [Kpi] {
    &ENTRIES
}

/// The seven KPIs to begin with, as Bouncer's *B2B sales metrics* recommends them. The pipeline's coverage needs a
/// [target](super::Parameters::with_target), others leads, quotas and contracts. Your own go behind them by
/// [`with_own_kpis`](super::ReportPlan::with_own_kpis).
///
/// ```
/// use sales_metrics::report;
///
/// let names: Vec<&str> = report::starter_set().iter().map(|kpi| kpi.name()).collect();
/// assert_eq!(names, [
///     "lead_conversion_rate", "average_deal_size", "win_rate", "quota_attainment", "revenue_growth", "pipeline_coverage",
///     "retention_rate",
/// ]);
/// ```
#[must_use]
pub fn starter_set() -> &'static [Kpi] {
    &STARTERS
}

static STARTERS: LazyLock<Vec<Kpi>> = LazyLock::new(|| {
    let names = [
        "lead_conversion_rate",
        "average_deal_size",
        "win_rate",
        "quota_attainment",
        "revenue_growth",
        "pipeline_coverage",
        "retention_rate",
    ];
    names.into_iter().filter_map(named).cloned().collect()
});

impl Timing {
    /// `leading`, `lagging`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Lagging => "lagging",
        }
    }
}

impl Family {
    /// `revenue`, `conversion`, …
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Conversion => "conversion",
            Self::Pipeline => "pipeline",
            Self::Movement => "movement",
            Self::Funnel => "funnel",
            Self::Forecast => "forecast",
            Self::Lead => "lead",
            Self::Acquisition => "acquisition",
            Self::Retention => "retention",
            Self::Recurring => "recurring",
            Self::Team => "team",
            Self::Activity => "activity",
            Self::Own(name) => name,
        }
    }
}

impl Serialize for Family {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
