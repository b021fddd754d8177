use rust_decimal::Decimal;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::benchmark;
use super::error::ScorecardProblem;
use crate::error::Error;
use crate::report::{Better, Kpi, Unit, Value, find};
use crate::value::number;

/// A KPI of a [`Scorecard`](super::Scorecard), how much it weighs, and what is to be reached.
///
/// Its JSON is `{"kpi":"win_rate","weight":"30","benchmark":"25%"}`: the name of the KPI, and the benchmark as its value prints. Where the
/// KPI goes another way than that of the catalog, `"better":"up"` says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    kpi: Kpi,
    /// Invariant: above 0.
    weight: Decimal,
    /// Invariant: above 0, in the unit of the KPI or of the part of it that is ranked.
    benchmark: Value,
}

impl Metric {
    pub(super) fn new(kpi: &Kpi, weight: Decimal, benchmark: &Value) -> Result<Self, Error> {
        let metric = kpi.name();
        if kpi.better() == Better::Neither {
            let metric = metric.to_owned();
            return Err(ScorecardProblem::NoDirection { metric }.into());
        }
        expect_positive("weight", metric, weight, &number::Shown(weight))?;
        let benchmark = benchmark::fitting(metric, kpi.unit(), benchmark)?;
        expect_positive("benchmark", metric, benchmark.magnitude(), &benchmark)?;
        Ok(Self {
            kpi: kpi.clone(),
            weight,
            benchmark,
        })
    }

    /// The KPI.
    #[must_use]
    pub fn kpi(&self) -> &Kpi {
        &self.kpi
    }

    /// How much it weighs, and how many points a unit of what it counts is worth: above 0.
    #[must_use]
    pub fn weight(&self) -> Decimal {
        self.weight
    }

    /// What is to be reached: above 0.
    #[must_use]
    pub fn benchmark(&self) -> &Value {
        &self.benchmark
    }

    /// Whether it gives points: it counts, and more of it is better.
    #[must_use]
    pub fn gives_points(&self) -> bool {
        self.kpi.unit() == Unit::Count && self.kpi.better() == Better::Up
    }

    /// How much of the benchmark is reached, up to the cap. A quotient beyond a decimal is beyond the cap, too.
    pub(super) fn ratio(&self, actual: Decimal, cap: Decimal) -> Decimal {
        let (actual, benchmark) = (actual.max(Decimal::ZERO), self.benchmark.magnitude());
        let ratio = match self.kpi.better() {
            Better::Down => benchmark.checked_div(actual),
            Better::Up | Better::Neither => actual.checked_div(benchmark),
        };
        ratio.unwrap_or(cap).min(cap)
    }
}

pub(super) fn expect_positive(
    field: &'static str,
    metric: &str,
    number: Decimal,
    shown: &dyn core::fmt::Display,
) -> Result<(), Error> {
    if number > Decimal::ZERO {
        return Ok(());
    }
    let (metric, value) = (metric.to_owned(), shown.to_string());
    Err(ScorecardProblem::NotPositive {
        field,
        metric,
        value,
    }
    .into())
}

impl Serialize for Metric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kpi", self.kpi.name())?;
        map.serialize_entry("weight", &number::Exact(self.weight))?;
        map.serialize_entry("benchmark", &self.benchmark.to_string())?;
        let usual = find(self.kpi.name()).map(Kpi::better);
        if usual != Ok(self.kpi.better()) {
            map.serialize_entry("better", &self.kpi.better())?;
        }
        map.end()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    kpi: String,
    #[serde(with = "number::exact")]
    weight: Decimal,
    benchmark: Written,
    #[serde(default)]
    better: Option<Better>,
}

/// A count needs no quotes.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a text such as \"25%\", or a whole number")]
enum Written {
    Text(String),
    Whole(u64),
}

impl<'de> Deserialize<'de> for Metric {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let mut kpi = find(&wire.kpi).map_err(de::Error::custom)?.clone();
        if let Some(better) = wire.better {
            kpi = kpi.with_better(better);
        }
        let benchmark = match wire.benchmark {
            Written::Text(text) => benchmark::read(kpi.unit(), &text),
            Written::Whole(count) => benchmark::read(kpi.unit(), &count.to_string()),
        };
        let benchmark = benchmark.map_err(|error| {
            de::Error::custom(format_args!("the benchmark of {}: {error}", kpi.name()))
        })?;
        Self::new(&kpi, wire.weight, &benchmark).map_err(de::Error::custom)
    }
}
