//! Scores as text and as JSON.

use core::fmt;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::{MetricScore, PartScore, Score, Scores, Total};
use crate::error::Undefined;
use crate::report::text::{self, Notes, Row};
use crate::report::{Family, Kpi, Reading};
use crate::value::{Percent, number};

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = text::period(self.scope, self.fiscal);
        let mut notes = Notes::default();
        let Some(by) = &self.by else {
            writeln!(f, "scorecard, {period}")?;
            for score in self.scores() {
                score.write(f, &mut notes)?;
            }
            return self.write_notes(f, &notes);
        };
        writeln!(f, "scorecard by {by}, {period}")?;
        let headings = ["activities", "objectives", "attainment", "points"];
        let ranking = self.by_attainment();
        let rows: Vec<Row> = ranking
            .iter()
            .map(|(rank, score)| score.row(*rank))
            .collect();
        text::write(f, &headings.map(ToOwned::to_owned), &rows)?;
        for (_, score) in ranking {
            let group = text::group(score.group.as_deref());
            writeln!(f, "\n{} {group}", by.to_string().to_uppercase())?;
            score.write(f, &mut notes)?;
        }
        self.write_notes(f, &notes)
    }
}

impl Scores {
    fn write_notes(&self, f: &mut fmt::Formatter<'_>, notes: &Notes) -> fmt::Result {
        let mut small: Vec<&Kpi> = Vec::new();
        for score in self.scores() {
            let metrics = score.metrics().filter(|scored| scored.reading.is_small);
            small.extend(metrics.map(|scored| scored.metric.kpi()));
        }
        text::write_notes(f, &text::small(&small, self.least_sample), notes)
    }
}

impl Score {
    fn metrics(&self) -> impl Iterator<Item = &MetricScore> {
        self.activities
            .metrics
            .iter()
            .chain(&self.objectives.metrics)
    }

    /// Its place among the groups.
    fn row(&self, rank: Option<usize>) -> Row {
        let rank = rank.map_or("–".to_owned(), |rank| rank.to_string());
        let totals = [
            &self.activities.total,
            &self.objectives.total,
            &self.overall,
        ];
        let mut cells: Vec<String> = totals.map(Total::attained).to_vec();
        cells.push(self.overall.given());
        Row {
            family: None,
            head: vec![rank, text::group(self.group.as_deref()).to_owned()],
            cells,
        }
    }

    /// Each of its metrics, and what they come to.
    fn write(&self, f: &mut fmt::Formatter<'_>, notes: &mut Notes) -> fmt::Result {
        let mut rows = Vec::new();
        let parts = [
            ("activities", &self.activities),
            ("objectives", &self.objectives),
        ];
        for (name, part) in parts {
            for scored in &part.metrics {
                rows.push(scored.row(name, notes));
            }
            if !part.metrics.is_empty() {
                rows.push(part.total.row(name, "all of them"));
            }
        }
        rows.push(self.overall.row("overall", "both parts"));
        let headings = ["actual", "benchmark", "weight", "attained", "points", "n  "];
        text::write(f, &headings.map(ToOwned::to_owned), &rows)
    }
}

impl MetricScore {
    fn row(&self, part: &'static str, notes: &mut Notes) -> Row {
        let asked = Reading::known(self.metric.benchmark());
        let (unit, mut cells) = text::cells(&[&self.reading, &asked], notes);
        cells.push(number::Shown(self.metric.weight()).to_string());
        cells.push(self.attainment.map_or("–".to_owned(), one_decimal));
        let points = self
            .points
            .map(|points| format!("{:#}", number::Shown(points)));
        cells.push(points.unwrap_or_default());
        cells.push(self.reading.size());
        Row {
            family: Some(Family::Own(part)),
            head: vec![self.title.clone(), unit],
            cells,
        }
    }
}

impl Total {
    fn attained(&self) -> String {
        let mark = if self.is_small { " *" } else { "  " };
        self.attainment
            .map_or("–  ".to_owned(), |share| format!("{share:.1}{mark}"))
    }

    fn given(&self) -> String {
        match self.points {
            Ok(points) => format!("{:#}", number::Shown(points)),
            Err(Undefined::NoMetrics) => String::new(),
            Err(_) => "–".to_owned(),
        }
    }

    fn row(&self, part: &'static str, title: &str) -> Row {
        let nothing = String::new();
        let attained = self.attainment.map_or("–".to_owned(), one_decimal);
        Row {
            family: Some(Family::Own(part)),
            head: vec![title.to_owned(), String::new()],
            cells: vec![
                nothing.clone(),
                nothing.clone(),
                nothing.clone(),
                attained,
                self.given(),
                nothing,
            ],
        }
    }
}

fn one_decimal(share: Percent) -> String {
    format!("{share:.1}")
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("scope", &self.scope)?;
        if let Some(by) = &self.by {
            map.serialize_entry("by", by)?;
        }
        map.serialize_entry("least_sample", &self.least_sample)?;
        if let Some(fiscal) = &self.fiscal {
            map.serialize_entry("fiscal", fiscal)?;
        }
        map.serialize_entry("cap", &self.cap)?;
        map.serialize_entry("scores", self.scores())?;
        map.end()
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("group", &self.group)?;
        map.serialize_entry("activities", &self.activities)?;
        map.serialize_entry("objectives", &self.objectives)?;
        map.serialize_entry("overall", &self.overall)?;
        map.end()
    }
}

impl Serialize for PartScore {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("metrics", &self.metrics)?;
        map.serialize_entry("total", &self.total)?;
        map.end()
    }
}

/// The attainment and the points; in place of one that has no value, `undefined` with the reason's name.
impl Serialize for Total {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.attainment {
            Ok(share) => map.serialize_entry("attainment", share)?,
            Err(reason) => map.serialize_entry("attainment", &Missing { undefined: *reason })?,
        }
        match &self.points {
            Ok(points) => map.serialize_entry("points", &number::Exact(*points))?,
            Err(reason) => map.serialize_entry("points", &Missing { undefined: *reason })?,
        }
        map.serialize_entry("small_sample", &self.is_small)?;
        map.end()
    }
}

#[derive(Serialize)]
struct Missing {
    undefined: Undefined,
}

impl Serialize for MetricScore {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("metric", &self.metric)?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("actual", &self.reading)?;
        if let Some(share) = &self.attainment {
            map.serialize_entry("attainment", share)?;
        }
        if let Some(points) = self.points {
            map.serialize_entry("points", &number::Exact(points))?;
        }
        map.end()
    }
}
