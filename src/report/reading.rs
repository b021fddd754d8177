use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::{Caveat, Inputs, Kpi, Value};
use crate::error::{Error, write_result};

/// With fewer records a rate or a mean is marked, where nobody says otherwise.
pub(crate) const LEAST_SAMPLE: u64 = 30;

/// A KPI of one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The value, or why there is none.
    pub value: Result<Value, Error>,
    /// On how many records it rests, where that is known.
    pub sample: Option<u64>,
    /// Whether it is a rate, a share, a mean or another quotient of too few records to prove much. A sum is as much as it is.
    pub is_small: bool,
    /// With which reservations the value holds.
    pub caveats: Vec<Caveat>,
}

impl Reading {
    pub(crate) fn of(kpi: &Kpi, inputs: &Inputs<'_>, least_sample: u64) -> Self {
        let value = kpi.evaluate(inputs);
        let caveats = match value {
            Ok(_) => Caveat::of(kpi, inputs),
            Err(_) => Vec::new(),
        };
        let reading = Self {
            value,
            sample: kpi.sample(inputs),
            is_small: false,
            caveats,
        };
        reading.marked(kpi, least_sample)
    }

    /// A value that is no matter of records.
    pub(crate) fn known(value: &Value) -> Self {
        Self {
            value: Ok(*value),
            sample: None,
            is_small: false,
            caveats: Vec::new(),
        }
    }

    /// Marked as small or not: the one rule of when a sample is.
    pub(super) fn marked(self, kpi: &Kpi, least_sample: u64) -> Self {
        let least_sample = kpi.least_sample_or(least_sample);
        let few = self.sample.is_some_and(|sample| sample < least_sample);
        Self {
            is_small: few && kpi.is_estimate() && self.value.is_ok(),
            ..self
        }
    }

    /// The number of records as a cell, with its mark.
    pub(crate) fn size(&self) -> String {
        let mark = if self.is_small { " *" } else { "  " };
        self.sample
            .map_or_else(String::new, |sample| format!("{sample}{mark}"))
    }
}

/// The value, or `undefined` with the reason's name and its text; another error has its text alone.
impl Serialize for Reading {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        write_result(&mut map, "value", &self.value)?;
        if let Some(sample) = self.sample {
            map.serialize_entry("sample", &sample)?;
        }
        map.serialize_entry("small_sample", &self.is_small)?;
        if !self.caveats.is_empty() {
            map.serialize_entry("caveats", &self.caveats)?;
        }
        map.end()
    }
}
