use serde::Serialize;

/// What a KPI is evaluated from.
///
/// In JSON it is the name of what it holds: `"deals"`, `"previous"`, `"target"`.
///
/// ```
/// use sales_metrics::report::{self, Needs, Parameter};
///
/// // What to ask the user for before a pipeline's coverage is shown.
/// let needs = report::find("pipeline_coverage")?.needs();
/// assert!(needs.contains(&Needs::Parameter(Parameter::Target)));
/// assert_eq!(serde_json::to_string(needs)?, r#"["deals","target"]"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Needs {
    /// What a business keeps.
    Records(Records),
    /// Another period.
    Earlier(Earlier),
    /// What is given besides: [`Parameters`](crate::report::Parameters).
    Parameter(Parameter),
}

/// What a business keeps, or does not: the records of a [`Book`](crate::Book).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Records {
    /// Deals of the scope.
    Deals,
    /// States of deals in time: [`Book::with_states`](crate::Book::with_states); for what goes by stages their order, too
    /// ([`Book::with_stages`](crate::Book::with_stages)).
    States,
    /// Deals of all time: who bought for the first time.
    Purchases,
    /// Leads.
    Leads,
    /// Activities.
    Activities,
    /// Hours of work.
    WorkTime,
    /// Reps.
    Reps,
    /// Quotas of the reps.
    Quotas,
    /// Contracts.
    Contracts,
    /// Expenses.
    Spend,
    /// Working hours and holidays: [`Book::with_calendar`](crate::Book::with_calendar).
    Calendar,
}

/// A period before the one that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Earlier {
    /// The previous period: [`Inputs::with_previous`](crate::report::Inputs::with_previous).
    Previous,
    /// The same period a year before: [`Inputs::with_year_before`](crate::report::Inputs::with_year_before).
    YearBefore,
    /// The team in some earlier periods: [`Inputs::with_history`](crate::report::Inputs::with_history).
    History,
}

/// One of the [`Parameters`](crate::report::Parameters).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Parameter {
    /// A target: [`Parameters::with_target`](crate::report::Parameters::with_target).
    Target,
    /// How sure an interval is to be: 95 % unless it is said otherwise.
    Confidence,
    /// Which percentile: the 90th unless it is said otherwise.
    Percentile,
    /// From which age on a deal is old: 90 days unless it is said otherwise.
    AgeLimit,
    /// Within how many days of its creation a deal is to be won: 90 unless it is said otherwise.
    WinLimit,
    /// Within what time a lead is to be touched: 5 minutes unless it is said otherwise.
    ResponseLimit,
    /// In how many first days attempts are counted: 7 unless it is said otherwise.
    AttemptDays,
    /// With how many open leads a rep has too many: 500 unless it is said otherwise.
    LeadCap,
    /// From which age on an untouched lead is neglected: 60 days unless it is said otherwise.
    LeadAgeLimit,
    /// A stage: [`Parameters::with_stage`](crate::report::Parameters::with_stage).
    Stage,
    /// How many decided deals are enough to go by: 30 unless it is said otherwise.
    LeastDecided,
    /// A kind of activity: calls unless it is said otherwise.
    ActivityKind,
    /// A channel: [`Parameters::with_channel`](crate::report::Parameters::with_channel).
    Channel,
    /// How many of the largest are taken together: 10 unless it is said otherwise.
    Largest,
    /// How long a customer stays: [`Parameters::with_lifetime`](crate::report::Parameters::with_lifetime).
    Lifetime,
    /// The gross margin: [`Parameters::with_gross_margin`](crate::report::Parameters::with_gross_margin), or where it was not given deals
    /// with costs.
    GrossMargin,
    /// What was burnt: [`Parameters::with_net_burn`](crate::report::Parameters::with_net_burn).
    NetBurn,
    /// What is left after all costs: [`Parameters::with_operating_margin`](crate::report::Parameters::with_operating_margin).
    OperatingMargin,
    /// One contract: [`Parameters::with_contract`](crate::report::Parameters::with_contract).
    Contract,
    /// How long one works and calls: 8 hours and 10 minutes unless it is said otherwise.
    CallTime,
}

impl Records {
    pub(in crate::report) const fn needs(self) -> Needs {
        Needs::Records(self)
    }
}

impl Earlier {
    pub(in crate::report) const fn needs(self) -> Needs {
        Needs::Earlier(self)
    }
}

impl Parameter {
    pub(in crate::report) const fn needs(self) -> Needs {
        Needs::Parameter(self)
    }
}
