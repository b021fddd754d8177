use core::fmt;

use serde::Serialize;

mod entries;
mod needs;
mod samples;

pub use needs::{Earlier, Needs, Parameter, Records};

use entries::ENTRIES;
use samples::Sample;

use super::{Inputs, Unit, Value};
use crate::error::Error;

/// A KPI as data: what it is, and how to evaluate it.
#[derive(Clone, Copy)]
pub struct Kpi {
    name: &'static str,
    family: Family,
    unit: Unit,
    better: Better,
    timing: Timing,
    needs: &'static [Needs],
    sample: Sample,
    evaluate: fn(&Inputs<'_>) -> Result<Value, Error>,
}

/// The subject of a KPI: the module of [`kpi`](crate::kpi) that its function is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Family {
    /// What was won, and what it was worth.
    Revenue,
    /// Who wins, how often, and how long it takes.
    Conversion,
    /// What is open, and what flows in and out.
    Pipeline,
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
}

/// Which way a KPI should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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

/// Every KPI, in the order of the families and of the documentation.
#[must_use]
pub fn catalog() -> &'static [Kpi] {
    &ENTRIES
}

/// The seven KPIs to begin with, as Bouncer's *B2B sales metrics* recommends them. The pipeline's coverage needs a
/// [target](super::Parameters::with_target).
///
/// ```
/// use sales_metrics::report;
///
/// let names: Vec<&str> = report::starter_set().map(|kpi| kpi.name()).collect();
/// assert_eq!(names[..3], ["lead_conversion_rate", "average_deal_size", "win_rate"]);
/// ```
pub fn starter_set() -> impl Iterator<Item = &'static Kpi> {
    [
        "lead_conversion_rate",
        "average_deal_size",
        "win_rate",
        "quota_attainment",
        "revenue_growth",
        "pipeline_coverage",
        "retention_rate",
    ]
    .into_iter()
    .filter_map(find)
}

/// The KPI of a name, which is the name of its function.
#[must_use]
pub fn find(name: &str) -> Option<&'static Kpi> {
    ENTRIES.iter().find(|kpi| kpi.name == name)
}

impl Kpi {
    /// Its name: that of its function in [`kpi`](crate::kpi).
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its name for people, and the parameter it is evaluated with: `sales cycle percentile (90%)`.
    #[must_use]
    pub fn title(&self, inputs: &Inputs<'_>) -> String {
        let name = self.name.replace('_', " ");
        let text = |needs: &Needs| match needs {
            Needs::Parameter(parameter) => inputs.parameters().text(*parameter),
            Needs::Records(_) | Needs::Earlier(_) => None,
        };
        let texts: Vec<String> = self.needs.iter().filter_map(text).collect();
        if texts.is_empty() {
            return name;
        }
        format!("{name} ({})", texts.join(", "))
    }

    /// Its subject.
    #[must_use]
    pub fn family(&self) -> Family {
        self.family
    }

    /// The unit of its value.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// Which way it should go.
    #[must_use]
    pub fn better(&self) -> Better {
        self.better
    }

    /// Whether it leads or lags.
    #[must_use]
    pub fn timing(&self) -> Timing {
        self.timing
    }

    /// What it is evaluated from.
    #[must_use]
    pub fn needs(&self) -> &'static [Needs] {
        self.needs
    }

    /// On how many records its value rests; none where it is no matter of records.
    #[must_use]
    pub fn sample(&self, inputs: &Inputs<'_>) -> Option<u64> {
        self.sample.size(inputs)
    }

    /// Whether its value would be another with other records of the same business, as a rate or a mean is, so that few of them prove
    /// little. A sum is what it is.
    #[must_use]
    pub fn is_estimate(&self) -> bool {
        self.sample.is_of_estimate()
    }

    /// Its value.
    ///
    /// # Errors
    /// Why there is none: as a rule an [`Error::Undefined`], with the reason that its function documents.
    pub fn evaluate(&self, inputs: &Inputs<'_>) -> Result<Value, Error> {
        (self.evaluate)(inputs)
    }
}

impl PartialEq for Kpi {
    /// By their names, of which each has its own.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Kpi {}

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
    /// `revenue`, `conversion`, …: as in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Conversion => "conversion",
            Self::Pipeline => "pipeline",
            Self::Lead => "lead",
            Self::Acquisition => "acquisition",
            Self::Retention => "retention",
            Self::Recurring => "recurring",
            Self::Team => "team",
            Self::Activity => "activity",
        }
    }
}

impl fmt::Debug for Kpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kpi")
            .field("name", &self.name)
            .field("family", &self.family)
            .field("unit", &self.unit)
            .field("better", &self.better)
            .field("timing", &self.timing)
            .field("needs", &self.needs)
            .finish_non_exhaustive()
    }
}
