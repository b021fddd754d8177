use core::fmt;

use serde::Serialize;

use super::entries::ENTRIES;
use super::{Inputs, Unit, Value};
use crate::error::Error;

/// A KPI as data: what it is, and how to evaluate it.
#[derive(Clone, Copy)]
pub struct Kpi {
    pub(super) name: &'static str,
    pub(super) family: Family,
    pub(super) unit: Unit,
    pub(super) better: Better,
    pub(super) timing: Timing,
    pub(super) needs: Needs,
    pub(super) evaluate: fn(&Inputs<'_>) -> Result<Value, Error>,
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
}

/// Which way a KPI should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
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
pub enum Timing {
    /// It moves before revenue does, and can still be acted on.
    Leading,
    /// It tells what has been.
    Lagging,
}

/// What a KPI needs besides the deals of its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Needs {
    /// Nothing.
    Deals,
    /// The previous period: [`Inputs::with_previous`].
    Previous,
    /// A target: [`Inputs::with_target`].
    Target,
    /// How sure an interval is to be: [`Inputs::with_confidence`], 95 % unless it is said otherwise.
    Confidence,
    /// Which percentile: [`Inputs::with_percentile`], the 90th unless it is said otherwise.
    Percentile,
    /// From which age on a deal is old: [`Inputs::with_age_limit`], 90 days unless it is said otherwise.
    AgeLimit,
}

/// Every KPI, in the order of the families and of the documentation.
#[must_use]
pub fn catalog() -> &'static [Kpi] {
    ENTRIES
}

/// The KPI of a name, which is the name of its function.
#[must_use]
pub fn kpi(name: &str) -> Option<&'static Kpi> {
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
        match inputs.parameter(self.needs) {
            Some(parameter) => format!("{name} ({parameter})"),
            None => name,
        }
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

    /// What it needs besides the deals.
    #[must_use]
    pub fn needs(&self) -> Needs {
        self.needs
    }

    /// Its value.
    ///
    /// # Errors
    /// Why there is none: as a rule an [`Error::Undefined`], with the reason that its function documents.
    pub fn evaluate(&self, inputs: &Inputs<'_>) -> Result<Value, Error> {
        (self.evaluate)(inputs)
    }
}

impl Family {
    /// `revenue`, `conversion`, `pipeline`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Conversion => "conversion",
            Self::Pipeline => "pipeline",
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
