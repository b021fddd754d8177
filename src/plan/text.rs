//! A plan as lines, in text, and beside another one.

use core::fmt;

use rust_decimal::Decimal;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::given::{
    AVERAGE_DEAL, DAYS_OPEN, LEAD_CONVERSION, PER_LEAD, PER_OPPORTUNITY, REPS, WIN_RATE,
};
use super::{Input, Need, Plan};
use crate::error::{Error, Undefined, write_result};
use crate::report::text::{Notes, Row, write, write_notes};
use crate::report::{LEAST_SAMPLE, Value};
use crate::value::{Average, Per};

/// One figure of a plan, an input or what follows from it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// What it is: `win rate`, `opportunities`.
    pub name: &'static str,
    /// The figure, or why there is none.
    pub value: Result<Value, Error>,
    /// Of an input that was read off records, how many they were.
    pub sample: Option<u64>,
}

/// Two plans, line by line. It prints as text, and serialises.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Beside {
    lines: Vec<(Line, Line)>,
}

impl Beside {
    /// The same figure of the one and of the other.
    #[must_use]
    pub fn lines(&self) -> &[(Line, Line)] {
        &self.lines
    }
}

impl Plan {
    /// Every figure: the target and the inputs, and what follows from them.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = vec![result("revenue", self.revenue().map_err(Error::from))];
        lines.extend(self.inputs());
        for (name, need) in self.needs() {
            lines.push(result(name, need.map(Need::count)));
        }
        lines.push(result(OPEN, self.open_at_a_time()));
        let load = self.load().and_then(|load| Ok(load.a_day_per_rep()?));
        lines.push(result("activities a rep and day", load));
        lines
    }

    /// This plan and another one: what if?
    #[must_use]
    pub fn beside(&self, other: &Self) -> Beside {
        Beside {
            lines: self.lines().into_iter().zip(other.lines()).collect(),
        }
    }

    pub(super) fn inputs(&self) -> Vec<Line> {
        let reps = self.reps.ok_or(Undefined::InputNotGiven(REPS));
        vec![
            input(AVERAGE_DEAL, self.average_deal),
            input(WIN_RATE, self.win_rate),
            input(LEAD_CONVERSION, self.lead_conversion),
            input(DAYS_OPEN, self.days_open),
            input(PER_LEAD, self.per_lead),
            input(PER_OPPORTUNITY, self.per_opportunity),
            result(REPS, reps.map(u64::from).map_err(Error::from)),
        ]
    }

    fn needs(&self) -> [(&'static str, Result<Need, Error>); 4] {
        [
            ("wins", self.wins()),
            ("opportunities", self.opportunities()),
            ("leads", self.leads()),
            ("activities", self.activities()),
        ]
    }
}

const OPEN: &str = "open at a time";

fn result<T: Into<Value>>(name: &'static str, value: Result<T, Error>) -> Line {
    Line {
        name,
        value: value.map(Into::into),
        sample: None,
    }
}

fn input<T: Copy + Into<Value>>(name: &'static str, input: Input<T>) -> Line {
    Line {
        sample: input.sample(),
        ..result(name, input.value().map_err(Error::from))
    }
}

/// Its inputs with their samples, and what it takes: in all, a month, a week, a working day, a rep, a rep and working day.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut notes = Notes::default();
        let mut inputs = vec![result("revenue", self.revenue().map_err(Error::from))];
        inputs.extend(self.inputs().into_iter().filter(|line| !line.is_absent()));
        let headings = [self.period.label(), "n".to_owned()];
        let mut rows = Vec::new();
        for line in inputs {
            let is_small = line.is_small(LEAST_SAMPLE);
            let mark = if is_small { " *" } else { "  " };
            let sample = line.sample.map(|sample| format!("{sample}{mark}"));
            let cells = vec![line.figure(&mut notes), sample.unwrap_or_default()];
            rows.push(row(line.name, cells));
        }
        write(f, &headings, &rows)?;
        writeln!(f)?;
        let mut rows = Vec::new();
        for (name, need) in self.needs() {
            rows.push(row(name, cells(need, &mut notes)));
        }
        let open = result(OPEN, self.open_at_a_time()).figure(&mut notes);
        rows.push(row(OPEN, vec![open]));
        let headings = [
            "in all",
            "a month",
            "a week",
            "a day",
            "a rep",
            "a rep and day",
        ];
        write(f, &headings.map(str::to_owned), &rows)?;
        if let Ok(load) = self.load() {
            let not = if load.fits() { "" } else { "not " };
            let capacity = load.capacity();
            writeln!(
                f,
                "  a rep's day has room for {capacity} activities: that is {not}enough"
            )?;
        }
        let mut small = Vec::new();
        if !self.small_inputs(LEAST_SAMPLE).is_empty() {
            small.push(format!("fewer than {LEAST_SAMPLE} records"));
        }
        write_notes(f, &small, &notes)
    }
}

impl fmt::Display for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut notes = Notes::default();
        let mut rows = Vec::new();
        for (this, other) in &self.lines {
            if this.is_absent() && other.is_absent() {
                continue;
            }
            let cells = vec![this.figure(&mut notes), other.figure(&mut notes)];
            rows.push(row(this.name, cells));
        }
        write(f, &["plan", "what if"].map(str::to_owned), &rows)?;
        write_notes(f, &[], &notes)
    }
}

fn row(name: &str, cells: Vec<String>) -> Row {
    Row {
        family: None,
        head: vec![name.to_owned()],
        cells,
    }
}

fn cells(need: Result<Need, Error>, notes: &mut Notes) -> Vec<String> {
    let need = match need {
        Ok(need) => need,
        Err(error) => return vec![format!("– {}", notes.mark(&error))],
    };
    let parts = [
        need.per(Per::Month),
        need.per(Per::Week),
        need.per(Per::Day),
        need.per_rep(),
        need.per_rep_and(Per::Day),
    ];
    let mut cells = vec![format!("{need:#}")];
    for part in parts {
        cells.push(match part {
            Ok(part) => rounded(part),
            Err(reason) => format!("– {}", notes.mark(&reason)),
        });
    }
    cells
}

fn rounded(part: Average) -> String {
    // A few a year are 0.016 a day, which two places would show as a fifth more.
    let places = if part.decimal() < Decimal::ONE { 3 } else { 2 };
    format!("{part:#.places$}")
}

impl Line {
    /// An input that was not given: where it matters, what follows from it says so.
    fn is_absent(&self) -> bool {
        let reason = self.value.as_ref().err().and_then(Error::undefined);
        reason == Some(Undefined::InputNotGiven(self.name))
    }

    /// An input that has a value, of fewer records than that.
    pub(super) fn is_small(&self, least: u64) -> bool {
        self.value.is_ok() && self.sample.is_some_and(|sample| sample < least)
    }

    fn figure(&self, notes: &mut Notes) -> String {
        match &self.value {
            Ok(value) => value.rounded(),
            Err(error) => format!("– {}", notes.mark(error)),
        }
    }
}

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.name)?;
        write_result(&mut map, "value", &self.value)?;
        if let Some(sample) = self.sample {
            map.serialize_entry("sample", &sample)?;
        }
        map.end()
    }
}
