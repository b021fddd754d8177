use core::fmt;

use super::{Family, Inputs, Kpi};
use crate::error::Error;

/// KPIs as rows, scopes as columns, in plain text: aligned, with units; where there is no value, a dash and a note on why.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    kpis: Vec<&'a Kpi>,
    columns: Vec<(String, Inputs<'a>)>,
}

impl<'a> Table<'a> {
    /// A table of these KPIs, in this order: [`catalog()`](super::catalog) for all.
    pub fn new(kpis: impl IntoIterator<Item = &'a Kpi>) -> Self {
        Self {
            kpis: kpis.into_iter().collect(),
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
        self.columns.first().map_or_else(
            || kpi.name().replace('_', " "),
            |(_, inputs)| kpi.title(inputs),
        )
    }

    fn row(&self, kpi: &Kpi, notes: &mut Notes) -> Row {
        let mut unit = String::new();
        let mut cell = |inputs: &Inputs<'_>| match kpi.evaluate(inputs) {
            Ok(value) => {
                let (of_value, figure) = value.unit_and_figure();
                unit = of_value;
                figure
            }
            Err(error) => format!("– {}", notes.mark(&error)),
        };
        let cells: Vec<String> = self
            .columns
            .iter()
            .map(|(_, inputs)| cell(inputs))
            .collect();
        Row {
            family: kpi.family(),
            head: vec![self.title(kpi), unit],
            cells,
        }
    }
}

struct Row {
    family: Family,
    /// Title and unit, on the left.
    head: Vec<String>,
    /// The figures, on the right.
    cells: Vec<String>,
}

/// The reasons why values are missing, each once.
#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    fn mark(&mut self, error: &Error) -> String {
        let reason = error.to_string();
        let known = self.0.iter().position(|known| *known == reason);
        let position = known.unwrap_or_else(|| {
            self.0.push(reason);
            self.0.len().saturating_sub(1)
        });
        superscript(position.saturating_add(1))
    }
}

fn superscript(number: usize) -> String {
    let digit = |digit: char| match digit {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    };
    number.to_string().chars().map(digit).collect()
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut notes = Notes::default();
        let rows: Vec<Row> = self
            .kpis
            .iter()
            .map(|kpi| self.row(kpi, &mut notes))
            .collect();
        let headings: Vec<String> = self
            .columns
            .iter()
            .map(|(heading, _)| heading.clone())
            .collect();
        let head = widths(rows.iter().map(|row| &row.head));
        let cells = widths(rows.iter().map(|row| &row.cells).chain([&headings]));
        let no_head = vec![String::new(); head.len()];
        line(f, (&no_head, &head), (&headings, &cells))?;
        let mut family = None;
        for row in &rows {
            if family != Some(row.family) {
                family = Some(row.family);
                writeln!(f, "{}", row.family.name())?;
            }
            line(f, (&row.head, &head), (&row.cells, &cells))?;
        }
        write_notes(f, &notes)
    }
}

/// How wide each column must be.
fn widths<'r>(rows: impl Iterator<Item = &'r Vec<String>>) -> Vec<usize> {
    let mut widths = Vec::new();
    for row in rows {
        widths.resize(row.len().max(widths.len()), 0_usize);
        for (width, text) in widths.iter_mut().zip(row) {
            *width = text.chars().count().max(*width);
        }
    }
    widths
}

fn line(
    f: &mut fmt::Formatter<'_>,
    (head, head_widths): (&[String], &[usize]),
    (cells, cell_widths): (&[String], &[usize]),
) -> fmt::Result {
    for (text, width) in head.iter().zip(head_widths) {
        write!(f, "  {text:<width$}")?;
    }
    for (text, width) in cells.iter().zip(cell_widths) {
        write!(f, "  {text:>width$}")?;
    }
    writeln!(f)
}

fn write_notes(f: &mut fmt::Formatter<'_>, notes: &Notes) -> fmt::Result {
    if !notes.0.is_empty() {
        writeln!(f)?;
    }
    for (number, reason) in (1_usize..).zip(&notes.0) {
        writeln!(f, "{} {reason}", superscript(number))?;
    }
    Ok(())
}
