use core::borrow::Borrow;
use core::fmt;

use super::plan::copies;
use super::text::{self, Notes, Row};
use super::{Inputs, Kpi, Reading};

/// KPIs as rows, scopes as columns, in plain text: aligned, with units; where there is no value, a dash and a note on why.
///
/// A row's unit stands beside its title; where the columns are in several currencies, each figure has its own.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    kpis: Vec<Kpi>,
    columns: Vec<(String, Inputs<'a>)>,
}

impl<'a> Table<'a> {
    /// A table of these KPIs, in this order: [`catalog()`](super::catalog) for all.
    #[must_use]
    pub fn new<K: Borrow<Kpi>>(kpis: impl AsRef<[K]>) -> Self {
        Self {
            kpis: copies(kpis.as_ref()),
            columns: Vec::new(),
        }
    }

    /// One more column: its heading, and what its values are evaluated from.
    #[must_use]
    pub fn with_column(mut self, heading: &str, inputs: Inputs<'a>) -> Self {
        self.columns.push((heading.to_owned(), inputs));
        self
    }

    fn title(&self, kpi: &Kpi) -> String {
        self.columns
            .first()
            .map_or_else(|| kpi.label().to_owned(), |(_, inputs)| kpi.title(inputs))
    }

    fn row(&self, kpi: &Kpi, notes: &mut Notes) -> Row {
        let columns = self.columns.iter();
        let readings: Vec<_> = columns
            .map(|(_, inputs)| Reading::of(kpi, inputs, 0))
            .collect();
        let (unit, cells) = text::cells(&readings.iter().collect::<Vec<_>>(), notes);
        Row {
            family: Some(kpi.family()),
            head: vec![self.title(kpi), unit],
            cells,
        }
    }
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut notes = Notes::default();
        let rows: Vec<Row> = self
            .kpis
            .iter()
            .map(|kpi| self.row(kpi, &mut notes))
            .collect();
        let columns = self.columns.iter();
        let headings: Vec<String> = columns.map(|(heading, _)| heading.clone()).collect();
        text::write(f, &headings, &rows)?;
        text::write_notes(f, &[], &notes)
    }
}
