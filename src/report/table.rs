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

    fn rows(&self, notes: &mut Notes) -> Vec<Row> {
        let mut row = |kpi: &&Kpi| Row {
            family: kpi.family(),
            title: self.title(kpi),
            cells: self
                .columns
                .iter()
                .map(|(_, inputs)| match kpi.evaluate(inputs) {
                    Ok(value) => value.rounded(),
                    Err(error) => format!("– {}", notes.mark(&error)),
                })
                .collect(),
        };
        self.kpis.iter().map(&mut row).collect()
    }
}

struct Row {
    family: Family,
    title: String,
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

fn width<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut notes = Notes::default();
        let rows = self.rows(&mut notes);
        let title_width = width(rows.iter().map(|row| row.title.as_str()));
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|at| {
                let heading = self.columns.get(at).map(|(heading, _)| heading.as_str());
                let cells = rows.iter().filter_map(|row| row.cells.get(at));
                width(cells.map(String::as_str).chain(heading))
            })
            .collect();
        line(
            f,
            "",
            title_width,
            self.columns.iter().map(|(heading, _)| heading),
            &widths,
        )?;
        let mut family = None;
        for row in &rows {
            if family != Some(row.family) {
                family = Some(row.family);
                writeln!(f, "{}", row.family.name())?;
            }
            line(f, &row.title, title_width, &row.cells, &widths)?;
        }
        write_notes(f, &notes)
    }
}

fn line<'t>(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    title_width: usize,
    cells: impl IntoIterator<Item = &'t String>,
    widths: &[usize],
) -> fmt::Result {
    write!(f, "  {title:<title_width$}")?;
    for (cell, width) in cells.into_iter().zip(widths) {
        write!(f, "  {cell:>width$}")?;
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
